"""Reads the text banks beside it and turns their lines into sentences.

A line may hold alternatives, ``[either|or]``, and slots, ``{food}``, which are
filled from ``slots.txt``; a slot that stands twice in a line keeps its value,
``{food_cap}`` starts a sentence, and ``{food2}`` differs from ``{food}``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
DECKS = ("chat", "ego_posts", "ego_replies", "others_posts", "toots")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\b([Aa])? ?\{(\w+)\}|\{(\w+)\}")
_ATTEMPTS = 60
LINK = re.compile(r"https?://\S+")


class Case(NamedTuple):
    """One conversation about one concrete thing."""

    topic: str
    question: str
    answers: tuple[str, ...]
    thanks: str
    says_thanks: bool
    later: bool


def length(text: str) -> int:
    """Characters as the platform counts them: every link takes 23."""
    return len(LINK.sub("x" * 23, text))


def lines_of(name: str) -> list[str]:
    """Lines of a text bank, without comments; paragraphs stay separated by empty lines."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("# ")]


def sections(name: str) -> dict[str, list[str]]:
    """Lines of a text bank by the ``= title`` above them."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in lines_of(name):
        if line.startswith("= "):
            lines = found.setdefault(line[2:], [])
        elif line:
            lines.append(line)
    return found


def paragraphs(name: str) -> list[list[str]]:
    """Blocks of lines between empty lines."""
    return [list(block) for filled, block in groupby(lines_of(name), bool) if filled]


def cases() -> list[Case]:
    """All conversations about a concrete thing, in the order of the banks."""
    return [_case(block) for name in ("cases_teaching", "cases_computing") for block in paragraphs(name)]


def _case(block: list[str]) -> Case:
    topic, *lines = block
    by_mark = {mark: [line[2:] for line in lines if line[0] == mark] for mark in "QATUtu"}
    (question,) = by_mark["Q"]
    ((mark, thanks),) = [(mark, line) for mark in "TUtu" for line in by_mark[mark]]
    return Case(topic, question, tuple(by_mark["A"]), thanks, mark in "Tt", mark in "tu")


class Dialogue(NamedTuple):
    """Small talk on a day, as turns: who speaks (E or M) and the line."""

    day: str
    turns: list[tuple[str, str]]


def dialogues() -> list[Dialogue]:
    """All small talk of which both sides are in the sample."""
    return [Dialogue(day, [(turn[0], turn[2:]) for turn in turns]) for day, *turns in paragraphs("dialogues")]


@dataclass
class Phrases:
    """Deals lines from the banks without saying the same sentence twice while it can help it."""

    rng: random.Random
    said: set[str] = field(default_factory=set)
    decks: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the banks."""
        self.banks = {title: lines for deck in DECKS for title, lines in sections(deck).items()}
        self.slots = {title: lines[0].split(" | ") for title, lines in sections("slots").items()}

    def say(self, bank: str, finish: Callable[[str], str], limit: int, **given: str) -> str:
        """A sentence from a bank, finished (with handles, a tag) and within a limit of characters.

        Sentences come back only when a bank has no new ones, and then not to the same people.
        """
        for attempt in range(_ATTEMPTS):
            sentence = self.fill(self._deal(bank), given)
            text = finish(sentence)
            sentence = LINK.sub("", sentence)
            known = {sentence, text} if attempt < _ATTEMPTS // 2 else {text}
            if length(text) <= limit and not known & self.said:
                self.said |= {sentence, text}
                return text
        raise LookupError(f"the bank {bank!r} has run dry")

    def fill(self, line: str, given: Mapping[str, str] | None = None) -> str:
        """One reading of a line: alternatives chosen, slots filled."""
        while choice := _CHOICE.search(line):
            chosen = self.rng.choice(choice[1].split("|"))
            line = line[: choice.start()] + chosen + line[choice.end() :]
        values = dict(given or {})

        def value(match: re.Match[str]) -> str:
            name = match[2] or match[3]
            word = self._slot(name, values)
            article = match[1]
            if article is None:
                return match[0].replace("{" + name + "}", word)
            return f"{article}n {word}" if word[0] in "aeiou" else f"{article} {word}"

        return _SLOT.sub(value, line)

    def _slot(self, name: str, values: dict[str, str]) -> str:
        if name.endswith("_cap"):
            word = self._slot(name.removesuffix("_cap"), values)
            return word[0].upper() + word[1:]
        if name not in values:
            taken = set(values.values())
            values[name] = self.rng.choice([w for w in self.slots[name.rstrip("2")] if w not in taken])
        return values[name]

    def _deal(self, bank: str) -> str:
        if not self.decks.get(bank):
            self.decks[bank] = self.rng.sample(self.banks[bank], len(self.banks[bank]))
        return self.decks[bank].pop()
