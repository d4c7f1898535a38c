"""Our own stand-in for fleet provisioning over MQTT and for PutObject of S3."""

import json
import pathlib
import queue
import stat
import sys
import tempfile
import textwrap

import boto3
import paho.mqtt.client as mqtt
from botocore.config import Config

from common.certificates import pem

from .aws_support import POLICY, ROLE, GateChecks, csr
from .peer import Peer
from .second_client_checks import run

BODY = {
    "Parameters": {"SerialNumber": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
    "Resources": {
        "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": "SerialNumber"}}},
        "certificate": {
            "Type": "AWS::IoT::Certificate",
            "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "ACTIVE"},
        },
        "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "devices"}},
    },
    "DeviceConfiguration": {"serial": {"Ref": "SerialNumber"}},
}
CREATE = "$aws/certificates/create-from-csr/json"
PROVISION = "$aws/provisioning-templates/fleet/provision/json"
HOOK = "arn:aws:lambda:eu-west-1:111122223333:function:hook"


class Device:
    """A device in a few lines of paho, which waits for each answer."""

    def __init__(self, ready, directory, client):
        self._answers = queue.Queue()
        self._client = mqtt.Client(client)
        self._client.tls_set(ready["ca"], f"{directory}/claim.pem", f"{directory}/claim.key")
        self._client.on_message = lambda _, __, message: self._answers.put(message)
        subscribed = queue.Queue()
        self._client.on_subscribe = lambda *_: subscribed.put(None)
        self._client.connect("localhost", int(ready["mqtt"].rsplit(":", 1)[1]))
        self._client.loop_start()
        self._client.subscribe([(f"{each}/+", 1) for each in (CREATE, PROVISION)])
        subscribed.get(timeout=10)

    def ask(self, topic, **members):
        """The answer, and whether it was accepted."""
        self._client.publish(topic, json.dumps(members), qos=1)
        message = self._answers.get(timeout=10)
        assert message.topic in (f"{topic}/accepted", f"{topic}/rejected"), message.topic
        return json.loads(message.payload), message.topic.endswith("/accepted")

    def end(self):
        self._client.disconnect()
        self._client.loop_stop()


class FleetChecks(GateChecks):
    @classmethod
    def setUpClass(cls):
        cls.peer = Peer("aws_gate.py", "--mqtt")
        cls.addClassCleanup(cls.peer.end)

    def setUp(self):
        super().setUp()
        self.iot = self.client()
        self.iot.create_policy(policyName="devices", policyDocument=POLICY)
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def template(self, **more):
        self.iot.create_provisioning_template(
            templateName="fleet",
            templateBody=json.dumps(BODY),
            provisioningRoleArn=ROLE,
            enabled=True,
            **more,
        )

    def claim(self):
        """The claim of the template, as files."""
        claim = self.iot.create_provisioning_claim(templateName="fleet")
        place = pathlib.Path(self.directory.name)
        (place / "claim.pem").write_text(claim["certificatePem"])
        (place / "claim.key").write_text(claim["keyPair"]["PrivateKey"])
        return claim

    def device(self):
        device = Device(self.peer.ready, self.directory.name, "check-1")
        self.addCleanup(device.end)
        return device

    def test_a_device_comes_by_its_claim(self):
        self.template()
        self.claim()
        device = self.device()
        made, accepted = device.ask(CREATE, certificateSigningRequest=csr("m1")[1])
        self.assertTrue(accepted)
        described = self.iot.describe_certificate(certificateId=made["certificateId"])
        self.assertEqual(described["certificateDescription"]["status"], "INACTIVE")
        stolen, accepted = device.ask(
            PROVISION, certificateOwnershipToken="x", parameters={"SerialNumber": "m1"}
        )
        self.assertEqual((accepted, stolen["errorCode"]), (False, "InvalidCertificateOwnershipToken"))
        token = made["certificateOwnershipToken"]
        lacking, accepted = device.ask(PROVISION, certificateOwnershipToken=token, parameters={})
        self.assertEqual((accepted, lacking["statusCode"]), (False, 400))
        came, accepted = device.ask(
            PROVISION, certificateOwnershipToken=token, parameters={"SerialNumber": "m1"}
        )
        self.assertTrue(accepted)
        self.assertEqual(came, {"thingName": "m1", "deviceConfiguration": {"serial": "m1"}})
        described = self.iot.describe_certificate(certificateId=made["certificateId"])
        self.assertEqual(described["certificateDescription"]["status"], "ACTIVE")
        again, accepted = device.ask(
            PROVISION, certificateOwnershipToken=token, parameters={"SerialNumber": "m2"}
        )
        self.assertFalse(accepted, again)

    def test_a_claim_runs_out(self):
        self.template()
        self.claim()
        self.peer.control("POST", "/age-claims", {"seconds": 301})
        answer, accepted = self.device().ask(CREATE, certificateSigningRequest=csr("m1")[1])
        self.assertEqual((accepted, answer["statusCode"]), (False, 401))

    def test_a_hook_is_asked(self):
        self.template(preProvisioningHook={"targetArn": HOOK})
        self.claim()
        device = self.device()
        program = pathlib.Path(self.directory.name, "hook.py")
        program.write_text(
            textwrap.dedent(
                """
                import json, sys
                question = json.load(sys.stdin)
                name = question["parameters"]["SerialNumber"]
                good = name == "good" and question["clientId"] == "check-1"
                overrides = {"SerialNumber": "better"}
                json.dump({"allowProvisioning": good, "parameterOverrides": overrides}, sys.stdout)
                """
            )
        )
        program.chmod(stat.S_IRUSR)
        self.peer.control("POST", "/hooks", {"arn": HOOK, "words": [sys.executable, str(program)]})
        for name, thing in (("bad", None), ("good", "better")):
            made, _ = device.ask(CREATE, certificateSigningRequest=csr(name)[1])
            token = made["certificateOwnershipToken"]
            came, accepted = device.ask(
                PROVISION, certificateOwnershipToken=token, parameters={"SerialNumber": name}
            )
            self.assertEqual((accepted, came.get("thingName")), (thing is not None, thing))

    def test_the_device_sdk_of_aws(self):
        self.template()
        self.claim()
        key, request = csr("sdk")
        place = pathlib.Path(self.directory.name)
        (place / "sdk.csr").write_text(request)
        where = ["--mqtt", self.peer.ready["mqtt"], "--ca", self.peer.ready["ca"]]
        seen = run(
            "awsiot-fleet",
            *where,
            "--claim",
            str(place),
            "--template",
            "fleet",
            "--serial",
            "sdk",
            "--csr",
            str(place / "sdk.csr"),
        )
        self.assertEqual((seen["thingName"], seen["deviceConfiguration"]), ("sdk", {"serial": "sdk"}))
        (place / "sdk.pem").write_text(seen["certificatePem"])
        (place / "sdk.key").write_text(pem(key))
        principals = ["--certificate", str(place / "sdk.pem"), "--key", str(place / "sdk.key")]
        self.assertEqual(run("awsiot-hello", *where, "--thing", "sdk", *principals), {"heard": "hello"})


class ObjectChecks(GateChecks):
    def test_put_object_as_boto3_puts_it(self):
        keys = self.peer.ready["accounts"][0]
        s3 = boto3.client(
            "s3",
            endpoint_url=self.peer.ready["url"],
            region_name=keys["region"],
            aws_access_key_id=keys["accessKeyID"],
            aws_secret_access_key=keys["secretAccessKey"],
            config=Config(
                s3={"addressing_style": "path", "payload_signing_enabled": True},
                request_checksum_calculation="when_required",
                retries={"total_max_attempts": 1},
            ),
        )
        put = {"Bucket": "acme", "Key": "a b/c.json", "Body": b"{}"}
        self.refused("NoSuchBucket", 404, s3.put_object, **put)
        self.peer.control("POST", "/buckets", {"bucket": "acme"})
        s3.put_object(**put)
        self.assertEqual(self.peer.requests()[-1]["operation"], "PutObject")

    def test_versions_of_a_template(self):
        iot = self.client()
        body = json.dumps(BODY)
        iot.create_provisioning_template(templateName="t", templateBody=body, provisioningRoleArn=ROLE)
        iot.create_provisioning_template_version(templateName="t", templateBody=body)
        default = {"templateName": "t", "versionId": 1}
        self.refused("DeleteConflictException", 409, iot.delete_provisioning_template_version, **default)
        iot.delete_provisioning_template_version(templateName="t", versionId=2)
        self.assertEqual(len(iot.list_provisioning_template_versions(templateName="t")["versions"]), 1)
        self.refused(
            "ResourceNotFoundException",
            404,
            iot.delete_provisioning_template_version,
            templateName="t",
            versionId=2,
        )
