"""What the user said from memory, beside what the posts show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from plnmap.analysis.egos import DIRECTORY, screen_name
from plnmap.analysis.recall import Answer, Comparison
from plnmap.analysis.summary import name_of
from plnmap.model import Person
from plnmap.report.lines import heading
from plnmap.report.report import roles_in_words
from plnmap.report.values import number_of
from plnmap.store import Store
from plnmap.words import plain

MOST_FORGOTTEN: Final = 10
RATINGS: Final = ("not at all", "a little", "much", "a great deal")

_CALLED: Final = f"SELECT handle, display_name FROM ({DIRECTORY}) WHERE account = ?"


def called(store: Store, account: str) -> str:
    """The handle and the name of somebody, and nothing that would tell how close they are."""
    found = store.rows(_CALLED, [account])
    handle, display_name = found[0] if found else (None, None)
    name = plain(screen_name(account, handle))
    return f"{name}  {plain(display_name)}" if display_name else name


def render_comparison(found: Comparison, options: str = "") -> RenderableType:
    """Remembered, forgotten, and not visible here; suggested commands need `options` to be about the same."""
    parts: list[RenderableType] = [Text("What you recalled, and what your posts show", "bold")]
    if not found.blind:
        parts.append(Text("Said after results had been shown, at least in part: not blind.", "dim"))
    parts += _remembered(found)
    parts += _forgotten(found, options)
    parts += _not_visible(found)
    return Padding(Group(*parts), (0, 1))


def comparison_rows(found: Comparison) -> dict[str, Any]:
    """The comparison as plain values, for JSON."""
    return {
        "blind": found.blind,
        "remembered": [_row(person, answer) for person, answer in found.remembered],
        "forgotten": [_row(person, answer) for person, answer in found.forgotten],
        "not_visible": [
            {"name": name, "named": answer.named, "topics": answer.topics, "rating": answer.rating}
            for name, answer in found.not_visible
        ],
        "not_in_this_file": [{"name": name, "topic": topic} for name, topic in found.nowhere],
    }


def _row(person: Person, answer: Answer | None) -> dict[str, Any]:
    return {
        "account": person.account,
        "handle": person.handle,
        "roles": person.roles,
        "named": answer is not None and answer.named,
        "topics": answer.topics if answer else (),
        "rating": answer.rating if answer else None,
    }


def _remembered(found: Comparison) -> Iterable[RenderableType]:
    caption = number_of(len(found.remembered), "person", "people") if found.remembered else "nobody"
    yield heading("You remembered", f"{caption} of whom your posts show it, too")
    for person, answer in found.remembered:
        yield _line(name_of(person), roles_in_words(person), _said(answer))


def _forgotten(found: Comparison, options: str) -> Iterable[RenderableType]:
    if not found.forgotten:
        return
    yield heading("You forgot", "your posts show it; you did not name them")
    for person, answer in found.forgotten[:MOST_FORGOTTEN]:
        yield _line(name_of(person), roles_in_words(person), _said(answer) if answer else "")
    more = len(found.forgotten) - MOST_FORGOTTEN
    if more > 0:
        yield Text(f"  … {more:,} more: --format json lists all", "dim")
    yield Text(f"  → plnmap show {plain(name_of(found.forgotten[0][0]))}{options}", "dim")


def _not_visible(found: Comparison) -> Iterable[RenderableType]:
    if not found.not_visible and not found.nowhere:
        return
    yield heading("Not visible here", "you say so; no post in this file does")
    for name, answer in found.not_visible:
        yield _line(name, "", _said(answer))
    for name, topic in found.nowhere:
        yield _line(name, "", f"on {topic}; not in this file" if topic else "not in this file")


def _said(answer: Answer) -> str:
    said = []
    if answer.named:
        said.append("named" + (f", on {'; '.join(answer.topics)}" if answer.topics else ""))
    if answer.rating is not None:
        said.append(f"“{RATINGS[answer.rating]}” when asked")
    return ", ".join(said)


def _line(name: str, roles: str, said: str) -> RenderableType:
    line = Text("  ")
    line.append(plain(name), "cyan")
    line.append(f"  {roles}" if roles else "", "magenta")
    line.append(f"  {plain(said)}" if said else "", "dim")
    return line
