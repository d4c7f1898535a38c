"""Symbols as arrays, one cell a module, true where it is dark; drawn by zint and qrencode."""

import io, subprocess

import numpy
from PIL import Image

from label_payloads import modulo_10

LINEAR = ["code128", "code39", "ean13", "ean8", "upca", "upce", "itf14", "gs1-128"]
MATRIX = ["qr", "microqr", "datamatrix", "gs1-datamatrix", "aztec", "pdf417"]
RETAIL = ["ean13", "ean8", "upca", "upce"]

ZINT = {
    "microqr": ["MICROQR"],
    "datamatrix": ["DATAMATRIX", "--square"],
    "gs1-datamatrix": ["DATAMATRIX", "--square", "--gs1"],
    "aztec": ["AZTEC"],
    "pdf417": ["PDF417", "--cols=4"],
    "code128": ["CODE128"],
    "code39": ["CODE39"],
    "ean13": ["EANX"],
    "ean8": ["EANX"],
    "upca": ["UPCA"],
    "upce": ["UPCE"],
    "itf14": ["ITF14"],
    "gs1-128": ["GS1_128"],
}
# Modules that must be free at every side, as the standards of the symbologies want it.
QUIET = {"qr": 4, "microqr": 2, "datamatrix": 1, "gs1-datamatrix": 1, "aztec": 0, "pdf417": 2}
LINEAR_QUIET = 10


def quiet_zone(symbology):
    return QUIET.get(symbology, LINEAR_QUIET)


def drawn(symbology, given, random):
    """The modules of one symbol; linear ones are about a fifth to a half as high as they are wide."""
    if symbology == "qr":
        level = "LMQH"[int(random.integers(0, 4))]
        return modules(["qrencode", "--size=1", "--margin=0", f"--level={level}", "--output=-", given])
    height = int(random.integers(24, 50))
    command = ["zint", "--direct", "--filetype=PNG", "--scale=0.5", "--notext"]
    if symbology in LINEAR:
        command.append(f"--height={height}")
    name, *options = ZINT[symbology]
    # The frame of an ITF-14 has the quiet zones inside; every other one is printed without a frame.
    framed = symbology == "itf14" and random.random() < 0.5
    if symbology == "itf14" and not framed:
        name, given = "C25INTER", given + modulo_10(given)
    command.append("--quietzones" if framed else "--noquietzones")
    if symbology == "datamatrix" and random.random() < 0.2:
        options = []
    if not symbology.startswith("gs1-"):
        options.append("--binary")
    return modules([*command, f"--barcode={name}", *options, f"--data={given}"])


def modules(command):
    done = subprocess.run(command, capture_output=True)
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"{command[0]} drew nothing: {done.stderr.decode().strip()}\n{command}")
    return numpy.asarray(Image.open(io.BytesIO(done.stdout)).convert("RGBA").convert("L")) < 128
