"""The tables of docs/simulation.md: which figures there are, their bars, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plnmap.research.simulator import MASKS, World

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "simulation.md"


RESAMPLED: Final = 2_000
SHUFFLED: Final = "shuffled"


READ_RIGHT: Final = {"full": "full, read right", "archive": "archive, read right"}
"""Controls: what would come out if the rules found each act where it is, and nowhere else."""

VIEWS: Final = (*MASKS, *READ_RIGHT.values())


class Ratio(NamedTuple):
    """Two counts of one world."""

    of: float
    all: float


Measured: TypeAlias = Mapping[str, Mapping[str, Sequence[Ratio]]]
"""View → figure → its counts in each world."""


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
    Bar("mentor_precision_lived", "… who helped ego ≥ 3 times, and 3 times as often as ego them, of these"),
    Bar("friend", "friends called mentor or peer", {"full": "≤ .03"}),
    Bar("celebrity", "celebrities and brands in any relational role", {"full": "≤ .01"}),
    Bar("service", "service desks and paid providers called mentor", {"full": "≤ .05"}),
    Bar("influencer", "influencers called mentor"),
    Bar("bug", "bug reporters called mentee"),
    Bar("peer_recall", "peers found, of all", {"full": "≥ .60"}),
    Bar("peer_recall_enough", "peers found, of those with ≥ 4 episodes each way"),
    Bar("peer_recall_lived", "peers found, of those with ≥ 3 episodes each way, neither 3 times the other"),
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


def interval(ratios: Sequence[Ratio]) -> tuple[float, float, float] | None:
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


def render(measured: Measured) -> str:
    """The acceptance table: one line per figure, one column per mask."""
    lines = [
        f"| | bar | {' | '.join(VIEWS)} |",
        "|---|---" + "|---" * len(VIEWS) + "|",
    ]
    for line in LINES:
        cells = [_cell(line, name, measured) for name in VIEWS]
        if SHUFFLED in line.bars:
            cells[0] = _cell(line, SHUFFLED, measured)
        bars = "; ".join(
            bar if name in ("full", SHUFFLED) else f"{name}: {bar}" for name, bar in line.bars.items()
        )
        lines.append(f"| {line.words} | {bars} | {' | '.join(cells)} |")
    return "\n".join(lines)


def render_others(new: Measured, every: Measured, others: int, worlds: int) -> str:
    """The same figures in full view in worlds that nobody looked at, and in those and the others together."""
    right = READ_RIGHT["full"]
    lines = [
        f"| full view | bar | {others} other worlds | all {worlds} worlds | all {worlds}, read right |",
        "|---" * 5 + "|",
    ]
    for line in LINES:
        if line.key in every["full"] and line.key != "unseen":
            cells = [_cell(line, *of) for of in (("full", new), ("full", every), (right, every))]
            lines.append(f"| {line.words} | {line.bars.get('full', '')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(line: Bar, mask: str, measured: Measured) -> str:
    found = measured[mask].get(line.key)
    if found is None or (line.key == "unseen" and mask not in ("archive", READ_RIGHT["archive"])):
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
    lines = [f"| mentors left | {' | '.join(VIEWS)} |", "|---" * (1 + len(VIEWS)) + "|"]
    for key, words in FUNNEL:
        lines.append(f"| {words} | {' | '.join(str(funnels[name][key]) for name in VIEWS)} |")
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
