"""Do the roles agree with what the user says of the same people?

What somebody says before seeing any result is the truth to test against; what
they say after it is anchored by what they saw, and is kept apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from plnmap.analysis.accounts.about_them import NO_MENTOR_LABELS, PROVIDER_LABELS
from plnmap.analysis.contact.reciprocity import wilson_interval
from plnmap.analysis.recall import A_HELP, HELPERS
from plnmap.analysis.status import Bools, Floats, Measure
from plnmap.model import Label, RecallName, RecallRating

LEAST_ANSWERS: Final = 5
"""With fewer answers, shares span nearly everything."""

DRAWS: Final = 1_000
SEED: Final = 20_041
LEVEL: Final = 0.95

CLAIMS: Final = {
    "learned_from": HELPERS,
    "mentoring": ("mentor", "peer_mentor"),
    "mentor": ("mentor",),
    "peer": ("peer_mentor",),
}
"""What the program says of somebody, and the roles any of which says it."""

LEARNING_LABELS: Final = ("mentor", "not-mentor", "peer")
"""Labels that say something about learning; the others do not, or settle the role themselves."""


class Agreement(NamedTuple):
    """What the roles say of some people, against what the user says of them.

    Attributes
    ----------
    claim
        What is said of somebody, one of `CLAIMS`.
    answers
        People the user answered for.
    told, found, both
        Of whom the user, the roles, and both said yes.
    precision
        both / found: how often the roles are right; with its interval (Wilson 1927).
    recall
        both / told: how many of the people meant the roles show; likewise.
    kappa
        Agreement beyond chance (Cohen 1960): 1 is perfect, 0 as by chance; the
        interval is from 1,000 bootstrap samples of the people.
    """

    claim: str
    answers: int
    told: int
    found: int
    both: int
    precision: Measure
    recall: Measure
    kappa: Measure


def agreement(
    told: Mapping[str, bool],
    found: Mapping[str, Collection[str]],
    claim: str,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Agreement:
    """Precision, recall and kappa of a claim that the roles make.

    Parameters
    ----------
    told
        Account → whether the user says so. Nobody else counts.
    found
        Account → roles, with or without a trailing ?; a person without any may be left out.
    claim
        One of `CLAIMS`.
    draws, seed
        Of the bootstrap.

    Returns
    -------
    Agreement
        All measures are ``insufficient`` with fewer than `LEAST_ANSWERS`
        answers; precision also where the roles claim it of nobody, recall where
        the user says it of nobody, kappa where both leave nothing to disagree on.

    Examples
    --------
    >>> told = {"a": True, "b": True, "c": False, "d": False, "e": False}
    >>> result = agreement(told, {"a": ["mentor?"], "c": ["mentor"]}, "mentor")
    >>> result.precision.value, result.recall.value, round(result.kappa.value, 4)
    (0.5, 0.5, 0.1667)
    """
    said = np.array(list(told.values()), dtype=np.bool_)
    shown = np.array([_says(found.get(account, ()), claim) for account in told], dtype=np.bool_)
    both = int((said & shown).sum())
    few = None
    if len(said) < LEAST_ANSWERS:
        few = Measure("insufficient", n=len(said), needed=LEAST_ANSWERS, reason="too few answers")
    return Agreement(
        claim=claim,
        answers=len(said),
        told=int(said.sum()),
        found=int(shown.sum()),
        both=both,
        precision=few or _share(both, int(shown.sum()), "the program says it of nobody"),
        recall=few or _share(both, int(said.sum()), "you say it of nobody"),
        kappa=few or _kappa(said, shown, draws, seed),
    )


class RolesTested(NamedTuple):
    """Roles against the user's own word.

    Attributes
    ----------
    blind
        By what was said before any result was shown: the headline.
    later
        By what was said after.
    unseen
        How many people were named, blind, whom no source in the file shows.
    settled
        How many people were left out because a label of theirs decides their role.
    """

    blind: list[Agreement]
    later: list[Agreement]
    unseen: int
    settled: int


def check_roles(
    found: Mapping[str, Collection[str]],
    names: Sequence[RecallName],
    ratings: Sequence[RecallRating],
    labels: Sequence[Label],
) -> RolesTested:
    """All that the user said of people, against their roles.

    People with a label that forbids them a role are left out: the role would repeat the label.

    Parameters
    ----------
    found
        Account → roles.
    names, ratings
        What the user recalled.
    labels
        What the user calls people.

    Returns
    -------
    RolesTested
        Each side has what was recalled against ``learned_from`` and ``mentoring``, then labels
        against ``mentor`` and ``peer``, those of which there is any answer.
    """
    settled = {row.account for row in labels if row.label in NO_MENTOR_LABELS | PROVIDER_LABELS}
    left_out: set[str] = set()
    sides = {}
    for when in ("blind", "later"):
        told = recalled(names, ratings, when)
        pairs = [("learned_from", told), ("mentoring", told)]
        pairs += [(label, labelled(labels, label, when)) for label in ("mentor", "peer")]
        left_out.update(*(settled & answers.keys() for _, answers in pairs))
        kept = [
            (claim, {who: answers[who] for who in answers if who not in settled}) for claim, answers in pairs
        ]
        sides[when] = [agreement(answers, found, claim) for claim, answers in kept if answers]
    unseen = sum(row.account is None and row.elicited == "blind" for row in names)
    return RolesTested(sides["blind"], sides["later"], unseen, len(left_out))


def cohens_kappa(yes_yes: Floats, yes_no: Floats, no_yes: Floats, no_no: Floats) -> Floats:
    """Agreement of two yes-or-no answers beyond chance (Cohen 1960); NaN where chance alone makes it 1.

    κ = (p_o − p_e)/(1 − p_e), with p_o the share of equal answers and p_e what
    the shares of yes and no of both would make it.

    Parameters
    ----------
    yes_yes, yes_no, no_yes, no_no
        Counts of each pair of answers.

    Examples
    --------
    >>> cohens_kappa(*np.array([[20.0, 4], [5, 0], [10, 0], [15, 0]])).round(4).tolist()
    [0.4, nan]
    """
    n = yes_yes + yes_no + no_yes + no_no
    same = (yes_yes + no_no) / n
    first, second = (yes_yes + yes_no) / n, (yes_yes + no_yes) / n
    chance = first * second + (1 - first) * (1 - second)
    room = 1 - chance
    return np.where(room > 0, (same - chance) / np.where(room > 0, room, 1.0), np.nan)


def recalled(names: Iterable[RecallName], ratings: Iterable[RecallRating], when: str) -> dict[str, bool]:
    """Account → whether they helped ego learn, by what the user recalled.

    Whoever was named did; whoever was only rated did from `plnmap.analysis.recall.A_HELP` on. Names
    that mean nobody in the file, and people skipped, are left out.

    Parameters
    ----------
    names, ratings
        Of one user.
    when
        "blind" for what was said before any result was shown, "later" for the rest.
    """
    rated = [row for row in ratings if row.rating is not None and row.elicited == when]
    told = {row.account: (row.rating or 0) >= A_HELP for row in rated}
    return told | {row.account: True for row in names if row.account and row.elicited == when}


def labelled(labels: Iterable[Label], label: str, when: str) -> dict[str, bool]:
    """Account → whether the user gives them a label, of those with any label about learning.

    Parameters
    ----------
    labels
        Of one user.
    label
        One of `LEARNING_LABELS`.
    when
        As for `recalled`.
    """
    told: dict[str, bool] = {}
    for row in labels:
        if row.elicited == when and row.label in LEARNING_LABELS:
            told[row.account] = told.get(row.account, False) or row.label == label
    return told


def _says(roles: Collection[str], claim: str) -> bool:
    return any(role.removesuffix("?") in CLAIMS[claim] for role in roles)


def _share(part: int, whole: int, none: str) -> Measure:
    if not whole:
        return Measure("insufficient", reason=none)
    lo, hi = wilson_interval(part, whole, LEVEL)
    return Measure("value", part / whole, float(lo), float(hi), n=whole)


def _kappa(said: Bools, shown: Bools, draws: int, seed: int) -> Measure:
    cells = np.array(
        [(said & shown).sum(), (said & ~shown).sum(), (~said & shown).sum(), (~said & ~shown).sum()]
    )
    value = float(cohens_kappa(*cells.astype(np.float64)))
    if np.isnan(value):
        return Measure("insufficient", reason="all answers are alike")
    # To draw people with replacement is to draw how many fall into each cell.
    redrawn = np.random.default_rng(seed).multinomial(len(said), cells / len(said), size=draws)
    lo, hi = np.nanquantile(cohens_kappa(*redrawn.T.astype(np.float64)), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Measure("value", value, float(lo), float(hi), n=len(said))
