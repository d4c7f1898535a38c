"""A small HTTP/1.1 server: connections stay open, each has a thread, TLS may ask for a client certificate."""

import io
import json
import socket
import socketserver
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl

from OpenSSL import SSL


@dataclass
class Request:
    """What a client sent. `path` and `query` are as they were on the wire; header names are lower case."""

    method: str
    path: str
    query: str
    headers: dict
    repeated: dict
    body: bytes
    chain: list = field(default_factory=list)

    @property
    def parameters(self):
        """The query's members, decoded; the last of equal names."""
        return dict(parse_qsl(self.query.replace("+", "%2B"), keep_blank_values=True))

    @property
    def host(self):
        return self.headers.get("host", "")


@dataclass
class Answer:
    """What goes back. `dropped` closes the connection without a word."""

    status: int
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    dropped: bool = False

    @staticmethod
    def json(status, value, headers=None):
        body = json.dumps(value, separators=(",", ":")).encode()
        return Answer(status, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})


DROPPED = Answer(0, dropped=True)


def answer_of(answer, faults):
    """What goes back after all: nothing when it is to be lost, half of the body when it is to be cut off."""
    if "lost" in faults:
        return DROPPED
    if "cut" in faults:
        return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.headers)
    return answer


class _Handler(BaseHTTPRequestHandler):
    """Hands each request to the server's `application` and writes its answer in one piece."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = None

    def setup(self):
        if not isinstance(self.request, SSL.Connection):
            super().setup()
            return
        self.connection = self.request
        self.rfile = io.BufferedReader(_TLSReader(self.request))
        self.wfile = _TLSWriter(self.request)

    def _serve(self):
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            self._write(Answer.json(411, {"message": "Content-Length is missing"}))
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        headers, repeated = {}, {}
        for name, value in self.headers.items():
            headers[name.lower()] = value
            repeated.setdefault(name.lower(), []).append(value)
        chain = getattr(self.server, "chain_of", lambda _: [])(self.request)
        request = Request(self.command, path, query, headers, repeated, body, chain)
        self._write(self.server.application(request))

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = do_HEAD = _serve

    def _write(self, answer):
        if answer.dropped:
            self.close_connection = True
            return
        reason = self.responses.get(answer.status, ("Unknown",))[0]
        lines = [f"HTTP/1.1 {answer.status} {reason}"]
        headers = dict(answer.headers)
        headers.setdefault("Date", self.date_time_string())
        if answer.status != 204:
            headers["Content-Length"] = str(len(answer.body))
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.wfile.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + answer.body)

    def log_message(self, *_):
        """The control interface keeps the log."""


class _TLSReader(io.RawIOBase):
    """The bytes of a TLS connection as a raw stream; its end is an end, however it came."""

    def __init__(self, connection):
        self.source = connection

    def readable(self):
        return True

    def readinto(self, buffer):
        try:
            data = self.source.recv(len(buffer))
        except (SSL.ZeroReturnError, SSL.SysCallError, SSL.Error):
            return 0
        buffer[: len(data)] = data
        return len(data)


class _TLSWriter(io.RawIOBase):
    def __init__(self, connection):
        self.target = connection

    def writable(self):
        return True

    def write(self, data):
        self.target.sendall(data)
        return len(data)


class Server(socketserver.ThreadingTCPServer):
    """Listens on a free port of the loopback and serves in a thread of its own."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, application, context=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.application = application
        self.context = context
        self.port = self.server_address[1]
        scheme, name = ("https", "localhost") if context else ("http", "127.0.0.1")
        self.url = f"{scheme}://{name}:{self.port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        if self.context is None:
            self.RequestHandlerClass(request, client_address, self)
            return
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        connection = SSL.Connection(self.context, request)
        connection.set_accept_state()
        connection.do_handshake()
        self.RequestHandlerClass(connection, client_address, self)
        connection.shutdown()

    def chain_of(self, connection):
        """The certificates that the client showed, leaf first; empty without TLS or without one."""
        if not isinstance(connection, SSL.Connection):
            return []
        leaf = connection.get_peer_certificate(as_cryptography=True)
        # On the server's side OpenSSL's chain lacks the leaf.
        rest = connection.get_peer_cert_chain(as_cryptography=True) or []
        return [leaf] + [each for each in rest if each != leaf] if leaf else []

    def handle_error(self, request, client_address):
        """A client may go at any moment, and a handshake may fail: neither is news."""
        kind = sys.exc_info()[0]
        if kind is not None and not issubclass(kind, (OSError, SSL.Error)):
            super().handle_error(request, client_address)
