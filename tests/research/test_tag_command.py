"""`study tag`: anybody's table comes back as it was, with the acts of its texts beside it."""

from __future__ import annotations

import csv
import io
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plnmap.research import tagging
from plnmap.research.tagging import OF_A_TEXT, Reading, act_columns, tag_table
from plnmap.research.text_tables import open_table, write_table
from tests.research.tagged import THANKS, TableOf, row, run, tagged

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


def test_a_text_that_thanks_and_asks(table_of: TableOf) -> None:
    text = f"{THANKS} Who else keeps bees?"
    (found,) = tagged(table_of("id,text\n" + row("7", text)))
    assert (found["id"], found["text"]) == ("7", text)
    assert (found["act_gratitude"], found["object_gratitude"]) == ("1", "help")
    assert found["act_help_thanks"] == found["act_question"] == "1"
    assert found["why_help_thanks"] == "en.gratitude.help: Thanks for the tip"
    assert found["why_question"] == "en.question.asked: Who else keeps bees?"
    assert 0 < float(found["score_question"]) <= 1
    assert (found["act_met"], found["score_met"], found["why_met"]) == ("0", "0", "")


def test_several_objects_and_reasons_stand_in_one_cell_the_surest_first(table_of: TableOf) -> None:
    (found,) = tagged(table_of("text\n" + row("@ada thanks for the mention and the link")))
    assert found["object_gratitude"] == "amplification | help"
    assert found["score_gratitude"] == "0.9"
    assert [why.partition(":")[0] for why in found["why_gratitude"].split(" | ")] == [
        "en.gratitude.amplification",
        "en.gratitude.help",
    ]


def test_the_users_columns_come_back_as_they_were_in_order(table_of: TableOf) -> None:
    head = ["b", "text", "b", "", 'ünï, "code"', "a\nb"]
    cells = ["=1+1", THANKS, "0001", " ", "-5e3", '“x"\r\n y']
    path = table_of(row(*head) + row(*cells) + row("", "", "", "", "", ""))
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
    table_of: TableOf, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table_of(
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
    table_of: TableOf, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table_of("text\n" + row("Danke!"))
    run(path, "--column", "text", "--lang", "de")
    printed = capsys.readouterr()
    assert printed.out.splitlines()[1] == "Danke!" + "," * len(act_columns())
    assert "There are rules for: en" in printed.err


def test_whether_a_text_answers_somebody_is_told_or_seen(table_of: TableOf) -> None:
    advice = "Try the other socket"  # an imperative advises only in an answer
    path = table_of(
        "text,answers\n"
        + "".join(row(advice, said) for said in ("1", "TRUE", "yes", "1.0", "0", "False", "no", ""))
        + row(f"@ada {advice}", "")
        + row(f"@ada {advice}", "0")
    )

    def by_the_rule(*options: str) -> list[bool]:
        return [each["why_advice"].startswith("en.advice.imperative:") for each in tagged(path, *options)]

    assert by_the_rule("--reply-column", "answers") == [True] * 4 + [False] * 4 + [True, False]
    assert by_the_rule() == [False] * 8 + [True] * 2


def test_handles_and_links_are_seen_in_the_text(table_of: TableOf) -> None:
    three, link = "@ada @bo @Cy thanks team", "@ada you might like https://birds.example"
    rows = tagged(table_of("text\n" + row(three) + row(link) + row("@ada @ada @ADA thanks team")))
    assert [each["object_gratitude"] for each in rows] == ["social", "", "unknown"]
    assert rows[1]["act_resource"] == "1"


def test_what_is_less_sure_than_asked_for_is_not_found(table_of: TableOf) -> None:
    path = table_of("text\n" + row("@ada cheers mate") + row("@ada thanks mate"))
    assert [each["score_gratitude"] for each in tagged(path)] == ["0.5", "0.6"]
    assert [each["act_gratitude"] for each in tagged(path, "--at-least", "0.5")] == ["1", "1"]
    surer = tagged(path, "--at-least", "0.6")
    assert [each["act_gratitude"] for each in surer] == ["0", "1"]
    assert (surer[0]["score_gratitude"], surer[0]["why_gratitude"]) == ("0", "")


# -- hostile cells ----------------------------------------------------------------------------------------


def test_reasons_are_harmless_and_the_users_own_cells_untouched(table_of: TableOf) -> None:
    text = "@ada \x1b[1m thanks\u202e\x07 for the\t=HYPERLINK(1) tip\r\n"
    formula = '=cmd|" /C calc"!A0'
    (found,) = tagged(table_of(row("text", "note") + row(text, formula)))
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
def test_odd_texts_are_read_and_do_nothing(table_of: TableOf, text: str) -> None:
    (found,) = tagged(table_of(row("text", "n") + row(f"{text} end", "1")))
    assert found["text"] == f"{text} end"
    done = {name for name, value in found.items() if name.startswith("act_") and value == "1"}
    assert done <= {"act_advice"}, "only the model may be at a loss"


def test_memory_does_not_grow_with_the_table(table_of: TableOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "ROWS_AT_ONCE", 100)

    def peak(rows: int) -> int:
        path = table_of(row("text") + row("Nothing to see here, and nothing done") * rows)
        with open_table(path, "text") as table, Path(os.devnull).open("wb") as sink:
            result, _ = tag_table(table, Reading("text", "en"), lambda read: None)
            tracemalloc.start()
            write_table("csv", result, sink)
            size = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return size

    peak(100)  # the rules are compiled once
    assert peak(2_000) < peak(400) * 1.2


def test_progress_adds_up_to_the_size(table_of: TableOf) -> None:
    path = table_of(row("text") + row("Good morning") * 12_000)
    read: list[int] = []
    with open_table(path, "text") as table:
        result, tally = tag_table(table, Reading("text", "en"), read.append)
        assert sum(1 for _ in result.rows) == 12_000
        assert sum(read) == table.size == path.stat().st_size
    assert len(read) == 3
    assert tally.rows == {"read": 12_000}
