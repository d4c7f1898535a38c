"""The enrollments of one DPS: individual ones and groups, which follow the same rules."""

import copy
import re
import uuid

from . import attestation
from .errors import CloudError, timestamp

_ID = re.compile(r"(?=.{1,128}\Z)[A-Za-z0-9](?:[A-Za-z0-9:._-]*[A-Za-z0-9-])?")
READ_ONLY = ("registrationState", "createdDateTimeUtc", "lastUpdatedDateTimeUtc", "etag")
BULK = 10


class Kind:
    """What sets individual enrollments and groups apart."""

    def __init__(self, id_name, list_name, bad_id, missing, there):
        self.id_name, self.list_name = id_name, list_name
        self.bad_id, self.missing, self.there = bad_id, missing, there
        self.is_group = id_name == "enrollmentGroupId"


INDIVIDUAL = Kind("registrationId", "enrollments", 400202, 404201, 409201)
GROUP = Kind("enrollmentGroupId", "enrollmentGroups", 400204, 404204, 409202)


def check_match(header, etag):
    """`If-Match`: `*`, or the tag in quotation marks. Anything else is another tag."""
    if header in (None, "*", '"*"'):
        return
    if header != f'"{etag}"':
        raise CloudError(412, 412001, "If-Match is not the record's etag")


class Enrollments:
    """`hubs`: names of the linked hubs. `authorities`: name → CA certificate."""

    def __init__(self, kind, hubs, authorities):
        self.kind, self.hubs, self.authorities = kind, hubs, authorities
        self.records = {}

    def find(self, name):
        """Names are compared without case."""
        return self.records.get(name.lower())

    def get(self, name):
        record = self.find(name)
        if record is None:
            raise CloudError(404, self.kind.missing, f"{self.kind.id_name} {name} not found")
        return record

    def put(self, name, body, match, now):
        """Creates without `If-Match`, replaces the whole record with it."""
        kind = self.kind
        if not _ID.fullmatch(name):
            raise CloudError(400, kind.bad_id, f"{kind.id_name} {name} is not of the allowed form")
        if body[kind.id_name].lower() != name.lower():
            raise CloudError(400, kind.bad_id, f"{kind.id_name} is not the one of the path")
        there = self.find(name)
        if there is None and match is not None:
            raise CloudError(404, kind.missing, f"{kind.id_name} {name} not found")
        if there is not None:
            if match is None:
                raise CloudError(409, kind.there, f"{kind.id_name} {name} already exists")
            check_match(match, there["etag"])
        record = self._accepted(body)
        record["etag"] = str(uuid.uuid4())
        record["createdDateTimeUtc"] = there["createdDateTimeUtc"] if there else timestamp(now)
        record["lastUpdatedDateTimeUtc"] = timestamp(now)
        self.records[name.lower()] = record
        return record

    def _accepted(self, body):
        record = {name: copy.deepcopy(member) for name, member in body.items() if name not in READ_ONLY}
        record["attestation"] = attestation.accepted(
            body["attestation"], self.kind.is_group, self.authorities
        )
        hubs = list(body.get("iotHubs") or [])
        if body.get("iotHubHostName"):
            hubs.append(body["iotHubHostName"])
        for hub in hubs:
            if hub not in self.hubs:
                raise CloudError(404, 404210, f"IoT hub {hub} is not linked")
        policy = body.get("allocationPolicy")
        if policy == "custom" and not body.get("customAllocationDefinition"):
            raise CloudError(400, 400004, "customAllocationDefinition is missing")
        if policy == "static" and len(set(hubs)) != 1:
            raise CloudError(400, 400004, "static allocation needs exactly one hub")
        record.setdefault("provisioningStatus", "enabled")
        record.setdefault("reprovisionPolicy", {"updateHubAssignment": True, "migrateDeviceData": True})
        if not self.kind.is_group:
            record.setdefault("deviceId", record[self.kind.id_name])
        return record

    def delete(self, name, match):
        check_match(match, self.get(name)["etag"])
        del self.records[name.lower()]

    def shown(self, record):
        return {**record, "attestation": attestation.shown(record["attestation"])}

    def bulk(self, body, now, order=lambda name: None):
        """Each for itself: what is not in `errors` was done. `order` raises what a test ordered for an entry."""
        items, mode = body[self.kind.list_name], body["mode"]
        names = [each[self.kind.id_name].lower() for each in items]
        if len(items) > BULK:
            raise CloudError(400, 400205, f"a bulk has at most {BULK} enrollments")
        if not items:
            raise CloudError(400, 400004, f"{self.kind.list_name} is empty")
        if len(set(names)) != len(names):
            raise CloudError(400, 400206, f"{self.kind.id_name} is in the bulk more than once")
        errors = []
        for item in items:
            try:
                order(item[self.kind.id_name])
                self._one(mode, item, now)
            except CloudError as error:
                errors.append(
                    {
                        self.kind.id_name: item[self.kind.id_name],
                        "errorCode": error.code,
                        "errorStatus": error.message,
                    }
                )
        return {"isSuccessful": not errors, "errors": errors}

    def _one(self, mode, item, now):
        name = item[self.kind.id_name]
        if mode == "delete":
            self.delete(name, "*")
        elif mode == "create":
            self.put(name, item, None, now)
        elif mode == "update":
            self.put(name, item, "*", now)
        else:
            self.put(name, item, f'"{item.get("etag", "")}"', now)

    def query(self, text):
        """Only the whole list: `SELECT * FROM enrollments`."""
        words = text.split()
        wanted = ["select", "*", "from", self.kind.list_name.lower()]
        if [word.lower() for word in words] not in (wanted, ["select", "*"]):
            raise CloudError(400, 400000, f"the query must be SELECT * FROM {self.kind.list_name}")
        return [self.shown(record) for _, record in sorted(self.records.items())]
