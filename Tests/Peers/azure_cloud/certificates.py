"""What DPS reads from certificates, and how it follows a chain."""

import base64
import hashlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from .errors import CloudError, timestamp


def read(text):
    """A certificate from PEM, or from base64 of DER."""
    try:
        if "BEGIN" in text:
            return x509.load_pem_x509_certificate(text.encode())
        return x509.load_der_x509_certificate(base64.b64decode(text, validate=True))
    except ValueError:
        raise CloudError(400, 400004, "certificate must be PEM or base64 of DER") from None


def thumbprint(certificate, algorithm=hashlib.sha256):
    return algorithm(certificate.public_bytes(serialization.Encoding.DER)).hexdigest().upper()


def info(certificate):
    """X509CertificateInfo."""
    return {
        "subjectName": certificate.subject.rfc4514_string(),
        "sha1Thumbprint": thumbprint(certificate, hashlib.sha1),
        "sha256Thumbprint": thumbprint(certificate),
        "issuerName": certificate.issuer.rfc4514_string(),
        "notBeforeUtc": timestamp(certificate.not_valid_before_utc.timestamp()),
        "notAfterUtc": timestamp(certificate.not_valid_after_utc.timestamp()),
        "serialNumber": f"{certificate.serial_number:X}",
        "version": certificate.version.value + 1,
    }


def common_name(certificate):
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return names[0].value if names else ""


def is_authority(certificate):
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def is_issued_by(certificate, issuer):
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return is_authority(issuer)


def depth(chain, authority, now):
    """How far above the leaf the authority stands: 1 for its issuer, `None` when the chain leads elsewhere.

    The client must show every certificate between its leaf and the authority.
    """
    current = chain[0]
    for level in range(1, len(chain) + 1):
        if not current.not_valid_before_utc.timestamp() <= now <= current.not_valid_after_utc.timestamp():
            return None
        if is_issued_by(current, authority):
            return level
        above = [each for each in chain[1:] if each != current and is_issued_by(current, each)]
        if not above:
            return None
        current = above[0]
    return None
