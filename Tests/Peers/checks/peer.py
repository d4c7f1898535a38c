"""Starts a peer as the tests do, and talks to its control interface."""

import atexit
import json
import pathlib
import subprocess
import sys
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).parent.parent
_shared = {}


class Peer:
    def __init__(self, program, *options):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / program), *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.ready = json.loads(self.process.stdout.readline())

    @classmethod
    def shared(cls, program):
        """One for all checks, each of which begins with a reset; it ends with this process."""
        if program not in _shared:
            _shared[program] = cls(program)
            atexit.register(_shared[program].end)
        return _shared[program]

    def end(self):
        """Closes its input, which ends it; its exit code."""
        self.process.stdin.close()
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        return code

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.ready["control"] + path, data, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def fault(self, operation, fault, times=1):
        self.control("POST", "/faults", {"operation": operation, "fault": fault, "times": times})

    def requests(self):
        return self.control("GET", "/requests")["requests"]

    def reset(self):
        self.control("POST", "/reset")
