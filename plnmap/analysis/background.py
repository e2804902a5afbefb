"""What lies behind a tie: how it began, what it is about, its phases, and what each does for the other."""

from __future__ import annotations

from typing import NamedTuple

from plnmap.analysis.egos import DIRECTORY, screen_name
from plnmap.analysis.help.episodes import episodes
from plnmap.analysis.over_time.beginnings import Beginning, beginnings
from plnmap.analysis.over_time.timeline import periods_of
from plnmap.analysis.over_time.windows import RolePeriod
from plnmap.analysis.people import Network
from plnmap.analysis.topics.about import UNCLEAR, About, about_people
from plnmap.analysis.topics.sides import Side, sides
from plnmap.model import Episode, FunctionScore, HeldRole
from plnmap.store import Store


class Background(NamedTuple):
    """Behind one tie.

    Attributes
    ----------
    began, through
        The first act between the two, and what the third person is called who brought them together.
    about
        What the tie is about, and the help in it.
    wrote, was_written
        What ego's posts to them are, and theirs to ego; None where there is none that can be read.
    phases
        Stretches of time in which a role held.
    roles
        The roles that hold, and what each rests on.
    functions
        What each does for the other, as far as it shows.
    episodes
        Help between the two, newest first.
    """

    began: Beginning | None
    through: str | None
    about: About
    wrote: Side | None
    was_written: Side | None
    phases: list[RolePeriod]
    roles: list[HeldRole]
    functions: list[FunctionScore]
    episodes: list[Episode]


def background(store: Store, network: Network, account: str) -> Background:
    """What lies behind the tie of an ego to one account of the network."""
    ego, last = network.ego, network.as_of
    roles = [role for role in network.held_roles if role.account == account]
    functions = [score for score in network.functions if score.account == account]
    if last is None:
        return Background(None, None, UNCLEAR, None, None, [], roles, functions, [])
    between = [
        each for each in episodes(store, ego, last, network.settings.episodes) if each.account == account
    ]
    began = beginnings(store, ego, last).get(account)
    said = sides(store, ego, last)
    return Background(
        began=began,
        through=_name(store, began.through) if began and began.through else None,
        about=about_people(store, network).get(account, UNCLEAR),
        wrote=said.get((account, True)),
        was_written=said.get((account, False)),
        phases=[each for each in periods_of(store, network) if each.account == account],
        roles=roles,
        functions=functions,
        episodes=between,
    )


def _name(store: Store, account: str) -> str:
    rows = store.rows(f"SELECT handle FROM ({DIRECTORY}) WHERE account = ?", [account])
    return screen_name(account, rows[0][0] if rows else None)
