"""What a purge would take away, before it does."""

from __future__ import annotations

from plnmap.analysis.held.holdings import Holdings
from plnmap.report.holdings import HEADINGS
from plnmap.words import plain


def what_goes(found: Holdings) -> str:
    """The sections in which something is held about somebody, with how many rows.

    Parameters
    ----------
    found
        What `plnmap.analysis.held.holdings.all_held` returned.
    """
    lines = [f"{len(rows):>9,}  {HEADINGS[name]}" for name, rows in found.sections.items() if rows]
    return "\n".join([f"held about {plain(found.name)}:", *lines])
