"""Whom an ego can thank: helpers with dated examples, by person and by time of life."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Final, NamedTuple

from plnmap.analysis.help.episodes import episodes, matches_topic, posts_of, texts_of
from plnmap.analysis.own_word import events
from plnmap.analysis.people import Network
from plnmap.analysis.summary import Helped, most_help_received
from plnmap.analysis.topics.about import About, about_people
from plnmap.model import Episode, Event, Evidence, Person
from plnmap.store import Store

CREDITED_DAYS: Final = 2
"""Crediting somebody once is courtesy; from the second day on a thank-you is worth a thought."""


class Period(NamedTuple):
    """Who helped between two events of ego's own.

    Attributes
    ----------
    event
        What began the period; None for the time before the first.
    first, last
        Its days; None where it is open.
    helpers
        Whom ego thanked for help in it, and on how many days, most first.
    """

    event: Event | None
    first: date | None
    last: date | None
    helpers: list[tuple[Person, int]]


class Thanked(NamedTuple):
    """People who helped the ego in the ego's own words.

    Attributes
    ----------
    since, topic
        What the list was narrowed to.
    helpers
        By days of thanks, most first, and among equals as in a report; their evidence is newest first, one
        row per post.
    about
        Account → what their help, and the tie, is about, see `plnmap.analysis.topics.about`.
    episodes
        Post of thanks → the episode it belongs to.
    conversations
        Talks in which somebody helped ego at length, newest first.
    credited_only
        Credited or quoted with a comment on several days; no thanks to them for help were found.
    periods
        The same thanks, by the events that ego named; empty where there are none.
    """

    network: Network
    since: date | None
    topic: str | None
    helpers: list[Helped]
    about: dict[str, About]
    episodes: dict[str, Episode]
    conversations: list[Episode]
    credited_only: list[Helped]
    periods: list[Period]


def thanked(store: Store, network: Network, since: date | None = None, topic: str | None = None) -> Thanked:
    """Everyone an ego thanked for help, with the posts that say so.

    Parameters
    ----------
    store
        The PLN file of the network.
    network
        Whose helpers.
    since
        Only what was said on or after this day.
    topic
        Only help in one of whose posts (question, answer or thanks) these words stand.
    """
    rules, last = network.settings.episodes, network.as_of
    received = [
        each
        for each in (episodes(store, network.ego, last, rules) if last else [])
        if each.direction == "in" and (since is None or each.day >= since)
    ]
    by_thanks = {each.thanked_post: each for each in received if each.thanked_post}
    speaks = _about(store, network.evidence, by_thanks, topic)
    thanks: dict[str, dict[str, Evidence]] = defaultdict(dict)
    credits: dict[str, list[Evidence]] = defaultdict(list)
    for row in network.evidence:
        if not _in_time(row, since) or not (speaks is None or row.post in speaks):
            continue
        if row.direction == "in" and row.instrument == "thanks":
            thanks[row.account].setdefault(row.post, row)
        elif row.instrument == "credit":
            credits[row.account].append(row)
    people = {person.account: person for person in network.people}
    helpers = sorted(
        (Helped(people[who], list(rows.values())) for who, rows in thanks.items()), key=_most_days
    )
    credited = (
        Helped(people[who], rows)
        for who, rows in credits.items()
        if not people[who].thanked_days and len({row.day for row in rows}) >= CREDITED_DAYS
    )
    return Thanked(
        network=network,
        since=since,
        topic=topic,
        helpers=helpers,
        about={who: said for who, said in about_people(store, network).items() if who in thanks},
        episodes={post: by_thanks[post] for rows in thanks.values() for post in rows if post in by_thanks},
        conversations=[
            each
            for each in received
            if each.mentoring_conversation and (speaks is None or speaks.intersection(posts_of(each)))
        ],
        credited_only=sorted(credited, key=_most_days),
        periods=_periods(events(store, network.ego.account), helpers),
    )


def _about(
    store: Store, evidence: list[Evidence], by_thanks: dict[str, Episode], topic: str | None
) -> set[str] | None:
    """Posts that speak of a topic, themselves or in what they answer; None where all will do."""
    if topic is None:
        return None
    around = {
        row.post: [row.post, *posts_of(by_thanks[row.post])] if row.post in by_thanks else [row.post]
        for row in evidence
    }
    texts = texts_of(store, (post for posts in around.values() for post in posts))
    return {
        post
        for post, posts in around.items()
        if any(matches_topic(texts[each].text or "", topic) for each in posts if each in texts)
    }


def _periods(named: list[Event], helpers: list[Helped]) -> list[Period]:
    """Days of thanks between one event and the next."""
    if not named:
        return []
    starts: list[tuple[Event | None, date | None]] = [(None, None), *((event, event.day) for event in named)]
    ends = [event.day - timedelta(days=1) for event in named]
    periods = []
    for (event, first), last in zip(starts, [*ends, None], strict=True):
        days = [
            (helped.person, len({row.day for row in helped.evidence if _within(row.day, first, last)}))
            for helped in helpers
        ]
        days = sorted((each for each in days if each[1]), key=lambda each: (-each[1], each[0].account))
        periods.append(Period(event, first, last, days))
    return periods


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _in_time(row: Evidence, since: date | None) -> bool:
    return since is None or (row.day is not None and row.day >= since)


def _most_days(helped: Helped) -> tuple[int, tuple[float, float, str]]:
    return -len({row.day for row in helped.evidence}), most_help_received(helped.person)
