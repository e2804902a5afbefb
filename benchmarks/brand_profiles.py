"""Profiles that people called brand or person, and the regression that weighs the signs of one.

Read from ``accounts/brand_or_person.csv`` in the folder of real data: profiles of Twitter from October
2015, each with one post, which three crowd workers each called brand or person.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize, sparse

from plnmap.acts.linear import probability
from plnmap.analysis.accounts.brand_signs import Sign, find_signs, signs

PENALTY: Final = 1.0
"""Of the squared weights; a third and three times of it change F1 by less than a hundredth."""
HALF_KNOWN: Final = 0.3
"""Weight of a profile of which only the bio, or only the post, is shown to the fit."""
FOLDS: Final = 5
SEED: Final = 20_043

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

# The file was read as one encoding and written as another twice over; what an emoji became has no way back.
_MARKS: Final = {
    "\x89Ûª": "’", "\x89Û÷": "‘", "\x89ÛÏ": "“", "\x89Û\x9d": "”",
    "\x89ÛÒ": "–", "\x89ÛÓ": "—", "\x89Û¢": "•", "\x89Û_": "…",
}  # fmt: skip
_EMOJI: Final = re.compile("_Ù[\x80-ÿ_]{1,2}")
_SYMBOL: Final = re.compile("\x89[\x80-ÿ][\x80-ÿ_]")


class Profiles(NamedTuple):
    """Profiles, and what people said of them."""

    rows: pd.DataFrame
    """bio and post as they were before the file was mangled."""
    brand: Flags
    who: NDArray[np.intp]
    """Number of the account: profiles with the same bio, or without one the same first day, are one."""

    def take(self, chosen: Flags) -> Profiles:
        """Some of them."""
        return Profiles(self.rows[chosen].reset_index(drop=True), self.brand[chosen], self.who[chosen])


class Table(NamedTuple):
    """How often every sign is in every profile; the last two columns say whether there is a bio, a post."""

    amounts: Numbers
    wanted: list[Sign]

    def shown(self, part: str) -> Numbers:
        """The same as if nothing but one part were known of them."""
        keep = np.array([sign.part == part for sign in self.wanted] + [part == "bio", part == "posts"])
        return np.asarray(self.amounts * keep)


def read(path: Path, *, sure: bool) -> Profiles:
    """Profiles of a file, those that all three people called the same or the other ones."""
    table = pd.read_csv(path, dtype={"description": object, "text": object})
    table = table[(table["confidence"] == 1) == sure].reset_index(drop=True)
    same = table["description"].fillna(table["created"])
    return Profiles(
        pd.DataFrame({"bio": table["description"].map(mended), "post": table["text"].map(mended)}),
        (table["label"] == "brand").to_numpy(),
        pd.factorize(same)[0],
    )


def mended(text: Any) -> str | None:
    """A text with its marks and emoji; None where there is none.

    >>> mended("we\x89Ûªre here &amp; there _Ù÷â"), mended(float("nan"))
    ('we’re here & there 🙂', None)
    """
    if not isinstance(text, str):
        return None
    text = _EMOJI.sub("🙂", text)
    for mangled, mark in _MARKS.items():
        text = text.replace(mangled, mark)
    return unescape(_SYMBOL.sub("☺", text))


def count_signs(profiles: Profiles) -> Table:
    """How often each fitted sign is in each profile."""
    wanted = [sign for sign in signs().values() if sign.fitted]
    with duckdb.connect() as connection:
        connection.register("profiles", profiles.rows.reset_index(names="account"))
        texts = (
            "SELECT account, 'bio' AS part, bio AS words FROM profiles "
            "UNION ALL SELECT account, 'posts', post FROM profiles"
        )
        found = find_signs(connection, texts, {}, wanted).signs
    number = {sign.name: i for i, sign in enumerate(wanted)}
    found = found[found["sign"].isin(number.keys())]
    amounts = np.zeros((len(profiles.brand), len(wanted) + 2))
    amounts[found["account"], found["sign"].map(number)] = found["amount"]
    amounts[:, -2] = profiles.rows["bio"].notna()
    amounts[:, -1] = profiles.rows["post"].notna()
    return Table(amounts, wanted)


def fit(table: Table, brand: Flags, chosen: Flags) -> Numbers:
    """Weights of the signs, of a bio and of a post being there, and the bias: a logistic regression.

    Of some accounts a file knows only the bio, of others only posts; each profile is learned from in
    all three ways, so that a score means the same whichever is there.
    """
    parts = [
        (table.amounts[chosen], 1.0),
        *((table.shown(part)[chosen], HALF_KNOWN) for part in ("bio", "posts")),
    ]
    amounts = np.vstack([part for part, _ in parts])
    amounts = np.hstack([amounts, np.ones((len(amounts), 1))])
    target = np.tile(brand[chosen].astype(np.float64), len(parts))
    weight = np.repeat([weight for _, weight in parts], chosen.sum())
    weight *= amounts[:, -3:-1].any(axis=1)
    counted = sparse.csr_array(amounts)
    transposed = counted.T.tocsr()
    penalty = np.append(np.full(amounts.shape[1] - 1, PENALTY), 0.0)

    def loss(given: Numbers) -> tuple[float, Numbers]:
        odds = counted @ given
        lost = np.sum(weight * (np.logaddexp(0, odds) - target * odds)) + penalty @ given**2 / 2
        return float(lost), transposed @ (weight * (probability(odds) - target)) + penalty * given

    return optimize.minimize(loss, np.zeros(amounts.shape[1]), jac=True, method="L-BFGS-B").x


def odds(amounts: Numbers, weights: Numbers) -> Numbers:
    """Log-odds of being a brand."""
    return np.asarray(amounts @ weights[:-1] + weights[-1])


def cross_validated(table: Table, profiles: Profiles, part: str | None = None) -> Numbers:
    """Log-odds of each profile by weights that were fitted without its account.

    With `part`, as if only the bio, or only the post, were known.
    """
    fold = np.random.default_rng(SEED).integers(FOLDS, size=profiles.who.max() + 1)[profiles.who]
    amounts = table.amounts if part is None else table.shown(part)
    found = np.empty(len(fold))
    for held_out in range(FOLDS):
        weights = fit(table, profiles.brand, fold != held_out)
        found[fold == held_out] = odds(amounts[fold == held_out], weights)
    return found


def f1(found: Flags, brand: Flags) -> float:
    """Harmonic mean of precision and recall."""
    return float(2 * np.sum(found & brand) / np.sum(1.0 * found + brand))
