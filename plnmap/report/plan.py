"""What a collection is going to take, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plnmap.sources.live import PlanRow
from plnmap.words import plain


def total(rows: Sequence[PlanRow]) -> PlanRow:
    """All rows in one. Parts share the platform's limits, so that their minutes add up.

    >>> total([PlanRow("posts", 2, 0.5, 1.0, 5, 0), PlanRow("follows", 1, 0.5, 0.5, 0, 2)])
    PlanRow(part='in all', requests=3, minutes=1.0, dollars=1.5, owned_reads=5, other_reads=2)
    """
    return PlanRow(
        "in all",
        sum(row.requests for row in rows),
        sum(row.minutes for row in rows),
        sum(row.dollars for row in rows),
        sum(row.owned_reads for row in rows),
        sum(row.other_reads for row in rows),
    )


def render_plan(
    name: str, rows: Sequence[PlanRow], prices_read_on: date | None, spent: float
) -> RenderableType:
    """Requests, minutes and dollars, by part and in all.

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
    """
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    heads = ["", "requests", "minutes"]
    if prices_read_on:
        heads += ["own reads", "other reads", "dollars"]
    for _ in heads[1:]:
        grid.add_column(justify="right")
    grid.add_row(*(Text(head, "dim") for head in heads))
    for row in [*rows, total(rows)]:
        style = "bold" if row.part == "in all" else ""
        cells = [row.part, f"{row.requests:,}", _minutes(row.minutes)]
        if prices_read_on:
            cells += [f"{row.owned_reads:,}", f"{row.other_reads:,}", f"{row.dollars:,.2f}"]
        grid.add_row(*(Text(cell, style) for cell in cells))
    lines: list[RenderableType] = [
        Text.assemble("Collecting ", (plain(name), "bold cyan")),
        Padding(grid, (0, 2)),
    ]
    if prices_read_on:
        lines.append(Text(f"X bills reads; prices as of {prices_read_on}.", "dim"))
        if spent:
            lines.append(Text(f"Spent so far: ${spent:,.2f}.", "dim"))
    return Group(*lines)


def _minutes(minutes: float) -> str:
    return "< 1" if 0 < minutes < 1 else f"{minutes:,.0f}"
