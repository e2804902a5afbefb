"""All tables that a page about one network is made of."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from plnmap.analysis.map.table import MapTable, map_table
from plnmap.analysis.over_time.activity import Activity, phases_of_activity
from plnmap.analysis.over_time.rhythm import Week, posts_by_week
from plnmap.analysis.over_time.timeline import Timeline, timeline
from plnmap.analysis.people import Network
from plnmap.analysis.roles.parts import Part, parts
from plnmap.analysis.summary import Summary, summarise
from plnmap.analysis.topics.by_person import TopicsByPerson, topics_by_person
from plnmap.analysis.who_is_who import who_wrote_what
from plnmap.model import Evidence
from plnmap.store import Store

MOST_WITH_TOPICS: Final = 24
"""People in the picture of topics: more rows than fit a screen are looked up, not looked at."""


class Overview(NamedTuple):
    """One network, from all sides.

    Attributes
    ----------
    summary
        Who helped, who is helped, and what is unseen.
    timeline
        The same over the years.
    parts
        Who played which part, from when to when.
    map
        Where everybody stands, and what each tie is about.
    weeks, activity
        Ego's posts, week by week, and the phases in which they were about as many.
    topics
        With whom which subject came up: of those with a part first, then of those most in touch.
    evidence
        Account → the posts that speak for help or credit, newest first, one row per post.
    """

    summary: Summary
    timeline: Timeline
    parts: list[Part]
    map: MapTable
    weeks: list[Week]
    activity: list[Activity]
    topics: TopicsByPerson
    evidence: dict[str, list[Evidence]]


def overview(store: Store, network: Network) -> Overview:
    """Look at a network from all sides.

    Parameters
    ----------
    store
        The PLN file of the network, its computed tables up to date.
    network
        Whose; see `plnmap.analysis.people.map_people`.

    Returns
    -------
    Overview
        Empty tables for an ego without dated posts.
    """
    ego, last = network.ego, network.as_of
    with who_wrote_what(store):
        summary = summarise(store, network)
        placed = map_table(store, network)
        about = {row.person.account: [topic.term for topic in row.about.tie] for row in placed.rows}
        with_topics = {account: about[account] for account in _telling_people(summary) if about[account]}
        told = timeline(store, network)
        weeks = posts_by_week(store, ego, last) if last else []
        return Overview(
            summary=summary,
            timeline=told,
            parts=parts(network.people, network.held_roles, told.periods, network.evidence),
            map=placed,
            weeks=weeks,
            activity=phases_of_activity(weeks),
            topics=topics_by_person(store, ego, last or date.max, with_topics),
            evidence=_by_person(network.evidence),
        )


def _telling_people(summary: Summary) -> list[str]:
    """Those with a part, then those most in touch."""
    people = [each.person for each in (*summary.helpers, *summary.helped)] + summary.learned_from
    people += [each.person for each in summary.in_touch]
    return list(dict.fromkeys(person.account for person in people))[:MOST_WITH_TOPICS]


def _by_person(rows: list[Evidence]) -> dict[str, list[Evidence]]:
    """Of several marks in one post the first stands for it."""
    posts: dict[str, dict[str, Evidence]] = {}
    for row in rows:
        posts.setdefault(row.account, {}).setdefault(row.post, row)
    return {
        account: sorted(found.values(), key=lambda row: (row.day or date.min, row.post), reverse=True)
        for account, found in posts.items()
    }
