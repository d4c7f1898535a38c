"""The service's side of TPM attestation: blobs that only one TPM can open.

TPM 2.0 Library, part 1, "Credential protection" (24) and "Duplication" (23); part 2 for the structures.
The blob's order is that of Microsoft's own clients.
"""

import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

try:
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
except ImportError:
    from cryptography.hazmat.primitives.ciphers.modes import CFB

RSA, KEYED_HASH, NULL, SHA256, HMAC_SCHEME = 0x0001, 0x0008, 0x0010, 0x000B, 0x0005
SIGN, USER_WITH_AUTH, NO_DICTIONARY_LOCK = 1 << 18, 1 << 6, 1 << 10


def sized(data):
    """A TPM2B: a two-byte length and the bytes."""
    return struct.pack(">H", len(data)) + data


class _Reader:
    def __init__(self, data):
        self.data = data

    def take(self, count):
        if count > len(self.data):
            raise ValueError("the structure is cut off")
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def number(self, size=2):
        return int.from_bytes(self.take(size), "big")


class Public:
    """A TPM2B_PUBLIC of an RSA storage key with SHA-256. `ValueError` for anything else."""

    def __init__(self, data):
        outer = _Reader(data)
        area = outer.take(outer.number())
        if outer.data:
            raise ValueError("bytes follow the structure")
        self.name = struct.pack(">H", SHA256) + hashlib.sha256(area).digest()
        reader = _Reader(area)
        if (reader.number(), reader.number()) != (RSA, SHA256):
            raise ValueError("not an RSA key with SHA-256")
        reader.number(4)
        reader.take(reader.number())
        if reader.number() != NULL:
            reader.number()
            reader.number()
        if reader.number() != NULL:
            reader.number()
        bits, exponent = reader.number(), reader.number(4)
        modulus = reader.take(reader.number())
        if reader.data or len(modulus) * 8 != bits or bits < 2048:
            raise ValueError("the key's size does not fit")
        self.key = rsa.RSAPublicNumbers(exponent or 65537, int.from_bytes(modulus, "big")).public_key()

    def encrypt_seed(self, label):
        """A fresh seed, and it encrypted for this key (TPM2B_ENCRYPTED_SECRET)."""
        seed = secrets.token_bytes(32)
        scheme = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label + b"\0")
        return seed, sized(self.key.encrypt(seed, scheme))


def kdfa(key, label, context, bits):
    """KDFa of part 1, 11.4.10.2, with SHA-256; one round is enough for what is derived here."""
    text = struct.pack(">I", 1) + label + b"\0" + context + struct.pack(">I", bits)
    return hmac.new(key, text, hashlib.sha256).digest()[: bits // 8]


def cfb(key, data):
    encryptor = Cipher(algorithms.AES(key), CFB(bytes(16))).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def protect(seed, data, name):
    """Encrypts `data` and binds it to the object's name (the outer wrap of both protections)."""
    encrypted = cfb(kdfa(seed, b"STORAGE", name, 128), data)
    mac = hmac.new(kdfa(seed, b"INTEGRITY", b"", 256), encrypted + name, hashlib.sha256).digest()
    return sized(sized(mac) + encrypted)


def make_credential(endorsement, storage, secret):
    """TPM2B_ID_OBJECT and TPM2B_ENCRYPTED_SECRET: `secret` for the TPM that holds both keys."""
    seed, encrypted = endorsement.encrypt_seed(b"IDENTITY")
    return protect(seed, sized(secret), storage.name) + encrypted


def duplicate(storage, key, inner_key):
    """An HMAC key for import under the storage key: duplicate, seed and public area, marshalled."""
    blind = secrets.token_bytes(32)
    unique = hashlib.sha256(blind + key).digest()
    attributes = SIGN | USER_WITH_AUTH | NO_DICTIONARY_LOCK
    public = struct.pack(">HHI", KEYED_HASH, SHA256, attributes) + sized(b"")
    public += struct.pack(">HH", HMAC_SCHEME, SHA256) + sized(unique)
    name = struct.pack(">H", SHA256) + hashlib.sha256(public).digest()
    sensitive = sized(struct.pack(">H", KEYED_HASH) + sized(b"") + sized(blind) + sized(key))
    integrity = hashlib.sha256(sensitive + name).digest()
    inner = cfb(inner_key, sized(integrity) + sensitive)
    seed, encrypted = storage.encrypt_seed(b"DUPLICATE")
    return protect(seed, inner, name) + encrypted + sized(public)


def authentication_key(endorsement, storage, key):
    """The blob of a challenge or a result: everything with which the TPM gets `key`, and no one else."""
    inner_key = secrets.token_bytes(16)
    return make_credential(endorsement, storage, inner_key) + duplicate(storage, key, inner_key) + sized(b"")
