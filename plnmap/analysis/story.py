"""The story of one tie: what passed between ego and one alter, year by year, and the posts behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from plnmap.analysis.background import Background, background
from plnmap.analysis.egos import find_person
from plnmap.analysis.own_word import notes
from plnmap.analysis.people import Network
from plnmap.errors import UnknownPerson
from plnmap.model import Evidence, Note, Person
from plnmap.store import Store

_QUARTERS: Final = """
SELECT source = $ego AS outgoing, year(day) AS year, quarter(day) AS quarter, count(*) AS days
FROM tie_days
WHERE ((source = $ego AND target = $alter) OR (source = $alter AND target = $ego))
  AND day <= $last AND n_reply + n_mention + n_quote + n_dm > 0
GROUP BY ALL ORDER BY ALL
"""

_COUNTS: Final = """
SELECT sum(n_reply)::BIGINT, sum(n_mention)::BIGINT, sum(n_quote)::BIGINT, sum(n_boost)::BIGINT,
       sum(n_favourite)::BIGINT, sum(n_dm)::BIGINT
FROM tie_days WHERE source = $source AND target = $target AND (day IS NULL OR day <= $last)
"""

_LATEST: Final = """
SELECT i.post, i.happened_at::DATE, i.kind, p.text, p.url
FROM interactions i JOIN posts p USING (post)
WHERE i.source = $ego AND i.target = $alter AND i.happened_at::DATE <= $last AND i.kind <> 'boost'
ORDER BY i.happened_at {order}, i.post {order} LIMIT 1
"""


class Quarter(NamedTuple):
    """Contact days in one quarter of a year; `days_in` is None where their side is not covered."""

    year: int
    quarter: int
    days_out: int
    days_in: int | None


class Counts(NamedTuple):
    """How often one did what towards the other."""

    reply: int
    mention: int
    quote: int
    boost: int
    favourite: int
    dm: int


class Moment(NamedTuple):
    """One post that passed between the two."""

    post: str
    day: object
    kind: str
    text: str | None
    url: str | None


class Story(NamedTuple):
    """One tie, opened.

    Attributes
    ----------
    quarters
        Every quarter from the first to the last with contact.
    counts_out, counts_in
        Acts from and to ego; `counts_in` is None where their side is not covered.
    first, last
        Ego's first and latest post to them; None where there is none.
    received, given
        Posts in which help shows, newest first, one row per post.
    credited
        Posts in which ego credits or quotes them.
    notes
        What the user wrote down about them, oldest first.
    background
        How it began, what it is about, and what each does for the other.
    """

    network: Network
    person: Person
    quarters: list[Quarter]
    counts_out: Counts
    counts_in: Counts | None
    first: Moment | None
    last: Moment | None
    received: list[Evidence]
    given: list[Evidence]
    credited: list[Evidence]
    notes: list[Note]
    background: Background


def tell(store: Store, network: Network, wanted: str) -> Story:
    """Open the tie between an ego and the person a user typed.

    Raises
    ------
    UnknownPerson
        Nobody goes by it, or ego never had to do with them.
    """
    account = find_person(store, wanted, network.ego.platform)
    person = network.person(account)
    if person is None:
        raise UnknownPerson(
            f"there is nothing between {network.ego.name} and {wanted!r} in this file",
            hint="plnmap people lists everyone there is",
        )
    ego, last = network.ego.account, network.as_of
    observed = person.days_in is not None
    mine = [row for row in network.evidence if row.account == account]
    return Story(
        network=network,
        person=person,
        quarters=_quarters(store, ego, account, last, observed),
        counts_out=_counts(store, ego, account, last),
        counts_in=_counts(store, account, ego, last) if observed else None,
        first=_moment(store, ego, account, last, "ASC"),
        last=_moment(store, ego, account, last, "DESC"),
        received=_once_per_post(row for row in mine if row.direction == "in" and row.instrument != "credit"),
        given=_once_per_post(row for row in mine if row.direction == "out"),
        credited=_once_per_post(row for row in mine if row.instrument == "credit"),
        notes=notes(store, ego, account),
        background=background(store, network, account),
    )


def _quarters(store: Store, ego: str, alter: str, last: object, observed: bool) -> list[Quarter]:
    found = {
        (year, quarter, outgoing): days
        for outgoing, year, quarter, days in store.rows(_QUARTERS, {"ego": ego, "alter": alter, "last": last})
    }
    marks = sorted(year * 4 + quarter - 1 for year, quarter, _ in found)
    if not marks:
        return []
    return [
        Quarter(
            mark // 4,
            mark % 4 + 1,
            found.get((mark // 4, mark % 4 + 1, True), 0),
            found.get((mark // 4, mark % 4 + 1, False), 0) if observed else None,
        )
        for mark in range(marks[0], marks[-1] + 1)
    ]


def _counts(store: Store, source: str, target: str, last: object) -> Counts:
    (row,) = store.rows(_COUNTS, {"source": source, "target": target, "last": last})
    return Counts(*(count or 0 for count in row))


def _moment(store: Store, ego: str, alter: str, last: object, order: str) -> Moment | None:
    rows = store.rows(_LATEST.format(order=order), {"ego": ego, "alter": alter, "last": last})
    return Moment(*rows[0]) if rows else None


def _once_per_post(rows: Iterable[Evidence]) -> list[Evidence]:
    seen: dict[str, Evidence] = {}
    for row in rows:
        seen.setdefault(row.post, row)
    return list(seen.values())
