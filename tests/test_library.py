"""A PLN file in a notebook: tables, graph and map say what the commands say, and nobody is locked out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy
from typing import Any

import pandas as pd
import pytest

import plnmap
from plnmap.analysis.own_word import elicited
from plnmap.cli import run
from plnmap.errors import PlnmapError, UnknownPerson, UsageError
from plnmap.model import Evidence, Person, table
from plnmap.pln import look_at
from plnmap.store import open_store

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def pln(sample_pln: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[plnmap.Pln]:
    """The sample, held open."""
    with plnmap.open(copy(sample_pln, tmp_path_factory.mktemp("library"))) as opened:
        yield opened


def code_cells() -> list[str]:
    """The code of the notebook, cell by cell."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules); import plnmap; assert callable(plnmap.open); "
        "print({name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "{'plnmap'}\n"


def test_what_it_offers_is_there_and_nothing_else_is_public() -> None:
    assert sorted(plnmap.__all__) == ["Pln", "PlnmapError", "open"]
    assert plnmap.PlnmapError is PlnmapError
    offered = {name for name in vars(plnmap.Pln) if not name.startswith("_")}
    assert offered == {"egos", "people", "ties", "evidence", "graph", "map"}


@pytest.mark.parametrize("as_of", [None, "2018-12-31"])
def test_people_are_those_of_the_command(
    as_of: str | None, pln: plnmap.Pln, sample_pln: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = pln.people(ego="mira_tolland", as_of=as_of)
    options = ["--as-of", str(as_of)] if as_of else []
    assert run(["people", "--format", "json", *options, "-q", "--pln", str(sample_pln)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(people.columns) == list(Person._fields)
    for name in ("account", "roles", "days_out", "balance", "last_day"):
        column = people[name].dt.strftime("%Y-%m-%d") if name == "last_day" else people[name]
        known = column.astype(object).where(column.notna(), None)
        assert known.tolist() == [person[name] for person in told], name


def test_whole_numbers_and_days_stay_what_they_are_beside_missing_ones(pln: plnmap.Pln) -> None:
    people = pln.people()
    kinds = {"BIGINT": "Int64", "BOOLEAN": "boolean", "DOUBLE": "float64", "VARCHAR": "string"}
    for column in table(Person).columns:
        dtype = people[column.name].dtype
        if column.sql_type == "DATE":
            assert pd.api.types.is_datetime64_dtype(dtype)
        else:
            assert dtype == kinds[column.sql_type], column.name


def test_a_side_that_was_not_seen_is_missing_and_never_0(pln: plnmap.Pln) -> None:
    people = pln.people()
    unseen = people[people.balance_status == "not_observed"]
    assert len(unseen) > 100
    assert unseen[["days_in", "balance", "offered_days"]].isna().all(axis=None)


def test_evidence_is_that_of_one_person_if_named(pln: plnmap.Pln) -> None:
    everything, ada = pln.evidence(), pln.evidence("@ada_venn")
    assert list(ada.columns) == list(Evidence._fields)
    assert 0 < len(ada) < len(everything)
    assert set(ada.account) == {pln.people().account[pln.people().handle == "ada_venn"].item()}
    thanks = ada[ada.instrument.eq("thanks") & ada.direction.eq("in")]
    (days,) = pln.people().thanked_days[pln.people().handle == "ada_venn"]
    assert thanks.day.nunique() == days


def test_nothing_to_show_is_a_table_without_rows(pln: plnmap.Pln) -> None:
    nothing = pln.evidence("@tamsin_orrel", as_of="2016-04-01")
    assert (len(nothing), list(nothing.columns)) == (0, list(Evidence._fields))


def test_ties_are_all_or_those_of_an_ego(pln: plnmap.Pln) -> None:
    every, mine, earlier = pln.ties(), pln.ties(ego="@mira_tolland"), pln.ties(as_of=date(2018, 12, 31))
    (ego,) = pln.egos().account
    assert len(mine) < len(every)
    assert ((mine.source == ego) | (mine.target == ego)).all()
    assert every.set_index(["source", "target"]).index.is_unique
    assert len(earlier) < len(every)
    assert earlier.last_day.max() <= pd.Timestamp("2018-12-31")


def test_the_graph_has_ego_and_the_ties_around(pln: plnmap.Pln) -> None:
    graph = pln.graph()
    (ego,) = pln.egos().account
    assert graph.nodes[ego]["ego"]
    mine = pln.ties(ego=ego)
    assert graph.degree(ego) == (mine.weight > 0).sum()


def test_the_map_shows_itself(pln: plnmap.Pln) -> None:
    shown = pln.map()._repr_mimebundle_()
    assert "@ada_venn" in json.dumps(shown)
    # Without a network: nothing is to be fetched, and no script runs.
    assert [*shown] == ["image/svg+xml"]
    assert "<script" not in shown["image/svg+xml"]
    assert "href=" not in shown["image/svg+xml"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ego": "nobody_at_all"}, "no ego"),
        ({"as_of": "31.12.2018"}, "2021-05-31"),
        ({"as_of": "1999-01-01"}, "later day"),
    ],
)
def test_wrong_words_are_usage_errors(pln: plnmap.Pln, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as raised:
        pln.people(**wrong)
    assert said in f"{raised.value} {raised.value.hint}"


def test_an_unknown_person_is_said_to_be_one(pln: plnmap.Pln) -> None:
    with pytest.raises(UnknownPerson):
        pln.evidence("ada_ven")


def test_a_file_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no\.duckdb"):
        plnmap.open(tmp_path / "no.duckdb")
    # Without a path it is the file of the commands, which the fixtures of all tests put elsewhere.
    with pytest.raises(UsageError, match=r"pln\.duckdb"):
        plnmap.open()


def opens_elsewhere(file: Path) -> bool:
    """Whether another process can open a file for writing at once."""
    code = f"from plnmap.pln_file import connect; from pathlib import Path; connect(Path({str(file)!r}), 0)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_between_calls_the_file_is_free_and_in_a_block_it_is_held(sample_pln: Path, tmp_path: Path) -> None:
    pln = plnmap.open(copy(sample_pln, tmp_path))
    with pln as held:
        assert held is pln
        assert not opens_elsewhere(pln.path)
    assert len(pln.egos()) == 1
    assert opens_elsewhere(pln.path)


def test_looking_ends_the_time_in_which_a_recall_is_blind(
    pln: plnmap.Pln, sample_pln: Path, tmp_path: Path
) -> None:
    (ego,) = pln.egos().account
    with open_store(Path(copy(sample_pln, tmp_path))) as store:
        store.connection.execute("DELETE FROM first_looks")
        assert elicited(store, ego) == "blind"
        look_at(store, None, None, announce=print)
        assert elicited(store, ego) == "later"


def test_the_notebook_runs_from_top_to_bottom(
    pln: plnmap.Pln, sample_pln: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # The first cell makes this file where there is none, which takes seconds; the demo has tests of its own.
    assert 'if not Path("demo.duckdb").exists()' in code_cells()[0]
    copy(sample_pln, "demo.duckdb")
    names: dict[str, Any] = {}
    for code in code_cells():
        exec(compile(code, NOTEBOOK.name, "exec"), names)
    assert "ada_venn" in set(names["helpers"].handle)
    assert names["days"].index[0] == "mira_tolland"


def test_the_notebook_holds_no_outputs() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    kept = [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    assert kept == []
    assert len(code_cells()) >= 6
