"""Whether replies between the three owners are found, and the right way round."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.archives import imported, three
from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import plnmap

Reply = tuple[str, str, str]
"""Post, who answers, who is answered; handles in lower case."""


def measure(place: Place) -> list[Figure]:
    """Rows of the independent list that an export of the three archives holds."""
    what = "replies between the owners of archives a, b, c found in the right direction"
    if place.archives is None:
        return [skipped(what, "all")]
    file = imported(three(place.archives), place.folder / "replies.duckdb")
    plnmap("export", "--pln", file, "-o", place.folder / "replies", "-q")
    wanted = expected(place.archives / "cross_owner_replies_abc.csv")
    found = wanted & exported(place.folder / "replies" / "interactions.csv")
    return [figure(what, "all", f"{len(found):,} of {len(wanted):,}", found == wanted)]


def expected(path: Path) -> set[Reply]:
    """The replies that somebody else found in the same archives."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["reply_id"], row["replier"].lower(), row["parent_author"].lower())
            for row in csv.DictReader(file)
        }


def exported(path: Path) -> set[Reply]:
    """All replies of an export."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["post_id"], row["source_handle"].lower(), row["target_handle"].lower())
            for row in csv.DictReader(file)
            if row["kind"] == "reply"
        }
