"""How well roles are found in invented networks whose truth is known, per way of seeing.

    python -m benchmarks.simulation             20 worlds, every mask; prints the tables
                                                and 40 more in full view
    python -m benchmarks.simulation --seeds 3 --others 0   fewer worlds
    python -m benchmarks.simulation --write     and puts them into docs/simulation.md, between its markers

The pipeline is the one that reads archives; only the posts are made up. A figure
is the ratio of two sums over all worlds, with a 95 % interval from 2,000
resamplings of the worlds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.simulation_tables import (
    PAGE,
    READ_RIGHT,
    SHUFFLED,
    Measured,
    Ratio,
    render,
    render_funnels,
    render_kinds,
    render_others,
    render_read,
)
from benchmarks.written import write_down
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.people import Network, map_people
from plnmap.analysis.settings import DetectionRates, EvidenceRules, Settings
from plnmap.model import Act, Person
from plnmap.research.simulator import MASKS, Lived, MaskName, Simulated, World, live, put, see
from plnmap.research.simulator.people import EGO
from plnmap.research.simulator.records import keys
from plnmap.store import Store, as_arrow, open_store

SEEDS: Final = 20
OTHERS: Final = 40
"""Worlds that nobody looks at while rules are written: those that are may come to suit them, or not to."""
ALL: Final[tuple[MaskName, ...]] = tuple(MASKS)
FULL: Final[tuple[MaskName, ...]] = ("full",)

MEANT: Final = {
    "help_thanks": (("gratitude", "help"), ("help_thanks", "help")),
    "uptake": (("uptake", None), ("help_thanks", "help")),
    "service_thanks": (("gratitude", "service"),),
    "preemptive_thanks": (("gratitude", "preemptive"),),
    **dict.fromkeys(
        ("social_thanks", "participation_thanks", "amplification_thanks", "work_thanks", "desk_thanks"),
        (("gratitude", None),),
    ),
    **dict.fromkeys(("advice", "tip", "desk_answer"), (("advice", None),)),
    **dict.fromkeys(("question", "call", "service_request", "bug_report"), (("question", None),)),
    "resource": (("resource", None),),
    "answer": (("answer", None),),
    "credit": (("credit", None),),
}
"""File of sentences → the acts it is a bank of, with their objects."""

NO_ERRORS: Final = Settings(
    evidence=EvidenceRules(
        help_thanks=DetectionRates(1.0, 0.0),
        advice=DetectionRates(1.0, 0.0),
        resource=DetectionRates(1.0, 0.0),
    )
)
"""What the pipeline is told of rules that make no errors."""

RELATIONAL: Final = ("mentor", "mentee", "peer_mentor", "just_in_time_helper", "amplifier")
"""Roles that say something went on between two people; a role model or a broadcaster may never answer."""

ENOUGH_EPISODES: Final = 4
"""A mentor with fewer true help episodes is hard to tell from anybody who helped."""

LOPSIDED: Final = 3
"""From so many times as much help one way as the other, help went one way."""

UNSEEN_BY_ARCHIVE: Final = (
    "days_in", "balance", "response_rate", "response_hours", "offered_days", "help_in_offers",
    "thanked_back_days", "help_out_thanks", "help_share",
)  # fmt: skip
"""Figures about what others did: from ego's archive alone there must be none."""


def roles(person: Person) -> set[str]:
    """The roles somebody is given, sure or not."""
    return {role.removesuffix("?") for role in person.roles.split(";") if role}


class Scored(NamedTuple):
    """One world through the pipeline: per alter truth beside verdict, and the acts found per post.

    `read_right` is the verdict where the rules make no errors; None for masks without that control.
    """

    alters: pd.DataFrame
    acts: pd.DataFrame
    read_right: pd.DataFrame | None


def score(lived: Lived, name: MaskName, seed: int, *, control: bool = False) -> Scored:
    """Put one world through the pipeline; `control` asks for `Scored.read_right` where there is one."""
    simulated = see(lived, name, seed)
    with open_store(None, create=True) as store:
        put(store, simulated.records)
        ego = choose_ego(store, None)
        network = map_people(store, ego, announce=lambda _: None)
        acts = store.connection.execute("SELECT DISTINCT post, act FROM acts").df()
        right = None
        if control and name in READ_RIGHT:
            read_without_error(store, lived)
            right = map_people(store, ego, announce=lambda _: None, settings=NO_ERRORS)
    return Scored(
        _beside_truth(simulated, network), acts, None if right is None else _beside_truth(simulated, right)
    )


def read_without_error(store: Store, lived: Lived) -> None:
    """Put in the place of the acts that the rules found those that the sentences were written for."""
    called = keys(lived, "twitter").posts
    said = zip(lived.posts["draft"], lived.posts["act"], strict=True)
    rows = [
        Act(called[draft], act, meant, 1.0, "truth", 0, 0)
        for draft, words in said
        for act, meant in MEANT.get(words, ())
    ]
    with store.transaction():
        store.connection.execute("CREATE TEMP TABLE meant AS SELECT * FROM acts LIMIT 0")
        store.insert("meant", as_arrow(Act, rows))
        store.connection.execute("DELETE FROM acts")
        store.connection.execute("INSERT INTO acts FROM meant SEMI JOIN posts USING (post)")
        # What was computed from the acts before is stale.
        store.connection.execute("DELETE FROM computed WHERE name NOT IN ('acts', 'ties')")


def _beside_truth(simulated: Simulated, network: Network) -> pd.DataFrame:
    found = pd.DataFrame([person._asdict() for person in network.people])
    held = {person.account: roles(person) for person in network.people}
    joined = simulated.truth.merge(found, on="account", how="left", suffixes=("", "_found"))
    # Whom a source does not show has no role in it.
    joined["held"] = pd.Series([held.get(account, set()) for account in joined["account"]], dtype=object)
    return joined


def shuffle_words(lived: Lived, seed: int) -> Lived:
    """The same posts at the same times, with the words of ego's answers, and of theirs, in random order."""
    rng = np.random.default_rng([seed, 2])
    written = list(lived.written)
    by_ego = (lived.posts["author"] == EGO).to_numpy()
    towards = lived.posts["form"].isin(("reply", "mention", "introduction")).to_numpy()
    to_ego = (lived.posts["to"] == EGO).to_numpy()
    for side in (towards & by_ego, towards & to_ego):
        places = np.flatnonzero(side)
        for place, taken in zip(places, rng.permutation(places), strict=True):
            written[place] = lived.written[taken]
    # What goes on between others has no part in it.
    kept = by_ego | (lived.posts["scene"] != "").to_numpy()
    return lived._replace(
        posts=lived.posts[kept].reset_index(drop=True),
        written=[each for each, keep in zip(written, kept, strict=True) if keep],
        favourites=lived.favourites[lived.favourites["draft"].isin(lived.posts["draft"][kept])],
    )


def measure(alters: pd.DataFrame) -> dict[str, Ratio]:
    """The counts of one world behind each line of the table."""
    part = alters["part"]

    def given(*names: str) -> pd.Series[bool]:
        return alters["held"].map(lambda held: not held.isdisjoint(names))

    def share(hits: pd.Series[bool], among: pd.Series[bool]) -> Ratio:
        return Ratio(int((hits & among).sum()), int(among.sum()))

    enough_in = alters["help_in"] >= ENOUGH_EPISODES
    enough_out = alters["help_out"] >= ENOUGH_EPISODES
    mentor, model, quick = part == "mentor", part == "role model", given("just_in_time_helper")
    # A peer is one by the rates of a tie; what they make of three years may be as one-sided as with a mentor.
    helped, helped_back = alters["help_in"], alters["help_out"]
    mostly_helped = (helped >= 3) & (helped >= LOPSIDED * helped_back)
    each_way = (np.minimum(helped, helped_back) >= 3) & (
        np.maximum(helped, helped_back) < LOPSIDED * np.minimum(helped, helped_back)
    )
    return {
        "mentor_recall": share(given("mentor"), mentor),
        "mentor_recall_enough": share(given("mentor"), mentor & enough_in),
        "mentor_precision": share(mentor, given("mentor")),
        "mentor_precision_lived": share(mostly_helped, given("mentor")),
        "friend": share(given("mentor", "peer_mentor"), part == "friend"),
        "celebrity": share(given(*RELATIONAL), part == "celebrity or brand"),
        "service": share(given("mentor"), part == "service"),
        "influencer": share(given("mentor"), part == "influencer"),
        "bug": share(given("mentee"), part == "bug reporter"),
        "peer_recall": share(given("peer_mentor"), part == "peer"),
        "peer_recall_enough": share(given("peer_mentor"), (part == "peer") & enough_in & enough_out),
        "peer_recall_lived": share(given("peer_mentor"), (part == "peer") & each_way),
        "mentee_recall": share(given("mentee"), (part == "mentee") & enough_out),
        "quick_recall": share(quick, part == "just-in-time"),
        "quick_precision": share(alters["help_in"] > 0, quick),
        "role_model_f1": Ratio(
            2 * int((given("role_model") & model).sum()), int(given("role_model").sum() + model.sum())
        ),
        "amplifier_recall": share(given("amplifier"), part == "amplifier"),
        "amplifier_precision": share(part == "amplifier", given("amplifier")),
        "unseen": Ratio(int(alters[list(UNSEEN_BY_ARCHIVE)].notna().sum().sum()), len(alters)),
    }


def funnel(alters: pd.DataFrame, lived: Lived) -> dict[str, int]:
    """Where mentors get lost on the way from help to the verdict."""
    thanks = lived.posts[(lived.posts["author"] == EGO) & (lived.posts["act"] == "help_thanks")]
    days = thanks.groupby("to")["at"].agg(lambda at: np.floor(at).nunique())
    said = alters["person"].map(days).fillna(0) >= 3
    mentors = (alters["part"] == "mentor") & (alters["help_in"] >= ENOUGH_EPISODES)
    found, offered = alters["thanked_days"].fillna(0) >= 3, alters["offered_days"].fillna(0) >= 3
    gate = alters["help_in_thanks"].fillna(0) > 0
    steps = {
        "enough": mentors,
        "acknowledged": mentors & (alters["acknowledged_in"] >= 3),
        "thanked": mentors & said,
        "found": mentors & found,
        "offered": mentors & offered,
        "either": mentors & (found | offered),
        "gate": mentors & (found | offered) & gate,
        "called": mentors & alters["held"].map(lambda held: "mentor" in held),
    }
    return {name: int(rows.sum()) for name, rows in steps.items()}


def read(lived: Lived, acts: pd.DataFrame) -> pd.DataFrame:
    """Per sentence file and act, how many posts say it and in how many the rules found the act."""
    called = keys(lived, "twitter").posts
    posts = lived.posts[(lived.posts["act"] != "boost") & (lived.posts["author"] <= lived.alters)]
    said = pd.DataFrame({"post": posts["draft"].map(called), "said": posts["act"]})
    counts = said.merge(acts, on="post").groupby(["said", "act"]).size().unstack(fill_value=0)
    return counts.reindex(said["said"].unique(), fill_value=0).assign(posts=said.groupby("said").size())


class Looked(NamedTuple):
    """One world, seen in several ways: per view the figures and the funnel; how the rules read the bank."""

    figures: dict[str, dict[str, Ratio]]
    funnels: dict[str, dict[str, int]]
    counts: pd.DataFrame


def look(seed: int, masks: Sequence[MaskName], world: World | None = None) -> Looked:
    """Live one world and measure it; the words are shuffled only where all masks are asked for."""
    started = time.perf_counter()
    lived = live(seed, world or World())
    figures: dict[str, dict[str, Ratio]] = {}
    funnels: dict[str, dict[str, int]] = {}
    counts = pd.DataFrame()
    for name in masks:
        scored = score(lived, name, seed, control=True)
        views: dict[str, pd.DataFrame] = {name: scored.alters}
        if scored.read_right is not None:
            views[READ_RIGHT[name]] = scored.read_right
        for view, alters in views.items():
            figures[view] = measure(alters)
            funnels[view] = funnel(alters, lived)
        if name == "full":
            counts = read(lived, scored.acts)
    if tuple(masks) == ALL:
        mixed = score(shuffle_words(lived, seed), "full", seed).alters
        mentors = int(mixed["held"].map(lambda held: "mentor" in held).sum())
        figures[SHUFFLED] = {"shuffled": Ratio(mentors, len(mixed))}
    print(f"world {seed}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return Looked(figures, funnels, counts)


def pooled(worlds: Sequence[Looked]) -> Measured:
    """View → figure → its counts in each world; of views in which all the worlds were seen."""
    views = [view for view in worlds[0].figures if all(view in world.figures for world in worlds)]
    return {
        view: {key: [world.figures[view][key] for world in worlds] for key in worlds[0].figures[view]}
        for view in views
    }


def run(seeds: int, others: int) -> list[Looked]:
    """Look at all worlds, as many at once as there are processors: the first ones in every view."""
    every = range(seeds + others)
    with ProcessPoolExecutor() as pool:
        return list(pool.map(look, every, [ALL if seed < seeds else FULL for seed in every]))


def tabled(worlds: Sequence[Looked], seeds: int) -> dict[str, str]:
    """The tables by name, of worlds of which the first were seen in every view."""
    known, new = worlds[:seeds], worlds[seeds:]
    funnels: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for world in known:
        for view, numbers in world.funnels.items():
            for key, number in numbers.items():
                funnels[view][key] += number
    tables = {
        "acceptance": render(pooled(known)),
        "funnel": render_funnels(funnels),
        "reading": render_read(pd.concat([w.counts for w in known]).groupby(level=0).sum().astype(int)),
    }
    if new:
        tables["others"] = render_others(pooled(new), pooled(worlds), len(new), len(worlds))
    return tables


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many worlds")
    parser.add_argument("--others", type=int, default=OTHERS, help="how many more, in full view")
    parser.add_argument("--write", action="store_true", help=f"put the tables into docs/{PAGE.name}")
    given = parser.parse_args()
    if given.seeds < 1 or given.others < 0:
        parser.error("there is at least one world")
    if given.write and (given.seeds, given.others) != (SEEDS, OTHERS):
        parser.error("only what is measured in all worlds is written down")
    tables = tabled(run(given.seeds, given.others), given.seeds)
    print("\n\n".join(tables.values()))
    tables["kinds"] = render_kinds(World())
    if given.write:
        write_down(PAGE, tables)


if __name__ == "__main__":
    main()
