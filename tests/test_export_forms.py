"""Other programs read what was written, as it was: CSV, Parquet, JSON, GEXF, GraphML, node-link JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import networkx as nx
import pandas as pd
import pyarrow.parquet as pq
import pytest
from syrupy.assertion import SnapshotAssertion

from plnmap.graph import FORMATS as GRAPHS
from plnmap.graph import write_graph
from plnmap.model import Table
from plnmap.report.codebook import EXPORTED
from plnmap.report.files import FORMATS
from plnmap.report.tables import lay_out, network_graph
from plnmap.words import spreadsheet_cell
from tests.exports import (
    HOSTILE_NAMES,
    nasty_network,
    nasty_world,
    networks,
    read,
    silent,
    small_world,
    write,
)
from tests.records import filled

NAMES: Final = {f"twitter:{number}": name for number, name in enumerate(HOSTILE_NAMES, start=100)}
BY_NAME: Final = {each.name: each for each in EXPORTED}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small world in every form: made once, because an export takes about a second."""
    folder = tmp_path_factory.mktemp("forms")
    with filled(*small_world()) as store:
        mapped = networks(store)
        for form in FORMATS:
            write(store, folder / form, form, *mapped)
    return folder


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nasty world in every form, and its graph in every format."""
    folder = tmp_path_factory.mktemp("nasty")
    with filled(*nasty_world()) as store:
        network = nasty_network(store)
        for form in FORMATS:
            write(store, folder / form, form, network)
        lay_out(store, [network], announce=silent)
        graph = network_graph(store, network)
    for suffix in GRAPHS:
        write_graph(graph, folder / f"pln{suffix}")
    return folder


# --- golden --------------------------------------------------------------------------------------


def visible(content: bytes) -> str:
    """A text in which nothing hides, and in which no line but those of the file begins."""
    return content.decode("utf-8").encode("ascii", "backslashreplace").decode("ascii")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_golden_tables(form: str, nasty: Path, snapshot: SnapshotAssertion) -> None:
    written = {each.name: visible((nasty / form / f"{each.name}.{form}").read_bytes()) for each in EXPORTED}
    assert written == snapshot


def test_golden_columns_of_parquet(nasty: Path, snapshot: SnapshotAssertion) -> None:
    # Its bytes carry the version of DuckDB; what stands in them is tested below.
    schemas = {
        each.name: [str(field) for field in pq.read_schema(nasty / "parquet" / f"{each.name}.parquet")]
        for each in EXPORTED
    }
    assert schemas == snapshot


@pytest.mark.parametrize("suffix", GRAPHS)
def test_golden_graphs(suffix: str, nasty: Path, snapshot: SnapshotAssertion) -> None:
    assert visible((nasty / f"pln{suffix}").read_bytes()) == snapshot


# --- all forms -----------------------------------------------------------------------------------


@pytest.mark.parametrize("world", ["small", "nasty"])
@pytest.mark.parametrize("each", EXPORTED, ids=lambda each: each.name)
def test_all_forms_hold_the_same(each: Table, world: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue("forms" if world == "small" else "nasty")
    arrow = pq.read_table(folder / "parquet" / f"{each.name}.parquet")
    objects = json.loads((folder / "json" / f"{each.name}.json").read_text("utf-8"))
    lines = read(folder / "csv", each.name)
    assert tuple(arrow.column_names) == each.names
    assert len(lines) == arrow.num_rows == len(objects)
    for line, typed, loose in zip(lines, arrow.to_pylist(), objects, strict=True):
        assert tuple(loose) == each.names
        for column in each.columns:
            assert_same(column.sql_type, line[column.name], typed[column.name], loose[column.name])
            assert column.nullable or typed[column.name] is not None


def assert_same(sql_type: str, text: str, typed: Any, loose: Any) -> None:
    """A value in CSV, Parquet and JSON."""
    if typed is None:
        assert (text, loose) == ("", None)
    elif sql_type == "DOUBLE":
        assert float(text) == typed == loose
    elif sql_type == "TIMESTAMP":
        assert text == loose
        assert typed.tzinfo is not None
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        assert moment == typed or (len(text) == 10 and moment.date() == typed.date())
    elif sql_type == "VARCHAR":
        assert typed == loose and text == spreadsheet_cell(typed)
    else:
        assert text == str(typed).lower() == str(loose).lower()


# --- pandas and DuckDB ---------------------------------------------------------------------------


READERS: Final[dict[str, Callable[[Path], pd.DataFrame]]] = {
    "csv": lambda path: pd.read_csv(path, keep_default_na=False),
    "parquet": pd.read_parquet,
    "json": lambda path: pd.read_json(path, dtype=False),
}


@pytest.mark.parametrize("form", FORMATS)
def test_pandas_reads_every_name(form: str, nasty: Path) -> None:
    frame = READERS[form](nasty / form / f"accounts.{form}").set_index("account")
    found = frame["display_name"].loc[list(NAMES)].to_dict()
    assert found == {key: spreadsheet_cell(name) if form == "csv" else name for key, name in NAMES.items()}
    assert frame["followers"].loc["twitter:112"] in (12, "12")


@pytest.mark.parametrize("form", FORMATS)
def test_duckdb_reads_every_name_and_the_end_of_time(form: str, nasty: Path) -> None:
    path, file = nasty / form, duckdb.connect()
    file.sql("SET TimeZone = 'UTC'")
    named = f"SELECT account, display_name FROM '{path}/accounts.{form}' WHERE display_name IS NOT NULL"
    # DuckDB takes an empty cell of a CSV for null, whether it stands in quotation marks or not.
    assert dict(file.sql(named).fetchall()) == {
        key: spreadsheet_cell(name) if form == "csv" else name
        for key, name in NAMES.items()
        if name or form != "csv"
    }
    years = (
        f"""SELECT min(year("at"::DATE)), max(year("at"::DATE)), count(*) FROM '{path}/interactions.{form}'"""
    )
    assert file.sql(years).fetchall() == [(1, 9999, 17)]


def test_pandas_and_duckdb_read_the_types(forms: Path) -> None:
    frame = pd.read_parquet(forms / "parquet" / "interactions.parquet")
    assert str(frame["at"].dtype).endswith("UTC]")
    assert frame["weight"].sum() == pytest.approx(1 + 0.4 + 0.4 + 0.4 + 1)
    ties = forms / "parquet" / "ties.parquet"
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{ties}'").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [
        (column.name, column.sql_type) for column in BY_NAME["ties"].columns
    ]


# --- networkx ------------------------------------------------------------------------------------


def test_networkx_reads_the_same_graph_from_every_format(nasty: Path) -> None:
    graphs = (
        nx.read_gexf(nasty / "pln.gexf"),
        nx.read_graphml(nasty / "pln.graphml"),
        nx.node_link_graph(json.loads((nasty / "pln.json").read_bytes()), edges="edges"),
    )
    (nodes, edges), *others = (_contents(graph) for graph in graphs)
    assert others == [(nodes, edges)] * 2
    # The last of them was never posted to.
    assert set(NAMES) - set(nodes) == {"twitter:112"}
    assert [account for account, about in nodes.items() if about["ego"]] == ["twitter:1"]
    assert {type(about["weight"]) for about in edges.values()} == {float}
    assert all("type" not in about for about in edges.values())


def _contents(graph: Any) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    edges = {(one, two): dict(about) for one, two, about in graph.edges(data=True)}
    for about in edges.values():
        about.pop("id", None)  # GEXF numbers its edges.
    return dict(graph.nodes(data=True)), edges


def test_graphml_carries_what_is_known_of_ego(nasty: Path) -> None:
    graph = nx.read_graphml(nasty / "pln.graphml")
    assert graph.graph["ego"] == "twitter:1"
    assert graph.graph["as_of"] == "9999-12-31"
    assert graph.nodes["twitter:1"] == {
        "label": "@ada",
        "platform": "twitter",
        "ego": True,
        "handle": "ada",
    }


# --- spreadsheets --------------------------------------------------------------------------------


def test_a_csv_is_utf_8_without_a_mark_in_front_and_with_commas(nasty: Path) -> None:
    # A mark would become part of the first column's name in programs that do not expect it.
    for each in EXPORTED:
        content = (nasty / "csv" / f"{each.name}.csv").read_bytes()
        assert content.startswith(each.names[0].encode() + b",")
        assert b"\r" not in content and content.endswith(b"\n")
        content.decode("utf-8")


def test_a_spreadsheet_finds_no_formula_in_any_cell(nasty: Path) -> None:
    for each in EXPORTED:
        text = {column.name for column in each.columns if column.sql_type == "VARCHAR"}
        with (nasty / "csv" / f"{each.name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                begins = {name for name, cell in row.items() if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")}
                assert not begins & text - {name for name in begins if not row[name].strip()}


# --- the page ------------------------------------------------------------------------------------


def test_the_recipes_of_the_page_run(
    nasty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[1] / "docs" / "exports.md").read_text("utf-8")
    recipes = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    for name, written in {"tables": "parquet", "csv": "csv", "pln.graphml": "pln.graphml"}.items():
        (tmp_path / name).symlink_to(nasty / written)
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {}
    for recipe in recipes:
        exec(compile(recipe, "docs/exports.md", "exec"), known)
        assert capsys.readouterr().out.strip(), recipe
    assert len(recipes) == 4
    assert known["accounts"]["display_name"].isna().sum() == 4
    assert known["people"]["help_in_thanks_status"].tolist().count("value") == len(known["helped"])
