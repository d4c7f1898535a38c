"""moto's IoT in this process: called as a WSGI application, without a socket between."""

import io
import json
import os
from urllib.parse import unquote_to_bytes, urlencode

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "false")

from moto.iot.models import iot_backends  # noqa: E402 (moto reads the setting above as it loads)
from moto.moto_server.werkzeug_app import create_backend_app  # noqa: E402

from .errors import AWSError, STATUS  # noqa: E402


class Moto:
    def __init__(self):
        self._application = create_backend_app("iot")

    def reset(self):
        for backends in list(iot_backends.values()):
            for backend in list(backends.values()):
                backend.reset()

    def call(self, account, region, method, path, query=None, body=None, headers=None):
        """The JSON of moto's answer; its errors as `AWSError`."""
        status, kind, data = self._send(
            account,
            region,
            method,
            path,
            urlencode(query or {}),
            json.dumps(body).encode() if body is not None else b"",
            headers or {},
        )
        if status >= 500:
            raise AWSError("NotImplementedHere", f"neither moto nor this peer has {method} {path}")
        value = json.loads(data) if data.strip() else {}
        if status >= 400:
            message = value.get("message") or value.get("Message") or ""
            more = {name: value[name] for name in ("resourceId", "resourceArn") if name in value}
            raise AWSError(kind or value.get("__type") or "InvalidRequestException", message, status, **more)
        return value

    def _send(self, account, region, method, path, query, body, headers):
        scope = f"moto/20200101/{region}/iot/aws4_request"
        environment = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": _wsgi(path),
            "RAW_URI": path,
            "REQUEST_URI": path,
            "QUERY_STRING": query,
            "SERVER_NAME": f"iot.{region}.amazonaws.com",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "HTTP_HOST": f"iot.{region}.amazonaws.com",
            "HTTP_X_MOTO_ACCOUNT_ID": account,
            "HTTP_AUTHORIZATION": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
        }
        for name, value in headers.items():
            environment["HTTP_" + name.upper().replace("-", "_")] = value
        said = {}

        def start(status, answered, _=None):
            said["status"] = int(status.split()[0])
            said["headers"] = {name.lower(): value for name, value in answered}

        try:
            parts = self._application(environment, start)
        except NotImplementedError as error:
            raise AWSError("NotImplementedHere", f"neither moto nor this peer has it: {error}") from None
        try:
            data = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        kind = said["headers"].get("x-amzn-errortype", "").split(":")[0]
        return said["status"], kind if kind in STATUS else None, data


def _wsgi(path):
    """A percent-encoded path as WSGI has it: decoded, each byte a character."""
    return unquote_to_bytes(path).decode("latin-1")
