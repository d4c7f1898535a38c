"""The accounts whose keys the gate knows. All keys are made up anew at each start."""

import secrets
import string
from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """An access key of an account, and the region that its tests use. `token`: of temporary credentials."""

    account: str
    region: str
    access_key: str
    secret: str
    token: str | None = None
    is_expired: bool = False

    def ready(self):
        """As it stands in the ready line."""
        members = {
            "account": self.account,
            "region": self.region,
            "accessKeyID": self.access_key,
            "secretAccessKey": self.secret,
        }
        if self.token:
            members["sessionToken"] = self.token
        return members


def _key(prefix):
    letters = string.ascii_uppercase + "234567"
    return prefix + "".join(secrets.choice(letters) for _ in range(16))


def _account(number, region, temporary=False, expired=False):
    return Account(
        number,
        region,
        _key("ASIA" if temporary else "AKIA"),
        secrets.token_urlsafe(30),
        secrets.token_urlsafe(60) if temporary else None,
        expired,
    )


class Accounts:
    """Two accounts in one region, one of them in a second region too; and temporary credentials."""

    def __init__(self):
        self.lasting = [
            _account("111122223333", "eu-west-1"),
            _account("444455556666", "eu-west-1"),
            _account("111122223333", "us-east-1"),
        ]
        self.temporary = _account("111122223333", "eu-west-1", temporary=True)
        self.expired = _account("111122223333", "eu-west-1", temporary=True, expired=True)
        self._by_key = {each.access_key: each for each in [*self.lasting, self.temporary, self.expired]}
        self.numbers = {each.account for each in self.lasting}

    def get(self, access_key):
        return self._by_key.get(access_key)
