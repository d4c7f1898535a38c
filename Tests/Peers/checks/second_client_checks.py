"""The vendors' clients reach the peers, and compute what Microsoft's published examples say."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

from .aws_support import POLICY, GateChecks, csr
from .azure_support import StandInChecks

PROGRAM = str(pathlib.Path(__file__).parent.parent / "second_clients.py")


def run(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, PROGRAM, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class Boto3Checks(GateChecks):
    def test_a_thing(self):
        iot, keys = self.client(), self.peer.ready["accounts"][0]
        iot.create_thing(thingName="m1", attributePayload={"attributes": {"site": "7"}})
        iot.create_policy(policyName="p", policyDocument=POLICY)
        arn = iot.create_certificate_from_csr(certificateSigningRequest=csr("m1")[1])["certificateArn"]
        iot.attach_policy(policyName="p", target=arn)
        iot.attach_thing_principal(thingName="m1", principal=arn, thingPrincipalType="EXCLUSIVE_THING")
        seen = run(
            "boto3-thing",
            "--url",
            self.peer.ready["url"],
            "--region",
            keys["region"],
            "--thing",
            "m1",
            AWS_ACCESS_KEY_ID=keys["accessKeyID"],
            AWS_SECRET_ACCESS_KEY=keys["secretAccessKey"],
        )
        self.assertEqual(seen["attributes"], {"site": "7"})
        (principal,) = seen["principals"]
        self.assertEqual((principal["policies"], principal["status"]), (["p"], "INACTIVE"))


class AzureHubChecks(StandInChecks):
    def test_a_device(self):
        entry = self.ready["hubs"][0]
        policy = next(each for each in entry["policies"] if each["name"] == "iothubowner")
        options = [
            "--url",
            entry["url"],
            "--ca",
            self.ready["ca"],
            "--hub",
            entry["name"],
            "--policy",
            policy["name"],
            "--device",
            "meter-1",
        ]
        run("azure-hub-create", *options, AZURE_KEY=policy["key"])
        seen = run("azure-hub-device", *options, AZURE_KEY=policy["key"])
        self.assertEqual(seen["device"]["device_id"], "meter-1")
        self.assertEqual(seen["twin"]["device_id"], "meter-1")
        self.assertNotIn("symmetric_key", seen["device"]["authentication"])


class ExampleChecks(unittest.TestCase):
    """Microsoft's published example of a derived key, and a token computed by two of their clients."""

    GROUP = "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw=="

    def test_derived_key(self):
        seen = run(
            "azure-derive", "--registration", "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6", AZURE_KEY=self.GROUP
        )
        self.assertEqual(seen["key"], "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=")

    def test_token(self):
        seen = run(
            "azure-token",
            "--resource",
            "contoso-dps.azure-devices-provisioning.net",
            "--expiry",
            "1790000000",
            "--policy",
            "provisioningserviceowner",
            AZURE_KEY="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        )
        self.assertEqual(
            seen["token"],
            "SharedAccessSignature sr=contoso-dps.azure-devices-provisioning.net"
            "&sig=DG%2BvAPWIkXXsDK7fBWWfcNLWAF2rBVM8Gg6Yx%2Bt1LSA%3D"
            "&se=1790000000&skn=provisioningserviceowner",
        )
