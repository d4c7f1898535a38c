"""The attestation of an enrollment: what may be in it, what DPS adds, and what of it DPS shows."""

import base64
import binascii

from . import certificates, tpm
from .errors import CloudError
from .tokens import new_key


def _bad(message):
    return CloudError(400, 400004, message)


def is_key(text):
    """Base64 of 16 to 64 bytes."""
    try:
        return 16 <= len(base64.b64decode(text, validate=True)) <= 64
    except (binascii.Error, ValueError):
        return False


def accepted(given, is_group, authorities):
    """What DPS keeps of a sent attestation, keys made where none were sent."""
    kind = given["type"]
    if set(given) - {"type", kind}:
        raise _bad(f"attestation of type {kind} has members of another type")
    if kind == "symmetricKey":
        return {"type": kind, kind: _keys(given.get(kind) or {})}
    if kind == "tpm" and not is_group:
        return {"type": kind, kind: _tpm(given.get(kind))}
    if kind == "x509":
        return {"type": kind, kind: _x509(given.get(kind) or {}, is_group, authorities)}
    raise _bad(
        f"attestation of type {kind} is not for {'a group' if is_group else 'an individual enrollment'}"
    )


def _keys(given):
    """Both keys, or neither: then they are made, which loses those that were there before."""
    if not given:
        return {"primaryKey": new_key(), "secondaryKey": new_key()}
    if set(given) != {"primaryKey", "secondaryKey"}:
        raise _bad("primaryKey and secondaryKey must be given together")
    for name, key in given.items():
        if not is_key(key):
            raise _bad(f"{name} must be base64 of 16 to 64 bytes")
    return dict(given)


def _tpm(given):
    if not given:
        raise CloudError(400, 400201, "endorsementKey is missing")
    try:
        tpm.Public(base64.b64decode(given["endorsementKey"], validate=True))
    except (ValueError, binascii.Error):
        raise CloudError(400, 400201, "endorsementKey must be base64 of a TPM2B_PUBLIC of RSA") from None
    if given.get("storageRootKey"):
        try:
            tpm.Public(base64.b64decode(given["storageRootKey"], validate=True))
        except (ValueError, binascii.Error):
            raise CloudError(400, 400203, "storageRootKey must be base64 of a TPM2B_PUBLIC of RSA") from None
    return dict(given)


def _x509(given, is_group, authorities):
    if len(given) != 1:
        raise _bad("x509 must have one of clientCertificates, signingCertificates, caReferences")
    ((form, pair),) = given.items()
    if form == ("clientCertificates" if is_group else "signingCertificates"):
        raise _bad(f"{form} is not for {'a group' if is_group else 'an individual enrollment'}")
    if not pair.get("primary"):
        raise _bad(f"{form}.primary is missing")
    if form == "caReferences":
        for name in pair.values():
            if name not in authorities:
                raise CloudError(404, 404211, f"CA certificate {name} is not in this service")
        return {form: dict(pair)}
    kept = {}
    for place, each in pair.items():
        certificate = certificates.read(each.get("certificate") or "")
        if is_group and not certificates.is_authority(certificate):
            raise _bad(f"signingCertificates.{place} is not one of a CA")
        kept[place] = certificate
    return {form: kept}


def shown(kept, with_keys=False):
    """As answers have it: keys only where they were asked for, certificates as `info`, without their text."""
    kind = kept["type"]
    if kind == "symmetricKey":
        return {"type": kind, kind: dict(kept[kind])} if with_keys else {"type": kind}
    if kind == "tpm":
        return {"type": kind, kind: dict(kept[kind])}
    ((form, pair),) = kept["x509"].items()
    if form == "caReferences":
        return {"type": kind, "x509": {form: dict(pair)}}
    infos = {place: {"info": certificates.info(each)} for place, each in pair.items()}
    return {"type": kind, "x509": {form: infos}}
