"""What all planes do with a request: faults, rights, shapes, limits, the operation, and the record of it."""

import json
import math
import time
import uuid
from email.utils import formatdate
from urllib.parse import unquote

from common.web import DROPPED, Answer, answer_of

from . import spec
from .errors import CloudError


class Call:
    """One request of a known operation. `now` is the service's clock, which a test may have shifted."""

    def __init__(self, request, operation, labels, now, most):
        self.request, self.operation, self.labels, self.now = request, operation, labels, now
        self.body = None
        # Pages may be shorter than was wished.
        self.most = most

    @property
    def path(self):
        return unquote(self.request.path)

    def page(self, items, tokens):
        """One page of a list, and the headers that lead to the next. Tokens are opaque."""
        size = self.request.headers.get("x-ms-max-item-count")
        limit = min(max(1, int(size)) if size and size.isdigit() else 100, self.most)
        token = self.request.headers.get("x-ms-continuation")
        start = 0
        if token:
            if token not in tokens:
                raise CloudError(400, 400004, "x-ms-continuation is not of this service or has expired")
            start = tokens[token]
        headers = {"x-ms-max-item-count": str(limit)}
        if start + limit < len(items):
            token = uuid.uuid4().hex
            tokens[token] = start + limit
            headers["x-ms-continuation"] = token
        return items[start : start + limit], headers


class Plane:
    """`handlers`: an operation's name → a method that takes a `Call` and gives (status, value, headers).

    `most`: items on a page, whatever is wished.
    """

    most = 1000

    def __init__(self, name, specifications, control, lock):
        self.name, self.control = name, control
        self.specifications = specifications
        self.handlers = {}
        self.lock = lock

    def authorize(self, call):
        raise NotImplementedError

    def failure(self, error, now):
        raise NotImplementedError

    def find(self, request):
        for specification in self.specifications:
            found = specification.find(request.method, request.path)
            if found:
                return found
        return None, {}

    def __call__(self, request):
        operation, labels = self.find(request)
        name = operation.name if operation else f"{request.method} ?"
        entry = {
            "plane": self.name,
            "operation": name,
            "method": request.method,
            "path": request.path,
            "query": request.query,
        }
        faults = self.control.faults.take(name)
        if faults:
            entry["faults"] = [each.name for each in faults.values()]
        if "slow" in faults:
            time.sleep(faults["slow"].arguments[0])
        if "refuse" in faults:
            self.control.log.add(**entry, status=None)
            return DROPPED
        call = Call(request, operation, labels, time.time(), self.most)
        if "skew" in faults:
            call.now += faults["skew"].arguments[0]
        try:
            answer = self._checked(call, faults, entry)
        except CloudError as error:
            entry.update(error=error.code, message=error.message)
            answer = self.failure(error, call.now)
            # A TPM's challenge is an error with members that no specification has, as the hub's errors are.
            if operation and "default" in operation.answers and not error.body:
                if problem := spec.broken(operation, answer.status, answer.body):
                    entry["brokenAnswer"] = problem
        answer.headers["Date"] = formatdate(call.now, usegmt=True)
        answer.headers.setdefault("x-ms-request-id", str(uuid.uuid4()))
        self.control.log.add(**entry, status=answer.status)
        return answer_of(answer, faults)

    def _checked(self, call, faults, entry):
        if call.operation is None:
            raise CloudError(404, 404000, f"no operation is {call.request.method} {call.path}")
        with self.lock:
            self.authorize(call)
            call.body = spec.check_request(call.operation, call.request)
            entry["body"] = call.body
            self._order(call, faults)
            handler = self.handlers.get(call.operation.name)
            if handler is None:
                raise CloudError(501, 501000, f"this stand-in has no {call.operation.name}")
            status, value, headers = handler(call)
        body = b"" if value is None else json.dumps(value).encode()
        problem = spec.broken(call.operation, status, body)
        if problem:
            entry["brokenAnswer"] = problem
            raise CloudError(500, 500001, f"the stand-in's own answer is not as published: {problem}")
        kind = {"Content-Type": "application/json; charset=utf-8"} if body else {}
        return Answer(status, body, {**kind, **headers})

    def _order(self, call, faults):
        """Faults and limits that a test ordered, once the caller is known."""
        wait = self.control.limits.wait(call.operation.name)
        if "throttle" in faults or wait is not None:
            seconds = str(max(1, math.ceil(wait or 1)))
            raise CloudError(429, 429001, "Too many requests", {"Retry-After": seconds})
        self._status(faults)

    @staticmethod
    def _status(faults):
        if "status" in faults:
            status, *code = faults["status"].arguments
            raise CloudError(int(status), int(code[0]) if code else int(status) * 1000, "ordered by the test")

    def order_entry(self, name):
        """The same for one entry of a bulk, ordered on `entry NAME`."""
        faults = self.control.faults.take(f"entry {name}", alone=True)
        if "throttle" in faults:
            raise CloudError(429, 429001, "Too many requests")
        self._status(faults)
