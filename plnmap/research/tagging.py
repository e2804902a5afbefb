"""Any table of texts, with what each text does beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from plnmap.acts import ACTS, PACKS, Text, language_covered, tag
from plnmap.errors import BadData, UsageError
from plnmap.research.text_tables import ROWS_AT_ONCE, Row, TextTable
from plnmap.words import plain

if TYPE_CHECKING:
    from plnmap.model import Act

_HANDLE: Final = re.compile(r"(?<![\w@/])@(\w{1,30})")
_LINK: Final = re.compile(r"https?://\S+")
_YES_OR_NO: Final = {
    **dict.fromkeys(("1", "1.0", "true", "t", "yes", "y"), True),
    **dict.fromkeys(("0", "0.0", "false", "f", "no", "n"), False),
}
OF_A_TEXT: Final = tuple(act for act in ACTS if act != "answer")
"""Acts that a text shows by itself: whether it answers a call for help, only the call could tell."""
_BETWEEN: Final = " | "
"""Between the reasons for an act, and between its objects."""


class Reading(NamedTuple):
    """Which columns of a table to read, and how."""

    column: str
    """The texts."""
    lang: str | None = None
    """Their language (BCP 47), where no column says it."""
    lang_column: str | None = None
    """The language of each text; where a cell is empty, `lang` counts."""
    reply_column: str | None = None
    """Whether each text answers somebody: 0 or 1. Without it, and where a cell is empty, those do
    that begin with a handle."""
    at_least: float = 0.0
    """What is found with a lower score counts as not found."""


class Tally(NamedTuple):
    """What became of the rows: known when the last one has been taken."""

    rows: Counter[str]
    """Read, without a text, or in a language without rules → rows."""
    languages: Counter[str]
    """Language without rules → rows; the empty one is unknown."""


def act_columns() -> tuple[str, ...]:
    """Names of the columns that tagging adds, in order.

    >>> act_columns()[:4]
    ('act_gratitude', 'object_gratitude', 'score_gratitude', 'why_gratitude')
    """
    return tuple(name for act in OF_A_TEXT for name in _names(act))


def _names(act: str) -> tuple[str, ...]:
    about = (f"object_{act}",) if act == "gratitude" else ()
    return (f"act_{act}", *about, f"score_{act}", f"why_{act}")


def tag_table(table: TextTable, reading: Reading, advance: Callable[[int], None]) -> tuple[TextTable, Tally]:
    """The same table with the acts of each text behind its columns.

    Per act there are three columns: ``act_…`` (1 if the text does it, else 0), ``score_…``
    (of its surest rule, 0 to 1; 0 where none fired) and ``why_…`` (each rule that fired
    and the words it fired on, made harmless for a terminal and a spreadsheet; of a model,
    the words that speak most for the act). Gratitude also has ``object_gratitude``. All
    are null where a text is empty or in a language without rules: what it does is not
    observed.

    Parameters
    ----------
    table
        What is read; its columns stay as they are.
    reading
        What to read in it.
    advance
        Told how much more was read, in the unit of the table's size.

    Returns
    -------
    TextTable
        Its rows are tagged as they are taken.
    Tally
        Filled meanwhile.

    Raises
    ------
    UsageError
        A column is not there, or there twice, or has the name of one to be added; or
        nothing says in which language the texts are.
    BadData
        While rows are taken: a cell of the reply column is neither 0 nor 1.
    """
    if reading.lang is None and reading.lang_column is None:
        raise UsageError("in which language are the texts?", hint="say --lang en, or --lang-column NAME")
    taken = next((name for name in table.columns if name in act_columns()), None)
    if taken is not None:
        raise UsageError(
            f"there is a column {taken!r} already", hint="rename it: tagging adds one of that name"
        )
    tally = Tally(Counter(), Counter())
    tagged = table._replace(
        columns=table.columns + act_columns(),
        rows=_tagged(table, _texts(table, reading, tally), reading.at_least, advance),
        types={**table.types, **_types()},
    )
    return tagged, tally


def _types() -> dict[str, str]:
    kinds = {"act": "int8", "score": "float64"}
    return {name: kinds.get(name.partition("_")[0], "string") for name in act_columns()}


def _tagged(
    table: TextTable,
    text_of: Callable[[int, Row], Text | None],
    at_least: float,
    advance: Callable[[int], None],
) -> Iterator[Row]:
    nothing = _acts([], "")
    first, read = 1, 0
    while rows := list(islice(table.rows, ROWS_AT_ONCE)):
        texts = [text_of(number, row) for number, row in enumerate(rows, first)]
        found: defaultdict[str, list[Act]] = defaultdict(list)
        for hit in tag((text for text in texts if text), at_least):
            found[hit.post].append(hit)
        for row, text in zip(rows, texts, strict=True):
            if text is None:
                yield row + [None] * len(nothing)
            elif text.post in found:
                yield row + _acts(found[text.post], text.text)
            else:
                yield row + nothing
        first += len(rows)
        advance(table.position() - read)
        read = table.position()


def _acts(hits: Sequence[Act], text: str) -> Row:
    by_act: defaultdict[str, list[Act]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.rule)):
        by_act[hit.act].append(hit)
    return [value for act in OF_A_TEXT for value in _cells(act, by_act[act], text)]


def _cells(act: str, hits: Sequence[Act], text: str) -> Row:
    """The columns of one act; the surest hit comes first."""
    score = hits[0].score if hits else 0
    why = _BETWEEN.join(_why(hit, text) for hit in hits)
    if act != "gratitude":
        return [int(bool(hits)), score, why]
    objects = _BETWEEN.join(dict.fromkeys(hit.object or "unknown" for hit in hits))
    return [int(bool(hits)), objects, score, why]


def _why(hit: Act, text: str) -> str:
    # The id stands in front, so that no cell begins with other people's words.
    if hit.start is None:
        return hit.rule
    return f"{hit.rule}: {plain(text[hit.start : hit.stop])}"


def _texts(table: TextTable, reading: Reading, tally: Tally) -> Callable[[int, Row], Text | None]:
    """A function from the number of a row and the row to its text; None where there is nothing to read."""
    column = table.number_of(reading.column)
    lang_column = None if reading.lang_column is None else table.number_of(reading.lang_column)
    reply_column = None if reading.reply_column is None else table.number_of(reading.reply_column)

    def text_of(number: int, row: Row) -> Text | None:
        text = "" if row[column] is None else str(row[column])
        if not text or text.isspace():
            tally.rows["without a text"] += 1
            return None
        stated = "" if lang_column is None else str(row[lang_column] or "").strip()
        lang = stated or reading.lang or ""
        if not language_covered(lang):
            tally.rows["in a language without rules"] += 1
            tally.languages[lang] += 1
            return None
        tally.rows["read"] += 1
        answers = None if reply_column is None else _yes_or_no(row[reply_column], number, table, reply_column)
        return Text(
            post=str(number),
            text=text,
            lang=lang,
            is_reply=text.lstrip().startswith("@") if answers is None else answers,
            n_handles=len({handle.lower() for handle in _HANDLE.findall(text)}),
            links=_LINK.findall(text),
        )

    return text_of


def _yes_or_no(value: Any, number: int, table: TextTable, column: int) -> bool | None:
    said = "" if value is None else str(value).strip().lower()
    if said and said not in _YES_OR_NO:
        raise BadData(
            f"row {number:,}: {table.columns[column]!r} is {str(value)[:40]!r}",
            hint="it has to be 1 where the text answers somebody, 0 where not, or empty",
        )
    return _YES_OR_NO.get(said)


def describe_tally(tally: Tally) -> str:
    """How many rows were tagged, and why the others were not.

    >>> print(describe_tally(Tally(Counter({"read": 3, "in a language without rules": 2}), Counter(de=2))))
    5 rows: 3 read, 2 in a language without rules
    Not read are: de 2. There are rules for: en. Where a text was not read its acts are empty, not 0
    """
    rows = ", ".join(f"{count:,} {what}" for what, count in tally.rows.most_common())
    told = f"{tally.rows.total():,} rows{': ' if rows else ''}{rows}"
    if not tally.languages:
        return told
    languages = ", ".join(f"{plain(lang) or 'unknown'} {n:,}" for lang, n in tally.languages.most_common(5))
    return (
        f"{told}\nNot read are: {languages}. There are rules for: {', '.join(PACKS)}. "
        "Where a text was not read its acts are empty, not 0"
    )
