"""An export says the same in the same bytes, and nothing that people wrote breaks out of its cell."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.egos import egos
from plnmap.analysis.people import map_people
from plnmap.model import Follow
from plnmap.report.codebook import EXPORTED
from plnmap.schema import migrations
from tests.exports import ADA, ARCHIVE_A, BO, CY, contents, networks, read, silent, small_world, write
from tests.records import account, at, covered, filled, handle, in_memory, post, put, source

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
            with in_memory() as store, tempfile.TemporaryDirectory() as folder:
                for key, archive in order:
                    moment = datetime(2022, 1, 1 + turn, tzinfo=UTC)
                    imported = [
                        each._replace(imported_at=moment) if hasattr(each, "imported_at") else each
                        for each in archive
                    ]
                    put(store, *imported, origin=key)
                # One network is enough: that the tables do not differ is said of all of them.
                mapped = [map_people(store, ego, announce=silent) for ego in egos(store)[:1]]
                write(store, Path(folder), "csv", *mapped)
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


def test_the_manifest_says_what_the_tables_rest_on(tmp_path: Path) -> None:
    with filled(*small_world()) as store:
        write(store, tmp_path)
    about = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    files = {path.name for path in tmp_path.iterdir()} - {"manifest.json"}
    assert about["files"].keys() == files
    for name in files:
        assert about["files"][name]["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    for each in EXPORTED:
        assert about["files"][f"{each.name}.csv"]["rows"] == len(read(tmp_path, each.name))
    assert about["schema_version"] == len(migrations())
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
    # Where spreadsheets split at semicolons, quotation marks in the middle of a line do not hold them back.
    "a;=1": "a;'=1",
    "a; +1;@b": "a; '+1;'@b",
    'a;"=1': "a;\"'=1",
    'a;""\n-1': 'a;"" \'-1',
    ";＝1;": ";'＝1;",
    "a;b=1;c": "a;b=1;c",
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


texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.text(" \t\n\",;'=+-@＝a", max_size=8),
)


@settings(max_examples=2, deadline=None)
@given(st.lists(texts, min_size=20, max_size=60))
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
    signs = tuple("=+-@＝＋－＠")
    assert not any(cell.lstrip(" ").startswith(signs) for row in found for cell in row)
    # As a spreadsheet reads it where a comma is the sign of decimals: every semicolon begins a cell.
    halves = content.decode("utf-8").replace("\n", ";").split(";")
    assert not any(half.lstrip(' "').startswith(signs) for half in halves)
