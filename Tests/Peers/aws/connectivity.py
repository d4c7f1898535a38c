"""`OwnConnectivity`: our own stand-in for what AWS IoT keeps of the last connection of each client.

None of it is AWS's: what the peer's broker says of connections stands in for AWS's events of a device's life. As there,
a connection is known by its client id alone; to which account it came, the broker cannot tell.
"""

import re
import secrets
import ssl
import threading
import time

import paho.mqtt.client as mqtt

CONNECTED = re.compile(r"New client connected from \S+ as (\S+) \(p\d+, c([01]), k(\d+), u'")
# How mosquitto ends what AWS names so. Source: developer guide, "Lifecycle events", reasons of a disconnection.
ENDED = [
    (re.compile(r"Client (\S+) disconnected\."), "CLIENT_INITIATED_DISCONNECT"),
    (re.compile(r"Client (\S+) closed its connection\."), "CONNECTION_LOST"),
    (re.compile(r"Client (\S+) has exceeded timeout"), "MQTT_KEEP_ALIVE_TIMEOUT"),
    (re.compile(r"Client (\S+) disconnected due to"), "CLIENT_ERROR"),
]
MARKS = "$aws/own/"


class OwnConnectivity:
    """What is known of each client, in the members of AWS's `ThingConnectivity`."""

    def __init__(self):
        self._known, self._lock = {}, threading.Lock()
        self._broker = self._client = None

    def listen(self, broker, ca):
        """Takes what a broker says from now on."""
        self._client = mqtt.Client("muster-own-connectivity")
        certificate, key = broker.identity
        self._client.tls_set(ca, certificate, key, tls_version=ssl.PROTOCOL_TLS_CLIENT)
        self._client.connect("localhost", broker.port)
        self._client.loop_start()
        self._broker = broker

    def hear(self, line):
        """A line of the broker's log."""
        if found := CONNECTED.search(line):
            session = {"cleanSession": found[2] == "1", "keepAliveDuration": int(found[3])}
            self._keep(found[1], connected=True, **session)
        else:
            for pattern, reason in ENDED:
                if found := pattern.search(line):
                    self._keep(found[1], connected=False, disconnectReason=reason)
                    break

    def _keep(self, client, **members):
        now = int(time.time() * 1000)
        with self._lock:
            self._known[client] = {**members, "timestamp": now, "clientId": client}

    def of(self, client):
        """What is known of a client, all that the broker has said by now taken in; of one that never came, that it is not
        connected and nothing else."""
        self._catch_up()
        with self._lock:
            return dict(self._known.get(client, {"connected": False}))

    def _catch_up(self):
        """A message of ours through the broker: what stands in its log before that has been heard."""
        if self._broker is not None:
            mark = MARKS + secrets.token_hex(8)
            self._client.publish(mark, qos=1)
            self._broker.sender(mark)

    def clear(self):
        with self._lock:
            self._known.clear()
