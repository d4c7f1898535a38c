"""Checks Signature Version 4 of a request by signing it again with botocore, AWS's own code."""

import calendar
import hashlib
import hmac
import re
import time
from urllib.parse import unquote

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

from .errors import AWSError

SKEW_SECONDS = 300
_FORM = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/,]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request,"
    r" ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})"
)


class _Signable:
    """What botocore's signer reads of a request: only the headers that were signed."""

    def __init__(self, request, names, timestamp):
        self.method, self.body = request.method, request.body
        self.url = f"http://{request.host}{request.path}"
        self.context = {"timestamp": timestamp}
        pairs = [part.partition("=") for part in request.query.split("&") if part]
        self.params = [(unquote(name), unquote(value)) for name, _, value in pairs]
        self.headers = HTTPHeaders()
        for name in names:
            for value in request.repeated.get(name, []):
                self.headers.add_header(name, value)


class Signature:
    """The Authorization header, taken apart. `AWSError` when it is missing or not of the form."""

    def __init__(self, request):
        text = request.headers.get("authorization")
        if not text:
            raise AWSError("MissingAuthenticationTokenException", "Missing Authentication Token")
        form = _FORM.fullmatch(text.strip())
        if not form:
            raise AWSError("IncompleteSignatureException", "Authorization header is not of the AWS4 form")
        self.access_key, self.date, self.region, self.service, names, self.signature = form.groups()
        self.names = names.split(";")

    def verify(self, request, accounts, service, now=None):
        """The account whose key signed this request for `service`."""
        account = accounts.get(self.access_key)
        if account is None:
            raise AWSError(
                "UnrecognizedClientException", "The security token included in the request is invalid."
            )
        if self.service != service:
            raise _wrong(f"Credential should be scoped to correct service: '{service}'. ")
        self._check_region(request)
        timestamp = self._timestamp(request, time.time() if now is None else now)
        self._check_names(request)
        digest = request.headers.get("x-amz-content-sha256")
        if digest not in (None, hashlib.sha256(request.body).hexdigest()):
            raise _wrong("The provided 'x-amz-content-sha256' header does not match what was computed.")
        self._check_token(request, account)
        credentials = Credentials(account.access_key, account.secret)
        kind = S3SigV4Auth if self.service == "s3" else SigV4Auth
        signer = kind(credentials, self.service, self.region)
        signable = _Signable(request, self.names, timestamp)
        text = signer.string_to_sign(signable, signer.canonical_request(signable))
        if not hmac.compare_digest(signer.signature(text, signable), self.signature):
            raise _wrong(
                "The request signature we calculated does not match the signature you provided. Check your"
                " AWS Secret Access Key and signing method. Consult the service documentation for details."
            )
        return account

    def _check_region(self, request):
        named = re.match(r"(?:iot|sts|s3)(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)", request.host)
        if named and named[1] != self.region:
            raise _wrong(f"Credential should be scoped to a valid region, not '{self.region}'. ")

    def _timestamp(self, request, now):
        text = request.headers.get("x-amz-date", "")
        try:
            then = calendar.timegm(time.strptime(text, "%Y%m%dT%H%M%SZ"))
        except ValueError:
            raise AWSError("IncompleteSignatureException", "X-Amz-Date must be YYYYMMDDTHHMMSSZ") from None
        if text[:8] != self.date:
            raise _wrong(f"Date in Credential scope does not match YYYYMMDD from ISO-8601 version: {text}")
        here = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
        if then < now - SKEW_SECONDS:
            raise _wrong(f"Signature expired: {text} is now earlier than {here}")
        if then > now + SKEW_SECONDS:
            raise _wrong(f"Signature not yet current: {text} is still later than {here}")
        return text

    def _check_names(self, request):
        if self.names != sorted(set(self.names)):
            raise _wrong("SignedHeaders must be in order, each once")
        for name in self.names:
            if name not in request.headers:
                raise _wrong(f"Header '{name}' of SignedHeaders is not in the request")
        for name in request.headers:
            must = name in ("host", "content-type", "x-amzn-principal") or name.startswith("x-amz-")
            if must and name not in self.names:
                raise _wrong(f"'{name}' must be a 'SignedHeader' in the AWS Authorization.")

    @staticmethod
    def _check_token(request, account):
        if account.is_expired:
            raise AWSError("ExpiredTokenException", "The security token included in the request is expired")
        if request.headers.get("x-amz-security-token") != account.token:
            raise AWSError(
                "UnrecognizedClientException", "The security token included in the request is invalid."
            )


def _wrong(message):
    return AWSError("InvalidSignatureException", message)
