"""Who plays which part in the ego's learning.

A role is a rule over one row per alter. Rules are written in three values:
true, false, and unknown where the side of the tie that decides is not in the
sources. What comes out unknown is a role that holds as far as can be seen and
that the unseen side could still overturn: it is printed with a ``?``. A rule
whose visible part fails is false whatever the unseen side holds, and a role
never rests on unseen evidence alone.

Roles say that a tie shows mentoring-like evidence, not what somebody is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from plnmap.analysis.help.evidence import help_share, help_tilt
from plnmap.analysis.settings import RoleRules
from plnmap.analysis.status import Floats

DEFAULT: Final = RoleRules()
Truth: TypeAlias = Any
"""An array of the nullable type ``boolean``: NA is unknown, and & and | are Kleene's."""
Columns: TypeAlias = dict[str, Any]
"""Arrays of nullable types by name: as columns of a table they would take three times as long."""

INSTRUMENTS: Final = ("offers", "thanks")
"""How help shows: in the giver's answers, or in the receiver's thanks and uptake. Never compared."""

_WITNESSES: Final = ("either", "offers", "thanks")
"""Where the balance of help may be told, each in both directions."""

_HELP: Final = {
    f"help_{way}_{instrument}_{part}": f"{meaning} ({text}); NaN where that side is not observed"
    for way, whom in (("in", "from them to ego"), ("out", "from ego to them"))
    for instrument, text in (
        ("thanks", f"help {whom}, seen in the receiver's thanks and uptake"),
        ("offers", f"help {whom}, seen in the giver's answers"),
        ("either", f"help {whom}, seen in either"),
    )
    for part, meaning in (
        ("days", "days on which the act was detected, days"),
        ("span_days", "days from the first to the last of them, days"),
        ("hat", "corrected days of the act, 0 where the gate is shut, days"),
        ("likely", "corrected days of the act, whether or not it is more than chance, days"),
    )
}
COLUMNS: Final[dict[str, str]] = _HELP | {
    "outgoing_observed": "whether all that ego did towards them is in the sources; partial counts as false",
    "incoming_observed": "whether all that they did towards ego is in the sources; partial counts as false",
    "days_out": "days on which ego contacted them, days; NaN where not observed",
    "days_in": "days on which they contacted ego, days; NaN where not observed",
    "pair_days": "days with anything between the two, attention included, days",
    "contact_span_days": "days from the first to the last observed contact either way, days",
    "replies_out": "replies of ego to them; NaN where not observed",
    "confirmed_episodes": "help episodes from them to ego of weight 0.6 or more; NaN where not observed",
    "credit_days": "days on which ego credits them, comments on a quote or names their influence, days",
    "credit_months": "calendar months with such a day, months",
    "credit_by_name_days": "days on which ego credits them by name, days",
    "attention_days": "days on which ego boosts or favourites them, days",
    "attention_months": "calendar months with such a day, months",
    "uptake_of_tag": "whether ego took up a hashtag first met through them; NA if not looked for",
    "reply_share": "share of their posts that are replies, 0 to 1; NaN where not known",
    "followers": "accounts that follow them; NaN where not known",
    "following": "accounts they follow; NaN where not known",
    "amplified_score": "X, how much they make ego seen, 0 to below 1; NaN where not observed",
    "amplified_days": "days on which they boost or quote ego, or speak well of ego in public; NaN likewise",
    "above_usual": "whether they boost or quote ego on more days than the median author; NA where not known",
    "is_provider": "whether their help is owed: a brand, a service desk or paid, labelled or detected; "
    "NA counts as no",
    "is_customer": "whether ego's help to them is owed, since ego serves them; NA counts as no",
    "is_brand": "whether it is an organisation rather than a person, labelled or detected; NA counts as no",
    "not_mentor": "whether the user says that they are no mentor; NA counts as no",
    "gone_quiet": "whether the tie has gone quiet; NA counts as no",
}
"""What `assign` reads, one row per alter of one ego."""

FLAGS: Final = (
    "outgoing_observed",
    "incoming_observed",
    "uptake_of_tag",
    "above_usual",
    "is_provider",
    "is_customer",
    "is_brand",
    "not_mentor",
    "gone_quiet",
)

ABOUT_THEM: Final = (
    "uptake_of_tag",
    "above_usual",
    "reply_share",
    "followers",
    "following",
    "is_provider",
    "is_customer",
    "is_brand",
    "not_mentor",
    "gone_quiet",
)
"""Columns that say something of the alters themselves; all others are counts of what passed between."""


class Role(NamedTuple):
    """A role: when it holds, the words for it, and when it carries a ``?``.

    `holds` reads the columns of `COLUMNS` and of `help_balance` and answers in three values. A role
    is withheld where one of those it `yields_to` is assigned. `resampled` says whether drawing
    conversations anew can judge it, see `plnmap.analysis.roles.bootstraps`.
    """

    name: str
    holds: Callable[[Columns, RoleRules], Truth]
    words: str
    question_mark: str
    yields_to: tuple[str, ...] = ()
    resampled: bool = True


def assign(
    people: pd.DataFrame, rules: RoleRules = DEFAULT, roles: Sequence[Role] | None = None
) -> pd.Series[Any]:
    """Roles of each alter, in the order of the table of roles.

    Parameters
    ----------
    people
        One row per alter of one ego, columns as in `COLUMNS`; others are ignored.
    rules
        Thresholds.
    roles
        The table of roles; `ROLES` by default.

    Returns
    -------
    Series
        Of lists of names, indexed like `people`; an empty list, for the great majority, is
        "unclassified". A trailing ``?`` marks what the unseen side could overturn.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> unseen = pd.DataFrame(float("nan"), index=["ada"], columns=list(COLUMNS), dtype=object)
    >>> seen = {"outgoing_observed": True, "incoming_observed": False, "days_out": 20}
    >>> thanked = {"help_in_thanks_days": 9, "help_in_thanks_span_days": 1400, "help_in_thanks_hat": 29.5}
    >>> assign(unseen.assign(**seen, **thanked)).to_dict()
    {'ada': ['mentor?']}
    """
    roles = ROLES if roles is None else roles
    verdicts = judge(people, rules, roles)
    labels = []
    for role in roles:
        verdict = verdicts[role.name]
        for other in role.yields_to:
            verdict = verdict & ~verdicts[other].fillna(True)
        unsure, sure = verdict.isna(), verdict.fillna(False).to_numpy(bool)
        labels.append(np.select([unsure, sure], [f"{role.name}?", role.name], ""))
    assigned = [[str(label) for label in row if label] for row in zip(*labels, strict=True)]
    return pd.Series(assigned, index=people.index, name="roles", dtype=object)


def judge(
    people: pd.DataFrame | Mapping[str, Any], rules: RoleRules, roles: Sequence[Role]
) -> dict[str, Truth]:
    """Role → whether its rule holds, in three values, before any role yields to another.

    Raises
    ------
    ValueError
        A column is missing.
    """
    columns = _typed(people)
    columns |= _balance(columns, rules)
    return {role.name: role.holds(columns, rules) for role in roles}


def help_balance(people: pd.DataFrame, rules: RoleRules = DEFAULT) -> pd.DataFrame:
    """Who helps whom, by the same witness in both directions.

    Where all that both wrote is seen, a day of help is one that shows in the words of either. Else it is
    told within one instrument that both directions are observed in: the one with more detected days,
    offers at a tie. Days that chance explains do not count for this: an instrument that shows nothing is
    no better witness for having fired more often.

    Parameters
    ----------
    people
        As for `assign`.

    Returns
    -------
    DataFrame
        Indexed like `people`: instrument (null where the balance is not observed), help_in and help_out
        (corrected days), mostly_received, mostly_given and even (probabilities, see
        `plnmap.analysis.help.evidence.help_share`), fewer_days (detected days in the direction with fewer),
        share (of the help that ego received, 0 to 1) with share_lo and share_hi.

    Raises
    ------
    ValueError
        A column is missing.
    """
    balance = _balance(_typed(people), rules)
    help_in, help_out = (
        balance[name].to_numpy(np.float64, na_value=np.nan) for name in ("help_in", "help_out")
    )
    share = help_share(help_in, help_out, rules)
    return pd.DataFrame(balance | {"share_lo": share.lo, "share_hi": share.hi}, index=people.index)


def _balance(table: Columns, rules: RoleRules) -> Columns:
    """`help_balance` without the interval of the share, which takes longer and decides nothing."""

    def numbers(way: str, instrument: str, part: str) -> Floats:
        column = table[f"help_{way}_{instrument}_{part}"]
        return np.asarray(column.to_numpy(np.float64, na_value=np.nan))

    def detected(instrument: str) -> Floats:
        """Days of both directions, each only if beyond chance; −1 where one of them is not observed."""
        days = np.zeros(len(table["days_out"]))
        for way in ("in", "out"):
            # The estimate is above 0 exactly where the gate is open, and NaN where it is not observed.
            estimate = numbers(way, instrument, "hat")
            days += np.where(estimate > 0, numbers(way, instrument, "days"), estimate)
        return np.nan_to_num(days, nan=-1.0)

    either, offers, thanks = map(detected, _WITNESSES)
    witness = np.select(
        [either >= 0, np.maximum(offers, thanks) < 0, offers >= thanks], ["either", "", "offers"], "thanks"
    )

    def chosen(way: str, part: str) -> Floats:
        return np.select(
            [witness == name for name in _WITNESSES],
            [numbers(way, name, part) for name in _WITNESSES],
            np.nan,
        )

    columns = {"help_in": chosen("in", "hat"), "help_out": chosen("out", "hat")}
    # Help that goes one way is told against all that may have gone the other: what chance might explain
    # is too little to say that they helped, and no reason to say that they did not.
    columns["mostly_received"], _, _ = help_tilt(columns["help_in"], chosen("out", "likely"), rules)
    _, columns["mostly_given"], _ = help_tilt(chosen("in", "likely"), columns["help_out"], rules)
    _, _, columns["even"] = help_tilt(columns["help_in"], columns["help_out"], rules)
    columns["share"] = (columns["help_in"] + 1) / (columns["help_in"] + columns["help_out"] + 2)
    columns["fewer_days"] = np.minimum(chosen("in", "days"), chosen("out", "days"))
    instrument = pd.array(witness, dtype="string")
    instrument[witness == ""] = pd.NA
    return {"instrument": instrument} | {
        name: pd.array(values, dtype="Float64") for name, values in columns.items()
    }


def _typed(people: pd.DataFrame | Mapping[str, Any]) -> Columns:
    missing = [name for name in COLUMNS if name not in people]
    if missing:
        raise ValueError(f"the people table lacks {', '.join(missing)}")
    # Nullable types: NaN becomes NA, and comparing it stays unknown instead of turning false.
    kinds: dict[str, Any] = dict.fromkeys(COLUMNS, "Float64") | dict.fromkeys(FLAGS, "boolean")
    return {name: pd.array(people[name], dtype=kind) for name, kind in kinds.items()}


def _seen(truth: Truth) -> Truth:
    """What must hold in the visible part: unknown counts as no."""
    return truth.fillna(False)


def _complete(people: Columns, *sides: str) -> Truth:
    """True where all that these sides did is seen, else unknown: what is not there may yet turn up."""
    whole = reduce(and_, (_seen(people[f"{side}_observed"]) for side in sides)).to_numpy(bool)
    return pd.arrays.BooleanArray(np.ones_like(whole), mask=~whole)


def _some_instrument(people: Columns, way: str, rules: RoleRules, span_days: int = 0) -> Truth:
    """Whether one instrument shows enough help, on enough days, over enough time."""
    names = [f"help_{way}_{instrument}" for instrument in INSTRUMENTS]
    shown = (
        _seen(
            (people[f"{name}_hat"] >= rules.help_estimate)
            & (people[f"{name}_days"] >= rules.help_days)
            & (people[f"{name}_span_days"] >= span_days)
        )
        for name in names
    )
    return reduce(or_, shown)


def _one_way(way: str, probability: str) -> Callable[[Columns, RoleRules], Truth]:
    def holds(people: Columns, rules: RoleRules) -> Truth:
        helps = _some_instrument(people, way, rules, rules.help_span_days)
        # The estimate is above 0 exactly where the gate is open.
        thanked = people[f"help_{way}_thanks_hat"] > 0
        tilted = people[probability] >= rules.one_way_probability
        helped, helper = ("out", "in") if way == "in" else ("in", "out")
        ignored = people[f"days_{helped}"] < rules.talked_back * people[f"days_{helper}"]
        freely = ~_seen(people["is_provider"])
        freely &= ~_seen(people["not_mentor" if way == "in" else "is_customer"])
        return helps & thanked & tilted & ~_seen(ignored) & freely

    return holds


def _peer_mentor(people: Columns, rules: RoleRules) -> Truth:
    both = (people["help_in"] >= rules.peer_estimate) & (people["help_out"] >= rules.peer_estimate)
    # Evenness is likely of next to nothing; it takes help that came back.
    measured = both & (people["even"] >= rules.even_probability) & (people["fewer_days"] >= rules.peer_days)
    measured &= (people["share"] > rules.even_from) & (people["share"] < rules.even_to)
    glimpsed = _some_instrument(people, "in", rules) & _some_instrument(people, "out", rules)
    freely = ~_seen(people["is_provider"] | people["is_customer"] | people["not_mentor"])
    return measured & (glimpsed | ~people["even"].isna()) & freely


def _just_in_time_helper(people: Columns, rules: RoleRules) -> Truth:
    days = people["days_out"].fillna(0) + people["days_in"].fillna(0)
    little = (days <= rules.quick_days) | (people["contact_span_days"] <= rules.quick_span_days)
    return _seen((people["confirmed_episodes"] >= 1) & little) & _complete(people, "outgoing", "incoming")


def _role_model(people: Columns, rules: RoleRules) -> Truth:
    credited = (people["credit_days"] >= rules.credit_days) & (people["credit_months"] >= rules.credit_months)
    # A quote may as well disagree: where nothing else speaks for them, it counts like any attention.
    credited &= (people["credit_by_name_days"] > 0) | (people["credit_days"] >= rules.attention_days)
    followed = (
        (people["attention_days"] >= rules.attention_days)
        & (people["attention_months"] >= rules.attention_months)
        & people["uptake_of_tag"]
    )
    # Their side is mostly unseen; ego's own replies show as well whether the two talk.
    distant = people["days_in"].fillna(0) <= rules.contact_back_share * people["pair_days"]
    distant &= people["replies_out"].fillna(0) <= rules.reply_share * people["pair_days"]
    person = ~_seen(people["is_brand"])
    return _seen(credited | followed) & _seen(distant) & person & _complete(people, "incoming")


def _amplifier(people: Columns, rules: RoleRules) -> Truth:
    amplified = (people["amplified_score"] >= rules.amplified_score) & (
        people["amplified_days"] >= rules.amplified_days
    )
    # More of their boosts could only make ego more seen; whom else they boost decides.
    return _seen(amplified) & people["above_usual"]


def _broadcaster(people: Columns, rules: RoleRules) -> Truth:
    one_sided = (
        (people["attention_days"] >= rules.broadcast_attention_days)
        & (people["credit_days"].fillna(0) == 0)
        & (people["replies_out"].fillna(0) == 0)
        & (people["days_in"].fillna(0) == 0)
    )
    audience = people["followers"] >= rules.broadcast_followers_ratio * np.maximum(people["following"], 1)
    audience |= people["reply_share"] < rules.broadcast_reply_share
    return _seen(one_sided) & audience & _complete(people, "outgoing", "incoming")


def _gone_quiet(people: Columns, rules: RoleRules) -> Truth:
    return _seen(people["gone_quiet"]) & _complete(people, "outgoing", "incoming")


ROLES: Final = (
    Role(
        "mentor",
        _one_way("in", "mostly_received"),
        "helped you",
        "where the balance of help is not observed, so that you may have helped them as much; or where "
        "only their answers are seen, not whether you thanked them",
    ),
    Role(
        "mentee",
        _one_way("out", "mostly_given"),
        "you help",
        "where it is not seen whether they thanked you, or what help came back",
    ),
    Role(
        "peer_mentor",
        _peer_mentor,
        "you helped each other",
        "where help each way is seen through different instruments only, so that neither outweighs the "
        "other; it may then be `mentor?` as well, since both are possible",
    ),
    Role(
        "just_in_time_helper",
        _just_in_time_helper,
        "quick help",
        "where either side is not fully seen: there may have been more contact than shows",
        resampled=False,
    ),
    Role(
        "role_model",
        _role_model,
        "you learn from",
        "where it is not seen how often they turn to you: you may be talking with each other",
    ),
    Role(
        "amplifier",
        _amplifier,
        "makes your posts seen",
        "where it is not seen how much they pass on of what others post",
    ),
    Role(
        "broadcaster",
        _broadcaster,
        "you pass on what they post",
        "where it is not seen whether they answer you, or how large their audience is",
        yields_to=("role_model",),
        resampled=False,
    ),
    Role(
        "gone_quiet",
        _gone_quiet,
        "gone quiet",
        "where either side is not fully seen: they may have gone on writing",
        resampled=False,
    ),
)
"""The table of roles; a further one is a further row."""
