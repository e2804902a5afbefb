"""What became of an ego's questions, and which episodes somebody wants to see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import Final, NamedTuple

from plnmap.analysis.egos import Ego, find_person
from plnmap.analysis.help.episodes import DEFAULT, Said, episodes, is_help, matches_topic, posts_of, texts_of
from plnmap.analysis.help.helping import OFFERS
from plnmap.analysis.ledger import contact_windows, ledger
from plnmap.analysis.people import Network
from plnmap.analysis.settings import EpisodeRules
from plnmap.analysis.status import Measure
from plnmap.errors import UnknownPerson
from plnmap.model import Episode
from plnmap.store import Store

_QUESTIONS: Final = """
SELECT count(*) FROM authored
WHERE account = $ego AND authority > 0 AND happened_at::DATE <= $last
  AND post IN (SELECT post FROM acts GROUP BY post
               HAVING bool_or(act = 'question') AND NOT bool_or(list_contains($offers, act)))
"""


class EpisodeSummary(NamedTuple):
    """What became of the questions that an ego asked, as far as it is seen.

    Attributes
    ----------
    questions
        Posts in which ego asks.
    answered
        Of those, how many an episode shows an answer to. Others may have been answered, too:
        unless all that was written to ego is in the file, nothing seen is not 0.
    acknowledged
        Episodes in which ego thanks for help, answered in sight or not.
    hours_to_answer
        Median time to the first answer seen, hours.
    helpers
        People with at least one confirmed episode or mentoring conversation towards ego.
    hardly_known
        Of those, how many ego still hardly knew the last time.
    """

    questions: Measure
    answered: Measure
    acknowledged: Measure
    hours_to_answer: Measure
    helpers: Measure
    hardly_known: Measure


class Told(NamedTuple):
    """The episodes that somebody wants to see, newest first.

    Attributes
    ----------
    summary
        About all episodes of the ego, whatever was chosen.
    chosen
        The episodes asked for.
    texts
        Post key → what it says, for their posts.
    narrowed
        Whether some were left out because others were asked for.
    """

    network: Network
    summary: EpisodeSummary
    chosen: list[Episode]
    texts: dict[str, Said]
    narrowed: bool


def tell_episodes(
    store: Store,
    network: Network,
    *,
    person: str | None = None,
    topic: str | None = None,
    direction: str | None = None,
    since: date | None = None,
) -> Told:
    """The episodes of a network with a person, on a topic, in a direction, since a day.

    Raises
    ------
    UnknownPerson
        Nobody goes by what `person` says, or ego never had to do with them.
    """
    account = None if person is None else find_person(store, person, network.ego.platform)
    if account is not None and network.person(account) is None:
        raise UnknownPerson(
            f"there is nothing between {network.ego.name} and {person!r} in this file",
            hint="plnmap people lists everyone there is",
        )
    rules = network.settings.episodes
    found = episodes(store, network.ego, network.as_of, rules) if network.as_of else []
    texts = texts_of(store, (post for each in found for post in posts_of(each)))
    chosen = choose_episodes(found, texts, account=account, topic=topic, direction=direction, since=since)
    used = {post for each in chosen for post in posts_of(each)}
    return Told(
        network=network,
        summary=summarise_episodes(store, network.ego, network.as_of, found, rules),
        chosen=chosen,
        texts={post: said for post, said in texts.items() if post in used},
        narrowed=any(option is not None for option in (person, topic, since)),
    )


def choose_episodes(
    found: Iterable[Episode],
    texts: dict[str, Said],
    *,
    account: str | None = None,
    topic: str | None = None,
    direction: str | None = None,
    since: date | None = None,
) -> list[Episode]:
    """The episodes with a person, on a topic, in a direction and since a day; None leaves none out."""
    return [
        each
        for each in found
        if (account is None or each.account == account)
        and (direction is None or each.direction == direction)
        and (since is None or each.day >= since)
        and (
            topic is None
            or any(matches_topic(texts[post].text or "", topic) for post in posts_of(each) if post in texts)
        )
    ]


def summarise_episodes(
    store: Store, ego: Ego, last: date | None, found: Iterable[Episode], rules: EpisodeRules = DEFAULT
) -> EpisodeSummary:
    """What became of the questions that an ego asked.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Who asked.
    last
        Nothing later than this UTC day; None for an ego without dated posts.
    found
        All of the ego's episodes, newest first.
    rules
        Who is hardly known, and how many answers a median takes.
    """
    received = [each for each in found if each.direction == "in"]
    hours: dict[str, float | None] = {}
    for each in received:
        if each.asked_post and each.answer_post:
            known = [time for time in (each.hours_to_answer, hours.get(each.asked_post)) if time is not None]
            hours[each.asked_post] = min(known, default=None)
    # The latest one comes last, and stays.
    helpers = {each.account: each.days_known for each in reversed(received) if is_help(each)}
    hardly_known = sum(days <= rules.hardly_known_days for days in helpers.values())
    own_side, their_side = _sides(store, ego)
    parameters = {"ego": ego.account, "last": last, "offers": list(OFFERS)}
    ((questions,),) = store.rows(_QUESTIONS, parameters)
    thanked = sum(each.thanked_by is not None for each in received)
    unseen = "what others answered is not in this file"
    return EpisodeSummary(
        questions=_count(questions, own_side, "ego's own posts are not in this file"),
        answered=_count(len(hours), their_side, unseen),
        acknowledged=_count(thanked, own_side, "ego's own posts are not in this file"),
        hours_to_answer=_middle([time for time in hours.values() if time is not None], rules.timed_answers),
        helpers=_count(len(helpers), own_side and their_side, unseen),
        hardly_known=Measure("value", float(hardly_known), n=len(helpers))
        if helpers
        else _count(0, own_side and their_side, unseen),
    )


def _sides(store: Store, ego: Ego) -> tuple[bool, bool]:
    """Whether all that ego wrote is in the file, and all that was written to ego."""
    rows = ledger(store)
    own = contact_windows(rows).get(ego.account)
    theirs = any(
        (row.account, row.kind, row.direction, row.state) == (ego.account, "reply", "in", "complete")
        for row in rows
    )
    return own is not None and own.complete, theirs


def _count(seen: int, whole: bool, unseen: str) -> Measure:
    """How many were seen; none seen is 0 only where the whole of it is in the file."""
    if seen:
        return Measure("value", float(seen), n=seen)
    return Measure("no_contact", 0.0) if whole else Measure("not_observed", reason=unseen)


def _middle(hours: list[float], needed: int) -> Measure:
    if not hours:
        return Measure("not_observed", needed=needed, reason="no answer with a time of day is seen")
    if len(hours) < needed:
        return Measure("insufficient", n=len(hours), needed=needed, reason="answers with a time of day")
    return Measure("value", median(hours), n=len(hours), needed=needed)
