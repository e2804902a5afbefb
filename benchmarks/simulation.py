"""How well roles are found in invented networks whose truth is known, per way of seeing.

    python -m benchmarks.simulation             20 worlds, every mask; prints the tables
    python -m benchmarks.simulation --seeds 3   fewer worlds
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
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plnmap.analysis.egos import choose_ego
from plnmap.analysis.people import map_people
from plnmap.model import Person
from plnmap.research.simulator import MASKS, Lived, MaskName, World, live, put, see
from plnmap.research.simulator.people import EGO
from plnmap.research.simulator.records import keys
from plnmap.store import open_store

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "simulation.md"
SEEDS: Final = 20
RESAMPLED: Final = 2_000
SHUFFLED: Final = "shuffled"

RELATIONAL: Final = ("mentor", "mentee", "peer_mentor", "just_in_time_helper", "amplifier")
"""Roles that say something went on between two people; a role model or a broadcaster may never answer."""

ENOUGH_EPISODES: Final = 4
"""A mentor with fewer true help episodes is hard to tell from anybody who helped."""

UNSEEN_BY_ARCHIVE: Final = (
    "days_in", "balance", "response_rate", "response_hours", "offered_days", "help_in_offers",
    "thanked_back_days", "help_out_thanks", "help_share",
)  # fmt: skip
"""Figures about what others did: from ego's archive alone there must be none."""


class Ratio(NamedTuple):
    """Two counts of one world."""

    of: float
    all: float


class Bar(NamedTuple):
    """A line of the table: what is measured, and the bar for some masks ("≥ .75")."""

    key: str
    words: str
    bars: Mapping[str, str] = MappingProxyType({})


LINES: Final = (
    Bar(
        "mentor_recall_enough",
        "mentors found, of those with ≥ 4 help episodes",
        {"full": "≥ .75", "archive": "≥ .60"},
    ),
    Bar("mentor_recall", "mentors found, of all"),
    Bar("mentor_precision", "mentors among those called mentor", {"full": "≥ .80"}),
    Bar("friend", "friends called mentor or peer", {"full": "≤ .03"}),
    Bar("celebrity", "celebrities and brands in any relational role", {"full": "≤ .01"}),
    Bar("service", "service desks and paid providers called mentor", {"full": "≤ .05"}),
    Bar("influencer", "influencers called mentor"),
    Bar("bug", "bug reporters called mentee"),
    Bar("peer_recall", "peers found, of all", {"full": "≥ .60"}),
    Bar("peer_recall_enough", "peers found, of those with ≥ 4 episodes each way"),
    Bar("mentee_recall", "mentees found, of those with ≥ 4 help episodes"),
    Bar("quick_recall", "just-in-time helpers found", {"full": "≥ .50"}),
    Bar("quick_precision", "true helpers among those called just-in-time helper", {"full": "≥ .70"}),
    Bar("role_model_f1", "role models, F1", {"full": "≥ .80"}),
    Bar("amplifier_recall", "amplifiers found"),
    Bar("amplifier_precision", "amplifiers among those called so"),
    Bar("unseen", "figures about what an archive cannot show, per alter", {"archive": "= 0"}),
    Bar("shuffled", "alters called mentor where the words are shuffled", {SHUFFLED: "≤ .05"}),
)  # fmt: skip

FUNNEL: Final = (
    ("enough", "true mentors with ≥ 4 help episodes"),
    ("acknowledged", "… whose help ego acknowledged ≥ 3 times"),
    ("thanked", "… with thanks for help on ≥ 3 days in ego's words"),
    ("found", "… of which the rules found ≥ 3 days"),
    ("offered", "with ≥ 3 days of offers found by the rules"),
    ("either", "with either"),
    ("gate", "… and thanks above what chance explains"),
    ("called", "called mentor"),
)


def roles(person: Person) -> set[str]:
    """The roles somebody is given, sure or not."""
    return {role.removesuffix("?") for role in person.roles.split(";") if role}


def score(lived: Lived, name: MaskName, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One world through the pipeline: truth beside verdict per alter, and the acts found per post."""
    simulated = see(lived, name, seed)
    with open_store(None, create=True) as store:
        put(store, simulated.records)
        network = map_people(store, choose_ego(store, None), announce=lambda _: None)
        acts = store.connection.execute("SELECT DISTINCT post, act FROM acts").df()
    found = pd.DataFrame([person._asdict() for person in network.people])
    held = {person.account: roles(person) for person in network.people}
    joined = simulated.truth.merge(found, on="account", how="left", suffixes=("", "_found"))
    # Whom a source does not show has no role in it.
    joined["held"] = pd.Series([held.get(account, set()) for account in joined["account"]], dtype=object)
    return joined, acts


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
    return {
        "mentor_recall": share(given("mentor"), mentor),
        "mentor_recall_enough": share(given("mentor"), mentor & enough_in),
        "mentor_precision": share(mentor, given("mentor")),
        "friend": share(given("mentor", "peer_mentor"), part == "friend"),
        "celebrity": share(given(*RELATIONAL), part == "celebrity or brand"),
        "service": share(given("mentor"), part == "service"),
        "influencer": share(given("mentor"), part == "influencer"),
        "bug": share(given("mentee"), part == "bug reporter"),
        "peer_recall": share(given("peer_mentor"), part == "peer"),
        "peer_recall_enough": share(given("peer_mentor"), (part == "peer") & enough_in & enough_out),
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


def interval(ratios: list[Ratio]) -> tuple[float, float, float] | None:
    """Pooled ratio and its 95 % interval over worlds; None where there is nothing to divide by."""
    counts: NDArray[np.float64] = np.array(ratios, dtype=np.float64)
    if counts[:, 1].sum() == 0:
        return None
    rng = np.random.default_rng(0)
    sums = counts[rng.integers(0, len(counts), (RESAMPLED, len(counts)))].sum(axis=1)
    drawn = sums[sums[:, 1] > 0]
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    return float(counts[:, 0].sum() / counts[:, 1].sum()), float(low), float(high)


def verdict(value: float, bar: str) -> str:
    """Whether a figure clears a bar written as "≥ .75", "≤ .03" or "= 0"."""
    sign, number = bar.split()
    met = {"≥": value >= float(number), "≤": value <= float(number), "=": value == float(number)}[sign]
    return "met" if met else "**not met**"


def render(measured: dict[str, dict[str, list[Ratio]]]) -> str:
    """The acceptance table: one line per figure, one column per mask."""
    lines = [
        f"| | bar | {' | '.join(MASKS)} |",
        "|---|---" + "|---" * len(MASKS) + "|",
    ]
    for line in LINES:
        cells = [_cell(line, name, measured) for name in MASKS]
        if SHUFFLED in line.bars:
            cells[0] = _cell(line, SHUFFLED, measured)
        bars = "; ".join(
            bar if name in ("full", SHUFFLED) else f"{name}: {bar}" for name, bar in line.bars.items()
        )
        lines.append(f"| {line.words} | {bars} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(line: Bar, mask: str, measured: dict[str, dict[str, list[Ratio]]]) -> str:
    found = measured[mask].get(line.key)
    if found is None or (line.key == "unseen" and mask != "archive"):
        return ""
    pooled = interval(found)
    if pooled is None:
        return "nobody was called so"
    value, low, high = pooled
    number = f"{value:.3f}" if value < 0.1 else f"{value:.2f}"
    text = f"{number} [{low:.2f}–{high:.2f}]"
    return f"{text} {verdict(value, line.bars[mask])}" if mask in line.bars else text


def render_funnels(funnels: dict[str, dict[str, int]]) -> str:
    """Where mentors get lost, per mask."""
    lines = [f"| mentors left | {' | '.join(MASKS)} |", "|---" * (1 + len(MASKS)) + "|"]
    for key, words in FUNNEL:
        lines.append(f"| {words} | {' | '.join(str(funnels[name][key]) for name in MASKS)} |")
    return "\n".join(lines)


def render_read(counts: pd.DataFrame) -> str:
    """In how many of a hundred posts of each sentence file the rules find each act."""
    acts = [name for name in counts.columns if name != "posts"]
    lines = [f"| sentences | posts | {' | '.join(acts)} |", "|---" * (2 + len(acts)) + "|"]
    for said, row in counts.sort_index().iterrows():
        shares = (f"{100 * row[act] / row['posts']:.0f}" if row[act] else "" for act in acts)
        lines.append(f"| {said} | {int(row['posts']):,} | {' | '.join(shares)} |")
    return "\n".join(lines)


def render_kinds(world: World) -> str:
    """Who is in a world, and what each kind does how often."""
    lines = [
        "| kind | people | what for | it lasts (share of the time) | at least one of | a year, on average |",
        "|---" * 6 + "|",
    ]
    for kind in world.kinds:
        low, high = kind.known
        does = ", ".join(f"{flow} {rate:g}" for flow, rate in kind.yearly.items())
        met = ", ".join(kind.met)
        lines.append(f"| {kind.name} | {kind.people} | {kind.why} | {low:g}–{high:g} | {met} | {does} |")
    return "\n".join(lines)


def run(seeds: int, world: World) -> Iterator[str]:
    """Measure all worlds; the three tables, one after the other."""
    measured: dict[str, dict[str, list[Ratio]]] = defaultdict(lambda: defaultdict(list))
    funnels: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counts: list[pd.DataFrame] = []
    for seed in range(seeds):
        started = time.perf_counter()
        lived = live(seed, world)
        for name in MASKS:
            alters, acts = score(lived, name, seed)
            for key, ratio in measure(alters).items():
                measured[name][key].append(ratio)
            for key, number in funnel(alters, lived).items():
                funnels[name][key] += number
            if name == "full":
                counts.append(read(lived, acts))
        mixed, _ = score(shuffle_words(lived, seed), "full", seed)
        mentors = int(mixed["held"].map(lambda held: "mentor" in held).sum())
        measured[SHUFFLED]["shuffled"].append(Ratio(mentors, len(mixed)))
        print(f"world {seed}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    yield render(measured)
    yield render_funnels(funnels)
    yield render_read(pd.concat(counts).groupby(level=0).sum().astype(int))


def put_between(page: str, name: str, body: str) -> str:
    """The page with a table put between the two markers of that name."""
    before, opened, rest = page.partition(f"<!-- {name} -->\n")
    _, closed, after = rest.partition(f"<!-- /{name} -->")
    if not opened or not closed:
        raise SystemExit(f"{PAGE.name} must hold the markers of {name!r}")
    return f"{before}{opened}{body}\n{closed}{after}"


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many worlds")
    parser.add_argument("--write", action="store_true", help=f"put the tables into docs/{PAGE.name}")
    given = parser.parse_args()
    tables = dict(zip(("acceptance", "funnel", "reading"), run(given.seeds, World()), strict=True))
    print("\n\n".join(tables.values()))
    tables["kinds"] = render_kinds(World())
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        for name, body in tables.items():
            page = put_between(page, name, body)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
