"""Certificates: moto signs a key of its own, and takes the hash of the text for the id; AWS does neither."""

import hashlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from common.certificates import pem

from ..errors import AWSError, not_found, refused
from .state import Certificate

SETTABLE = ("ACTIVE", "INACTIVE", "REVOKED")


def identifier(certificate):
    """Lower-case SHA-256 of the DER form."""
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest()


def read(text, what="Certificate"):
    try:
        return x509.load_pem_x509_certificate(text.encode())
    except ValueError:
        raise AWSError("CertificateValidationException", f"{what} is not a PEM certificate") from None


def is_issued_by(certificate, issuer):
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


class Certificates:
    def _add(self, call, certificate, status, **more):
        """Takes a certificate into the registry of the caller."""
        name = identifier(certificate)
        arn = call.region.arn("cert", name)
        if name in call.region.certificates:
            raise AWSError(
                "ResourceAlreadyExistsException",
                "The certificate is already provisioned or registered",
                resourceId=name,
                resourceArn=arn,
            )
        if status not in SETTABLE:
            raise refused(f"status must be one of {', '.join(SETTABLE)}")
        validity = {
            "notBefore": certificate.not_valid_before_utc.timestamp(),
            "notAfter": certificate.not_valid_after_utc.timestamp(),
        }
        call.region.certificates[name] = Certificate(
            name, pem(certificate), status, call.account, validity=validity, **more
        )
        return {"certificateArn": arn, "certificateId": name}

    def CreateCertificateFromCsr(self, call):
        try:
            request = x509.load_pem_x509_csr(call["certificateSigningRequest"].encode())
            key = request.public_key()
        except ValueError:
            raise refused("The CSR is malformed") from None
        is_known = isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048
        is_known = (
            is_known
            or isinstance(key, ec.EllipticCurvePublicKey)
            and key.curve.name in ("secp256r1", "secp384r1", "secp521r1")
        )
        if not is_known or not request.is_signature_valid:
            raise refused(
                "The CSR's key or signature is not accepted: RSA from 2048 bits, P-256, P-384 or P-521"
            )
        certificate = call.state.issuer.sign(request.subject, key)
        status = "ACTIVE" if call.get("setAsActive") else "INACTIVE"
        return {**self._add(call, certificate, status), "certificatePem": pem(certificate)}

    def CreateKeysAndCertificate(self, call):
        key = rsa.generate_private_key(65537, 2048)
        certificate = call.state.issuer.sign(x509.Name([]), key.public_key())
        status = "ACTIVE" if call.get("setAsActive") else "INACTIVE"
        public = (
            key.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        ).decode()
        return {
            **self._add(call, certificate, status),
            "certificatePem": pem(certificate),
            "keyPair": {"PublicKey": public, "PrivateKey": private},
        }

    def RegisterCertificateWithoutCA(self, call):
        certificate = read(call["certificatePem"])
        return self._add(call, certificate, call.get("status", "INACTIVE"), mode="SNI_ONLY")

    def RegisterCertificate(self, call):
        certificate = read(call["certificatePem"])
        authorities = [
            each for each in call.region.authorities.values() if is_issued_by(certificate, read(each.pem))
        ]
        if call.get("caCertificatePem"):
            wanted = identifier(read(call["caCertificatePem"], "CA certificate"))
            authorities = [each for each in authorities if each.id == wanted]
        if not authorities:
            raise AWSError(
                "CertificateValidationException", "The CA that signed the certificate is not registered"
            )
        if len(authorities) > 1:
            raise AWSError("CertificateConflictException", "Several CAs fit: caCertificatePem must be given")
        if authorities[0].status != "ACTIVE":
            raise AWSError("CertificateStateException", "The CA certificate is not ACTIVE")
        status = call.get("status") or ("ACTIVE" if call.get("setAsActive") else "INACTIVE")
        return self._add(call, certificate, status, ca_id=authorities[0].id, mode=authorities[0].mode)

    @staticmethod
    def _certificate(call):
        name = call["certificateId"]
        if name not in call.region.certificates:
            raise not_found(f"Certificate {name}")
        return call.region.certificates[name]

    def DescribeCertificate(self, call):
        record = self._certificate(call)
        value = {
            "certificateArn": call.region.arn("cert", record.id),
            "certificateId": record.id,
            "status": record.status,
            "certificatePem": record.pem,
            "ownedBy": record.owner,
            "creationDate": record.created,
            "lastModifiedDate": record.modified,
            "customerVersion": 1,
            "generationId": record.generation,
            "validity": record.validity,
            "certificateMode": record.mode,
        }
        if record.ca_id:
            value["caCertificateId"] = record.ca_id
        if record.previous_owner:
            value["previousOwnedBy"] = record.previous_owner
        data = {name: member for name, member in record.transfer.items() if name != "target"}
        if data:
            value["transferData"] = data
        return {"certificateDescription": value}

    def UpdateCertificate(self, call):
        record = self._certificate(call)
        if call["newStatus"] not in SETTABLE:
            raise refused(f"newStatus must be one of {', '.join(SETTABLE)}")
        if record.status == "PENDING_TRANSFER":
            raise AWSError("CertificateStateException", "The certificate is being transferred")
        record.touch(call["newStatus"])
        return {}

    def DeleteCertificate(self, call):
        record = self._certificate(call)
        arn = call.region.arn("cert", record.id)
        if record.status in ("ACTIVE", "PENDING_TRANSFER"):
            raise AWSError(
                "CertificateStateException",
                f"Certificate must be deactivated (not {record.status}) before deletion.",
            )
        if call.region.things_of(arn):
            raise AWSError("DeleteConflictException", "Things must be detached before deletion")
        if call.region.policies.get(arn) and not call.get("forceDelete"):
            raise AWSError("DeleteConflictException", "Certificate policies must be detached before deletion")
        call.region.policies.pop(arn, None)
        del call.region.certificates[record.id]
        return {}

    @staticmethod
    def _listed(call, records):
        records = sorted(records, key=lambda each: each.created, reverse=not call.get("ascendingOrder"))
        items, more = call.pages(records, "pageSize", "marker", "nextMarker")
        listed = [
            {
                "certificateArn": call.region.arn("cert", each.id),
                "certificateId": each.id,
                "status": each.status,
                "creationDate": each.created,
                "certificateMode": each.mode,
            }
            for each in items
        ]
        return {"certificates": listed, **more}

    def ListCertificates(self, call):
        return self._listed(call, call.region.certificates.values())

    def ListCertificatesByCA(self, call):
        wanted = call["caCertificateId"]
        return self._listed(
            call, [each for each in call.region.certificates.values() if each.ca_id == wanted]
        )
