"""Things and thing types: moto keeps them; what it is too lenient about is decided here."""

import time
import uuid
from urllib.parse import quote

from ..errors import AWSError, not_found, refused
from .state import Thing

WITHOUT_TYPE = 3
WITH_TYPE = 50


def _label(text):
    return quote(text, safe="")


def _body(call, names):
    return {name: call[name] for name in names if call.get(name) is not None}


def thing(call, name):
    """Our record of a thing; an error when it is missing."""
    if name not in call.region.things:
        raise not_found(f"Thing {name}")
    return call.region.things[name]


class Things:
    # Things on a page of a list.
    most = 250

    def CreateThing(self, call):
        name = call["thingName"]
        attributes = (call.get("attributePayload") or {}).get("attributes") or {}
        attributes = {key: value for key, value in attributes.items() if value != ""}
        kind = call.get("thingTypeName")
        self._check(call, attributes, kind)
        configuration = (kind, tuple(sorted(attributes.items())), call.get("billingGroupName"))
        arn = call.region.arn("thing", name)
        there = call.region.things.get(name)
        if there is None:
            body = _body(call, ("thingTypeName", "attributePayload", "billingGroupName"))
            made = call.send("POST", f"/things/{_label(name)}", body=body)
            there = call.region.things[name] = Thing(made["thingId"], configuration)
        elif there.configuration != configuration:
            raise AWSError(
                "ResourceAlreadyExistsException",
                f"Thing {name} already exists in account with different attributes",
                resourceArn=arn,
                resourceId=name,
            )
        return {"thingName": name, "thingArn": arn, "thingId": there.id}

    @staticmethod
    def _check(call, attributes, kind):
        if kind is not None:
            record = call.region.thing_types.get(kind)
            if record is None:
                raise not_found(f"Thing type {kind}")
            if record["deprecated"]:
                raise refused(f"Thing type {kind} is deprecated")
        limit = WITH_TYPE if kind else WITHOUT_TYPE
        if len(attributes) > limit:
            raise refused(f"A thing {'with' if kind else 'without'} a type has at most {limit} attributes")

    def UpdateThing(self, call):
        record = thing(call, call["thingName"])
        if call.get("expectedVersion") not in (None, record.version):
            raise AWSError(
                "VersionConflictException", f"expected version {call['expectedVersion']}, is {record.version}"
            )
        kind, attributes, billing = record.configuration
        payload = call.get("attributePayload")
        if payload is not None:
            kept = dict(attributes) if payload.get("merge") else {}
            kept.update(payload.get("attributes") or {})
            attributes = tuple(sorted((key, value) for key, value in kept.items() if value != ""))
        kind = None if call.get("removeThingType") else call.get("thingTypeName", kind)
        self._check(call, attributes, kind)
        body = _body(call, ("thingTypeName", "removeThingType"))
        body["attributePayload"] = {"attributes": dict(attributes), "merge": False}
        call.send("PATCH", f"/things/{_label(call['thingName'])}", body=body)
        record.configuration = (kind, attributes, billing)
        record.version += 1
        return {}

    def DescribeThing(self, call):
        record = thing(call, call["thingName"])
        value = call.send("GET", f"/things/{_label(call['thingName'])}")
        value["version"] = record.version
        value["attributes"] = dict(record.configuration[1])
        return value

    def ListThings(self, call):
        names = ("nextToken", "maxResults", "attributeName", "attributeValue", "thingTypeName")
        query = _body(call, names)
        if call.get("usePrefixAttributeValue"):
            query["usePrefixAttributeValue"] = "true"
        query["maxResults"] = str(min(int(query.get("maxResults", self.most)), self.most))
        value = call.send("GET", "/things", query=query)
        for each in value["things"]:
            each["version"] = call.region.things[each["thingName"]].version
        return value

    def DeleteThing(self, call):
        name = call["thingName"]
        record = call.region.things.get(name)
        if record is None:
            return {}
        if call.get("expectedVersion") not in (None, record.version):
            raise AWSError("VersionConflictException", f"Thing {name} is of version {record.version}")
        if call.region.principals.get(name):
            raise refused(f"Cannot delete. Thing {name} is still attached to one or more principals")
        call.send("DELETE", f"/things/{_label(name)}")
        del call.region.things[name]
        return {}

    def CreateThingType(self, call):
        name, properties = call["thingTypeName"], call.get("thingTypeProperties") or {}
        there = call.region.thing_types.get(name)
        if there is None:
            call.send("POST", f"/thing-types/{_label(name)}", body={"thingTypeProperties": properties})
            there = {"id": str(uuid.uuid4()), "properties": properties, "deprecated": False, "at": None}
            call.region.thing_types[name] = there
        elif there["properties"] != properties:
            raise AWSError(
                "ResourceAlreadyExistsException",
                f"Thing type {name} already exists with other properties",
                resourceArn=call.region.arn("thingtype", name),
                resourceId=name,
            )
        return {
            "thingTypeName": name,
            "thingTypeArn": call.region.arn("thingtype", name),
            "thingTypeId": there["id"],
        }

    @staticmethod
    def _type(call):
        name = call["thingTypeName"]
        if name not in call.region.thing_types:
            raise not_found(f"Thing type {name}")
        return name, call.region.thing_types[name]

    def DescribeThingType(self, call):
        name, record = self._type(call)
        value = call.send("GET", f"/thing-types/{_label(name)}")
        value["thingTypeId"] = record["id"]
        metadata = value.setdefault("thingTypeMetadata", {})
        metadata["deprecated"] = record["deprecated"]
        if record["at"]:
            metadata["deprecationDate"] = record["at"]
        return value

    def DeprecateThingType(self, call):
        name, record = self._type(call)
        undo = bool(call.get("undoDeprecate"))
        call.send("POST", f"/thing-types/{_label(name)}/deprecate", body={"undoDeprecate": undo})
        record["deprecated"], record["at"] = not undo, None if undo else time.time()
        return {}

    def DeleteThingType(self, call):
        name, record = self._type(call)
        if not record["deprecated"]:
            raise refused(f"Cannot delete thing type {name}: it is not deprecated")
        call.send("DELETE", f"/thing-types/{_label(name)}")
        del call.region.thing_types[name]
        return {}
