"""Stands in for AWS IoT's control plane and sts on the loopback: `python Tests/Peers/aws_gate.py`.

It prints one line of JSON when it is ready and ends with its standard input or on SIGTERM.
"""

import argparse

from aws.accounts import Accounts
from aws.gate import Gate
from aws.moto_backend import Moto
from aws.own import OwnAWSAnswers
from common.certificates import Authority, pem
from common.control import Control
from common.lifetime import Lifetime
from common.web import Server


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--directory", help="where the file of the authority is written")
    parser.add_argument("--page", type=int, default=250, help="most things on a page of a list")
    given = parser.parse_args()
    lifetime = Lifetime(given.directory)
    accounts, moto = Accounts(), Moto()
    answers = OwnAWSAnswers(moto, accounts.numbers)
    answers.most = given.page

    def put_object(order):
        answers.state.objects[(order["bucket"], order["key"])] = order["text"]
        return {}

    control = Control(answers.reset, {("POST", "/objects"): put_object})
    gate = Gate(accounts, answers, moto, control)
    authority = Authority("Muster test peers")
    regions = sorted({each.region for each in accounts.lasting})
    names = [f"{service}.{region}.amazonaws.com" for service in ("iot", "sts") for region in regions]
    plain, secure = Server(gate), Server(gate, authority.server_context(names))
    gate.base_url = plain.url
    lifetime.run(
        {
            "url": plain.url,
            "secureURL": secure.url,
            "control": control.url,
            "ca": lifetime.write("ca.pem", pem(authority.certificate)),
            "issuer": pem(answers.state.issuer.certificate),
            "accounts": [each.ready() for each in accounts.lasting],
            "temporary": accounts.temporary.ready(),
            "expired": accounts.expired.ready(),
        }
    )


if __name__ == "__main__":
    main()
