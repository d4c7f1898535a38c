"""The control interface of a peer: plain HTTP on a port of its own, for the tests only."""

import json
import threading

from .faults import Faults, Limits
from .web import Answer, Server

SECRET_NAMES = {
    "primarykey",
    "secondarykey",
    "privatekey",
    "authorization",
    "secretaccesskey",
    "sessiontoken",
    "sharedaccesskey",
    "authenticationkey",
    "password",
}


def without_secrets(value):
    """The same value with each secret member replaced; never the other way round."""
    if isinstance(value, dict):
        return {
            name: "‹secret›"
            if name.lower() in SECRET_NAMES and member is not None
            else without_secrets(member)
            for name, member in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [without_secrets(member) for member in value]
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return str(value)


class RequestLog:
    def __init__(self):
        self._lock = threading.Lock()
        self._entries = []

    def add(self, **entry):
        with self._lock:
            self._entries.append({"number": len(self._entries) + 1, **without_secrets(entry)})

    def all(self):
        with self._lock:
            return list(self._entries)

    def clear(self):
        with self._lock:
            self._entries.clear()


class Control:
    """Faults, limits and the log of one peer, and the server that gives a test access to them.

    `reset` puts the peer's own state back; `routes` are further `(method, path)` → `body → value`.
    """

    def __init__(self, reset, routes=None):
        self.faults, self.limits, self.log = Faults(), Limits(), RequestLog()
        self._reset = reset
        self._routes = {
            ("POST", "/faults"): self._each(self.faults.add),
            ("DELETE", "/faults"): self._mend,
            ("POST", "/limits"): self._each(self.limits.set),
            ("GET", "/requests"): lambda _: {"requests": self.log.all()},
            ("POST", "/reset"): self.reset,
            **(routes or {}),
        }
        self.server = Server(self._answer)

    @property
    def url(self):
        return self.server.url

    def reset(self, _=None):
        for part in (self.faults, self.limits, self.log):
            part.clear()
        self._reset()
        return {}

    def _mend(self, _):
        """Ends all faults; the peer's state and its log stay."""
        self.faults.clear()
        return {}

    @staticmethod
    def _each(action):
        def act(body):
            for order in body if isinstance(body, list) else [body]:
                action(order)
            return {}

        return act

    def _answer(self, request):
        route = self._routes.get((request.method, request.path))
        if route is None:
            return Answer.json(404, {"message": f"no {request.method} {request.path} here"})
        try:
            value = route(json.loads(request.body) if request.body else {})
        except Exception as error:
            return Answer.json(400, {"message": f"{type(error).__name__}: {error}"})
        return Answer.json(200, value)
