"""Draws what everybody does, from the rates of the world."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from plnmap.research.simulator.drafts import Floats, Ints, Stage, drafts
from plnmap.research.simulator.people import EGO, People, balanced, moments, own_rates
from plnmap.research.simulator.scenes import ALTER_LEADS, EGO_LEADS, HELP
from plnmap.research.simulator.world import Kind, Rates, World

_CHATS: Final = ("chat by name", "chat on a post")
_FAVOURITES: Final = ("favourite_out", "favourite_in")

SAME_FIELD: Final = 0.5
"""Share of what alters write to others that goes to somebody of the same field whom ego knows as well."""

BOOSTED_EACH: Final = 5
"""How many people other than ego each alter passes on now and then."""

FAVOURED_HELP: Final = 0.3
"""Share of answers to a question that the asker marks as a favourite."""


def draw_posts(world: World, people: People, rng: np.random.Generator) -> pd.DataFrame:
    """Everything that is written: drafts in order of time, see `plnmap.research.simulator.drafts.COLUMNS`."""
    stage = Stage(world, people.table["reacts"].to_numpy(), rng)
    for flow, how_often in _counts(world, people, rng).items():
        alters = np.repeat(np.arange(people.alters), how_often)
        _play(stage, flow, alters, moments(people, alters, rng), world, people, rng)
    _own_posts_of_ego(stage, world, rng)
    _posts_to_others(stage, world, people, rng)
    return stage.all()


def draw_favourites(
    world: World, people: People, posts: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Favourites: actor, draft and at; each post at most once by each actor."""
    given = [_favourites(world, people, posts, flow, rng) for flow in _FAVOURITES]
    answers = posts[posts["scene"].isin(HELP) & (posts["line"] == 1)]
    liked = answers[rng.uniform(0, 1, len(answers)) < FAVOURED_HELP]
    given.append(pd.DataFrame({"actor": liked["to"], "draft": liked["draft"], "at": liked["at"]}))
    found = pd.concat(given, ignore_index=True).drop_duplicates(["actor", "draft"], ignore_index=True)
    found["at"] += rng.exponential(0.2, len(found))
    return found[found["at"] < world.days].reset_index(drop=True)


def _counts(world: World, people: People, rng: np.random.Generator) -> dict[str, Ints]:
    """Flow → how often it happens with each alter: a Poisson draw, and the first contact."""
    years = (people.known_to - people.known_from) / 365.0
    known = {flow for kind in world.kinds for flow in (*kind.yearly, *kind.met)}
    flows = sorted((known | {"help_in", "help_out"}) - {*_FAVOURITES})
    rates = {flow: own_rates(people, world, flow, rng) for flow in flows}
    both, even = rates["help_in"] + rates["help_out"], balanced(people, world)
    share = rng.beta(world.evenness, world.evenness, people.alters)
    rates["help_in"] = np.where(even, both * share, rates["help_in"])
    rates["help_out"] = np.where(even, both * (1 - share), rates["help_out"])
    counts = {flow: rng.poisson(rate * years) for flow, rate in rates.items()}
    kinds = people.table["kind"].to_numpy()[1 : 1 + people.alters]
    for kind in world.kinds:
        members = np.flatnonzero(kinds == kind.name)
        met = _choose(kind.met, len(members), rng)
        for flow in kind.met:
            counts[flow][members[met == flow]] += 1
    return counts


def _choose(
    shares: Rates, number: int, rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    weights = np.array(list(shares.values()))
    chosen: np.ndarray[tuple[int], np.dtype[np.object_]] = rng.choice(
        np.array(list(shares), dtype=object), number, p=weights / weights.sum()
    )
    return chosen


def _play(
    stage: Stage, flow: str, alters: Ints, at: Floats, world: World, people: People, rng: np.random.Generator
) -> None:
    """Play one flow with all alters; who leads follows from its name."""
    name, _, direction = flow.partition("_")
    number = 1 + alters
    if name == "help":
        ego_leads = np.full(len(at), direction == "in")
    elif direction or name in (*ALTER_LEADS, *EGO_LEADS):
        ego_leads = np.full(len(at), direction == "out" or name in EGO_LEADS)
    else:
        ego_leads = rng.uniform(0, 1, len(at)) < 0.5
    scene = _scenes(name, len(at), world, rng)
    leads, follows = np.where(ego_leads, EGO, number), np.where(ego_leads, number, EGO)
    thirds = 1 + rng.integers(0, people.alters, len(at))
    # Nobody introduces somebody to themselves.
    thirds = np.where(thirds == number, 1 + number % people.alters, thirds)
    for each in sorted(set(scene)):
        chosen = scene == each
        stage.play(each, leads[chosen], follows[chosen], thirds[chosen], at[chosen])


def _scenes(
    flow: str, number: int, world: World, rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    if flow == "help":
        return _choose(world.help_ways, number, rng)
    if flow == "chat":
        return _choose(dict.fromkeys(_CHATS, 0.5), number, rng)
    return np.full(number, flow, dtype=object)


def _own_posts_of_ego(stage: Stage, world: World, rng: np.random.Generator) -> None:
    kinds = {
        "status": world.ego_statuses,
        "call": world.ego_calls,
        "shared_work": world.ego_works,
        "rhetorical": world.ego_asides,
    }
    for act, yearly in kinds.items():
        number = rng.poisson(yearly * world.years)
        at = rng.uniform(0, world.days, number)
        stage.put(drafts(author=np.full(number, EGO), act=act, form="post", at=at))


def _posts_to_others(stage: Stage, world: World, people: People, rng: np.random.Generator) -> None:
    """What alters do that has nothing to do with ego; those of one field have to do with one another."""
    kinds = people.table["kind"].to_numpy()[1 : 1 + people.alters]
    field = people.table["field"].to_numpy()
    for kind in world.kinds:
        members = 1 + np.flatnonzero(kinds == kind.name)
        authors = np.repeat(members, rng.poisson(world.posts_to_others, len(members)))
        at = rng.uniform(0, world.days, len(authors))
        answers = rng.uniform(0, 1, len(authors)) < kind.answers_others
        others = _acquaintances(authors, field, people, world, rng)
        _answer_others(stage, authors[answers], others[answers], at[answers], rng)
        _say(stage, kind, authors[~answers], at[~answers], rng)
        passing_on = np.repeat(members, BOOSTED_EACH)
        passed_on = _acquaintances(passing_on, field, people, world, rng)
        often = rng.poisson(kind.boosts_each * world.years, len(passing_on))
        boosted = np.repeat(passed_on, often)
        _boosts(stage, np.repeat(passing_on, often), boosted, rng.uniform(0, world.days, len(boosted)), rng)


def _acquaintances(
    authors: Ints, field: Ints, people: People, world: World, rng: np.random.Generator
) -> Ints:
    """Whom each of them writes to: an alter of the same field, or an outsider."""
    others = 1 + people.alters + rng.integers(0, world.outsiders, len(authors))
    inside = rng.uniform(0, 1, len(authors)) < SAME_FIELD
    draw = rng.uniform(0, 1, len(authors))
    for each in np.unique(field[authors]):
        same = 1 + np.flatnonzero(field[1 : 1 + people.alters] == each)
        chosen = inside & (field[authors] == each)
        others[chosen] = same[(draw[chosen] * len(same)).astype(np.int64)]
    # Whoever drew their own name writes to an outsider.
    return np.where(others == authors, 1 + people.alters, others)


def _answer_others(stage: Stage, authors: Ints, others: Ints, at: Floats, rng: np.random.Generator) -> None:
    acts = _choose({"chat": 0.5, "topic_talk": 0.3, "advice": 0.1, "social_thanks": 0.1}, len(at), rng)
    stage.put(drafts(author=authors, to=others, act=acts, form="reply", at=at))


def _boosts(stage: Stage, authors: Ints, others: Ints, at: Floats, rng: np.random.Generator) -> None:
    """Boosts of posts that were written a few hours before."""
    earlier = np.maximum(at - rng.exponential(0.3, len(at)), 0.0)
    works = stage.put(drafts(author=others, act="shared_work", form="post", at=earlier))
    stage.put(drafts(author=authors, to=others, act="boost", form="boost", at=at, parent=works))


def _say(stage: Stage, kind: Kind, authors: Ints, at: Floats, rng: np.random.Generator) -> None:
    acts = _choose(kind.own_posts, len(at), rng)
    stage.put(drafts(author=authors, act=acts, form="post", at=at))


def _favourites(
    world: World, people: People, posts: pd.DataFrame, flow: str, rng: np.random.Generator
) -> pd.DataFrame:
    """Favourites by ego or of ego: each lands on a post that was written around that time."""
    years = (people.known_to - people.known_from) / 365.0
    alters = np.repeat(np.arange(people.alters), rng.poisson(own_rates(people, world, flow, rng) * years))
    at = moments(people, alters, rng)
    outgoing = flow == "favourite_out"
    actors = np.full(len(alters), EGO) if outgoing else 1 + alters
    authors = 1 + alters if outgoing else np.full(len(alters), EGO)
    wanted = pd.DataFrame({"actor": actors, "author": authors, "at": at}).sort_values("at", kind="stable")
    offered = posts.loc[posts["form"] != "boost", ["author", "draft", "at"]].rename(columns={"at": "posted"})
    found = pd.merge_asof(wanted, offered, left_on="at", right_on="posted", by="author")
    found = found[found["draft"].notna()]
    return pd.DataFrame(
        {"actor": found["actor"], "draft": found["draft"].astype("int64"), "at": found["posted"]}
    )
