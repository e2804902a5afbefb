"""Marks and lines: exact to the cell, at every width, with hostile names, and without UTF-8."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size
from rich.text import Text

import plnmap
from plnmap.analysis.choosing import choose_people
from plnmap.analysis.over_time.timeline import Timeline
from plnmap.analysis.overview import Overview
from plnmap.analysis.people import Network
from plnmap.analysis.story import Quarter, Story, tell
from plnmap.analysis.summary import days_by_year
from plnmap.report.lines import Columns, Quotation, aligned, heading
from plnmap.report.marks import ERRORS, STAND_INS, bar, scale_mark, sparkline, stretch, years_axis
from plnmap.report.people import render_people
from plnmap.report.show import render_tie
from plnmap.report.terminal import as_text
from plnmap.report.timeline import render_timeline
from plnmap.report.values import excerpt, fitted, shorten
from plnmap.store import open_store

PACKAGE = Path(plnmap.__file__).parent
SHARES = st.floats(0, 1)
HOSTILE = st.text(
    st.sampled_from("aZ09_.- 学校éß😀🇩🇪👩‍🔬\u200d\ufe0f\u0301\u202e\u2066\x1b\x07[]/\\\n\t`|=@#"),
    min_size=1,
    max_size=60,
) | st.sampled_from(["😀" * 300, "学" * 300, "[bold red]", "\x1b[2J", "e" + "\u0301" * 200, "👨‍👩‍👧" * 50])
WIDTHS = st.integers(60, 200)


class Looked(NamedTuple):
    """What the three screens are made of."""

    network: Network
    by_year: list[list[int]]
    story: Story
    told: Timeline

    def __repr__(self) -> str:
        return "the sample"


@pytest.fixture(scope="module")
def looked(sample_pln: Path, sample_overview: Overview) -> Looked:
    """The sample as the commands look at it."""
    network = sample_overview.summary.network
    with open_store(sample_pln) as store:
        by_year = days_by_year(store, network, network.people)
        return Looked(network, by_year, tell(store, network, "@ada_venn"), sample_overview.timeline)


def too_wide(printed: str, width: int) -> list[str]:
    """Lines that do not fit."""
    return [line for line in printed.splitlines() if cell_len(line) > width]


@given(SHARES, st.integers(1, 40))
def test_a_bar_is_as_wide_as_told_and_grows(share: float, width: int) -> None:
    assert cell_len(bar(share, width)) == width
    eighths = [
        8 * mark.count("█") + sum("▏▎▍▌▋▊▉".find(sign) + 1 for sign in mark)
        for mark in (bar(share, width), bar(min(share + 0.1, 1), width))
    ]
    assert eighths[0] <= eighths[1] <= 8 * width
    assert abs(eighths[0] - share * 8 * width) <= 1


def test_the_ends_of_a_bar() -> None:
    assert [bar(share, 2) for share in (0, 1e-9, 0.9999, 1, 1.5)] == ["  ", "▏ ", "██", "██", "██"]


@given(st.lists(st.integers(0, 500), max_size=40))
def test_a_sparkline_has_a_column_for_each_number_in_their_order(counts: list[int]) -> None:
    marks = sparkline(counts)
    heights = ["·▁▂▃▄▅▆▇█".index(mark) for mark in marks]
    assert len(marks) == len(counts)
    assert [height == 0 for height in heights] == [count == 0 for count in counts]
    assert sorted(zip(counts, heights, strict=True)) == sorted(
        zip(counts, heights, strict=True), key=lambda pair: (pair[1], pair[0])
    )
    assert not any(counts) or max(heights) == 8


@given(SHARES, SHARES, SHARES, st.sampled_from([5, 9, 15]))
def test_a_scale_shows_the_value_within_its_interval(a: float, b: float, c: float, width: int) -> None:
    lo, value, hi = sorted((a, b, c))
    mark = scale_mark(value, lo, hi, width)
    assert len(mark) == width
    assert mark.count("●") == 1
    assert mark.index("●") == min(int(value * width), width - 1)
    drawn = [i for i, sign in enumerate(mark) if sign in "●─"]
    assert drawn == list(range(min(int(lo * width), width - 1), min(int(hi * width), width - 1) + 1))
    assert (width // 2 in drawn) != ("│" in mark)


def test_half_years_begin_in_january_and_july() -> None:
    assert stretch(date(2020, 6, 30), date(2020, 6, 30), [2020]) == "█·"
    assert stretch(date(2020, 7, 1), date(2020, 12, 31), [2020]) == "·█"
    assert stretch(date(2020, 1, 1), date(2020, 6, 30), [2020], known_after=False) == "█ "


@pytest.mark.parametrize(
    ("years", "cells", "axis"),
    [(9, 1, "2012 2020"), (8, 1, "'12  '19"), (7, 1, "'12 '18"), (6, 1, ""), (4, 2, "'12  '15"), (0, 1, "")],
)
def test_years_are_written_as_far_as_there_is_room(years: int, cells: int, axis: str) -> None:
    assert years_axis(range(2012, 2012 + years), cells) == axis


def test_every_stand_in_is_one_cell_of_ascii() -> None:
    assert all(stand_in.isascii() and stand_in.isprintable() for stand_in in STAND_INS.values())
    assert {cell_len(sign) for sign in (*STAND_INS, *STAND_INS.values())} == {1}


def test_what_a_terminal_can_show_is_left_as_it_is() -> None:
    assert "é · █ …".encode("latin-1", ERRORS).decode("latin-1") == "é · # ~"
    assert "é · █ 学".encode("utf-8", ERRORS).decode() == "é · █ 学"
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", ERRORS)


def spoken(module: Path) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documents = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documents)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            yield node.value


# Formulas are written into files only.
SPEAKING = {*(PACKAGE / "report").glob("*.py"), *(PACKAGE / "commands").glob("*.py"), PACKAGE / "cli.py"} - {
    PACKAGE / "report" / name for name in ("codebook.py", "formulas.py")
}


@pytest.mark.parametrize(
    "module",
    sorted(SPEAKING),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_every_sign_of_ours_has_a_stand_in(module: Path) -> None:
    signs = {sign for text in spoken(module) for sign in text if not sign.isascii()}
    assert signs <= set(STAND_INS) | {
        "＝",
        "＋",
        "－",
        "＠",
        "＃",
    }  # the last ones are looked for, never printed


def test_without_utf_8_the_screens_are_ascii_and_line_up_all_the_same(looked: Looked) -> None:
    network, by_year, story, told = looked
    for screen in (
        render_people(network, network.people[:20], by_year[:20], network.people[:20]),
        render_tie(story, 2),
        render_timeline(told),
    ):
        for width in (60, 120):
            printed = as_text(screen, width=width)
            in_ascii = printed.encode("ascii", ERRORS).decode("ascii")
            assert in_ascii.count("?") == printed.count("?")
            assert [cell_len(line) for line in in_ascii.splitlines()] == list(
                map(cell_len, printed.splitlines())
            )


@given(st.lists(HOSTILE, min_size=3, max_size=6), WIDTHS)
@example(["😀" * 300, "学" * 300, "a"], 60)
@example(["0", "0", "00\u200d"], 60)
@settings(max_examples=40)
def test_the_list_of_people_fits_and_lines_up(looked: Looked, names: list[str], width: int) -> None:
    people = [
        person._replace(handle=name, roles="mentor")
        for person, name in zip(choose_people(looked.network.people)[:6], names, strict=False)
    ]
    printed = as_text(
        render_people(looked.network, people, looked.by_year[: len(people)], people), width=width
    )
    lines = printed.splitlines()
    assert too_wide(printed, width) == []
    (head,) = [line for line in lines if "in touch" in line and "roles" in line]
    rows = lines[lines.index(head) + 1 :][: len(people)]
    for column, signs in (("in touch", "█▏▎▍▌▋▊▉"), ("roles", "m")):
        at = cell_len(head[: head.index(column)])
        for row in rows:
            before = set_cell_size(row, at)
            assert row.startswith(before)
            assert row[len(before)] in signs, row


@given(HOSTILE, HOSTILE, WIDTHS)
@settings(max_examples=25)
def test_the_page_of_a_person_fits(looked: Looked, handle: str, name: str, width: int) -> None:
    person = looked.story.person._replace(handle=handle, display_name=name, account_kind_why=name)
    received = [row._replace(text=name * 3) for row in looked.story.received[:2]]
    story = looked.story._replace(person=person, received=received)
    assert too_wide(as_text(render_tie(story, 2), width=width), width) == []


@given(st.lists(HOSTILE, min_size=8, max_size=8), WIDTHS)
@settings(max_examples=25)
def test_the_years_fit_and_line_up(looked: Looked, names: list[str], width: int) -> None:
    helpers = [
        row._replace(person=row.person._replace(handle=name, roles="mentor"))
        for row, name in zip(looked.told.helpers, names, strict=False)
    ]
    told = looked.told._replace(helpers=helpers, helped=[], periods=[], met_at=[])
    printed = as_text(render_timeline(told), width=width)
    assert too_wide(printed, width) == []
    rows = [line for line in printed.splitlines() if " days" in line and "█" in line]
    assert len(rows) == len(helpers)
    assert (
        len({cell_len(row[: min(row.index(sign) for sign in "·▁▂▃▄▅▆▇█" if sign in row)]) for row in rows})
        == 1
    )


@pytest.mark.parametrize(("quarters", "unit"), [(28, "quarter"), (29, "year")])
def test_a_long_tie_is_shown_year_by_year(looked: Looked, quarters: int, unit: str) -> None:
    # At 80 columns there are 63 beside the label: 28 quarters and 35 for the words.
    days = [Quarter(2010 + i // 4, i % 4 + 1, 1 + i % 2, None) for i in range(quarters)]
    printed = as_text(render_tie(looked.story._replace(quarters=days), 1), width=80)
    (line,) = [line for line in printed.splitlines() if "contact days" in line]
    assert f"up to {2 if unit == 'quarter' else 6} a {unit}" in line
    assert sum(sign in "▁▂▃▄▅▆▇█" for sign in line) == (quarters if unit == "quarter" else 8)


def test_each_side_has_a_line_of_its_own_and_an_unseen_one_has_none(looked: Looked) -> None:
    def lines(days_in: int | None) -> list[str]:
        days = [Quarter(2010, 1, 4, days_in), Quarter(2010, 2, 0, days_in)]
        printed = as_text(render_tie(looked.story._replace(quarters=days), 1), width=80)
        return [line.strip() for line in printed.splitlines() if " a quarter" in line]

    assert lines(2) == [
        "contact days   you  2010 █· 2010  up to 4 a quarter",
        "they 2010 ▅▅ 2010  up to 2 a quarter",
    ]
    assert lines(None) == ["contact days   you  2010 █· 2010  up to 4 a quarter"]


def test_give_and_take_is_drawn_only_where_it_was_seen(looked: Looked) -> None:
    seen = looked.story.person._replace(
        balance=0.1, balance_lo=0.0, balance_hi=0.2, help_share=0.9, help_share_lo=0.8, help_share_hi=1.0
    )
    for status, marks in (("value", ["●─··│····", "····│··─●"]), ("not_observed", [])):
        person = seen._replace(balance_status=status, help_share_status=status)
        printed = as_text(render_tie(looked.story._replace(person=person), 1), width=120)
        assert [
            line.split("you ")[1].split(" they")[0] for line in printed.splitlines() if "●" in line
        ] == marks


COLUMNS = Columns(
    [["", "axis", "", ""], ["ada", "▁▂▃▄", "12 days", "mentor"], ["学校", "█", "1 day", "mentor and more"]],
    ["cyan", "", "", ""],
    right=[2],
    spare=[1],
)


def test_columns_spare_what_can_be_spared_and_then_put_the_last_cell_below() -> None:
    # 2 + 4 + 2 + 4 + 2 + 7 + 2 + 15 cells with the chart, 32 without it.
    assert as_text(COLUMNS, width=38).splitlines() == [
        "        axis",
        "  ada   ▁▂▃▄  12 days  mentor",
        "  学校  █       1 day  mentor and more",
    ]
    assert as_text(COLUMNS, width=37).splitlines() == [
        "  ada   12 days  mentor",
        "  学校    1 day  mentor and more",
    ]
    assert as_text(COLUMNS, width=31).splitlines() == [
        "  ada   12 days  mentor",
        "  学校    1 day",
        "    mentor and more",
    ]


def test_a_cell_is_cut_at_40_unless_it_is_the_last() -> None:
    ((first, last),) = aligned([["a" * 41, "b" * 41]])
    assert (first, last) == ("a" * 39 + "…  ", "b" * 41)
    assert aligned([["a" * 40, ""]])[0][0] == "a" * 40 + "  "
    assert aligned([]) == []


@given(HOSTILE, st.integers(2, 30))
def test_a_name_is_cut_to_its_cells(name: str, width: int) -> None:
    cut = fitted(name, width)
    assert cell_len(cut) <= width
    assert cut == name or cut.endswith("…")


@given(HOSTILE, st.integers(0, 60), st.integers(6, 80))
def test_a_text_is_cut_to_its_cells(text: str, begin: int, width: int) -> None:
    assert cell_len(shorten(text, min(begin, len(text)), width)) <= width


@given(st.text("学a ", max_size=80), st.integers(10, 60))
def test_an_excerpt_of_wide_signs_holds_what_it_is_about(looked: Looked, around: str, width: int) -> None:
    text = f"{around} 谢谢 {around}"
    start = text.index("谢谢")
    row = looked.story.received[0]._replace(text=text, start=start, stop=start + 2)
    shown = excerpt(row, width)
    assert cell_len(shown) <= width


def test_an_excerpt_shows_the_words_that_fired_among_wide_ones(looked: Looked) -> None:
    text = "学 " * 40 + "谢谢 " + "校 " * 40
    row = looked.story.received[0]._replace(text=text, start=80, stop=82)
    assert "谢谢" in excerpt(row, 24)


def test_a_quotation_takes_the_room_that_is_left() -> None:
    line = Quotation("  you asked: ", lambda room: "x" * room, "2020-01-01")
    assert as_text(line, width=60) == f"  you asked: “{'x' * 34}” 2020-01-01\n"


def test_a_heading_stands_after_an_empty_line() -> None:
    shown = heading("Turned", "one part gave way to another")
    assert isinstance(shown, Text)
    assert shown.plain == "\nTurned  one part gave way to another"
