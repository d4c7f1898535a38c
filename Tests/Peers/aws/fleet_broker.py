"""A mosquitto on the loopback for devices, which tells whose certificate each message came with and who is connected.

AWS knows the certificate of each connection; of mosquitto only its log tells. Every certificate of the
stand-in's issuer is let in: that AWS looks at its status and its policies, this does not show.
"""

import ctypes
import ipaddress
import os
import queue
import re
import signal
import socket
import subprocess
import threading

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from common.certificates import name, pem

BROKER = "/usr/sbin/mosquitto"
KERNEL = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
RESPONDER = "muster-own-fleet-responder"
ACCESS = f"""user {RESPONDER}
topic readwrite $aws/#
pattern write $aws/certificates/create/json
pattern read $aws/certificates/create/json/+
pattern write $aws/certificates/create-from-csr/json
pattern read $aws/certificates/create-from-csr/json/+
pattern write $aws/provisioning-templates/+/provision/json
pattern read $aws/provisioning-templates/+/provision/json/+
pattern readwrite %u/#
pattern readwrite devices/%u/#
"""
_CONNECTED = re.compile(r"New client connected from \S+ as (\S+) \(.*u'([^']*)'\)")
_PUBLISHED = re.compile(r"Received PUBLISH from (\S+) \(.*?, '(\$aws/[^']*)',")


def _end_with_the_peer():
    """A peer that is killed takes its broker with it. Source: prctl(2), PR_SET_PDEATHSIG."""
    KERNEL.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class FleetBroker:
    """`server` signs the broker's certificate; clients have one of `issuer`, under `root`. `hear` takes each line of the log."""

    def __init__(self, server, issuer, root, directory, hear):
        self._directory, self._hear = directory, hear
        self._users, self._senders, self._lock = {}, {}, threading.Lock()
        key = ec.generate_private_key(ec.SECP256R1())
        alternatives = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        certificate = server.sign(
            name("localhost"), key.public_key(), [x509.SubjectAlternativeName(alternatives), usage]
        )
        self._write("broker.pem", pem(certificate))
        self._write("broker.key", pem(key))
        self._write("clients.pem", pem(issuer.certificate) + pem(root.certificate))
        self._write("access", ACCESS)
        responder_key, responder = issuer.client(RESPONDER)
        self.identity = (
            self._write("responder.pem", pem(responder)),
            self._write("responder.key", pem(responder_key)),
        )
        self.port = self._start()

    def _write(self, file, text):
        path = os.path.join(self._directory, file)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(text)
        return path

    def _start(self):
        """A port that was free may be taken before the broker has it: it is tried again then."""
        for _ in range(5):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            settings = [
                "user root",
                f"listener {port} 127.0.0.1",
                "require_certificate true",
                "use_identity_as_username true",
                f"certfile {self._directory}/broker.pem",
                f"keyfile {self._directory}/broker.key",
                f"cafile {self._directory}/clients.pem",
                f"acl_file {self._directory}/access",
                "log_dest stderr",
                "log_type all",
            ]
            path = self._write("broker.conf", "\n".join(settings))
            self._process = subprocess.Popen(
                [BROKER, "-c", path], stderr=subprocess.PIPE, text=True, preexec_fn=_end_with_the_peer
            )
            for line in self._process.stderr:
                if " running" in line:
                    threading.Thread(target=self._read, daemon=True).start()
                    return port
            self._process.wait()
        raise RuntimeError("mosquitto does not start")

    def _read(self):
        for line in self._process.stderr:
            self._hear(line)
            if found := _CONNECTED.search(line):
                with self._lock:
                    self._users[found[1]] = found[2]
            elif found := _PUBLISHED.search(line):
                with self._lock:
                    sender = found[1], self._users.get(found[1], "")
                self._queue(found[2]).put(sender)

    def _queue(self, topic):
        with self._lock:
            return self._senders.setdefault(topic, queue.SimpleQueue())

    def sender(self, topic):
        """Client id and certificate's name of whoever sent the next message of that topic."""
        return self._queue(topic).get(timeout=10)

    def end(self):
        self._process.terminate()
        self._process.wait()
