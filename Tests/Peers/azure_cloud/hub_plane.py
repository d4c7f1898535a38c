"""IoT Hub over HTTPS: the registry for services, and the way in for a device's messages."""

import hashlib
import re
from urllib.parse import unquote

from . import certificates, query
from .errors import CloudError, hub_answer
from .plane import Plane
from .spec import Specification
from .tokens import SharedAccessSignature, unauthorized

RIGHTS = {
    "iothubowner": {"RegistryRead", "RegistryReadWrite", "ServiceConnect", "DeviceConnect"},
    "registryRead": {"RegistryRead"},
    "registryReadWrite": {"RegistryRead", "RegistryReadWrite"},
    "service": {"ServiceConnect"},
    "device": {"DeviceConnect"},
}
EVENTS = "POST /devices/{id}/messages/events"


class _Events:
    """The device's operation, which is in no published specification."""

    name = EVENTS
    query = {"api-version": {"required": True, "enum": ["2018-06-30", "2020-03-13", "2021-04-12"]}}
    headers, body = [], None
    answers = {"204": None}


class HubPlane(Plane):
    def __init__(self, hub, policies, control, lock):
        super().__init__("hub", [Specification("service-2021-04-12.strict.json")], control, lock)
        self.hub, self.policies = hub, policies
        self.continuations = {}
        self.handlers.update(
            {
                "GET /devices/{id}": lambda call: self._device(self.hub.get(call.labels["id"])),
                "PUT /devices/{id}": self._put,
                "DELETE /devices/{id}": self._delete,
                "GET /devices": self._list,
                "POST /devices": self._bulk,
                "POST /devices/query": self._query,
                "GET /twins/{id}": lambda call: self._twin(self.hub.twin(call.labels["id"])),
                "PATCH /twins/{id}": lambda call: self._change_twin(call, False),
                "PUT /twins/{id}": lambda call: self._change_twin(call, True),
                "GET /statistics/devices": self._statistics,
                EVENTS: self._receive,
            }
        )

    def __call__(self, request):
        found = re.fullmatch(r"/devices/([^/]+)/messages/events/?", request.path)
        if request.method == "POST" and found:
            return super().__call__(_EventRequest(request, unquote(found[1])))
        return super().__call__(request)

    def find(self, request):
        if isinstance(request, _EventRequest):
            return _Events, {"id": request.device_id}
        return super().find(request)

    def failure(self, error, now):
        return hub_answer(error, now)

    def authorize(self, call):
        if call.operation is _Events:
            self._check_device(call)
            return
        name = call.operation.name
        if "/twins/" in name or name.endswith("/query"):
            right = "ServiceConnect"
        else:
            right = "RegistryRead" if name.startswith("GET") else "RegistryReadWrite"
        self.policies.authorize(call.request, call.path, right, call.now)

    @staticmethod
    def _device(device):
        return 200, device, {"ETag": f'"{device["etag"]}"'}

    @staticmethod
    def _twin(twin):
        return 200, twin, {"ETag": f'"{twin["etag"]}"'}

    def _put(self, call):
        match = call.request.headers.get("if-match")
        return self._device(self.hub.put(call.labels["id"], call.body, match, call.now))

    def _delete(self, call):
        self.hub.delete(call.labels["id"], call.request.headers.get("if-match"))
        return 204, None, {}

    def _list(self, call):
        top = call.request.parameters.get("top", "1000")
        if not top.isdigit():
            raise CloudError(400, 400004, "top must be an integer")
        return 200, [self.hub.devices[name] for name in sorted(self.hub.devices)][: int(top)], {}

    def _bulk(self, call):
        result = self.hub.bulk(call.body, call.now, self.order_entry)
        return 200 if result["isSuccessful"] else 400, result, {}

    def _query(self, call):
        tests = query.conditions(call.body.get("query") or "")
        twins = [self.hub.twin(name) for name in sorted(self.hub.devices)]
        found = [twin for twin in twins if query.matches(twin, tests)]
        items, headers = call.page(found, self.continuations)
        return 200, items, {**headers, "x-ms-item-type": "Twin"}

    def _change_twin(self, call, replaces):
        match = call.request.headers.get("if-match")
        return self._twin(self.hub.change_twin(call.labels["id"], call.body, match, replaces))

    def _statistics(self, call):
        states = [each["status"] for each in self.hub.devices.values()]
        return (
            200,
            {
                "totalDeviceCount": len(states),
                "enabledDeviceCount": states.count("enabled"),
                "disabledDeviceCount": states.count("disabled"),
            },
            {},
        )

    def _check_device(self, call):
        """A device proves itself with its own key or certificate, and must be enabled."""
        device = self.hub.devices.get(call.labels["id"])
        proof = device["authentication"] if device else {}
        text, chain = call.request.headers.get("authorization"), call.request.chain
        if text:
            signature = SharedAccessSignature(text)
            if signature.policy:
                raise unauthorized("skn must not be in a device's token")
            signature.check(f"{self.hub.name}/devices/{call.labels['id']}", call.now)
            if not any(signature.is_signed_by(key) for key in (proof.get("symmetricKey") or {}).values()):
                raise unauthorized("the signature is wrong")
        else:
            enrolled = {each.upper() for each in (proof.get("x509Thumbprint") or {}).values()}
            hashes = (hashlib.sha1, hashlib.sha256)
            if not chain or not enrolled & {certificates.thumbprint(chain[0], each) for each in hashes}:
                raise unauthorized("there is neither a token nor the device's certificate")
        if device["status"] != "enabled":
            raise unauthorized("the device is disabled")

    def _receive(self, call):
        self.hub.receive(call.labels["id"], call.request.message, call.now)
        return 204, None, {}


class _EventRequest:
    """The request, its body set aside: a message is any bytes, and none of the specification's business."""

    def __init__(self, request, device_id):
        self.method, self.path, self.query = request.method, request.path, ""
        self.headers, self.repeated, self.chain, self.host = (
            request.headers,
            request.repeated,
            request.chain,
            request.host,
        )
        self.parameters, self.body = request.parameters, b""
        self.message, self.device_id = request.body, device_id
