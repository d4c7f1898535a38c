"""Policies: moto keeps the documents; that they are JSON, and what they are attached to, is kept here."""

import json
from urllib.parse import quote

from ..errors import AWSError, not_found, refused

PER_CERTIFICATE = 10
LONGEST = 2048


def _check(document):
    try:
        value = json.loads(document)
    except ValueError:
        value = None
    if not isinstance(value, dict) or "Statement" not in value:
        raise AWSError(
            "MalformedPolicyException", "Policy document is malformed: it must be JSON with a Statement"
        )
    if len("".join(document.split())) > LONGEST:
        raise AWSError("MalformedPolicyException", f"Policy document is longer than {LONGEST} characters")


def policy_path(name):
    return f"/policies/{quote(name, safe='')}"


class Policies:
    def CreatePolicy(self, call):
        _check(call["policyDocument"])
        body = {"policyDocument": call["policyDocument"]}
        value = call.send("POST", policy_path(call["policyName"]), body=body)
        return value

    def CreatePolicyVersion(self, call):
        _check(call["policyDocument"])
        query = {"setAsDefault": "true"} if call.get("setAsDefault") else {}
        body = {"policyDocument": call["policyDocument"]}
        return call.send("POST", policy_path(call["policyName"]) + "/version", query, body)

    def DeletePolicy(self, call):
        name = call["policyName"]
        call.send("GET", policy_path(name))
        if self._targets(call, name):
            raise AWSError(
                "DeleteConflictException", f"The policy cannot be deleted as it is attached: {name}"
            )
        call.send("DELETE", policy_path(name))
        return {}

    @staticmethod
    def _targets(call, name):
        return [target for target, names in call.region.policies.items() if name in names]

    @staticmethod
    def _check_target(call, target):
        """A certificate of this account and region, or one of its thing groups."""
        if call.region.certificate_of(target) is not None:
            return
        group = call.region.arn("thinggroup", "")
        if target.startswith(group):
            call.send("GET", "/thing-groups/" + quote(target[len(group) :], safe=""))
            return
        if not target.startswith("arn:"):
            raise refused(f"{target} is not an ARN")
        raise not_found(f"Target {target}")

    def AttachPolicy(self, call):
        call.send("GET", policy_path(call["policyName"]))
        self._check_target(call, call["target"])
        names = call.region.policies.setdefault(call["target"], [])
        if call["policyName"] in names:
            return {}
        if len(names) >= PER_CERTIFICATE:
            raise AWSError("LimitExceededException", f"{PER_CERTIFICATE} policies are attached already")
        names.append(call["policyName"])
        return {}

    def DetachPolicy(self, call):
        call.send("GET", policy_path(call["policyName"]))
        names = call.region.policies.get(call["target"], [])
        if call["policyName"] in names:
            names.remove(call["policyName"])
        return {}

    def ListAttachedPolicies(self, call):
        self._check_target(call, call["target"])
        names = call.region.policies.get(call["target"], [])
        items, more = call.pages(names, "pageSize", "marker", "nextMarker")
        policies = [{"policyName": name, "policyArn": call.region.arn("policy", name)} for name in items]
        return {"policies": policies, **more}

    def ListTargetsForPolicy(self, call):
        call.send("GET", policy_path(call["policyName"]))
        targets = self._targets(call, call["policyName"])
        items, more = call.pages(targets, "pageSize", "marker", "nextMarker")
        return {"targets": items, **more}
