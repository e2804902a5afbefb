"""Help episodes: somebody asked, somebody answered, and the one who asked said thanks.

An episode is a path through the posts of two people: a question of the one, an
answer of the other, thanks of the first for it. From one archive only one of the
two is heard, so a part that is missing may be unseen; which parts are there
decides how much the episode weighs. Answers from strangers count as any others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Final, NamedTuple

from plnmap.analysis.derived import acts_version
from plnmap.analysis.egos import Ego, end_of_day
from plnmap.analysis.help.episode_steps import STEPS
from plnmap.analysis.help.helping import OFFERS, THANKS
from plnmap.analysis.settings import EpisodeRules
from plnmap.model import Episode
from plnmap.store import Store

EPISODES_VERSION: Final = 3
"""Raised whenever the same data and settings would give other episodes."""

DEFAULT: Final = EpisodeRules()
_TEXTS: Final = "SELECT post, text, url FROM posts JOIN (SELECT unnest(?) AS post) USING (post)"
_NEWEST_FIRST: Final = f"""
SELECT {", ".join(Episode._fields)} FROM episodes
ORDER BY day DESC, coalesce(answer_at, thanked_at) DESC, account, direction, conversation
"""


class Said(NamedTuple):
    """What a post of an episode says, and where it can be opened."""

    text: str | None
    url: str | None


def episodes(store: Store, ego: Ego, last: date, rules: EpisodeRules = DEFAULT) -> list[Episode]:
    """Every help episode between an ego and anybody else, newest first.

    At most one per person, direction and conversation, and one per person, direction and day: the one
    that weighs most. Posts without a date are in none. Those up to the ego's own last day are
    remembered in the PLN file until the data or the rules change.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date; not within a transaction.
    ego
        Whose network.
    last
        Nothing later than this UTC day.
    rules
        What counts, and for how much.

    Returns
    -------
    list of Episode
        Empty for an ego without help in sight.
    """
    name = f"episodes {ego.account}"
    version = f"{EPISODES_VERSION} {acts_version(store)} {last} {sorted(asdict(rules).items())}"
    kept = store.remembered(name, version, list[Episode])
    if kept is not None:
        return list(kept)
    found = _found(store, ego, last, rules)
    if last == end_of_day(ego, None):
        with store.transaction():
            store.remember(name, version, found)
    return found


def _found(store: Store, ego: Ego, last: date, rules: EpisodeRules) -> list[Episode]:
    known = asdict(rules) | {"ego": ego.account, "last": last, "thanks": list(THANKS), "offers": list(OFFERS)}
    # In one query of all the steps, planning takes a hundred times as long as the work.
    for name, step in STEPS.items():
        needed = {parameter: known[parameter] for parameter in re.findall(r"\$(\w+)", step)}
        store.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {step}", needed)
    found = [Episode(*row) for row in store.rows(_NEWEST_FIRST)]
    for name in STEPS:
        store.rows(f"DROP TABLE temp.{name}")
    return found


def is_help(episode: Episode) -> bool:
    """Whether an episode is enough to be taken for help: confirmed, or part of a mentoring conversation."""
    return episode.confirmed or episode.mentoring_conversation


def quick_help(found: Iterable[Episode]) -> dict[str, int]:
    """Alter → how many episodes in which they helped ego, as `is_help` has it; without those who never did.

    >>> quick_help([])
    {}
    """
    return dict(Counter(each.account for each in found if each.direction == "in" and is_help(each)))


def matches_topic(text: str, topic: str) -> bool:
    """Whether a text has a word or hashtag, in whatever case; words in the topic stand side by side.

    >>> matches_topic("Read it in #Python or not", "python"), matches_topic("pythonic", "python")
    (True, False)
    """
    words = r"\s+".join(re.escape(word) for word in topic.removeprefix("#").split())
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None


def posts_of(episode: Episode) -> list[str]:
    """Keys of the posts of an episode that are in the file: question, answer, thanks."""
    return [
        post for post in (episode.asked_post, episode.answer_post, episode.thanked_post) if post is not None
    ]


def texts_of(store: Store, posts: Iterable[str]) -> dict[str, Said]:
    """Post key → what it says, of those that the file holds."""
    return {post: Said(text, url) for post, text, url in store.rows(_TEXTS, [sorted(set(posts))])}
