"""A network over the years: roles that came and went, whose help fell in which year, who stayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from plnmap.analysis.accounts.about_them import about_them
from plnmap.analysis.contact.contacts import load_contacts
from plnmap.analysis.derived import acts_version
from plnmap.analysis.egos import end_of_day
from plnmap.analysis.help.traces import read_traces
from plnmap.analysis.over_time.beginnings import beginnings
from plnmap.analysis.over_time.turnover import Turnover, turnover
from plnmap.analysis.over_time.windows import RolePeriod, role_periods
from plnmap.analysis.own_word import events, labels, own_word_version
from plnmap.analysis.people import SCORING_VERSION, Network
from plnmap.analysis.summary import has_role
from plnmap.model import Event, Person
from plnmap.store import Store

PERIODS_VERSION: Final = 1
"""Raised whenever the same data and settings, and the same roles, would give other periods."""

HELPING: Final = ("mentor", "mentee", "peer_mentor")
"""Roles between which a tie can turn."""

LEAST_MET: Final = 3
"""A hashtag under which fewer people were met is an accident."""

_BY_YEAR: Final = """
SELECT target, year(day) AS year, count(*) FROM tie_days
WHERE source = $ego AND day <= $last AND n_reply + n_mention + n_quote + n_dm > 0
GROUP BY ALL ORDER BY ALL
"""


class HelpByYear(NamedTuple):
    """On how many days of each year help showed between ego and somebody.

    `received` counts ego's thanks, `given` ego's offers: two instruments, never compared.
    """

    person: Person
    received: list[int]
    given: list[int]


class Turn(NamedTuple):
    """A tie in which one part gave way to another, both seen from both sides."""

    person: Person
    before: RolePeriod
    after: RolePeriod


class MetAt(NamedTuple):
    """People whose tie to ego began around a hashtag, and how many of them came to play a part."""

    tag: str
    people: list[Person]
    with_role: int
    first: date
    last: date


class Timeline(NamedTuple):
    """A network over time.

    Attributes
    ----------
    years
        From ego's first year to the last.
    helpers, helped
        People with a helping role, and their help year by year; who began first comes first.
    periods
        Stretches of time in which a role held, window by window.
    turns
        Ties that turned, such as a protégé who became a mentor.
    inner_circle
        Per year, who of the closest twenty stayed.
    met_at
        Hashtags around which ties began, the one of most people first.
    events
        Ego's own.
    """

    network: Network
    years: list[int]
    helpers: list[HelpByYear]
    helped: list[HelpByYear]
    periods: list[RolePeriod]
    turns: list[Turn]
    inner_circle: list[Turnover]
    met_at: list[MetAt]
    events: list[Event]


def timeline(store: Store, network: Network) -> Timeline:
    """What changed over the years in one ego's network.

    Parameters
    ----------
    store
        The PLN file of the network, its computed tables up to date.
    network
        Whose.
    """
    ego, last = network.ego, network.as_of
    named = events(store, ego.account)
    if last is None or ego.first is None:
        return Timeline(network, [], [], [], [], [], [], [], named)
    years = list(range(ego.first.year, last.year + 1))
    periods = periods_of(store, network)
    by_year = _help_by_year(network, years)
    return Timeline(
        network=network,
        years=years,
        helpers=_in_order([h for h in by_year if has_role(h.person, "mentor", "peer_mentor")], received=True),
        helped=_in_order([h for h in by_year if has_role(h.person, "mentee", "peer_mentor")], received=False),
        periods=periods,
        turns=turns(network.people, periods),
        inner_circle=_inner_circle(store, network, years),
        met_at=_met_at(store, network),
        events=named,
    )


def periods_of(store: Store, network: Network) -> list[RolePeriod]:
    """When somebody played which part; see `plnmap.analysis.over_time.windows`.

    Up to the ego's own last day it is remembered in the PLN file until anything changes that people rest on.
    """
    ego, last = network.ego, network.as_of
    name = f"periods {ego.account}"
    rests_on = (acts_version(store), network.settings.stamp().digest, own_word_version(store, ego.account))
    version = f"{PERIODS_VERSION} {SCORING_VERSION} {' '.join(rests_on)} {last}"
    kept: list[RolePeriod] | None = store.remembered(name, version, list[RolePeriod])
    if kept is not None:
        return kept
    contacts = load_contacts(store, ego, last)
    traces = read_traces(store, ego, contacts)
    about = about_them(store, ego, contacts, labels(store, ego.account), network.settings.brands)
    found = role_periods(traces, contacts, about, network.settings)
    if last == end_of_day(ego, None):
        with store.transaction():
            store.remember(name, version, found)
    return found


def turns(people: Sequence[Person], periods: Sequence[RolePeriod]) -> list[Turn]:
    """Ties in which one helping role followed another, both of them sure.

    Parameters
    ----------
    people
        The ego's alters.
    periods
        From `plnmap.analysis.over_time.windows.role_periods`.

    Returns
    -------
    list of Turn
        By the day on which the later role began. A role that the unseen side could overturn is left
        out: it cannot be told from the other one.
    """
    by_account: dict[str, list[RolePeriod]] = defaultdict(list)
    for period in sorted(periods, key=lambda each: (each.first_day, each.last_day, each.role)):
        if period.sure and period.role in HELPING:
            by_account[period.account].append(period)
    known = {person.account: person for person in people}
    found = [
        Turn(known[account], before, after)
        for account, held in by_account.items()
        for before, after in pairwise(held)
        if before.role != after.role and after.first_day > before.last_day
    ]
    return sorted(found, key=lambda turn: (turn.after.first_day, turn.person.account))


def _help_by_year(network: Network, years: list[int]) -> list[HelpByYear]:
    """Those with a helping role, and on how many days of each year ego's own words show help."""
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for row in network.evidence:
        own_words = "thanks" if row.direction == "in" else "offers"
        if row.day is not None and row.instrument == own_words:
            days[row.account, row.direction].add(row.day)

    def by_year(account: str, direction: str) -> list[int]:
        return [sum(day.year == year for day in days[account, direction]) for year in years]

    return [
        HelpByYear(person, by_year(person.account, "in"), by_year(person.account, "out"))
        for person in network.people
        if has_role(person, *HELPING)
    ]


def _in_order(rows: list[HelpByYear], *, received: bool) -> list[HelpByYear]:
    """Whose help began first comes first."""
    return sorted(rows, key=lambda row: _first_year(row.received if received else row.given, row.person))


def _first_year(counts: list[int], person: Person) -> tuple[int, str]:
    return next((i for i, count in enumerate(counts) if count), len(counts)), person.account


def _inner_circle(store: Store, network: Network, years: list[int]) -> list[Turnover]:
    parameters = {"ego": network.ego.account, "last": network.as_of}
    rows = store.rows(_BY_YEAR, parameters)
    place = {account: i for i, account in enumerate(sorted({account for account, _, _ in rows}))}
    days = np.zeros((len(years), max(len(place), 1)))
    for account, year, count in rows:
        if year in years:
            days[year - years[0], place[account]] = count
    return turnover(days)


def _met_at(store: Store, network: Network) -> list[MetAt]:
    people = {person.account: person for person in network.people}
    by_tag: dict[str, list[tuple[date, Person]]] = defaultdict(list)
    for account, began in beginnings(store, network.ego, network.as_of or date.max).items():
        person = people.get(account)
        if began.tag and person is not None and (person.days_out or person.days_in):
            by_tag[began.tag].append((began.day, person))
    found = [
        MetAt(
            tag,
            [person for _, person in met],
            sum(has_role(person, *HELPING, "role_model", "amplifier") for _, person in met),
            min(day for day, _ in met),
            max(day for day, _ in met),
        )
        for tag, met in by_tag.items()
        if len(met) >= LEAST_MET
    ]
    return sorted(found, key=lambda each: (-len(each.people), each.tag))
