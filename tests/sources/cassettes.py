"""Recorded answers of real servers: just enough YAML to read what vcrpy wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_SINGLE = re.compile(r"'((?:[^']|'')*)'", re.DOTALL)
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


class Recorded(NamedTuple):
    """A request and what was answered."""

    method: str
    uri: str
    status: int
    link: str | None
    body: bytes


def recorded(cassette: Path) -> Iterator[Recorded]:
    """Yield what a cassette holds."""
    for part in cassette.read_text("utf-8").split("\n- request:\n"):
        if "\n  response:\n" not in part:
            continue
        asked, answered = part.split("\n  response:\n", 1)
        link = re.search(r"^      [Ll]ink:(?:\n      - | \[)(.*)", answered, re.MULTILINE | re.DOTALL)
        body = re.search(r"\bbody:\s+\{?string: (.*)", answered, re.DOTALL)
        yield Recorded(
            _line(asked, "method"),
            _line(asked, "uri").strip("'\""),
            int(re.findall(r"\bcode: (\d+)", answered)[-1]),
            _scalar(link[1]) if link else None,
            _scalar(body[1]).encode() if body else b"",
        )


def _line(text: str, name: str) -> str:
    found = re.search(rf"^ +{name}: (.*)$", text, re.MULTILINE)
    return found[1] if found else ""


def _scalar(text: str) -> str:
    """A quoted text, or the plain one at the beginning of a line, with its folded lines joined."""
    if single := _SINGLE.match(text):
        return _joined(single[1]).replace("''", "'")
    if double := _DOUBLE.match(text):
        inside = re.sub(r"\\\n\s*", "", double[1])
        inside = _joined(inside).replace("\\ ", " ")
        inside = re.sub(r"\\x([0-9a-fA-F]{2})", r"\\u00\1", inside)
        return str(json.loads(f'"{inside}"', strict=False))
    return _joined(re.split(r"\n(?!        )", text, maxsplit=1)[0])


def _joined(text: str) -> str:
    return re.sub(r"[ \t]*\n\s*", lambda found: "\n" * (found[0].count("\n") - 1) or " ", text)
