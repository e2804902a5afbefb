"""Values are written into statements, so that no query loads pandas; they say the same as when bound."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.cli import run
from plnmap.statements import written_out
from tests.exports import small_world
from tests.records import filled, in_memory

HOSTILE = ("'", "''", "\\'", "'; DROP TABLE posts; --", "$ego", "?", "$$", "\u00a0", "\n", "E'\\x41'", "")
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
values = st.one_of(texts, st.dates(), st.integers(-(2**63), 2**63 - 1), st.lists(texts, max_size=3))


def test_whatever_is_written_out_comes_back_as_it_was() -> None:
    with in_memory() as store:

        @settings(max_examples=30, deadline=None)
        @given(values, values)
        def check(one: Any, other: Any) -> None:
            assert store.rows("SELECT ?, ?", [one, other]) == [(one, other)]
            named = {"ego": one, "ego_2": other}
            assert store.rows("SELECT $ego, $ego_2, $ego", named) == [(one, other, one)]

        check()


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [
        ("SELECT ?", ["a\0b"]),
        ("SELECT ?", [None]),
        ("SELECT ?", [0.1]),
        ("SELECT ?", [True]),
        ("SELECT ?", [[]]),
        ("SELECT ?", [["a", None]]),
        ("SELECT ?", [datetime(2020, 1, 1, tzinfo=UTC)]),
        ("SELECT ? || '?'", ["a"]),
        ("SELECT $one, $other", {"one": "a", "other": 0.1}),
    ],
)
def test_what_sql_would_read_otherwise_is_bound(sql: str, parameters: Any) -> None:
    assert written_out(sql, parameters) == (sql, parameters)


def test_a_price_in_a_text_is_no_name() -> None:
    assert written_out("SELECT '$5', $ego", {"ego": "a"}) == ("SELECT '$5', 'a'", ())


def test_a_second_export_loads_neither_pandas_nor_what_comes_with_it(tmp_path: Path) -> None:
    file = tmp_path / "pln.duckdb"
    with filled(*small_world(), path=file):
        pass
    arguments = ["export", "--format", "parquet", "--pln", str(file), "-o", str(tmp_path / "tables"), "-q"]
    assert run(arguments) == 0
    code = (
        f"import sys; from plnmap.cli import run; assert run({arguments!r}) == 0; "
        "print(sorted({'pandas', 'pyarrow', 'numpy', 'ibis'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
