"""The export contract: its columns, its bytes, and what other programs read from it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.egos import egos
from plnmap.analysis.people import Network, map_people
from plnmap.commands.exporting import export, graph
from plnmap.errors import FileUnavailable, SeveralEgos, UsageError
from plnmap.model import Coverage, DirectMessageDay, Follow
from plnmap.report.codebook import EXPORTED, HEADINGS, codebook, dictionary_page, unit
from plnmap.report.files import FORMATS, export_files
from plnmap.schema import MIGRATIONS
from plnmap.store import Store, open_store
from tests.records import account, at, covered, filled, handle, post, put, source

DOCS = Path(__file__).parents[1] / "docs"
ADA, BO, CY = "twitter:1", "twitter:2", "twitter:3"
ARCHIVE_A, ARCHIVE_B = "a" * 64, "b" * 64

CONTRACT = {
    "accounts": "account, platform, handle, display_name, is_ego",
    "interactions": "platform, kind, source, source_handle, target, target_handle, at, at_precision, "
    "post_id, weight",
    "follows": "source, target, first_seen, last_seen",
    "ties": "source, target, source_handle, target_handle, days, first_day, last_day, n_reply, n_mention, "
    "n_quote, n_boost, n_favourite, attention_days",
    "people": "ego, account, handle, strength, strength_status, days_out, days_in, balance, balance_lo, "
    "balance_hi, balance_status, balance_label, roles",
    "coverage": "account, kind, direction, state, first, last, expected, got, reason",
    "sources": "source, name, kind, platform, owner, retrieved_at",
    "handles": "account, handle, first_seen, last_seen",
    "acts": "post_id, author, act, object, score, rule",
}


def small_world() -> list[tuple[Any, ...]]:
    """Ada's archive: she answers Bo by an old handle, names two people, boosts, and follows."""
    return [
        source(ARCHIVE_A, ADA),
        *covered(ADA),
        handle(ADA, "ada"),
        handle(BO, "bo_old", "2019-01-01", "2019-12-31"),
        handle(BO, "Bo", "2020-02-01", "2020-12-31"),
        account(ADA, "Ada L.", followers=10),
        account(BO, '=HYPERLINK("x")'),
        post("10", ADA, "2020-01-01", reply_to="twitter:@bo_old", text="thanks, that tip fixed it"),
        post("11", ADA, "2020-01-02", mentions=[BO, "twitter:@cy"]),
        post("12", ADA, "2020-01-03", at_precision="day", boost_of=BO),
        post("13", ADA, None, reply_to=BO),
        Follow(ADA, "twitter:@bo", at("2020-06-01"), at("2020-06-02")),
        Follow(ADA, BO, at("2020-05-01"), at("2020-06-01")),
    ]


def networks(store: Store, as_of: date | None = None) -> list[Network]:
    return [map_people(store, ego, as_of=as_of, announce=silent) for ego in egos(store)]


def silent(said: str) -> None:
    """Nobody listens."""


def write(store: Store, folder: Path, form: str = "csv", *mapped: Network, **options: Any) -> dict[str, int]:
    """Export, without people unless their networks are given: most tests are not about them."""
    return export_files(store, mapped, folder, form=form, announce=silent, **options)


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    with filled(*small_world()) as store:
        write(store, tmp_path / "out", "csv", *networks(store))
    return tmp_path / "out"


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_of_the_contract_come_first_and_in_order(name: str, exported: Path) -> None:
    promised = CONTRACT[name].split(", ")
    header = (exported / f"{name}.csv").read_text("utf-8").splitlines()[0].split(",")
    assert header[: len(promised)] == promised
    assert len(header) == len(set(header))


def test_an_interaction_as_a_reader_meets_it(exported: Path) -> None:
    found = {(row["kind"], row["post_id"], row["target"]): row for row in read(exported, "interactions")}
    # The reply went to a handle that was Bo's at the time; both are called what they are called today.
    reply = found["reply", "10", BO]
    assert (reply["source"], reply["source_handle"], reply["target_handle"]) == (ADA, "ada", "Bo")
    assert (reply["at"], reply["at_precision"], reply["weight"]) == ("2020-01-01T12:00:00Z", "second", "1.0")
    # 0.8 shared by two people.
    assert found["mention", "11", BO]["weight"] == found["mention", "11", "twitter:@cy"]["weight"] == "0.4"
    assert found["mention", "11", "twitter:@cy"]["target_handle"] == "cy"
    boost = found["boost", "12", BO]
    assert (boost["at"], boost["at_precision"], boost["weight"]) == ("2020-01-03", "day", "0.4")
    undated = found["reply", "13", BO]
    assert (undated["at"], undated["at_precision"]) == ("", "")
    assert len(found) == 5


def test_a_tie_adds_up_what_was_done(exported: Path) -> None:
    (tie,) = (row for row in read(exported, "ties") if row["target"] == BO)
    assert (tie["source_handle"], tie["target_handle"]) == ("ada", "Bo")
    # Days of contact: 1 and 2 January; the boost is attention, the undated reply has no day.
    assert (tie["days"], tie["first_day"], tie["last_day"]) == ("2", "2020-01-01", "2020-01-02")
    assert (tie["n_reply"], tie["n_mention"], tie["n_boost"], tie["attention_days"]) == ("2", "1", "1", "1")
    assert float(tie["weight"]) == 1 + 1 + 0.4 + 0.4


def test_follows_of_one_account_under_two_names_become_one(exported: Path) -> None:
    assert read(exported, "follows") == [
        {
            "source": ADA,
            "target": BO,
            "first_seen": "2020-05-01T12:00:00Z",
            "last_seen": "2020-06-02T12:00:00Z",
        }
    ]


def test_people_and_roles_are_those_of_the_analysis(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        (network,) = networks(store)
        write(store, tmp_path, "csv", network)
    people = network.people
    rows = {row["account"]: row for row in read(tmp_path, "people")}
    assert rows.keys() == {person.account for person in people}
    for person in people:
        row = rows[person.account]
        assert (row["ego"], row["roles"], row["days_in"]) == (ADA, person.roles, "")
        assert (row["balance"], row["balance_status"]) == ("", person.balance_status)
        assert row["strength"] == ("" if person.strength is None else repr(person.strength))


def test_every_account_that_is_named_can_be_looked_up(tmp_path: Path) -> None:
    more = [
        DirectMessageDay(ADA, "twitter:77", date(2020, 1, 1), 2),
        post("90", "twitter:88", text="thanks for the tip!", authority=1),
        Coverage("twitter:99", "reply", "out", "partial", None, None, None, None, "first page"),
    ]
    with filled(*small_world(), *more) as store:
        write(store, tmp_path, "csv", *networks(store))
    known = [row["account"] for row in read(tmp_path, "accounts")]
    assert len(known) == len(set(known))
    named = {row["account"] for name in ("people", "coverage", "handles") for row in read(tmp_path, name)}
    named |= {
        row[end]
        for name in ("interactions", "ties", "follows")
        for row in read(tmp_path, name)
        for end in ("source", "target")
    }
    named |= {row["author"] for row in read(tmp_path, "acts")} | {
        row["ego"] for row in read(tmp_path, "people")
    }
    named |= {row["owner"] for row in read(tmp_path, "sources")}
    assert {"twitter:77", "twitter:88", "twitter:99"} <= named <= set(known)


def test_an_owner_known_only_by_handle_is_the_account_that_holds_it(tmp_path: Path) -> None:
    with filled(source(ARCHIVE_A, "twitter:@ada"), handle(ADA, "Ada"), post("1", ADA)) as store:
        write(store, tmp_path)
    assert [row["owner"] for row in read(tmp_path, "sources")] == [ADA]
    (row,) = read(tmp_path, "accounts")
    assert (row["account"], row["handle"], row["is_ego"], row["has_archive"]) == (ADA, "Ada", "true", "true")


def test_somebody_elses_side_makes_no_ego(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        put(store, source(ARCHIVE_B, BO, other_side=True), *covered(BO), origin=ARCHIVE_B)
        write(store, tmp_path)
    marks = {row["account"]: (row["is_ego"], row["has_archive"]) for row in read(tmp_path, "accounts")}
    assert (marks[ADA], marks[BO], marks["twitter:@cy"]) == (
        ("true", "true"),
        ("false", "true"),
        ("false", "false"),
    )


def test_an_earlier_view_leaves_out_what_came_later_and_what_has_no_date(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        write(store, tmp_path, as_of=date(2020, 1, 1))
        assert [row["post_id"] for row in read(tmp_path, "interactions")] == ["10"]
        assert [row["weight"] for row in read(tmp_path, "ties")] == ["1.0"]
        assert {row["post_id"] for row in read(tmp_path, "acts")} <= {"10"}
        write(store, tmp_path, as_of=date.max)
        assert len(read(tmp_path, "interactions")) == 4


def test_a_file_with_nothing_in_it_exports_headers(tmp_path: Path) -> None:
    with filled() as store:
        rows = write(store, tmp_path)
    assert set(rows.values()) == {0}
    assert all(len((tmp_path / name).read_bytes().splitlines()) == 1 for name in rows)


# --- bytes ---------------------------------------------------------------------------------------

keys = st.sampled_from([ADA, BO, CY, "twitter:@ada", "twitter:@bo"])
days = st.integers(1, 5).map(lambda day: f"2020-03-0{day}")
names = st.sampled_from([None, "Ada", "=1+1", "Bö\n", '"', "\x1b[31m"])
rows = st.one_of(
    st.builds(
        lambda number, author, day, **fields: post(number, author, day, **fields),
        st.integers(1, 5),
        keys,
        st.one_of(st.none(), days),
        reply_to=st.one_of(st.none(), keys),
        boost_of=st.one_of(st.none(), keys),
        mentions=st.lists(keys, max_size=2),
        text=st.sampled_from(["thanks for the tip", "have you tried it?", "x"]),
        authority=st.integers(1, 2),
    ),
    st.builds(handle, st.sampled_from([ADA, BO, CY]), st.sampled_from(["ada", "Ada", "bo"]), days, days),
    st.builds(account, keys, names, days),
    st.builds(lambda one, two, day: Follow(one, two, at(day), None), keys, keys, days),
    keys.map(lambda key: covered(key)[0]),
)


def test_the_order_of_imports_does_not_show() -> None:
    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(st.lists(rows, min_size=1, max_size=6), min_size=2, max_size=3),
        st.sampled_from(list(FORMATS)),
        st.randoms(),
    )
    def check(archives: list[list[Any]], form: str, chance: random.Random) -> None:
        numbered = [
            (str(number) * 64, [source(str(number) * 64, key, imported_at=None), *archive])
            for number, (key, archive) in enumerate(zip([ADA, BO, None], archives, strict=False))
        ]
        shuffled = [(key, chance.sample(archive, len(archive))) for key, archive in numbered]
        results = []
        for turn, order in enumerate((numbered, chance.sample(shuffled, len(shuffled)))):
            with open_store(None) as store, tempfile.TemporaryDirectory() as folder:
                for key, archive in order:
                    moment = datetime(2022, 1, 1 + turn, tzinfo=UTC)
                    imported = [
                        each._replace(imported_at=moment) if hasattr(each, "imported_at") else each
                        for each in archive
                    ]
                    put(store, *imported, origin=key)
                write(store, Path(folder), form, *networks(store))
                results.append(contents(Path(folder)))
        assert results[0] == results[1]

    check()


def test_an_export_repeats_byte_by_byte_and_says_nothing_of_the_clock_or_the_place(tmp_path: Path) -> None:
    with filled(*small_world(), path=tmp_path / "one.duckdb") as store:
        write(store, tmp_path / "one")
    with filled(*small_world(), path=tmp_path / "two.duckdb") as store:
        write(store, tmp_path / "two")
        write(store, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    everything = b"".join(contents(tmp_path / "one").values())
    assert b"2022-01-01" not in everything  # imported_at
    assert str(tmp_path).encode() not in everything


def test_the_manifest_says_what_the_tables_rest_on(exported: Path) -> None:
    about = json.loads((exported / "manifest.json").read_text("utf-8"))
    files = {path.name for path in exported.iterdir()} - {"manifest.json"}
    assert about["files"].keys() == files
    for name in files:
        assert about["files"][name]["sha256"] == hashlib.sha256((exported / name).read_bytes()).hexdigest()
    for each in EXPORTED:
        assert about["files"][f"{each.name}.csv"]["rows"] == len(read(exported, each.name))
    assert about["schema_version"] == len(MIGRATIONS)
    assert [ego["t0"] for ego in about["egos"]] == ["2021-01-01T12:00:00Z"]
    assert [each["source"] for each in about["sources"]] == [ARCHIVE_A]
    assert len(about["settings"]["digest"]) == 12
    assert about["data_version"]


# --- other people's words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@sum(1)", "'@sum(1)"),
        ("\t=1", "' =1"),
        ("\r\n@x", "' @x"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("Ada, B.", "Ada, B."),
        ('say "hi"', 'say "hi"'),
        ("two\nlines", "two lines"),
        ("\x1b[31mred\x9b", " [31mred "),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_nobodys_name_as_a_formula(name: str, written: str, tmp_path: Path) -> None:
    with filled(source(owner=ADA), account(ADA, name)) as store:
        write(store, tmp_path / "csv")
        write(store, tmp_path / "json", "json")
    (row,) = read(tmp_path / "csv", "accounts")
    assert row["display_name"] == written
    (untouched,) = json.loads((tmp_path / "json" / "accounts.json").read_text("utf-8"))
    assert untouched["display_name"] == name


def test_numbers_below_zero_are_no_formulas(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        (network,) = networks(store)
        falling = network._replace(people=[network.people[0]._replace(trend=-1.5)])
        write(store, tmp_path, "csv", falling)
    assert read(tmp_path, "people")[0]["trend"] == "-1.5"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_no_text_can_break_out_of_its_cell(name: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        filled(source(owner=ADA), account(ADA, name), handle(BO, name)) as store,
    ):
        write(store, Path(folder))
        content = (Path(folder) / "accounts.csv").read_bytes()
        found = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    assert b"\r" not in content
    assert {len(row) for row in found} == {len(EXPORTED[0].columns)}
    assert len(found) == 3
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in found for cell in row)


# --- other programs ------------------------------------------------------------------------------


@pytest.mark.parametrize("each", EXPORTED, ids=lambda each: each.name)
def test_all_forms_hold_the_same(each: Any, tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        for form in FORMATS:
            write(store, tmp_path / form, form, *networks(store))
    arrow = pq.read_table(tmp_path / "parquet" / f"{each.name}.parquet")
    objects = json.loads((tmp_path / "json" / f"{each.name}.json").read_text("utf-8"))
    lines = read(tmp_path / "csv", each.name)
    assert tuple(arrow.column_names) == each.names
    assert len(lines) == arrow.num_rows == len(objects)
    for line, typed, loose in zip(lines, arrow.to_pylist(), objects, strict=True):
        assert tuple(loose) == each.names
        for column in each.columns:
            name = column.name
            if typed[name] is None:
                assert (line[name], loose[name]) == ("", None)
                assert column.nullable
            elif column.sql_type == "DOUBLE":
                assert float(line[name]) == typed[name] == loose[name]
            elif column.sql_type == "TIMESTAMP":
                assert line[name] == loose[name]
                moment = datetime.fromisoformat(line[name]).replace(tzinfo=UTC)
                assert typed[name].tzinfo is not None
                assert moment == typed[name] or (
                    len(line[name]) == 10 and moment.date() == typed[name].date()
                )
            elif column.sql_type == "VARCHAR":
                assert typed[name] == loose[name] and line[name] in (typed[name], f"'{typed[name]}")
            else:
                assert line[name] == str(typed[name]).lower() == str(loose[name]).lower()


def test_pandas_and_duckdb_read_the_types(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        write(store, tmp_path, "parquet")
    frame = pd.read_parquet(tmp_path / "interactions.parquet")
    assert str(frame["at"].dtype).endswith("UTC]")
    assert frame["weight"].sum() == pytest.approx(1 + 0.4 + 0.4 + 0.4 + 1)
    path = str(tmp_path / "ties.parquet")
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    expected = next(each for each in EXPORTED if each.name == "ties")
    assert [(name, kind) for name, kind, *_ in described] == [
        (column.name, column.sql_type) for column in expected.columns
    ]


# --- the folder ----------------------------------------------------------------------------------


def test_files_of_others_stay_and_earlier_exports_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with filled(*small_world()) as store:
        write(store, tmp_path, "csv")
        write(store, tmp_path, "parquet")
    names = {path.name for path in tmp_path.iterdir()}
    assert "people.parquet" in names and "people.csv" not in names
    assert {"codebook.csv", "codebook.md", "manifest.json", "notes.txt"} <= names
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["people.csv", "manifest.json", "codebook.md"])
def test_a_file_that_no_export_made_is_not_overwritten(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("[1]")
    with filled(*small_world()) as store, pytest.raises(UsageError, match=name):
        write(store, tmp_path)
    assert contents(tmp_path) == {name: b"[1]"}


def test_a_manifest_cannot_make_an_export_delete_other_files(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    folder = tmp_path / "out"
    folder.mkdir()
    listed = {"../victim.txt": {}, "notes.txt": {}}
    (folder / "notes.txt").write_text("x")
    (folder / "manifest.json").write_text(json.dumps({"made_by": "plnmap export", "files": listed}))
    with filled() as store:
        write(store, folder)
    assert victim.exists() and (folder / "notes.txt").exists()


def test_an_interrupted_export_leaves_no_half_file_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(*small_world()) as store:
        write(store, tmp_path)
        before = contents(tmp_path)
        put(store, source(ARCHIVE_B, BO), post("50", BO, reply_to=ADA), origin=ARCHIVE_B)

        def stop(form: str) -> list[tuple[str, ...]]:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("plnmap.report.files.codebook", stop)
            with pytest.raises(KeyboardInterrupt):
                write(store, tmp_path)
        assert contents(tmp_path) == before
        # A killed process cannot clean up after itself: the next export does, in a folder half made.
        (tmp_path / "manifest.json").unlink()
        (tmp_path / ".plnmap-export").mkdir()
        (tmp_path / ".plnmap-export" / "people.csv").write_text("half a f")
        write(store, tmp_path)
    assert contents(tmp_path).keys() == before.keys()
    assert contents(tmp_path) != before


def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with filled() as store, pytest.raises(FileUnavailable, match="file"):
        write(store, tmp_path / "file")


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Every write to this device fails as on a full disk.
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    mkdir = Path.mkdir

    def mkdir_and_link(path: Path, *args: Any, **options: Any) -> None:
        mkdir(path, *args, **options)
        if path.name == ".plnmap-export":
            (path / "interactions.csv").symlink_to("/dev/full")

    monkeypatch.setattr(Path, "mkdir", mkdir_and_link)
    with filled(*small_world()) as store, pytest.raises(FileUnavailable) as told:
        write(store, tmp_path)
    assert told.value.exit_code == 7
    assert told.value.hint == "free some space and try again"
    assert not list(tmp_path.iterdir())


def test_a_folder_with_quotation_marks_in_its_name(tmp_path: Path) -> None:
    with filled() as store:
        write(store, tmp_path / 'it\'s a "test"; DROP TABLE posts')
        assert store.rows("SELECT count(*) FROM posts") == [(0,)]
    assert (tmp_path / 'it\'s a "test"; DROP TABLE posts' / "people.csv").exists()


# --- the codebook --------------------------------------------------------------------------------


def test_the_codebook_describes_every_column_that_is_written(exported: Path) -> None:
    with (exported / "codebook.csv").open(encoding="utf-8", newline="") as file:
        header, *described = csv.reader(file)
    assert tuple(header) == HEADINGS
    by_file: dict[str, list[str]] = {}
    for row in described:
        assert all(row[:3]) and row[5]
        by_file.setdefault(row[0], []).append(row[1])
    assert by_file == {
        f"{name}.csv": (exported / f"{name}.csv").read_text("utf-8").splitlines()[0].split(",")
        for name in CONTRACT
    }


def test_units_are_read_from_the_meanings() -> None:
    units = {(each.name, column.name): unit(column) for each in EXPORTED for column in each.columns}
    assert units["people", "days_out"] == "days"
    assert units["people", "strength"] == "0 to 1"
    assert units["people", "response_hours"] == "hours"
    assert units["accounts", "followers"] == "accounts"
    assert units["follows", "first_seen"] == "UTC"
    assert units["people", "handle"] == ""
    assert {column[2] for column in codebook()} <= {
        "text",
        "whole number",
        "number",
        "true or false",
        "time",
        "day",
    }


def test_the_data_dictionary_is_not_stale() -> None:
    # To renew it: python -m plnmap.report.codebook > docs/data-dictionary.md
    assert (DOCS / "data-dictionary.md").read_text("utf-8") == dictionary_page()


def test_the_file_format_names_every_table() -> None:
    page = (DOCS / "file-format.md").read_text("utf-8")
    with filled() as store:
        found = store.rows(
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() "
            "WHERE NOT internal"
        )
    assert {name for (name,) in found} >= {"posts", "resolutions", "schema_version"}
    assert [name for (name,) in found if f"`{name}`" not in page] == []


# --- the commands --------------------------------------------------------------------------------


@pytest.fixture
def pln(tmp_path: Path) -> Path:
    with filled(*small_world(), path=tmp_path / "pln.duckdb"):
        pass
    return tmp_path / "pln.duckdb"


def run(command: Any, *arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=True)


def add_a_second_ego(file: Path) -> None:
    with open_store(file) as store:
        put(store, source(ARCHIVE_B, BO), *covered(BO), post("50", BO, reply_to=ADA), origin=ARCHIVE_B)


def test_export_says_what_it_wrote(pln: Path, tmp_path: Path) -> None:
    done = run(export, "--pln", pln, "-o", tmp_path / "new" / "out")
    assert done.exit_code == 0, done.exception
    assert done.stdout == ""
    assert "5  " in done.stderr and "interactions.csv" in done.stderr
    assert run(export, "--pln", pln, "-o", tmp_path / "out", "-q").stderr == ""
    assert contents(tmp_path / "out") == contents(tmp_path / "new" / "out")


def test_export_takes_all_egos_or_one(pln: Path, tmp_path: Path) -> None:
    add_a_second_ego(pln)
    assert run(export, "--pln", pln, "-o", tmp_path / "all").exit_code == 0
    assert run(export, "--pln", pln, "-o", tmp_path / "one", "--ego", "@bo").exit_code == 0
    assert {row["ego"] for row in read(tmp_path / "all", "people")} == {ADA, BO}
    assert {row["ego"] for row in read(tmp_path / "one", "people")} == {BO}
    assert read(tmp_path / "all", "interactions") == read(tmp_path / "one", "interactions")


def test_export_needs_a_folder(pln: Path) -> None:
    done = run(export, "--pln", pln)
    assert done.exit_code == 2
    assert "-o" in done.output


def test_graph_without_a_file_tells_the_shape(pln: Path) -> None:
    done = run(graph, "--pln", pln, "-q")
    assert done.exit_code == 0, done.exception
    assert done.stdout.splitlines() == [
        "@ada · 2 people, 2 ties",
        "  both ways     0 of 2 pairs are seen in both directions",
        "  reciprocity   not observable: 1 of 3 people needed are seen from their own side",
    ]


def test_reciprocity_is_told_where_three_sides_are_seen(pln: Path) -> None:
    add_a_second_ego(pln)
    third = [source("c" * 64, CY, other_side=True), *covered(CY), post("60", CY, reply_to=ADA)]
    with open_store(pln) as store:
        put(store, *third, origin="c" * 64)
    done = run(graph, "--pln", pln, "-q", "--ego", "ada")
    # Ada ↔ Bo and Cy → Ada among the three: two of three ties are returned. Ada named @cy by a
    # handle that nobody is known to hold, so that tie leads elsewhere.
    assert "0.67 of the ties among 3 people" in done.stdout
    assert "1 of 3 pairs are seen in both directions" in done.stdout


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".json"])
def test_graph_writes_a_file(suffix: str, pln: Path, tmp_path: Path) -> None:
    done = run(graph, "--pln", pln, "-o", tmp_path / f"pln{suffix}")
    assert done.exit_code == 0, done.exception
    assert "3 nodes, 2 edges" in done.stderr
    assert (tmp_path / f"pln{suffix}").stat().st_size > 200


def test_graph_refuses_an_unknown_format_before_it_opens_anything(tmp_path: Path) -> None:
    done = run(graph, "--pln", tmp_path / "absent.duckdb", "-o", tmp_path / "pln.png")
    assert isinstance(done.exception, UsageError)
    assert "pln.png" in done.exception.message


def test_graph_into_a_folder_that_is_not_there(pln: Path, tmp_path: Path) -> None:
    done = run(graph, "--pln", pln, "-o", tmp_path / "absent" / "pln.gexf")
    assert isinstance(done.exception, FileUnavailable)


def test_graph_of_several_egos_asks_which(pln: Path) -> None:
    add_a_second_ego(pln)
    done = run(graph, "--pln", pln)
    assert isinstance(done.exception, SeveralEgos)
