"""One IoT Hub: its device registry and their twins."""

import base64
import copy
import re
import secrets
import uuid

from .attestation import is_key
from .errors import CloudError, timestamp
from .tokens import new_key

_DEVICE_ID = re.compile(r"[A-Za-z0-9\-.+%_#*?!(),:=@$']{1,128}")
_THUMBPRINT = re.compile(r"[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}")
NEVER = "0001-01-01T00:00:00Z"
BULK = 100


def _bad(message):
    return CloudError(400, 400004, message)


def _tag():
    return base64.b64encode(secrets.token_bytes(6)).decode()


def check_match(header, etag):
    if header in (None, "*", '"*"'):
        return
    if header != f'"{etag}"':
        raise CloudError(412, 412001, "If-Match is not the device's etag")


def merged(old, new):
    """A JSON merge: `null` takes a member away."""
    result = dict(old)
    for name, value in new.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            below = result.get(name)
            result[name] = merged(below if isinstance(below, dict) else {}, value)
        else:
            result[name] = value
    return result


class Twin:
    def __init__(self, tags=None, desired=None):
        self.tags, self.desired, self.reported = tags or {}, desired or {}, {}
        self.version, self.desired_version, self.etag = 1, 1, _tag()

    def change(self, tags, desired):
        self.tags, self.desired = tags, desired
        self.version, self.desired_version, self.etag = self.version + 1, self.desired_version + 1, _tag()


class Hub:
    """`name`: its host name, which tokens are for."""

    def __init__(self, name):
        self.name = name
        self.reset()

    def reset(self):
        self.devices, self.twins, self.messages = {}, {}, {}

    def get(self, device_id):
        """Device ids are compared with their case."""
        if device_id not in self.devices:
            raise CloudError(404, 404001, f"{device_id} is not registered")
        return self.devices[device_id]

    def put(self, device_id, body, match, now):
        """Creates without `If-Match`, replaces with it."""
        if not _DEVICE_ID.fullmatch(device_id):
            raise _bad("deviceId is not of the allowed form")
        if body.get("deviceId", device_id) != device_id:
            raise _bad("deviceId is not the one of the path")
        there = self.devices.get(device_id)
        if match is None and there is not None:
            raise CloudError(409, 409001, f"A device with ID '{device_id}' is already registered.")
        if match is not None:
            check_match(match, self.get(device_id)["etag"])
        if len(body.get("statusReason") or "") > 128:
            raise _bad("statusReason has more than 128 characters")
        device = {
            "deviceId": device_id,
            "generationId": there["generationId"] if there else str(secrets.randbelow(10**18)),
            "etag": _tag(),
            "connectionState": "Disconnected",
            "status": body.get("status", "enabled"),
            "statusReason": body.get("statusReason") or "",
            "connectionStateUpdatedTime": NEVER,
            "statusUpdatedTime": timestamp(now),
            "lastActivityTime": there["lastActivityTime"] if there else NEVER,
            "cloudToDeviceMessageCount": 0,
            "authentication": self._authentication(body.get("authentication") or {}),
            "capabilities": {"iotEdge": False, **(body.get("capabilities") or {})},
        }
        self.devices[device_id] = device
        self.twins.setdefault(device_id, Twin())
        return device

    @staticmethod
    def _authentication(given):
        keys = {name: key for name, key in (given.get("symmetricKey") or {}).items() if key}
        thumbs = {name: thumb for name, thumb in (given.get("x509Thumbprint") or {}).items() if thumb}
        kind = given.get("type") or ("selfSigned" if thumbs else "sas")
        if len(keys) == 1:
            raise _bad("primaryKey and secondaryKey must be given together")
        for key in keys.values():
            if not is_key(key):
                raise _bad("a symmetric key must be base64 of 16 to 64 bytes")
        for thumb in thumbs.values():
            if not _THUMBPRINT.fullmatch(thumb):
                raise _bad("a thumbprint must be 40 or 64 hexadecimal digits")
        if kind == "selfSigned" and not thumbs:
            raise _bad("selfSigned needs a thumbprint")
        if kind == "sas" and not keys:
            keys = {"primaryKey": new_key(32), "secondaryKey": new_key(32)}
        value = {"type": kind}
        if kind == "sas":
            value["symmetricKey"] = keys
        if kind == "selfSigned":
            value["x509Thumbprint"] = thumbs
        return value

    def delete(self, device_id, match):
        if match is None:
            raise CloudError(412, 412001, "If-Match must be given to delete")
        check_match(match, self.get(device_id)["etag"])
        self.take(device_id)

    def take(self, device_id):
        """Removes a device; its twin, if there was one."""
        self.devices.pop(device_id, None)
        return self.twins.pop(device_id, None)

    def provision(self, device_id, authentication, initial, edge, now, moved=None):
        """What DPS does at an assignment: the device with its proof, and a twin if there is none."""
        there = self.devices.get(device_id)
        body = {"authentication": authentication, "capabilities": {"iotEdge": edge}}
        if there:
            body["status"] = there["status"]
        self.put(device_id, body, "*" if there else None, now)
        if moved is not None:
            self.twins[device_id] = moved
        elif not there:
            desired = (initial.get("properties") or {}).get("desired") or {}
            self.twins[device_id] = Twin(copy.deepcopy(initial.get("tags") or {}), copy.deepcopy(desired))

    def twin(self, device_id):
        """As the service shows it."""
        device, twin = self.get(device_id), self.twins[device_id]
        return {
            "deviceId": device_id,
            "etag": twin.etag,
            "deviceEtag": device["etag"],
            "status": device["status"],
            "statusUpdateTime": device["statusUpdatedTime"],
            "connectionState": device["connectionState"],
            "lastActivityTime": device["lastActivityTime"],
            "cloudToDeviceMessageCount": 0,
            "authenticationType": device["authentication"]["type"],
            "x509Thumbprint": device["authentication"].get("x509Thumbprint", {}),
            "version": twin.version,
            "capabilities": device["capabilities"],
            "tags": twin.tags,
            "properties": {
                "desired": {**twin.desired, "$version": twin.desired_version},
                "reported": {**twin.reported, "$version": 1},
            },
        }

    def change_twin(self, device_id, body, match, replaces):
        self.get(device_id)
        twin = self.twins[device_id]
        check_match(match, twin.etag)
        tags = body.get("tags")
        desired = (body.get("properties") or {}).get("desired")
        if desired is not None:
            desired = {name: value for name, value in desired.items() if not name.startswith("$")}
        if replaces:
            twin.change(tags or {}, desired or {})
        else:
            twin.change(merged(twin.tags, tags or {}), merged(twin.desired, desired or {}))
        return self.twin(device_id)

    def bulk(self, items, now, order=lambda name: None):
        """Up to a hundred changes, each for itself. `order` raises what a test ordered for one of them."""
        if len(items) > BULK:
            raise CloudError(413, 413002, f"a bulk has at most {BULK} devices")
        names = [each.get("id") for each in items]
        if None in names or not items:
            raise _bad("each device needs its id")
        if len(set(names)) != len(names):
            raise CloudError(400, 400011, "a device is in the bulk more than once")
        errors = []
        for item in items:
            try:
                order(item["id"])
                self._one(item, now)
            except CloudError as error:
                words = {
                    404: "DeviceNotFound",
                    409: "DeviceAlreadyExists",
                    412: "PreconditionFailed",
                    429: "ThrottlingException",
                    500: "ServerError",
                    503: "ServerError",
                }
                errors.append(
                    {
                        "deviceId": item["id"],
                        "errorCode": words.get(error.status, "ArgumentInvalid"),
                        "errorStatus": error.message,
                    }
                )
        return {"isSuccessful": not errors, "errors": errors, "warnings": []}

    def _one(self, item, now):
        mode, name = item.get("importMode", "create"), item["id"]
        tag = '"{}"'.format(item.get("eTag", "").strip('"'))
        if mode.startswith("delete"):
            self.delete(name, tag if mode.endswith("ETag") else "*")
            return
        if mode.startswith("updateTwin"):
            twin_tag = '"{}"'.format(item.get("twinETag", "").strip('"'))
            self.change_twin(name, item, twin_tag if mode.endswith("ETag") else "*", False)
            return
        members = ("status", "statusReason", "authentication", "capabilities")
        body = {member: item[member] for member in members if member in item}
        match = None if mode == "create" else tag if mode.endswith("ETag") else "*"
        self.put(name, body, match, now)
        if mode == "create" and ("tags" in item or "properties" in item):
            self.change_twin(name, item, "*", True)

    def receive(self, device_id, body, now):
        """A device's message."""
        self.get(device_id)["lastActivityTime"] = timestamp(now)
        self.messages.setdefault(device_id, []).append({"id": str(uuid.uuid4()), "length": len(body)})
