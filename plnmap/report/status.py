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
_COLLECTED: Final = "collected:"

OTHERS_SHOWN: Final = 5
"""Of more accounts than these that nobody here owns, a table each would hide what is one's own."""

STYLES: Final = {"complete": "green", "partial": "yellow", "hidden": "red", "none": "dim"}


def render_status(status: FileStatus, again: str = "") -> RenderableType:
    """Sources, egos and the coverage ledger.

    Parameters
    ----------
    status
        What the file holds.
    again
        Options that name the same file once more, with a space before them.
    """
    parts: list[RenderableType] = [
        *_egos(status, again),
        *_sources(status),
        *_unfinished(status, again),
        *_coverage(status),
        *_not_kept(status),
    ]
    return Padding(Group(*parts), (0, 1))


def _egos(status: FileStatus, again: str) -> Iterable[RenderableType]:
    if not status.egos:
        yield Text(f"Nobody's own archive is here yet: plnmap import ARCHIVE.zip{again}", "bold")
    for ego in status.egos:
        line = Text(plain(ego["name"]), "bold cyan")
        line.append(f"  {number_of(ego['posts'], 'post')}, {_span(ego['first'], ego['last'])}")
        yield line


def _sources(status: FileStatus) -> Iterable[RenderableType]:
    if not status.sources:
        return
    collected = any(source["source"].startswith(_COLLECTED) for source in status.sources)
    yield Text("\nImported and collected" if collected else "\nImported", "bold")
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


def _unfinished(status: FileStatus, again: str) -> Iterable[RenderableType]:
    names = {source["source"].partition(":")[2]: source["name"] for source in status.sources}
    left: dict[str, dict[str, int]] = {}
    for row in status.unfinished:
        left.setdefault(row["source"], {})[row["stream"]] = row["tasks"]
    for key, streams in left.items():
        owner = key.partition(":")[2]
        platform, _, handle = owner.partition(":")
        name = (plain(names.get(owner, handle)), "bold cyan")
        if key.startswith(_COLLECTED):
            yield Text.assemble("\nStill to be collected of ", name)
            yield Text(f"  {'; '.join(_in_words(platform, streams))}")
            yield Text(f"  → plnmap collect {platform}{again}", "dim")
        else:
            yield Text.assemble("\nA refresh was stopped for ", name)
            yield Text(f"  → plnmap refresh{again}", "dim")


def _in_words(platform: str, streams: dict[str, int]) -> Iterable[str]:
    """What tasks are about, and how many there are of those about single posts or people."""
    from plnmap.sources import mastodon_streams, x_streams

    told = mastodon_streams.STREAMS if platform == "mastodon" else x_streams.STREAMS
    for name, tasks in streams.items():
        meaning = told[name].meaning if name in told else name
        yield f"{meaning} ({tasks:,})" if tasks > 1 else meaning


def _coverage(status: FileStatus) -> Iterable[RenderableType]:
    accounts: dict[str, list[dict[str, Any]]] = {}
    for row in status.coverage:
        accounts.setdefault(row["name"], []).append(row)
    owners = {ego["name"] for ego in status.egos} | {source["owner"] for source in status.sources}
    others = [name for name in accounts if name not in owners]
    for name, rows in accounts.items():
        if name in owners or len(others) <= OTHERS_SHOWN:
            yield Text.assemble("\nWhat can be seen of ", (plain(name), "bold cyan"), style="bold")
            yield _grid(_alike(rows).items())
    if len(others) > OTHERS_SHOWN:
        yield Text(f"\nWhat can be seen of {len(others):,} others", "bold")
        yield _grid(_taken_together([row for name in others for row in accounts[name]]))


def _grid(groups: Iterable[tuple[tuple[str, str, str], list[str]]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=1)
    for _ in range(2):
        grid.add_column(no_wrap=True)
    grid.add_column()
    for (direction, state, detail), kinds in groups:
        said = Text(", ".join(kinds))
        said.append(f"\n{detail}" if detail else "", "dim")
        grid.add_row("", WAYS[direction], Text(f"{MARKS[state]} {state}", STYLES[state]), said)
    return grid


def _taken_together(rows: list[dict[str, Any]]) -> Iterable[tuple[tuple[str, str, str], list[str]]]:
    """Of how many accounts which kinds are in which state, and why; windows differ, and are left out."""
    counted = [row | {"first": None, "expected": None, "reason": row["reason"].split(";")[0]} for row in rows]
    for (direction, state, reason), kinds in _alike(counted).items():
        names = dict.fromkeys(sorted(kinds))
        said = [f"{kind} of {number_of(kinds.count(kind), 'account')}" for kind in names]
        yield (direction, state, reason), said


def _not_kept(status: FileStatus) -> Iterable[RenderableType]:
    for row in status.texts_not_kept:
        by = "the rules of today" if row["up_to_date"] else "earlier rules"
        yield Text(f"\n{number_of(row['posts'], 'post')} without text: read by {by}, then let go", "dim")


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
