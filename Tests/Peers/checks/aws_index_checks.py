"""Our own stand-in for fleet indexing, by way of AWS's own client, and for connectivity, by way of a broker."""

import pathlib
import tempfile
import threading

import paho.mqtt.client as mqtt

from common.certificates import pem

from .aws_support import GateChecks, csr
from .peer import Peer

STATUS = {"thingIndexingMode": "REGISTRY", "thingConnectivityIndexingMode": "STATUS"}


class IndexChecks(GateChecks):
    @classmethod
    def setUpClass(cls):
        cls.peer = Peer("aws_gate.py", "--mqtt")
        cls.addClassCleanup(cls.peer.end)

    def index(self, **modes):
        """An account's client, with its index built."""
        iot = self.client()
        iot.update_indexing_configuration(thingIndexingConfiguration=modes)
        iot.describe_index(indexName="AWS_Things")
        return iot

    def connect(self, iot, name):
        """A thing with a certificate, connected by its name until the check has ended."""
        iot.create_thing(thingName=name)
        key, request = csr(name)
        made = iot.create_certificate_from_csr(certificateSigningRequest=request, setAsActive=True)
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        place = pathlib.Path(directory.name)
        (place / "pem").write_text(made["certificatePem"])
        (place / "key").write_text(pem(key))
        client, connected = mqtt.Client(name), threading.Event()
        client.tls_set(self.peer.ready["ca"], str(place / "pem"), str(place / "key"))
        client.on_connect = lambda *_: connected.set()
        client.connect("localhost", int(self.peer.ready["mqtt"].rsplit(":", 1)[1]), keepalive=30)
        client.loop_start()
        self.addCleanup(client.loop_stop)
        self.assertTrue(connected.wait(10))
        return client

    def test_there_is_no_index_until_it_is_switched_on_and_built(self):
        iot = self.client()
        iot.create_thing(thingName="m1")
        search = {"queryString": 'thingName:"m1"'}
        failure = self.refused("ResourceNotFoundException", 404, iot.search_index, **search)
        self.assertIn("enable index by calling UpdateIndexingConfiguration", str(failure))
        self.refused("ResourceNotFoundException", 404, iot.describe_index, indexName="AWS_Things")
        half = {"thingIndexingMode": "OFF", "thingConnectivityIndexingMode": "STATUS"}
        self.refused(
            "InvalidRequestException",
            400,
            iot.update_indexing_configuration,
            thingIndexingConfiguration=half,
        )
        iot.update_indexing_configuration(thingIndexingConfiguration=STATUS)
        said = iot.get_indexing_configuration()["thingIndexingConfiguration"]
        self.assertEqual(said["thingConnectivityIndexingMode"], "STATUS")
        self.refused("IndexNotReadyException", 400, iot.search_index, **search)
        self.assertEqual(iot.describe_index(indexName="AWS_Things")["indexStatus"], "ACTIVE")
        self.assertEqual(iot.search_index(**search)["things"][0]["connectivity"], {"connected": False})
        self.assertEqual(self.peer.requests()[-1]["answeredBy"], "own")
        # The account's other region has an index of its own.
        self.refused("ResourceNotFoundException", 404, self.client(2).search_index, **search)

    def test_queries(self):
        iot = self.index(thingIndexingMode="REGISTRY")
        iot.create_thing_type(thingTypeName="meter")
        payload = {"attributes": {"site": "oslo-1"}}
        iot.create_thing(thingName="site:7_m-1", thingTypeName="meter", attributePayload=payload)
        iot.create_thing(thingName="m2")
        iot.create_thing_group(thingGroupName="field")
        iot.add_thing_to_thing_group(thingGroupName="field", thingName="m2")

        def found(query, **more):
            things = iot.search_index(queryString=query, **more)["things"]
            return [each["thingName"] for each in things]

        self.assertEqual(found('thingName:"site:7_m-1"'), ["site:7_m-1"])
        self.assertEqual(found("attributes.site:oslo-1 AND thingTypeName:meter"), ["site:7_m-1"])
        self.assertEqual(found("thingGroupNames:field"), ["m2"])
        self.assertEqual(found('thingName:"m"'), [])
        self.refused("InvalidQueryException", 400, iot.search_index, queryString="what is there?")
        self.assertNotIn("connectivity", iot.search_index(queryString="thingName:m2")["things"][0])
        self.peer.control("POST", "/unindexed", {"thing": "m2"})
        self.assertEqual(found("thingName:m2"), [])

    def test_the_broker_s_word(self):
        iot = self.index(**STATUS)

        def said():
            return iot.search_index(queryString='thingName:"m1"')["things"][0]["connectivity"]

        client = self.connect(iot, "m1")
        here = said()
        self.assertEqual((here["connected"], here["clientId"], here["keepAliveDuration"]), (True, "m1", 30))
        self.assertTrue(iot.search_index(queryString="connectivity.connected:true")["things"])
        gone = threading.Event()
        client.on_disconnect = lambda *_: gone.set()
        client.disconnect()
        self.assertTrue(gone.wait(10))
        # The same client id again: the broker has taken the end of the first before.
        self.connect(iot, "m2")
        left = said()
        self.assertEqual((left["connected"], left["disconnectReason"]), (False, "CLIENT_INITIATED_DISCONNECT"))
        self.assertGreaterEqual(left["timestamp"], here["timestamp"])
        self.peer.reset()
        iot = self.index(**STATUS)
        iot.create_thing(thingName="m1")
        self.assertEqual(said(), {"connected": False})
