"""DPS's device plane: proofs, decisions between enrollments, allocation, and the device in its hub."""

import base64
import hashlib
import hmac
import os
import tempfile

from common.certificates import Authority, pem

from .azure_support import StandInChecks, token


def derived(key, registration):
    digest = hmac.new(base64.b64decode(key), registration.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class SymmetricKeyChecks(StandInChecks):
    def group(self, **members):
        body = {"enrollmentGroupId": "site-7", "attestation": {"type": "symmetricKey"}, **members}
        self.assertEqual(
            self.dps("PUT", "/enrollmentGroups/site-7", body, match=members.pop("match", None))[0], 200
        )
        return self.keys("site-7", "enrollmentGroups")["primaryKey"]

    def test_an_individual_registers_and_is_in_its_hub(self):
        self.enrol(
            "meter-1",
            deviceId="Device-1",
            capabilities={"iotEdge": True},
            initialTwin={"tags": {"site": "7"}, "properties": {"desired": {"interval": 60}}},
        )
        keys = self.keys("meter-1")
        for key in keys.values():
            status, state = self.register("meter-1", self.device_token("meter-1", key), {"payload": {"a": 1}})
            self.assertEqual((status, state["status"], state["deviceId"]), (200, "assigned", "Device-1"))
            self.assertEqual(state["payload"], {"a": 1})
        number = [each["name"] for each in self.ready["hubs"]].index(state["assignedHub"])
        device = self.hub("GET", "/devices/Device-1", number=number)[1]
        self.assertEqual(device["authentication"]["symmetricKey"], keys)
        self.assertTrue(device["capabilities"]["iotEdge"])
        twin = self.hub("GET", "/twins/Device-1", number=number)[1]
        self.assertEqual((twin["tags"], twin["properties"]["desired"]["interval"]), ({"site": "7"}, 60))
        record = self.dps("GET", "/registrations/meter-1")[1]
        self.assertEqual(record["substatus"], "reprovisionedToInitialAssignment")
        self.assertEqual(self.dps("GET", "/enrollments/meter-1")[1]["registrationState"], record)
        self.assertEqual(self.peer.control("GET", "/state")["attempts"], {"meter-1": 2})
        self.assertEqual(self.dps("DELETE", "/registrations/meter-1")[0], 204)
        self.failed(self.dps("GET", "/registrations/meter-1"), 404, 404202)

    def test_wrong_proofs(self):
        self.enrol("meter-1")
        key = self.keys("meter-1")["primaryKey"]
        good = self.device_token("meter-1", key)
        resource = f"{self.scope}/registrations/meter-1"
        for text in (
            self.device_token("meter-2", key),
            token(resource, key),
            token(resource, key, "other"),
            self.device_token("meter-1", base64.b64encode(bytes(32)).decode()),
            token(resource, key, "registration", ttl=-1),
        ):
            self.assertEqual(self.register("meter-1", text)[0], 401)
        self.assertEqual(self.register("meter-1")[1]["errorCode"], 401001)
        other = self.send(
            self.ready["device"]["url"],
            "PUT",
            "/0ne00FFFFFF/registrations/meter-1/register",
            {"registrationId": "meter-1"},
            headers={"Authorization": good},
        )
        self.failed(other, 401, 401002)
        wrong = self.device("PUT", "/registrations/meter-1/register", {"registrationId": "x"}, good)
        self.failed(wrong, 400, 400202)
        self.failed(
            self.device("GET", "/registrations/meter-1/operations/5.x", authorization=good), 404, 404203
        )
        self.failed(self.device("POST", "/registrations/meter-1", {}, good), 404, 404202)
        self.assertEqual(self.register("meter-1", good)[0], 200)
        self.assertEqual(self.device("POST", "/registrations/meter-1", {}, good)[1]["status"], "assigned")

    def test_a_group_admits_by_derived_key(self):
        key = self.group()
        own = derived(key, "meter-1")
        status, state = self.register("meter-1", self.device_token("meter-1", own))
        self.assertEqual((status, state["symmetricKey"]), (200, {"enrollmentGroupId": "site-7"}))
        self.assertEqual(self.register("meter-1", self.device_token("meter-1", key))[0], 401)
        self.assertEqual(self.register("meter-2", self.device_token("meter-2", own))[0], 401)
        records = self.dps("POST", "/registrations/site-7/query")[1]
        self.assertEqual([each["registrationId"] for each in records], ["meter-1"])
        self.enrol("meter-1", provisioningStatus="disabled")
        keys = self.keys("meter-1")
        self.assertEqual(self.register("meter-1", self.device_token("meter-1", own))[0], 401)
        status, state = self.register("meter-1", self.device_token("meter-1", keys["primaryKey"]))
        self.assertEqual((status, state["status"]), (200, "disabled"))

    def test_a_disabled_group_admits_nobody(self):
        key = derived(self.group(provisioningStatus="disabled"), "meter-1")
        status, state = self.register("meter-1", self.device_token("meter-1", key))
        self.assertEqual((status, state["status"]), (200, "disabled"))


class AllocationChecks(StandInChecks):
    def assign(self, registration, keys, **members):
        attestation = {"type": "symmetricKey", "symmetricKey": keys}
        self.enrol(registration, attestation, match=self.match, **members)
        self.match = "*"
        return self.register(registration, self.device_token(registration, keys["primaryKey"]))[1]

    def setUp(self):
        super().setUp()
        self.match = None
        self.names = [each["name"] for each in self.ready["hubs"]]
        key = base64.b64encode(bytes(range(32))).decode()
        self.pair = {"primaryKey": key, "secondaryKey": key}

    def test_policies(self):
        for policy, hubs, expected in (
            ("static", self.names[1:], self.names[1]),
            ("geoLatency", self.names[::-1], self.names[1]),
        ):
            state = self.assign("meter-1", self.pair, allocationPolicy=policy, iotHubs=hubs)
            self.assertEqual(state["assignedHub"], expected)
        custom = {"webhookUrl": "https://x", "apiVersion": "1"}
        state = self.assign(
            "meter-1", self.pair, allocationPolicy="custom", customAllocationDefinition=custom
        )
        self.assertEqual((state["status"], state["errorCode"]), ("failed", 400207))
        hubs = set()
        for each in range(8):
            self.match = None
            hubs.add(self.assign(f"m-{each}", self.pair, allocationPolicy="hashed")["assignedHub"])
        self.assertEqual(hubs, set(self.names))

    def move(self, update, migrate):
        policy = {"updateHubAssignment": update, "migrateDeviceData": migrate}
        twin = {"tags": {"site": "7"}}
        more = {"reprovisionPolicy": policy, "allocationPolicy": "static", "initialTwin": twin}
        first = self.assign("meter-1", self.pair, iotHubs=[self.names[0]], **more)
        self.assertEqual(first["substatus"], "initialAssignment")
        self.hub("PATCH", "/twins/meter-1", {"tags": {"floor": 2}}, match="*")
        second = self.assign("meter-1", self.pair, iotHubs=[self.names[1]], **more)
        number = self.names.index(second["assignedHub"])
        self.assertEqual(self.hub("GET", "/devices/meter-1", number=1 - number)[0], 404)
        return second["substatus"], number, self.hub("GET", "/twins/meter-1", number=number)[1]["tags"]

    def test_reprovisioning(self):
        for update, migrate, expected in (
            (True, True, ("deviceDataMigrated", 1, {"site": "7", "floor": 2})),
            (True, False, ("deviceDataReset", 1, {"site": "7"})),
            (False, False, ("reprovisionedToInitialAssignment", 0, {"site": "7", "floor": 2})),
        ):
            self.peer.reset()
            self.match = None
            self.assertEqual(self.move(update, migrate), expected)


class CertificateChecks(StandInChecks):
    def files(self, key, *chain):
        """A client's certificate chain and key for the TLS connection."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        paths = []
        for name, text in (("chain.pem", "".join(map(pem, chain))), ("key.pem", pem(key))):
            paths.append(os.path.join(folder.name, name))
            with open(paths[-1], "w") as file:
                file.write(text)
        return paths

    def group(self, name, authority, **members):
        x509 = {"signingCertificates": {"primary": {"certificate": pem(authority.certificate)}}}
        body = {"enrollmentGroupId": name, "attestation": {"type": "x509", "x509": x509}, **members}
        answer = self.dps("PUT", f"/enrollmentGroups/{name}", body)
        self.assertEqual(answer[0], 200, answer[1])

    def test_individual(self):
        key, leaf = Authority("factory").client("meter-1")
        x509 = {"clientCertificates": {"primary": {"certificate": pem(leaf)}}}
        shown = self.enrol("meter-1", {"type": "x509", "x509": x509})
        info = shown["attestation"]["x509"]["clientCertificates"]["primary"]["info"]
        self.assertEqual(info["subjectName"], "CN=meter-1")
        status, state = self.register("meter-1", client=self.files(key, leaf))
        self.assertEqual((status, state["status"]), (200, "assigned"))
        self.assertEqual(state["x509"]["certificateInfo"], info)
        stranger, other = Authority("factory").client("meter-1")
        self.assertEqual(self.register("meter-1", client=self.files(stranger, other))[0], 401)
        self.assertEqual(self.register("meter-2", client=self.files(key, leaf))[0], 401)
        number = [each["name"] for each in self.ready["hubs"]].index(state["assignedHub"])
        device = self.hub("GET", "/devices/meter-1", number=number)[1]
        self.assertEqual(device["authentication"]["type"], "selfSigned")
        event = self.send(
            self.ready["hubs"][number]["url"],
            "POST",
            "/devices/meter-1/messages/events",
            {"a": 1},
            version="2020-03-13",
            client=self.files(key, leaf),
        )
        self.assertEqual(event[0], 204)

    def test_groups_by_the_nearest_authority(self):
        root = Authority("root")
        middle = Authority("middle", parent=root)
        key, leaf = middle.client("meter-1")
        short, whole = self.files(key, leaf), self.files(key, leaf, middle.certificate)
        self.group("all", root)
        self.assertEqual(self.register("meter-1", client=short)[0], 401)
        state = self.register("meter-1", client=whole)[1]
        self.assertEqual(state["x509"]["enrollmentGroupId"], "all")
        self.group("site-7", middle)
        state = self.register("meter-1", client=short)[1]
        self.assertEqual(state["x509"]["enrollmentGroupId"], "site-7")
        self.enrol("meter-1", provisioningStatus="disabled")
        self.assertEqual(self.register("meter-1", client=whole)[1]["status"], "disabled")

    def test_ca_references(self):
        root = Authority("root")
        self.peer.control("POST", "/authorities", {"name": "factory", "certificate": pem(root.certificate)})
        attestation = {"type": "x509", "x509": {"caReferences": {"primary": "factory"}}}
        self.enrol("meter-1", attestation)
        key, leaf = root.client("meter-1")
        self.assertEqual(self.register("meter-1", client=self.files(key, leaf))[1]["status"], "assigned")
        key, leaf = Authority("root").client("meter-1")
        self.assertEqual(self.register("meter-1", client=self.files(key, leaf))[0], 401)
