"""Our own AWS answers, by way of AWS's own client."""

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from common.certificates import Authority, pem

from .aws_support import POLICY, GateChecks, csr

DER = serialization.Encoding.DER


class ThingChecks(GateChecks):
    def test_a_name_is_taken_once(self):
        iot = self.client()
        one = {"thingName": "m1", "attributePayload": {"attributes": {"site": "7"}}}
        first = iot.create_thing(**one)
        self.assertEqual(iot.create_thing(**one)["thingId"], first["thingId"])
        two = {"thingName": "m1", "attributePayload": {"attributes": {"site": "8"}}}
        self.refused("ResourceAlreadyExistsException", 409, iot.create_thing, **two)
        four = {"attributes": {key: "1" for key in "abcd"}}
        self.refused("InvalidRequestException", 400, iot.create_thing, thingName="m2", attributePayload=four)
        iot.create_thing_type(thingTypeName="meter")
        iot.create_thing(thingName="m2", thingTypeName="meter", attributePayload=four)

    def test_versions_count(self):
        iot = self.client()
        iot.create_thing(thingName="m1")
        update = {"thingName": "m1", "attributePayload": {"attributes": {"a": "1"}, "merge": True}}
        iot.update_thing(**update, expectedVersion=1)
        self.refused("VersionConflictException", 409, iot.update_thing, **update, expectedVersion=1)
        described = iot.describe_thing(thingName="m1")
        self.assertEqual((described["version"], described["attributes"]), (2, {"a": "1"}))
        self.assertEqual(iot.list_things()["things"][0]["version"], 2)

    def test_types(self):
        iot = self.client()
        first = iot.create_thing_type(thingTypeName="meter")
        self.assertEqual(iot.create_thing_type(thingTypeName="meter")["thingTypeId"], first["thingTypeId"])
        other = {"thingTypeDescription": "another"}
        self.refused(
            "ResourceAlreadyExistsException",
            409,
            iot.create_thing_type,
            thingTypeName="meter",
            thingTypeProperties=other,
        )
        self.refused("InvalidRequestException", 400, iot.delete_thing_type, thingTypeName="meter")
        iot.deprecate_thing_type(thingTypeName="meter")
        self.refused("InvalidRequestException", 400, iot.create_thing, thingName="a", thingTypeName="meter")
        iot.delete_thing_type(thingTypeName="meter")

    def test_accounts_and_regions_are_apart(self):
        self.client(0).create_thing(thingName="m1")
        self.assertEqual(self.client(1).list_things()["things"], [])
        self.assertEqual(self.client(2).list_things()["things"], [])
        hosts = {
            self.client(each).describe_endpoint(endpointType="iot:Data-ATS")["endpointAddress"]
            for each in (0, 1, 2, 0)
        }
        self.assertEqual(len(hosts), 3)

    def test_groups_are_moto_s(self):
        iot = self.client()
        iot.create_thing(thingName="m1")
        iot.create_thing_group(thingGroupName="site-7")
        iot.add_thing_to_thing_group(thingGroupName="site-7", thingName="m1")
        groups = iot.list_thing_groups_for_thing(thingName="m1")["thingGroups"]
        self.assertEqual([each["groupName"] for each in groups], ["site-7"])
        self.assertEqual(self.peer.requests()[-1]["answeredBy"], "moto")
        self.refused("NotImplementedHere", 501, iot.list_fleet_metrics)


class CertificateChecks(GateChecks):
    def test_the_certificate_holds_the_key_of_the_csr(self):
        iot = self.client()
        key, request = csr("m1")
        made = iot.create_certificate_from_csr(certificateSigningRequest=request)
        certificate = x509.load_pem_x509_certificate(made["certificatePem"].encode())
        self.assertEqual(certificate.public_key(), key.public_key())
        self.assertEqual(made["certificateId"], hashlib.sha256(certificate.public_bytes(DER)).hexdigest())
        certificate.verify_directly_issued_by(
            x509.load_pem_x509_certificate(self.peer.ready["issuer"].encode())
        )
        again = iot.create_certificate_from_csr(certificateSigningRequest=request)
        self.assertNotEqual(again["certificateId"], made["certificateId"])
        self.refused(
            "InvalidRequestException",
            400,
            iot.create_certificate_from_csr,
            certificateSigningRequest="garbage",
        )
        ids = [each["certificateId"] for each in iot.list_certificates()["certificates"]]
        self.assertEqual(ids, [again["certificateId"], made["certificateId"]])
        self.assertEqual(len(iot.list_certificates(pageSize=1)["certificates"]), 1)

    def test_registration_without_a_ca(self):
        iot = self.client()
        _, certificate = Authority("factory").client("m1")
        made = iot.register_certificate_without_ca(certificatePem=pem(certificate), status="ACTIVE")
        self.assertEqual(made["certificateId"], hashlib.sha256(certificate.public_bytes(DER)).hexdigest())
        failure = self.refused(
            "ResourceAlreadyExistsException",
            409,
            iot.register_certificate_without_ca,
            certificatePem=pem(certificate),
        )
        self.assertEqual(failure.response["resourceId"], made["certificateId"])
        self.refused(
            "CertificateValidationException", 400, iot.register_certificate_without_ca, certificatePem="x"
        )
        self.refused(
            "CertificateValidationException", 400, iot.register_certificate, certificatePem=pem(certificate)
        )

    def test_the_way_to_deletion(self):
        iot = self.client()
        _, request = csr("m1")
        made = iot.create_certificate_from_csr(certificateSigningRequest=request, setAsActive=True)
        arn, one = made["certificateArn"], {"certificateId": made["certificateId"]}
        iot.create_thing(thingName="m1")
        iot.create_policy(policyName="p", policyDocument=POLICY)
        iot.attach_policy(policyName="p", target=arn)
        iot.attach_policy(policyName="p", target=arn)
        iot.attach_thing_principal(thingName="m1", principal=arn, thingPrincipalType="EXCLUSIVE_THING")
        self.assertEqual(len(iot.list_attached_policies(target=arn)["policies"]), 1)
        self.assertEqual(iot.list_targets_for_policy(policyName="p")["targets"], [arn])
        self.refused("InvalidRequestException", 400, iot.delete_thing, thingName="m1")
        self.refused("DeleteConflictException", 409, iot.delete_policy, policyName="p")
        self.refused("CertificateStateException", 406, iot.delete_certificate, **one)
        self.refused(
            "InvalidRequestException", 400, iot.update_certificate, **one, newStatus="PENDING_TRANSFER"
        )
        iot.update_certificate(**one, newStatus="INACTIVE")
        self.refused("DeleteConflictException", 409, iot.delete_certificate, **one, forceDelete=True)
        iot.detach_thing_principal(thingName="m1", principal=arn)
        self.refused("DeleteConflictException", 409, iot.delete_certificate, **one)
        iot.detach_policy(policyName="p", target=arn)
        iot.delete_certificate(**one)
        self.refused("ResourceNotFoundException", 404, iot.describe_certificate, **one)
        iot.delete_policy(policyName="p")
        iot.delete_thing(thingName="m1")
        iot.delete_thing(thingName="m1")
        self.refused("MalformedPolicyException", 400, iot.create_policy, policyName="q", policyDocument="x")

    def test_an_exclusive_principal_has_one_thing(self):
        iot = self.client()
        _, request = csr("m1")
        arn = iot.create_certificate_from_csr(certificateSigningRequest=request)["certificateArn"]
        for thing in ("m1", "m2"):
            iot.create_thing(thingName=thing)
        iot.attach_thing_principal(thingName="m1", principal=arn, thingPrincipalType="EXCLUSIVE_THING")
        self.refused(
            "InvalidRequestException", 400, iot.attach_thing_principal, thingName="m2", principal=arn
        )
        objects = iot.list_thing_principals_v2(thingName="m1")["thingPrincipalObjects"]
        self.assertEqual(objects, [{"principal": arn, "thingPrincipalType": "EXCLUSIVE_THING"}])
        self.assertEqual(iot.list_thing_principals(thingName="m1")["principals"], [arn])
        self.assertEqual(iot.list_principal_things(principal=arn)["things"], ["m1"])

    def test_transfer(self):
        sender, receiver = self.client(0), self.client(1)
        target = self.peer.ready["accounts"][1]["account"]
        _, request = csr("m1")
        made = sender.create_certificate_from_csr(certificateSigningRequest=request, setAsActive=True)
        one = {"certificateId": made["certificateId"]}
        self.refused(
            "CertificateStateException", 406, sender.transfer_certificate, **one, targetAwsAccount=target
        )
        sender.update_certificate(**one, newStatus="INACTIVE")
        for refuse in (receiver.reject_certificate_transfer, sender.cancel_certificate_transfer):
            sender.transfer_certificate(**one, targetAwsAccount=target, transferMessage="moved")
            self.assertEqual(len(sender.list_outgoing_certificates()["outgoingCertificates"]), 1)
            self.refused(
                "CertificateStateException", 406, sender.update_certificate, **one, newStatus="ACTIVE"
            )
            refuse(**one)
            status = sender.describe_certificate(**one)["certificateDescription"]["status"]
            self.assertEqual(status, "INACTIVE")
            self.refused("ResourceNotFoundException", 404, receiver.describe_certificate, **one)
        sender.transfer_certificate(**one, targetAwsAccount=target)
        receiver.accept_certificate_transfer(**one)
        described = receiver.describe_certificate(**one)["certificateDescription"]
        self.assertEqual((described["status"], described["ownedBy"]), ("INACTIVE", target))
        self.refused("ResourceNotFoundException", 404, sender.describe_certificate, **one)
        self.refused("TransferAlreadyCompletedException", 410, receiver.accept_certificate_transfer, **one)
