"""The codebook: what it says of the columns is so, and it is had without any data."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import duckdb
import numpy as np
import pytest

from plnmap.analysis.contact.components import amount, trend
from plnmap.analysis.contact.contact_days import contact_days
from plnmap.analysis.contact.reciprocity import balance
from plnmap.analysis.contact.strength import log_odds, strength
from plnmap.analysis.help.evidence import SEEN_AS_IT_IS, corrected_evidence
from plnmap.cli import run
from plnmap.model import Column, Table, table
from plnmap.report.codebook import EXPORTED, HEADINGS, KEPT, codebook, codebook_csv, dictionary_page, unit
from plnmap.report.files import export_files
from plnmap.report.formulas import FORMULAS, formula, states, value_range
from plnmap.store import open_store
from tests.exports import networks, silent
from tests.records import filled

DOCS = Path(__file__).parents[1] / "docs"
COLUMNS = [(each, column) for each in EXPORTED for column in each.columns]
FOUR = "value, insufficient, not_observed or no_contact"


@pytest.fixture(scope="module")
def tables(sample_pln: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole invented sample as Parquet."""
    folder = tmp_path_factory.mktemp("sample-tables")
    with open_store(sample_pln) as store:
        export_files(store, networks(store), folder, form="parquet", announce=silent)
    return folder


def column(table_name: str, name: str) -> tuple[Table, Column]:
    return next((t, c) for t, c in COLUMNS if (t.name, c.name) == (table_name, name))


# --- what is said of the columns is so -----------------------------------------------------------


@pytest.mark.parametrize("each", EXPORTED, ids=lambda each: each.name)
def test_keys_are_unique(each: Table, tables: Path) -> None:
    # Rows are written in the order of the key: were it not unique, one file could give two exports.
    key = ", ".join(f'"{name}"' for name in each.key)
    twice = f"SELECT {key} FROM '{tables}/{each.name}.parquet' GROUP BY ALL HAVING count(*) > 1"
    assert duckdb.sql(twice).fetchall() == []


@pytest.mark.parametrize("each", EXPORTED, ids=lambda each: each.name)
def test_values_lie_within_their_ranges_and_are_empty_only_where_they_may(each: Table, tables: Path) -> None:
    rows = f"FROM '{tables}/{each.name}.parquet'"
    for one in each.columns:
        name, told = f'"{one.name}"', value_range(each, one)
        if not one.nullable:
            assert duckdb.sql(f"SELECT count(*) {rows} WHERE {name} IS NULL").fetchall() == [(0,)], one.name
        if not told:
            continue
        least, most = duckdb.sql(f"SELECT min({name}), max({name}) {rows}").fetchall()[0]
        if least is None:
            continue
        low, _, high = told.partition(" to ")
        if told.endswith(" or more"):
            assert least >= int(told.split()[0]), one.name
        elif high:
            assert float(low) <= least <= most <= float(high), one.name
        else:
            words = set(told.replace(" or ", ", ").split(", "))
            found = duckdb.sql(f"SELECT DISTINCT {name} {rows} WHERE {name} IS NOT NULL").fetchall()
            assert {word for (word,) in found} <= words, one.name


def test_a_column_with_a_state_is_empty_unless_the_state_gives_a_number(tables: Path) -> None:
    checked = 0
    for each, one in COLUMNS:
        status, _, four = states(each, one).partition(": ")
        if four:
            odd = f"""SELECT count(*) FROM '{tables}/{each.name}.parquet' WHERE "{one.name}" IS NOT NULL
                AND {status} NOT IN ('value', 'no_contact')"""
            assert duckdb.sql(odd).fetchall() == [(0,)], one.name
            checked += 1
    assert checked > 25


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (("people", "balance"), f"balance_status: {FOUR}"),
        (("people", "balance_hi"), f"balance_status: {FOUR}"),
        (("people", "response_rate"), f"response_status: {FOUR}"),
        (("people", "response_hours"), f"response_hours_status: {FOUR}"),
        (("people", "help_in_thanks_lo"), f"help_in_thanks_status: {FOUR}"),
        (("functions", "score"), f"status: {FOUR}"),
        (("people", "days_in"), "value, or not_observed where empty"),
        (("people", "response_n"), ""),
        (("people", "strength_reason"), ""),
        (("accounts", "followers"), ""),
    ],
)
def test_states_are_told_by_the_column_that_holds_them(where: tuple[str, str], told: str) -> None:
    assert states(*column(*where)) == told


def test_units_are_read_from_the_meanings() -> None:
    units = {(each.name, one.name): unit(one) for each, one in COLUMNS}
    assert units["people", "days_out"] == "days"
    assert units["people", "strength"] == ""
    assert value_range(*column("people", "strength")) == "0 to 1"
    assert units["people", "response_hours"] == "hours"
    assert units["people", "offered_days"] == "days"
    assert units["accounts", "followers"] == "accounts"
    assert units["follows", "first_seen"] == "UTC"
    assert units["people", "handle"] == ""
    assert {row[2] for row in codebook()} <= {
        "text",
        "whole number",
        "number",
        "true or false",
        "time",
        "day",
    }


# --- formulas ------------------------------------------------------------------------------------


def computed(expression: str, **known: float) -> float:
    """The value of a formula of the codebook."""
    names = {"ln": math.log, "exp": math.exp, "min": min, "max": max} | known
    return float(eval(expression.replace("·", "*"), {"__builtins__": {}}, names))


@pytest.mark.parametrize(("days", "recency", "age"), [(1, 0, 0), (3, 10, 60), (40, 400, 1100)])
def test_the_formula_of_strength_is_the_one_that_is_computed(days: int, recency: int, age: int) -> None:
    whole, _, rest = formula(*column("people", "strength")).partition(", z = ")
    z, _, rest = rest.partition(", b = ")
    b = float(rest.partition(" ")[0])
    told = computed(whole, z=computed(z, D=days, R=recency, A=age), b=b)
    assert told == pytest.approx(float(strength(log_odds([days], [recency], [age]))[0]))
    incoming = rest.partition("alone z = ")[2]
    assert computed(incoming, D_in=4, R_in=10) == pytest.approx(-3.8738, abs=5e-5)


def test_the_formulas_of_what_a_tie_is_made_of_are_those_that_are_computed() -> None:
    told = formula(*column("people", "amount")).partition(", D95")[0]
    days = np.arange(1, 101, dtype=float)
    assert computed(told, D=7, D95=float(np.percentile(days, 95))) == pytest.approx(amount(days).value[6])
    told = formula(*column("people", "trend")).partition(", days")[0]
    made = trend(contact_days([0] * 4, [100, 101, 102, 5], pairs=1), as_of=179, observed_since=0)
    assert computed(told, last=3, before=1) == pytest.approx(made.value[0])
    told = formula(*column("people", "balance")).partition(", i and o")[0]
    assert computed(told, i=3, o=12) == pytest.approx(float(balance([12], [3]).share.value[0]))


@pytest.mark.parametrize("name", ["help_in_thanks", "help_in_offers", "help_out_offers", "help_out_thanks"])
def test_corrected_help_can_be_computed_from_its_row(name: str, tables: Path) -> None:
    told, _, where = formula(*column("people", name)).partition(", n = ")
    named = dict(part.split(" = ") for part in f"n = {where}".split(", "))
    rates = {letter: computed(named[letter]) for letter in ("τ", "φ")}
    columns = f"{named['n']}, {named['N']}, {name}"
    rows = f"SELECT {columns} FROM '{tables}/people.parquet' WHERE {name}_status = 'value'"
    known = duckdb.sql(rows).fetchall()
    assert known
    unseen = f"FROM '{tables}/people.parquet' WHERE {name}_status = 'not_observed'"
    assert set(duckdb.sql(f"SELECT {named['N']} {unseen}").fetchall()) <= {(None,)}
    for n, chances, estimate in known:
        assert computed(told, n=n, N=chances, **rates) == pytest.approx(estimate)


def test_the_formula_of_scores_is_the_one_that_is_computed() -> None:
    score = formula(*column("functions", "score")).partition(", D̂ =")[0]
    assert computed(score.replace("D̂", "D"), D=6) == pytest.approx(
        float(corrected_evidence(6, 10, SEEN_AS_IT_IS).score.value[0])
    )


def test_every_formula_belongs_to_a_column() -> None:
    assert FORMULAS.keys() <= {(each.name, one.name) for each, one in COLUMNS}


# --- the pages -----------------------------------------------------------------------------------


def test_the_codebook_describes_every_column_that_is_written(tables: Path) -> None:
    with (tables / "codebook.csv").open(encoding="utf-8", newline="") as file:
        header, *described = csv.reader(file)
    assert tuple(header) == HEADINGS
    by_file: dict[str, list[str]] = {}
    for row in described:
        about = dict(zip(header, row, strict=True))
        assert all(about[name] for name in ("file", "column", "type", "nullable", "meaning"))
        by_file.setdefault(about["file"], []).append(about["column"])
    assert by_file == {f"{each.name}.parquet": list(each.names) for each in EXPORTED}


def test_the_data_dictionary_is_not_stale() -> None:
    # To renew it: python -m plnmap.report.codebook > docs/data-dictionary.md
    assert (DOCS / "data-dictionary.md").read_text("utf-8") == dictionary_page()


def test_no_cell_breaks_the_tables_of_the_page() -> None:
    widths = {
        line.replace("\\|", "").count("|") for line in dictionary_page().splitlines() if line.startswith("|")
    }
    assert widths == {7}


def test_the_pages_describe_every_table_of_the_file() -> None:
    page = (DOCS / "file-format.md").read_text("utf-8")
    with filled() as store:
        tables = {name for (name,) in store.rows("SELECT table_name FROM duckdb_tables()")}
        views = {name for (name,) in store.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    assert {name for name in tables | views if f"| `{name}` |" not in page} == set()
    assert {table(record).name for record in KEPT} == tables - {"computed", "schema_version"}


# --- plnmap export --codebook --------------------------------------------------------------------


def test_the_codebook_needs_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = ["--pln", str(tmp_path / "absent.duckdb")]
    assert run(["export", "--codebook", *absent]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# Data dictionary\n") and "## people\n" in page
    assert run(["export", "--codebook", "--format", "csv", *absent]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert (tuple(rows[0]), len(rows) - 1) == (HEADINGS, len(COLUMNS))
    assert not (tmp_path / "absent.duckdb").exists()


def test_the_name_of_the_file_says_in_which_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("codebook.md", "CODEBOOK.CSV"):
        assert run(["export", "--codebook", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "codebook.md").read_text("utf-8").startswith("# Data dictionary\n")
    assert (tmp_path / "CODEBOOK.CSV").read_text("utf-8") == codebook_csv()
    for odd in (["-o", str(tmp_path / "codebook.txt")], ["--format", "parquet"]):
        assert run(["export", "--codebook", *odd]) == 2
        assert "Markdown or CSV" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CODEBOOK.CSV", "codebook.md"]
