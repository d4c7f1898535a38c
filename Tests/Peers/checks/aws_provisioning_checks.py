"""Our own AWS answers about CA certificates, provisioning templates and bulk registration."""

import json
import urllib.request

from common.certificates import Authority, name, pem

from .aws_support import POLICY, ROLE, GateChecks, csr


class AuthorityChecks(GateChecks):
    def test_a_ca_proves_its_key(self):
        iot = self.client()
        code = iot.get_registration_code()["registrationCode"]
        self.assertRegex(code, "^[0-9a-f]{64}$")
        authority, other = Authority("factory"), Authority("other")
        ca = {"caCertificate": pem(authority.certificate)}
        self.refused("InvalidRequestException", 400, iot.register_ca_certificate, **ca)
        for signer, common_name, kind in (
            (authority, "x", "RegistrationCodeValidationException"),
            (other, code, "CertificateValidationException"),
        ):
            proof = pem(signer.sign(name(common_name), signer.key.public_key()))
            self.refused(kind, 400, iot.register_ca_certificate, **ca, verificationCertificate=proof)
        proof = pem(authority.sign(name(code), authority.key.public_key()))
        made = iot.register_ca_certificate(**ca, verificationCertificate=proof, setAsActive=True)
        self.assertEqual(len(iot.list_ca_certificates()["certificates"]), 1)
        _, device = authority.client("m1")
        registered = iot.register_certificate(certificatePem=pem(device), setAsActive=True)
        described = iot.describe_certificate(certificateId=registered["certificateId"])[
            "certificateDescription"
        ]
        self.assertEqual(described["caCertificateId"], made["certificateId"])
        self.refused(
            "CertificateStateException", 406, iot.delete_ca_certificate, certificateId=made["certificateId"]
        )

    def test_sni_only_needs_no_proof(self):
        iot = self.client()
        ca = pem(Authority("factory").certificate)
        made = iot.register_ca_certificate(caCertificate=ca, certificateMode="SNI_ONLY")
        described = iot.describe_ca_certificate(certificateId=made["certificateId"])["certificateDescription"]
        self.assertEqual((described["certificateMode"], described["status"]), ("SNI_ONLY", "INACTIVE"))
        leaf = pem(Authority("factory").client("m1")[1])
        self.refused(
            "CertificateValidationException",
            400,
            iot.register_ca_certificate,
            caCertificate=leaf,
            certificateMode="SNI_ONLY",
        )


class ProvisioningChecks(GateChecks):
    BODY = {
        "Parameters": {"Serial": {"Type": "String"}, "CSR": {"Type": "String"}},
        "Resources": {
            "thing": {
                "Type": "AWS::IoT::Thing",
                "Properties": {
                    "ThingName": {"Fn::Join": ["", ["meter-", {"Ref": "Serial"}]]},
                    "AttributePayload": {"serial": {"Fn::Sub": "no-${Serial}"}},
                },
            },
            "certificate": {
                "Type": "AWS::IoT::Certificate",
                "Properties": {"CertificateSigningRequest": {"Ref": "CSR"}, "Status": "ACTIVE"},
            },
            "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyDocument": POLICY}},
        },
    }

    def test_templates_and_claims(self):
        iot = self.client()
        body = json.dumps(
            {
                "Resources": {
                    "c": {
                        "Type": "AWS::IoT::Certificate",
                        "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}},
                    }
                }
            }
        )
        one = {"templateName": "fleet", "templateBody": body, "provisioningRoleArn": ROLE}
        iot.create_provisioning_template(**one, enabled=True)
        self.refused("ResourceAlreadyExistsException", 409, iot.create_provisioning_template, **one)
        self.refused(
            "InvalidRequestException",
            400,
            iot.create_provisioning_template,
            **{**one, "templateName": "x", "templateBody": "{}"},
        )
        described = iot.describe_provisioning_template(templateName="fleet")
        self.assertEqual((described["templateBody"], described["enabled"]), (body, True))
        self.assertEqual(len(iot.list_provisioning_templates()["templates"]), 1)
        claim = iot.create_provisioning_claim(templateName="fleet")
        self.assertIn("RSA PRIVATE KEY", claim["keyPair"]["PrivateKey"])
        iot.delete_provisioning_template(templateName="fleet")
        self.refused("ResourceNotFoundException", 404, iot.create_provisioning_claim, templateName="fleet")

    def test_register_thing(self):
        iot = self.client()
        _, request = csr("m1")
        parameters = {"Serial": "1", "CSR": request}
        made = iot.register_thing(templateBody=json.dumps(self.BODY), parameters=parameters)
        self.assertEqual(iot.describe_thing(thingName="meter-1")["attributes"], {"serial": "no-1"})
        arn = made["resourceArns"]["certificate"]
        self.assertEqual(iot.list_thing_principals(thingName="meter-1")["principals"], [arn])
        self.assertEqual(len(iot.list_attached_policies(target=arn)["policies"]), 1)
        self.refused(
            "ResourceRegistrationFailureException",
            400,
            iot.register_thing,
            templateBody=json.dumps(self.BODY),
            parameters={"Serial": "1"},
        )

    def test_tasks(self):
        iot = self.client()
        lines = [json.dumps({"Serial": str(each), "CSR": csr("m")[1]}) for each in range(2)]
        lines.append('{"Serial":"3"}')
        self.peer.control("POST", "/objects", {"bucket": "bucket", "key": "k", "text": "\n".join(lines)})
        start = {
            "templateBody": json.dumps(self.BODY),
            "inputFileBucket": "bucket",
            "inputFileKey": "k",
            "roleArn": ROLE,
        }
        task = iot.start_thing_registration_task(**start)["taskId"]
        self.refused("InvalidRequestException", 400, iot.start_thing_registration_task, **start)
        self.assertEqual(iot.describe_thing_registration_task(taskId=task)["status"], "InProgress")
        described = iot.describe_thing_registration_task(taskId=task)
        self.assertEqual(
            (described["status"], described["successCount"], described["failureCount"]), ("Completed", 2, 1)
        )
        self.assertEqual(iot.list_thing_registration_tasks(status="Completed")["taskIds"], [task])
        for kind, count in (("RESULTS", 2), ("ERRORS", 1)):
            (link,) = iot.list_thing_registration_task_reports(taskId=task, reportType=kind)["resourceLinks"]
            with urllib.request.urlopen(link) as answer:
                self.assertEqual(len(answer.read().splitlines()), count)
