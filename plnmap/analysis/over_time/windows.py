"""Roles over time: who played which part from when to when.

Roles are judged in windows of half a year, a new one each quarter. A role begins
with the first window in which its rule holds, and ends with the last one before
two in a row that show less than half of what it began with. A window in which
the two hardly talked says nothing, and ends nothing. Help that came once a year
fills no window; its days are told as they are, year by year.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from plnmap.analysis.contact.contacts import Contacts, as_date
from plnmap.analysis.help.tallies import count_days
from plnmap.analysis.help.traces import Traces
from plnmap.analysis.over_time.time_windows import Windows, windows
from plnmap.analysis.roles.facts import covered_sides, role_facts
from plnmap.analysis.roles.rules import ABOUT_THEM, ROLES, judge
from plnmap.analysis.settings import Settings
from plnmap.analysis.status import Bools, Floats


class Sign(NamedTuple):
    """What a role shows in: the counts that say how much there is of it, and the rows behind them."""

    counts: tuple[str, ...]
    rows: tuple[tuple[bool, tuple[str, ...]], ...]
    """Whether ego acted, and which flags of `plnmap.analysis.help.traces.FLAGS` the acts carry."""


_RECEIVED: Final = Sign(
    ("help_in_thanks_hat", "help_in_offers_hat"), ((True, ("thanks",)), (False, ("offers",)))
)
_GIVEN: Final = Sign(
    ("help_out_offers_hat", "help_out_thanks_hat"), ((True, ("offers",)), (False, ("thanks",)))
)
SIGNS: Final = {
    "mentor": _RECEIVED,
    "mentee": _GIVEN,
    "peer_mentor": Sign(_RECEIVED.counts, (*_RECEIVED.rows, *_GIVEN.rows)),
    "role_model": Sign(("credit_days", "attention_days"), ((True, ("credit", "attention")),)),
    "amplifier": Sign(("amplified_score",), ((False, ("boosted", "quoted", "named")),)),
}
"""Roles that come and go, and what they show in; of several counts the greatest says how much."""

TIMED: Final = tuple(role for role in ROLES if role.name in SIGNS)


class RolePeriod(NamedTuple):
    """One stretch of time in which somebody played a part.

    Attributes
    ----------
    first_day, last_day
        On which it showed.
    sure
        False where the unseen side could change it in every one of them.
    windows
        In how many windows the rule held.
    ended
        True after two windows below half of its beginning; False where it lasts; None where too
        little was said between the two since to tell.
    """

    account: str
    role: str
    first_day: date
    last_day: date
    sure: bool
    windows: int
    ended: bool | None


class _Seen(NamedTuple):
    """One role in all windows: rows are windows, columns alters."""

    holds: Bools
    sure: Bools
    evidence: Floats
    thin: Bools


def role_periods(
    traces: Traces,
    contacts: Contacts,
    about_them: dict[str, Any],
    settings: Settings,
) -> list[RolePeriod]:
    """When somebody played which part.

    Parameters
    ----------
    traces, contacts
        What passed between ego and the alters, and what of it is covered.
    about_them
        See `plnmap.analysis.accounts.about_them`.
    settings
        Rules of roles, windows and detection rates.

    Returns
    -------
    list of RolePeriod
        By account, role and first day; empty for an ego without posts.
    """
    busy = count_days(traces, traces.rows("contact", "attention"))
    (alters,) = np.nonzero(busy >= settings.roles.help_days)
    if not len(alters):
        return []
    spans = windows(contacts.first, contacts.last, settings)
    some = traces.only(alters)
    about: dict[str, Any] = {
        str(name): np.asarray(about_them[name], dtype=object)[alters]
        for name in ABOUT_THEM
        if name in about_them
    }
    seen = _look(some, contacts, alters, about, spans, settings)
    found = []
    for role, shown in seen.items():
        for alter in np.nonzero(shown.holds.any(axis=0))[0]:
            of_one = _Seen(
                shown.holds[:, alter], shown.sure[:, alter], shown.evidence[:, alter], shown.thin[:, alter]
            )
            found += [
                _period(some, int(alter), role, of_one, spans, stretch)
                for stretch in _stretches(of_one, settings)
            ]
    return sorted(found, key=lambda each: (each.account, each.role, each.first_day))


def _look(
    traces: Traces, contacts: Contacts, alters: Any, about: dict[str, Any], spans: Windows, settings: Settings
) -> dict[str, _Seen]:
    """Judge every window; all of them at once, since each judgement takes its time however few it judges."""
    facts, contact = [], []
    for first, last in zip(spans.first, spans.last, strict=True):
        sides = covered_sides(contacts, first, last)
        sides = sides._replace(
            incoming=sides.incoming[alters], incoming_complete=sides.incoming_complete[alters]
        )
        facts.append(role_facts(traces, sides, settings, first=first, last=last))
        contact.append(count_days(traces, traces.rows("contact", "attention", first=first, last=last)))
    columns = {name: np.concatenate([each[name] for each in facts]) for name in facts[0]}
    always = {name: np.tile(value, len(facts)) for name, value in about.items()}
    verdicts = judge(pd.DataFrame(columns | always | {"gone_quiet": False}), settings.roles, TIMED)
    thin = np.array(contact) < settings.windows.thin_days
    shown = {}
    for role in TIMED:
        verdict = verdicts[role.name]
        holds, sure = (verdict.fillna(unseen).to_numpy(bool).reshape(thin.shape) for unseen in (True, False))
        evidence = np.nan_to_num(np.stack([columns[name] for name in SIGNS[role.name].counts])).max(axis=0)
        shown[role.name] = _Seen(holds, sure, evidence.reshape(thin.shape), thin)
    return shown


class _Stretch(NamedTuple):
    """Numbers of the first and last window of a period, and whether it ended."""

    began: int
    until: int
    ended: bool | None


def _stretches(seen: _Seen, settings: Settings) -> list[_Stretch]:
    """Where one role of one person begins and ends."""
    found = []
    began: int | None = None
    until, begun_with, low = 0, 0.0, 0
    for number in range(len(seen.holds)):
        if began is None:
            if seen.holds[number]:
                began, until, begun_with, low = number, number, seen.evidence[number], 0
            continue
        if seen.thin[number]:
            continue
        low = low + 1 if seen.evidence[number] < settings.windows.end_below * begun_with else 0
        until = until if low else number
        if low >= settings.windows.end_after:
            found.append(_Stretch(began, until, ended=True))
            began = None
    if began is not None:
        # It lasts if it showed lately. Else thin windows kept it from ending, and that is unknown.
        lasts = until >= len(seen.holds) - settings.windows.end_after
        found.append(_Stretch(began, until, ended=False if lasts else None))
    return found


def _period(
    traces: Traces, alter: int, role: str, seen: _Seen, spans: Windows, stretch: _Stretch
) -> RolePeriod:
    first, last = spans.first[stretch.began], spans.last[stretch.until]
    shown = [traces.rows(*flags, by_ego=by_ego, first=first, last=last) for by_ego, flags in SIGNS[role].rows]
    days = traces.day[np.logical_or.reduce(shown) & (traces.alter == alter)]
    within = slice(stretch.began, stretch.until + 1)
    return RolePeriod(
        account=traces.accounts[alter],
        role=role,
        first_day=as_date(days.min()) or date.min,
        last_day=as_date(days.max()) or date.max,
        sure=bool(seen.sure[within].any()),
        windows=int(seen.holds[within].sum()),
        ended=stretch.ended,
    )
