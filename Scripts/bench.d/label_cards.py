"""Label cards before they are photographed: printed text and one to three symbols, in shades from 0 (ink) to 255 (paper)."""

from dataclasses import dataclass

import numpy
from PIL import Image, ImageDraw, ImageFont

from label_payloads import digits, payload, pick, serial
from label_symbols import LINEAR, RETAIL, drawn, quiet_zone

# Pixels of a card for one module of its first symbol. Others may be printed larger or smaller.
MODULE = 6
FONTS = ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"]
LINES = ["Made in Europe   IP67", "24 V DC   12 W", "EU868  Class A", "Input 100-240 V~ 50/60 Hz", "FCC ID 2ABCD-NLS1", "Rev. C"]
COMPANIONS = ["code128", "qr", "datamatrix", "ean13", "code128", "gs1-datamatrix"]


@dataclass
class Code:
    """One symbol on a card: what it says, and its place in pixels of the card, without quiet zone."""

    symbology: str
    text: str
    accepted: list
    module: int
    left: int
    top: int
    width: int
    height: int

    def middle(self):
        return self.left + self.width / 2, self.top + self.height / 2

    def corners(self):
        """With a little of the quiet zone, in order around the symbol."""
        edge = 2 * self.module
        left, right = self.left - edge, self.left + self.width + edge
        top, bottom = self.top - edge, self.top + self.height + edge
        return [(left, top), (right, top), (right, bottom), (left, bottom)]


def font(size, name="DejaVuSans"):
    return ImageFont.truetype(f"/usr/share/fonts/truetype/dejavu/{name}.ttf", size)


def card(symbology, random, tight, overprinted):
    """A card with that symbol first. `tight` puts a frame where the quiet zone ends too early."""
    names = [symbology]
    for chance in (0.3, 0.25):
        if random.random() < chance:
            names.append(pick(random, COMPANIONS))
    blocks = [block(name, random, index, tight and index == 0) for index, name in enumerate(names)]
    text = text_block(random)
    beside = blocks[0][0].size[0] < 420
    width, height, places = arranged([text] + [b[0] for b in blocks], beside)
    picture = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((3, 3, width - 4, height - 4), 18, outline=90, width=3)
    codes = []
    for (left, top), (image, code) in zip(places, [(text, None)] + blocks):
        picture.paste(image, (left, top))
        if code:
            code.left += left
            code.top += top
            codes.append(code)
    if overprinted:
        overprint(pen, codes[0], random)
    return numpy.asarray(picture), codes


def arranged(images, beside):
    """Size of the card and a place for each image: one below the other, the first symbol beside the text if it is small."""
    gap, margin = 26, 30
    places, top, width = [(margin, margin)], margin + images[0].size[1] + gap, images[0].size[0]
    for index, image in enumerate(images[1:]):
        if index == 0 and beside:
            places.append((margin + images[0].size[0] + gap, margin))
            width = images[0].size[0] + gap + image.size[0]
            top = margin + max(images[0].size[1], image.size[1]) + gap
        else:
            places.append((margin, top))
            top += image.size[1] + gap
            width = max(width, image.size[0])
    return width + 2 * margin, top - gap + margin, places


def text_block(random):
    picture = Image.new("L", (330, 150), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((0, 0), "NORDLICHT", 0, font(34, "DejaVuSans-Bold"))
    pen.text((0, 46), f"Model  {pick(random, ['NLS', 'NGW', 'NMB', 'NIC'])}-{digits(random, 1)}", 20, font(22))
    pen.text((0, 78), f"S/N  {serial(random)}", 20, font(22, pick(random, FONTS)))
    pen.text((0, 112), pick(random, LINES), 40, font(17))
    return picture


def block(symbology, random, index, tight):
    """A symbol with its quiet zone and, if it is linear, its text below."""
    given, text, accepted = payload(random, symbology)
    cells = drawn(symbology, given, random)
    module = MODULE if index == 0 else int(random.integers(MODULE - 1, MODULE + 3))
    quiet = max(1, quiet_zone(symbology)) * module
    rows, columns = cells.shape
    width, height = columns * module, rows * module
    below = 34 if symbology in LINEAR else 0
    picture = numpy.full((height + 2 * quiet + below, width + 2 * quiet), 255, numpy.uint8)
    picture[quiet : quiet + height, quiet : quiet + width] = numpy.where(
        numpy.kron(cells, numpy.ones((module, module), bool)), 0, 255
    )
    image = Image.fromarray(picture)
    pen = ImageDraw.Draw(image)
    if below:
        shown = " ".join([text[:1], text[1:7], text[7:]]) if symbology in RETAIL else text.replace("\x1d", " ")
        pen.text((quiet + width // 2, quiet + height + 4), shown, 0, font(24), anchor="ma")
    if tight:
        near = (2 if symbology in LINEAR else 1) * module
        box = (quiet - near, quiet - near, quiet + width + near - 1, quiet + height + near - 1)
        pen.rectangle(box, outline=60, width=2)
    return image, Code(symbology, text, accepted, module, quiet, quiet, width, height)


def overprint(pen, code, random):
    """Something stamped over the symbol: thin on a matrix, over the lower part of bars."""
    left, top = code.left, code.top
    if code.symbology in LINEAR:
        at = (left + code.width * random.uniform(0.1, 0.5), top + code.height * random.uniform(0.55, 0.7))
        pen.text(at, f"OK {digits(random, 4)}", 0, font(max(18, code.height // 4)))
    else:
        at = (left + code.width * random.uniform(0.3, 0.55), top + code.height * random.uniform(0.3, 0.55))
        pen.text(at, f"Q{digits(random, 2)}", 70, font(max(12, code.height // 9)))
        end = (left + code.width * random.uniform(0.6, 1), top + code.height * random.uniform(0.6, 1))
        pen.line((*at, *end), 120, 3)


def negative(random):
    """A card without a symbol that could be read, though it may look like one. Returns the card and what it is."""
    kind = pick(random, ["text", "grating", "keys", "cropped", "bars", "squares"])
    picture = Image.new("L", (700, 420), 255)
    pen = ImageDraw.Draw(picture)
    if kind == "text":
        for row in range(14):
            words = " ".join(serial(random) for _ in range(5))
            pen.text((20, 12 + 29 * row), words, 0, font(int(random.integers(14, 24)), pick(random, FONTS)))
    elif kind == "grating":
        step = int(random.integers(5, 14))
        for x in range(30, 670, 2 * step):
            pen.rectangle((x, 40, x + step - 1, 380), 0)
    elif kind == "keys":
        size = int(random.integers(34, 60))
        for x in range(20, 660, size + 8):
            for y in range(20, 380, size + 8):
                pen.rounded_rectangle((x, y, x + size, y + size), 6, 30)
                pen.text((x + 8, y + 4), pick(random, "QWERTYUIOPASDFGHJKLZXCVBNM1234567890"), 230, font(20))
    elif kind == "cropped":
        image, code = block(pick(random, LINEAR), random, 0, False)
        # The end of the bars is not on the card, with or without something dark where it would be.
        kept = image.crop((0, 0, code.left + int(code.width * random.uniform(0.4, 0.85)), image.size[1]))
        width = min(kept.size[0], 690)
        picture = picture.crop((0, 0, width, 420))
        picture.paste(kept.crop((kept.size[0] - width, 0, kept.size[0], kept.size[1])), (0, 40))
    elif kind == "bars":
        x = 30
        while x < 660:
            bar, space = int(random.integers(4, 22)), int(random.integers(4, 22))
            pen.rectangle((x, 60, x + bar, 340), 0)
            x += bar + space
    else:
        cell = int(random.integers(6, 14))
        noise = random.integers(0, 2, (360 // cell, 640 // cell)) * 255
        picture.paste(Image.fromarray(numpy.kron(noise, numpy.ones((cell, cell))).astype(numpy.uint8)), (30, 30))
    return numpy.asarray(picture), kind
