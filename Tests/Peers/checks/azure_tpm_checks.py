"""TPM attestation from the device's side, with a TPM written in Python: what a chip does with the blobs."""

import base64
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

from azure_cloud.tpm import CFB, kdfa, sized

from .azure_support import StandInChecks, token


class SoftwareTPM:
    """An endorsement key and a storage key, and what they open."""

    def __init__(self):
        self.endorsement, self.storage = (rsa.generate_private_key(65537, 2048) for _ in range(2))

    @staticmethod
    def public(key):
        """TPM2B_PUBLIC of an RSA-2048 storage key: AES-128-CFB, no scheme."""
        modulus = key.public_key().public_numbers().n.to_bytes(256, "big")
        area = struct.pack(">HHI", 0x0001, 0x000B, 0x000300B2) + sized(bytes(32))
        area += struct.pack(">HHHHHI", 0x0006, 128, 0x0043, 0x0010, 2048, 0) + sized(modulus)
        return sized(area)

    def given(self):
        return {
            "endorsementKey": base64.b64encode(self.public(self.endorsement)).decode(),
            "storageRootKey": base64.b64encode(self.public(self.storage)).decode(),
        }

    @staticmethod
    def seed(key, encrypted, label):
        scheme = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label)
        return key.decrypt(encrypted, scheme)

    @staticmethod
    def opened(seed, data, name):
        """Checks the outer integrity value, then decrypts."""
        mac, encrypted = take(data)
        expected = hmac.new(kdfa(seed, b"INTEGRITY", b"", 256), encrypted + name, hashlib.sha256).digest()
        assert hmac.compare_digest(mac, expected), "integrity check failed"
        return decrypted(kdfa(seed, b"STORAGE", name, 128), encrypted)

    def activate(self, identity, secret):
        """TPM2_ActivateCredential."""
        name = struct.pack(">H", 0x000B) + hashlib.sha256(self.public(self.storage)[2:]).digest()
        return take(self.opened(self.seed(self.endorsement, secret, b"IDENTITY\0"), identity, name))[0]

    def imported(self, inner_key, public, private, seed):
        """TPM2_Import and TPM2_Load: the HMAC key."""
        name = struct.pack(">H", 0x000B) + hashlib.sha256(public).digest()
        inner = self.opened(self.seed(self.storage, seed, b"DUPLICATE\0"), private, name)
        integrity, sensitive = take(decrypted(inner_key, inner))
        assert integrity == hashlib.sha256(sensitive + name).digest(), "inner integrity check failed"
        body, rest = take(sensitive)
        assert rest == b"" and body[:2] == b"\0\x08"
        _, body = take(body[2:])
        blind, body = take(body)
        key, rest = take(body)
        assert rest == b""
        assert public[-32:] == hashlib.sha256(blind + key).digest(), "public and sensitive parts do not fit"
        return key

    def open(self, text):
        """The key in an authentication key blob."""
        data = base64.b64decode(text)
        parts = []
        for _ in range(5):
            part, data = take(data)
            parts.append(part)
        assert data == b"\0\0"
        identity, secret, private, seed, public = parts
        return self.imported(self.activate(identity, secret), public, private, seed)


def take(data):
    """What a TPM2B at the beginning holds, and what follows it."""
    (length,) = struct.unpack(">H", data[:2])
    assert len(data) >= 2 + length
    return data[2 : 2 + length], data[2 + length :]


def decrypted(key, data):
    decryptor = Cipher(algorithms.AES(key), CFB(bytes(16))).decryptor()
    return decryptor.update(data) + decryptor.finalize()


class TPMChecks(StandInChecks):
    def test_the_whole_way(self):
        tpm = SoftwareTPM()
        given = tpm.given()
        self.assertTrue(given["endorsementKey"].startswith("AToAAQAL"))
        enrolled = {"endorsementKey": given["endorsementKey"]}
        self.enrol("meter-1", {"type": "tpm", "tpm": enrolled})
        status, challenge = self.register("meter-1", body={"tpm": given})
        self.assertEqual((status, challenge["keyName"]), (401, "registration"))
        nonce = base64.b64encode(tpm.open(challenge["authenticationKey"])).decode()
        status, state = self.register("meter-1", self.device_token("meter-1", nonce), {"tpm": given})
        self.assertEqual((status, state["status"]), (200, "assigned"))
        key = base64.b64encode(tpm.open(state["tpm"]["authenticationKey"])).decode()
        entry = next(each for each in self.ready["hubs"] if each["name"] == state["assignedHub"])
        event = self.send(
            entry["url"],
            "POST",
            "/devices/meter-1/messages/events",
            {"a": 1},
            version="2020-03-13",
            headers={"Authorization": token(f"{entry['name']}/devices/meter-1", key)},
        )
        self.assertEqual(event[0], 204)

    def test_another_tpm_gets_nothing(self):
        tpm, other = SoftwareTPM(), SoftwareTPM()
        enrolled = {"endorsementKey": tpm.given()["endorsementKey"]}
        self.enrol("meter-1", {"type": "tpm", "tpm": enrolled})
        status, answer = self.register("meter-1", body={"tpm": other.given()})
        self.assertEqual((status, "authenticationKey" in answer), (401, False))
        _, challenge = self.register("meter-1", body={"tpm": tpm.given()})
        with self.assertRaises(ValueError):
            other.open(challenge["authenticationKey"])
        wrong = base64.b64encode(bytes(32)).decode()
        self.assertEqual(self.register("meter-1", self.device_token("meter-1", wrong))[0], 401)
