"""Threads of posts for tests of help episodes.

What each post does is said, so that no wording stands between a test and its rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from plnmap.analysis.derived import derive_ties
from plnmap.analysis.egos import Ego, choose_ego
from plnmap.analysis.help.episodes import episodes
from plnmap.analysis.settings import EpisodeRules
from plnmap.model import Act, Episode, Post, Reaction, table
from plnmap.store import Store, as_arrow
from tests.records import covered, in_memory, post, put, source

EGO, ADA, BO = "twitter:1", "twitter:2", "twitter:3"
NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)
LAST = date(2021, 1, 1)
RULES = EpisodeRules()
SECOND = 1 / 3600


class Line(NamedTuple):
    """A post and what it does."""

    post: Post
    does: tuple[str, ...]


def says(
    number: int,
    author: str,
    hours: float | None,
    *does: str,
    to: str | None = None,
    under: int | None = None,
    text: str = "@x one two three four five",
    **fields: Any,
) -> Line:
    """A post some hours after noon of 2020-01-01, at a time known to the second."""
    moment = None if hours is None else NOON + timedelta(hours=hours)
    known: dict[str, Any] = {
        "happened_at": moment,
        "at_precision": "second" if moment else None,
        "reply_to": to,
        "reply_to_post": f"twitter:{under}" if under else None,
        "text": text,
    }
    return Line(post(number, author, None, **(known | fields)), does)


def on_day(line: Line, day: int) -> Line:
    """The same post, of which only the day is known."""
    moment = datetime(2009, 5, 1 + day, tzinfo=UTC)
    return line._replace(post=line.post._replace(happened_at=moment, at_precision="day"))


def likes(hours: float | None, number: int = 2, author: str = ADA) -> Reaction:
    """Ego's favourite for a post, some hours after noon of 2020-01-01."""
    moment = None if hours is None else NOON + timedelta(hours=hours)
    return Reaction(EGO, "favourite", f"twitter:{number}", author, moment, "second" if moment else None, NOON)


Told = Line | Reaction


def fill(store: Store, told: Iterable[Told]) -> Ego:
    """Put posts, what they do, and favourites into a file that holds ego's archive."""
    lines = [each for each in told if isinstance(each, Line)]
    liked = [each for each in told if isinstance(each, Reaction)]
    put(store, source(owner=EGO), *covered(EGO), *(line.post for line in lines), *liked)
    derive_ties(store, lambda text: None)
    acts = [Act(line.post.post, act, None, 1.0, f"test.{act}", 0, 1) for line in lines for act in line.does]
    if acts:
        store.insert(table(Act).name, as_arrow(Act, acts))
    return choose_ego(store, "1")


def find(*told: Told, last: date = LAST, rules: EpisodeRules = RULES) -> list[Episode]:
    """The episodes of ego in a file that holds this."""
    with in_memory() as store:
        return episodes(store, fill(store, told), last, rules)


def moved(key: Any, case: int, step: int) -> Any:
    """A key of the case's own; ego stays who they are."""
    if not isinstance(key, str) or not key.startswith("twitter:") or (step == 10 and key == EGO):
        return key
    return f"twitter:{case * step + int(key.removeprefix('twitter:'))}"


def settled(each: Told, case: int) -> Told:
    """A post or favourite of a case, with people and posts of its own."""
    if isinstance(each, Reaction):
        return each._replace(
            post=moved(each.post, case, 10_000), author=moved(each.author, case, 10), actor=EGO
        )
    people = {name: moved(getattr(each.post, name), case, 10) for name in ("author", "reply_to", "boost_of")}
    posts = {
        name: moved(getattr(each.post, name), case, 10_000)
        for name in ("post", "reply_to_post", "conversation")
    }
    mentions = [moved(account, case, 10) for account in each.post.mentions]
    return each._replace(post=each.post._replace(**people, **posts, mentions=mentions))


def only(*told: Told, last: date = LAST, rules: EpisodeRules = RULES) -> Episode:
    """The one episode that there is."""
    (found,) = find(*told, last=last, rules=rules)
    return found


def together(cases: dict[str, list[Told]]) -> dict[str, list[Episode]]:
    """The episodes of each case, all found in one file."""
    order = list(cases)
    found = find(*(settled(each, n) for n, case in enumerate(order, start=1) for each in cases[case]))
    seen: dict[str, list[Episode]] = {case: [] for case in order}
    for each in found:
        seen[order[int(each.account.removeprefix("twitter:")) // 10 - 1]].append(each)
    return seen


ASK = says(1, EGO, 0, "question")
OFFER = says(2, ADA, 1, "advice", to=EGO, under=1)
TALK = says(2, ADA, 1, to=EGO, under=1)
THANKS = says(3, EGO, 2, "gratitude", "help_thanks", to=ADA, under=2)
TAKEN = says(3, EGO, 2, "uptake", to=ADA, under=2)
UNASKED = says(2, ADA, 1, "advice", to=EGO)
LOOSE = says(5, EGO, 3, "help_thanks", to=ADA, under=999)
OTHER = says(4, ADA, 1.5, "advice", to=EGO, under=1)

ALL, ACKNOWLEDGED, ON_REQUEST = "asked_answered_thanked", "acknowledged", "answered_offer"
OFFERED, ANSWERED = "offered", "answered"
