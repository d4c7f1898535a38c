"""The little of IoT Hub's query language that whole lists and simple conditions need."""

import re

from .errors import CloudError

_CONDITION = re.compile(r"""([A-Za-z][\w.$]*)\s*(=|!=|<>)\s*('(?:[^'])*'|-?\d+|true|false)""", re.IGNORECASE)


def _value(text):
    if text.startswith("'"):
        return text[1:-1]
    return {"true": True, "false": False}.get(text.lower(), int(text) if text.lstrip("-").isdigit() else text)


def conditions(text):
    """`SELECT * FROM devices [WHERE path = value [AND …]]` as tests of a twin; anything else is refused."""
    form = re.fullmatch(r"\s*select\s+\*\s+from\s+devices(?:\s+where\s+(.+?))?\s*", text, re.IGNORECASE)
    if not form:
        raise CloudError(400, 400004, "the query must be SELECT * FROM devices [WHERE a = b [AND …]]")
    tests = []
    for part in re.split(r"\s+and\s+", form[1], flags=re.IGNORECASE) if form[1] else []:
        found = _CONDITION.fullmatch(part.strip())
        if not found:
            raise CloudError(400, 400004, f"the condition is not known here: {part}")
        tests.append((found[1].split("."), found[2] == "=", _value(found[3])))
    return tests


def matches(twin, tests):
    for path, is_equal, wanted in tests:
        value = twin
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if (value == wanted) != is_equal:
            return False
    return True
