"""All that the map shows of one ego's network: a row and a place per person, and the sectors."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from plnmap.analysis.contact.communities import LEAST_SEEN, communities
from plnmap.analysis.egos import Ego
from plnmap.analysis.ledger import contact_windows, ledger
from plnmap.analysis.map.layout import MOST_SUBJECTS, layout, sectors_by_subject
from plnmap.analysis.over_time.time_windows import windows
from plnmap.analysis.people import Network
from plnmap.analysis.summary import name_of
from plnmap.analysis.topics.about import UNCLEAR, About, about_people
from plnmap.analysis.topics.terms import DOCUMENTS, sensitive_pattern
from plnmap.model import Person
from plnmap.store import Store

_TAGS: Final = f"""
WITH {DOCUMENTS}, tagged AS (
    SELECT account, '#' || lower(unnest(p.hashtags)) AS tag FROM documents JOIN posts p USING (post)
)
SELECT account, tag FROM tagged WHERE NOT regexp_matches(tag, $sensitive)
GROUP BY account, tag ORDER BY account, count(*) DESC, tag
"""

_AMONG_ALTERS: Final = """
SELECT source, target, sum(weight_units)::DOUBLE FROM tie_days
WHERE source <> $ego AND target <> $ego AND weight_units > 0 AND day <= $last
  AND list_contains($people, source) AND list_contains($people, target)
GROUP BY ALL
"""

_CONTACT: Final = """
WITH spans AS (
    SELECT unnest($firsts) AS first, unnest($lasts) AS last, unnest(range(len($firsts))) AS number
), contact AS (
    SELECT DISTINCT CASE WHEN source = $ego THEN target ELSE source END AS account, day FROM tie_days
    WHERE $ego IN (source, target) AND n_reply + n_mention + n_quote + n_dm > 0
)
SELECT account, number, count(*) FROM contact JOIN spans ON day BETWEEN first AND last
GROUP BY ALL ORDER BY ALL
"""


class Sector(NamedTuple):
    """One part of the map: what those in it share, or the person it has formed around; "" for the rest."""

    term: str
    start: float
    """Degrees clockwise from the top."""
    stop: float
    people: int


class Stretch(NamedTuple):
    """One window of time between ego and somebody: days of contact, and days on which ego thanked them."""

    window: int
    contact_days: int
    thanked_days: int | None


class MapRow(NamedTuple):
    """One person on the map.

    Attributes
    ----------
    x, y
        Place, in the unit of the outermost circle; ego is at (0, 0).
    sector
        Number of the sector.
    about
        What the tie is about, and the help in it.
    stretches
        Windows with contact.
    """

    person: Person
    x: float
    y: float
    sector: int
    about: About
    stretches: list[Stretch]


class MapTable(NamedTuple):
    """The map of one ego's network.

    Attributes
    ----------
    scale
        What strength is: index or probability.
    rows
        Strongest first.
    sectors
        Clockwise; the last one is for those who belong to none.
    divided_by
        community, or topic where groups cannot be observed or chance decides over them.
    windows
        First and last day of each window of time, in order.
    """

    ego: Ego
    as_of: date | None
    scale: str
    rows: list[MapRow]
    sectors: list[Sector]
    divided_by: str
    windows: list[tuple[date, date]]


def map_table(store: Store, network: Network, *, by_year: bool = False) -> MapTable:
    """Everything the map shows, from an ego's network.

    Parameters
    ----------
    store
        The PLN file of the network, its computed tables up to date.
    network
        Whose; an empty one gives no rows.
    by_year
        Whether the windows are calendar years: for a map to be shown, on which no shorter time is told.
    """
    ego, last = network.ego, network.as_of
    if last is None:
        return MapTable(ego, last, network.scale, [], [], "topic", [])
    about = about_people(store, network)
    terms, member, divided_by = _sectors(store, network, last, _subjects(store, network, last, about))
    people = network.people
    sector = [member.get(person.account, len(terms)) for person in people]
    strength = [np.nan if p.strength is None or p.strength_status != "value" else p.strength for p in people]
    placed = layout([p.account for p in people], strength, sector, len(terms) + 1)
    spans = _spans(network, by_year=by_year)
    stretches = _stretches(store, network, spans)
    rows = [
        MapRow(
            person,
            round(float(placed.x[i]), 4),
            round(float(placed.y[i]), 4),
            sector[i],
            about.get(person.account, UNCLEAR),
            stretches.get(person.account, []),
        )
        for i, person in enumerate(people)
    ]
    sizes = Counter(sector)
    angles = zip(placed.starts.tolist(), placed.stops.tolist(), strict=True)
    sectors = [
        Sector(term, start, stop, sizes[number])
        for number, (term, (start, stop)) in enumerate(zip([*terms, ""], angles, strict=True))
    ]
    return MapTable(ego, last, network.scale, rows, sectors, divided_by, spans)


def _subjects(store: Store, network: Network, last: date, about: dict[str, About]) -> dict[str, list[str]]:
    """What sets each tie apart, and then its hashtags, which it may share with many."""
    subjects = defaultdict(list, {account: [topic.term for topic in a.tie] for account, a in about.items()})
    parameters = {"ego": network.ego.account, "last": last, "sensitive": sensitive_pattern()}
    for account, tag in store.rows(_TAGS, parameters):
        subjects[account].append(tag)
    return {account: list(dict.fromkeys(words)) for account, words in subjects.items()}


def _sectors(
    store: Store, network: Network, last: date, subjects: dict[str, list[str]]
) -> tuple[list[str], dict[str, int], str]:
    """Names of the sectors, who belongs to which, and what divides them."""
    accounts = [person.account for person in network.people]
    seen = contact_windows(ledger(store)).keys() & set(accounts)
    if len(seen) < LEAST_SEEN:
        return *sectors_by_subject(subjects), "topic"
    ties = store.rows(_AMONG_ALTERS, {"ego": network.ego.account, "last": last, "people": accounts})
    groups = communities(ties, len(seen))
    if not groups.members or not groups.is_stable:
        return *sectors_by_subject(subjects), "topic"
    member = {account: number - 1 for account, number in groups.members.items() if number <= MOST_SUBJECTS}
    strongest: dict[int, str] = {}
    for person in network.people:
        strongest.setdefault(member.get(person.account, -1), name_of(person))
    return [f"around {strongest[number]}" for number in sorted(set(member.values()))], member, "community"


def _spans(network: Network, *, by_year: bool) -> list[tuple[date, date]]:
    first, last = network.ego.first, network.as_of
    if first is None or last is None or first.date() >= last:
        return []
    if by_year:
        return [
            (max(first.date(), date(year, 1, 1)), min(last, date(year, 12, 31)))
            for year in range(first.year, last.year + 1)
        ]
    found = windows(first.toordinal(), last.toordinal(), network.settings)
    return [
        (date.fromordinal(int(one)), date.fromordinal(int(other)))
        for one, other in zip(found.first, found.last, strict=True)
    ]


def _stretches(store: Store, network: Network, spans: list[tuple[date, date]]) -> dict[str, list[Stretch]]:
    if not spans:
        return {}
    parameters = {
        "ego": network.ego.account,
        "firsts": [first for first, _ in spans],
        "lasts": [last for _, last in spans],
    }
    thanked = _thanked(network, spans)
    observed = {person.account for person in network.people if person.thanked_days is not None}
    found: dict[str, list[Stretch]] = defaultdict(list)
    for account, number, days in store.rows(_CONTACT, parameters):
        thanks = thanked[account, number] if account in observed else None
        found[account].append(Stretch(number, days, thanks))
    return found


def _thanked(network: Network, spans: list[tuple[date, date]]) -> Counter[tuple[str, int]]:
    """On how many days of each window ego thanked somebody for help."""
    days = {
        (row.account, row.day)
        for row in network.evidence
        if row.direction == "in" and row.instrument == "thanks" and row.day is not None
    }
    return Counter(
        (account, number)
        for account, day in days
        for number, (first, last) in enumerate(spans)
        if first <= day <= last
    )
