"""A stand-in shared by the Azure checks; tokens are made by Microsoft's own classes."""

import http.client
import json
import ssl
import unittest
from urllib.parse import urlencode, urlsplit

from azure.iot.device.common.auth.sastoken import RenewableSasToken
from azure.iot.device.common.auth.signing_mechanism import SymmetricKeySigningMechanism

from .peer import Peer

VERSION = "2021-10-01"
HUB_VERSION = "2021-04-12"


def token(resource, key, policy=None, ttl=600):
    return str(RenewableSasToken(resource, SymmetricKeySigningMechanism(key), ttl=ttl, key_name=policy))


class StandInChecks(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.peer = Peer.shared("azure_standin.py")
        cls.ready = cls.peer.ready
        cls.scope = cls.ready["device"]["idScope"]

    def setUp(self):
        self.peer.reset()

    def tearDown(self):
        broken = [each for each in self.peer.requests() if "brokenAnswer" in each]
        self.assertEqual(broken, [])

    def send(
        self, url, method, path, body=None, version=VERSION, headers=None, query=None, client=None, raw=None
    ):
        """The status, the JSON and the headers of an answer."""
        context = ssl.create_default_context(cafile=self.ready["ca"])
        if client:
            context.load_cert_chain(*client)
        where = urlsplit(url)
        connection = http.client.HTTPSConnection(where.hostname, where.port, context=context)
        query = {**({"api-version": version} if version else {}), **(query or {})}
        sent = dict(headers or {})
        data = raw if raw is not None else json.dumps(body).encode() if body is not None else None
        if data is not None:
            sent.setdefault("Content-Type", "application/json; charset=utf-8")
        connection.request(method, f"{path}?{urlencode(query)}", data, sent)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None, answer.headers

    def dps_token(self, policy="provisioningserviceowner", resource=None, ttl=600):
        entry = next(each for each in self.ready["dps"]["policies"] if each["name"] == policy)
        return token(resource or self.ready["dps"]["name"], entry["key"], policy, ttl)

    def dps(self, method, path, body=None, authorization=None, match=None, **more):
        headers = {"Authorization": authorization or self.dps_token(), **more.pop("headers", {})}
        if match:
            headers["If-Match"] = match
        return self.send(self.ready["dps"]["url"], method, path, body, headers=headers, **more)

    def hub(self, method, path, body=None, policy="iothubowner", match=None, number=0, **more):
        entry = self.ready["hubs"][number]
        key = next(each["key"] for each in entry["policies"] if each["name"] == policy)
        headers = {"Authorization": token(entry["name"], key, policy), **more.pop("headers", {})}
        if match:
            headers["If-Match"] = match
        return self.send(entry["url"], method, path, body, version=HUB_VERSION, headers=headers, **more)

    def device(self, method, path, body=None, authorization=None, **more):
        headers = {"Authorization": authorization} if authorization else {}
        return self.send(
            self.ready["device"]["url"], method, f"/{self.scope}{path}", body, headers=headers, **more
        )

    def register(self, registration, authorization=None, body=None, **more):
        """Registers and asks until it is decided; the last status and answer."""
        path = f"/registrations/{registration}"
        body = {"registrationId": registration, **(body or {})}
        status, answer, headers = self.device("PUT", path + "/register", body, authorization, **more)
        if status != 202:
            return status, answer
        self.assertEqual(headers["Retry-After"], "1")
        where = f"{path}/operations/{answer['operationId']}"
        statuses = [self.device("GET", where, authorization=authorization, **more)[0] for _ in range(1)]
        self.assertEqual(statuses, [202])
        status, answer, _ = self.device("GET", where, authorization=authorization, **more)
        return status, answer["registrationState"]

    def device_token(self, registration, key):
        return token(f"{self.scope}/registrations/{registration}", key, "registration")

    def enrol(self, registration, attestation=None, match=None, **members):
        body = {
            "registrationId": registration,
            "attestation": attestation or {"type": "symmetricKey"},
            **members,
        }
        status, answer, _ = self.dps("PUT", f"/enrollments/{registration}", body, match=match)
        self.assertEqual(status, 200, answer)
        return answer

    def keys(self, registration, kind="enrollments"):
        status, answer, _ = self.dps("POST", f"/{kind}/{registration}/attestationmechanism")
        self.assertEqual(status, 200, answer)
        return answer["symmetricKey"]

    def failed(self, answer, status, code):
        self.assertEqual((answer[0], answer[1]["errorCode"]), (status, code), answer[1])
        self.assertEqual(answer[2]["x-ms-error-code"], str(code))
