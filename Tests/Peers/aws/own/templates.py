"""Provisioning templates, claims, and RegisterThing. moto has none of them."""

import hashlib
import secrets
import time

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from common.certificates import name, pem

from ..errors import AWSError, not_found, refused
from . import template_body
from .certificates import identifier
from .policies import policy_path

CLAIM_SECONDS = 300
VERSIONS = 5


class Templates:
    def CreateProvisioningTemplate(self, call):
        name = call["templateName"]
        body = template_body.parse(call["templateBody"])
        template_body.check_fleet(body)
        if name in call.region.templates:
            raise AWSError(
                "ResourceAlreadyExistsException", f"Template {name} already exists", resourceId=name
            )
        now = time.time()
        call.region.templates[name] = {
            "templateArn": call.region.arn("provisioningtemplate", name),
            "templateName": name,
            "description": call.get("description", ""),
            "creationDate": now,
            "lastModifiedDate": now,
            "enabled": bool(call.get("enabled")),
            "provisioningRoleArn": call["provisioningRoleArn"],
            "type": call.get("type", "FLEET_PROVISIONING"),
            "defaultVersionId": 1,
            "versions": {1: (call["templateBody"], now)},
            **(
                {"preProvisioningHook": call["preProvisioningHook"]}
                if call.get("preProvisioningHook")
                else {}
            ),
        }
        return self._members(call.region.templates[name], "templateArn", "templateName", "defaultVersionId")

    @staticmethod
    def _members(record, *names):
        return {name: record[name] for name in names if name in record}

    @staticmethod
    def _template(call):
        name = call["templateName"]
        if name not in call.region.templates:
            raise not_found(f"Template {name}")
        return call.region.templates[name]

    def DescribeProvisioningTemplate(self, call):
        record = self._template(call)
        value = {name: member for name, member in record.items() if name != "versions"}
        value["templateBody"] = record["versions"][record["defaultVersionId"]][0]
        return value

    def UpdateProvisioningTemplate(self, call):
        record = self._template(call)
        if call.get("defaultVersionId") is not None and call["defaultVersionId"] not in record["versions"]:
            raise not_found(f"Version {call['defaultVersionId']}")
        for name in (
            "description",
            "enabled",
            "defaultVersionId",
            "provisioningRoleArn",
            "preProvisioningHook",
        ):
            if call.get(name) is not None:
                record[name] = call[name]
        if call.get("removePreProvisioningHook"):
            record.pop("preProvisioningHook", None)
        record["lastModifiedDate"] = time.time()
        return {}

    def DeleteProvisioningTemplate(self, call):
        self._template(call)
        del call.region.templates[call["templateName"]]
        return {}

    def ListProvisioningTemplates(self, call):
        records = sorted(call.region.templates.values(), key=lambda each: each["templateName"])
        items, more = call.pages(records, "maxResults", "nextToken", "nextToken")
        names = (
            "templateArn",
            "templateName",
            "description",
            "creationDate",
            "lastModifiedDate",
            "enabled",
            "type",
        )
        return {"templates": [self._members(each, *names) for each in items], **more}

    def CreateProvisioningTemplateVersion(self, call):
        record = self._template(call)
        template_body.check_fleet(template_body.parse(call["templateBody"]))
        if len(record["versions"]) >= VERSIONS:
            raise AWSError("VersionsLimitExceededException", f"A template has at most {VERSIONS} versions")
        number = max(record["versions"]) + 1
        record["versions"][number] = (call["templateBody"], time.time())
        if call.get("setAsDefault"):
            record["defaultVersionId"] = number
        return {
            **self._members(record, "templateArn", "templateName"),
            "versionId": number,
            "isDefaultVersion": record["defaultVersionId"] == number,
        }

    def DeleteProvisioningTemplateVersion(self, call):
        record, number = self._template(call), call["versionId"]
        if number not in record["versions"]:
            raise not_found(f"Version {number}")
        if number == record["defaultVersionId"]:
            raise AWSError("DeleteConflictException", "The default version cannot be deleted")
        del record["versions"][number]
        return {}

    def ListProvisioningTemplateVersions(self, call):
        record = self._template(call)
        items, more = call.pages(sorted(record["versions"]), "maxResults", "nextToken", "nextToken")
        versions = [
            {
                "versionId": number,
                "creationDate": record["versions"][number][1],
                "isDefaultVersion": record["defaultVersionId"] == number,
            }
            for number in items
        ]
        return {"versions": versions, **more}

    def CreateProvisioningClaim(self, call):
        """A claim certificate, which is in no list of the registry, with its key."""
        if not self._template(call)["enabled"]:
            raise refused(f"Template {call['templateName']} is not enabled")
        key = rsa.generate_private_key(65537, 2048)
        common_name = f"claim-{secrets.token_hex(8)}"
        certificate = call.state.issuer.sign(name(common_name), key.public_key())
        public = (
            key.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        ).decode()
        expires = time.time() + CLAIM_SECONDS
        call.state.claims[common_name] = {
            "account": call.account,
            "region": call.region_name,
            "template": call["templateName"],
            "certificateId": identifier(certificate),
            "expires": expires,
        }
        return {
            "certificateId": identifier(certificate),
            "certificatePem": pem(certificate),
            "keyPair": {"PublicKey": public, "PrivateKey": private},
            "expiration": expires,
        }

    def RegisterThing(self, call):
        body = template_body.parse(call["templateBody"])
        resolver = template_body.Resolver(body, call.get("parameters") or {})
        made = {}
        order = {"AWS::IoT::Policy": 0, "AWS::IoT::Certificate": 1, "AWS::IoT::Thing": 2}
        for name, resource in sorted(body["Resources"].items(), key=lambda each: order[each[1]["Type"]]):
            properties = resolver.resolve(resource.get("Properties") or {})
            kind = template_body.TYPES[resource["Type"]]
            made[name] = (kind, *getattr(self, f"_make_{kind}")(call, properties, resource))
        return self._bind(call, made)

    def _make_policy(self, call, properties, _):
        """A policy of this name, or one of this document under its hash."""
        name = properties.get("PolicyName")
        if name is None:
            document = properties["PolicyDocument"]
            name = hashlib.sha256(document.encode()).hexdigest()
            try:
                call.send("GET", policy_path(name))
            except AWSError:
                self.CreatePolicy(call.with_parameters({"policyName": name, "policyDocument": document}))
        return name, call.send("GET", policy_path(name))["policyArn"]

    def _make_certificate(self, call, properties, _):
        active = properties.get("Status", "ACTIVE") == "ACTIVE"
        if "CertificateSigningRequest" in properties:
            made = self.CreateCertificateFromCsr(
                call.with_parameters(
                    {
                        "certificateSigningRequest": properties["CertificateSigningRequest"],
                        "setAsActive": active,
                    }
                )
            )
            name = made["certificateId"]
        elif "CertificatePem" in properties:
            parameters = {"certificatePem": properties["CertificatePem"], "setAsActive": active}
            if "CACertificatePem" in properties:
                parameters["caCertificatePem"] = properties["CACertificatePem"]
            name = self.RegisterCertificate(call.with_parameters(parameters))["certificateId"]
        else:
            name = properties.get("CertificateId")
            if name not in call.region.certificates:
                raise template_body.failed(f"Certificate {name} does not exist")
            call.region.certificates[name].touch("ACTIVE" if active else "INACTIVE")
        return name, call.region.arn("cert", name)

    def _make_thing(self, call, properties, resource):
        """A new thing; of one that is there, the template's OverrideSettings decide."""
        name = properties["ThingName"]
        attributes = properties.get("AttributePayload") or {}
        parameters = {"thingName": name, "attributePayload": {"attributes": attributes}}
        if properties.get("ThingTypeName"):
            parameters["thingTypeName"] = properties["ThingTypeName"]
        if name in call.region.things:
            override = (resource.get("OverrideSettings") or {}).get("AttributePayload", "REPLACE")
            if override == "FAIL":
                raise template_body.failed(f"Thing {name} already exists")
            if override != "DO_NOTHING":
                parameters["attributePayload"]["merge"] = override == "MERGE"
                self.UpdateThing(call.with_parameters(parameters))
        else:
            self.CreateThing(call.with_parameters(parameters))
        for group in properties.get("ThingGroups") or []:
            call.send(
                "PUT", "/thing-groups/addThingToThingGroup", body={"thingGroupName": group, "thingName": name}
            )
        return name, call.region.arn("thing", name)

    def _bind(self, call, made):
        certificates = [(name, arn) for kind, name, arn in made.values() if kind == "certificate"]
        for _, arn in certificates:
            for kind, other, _ in made.values():
                if kind == "policy":
                    self.AttachPolicy(call.with_parameters({"policyName": other, "target": arn}))
                elif kind == "thing" and arn not in call.region.principals.get(other, {}):
                    self.AttachThingPrincipal(call.with_parameters({"thingName": other, "principal": arn}))
        answer = {"resourceArns": {name: arn for name, (_, _, arn) in made.items()}}
        if certificates:
            answer["certificatePem"] = call.region.certificates[certificates[0][0]].pem
        return answer
