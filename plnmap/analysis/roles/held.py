"""The roles that hold surely enough to be told, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from plnmap.analysis.contact.contacts import as_date, epoch_day
from plnmap.analysis.help.episodes import is_help
from plnmap.analysis.help.evidence import corrected_evidence
from plnmap.analysis.help.tallies import count_days, span_of_days
from plnmap.analysis.help.traces import Traces
from plnmap.analysis.roles.facts import Sides, amplification
from plnmap.analysis.settings import Settings
from plnmap.analysis.status import Bools, Floats, Strings, rounded
from plnmap.model import Episode, HeldRole


class Ground(NamedTuple):
    """What a role rests on, per alter: how much of what was seen, the estimate it gives, and when."""

    unit: Strings
    n: Floats
    first: Floats
    last: Floats
    estimate: Floats
    lo: Floats
    hi: Floats


def held_roles(
    ego: str,
    held: pd.Series[Any],
    agreement: pd.DataFrame,
    grounds: Mapping[str, Ground],
    sides: Sides,
    settings: Settings,
) -> list[HeldRole]:
    """The roles that hold, without those that too few draws agree on.

    Parameters
    ----------
    ego
        Whose network.
    held
        What `plnmap.analysis.roles.rules.assign` gives, one list of names per alter.
    agreement
        What `plnmap.analysis.roles.bootstraps.agreement` gives; a role without a column is exempt.
    grounds
        What `grounds_of_roles` gives.
    sides
        What is covered.
    settings
        In how many draws a role must hold.

    Returns
    -------
    list of HeldRole
        In the order of the alters, then of the table of roles.
    """
    coverage = coverage_in_words(sides)
    found = []
    for row, (account, names) in enumerate(held.items()):
        for name in names:
            role = name.removesuffix("?")
            share = agreement[role].iloc[row] if role in agreement else np.nan
            if share < settings.bootstraps.agreement:
                continue
            ground = grounds[role]
            found.append(
                HeldRole(
                    ego=ego,
                    account=str(account),
                    role=role,
                    sure=role == name,
                    agreement=rounded(share),
                    n=int(ground.n[row]),
                    unit=ground.unit[row],
                    estimate=rounded(ground.estimate[row]),
                    lo=rounded(ground.lo[row]),
                    hi=rounded(ground.hi[row]),
                    first_day=as_date(ground.first[row]),
                    last_day=as_date(ground.last[row]),
                    coverage=coverage[row],
                )
            )
    return found


def grounds_of_roles(
    traces: Traces, told: Iterable[Episode], help_columns: Mapping[str, Any], settings: Settings
) -> dict[str, Ground]:
    """What each role rests on; of two instruments the one that shows more.

    Parameters
    ----------
    traces
        What passed between ego and the alters.
    told
        The help episodes of ego and the alters.
    help_columns
        Help by both instruments, as the columns of `plnmap.model.Person` have it.
    settings
        What tells credit from attention, and how intervals are made.
    """
    received = _more(
        _of_help("days of thanks", help_columns, "help_in_thanks", "thanked"),
        _of_help("days of offers", help_columns, "help_in_offers", "offered"),
    )
    given = _more(
        _of_help("days of offers", help_columns, "help_out_offers", "given"),
        _of_help("days of thanks", help_columns, "help_out_thanks", "thanked_back"),
    )
    attention = _seen(traces, "days of attention", traces.rows("attention", by_ego=True))
    credit = _seen(traces, "days of credit", traces.rows("credit", by_ego=True))
    return {
        "mentor": received,
        "mentee": given,
        "peer_mentor": received,
        "just_in_time_helper": _of_episodes(traces.accounts, told),
        "role_model": _either(credit.n >= settings.roles.credit_days, credit, attention),
        "amplifier": _of_amplification(traces, settings),
        "broadcaster": attention,
        "gone_quiet": _seen(traces, "days of contact", traces.rows("contact")),
    }


def coverage_in_words(sides: Sides) -> list[str]:
    """How much of each side is in the sources, one phrase per alter.

    >>> coverage_in_words(Sides(True, True, np.array([True, False]), np.array([False, False])))
    ["all of ego's side, part of theirs", "all of ego's side, none of theirs"]
    """
    own = "all" if sides.outgoing_complete else "part" if sides.outgoing else "none"
    theirs = np.select([sides.incoming_complete, sides.incoming], ["all", "part"], "none")
    return [f"{own} of ego's side, {their} of theirs" for their in theirs]


def _of_help(unit: str, columns: Mapping[str, Any], estimate: str, days: str) -> Ground:
    return Ground(
        _all(unit, columns[estimate]),
        *(columns[f"{days}_{part}"] for part in ("days", "first", "last")),
        *(columns[name] for name in (estimate, f"{estimate}_lo", f"{estimate}_hi")),
    )


def _seen(traces: Traces, unit: str, rows: Bools) -> Ground:
    """Days that are counted as they are, without an estimate."""
    days = count_days(traces, rows)
    nothing = np.full(len(days), np.nan)
    return Ground(_all(unit, days), days, *span_of_days(traces, rows), nothing, nothing, nothing)


def _of_episodes(accounts: list[str], told: Iterable[Episode]) -> Ground:
    """Single helps that ego received, and the days on which they came."""
    days = [
        (each.account, float(epoch_day(each.day)))
        for each in told
        if each.direction == "in" and is_help(each)
    ]
    by_account = pd.DataFrame(days, columns=["account", "day"]).groupby("account")["day"]
    n, first, last = (
        np.asarray(column.reindex(accounts), dtype=np.float64)
        for column in (by_account.size(), by_account.min(), by_account.max())
    )
    nothing = np.full(len(accounts), np.nan)
    return Ground(_all("quick helps", n), np.nan_to_num(n), first, last, nothing, nothing, nothing)


def _of_amplification(traces: Traces, settings: Settings) -> Ground:
    """Days on which they made ego seen, and what those are worth in days of quotes."""
    seen = amplification(traces, by_ego=False)
    found = corrected_evidence(seen.days, seen.days, rules=settings.evidence)
    each = seen.worth / np.maximum(seen.days, 1)
    lo, hi = found.estimate_lo * each, found.estimate_hi * each
    unit = _all("days of boosts, quotes and good words", seen.days)
    return Ground(unit, seen.days, *seen.span, seen.worth, lo, hi)


def _more(one: Ground, other: Ground) -> Ground:
    return _either(~(np.nan_to_num(other.estimate) > np.nan_to_num(one.estimate)), one, other)


def _either(first: Bools, one: Ground, other: Ground) -> Ground:
    return Ground(*(np.where(first, *columns) for columns in zip(one, other, strict=True)))


def _all(unit: str, like: Floats) -> Strings:
    return np.full(len(like), unit, dtype=object)
