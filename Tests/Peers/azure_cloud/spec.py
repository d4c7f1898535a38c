"""Microsoft's published specifications (`openapi/`): finds operations, checks requests and answers."""

import json
import pathlib
from urllib.parse import unquote

from jsonschema import Draft4Validator, FormatChecker

from .errors import CloudError

FOLDER = pathlib.Path(__file__).parent.parent / "openapi"


class Operation:
    """`name` is the method and the path as the specification writes it: `PUT /enrollments/{id}`."""

    def __init__(self, method, path, described, document):
        self.name = f"{method} {path}"
        self.method = method
        self.segments = [None if part.startswith("{") else part for part in path.strip("/").split("/")]
        self.labels = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        parameters = [
            document["parameters"][each["$ref"].rsplit("/", 1)[1]] if "$ref" in each else each
            for each in described["parameters"]
        ]
        self.query = {each["name"]: each for each in parameters if each["in"] == "query"}
        self.headers = [each for each in parameters if each["in"] == "header"]
        bodies = [each for each in parameters if each["in"] == "body"]
        self.body = _validator(bodies[0]["schema"], document) if bodies else None
        self.answers = {
            status: _validator(each["schema"], document) if "schema" in each else None
            for status, each in described["responses"].items()
        }


def _validator(schema, document):
    schema = {**schema, "definitions": document["definitions"]}
    if "$ref" in schema:
        schema = {"allOf": [{"$ref": schema["$ref"]}], "definitions": document["definitions"]}
    return Draft4Validator(schema, format_checker=FormatChecker(["date-time"]))


class Specification:
    def __init__(self, file):
        document = json.loads((FOLDER / file).read_text())
        if "Twin" in document["definitions"]:
            _relax_twins(document["definitions"])
        self.operations = [
            Operation(method.upper(), path, described, document)
            for path, methods in document["paths"].items()
            for method, described in methods.items()
            if method != "parameters"
        ]
        self.operations.sort(key=lambda each: [segment is None for segment in each.segments])

    def find(self, method, path):
        """The operation and the decoded labels of a path; `None` when there is none."""
        parts = path.strip("/").split("/")
        for operation in self.operations:
            if operation.method != method or len(operation.segments) != len(parts):
                continue
            if all(own in (None, part) for own, part in zip(operation.segments, parts)):
                values = [unquote(part) for own, part in zip(operation.segments, parts) if own is None]
                return operation, dict(zip(operation.labels, values))
        return None


def _relax_twins(definitions):
    """Tags and properties are any JSON; the specification says that each is an object."""
    for holder in ("Twin", "ExportImportDevice"):
        definitions[holder]["properties"]["tags"] = {"type": "object"}
    for holder in ("TwinProperties", "PropertyContainer"):
        for name in definitions[holder]["properties"]:
            definitions[holder]["properties"][name] = {"type": "object"}


def check_request(operation, request):
    """The request's body, once everything about it has the published shape."""
    query = request.parameters
    for name, rule in operation.query.items():
        if name not in query and rule.get("required"):
            raise CloudError(400, 400001, f"{name} is missing")
        if name in query and "enum" in rule and query[name] not in rule["enum"]:
            raise CloudError(400, 400001, f"{name} must be one of {', '.join(rule['enum'])}")
    for name in query:
        if name not in operation.query:
            raise CloudError(400, 400004, f"the query has a member that is not known: {name}")
    for rule in operation.headers:
        value = request.headers.get(rule["name"].lower())
        if value is not None and rule["type"] == "integer" and not value.isdigit():
            raise CloudError(400, 400004, f"{rule['name']} must be an integer")
    if operation.body is None:
        if request.body:
            raise CloudError(400, 400004, f"{operation.name} has no body")
        return None
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise CloudError(415, 415000, "Content-Type must be application/json")
    try:
        body = json.loads(request.body)
    except ValueError:
        raise CloudError(400, 400004, "the body is not JSON") from None
    for error in operation.body.iter_errors(body):
        raise CloudError(400, 400004, f"{'/'.join(map(str, error.absolute_path)) or 'body'}: {error.message}")
    return body


def broken(operation, status, body):
    """What in an answer of ours is not as published; `None` when nothing is."""
    if str(status) not in operation.answers and "default" not in operation.answers:
        return None if status >= 400 else f"no answer {status} is published"
    validator = operation.answers.get(str(status), operation.answers.get("default"))
    if validator is None:
        return "the answer must have no body" if body else None
    for error in validator.iter_errors(json.loads(body)):
        return f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
    return None
