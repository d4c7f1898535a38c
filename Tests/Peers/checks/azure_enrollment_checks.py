"""DPS's service plane: tokens, shapes, etags, keys, bulk and paging."""

import time

from .azure_support import StandInChecks, token

ONE = {"registrationId": "meter-1", "attestation": {"type": "symmetricKey"}}


class TokenChecks(StandInChecks):
    def read(self, authorization, path="/enrollments/none"):
        return self.dps("GET", path, authorization=authorization)

    def test_what_is_let_in(self):
        host = self.ready["dps"]["name"]
        for resource in (host, host.upper(), host + "/enrollments", host + "/enrollments/none"):
            self.failed(self.read(self.dps_token(resource=resource)), 404, 404201)
        self.failed(self.read("Bearer " + self.ready["dps"]["bearer"]), 404, 404201)

    def test_what_is_not(self):
        host = self.ready["dps"]["name"]
        good = self.dps_token()
        key = self.ready["dps"]["policies"][0]["key"]
        for text in (
            self.dps_token(resource=host + "/enrollments/non"),
            self.dps_token(resource=host + "/enrollmentGroups"),
            self.dps_token(resource="other.azure-devices-provisioning.net"),
            self.dps_token(ttl=-5),
            good.replace("SharedAccessSignature ", ""),
            good.replace("%3D", "="),
            good.replace("&skn=provisioningserviceowner", ""),
            good + "x",
            good + "&x=1",
            token(host, key, "nobody"),
            "Bearer " + self.ready["dps"]["expiredBearer"],
            "Bearer " + self.ready["hubs"][0]["bearer"],
        ):
            with self.subTest(text[:60]):
                self.failed(self.read(text), 401, 401002)
        self.failed(self.read(self.dps_token(policy="registrationreader")), 401, 401002)
        self.assertEqual(
            self.send(self.ready["dps"]["url"], "GET", "/enrollments/none")[1]["errorCode"], 401001
        )

    def test_rights(self):
        reader, writer = (self.dps_token(policy=name) for name in ("enrollmentreader", "enrollmentwriter"))
        self.failed(self.dps("PUT", "/enrollments/meter-1", ONE, authorization=reader), 401, 401002)
        self.assertEqual(self.dps("PUT", "/enrollments/meter-1", ONE, authorization=writer)[0], 200)
        self.assertEqual(self.read(reader, "/enrollments/meter-1")[0], 200)
        self.failed(
            self.dps("POST", "/enrollments/meter-1/attestationmechanism", authorization=reader), 401, 401002
        )

    def test_the_clock_is_the_services(self):
        self.peer.fault("GET /enrollments/{id}", "skew:900")
        self.failed(self.read(self.dps_token()), 401, 401002)
        self.failed(self.read(self.dps_token()), 404, 404201)


class ShapeChecks(StandInChecks):
    def put(self, body=ONE, **more):
        return self.dps("PUT", "/enrollments/meter-1", body, **more)

    def test_shapes(self):
        for wrong in (
            {"registrationId": "meter-1"},
            {**ONE, "more": 1},
            {**ONE, "provisioningStatus": "on"},
            {**ONE, "reprovisionPolicy": {"updateHubAssignment": True}},
            {**ONE, "attestation": {"type": "x"}},
            {**ONE, "capabilities": {}},
            {**ONE, "iotHubs": "a"},
        ):
            with self.subTest(str(wrong)):
                self.failed(self.put(wrong), 400, 400004)
        self.failed(self.put(version="2019-03-31"), 400, 400001)
        self.failed(self.put(version=None), 400, 400001)
        self.failed(self.put(query={"more": "1"}), 400, 400004)
        self.failed(self.put(headers={"Content-Type": "text/plain"}), 415, 415000)
        self.failed(self.put(raw=b"{"), 400, 400004)
        self.assertEqual(self.put({**ONE, "initialTwin": {"tags": {"site": "7"}}})[0], 200)

    def test_ids(self):
        for name in ("a b", "a.", "a/b", "x" * 129, "_a"):
            body = {**ONE, "registrationId": name}
            answer = self.dps("PUT", f"/enrollments/{name.replace('/', '%2F').replace(' ', '%20')}", body)
            self.failed(answer, 400, 400202)
        self.failed(self.put({**ONE, "registrationId": "meter-2"}), 400, 400202)
        group = {"enrollmentGroupId": "g.", "attestation": {"type": "symmetricKey"}}
        self.failed(self.dps("PUT", "/enrollmentGroups/g.", group), 400, 400204)
        self.enrol("Meter-1")
        self.failed(self.put(), 409, 409201)
        self.assertEqual(self.dps("GET", "/enrollments/METER-1")[1]["registrationId"], "Meter-1")

    def test_attestations(self):
        short = {"primaryKey": "YQ==", "secondaryKey": "YQ=="}
        for kind, more, code in (
            ("symmetricKey", {"symmetricKey": short}, 400004),
            ("symmetricKey", {"symmetricKey": {"primaryKey": "A" * 44}}, 400004),
            ("symmetricKey", {"tpm": {"endorsementKey": "AAAA"}}, 400004),
            ("tpm", {"tpm": {"endorsementKey": "AAAA"}}, 400201),
            ("tpm", {}, 400201),
            ("x509", {}, 400004),
            ("x509", {"x509": {"signingCertificates": {}}}, 400004),
            ("x509", {"x509": {"clientCertificates": {"primary": {"certificate": "x"}}}}, 400004),
            ("none", {}, 400004),
        ):
            answer = self.put({**ONE, "attestation": {"type": kind, **more}})
            self.failed(answer, 400, code)
        reference = {"type": "x509", "x509": {"caReferences": {"primary": "none"}}}
        self.failed(self.put({**ONE, "attestation": reference}), 404, 404211)
        self.failed(self.put({**ONE, "iotHubs": ["x.azure-devices.net"]}), 404, 404210)
        self.failed(self.put({**ONE, "allocationPolicy": "static"}), 400, 400004)
        self.failed(self.put({**ONE, "allocationPolicy": "custom"}), 400, 400004)


class RecordChecks(StandInChecks):
    def test_etags(self):
        first = self.enrol("meter-1")
        path = "/enrollments/meter-1"
        self.failed(self.dps("PUT", path, ONE), 409, 409201)
        for match in ('"other"', first["etag"]):
            self.failed(self.dps("PUT", path, ONE, match=match), 412, 412001)
        second = self.enrol("meter-1", match=f'"{first["etag"]}"')
        self.assertNotEqual(second["etag"], first["etag"])
        self.assertEqual(second["createdDateTimeUtc"], first["createdDateTimeUtc"])
        self.enrol("meter-1", match="*")
        self.failed(self.dps("DELETE", path, match=f'"{first["etag"]}"'), 412, 412001)
        self.assertEqual(self.dps("DELETE", path)[0], 204)
        self.failed(self.dps("DELETE", path), 404, 404201)
        self.failed(self.dps("PUT", path, ONE, match="*"), 404, 404201)

    def test_a_put_replaces_all_and_makes_new_keys(self):
        self.enrol("meter-1", optionalDeviceInformation={"note": "x"}, deviceId="d")
        keys = self.keys("meter-1")
        again = self.enrol("meter-1", match="*")
        self.assertEqual((again["deviceId"], again.get("optionalDeviceInformation")), ("meter-1", None))
        self.assertNotEqual(self.keys("meter-1"), keys)
        kept = {"type": "symmetricKey", "symmetricKey": keys}
        self.enrol("meter-1", kept, match="*")
        self.assertEqual(self.keys("meter-1"), keys)

    def test_keys_are_in_one_answer_only(self):
        made = self.enrol("meter-1")
        read = self.dps("GET", "/enrollments/meter-1")[1]
        listed = self.dps("POST", "/enrollments/query", {"query": "SELECT * FROM enrollments"})[1]
        state = self.peer.control("GET", "/state")
        self.assertNotIn(
            'Key":', str([made, read, listed, state]).replace("'", '"').replace("symmetricKey", "")
        )
        self.assertEqual(set(self.keys("meter-1")), {"primaryKey", "secondaryKey"})
        self.assertNotIn(self.keys("meter-1")["primaryKey"], str(self.peer.requests()))

    def bulk(self, mode, names, **members):
        items = [
            {"registrationId": name, "attestation": {"type": "symmetricKey"}, **members} for name in names
        ]
        return self.dps("POST", "/enrollments", {"mode": mode, "enrollments": items})

    def test_bulk(self):
        self.enrol("meter-1")
        status, answer, _ = self.bulk("create", ["meter-1", "meter-2"])
        self.assertEqual((status, answer["isSuccessful"]), (200, False))
        self.assertEqual([each["errorCode"] for each in answer["errors"]], [409201])
        self.assertEqual(self.dps("GET", "/enrollments/meter-2")[0], 200)
        self.failed(self.bulk("create", [f"m{each}" for each in range(11)]), 400, 400205)
        self.failed(self.bulk("create", ["a", "A"]), 400, 400206)
        answer = self.bulk("updateIfMatchETag", ["meter-1"], etag="x")[1]
        self.assertEqual(answer["errors"][0]["errorCode"], 412001)
        self.assertTrue(self.bulk("update", ["meter-1"])[1]["isSuccessful"])
        answer = self.bulk("delete", ["meter-1", "none"])[1]
        self.assertEqual(answer["errors"][0]["registrationId"], "none")
        self.failed(self.dps("GET", "/enrollments/meter-1"), 404, 404201)

    def test_paging(self):
        for each in range(5):
            self.enrol(f"meter-{each}")
        names, headers = [], {"x-ms-max-item-count": "2"}
        for _ in range(3):
            status, page, answered = self.dps(
                "POST", "/enrollments/query", {"query": "select * from enrollments"}, headers=headers
            )
            self.assertEqual((status, answered["x-ms-item-type"]), (200, "enrollment"))
            names += [each["registrationId"] for each in page]
            if answered.get("x-ms-continuation"):
                headers["x-ms-continuation"] = answered["x-ms-continuation"]
        self.assertEqual(names, [f"meter-{each}" for each in range(5)])
        self.assertNotIn("x-ms-continuation", answered)
        query = {"query": "SELECT * FROM enrollments"}
        headers = {"x-ms-continuation": "x"}
        self.failed(self.dps("POST", "/enrollments/query", query, headers=headers), 400, 400004)
        self.failed(self.dps("POST", "/enrollments/query", {"query": "SELECT x"}), 400, 400000)
        headers = {"x-ms-max-item-count": "many"}
        self.failed(self.dps("POST", "/enrollments/query", query, headers=headers), 400, 400004)


class ControlChecks(StandInChecks):
    def test_faults_and_limits(self):
        name = "PUT /enrollments/{id}"
        self.peer.fault(name, "throttle")
        answer = self.dps("PUT", "/enrollments/meter-1", ONE)
        self.failed(answer, 429, 429001)
        self.assertEqual(answer[2]["Retry-After"], "1")
        self.peer.fault(name, "status:409:409203")
        self.failed(self.dps("PUT", "/enrollments/meter-1", ONE), 409, 409203)
        self.peer.fault("*", "status:503")
        self.failed(self.dps("PUT", "/enrollments/meter-1", ONE), 503, 503000)
        for fault, code in (("refuse", 404), ("lost", 200)):
            self.peer.fault(name, fault)
            with self.assertRaises(OSError):
                self.dps("PUT", "/enrollments/meter-1", ONE)
            self.assertEqual(self.dps("GET", "/enrollments/meter-1")[0], code)
        self.peer.fault(name, "slow:0.2")
        before = time.monotonic()
        self.failed(self.dps("PUT", "/enrollments/meter-1", ONE), 409, 409201)
        self.assertGreaterEqual(time.monotonic() - before, 0.2)
        order = {"operation": "GET /enrollments/{id}", "count": 1, "seconds": 60}
        self.peer.control("POST", "/limits", order)
        self.assertEqual(self.dps("GET", "/enrollments/meter-1")[0], 200)
        answer = self.dps("GET", "/enrollments/meter-1")
        self.failed(answer, 429, 429001)
        self.assertGreater(int(answer[2]["Retry-After"]), 30)
