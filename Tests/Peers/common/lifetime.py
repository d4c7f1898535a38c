"""How long a peer lives: from its one ready line until its standard input closes or SIGTERM comes."""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading


class Lifetime:
    """Owns the peer's directory and the moment at which everything ends."""

    def __init__(self, directory=None):
        """`directory`: one that whoever started the peer removes, which works however the peer ends."""
        self._owns_directory = directory is None
        self.directory = directory or tempfile.mkdtemp(prefix="muster-peer-")
        self._ended = threading.Event()
        self._endings = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._ended.set())

    def write(self, name, text):
        """Keeps a file that only this user may read; its path."""
        path = os.path.join(self.directory, name)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        return path

    def ends_with(self, ending):
        """Has something done when the peer ends."""
        self._endings.append(ending)

    def run(self, ready):
        """Says the ready line, waits for the end, removes the directory. Does not return."""
        print(json.dumps({"ready": True, **ready}), flush=True)
        threading.Thread(target=self._watch_input, daemon=True).start()
        self._ended.wait()
        for ending in self._endings:
            ending()
        if self._owns_directory:
            shutil.rmtree(self.directory, ignore_errors=True)
        os._exit(0)

    def _watch_input(self):
        while sys.stdin.buffer.read(4096):
            pass
        self._ended.set()
