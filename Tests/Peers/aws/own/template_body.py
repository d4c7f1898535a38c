"""The language of provisioning templates: parameters, references and functions."""

import json
import re

from ..errors import AWSError, refused

TYPES = {"AWS::IoT::Thing": "thing", "AWS::IoT::Certificate": "certificate", "AWS::IoT::Policy": "policy"}


def failed(message):
    return AWSError("ResourceRegistrationFailureException", message)


def parse(text):
    """The template as a dictionary with Resources of known types; an error says what must hold."""
    try:
        body = json.loads(text)
    except ValueError:
        raise refused("templateBody is not JSON") from None
    resources = body.get("Resources") if isinstance(body, dict) else None
    if not isinstance(resources, dict) or not resources:
        raise refused("templateBody must have Resources")
    for name, resource in resources.items():
        if not isinstance(resource, dict) or resource.get("Type") not in TYPES:
            raise refused(f"Resources.{name}.Type must be one of {', '.join(TYPES)}")
    return body


def check_fleet(body):
    """Fleet provisioning and JITP templates know the certificate by its id alone."""
    for name, resource in body["Resources"].items():
        properties = resource.get("Properties") or {}
        more = set(properties) - {"CertificateId", "Status", "ThingPrincipalType"}
        if resource["Type"] == "AWS::IoT::Certificate" and more:
            raise refused(f"Resources.{name} may have CertificateId only")


class Resolver:
    """Replaces references and functions by what they stand for."""

    def __init__(self, body, given):
        self.mappings = body.get("Mappings") or {}
        self.values = {}
        for name, declared in (body.get("Parameters") or {}).items():
            value = given.get(name, declared.get("Default"))
            if value is None:
                raise failed(f"Parameter {name} has no value")
            self.values[name] = value

    def resolve(self, value):
        if isinstance(value, list):
            return [self.resolve(member) for member in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref":
                return self._parameter(argument)
            if name.startswith("Fn::"):
                return self._function(name[4:], argument)
        return {name: self.resolve(member) for name, member in value.items()}

    def _parameter(self, name):
        if name not in self.values:
            raise failed(f"Ref {name} is not declared")
        return self.values[name]

    def _function(self, name, argument):
        if name == "Sub":
            text, given = argument if isinstance(argument, list) else (argument, {})
            given = self.resolve(given)
            return re.sub(
                r"\$\{([^}]+)\}",
                lambda found: str(given[found[1]] if found[1] in given else self._parameter(found[1])),
                text,
            )
        argument = self.resolve(argument)
        if name == "Join":
            return argument[0].join(argument[1])
        if name == "Select":
            return argument[1][int(argument[0])]
        if name == "Split":
            return argument[1].split(argument[0])
        if name == "FindInMap":
            return self.mappings[argument[0]][argument[1]][argument[2]]
        raise failed(f"Function Fn::{name} is not known")
