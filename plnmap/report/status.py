"""What a PLN file holds, and what it can and cannot show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plnmap.analysis.ledger import FileStatus
from plnmap.report.values import number_of
from plnmap.words import plain

MARKS: Final = {"complete": "●", "partial": "◐", "hidden": "○", "none": "○"}
WAYS: Final = {"out": "by them", "in": "to them"}
STYLES: Final = {"complete": "green", "partial": "yellow", "hidden": "red", "none": "dim"}


def render_status(status: FileStatus) -> RenderableType:
    """Sources, egos and the coverage ledger."""
    parts: list[RenderableType] = [*_egos(status), *_sources(status), *_coverage(status)]
    return Padding(Group(*parts), (0, 1))


def _egos(status: FileStatus) -> Iterable[RenderableType]:
    if not status.egos:
        yield Text("Nobody's own archive is here yet: plnmap import ARCHIVE.zip", "bold")
    for ego in status.egos:
        line = Text(plain(ego["name"]), "bold cyan")
        line.append(f"  {number_of(ego['posts'], 'post')}, {_span(ego['first'], ego['last'])}")
        yield line


def _sources(status: FileStatus) -> Iterable[RenderableType]:
    if not status.sources:
        return
    yield Text("\nImported", "bold")
    for source in status.sources:
        line = Text(f"  {plain(source['name'])}", "cyan")
        line.append(f"  {source['kind']}, {number_of(source['posts'], 'post')}")
        if source["retrieved_at"]:
            line.append(f", as of {source['retrieved_at']:%Y-%m-%d} ({source['retrieved_from']})")
        if source["other_side"]:
            line.append(", other side")
        yield line
        for reason, count in source["skip_reasons"].items():
            yield Text(f"    skipped {count:,}: {plain(reason)}", "yellow")


def _coverage(status: FileStatus) -> Iterable[RenderableType]:
    accounts: dict[str, list[dict[str, Any]]] = {}
    for row in status.coverage:
        accounts.setdefault(row["name"], []).append(row)
    for name, rows in accounts.items():
        line = Text("\nWhat can be seen of ", "bold")
        line.append(plain(name), "bold cyan")
        yield line
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=1)
        for _ in range(2):
            grid.add_column(no_wrap=True)
        grid.add_column()
        for (direction, state, detail), kinds in _alike(rows).items():
            said = Text(", ".join(kinds))
            said.append(f"\n{detail}" if detail else "", "dim")
            grid.add_row("", WAYS[direction], Text(f"{MARKS[state]} {state}", STYLES[state]), said)
        yield grid


def _alike(rows: list[dict[str, Any]]) -> dict[tuple[str, str, str], list[str]]:
    """Kinds that share direction, state and detail, outgoing first, the best seen first."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    order = {state: i for i, state in enumerate(MARKS)}
    for row in sorted(rows, key=lambda row: (row["direction"] != "out", order[row["state"]], _detail(row))):
        groups.setdefault((row["direction"], row["state"], _detail(row)), []).append(row["kind"])
    return groups


def _detail(row: dict[str, Any]) -> str:
    said = []
    if row["first"] and row["last"]:
        said.append(_span(row["first"], row["last"]))
    if row["expected"] is not None and row["got"] is not None:
        said.append(f"{row['got']:,} of {row['expected']:,}")
    if row["reason"]:
        said.append(plain(row["reason"]))
    return "; ".join(said)


def _span(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return "undated"
    return f"{first:%Y-%m-%d} → {last:%Y-%m-%d}"
