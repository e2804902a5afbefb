"""The report as one page: who helped, on what, since when, what cannot be seen, and pictures of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal, NamedTuple, get_args

from plnmap.analysis.map.table import MapRow
from plnmap.analysis.over_time.timeline import HELPING
from plnmap.analysis.overview import Overview
from plnmap.analysis.summary import has_role, name_of
from plnmap.model import Evidence, Person
from plnmap.report.own_word import event_line
from plnmap.report.pages import page
from plnmap.report.pictures.give_and_take import Instrument, give_and_take, ways_of
from plnmap.report.pictures.map import map_in_page
from plnmap.report.pictures.map_marks import LOOKS, NARROW, ROLE_NAMES, Look, drawn_role
from plnmap.report.pictures.rhythm import rhythm
from plnmap.report.pictures.roles_over_time import POST_WORDS, roles_over_time
from plnmap.report.pictures.theme import IN_PAGE
from plnmap.report.pictures.topics import topics
from plnmap.report.report import (
    PLATFORMS,
    credit_in_words,
    held_in_words,
    help_given_in_words,
    in_words,
    quiet_in_words,
    settings_in_words,
    shown_roles,
    sides_in_words,
    size_in_words,
    telling,
)
from plnmap.report.values import both_ways, excerpt, number_of, on_what, period
from plnmap.words import plain

Posts = Literal["none", "links", "text"]
"""What a page holds of the posts behind it: nothing, their days and addresses, or their words as well."""

MOST_CARDS: Final = 12
"""Helpers who are introduced one by one."""

MOST_LISTED: Final = 8
"""Names of a list that are seen at once; the rest opens."""

MOST_DRAWN: Final = 20
"""Rows of a picture; the tables beside it hold everybody."""

MOST_POSTS: Final = 20
"""Posts listed of one person: the newest say enough, and `plnmap show` has all."""

LONGEST_POST: Final = 280
"""Characters of a post."""


class PostRow(NamedTuple):
    """A post that speaks for something: its day, what happened, and as much of it as was asked for."""

    day: str
    says: str
    url: str | None
    text: str | None


class PersonRow(NamedTuple):
    """Somebody, as the page puts it.

    Attributes
    ----------
    look
        Colour and shape of their role on the map; None without a role.
    since, until
        Month of the first and last thanks for help, or year where days are not told.
    on_what
        What they helped ego with.
    their_side
        What their own posts show of the help; empty where no source shows any of it.
    quote
        The post that tells most, where posts are quoted.
    posts, more_posts
        The newest, and how many there are besides.
    """

    person: Person
    name: str
    look: Look | None
    roles: list[str]
    since: str
    until: str
    on_what: str
    their_side: str
    both_ways: str
    quote: PostRow | None
    posts: list[PostRow]
    more_posts: int


def report_page(found: Overview, *, posts: Posts = "links", shared: Sequence[str] | None = None) -> str:
    """The whole page as HTML.

    Parameters
    ----------
    found
        From `plnmap.analysis.overview.overview`; concealed where the page is to be shown.
    posts
        What it holds of the posts behind it; their words only where the owner asked for them.
    shared
        Names of those who are not pseudonymous; None for a private page.
    """
    network = found.summary.network
    rows = _Rows(
        people={row.person.account: _person_row(row, found, posts) for row in found.map.rows},
        exchanges={each: _exchanging(network.people, each) for each in get_args(Instrument)},
    )
    return page(
        "report.html.j2",
        title=f"Who {network.ego.name} learns with and from",
        context=_lists(found, rows) | _tables(found, rows) | {"posts": posts},
        charts=_charts(found, rows),
        data={"narrow": NARROW.side},
        scripts=["report.js"],
        shared=shared,
    )


class _Rows(NamedTuple):
    """Rows that lists, pictures and tables share."""

    people: dict[str, PersonRow]
    exchanges: dict[Instrument, list[Person]]

    def of(self, people: Iterable[Person]) -> list[PersonRow]:
        return [self.people[person.account] for person in people]

    def told(self, people: Iterable[Person], words: Callable[[Person], str]) -> list[tuple[str, str]]:
        """Names, each with a few words."""
        return [(self.people[person.account].name, words(person)) for person in people]


def _charts(found: Overview, rows: _Rows) -> dict[str, dict[str, Any]]:
    """Name → specification of each picture that has anything to show."""
    drawn = {
        f"give-and-take-{instrument}": give_and_take(_worth_drawing(people), instrument)
        for instrument, people in rows.exchanges.items()
        if people
    }
    if found.parts:
        drawn["roles"] = roles_over_time(found.parts[:MOST_DRAWN])
    if found.weeks:
        drawn["rhythm"] = rhythm(found.weeks, found.activity, found.timeline.events)
    if found.topics.terms:
        drawn["topics"] = topics(found.topics, {account: row.name for account, row in rows.people.items()})
    charts = {name: chart.to_dict(validate=False) for name, chart in drawn.items()}
    if found.map.rows:
        charts["map"] = map_in_page(found.map, IN_PAGE)
    return charts


def _lists(found: Overview, rows: _Rows) -> dict[str, Any]:
    """What the page says in words."""
    summary = found.summary
    helpers = rows.of(each.person for each in summary.helpers)
    roles = {drawn_role(person) for person in summary.network.people}
    return {
        "summary": summary,
        "ego": summary.network.ego,
        "platform": PLATFORMS[summary.network.ego.platform],
        "size": size_in_words(summary),
        "sides": [*sides_in_words(summary), *settings_in_words(summary)],
        "helpers": helpers[:MOST_CARDS],
        "more_helpers": len(helpers) - MOST_CARDS,
        "learned_from": rows.told(summary.learned_from, credit_in_words),
        "helped": rows.told((each.person for each in summary.helped), _given),
        "quiet": rows.told(summary.quiet, quiet_in_words),
        "legend": [(look, ROLE_NAMES[role]) for role, look in LOOKS.items() if role in roles],
        "events": [event_line(event) for event in found.timeline.events],
    }


def _tables(found: Overview, rows: _Rows) -> dict[str, Any]:
    """The table of people, and one beside each picture."""
    everybody = found.summary.network.people
    seen = rows.of(person for person in everybody if person.days_out or person.days_in or person.roles)
    return {
        "people": seen,
        "not_talked": len(everybody) - len(seen),
        "role_words": sorted({role.removesuffix("?") for row in seen for role in row.roles}),
        "played": [(part, held_in_words(part.held)) for part in found.parts],
        "exchanges": {
            instrument: [(row, ways_of(row.person, instrument)) for row in rows.of(people)]
            for instrument, people in rows.exchanges.items()
        },
        "topics": found.topics,
        "counts": {(each.account, each.term): each.posts for each in found.topics.counts},
        "weeks": found.weeks,
        "activity": found.activity,
        "names": {account: row.name for account, row in rows.people.items()},
        "has_map": bool(found.map.rows),
        "most_drawn": MOST_DRAWN,
        "most_listed": MOST_LISTED,
    }


def _person_row(row: MapRow, found: Overview, posts: Posts) -> PersonRow:
    person = row.person
    evidence = found.evidence.get(person.account, []) if posts != "none" else []
    return PersonRow(
        person=person,
        name=plain(name_of(person)),
        look=LOOKS[drawn_role(person)] if drawn_role(person) else None,
        roles=[in_words(role) for role in shown_roles(person)],
        since=f"{person.thanked_first:%b %Y}" if person.thanked_first else "",
        until=f"{person.thanked_last:%b %Y}" if person.thanked_last else "",
        on_what=on_what(row.about),
        their_side=_their_side(person),
        both_ways=both_ways(person),
        quote=_post_row(telling(evidence), posts) if evidence and posts == "text" else None,
        posts=[_post_row(row, posts) for row in evidence[:MOST_POSTS]],
        more_posts=max(len(evidence) - MOST_POSTS, 0),
    )


def _given(person: Person) -> str:
    years = period(person.given_first, person.given_last)
    return ", ".join(filter(None, (help_given_in_words(person), years)))


def _their_side(person: Person) -> str:
    seen = {"offered help on": person.offered_days, "thanked you on": person.thanked_back_days}
    return ", ".join(f"{did} {number_of(days, 'day')}" for did, days in seen.items() if days is not None)


def _post_row(row: Evidence, posts: Posts) -> PostRow:
    return PostRow(
        day=str(row.day or "no date"),
        says=POST_WORDS[row.direction, row.instrument],
        # An address is other people's text as well: only one that a browser fetches becomes a link.
        url=row.url if row.url and row.url.startswith(("https://", "http://")) else None,
        text=excerpt(row, LONGEST_POST) if posts == "text" else None,
    )


def _worth_drawing(people: Sequence[Person]) -> list[Person]:
    """Those with a helping part, where there are any: help of one day draws the same line for all."""
    helping = [person for person in people if has_role(person, *HELPING)]
    return (helping or list(people))[:MOST_DRAWN]


def _exchanging(people: Sequence[Person], instrument: Instrument) -> list[Person]:
    """Those with an estimate in either direction: most help received first, then most help given."""

    def estimates(person: Person) -> tuple[float, float]:
        received, given = (getattr(person, f"help_{way}_{instrument}") or 0.0 for way in ("in", "out"))
        return -received, -given

    return sorted((person for person in people if any(estimates(person))), key=estimates)
