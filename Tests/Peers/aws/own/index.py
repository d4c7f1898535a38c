"""Fleet indexing. moto searches without an index, and knows no connections.

An index is built while it is looked at: the first look at a new one finds it being built, the second finds it there.
Source: developer guide, "Managing fleet indexing" and "Query syntax".
"""

import re
from urllib.parse import quote

from ..errors import AWSError, refused

THINGS = "AWS_Things"
OFF = {"thingIndexingMode": "OFF", "thingConnectivityIndexingMode": "OFF"}
GROUPS_OFF = {"thingGroupIndexingMode": "OFF"}
_TERM = re.compile(r'([\w.]+):(?:"((?:[^"\\]|\\.)*)"|((?:[^\s"\\]|\\.)+))')


class Index:
    def UpdateIndexingConfiguration(self, call):
        wanted = call.get("thingIndexingConfiguration")
        if wanted is not None:
            wanted = {**OFF, **wanted}
            is_off = wanted["thingIndexingMode"] == "OFF"
            if is_off and wanted["thingConnectivityIndexingMode"] != "OFF":
                raise refused("thingConnectivityIndexingMode needs a thingIndexingMode that is not OFF")
            if call.region.indexing["thingIndexingMode"] == "OFF":
                call.region.is_index_built = False
            call.region.indexing = wanted
        return {}

    def GetIndexingConfiguration(self, call):
        return {
            "thingIndexingConfiguration": call.region.indexing,
            "thingGroupIndexingConfiguration": GROUPS_OFF,
        }

    @staticmethod
    def _look(call, name):
        """Whether the index has been built; the next look finds it so."""
        if name != THINGS or call.region.indexing["thingIndexingMode"] == "OFF":
            raise AWSError(
                "ResourceNotFoundException",
                f"Index {name} does not exist. Please enable index by calling UpdateIndexingConfiguration",
            )
        was_built, call.region.is_index_built = call.region.is_index_built, True
        return was_built

    def DescribeIndex(self, call):
        is_built = self._look(call, call["indexName"])
        schema = call.region.indexing["thingIndexingMode"]
        if self._has_connectivity(call):
            schema += "_AND_CONNECTIVITY_STATUS"
        return {
            "indexName": THINGS,
            "indexStatus": "ACTIVE" if is_built else "BUILDING",
            "schema": schema,
        }

    def SearchIndex(self, call):
        if not self._look(call, call.get("indexName", THINGS)):
            raise AWSError("IndexNotReadyException", f"Index {THINGS} is being built")
        terms = _terms(call["queryString"])
        missing = call.state.unindexed
        found = [
            document
            for name in sorted(call.region.things)
            if name not in missing and _matches(document := self._document(call, name), terms)
        ]
        items, more = call.pages(found, "maxResults", "nextToken", "nextToken")
        return {"things": items, "thingGroups": [], **more}

    @staticmethod
    def _has_connectivity(call):
        return call.region.indexing["thingConnectivityIndexingMode"] != "OFF"

    def _document(self, call, name):
        record = call.region.things[name]
        kind, attributes, _ = record.configuration
        groups = call.send("GET", f"/things/{quote(name, safe='')}/thing-groups")["thingGroups"]
        document = {
            "thingName": name,
            "thingId": record.id,
            "thingGroupNames": [each["groupName"] for each in groups],
            "attributes": dict(attributes),
        }
        if kind is not None:
            document["thingTypeName"] = kind
        if self._has_connectivity(call):
            document["connectivity"] = call.state.connectivity.of(name)
        return document


def _terms(query):
    """The terms of a query, all of which must hold: what AWS's language has beyond that is not had here."""
    terms = []
    for text in re.split(r"\s+AND\s+", query.strip()):
        found = _TERM.fullmatch(text)
        if found is None:
            raise AWSError("InvalidQueryException", f"Query {query} is none that this peer understands")
        value = found[2] if found[2] is not None else found[3]
        terms.append((found[1].split("."), re.sub(r"\\(.)", r"\1", value)))
    return terms


def _matches(document, terms):
    for path, wanted in terms:
        value = document
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        values = value if isinstance(value, list) else [value]
        texts = [str(each).lower() if isinstance(each, bool) else each for each in values]
        if wanted not in texts:
            return False
    return True
