"""Whether the strength score foretells contact better than counting, with the whole interval above 0.

    python -m benchmarks.strength            prints the tables
    python -m benchmarks.strength --write    and puts them into docs/methods.md, between its markers

Two sorts of data. In the messages between students everybody is an ego in turn: the clock is set
back every 30 days from the last day on, as far as the data reach. Of the three archives it is set
back by 30, 60 and 90 days, as `plnmap validate` does it; and, since two of the three owners
hardly wrote any more at the end, every 180 days from the last day on as well. A month counts with 30 people
known and 5 of them contacted in the 30 days after it. What is told is the mean over egos of the mean over
their months; its interval draws each ego's people anew, 1,000 times.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.archives import imported, three
from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import ROOT, call
from benchmarks.written import measure_alone

if TYPE_CHECKING:
    from plnmap.research.comparing import Ranked
    from plnmap.research.foretelling import Month, Network, Passed

PAGE: Final = ROOT / "docs" / "methods.md"
MARKED: Final = "validation"
TARGET: Final = "whole interval > 0"
DAYS_BETWEEN: Final = 180
MESSAGES: Final = "CollegeMsg.txt"
HEADS: Final = {
    "messages": "messages between students, every 30 days",
    "end": "archives a, b, c, the last three months",
    "all": f"archives a, b, c, every {DAYS_BETWEEN} days",
}


def measure(place: Place) -> list[Figure]:
    """Average precision of strength above that of counting, for each of `HEADS`."""
    told = results(place)
    if told is None:
        return [skipped(_what(head), TARGET) for head in HEADS]
    return [_figure(head, told[head]) for head in HEADS]


def results(place: Place) -> dict[str, Any] | None:
    """What `tell` found, or None without the real data."""
    if place.archives is None:
        return None
    file = imported(three(place.archives), place.folder / "strength.duckdb")
    messages = place.archives.parent / "networks" / MESSAGES
    told: dict[str, Any] = json.loads(call("strength", "tell", str(file), str(messages)).said)
    return told


def _what(head: str) -> str:
    return f"strength foretells contact, average precision above counting: {HEADS[head]}"


def _figure(head: str, told: dict[str, Any]) -> Figure:
    by_name = {row["ranking"]: row for row in told["rankings"]}
    ahead, own = by_name["count"]["ahead"], by_name["strength"]["average_precision"]
    counted = f"{told['egos']} of {told['asked']} egos, {told['months']} months"
    if ahead["status"] != "value":
        return figure(_what(head), TARGET, f"{counted}: too few contacts", met=False)
    counting = by_name["count"]["average_precision"]["value"]
    measured = f"{_interval(ahead)} ({own['value']:.3f} : {counting:.3f}); {counted}"
    return figure(_what(head), TARGET, measured, met=ahead["lo"] > 0)


def _interval(measure: dict[str, Any]) -> str:
    return f"{measure['value']:.3f} [{measure['lo']:.3f}, {measure['hi']:.3f}]"


def table(told: dict[str, Any]) -> str:
    """All rankings on all data, as Markdown."""
    lines = []
    for head, words in HEADS.items():
        found = told[head]
        lines += [
            f"{words[0].upper()}{words[1:]}: {found['egos']} of {found['asked']} egos have enough to judge "
            f"by, {found['months']} months, {found['contacted']:,} people contacted in them.",
            "",
            "| ordered by | average precision | ROC AUC | NDCG@10 | strength is ahead by |",
            "|---|---|---|---|---|",
            *(f"| {' | '.join(_cells(row))} |" for row in found["rankings"]),
            "",
        ]
    return "\n".join(lines[:-1]) + "\n"


def _cells(row: dict[str, Any]) -> Iterator[str]:
    yield f"`{row['ranking']}`"
    for name in ("average_precision", "roc_auc", "ndcg"):
        value = row[name]["value"]
        yield row[name]["status"].replace("_", " ") if value is None else f"{value:.3f}"
    ahead = row["ahead"]
    if row["ranking"] == "strength":
        yield ""
    else:
        yield ahead["status"].replace("_", " ") if ahead["value"] is None else _interval(ahead)


def tell(file: str, messages: str) -> None:
    """Print, as JSON, how every ranking did on each sort of data."""
    archives = dict(zip(("end", "all"), _of_archives(Path(file)), strict=True))
    print(json.dumps({"messages": summary(_of_messages(Path(messages))), **archives}))


def summary(egos: list[list[Month]]) -> dict[str, Any]:
    """How much was compared, and how every ranking did."""
    from plnmap.analysis.settings import StrengthWeights
    from plnmap.research.comparing import Protocol, compare, counts

    weights = StrengthWeights()
    used = [[month for month in months if counts(month, weights)] for months in egos]
    return {
        "asked": len(egos),
        "egos": sum(map(bool, used)),
        "months": sum(map(len, used)),
        "contacted": sum(int(month.contacted.sum()) for months in used for month in months),
        "rankings": [_plain(row) for row in compare(used, weights, Protocol())],
    }


def _plain(row: Ranked) -> dict[str, Any]:
    return {
        name: value._asdict() if hasattr(value, "_asdict") else value for name, value in row._asdict().items()
    }


def _of_archives(file: Path) -> Iterator[dict[str, Any]]:
    from plnmap.analysis.contact.contacts import load_contacts
    from plnmap.analysis.derived import derive_ties
    from plnmap.analysis.egos import egos
    from plnmap.analysis.settings import StrengthWeights
    from plnmap.research.foretelling import month, network, passed_between
    from plnmap.research.validation import last_day_to_foretell
    from plnmap.store import open_store

    weights = StrengthWeights()
    at_end, throughout = [], []
    with open_store(file) as store:
        derive_ties(store, lambda text: None)
        for ego in egos(store):
            contacts = load_contacts(store, ego, None)
            passed, ties = passed_between(store, ego, contacts), network(store, ego, contacts)
            end, _ = last_day_to_foretell(contacts, weights)
            latest = end - weights.horizon_days
            origins = [latest - weights.horizon_days * step for step in range(3)]
            at_end.append([month(passed, ties, origin, weights) for origin in origins])
            spread = range(latest, int(contacts.active[0]), -DAYS_BETWEEN)
            throughout.append([month(passed, ties, origin, weights) for origin in spread])
    yield summary(at_end)
    yield summary(throughout)


def _of_messages(path: Path) -> list[list[Month]]:
    """Months of everybody who ever had contact with enough people, from `source target seconds` lines."""
    import pandas as pd

    from plnmap.analysis.settings import StrengthWeights
    from plnmap.research.foretelling import month

    weights = StrengthWeights()
    messages = pd.read_csv(path, sep=r"\s+", names=["source", "target", "at"])
    messages["day"] = messages["at"] // 86_400
    days = messages.groupby(["source", "target", "day"]).size().rename("acts").reset_index()
    last, people = int(days["day"].max()), int(days[["source", "target"]].max().max()) + 1
    origins = range(last - weights.horizon_days, int(days["day"].min()), -weights.horizon_days)
    both_ways = days[["target", "source"]].set_axis(["source", "target"], axis=1)
    partners = pd.concat([days[["source", "target"]], both_ways]).drop_duplicates().groupby("source").size()
    egos = partners.index[partners >= weights.calibration_candidates]
    passed = (_of_one(days, int(ego), people) for ego in egos)
    return [[month(*of_ego, origin, weights) for origin in origins] for of_ego in passed]


def _of_one(days: Any, ego: int, people: int) -> tuple[Passed, Network]:
    """What passed between one person and everybody, as an analysis would read it from a PLN file."""
    import numpy as np

    from plnmap.research.foretelling import Network, Passed

    columns = {name: days[name].to_numpy(np.int64) for name in days}
    sent, received = (np.flatnonzero(columns[side] == ego) for side in ("source", "target"))
    rows = np.concatenate([sent, received])
    passed = Passed(
        alter=np.concatenate([columns["target"][sent], columns["source"][received]]),
        day=columns["day"][rows],
        outgoing=np.arange(len(rows)) < len(sent),
        acts=columns["acts"][rows],
        people=people,
    )
    always = np.zeros(people), np.full(people, np.inf)
    return passed, Network(columns["source"], columns["target"], columns["day"], ego, people, *always)


if __name__ == "__main__":
    measure_alone(results, table, PAGE, MARKED)
