"""The schema of each record: its table, its key, and its columns read from the annotations."""

from __future__ import annotations

import types
from datetime import date, datetime
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

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

Record: TypeAlias = type[tuple[Any, ...]]
"""A record type: one of the named tuples above."""


class Column(NamedTuple):
    """One column of a table: its name, SQL type, whether it may be null, and what it means."""

    name: str
    sql_type: str
    nullable: bool
    meaning: str


class Table(NamedTuple):
    """A documented table. `key` is unique and sorts it totally."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in order."""
        return tuple(column.name for column in self.columns)


_SQL_TYPES: Final[dict[Any, str]] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    bytes: "BLOB",
    datetime: "TIMESTAMP",
    date: "DATE",
    list[str]: "VARCHAR[]",
}

_TABLES: Final[dict[Record, tuple[str, tuple[str, ...]]]] = {
    Source: ("sources", ("source",)),
    Account: ("accounts", ("account",)),
    Handle: ("handles", ("account", "handle")),
    Post: ("posts", ("post",)),
    Reaction: ("reactions", ("actor", "kind", "post")),
    Follow: ("follows", ("source", "target")),
    DirectMessageDay: ("dm_days", ("source", "target", "day")),
    Coverage: ("coverage", ("account", "kind", "direction", "first", "last")),
    Interaction: ("interactions", ("happened_at", "post", "kind", "source", "target")),
    TieDay: ("tie_days", ("source", "target", "day")),
    Tie: ("ties", ("source", "target")),
    TextLanguage: ("text_languages", ("post",)),
    Act: ("acts", ("post", "act", "rule")),
    Label: ("labels", ("ego", "account", "label")),
    Note: ("notes", ("ego", "account", "said_at", "text")),
    Event: ("events", ("ego", "day", "words")),
    Link: ("links", ("account",)),
    RecallName: ("recall_names", ("ego", "position")),
    RecallRating: ("recall_ratings", ("ego", "position")),
    FirstLook: ("first_looks", ("ego",)),
    Task: ("tasks", ("source", "stream", "subject")),
    RawAnswer: ("raw_answers", ("source", "stream", "subject", "page")),
    Spending: ("spending", ("source", "day", "resource", "owned")),
    Billed: ("billed", ("source", "day", "resource", "item")),
    PostId: ("post_ids", ("server", "id")),
    Snapshot: ("snapshots", ("account", "direction", "taken_at")),
    Tombstone: ("tombstones", ("key",)),
    TextNotKept: ("texts_not_kept", ("post",)),
    Person: ("people", ("ego", "account")),
    HeldRole: ("roles", ("ego", "account", "role")),
    FunctionScore: ("functions", ("ego", "account", "function", "direction")),
    Episode: ("episodes", ("ego", "account", "direction", "conversation")),
    Evidence: ("evidence", ("ego", "account", "direction", "instrument", "day", "post", "act", "rule")),
}


@cache
def table(record: Record) -> Table:
    """Schema of a record type, read from its annotations.

    Parameters
    ----------
    record
        One of the record types of this package.

    Returns
    -------
    Table
        Name, meaning (first line of the docstring), key and columns.

    Examples
    --------
    >>> table(Follow).columns[0]
    Column(name='source', sql_type='VARCHAR', nullable=False, meaning='account that follows')
    """
    name, key = _TABLES[record]
    hints = get_type_hints(record, include_extras=True)
    columns = tuple(_column(field, hints[field]) for field in hints)
    return Table(name, (record.__doc__ or "").splitlines()[0], key, columns)


def _column(name: str, hint: Any) -> Column:
    kind, meaning = get_args(hint)
    nullable = get_origin(kind) in (Union, types.UnionType)
    if nullable:
        (kind,) = (part for part in get_args(kind) if part is not type(None))
    return Column(name, _SQL_TYPES[kind], nullable, meaning)
