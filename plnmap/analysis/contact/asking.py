"""What an ego asked of people, and whether and when they answered."""

from __future__ import annotations

from typing import Final

import pandas as pd

from plnmap.analysis.contact.contacts import Contacts, as_date
from plnmap.analysis.contact.reciprocity import response_rates
from plnmap.analysis.egos import Ego
from plnmap.analysis.settings import ReciprocityRules
from plnmap.store import Store

# Replies and body mentions that are no mere thanks, each with the first reply to that very post.
_ASKS: Final = """
WITH seen AS (
    SELECT unnest($accounts) AS account, unnest($firsts) AS first, unnest($lasts) AS last
), asks AS (
    SELECT DISTINCT i.target, i.post, i.happened_at, i.at_precision
    FROM interactions i JOIN seen ON seen.account = i.target
    WHERE i.source = $ego AND i.kind IN ('reply', 'mention')
      AND i.happened_at::DATE BETWEEN seen.first AND seen.last
      AND NOT (EXISTS (FROM acts WHERE acts.post = i.post AND act = 'gratitude')
               AND NOT EXISTS (FROM acts WHERE acts.post = i.post AND act = 'question'))
), answers AS (
    SELECT i.source, p.reply_to_post AS post, min(i.happened_at) AS answered_at,
           bool_and(i.at_precision = 'second') AS precise
    FROM interactions i JOIN posts p USING (post)
    WHERE i.target = $ego AND i.kind = 'reply' GROUP BY ALL
)
SELECT asks.target AS pair, asks.happened_at AS asked_at, answers.answered_at,
       asks.at_precision = 'second' AND coalesce(answers.precise, TRUE) AS precise
FROM asks LEFT JOIN answers ON answers.source = asks.target AND answers.post = asks.post
ORDER BY pair, asked_at, asks.post
"""


def answers_to(store: Store, ego: Ego, contacts: Contacts, rules: ReciprocityRules) -> pd.DataFrame:
    """How often and how fast each alter whose side is covered answered the ego.

    Returns
    -------
    DataFrame
        One row per alter asked at least once, as `response_rates` describes it;
        alters whose side is not covered have no row.
    """
    seen = [i for i, observed in enumerate(contacts.incoming) if observed]
    asks = store.connection.execute(
        _ASKS,
        {
            "ego": ego.account,
            "accounts": [contacts.accounts[i] for i in seen],
            "firsts": [as_date(contacts.window_first[i]) for i in seen],
            # What was asked later than that may have been answered after their archive ends.
            "lasts": [as_date(contacts.window_last[i] - rules.answer_days) for i in seen],
        },
    ).df()
    end = pd.Timestamp(contacts.last + 1, unit="D")
    return response_rates(asks, end, rules)
