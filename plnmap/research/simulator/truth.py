"""What was drawn: who is what, and who helped whom on which day. The pipeline never sees it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plnmap.research.simulator.people import EGO
from plnmap.research.simulator.scenes import HELP

Ints = NDArray[np.int64]

TRUTH_COLUMNS: Final = {
    "person": "number of the alter",
    "account": "account key in the file",
    "handle": "handle, without @",
    "part": "what they are to count as",
    "kind": "the kind of person whose rates theirs were drawn around",
    "help_in": "times they helped ego, episodes",
    "help_in_days": "days on which they helped ego, days",
    "help_in_span_days": "days from the first to the last of these, days",
    "help_in_on": "these days, joined by ;",
    "acknowledged_in": "times ego acknowledged it, episodes",
    "help_out": "times ego helped them, episodes",
    "help_out_days": "days on which ego helped them, days",
    "help_out_span_days": "days from the first to the last of these, days",
    "help_out_on": "these days, joined by ;",
    "acknowledged_out": "times they acknowledged it, episodes",
}
"""Columns of the truth table, one row per alter."""

EPISODE_COLUMNS: Final = {
    "person": "number of the alter",
    "direction": "in: they helped ego; out: ego helped them",
    "day": "UTC day of the answer",
    "way": "ask, call or unasked",
    "answer": "what the first answer does",
    "acknowledged_by": "help_thanks or uptake; empty if the receiver said nothing",
}
"""Columns of the true help episodes."""


def true_episodes(posts: pd.DataFrame, begin: datetime) -> pd.DataFrame:
    """The help that was given, one row per episode, in order of time: `EPISODE_COLUMNS`.

    An answer makes an episode, whether it was acknowledged or not. What a firm
    does for its customers, and ego for those who report bugs, is none.
    """
    helped = posts[posts["scene"].isin(HELP)]
    answers = helped[helped["line"] == 1]
    thanked = helped[helped["line"] == 4]
    thanks = dict(zip(thanked["happening"], thanked["act"], strict=True))
    received = (answers["to"] == EGO).to_numpy()
    return pd.DataFrame(
        {
            "person": np.where(received, answers["author"], answers["to"]),
            "direction": np.where(received, "in", "out"),
            "day": [(begin + timedelta(days=at)).date() for at in answers["at"]],
            "way": answers["scene"],
            "answer": answers["act"],
            "acknowledged_by": [thanks.get(happening, "") for happening in answers["happening"]],
        }
    ).reset_index(drop=True)


def truth_table(
    people: pd.DataFrame, alters: int, episodes: pd.DataFrame, accounts: list[str]
) -> pd.DataFrame:
    """Who is what, one row per alter: `TRUTH_COLUMNS`.

    Parameters
    ----------
    people, alters
        Everybody by number, and how many of them are alters.
    episodes
        As `true_episodes` gives them.
    accounts
        Account key of everybody, by number.
    """
    numbers = np.arange(1, 1 + alters)
    rows = people.iloc[numbers]
    columns: dict[str, object] = {
        "person": numbers,
        "account": [accounts[number] for number in numbers],
        "handle": rows["handle"].to_numpy(),
        "part": rows["part"].to_numpy(),
        "kind": rows["kind"].to_numpy(),
    }
    for direction in ("in", "out"):
        columns |= _helped(episodes[episodes["direction"] == direction], direction, numbers)
    return pd.DataFrame(columns)[list(TRUTH_COLUMNS)]


def _helped(episodes: pd.DataFrame, direction: str, numbers: Ints) -> dict[str, Any]:
    days: dict[int, set[date]] = {number: set() for number in numbers.tolist()}
    for person, day in zip(episodes["person"].tolist(), episodes["day"], strict=True):
        days[person].add(day)
    thanked = episodes[episodes["acknowledged_by"] != ""]
    name = f"help_{direction}"
    return {
        name: np.bincount(episodes["person"], minlength=len(numbers) + 1)[1:],
        f"{name}_days": [len(each) for each in days.values()],
        f"{name}_span_days": [(max(each) - min(each)).days if each else 0 for each in days.values()],
        f"{name}_on": [";".join(day.isoformat() for day in sorted(each)) for each in days.values()],
        f"acknowledged_{direction}": np.bincount(thanked["person"], minlength=len(numbers) + 1)[1:],
    }
