"""Sentences from the bank, filled in and written as people write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import numpy as np

from plnmap.research.simulator.noise import Habits, as_typed

_BANK: Final = files("plnmap.research.simulator") / "bank"

SLOT: Final = re.compile(r"{(\w+)}")
"""A place in a sentence that is still to be filled."""

TAIL_CHANCE: Final = 0.2
"""Share of posts that end with a second, neutral sentence."""

OWN_SITE_CHANCE: Final = 0.15
"""Share of the links handed to others that lead to one's own site."""

_SITES: Final = ("", "notes.", "library.", "wiki.", "video.", "press.")
_LISTS: Final = {
    "topic": "topics", "thing": "things", "trouble": "troubles", "task": "tasks", "work": "works",
    "event": "events", "tag": "tags",
}  # fmt: skip
_STEP_FORMS: Final = {"step": 0, "stepping": 1, "did": 2}
_OF_ONES_OWN: Final = frozenset({"shared_work", "promotion"})


@cache
def templates(act: str) -> tuple[str, ...]:
    """All sentences of the bank for an act, with slots in braces.

    >>> len(templates("help_thanks")) >= 40
    True
    """
    return tuple((_BANK / f"{act}.txt").read_text(encoding="utf-8").splitlines())


@cache
def _fields() -> dict[str, dict[str, Any]]:
    return tomllib.loads((_BANK / "fields.toml").read_text(encoding="utf-8"))


def fillers(field: int, slot: str) -> list[str]:
    """What a community (an index of `FIELDS`) talks of: the words that a slot of the bank may be filled with.

    >>> "composting" in fillers(0, "topic")
    True
    """
    words: list[str] = _fields()[FIELDS[field]][_LISTS[slot]]
    return words


FIELDS: Final = ("gardening", "teaching", "data")
"""What the three communities are about; a field is given by its place in this tuple."""


class Written(NamedTuple):
    """A text, and what a reader of archives would find in it."""

    text: str
    links: list[str]
    hashtags: list[str]


class Order(NamedTuple):
    """What is to be written.

    Attributes
    ----------
    act
        File of the bank.
    field
        What the author talks about, an index of `FIELDS`.
    handle
        The author's own handle, for links to their own site.
    person
        Handle of whom the sentence names, if it names anybody.
    habits
        How the author types.
    """

    act: str
    field: int
    handle: str
    person: str
    habits: Habits


def write(orders: Sequence[Order], rng: np.random.Generator) -> list[Written]:
    """One text per order; every draw comes from `rng`, in a fixed number per order."""
    draws = rng.uniform(0, 1, (len(orders), _DRAWS))
    return [_written(order, row.tolist()) for order, row in zip(orders, draws, strict=True)]


_DRAWS: Final = 24


def _written(order: Order, draws: list[float]) -> Written:
    template = one(templates(order.act), draws[0])
    # Something to look at comes last in a post.
    if draws[1] < TAIL_CHANCE and "{link}" not in template:
        template = f"{template.rstrip('.')}. {one(templates('tail'), draws[2])}"
    links: list[str] = []
    filler = _Filler(order, draws[3:14], links)
    text = as_typed(SLOT.sub(filler, template), order.habits, draws[14:])
    return Written(text, links, [tag.lower() for tag in re.findall(r"#(\w+)", text)])


class _Filler:
    """Fills the slots of one sentence; the same slot twice gets two fillers, a step stays the same step."""

    def __init__(self, order: Order, draws: list[float], links: list[str]) -> None:
        self.order, self.draws, self.links = order, draws, links
        self.field = _fields()[FIELDS[order.field]]
        self.used = 1

    def __call__(self, slot: re.Match[str]) -> str:
        name = slot[1]
        if name == "person":
            return self.order.person
        if name in _STEP_FORMS:
            return str(one(self.field["steps"], self.draws[0])[_STEP_FORMS[name]])
        draw = self.draws[self.used % len(self.draws)]
        self.used += 1
        if name == "link":
            self.links.append(self._address(draw))
            return self.links[-1]
        return str(one(fillers(self.order.field, name), draw))

    def _address(self, draw: float) -> str:
        page = int(draw * 1e6) % 9973
        own = self.order.act in _OF_ONES_OWN or self.draws[0] < OWN_SITE_CHANCE
        site = f"{self.order.handle}.example" if own else f"{one(_SITES, draw)}{self.field['domain']}"
        return f"https://{site}/{page}"


def one(items: Sequence[Any], draw: float) -> Any:
    """The item that a number from 0 to below 1 falls on."""
    return items[int(draw * len(items))]
