"""What changed between two lists of follows, as text and as rows."""

from __future__ import annotations

from typing import Any, Final

from plnmap.analysis.contact.changes import Changes, ListChange
from plnmap.report.lines import aligned
from plnmap.words import plain

HEADINGS: Final = {"out": "followed", "in": "followers"}
KINDS: Final = ("new", "departed", "faded")


def change_lines(told: Changes, *, names: bool, again: str = "") -> str:
    """Counts, list by list; with `names` also who they are.

    Parameters
    ----------
    told
        What `plnmap.analysis.contact.changes.changes` returned.
    names
        Whether to name people.
    again
        What a suggested command needs to be about the same file and ego.
    """
    parts = [f"Changes · {plain(told.ego.name)}"]
    rows = [_row(told, one) for one in told.lists]
    parts += ["  ".join(cells).rstrip() for cells in aligned(rows, [2, 3, 4], gap=0)]
    for one in told.lists if names else ():
        for kind in KINDS:
            who = ", ".join(sorted(plain(told.names[account]) for account in getattr(one, kind)))
            parts += [f"\n{HEADINGS[one.direction]}, {kind}:\n  {who}"] if who else []
    for direction, alone in told.alone.items():
        have = (
            f"one whole list, of {alone.taken_at:%Y-%m-%d}: nothing to compare it with"
            if alone
            else "no whole list"
        )
        parts.append(f"  {HEADINGS[direction]}: {have}")
    if told.lists and not names:
        parts.append(f"  → who they are: plnmap changes --names{again}")
    if told.alone:
        parts.append(f"  → what is complete, partial or hidden: plnmap status{again.partition(' --ego')[0]}")
    return "\n".join(parts)


def _row(told: Changes, one: ListChange) -> list[str]:
    faded = f"{len(one.faded):,} faded" if one.direction == "out" else ""
    then, now = ("?" if each.follows is None else f"{each.follows:,}" for each in (one.before, one.after))
    return [
        f"  {HEADINGS[one.direction]}",
        f"{one.before.taken_at:%Y-%m-%d} → {one.after.taken_at:%Y-%m-%d}",
        f"{then} → {now}",
        f"{len(one.new):,} new",
        f"{len(one.departed):,} departed",
        faded,
    ]


def change_rows(told: Changes, *, names: bool) -> list[dict[str, Any]]:
    """One row per list and kind of change with its count; with `names` one per person."""
    found = []
    for one in told.lists:
        for kind in KINDS:
            if kind == "faded" and one.direction == "in":
                continue
            who = getattr(one, kind)
            row = {
                "list": HEADINGS[one.direction],
                "from": one.before.taken_at,
                "to": one.after.taken_at,
                "change": kind,
            }
            people = [{"account": account, "name": told.names[account]} for account in who]
            found += [row | each for each in people] if names else [row | {"people": len(who)}]
    return found
