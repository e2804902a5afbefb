"""`study tag`: the forms of tables that it reads and writes, and those that it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from plnmap.commands.study import FORMS
from plnmap.errors import BadData, FileUnavailable, PlnmapError, UsageError
from plnmap.research.tagging import act_columns
from plnmap.research.text_tables import FORMATS
from tests.research.tagged import THANKS, TableOf, run, tagged

# -- forms ------------------------------------------------------------------------------------------------


def test_the_forms_offered_are_those_that_can_be_written() -> None:
    assert FORMS == FORMATS


def test_json_lines_and_json(table_of: TableOf, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"n": 1, "text": THANKS}, {"text": None, "tags": ["a", {"b": 0.5}], "n": None}]
    path = table_of("\ufeff" + "\n".join(map(json.dumps, lines)) + "\n\n", "posts.jsonl")
    run(path, "--column", "text", "--lang", "en", "--format", "json", "-q")
    first, second = json.loads(capsys.readouterr().out)
    assert list(first)[:4] == ["n", "text", "tags", "act_gratitude"]
    assert (first["n"], first["tags"], first["act_gratitude"], first["score_met"]) == (1, None, 1, 0)
    assert (second["n"], second["tags"], second["act_gratitude"]) == (None, ["a", {"b": 0.5}], None)
    assert tagged(path)[1]["tags"] == '["a", {"b": 0.5}]'


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    path, target = tmp_path / "posts.parquet", tmp_path / "tagged.parquet"
    table = pa.table(
        {
            "text": pa.array([THANKS, None]),
            "n": pa.array([2**62, None], pa.int64()),
            "at": pa.array([0, 1], pa.timestamp("us", "UTC")),
            "tags": pa.array([["a"], []], pa.list_(pa.string())),
        }
    )
    parquet.write_table(table, path)
    run(path, "--column", "text", "--lang", "en", "-o", target, "-q")
    read = parquet.read_table(target)
    assert read.select(table.column_names).equals(table)
    assert read.schema.field("act_met").type == pa.int8()
    assert read.schema.field("score_met").type == pa.float64()
    assert read["act_gratitude"].to_pylist() == [1, None]
    assert read["why_met"].to_pylist() == ["", None]
    (first, _) = tagged(path)
    assert (first["n"], first["at"], first["tags"]) == (str(2**62), "1970-01-01T00:00:00+00:00", '["a"]')


def test_text_becomes_columns_of_text_in_parquet(table_of: TableOf) -> None:
    path = table_of(
        '{"text": "Hi", "n": 1, "yes": true}\n{"text": "Ho", "n": null, "yes": [1]}\n', "posts.ndjson"
    )
    run(path, "--column", "text", "--lang", "en", "-o", path.with_name("o.parquet"), "-q")
    read = parquet.read_table(path.with_name("o.parquet"))
    assert read["n"].to_pylist() == ["1", None]
    assert read["yes"].to_pylist() == ["true", "[1]"]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_keeps_its_columns(table_of: TableOf, form: str) -> None:
    path = table_of("id,text\n")
    target = path.with_name(f"empty.{form}")
    run(path, "--column", "text", "--lang", "en", "-o", target, "-q")
    if form == "csv":
        assert target.read_text().splitlines() == [",".join(["id", "text", *act_columns()])]
    elif form == "json":
        assert json.loads(target.read_text()) == []
    else:
        assert parquet.read_table(target).column_names == ["id", "text", *act_columns()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("posts.csv", "\ufeffid;text\n7;@ada Thanks for the tip, again\n"),
        ("posts.csv", "id\ttext\n7\t@ada Thanks for the tip, again\n"),
        ("posts.csv", 'id,text\r\n7,"@ada Thanks for the tip, again"\r\n'),
        ("posts.tsv", "id\ttext\n7\t@ada Thanks for the tip, again\n"),
        ("POSTS.CSV", '"id","text"\n\n"7","@ada Thanks for the tip, again"'),
    ],
)
def test_csv_as_programs_write_it(table_of: TableOf, name: str, content: str) -> None:
    (found,) = tagged(table_of(content, name))
    assert (found["id"], found["text"]) == ("7", "@ada Thanks for the tip, again")
    assert found["act_gratitude"] == "1"


def test_cells_that_a_row_lacks_are_empty(table_of: TableOf) -> None:
    first, second = tagged(table_of("id,text,note\n1,Hi\n2\n"))
    assert (first["text"], first["note"], first["act_met"]) == ("Hi", "", "0")
    assert (second["text"], second["act_met"]) == ("", "")


# -- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "options", "error", "said"),
    [
        ("text\nHi\n", ["--column", "txet"], UsageError, "no column 'txet'.*text"),
        ("a,b\n1,2\n", ["--column", "wording"], UsageError, "no column 'wording'.*a, b"),
        ("text,text\nHi,Ho\n", ["--column", "text"], UsageError, "2 columns are called 'text'"),
        ("text,act_met\nHi,1\n", ["--column", "text"], UsageError, "'act_met' already"),
        ("text,object_gratitude\nHi,1\n", ["--column", "text"], UsageError, "'object_gratitude' already"),
        ("text\nHi\n", ["--column", "text", "--lang-column", "l"], UsageError, "no column 'l'"),
        ("text\nHi\n", ["--column", "text", "--reply-column", "r"], UsageError, "no column 'r'"),
        ("text,r\nHi,maybe\n", ["--column", "text", "--reply-column", "r"], BadData, "row 1: 'r' is 'maybe'"),
        ("", ["--column", "text"], BadData, "is empty"),
        ("\n\n", ["--column", "text"], BadData, "is empty"),
        ("text\nHi,Ho\n", ["--column", "text"], BadData, "line 2: 2 cells under 1 heading"),
        ('text\n"Hi\nHo\n', ["--column", "text"], BadData, "line 3: unexpected end"),
        ('text\n"Hi" Ho\n', ["--column", "text"], BadData, "line 2"),
        (f'text\n"{"x" * 200_000}"\n', ["--column", "text"], BadData, "field larger"),
        (b"text\nHi\n\xff\xfe\n", ["--column", "text"], BadData, "not UTF-8"),
        ("text\nHi\n".encode("utf-16"), ["--column", "text"], BadData, "not UTF-8"),
        ("a,a,text\n1,2,Hi\n", ["--column", "text", "--format", "json"], UsageError, "two columns.*'a'"),
        ("text\nHi\n", ["--column", "text", "--format", "parquet"], UsageError, "into a file"),
    ],
)
def test_bad_tables_and_columns_are_named(
    table_of: TableOf, content: str | bytes, options: list[str], error: type[PlnmapError], said: str
) -> None:
    with pytest.raises(error) as caught:
        run(table_of(content), "--lang", "en", "-q", *options)
    message = f"{caught.value.message} {caught.value.hint}".replace("\n", " ")
    assert re.search(said, message), message


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("posts.xlsx", b"PK", "what kind of table"),
        ("posts", b"text", "what kind of table"),
        ("posts.jsonl", b"", "is empty"),
        ("posts.jsonl", b'{"text": "Hi"}\n[1]\n', "line 2"),
        ("posts.jsonl", b'{"text": "Hi"\n', "line 1"),
        ("posts.jsonl", b'{"text": "\xff"}\n', "line 1"),
        ("posts.parquet", b"PAR1 no such thing", "no Parquet file"),
    ],
)
def test_files_that_are_not_what_they_are_called(
    table_of: TableOf, name: str, content: bytes, said: str
) -> None:
    with pytest.raises((UsageError, BadData), match=said):
        run(table_of(content, name), "--column", "text", "--lang", "en", "-q")


def test_the_language_has_to_be_said(table_of: TableOf) -> None:
    with pytest.raises(UsageError, match="which language"):
        run(table_of("text\nHi\n"), "--column", "text", "-q")


def test_a_table_is_not_written_over_itself_and_a_failure_leaves_nothing(
    table_of: TableOf, tmp_path: Path
) -> None:
    path = table_of("text,r\nHi,1\nHo,?\n")
    with pytest.raises(UsageError, match="the table itself"):
        run(path, "--column", "text", "--lang", "en", "-o", path)
    target = tmp_path / "o.csv"
    target.write_text("earlier")
    with pytest.raises(BadData):
        run(path, "--column", "text", "--lang", "en", "--reply-column", "r", "-o", target, "-q")
    assert target.read_text() == "earlier"
    assert {each.name for each in tmp_path.iterdir()} == {"posts.csv", "o.csv"}
    with pytest.raises(FileUnavailable, match="could not be written"):
        run(path, "--column", "text", "--lang", "en", "-o", tmp_path / "none" / "o.csv", "-q")
