"""How well brands are told from people, and what those who were thanked look like.

    python -m benchmarks.brands            prints the tables
    python -m benchmarks.brands --write    and puts them into docs/methods.md, between its markers

Profiles of Twitter that people called brand or person, and the targets of the hand-coded thanks in the
three archives. Only figures leave either.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.archives import imported, three
from benchmarks.figures import Figure, Place, figure, skipped
from benchmarks.measure import ROOT, call
from benchmarks.written import measure_alone

PAGE: Final = ROOT / "docs" / "methods.md"
MARKED: Final = "brands"
WHAT: Final = "brands told from people, on accounts that were not learned from: F1"
TARGET: Final = "≥ .80"
UNSEEN: Final = "all three agreed; accounts not fitted on (five folds)"


def measure(place: Place) -> list[Figure]:
    """F1 of brands on labelled profiles, by cross-validation."""
    told = results(place)
    if told is None:
        return [skipped(WHAT, TARGET)]
    row = next(row for row in told["profiles"] if row["profiles"] == UNSEEN)
    measured = f"{row['f1']:.3f} (precision {row['precision']:.2f}, recall {row['recall']:.2f}); {row['n']:,}"
    return [figure(WHAT, TARGET, f"{measured} profiles", met=row["f1"] >= 0.8)]


def results(place: Place) -> dict[str, Any] | None:
    """What `tell` found, or None without the real data."""
    if place.archives is None:
        return None
    file = imported(three(place.archives), place.folder / "brands.duckdb")
    told: dict[str, Any] = json.loads(call("brands", "tell", str(file), str(place.archives.parent)).said)
    return told


def table(told: dict[str, Any]) -> str:
    """Both tables as Markdown."""
    lines = [
        "| profiles | taken for a brand from | precision | recall | F1 | brands of profiles |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['profiles']} | {row['from']:.1f} | {row['precision']:.3f} | {row['recall']:.3f} "
        f"| {row['f1']:.3f} | {row['brands']:,} of {row['n']:,} |"
        for row in told["profiles"]
    ]
    lines += [
        "",
        "| hand-coded thanks | brand | service desk | person | unknown | their help is owed | n |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['thanks']} | {row['brand']} | {row['desk']} | {row['person']} | {row['unknown']} "
        f"| {row['provider']} | {row['n']} |"
        for row in told["thanked"]
    ]
    return "\n".join([*lines, ""])


def tell(file: str, data: str) -> None:
    """Print, as JSON, both tables."""
    print(
        json.dumps(
            {"profiles": list(_profiles(Path(data))), "thanked": list(_thanked(Path(file), Path(data)))}
        )
    )


def _profiles(data: Path) -> Iterator[dict[str, Any]]:
    import numpy as np

    from benchmarks.brand_profiles import count_signs, cross_validated, fit, odds, read
    from plnmap.acts.linear import probability
    from plnmap.analysis.settings import BrandRules

    rules = BrandRules()
    sure, unsure = (read(data / "accounts" / "brand_or_person.csv", sure=sure) for sure in (True, False))
    counted, doubtful = count_signs(sure), count_signs(unsure)
    weights = fit(counted, sure.brand, np.ones(len(sure.brand), np.bool_))
    unseen = cross_validated(counted, sure)
    has_bio = counted.amounts[:, -2] > 0
    known = {part: cross_validated(counted, sure, part)[has_bio] for part in ("bio", "posts")}
    for name, found, brand, border in (
        (UNSEEN, unseen, sure.brand, rules.brand_from),
        ("the same profiles, fitted on", odds(counted.amounts, weights), sure.brand, rules.brand_from),
        ("not fitted on, bio alone shown", known["bio"], sure.brand[has_bio], rules.brand_from),
        ("not fitted on, post alone shown", known["posts"], sure.brand[has_bio], rules.brand_from),
        (
            "two of three agreed; never fitted on",
            odds(doubtful.amounts, weights),
            unsure.brand,
            rules.brand_from,
        ),
        (f"{UNSEEN}, there is a bio", unseen[has_bio], sure.brand[has_bio], rules.provider_from),
    ):
        taken = probability(found) >= border
        hits = float(np.sum(taken & brand))
        yield {
            "profiles": name,
            "from": border,
            "precision": hits / float(np.sum(taken)),
            "recall": hits / float(np.sum(brand)),
            "f1": 2 * hits / float(np.sum(taken) + np.sum(brand)),
            "brands": int(np.sum(brand)),
            "n": len(brand),
        }


def _thanked(file: Path, data: Path) -> Iterator[dict[str, Any]]:
    """What those look like whom a thanks that was coded by hand answers."""
    import csv

    from plnmap.analysis.accounts.brands import NOTHING_KNOWN, brand_scores, providers
    from plnmap.analysis.derived import derive_acts, derive_ties
    from plnmap.analysis.egos import egos, end_of_day
    from plnmap.store import open_store

    with (data / "acts" / "thanks_replies.csv").open(encoding="utf-8", newline="") as rows:
        coded = {f"twitter:{row['post_id']}": row["object"] for row in csv.DictReader(rows)}
    kinds = {"help": "help", "service_desk_help": "a service desk's help"}
    counts: dict[str, Counter[str]] = {name: Counter() for name in kinds}
    with open_store(file) as store:
        derive_ties(store, lambda text: None)
        derive_acts(store, lambda text: None)
        for ego in egos(store):
            last = end_of_day(ego, None)
            scores = brand_scores(store, ego, last) if last else {}
            owed = providers(scores)
            for post, target in store.rows(
                "SELECT post, target FROM interactions WHERE kind = 'reply' AND source = ?", [ego.account]
            ):
                if coded.get(post) in kinds:
                    counts[coded[post]].update([scores.get(target, NOTHING_KNOWN).kind, "n"])
                    counts[coded[post]]["provider"] += target in owed
    for name, words in kinds.items():
        every = ("brand", "desk", "person", "unknown", "provider", "n")
        yield {"thanks": words, **{column: counts[name][column] for column in every}}


if __name__ == "__main__":
    measure_alone(results, table, PAGE, MARKED)
