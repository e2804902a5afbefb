"""Whether `plnmap ask` would have named whoever then helped.

    python -m benchmarks asking

Of each help that the owners of the three archives thanked for, the question is asked again, in the words
of ego's question or, where none is in the archive, in those of the thanks without the words that thank.
No post is known from the day of the question on (of the thanks: from four days before it on), nor how often
anybody answers; who is an organisation is known from all of the file. Who helped is looked for in three
lists: that of `ask`, all people in the order of how strong the tie was, and the people of `ask` in the order
of how many posts name what was asked. Only people whom ego knew by then can be found. Told are the mean of
1/rank (MRR), and the share of questions whose helper is among the first five; the interval draws the
questions anew, 1,000 times.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from benchmarks.archives import imported, three
from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import call

if TYPE_CHECKING:
    from plnmap.analysis.egos import Ego
    from plnmap.model import Episode
    from plnmap.store import Store

LISTS: Final = {"ask": "ask", "strength": "strongest ties", "posts": "most posts on it"}
TARGET: Final = "> strongest ties"
AMONG: Final = 5
DRAWS: Final = 1_000
SEED: Final = 20_046
BEFORE_THANKS: Final = timedelta(days=4)


class Question(NamedTuple):
    """What ego asked for once, up to which day things were known, and who then helped."""

    words: str
    last: date
    helper: str


def measure(place: Place) -> list[Figure]:
    """How far up each list has whoever helped."""
    what = "who then helped is named by ask"
    if place.archives is None:
        return [skipped(what, TARGET)]
    file = imported(three(place.archives), place.folder / "asking.duckdb")
    ranks = json.loads(call("asking", "tell", str(file)).said)
    return [told(what, ranks) if ranks["ask"] else skipped(what, TARGET)]


def told(what: str, ranks: Mapping[str, Sequence[int | None]]) -> Figure:
    """The line of the table: each list by its name, and by how much the first is ahead of the second."""
    import numpy as np

    turned = {name: np.array([1 / rank if rank else 0.0 for rank in found]) for name, found in ranks.items()}
    random = np.random.default_rng(SEED)
    drawn = random.integers(0, len(turned["ask"]), (DRAWS, len(turned["ask"])))
    ahead = (turned["ask"] - turned["strength"])[drawn].mean(axis=1)
    low, high = np.quantile(ahead, [0.025, 0.975])
    near = {name: np.mean(found >= 1 / AMONG) for name, found in turned.items()}
    lists = (
        f"{words} MRR {turned[name].mean():.3f}, {near[name]:.0%} among the first {AMONG}"
        for name, words in LISTS.items()
    )
    measured = f"{'; '.join(lists)}; of {len(turned['ask'])}; ahead by [{low:.3f}, {high:.3f}]"
    return figure(what, TARGET, measured, bool(low > 0))


def tell(file: str) -> None:
    """Print, as JSON, the rank of each helper in each list; null for who is not in it."""
    from plnmap.analysis.egos import egos
    from plnmap.store import open_store

    ranks: dict[str, list[int | None]] = {name: [] for name in LISTS}
    with open_store(Path(file)) as store:
        for ego in egos(store):
            for found in _ranks(store, ego):
                for name, rank in found.items():
                    ranks[name].append(rank)
    print(json.dumps(ranks))


def _ranks(store: Store, ego: Ego) -> Iterator[dict[str, int | None]]:
    from plnmap.analysis.people import map_people
    from plnmap.analysis.topics.whom_to_ask import whom_to_ask

    network = map_people(store, ego, announce=lambda text: None, posts=False)
    # The rate at which somebody answers is of all years, and would know who did later on.
    network = network._replace(people=[each._replace(response_rate=None) for each in network.people])
    for question in questions(store, ego):
        by_strength = strongest(store, ego, question.last)
        if question.helper not in by_strength:
            continue
        candidates = whom_to_ask(store, network._replace(as_of=question.last), question.words).candidates
        by_posts = sorted(candidates, key=lambda each: (-each.matching, each.person.account))
        orders = {
            "ask": [each.person.account for each in candidates],
            "strength": by_strength,
            "posts": [each.person.account for each in by_posts],
        }
        yield {name: rank(order, question.helper) for name, order in orders.items()}


def rank(order: Sequence[str], wanted: str) -> int | None:
    """The place of somebody in a list, from 1; None for who is not in it.

    >>> rank(["ada", "bo"], "bo"), rank(["ada"], "cy")
    (2, None)
    """
    return order.index(wanted) + 1 if wanted in order else None


def questions(store: Store, ego: Ego) -> Iterator[Question]:
    """What ego was helped with and gave thanks for, as far as there are words to ask it with."""
    from plnmap.analysis.egos import end_of_day
    from plnmap.analysis.help.episodes import episodes

    last = end_of_day(ego, None)
    if last is None:
        return
    for episode in episodes(store, ego, last):
        if episode.direction == "in" and episode.thanked_post:
            yield from _asked_again(store, episode)


def _asked_again(store: Store, episode: Episode) -> Iterator[Question]:
    from plnmap.analysis.topics.whom_to_ask import words_of
    from plnmap.errors import UsageError

    if episode.asked_post and episode.asked_at:
        ((text,),) = store.rows("SELECT text FROM posts WHERE post = ?", [episode.asked_post])
        known_until = episode.asked_at.date() - timedelta(days=1)
    else:
        ((text,),) = store.rows(_UNTHANKED, [episode.thanked_post])
        known_until = episode.day - BEFORE_THANKS
    # Names and addresses would give away who helped.
    plain = " ".join(word for word in text.split() if not word.startswith(("@", ".@", "http")))
    try:
        yield Question(" ".join(words_of(plain)), known_until, episode.account)
    except UsageError:
        return


_UNTHANKED: Final = """
SELECT substr(text, 1, start) || ' ' || substr(text, stop + 1) FROM posts JOIN (
    SELECT post, min(start) AS start, max(stop) AS stop FROM acts
    WHERE act IN ('help_thanks', 'gratitude', 'uptake') GROUP BY post
) USING (post) WHERE post = ?
"""

_CONTACT: Final = """
SELECT account, count(*) AS days,
       date_diff('day', max(day), $last) AS recency, date_diff('day', min(day), $last) AS age
FROM (
    SELECT DISTINCT CASE WHEN source = $ego THEN target ELSE source END AS account, happened_at::DATE AS day
    FROM interactions
    WHERE $ego IN (source, target) AND kind IN ('reply', 'mention', 'quote') AND happened_at::DATE <= $last
)
GROUP BY account ORDER BY account
"""


def strongest(store: Store, ego: Ego, last: date) -> list[str]:
    """Everybody in contact up to a day, the strongest tie of that day first."""
    from plnmap.analysis.contact.strength import log_odds

    found: list[Any] = store.rows(_CONTACT, {"ego": ego.account, "last": last})
    if not found:
        return []
    accounts, days, recency, age = zip(*found, strict=True)
    odds = log_odds(list(days), list(recency), list(age))
    return [account for _, account in sorted(zip(-odds, accounts, strict=True))]
