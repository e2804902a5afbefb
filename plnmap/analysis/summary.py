"""What a report says: the network of one ego, sorted into who helped, who is helped, and what is unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from plnmap.analysis.egos import screen_name
from plnmap.analysis.ledger import contact_windows, incoming_window, ledger
from plnmap.analysis.people import Network
from plnmap.analysis.topics.about import About, about_people
from plnmap.model import Coverage, Evidence, Person
from plnmap.store import Store

MOST_IN_TOUCH: Final = 8
FEW_ACTIVE_DAYS: Final = 5
IDLE_AFTER_DAYS: Final = 90
"""Fewer active days than `FEW_ACTIVE_DAYS` in so many days: ego has posted little."""

_ACTIVE: Final = """
SELECT DISTINCT happened_at::DATE AS day
FROM authored WHERE account = ? AND authority > 0 AND happened_at::DATE <= ? ORDER BY day
"""


_POSTS: Final = """
SELECT count(*), max(happened_at)::DATE
FROM authored WHERE account = ? AND authority > 0 AND (happened_at IS NULL OR happened_at::DATE <= ?)
"""

_BY_YEAR: Final = """
SELECT target, year(day) AS year, count(*) FROM tie_days
WHERE source = $ego AND list_contains($people, target) AND day <= $last
  AND n_reply + n_mention + n_quote + n_dm > 0
GROUP BY ALL
"""


class Helped(NamedTuple):
    """Somebody, and the posts that speak for help between them and ego, newest first."""

    person: Person
    evidence: list[Evidence]


class QuickHelp(NamedTuple):
    """Single helps by people who play no larger part."""

    people: int
    times: int
    hardly_known: int


class InTouch(NamedTuple):
    """Somebody, and on how many days of each year ego contacted them, from ego's first year on."""

    person: Person
    days_by_year: list[int]


class Summary(NamedTuple):
    """The content of a report, ready to be rendered or written as JSON.

    Attributes
    ----------
    posts, last_post
        Ego's posts until the day it looks to, and the day of the last of them;
        None where no source holds ego's posts.
    network_size
        Alters whom ego ever contacted or was seen to be contacted by.
    followed
        Accounts that ego follows; None where no source says.
    other_sides
        Names of those whose own side is covered, too.
    idle_since
        Last day of regular posting, where ego has posted little since; then
        "now" is about then.
    helpers, helped
        People with the role mentor or peer mentor; mentee.
    about
        Account of a helper → what their help, and the tie, is about; without those of whom nothing says.
    learned_from
        Role models.
    quiet
        Ties gone quiet, those with a role first.
    unseen
        What the file cannot show of this ego.
    without_role
        Of the network, how many show too little for a role.
    incoming_collected
        Whether what others wrote to ego was collected from a platform.
    also_thanked
        How many more than the helpers ego thanked for help on as many days as a helper needs.
    by_own_word
        Whom else the user calls a mentor, whatever the posts show.
    """

    network: Network
    posts: int | None
    last_post: date | None
    network_size: int
    followed: int | None
    other_sides: list[str]
    idle_since: date | None
    helpers: list[Helped]
    helped: list[Helped]
    about: dict[str, About]
    learned_from: list[Person]
    broadcasters: int
    quick_help: QuickHelp
    quiet: list[Person]
    in_touch: list[InTouch]
    unseen: list[str]
    without_role: int
    incoming_collected: bool = False
    also_thanked: int = 0
    by_own_word: Sequence[Person] = ()


def summarise(store: Store, network: Network) -> Summary:
    """Sort one ego's network into what a report says."""
    people = network.people
    # Family is in the network, and out of the lists of who helped whom.
    colleagues = [p for p in people if "family" not in p.labels.split(";")]
    received, given = _by_person(network.evidence, "in"), _by_person(network.evidence, "out")
    covered = ledger(store)
    other_sides = _other_sides(covered, network)
    helpers = sorted((p for p in colleagues if has_role(p, "mentor", "peer_mentor")), key=most_help_received)
    mentees = sorted(
        (p for p in colleagues if has_role(p, "mentee")), key=lambda p: (-(p.given_days or 0), p.account)
    )
    quick = [p for p in colleagues if p.quick_help and not has_role(p, "mentor", "peer_mentor")]
    talked = [p for p in people if p.days_out or p.days_in]
    quiet = sorted(
        (p for p in people if p.gone_quiet), key=lambda p: (not _mentoring(p), -(p.days_out or 0), p.account)
    )
    received_from = {person.account for person in helpers}
    posts, last_post = _posts(store, network)
    return Summary(
        network=network,
        posts=posts,
        last_post=last_post,
        network_size=len(talked),
        followed=_followed(people),
        other_sides=other_sides,
        incoming_collected=incoming_window(covered, network.ego.account) is not None,
        idle_since=_idle_since(store, network),
        helpers=[Helped(p, received[p.account]) for p in helpers],
        helped=[Helped(p, given[p.account]) for p in mentees if not has_role(p, "peer_mentor")],
        about={who: said for who, said in about_people(store, network).items() if who in received_from},
        learned_from=sorted(
            (p for p in colleagues if has_role(p, "role_model")),
            key=lambda p: (-(p.credit_days or 0), p.account),
        ),
        broadcasters=sum(has_role(p, "broadcaster") for p in people),
        quick_help=QuickHelp(
            len(quick),
            sum(p.quick_help for p in quick),
            sum((p.days_out or 0) <= network.settings.episodes.hardly_known_days for p in quick),
        ),
        quiet=quiet,
        in_touch=_in_touch(store, network),
        unseen=_unseen(covered, network, other_sides),
        also_thanked=sum(
            (p.thanked_days or 0) >= network.settings.roles.help_days
            and not has_role(p, "mentor", "peer_mentor")
            for p in colleagues
        ),
        by_own_word=[p for p in people if "mentor" in p.labels.split(";") and p not in helpers],
        without_role=sum(not set(p.roles.split(";")) - {"", "gone_quiet"} for p in talked),
    )


def has_role(person: Person, *names: str) -> bool:
    """Whether one of these roles holds, surely or as far as can be seen.

    >>> from plnmap.model import Person
    >>> has_role(Person(*[None] * (len(Person._fields) - 1), roles="mentor?;gone_quiet"), "mentor")
    True
    """
    return any(role.removesuffix("?") in names for role in person.roles.split(";"))


def shown_roles(person: Person) -> list[str]:
    """The roles worth showing: where help is seen both ways but the balance is not, one word for it.

    >>> from plnmap.model import Person
    >>> shown_roles(Person(*[None] * (len(Person._fields) - 1), roles="mentor?;peer_mentor?"))
    ['peer_mentor?']
    """
    names = [role for role in person.roles.split(";") if role]
    if "peer_mentor?" in names:
        names = [name for name in names if name not in ("mentor?", "mentee?")]
    return names


def name_of(person: Person) -> str:
    """What to call an alter on a screen."""
    return screen_name(person.account, person.handle)


def _posts(store: Store, network: Network) -> tuple[int | None, date | None]:
    if not network.ego.posts:
        return None, None
    ((posts, last),) = store.rows(_POSTS, [network.ego.account, network.as_of])
    return posts, last


def _by_person(rows: list[Evidence], direction: str) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        if row.direction == direction and row.instrument != "credit":
            found[row.account].append(row)
    return found


def most_help_received(person: Person) -> tuple[float, float, str]:
    """Sort key of helpers: most help first, as estimated from thanks or offers; then the more in touch."""
    best = max(person.help_in_thanks or 0.0, person.help_in_offers or 0.0)
    return -best, -(person.strength or 0.0), person.account


def _mentoring(person: Person) -> bool:
    return has_role(person, "mentor", "peer_mentor", "mentee", "role_model")


def _followed(people: list[Person]) -> int | None:
    known = [p.follows_out for p in people if p.follows_out is not None]
    return sum(known) if known else None


def _other_sides(rows: list[Coverage], network: Network) -> list[str]:
    windows = contact_windows(rows)
    return sorted(name_of(p) for p in network.people if p.account in windows and p.days_in is not None)


def _in_touch(store: Store, network: Network) -> list[InTouch]:
    ranked = [p for p in network.people if p.in_touch is not None and not p.thin][:MOST_IN_TOUCH]
    if not years_of(network):
        return []
    return [InTouch(*each) for each in zip(ranked, days_by_year(store, network, ranked), strict=True)]


def days_by_year(store: Store, network: Network, people: list[Person]) -> list[list[int]]:
    """On how many days of each year ego contacted each of some people; see `years_of` for the years."""
    parameters = {"ego": network.ego.account, "people": [p.account for p in people], "last": network.as_of}
    days = {(account, year): count for account, year, count in store.rows(_BY_YEAR, parameters)}
    return [[days.get((p.account, year), 0) for year in years_of(network)] for p in people]


def years_of(network: Network) -> range:
    """From the year of ego's first post to the year it looks to; none for an ego without dated posts."""
    if network.as_of is None or network.ego.first is None:
        return range(0)
    return range(network.ego.first.year, network.as_of.year + 1)


def _idle_since(store: Store, network: Network) -> date | None:
    if network.as_of is None:
        return None
    days = [day for (day,) in store.rows(_ACTIVE, [network.ego.account, network.as_of])]
    if len(days) < 2 * FEW_ACTIVE_DAYS:
        return None
    recent = network.as_of - timedelta(days=IDLE_AFTER_DAYS)
    if sum(day > recent for day in days) >= FEW_ACTIVE_DAYS:
        return None
    # The last day that closes a stretch of regular posting.
    regular: list[date] = [
        late
        for early, late in zip(days, days[FEW_ACTIVE_DAYS - 1 :], strict=False)
        if (late - early).days < IDLE_AFTER_DAYS
    ]
    return regular[-1] if regular else None


_ACTS_ON_EGO: Final = {
    "reply": "replied to you",
    "mention": "mentioned you",
    "quote": "quoted you",
    "boost": "boosted you",
    "favourite": "liked your posts",
    "follow": "follows you",
}


def _unseen(rows: list[Coverage], network: Network, other_sides: list[str]) -> list[str]:
    """In words, what no source shows of this ego."""
    states = {(row.kind, row.direction): row for row in rows if row.account == network.ego.account}

    def hidden(kind: str, direction: str) -> bool:
        row = states.get((kind, direction))
        return row is None or row.state in ("none", "hidden")

    said = []
    if hidden("reply", "out"):
        said.append("what you wrote")
    absent = [words for kind, words in _ACTS_ON_EGO.items() if hidden(kind, "in")]
    if absent:
        said.append("who " + " or ".join([", ".join(absent[:-1]), absent[-1]] if len(absent) > 1 else absent))
    partly = states.get(("reply", "in"))
    if partly is not None and partly.state == "partial":
        apart = f", apart from {', '.join(other_sides)}" if other_sides else ", beyond what this file holds"
        said.append(f"who answered, thanked or boosted you{apart}")
    favourite = states.get(("favourite", "out"))
    if favourite is None or favourite.state in ("none", "hidden"):
        said.append("whose posts you liked")
    elif favourite.state == "partial":
        said.append("whose posts you liked, and when (archives keep neither author nor time)")
    if hidden("dm", "out"):
        said.append("what went on in direct messages")
    return said
