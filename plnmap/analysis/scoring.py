"""Scores of all alters of one ego, put together from the single analyses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from plnmap.analysis import circles, components, helping, quiet, roles
from plnmap.analysis.asking import answers_to
from plnmap.analysis.contacts import Contacts, as_date, epoch_day, load_contacts
from plnmap.analysis.egos import DIRECTORY, Ego
from plnmap.analysis.evidence import corrected_evidence
from plnmap.analysis.ledger import SEEN, ledger
from plnmap.analysis.reciprocity import balance
from plnmap.analysis.settings import DetectionRates, EvidenceRules, Settings, StrengthWeights
from plnmap.analysis.status import Bools, Floats, measures
from plnmap.analysis.strength import Calibration, brier_skill, calibrate, strength, thin
from plnmap.model import Evidence, Person, table
from plnmap.store import Store

_REPLY_SHARES: Final = """
SELECT author, avg((reply_to IS NOT NULL)::INTEGER) FROM posts
WHERE authority = 2 AND list_contains(?, author) AND happened_at::DATE <= ? GROUP BY author
"""

Columns = dict[str, Any]
"""Column name → one value per alter."""

LEAST_ERROR: Final = 1e-9
"""Stands in for a rate of false hits of 0, by which the exposure could not be divided."""

DECIMALS: Final = 6
"""More digits than any score deserves, few enough to be the same on every machine."""


class Scored(NamedTuple):
    """All alters of an ego, and what kind of number their strength is."""

    people: list[Person]
    scale: str
    scale_reason: str


def score_people(store: Store, ego: Ego, as_of: date | None, settings: Settings) -> Scored:
    """Score every alter of an ego; the computed tables of the file must be up to date.

    Returns
    -------
    Scored
        By strength, strongest first, then by account.
    """
    contacts = load_contacts(store, ego, as_of)
    last = as_date(contacts.last) or date.min
    calibration, scale_reason = _calibration(contacts, settings)
    columns = (
        _who(store, ego, contacts, last)
        | _strength(contacts, calibration, settings)
        | _contact(contacts, calibration, settings)
        | _give_and_take(store, ego, contacts, settings)
    )
    help_columns, facts = _help(store, ego, contacts, last, settings)
    columns |= help_columns
    columns |= _roles(columns, facts, contacts, settings)
    order = np.lexsort((np.arange(len(contacts.accounts)), np.nan_to_num(columns["in_touch"], nan=np.inf)))
    people = _people(columns, len(contacts.accounts))
    return Scored([people[i] for i in order], "index" if scale_reason else "probability", scale_reason)


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


def _who(store: Store, ego: Ego, contacts: Contacts, last: date) -> Columns:
    known = {row[0]: row for row in store.rows(DIRECTORY)}
    rows = [
        known.get(account) or (account, None, None, None, None, None, None) for account in contacts.accounts
    ]
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
    shares = dict(store.rows(_REPLY_SHARES, [contacts.accounts, last]))
    return {
        "ego": ego.account,
        "account": contacts.accounts,
        "handle": [row[2] for row in rows],
        "display_name": [row[3] for row in rows],
        "followers": [row[5] for row in rows],
        "following": [row[6] for row in rows],
        "reply_share": [shares.get(account, np.nan) for account in contacts.accounts],
        "follows_out": _known(contacts.follows_out, "out" in covered),
        "follows_in": _known(contacts.follows_in, "in" in covered),
    }


def _strength(contacts: Contacts, calibration: Calibration, settings: Settings) -> Columns:
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
    rank = pd.Series(column.value).where(column.status == "value").rank(method="first", ascending=False)
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


class _Instrument(NamedTuple):
    """One way in which help shows: in whose words, and which columns tell it."""

    direction: str
    instrument: str
    by_ego: bool
    days: str
    first: str | None = None
    last: str | None = None

    @property
    def name(self) -> str:
        return f"help_{self.direction}_{self.instrument}"


# Ego's own words show help received as thanks, and help given as offers; theirs the other way round.
_INSTRUMENTS: Final = (
    _Instrument("in", "thanks", True, "thanked_days", "thanked_first", "thanked_last"),
    _Instrument("in", "offers", False, "offered_days"),
    _Instrument("out", "offers", True, "given_days", "given_first", "given_last"),
    _Instrument("out", "thanks", False, "thanked_back_days"),
)


def _help(
    store: Store, ego: Ego, contacts: Contacts, last: date, settings: Settings
) -> tuple[Columns, Columns]:
    """Help received and given by both instruments: columns of a person, and columns for the roles."""
    rows = helping.evidence(store, ego, last)
    rates = {instrument: _rates(instrument, settings.evidence) for instrument in ("thanks", "offers")}
    errors = [max(rates[instrument].false_positive_rate, LEAST_ERROR) for instrument in ("thanks", "offers")]
    exposed = helping.exposures(store, ego, last, *errors)
    columns: Columns = {}
    facts: Columns = {}
    for instrument in _INSTRUMENTS:
        found = _days(rows, instrument, contacts.accounts)
        pairs = [
            exposed.get((account, instrument.by_ego), helping.Exposure()) for account in contacts.accounts
        ]
        readable, written, by_thanks, by_offers = np.array(pairs, dtype=np.float64).reshape(-1, 4).T
        side = np.full(len(pairs), contacts.outgoing) if instrument.by_ego else contacts.incoming
        # Words in a language without rules were written, but what they do is not observed.
        seen = side & ~((written > 0) & (readable == 0))
        chances = by_thanks if instrument.instrument == "thanks" else by_offers
        whole = (
            np.full(len(pairs), contacts.outgoing_complete)
            if instrument.by_ego
            else contacts.incoming_complete
        )
        told, known = _corrected(
            instrument, found, chances, seen, whole, rates[instrument.instrument], settings.evidence
        )
        columns |= told
        facts |= known
        if instrument.first and instrument.last:
            columns |= {instrument.first: found["first"], instrument.last: found["last"]}
        if instrument.name == "help_in_thanks":
            columns["thanked_exposed"] = readable
    helped = {(row.account, row.day) for row in rows if row.direction == "in" and row.instrument == "thanks"}
    helped |= helping.answered_questions(store, ego, last)
    columns["quick_help"] = _per_alter(helped, contacts.accounts)["days"]
    credited = _per_alter(
        {(row.account, row.day) for row in helping.credits(store, ego, last)}, contacts.accounts
    )
    columns["credit_days"] = np.where(contacts.outgoing, credited["days"], np.nan)
    facts |= {
        "confirmed_episodes": columns["quick_help"],
        "credit_days": credited["days"],
        "credit_months": credited["months"],
        "uptake_of_tag": np.isin(contacts.accounts, list(helping.taken_up(store, ego, last))),
        "is_service_desk": np.isin(contacts.accounts, list(helping.service_desks(store, ego, last))),
    }
    return columns, facts


def _corrected(
    instrument: _Instrument,
    found: dict[str, Floats],
    chances: Floats,
    seen: Bools,
    whole: Bools,
    rates: DetectionRates,
    rules: EvidenceRules,
) -> tuple[Columns, Columns]:
    """Days of help by one instrument, corrected for volume and for the errors of the rules."""
    result = corrected_evidence(
        np.where(seen, found["days"], np.nan),
        # Thanks that name somebody in passing can fall on a day without a post addressed to them.
        np.where(seen, np.maximum(chances, found["days"]), np.nan),
        rates,
        observed=seen,
        complete=whole,
        rules=rules,
    )
    name, status = instrument.name, result.score.status
    known = status == "value"
    # Nothing found on a side that is covered only in part is no zero.
    counted = seen & (whole | (found["days"] > 0))
    columns = {
        instrument.days: np.where(counted, found["days"], np.nan),
        name: np.where(status == "no_contact", 0.0, np.where(known, result.estimate, np.nan)),
        f"{name}_lo": np.where(known, result.estimate_lo, np.nan),
        f"{name}_hi": np.where(known, result.estimate_hi, np.nan),
        f"{name}_status": status,
    }
    # The balance of help needs all of their side, not the part that one shared month shows.
    usable = seen if instrument.by_ego else seen & whole
    facts = {
        f"{name}_days": np.where(usable, found["days"], np.nan),
        f"{name}_span_days": np.where(usable, found["last"] - found["first"], np.nan),
        f"{name}_hat": np.where(usable, result.estimate, np.nan),
    }
    return columns, facts


def _roles(columns: Columns, facts: Columns, contacts: Contacts, settings: Settings) -> Columns:
    days = contacts.days[contacts.days["day"].notna()]
    anything = days[days["contact"] | days["attention"]]
    attention = days[days["outgoing"] & days["attention"]]
    months = pd.to_datetime(attention["day"], unit="D").dt.to_period("M")
    replies = contacts.days[contacts.days["outgoing"]].groupby("alter")["n_reply"].sum()
    every = range(len(contacts.accounts))
    attention_days = _reindexed(attention.groupby("alter")["day"].nunique(), every)
    known = pd.DataFrame(
        facts
        | {name: columns[name] for name in ("days_out", "days_in", "followers", "following", "gone_quiet")}
        | {
            "outgoing_observed": contacts.outgoing_complete,
            "incoming_observed": contacts.incoming_complete,
            "pair_days": _reindexed(anything.groupby("alter")["day"].nunique(), every),
            "contact_span_days": columns["last_day"] - columns["first_day"],
            "replies_out": _reindexed(replies, every),
            "attention_days": attention_days,
            "attention_months": _reindexed(months.groupby(attention["alter"]).nunique(), every),
            "reply_share": columns["reply_share"],
        },
        index=contacts.accounts,
    )
    share = roles.help_balance(known, settings.roles)
    observed = share["instrument"].notna().to_numpy()
    return {
        "attention_days": np.where(contacts.outgoing, attention_days, np.nan),
        "roles": [";".join(held) for held in roles.assign(known, settings.roles)],
        "help_share": np.where(observed, share["share"], np.nan),
        "help_share_lo": np.where(observed, share["share_lo"], np.nan),
        "help_share_hi": np.where(observed, share["share_hi"], np.nan),
        "help_share_status": np.where(observed, "value", "not_observed"),
    }


def _days(rows: Iterable[Evidence], wanted: _Instrument, accounts: list[str]) -> dict[str, Floats]:
    found = {
        (row.account, row.day)
        for row in rows
        if (row.direction, row.instrument) == (wanted.direction, wanted.instrument)
    }
    return _per_alter(found, accounts)


def _per_alter(found: Iterable[tuple[str, date | None]], accounts: list[str]) -> dict[str, Floats]:
    """Per alter how many days and months, and the first and last day; NaN days where there are none."""
    frame = pd.DataFrame(
        [(account, epoch_day(day), day.year * 12 + day.month) for account, day in found if day],
        columns=["account", "day", "month"],
    )
    groups = frame.groupby("account")
    return {
        "days": _reindexed(groups["day"].nunique(), accounts),
        "months": _reindexed(groups["month"].nunique(), accounts),
        "first": groups["day"].min().reindex(accounts).to_numpy(dtype=np.float64),
        "last": groups["day"].max().reindex(accounts).to_numpy(dtype=np.float64),
    }


def _reindexed(counts: pd.Series[Any], index: range | list[str]) -> Floats:
    return counts.reindex(index, fill_value=0).to_numpy(dtype=np.float64)


def _rates(instrument: str, rules: EvidenceRules) -> DetectionRates:
    """Rates of an instrument; an offer is advice or something to use, so either error makes one."""
    if instrument == "thanks":
        return rules.help_thanks
    advice, resource = rules.advice, rules.resource
    return DetectionRates(
        recall=max(advice.recall, resource.recall),
        false_positive_rate=1 - (1 - advice.false_positive_rate) * (1 - resource.false_positive_rate),
    )


def _known(flags: Any, covered: bool) -> list[bool | None]:
    """A follow that a snapshot shows is known; its absence only where the list is there."""
    return [True if flag else False if covered else None for flag in flags]


def _people(columns: Columns, rows: int) -> list[Person]:
    """Columns of numbers as records of plain Python values, with None where there is no number."""
    casts: dict[str, Callable[[Any], Any]] = {
        "BIGINT": int,
        "DOUBLE": lambda value: round(float(value), DECIMALS),
        "DATE": as_date,
        "BOOLEAN": bool,
    }
    ready = []
    for column in table(Person).columns:
        cast = casts.get(column.sql_type, lambda value: value)
        values = columns[column.name]
        listed = [values] * rows if isinstance(values, str) else list(values)
        ready.append([None if _missing(value) else cast(value) for value in listed])
    return [Person(*row) for row in zip(*ready, strict=True)]


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))
