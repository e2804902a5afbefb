"""`study tag`: anybody's table comes back as it was, with the acts of its texts beside it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from plnmap.commands.study import FORMS, study
from plnmap.errors import BadData, FileUnavailable, PlnmapError, UsageError
from plnmap.research import tagging
from plnmap.research.tagging import OF_A_TEXT, Reading, act_columns, tag_table
from plnmap.research.text_tables import FORMATS, open_table, write_table

THANKS = "@ada Thanks for the tip!"
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: str | bytes, name: str = "posts.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def run(*arguments: Any) -> None:
    study.main(["tag", *map(str, arguments)], standalone_mode=False)


def tagged(path: Path, *options: Any, column: str = "text", lang: str | None = "en") -> list[dict[str, str]]:
    target = path.with_name("tagged.csv")
    run(path, "--column", column, *(["--lang", lang] if lang else []), *options, "-o", target, "-q")
    return list(csv.DictReader(io.StringIO(target.read_bytes().decode(), newline="")))


def row(*values: Any) -> str:
    """One row of a CSV."""
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


# -- what comes out ---------------------------------------------------------------------------------------


def test_every_act_has_its_columns_in_one_order() -> None:
    names = act_columns()
    assert names[:7] == (
        "act_gratitude",
        "object_gratitude",
        "score_gratitude",
        "why_gratitude",
        "act_help_thanks",
        "score_help_thanks",
        "why_help_thanks",
    )
    assert [name.removeprefix("act_") for name in names if name.startswith("act_")] == list(OF_A_TEXT)
    assert len(names) == len(set(names)) == 3 * len(OF_A_TEXT) + 1


def test_a_text_that_thanks_and_asks(make: Make) -> None:
    text = f"{THANKS} Who else keeps bees?"
    (found,) = tagged(make("id,text\n" + row("7", text)))
    assert (found["id"], found["text"]) == ("7", text)
    assert (found["act_gratitude"], found["object_gratitude"]) == ("1", "help")
    assert found["act_help_thanks"] == found["act_question"] == "1"
    assert found["why_help_thanks"] == "en.gratitude.help: Thanks for the tip"
    assert found["why_question"] == "en.question.asked: Who else keeps bees?"
    assert 0 < float(found["score_question"]) <= 1
    assert (found["act_met"], found["score_met"], found["why_met"]) == ("0", "0", "")


def test_several_objects_and_reasons_stand_in_one_cell_the_surest_first(make: Make) -> None:
    (found,) = tagged(make("text\n" + row("@ada thanks for the mention and the link")))
    assert found["object_gratitude"] == "amplification | help"
    assert found["score_gratitude"] == "0.9"
    assert [why.partition(":")[0] for why in found["why_gratitude"].split(" | ")] == [
        "en.gratitude.amplification",
        "en.gratitude.help",
    ]


def test_the_users_columns_come_back_as_they_were_in_order(make: Make) -> None:
    head = ["b", "text", "b", "", 'ünï, "code"', "a\nb"]
    cells = ["=1+1", THANKS, "0001", " ", "-5e3", '“x"\r\n y']
    path = make(row(*head) + row(*cells) + row("", "", "", "", "", ""))
    run(path, "--column", "text", "--lang", "en", "-o", path.with_name("out.csv"), "-q")
    with path.with_name("out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [each[: len(head)] for each in rows] == [head, cells, [""] * 6]
    assert rows[0][len(head) :] == list(act_columns())


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_any_cells_survive(tmp_path: Path, cells: list[tuple[str, str]]) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes((row("text", "note") + "".join(row(*pair) for pair in cells)).encode())
    out = io.BytesIO()
    with open_table(path, "text") as table:
        result, _ = tag_table(table, Reading("text", "en"), lambda read: None)
        write_table("csv", result, out)
    read = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert [tuple(each[:2]) for each in read[1:]] == cells


def test_what_was_not_read_is_empty_and_what_does_nothing_is_0(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make(
        "text,lang\n"
        + row(THANKS, "en-GB")
        + row("Danke für den Tipp", "de")
        + row("", "en")
        + row(" \t", "en")
        + row("Good morning", "")
        + row(THANKS, "Klingon")
    )
    run(path, "--column", "text", "--lang-column", "lang", "-o", path.with_name("o.csv"))
    with path.with_name("o.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [each["act_gratitude"] for each in rows] == ["1", "", "", "", "", ""]
    assert all(rows[1][name] == "" for name in act_columns())
    said = capsys.readouterr().err
    assert "6 rows: 3 in a language without rules, 2 without a text, 1 read" in said
    assert "de 1, unknown 1, Klingon 1" in said
    assert "empty, not 0" in said
    # Where a cell does not say the language, the option does.
    assert [each["act_gratitude"] for each in tagged(path, "--lang-column", "lang")] == [
        "1",
        "",
        "",
        "",
        "0",
        "",
    ]


def test_whole_tables_in_another_language_are_left_empty_with_a_note(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make("text\n" + row("Danke!"))
    run(path, "--column", "text", "--lang", "de")
    printed = capsys.readouterr()
    assert printed.out.splitlines()[1] == "Danke!" + "," * len(act_columns())
    assert "There are rules for: en" in printed.err


def test_whether_a_text_answers_somebody_is_told_or_seen(make: Make) -> None:
    advice = "Try the other socket"  # an imperative advises only in an answer
    path = make(
        "text,answers\n"
        + "".join(row(advice, said) for said in ("1", "TRUE", "yes", "1.0", "0", "False", "no", ""))
        + row(f"@ada {advice}", "")
        + row(f"@ada {advice}", "0")
    )

    def by_the_rule(*options: str) -> list[bool]:
        return [each["why_advice"].startswith("en.advice.imperative:") for each in tagged(path, *options)]

    assert by_the_rule("--reply-column", "answers") == [True] * 4 + [False] * 4 + [True, False]
    assert by_the_rule() == [False] * 8 + [True] * 2


def test_handles_and_links_are_seen_in_the_text(make: Make) -> None:
    three, link = "@ada @bo @Cy thanks team", "@ada you might like https://birds.example"
    rows = tagged(make("text\n" + row(three) + row(link) + row("@ada @ada @ADA thanks team")))
    assert [each["object_gratitude"] for each in rows] == ["social", "", "unknown"]
    assert rows[1]["act_resource"] == "1"


def test_what_is_less_sure_than_asked_for_is_not_found(make: Make) -> None:
    path = make("text\n" + row("@ada cheers mate") + row("@ada thanks mate"))
    assert [each["score_gratitude"] for each in tagged(path)] == ["0.5", "0.6"]
    assert [each["act_gratitude"] for each in tagged(path, "--at-least", "0.5")] == ["1", "1"]
    surer = tagged(path, "--at-least", "0.6")
    assert [each["act_gratitude"] for each in surer] == ["0", "1"]
    assert (surer[0]["score_gratitude"], surer[0]["why_gratitude"]) == ("0", "")


# -- forms ------------------------------------------------------------------------------------------------


def test_the_forms_offered_are_those_that_can_be_written() -> None:
    assert FORMS == FORMATS


def test_json_lines_and_json(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"n": 1, "text": THANKS}, {"text": None, "tags": ["a", {"b": 0.5}], "n": None}]
    path = make("\ufeff" + "\n".join(map(json.dumps, lines)) + "\n\n", "posts.jsonl")
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


def test_text_becomes_columns_of_text_in_parquet(make: Make) -> None:
    path = make(
        '{"text": "Hi", "n": 1, "yes": true}\n{"text": "Ho", "n": null, "yes": [1]}\n', "posts.ndjson"
    )
    run(path, "--column", "text", "--lang", "en", "-o", path.with_name("o.parquet"), "-q")
    read = parquet.read_table(path.with_name("o.parquet"))
    assert read["n"].to_pylist() == ["1", None]
    assert read["yes"].to_pylist() == ["true", "[1]"]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_keeps_its_columns(make: Make, form: str) -> None:
    path = make("id,text\n")
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
def test_csv_as_programs_write_it(make: Make, name: str, content: str) -> None:
    (found,) = tagged(make(content, name))
    assert (found["id"], found["text"]) == ("7", "@ada Thanks for the tip, again")
    assert found["act_gratitude"] == "1"


def test_cells_that_a_row_lacks_are_empty(make: Make) -> None:
    first, second = tagged(make("id,text,note\n1,Hi\n2\n"))
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
    make: Make, content: str | bytes, options: list[str], error: type[PlnmapError], said: str
) -> None:
    with pytest.raises(error) as caught:
        run(make(content), "--lang", "en", "-q", *options)
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
def test_files_that_are_not_what_they_are_called(make: Make, name: str, content: bytes, said: str) -> None:
    with pytest.raises((UsageError, BadData), match=said):
        run(make(content, name), "--column", "text", "--lang", "en", "-q")


def test_the_language_has_to_be_said(make: Make) -> None:
    with pytest.raises(UsageError, match="which language"):
        run(make("text\nHi\n"), "--column", "text", "-q")


def test_a_table_is_not_written_over_itself_and_a_failure_leaves_nothing(make: Make, tmp_path: Path) -> None:
    path = make("text,r\nHi,1\nHo,?\n")
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


# -- hostile cells ----------------------------------------------------------------------------------------


def test_reasons_are_harmless_and_the_users_own_cells_untouched(make: Make) -> None:
    text = "@ada \x1b[1m thanks\u202e\x07 for the\t=HYPERLINK(1) tip\r\n"
    formula = '=cmd|" /C calc"!A0'
    (found,) = tagged(make(row("text", "note") + row(text, formula)))
    assert (found["text"], found["note"]) == (text, formula)
    assert found["why_gratitude"] == "en.gratitude.help: thanks for the =HYPERLINK(1) tip"
    for name in act_columns():
        assert not found[name].startswith(("=", "+", "-", "@"))
        assert found[name].isprintable()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("😀" * 50, id="emoji"),
        pytest.param("ｔｈａｎｋｓ", id="wide letters"),
        pytest.param("тhаnks", id="letters of two alphabets"),
        pytest.param("תודה על העצה", id="from right to left"),
        pytest.param("х" * 3000, id="one word"),
        pytest.param("word " * 4000, id="4,000 words"),
        pytest.param("\x00", id="nothing"),
        pytest.param('"', id="quote"),
    ],
)
def test_odd_texts_are_read_and_do_nothing(make: Make, text: str) -> None:
    (found,) = tagged(make(row("text", "n") + row(f"{text} end", "1")))
    assert found["text"] == f"{text} end"
    done = {name for name, value in found.items() if name.startswith("act_") and value == "1"}
    assert done <= {"act_advice"}, "only the model may be at a loss"


def test_memory_does_not_grow_with_the_table(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "ROWS_AT_ONCE", 100)

    def peak(rows: int) -> int:
        path = make(row("text") + row("Nothing to see here, and nothing done") * rows)
        with open_table(path, "text") as table, Path(os.devnull).open("wb") as sink:
            result, _ = tag_table(table, Reading("text", "en"), lambda read: None)
            tracemalloc.start()
            write_table("csv", result, sink)
            size = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return size

    peak(100)  # the rules are compiled once
    assert peak(2_000) < peak(400) * 1.2


def test_progress_adds_up_to_the_size(make: Make) -> None:
    path = make(row("text") + row("Good morning") * 12_000)
    read: list[int] = []
    with open_table(path, "text") as table:
        result, tally = tag_table(table, Reading("text", "en"), read.append)
        assert sum(1 for _ in result.rows) == 12_000
        assert sum(read) == table.size == path.stat().st_size
    assert len(read) == 3
    assert tally.rows == {"read": 12_000}
