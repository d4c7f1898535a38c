"""One DPS: its enrollments, its linked hubs, and what became of each registration."""

import base64
import hashlib
import secrets
import uuid

from . import certificates, tpm
from .enrollments import GROUP, INDIVIDUAL, Enrollments
from .errors import CloudError, timestamp
from .tokens import derived


class Identity:
    """Who registers: the enrollment that decides, and how the device proved itself.

    `authentication` is what its hub shall ask it for; `result` stands in the device's answer only.
    """

    def __init__(self, enrollment, group, authentication, result):
        self.enrollment, self.group = enrollment, group
        self.authentication, self.result = authentication, result


class ProvisioningService:
    def __init__(self, name, scope, hubs):
        self.name, self.scope, self.hubs = name, scope, hubs
        self.reset()

    def reset(self):
        self.authorities = {}
        names = [hub.name for hub in self.hubs]
        self.individuals = Enrollments(INDIVIDUAL, names, self.authorities)
        self.groups = Enrollments(GROUP, names, self.authorities)
        self.records, self.details, self.group_of = {}, {}, {}
        self.operations, self.attempts, self.nonces = {}, {}, {}
        for hub in self.hubs:
            hub.reset()

    def candidates(self, enrollment):
        """The hubs that the enrollment allows, in its order; all linked ones when it names none."""
        names = list(enrollment.get("iotHubs") or [])
        if enrollment.get("iotHubHostName"):
            names = [enrollment["iotHubHostName"]]
        return [hub for name in names for hub in self.hubs if hub.name == name] or list(self.hubs)

    def allocate(self, enrollment, registration_id):
        """The hub of a device. Latency is nothing on the loopback: the first hub is the nearest."""
        policy = enrollment.get("allocationPolicy", "hashed")
        hubs = self.candidates(enrollment)
        if policy == "custom":
            raise CloudError(400, 400207, "custom allocation is not in this stand-in")
        if policy in ("static", "geoLatency"):
            return hubs[0]
        digest = hashlib.sha256(registration_id.lower().encode()).digest()
        return hubs[int.from_bytes(digest[:8], "big") % len(hubs)]

    def register(self, registration_id, identity, payload, now):
        """Assigns the device; gives the operation's id, under which the outcome is to be asked for."""
        key = registration_id.lower()
        self.attempts[key] = self.attempts.get(key, 0) + 1
        there = self.records.get(key)
        record = {
            "registrationId": registration_id,
            "etag": str(uuid.uuid4()),
            "createdDateTimeUtc": there["createdDateTimeUtc"] if there else timestamp(now),
            "lastUpdatedDateTimeUtc": timestamp(now),
        }
        if identity.enrollment["provisioningStatus"] == "disabled":
            record["status"] = "disabled"
        else:
            record.update(self._assigned(registration_id, identity, there, now))
        if payload is not None:
            record["payload"] = payload
        self.records[key], self.details[key] = record, identity.result
        if identity.group:
            self.group_of[key] = identity.group.lower()
        else:
            self.group_of.pop(key, None)
        operation = f"5.{secrets.token_hex(8)}.{uuid.uuid4()}"
        self.operations[operation] = {"registration": key, "polls": 0}
        return operation

    def _assigned(self, registration_id, identity, there, now):
        enrollment = identity.enrollment
        device_id = enrollment.get("deviceId", registration_id)
        before = next((hub for hub in self.hubs if there and hub.name == there.get("assignedHub")), None)
        policy = enrollment["reprovisionPolicy"]
        try:
            hub = (
                before
                if before and not policy["updateHubAssignment"]
                else self.allocate(enrollment, registration_id)
            )
        except CloudError as error:
            return {"status": "failed", "errorCode": error.code, "errorMessage": error.message}
        twin = enrollment.get("initialTwin") or {}
        edge = (enrollment.get("capabilities") or {}).get("iotEdge", False)
        substatus = "initialAssignment"
        moved = None
        if before is hub:
            substatus = "reprovisionedToInitialAssignment"
        elif before is not None:
            moved = before.take(there["deviceId"])
            substatus = "deviceDataMigrated" if policy["migrateDeviceData"] else "deviceDataReset"
        hub.provision(
            device_id,
            identity.authentication,
            twin,
            edge,
            now,
            moved=moved if substatus == "deviceDataMigrated" else None,
        )
        return {"status": "assigned", "substatus": substatus, "assignedHub": hub.name, "deviceId": device_id}

    def identify_by_token(self, registration_id, signature):
        """The individual entry decides when there is one, else the group whose derived key signed."""
        individual = self.individuals.find(registration_id)
        if individual is not None:
            return self._individual_by_token(registration_id, individual, signature)
        for group in self.groups.records.values():
            if group["attestation"]["type"] != "symmetricKey":
                continue
            pair = group["attestation"]["symmetricKey"]
            keys = {name: derived(pair[name], registration_id) for name in ("primaryKey", "secondaryKey")}
            if any(signature.is_signed_by(key) for key in keys.values()):
                name = group["enrollmentGroupId"]
                result = {"symmetricKey": {"enrollmentGroupId": name}}
                return Identity(group, name, {"type": "sas", "symmetricKey": keys}, result)
        return None

    def _individual_by_token(self, registration_id, record, signature):
        kept = record["attestation"]
        if kept["type"] == "symmetricKey":
            if any(signature.is_signed_by(key) for key in kept["symmetricKey"].values()):
                keys = dict(kept["symmetricKey"])
                return Identity(record, None, {"type": "sas", "symmetricKey": keys}, {"symmetricKey": {}})
        if kept["type"] == "tpm":
            nonce = self.nonces.get(registration_id.lower())
            if nonce and signature.is_signed_by(nonce["key"]):
                key = secrets.token_bytes(32)
                blob = tpm.authentication_key(nonce["endorsement"], nonce["storage"], key)
                text = base64.b64encode(key).decode()
                keys = {"primaryKey": text, "secondaryKey": text}
                result = {"tpm": {"authenticationKey": base64.b64encode(blob).decode()}}
                return Identity(record, None, {"type": "sas", "symmetricKey": keys}, result)
        return None

    def challenge(self, registration_id, given):
        """The key of a TPM's first answer, closed so that only this TPM can open it. `None`: not enrolled."""
        record = self.individuals.find(registration_id)
        if record is None or record["attestation"]["type"] != "tpm":
            return None
        enrolled = record["attestation"]["tpm"]
        root = given.get("storageRootKey")
        if given["endorsementKey"] != enrolled["endorsementKey"] or not root:
            return None
        if enrolled.get("storageRootKey") not in (None, "", root):
            return None
        try:
            endorsement = tpm.Public(base64.b64decode(enrolled["endorsementKey"]))
            storage = tpm.Public(base64.b64decode(root, validate=True))
        except ValueError:
            raise CloudError(400, 400203, "storageRootKey is not a TPM2B_PUBLIC of RSA") from None
        key = secrets.token_bytes(32)
        self.nonces[registration_id.lower()] = {"key": key, "endorsement": endorsement, "storage": storage}
        return base64.b64encode(tpm.authentication_key(endorsement, storage, key)).decode()

    def identify_by_chain(self, registration_id, chain, now):
        """By the certificate of the TLS connection: its own entry, else the nearest authority's group."""
        leaf = chain[0]
        if certificates.common_name(leaf).lower() != registration_id.lower():
            return None
        if not leaf.not_valid_before_utc.timestamp() <= now <= leaf.not_valid_after_utc.timestamp():
            return None
        thumb = certificates.thumbprint(leaf)
        authentication = {
            "type": "selfSigned",
            "x509Thumbprint": {"primaryThumbprint": thumb, "secondaryThumbprint": thumb},
        }
        result = {"certificateInfo": certificates.info(leaf)}
        individual = self.individuals.find(registration_id)
        if individual is not None:
            is_its = self._is_of(individual, chain, thumb, now)
            return Identity(individual, None, authentication, {"x509": result}) if is_its else None
        found = []
        for group in self.groups.records.values():
            for authority in self._authorities_of(group):
                level = certificates.depth(chain, authority, now)
                if level is not None:
                    found.append((level, len(found), group, authority))
        if not found:
            return None
        _, _, group, authority = min(found, key=lambda each: each[:2])
        result["enrollmentGroupId"] = group["enrollmentGroupId"]
        result["signingCertificateInfo"] = certificates.info(authority)
        return Identity(group, group["enrollmentGroupId"], authentication, {"x509": result})

    def _is_of(self, individual, chain, thumb, now):
        """An entry for symmetric keys lets no certificate in, but disabled it still keeps its device out."""
        if individual["provisioningStatus"] == "disabled":
            return True
        kept = individual["attestation"]
        if kept["type"] != "x509":
            return False
        enrolled = (kept["x509"].get("clientCertificates") or {}).values()
        if thumb in [certificates.thumbprint(each) for each in enrolled]:
            return True
        return any(
            certificates.depth(chain, authority, now) is not None
            for authority in self._authorities_of(individual)
        )

    def _authorities_of(self, record):
        kept = record["attestation"].get("x509") or {}
        if "caReferences" in kept:
            names = kept["caReferences"].values()
            return [self.authorities[name] for name in names if name in self.authorities]
        return list((kept.get("signingCertificates") or {}).values())
