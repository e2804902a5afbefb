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
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.egos import egos
from plnmap.analysis.people import Network, map_people
from plnmap.model import Coverage, DirectMessageDay, Follow, Handle, Table, table
from plnmap.report.codebook import EXPORTED, HEADINGS, KEPT, codebook, dictionary_page, unit
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
    "episodes": "ego, account, direction, kind, weight, confirmed, one_sided, mentoring_conversation, "
    "conversation, asked_post_id, asked_at, answer_post_id, answer_at, thanked_post_id, thanked_at",
    "acts": "post_id, author, act, object, score, rule",
    "roles": "ego, account, role, sure, agreement, n, unit, estimate, lo, hi, first_day, last_day, coverage",
    "functions": "ego, account, direction, function, score, lo, hi, n, status, reason",
    "labels": "ego, account, label, said_at, elicited",
    "events": "ego, day, precision, words",
    "links": "account, person",
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


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small world in every form: made once, because an export takes about a second."""
    folder = tmp_path_factory.mktemp("forms")
    with filled(*small_world()) as store:
        mapped = networks(store)
        for form in FORMATS:
            write(store, folder / form, form, *mapped)
    return folder


@pytest.fixture
def exported(forms: Path) -> Path:
    """The small world as CSV; for reading only."""
    return forms / "csv"


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


def test_the_posts_of_an_episode_are_found_among_the_interactions(exported: Path) -> None:
    (row,) = read(exported, "episodes")
    assert (row["account"], row["kind"], row["thanked_post_id"]) == (BO, "acknowledged", "10")
    assert (row["asked_post_id"], row["hours_to_answer"], row["confirmed"]) == ("", "", "true")
    assert row["thanked_post_id"] in {each["post_id"] for each in read(exported, "interactions")}


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


def test_what_is_not_dated_does_not_pass_for_the_latest(tmp_path: Path) -> None:
    old = account(ADA, "undated")._replace(seen_at=None)
    with filled(source(owner=ADA), old, Handle(ADA, "odd", None, None), handle(ADA, "ada")) as store:
        put(store, account(ADA, "dated", "2019-01-01"), origin=ARCHIVE_B)
        write(store, tmp_path)
    (row,) = read(tmp_path, "accounts")
    assert (row["display_name"], row["handle"]) == ("dated", "ada")


def test_a_handle_that_several_held_at_unknown_times_names_one_of_them(tmp_path: Path) -> None:
    held = [Handle(BO, "odd", None, None), Handle(CY, "odd", None, None)]
    answer = post("1", ADA, reply_to="twitter:@odd")
    with filled(source(owner=ADA), *held, answer, Follow(ADA, "twitter:@odd", None, None)) as store:
        write(store, tmp_path)
    assert [row["target"] for row in read(tmp_path, "interactions")] == [CY]
    assert [row["target"] for row in read(tmp_path, "follows")] == [CY]


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
    @settings(max_examples=2, deadline=None)
    @given(
        st.lists(st.lists(rows, min_size=1, max_size=6), min_size=2, max_size=3),
        st.randoms(),
    )
    def check(archives: list[list[Any]], chance: random.Random) -> None:
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
                write(store, Path(folder), "csv", *networks(store))
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


AS_WRITTEN = {
    "=1+1": "'=1+1",
    "+49": "'+49",
    "-x": "'-x",
    "@sum(1)": "'@sum(1)",
    "\t=1": "' =1",
    "\r\n@x": "' @x",
    "  =1": "'  =1",
    "＝1": "'＝1",
    "a=1": "a=1",
    "Ada, B.": "Ada, B.",
    'say "hi"': 'say "hi"',
    "two\nlines": "two lines",
    "\x1b[31mred\x9b": " [31mred ",
    "'=1": "'=1",
    "": "",
}


def test_a_spreadsheet_runs_nobodys_name_as_a_formula(tmp_path: Path) -> None:
    called = {f"twitter:{number}": name for number, name in enumerate(AS_WRITTEN, start=1)}
    with filled(source(owner=ADA), *(account(key, name) for key, name in called.items())) as store:
        write(store, tmp_path / "csv")
        write(store, tmp_path / "json", "json")
    lines = {called[row["account"]]: row["display_name"] for row in read(tmp_path / "csv", "accounts")}
    assert lines == AS_WRITTEN
    untouched = json.loads((tmp_path / "json" / "accounts.json").read_text("utf-8"))
    assert {row["account"]: row["display_name"] for row in untouched} == called


def test_numbers_below_zero_are_no_formulas(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        (network,) = networks(store)
        falling = network._replace(people=[network.people[0]._replace(trend=-1.5)])
        write(store, tmp_path, "csv", falling)
    assert read(tmp_path, "people")[0]["trend"] == "-1.5"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=5, deadline=None)
@given(st.lists(texts, min_size=1, max_size=20))
def test_no_text_can_break_out_of_its_cell(names: list[str]) -> None:
    people = [(f"twitter:{number}", name) for number, name in enumerate(names, start=1)]
    by_handle = [(f"twitter:{number}", name) for number, name in enumerate(names, start=101)]
    with (
        tempfile.TemporaryDirectory() as folder,
        filled(
            source(owner=ADA),
            *(account(key, name) for key, name in people),
            *(handle(key, name) for key, name in by_handle),
        ) as store,
    ):
        write(store, Path(folder))
        content = (Path(folder) / "accounts.csv").read_bytes()
        found = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    assert b"\r" not in content
    assert {len(row) for row in found} == {len(EXPORTED[0].columns)}
    assert len(found) == 1 + 2 * len(names)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in found for cell in row)


# --- other programs ------------------------------------------------------------------------------


@pytest.mark.parametrize("each", EXPORTED, ids=lambda each: each.name)
def test_all_forms_hold_the_same(each: Table, forms: Path) -> None:
    arrow = pq.read_table(forms / "parquet" / f"{each.name}.parquet")
    objects = json.loads((forms / "json" / f"{each.name}.json").read_text("utf-8"))
    lines = read(forms / "csv", each.name)
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


def test_pandas_and_duckdb_read_the_types(forms: Path) -> None:
    frame = pd.read_parquet(forms / "parquet" / "interactions.parquet")
    assert str(frame["at"].dtype).endswith("UTC]")
    assert frame["weight"].sum() == pytest.approx(1 + 0.4 + 0.4 + 0.4 + 1)
    ties = forms / "parquet" / "ties.parquet"
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{ties}'").fetchall()
    expected = next(each for each in EXPORTED if each.name == "ties")
    assert [(name, kind) for name, kind, *_ in described] == [
        (column.name, column.sql_type) for column in expected.columns
    ]


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


def test_the_pages_describe_every_table_of_the_file() -> None:
    page = (DOCS / "file-format.md").read_text("utf-8")
    with filled() as store:
        tables = {name for (name,) in store.rows("SELECT table_name FROM duckdb_tables()")}
        views = {name for (name,) in store.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    assert {name for name in tables | views if f"| `{name}` |" not in page} == set()
    assert {table(record).name for record in KEPT} == tables - {"computed", "schema_version"}
