"""Tables of acts, in CSV and Parquet."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.errors import BadData
from plnmap.model import Follow
from plnmap.sources import edges, open_source
from plnmap.sources.edges import parse_at
from tests.sources.builders import Read, read

NEW_YEAR = datetime(2020, 1, 1, tzinfo=UTC)


def table(tmp_path: Path, content: str, **options: Any) -> Read:
    path = tmp_path / "acts.csv"
    path.write_text(content)
    return read(path, **options)


def test_every_kind_becomes_what_it_is_elsewhere(tmp_path: Path) -> None:
    kinds = ["reply", "Mention", "quote", "retweet", "reblog", "like", "follow"]
    found = table(
        tmp_path,
        "Source,TARGET,kind,at\n" + "".join(f"12,@Bo,{kind},2020-01-01T00:00:00Z\n" for kind in kinds),
    )
    assert (found.kind, found.owner, len(found.posts)) == ("edges", None, 5)
    addressed = [(post.reply_to, post.mentions, post.quote_of, post.boost_of) for post in found.posts]
    bo = "twitter:@bo"
    assert addressed == [
        (bo, [], None, None),
        (None, [bo], None, None),
        (None, [], bo, None),
        (None, [], None, bo),
        (None, [], None, bo),
    ]
    assert {post.author for post in found.posts} == {"twitter:12"}
    assert {(post.text, post.authority, post.happened_at) for post in found.posts} == {(None, 1, NEW_YEAR)}
    (liked,) = found.reactions
    assert (liked.actor, liked.kind, liked.author, liked.happened_at) == (
        "twitter:12",
        "favourite",
        bo,
        NEW_YEAR,
    )
    assert found.follows == [Follow("twitter:12", bo, NEW_YEAR, NEW_YEAR)]


def test_keys_come_from_the_content(tmp_path: Path) -> None:
    rows = ["ada,bo,reply,2020-01-01T00:00:00Z\n", "ada,bo,reply,2020-01-01\n", "ada,cy,reply,\n"]
    first = table(tmp_path, "source,target,kind,at\n" + "".join(rows))
    again = table(
        tmp_path,
        "kind;target;source;at\n"
        + "".join("{2};{1};{0};{3}".format(*row.split(",")) for row in reversed(rows)),
    )
    assert {post.post for post in first.posts} == {post.post for post in again.posts}
    assert len({post.post for post in first.posts}) == 3


def test_rows_that_look_alike(tmp_path: Path) -> None:
    found = table(
        tmp_path, "source,target,kind,at\n" + "ada,bo,reply,2020-01-01\n" * 3 + "ada,bo,reply,\n" * 2
    )
    assert len({post.post for post in found.posts}) == 5
    found = table(tmp_path, "source,target,kind,at\n" + "ada,bo,reply,2020-01-01T10:00:00Z\n" * 3)
    assert len({post.post for post in found.posts}) == 1


def test_accounts_of_both_platforms(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "source,target,kind,platform\n"
        "ada@example.social,@bo@other.example,reply,\n"
        "mastodon:example.social:12,bo@other.example,reply,\n"
        "ada,twitter:34,reply,\n"
        "ada@example.social,bo@other.example,reply,Mastodon\n",
    )
    assert [(post.author, post.reply_to) for post in found.posts] == [
        ("mastodon:@ada@example.social", "mastodon:@bo@other.example"),
        ("mastodon:example.social:12", "mastodon:@bo@other.example"),
        ("twitter:@ada", "twitter:34"),
        ("mastodon:@ada@example.social", "mastodon:@bo@other.example"),
    ]


def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "source,target,kind,at\nada,bo,poke,\nada,[red],reply,\n,bo,reply,\nada,bo\n\nada,bo,reply,soon\nada,bo,reply,\n",
    )
    assert len(found.posts) == 1
    assert found.skipped == {
        "kind that is not known": 2,
        "source or target that is no account": 2,
        "date that cannot be read": 1,
    }


def test_parquet_and_csv_agree(tmp_path: Path) -> None:
    content = pa.table(
        {
            "Source": [12, 12, 12],
            "target": ["bo", "bo", None],
            "kind": ["reply", "like", "reply"],
            "at": pa.array([NEW_YEAR, None, NEW_YEAR], pa.timestamp("us", tz="UTC")),
        }
    )
    pq.write_table(content, tmp_path / "acts.parquet")
    found = read(tmp_path / "acts.parquet")
    same = table(
        tmp_path, "source,target,kind,at\n12,bo,reply,2020-01-01T00:00:00Z\n12,bo,like,\n12,,reply,\n"
    )
    assert (found.posts, found.reactions, found.skipped) == (same.posts, same.reactions, same.skipped)
    days = pa.table({"source": ["a"], "target": ["b"], "kind": ["reply"], "at": [date(2020, 1, 1)]})
    pq.write_table(days, tmp_path / "days.parquet")
    assert read(tmp_path / "days.parquet").posts[0].at_precision == "day"


def test_a_damaged_or_endless_parquet_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "acts.parquet"
    pq.write_table(pa.table({"source": ["a"] * 500, "target": ["b"] * 500, "kind": ["reply"] * 500}), path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    with pytest.raises(BadData, match="Parquet"):
        read(path)
    path.write_bytes(whole)
    monkeypatch.setattr(edges, "_PARQUET_ROWS_PER_BYTE", 0)
    with pytest.raises(BadData, match="far more rows"):
        read(path)


def test_a_table_may_be_collected_for_somebody(tmp_path: Path) -> None:
    found = table(
        tmp_path, "source,target,kind,at\nada,bo,reply,2020-01-01\nbo,ada,reply,2020-01-03\n", owner="ada"
    )
    row = found.covered("reply", "in")
    assert (row.state, row.first, row.last) == ("partial", NEW_YEAR, datetime(2020, 1, 3, tzinfo=UTC))


def test_a_large_table_comes_in_pages(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(
        "source,target,kind,at\n" + "".join(f"ada,bo,reply,{1_500_000_000 + n}\n" for n in range(9_000))
    )
    with open_source(path) as archive:
        assert [len(page.posts) for page in archive.pages()] == [4_000, 4_000, 1_000]


@pytest.mark.parametrize(
    ("at", "expected", "precision"),
    [
        ("2020-01-01", NEW_YEAR, "day"),
        ("2020-01-01T01:00:00+01:00", NEW_YEAR, "second"),
        ("1577836800", NEW_YEAR, "second"),
        ("1577836800.0", NEW_YEAR, "second"),
        ("1577836800000", NEW_YEAR, "second"),
        (datetime(2020, 1, 1), NEW_YEAR, "second"),  # noqa: DTZ001 - as Parquet holds it
        (date(2020, 1, 1), NEW_YEAR, "day"),
        (" ", None, None),
        (None, None, None),
    ],
)
def test_dates(at: str | date | None, expected: datetime | None, precision: str | None) -> None:
    assert parse_at(at) == (expected, precision)


@pytest.mark.parametrize("at", ["soon", "0000-00-00", "9999-01-01", "123", "20200101x", date(9999, 1, 1)])
def test_dates_that_cannot_be_read(at: str | date) -> None:
    with pytest.raises(ValueError, match="no date"):
        parse_at(at)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates(at: str) -> None:
    try:
        moment, precision = parse_at(at)
    except ValueError:
        return
    assert (moment is None) == (precision is None)


@pytest.mark.parametrize("kind", [None, "edges"])
@pytest.mark.parametrize(
    ("head", "lacks", "has"),
    [
        ("From,to,weight", "the columns source, target, kind", "from, to, weight"),
        ("source;kind;when", "the column target", "source, kind, when"),
        ('"id"\t"Source"', "the columns target, kind", "id, source"),
        ("a,b,c,d,e,f,g,h,i,j,k,l", "source, target, kind", "a, b, c, d, e, f, g, h, i, j, k, l"),
        ("a,b,c,d,e,f,g,h,i,j,k,l,m", "source, target, kind", "a, b, c, d, e, f, g, h, i, j, k, l …"),
    ],
)
def test_a_table_of_something_else_is_told_what_it_lacks(
    head: str, lacks: str, has: str, kind: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "friends.csv"
    path.write_text(f"{head}\n1,2,3\n")
    with pytest.raises(BadData, match=r"friends\.csv lacks") as caught, open_source(path, kind=kind):
        pass
    assert lacks in caught.value.message
    assert str(caught.value.hint).endswith(f"this one has {has}")
    assert "needs source, target, kind, and at" in str(caught.value.hint)


def test_a_parquet_of_something_else_is_told_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "friends.parquet"
    pq.write_table(pa.table({"Source": ["a"], "to": ["b"]}), path)
    with pytest.raises(BadData, match="lacks the columns target, kind") as caught, open_source(path):
        pass
    assert "this one has Source, to" in str(caught.value.hint)


@pytest.mark.parametrize(
    "content", ["hello world", '{"id": 1, "text": "x"}\n', "", "<a>, <b>", f"{'a' * 41},b"]
)
def test_what_is_no_table_is_not_taken_for_one(content: str, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(content)
    with pytest.raises(BadData, match="no archive, export or table"), open_source(path):
        pass
    with pytest.raises(BadData, match="no table of acts"), open_source(path, kind="edges"):
        pass
