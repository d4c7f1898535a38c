"""The readers that are compared, each run on the same files: muster in one process, the others started once a file."""

import base64, json, re, shutil, subprocess, time
import xml.etree.ElementTree as Tree
from dataclasses import dataclass, field

SECONDS = 20


@dataclass
class Reads:
    """What one tool read of one picture, and how long that took."""

    texts: list = field(default_factory=list)
    # Of muster alone: reads that it marks as disputed by another reading of the same place.
    disputed: list = field(default_factory=list)
    seconds: float = 0.0


def run(command):
    """Output and seconds. A tool that crashes or does not end has read what it printed until then."""
    start = time.monotonic()
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS).stdout
    except subprocess.TimeoutExpired as expired:
        output = expired.stdout or b""
    return output, time.monotonic() - start


def zbarimg(path):
    """With ZBar's own choice of symbologies; XML keeps several symbols and control characters apart."""
    output, seconds = run(["zbarimg", "--quiet", "--nodbus", "--xml", path])
    texts = []
    try:
        root = Tree.fromstring(output.decode("utf-8", "replace")) if output else []
    except Tree.ParseError:
        root = []
    for data in root.iter("{http://zbar.sourceforge.net/2008/barcode}data") if len(root) else []:
        text = data.text or ""
        texts.append(base64.b64decode(text) if data.get("format") == "base64" else text.encode())
    return Reads(texts, seconds=seconds)


def zxing_reader(path):
    output, seconds = run(["ZXingReader", path])
    found = re.findall(rb"^Bytes: *((?:[0-9A-F]{2} ?)*)\n", output, re.MULTILINE)
    return Reads([bytes.fromhex(text.decode()) for text in found], seconds=seconds)


def dmtxread(path):
    """Stopped after a second, as it may look for minutes where there is no Data Matrix."""
    output, seconds = run(["dmtxread", "--newline", "--gs1=29", "--milliseconds=1000", path])
    return Reads([text for text in output.split(b"\n") if text], seconds=seconds)


OTHERS = {"zbarimg": zbarimg, "dmtxread": dmtxread, "ZXingReader": zxing_reader}


def installed():
    return {name: read for name, read in OTHERS.items() if shutil.which(name)}


def muster(program, paths):
    """All files in one process, and the seconds of all. The time of a picture is that from the end of the last one."""
    reads = {path: Reads() for path in paths}
    start = last = time.monotonic()
    command = [program, "scan", "--json", "--reveal", *paths]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for line in process.stdout:
        now = time.monotonic()
        found = json.loads(line)
        read = reads.get(found.get("file"))
        if read is None:
            continue
        read.seconds += now - last
        last = now
        if "bytes" not in found:
            continue
        text = base64.b64decode(found["bytes"])
        read.texts.append(text)
        if found.get("disputed"):
            read.disputed.append(text)
    process.wait()
    return reads, last - start
