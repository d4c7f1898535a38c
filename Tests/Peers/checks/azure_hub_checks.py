"""IoT Hub: registry, twins, queries, and a device's message."""

from .azure_support import StandInChecks, token


class HubChecks(StandInChecks):
    def refused(self, answer, status, word):
        self.assertEqual((answer[0], answer[2]["iothub-errorcode"]), (status, word), answer[1])
        self.assertTrue(answer[1]["Message"].startswith(f"ErrorCode:{word};"))
        self.assertIn("Tracking ID:", answer[1]["ExceptionMessage"])

    def make(self, name="meter-1", **members):
        status, device, headers = self.hub("PUT", f"/devices/{name}", {"deviceId": name, **members})
        self.assertEqual((status, headers["ETag"]), (200, f'"{device["etag"]}"'), device)
        return device

    def test_registry(self):
        first = self.make()
        self.assertEqual(first["authentication"]["type"], "sas")
        path = "/devices/meter-1"
        self.refused(self.hub("PUT", path, {"deviceId": "meter-1"}), 409, "DeviceAlreadyExists")
        self.refused(self.hub("PUT", path, {}, match='"x"'), 412, "PreconditionFailed")
        off = {"status": "disabled", "statusReason": "stolen", "authentication": first["authentication"]}
        second = self.hub("PUT", path, off, match=f'"{first["etag"]}"')[1]
        self.assertEqual((second["status"], second["generationId"]), ("disabled", first["generationId"]))
        self.assertEqual(second["authentication"], first["authentication"])
        self.assertEqual(self.hub("GET", "/statistics/devices")[1]["disabledDeviceCount"], 1)
        self.refused(self.hub("DELETE", path), 412, "PreconditionFailed")
        self.assertEqual(self.hub("DELETE", path, match='"*"')[0], 204)
        self.refused(self.hub("GET", path), 404, "DeviceNotFound")
        self.refused(self.hub("PUT", path, {}, match="*"), 404, "DeviceNotFound")
        self.assertNotEqual(self.make()["generationId"], first["generationId"])
        self.refused(self.hub("GET", "/devices/METER-1"), 404, "DeviceNotFound")

    def test_what_must_hold(self):
        for body in (
            {"deviceId": "other"},
            {"authentication": {"type": "selfSigned"}},
            {"more": 1},
            {"status": "on"},
            {"authentication": {"type": "selfSigned", "x509Thumbprint": {"primaryThumbprint": "AB"}}},
            {"authentication": {"symmetricKey": {"primaryKey": "YQ==", "secondaryKey": "YQ=="}}},
            {"statusReason": "x" * 129},
        ):
            with self.subTest(str(body)[:60]):
                self.refused(self.hub("PUT", "/devices/meter-1", body), 400, "ArgumentInvalid")
        self.refused(self.hub("PUT", "/devices/a%20b", {}), 400, "ArgumentInvalid")
        thumbs = {"primaryThumbprint": "A" * 40, "secondaryThumbprint": "B" * 64}
        device = self.make(authentication={"type": "selfSigned", "x509Thumbprint": thumbs})
        self.assertEqual(device["authentication"]["x509Thumbprint"], thumbs)

    def test_rights(self):
        for policy, method, path, body, status in (
            ("registryRead", "PUT", "/devices/a", {}, 401),
            ("registryReadWrite", "PUT", "/devices/a", {}, 200),
            ("registryRead", "GET", "/devices/a", None, 200),
            ("service", "GET", "/devices/a", None, 401),
            ("registryReadWrite", "GET", "/twins/a", None, 401),
            ("service", "GET", "/twins/a", None, 200),
            ("device", "GET", "/twins/a", None, 401),
        ):
            self.assertEqual(self.hub(method, path, body, policy=policy)[0], status, (policy, method, path))
        other = self.ready["hubs"][1]
        key = other["policies"][0]["key"]
        wrong = {"Authorization": token(other["name"], key, "iothubowner")}
        self.refused(self.hub("GET", "/devices/a", headers=wrong), 401, "IotHubUnauthorizedAccess")

    def test_twins(self):
        self.make()
        body = {"tags": {"site": "7", "floor": 1}, "properties": {"desired": {"a": {"b": 1, "c": 2}}}}
        twin = self.hub("PATCH", "/twins/meter-1", body, match="*")[1]
        body = {"tags": {"floor": None}, "properties": {"desired": {"a": {"c": None}}}}
        self.refused(self.hub("PATCH", "/twins/meter-1", body, match='"x"'), 412, "PreconditionFailed")
        twin = self.hub("PATCH", "/twins/meter-1", body, match=f'"{twin["etag"]}"')[1]
        self.assertEqual(twin["tags"], {"site": "7"})
        self.assertEqual(twin["properties"]["desired"], {"a": {"b": 1}, "$version": 3})
        twin = self.hub("PUT", "/twins/meter-1", {"tags": {"site": 8}}, match="*")[1]
        self.assertEqual((twin["tags"], twin["version"]), ({"site": 8}, 4))

    def test_queries(self):
        for each in range(4):
            self.make(f"m{each}")
            self.hub("PATCH", f"/twins/m{each}", {"tags": {"site": str(each % 2)}}, match="*")

        def ask(query, **headers):
            status, twins, answered = self.hub("POST", "/devices/query", {"query": query}, headers=headers)
            return status, [each["deviceId"] for each in twins] if status == 200 else twins, answered

        self.assertEqual(ask("SELECT * FROM devices WHERE tags.site='1'")[1], ["m1", "m3"])
        both = "select * from devices where tags.site = '1' and deviceId != 'm1'"
        self.assertEqual(ask(both)[1], ["m3"])
        _, names, headers = ask("SELECT * FROM devices", **{"x-ms-max-item-count": "3"})
        again = ask("SELECT * FROM devices", **{"x-ms-continuation": headers["x-ms-continuation"]})
        self.assertEqual(names + again[1], ["m0", "m1", "m2", "m3"])
        self.assertEqual(ask("DROP TABLE devices")[0], 400)

    def test_bulk(self):
        self.make("m0")
        items = [{"id": f"m{each}", "importMode": "create"} for each in range(3)]
        status, result, _ = self.hub("POST", "/devices", items)
        self.assertEqual((status, result["isSuccessful"]), (400, False))
        self.assertEqual(
            [(each["deviceId"], each["errorCode"]) for each in result["errors"]],
            [("m0", "DeviceAlreadyExists")],
        )
        self.assertEqual(len(self.hub("GET", "/devices")[1]), 3)
        many = [{"id": f"x{each}", "importMode": "create"} for each in range(101)]
        self.refused(self.hub("POST", "/devices", many), 413, "TooManyDevices")
        self.refused(
            self.hub("POST", "/devices", [{"id": "a"}, {"id": "a"}]), 400, "DeviceDefinedMultipleTimes"
        )
        items = [
            {"id": "m1", "importMode": "delete"},
            {"id": "m2", "importMode": "updateTwin", "tags": {"a": 1}},
        ]
        self.assertEqual(self.hub("POST", "/devices", items)[1]["isSuccessful"], True)
        self.assertEqual(self.hub("GET", "/twins/m2")[1]["tags"], {"a": 1})

    def test_a_device_sends(self):
        device = self.make()
        entry = self.ready["hubs"][0]
        key = device["authentication"]["symmetricKey"]["primaryKey"]

        def send(text, version="2020-03-13"):
            return self.send(
                entry["url"],
                "POST",
                "/devices/meter-1/messages/events",
                raw=b"any bytes",
                version=version,
                headers={"Authorization": text},
            )

        resource = f"{entry['name']}/devices/meter-1"
        self.assertEqual(send(token(resource, key))[0], 204)
        self.assertEqual(send(token(resource, key), version="1999-01-01")[0], 400)
        for text in (
            token(resource, key, "device"),
            token(entry["name"] + "/devices/meter", key),
            token(resource, self.ready["hubs"][0]["policies"][0]["key"]),
        ):
            self.refused(send(text), 401, "IotHubUnauthorizedAccess")
        self.hub("PUT", "/devices/meter-1", {**device, "status": "disabled"}, match="*")
        self.refused(send(token(resource, key)), 401, "IotHubUnauthorizedAccess")
        messages = self.peer.control("GET", "/state")["hubs"][0]["messages"]["meter-1"]
        self.assertEqual([each["length"] for each in messages], [9])

    def test_throttling(self):
        self.peer.fault("GET /devices/{id}", "throttle")
        answer = self.hub("GET", "/devices/meter-1")
        self.refused(answer, 429, "ThrottlingException")
        self.assertEqual(answer[2]["Retry-After"], "1")
