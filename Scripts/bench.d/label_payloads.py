"""What labels of devices say: payloads in the formats of the field, all fictional, from one source of random numbers."""

import base64

SERIAL_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
BASE38 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-."
GS = "\x1d"


def digits(random, count):
    return "".join(str(d) for d in random.integers(0, 10, count))


def hexadecimal(random, count):
    return "".join("0123456789ABCDEF"[d] for d in random.integers(0, 16, count))


def pick(random, choices):
    return choices[int(random.integers(0, len(choices)))]


def serial(random):
    letters = "".join(pick(random, SERIAL_LETTERS) for _ in range(int(random.integers(1, 4))))
    return pick(random, [f"{letters}-{digits(random, 6)}", f"{letters}{digits(random, 8)}", f"SN{digits(random, 8)}"])


def mac(random):
    return "00005E00" + hexadecimal(random, 4)


def modulo_10(text):
    """The check digit of GS1: weights 3 and 1 from the right."""
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(text)))
    return str(-total % 10)


def gtin14(random):
    """Of the prefix that GS1 keeps for examples."""
    body = pick(random, "019") + "9501101" + digits(random, 5)
    return body + modulo_10(body)


def imei(random):
    body = "00101512" + digits(random, 6)
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body))]
    return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def lorawan(random):
    """LoRa Alliance TR005, with its checksum: CRC-16 with the polynomial 0x8005 reflected, from 0xFFFF."""
    text = (
        f"LW:D0:00005EEF1000{hexadecimal(random, 4)}:00005EEF10{hexadecimal(random, 6)}:000A0001"
        f":O{hexadecimal(random, 8)}:SNLS-{digits(random, 6)}"
    )
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return f"{text}:C{crc:04X}"


def matter(random):
    """Matter core specification 5.1.3: 88 bits, the lowest first, in base 38."""
    fields = [(0, 3), (0xFFF1, 16), (0x8000, 16), (0, 2), (4, 8)]
    fields += [(int(random.integers(0, 4096)), 12), (int(random.integers(1, 99999998)), 27), (0, 4)]
    value = shift = 0
    for number, bits in fields:
        value |= number << shift
        shift += bits
    data = value.to_bytes(11, "little")
    text = ""
    for start in range(0, 11, 3):
        chunk = data[start : start + 3]
        number = int.from_bytes(chunk, "little")
        for _ in range({3: 5, 2: 4, 1: 2}[len(chunk)]):
            text += BASE38[number % 38]
            number //= 38
    return "MT:" + text


def wifi(random):
    return f"WIFI:T:WPA;S:Setup-{hexadecimal(random, 4)};P:{hexadecimal(random, 10).lower()};;"


def zigbee(random):
    return f"Z:00005EEF10{hexadecimal(random, 6)}$I:{hexadecimal(random, 36)}"


def digital_link(random):
    return f"https://id.nordlicht.example/01/{gtin14(random)}/21/{serial(random)}"


def json_label(random):
    return f'{{"sn":"{serial(random)}","model":"NJG-{digits(random, 1)}","mac":"{mac(random)}"}}'


def key_value(random):
    return f"SN:{serial(random)};MODEL:NKC-{digits(random, 1)};MAC:{mac(random)}"


def vendor_url(random):
    return f"https://nordlicht.example/d?sn={serial(random)}&model=NVL-{digits(random, 2)}"


def public_key(random):
    return "DPP:C:81/1;K:" + base64.b64encode(bytes(random.integers(0, 256, 59).tolist())).decode() + ";;"


def iso15434(random):
    return f"[)>\x1e06\x1d1PNIC-{digits(random, 2)}\x1dS{serial(random)}\x1d23S{mac(random)}\x1e\x04"


def gs1(random):
    """As zint wants it, with brackets around the application identifiers."""
    tail = pick(random, ["", "", f"[10]L{digits(random, 3)}", f"[11]26{pick(random, ['01', '07', '11'])}15"])
    return f"[01]{gtin14(random)}[21]{serial(random)}{tail}"


def gs1_bytes(bracketed):
    """What a reader gives: a separator after every serial that is not the last."""
    parts = [p.partition("]") for p in bracketed.split("[")[1:]]
    text = ""
    for index, (identifier, _, value) in enumerate(parts):
        text += identifier + value
        if identifier in ("21", "10") and index < len(parts) - 1:
            text += GS
    return text


def expanded_upce(text):
    """The twelve digits for which the eight of a UPC-E stand."""
    number, d, last, check = text[0], text[1:6], text[6], text[7]
    if last in "012":
        return number + d[:2] + last + "0000" + d[2:] + check
    if last == "3":
        return number + d[:3] + "00000" + d[3:] + check
    if last == "4":
        return number + d[:4] + "00000" + d[4] + check
    return number + d + "0000" + last + check


def is_shortest(body):
    """Whether a UPC-E is written as it must be: the last digit says where the zeros are that could go."""
    last = body[6]
    return last in "012" or (body[3] > "2" if last == "3" else body[4] != "0" if last == "4" else body[5] != "0")


def retail(random, kind):
    """The digits with their check digit."""
    if kind == "upce":
        body = "0" + digits(random, 6)
        while not is_shortest(body):
            body = "0" + digits(random, 6)
        return body + modulo_10(expanded_upce(body + "0")[:11])
    body = {
        "ean13": "9501101" + digits(random, 5),
        "ean8": "950" + digits(random, 4),
        "upca": "0" + digits(random, 10),
        "itf14": "19501101" + digits(random, 5),
    }[kind]
    return body + modulo_10(body)


TEXTS = {
    "qr": [lorawan, matter, wifi, zigbee, digital_link, json_label, key_value, vendor_url, public_key],
    "microqr": [serial, serial, mac],
    "datamatrix": [serial, iso15434, key_value, mac, lorawan],
    "aztec": [vendor_url, json_label, key_value, serial],
    "pdf417": [key_value, json_label, iso15434],
    "code128": [serial, mac, imei],
    "code39": [serial, lambda random: "1P" + serial(random), lambda random: "S" + serial(random)],
}


def payload(random, symbology):
    """Returns what zint is given, what the symbol says, and all spellings of readers that count as right."""
    if symbology.startswith("gs1-"):
        given = gs1(random)
        return given, gs1_bytes(given), [gs1_bytes(given)]
    if symbology in TEXTS:
        text = pick(random, TEXTS[symbology])(random)
        return text, text, [text]
    text = retail(random, symbology)
    # An EAN reader says a UPC-A with a zero before it, and may say a UPC-E in full.
    accepted = {"upca": [text, "0" + text], "upce": [text]}.get(symbology, [text])
    if symbology == "upce":
        accepted += [expanded_upce(text), "0" + expanded_upce(text)]

    return text[:-1], text, accepted
