"""What the rules of roles read of each tie, over everything or within some days.

Two instruments of help are kept apart (see `plnmap.analysis.help.helping`); each is
corrected for the volume of talk and for the errors of the rules. Where both sides are
whole, days that either shows tell who helps whom, by the same measure in both directions.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from plnmap.analysis.contact.contacts import Contacts
from plnmap.analysis.help.evidence import Evidence, beyond_chance, corrected_days, corrected_evidence
from plnmap.analysis.help.tallies import (
    Span,
    count_chances,
    count_days,
    count_months,
    count_posts,
    span_of_days,
)
from plnmap.analysis.help.traces import Traces
from plnmap.analysis.settings import DetectionRates, EvidenceRules, Settings
from plnmap.analysis.status import Bools, Floats


class Instrument(NamedTuple):
    """One way in which help shows: in which direction it went, and in whose words."""

    direction: str
    instrument: str
    by_ego: bool

    @property
    def name(self) -> str:
        """As in the names of columns.

        >>> INSTRUMENTS[0].name
        'help_in_thanks'
        """
        return f"help_{self.direction}_{self.instrument}"


INSTRUMENTS: Final = (
    Instrument("in", "thanks", by_ego=True),
    Instrument("in", "offers", by_ego=False),
    Instrument("out", "offers", by_ego=True),
    Instrument("out", "thanks", by_ego=False),
)
"""Ego's own words show help received as thanks, and help given as offers; theirs the other way round."""

WAYS: Final = {
    way: {each.instrument: each for each in INSTRUMENTS if each.direction == way} for way in ("in", "out")
}
"""Direction → the instruments that show help that way."""


class Sides(NamedTuple):
    """Which sides of each tie are covered, and whether wholly, for some stretch of time."""

    outgoing: bool
    outgoing_complete: bool
    incoming: Bools
    incoming_complete: Bools


def covered_sides(contacts: Contacts, first: float | None = None, last: float | None = None) -> Sides:
    """The sides that are covered over everything, or throughout the days `first` to `last`."""
    outgoing, incoming, complete = contacts.outgoing, contacts.incoming, contacts.incoming_complete
    if first is not None and last is not None:
        within = (contacts.window_first <= first) & (contacts.window_last >= last)
        incoming, complete = incoming & within, within & contacts.incoming_whole
        outgoing = outgoing and contacts.first <= first
    return Sides(outgoing, outgoing and contacts.outgoing_complete, incoming, complete)


class Attention(NamedTuple):
    """Days on which one made the other's posts or name seen, and how many of them such days are worth."""

    days: Floats
    worth: Floats
    span: Span


def amplification(
    traces: Traces,
    *,
    by_ego: bool,
    first: float | None = None,
    last: float | None = None,
    weights: Floats | None = None,
) -> Attention:
    """Days of boosts (worth ½), or of quotes and good words in public (worth 1).

    Parameters as in `role_facts`; `by_ego` says who makes the other one seen.
    """
    loud = traces.rows("quoted", "named", by_ego=by_ego, first=first, last=last)
    some = loud | traces.rows("boosted", by_ego=by_ego, first=first, last=last)
    days = count_days(traces, some, weights)
    return Attention(days, (days + count_days(traces, loud, weights)) / 2, span_of_days(traces, some))


class HelpSeen(NamedTuple):
    """Help in one direction by one instrument, per alter (with weights: per alter and draw).

    `days` is n. `chances` is N, see `plnmap.analysis.help.tallies.count_chances`; of thanks no more than
    belong to as many days of thanks for whatever, of offers more where answers to calls are to be seen.
    `readable` are the days with a post to the other that could be read. `seen` says whether the words of
    that side are to be seen, `whole` whether all of them.
    """

    days: Floats
    chances: Floats
    readable: Floats
    span: Span
    seen: Bools
    whole: Bools


def see_help(
    traces: Traces,
    sides: Sides,
    instrument: Instrument,
    rules: EvidenceRules,
    *,
    first: float | None = None,
    last: float | None = None,
    weights: Floats | None = None,
) -> HelpSeen:
    """What one instrument shows; parameters as in `role_facts`."""
    by_ego = instrument.by_ego

    def rows(flag: str) -> Bools:
        return traces.rows(flag, by_ego=by_ego, first=first, last=last)

    found, written = rows(instrument.instrument), rows("addressed")
    readable = written & traces.flags["readable"]
    error = instrument_rates(instrument.instrument, rules).false_positive_rate
    chances = count_chances(traces, readable, error, weights)
    if instrument.instrument == "thanks":
        # Other thanks are what is taken for thanks for help: who gives few of them leaves few to mistake.
        mistaken = min(1.0, error / rules.thanking)
        other = count_chances(traces, rows("thanking"), mistaken, weights)
        chances = np.minimum(chances, other / rules.thanking)
    elif error > 0:
        # What is said below a post of the other's may also be mistaken for an answer to a call for help.
        below = count_chances(traces, readable & traces.flags["below"], rules.answer_mistaken, weights)
        chances = chances + below * (rules.answer_mistaken / error)
    readable_days = count_days(traces, readable)
    alters = len(traces.accounts)
    side = np.full(alters, sides.outgoing) if by_ego else sides.incoming
    return HelpSeen(
        days=count_days(traces, found, weights),
        chances=chances,
        readable=readable_days,
        span=span_of_days(traces, found),
        # Words in a language without rules were written, but what they do is not observed.
        seen=side & ~((count_days(traces, written) > 0) & (readable_days == 0)),
        whole=np.full(alters, sides.outgoing_complete) if by_ego else sides.incoming_complete,
    )


def help_evidence(seen: HelpSeen, instrument: Instrument, rules: EvidenceRules) -> Evidence:
    """Corrected days of help by one instrument, with their interval and state."""
    return corrected_evidence(
        np.where(seen.seen, seen.days, np.nan),
        np.where(seen.seen, seen.chances, np.nan),
        instrument_rates(instrument.instrument, rules),
        observed=seen.seen,
        # Who wrote nothing that could be thanks for help may have written all the same.
        complete=seen.whole & (seen.readable == 0),
        rules=rules,
    )


def instrument_rates(instrument: str, rules: EvidenceRules) -> DetectionRates:
    """τ and φ of an instrument; an offer is advice or something to use, so either error makes one.
    (Answers to calls for help add chances of their own, see `see_help`.)

    Help that shows as thanks or as an offer (`instrument` is "either") is missed where both miss it, and
    mistaken where one of them is.
    """
    if instrument == "thanks":
        return rules.help_thanks
    if instrument == "either":
        thanks, offers = instrument_rates("thanks", rules), instrument_rates("offers", rules)
        return DetectionRates(
            recall=1 - (1 - thanks.recall) * (1 - offers.recall),
            false_positive_rate=1 - (1 - thanks.false_positive_rate) * (1 - offers.false_positive_rate),
        )
    advice, resource = rules.advice, rules.resource
    return DetectionRates(
        recall=max(advice.recall, resource.recall),
        false_positive_rate=1 - (1 - advice.false_positive_rate) * (1 - resource.false_positive_rate),
    )


def help_facts(
    traces: Traces,
    sides: Sides,
    rules: EvidenceRules,
    *,
    first: float | None = None,
    last: float | None = None,
    weights: Floats | None = None,
) -> dict[str, Floats]:
    """Help in both directions by both instruments and by either; parameters as in `role_facts`.

    Returns
    -------
    dict of arrays
        For each of ``help_in_thanks``, ``help_in_offers``, ``help_in_either``, ``help_out_offers``,
        ``help_out_thanks`` and ``help_out_either``: ``…_days`` (n), ``…_hat`` (Ĥ, corrected days),
        ``…_likely`` (the same even if no more than chance) and ``…_span_days``; NaN where that side is
        not to be seen, or theirs only in part: a balance of help needs all of it. What either shows
        needs all of both sides.
    """
    columns: dict[str, Floats] = {}
    for way, instruments in WAYS.items():
        seen = _see_way(traces, sides, way, rules, first=first, last=last)
        gates = {name: _gate(each, name, rules) for name, each in seen.items()}
        gates["either"] |= gates["thanks"] | gates["offers"]
        if weights is not None:
            # The gate is a test of what was seen; drawn anew, a test at 5 % would be one at less than 1 %.
            seen = _see_way(traces, sides, way, rules, first=first, last=last, weights=weights)
        for name, each in seen.items():
            usable = each.seen if name in instruments and instruments[name].by_ego else each.seen & each.whole
            gate = gates[name] if each.days.ndim == 1 else gates[name][:, None]
            rates = instrument_rates(name, rules)
            likely = corrected_days(each.days, each.chances, rates, rules, gate=np.ones_like(gate))
            columns |= {
                f"help_{way}_{name}_days": _where(usable, each.days),
                f"help_{way}_{name}_hat": _where(usable, np.where(gate, likely, 0.0)),
                f"help_{way}_{name}_likely": _where(usable, likely),
                f"help_{way}_{name}_span_days": _where(usable, each.span.last - each.span.first),
            }
    return columns


def _see_way(
    traces: Traces,
    sides: Sides,
    way: str,
    rules: EvidenceRules,
    *,
    first: float | None,
    last: float | None,
    weights: Floats | None = None,
) -> dict[str, HelpSeen]:
    """What each instrument shows of help in one direction, and what either does."""
    seen, found, by_chance = {}, [], []
    for name, each in WAYS[way].items():
        seen[name] = see_help(traces, sides, each, rules, first=first, last=last, weights=weights)
        found.append(traces.rows(name, by_ego=each.by_ego, first=first, last=last))
        by_chance.append(seen[name].chances * instrument_rates(name, rules).false_positive_rate)
    some, thanks, offers = np.logical_or(*found), seen["thanks"], seen["offers"]
    seen["either"] = HelpSeen(
        days=count_days(traces, some, weights),
        # As many chances as make as many mistakes at the rate of both.
        chances=np.add(*by_chance) / max(instrument_rates("either", rules).false_positive_rate, 1e-12),
        readable=thanks.readable + offers.readable,
        span=span_of_days(traces, some),
        seen=thanks.seen & offers.seen,
        whole=thanks.whole & offers.whole,
    )
    return seen


def _gate(seen: HelpSeen, instrument: str, rules: EvidenceRules) -> Bools:
    return beyond_chance(seen.days, seen.chances, instrument_rates(instrument, rules), rules)


def role_facts(
    traces: Traces,
    sides: Sides,
    settings: Settings,
    *,
    first: float | None = None,
    last: float | None = None,
    weights: Floats | None = None,
) -> dict[str, Floats | Bools]:
    """All that `plnmap.analysis.roles.rules.assign` reads of what passed between ego and each alter.

    What it reads beside that is of the alters themselves: see `plnmap.analysis.roles.rules.ABOUT_THEM`.

    Parameters
    ----------
    traces
        What passed between them, from `plnmap.analysis.help.traces.read_traces`.
    sides
        What is covered: `covered_sides` of the same days.
    settings
        Detection rates.
    first, last
        Look only at these days and between, days since 1970-01-01; None for everything, with what
        bears no date.
    weights
        How often each conversation was drawn (``traces.conversations`` numbers, or one column per
        draw); None for once each. Spans and months, which no draw can lengthen, stay those of all.

    Returns
    -------
    dict of arrays
        Column name → one value per alter in the order of ``traces.accounts``; with a column of
        weights per draw, the counts and estimates have one row per alter and one column per draw.

    Examples
    --------
    A year of help, in the windows of half a year that begin with each quarter::

        for start in range(begin, begin + 365, 90):
            days = {"first": start, "last": start + 179}
            facts = role_facts(traces, covered_sides(contacts, **days), settings, **days)
            held = roles.assign(pd.DataFrame(facts | about_them, index=traces.accounts), settings.roles)
    """

    def rows(*flags: str, by_ego: bool | None = None) -> Bools:
        return traces.rows(*flags, by_ego=by_ego, first=first, last=last)

    credit, attention = rows("credit", by_ego=True), rows("attention", by_ego=True)
    quick = rows("thanks", by_ego=True) | rows("answered", by_ego=False)
    days_out = count_days(traces, rows("contact", by_ego=True), weights)
    turned_to_ego = rows("contact", by_ego=False)
    days_in, wrote = count_days(traces, turned_to_ego, weights), count_days(traces, turned_to_ego)
    contact = span_of_days(traces, rows("contact"))
    amplified = amplification(traces, by_ego=False, first=first, last=last, weights=weights)
    half = settings.evidence.half_saturation
    alters = len(traces.accounts)
    return {
        **help_facts(traces, sides, settings.evidence, first=first, last=last, weights=weights),
        "outgoing_observed": np.full(alters, sides.outgoing_complete),
        "incoming_observed": sides.incoming_complete,
        # Nothing seen on a side that is covered only in part is no zero.
        "days_out": days_out if sides.outgoing else np.where(days_out > 0, days_out, np.nan),
        "days_in": _where(sides.incoming & (sides.incoming_complete | (wrote > 0)), days_in),
        "pair_days": count_days(traces, rows("contact", "attention"), weights),
        "contact_span_days": contact.last - contact.first,
        "replies_out": count_posts(traces, rows("reply", by_ego=True), weights),
        "confirmed_episodes": count_days(traces, quick, weights),
        "credit_days": count_days(traces, credit, weights),
        "credit_months": count_months(traces, credit),
        "credit_by_name_days": count_days(traces, rows("by_name", by_ego=True), weights),
        "attention_days": count_days(traces, attention, weights),
        "attention_months": count_months(traces, attention),
        "amplified_days": _where(sides.incoming, amplified.days),
        "amplified_score": _where(sides.incoming, amplified.worth / (amplified.worth + half)),
    }


def _where(of_alter: Bools, value: Floats) -> Floats:
    """The value where a flag of the alter holds, else NaN; also for a column per draw."""
    return np.where(of_alter if value.ndim == 1 else of_alter[:, None], value, np.nan)
