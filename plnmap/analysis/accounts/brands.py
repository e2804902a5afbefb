"""Organisation, service desk or person: what an account looks like, by what the file knows of it.

How somebody describes themselves and how they post is weighed sign by sign in a logistic regression
that was fitted on labelled profiles; names and handles, which those profiles lack, count by judgement
and never make a person. Followers are no sign: a mentor may have as many as a brand. Where next to
nothing is known, the answer is *unknown*, not *person*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plnmap.acts.linear import probability
from plnmap.analysis.accounts.brand_signs import Found, Sign, before, find_signs, signs
from plnmap.analysis.accounts.service_talk import SERVING, parameters
from plnmap.analysis.egos import DIRECTORY, Ego
from plnmap.analysis.help.helping import SERVED
from plnmap.analysis.settings import BrandRules
from plnmap.analysis.status import DECIMALS, Floats, Ints
from plnmap.store import Store

DEFAULT: Final = BrandRules()
MOST_REASONS: Final = 5

# What ego passed on of theirs was chosen for its links and news, and makes a brand of everybody: it is left
# out. What they passed on themselves is not in their words.
_TEXTS: Final = f"""
WITH directory AS ({DIRECTORY})
SELECT account, 'bio' AS part, nullif(trim(bio), '') AS words FROM directory WHERE account <> $ego
UNION ALL SELECT account, 'name', display_name FROM directory WHERE account <> $ego
UNION ALL SELECT account, 'handle', split_part(handle, '@', 1) FROM directory WHERE account <> $ego
UNION ALL
SELECT account, 'posts', text FROM authored JOIN posts USING (post)
WHERE account <> $ego AND posts.authority > 0 AND boost_of IS NULL AND posts.happened_at::DATE <= $last
QUALIFY row_number() OVER (PARTITION BY account ORDER BY posts.happened_at DESC, post) <= $posts_read
UNION ALL SELECT target, 'thanks', 'service' FROM ({SERVED})
UNION ALL SELECT account, 'talk', 'service' FROM ({SERVING}) WHERE serves = 'alter'
"""


class Reason(NamedTuple):
    """A sign that an account shows: its name, what it is in words, and the log-odds that it adds."""

    sign: str
    words: str
    weight: float


class BrandScore(NamedTuple):
    """What an account looks like.

    Attributes
    ----------
    kind
        brand (an organisation, a product, a feed), desk (a service desk), person or unknown.
    score
        How likely it is a brand (of a desk: a service desk), 0 to 1; None where nothing speaks either
        way and neither a bio nor a post is known.
    reasons
        The signs that speak for the kind, the strongest first, at most five; none where it is unknown.
    bio
        Whether the score rests on a self-description.
    """

    kind: str
    score: float | None
    reasons: list[Reason]
    bio: bool


NOTHING_KNOWN: Final = BrandScore("unknown", None, [], bio=False)


def brand_scores(store: Store, ego: Ego, last: date, rules: BrandRules = DEFAULT) -> dict[str, BrandScore]:
    """What every account but ego's looks like.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose network: ego's thanks, and what passes between the two, tell service desks.
    last
        No post later than this UTC day; bios and names as last seen.
    rules
        Thresholds.

    Returns
    -------
    dict
        Account → what it looks like. Accounts of which the file has not even a name are left out.
    """
    asked = {**parameters(ego, last, rules), "posts_read": rules.posts_read}
    return _judged(find_signs(store.connection, _TEXTS, asked, signs().values()), rules)


def providers(scores: Mapping[str, BrandScore], rules: BrandRules = DEFAULT) -> Set[str]:
    """Accounts whose help is owed: service desks, and those surely organisations by their own words.

    >>> sure = BrandScore("brand", 0.97, [], bio=True)
    >>> sorted(providers({"twitter:1": sure, "twitter:2": sure._replace(bio=False)}))
    ['twitter:1']
    """
    return {
        account
        for account, told in scores.items()
        if told.kind == "desk"
        or (told.kind == "brand" and told.bio and (told.score or 0) >= rules.provider_from)
    }


def organisations(scores: Mapping[str, BrandScore], rules: BrandRules = DEFAULT) -> Set[str]:
    """Accounts that are no persons, and so nobody's role model: one learns from people.

    >>> paper = BrandScore("brand", 0.72, [], bio=False)
    >>> sorted(organisations({"twitter:1": paper, "twitter:2": paper._replace(score=0.6)}))
    ['twitter:1']
    """
    return {
        account
        for account, told in scores.items()
        if told.kind == "brand" and (told.score or 0) >= rules.organisation_from
    }


def _judged(found: Found, rules: BrandRules) -> dict[str, BrandScore]:
    """Scores and kinds out of what is known of each account and the signs that it shows."""
    known, shown = found
    row = pd.Index(known["account"]).get_indexer(shown["account"])
    amount = shown["amount"].to_numpy(np.float64)
    adds = {
        kind: amount * np.array([getattr(signs()[name], kind) for name in shown["sign"]], dtype=np.float64)
        for kind in ("weight", "desk")
    }
    prior, has_bio, posts = before(), known["bio"].to_numpy(bool), known["posts"].to_numpy(np.int64)

    def likely(kind: str, odds: Floats) -> Floats:
        return probability(odds + np.bincount(row, adds[kind], len(known)).astype(np.float64))

    brand = likely("weight", prior.none + prior.bio * has_bio + prior.posts * (posts > 0))
    desk = likely("desk", np.full(len(known), prior.desk))
    told = has_bio | (posts > 0) | (np.bincount(row, adds["weight"] != 0, len(known)) > 0)
    enough = has_bio | (posts >= rules.posts_enough)
    kind = np.select(
        [desk >= rules.desk_from, brand >= rules.brand_from, enough & (brand <= rules.person_to)],
        ["desk", "brand", "person"],
        "unknown",
    )
    score = np.where(kind == "desk", desk, np.where(told, brand, np.nan))
    reasons = _reasons(shown, row, adds, kind)
    return {
        account: BrandScore(
            str(kind[i]),
            None if np.isnan(score[i]) else round(float(score[i]), DECIMALS),
            reasons.get(i, []),
            bool(has_bio[i]),
        )
        for i, account in enumerate(known["account"])
    }


def _reasons(
    shown: pd.DataFrame, row: Ints, adds: Mapping[str, Floats], kind: NDArray[np.str_]
) -> dict[int, list[Reason]]:
    """Per account the signs that speak most for its kind."""
    of = kind[row]
    speaks = np.select(
        [of == "desk", of == "brand", of == "person"], [adds["desk"], adds["weight"], -adds["weight"]]
    )
    chosen = shown.assign(row=row, speaks=speaks)[speaks > 0]
    chosen = chosen.sort_values(["row", "speaks", "sign"], ascending=[True, False, True])
    chosen = chosen[chosen.groupby("row").cumcount() < MOST_REASONS]
    listed: dict[int, list[Reason]] = defaultdict(list)
    for number, sign, words, weight in zip(
        chosen["row"], chosen["sign"], chosen["words"], chosen["speaks"], strict=True
    ):
        listed[number].append(Reason(sign, _in_words(signs()[sign], words), round(float(weight), 2)))
    return listed


def _in_words(sign: Sign, found: str) -> str:
    if sign.shown is None:
        return f"“{found}”"
    return f"posts with {sign.shown}" if sign.part == "posts" else sign.shown
