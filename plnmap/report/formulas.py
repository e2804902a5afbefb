"""How the columns of an export are computed, between what their values lie, and what states they have.

Numbers in the formulas are the defaults of `plnmap.analysis.settings`; the
manifest of an export says which settings it was made with. `docs/methods.md`
explains them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, get_args

from plnmap.analysis.settings import Settings
from plnmap.model import KINDS, Column, CoverageState, Direction, Platform, Precision, Status, Table
from plnmap.report.values import listed

_SET: Final = Settings()
_S, _C, _R, _E = _SET.strength, _SET.components, _SET.reciprocity, _SET.evidence
_P: Final = _SET.episodes

_CORRECTED: Final = "max(0, (n - φ·N) / (τ - φ))"
_OF_THANKS: Final = f"τ = {_E.help_thanks.recall:g}, φ = {_E.help_thanks.false_positive_rate:g}"
_OF_OFFERS: Final = (
    f"τ = {max(_E.advice.recall, _E.resource.recall):g}, φ = "
    f"1 - (1 - {_E.advice.false_positive_rate:g})·(1 - {_E.resource.false_positive_rate:g})"
)
_CHANCES: Final = "sum over days of (1 - (1 - φ)^k) / φ, k posts of that day to the other that could be read"
_BELOW: Final = (
    f"; and the same at {_E.answer_mistaken:g} over replies to posts that the file holds, · "
    f"{_E.answer_mistaken:g} / φ"
)
_OTHER_THANKS: Final = (
    f"; if less, the same at φ / {_E.thanking:g} over posts with thanks for whatever, / {_E.thanking:g}"
)
_POISSON: Final = f"{_CORRECTED} of an end of the exact {_E.level:.0%} interval of a Poisson count n"
_BETA_SHARE: Final = f"quantile of Beta(i + {_R.prior_days:g}, o + {_R.prior_days:g})"
_WILSON: Final = "end of the Wilson interval of a / n"
_HELP_SHARE: Final = "Beta(Ĥ_in + 1, Ĥ_out + 1)"

_OF_PEOPLE: Final = {
    "strength": (
        f"1 / (1 + exp(-(z + b))), z = {_S.days:g}·ln(1 + D) - {_S.recency:g}·ln(1 + R) + "
        f"{_S.age:g}·ln(1 + A), b = {_S.intercept:g} unless calibrated; of incoming contact alone "
        f"z = {_S.incoming_base:g} + {_S.incoming_days:g}·ln(1 + D_in) - {_S.incoming_recency:g}·ln(1 + R_in)"
    ),
    "thin": f"D + D_in < {_S.thin_days}",
    "amount": f"min(1, ln(1 + D) / ln(1 + D{_C.amount_percentile:g})), "
    f"D{_C.amount_percentile:g} the {_C.amount_percentile:g}th percentile of D",
    "persistence": f"bins of {_C.bin_days} days with contact / such bins from the first contact to now",
    "burstiness": "(√(m+1)·r - √(m-1)) / ((√(m+1) - 2)·r + √(m-1)), m gaps, r = their deviation / mean",
    "trend": f"ln((last + {_C.trend_prior:g}) / (before + {_C.trend_prior:g})), "
    f"days of contact in the last {_C.trend_days} and in the {_C.trend_days} before",
    "gone_quiet": f"D ≥ {_SET.quiet.min_contact_days}, gap / max(1, median gap) ≥ {_SET.quiet.gap_ratio:g}, "
    f"gap ≥ {_SET.quiet.min_gap_active_days} of ego's active days, and strength below "
    f"{_SET.quiet.strength_below:g} on ego's last active day",
    "balance": f"(i + {_R.prior_days:g}) / (i + o + {2 * _R.prior_days:g}), i and o the days_in and days_out "
    "of the window that both sides cover",
    "balance_lo": f"{(1 - _R.level) / 2:.3f} {_BETA_SHARE}",
    "balance_hi": f"{(1 + _R.level) / 2:.3f} {_BETA_SHARE}",
    "balance_label": f"mutual: interval within {_R.mutual_from:g} to {_R.mutual_to:g}; you give more: hi < "
    f"{_R.you_give_more_below:g}; they give more: lo > {_R.they_give_more_above:g}; else uncertain",
    "response_rate": f"(a + {_R.pooled_asks:g}·p) / (n + {_R.pooled_asks:g}), a answered of n = response_n, "
    "p the rate over all of ego's alters",
    "response_lo": _WILSON,
    "response_hi": _WILSON,
    "thanked_chances": f"{_CHANCES}{_OTHER_THANKS}; φ as in help_in_thanks",
    "offered_chances": f"{_CHANCES}{_BELOW}; φ as in help_in_offers",
    "given_chances": f"{_CHANCES}{_BELOW}; φ as in help_out_offers",
    "thanked_back_chances": f"{_CHANCES}{_OTHER_THANKS}; φ as in help_out_thanks",
    "help_in_thanks": f"{_CORRECTED}, n = thanked_days, N = thanked_chances, {_OF_THANKS}",
    "help_in_offers": f"{_CORRECTED}, n = offered_days, N = offered_chances, {_OF_OFFERS}",
    "help_out_offers": f"{_CORRECTED}, n = given_days, N = given_chances, {_OF_OFFERS}",
    "help_out_thanks": f"{_CORRECTED}, n = thanked_back_days, N = thanked_back_chances, {_OF_THANKS}",
    **{
        f"help_{way}_{instrument}_{end}": _POISSON
        for way in ("in", "out")
        for instrument in ("thanks", "offers")
        for end in ("lo", "hi")
    },
    "help_share": f"mean of {_HELP_SHARE}, both seen in the same way",
    "help_share_lo": f"quantile of {_HELP_SHARE}",
    "help_share_hi": f"quantile of {_HELP_SHARE}",
}

_KIND_WEIGHTS: Final = ", ".join(f"{kind.name} {kind.weight_tenths / 10:g}" for kind in KINDS.values())

FORMULAS: Final[Mapping[tuple[str, str], str]] = {
    **{("people", name): formula for name, formula in _OF_PEOPLE.items()},
    ("interactions", "weight"): f"weight of the kind / k people named in the post: {_KIND_WEIGHTS}",
    ("ties", "weight"): "sum of interactions.weight, direct messages included where counted",
    ("ties", "active_bins"): f"number of different ⌊days since 1970-01-01 / {_C.bin_days}⌋ with contact",
    ("roles", "agreement"): f"draws in which the rule holds / {_SET.bootstraps.draws} draws",
    ("functions", "score"): f"D̂ / (D̂ + {_E.half_saturation:g}), D̂ = {_CORRECTED}",
    ("functions", "lo"): f"the same of {_POISSON}",
    ("functions", "hi"): f"the same of {_POISSON}",
    ("episodes", "weight"): f"asked_answered_thanked {_P.asked_answered_thanked:g}, acknowledged "
    f"{_P.acknowledged:g}, answered_offer {_P.answered_offer:g}, offered {_P.offered:g}, "
    f"answered {_P.answered:g}",
    ("episodes", "confirmed"): f"weight ≥ {_P.confirmed_from:g}",
    ("episodes", "hours_to_answer"): "answer_at - asked_at",
}
"""Table and column → how it is computed, for columns of which the meaning does not say it all."""


def formula(each: Table, column: Column) -> str:
    """How a column is computed; empty where its meaning says it all."""
    return FORMULAS.get((each.name, column.name), "")


_STATES: Final = listed(get_args(Status), "or")

_RANGES: Final = {
    "platform": listed(get_args(Platform), "or"),
    "at_precision": listed(get_args(Precision), "or"),
    "direction": listed(get_args(Direction), "or"),
    "state": listed(get_args(CoverageState), "or"),
    "in_touch": "1 or more",
    "circle": "1 or more",
    "reader_version": "1 or more",
    "burstiness": "-1 to 1",
    "trend": "",
    **dict.fromkeys(
        ("balance_lo", "balance_hi", "response_rate", "response_lo", "response_hi", "help_share_lo"), "0 to 1"
    ),
    "help_share_hi": "0 to 1",
}
"""Of columns whose type and meaning do not tell."""


def value_range(each: Table, column: Column) -> str:
    """Between what the values of a column lie, or which there are; empty where anything may stand.

    >>> from plnmap.model import Person, table
    >>> people = table(Person)
    >>> [value_range(people, column) for column in people.columns if column.name in ("strength", "days_out")]
    ['0 to 1', '0 or more']
    """
    if column.name in _RANGES:
        return _RANGES[column.name]
    if column.name.rpartition("_")[2] == "status":
        return _STATES
    if (each.name, column.name) in (("functions", "lo"), ("functions", "hi")) or "0 to 1" in column.meaning:
        return "0 to 1"
    return "0 or more" if column.sql_type in ("BIGINT", "DOUBLE") else ""


def states(each: Table, column: Column) -> str:
    """In which states a column can be, and which column tells; empty for a column without states.

    >>> from plnmap.model import Person, table
    >>> people = table(Person)
    >>> [states(people, column) for column in people.columns if column.name in ("balance_lo", "days_in")]
    ['value, or not_observed where empty', 'balance_status: value, insufficient, not_observed or no_contact']
    """
    told = next((name for name in _status_names(column) if name in each.names), None)
    if column.nullable and told:
        return f"{told}: {_STATES}"
    unseen = re.search(r"null where (not observed|ego's posts are not here)", column.meaning)
    return "value, or not_observed where empty" if unseen else ""


def _status_names(column: Column) -> Iterator[str]:
    """What the column with the state of this one may be called, the likeliest first."""
    name = column.name
    while name:
        yield f"{name}_status"
        name = name.rpartition("_")[0]
    yield "status"
