"""All that is held about somebody, section by section."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from plnmap.analysis.held.holdings import Holdings
from plnmap.report.values import shorten
from plnmap.words import plain

HEADINGS: Final = {
    "accounts": "Accounts, and handles that stand for them",
    "handles": "Handles",
    "profiles": "Names and self-descriptions, by source",
    "posts_by_them": "Posts by them",
    "acts_towards_them": "What others did towards them",
    "acts_of_theirs": "What they did towards others",
    "named_in": "Further posts that name them",
    "reactions": "Favourites and boosts",
    "follows": "Follows",
    "direct_messages": "Direct messages, counted",
    "found_in_their_posts": "What the rules found in their posts",
    "days_of_contact": "Days of contact",
    "coverage": "What the sources cover of them",
    "sources": "Archives of theirs",
    "collecting": "What was, or is to be, collected of them",
    "answers": "Answers of the platform about them, as they came",
    "lists": "Lists of follows of theirs",
    "labels": "Your labels",
    "notes": "Your notes",
    "links": "Links",
    "recalled": "What you recalled of them",
    "events": "Their own events",
}
WIDEST: Final = 160


def render_holdings(found: Holdings, most: int) -> RenderableType:
    """Every section with its number of rows, and the first of them.

    Parameters
    ----------
    found
        What `plnmap.analysis.held.holdings.all_held` returned.
    most
        Rows shown of each section.
    """
    title = Text("All that this file holds about ", "bold")
    title.append(plain(found.name), "bold cyan")
    parts: list[RenderableType] = [title]
    for name, rows in found.sections.items():
        line = Text(f"\n{HEADINGS[name]}", "bold")
        line.append(f"  {len(rows):,}" if rows else "  none", "dim")
        parts.append(line)
        parts += [Text(f"  {_line(row)}") for row in rows[:most]]
        if len(rows) > most:
            parts.append(Text(f"  … {len(rows) - most:,} more: --format json lists all", "dim"))
    empty = Text("\nScores, roles and topics are computed from this, and kept only until it changes.", "dim")
    return Padding(Group(*parts, empty), (0, 1))


def _line(row: dict[str, Any]) -> str:
    return shorten(" · ".join(_cell(value) for value in row.values() if value is not None), 0, WIDEST)


def _cell(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return plain(str(value))
