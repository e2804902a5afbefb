"""Fit how much each sign says for an organisation or for a person.

    python -m data.train_brands [--out FILE]

Reads ``accounts/brand_or_person.csv`` in the folder ``PLNMAP_REAL_DATA`` (else ``../shared/data``);
only profiles on which all three people agreed are learned from. Writes the weights, and prints how well
they do on profiles that they were not fitted on. The same data make the same weights. What is written is
one number per sign of ``brand_words/signs.toml``: no word of any profile is in it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.acts import DATA, ROOT
from benchmarks.brand_profiles import Numbers, Table, count_signs, cross_validated, f1, fit, odds, read
from plnmap.acts.linear import probability
from plnmap.analysis.settings import BrandRules


def written(table: Table, weights: Numbers) -> str:
    """The file of weights."""
    lines = [HEADER, "[before]"]
    lines += [
        f"{name} = {weight:.2f}" for name, weight in zip(("bio", "posts", "none"), weights[-3:], strict=True)
    ]
    for part in ("bio", "posts"):
        of_part = [
            (s.name.partition(".")[2], w)
            for s, w in zip(table.wanted, weights[:-3], strict=True)
            if s.part == part
        ]
        lines += [
            "",
            f"[{part}]",
            *(f"{name} = {weight:.2f}" for name, weight in sorted(of_part, key=lambda row: -row[1])),
        ]
    return "\n".join([*lines, ""])


HEADER: Final = """\
# What each sign of signs.toml adds to the log-odds of an organisation. Written by data/train_brands.py.
#
# Fitted on 6,932 profiles of Twitter from October 2015, on which three crowd workers agreed, out of the data
# set "Twitter User Gender Classification" (CrowdFlower, library "Data For Everyone", free of charge for
# everybody). Only whether it is a brand is used of it, never gender. The copy that was read names no licence
# of its own. The file holds one number per sign, and no text of anybody.
"""


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT / "plnmap" / "analysis" / "accounts" / "brand_words" / "weights.toml"
    parser.add_argument("--out", type=Path, default=default, help="where to write")
    out: Path = parser.parse_args().out
    profiles = read(DATA / "accounts" / "brand_or_person.csv", sure=True)
    table = count_signs(profiles)
    everyone = np.ones(len(profiles.brand), np.bool_)
    weights = fit(table, profiles.brand, everyone)
    held_out = cross_validated(table, profiles)
    print(f"{len(everyone):,} profiles, {profiles.brand.sum():,} brands, {profiles.who.max() + 1:,} accounts")
    for score in (0.3, BrandRules().brand_from, 0.5):
        unseen = f1(probability(held_out) >= score, profiles.brand)
        seen = f1(probability(odds(table.amounts, weights)) >= score, profiles.brand)
        print(f"from {score:.2f}: F1 {unseen:.3f} on accounts not fitted on, {seen:.3f} on those fitted on")
    out.write_text(written(table, weights), encoding="utf-8")


if __name__ == "__main__":
    main()
