"""AWS's own description of its service (botocore's model): finds the operation and checks its members."""

import json
import re
from urllib.parse import unquote

import botocore.session
from botocore.validate import ParamValidator

from .errors import refused


class Operation:
    """One operation of the service, and where each member of its input stands."""

    def __init__(self, model):
        self.name = model.name
        self.method = model.http["method"]
        self.input, self.output = model.input_shape, model.output_shape
        self.segments = [
            part if not part.startswith("{") else None
            for part in model.http["requestUri"].split("?")[0].strip("/").split("/")
        ]
        self.labels = re.findall(r"{(\w+)}", model.http["requestUri"])
        self.success = model.http.get("responseCode", 200)


class ServiceModel:
    def __init__(self, service="iot"):
        model = botocore.session.get_session().get_service_model(service)
        self._routes = {}
        for name in model.operation_names:
            operation = Operation(model.operation_model(name))
            self._routes.setdefault((operation.method, len(operation.segments)), []).append(operation)
        for operations in self._routes.values():
            operations.sort(key=lambda each: [segment is None for segment in each.segments])
        self._validator = ParamValidator()

    def find(self, method, path):
        """The operation of a request, or `None`. Words win over labels."""
        parts = path.strip("/").split("/")
        for operation in self._routes.get((method, len(parts)), []):
            if all(own in (None, part) for own, part in zip(operation.segments, parts)):
                return operation
        return None

    def parse(self, operation, request):
        """The members of a request, each checked against the model; nothing else may be in it."""
        shape = operation.input
        members = shape.members if shape else {}
        labels = [
            unquote(part)
            for own, part in zip(operation.segments, request.path.strip("/").split("/"))
            if own is None
        ]
        labels = dict(zip(operation.labels, labels))
        query = dict(request.parameters)
        parameters, body_names = {}, set()
        for name, member in members.items():
            location = member.serialization.get("location")
            wire = member.serialization.get("name", name)
            if location == "uri":
                parameters[name] = _typed(name, labels[wire], member)
            elif location == "querystring":
                if wire in query:
                    parameters[name] = _typed(name, query.pop(wire), member)
            elif location == "header":
                if wire.lower() in request.headers:
                    parameters[name] = request.headers[wire.lower()]
            else:
                body_names.add(name)
        if query:
            raise refused(f"query has members that {operation.name} does not: {', '.join(query)}")
        parameters.update(self._body(operation, request, body_names))
        self.check(parameters, shape)
        return parameters

    @staticmethod
    def _body(operation, request, names):
        if not request.body:
            return {}
        if not names:
            raise refused(f"{operation.name} has no body")
        try:
            body = json.loads(request.body)
        except ValueError:
            raise refused("body is not JSON") from None
        if not isinstance(body, dict):
            raise refused("body is not a JSON object")
        for name in body:
            if name not in names:
                raise refused(f"body has a member that {operation.name} does not: {name}")
        return body

    def check(self, value, shape):
        """`value` has the shape: names, types, lengths, patterns and words of enumerations."""
        if shape is None:
            return
        report = self._validator.validate(value, shape)
        if report.has_errors():
            raise refused(report.generate_report())
        for where, problem in _constraints(value, shape, ""):
            raise refused(f"Value at '{where}' failed to satisfy constraint: {problem}")


def _typed(name, text, shape):
    if shape.type_name == "boolean":
        if text not in ("true", "false"):
            raise refused(f"{name} must be true or false")
        return text == "true"
    if shape.type_name in ("integer", "long"):
        if not re.fullmatch(r"-?\d+", text):
            raise refused(f"{name} must be an integer")
        return int(text)
    return text


def _constraints(value, shape, where):
    """What botocore leaves to the service: upper bounds, patterns, enumerations."""
    kind = shape.type_name
    if kind == "structure":
        for name, member in value.items():
            yield from _constraints(member, shape.members[name], f"{where}.{name}".strip("."))
    elif kind == "list":
        yield from _size(len(value), shape, where)
        for index, member in enumerate(value):
            yield from _constraints(member, shape.member, f"{where}[{index}]")
    elif kind == "map":
        for name, member in value.items():
            yield from _constraints(name, shape.key, f"{where}.key")
            yield from _constraints(member, shape.value, f"{where}.{name}")
    elif kind == "string":
        yield from _size(len(value), shape, where)
        if shape.enum and value not in shape.enum:
            yield where, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"
        pattern = _pattern(shape.metadata.get("pattern"))
        if pattern and not pattern.fullmatch(value):
            yield where, f"Member must satisfy regular expression pattern: {pattern.pattern}"
    elif kind in ("integer", "long"):
        yield from _size(value, shape, where)


def _size(size, shape, where):
    if size > shape.metadata.get("max", size):
        yield where, f"Member must have length or value less than or equal to {shape.metadata['max']}"
    if size < shape.metadata.get("min", size):
        yield where, f"Member must have length or value greater than or equal to {shape.metadata['min']}"


_compiled = {}


def _pattern(text):
    """A pattern of the model; `None` for the few with Java's classes, which Python has not."""
    if text is None:
        return None
    if text not in _compiled:
        try:
            _compiled[text] = re.compile(text)
        except re.error:
            _compiled[text] = None
    return _compiled[text]
