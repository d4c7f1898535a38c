"""CA certificates and the proof that one has their key. moto takes any proof."""

import time

from cryptography import x509
from cryptography.x509.oid import NameOID

from common.certificates import pem

from ..errors import AWSError, not_found, refused
from .certificates import identifier, is_issued_by, read
from .state import CertificateAuthority

PER_SUBJECT = 10


def _is_authority(certificate):
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


class Authorities:
    def GetRegistrationCode(self, call):
        return {"registrationCode": call.region.registration_code}

    def RegisterCACertificate(self, call):
        certificate = read(call["caCertificate"], "CA certificate")
        mode = call.get("certificateMode", "DEFAULT")
        if not _is_authority(certificate):
            raise AWSError("CertificateValidationException", "The certificate is not one of a CA")
        self._check_proof(call, certificate, mode)
        name = identifier(certificate)
        arn = call.region.arn("cacert", name)
        if name in call.region.authorities:
            raise AWSError(
                "ResourceAlreadyExistsException",
                "CA certificate is already registered",
                resourceId=name,
                resourceArn=arn,
            )
        same = [
            each for each in call.region.authorities.values() if read(each.pem).subject == certificate.subject
        ]
        if len(same) >= PER_SUBJECT:
            raise AWSError("LimitExceededException", f"{PER_SUBJECT} CAs have this subject")
        call.region.authorities[name] = CertificateAuthority(
            name,
            pem(certificate),
            "ACTIVE" if call.get("setAsActive") else "INACTIVE",
            mode,
            "ENABLE" if call.get("allowAutoRegistration") else "DISABLE",
            call.get("registrationConfig") or {},
        )
        return {"certificateArn": arn, "certificateId": name}

    @staticmethod
    def _check_proof(call, certificate, mode):
        """DEFAULT: a certificate of this CA for the registration code. SNI_ONLY: none."""
        text = call.get("verificationCertificate")
        if mode == "SNI_ONLY":
            if text:
                raise refused("verificationCertificate must not be given with SNI_ONLY")
            return
        if not text:
            raise refused("verificationCertificate must be given with DEFAULT")
        proof = read(text, "Verification certificate")
        names = proof.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        if [each.value for each in names] != [call.region.registration_code]:
            raise AWSError(
                "RegistrationCodeValidationException",
                "The verification certificate's common name is not the registration code",
            )
        if not is_issued_by(proof, certificate):
            raise AWSError(
                "CertificateValidationException", "The CA did not sign the verification certificate"
            )

    @staticmethod
    def _authority(call, name):
        if name not in call.region.authorities:
            raise not_found(f"CA certificate {name}")
        return call.region.authorities[name]

    def DescribeCACertificate(self, call):
        record = self._authority(call, call["certificateId"])
        certificate = read(record.pem)
        value = {
            "certificateArn": call.region.arn("cacert", record.id),
            "certificateId": record.id,
            "status": record.status,
            "certificatePem": record.pem,
            "ownedBy": call.account,
            "creationDate": record.created,
            "lastModifiedDate": record.modified,
            "customerVersion": 1,
            "autoRegistrationStatus": record.auto_registration,
            "certificateMode": record.mode,
            "validity": {
                "notBefore": certificate.not_valid_before_utc.timestamp(),
                "notAfter": certificate.not_valid_after_utc.timestamp(),
            },
        }
        answer = {"certificateDescription": value}
        if record.registration_config:
            answer["registrationConfig"] = record.registration_config
        return answer

    def UpdateCACertificate(self, call):
        record = self._authority(call, call["certificateId"])
        record.status = call.get("newStatus", record.status)
        record.auto_registration = call.get("newAutoRegistrationStatus", record.auto_registration)
        record.registration_config = call.get("registrationConfig", record.registration_config)
        if call.get("removeAutoRegistration"):
            record.auto_registration, record.registration_config = "DISABLE", {}
        record.modified = time.time()
        return {}

    def DeleteCACertificate(self, call):
        record = self._authority(call, call["certificateId"])
        if record.status != "INACTIVE":
            raise AWSError("CertificateStateException", "The CA certificate is ACTIVE")
        del call.region.authorities[record.id]
        return {}

    def ListCACertificates(self, call):
        records = sorted(
            call.region.authorities.values(),
            key=lambda each: each.created,
            reverse=not call.get("ascendingOrder"),
        )
        items, more = call.pages(records, "pageSize", "marker", "nextMarker")
        listed = [
            {
                "certificateArn": call.region.arn("cacert", each.id),
                "certificateId": each.id,
                "status": each.status,
                "creationDate": each.created,
            }
            for each in items
        ]
        return {"certificates": listed, **more}
