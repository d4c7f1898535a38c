"""The photograph of a card: where it lies, how it is lit, and what lens, sensor and file make of it."""

from dataclasses import dataclass

import numpy
from PIL import Image

SIZES = [(640, 480), (800, 600), (1024, 768), (1280, 720), (1280, 960)]
EDGE = 14
# Each pixel is the mean of so many by so many points.
POINTS = 3


@dataclass
class Shot:
    """What one picture is taken with. Lengths in modules of the first symbol, angles in degrees."""

    pixels_per_module: float
    angle: float
    tilt: tuple = (0.0, 0.0)
    bend: float = 0.0
    blur: float = 0.0
    motion: float = 0.0
    exposure: float = 1.0
    contrast: float = 1.0
    glare: float = 0.0
    noise: float = 2.0
    inverted: bool = False
    quality: int = 85


class Pose:
    """The way from pixels of the card to pixels of the picture and back."""

    def __init__(self, shot, card_size, around, half_width, scale):
        x, y = numpy.radians(shot.tilt)
        z = numpy.radians(shot.angle)
        turn_x = numpy.array([[1, 0, 0], [0, numpy.cos(x), -numpy.sin(x)], [0, numpy.sin(x), numpy.cos(x)]])
        turn_y = numpy.array([[numpy.cos(y), 0, numpy.sin(y)], [0, 1, 0], [-numpy.sin(y), 0, numpy.cos(y)]])
        turn_z = numpy.array([[numpy.cos(z), -numpy.sin(z), 0], [numpy.sin(z), numpy.cos(z), 0], [0, 0, 1]])
        turn = turn_z @ turn_y @ turn_x
        far = 2.5 * max(card_size) * scale
        # The card lies in the plane z = 0 around its first symbol, the lens at a distance on the axis.
        flat = turn[:, :2] * scale
        self.matrix = numpy.array(
            [[far * flat[0, 0], far * flat[0, 1], 0], [far * flat[1, 0], far * flat[1, 1], 0], [*flat[2], far]]
        )
        self.around = around
        # Around a cylinder that stands upright on the card.
        self.radius = half_width / numpy.radians(shot.bend) if shot.bend else None

    def moved(self, x, y):
        """Afterwards what lay at the middle of the first symbol lies at that place of the picture."""
        self.matrix = numpy.array([[1, 0, x], [0, 1, y], [0, 0, 1]]) @ self.matrix

    def pixel(self, x, y):
        x, y = x - self.around[0], y - self.around[1]
        if self.radius:
            x = self.radius * numpy.sin(numpy.clip(x / self.radius, -1.4, 1.4))
        u, v, w = self.matrix @ (x, y, 1)
        return u / w, v / w

    def on_card(self, u, v):
        """For arrays of pixels; off the card where the card cannot be seen."""
        inverse = numpy.linalg.inv(self.matrix)
        w = inverse[2, 0] * u + inverse[2, 1] * v + inverse[2, 2]
        x = (inverse[0, 0] * u + inverse[0, 1] * v + inverse[0, 2]) / w
        y = (inverse[1, 0] * u + inverse[1, 1] * v + inverse[1, 2]) / w
        if self.radius:
            sine = x / self.radius
            x = numpy.where(abs(sine) < 0.98, self.radius * numpy.arcsin(numpy.clip(sine, -1, 1)), -1e6)
        return x + self.around[0], y + self.around[1]

    def pixels_per_module(self, code):
        """The size of a module in the middle of a symbol: the side of a square of the same area."""
        x, y = code.middle()
        step = code.module
        (u, v), (u1, v1), (u2, v2) = self.pixel(x, y), self.pixel(x + step, y), self.pixel(x, y + step)
        return float(abs((u1 - u) * (v2 - v) - (u2 - u) * (v1 - v)) ** 0.5)


def posed(shot, card, codes, random):
    """A pose and a picture size that show all symbols; the wished size of modules shrinks if they do not fit."""
    size = card.shape[1], card.shape[0]
    around = codes[0].middle() if codes else (size[0] / 2, size[1] / 2)
    half = max([abs(c[0] - around[0]) for code in codes for c in code.corners()] or [size[0] / 2])
    wished = shot.pixels_per_module
    while True:
        scale = wished / (codes[0].module if codes else 6)
        pose = Pose(shot, size, around, half, scale)
        if codes:
            pose = Pose(shot, size, around, half, scale * wished / pose.pixels_per_module(codes[0]))
        shown = [c for code in codes for c in code.corners()] or [(0, 0), (size[0], 0), size, (0, size[1])]
        pixels = numpy.array([pose.pixel(*c) for c in shown])
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        fitting = [s for s in SIZES if numpy.all(high - low + 2 * EDGE <= s)]
        if fitting:
            break
        wished *= 0.93
    width, height = fitting[int(len(fitting) * random.random() ** 2)]
    room = numpy.array([width, height]) - 2 * EDGE - (high - low)
    pose.moved(*(EDGE - low + room * random.uniform(0.1, 0.9, 2)))
    return pose, (width, height)


def photograph(shot, card, codes, random):
    """Returns the picture, as an array of bytes, and its pose."""
    pose, (width, height) = posed(shot, card, codes, random)
    half = 0.42 * shot.contrast
    shades = (0.5 - half + 2 * half * card / 255.0).astype(numpy.float32)
    if shot.inverted:
        shades = 1 - shades
    picture = seen(shades, pose, desk(width, height, random))
    module = pose.pixels_per_module(codes[0]) if codes else shot.pixels_per_module
    picture = lit(picture, shot, codes, pose, random)
    picture = blurred(picture, shot.blur * module)
    picture = moved(picture, shot.motion * module, random.uniform(0, 180))
    picture += random.normal(0, shot.noise, picture.shape)
    return numpy.clip(numpy.rint(picture), 0, 255).astype(numpy.uint8), pose


def desk(width, height, random):
    """Shades of what the card lies on: a grain, drawn out sideways."""
    low, high = sorted(random.uniform(0.1, 0.7, 2))
    grain = Image.fromarray(random.integers(0, 256, (height // 4, width // 30), dtype=numpy.uint8))
    grain = numpy.asarray(grain.resize((width, height), Image.BICUBIC), numpy.float32) / 255
    return (low + (high - low) * grain).astype(numpy.float32)


def seen(shades, pose, behind):
    height, width = behind.shape
    total = numpy.zeros((height, width), numpy.float32)
    rows, columns = shades.shape
    v, u = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
    for point in range(POINTS * POINTS):
        across, down = (point % POINTS + 0.5) / POINTS, (point // POINTS + 0.5) / POINTS
        x, y = pose.on_card(u + across, v + down)
        # Behind the horizon there is no place on the card.
        x, y = (numpy.floor(numpy.nan_to_num(at, nan=-1).clip(-1, 1e6)).astype(numpy.int32) for at in (x, y))
        on = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
        total += numpy.where(on, shades[numpy.clip(y, 0, rows - 1), numpy.clip(x, 0, columns - 1)], behind)
    return total / (POINTS * POINTS)


def lit(picture, shot, codes, pose, random):
    """Light from one side, and perhaps a lamp that shines back from beside the first symbol."""
    height, width = picture.shape
    v, u = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
    direction = random.uniform(0, 2 * numpy.pi)
    slope = 0.25 * ((u / width - 0.5) * numpy.cos(direction) + (v / height - 0.5) * numpy.sin(direction))
    picture = 255 * shot.exposure * picture * (1 + slope)
    if shot.glare and codes:
        corners = numpy.array([pose.pixel(*c) for c in codes[0].corners()])
        size = numpy.ptp(corners, axis=0).max()
        x, y = corners.mean(axis=0) + size * random.uniform(-0.45, 0.45, 2)
        radius = size * random.uniform(0.12, 0.3)
        picture = picture + shot.glare * 255 * numpy.exp(-((u - x) ** 2 + (v - y) ** 2) / (2 * radius**2))
    return numpy.minimum(picture, 255)


def blurred(picture, sigma):
    if sigma < 0.1:
        return picture
    reach = max(1, int(3 * sigma + 0.5))
    weights = numpy.exp(-(numpy.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
    weights /= weights.sum()
    for axis in (0, 1):
        padded = numpy.pad(picture, [(reach, reach) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        length = picture.shape[axis]
        picture = sum(
            w * numpy.take(padded, range(i, i + length), axis=axis) for i, w in enumerate(weights.tolist())
        )
    return picture


def moved(picture, length, direction):
    """The mean of the picture along a short way, to a quarter of a pixel."""
    if length < 0.3:
        return picture
    image = Image.fromarray(picture.astype(numpy.float32))
    x, y = numpy.cos(numpy.radians(direction)), numpy.sin(numpy.radians(direction))
    steps = max(3, int(4 * length))
    total = numpy.zeros(picture.shape, numpy.float32)
    for step in numpy.linspace(-length / 2, length / 2, steps):
        shifted = image.transform(image.size, Image.AFFINE, (1, 0, step * x, 0, 1, step * y), Image.BILINEAR)
        total += numpy.asarray(shifted)
    return total / steps
