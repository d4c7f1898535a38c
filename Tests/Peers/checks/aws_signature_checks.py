"""The gate refuses what AWS refuses before it looks at the operation."""

import datetime
import http.client
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ConnectionClosedError, HTTPClientError

from .aws_support import GateChecks
from .peer import Peer


class SignatureChecks(GateChecks):
    def send(self, method="GET", path="/things/s%3Am1", headers=None, body=b"", change=None, sends=None):
        """Signs with botocore, lets `change` spoil the signed request, sends it as it then is."""
        keys = self.peer.ready["accounts"][0]
        request = AWSRequest(method, self.peer.ready["url"] + path, headers=headers or {}, data=body)
        signer = SigV4Auth(Credentials(keys["accessKeyID"], keys["secretAccessKey"]), "iot", keys["region"])
        signer.add_auth(request)
        sent = dict(request.headers.items())
        if change:
            change(sent)
        where = urllib.parse.urlsplit(self.peer.ready["url"])
        connection = http.client.HTTPConnection(where.hostname, where.port)
        sent.pop("Content-Length", None)
        connection.request(method, path, sends or body or None, sent)
        answer = connection.getresponse()
        answer.read()
        kind = answer.headers.get("x-amzn-ErrorType")
        connection.close()
        return answer.status, kind

    def test_a_signed_request_passes(self):
        self.assertEqual(self.send(), (404, "ResourceNotFoundException"))

    def test_another_signature_is_refused(self):
        def change(headers):
            headers["Authorization"] = (
                headers["Authorization"][:-1] + "0f"[headers["Authorization"][-1] == "0"]
            )

        self.assertEqual(self.send(change=change), (403, "InvalidSignatureException"))

    def test_a_changed_body_is_refused(self):
        self.assertEqual(self.send("POST", "/things/a", body=b"{}")[0], 200)
        self.assertEqual(
            self.send("POST", "/things/b", body=b"{}", sends=b"{ }"), (403, "InvalidSignatureException")
        )

    def test_headers_that_must_be_signed(self):
        for name in ("x-amzn-principal", "x-amz-something", "Content-Type"):
            with self.subTest(name):
                answer = self.send(change=lambda headers, name=name: headers.update({name: "text/plain"}))
                self.assertEqual(answer, (403, "InvalidSignatureException"))

    def test_old_and_future_dates_are_refused(self):
        for seconds in (-900, 900):
            self.peer.fault("DescribeThing", f"skew:{seconds}")
            self.assertEqual(self.send(), (403, "InvalidSignatureException"))
        self.assertEqual(self.send()[0], 404)

    def test_a_wrong_scope_is_refused(self):
        def region(headers):
            headers["Authorization"] = headers["Authorization"].replace("eu-west-1", "eu-west-2")

        def service(headers):
            headers["Authorization"] = headers["Authorization"].replace("/iot/", "/iotdata/")

        def date(headers):
            yesterday = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
            today = headers["X-Amz-Date"][:8]
            headers["Authorization"] = headers["Authorization"].replace(today, yesterday.strftime("%Y%m%d"))

        for change in (region, service, date):
            self.assertEqual(self.send(change=change), (403, "InvalidSignatureException"))

    def test_missing_and_unknown_credentials(self):
        self.assertEqual(
            self.send(change=lambda headers: headers.pop("Authorization")),
            (403, "MissingAuthenticationTokenException"),
        )
        self.assertEqual(
            self.send(change=lambda headers: headers.update(Authorization="Basic x")),
            (403, "IncompleteSignatureException"),
        )
        keys = dict(self.peer.ready["accounts"][0], accessKeyID="AKIAAAAAAAAAAAAAAAAA")
        self.refused("UnrecognizedClientException", 403, self.client(keys=keys).list_things)

    def test_temporary_credentials_need_their_token(self):
        keys = self.peer.ready["temporary"]
        self.client(keys=keys).list_things()
        wrong = dict(keys, sessionToken="x")
        self.refused("UnrecognizedClientException", 403, self.client(keys=wrong).list_things)
        expired = self.client(keys=self.peer.ready["expired"])
        self.refused("ExpiredTokenException", 403, expired.list_things)

    def test_labels_with_reserved_characters_pass(self):
        iot = self.client()
        iot.create_thing(thingName="site:7_meter-1")
        self.assertEqual(iot.describe_thing(thingName="site:7_meter-1")["thingName"], "site:7_meter-1")
        document = '{"Statement":[]}'
        iot.create_policy(policyName="a+b=c,d.e@f", policyDocument=document)
        self.assertEqual(iot.get_policy(policyName="a+b=c,d.e@f")["policyDocument"], document)

    def test_sts_tells_whose_the_key_is(self):
        for number in (0, 1):
            identity = self.client(number, service="sts").get_caller_identity()
            self.assertEqual(identity["Account"], self.peer.ready["accounts"][number]["account"])
        keys = dict(self.peer.ready["accounts"][0], secretAccessKey="x")
        self.refused("SignatureDoesNotMatch", 403, self.client(keys=keys, service="sts").get_caller_identity)


class ShapeChecks(GateChecks):
    def test_members_that_the_model_lacks_or_bounds(self):
        iot = self.client(parameter_validation=False)
        for call, parameters in (
            (iot.create_thing, {"thingName": "a b"}),
            (iot.create_thing, {"thingName": "x" * 129}),
            (iot.create_thing, {"thingName": "a", "attributePayload": {"attributes": {"k": "ü"}}}),
            (iot.list_things, {"maxResults": 251}),
            (iot.update_certificate, {"certificateId": "0" * 64, "newStatus": "SLEEPING"}),
            (iot.describe_certificate, {"certificateId": "0" * 63}),
        ):
            with self.subTest(str(parameters)[:60]):
                self.refused("InvalidRequestException", 400, call, **parameters)

    def test_unknown_members_of_query_and_body(self):
        signature = SignatureChecks()
        signature.peer = self.peer
        self.assertEqual(signature.send(path="/things?more=1"), (400, "InvalidRequestException"))
        for body in (b'{"thingname":"a"}', b"[]", b"{", b'{"attributePayload":{"x":1}}'):
            self.assertEqual(signature.send("POST", "/things/a", body=body), (400, "InvalidRequestException"))


class ControlChecks(GateChecks):
    def test_faults(self):
        iot = self.client()
        self.peer.fault("CreateThing", "throttle")
        self.refused("ThrottlingException", 400, iot.create_thing, thingName="a")
        self.peer.fault("*", "status:503")
        self.refused("ServiceUnavailableException", 503, iot.create_thing, thingName="a")
        self.peer.fault("CreateThing", "status:409:VersionConflictException", times=2)
        for _ in range(2):
            self.refused("VersionConflictException", 409, iot.create_thing, thingName="a")
        for fault, is_there in (("refuse", False), ("lost", True)):
            self.peer.fault("CreateThing", fault)
            with self.assertRaises((ConnectionClosedError, HTTPClientError)):
                iot.create_thing(thingName="a")
            things = [each["thingName"] for each in iot.list_things()["things"]]
            self.assertEqual(things, ["a"] if is_there else [])
        names = [each["operation"] for each in self.peer.requests()]
        self.assertEqual(names, ["CreateThing"] * 5 + ["ListThings", "CreateThing", "ListThings"])

    def test_limits_are_windows(self):
        self.peer.control("POST", "/limits", {"operation": "ListThings", "count": 2, "seconds": 60})
        iot = self.client()
        iot.list_things()
        iot.list_things()
        self.refused("ThrottlingException", 400, iot.list_things)
        iot.list_policies()

    def test_the_log_has_no_secrets(self):
        self.client().create_keys_and_certificate(setAsActive=True)
        text = str(self.peer.requests())
        self.assertIn("CreateKeysAndCertificate", text)
        for word in ("PRIVATE KEY", "Signature=", self.peer.ready["accounts"][0]["secretAccessKey"]):
            self.assertNotIn(word, text)

    def test_it_ends_with_its_input(self):
        self.assertEqual(Peer("aws_gate.py").end(), 0)
