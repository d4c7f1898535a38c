"""Drives a full-screen program in a pseudo terminal of 80 by 24 and prints one figure a line.

    screen.py paint RUNS PROGRAM…          ms from the start to the first painted screen
    screen.py ready RUNS TEXT PROGRAM…     ms from the start until TEXT was painted
    screen.py keys RUNS KEY FIRST PROGRAM… ms at the 95th percentile from a key to the first byte of its frame, then bytes a key
    screen.py scans RUNS COUNT PROGRAM…    ms at the 95th percentile from a scan's last byte until "is saved" was painted
    screen.py idle SECONDS PROGRAM…        percent of one processor while nothing happens

FIRST are keys pressed before measuring, joined; `\\r` is Return. What is painted is looked for in the bytes that are sent.
"""
import fcntl, os, pty, select, signal, struct, sys, termios, time


class Screen:
    def __init__(self, program):
        self.started = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execvp(program[0], program)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""

    def read(self, seconds):
        """What came within the time; empty when nothing did."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            raise SystemExit("the program has ended")
        self.seen += data
        return data

    def until(self, text, seconds=60):
        deadline = time.monotonic() + seconds
        while text.encode() not in self.seen:
            if time.monotonic() > deadline:
                raise SystemExit(f"'{text}' was not painted")
            self.read(0.05)

    def settle(self, quiet=0.4, most=5):
        deadline = time.monotonic() + most
        while self.read(quiet) and time.monotonic() < deadline:
            pass

    def press(self, keys):
        os.write(self.fd, keys.encode())

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        try:
            while os.read(self.fd, 1 << 16):
                pass
        except OSError:
            pass
        os.waitpid(self.pid, 0)


def milliseconds(since):
    return (time.monotonic() - since) * 1000


def percentile(figures, share):
    figures = sorted(figures)
    return figures[min(len(figures) - 1, int(len(figures) * share))]


def paint(runs, program):
    for _ in range(runs):
        screen = Screen(program)
        while len(screen.seen) < 300:
            screen.read(1)
        print(f"{milliseconds(screen.started):.2f}")
        screen.end()


def ready(runs, text, program):
    for _ in range(runs):
        screen = Screen(program)
        screen.until(text)
        print(f"{milliseconds(screen.started):.2f}")
        screen.end()


def keys(runs, key, first, program):
    for _ in range(runs):
        screen = Screen(program)
        screen.settle()
        for character in first:
            screen.press(character)
            screen.settle()
        times, sizes = [], []
        for number in range(100):
            since = time.monotonic()
            screen.press(key)
            size = len(screen.read(2))
            times.append(milliseconds(since))
            while data := screen.read(0.03):
                size += len(data)
            sizes.append(size)
        print(f"{percentile(times, 0.95):.2f} {sum(sizes) / len(sizes):.1f}")
        screen.end()


def scans(runs, count, program):
    number = 0
    for _ in range(runs):
        screen = Screen(program)
        screen.settle()
        for character in "2\r":
            screen.press(character)
            screen.settle()
        times = []
        for _ in range(count):
            number += 1
            screen.seen = b""
            since = time.monotonic()
            screen.press(f"BENCH-{os.getpid()}-{number:05d}\r")
            screen.until("is saved")
            times.append(milliseconds(since))
            screen.settle(0.1)
        print(f"{percentile(times, 0.95):.2f}")
        screen.end()


def idle(seconds, program):
    screen = Screen(program)
    screen.settle(2)

    def used():
        with open(f"/proc/{screen.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before, since = used(), time.monotonic()
    while time.monotonic() - since < seconds:
        screen.read(0.5)
    print(f"{100 * (used() - before) / (time.monotonic() - since):.3f}")
    screen.end()


def main():
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "paint":
        paint(int(rest[0]), rest[1:])
    elif what == "ready":
        ready(int(rest[0]), rest[1], rest[2:])
    elif what == "keys":
        keys(int(rest[0]), rest[1].encode().decode("unicode_escape"), rest[2].encode().decode("unicode_escape"), rest[3:])
    elif what == "scans":
        scans(int(rest[0]), int(rest[1]), rest[2:])
    elif what == "idle":
        idle(float(rest[0]), rest[1:])


main()
