"""Blind recall: who helped the user learn, asked before any result is shown.

First up to ten names from memory, each with a topic; then people from the
file, half of them of much contact and half by chance, to be rated without any
score. What is answered before a result was shown is blind, and the only truth
that the roles are held against.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from plnmap.analysis.egos import DIRECTORY, Ego, screen_name
from plnmap.analysis.own_word import aliases_of, elicited, resolved
from plnmap.analysis.people import Network
from plnmap.analysis.summary import has_role
from plnmap.model import Person, RecallName, RecallRating
from plnmap.store import Store, as_arrow

MOST_NAMES: Final = 10
PEOPLE_RATED: Final = 20
PLAUSIBLE: Final = 30
"""Half of those rated are drawn from so many people of most contact."""
LEAST_DAYS: Final = 3
"""Nobody is asked about people met on fewer days: the user could not know."""
HIGHEST: Final = 3
"""Ratings go from 0, not at all, to this, a great deal."""
A_HELP: Final = 2
"""From this rating on the user says that somebody helped."""
SEED: Final = "20041"
"""Any; fixed, so that whoever begins again is asked about the same people."""
MOST_CANDIDATES: Final = 5
ALIKE: Final = 0.6

_MET: Final = """
SELECT account, count(DISTINCT day) AS days FROM (
    SELECT CASE WHEN source = $ego THEN target ELSE source END AS account, day FROM tie_days
    WHERE $ego IN (source, target) AND day IS NOT NULL AND n_reply + n_mention + n_quote + n_dm > 0
) WHERE account <> $ego GROUP BY account
"""

# What looks like chance is a hash: it is the same on every machine and in every version.
_DRAWN: Final = f"""
WITH met AS ({_MET}), known AS (
    SELECT account, row_number() OVER (ORDER BY days DESC, account) AS place,
           md5($seed || ' draw ' || account) AS chance
    FROM met WHERE days >= {LEAST_DAYS} AND NOT list_contains($named, account)
), likely AS (
    SELECT account FROM known WHERE place <= {PLAUSIBLE} ORDER BY chance LIMIT {PEOPLE_RATED // 2}
), others AS (
    SELECT account FROM known ANTI JOIN likely USING (account)
    ORDER BY chance LIMIT {PEOPLE_RATED} - (SELECT count(*) FROM likely)
)
SELECT account FROM (FROM likely UNION ALL FROM others) ORDER BY md5($seed || ' order ' || account)
"""

_ALTERS: Final = f"""
WITH directory AS ({DIRECTORY}), met AS ({_MET})
SELECT account, handle, display_name FROM met LEFT JOIN directory USING (account) ORDER BY days DESC, account
"""

HELPERS: Final = ("mentor", "peer_mentor", "role_model", "just_in_time_helper")
"""Roles of those who helped the user learn."""
LASTING: Final = ("mentor", "peer_mentor", "role_model")
"""Those of them that a user could be expected to remember."""


class Candidate(NamedTuple):
    """Somebody whom a name may mean."""

    account: str
    handle: str | None
    display_name: str | None

    @property
    def name(self) -> str:
        """What to call them on a screen."""
        return screen_name(self.account, self.handle)


class Answer(NamedTuple):
    """What the user said of somebody: named from memory (and on what), or rated when asked, or both."""

    named: bool
    topics: tuple[str, ...]
    rating: int | None


class Comparison(NamedTuple):
    """What the user said beside what the posts show.

    Attributes
    ----------
    remembered
        Named from memory, and the posts show help or learning.
    forgotten
        Not named, though the posts show a lasting role; most evidence first. With
        the rating, where the user was asked.
    not_visible
        Named, or rated as a help, and nothing of it shows in the posts here.
    nowhere
        Names of people who are not in the file, with their topics.
    blind
        Whether all of it was said before any result was shown.
    """

    remembered: list[tuple[Person, Answer]]
    forgotten: list[tuple[Person, Answer | None]]
    not_visible: list[tuple[str, Answer]]
    nowhere: list[tuple[str, str | None]]
    blind: bool


def names(store: Store, ego: str) -> list[RecallName]:
    """Whom the user named, in order."""
    rows = store.rows(
        f"SELECT {', '.join(RecallName._fields)} FROM {resolved('recall_names')} WHERE ego = ? "
        "ORDER BY position, said_at",
        [ego],
    )
    return [RecallName(*row) for row in rows]


def ratings(store: Store, ego: str) -> list[RecallRating]:
    """Whom the user was or is to be asked about, in order."""
    rows = store.rows(
        f"SELECT {', '.join(RecallRating._fields)} FROM {resolved('recall_ratings')} WHERE ego = ? "
        "ORDER BY position, account",
        [ego],
    )
    return [RecallRating(*row) for row in rows]


def put_name(
    store: Store, ego: str, said_name: str, account: str | None, topic: str | None, said_at: datetime
) -> None:
    """Keep a name that the user said from memory."""
    position = len(names(store, ego)) + 1
    said = RecallName(ego, position, said_name, account, topic, said_at, elicited(store, ego))
    with store.transaction():
        store.insert("recall_names", as_arrow(RecallName, [said]))


def draw(store: Store, ego: str) -> list[RecallRating]:
    """Choose whom to ask about, and keep the choice; people who were named are left out.

    Returns
    -------
    list of RecallRating
        At most `PEOPLE_RATED`, not yet rated. The same file and names give the same people.
    """
    named = [row.account for row in names(store, ego) if row.account]
    drawn = store.rows(_DRAWN, {"ego": ego, "seed": f"{SEED} {ego}", "named": named})
    rows = [
        RecallRating(ego, position, account, None, None, None)
        for position, (account,) in enumerate(drawn, start=1)
    ]
    if rows:
        with store.transaction():
            store.insert("recall_ratings", as_arrow(RecallRating, rows))
    return rows


def rate(store: Store, asked: RecallRating, rating: int | None, said_at: datetime) -> None:
    """Keep a rating; None says that the user skipped the person."""
    said = elicited(store, asked.ego)
    with store.transaction():
        store.connection.execute(
            "UPDATE recall_ratings SET rating = $rating, said_at = $said_at, elicited = $said WHERE "
            f"position = $position AND ego IN {aliases_of('ego')} AND account IN {aliases_of('account')}",
            {
                "ego": asked.ego,
                "account": asked.account,
                "position": asked.position,
                "rating": rating,
                "said_at": said_at.replace(tzinfo=None),
                "said": said,
            },
        )


def start_over(store: Store, ego: str) -> None:
    """Forget every answer of the recall."""
    with store.transaction():
        for table in ("recall_names", "recall_ratings"):
            store.connection.execute(f"DELETE FROM {table} WHERE ego IN {aliases_of('ego')}", {"ego": ego})


def candidates(store: Store, ego: str, said_name: str) -> list[Candidate]:
    """People whom a typed name may mean, best match first, at most `MOST_CANDIDATES`.

    The name of an account counts as well as its handle: somebody who is
    remembered is seldom remembered by a handle.
    """
    word = said_name.strip().removeprefix("@").lower()
    if not word:
        return []
    scored = []
    for place, row in enumerate(store.rows(_ALTERS, {"ego": ego})):
        found = Candidate(*row)
        match = max(_likeness(word, text) for text in (found.name.lstrip("@"), found.display_name or ""))
        if match >= ALIKE:
            scored.append((-match, place, found))
    return [found for _, _, found in sorted(scored)[:MOST_CANDIDATES]]


def _likeness(word: str, text: str) -> float:
    """0 to 1: equal, a beginning of a word of it, a part of it, or spelled alike."""
    known = text.lower()
    if word == known:
        return 1.0
    if f" {known}".replace("_", " ").find(f" {word}") >= 0:
        return 0.9
    if len(word) > 2 and word in known:
        return 0.8
    match = SequenceMatcher(None, word, known)
    # The true ratio is slow, and never above these.
    if match.real_quick_ratio() < ALIKE or match.quick_ratio() < ALIKE:
        return 0.0
    return match.ratio() * 0.79


def answers(store: Store, ego: str, *, blind_only: bool = False) -> dict[str, Answer]:
    """Account → what the user said of them in the recall; people who were skipped have none.

    Parameters
    ----------
    store
        An open PLN file.
    ego
        Account of the user.
    blind_only
        Only what was said before any result was shown.
    """
    topics: dict[str, list[str]] = defaultdict(list)
    for row in names(store, ego):
        if row.account and (row.elicited == "blind" or not blind_only):
            topics[row.account] += [row.topic] if row.topic else []
    rated = {
        row.account: row.rating
        for row in ratings(store, ego)
        if row.rating is not None and (row.elicited == "blind" or not blind_only)
    }
    return {
        account: Answer(account in topics, tuple(topics.get(account, ())), rated.get(account))
        for account in sorted({*topics, *rated})
    }


def blind_answers(store: Store, ego: str) -> dict[str, Answer]:
    """Account → what the user said before any result was shown: the truth to hold roles against."""
    return answers(store, ego, blind_only=True)


def compare(store: Store, network: Network) -> Comparison:
    """What the user said beside the roles that the posts show."""
    ego: Ego = network.ego
    said = answers(store, ego.account)
    shown = {person.account: person for person in network.people}
    helps = {account for account, person in shown.items() if has_role(person, *HELPERS)}
    held = {account for account, each in said.items() if each.named or (each.rating or 0) >= A_HELP}
    by_evidence = sorted(network.people, key=_evidence)
    named = names(store, ego.account)
    kinds = {row.elicited for row in named} | {row.elicited for row in ratings(store, ego.account)}
    handles = {row[0]: row[1] for row in store.rows(f"SELECT account, handle FROM ({DIRECTORY})")}
    return Comparison(
        remembered=[(p, said[p.account]) for p in by_evidence if p.account in held & helps],
        forgotten=[
            (p, said.get(p.account)) for p in by_evidence if has_role(p, *LASTING) and p.account not in held
        ],
        not_visible=[
            (screen_name(account, handles.get(account)), said[account]) for account in sorted(held - helps)
        ],
        nowhere=[(row.said_name, row.topic) for row in named if row.account is None],
        blind="later" not in kinds,
    )


def _evidence(person: Person) -> tuple[float, float, str]:
    help_seen = max(person.help_in_thanks or 0.0, person.help_in_offers or 0.0)
    return -help_seen, -(person.credit_days or 0), person.account
