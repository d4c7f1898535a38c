"""What our answers remember, for each account in each region."""

import hashlib
import secrets
import time
from dataclasses import dataclass, field

from common.certificates import Authority

from ..connectivity import OwnConnectivity
from .index import OFF


@dataclass
class Certificate:
    """A certificate in the registry. Times are seconds since 1970."""

    id: str
    pem: str
    status: str
    owner: str
    mode: str = "DEFAULT"
    ca_id: str | None = None
    previous_owner: str | None = None
    transfer: dict = field(default_factory=dict)
    validity: dict = field(default_factory=dict)
    created: float = field(default_factory=time.time)
    modified: float = field(default_factory=time.time)
    generation: str = field(default_factory=lambda: secrets.token_hex(16))

    def touch(self, status):
        self.status, self.modified = status, time.time()


@dataclass
class CertificateAuthority:
    id: str
    pem: str
    status: str
    mode: str
    auto_registration: str
    registration_config: dict
    created: float = field(default_factory=time.time)
    modified: float = field(default_factory=time.time)


@dataclass
class Thing:
    id: str
    configuration: tuple
    version: int = 1


class Region:
    """One account in one region."""

    def __init__(self, account, region):
        self.account, self.region = account, region
        self.things = {}
        self.thing_types = {}
        self.certificates = {}
        self.authorities = {}
        self.policies = {}
        self.principals = {}
        self.templates = {}
        self.tasks = {}
        self.indexing, self.is_index_built = OFF, False
        digest = hashlib.sha256(f"{account}/{region}".encode()).hexdigest()
        self.registration_code = hashlib.sha256(f"code/{account}/{region}".encode()).hexdigest()
        self.prefix = "a" + digest[:13]

    def arn(self, kind, name):
        return f"arn:aws:iot:{self.region}:{self.account}:{kind}/{name}"

    def certificate_of(self, arn):
        """The certificate with this ARN, if it is one of ours."""
        head, _, name = arn.partition(":cert/")
        return self.certificates.get(name) if self.arn("cert", name) == arn and head else None

    def things_of(self, principal):
        """Names of the things with this principal and how each is bound."""
        return {name: bound[principal] for name, bound in self.principals.items() if principal in bound}


class State:
    """All accounts. The authority signs as AWS's own does; its key lives and ends with this process."""

    def __init__(self, numbers):
        self.numbers = numbers
        self.authority = Authority("Amazon Root CA of the tests", "Amazon.com Inc. (stand-in)")
        self.issuer = Authority(
            "AWS IoT Certificate", "Amazon Web Services O=Amazon.com Inc. (stand-in)", parent=self.authority
        )
        self.connectivity = OwnConnectivity()
        self.reset()

    def reset(self):
        self.regions = {}
        self.objects = {}
        self.buckets = set()
        # Claims by the name in their certificate, tokens of certificates without a thing, hooks by ARN.
        self.claims, self.tokens, self.hooks = {}, {}, {}
        # Names of things that the index has not caught up with.
        self.unindexed = set()
        self.connectivity.clear()

    def region(self, account, name):
        key = (account, name)
        if key not in self.regions:
            self.regions[key] = Region(account, name)
        return self.regions[key]
