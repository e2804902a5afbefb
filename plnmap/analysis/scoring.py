"""Scores of all alters of one ego, put together from the single analyses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from plnmap.analysis.accounts.about_them import about_them
from plnmap.analysis.accounts.linked_coverage import SEEN
from plnmap.analysis.contact import circles, components, quiet
from plnmap.analysis.contact.asking import answers_to
from plnmap.analysis.contact.contacts import Contacts, as_date, load_contacts
from plnmap.analysis.contact.reciprocity import balance
from plnmap.analysis.contact.strength import Calibration, brier_skill, calibrate, strength, thin
from plnmap.analysis.egos import Ego
from plnmap.analysis.help.episodes import episodes, quick_help
from plnmap.analysis.help.traces import Traces, read_traces
from plnmap.analysis.ledger import ledger
from plnmap.analysis.own_word import labels
from plnmap.analysis.ranking import RankedBy, days_by_recency, kept_verdict
from plnmap.analysis.roles import facts
from plnmap.analysis.roles import rules as roles
from plnmap.analysis.roles.bootstraps import agreement
from plnmap.analysis.roles.functions import function_scores
from plnmap.analysis.roles.held import grounds_of_roles, held_roles
from plnmap.analysis.settings import BrandRules, EvidenceRules, RoleRules, Settings, StrengthWeights
from plnmap.analysis.status import DECIMALS, Floats, measures
from plnmap.model import FunctionScore, HeldRole, Person, table
from plnmap.store import Store

Columns = dict[str, Any]
"""Column name → one value per alter."""


class Scored(NamedTuple):
    """All alters of an ego, what kind of number their strength is, and what roles and functions show."""

    people: list[Person]
    scale: str
    scale_reason: str
    held_roles: list[HeldRole]
    functions: list[FunctionScore]


def score_people(store: Store, ego: Ego, as_of: date | None, settings: Settings) -> Scored:
    """Score every alter of an ego; the computed tables of the file must be up to date.

    Returns
    -------
    Scored
        People by strength, strongest first, then by account; roles and functions by account.
    """
    contacts = load_contacts(store, ego, as_of)
    traces = read_traces(store, ego, contacts, undated=as_of is None)
    sides = facts.covered_sides(contacts)
    calibration, scale_reason = _calibration(contacts, settings)
    columns = (
        _who(store, ego, contacts, labels(store, ego.account), settings.brands)
        | _strength(contacts, calibration, settings, kept_verdict(store, ego, settings).ranked_by)
        | _contact(contacts, calibration, settings)
        | _give_and_take(store, ego, contacts, settings)
        | _help(traces, sides, settings.evidence)
    )
    known = pd.DataFrame(
        facts.role_facts(traces, sides, settings) | {name: columns[name] for name in roles.ABOUT_THEM},
        index=contacts.accounts,
    )
    # A whole thread tells more of a single help than the posts between the two do.
    told = episodes(store, ego, as_date(contacts.last) or date.min, settings.episodes)
    helped = quick_help(told)
    known["confirmed_episodes"] = [float(helped.get(account, 0)) for account in contacts.accounts]
    held = held_roles(
        ego.account,
        roles.assign(known, settings.roles),
        agreement(traces, sides, known, settings),
        grounds_of_roles(traces, told, columns, settings),
        sides,
        settings,
    )
    columns |= _balance_of_help(known, sides, settings.roles) | {"roles": _labels(contacts.accounts, held)}
    order = np.lexsort((np.arange(len(contacts.accounts)), np.nan_to_num(columns["in_touch"], nan=np.inf)))
    people = _people(columns, len(contacts.accounts))
    return Scored(
        people=[people[i] for i in order],
        scale="index" if scale_reason else "probability",
        scale_reason=scale_reason,
        held_roles=held,
        functions=function_scores(
            ego.account, traces, sides, known["uptake_of_tag"].to_numpy(bool), settings
        ),
    )


def _calibration(contacts: Contacts, settings: Settings) -> tuple[Calibration, str]:
    """Intercept from the last month, and why it makes no probability (empty if it does)."""
    weights = settings.strength
    month = weights.horizon_days
    z, contacted = _outcomes(contacts, contacts.last - month, weights)
    calibration = calibrate(z, contacted, weights)
    if not calibration.calibrated:
        return calibration, calibration.reason
    earlier, happened = _outcomes(contacts, contacts.last - 2 * month, weights)
    skill = brier_skill(strength(earlier, calibration.intercept), happened)
    if skill.value is None or skill.value <= 0:
        return calibration, "it foretold the month before no better than the average would"
    return calibration, ""


def _outcomes(contacts: Contacts, origin: int, weights: StrengthWeights) -> tuple[Floats, Any]:
    """Log-odds of those with contact before `origin`, and whether ego contacted them within the horizon."""
    z = contacts.log_odds(origin, weights)
    before = ~np.isnan(z)
    soon = contacts.count(outgoing=True, until=origin + weights.horizon_days) > contacts.count(
        outgoing=True, until=origin
    )
    return z[before], soon[before]


def _who(
    store: Store, ego: Ego, contacts: Contacts, own_word: Mapping[str, frozenset[str]], rules: BrandRules
) -> Columns:
    last = as_date(contacts.last) or date.min
    covered = {
        row.direction
        for row in ledger(store)
        if row.account == ego.account
        and row.kind == "follow"
        and row.state in SEEN
        # A list made later does not tell who was not followed then.
        and row.last is not None
        and row.last.date() <= last
    }
    return {
        "ego": ego.account,
        "account": contacts.accounts,
        **about_them(store, ego, contacts, own_word, rules),
        "follows_out": _known(contacts.follows_out, "out" in covered),
        "follows_in": _known(contacts.follows_in, "in" in covered),
    }


def _strength(
    contacts: Contacts, calibration: Calibration, settings: Settings, ranked_by: RankedBy
) -> Columns:
    days_out, days_in = contacts.count(outgoing=True), contacts.count(outgoing=False)
    score = strength(contacts.log_odds(contacts.last, settings.strength), calibration.intercept)
    column = measures(
        score,
        n=np.nan_to_num(days_out) + np.nan_to_num(days_in),
        observed=(np.nan_to_num(days_out) > 0) | contacts.incoming,
        complete=contacts.incoming_complete & contacts.outgoing_complete,
        unseen="no dated contact from you, and their side is not in the file"
        if contacts.outgoing
        else "your posts are not in this file",
        short="days of contact seen",
    )
    simpler = days_by_recency(days_out, contacts.last - contacts.last_day())
    order = pd.Series(column.value if ranked_by == "strength" else simpler)
    rank = order.where(column.status == "value").rank(method="first", ascending=False)
    return {
        "strength": column.value,
        "strength_status": column.status,
        "strength_reason": column.reason,
        "in_touch": rank.to_numpy(),
        "thin": thin(days_out, days_in, settings.strength),
        "days_out": days_out,
        "days_in": days_in,
        "first_day": contacts.first_day(),
        "last_day": contacts.last_day(),
    }


def _contact(contacts: Contacts, calibration: Calibration, settings: Settings) -> Columns:
    """What explains the strength, and what time did to the tie."""
    days_out = contacts.count(outgoing=True)
    contact_days = contacts.contact_days()
    pairs = len(contacts.accounts)
    age = contacts.last - contacts.first_day(outgoing=True)
    often = circles.frequency(days_out, age, settings.circles)
    score = strength(contacts.log_odds(contacts.last, settings.strength), calibration.intercept)
    circle = circles.circles(often.value, score, settings.circles).circle
    silent = quiet.silences(
        contact_days, contacts.active, contacts.last, calibration.intercept, settings.quiet, settings.strength
    )
    now_silent = quiet.gone_quiet(silent, pairs)
    returned = quiet.back_in_touch(silent).groupby("pair")["until"].max().reindex(range(pairs))
    is_quiet = now_silent["quiet"].to_numpy(dtype=bool)
    rules = settings.components
    return {
        "amount": components.amount(days_out, complete=True, rules=rules).value,
        "circle": np.where(circle > 0, circle, np.nan),
        "gone_quiet": is_quiet,
        "quiet_since": np.where(
            is_quiet, now_silent["since"].to_numpy(dtype=np.float64, na_value=np.nan), np.nan
        ),
        "back_in_touch": returned.to_numpy(dtype=np.float64, na_value=np.nan),
        **components.persistence(contact_days, contacts.last, rules).columns("persistence", "status"),
        **components.burstiness(contact_days, rules).columns("burstiness", "status"),
        **components.trend(contact_days, contacts.last, contacts.first, rules).columns("trend", "status"),
    }


def _give_and_take(store: Store, ego: Ego, contacts: Contacts, settings: Settings) -> Columns:
    share, label = balance(
        contacts.shared(outgoing=True),
        contacts.shared(outgoing=False),
        contacts.incoming,
        settings.reciprocity,
        complete=contacts.incoming_complete & contacts.outgoing_complete,
    )
    answers = answers_to(store, ego, contacts, settings.reciprocity).reindex(contacts.accounts)
    # Their side is covered and nothing was asked of them: seen, but fewer than needed.
    none = np.where(contacts.incoming, "insufficient", "not_observed")
    return {
        **share.columns("balance", "lo", "hi", "status"),
        "balance_label": label,
        "response_rate": answers["response_rate"].to_numpy(),
        "response_lo": answers["answered_share_lo"].to_numpy(),
        "response_hi": answers["answered_share_hi"].to_numpy(),
        "response_n": answers["asks"].fillna(0).to_numpy(),
        "response_status": answers["response_rate_status"].fillna(pd.Series(none, answers.index)).to_numpy(),
        "response_hours": answers["latency_hours"].to_numpy(),
        "response_hours_status": answers["latency_hours_status"]
        .fillna(pd.Series(none, answers.index))
        .to_numpy(),
    }


_DAYS: Final = {
    "help_in_thanks": "thanked",
    "help_in_offers": "offered",
    "help_out_offers": "given",
    "help_out_thanks": "thanked_back",
}
"""Instrument of help → what a person's columns of days call it."""


def _help(traces: Traces, sides: facts.Sides, rules: EvidenceRules) -> Columns:
    """Help received and given by both instruments, corrected for volume and for errors of the rules."""
    columns: Columns = {}
    for instrument in facts.INSTRUMENTS:
        found = facts.see_help(traces, sides, instrument, rules)
        result = facts.help_evidence(found, instrument, rules)
        name, days, status = instrument.name, _DAYS[instrument.name], result.score.status
        known = status == "value"
        # Nothing found on a side that is covered only in part is no zero.
        counted = found.seen & (found.whole | (found.days > 0))
        columns |= {
            f"{days}_days": np.where(counted, found.days, np.nan),
            f"{days}_first": found.span.first,
            f"{days}_last": found.span.last,
            f"{days}_chances": np.where(found.seen, found.chances, np.nan),
            name: np.where(status == "no_contact", 0.0, np.where(known, result.estimate, np.nan)),
            f"{name}_lo": np.where(known, result.estimate_lo, np.nan),
            f"{name}_hi": np.where(known, result.estimate_hi, np.nan),
            f"{name}_status": status,
        }
    return columns


def _labels(accounts: list[str], held: list[HeldRole]) -> list[str]:
    names: dict[str, list[str]] = {account: [] for account in accounts}
    for role in held:
        names[role.account].append(role.role if role.sure else f"{role.role}?")
    return [";".join(names[account]) for account in accounts]


def _balance_of_help(known: pd.DataFrame, sides: facts.Sides, rules: RoleRules) -> Columns:
    share = roles.help_balance(known, rules)
    observed = share["instrument"].notna().to_numpy()
    return {
        "quick_help": known["confirmed_episodes"].to_numpy(),
        "credit_days": np.where(sides.outgoing, known["credit_days"], np.nan),
        "credit_by_name_days": np.where(sides.outgoing, known["credit_by_name_days"], np.nan),
        "attention_days": np.where(sides.outgoing, known["attention_days"], np.nan),
        "help_share": np.where(observed, share["share"], np.nan),
        "help_share_lo": np.where(observed, share["share_lo"], np.nan),
        "help_share_hi": np.where(observed, share["share_hi"], np.nan),
        "help_share_status": np.where(observed, "value", "not_observed"),
    }


def _known(flags: Any, covered: bool) -> list[bool | None]:
    """A follow that a snapshot shows is known; its absence only where the list is there."""
    return [True if flag else False if covered else None for flag in flags]


def _people(columns: Columns, rows: int) -> list[Person]:
    """Columns of numbers as records of plain Python values, with None where there is no number."""
    ready = []
    for column in table(Person).columns:
        values = columns[column.name]
        if column.sql_type in _CASTS:
            cast = _CASTS[column.sql_type]
            ready.append([value if value is None else cast(value) for value in _plain(values)])
        else:
            ready.append([values] * rows if isinstance(values, str) else list(values))
    return [Person(*row) for row in zip(*ready, strict=True)]


_CASTS: Final[dict[str, Callable[[Any], Any]]] = {
    "BIGINT": int,
    "DOUBLE": lambda value: round(float(value), DECIMALS),
    "DATE": as_date,
    "BOOLEAN": bool,
}


def _plain(values: Any) -> list[Any]:
    """Plain Python values, None for NaN, which alone is not equal to itself."""
    listed = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return [value if value == value else None for value in listed]
