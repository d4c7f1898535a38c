"""Which principal belongs to which thing. moto neither enforces nor reports exclusive ones."""

from ..errors import not_found, refused
from .things import thing

EXCLUSIVE = "EXCLUSIVE_THING"


class Principals:
    def AttachThingPrincipal(self, call):
        name, principal = call["thingName"], call["principal"]
        kind = call.get("thingPrincipalType", "NON_EXCLUSIVE_THING")
        thing(call, name)
        if call.region.certificate_of(principal) is None:
            raise not_found(f"Principal {principal}")
        bound = call.region.things_of(principal)
        if bound.get(name) == kind:
            return {}
        if name in bound:
            raise refused(f"{principal} is attached to {name} as {bound[name]}")
        if bound and (kind == EXCLUSIVE or EXCLUSIVE in bound.values()):
            raise refused(f"{principal} is attached to another thing, and one of the two is exclusive")
        call.region.principals.setdefault(name, {})[principal] = kind
        return {}

    def DetachThingPrincipal(self, call):
        thing(call, call["thingName"])
        bound = call.region.principals.get(call["thingName"], {})
        if call["principal"] not in bound:
            raise not_found(f"Principal {call['principal']} of thing {call['thingName']}")
        del bound[call["principal"]]
        return {}

    @staticmethod
    def _of_thing(call):
        thing(call, call["thingName"])
        wanted = call.get("thingPrincipalType")
        bound = call.region.principals.get(call["thingName"], {})
        return [(name, kind) for name, kind in bound.items() if wanted in (None, kind)]

    def ListThingPrincipals(self, call):
        items, more = call.pages(self._of_thing(call), "maxResults", "nextToken", "nextToken")
        return {"principals": [name for name, _ in items], **more}

    def ListThingPrincipalsV2(self, call):
        items, more = call.pages(self._of_thing(call), "maxResults", "nextToken", "nextToken")
        objects = [{"principal": name, "thingPrincipalType": kind} for name, kind in items]
        return {"thingPrincipalObjects": objects, **more}

    @staticmethod
    def _of_principal(call):
        if call.region.certificate_of(call["principal"]) is None:
            raise not_found(f"Principal {call['principal']}")
        wanted = call.get("thingPrincipalType")
        bound = call.region.things_of(call["principal"])
        return [(name, kind) for name, kind in bound.items() if wanted in (None, kind)]

    def ListPrincipalThings(self, call):
        items, more = call.pages(self._of_principal(call), "maxResults", "nextToken", "nextToken")
        return {"things": [name for name, _ in items], **more}

    def ListPrincipalThingsV2(self, call):
        items, more = call.pages(self._of_principal(call), "maxResults", "nextToken", "nextToken")
        objects = [{"thingName": name, "thingPrincipalType": kind} for name, kind in items]
        return {"principalThingObjects": objects, **more}
