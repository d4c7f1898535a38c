"""DPS's device plane: a device registers and asks what became of it."""

from urllib.parse import quote

from .errors import CloudError, dps_answer
from .plane import Plane
from .spec import Specification
from .tokens import SharedAccessSignature, unauthorized

SCOPE = "/{idScope}/registrations/{registrationId}"


class DevicePlane(Plane):
    """`retry_after`: seconds between polls. `assigning_polls`: how many polls still find it assigning."""

    def __init__(self, service, control, lock, retry_after, assigning_polls):
        super().__init__("device", [Specification("device.strict.json")], control, lock)
        self.service = service
        self.retry_after, self.assigning_polls = str(retry_after), assigning_polls
        self.handlers.update(
            {
                f"PUT {SCOPE}/register": self._register,
                f"GET {SCOPE}/operations/{{operationId}}": self._poll,
                f"POST {SCOPE}": self._look_up,
            }
        )

    def authorize(self, call):
        """Only the scope: the proof depends on what is in the body, and is looked at with it."""
        if call.labels["idScope"] != self.service.scope:
            raise unauthorized("the ID scope is not of this service")

    def failure(self, error, now):
        return dps_answer(error, now)

    def _identity(self, call):
        """Who calls. A TPM without a token gets its challenge instead."""
        registration = call.labels["registrationId"]
        body = call.body or {}
        if body.get("registrationId", registration).lower() != registration.lower():
            raise CloudError(400, 400202, "registrationId is not the one of the path")
        text = call.request.headers.get("authorization")
        identity = None
        if text:
            signature = SharedAccessSignature(text)
            if signature.policy != "registration":
                raise unauthorized("skn must be registration")
            signature.check(f"{self.service.scope}/registrations/{registration}", call.now)
            identity = self.service.identify_by_token(registration, signature)
        elif call.request.chain:
            identity = self.service.identify_by_chain(registration, call.request.chain, call.now)
        elif body.get("tpm"):
            blob = self.service.challenge(registration, body["tpm"])
            if blob:
                raise CloudError(
                    401,
                    401002,
                    "Authorization required",
                    body={"authenticationKey": blob, "keyName": "registration"},
                )
        else:
            raise CloudError(401, 401001, "there is neither a token nor a client certificate")
        if identity is None:
            raise unauthorized("no enrollment admits this device")
        return registration, identity

    def _register(self, call):
        registration, identity = self._identity(call)
        operation = self.service.register(registration, identity, call.body.get("payload"), call.now)
        return (
            202,
            {"operationId": operation, "status": "assigning"},
            self._later(call, registration, operation),
        )

    def _later(self, call, registration, operation):
        where = (
            f"/{call.labels['idScope']}/registrations/{quote(registration, safe='')}/operations/{operation}"
        )
        return {"Retry-After": self.retry_after, "Location": f"https://{call.request.host}{where}"}

    def _state(self, key):
        return {**self.service.records[key], **self.service.details.get(key, {})}

    def _poll(self, call):
        registration, _ = self._identity(call)
        key, name = registration.lower(), call.labels["operationId"]
        operation = self.service.operations.get(name)
        if operation is None or operation["registration"] != key or key not in self.service.records:
            raise CloudError(404, 404203, "the operation does not exist")
        operation["polls"] += 1
        if operation["polls"] <= self.assigning_polls:
            return 202, {"operationId": name, "status": "assigning"}, self._later(call, registration, name)
        state = self._state(key)
        return 200, {"operationId": name, "status": state["status"], "registrationState": state}, {}

    def _look_up(self, call):
        registration, _ = self._identity(call)
        if registration.lower() not in self.service.records:
            raise CloudError(404, 404202, f"registration {registration} not found")
        return 200, self._state(registration.lower()), {}
