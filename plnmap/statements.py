"""Values as SQL writes them.

To bind a value DuckDB loads pandas, which takes longer than most of what is asked of a PLN file. So short
values of few kinds are written into statements; whatever else there is is bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, zip_longest
from typing import Any, Final

_NAMED: Final = re.compile(r"\$(\w+)")


def quoted(said: str) -> str:
    """A text as SQL writes it.

    >>> print(quoted("it's"))
    'it''s'
    """
    return "'" + said.replace("'", "''") + "'"


def written_out(
    sql: str, parameters: Sequence[Any] | Mapping[str, Any]
) -> tuple[str, Sequence[Any] | Mapping[str, Any]]:
    """A statement with its values in it, and what is left to bind: nothing, or all of them.

    Parameters
    ----------
    sql
        A statement with a ``?`` or a ``$name`` for each value.
    parameters
        The values. Texts, dates, whole numbers and lists of them are written out; where there is anything
        else, or a ``?`` that stands for itself, all are left to bind.

    >>> written_out("SELECT ? || ?", ["it's", "so"])
    ("SELECT 'it''s' || 'so'", ())
    >>> written_out("SELECT $ego, $egos", {"ego": "a", "egos": ["b"]})
    ("SELECT 'a', ['b']", ())
    >>> written_out("SELECT regexp_matches(?, 'x?')", ["x"])
    ("SELECT regexp_matches(?, 'x?')", ['x'])
    """
    literals = _literals(parameters.values() if isinstance(parameters, Mapping) else parameters)
    if literals is None:
        return sql, parameters
    if isinstance(parameters, Mapping):
        named = dict(zip(parameters, literals, strict=True))
        return _NAMED.sub(lambda found: named.get(found[1], found[0]), sql), ()
    if sql.count("?") != len(literals):
        return sql, parameters
    return "".join(chain.from_iterable(zip_longest(sql.split("?"), literals, fillvalue=""))), ()


def _literals(values: Iterable[object]) -> list[str] | None:
    literals = [_literal(value) for value in values]
    known = [literal for literal in literals if literal is not None]
    return known if len(known) == len(literals) else None


def _literal(value: object) -> str | None:
    """A value as SQL writes it; None for one that is better bound."""
    # To SQL, a text ends at its first NUL.
    if isinstance(value, str) and "\0" not in value:
        return quoted(value)
    if type(value) is date:
        return f"DATE '{value}'"
    if type(value) is int:
        return str(value)
    if isinstance(value, list) and value and (each := _literals(value)):
        return f"[{', '.join(each)}]"
    return None
