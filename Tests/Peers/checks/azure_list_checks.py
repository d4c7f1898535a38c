"""What the stand-in does with lists and bulks when a test orders faults for them."""

from .azure_support import StandInChecks


class OrderedFaultChecks(StandInChecks):
    def bulk(self, *names):
        items = [{"registrationId": name, "attestation": {"type": "symmetricKey"}} for name in names]
        return self.dps("POST", "/enrollments", {"mode": "create", "enrollments": items})[1]

    def test_one_entry_fails_alone(self):
        self.peer.fault("entry b", "status:400:400202")
        answer = self.bulk("a", "b", "c")
        refused = [(each["registrationId"], each["errorCode"]) for each in answer["errors"]]
        self.assertEqual(refused, [("b", 400202)])
        self.assertEqual(self.dps("GET", "/enrollments/c")[0], 200)
        self.failed(self.dps("GET", "/enrollments/b"), 404, 404201)

    def test_what_is_ordered_for_all_is_for_no_entry(self):
        self.peer.fault("*", "throttle")
        status, _, _ = self.dps("GET", "/enrollments/a")
        self.assertEqual(status, 429)
        self.assertTrue(self.bulk("a")["isSuccessful"])
