"""DPS's service plane: enrollments and registration records."""

from . import attestation
from .enrollments import GROUP, INDIVIDUAL, check_match
from .errors import CloudError, dps_answer
from .plane import Plane
from .spec import Specification

RIGHTS = {
    "provisioningserviceowner": {
        "ServiceConfig",
        "EnrollmentRead",
        "EnrollmentWrite",
        "RegistrationStatusRead",
        "RegistrationStatusWrite",
    },
    "enrollmentwriter": {"EnrollmentRead", "EnrollmentWrite"},
    "enrollmentreader": {"EnrollmentRead"},
    "registrationreader": {"RegistrationStatusRead"},
}


class ServicePlane(Plane):
    def __init__(self, service, policies, control, lock):
        super().__init__("dps", [Specification("service.strict.json")], control, lock)
        self.service, self.policies = service, policies
        self.continuations = {}
        for kind in (INDIVIDUAL, GROUP):
            self._add(kind)
        self.handlers.update(
            {
                "GET /registrations/{id}": self._registration,
                "DELETE /registrations/{id}": self._delete_registration,
                "POST /registrations/{id}/query": self._registrations,
            }
        )

    def _add(self, kind):
        """The operations of one kind of enrollment."""

        def held():
            return self.service.groups if kind.is_group else self.service.individuals

        def shown(record):
            value = held().shown(record)
            state = None if kind.is_group else self.service.records.get(record[kind.id_name].lower())
            return {**value, "registrationState": state} if state else value

        def put(call):
            match = call.request.headers.get("if-match")
            return 200, shown(held().put(call.labels["id"], call.body, match, call.now)), {}

        def delete(call):
            held().delete(call.labels["id"], call.request.headers.get("if-match"))
            return 204, None, {}

        def mechanism(call):
            record = held().get(call.labels["id"])
            return 200, attestation.shown(record["attestation"], with_keys=True), {}

        def query(call):
            items, headers = call.page(held().query(call.body["query"]), self.continuations)
            item_type = "enrollmentGroup" if kind.is_group else "enrollment"
            return 200, items, {**headers, "x-ms-item-type": item_type}

        path = f"/{kind.list_name}"
        self.handlers.update(
            {
                f"GET {path}/{{id}}": lambda call: (200, shown(held().get(call.labels["id"])), {}),
                f"PUT {path}/{{id}}": put,
                f"DELETE {path}/{{id}}": delete,
                f"POST {path}": lambda call: (200, held().bulk(call.body, call.now, self.order_entry), {}),
                f"POST {path}/query": query,
                f"POST {path}/{{id}}/attestationmechanism": mechanism,
            }
        )

    def authorize(self, call):
        name = call.operation.name
        reads = name.startswith("GET") or name.endswith("/query")
        if "/registrations/" in name:
            right = "RegistrationStatusRead" if reads else "RegistrationStatusWrite"
        else:
            right = "EnrollmentRead" if reads else "EnrollmentWrite"
        self.policies.authorize(call.request, call.path, right, call.now)

    def failure(self, error, now):
        return dps_answer(error, now)

    def _record(self, call):
        record = self.service.records.get(call.labels["id"].lower())
        if record is None:
            raise CloudError(404, 404202, f"registration {call.labels['id']} not found")
        return record

    def _registration(self, call):
        return 200, self._record(call), {}

    def _delete_registration(self, call):
        check_match(call.request.headers.get("if-match"), self._record(call)["etag"])
        del self.service.records[call.labels["id"].lower()]
        return 204, None, {}

    def _registrations(self, call):
        group = self.service.groups.get(call.labels["id"])["enrollmentGroupId"].lower()
        names = [name for name, owner in self.service.group_of.items() if owner == group]
        records = [self.service.records[name] for name in sorted(names) if name in self.service.records]
        items, headers = call.page(records, self.continuations)
        return 200, items, {**headers, "x-ms-item-type": "deviceRegistration"}
