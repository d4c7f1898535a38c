"""`OwnFleetResponder`: our own stand-in for AWS's fleet provisioning over MQTT.

None of it is AWS's: it follows the developer guide, "Device provisioning MQTT API". A claim's certificate
carries a name by which it is known again; what AWS puts there is not published.
"""

import json
import secrets
import ssl
import subprocess
import threading
import time

import paho.mqtt.client as mqtt

from .errors import AWSError
from .own import template_body

CERTIFICATES = "$aws/certificates/"
TEMPLATES = "$aws/provisioning-templates/"
TOKEN_SECONDS = 3600


class Rejected(Exception):
    """What goes out on a `rejected` topic."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.answer = {"statusCode": status, "errorCode": code, "errorMessage": message}


class OwnFleetResponder:
    """Answers what devices publish. `perform` calls an operation of AWS IoT for an account in a region."""

    def __init__(self, broker, state, perform, log, ca):
        self._broker, self._state, self._perform, self._log = broker, state, perform, log
        self._client = mqtt.Client("muster-own-fleet-responder")
        certificate, key = broker.identity
        self._client.tls_set(ca, certificate, key, tls_version=ssl.PROTOCOL_TLS_CLIENT)
        ready = threading.Event()
        self._client.on_connect = lambda client, *_: client.subscribe(
            [
                (CERTIFICATES + "create-from-csr/json", 1),
                (CERTIFICATES + "create/json", 1),
                (TEMPLATES + "+/provision/json", 1),
            ]
        )
        self._client.on_subscribe = lambda *_: ready.set()
        self._client.on_message = lambda _, __, message: self._received(message)
        self._client.connect("localhost", broker.port)
        self._client.loop_start()
        if not ready.wait(10):
            raise RuntimeError("the responder does not reach its broker")

    def _received(self, message):
        client, name = self._broker.sender(message.topic)
        entry = {"operation": message.topic, "method": "PUBLISH", "path": message.topic, "query": ""}
        entry["status"] = 200
        try:
            answer, side = self._answer(message, client, name), "accepted"
        except Rejected as error:
            answer, side = error.answer, "rejected"
            entry.update(status=error.answer["statusCode"], error=error.answer["errorCode"])
        except AWSError as error:
            answer = {"statusCode": error.status, "errorCode": error.kind, "errorMessage": error.message}
            side = "rejected"
            entry.update(status=error.status, error=error.kind)
        self._log.add(**entry)
        self._client.publish(f"{message.topic}/{side}", json.dumps(answer), qos=1)

    def _answer(self, message, client, name):
        claim = self._claim(name)
        try:
            given = json.loads(message.payload)
        except ValueError:
            raise Rejected(400, "InvalidPayload", "The payload is not JSON") from None
        if message.topic.startswith(CERTIFICATES):
            return self._certificate(message.topic, given, claim)
        template = message.topic[len(TEMPLATES) :].split("/")[0]
        if template != claim["template"]:
            raise Rejected(403, "Forbidden", "The claim is of another template")
        return self._thing(template, given, claim, client)

    def _claim(self, name):
        claim = self._state.claims.get(name)
        if claim is None:
            raise Rejected(401, "Unauthorized", "The certificate is not a claim's")
        if claim["expires"] < time.time():
            raise Rejected(401, "Unauthorized", "The claim certificate has run out")
        return claim

    def _certificate(self, topic, given, claim):
        """A certificate that waits for its thing, and the token of whoever has it."""
        if topic.endswith("create-from-csr/json"):
            if "certificateSigningRequest" not in given:
                raise Rejected(400, "InvalidPayload", "certificateSigningRequest is missing")
            parameters = {"certificateSigningRequest": given["certificateSigningRequest"]}
            made = self._perform("CreateCertificateFromCsr", claim, parameters)
        else:
            made = self._perform("CreateKeysAndCertificate", claim, {})
        token = secrets.token_urlsafe(32)
        until = time.time() + TOKEN_SECONDS
        self._state.tokens[token] = {**made, "account": claim["account"], "until": until}
        answer = {
            "certificateId": made["certificateId"],
            "certificatePem": made["certificatePem"],
            "certificateOwnershipToken": token,
        }
        if "keyPair" in made:
            answer["privateKey"] = made["keyPair"]["PrivateKey"]
        return answer

    def _thing(self, template, given, claim, client):
        made = self._state.tokens.get(given.get("certificateOwnershipToken"))
        if made is None or made["account"] != claim["account"] or made["until"] < time.time():
            raise Rejected(403, "InvalidCertificateOwnershipToken", "The token is of no certificate")
        record = self._perform("DescribeProvisioningTemplate", claim, {"templateName": template})
        if not record["enabled"]:
            raise Rejected(404, "ResourceNotFound", f"Template {template} is not enabled")
        parameters = {**(given.get("parameters") or {})}
        if "preProvisioningHook" in record:
            parameters.update(self._ask(record, made, claim, client, parameters))
        parameters["AWS::IoT::Certificate::Id"] = made["certificateId"]
        body = record["templateBody"]
        registered = self._perform("RegisterThing", claim, {"templateBody": body, "parameters": parameters})
        del self._state.tokens[given["certificateOwnershipToken"]]
        things = [arn for arn in registered["resourceArns"].values() if ":thing/" in arn]
        resolver = template_body.Resolver(json.loads(body), parameters)
        return {
            "deviceConfiguration": resolver.resolve(json.loads(body).get("DeviceConfiguration") or {}),
            "thingName": things[0].rsplit("/", 1)[1] if things else None,
        }

    def _ask(self, record, made, claim, client, parameters):
        """Asks the template's hook: a program that a test has named in the function's place."""
        command = self._state.hooks.get(record["preProvisioningHook"]["targetArn"])
        if command is None:
            raise Rejected(500, "HookFailure", "The hook's function is not there")
        question = {
            "claimCertificateId": claim["certificateId"],
            "certificateId": made["certificateId"],
            "certificatePem": made["certificatePem"],
            "templateArn": record["templateArn"],
            "clientId": client,
            "parameters": parameters,
        }
        done = subprocess.run(
            command["words"],
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=60,
            env=command.get("environment"),
            cwd=command.get("directory"),
        )
        if done.returncode:
            raise Rejected(500, "HookFailure", done.stderr[-300:])
        answer = json.loads(done.stdout)
        if not answer["allowProvisioning"]:
            raise Rejected(403, "Forbidden", "The pre-provisioning hook did not allow it")
        return answer.get("parameterOverrides") or {}
