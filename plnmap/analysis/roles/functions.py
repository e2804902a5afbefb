"""Mentoring functions: what one does for another, as far as posts can show it.

Kram (1985) tells career functions from psychosocial ones. Of some there are
traces between two accounts, of some there are none, and those are said to be
unobserved and never guessed. Counselling and friendship are not mirrored: other
people's troubles are nobody's business.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from plnmap.acts import RELIABILITY
from plnmap.analysis.help.evidence import corrected_evidence
from plnmap.analysis.help.tallies import count_chances, count_days, count_months
from plnmap.analysis.help.traces import FAVOURABLE, INTRODUCING, Traces
from plnmap.analysis.roles.facts import INSTRUMENTS, Sides, amplification, help_evidence, see_help
from plnmap.analysis.settings import DetectionRates, EvidenceRules, Settings
from plnmap.analysis.status import Bools, Floats, Ints, Measures, measures, rounded_all
from plnmap.model import FunctionScore

UNSCORED: Final = {
    "challenge": "invitations to speak, write or join are not told apart from others yet",
    "protection": "it happens in private",
    "counselling": "answers to troubled posts are not told apart from others yet",
}
"""Functions that no trace shows, and why."""

NOT_MIRRORED: Final = ("counselling", "friendship")


class Direction(NamedTuple):
    """Who does something for whom: they for ego ("in"), or ego for them ("out")."""

    name: str
    giver_is_ego: bool


DIRECTIONS: Final = (Direction("in", giver_is_ego=False), Direction("out", giver_is_ego=True))


def function_scores(
    ego: str, traces: Traces, sides: Sides, uptake_of_tag: Bools, settings: Settings
) -> list[FunctionScore]:
    """Every function between ego and each alter of whom one shows.

    Parameters
    ----------
    ego
        Whose network.
    traces, sides
        What passed between ego and the alters, and what of it is covered.
    uptake_of_tag
        Per alter, whether ego took up a hashtag first met through them.
    settings
        Detection rates and how evidence becomes a score.

    Returns
    -------
    list of FunctionScore
        In the order of the alters, sixteen rows for each; none for those without a function that
        shows, which are most.
    """
    columns = {
        (direction.name, function): column
        for direction in DIRECTIONS
        for function, column in _of_direction(direction, traces, sides, uptake_of_tag, settings).items()
        if direction.name == "in" or function not in NOT_MIRRORED
    }
    scores = [column.value for column in columns.values()]
    (shown,) = np.nonzero(np.any(np.nan_to_num(scores) >= settings.functions.shows_from, axis=0))
    by_alter = zip(*(_rows_of(column, shown) for column in columns.values()), strict=True)
    return [
        FunctionScore(ego, traces.accounts[alter], direction, function, *measure)
        for alter, measures_of_one in zip(shown, by_alter, strict=True)
        for (direction, function), measure in zip(columns, measures_of_one, strict=True)
    ]


def _rows_of(column: Measures, shown: Ints) -> list[tuple[Any, ...]]:
    """Score, interval, n, status and reason, one row for each alter that is shown."""
    numbers = [rounded_all(part[shown]) for part in (column.value, column.lo, column.hi)]
    return list(
        zip(
            *numbers,
            *(part[shown].tolist() for part in (column.n, column.status, column.reason)),
            strict=True,
        )
    )


def _of_direction(
    direction: Direction, traces: Traces, sides: Sides, uptake_of_tag: Bools, settings: Settings
) -> dict[str, Measures]:
    rules, giver_is_ego = settings.evidence, direction.giver_is_ego
    alters = len(traces.accounts)
    never = np.zeros(alters)
    return {
        "coaching": _coaching(direction, traces, sides, rules),
        "exposure": _exposure(giver_is_ego, traces, sides, rules),
        "sponsorship": _sponsorship(giver_is_ego, traces, sides, rules),
        "role_modelling": _role_modelling(
            direction, traces, sides, uptake_of_tag & (not giver_is_ego), settings
        ),
        "confirmation": _confirmation(giver_is_ego, traces, sides, rules),
        "friendship": _friendship(traces, sides, rules),
        **{
            function: measures(never, n=never, observed=False, unseen=reason)
            for function, reason in UNSCORED.items()
        },
    }


def _coaching(direction: Direction, traces: Traces, sides: Sides, rules: EvidenceRules) -> Measures:
    """Help, by the instrument with more days of it beyond chance; offers at a tie."""
    found = {}
    for instrument in INSTRUMENTS:
        if instrument.direction == direction.name:
            seen = see_help(traces, sides, instrument, rules)
            found[instrument.instrument] = help_evidence(seen, instrument, rules).score
    offers, thanks = found["offers"], found["thanks"]
    offered, thanked = (np.where(each.status == "value", each.n, 0) for each in (offers, thanks))
    by_offers = (offered >= thanked) & (offers.status != "not_observed")
    by_offers |= thanks.status == "not_observed"
    chosen = Measures(
        *(
            np.where(by_offers, getattr(offers, part), getattr(thanks, part))
            for part in Measures.__dataclass_fields__
        )
    )
    words = np.where(by_offers, "seen in offers", "seen in thanks")
    chosen.reason[chosen.status == "value"] = words[chosen.status == "value"]
    return chosen


def _exposure(giver_is_ego: bool, traces: Traces, sides: Sides, rules: EvidenceRules) -> Measures:
    """Boosts (½), quotes and good words in public (1), by day."""
    seen, whole = _side(giver_is_ego, sides)
    found = amplification(traces, by_ego=giver_is_ego)
    plain = corrected_evidence(found.days, found.days, observed=seen, complete=whole, rules=rules)
    each = found.worth / np.maximum(found.days, 1)

    def saturated(days: Floats) -> Floats:
        return days * each / (days * each + rules.half_saturation)

    return measures(
        np.nan_to_num(saturated(plain.estimate)),
        n=np.where(seen, found.days, 0),
        lo=saturated(plain.estimate_lo),
        hi=saturated(plain.estimate_hi),
        observed=seen,
        complete=whole,
        unseen=_unseen(giver_is_ego),
        short="no boost, quote or good word seen",
    )


def _sponsorship(giver_is_ego: bool, traces: Traces, sides: Sides, rules: EvidenceRules) -> Measures:
    """Introduces or recommends the other to third parties."""
    named = traces.rows("contact", by_ego=giver_is_ego) & ~traces.flags["addressed"]
    return _of_acts(INTRODUCING, "introduced", named, giver_is_ego, traces, sides, rules)


def _confirmation(giver_is_ego: bool, traces: Traces, sides: Sides, rules: EvidenceRules) -> Measures:
    """Praises and congratulates."""
    written = traces.rows("addressed", by_ego=giver_is_ego)
    return _of_acts(FAVOURABLE, "praise", written, giver_is_ego, traces, sides, rules)


def _of_acts(
    acts: tuple[str, ...],
    flag: str,
    written: Bools,
    giver_is_ego: bool,
    traces: Traces,
    sides: Sides,
    rules: EvidenceRules,
) -> Measures:
    """Days of some acts in what the giver wrote, corrected for volume and for errors of the rules."""
    days = count_days(traces, traces.rows(flag, by_ego=giver_is_ego))
    known = [RELIABILITY[act] for act in acts if act in RELIABILITY]
    if not known:
        reason = f"no rules for {' or '.join(acts)} whose errors are known"
        return measures(days, n=0, observed=False, unseen=reason)
    rates = DetectionRates(
        recall=max(each.recall for each in known),
        false_positive_rate=1 - float(np.prod([1 - each.false_positive_rate for each in known])),
    )
    seen, whole = _side(giver_is_ego, sides)
    readable = written & traces.flags["readable"]
    # Words in a language without rules were written, but what they do is not observed.
    seen = seen & ~((count_days(traces, written) > 0) & (count_days(traces, readable) == 0))
    chances = np.maximum(count_chances(traces, readable, rates.false_positive_rate), days)
    return corrected_evidence(days, chances, rates, observed=seen, complete=whole, rules=rules).score


def _role_modelling(
    direction: Direction, traces: Traces, sides: Sides, uptake_of_tag: Bools, settings: Settings
) -> Measures:
    """Attention of the learner to the other's posts, in several months; or a hashtag taken up from them."""
    learner_is_ego = not direction.giver_is_ego
    seen, whole = _side(learner_is_ego, sides)
    attention = traces.rows("attention", "quoted", by_ego=learner_is_ego)
    days = count_days(traces, attention)
    spread = (count_months(traces, attention) >= settings.roles.attention_months) | uptake_of_tag
    score = corrected_evidence(days, days, observed=seen, complete=whole, rules=settings.evidence).score
    return measures(
        np.nan_to_num(score.value),
        n=score.n,
        needed=np.where(spread, 1, score.n + 1),
        lo=score.lo,
        hi=score.hi,
        observed=seen,
        complete=whole,
        unseen=_unseen(learner_is_ego),
        short="days of attention, in fewer months than needed",
    )


def _friendship(traces: Traces, sides: Sides, rules: EvidenceRules) -> Measures:
    """Days of talk without help, resource or topic: as many as there are in both directions."""
    out, back = (count_days(traces, traces.rows("chat", by_ego=by_ego)) for by_ego in (True, False))
    days = np.minimum(out, back)
    both, all_of_both = sides.incoming & sides.outgoing, sides.incoming_complete & sides.outgoing_complete
    return corrected_evidence(days, days, observed=both, complete=all_of_both, rules=rules).score


def _side(is_ego: bool, sides: Sides) -> tuple[Bools, Bools]:
    """Whether the side that acts is covered, and whether wholly, per alter."""
    if is_ego:
        shape = sides.incoming.shape
        return np.full(shape, sides.outgoing), np.full(shape, sides.outgoing_complete)
    return sides.incoming, sides.incoming_complete


def _unseen(is_ego: bool) -> str:
    return "ego's side is not in the sources" if is_ego else "their side is not in the sources"
