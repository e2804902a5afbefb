"""What a source would show of a world, and what it would say that it shows."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plnmap.model import Platform
from plnmap.research.simulator.living import Lived
from plnmap.research.simulator.people import EGO

MaskName = Literal["full", "archive", "mastodon", "api"]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

TIMELINE_CAP: Final = 3_200
"""Posts of one account that the X API hands out."""

REMOTE_MISSING: Final = 0.3
"""Share of the replies from other servers that ego's server never hears of."""


class Mask(NamedTuple):
    """A way of seeing.

    Attributes
    ----------
    name
        Name of the mask.
    platform, source_kind
        Where, and what kind of source it is like.
    outgoing, incoming
        State of coverage of what the accounts it covers did, and of what was done towards ego.
    everyone
        Whether all alters' posts are covered, or ego's alone.
    authority
        Of posts by others than ego: 2 from archives of their own, 1 from answers of the platform.
    favourites
        all, own (ego's, without author and date), notified (these, and dated ones by others) or none.
    boosts_are_posts
        Whether a boost is a post of its own ("RT @…") or a bare reaction.
    states_threads
        Whether the source says which thread a post belongs to.
    profiles
        Whether it shows how people present themselves; where not, it knows ego by name.
    reason
        Why it does not show all; empty where it does.
    """

    name: MaskName
    platform: Platform
    source_kind: str
    outgoing: str
    incoming: str
    everyone: bool
    authority: int
    favourites: Literal["all", "own", "notified", "none"]
    boosts_are_posts: bool
    states_threads: bool
    profiles: bool
    reason: str


MASKS: Final[dict[MaskName, Mask]] = {
    mask.name: mask
    for mask in (
        Mask("full", "twitter", "x_archive", "complete", "none", True, 2, "all", True, False, True, ""),
        Mask(
            "archive", "twitter", "x_archive", "complete", "none", False, 2, "own", True, False, False,
            "what others post is not in an archive of one's own",
        ),
        Mask(
            "mastodon", "mastodon", "mastodon_export", "complete", "partial", False, 1, "notified", False,
            False, True, "a server does not hear of every reply from elsewhere",
        ),
        Mask(
            "api", "twitter", "x_api", "partial", "none", True, 1, "none", True, True, True,
            f"the platform hands out the last {TIMELINE_CAP:,} posts of an account",
        ),
    )
}  # fmt: skip
"""full: both sides, all of it. archive: ego's own side. mastodon: ego's side, and what ego's server
notified ego of. api: the last posts of each account."""


def seen_since(lived: Lived, mask: Mask) -> Floats:
    """Per person, the day from which their posts are to be had: later than 0 only where a cap cuts."""
    since = np.zeros(len(lived.people))
    if mask.name == "api":
        # Of others only a sample was written; how far back the cap reaches follows from their rate.
        days = (lived.end - lived.begin).total_seconds() / 86_400
        since = np.maximum(0.0, days - TIMELINE_CAP / lived.people["posts_a_day"].to_numpy())
        own = lived.posts.loc[lived.posts["author"] == EGO, "at"].to_numpy()
        since[EGO] = own[-TIMELINE_CAP] if len(own) > TIMELINE_CAP else 0.0
    return since


def shown(lived: Lived, mask: Mask, since: Floats, rng: np.random.Generator) -> Bools:
    """Per draft, whether the source holds it."""
    author, to = lived.posts["author"].to_numpy(), lived.posts["to"].to_numpy()
    if mask.everyone:
        held: Bools = (author <= lived.alters) & (lived.posts["at"].to_numpy() >= since[author])
        return held
    notified = to == EGO
    if mask.incoming == "none":
        notified = np.zeros(len(author), dtype=np.bool_)
    remote = lived.people["remote"].to_numpy()[author] & (lived.posts["form"] == "reply").to_numpy()
    lost = remote & (rng.uniform(0, 1, len(author)) < REMOTE_MISSING)
    seen: Bools = (author == EGO) | (notified & ~lost)
    return seen
