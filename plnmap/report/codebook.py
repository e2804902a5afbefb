"""What every column of an export means, written down once.

The columns come from the records of `plnmap.model` where they are taken over
as they are, and are described here where the export adds or renames one. The
export is made from this table and carries it along; the page
``docs/data-dictionary.md`` is printed from it::

    python -m plnmap.report.codebook > docs/data-dictionary.md
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable
from typing import Final

from plnmap.model import (
    Account,
    Act,
    Column,
    Coverage,
    DirectMessageDay,
    Episode,
    Event,
    FirstLook,
    Follow,
    FunctionScore,
    Handle,
    HeldRole,
    Interaction,
    Label,
    Link,
    Note,
    Person,
    Post,
    Reaction,
    RecallName,
    RecallRating,
    Record,
    Source,
    Table,
    TextLanguage,
    Tie,
    TieDay,
    table,
)
from plnmap.report.formulas import formula, states, value_range
from plnmap.schema import COLLECTING


def _taken(record: Record, *names: str) -> tuple[Column, ...]:
    """Columns of a record, as they are; all of them if none is named."""
    known = {column.name: column for column in table(record).columns}
    return tuple(known[name] for name in names or known)


def _all_but(record: Record, *names: str) -> tuple[Column, ...]:
    return tuple(column for column in table(record).columns if column.name not in names)


_PLATFORM: Final = Column("platform", "VARCHAR", False, "twitter or mastodon")
_AT: Final = Column(
    "at", "TIMESTAMP", True, "when, UTC; in CSV and JSON only the day where at_precision is day"
)
_POST_ID: Final = Column("post_id", "VARCHAR", False, "id of the post on its platform")


def _handle(name: str, whose: str) -> Column:
    return Column(name, "VARCHAR", True, f"handle of {whose} today; null where no source shows it")


_PEOPLE_FIRST: Final = (
    "ego",
    "account",
    "handle",
    "strength",
    "strength_status",
    "days_out",
    "days_in",
    "balance",
    "balance_lo",
    "balance_hi",
    "balance_status",
    "balance_label",
    "roles",
)

EXPORTED: Final[tuple[Table, ...]] = (
    Table(
        "accounts",
        "Every account that any other table names, as it was last seen.",
        ("account",),
        (
            Column("account", "VARCHAR", False, "account key, or reference (platform:@handle)"),
            _PLATFORM,
            _handle("handle", "the account"),
            *_taken(Account, "display_name"),
            Column("is_ego", "BOOLEAN", False, "whose archive is here and not imported as another's side"),
            Column("has_archive", "BOOLEAN", False, "whose archive is here, as ego or as another's side"),
            *_taken(Account, "followers", "following"),
        ),
    ),
    Table(
        "interactions",
        "One observed act of one account towards another.",
        ("at", "platform", "post_id", "kind", "source", "target"),
        (
            _PLATFORM,
            *_taken(Interaction, "kind", "source"),
            _handle("source_handle", "the account that acted"),
            *_taken(Interaction, "target"),
            _handle("target_handle", "the account acted towards"),
            _AT,
            *_taken(Interaction, "at_precision"),
            _POST_ID,
            Column(
                "weight", "DOUBLE", False, "weight of the kind times share among the people named, 0 to 1"
            ),
        ),
    ),
    Table("follows", "Who was seen to follow whom.", ("source", "target"), _taken(Follow)),
    Table(
        "ties",
        "One ordered pair of accounts: all that the one did towards the other.",
        ("source", "target"),
        (
            *_taken(Tie, "source", "target"),
            _handle("source_handle", "the account that acted"),
            _handle("target_handle", "the account acted towards"),
            *_taken(Tie, "days", "first_day", "last_day"),
            *_taken(Tie, "n_reply", "n_mention", "n_quote", "n_boost", "n_favourite", "attention_days"),
            *_taken(Tie, "n_dm", "n_list_mention", "active_bins"),
            Column("weight", "DOUBLE", False, "sum of the weights of all interactions"),
        ),
    ),
    Table(
        "people",
        "One alter as seen from one ego: contact, give and take, and mentoring-like evidence.",
        ("ego", "account"),
        (*_taken(Person, *_PEOPLE_FIRST), *_all_but(Person, *_PEOPLE_FIRST)),
    ),
    table(HeldRole),
    table(FunctionScore),
    Table(
        "episodes",
        "Help that passed between ego and one alter: asked, answered, thanked for, as far as it is seen.",
        table(Episode).key,
        tuple(
            Column(f"{column.name}_id", column.sql_type, True, column.meaning.replace("post key", "id"))
            if column.name.endswith("_post")
            else column
            for column in table(Episode).columns
        ),
    ),
    Table(
        "coverage",
        "What the sources together show of one account, kind and direction, and what they cannot.",
        ("account", "kind", "direction"),
        _taken(Coverage),
    ),
    Table(
        "sources",
        "The archives and files that all this comes from.",
        ("source",),
        _all_but(Source, "imported_at"),
    ),
    Table(
        "handles",
        "The handles an account went by, and when they were seen.",
        ("account", "handle"),
        _taken(Handle),
    ),
    Table(
        "acts",
        "What a post does: one rule that fired. The text stays in the PLN file.",
        ("post_id", "act", "rule"),
        (
            _POST_ID,
            Column("author", "VARCHAR", False, "account that wrote the post"),
            *_taken(Act, "act", "object", "score", "rule"),
            _PLATFORM,
            _AT,
            *_taken(Post, "at_precision"),
        ),
    ),
    Table(
        "labels",
        "What the user says people are to them: the user's own word. Notes are private and stay in the file.",
        ("ego", "account", "label"),
        _taken(Label),
    ),
    Table(
        "events",
        "Events of the user's own life, in the user's own words.",
        ("ego", "day", "words"),
        _taken(Event),
    ),
    Table(
        "links",
        "Accounts that the user says are one person: every other table calls them by the main account.",
        ("account",),
        (
            Column("account", "VARCHAR", False, "account or reference that is part of the person"),
            Column("person", "VARCHAR", False, "main account of the person"),
        ),
    ),
)
"""The tables of an export, in the order in which a reader should meet them."""

IDS: Final[tuple[Table, ...]] = (
    Table(
        "ids_of_posts",
        "The posts that the file knows, by nothing but their ids.",
        ("platform", "post_id"),
        (_PLATFORM, _POST_ID),
    ),
    Table(
        "ids_of_accounts",
        "The accounts that the file knows, by nothing but their ids.",
        ("platform", "account_id"),
        (_PLATFORM, Column("account_id", "VARCHAR", False, "id of the account on its platform")),
    ),
)
"""The tables of an export that may be passed on: platforms allow ids to be shared, not posts."""

KEPT: Final[tuple[Record, ...]] = (
    Source,
    Account,
    Handle,
    Post,
    Reaction,
    Follow,
    DirectMessageDay,
    Coverage,
    Interaction,
    TieDay,
    TextLanguage,
    Act,
    Label,
    Note,
    Event,
    Link,
    RecallName,
    RecallRating,
    FirstLook,
    *COLLECTING,
)
"""The tables of the PLN file."""

HEADINGS: Final = ("file", "column", "type", "unit", "range", "nullable", "states", "formula", "meaning")

_TYPES: Final = {
    "VARCHAR": "text",
    "BIGINT": "whole number",
    "DOUBLE": "number",
    "BOOLEAN": "true or false",
    "TIMESTAMP": "time",
    "DATE": "day",
    "VARCHAR[]": "list of text",
    "BLOB": "bytes",
}

_UNIT: Final = re.compile(
    r", (days|hours|accounts|posts|messages|items|bins|episodes|characters|UTC)(?=[;:,]|$)"
)


def codebook(suffix: str = "", tables: Iterable[Table] = EXPORTED) -> list[tuple[str, ...]]:
    """One row per column of every table, under `HEADINGS`.

    Parameters
    ----------
    suffix
        End of the files' names, such as ``.csv``.
    tables
        What to describe; by default what an export holds.

    Examples
    --------
    >>> codebook(".csv")[0][:3]
    ('accounts.csv', 'account', 'text')
    """
    return [
        (
            f"{each.name}{suffix}",
            column.name,
            _TYPES[column.sql_type],
            unit(column),
            value_range(each, column),
            "yes" if column.nullable else "no",
            states(each, column),
            formula(each, column),
            column.meaning,
        )
        for each in tables
        for column in each.columns
    ]


def unit(column: Column) -> str:
    """Unit of a column, as its meaning or its name states it; empty for what has none.

    >>> unit(table(Handle).columns[2]), unit(table(Handle).columns[1])
    ('UTC', '')
    """
    stated = _UNIT.search(column.meaning)
    if stated:
        return stated[1]
    if column.name.endswith("_days"):
        return "days"
    return "UTC" if column.sql_type in ("DATE", "TIMESTAMP") else ""


def codebook_csv(suffix: str = "", tables: Iterable[Table] = EXPORTED) -> str:
    """The data dictionary of an export, as CSV."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(codebook(suffix, tables))
    return written.getvalue()


def codebook_page(suffix: str = "", tables: Iterable[Table] = EXPORTED) -> str:
    """The data dictionary of an export, as Markdown."""
    return "# Data dictionary\n\n" + CONVENTIONS + "".join(_section(each, suffix) for each in tables)


def dictionary_page() -> str:
    """The page ``docs/data-dictionary.md``: what exports hold, and what the PLN file holds."""
    ids = "".join(_section(each, "") for each in IDS)
    kept = "".join(_section(table(record), "") for record in KEPT)
    return (
        f"{codebook_page()}\n# Tables of `plnmap export --ids-only`\n\n{IDS_INTRODUCTION}{ids}"
        f"\n# Tables of the PLN file\n\n{FILE_INTRODUCTION}{kept}"
    )


CONVENTIONS: Final = """\
What `plnmap export` writes. Every table is one file, sorted by its key, in UTF-8.

- **Unknown is empty, never 0.** A column `x` with a column `x_status` beside it is empty unless the
  status is `value` (a number) or `no_contact` (the channel is complete and truly empty: 0).
  `insufficient` means seen, but too little of it; `not_observed` means that no source shows it.
- **Accounts** are `platform:id`. Where no source shows the id, `platform:@handle` in lower case stands
  for it.
- **Times** are UTC: `2021-05-03T17:04:09Z`, or only the day where the source gives no time of day. In
  Parquet they are timestamps, and `at_precision` says how much of them is known.
- **CSV** has one header line, `\\n` between lines and quotation marks where needed. An apostrophe stands
  before what a spreadsheet would run as a formula (`=`, `+`, `-` or `@` where a text begins, or after a
  semicolon, which begins a cell where decimals have commas), and control characters, line breaks among
  them, become spaces. Parquet and JSON hold texts as they are.
- **Formulas** stand after an equals sign, with default settings. D and D_in are days of contact from and to
  ego, R days since the last and A since the first of them, n days on which rules found an act among N on
  which they could have, τ the share of such days that they find, φ that of others on which they err. What
  they rest on is explained in docs/methods.md.
- The same PLN file gives the same bytes, in whatever order its sources were imported.
"""

IDS_INTRODUCTION: Final = """\
Nothing but ids, for passing on. An id that is no number, such as the address of a post on Mastodon, holds
somebody's handle and is left out; the manifest says how many.
"""

FILE_INTRODUCTION: Final = """\
`docs/file-format.md` says how to open the file and how its rows come about. `accounts` and `coverage`
have one more column, `origin`: the SHA-256 of the source that says so.
"""


def _section(each: Table, suffix: str) -> str:
    head = (
        f"\n## {each.name}{suffix}\n\n{each.meaning} Key: {', '.join(f'`{name}`' for name in each.key)}.\n\n"
    )
    lines = ["| column | type | unit | range | may be empty | meaning |", "|---|---|---|---|---|---|"]
    for _, column, kind, measured, values, nullable, state, computed, meaning in codebook("", [each]):
        status, _, names = state.partition(": ")
        told = [meaning, f"= {computed}" if computed else "", f"State: `{status}`" if names else ""]
        cells = (f"`{column}`", kind, measured, values, nullable, "<br>".join(filter(None, told)))
        lines.append(f"| {' | '.join(cells)} |")
    return head + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(dictionary_page())
