"""How far a role rests on single conversations: draw them anew, many times, and ask the rules again.

Conversations are drawn, not posts: what is said in one evening hangs together.
In each draw every conversation counts as often as a Poisson number of mean 1
says (Hanley & MacGibbon 2006), which is drawing with replacement, but for that
ties do not depend on one another. A day seen in k conversations counts 1/k in
each, so that counts are right on average.

A draw asks how sure an *estimate* is. So it applies the conditions on
estimates, gates, shares and probabilities. How many days, months and how long a
span a role asks for are minimums of what was *seen*: those days happened, and
no draw can take them back. Nor can one tell how seldom ego talks with a role model, which is about days
on which nothing happened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import pdtr

from plnmap.analysis.help.traces import Traces
from plnmap.analysis.roles.facts import Sides, role_facts
from plnmap.analysis.roles.rules import ABOUT_THEM, ROLES, judge
from plnmap.analysis.settings import RoleRules, Settings
from plnmap.analysis.status import Floats

JUDGED: Final = tuple(role for role in ROLES if role.resampled)
"""Roles that draws can judge. One episode is there or is not; absence stays absent in every draw."""

WEIGHTS_AT_ONCE: Final = 8_000_000
"""Numbers drawn at a time: bounds the memory that the draws take."""


def agreement(traces: Traces, sides: Sides, known: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Share of draws in which the rule of each role holds, surely or as far as can be seen.

    Parameters
    ----------
    traces, sides
        What passed between ego and the alters, and what of it is covered.
    known
        What `plnmap.analysis.roles.rules.assign` reads, of everything.
    settings
        Rules of roles, detection rates, how many draws, and their seed.

    Returns
    -------
    DataFrame
        Indexed like `known`, a column for each role in `JUDGED`, 0 to 1; NaN for alters none of these
        roles holds of.
    """
    share = pd.DataFrame(np.nan, index=known.index, columns=[role.name for role in JUDGED])
    verdicts = judge(known, settings.roles, JUDGED)
    possible = [verdict.fillna(True).to_numpy(bool) for verdict in verdicts.values()]
    (alters,) = np.nonzero(np.any(possible, axis=0))
    if len(alters):
        some = sides._replace(
            incoming=sides.incoming[alters], incoming_complete=sides.incoming_complete[alters]
        )
        holds = _draws(traces.only(alters), some, known.iloc[alters], settings)
        share.iloc[alters] = holds / settings.bootstraps.draws
    # Where the balance is not observed, helped by and helping is all that peer mentor says: whoever
    # may be told both may be told it.
    both = share[["mentor", "mentee"]].min(axis=1)
    share["peer_mentor"] = share["peer_mentor"].mask(verdicts["peer_mentor"].isna(), both)
    return share


def _draws(traces: Traces, sides: Sides, known: pd.DataFrame, settings: Settings) -> Floats:
    """In how many draws each role (columns) holds of each alter (rows)."""
    rules, draws = rules_of_draws(settings.roles), settings.bootstraps.draws
    random = np.random.default_rng(settings.bootstraps.seed)
    holds = np.zeros((len(known), len(JUDGED)))
    at_once = max(1, WEIGHTS_AT_ONCE // max(traces.conversations, 1))
    for start in range(0, draws, at_once):
        count = min(at_once, draws - start)
        weights = _times_drawn(random, (traces.conversations, count))
        facts = role_facts(traces, sides, settings, weights=weights)
        columns = {name: _of_each_draw(value, count) for name, value in facts.items()}
        columns |= {name: _of_each_draw(known[name].to_numpy(), count) for name in ABOUT_THEM}
        verdicts = judge(columns, rules, JUDGED)
        for column, role in enumerate(JUDGED):
            held = verdicts[role.name].fillna(True).to_numpy(bool)
            holds[:, column] += held.reshape(len(known), count).sum(axis=1)
    return holds


def _times_drawn(random: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Poisson numbers of mean 1, by looking up which of 65,536 equally likely ones it is."""
    likely = (np.arange(2**16) + 0.5) / 2**16
    times = np.searchsorted(pdtr(np.arange(12), 1.0), likely).astype(np.float64)
    return times[random.integers(0, 2**16, shape, dtype=np.uint16)]


def rules_of_draws(rules: RoleRules) -> RoleRules:
    """The rules without the minimums of what was seen; something must be drawn all the same.

    How likely it is that help goes both ways evenly is the lower, the less was seen. At the same height
    in each draw, few days would count twice against it: a draw says on which side of even odds it comes out.
    """
    return replace(
        rules,
        help_days=0,
        help_span_days=0,
        peer_days=0,
        peer_estimate=1.0,
        even_probability=0.5,
        credit_days=1,
        credit_months=0,
        attention_days=1,
        attention_months=0,
        amplified_days=0,
        contact_back_share=1,
        reply_share=1,
    )


def _of_each_draw(value: Any, draws: int) -> Any:
    """One value per alter and draw: alters one after the other, their draws side by side."""
    return value.ravel() if value.ndim == 2 else np.repeat(value, draws)
