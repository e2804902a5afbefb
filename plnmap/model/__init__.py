"""The records and vocabularies that every other room shares.

A *record* is a named tuple; its annotations are the one place where a column's
type, unit and meaning are written down. `table` turns a record into the
schema that the store creates, the export documents and the tests check.

Keys
----
An account is ``platform:id`` (``twitter:12``). Where a source knows only a
handle, the account is a *reference*, ``platform:@handle`` in lower case
(``twitter:@ada``, ``mastodon:@ada@example.social``), which is resolved on read
through the handles seen elsewhere in the data. A post is ``platform:id``
(``twitter:1600000000000000001``, ``mastodon:https://…/statuses/1``).

All times are UTC. Unknown is None, never a stand-in.
"""

from __future__ import annotations

from plnmap.model.collecting import (
    Billed,
    PostId,
    RawAnswer,
    Snapshot,
    Spending,
    Task,
    TextNotKept,
    Tombstone,
)
from plnmap.model.derived import Act, Interaction, TextLanguage, Tie, TieDay
from plnmap.model.observed import (
    Account,
    Coverage,
    DirectMessageDay,
    Follow,
    Handle,
    Post,
    Reaction,
    Source,
)
from plnmap.model.own_word import Event, FirstLook, Label, Link, Note, RecallName, RecallRating
from plnmap.model.results import Episode, Evidence, FunctionScore, HeldRole, Person
from plnmap.model.tables import Column, Record, Table, table
from plnmap.model.vocabulary import (
    KINDS,
    LIST_MENTION_ABOVE,
    UNJOINED,
    WEIGHT_UNITS,
    CoverageState,
    Direction,
    Kind,
    Platform,
    Precision,
    Status,
    account_key,
    account_reference,
    is_reference,
    post_by_id,
)

__all__ = [
    "KINDS",
    "LIST_MENTION_ABOVE",
    "UNJOINED",
    "WEIGHT_UNITS",
    "Account",
    "Act",
    "Billed",
    "Column",
    "Coverage",
    "CoverageState",
    "DirectMessageDay",
    "Direction",
    "Episode",
    "Event",
    "Evidence",
    "FirstLook",
    "Follow",
    "FunctionScore",
    "Handle",
    "HeldRole",
    "Interaction",
    "Kind",
    "Label",
    "Link",
    "Note",
    "Person",
    "Platform",
    "Post",
    "PostId",
    "Precision",
    "RawAnswer",
    "Reaction",
    "RecallName",
    "RecallRating",
    "Record",
    "Snapshot",
    "Source",
    "Spending",
    "Status",
    "Table",
    "Task",
    "TextLanguage",
    "TextNotKept",
    "Tie",
    "TieDay",
    "Tombstone",
    "account_key",
    "account_reference",
    "is_reference",
    "post_by_id",
    "table",
]
