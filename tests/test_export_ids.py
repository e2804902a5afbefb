"""`export --ids-only`: what may be passed on holds nobody's handle, name or words."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from plnmap.cli import run
from plnmap.commands.importing import SAMPLE_MASTODON, sample_folder
from plnmap.model import Follow, Reaction
from plnmap.report.codebook import IDS
from plnmap.report.files import FORMATS, export_ids
from plnmap.store import Store, open_store
from tests.exports import ADA, ARCHIVE_B, BO, contents, read, silent, small_world, write
from tests.records import account, filled, handle, post, put, source


@pytest.fixture(scope="module")
def whole_sample(sample_pln: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented sample with the ego's archive from Mastodon, whose ids are addresses."""
    file = tmp_path_factory.mktemp("whole") / "pln.duckdb"
    shutil.copy(sample_pln, file)
    archive = sample_folder() / SAMPLE_MASTODON
    assert run(["import", str(archive), "-q", "--pln", str(file)]) == 0
    return file


@pytest.mark.parametrize("form", FORMATS)
def test_no_byte_of_the_sample_says_who_anybody_is_or_what_they_wrote(
    form: str, whole_sample: Path, tmp_path: Path
) -> None:
    with open_store(whole_sample) as store:
        rows, left_out = export_ids(store, tmp_path, form=form, announce=silent)
        said = personal(store)
    assert rows.keys() == {f"{each.name}.{form}" for each in IDS}
    assert min(rows.values()) > 100
    assert min(left_out.values()) > 0
    written = b"\n".join(contents(tmp_path).values()).decode("utf-8", "replace").lower()
    # Short ones are searched for as whole words: somebody may be called "on".
    words = set(re.findall(r"[\w.@-]+", written))
    assert len(said) > 5_000
    assert not {each for each in said if each in (words if len(each) < 6 else written)}


def personal(store: Store) -> set[str]:
    """Every handle, name, self-description, text and link in a file, in lower case."""
    kinds = (
        "SELECT handle FROM handles",
        "SELECT regexp_extract(author, ':@(.+)', 1) FROM posts",
        "SELECT regexp_extract(unnest(mentions), ':@(.+)', 1) FROM posts",
        "SELECT display_name FROM accounts",
        "SELECT bio FROM accounts",
        "SELECT text FROM posts",
        "SELECT unnest(links) FROM posts",
        "SELECT url FROM posts",
        "SELECT name FROM sources",
    )
    return {
        said.lower() for kind in kinds for (said,) in store.rows(f"SELECT DISTINCT * FROM ({kind})") if said
    }


def test_ids_are_all_there_and_each_once(tmp_path: Path) -> None:
    more = [
        Reaction(ADA, "favourite", "twitter:77", None, None, None, None),
        Follow(ADA, "twitter:66", None, None),
        post("10", ADA, "2020-01-01", reply_to=BO),
    ]
    with filled(*small_world(), *more) as store:
        put(store, source(ARCHIVE_B, BO), account("twitter:55", "Only seen"), origin=ARCHIVE_B)
        rows, left_out = export_ids(store, tmp_path, announce=silent)
    posts = [(row["platform"], row["post_id"]) for row in read(tmp_path, "ids_of_posts")]
    assert posts == [("twitter", number) for number in ("10", "11", "12", "13", "77")]
    known = [row["account_id"] for row in read(tmp_path, "ids_of_accounts")]
    assert known == ["1", "2", "55", "66"]
    assert rows == {"ids_of_posts.csv": 5, "ids_of_accounts.csv": 4}
    assert left_out == {"ids_of_posts": 0, "ids_of_accounts": 1}  # @cy


def test_what_counts_as_an_id(tmp_path: Path) -> None:
    kept = ["twitter:1600000000000000001", "mastodon:example.social:34"]
    left = [
        "mastodon:https://example.social/users/ada/statuses/1",
        "mastodon:@34@example.social",
        "twitter:@1234",
        "twitter:ada",
        "twitter:12a",
        "twitter:ada.example:12",
        "mastodon:34",
        "mastodon:ada@example.social:34",
        "twitter:",
    ]
    with filled(source(owner=ADA), *(post("1", ADA)._replace(post=key) for key in kept + left)) as store:
        _, left_out = export_ids(store, tmp_path, announce=silent)
    rows = read(tmp_path, "ids_of_posts")
    assert [f"{row['platform']}:{row['post_id']}" for row in rows] == sorted(kept)
    assert left_out["ids_of_posts"] == len(left)


def test_nothing_of_an_earlier_export_stays_beside_the_ids(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with filled(*small_world()) as store:
        write(store, tmp_path)
        export_ids(store, tmp_path, form="json", announce=silent)
        written = {"codebook.csv", "codebook.md", "manifest.json", "notes.txt"}
        written |= {"ids_of_accounts.json", "ids_of_posts.json"}
        assert contents(tmp_path).keys() == written
        # And the other way round.
        write(store, tmp_path)
        assert not {"ids_of_accounts.json", "ids_of_posts.json"} & contents(tmp_path).keys()


def test_the_manifest_names_no_owner_and_no_source(tmp_path: Path) -> None:
    with filled(source(owner="twitter:@ada", name="ada.zip"), handle("twitter:9", "ada")) as store:
        export_ids(store, tmp_path, announce=silent)
    about = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert about.keys() == {"made_by", "plnmap", "format", "left_out", "files"}
    # A hash may spell anything.
    assert b"ada" not in re.sub(rb'"sha256": "\w+"', b"", (tmp_path / "manifest.json").read_bytes())


def test_the_command_says_what_it_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with filled(*small_world(), path=tmp_path / "pln.duckdb"):
        pass
    into = ["--pln", str(tmp_path / "pln.duckdb"), "-o", str(tmp_path / "ids")]
    assert run(["export", "--ids-only", "--format", "parquet", *into]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "ids_of_posts.parquet" in told.err and "left out: 0 posts and 1 account," in told.err
    assert duckdb.sql(f"FROM '{tmp_path}/ids/ids_of_accounts.parquet'").fetchall() == [
        ("twitter", "1"),
        ("twitter", "2"),
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--ids-only", "--ego", "ada", "-o", "x"], "--ids-only does not take --ego"),
        (["--ids-only", "--as-of", "2020-01-01", "-o", "x"], "--ids-only does not take --as-of"),
        (["--ids-only"], "-o does not say where to"),
        (["--codebook", "--as-of", "2020-01-01"], "--codebook does not take --as-of"),
        (["--follows", "--format", "csv"], "--follows does not take --format"),
        (["--ids-only", "--follows", "-o", "x"], "--ids-only and --follows"),
        (["--ids-only", "--codebook", "--follows", "-o", "x"], "--ids-only and --codebook and --follows"),
    ],
)
def test_what_has_no_effect_is_refused_before_anything_is_opened(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", *asked]) == 2
    assert said in capsys.readouterr().err
