"""Compares what readers say of the pictures of label_pictures.py with what is on them.

    label_reads.py MUSTER DIRECTORY

Prints a figure a line, for the function `row`: name, unit, aim, how, then the numbers, separated by tabs.

A symbol is right when one of its accepted spellings was read; a read is wrong when no symbol of its picture is spelt
that way. Separators of GS1 are left out on both sides for all readers alike, as some drop them; where muster's own
bytes differ in them, that is a row of its own.
"""

import base64, json, math, os, sys

import label_tools
from label_symbols import MATRIX


def plain(text):
    return text.replace(b"\x1d", b"")


class Comparison:
    """The symbols of all pictures, and for each tool the reads of each picture."""

    def __init__(self, directory, program):
        with open(os.path.join(directory, "expected.json")) as file:
            self.pictures = json.load(file)["pictures"]
        for picture in self.pictures:
            picture["path"] = os.path.join(directory, picture["file"])
            for code in picture["codes"]:
                code["accepted"] = [base64.b64decode(text) for text in code["accepted"]]
        paths = [picture["path"] for picture in self.pictures]
        self.reads = {}
        # Once beforehand, so that programs, libraries and pictures are in memory for all.
        label_tools.muster(program, paths[:20])
        self.reads["muster"], self.seconds = label_tools.muster(program, paths)
        for name, read in label_tools.installed().items():
            self.reads[name] = {path: read(path) for path in self.paths_for(name)}
        self.tools = list(self.reads)

    def paths_for(self, tool):
        """dmtxread takes a second for every picture without a Data Matrix: it gets those with one, and with nothing."""
        def is_for_it(picture):
            symbologies = [code["symbology"] for code in picture["codes"]]
            return tool != "dmtxread" or not symbologies or any("datamatrix" in name for name in symbologies)

        return [picture["path"] for picture in self.pictures if is_for_it(picture)]

    def texts(self, tool, picture):
        read = self.reads[tool].get(picture["path"])
        return read.texts if read else []

    def is_right(self, tool, picture, code):
        texts = [plain(text) for text in self.texts(tool, picture)]
        return any(plain(accepted) in texts for accepted in code["accepted"])

    def codes(self, wanted=lambda code: True):
        return [(p, c) for p in self.pictures for c in p["codes"] if wanted(c)]

    def right(self, tool, codes):
        return sum(self.is_right(tool, picture, code) for picture, code in codes)

    def wrong(self, tool, picture):
        """Reads that no symbol of the picture explains."""
        accepted = [plain(text) for code in picture["codes"] for text in code["accepted"]]
        return [text for text in self.texts(tool, picture) if plain(text) not in accepted]

    def share(self, tool, codes):
        return 100 * self.right(tool, codes) / len(codes)


def row(name, unit, aim, how, *numbers):
    print(name, unit, aim, how, *(f"{number:.6g}" for number in numbers), sep="\t")


def more_than(best, total):
    """One more than the best of the others, unless it has them all."""
    return f">= {math.floor(10000 * min(best + 1, total) / total) / 100:g}"


def symbologies(comparison):
    names = sorted({code["symbology"] for _, code in comparison.codes()})
    for name in names + ["all"]:
        codes = comparison.codes(lambda code: name in (code["symbology"], "all"))
        tools = [t for t in comparison.tools[1:] if t != "dmtxread" or "datamatrix" in name or name == "all"]
        others = {tool: comparison.right(tool, codes) for tool in tools}
        how = ", ".join(f"{tool} {100 * right / len(codes):.0f}" for tool, right in others.items())
        best = max(others.values(), default=0)
        aim = more_than(best, len(codes))
        row(f"{name}: right", "%", aim, f"of {len(codes)} symbols; {how} %", comparison.share("muster", codes))


def conditions(comparison):
    """Read rates of matrix and of linear symbols by size of modules and by angle."""
    steps = {
        "pixelsPerModule": [(0, 1.4), (1.4, 1.65), (1.65, 1.9), (1.9, 2.25), (2.25, 2.8), (2.8, 3.6), (3.6, 9)],
        "angle": [(-5, 6), (6, 15), (15, 25), (25, 55), (55, 80), (80, 95)],
    }
    words = {"pixelsPerModule": "px a module", "angle": "° turned"}
    for key, ranges in steps.items():
        for matrix in (True, False):
            for low, high in ranges:
                codes = comparison.codes(
                    lambda c: (c["symbology"] in MATRIX) == matrix and low <= c[key] < high
                )
                if not codes:
                    continue
                tools = [t for t in comparison.tools[1:] if matrix or t != "dmtxread"]
                others = [f"{tool} {comparison.share(tool, codes):.0f}" for tool in tools]
                kind = "matrix" if matrix else "linear"
                span = f"{max(low, 0):g} to {high:g}" if high < 9 or key == "angle" else f"from {low:g}"
                how = f"of {len(codes)}; {', '.join(others)} %"
                row(f"{kind}, {span} {words[key]}: right", "%", "-", how, comparison.share("muster", codes))


def mistakes(comparison):
    empty = [picture for picture in comparison.pictures if not picture["codes"]]
    full = [picture for picture in comparison.pictures if picture["codes"]]
    for name, pictures in (("wrong reads beside symbols", full), ("false reads without a symbol", empty)):
        counts = {tool: sum(len(comparison.wrong(tool, p)) for p in pictures) for tool in comparison.tools}
        others = ", ".join(f"{tool} {count}" for tool, count in counts.items() if tool != "muster")
        row(f"muster: {name}", "reads", "<= 0", f"on {len(pictures)} pictures; {others}", counts["muster"])
    disputed = [text for picture in comparison.pictures for text in comparison.wrong("muster", picture)
                if text in comparison.reads["muster"][picture["path"]].disputed]
    row("muster: of those, marked as disputed", "reads", "-", "said to be uncertain", len(disputed))
    exact = lost = 0
    for picture, code in comparison.codes(lambda code: b"\x1d" in code["accepted"][0]):
        if comparison.is_right("muster", picture, code):
            kept = code["accepted"][0] in comparison.texts("muster", picture)
            exact, lost = exact + kept, lost + (not kept)
    row("muster: right but for a GS1 separator", "symbols", "<= 0", f"of {exact + lost} right ones with separators", lost)


def times(comparison):
    reads = comparison.reads["muster"]
    seconds = sorted(1000 * read.seconds for read in reads.values())
    row("muster: a picture", "ms", "-", f"{len(seconds)} files in one process", *seconds)
    row("muster: a picture, 95th percentile", "ms", "-", "the same", seconds[int(0.95 * len(seconds))])
    mean = 1000 * comparison.seconds / len(reads)
    for tool in comparison.tools[1:]:
        own = [1000 * read.seconds for read in comparison.reads[tool].values()]
        row(f"{tool}: a picture", "ms", "-", f"started for each of {len(own)} files", *own)
    if "zbarimg" in comparison.reads:
        own = 1000 * sum(read.seconds for read in comparison.reads["zbarimg"].values()) / len(reads)
        how = f"{mean:.1f} of {own:.1f} ms a picture, starts included"
        row("muster of zbarimg started for each file, time", "%", "<= 100", how, 100 * mean / own)


def main():
    comparison = Comparison(sys.argv[2], sys.argv[1])
    symbologies(comparison)
    conditions(comparison)
    mistakes(comparison)
    times(comparison)


if __name__ == "__main__":
    main()
