"""A world lived through from its first to its last day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from plnmap.research.simulator.drafts import NOBODY
from plnmap.research.simulator.noise import Habits
from plnmap.research.simulator.people import EGO, People, draw_people
from plnmap.research.simulator.posts import draw_favourites, draw_posts
from plnmap.research.simulator.profiles import Profile, draw_profiles
from plnmap.research.simulator.texts import Order, Written, write
from plnmap.research.simulator.truth import true_episodes
from plnmap.research.simulator.world import World

NO_WORDS = Written("", [], [])
"""Of a boost, which says nothing of its own."""


class Lived(NamedTuple):
    """Everything that happened in a world, seen or not.

    Attributes
    ----------
    begin, end
        First moment, and the moment after the last.
    people
        Everybody by number, see `plnmap.research.simulator.people.People.table`.
    profiles
        What each of them shows of themselves, by number.
    alters
        How many of them are alters: numbers 1 to this.
    posts
        Drafts in order of time, see `plnmap.research.simulator.drafts.COLUMNS`.
    written
        The words of each draft, in the same order.
    favourites
        actor, draft and at (days from the begin).
    follows
        source and target, numbers of people.
    episodes
        The help that was given, see `plnmap.research.simulator.truth.EPISODE_COLUMNS`.
    """

    begin: datetime
    end: datetime
    people: pd.DataFrame
    profiles: list[Profile]
    alters: int
    posts: pd.DataFrame
    written: list[Written]
    favourites: pd.DataFrame
    follows: pd.DataFrame
    episodes: pd.DataFrame


def live(seed: int, world: World) -> Lived:
    """Draw a world; the same seed and world give the same one."""
    # A stream of its own for each step: a change in one leaves the others as they were.
    who, what, words, likes, bonds, selves = np.random.default_rng(seed).spawn(6)
    people = draw_people(world, who)
    posts = draw_posts(world, people, what)
    return Lived(
        begin=world.begin,
        end=world.begin + timedelta(days=world.days),
        people=people.table,
        profiles=draw_profiles(world, people, selves),
        alters=people.alters,
        posts=posts,
        written=_words(posts, people, words),
        favourites=draw_favourites(world, people, posts, likes),
        follows=_follows(world, people, bonds),
        episodes=true_episodes(posts, world.begin),
    )


def _words(posts: pd.DataFrame, people: People, rng: np.random.Generator) -> list[Written]:
    """The words of each draft; whoever answers somebody talks about what the other one talks about."""
    handles, field = people.table["handle"].tolist(), people.table["field"].tolist()
    habits = [Habits(*row) for row in people.table[["lower", "emoji", "typo"]].itertuples(index=False)]
    spoken = posts[posts["act"] != "boost"]
    columns = (spoken[name].tolist() for name in ("act", "author", "to", "third", "form"))
    orders = [
        Order(
            act=act,
            field=field[to if author == EGO and to != NOBODY else author],
            handle=handles[author],
            person=handles[third if form == "introduction" else to],
            habits=habits[author],
        )
        for act, author, to, third, form in zip(*columns, strict=True)
    ]
    said = iter(write(orders, rng))
    return [NO_WORDS if act == "boost" else next(said) for act in posts["act"]]


def _follows(world: World, people: People, rng: np.random.Generator) -> pd.DataFrame:
    chances = {kind.name: kind.follows for kind in world.kinds}
    alters = np.arange(1, 1 + people.alters)
    each = np.array([chances[name] for name in people.table["kind"].iloc[alters]]).reshape(-1, 2)
    following, followed = (rng.uniform(0, 1, each.shape) < each).T
    egos = np.full(people.alters, EGO)
    return pd.DataFrame(
        {
            "source": np.concatenate([egos[following], alters[followed]]),
            "target": np.concatenate([alters[following], egos[followed]]),
        }
    )
