"""Draws photographs of labels that do not exist, with what their symbols say: the same seed gives the same bytes.

    label_pictures.py DIRECTORY [--seed N] [--count N] [--negatives N]

COUNT pictures of each symbology, then NEGATIVES without anything to read. Beside them `expected.json`: for each picture
its conditions, and for each symbol on it the symbology, bytes (base64), accepted spellings, pixels per module, angle and
blur. Needs zint, qrencode, python3-pil, python3-numpy and fonts-dejavu-core, all from Debian.
"""

import argparse, base64, hashlib, json, multiprocessing, os
from dataclasses import asdict

import numpy
from PIL import Image

import label_camera, label_cards
from label_payloads import pick
from label_symbols import LINEAR, MATRIX

SYMBOLOGIES = MATRIX + LINEAR
# Half of the labels are held about upright. Both lists are walked at once; their lengths have no common divisor.
ANGLES = [0, 2, 45, 5, 90, 3, 30, 0, 10, 75, 1, 20, 4, 60, 0, 90]
MODULES = [2, 3, 1.5, 4, 2.5, 1.25, 1.75]
TROUBLES = ["tilt", "motion", "dark", "faint", "glare", "bend", "inverted", "tight", "overprint"]


def conditions(index, random):
    """How the picture is taken, and which one or two troubles it has; a quarter have none."""
    troubles = []
    if index % 4:
        troubles = [pick(random, TROUBLES) for _ in range(1 if random.random() < 0.6 else 2)]
    shot = label_camera.Shot(
        pixels_per_module=MODULES[index % len(MODULES)] * random.uniform(0.96, 1.04),
        angle=ANGLES[index % len(ANGLES)] + random.uniform(-1.5, 1.5),
        tilt=tuple(random.uniform(-6, 6, 2)),
        blur=random.uniform(0, 0.4) if random.random() < 0.5 else random.uniform(0, 0.2),
        exposure=random.uniform(0.7, 1.1),
        contrast=random.uniform(0.75, 1),
        noise=random.uniform(2, 5),
        quality=int(random.integers(60, 96)),
    )
    if "tilt" in troubles:
        shot.tilt = tuple(random.uniform(12, 28, 2) * random.choice([-1, 1], 2))
    if "motion" in troubles:
        shot.motion = random.uniform(0.4, 1.2)
    if "dark" in troubles:
        shot.exposure, shot.noise = random.uniform(0.2, 0.4), random.uniform(5, 10)
    if "faint" in troubles:
        shot.contrast, shot.quality = random.uniform(0.2, 0.45), int(random.integers(40, 80))
        shot.noise = min(shot.noise, 6)
    if "glare" in troubles:
        shot.glare = random.uniform(0.3, 0.9)
    if "bend" in troubles:
        shot.bend = random.uniform(20, 42)
    shot.inverted = "inverted" in troubles
    return shot, troubles


def draw(task):
    """Makes one picture; everything about it comes from the seed and its number."""
    directory, seed, number, symbology, index = task
    random = numpy.random.Generator(numpy.random.PCG64([seed, number]))
    shot, troubles = conditions(index, random)
    if symbology == "none":
        shot.pixels_per_module *= 1.2
        (card, kind), codes = label_cards.negative(random), []
        troubles = [kind] + troubles
    else:
        card, codes = label_cards.card(symbology, random, "tight" in troubles, "overprint" in troubles)
    picture, pose = label_camera.photograph(shot, card, codes, random)
    height, width = picture.shape
    tint = random.uniform(0.88, 1, 3) / 0.94
    image = Image.fromarray(picture)
    lossless = random.random() < 0.15
    if random.random() < 0.6:
        image = Image.merge("RGB", [image.point(lambda v, t=t: min(255, int(v * t))) for t in tint])
    name = f"{number:04d}-{symbology}." + ("png" if lossless else "jpg")
    image.save(os.path.join(directory, name), **({} if lossless else {"quality": shot.quality}))
    return {
        "file": name,
        "symbology": symbology,
        "width": width,
        "height": height,
        "troubles": troubles,
        "conditions": {key: rounded(value) for key, value in asdict(shot).items()},
        "codes": [
            {
                "symbology": code.symbology,
                "bytes": base64.b64encode(code.text.encode()).decode(),
                "accepted": [base64.b64encode(text.encode()).decode() for text in code.accepted],
                "pixelsPerModule": rounded(pose.pixels_per_module(code)),
                "angle": rounded(shot.angle),
                "blur": rounded(shot.blur),
            }
            for code in codes
        ],
    }


def rounded(value):
    if isinstance(value, tuple):
        return [rounded(part) for part in value]
    return value if isinstance(value, (bool, int)) else round(float(value), 3)


def make(directory, seed, count, negatives):
    """Draws all pictures, a processor each, and returns what they show, in order."""
    os.makedirs(directory, exist_ok=True)
    kinds = [(name, index) for name in SYMBOLOGIES for index in range(count)]
    kinds += [("none", index) for index in range(negatives)]
    tasks = [(directory, seed, number, name, index) for number, (name, index) in enumerate(kinds)]
    with multiprocessing.Pool(os.cpu_count()) as pool:
        pictures = pool.map(draw, tasks, chunksize=4)
    with open(os.path.join(directory, "expected.json"), "w") as file:
        json.dump({"seed": seed, "pictures": pictures}, file, indent=1)
    return pictures


def digest(directory):
    """One SHA-256 over all files, names and bytes."""
    total = hashlib.sha256()
    for name in sorted(os.listdir(directory)):
        with open(os.path.join(directory, name), "rb") as file:
            total.update(name.encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--negatives", type=int, default=30)
    options = parser.parse_args()
    make(options.directory, options.seed, options.count, options.negatives)
    print(digest(options.directory))


if __name__ == "__main__":
    main()
