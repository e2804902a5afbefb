"""All that passed between an ego and each alter, one row per act, and what its text does.

Read once, so that every count of help, credit or attention is a reduction of
the same columns: over everything, within some days, or with conversations
drawn anew.

A *conversation* is the thread of a post where its source states one. Else it
is named after the root of the chain of replies, if the file holds the whole
chain. Else, as in an archive that lacks what its owner answered, it is all
that passed between the two on that UTC day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from plnmap.acts import RELIABILITY
from plnmap.analysis.contact.contacts import Contacts, as_date
from plnmap.analysis.egos import Ego
from plnmap.analysis.help.helping import NAMED, OFFERS, ONLY_NAMED, THANKS
from plnmap.analysis.status import Bools, Floats, Ints
from plnmap.analysis.topics.sides import TOPICAL_ACTS
from plnmap.store import Store

FLAGS: Final = {
    "contact": "a reply, a mention, a quote or direct messages",
    "attention": "a boost or a favourite",
    "reply": "an answer to a post of the other's",
    "addressed": "a post that answers the other, or begins with their name",
    "readable": "words in a language that there are rules for",
    "below": "an answer to a post that the file holds",
    "thanks": "thanks for help, given to the other or naming them",
    "thanking": "the same, whatever the thanks are for: what may be taken for thanks for help",
    "offers": "an addressed post with advice, something to use or what was called for, and no thanks",
    "answered": "an offer within 72 hours in answer to a question of the other's",
    "credit": "passes on the other's work by their name, or quotes them with a comment",
    "by_name": "passes on the other's work by their name",
    "praise": "praises the other, or congratulates them",
    "introduced": "names the other to third parties as somebody to know",
    "named": "speaks well of the other outside replies, for all to see",
    "boosted": "boosts a post of the other's that answers nobody",
    "quoted": "quotes a post of the other's that answers nobody",
    "chat": "a reply on a day on which nothing said to the other has a subject",
}
"""What a row of `Traces` can be."""

FAVOURABLE: Final = ("praise", "congratulation")
"""Acts that speak well of somebody."""
INTRODUCING: Final = ("introduction",)

_ROWS: Final = f"""
WITH does AS (
    SELECT post, bool_or(list_contains($thanks, act)) AS thanks, bool_or(act = 'gratitude') AS gratitude,
           bool_or(list_contains($offers, act)) AS offers,
           bool_or(list_contains($favourable, act)) AS praise,
           bool_or(list_contains($topical, act)) AS topical
    FROM acts GROUP BY post
), names AS (
    SELECT source, target, post, bool_or(act = 'credit') AS credit,
           bool_or(act = 'introduction') AS introduction
    FROM ({NAMED}) GROUP BY ALL
), questions AS (
    SELECT post, account, happened_at FROM authored
    WHERE post IN (SELECT post FROM acts WHERE act = 'question')
), passed AS (
    SELECT i.source, i.target, i.post, i.kind, i.happened_at, i.source = $ego AS by_ego,
           CASE WHEN by_ego THEN i.target ELSE i.source END AS account,
           i.kind IN ('reply', 'mention', 'quote') AS worded, CASE WHEN worded THEN i.post END AS words,
           i.kind = 'reply'
           OR (i.kind = 'mention' AND p.reply_to IS NULL AND elsewhere.post IS NULL) AS towards,
           i.kind = 'reply' OR coalesce(towards AND regexp_matches(p.text, '^\\.?@'), FALSE) AS addressed,
           p.rowid AS number, p.conversation, p.reply_to_post, len(p.hashtags) + len(p.links) > 0 AS linked,
           CASE i.kind WHEN 'quote' THEN p.quote_of_post
                       ELSE coalesce(p.boost_of_post, i.post) END AS original
    FROM interactions i LEFT JOIN posts p USING (post)
    LEFT JOIN ({ONLY_NAMED}) AS elsewhere ON elsewhere.post = i.post AND elsewhere.target = i.target
    WHERE $ego IN (i.source, i.target) AND i.kind <> 'list_mention'
      AND (i.happened_at::DATE <= $last OR (i.happened_at IS NULL AND $undated))
)
SELECT it.account, by_ego, date_diff('day', DATE '1970-01-01', it.happened_at::DATE) AS day,
       CASE WHEN worded THEN it.conversation END AS conversation, CASE WHEN worded THEN number END AS number,
       worded AS contact, NOT worded AS attention, kind = 'reply' AS reply, addressed,
       coalesce(readable, FALSE) AS readable, kind = 'reply' AND above.post IS NOT NULL AS below,
       towards AND coalesce(does.thanks, FALSE) AS thanks,
       towards AND coalesce(does.thanks OR does.gratitude, FALSE) AS thanking,
       addressed AND coalesce(does.offers AND NOT does.gratitude, FALSE) AS offers,
       coalesce(asked.account = it.target AND does.offers AND NOT does.gratitude
                AND it.happened_at BETWEEN asked.happened_at AND asked.happened_at + INTERVAL 72 HOUR, FALSE)
           AS answered,
       kind = 'quote' OR coalesce(names.credit, FALSE) AS credit,
       coalesce(names.credit, FALSE) AS by_name,
       towards AND coalesce(does.praise, FALSE) AS praise,
       coalesce(names.introduction, FALSE) AND NOT addressed AS introduced,
       towards AND NOT addressed AND coalesce(does.praise OR names.credit, FALSE) AS named,
       kind = 'boost' AND first.reply_to IS NULL AS boosted,
       kind = 'quote' AND first.reply_to IS NULL AS quoted,
       kind = 'reply' AND NOT bool_or(towards AND (linked OR coalesce(does.topical, FALSE)))
           OVER (PARTITION BY it.account, by_ego, it.happened_at::DATE) AS chat
FROM passed AS it LEFT JOIN does ON does.post = it.words
LEFT JOIN text_languages AS read_in ON read_in.post = it.words
LEFT JOIN names ON names.source = it.source AND names.target = it.target AND names.post = it.post
LEFT JOIN posts AS first ON first.post = it.original
LEFT JOIN questions AS asked ON asked.post = it.reply_to_post
LEFT JOIN posts AS above ON above.post = it.reply_to_post
ORDER BY day NULLS LAST, it.post, kind, it.account
"""

_MESSAGES: Final = """
SELECT CASE WHEN source = $ego THEN target ELSE source END AS account, source = $ego AS by_ego,
       date_diff('day', DATE '1970-01-01', day) AS day, TRUE AS contact
FROM dm_days WHERE $ego IN (source, target) AND day <= $last
"""

_ANSWERS: Final = """
SELECT answer.rowid AS answer, asked.rowid AS asked
FROM posts answer LEFT JOIN posts asked ON asked.post = answer.reply_to_post
WHERE answer.reply_to_post IS NOT NULL OR answer.reply_to IS NOT NULL
"""


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """All acts between one ego and the alters, as columns of one length.

    Attributes
    ----------
    accounts
        The alters.
    alter
        Which of them, by position.
    by_ego
        Whether ego acted, else the alter. An alter acts only where their side is covered.
    day
        Days since 1970-01-01, UTC; NaN where not dated.
    conversation
        Number of the conversation, from 0 in order of time.
    conversations
        How many there are.
    flags
        What the row is: a column of truth values for each name in `FLAGS`.
    """

    accounts: list[str]
    alter: Ints
    by_ego: Bools
    day: Floats
    conversation: Ints
    conversations: int
    flags: dict[str, Bools]

    def rows(
        self, *flags: str, by_ego: bool | None = None, first: float | None = None, last: float | None = None
    ) -> Bools:
        """Rows that are any of `flags`, by one side if named, and on the days `first` to `last` if given."""
        chosen = np.logical_or.reduce([self.flags[flag] for flag in flags])
        if by_ego is not None:
            chosen = chosen & (self.by_ego == by_ego)
        if first is not None:
            chosen = chosen & (self.day >= first)
        if last is not None:
            chosen = chosen & (self.day <= last)
        return np.asarray(chosen, dtype=np.bool_)

    def only(self, alters: Ints) -> Traces:
        """The same for some alters, numbered in the order given, and for their conversations."""
        number = np.full(len(self.accounts), -1)
        number[alters] = np.arange(len(alters))
        kept = number[self.alter] >= 0
        held, conversation = np.unique(self.conversation[kept], return_inverse=True)
        return Traces(
            [self.accounts[i] for i in alters],
            number[self.alter[kept]],
            self.by_ego[kept],
            self.day[kept],
            conversation,
            len(held),
            {name: flag[kept] for name, flag in self.flags.items()},
        )


def read_traces(store: Store, ego: Ego, contacts: Contacts, *, undated: bool = True) -> Traces:
    """Read what passed between an ego and the alters.

    Parameters
    ----------
    store
        A PLN file whose computed tables are up to date.
    ego
        Whose network.
    contacts
        The alters, whose side is covered, and the day up to which to look.
    undated
        Whether to read what bears no date, too: nobody knows if it came before an earlier day.

    Returns
    -------
    Traces
        Without rows for an ego without interactions.
    """
    parameters = {
        "ego": ego.account,
        "last": as_date(contacts.last),
        "undated": undated,
        "thanks": list(THANKS),
        "offers": list(OFFERS),
        # What is found with errors that nobody measured is not to be counted.
        "favourable": [act for act in FAVOURABLE if act in RELIABILITY],
        "topical": list(TOPICAL_ACTS),
    }
    table = store.connection.execute(_ROWS, parameters).df()
    messages = store.connection.execute(_MESSAGES, {name: parameters[name] for name in ("ego", "last")}).df()
    if len(messages):
        table = pd.concat([table, messages])
    alter = pd.Index(contacts.accounts).get_indexer(pd.Index(table["account"]))
    seen = table["by_ego"].to_numpy(bool) | contacts.incoming[alter]
    table, alter = table[seen], alter[seen]
    conversation = _conversations(store, table, alter)
    return Traces(
        accounts=contacts.accounts,
        alter=alter,
        by_ego=table["by_ego"].to_numpy(bool),
        day=table["day"].to_numpy(np.float64, na_value=np.nan),
        conversation=conversation,
        conversations=int(conversation.max(initial=-1)) + 1,
        flags={name: table[name].fillna(False).to_numpy(bool) for name in FLAGS},
    )


def _conversations(store: Store, table: pd.DataFrame, alter: Ints) -> Ints:
    """Number of each row's conversation, in order of first appearance: accounts have no part in it."""
    root = _roots(store)
    number = table["number"].to_numpy(np.float64, na_value=-1).astype(np.int64)
    thread = root[number]
    stated = table["conversation"].fillna("").to_numpy()
    by_day = (thread < 0) & (stated == "")
    keys = {
        "stated": stated,
        "thread": np.where(stated == "", thread, -1),
        "alter": np.where(by_day, alter, -1),
        "day": np.where(by_day, table["day"].to_numpy(np.float64, na_value=-np.inf), 0),
    }
    return np.asarray(pd.DataFrame(keys).groupby(list(keys), sort=False).ngroup(), dtype=np.int64)


def _roots(store: Store) -> Ints:
    """Per post, by row number, the root of its chain of replies; −1 where the file lacks part of it.

    Posts that answer one another in a circle have no root, and neither has what is no post: −1.
    """
    ((posts,),) = store.rows("SELECT coalesce(max(rowid), -1) + 1 FROM posts")
    parent = np.arange(posts)
    lacks_parent = np.zeros(posts, dtype=np.bool_)
    answers = store.connection.execute(_ANSWERS).df()
    answer, asked = answers["answer"].to_numpy(), answers["asked"]
    held = asked.notna().to_numpy()
    parent[answer[held]] = asked[held]
    lacks_parent[answer[~held]] = True
    root = parent
    # Each round doubles how far up it looks.
    for _ in range(posts.bit_length()):
        root = root[root]
    return np.append(np.where((parent[root] == root) & ~lacks_parent[root], root, -1), -1)
