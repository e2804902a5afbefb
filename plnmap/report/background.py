"""What lies behind a tie, as rows and sections of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from plnmap.analysis.background import Background
from plnmap.analysis.topics.sides import Side
from plnmap.model import FunctionScore, HeldRole
from plnmap.report.lines import Columns, heading
from plnmap.report.marks import bar
from plnmap.report.report import held_in_words
from plnmap.report.timeline import phase
from plnmap.report.values import interval, number_of, talk_in_words, topics_in_words
from plnmap.words import plain

FUNCTION_WORDS: Final = {
    "coaching": ("help with knowing how", "help with knowing how"),
    "exposure": ("make you seen", "make them seen"),
    "sponsorship": ("introduce you to others", "introduce them to others"),
    "role_modelling": ("show you how it is done", "learn from you"),
    "confirmation": ("praise and encourage you", "praise and encourage them"),
    "friendship": ("talk about anything", "talk about anything"),
}
"""A function as what they do for ego, and as what ego does for them."""

_KINDS: Final = {
    "reply": "a reply",
    "mention": "a mention",
    "quote": "a quote",
    "boost": "a boost",
    "favourite": "a favourite",
}


def background_facts(found: Background) -> list[tuple[str, str]]:
    """Rows of the page: how they met, what the tie is about, its phases, and what moved out of sight."""
    return [
        ("how you met", _met(found)),
        ("about", talk_in_words(found.about)),
        ("helped you on", topics_in_words(found.about.received)),
        ("you helped on", topics_in_words(found.about.given)),
        ("phases", "\n".join(phase(each) for each in found.phases)),
        ("your posts", _side(found.wrote)),
        ("their posts", _side(found.was_written)),
        ("out of sight", _out_of_sight(found)),
    ]


def background_sections(found: Background) -> Iterable[RenderableType]:
    """Sections of the page: what each role rests on, and what each does for the other."""
    yield from _roles(found.roles)
    yield from _functions(found.functions)


def _met(found: Background) -> str:
    began = found.began
    if began is None:
        return ""
    # Who spoke before that may be unseen: a reply answers something.
    whose = "of yours" if began.outgoing else "of theirs"
    said = f"{began.day}, first seen: {_KINDS.get(began.kind, began.kind)} {whose}"
    if found.through:
        said += f"; named in a post of {plain(found.through)} shortly before"
    if began.tag:
        said += f"; around #{plain(began.tag)}"
    return said


def _side(side: Side | None) -> str:
    if side is None:
        return ""
    share = side.topical_share()
    if share.value is None:
        return f"{number_of(side.posts, 'post')} with words that can be read"
    return (
        f"{share.value:.0%} on a subject (a tag, a link, a question, advice), {1 - share.value:.0%} chat, "
        f"of {number_of(side.posts, 'post')}"
    )


def _out_of_sight(found: Background) -> str:
    moved = sum(side.moved_elsewhere for side in (found.wrote, found.was_written) if side)
    met = sum(side.met for side in (found.wrote, found.was_written) if side)
    said = [
        f"{number_of(moved, 'post')} moved the talk elsewhere (messages, mail, a call)" if moved else "",
        f"{number_of(met, 'post')} speak of meeting in person" if met > 1 else "",
        "1 post speaks of meeting in person" if met == 1 else "",
    ]
    return "\n".join(filter(None, said))


def _roles(roles: list[HeldRole]) -> Iterable[RenderableType]:
    if not roles:
        return
    yield heading("What the roles rest on", "[95 % interval]; a sample is your talks, drawn again by lot")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim")
    grid.add_column(ratio=1)
    for role in roles:
        unit = (
            role.unit
            if role.n != 1
            else re.sub(r"^(days|quick helps)\b", lambda found: found[0][:-1], role.unit)
        )
        said = f"{role.n:,} {unit}"
        if role.estimate is not None:
            said += f"; stands for about {interval(role.estimate, role.lo, role.hi, 0)}"
        if role.agreement is not None:
            said += f"; holds in {role.agreement:.0%} of samples"
        seen = role.coverage.replace("ego's", "your")
        grid.add_row(held_in_words(role), f"{said}; seen: {seen}")
    yield grid


def _functions(scores: list[FunctionScore]) -> Iterable[RenderableType]:
    shown = [score for score in scores if score.status == "value" and score.function in FUNCTION_WORDS]
    if not shown:
        return
    yield heading("What you do for each other", "0 nothing seen, 1 as much as can be")
    rows = []
    for score in sorted(shown, key=lambda each: (each.direction != "in", -(each.score or 0.0))):
        received, given = FUNCTION_WORDS[score.function]
        who, words = ("they", received) if score.direction == "in" else ("you", given)
        if score.function == "role_modelling" and score.direction == "out":
            who = "they"
        rows.append(
            [
                f"{who} {words}",
                bar(score.score, 10),
                interval(score.score, score.lo, score.hi),
                number_of(score.n, "day"),
            ]
        )
    yield Columns(rows, ("dim", "green", "", ""), right=[3], spare=[1], indent=0)
    unseen = sorted({score.function.replace("_", " ") for score in scores if score.status == "not_observed"})
    if unseen:
        yield Text(f"not observed, in one direction or both: {', '.join(unseen)}", "dim")
