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
from plnmap.analysis.status import Floats, Ints

JUDGED: Final = tuple(role for role in ROLES if role.resampled)
"""Roles that draws can judge. One episode is there or is not; absence stays absent in every draw."""

ANY_HELP: Final = 1e-9
"""Corrected days of help: more than none."""

WEIGHTS_AT_ONCE: Final = 3_000_000
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
        numbers = np.unique(traces.conversation[np.isin(traces.alter, alters)])
        holds = _draws(traces.only(alters), numbers, some, known.iloc[alters], settings)
        share.iloc[alters] = holds / settings.bootstraps.draws
    # Where the balance is not observed, helped by and helping is all that peer mentor says: whoever
    # may be told both may be told it.
    both = share[["mentor", "mentee"]].min(axis=1)
    share["peer_mentor"] = share["peer_mentor"].mask(verdicts["peer_mentor"].isna(), both)
    return share


def _draws(traces: Traces, numbers: Ints, sides: Sides, known: pd.DataFrame, settings: Settings) -> Floats:
    """In how many draws each role (columns) holds of each alter (rows).

    `numbers` tell the conversations of `traces` apart, whoever else is judged.
    """
    rules, draws = rules_of_draws(settings.roles), settings.bootstraps.draws
    holds = np.zeros((len(known), len(JUDGED)))
    at_once = max(1, WEIGHTS_AT_ONCE // max(traces.conversations, 1))
    for start in range(0, draws, at_once):
        count = min(at_once, draws - start)
        weights = _times_drawn(numbers, np.arange(start, start + count), settings.bootstraps.seed)
        facts = role_facts(traces, sides, settings, weights=weights)
        columns = {name: _of_each_draw(value, count) for name, value in facts.items()}
        columns |= {name: _of_each_draw(known[name].to_numpy(), count) for name in ABOUT_THEM}
        verdicts = judge(columns, rules, JUDGED)
        for column, role in enumerate(JUDGED):
            held = verdicts[role.name].fillna(True).to_numpy(bool)
            holds[:, column] += held.reshape(len(known), count).sum(axis=1)
    return holds


def _times_drawn(numbers: Ints, draws: Ints, seed: int) -> Floats:
    """How often each conversation (rows) is drawn in each draw (columns): a Poisson number of mean 1.

    It hangs on these two and the seed alone. Drawn in a row, they would all change with whom else there
    is to judge, and with them a role that holds in about seven of ten draws.
    """
    likely = (np.arange(2**16) + 0.5) / 2**16
    times = np.searchsorted(pdtr(np.arange(12), 1.0), likely).astype(np.float64)
    # SplitMix64 (Steele, Lea & Flood 2014): multiples of an odd number, of which pandas' hash is the mixing.
    place = (numbers.astype(np.uint64)[:, None] << np.uint64(32)) + draws.astype(np.uint64)
    # Mixed on its own, or the draws of neighbouring seeds would be the same ones, shifted.
    place += pd.util.hash_array(np.array([seed], np.uint64))
    mixed = pd.util.hash_array(place.ravel() * np.uint64(0x9E37_79B9_7F4A_7C15))
    return np.take(times, mixed >> np.uint64(48)).reshape(place.shape)


def rules_of_draws(rules: RoleRules) -> RoleRules:
    """The rules without the minimums of what was seen; something must be drawn all the same.

    How likely it is that help goes both ways evenly is the lower, the less was seen. Asked in each draw as
    well, few days would count twice against it: a draw says whether help went both ways, and whether the
    share that ego received lies in the middle.
    """
    return replace(
        rules,
        help_days=0,
        help_span_days=0,
        peer_days=0,
        peer_estimate=ANY_HELP,
        even_probability=0,
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
