"""Regular expressions as far as they tell which characters a match has.

Read are literals, classes, choices, repetitions and groups; of all else it is only known that it may take
up characters. What the patterns of a pack have in common is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

Strings = frozenset[str]


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """One of several parts."""

    branches: tuple[Parts, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Repeated:
    """A part, some times over."""

    at_least: int
    at_most: int
    part: Parts


@dataclass(frozen=True, eq=False, slots=True)
class Beside:
    """What must follow or stand before, and is only looked at."""

    part: Parts


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """What has no parts."""

    what: str


UNKNOWN: Final = Place("any characters, or none")
START: Final = Place("the beginning of the text")
END: Final = Place("the end of the text")
AFTER_SPACE: Final = Place("the beginning of the text or a place behind white space")

Part = str | Strings | Choice | Repeated | Beside | Place
"""A string is its characters, a set one of them: in lower case, and all white space is a space."""
Parts = tuple[Part, ...]

_BRACKETS: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<bracket>[()])", re.DOTALL)
_PLAIN: Final = r"[^\\\[\]().^$*+?{}|]"
_TOKEN: Final = re.compile(
    rf"(?P<text>(?:{_PLAIN}(?![*+?{{]))+|{_PLAIN})"
    r"|\\(?P<mark>[^\w\s])"
    r"|(?P<space>\\[snt])"
    r"|(?P<link>\\0)"
    r"|(?P<after_space>\(\?<!\\S\))"
    r"|(?P<group>\((?!\?)|\(\?(?:P<\w+>|[:>]))"
    r"|(?P<beside>\(\?<?=)"
    r"|(?P<not>\(\?<?!)"
    r"|(?P<bar>\|)"
    r"|(?:[*?+]|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})(?P<times>[+?]?)"
    r"|\[(?P<set>\]?(?:\\[snt0]|\\[^\w\s]|[^\]\\^-])(?:\\[snt0]|\\[^\w\s]|[^\]\\-])*-?)\]"
    r"|(?P<start>\^|\\A)"
    r"|(?P<end>\$|\\Z)"
    r"|(?P<edge>\\[bB])"
    r"|(?P<one>\\[dDSwW]|\.|\[\^?\]?(?:\\.|[^\]\\])*\])",
    re.DOTALL,
)
_MEMBER: Final = re.compile(r"(?P<space>\\[snt]|\s)|(?P<link>\\0)|\\?(?P<one>.)", re.DOTALL)
_LIKE: Final = {"space": " ", "link": "\0"}
_TIMES: Final = {"*": (0, 1 << 30), "+": (1, 1 << 30), "?": (0, 1)}


@cache
def parts(pattern: str) -> Parts:
    r"""What an expression is made of, in order, without what takes up no characters and tells nothing.

    >>> parts(r"\ba\s(?!b)tips\b")
    ('a tips',)
    """
    branches: list[list[Part | Parts]] = [[]]
    closing = _closing(pattern)
    place = 0
    while place < len(pattern):
        token = _TOKEN.match(pattern, place)
        if token is None:
            return (UNKNOWN,)
        place = token.end()
        kind = token.lastgroup
        if kind == "bar":
            branches.append([])
        elif kind == "times":
            last = branches[-1].pop()
            part = last if isinstance(last, tuple) else (last,)
            branches[-1].append(Repeated(*_times(token), part))
        elif kind in ("group", "beside", "not"):
            inside = pattern[place : closing[token.start()]]
            place += len(inside) + 1
            if kind == "group":
                branches[-1].append(parts(inside))
            elif kind == "beside":
                branches[-1].append(Beside(parts(inside)))
        elif kind != "edge":
            branches[-1].append(_alone(kind, token))
    joined = tuple(tuple(_joined(branch)) for branch in branches)
    return joined[0] if len(joined) == 1 else (Choice(joined),)


def _closing(pattern: str) -> dict[int, int]:
    """Where each bracket that opens is closed."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for token in _BRACKETS.finditer(pattern):
        if token["bracket"] == "(":
            opened.append(token.start())
        elif token["bracket"]:
            closing[opened.pop()] = token.start()
    return closing


def _times(token: re.Match[str]) -> tuple[int, int]:
    if token[0][0] in _TIMES:
        return _TIMES[token[0][0]]
    least = int(token["least"] or 0)
    return least, int(token["most"] or 1 << 30) if token["comma"] else least


def _alone(kind: str | None, token: re.Match[str]) -> Part:
    match kind:
        case "text":
            return re.sub(r"\s", " ", token["text"]).lower()
        case "mark":
            return token["mark"]
        case "space" | "link":
            return _LIKE[kind]
        case "set":
            members = _MEMBER.finditer(token["set"])
            return frozenset([_LIKE.get(one.lastgroup or "") or one["one"].lower() for one in members])
        case "start":
            return START
        case "end":
            return END
        case "after_space":
            return AFTER_SPACE
    return UNKNOWN


def _joined(branch: list[Part | Parts]) -> Iterator[Part]:
    """Without the brackets of groups, and neighbouring characters as one string."""
    text = ""
    for item in branch:
        for part in item if isinstance(item, tuple) else (item,):
            if isinstance(part, str):
                text += part
                continue
            if text:
                yield text
                text = ""
            yield part
    if text:
        yield text


@cache
def shortest(strings: Strings) -> Strings:
    """Without those that begin with another one: where that is not found, they are not either.

    >>> sorted(shortest(frozenset({"tip", "tips", "top"})))
    ['tip', 'top']
    """
    kept: list[str] = []
    for string in sorted(strings):
        if not kept or not string.startswith(kept[-1]):
            kept.append(string)
    return frozenset(kept)
