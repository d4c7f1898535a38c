"""Shared access signatures and bearer tokens: who may do what."""

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import unquote

from .errors import CloudError

_VALUE = re.compile(r"(?:[A-Za-z0-9._~/:-]|%[0-9A-Fa-f]{2})*")


def unauthorized(message):
    return CloudError(401, 401002, message)


def new_key(length=64):
    return base64.b64encode(secrets.token_bytes(length)).decode()


def derived(group_key, registration_id):
    """The key of one device of a group."""
    digest = hmac.new(base64.b64decode(group_key), registration_id.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class SharedAccessSignature:
    """`SharedAccessSignature sr=…&sig=…&se=…[&skn=…]`, each part as it was sent.

    A `+` or another bare character that percent encoding demands is refused: the service decodes it to
    something else, and the signature then fails for some keys only.
    """

    def __init__(self, text):
        scheme, _, rest = text.partition(" ")
        parts = [part.partition("=") for part in rest.split("&")]
        self.parts = {name: value for name, _, value in parts}
        if scheme != "SharedAccessSignature" or len(self.parts) != len(parts):
            raise unauthorized("Authorization is not a shared access signature")
        if not {"sr", "sig", "se"} <= set(self.parts) <= {"sr", "sig", "se", "skn"}:
            raise unauthorized("a shared access signature has sr, sig, se and perhaps skn")
        for name, value in self.parts.items():
            if not _VALUE.fullmatch(value):
                raise unauthorized(f"{name} is not percent-encoded")
        if not self.parts["se"].isdigit():
            raise unauthorized("se must be seconds since 1970")

    @property
    def resource(self):
        return unquote(self.parts["sr"])

    @property
    def policy(self):
        return unquote(self.parts.get("skn", ""))

    def check(self, resource, now):
        """It is for this resource, or a prefix of it by whole segments, and has not expired."""
        own, wanted = self.resource.split("/"), resource.split("/")
        own_folded = [own[0].lower()] + own[1:]
        wanted_folded = [wanted[0].lower()] + wanted[1:]
        if own_folded != wanted_folded[: len(own)]:
            raise unauthorized(f"sr {self.resource} does not cover {resource}")
        if int(self.parts["se"]) <= now:
            raise unauthorized("the token has expired")

    def is_signed_by(self, key):
        """`key`: base64, or the bytes themselves."""
        data = base64.b64decode(key) if isinstance(key, str) else key
        text = f"{self.parts['sr']}\n{self.parts['se']}".encode()
        digest = hmac.new(data, text, hashlib.sha256).digest()
        expected = base64.b64encode(digest).decode()
        return hmac.compare_digest(expected, unquote(self.parts["sig"]))


class Policies:
    """The shared access policies of one service, and its bearer tokens."""

    def __init__(self, host, rights):
        self.host = host
        self.rights = rights
        self.keys = {name: (new_key(), new_key()) for name in rights}
        self.bearer, self.expired_bearer = secrets.token_urlsafe(40), secrets.token_urlsafe(40)

    def ready(self):
        return {
            "policies": [
                {"name": name, "key": keys[0], "secondaryKey": keys[1], "rights": sorted(self.rights[name])}
                for name, keys in self.keys.items()
            ],
            "bearer": self.bearer,
            "expiredBearer": self.expired_bearer,
        }

    def authorize(self, request, path, right, now):
        """Raises unless the caller may: every lack is a 401, as DPS and the hub say it."""
        text = request.headers.get("authorization")
        if not text:
            raise CloudError(401, 401001, "Authorization is missing")
        if text.startswith("Bearer "):
            if text[7:] != self.bearer:
                raise unauthorized("the bearer token is not of this service or has expired")
            return
        signature = SharedAccessSignature(text)
        if signature.policy not in self.keys:
            raise unauthorized(f"policy {signature.policy} does not exist")
        signature.check(f"{self.host}{path}".rstrip("/"), now)
        if not any(signature.is_signed_by(key) for key in self.keys[signature.policy]):
            raise unauthorized("the signature is wrong")
        if right not in self.rights[signature.policy]:
            raise unauthorized(f"policy {signature.policy} lacks {right}")
