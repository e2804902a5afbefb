"""What a collection is going to take, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plnmap.sources.live import PlanRow
from plnmap.words import plain

GUESS: Final = "~ is a guess: nobody counts that beforehand; at most is what to go by."


def total(rows: Sequence[PlanRow]) -> PlanRow:
    """All rows in one. Parts share the platform's limits, so that their minutes add up.

    >>> rows = [PlanRow("posts", 2, 0.5, 1.0, 5, 0, 3, 2.0), PlanRow("follows", 1, 0.5, 0.5, 0, 2, 1, 0.5)]
    >>> total(rows)  # doctest: +NORMALIZE_WHITESPACE
    PlanRow(part='in all', requests=3, minutes=1.0, dollars=1.5, owned_reads=5, other_reads=2,
            most_requests=4, most_dollars=2.5, guess=False)
    """
    bounds = [row.most_requests for row in rows]
    return PlanRow(
        "in all",
        sum(row.requests for row in rows),
        sum(row.minutes for row in rows),
        sum(row.dollars for row in rows),
        sum(row.owned_reads for row in rows),
        sum(row.other_reads for row in rows),
        None if None in bounds else sum(filter(None, bounds)),
        sum(row.most_dollars for row in rows),
        any(row.guess for row in rows),
    )


def render_plan(
    name: str, rows: Sequence[PlanRow], prices_read_on: date | None, spent: float, later: Sequence[str] = ()
) -> RenderableType:
    """Requests, minutes and dollars, by part and in all: what is to be expected, and at most.

    Parameters
    ----------
    name
        The account.
    rows
        By part.
    prices_read_on
        The date of the table of prices; None where nothing is billed.
    spent
        What was spent on this account before, US dollars.
    later
        What is not in the plan yet, sentence by sentence.
    """
    lines: list[RenderableType] = [
        Text.assemble("Collecting ", (plain(name), "bold cyan")),
        Padding(_grid(rows, billed=prices_read_on is not None), (0, 0, 0, 2)),
    ]
    if prices_read_on:
        lines.append(Text(f"X bills reads; prices as of {prices_read_on}.", "dim"))
        if spent:
            lines.append(Text(f"Spent so far: ${spent:,.2f}.", "dim"))
    if any(row.guess for row in rows):
        lines.append(Text(GUESS, "dim"))
    lines += [Text(sentence, "dim") for sentence in later]
    return Group(*lines)


def _grid(rows: Sequence[PlanRow], *, billed: bool) -> Table:
    heads = ["", "requests\n(at most)", "minutes"]
    if billed:
        heads += ["own\nreads", "other\nreads", "dollars\n(at most)"]
    lines = []
    for row in [*rows, total(rows)]:
        most = "?" if row.most_requests is None else f"{row.most_requests:,}"
        cells = [row.part, f"{row.requests:,} ({most})", _minutes(row.minutes)]
        if billed:
            cells += [f"{row.owned_reads:,}", f"{row.other_reads:,}"]
            cells.append(f"{row.dollars:,.2f} ({row.most_dollars:,.2f})")
        if row.guess:
            # What it comes to at last: dollars, or else requests.
            place = 5 if billed else 1
            cells[place] = f"~{cells[place]}"
        lines.append(cells)
    grid = Table.grid(padding=(0, 1 if billed else 2, 0, 0))
    for place, head in enumerate(heads):
        # However narrow the screen, numbers are never cut short.
        widest = max(len(cells[place]) for cells in lines) if place else None
        grid.add_column(justify="right" if head else "left", min_width=widest)
    grid.add_row(*(Text(head, "dim") for head in heads))
    for cells in lines:
        grid.add_row(*(Text(cell, "bold" if cells[0] == "in all" else "") for cell in cells))
    return grid


def _minutes(minutes: float) -> str:
    return "< 1" if 0 < minutes < 1 else f"{minutes:,.0f}"
