"""What the rules of roles read of the alters themselves, whatever passed between them and ego."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from typing import Any, Final

import numpy as np

from plnmap.analysis.accounts.brands import DEFAULT, NOTHING_KNOWN, brand_scores, organisations, providers
from plnmap.analysis.accounts.service_talk import customers
from plnmap.analysis.contact.contacts import Contacts, as_date
from plnmap.analysis.egos import DIRECTORY, Ego
from plnmap.analysis.help.helping import taken_up
from plnmap.analysis.settings import BrandRules
from plnmap.analysis.status import Bools
from plnmap.store import Store

PROVIDER_LABELS: Final = frozenset({"brand", "work-tie"})
"""Labels of those whose help is owed: paid for, or somebody's job."""
BRAND_LABELS: Final = frozenset({"brand"})
PERSON_LABELS: Final = frozenset({"mentor", "peer", "family", "friend"})
"""Labels of people: they outweigh what an account looks like."""
NO_MENTOR_LABELS: Final = frozenset({"not-mentor"})

_REPLY_SHARES: Final = """
SELECT author, avg((reply_to IS NOT NULL)::INTEGER) FROM posts
WHERE authority = 2 AND list_contains(?, author) AND happened_at::DATE <= ? GROUP BY author
"""

# On how many days each alter passed on posts of ego's, and of the author in the middle of all whom
# they passed on.
_PASSED_ON: Final = """
WITH authors AS (
    SELECT source, target, count(*) AS days FROM tie_days
    WHERE list_contains($alters, source) AND n_boost + n_quote > 0 AND day <= $last GROUP BY ALL
)
SELECT source, coalesce(max(days) FILTER (target = $ego), 0) > median(days) FROM authors GROUP BY source
"""


def about_them(
    store: Store,
    ego: Ego,
    contacts: Contacts,
    labels: Mapping[str, frozenset[str]],
    rules: BrandRules = DEFAULT,
) -> dict[str, Any]:
    """Columns of the alters themselves, in the order of ``contacts.accounts``.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose network.
    contacts
        The alters, whose side is covered, and the day up to which to look.
    labels
        What the user calls them, see `plnmap.analysis.own_word.labels`.
    rules
        From when on an account is taken for an organisation.

    Returns
    -------
    dict of columns
        handle, display_name, followers, following, reply_share, uptake_of_tag, is_provider,
        is_customer, is_brand, not_mentor and above_usual, see `plnmap.analysis.roles.rules.COLUMNS`;
        labels, joined by ``;``;
        account_kind, account_kind_score and account_kind_why, see
        `plnmap.analysis.accounts.brands.BrandScore`.
    """
    accounts, last = contacts.accounts, as_date(contacts.last) or date.min
    known = {row[0]: row for row in store.rows(DIRECTORY)}
    rows = [known.get(account, (account, *[None] * 6)) for account in accounts]
    shares = dict(store.rows(_REPLY_SHARES, [accounts, last]))
    scores = brand_scores(store, ego, last, rules)
    looks = [scores.get(account, NOTHING_KNOWN) for account in accounts]
    return {
        "handle": [row[2] for row in rows],
        "display_name": [row[3] for row in rows],
        "followers": [row[5] for row in rows],
        "following": [row[6] for row in rows],
        "reply_share": [shares.get(account, np.nan) for account in accounts],
        "uptake_of_tag": np.isin(accounts, list(taken_up(store, ego, last))),
        "is_provider": _told(accounts, providers(scores, rules), labels, PROVIDER_LABELS),
        "is_customer": _told(accounts, customers(store, ego, last, rules), labels, frozenset()),
        "is_brand": _told(accounts, organisations(scores, rules), labels, BRAND_LABELS),
        "not_mentor": _labelled(accounts, labels, NO_MENTOR_LABELS),
        "above_usual": _above_usual(store, ego, contacts, last),
        "labels": [";".join(sorted(labels.get(account, ()))) for account in accounts],
        "account_kind": [look.kind for look in looks],
        "account_kind_score": [look.score for look in looks],
        "account_kind_why": ["; ".join(reason.words for reason in look.reasons) for look in looks],
    }


def _told(
    accounts: list[str], found: Set[str], labels: Mapping[str, frozenset[str]], wanted: frozenset[str]
) -> Bools:
    """Who is one of `wanted` as the user says, else as they look."""
    detected = np.isin(accounts, list(found))
    labelled = _labelled(accounts, labels, wanted)
    return labelled | (detected & ~_labelled(accounts, labels, PERSON_LABELS))


def _labelled(accounts: list[str], labels: Mapping[str, frozenset[str]], wanted: frozenset[str]) -> Bools:
    return np.array([bool(labels.get(account, frozenset()) & wanted) for account in accounts], dtype=np.bool_)


def _above_usual(store: Store, ego: Ego, contacts: Contacts, last: date) -> list[bool | None]:
    """Whether they pass on more of ego's posts than of most authors'; None where not all is seen."""
    whole = [
        account for account, seen in zip(contacts.accounts, contacts.their_side_complete, strict=True) if seen
    ]
    parameters = {"alters": whole, "ego": ego.account, "last": last}
    found = dict.fromkeys(whole, False) | dict(store.rows(_PASSED_ON, parameters))
    return [found.get(account) for account in contacts.accounts]
