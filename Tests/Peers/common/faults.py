"""Faults that a test orders, and limits on how often an operation may be called."""

import collections
import threading
import time
from dataclasses import dataclass

KINDS = ("throttle", "status", "lost", "refuse", "cut", "skew", "slow")


@dataclass
class Fault:
    """One order: `kind`, its arguments, and how often it still applies (`None`: until the reset)."""

    operation: str
    kind: str
    arguments: list
    times: int | None

    @staticmethod
    def parse(order):
        """Reads an order of the control interface; `ValueError` says what must hold."""
        kind, *arguments = str(order.get("fault", "")).split(":")
        if kind not in KINDS:
            raise ValueError(f"fault must be one of {', '.join(KINDS)}")
        if kind == "status" and not (arguments and arguments[0].isdigit()):
            raise ValueError("status must be followed by a number: status:503")
        if kind in ("skew", "slow"):
            arguments = [float(arguments[0])]
        times = order.get("times", 1)
        return Fault(order.get("operation", "*"), kind, arguments, None if times in (0, None) else int(times))

    @property
    def name(self):
        return ":".join([self.kind] + [str(argument) for argument in self.arguments])


class Faults:
    def __init__(self):
        self._lock = threading.Lock()
        self._orders = []

    def add(self, order):
        fault = Fault.parse(order)
        with self._lock:
            self._orders.append(fault)

    def clear(self):
        with self._lock:
            self._orders.clear()

    def take(self, operation, alone=False):
        """The faults for one call: the first of each kind that matches, used up by this. `alone`: not those for all."""
        taken = {}
        with self._lock:
            for fault in self._orders:
                if fault.operation not in ((operation,) if alone else ("*", operation)) or fault.kind in taken:
                    continue
                taken[fault.kind] = fault
                if fault.times is not None:
                    fault.times -= 1
            self._orders = [fault for fault in self._orders if fault.times is None or fault.times > 0]
        return taken


class Limits:
    """Sliding windows: no more than `count` calls of an operation in any `seconds`."""

    def __init__(self):
        self._lock = threading.Lock()
        self._windows = {}

    def set(self, order):
        with self._lock:
            window = (int(order["count"]), float(order["seconds"]), collections.deque())
            self._windows[order.get("operation", "*")] = window

    def clear(self):
        with self._lock:
            self._windows.clear()

    def wait(self, operation):
        """Counts one call. Seconds until it would have been let through, or `None` when it is."""
        now = time.monotonic()
        with self._lock:
            windows = [self._windows[name] for name in (operation, "*") if name in self._windows]
            waits = []
            for count, seconds, calls in windows:
                while calls and calls[0] <= now - seconds:
                    calls.popleft()
                if len(calls) >= count:
                    waits.append(calls[0] + seconds - now)
            if waits:
                return max(waits)
            for _, _, calls in windows:
                calls.append(now)
        return None
