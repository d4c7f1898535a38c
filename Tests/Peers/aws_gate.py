"""Stands in for AWS IoT's control plane and sts on the loopback: `python Tests/Peers/aws_gate.py`.

It prints one line of JSON when it is ready and ends with its standard input or on SIGTERM.
"""

import argparse

from aws.accounts import Accounts
from aws.fleet_broker import FleetBroker
from aws.fleet_responder import OwnFleetResponder
from aws.gate import Gate
from aws.moto_backend import Moto
from aws.own import OwnAWSAnswers
from common.certificates import Authority, pem
from common.control import Control
from common.lifetime import Lifetime
from common.web import Server


def routes(state):
    """What a test tells this peer beside faults: objects, hooks' programs, and that time has passed."""

    def put_object(order):
        state.objects[(order["bucket"], order["key"])] = order["text"]
        return {}

    def add_bucket(order):
        state.buckets.add(order["bucket"])
        return {}

    def add_hook(order):
        state.hooks[order["arn"]] = order
        return {}

    def unindex(order):
        state.unindexed.add(order["thing"])
        return {}

    def age_claims(order):
        for claim in state.claims.values():
            claim["expires"] -= order["seconds"]
        return {}

    return {
        ("POST", "/objects"): put_object,
        ("POST", "/buckets"): add_bucket,
        ("POST", "/hooks"): add_hook,
        ("POST", "/age-claims"): age_claims,
        ("POST", "/unindexed"): unindex,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--directory", help="where the file of the authority is written")
    parser.add_argument("--page", type=int, default=250, help="most things on a page of a list")
    parser.add_argument("--mqtt", action="store_true", help="let devices connect, and answer fleet provisioning over MQTT too")
    given = parser.parse_args()
    lifetime = Lifetime(given.directory)
    accounts, moto = Accounts(), Moto()
    answers = OwnAWSAnswers(moto, accounts.numbers)
    answers.most = given.page

    control = Control(answers.reset, routes(answers.state))
    gate = Gate(accounts, answers, moto, control)
    authority = Authority("Muster test peers")
    regions = sorted({each.region for each in accounts.lasting})
    names = [f"{service}.{region}.amazonaws.com" for service in ("iot", "sts") for region in regions]
    plain, secure = Server(gate), Server(gate, authority.server_context(names))
    gate.base_url = plain.url
    ca = lifetime.write("ca.pem", pem(authority.certificate))
    mqtt = {}
    if given.mqtt:
        state = answers.state
        broker = FleetBroker(
            authority, state.issuer, state.authority, lifetime.directory, state.connectivity.hear
        )
        lifetime.ends_with(broker.end)
        state.connectivity.listen(broker, ca)
        OwnFleetResponder(broker, state, gate.perform, control.log, ca)
        mqtt = {"mqtt": f"mqtts://localhost:{broker.port}"}
    lifetime.run(
        {
            **mqtt,
            "url": plain.url,
            "secureURL": secure.url,
            "control": control.url,
            "ca": ca,
            "issuer": pem(answers.state.issuer.certificate),
            "accounts": [each.ready() for each in accounts.lasting],
            "temporary": accounts.temporary.ready(),
            "expired": accounts.expired.ready(),
        }
    )


if __name__ == "__main__":
    main()
