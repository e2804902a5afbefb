"""Ties against counts done by hand and a plain Python count; and the way there, on Spark as on DuckDB."""

from __future__ import annotations

import os
import random
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.interactions import interactions
from plnmap.model import KINDS, DirectMessageDay, Interaction, Post, Reaction, Tie, TieDay
from plnmap.store import as_arrow
from plnmap.ties import tie_days, ties
from tests.records import at, post

CONTACT = {kind.name for kind in KINDS.values() if kind.group == "contact"}


def act(kind: str, source: str, target: str, when: datetime | None, number: int = 0) -> Interaction:
    """One interaction; only what ties look at matters."""
    units = KINDS[kind].weight_tenths * 60
    return Interaction("twitter", kind, source, target, when, "second", f"twitter:{number}", units)


def table(rows: list[Any], record: type[Any] = Interaction) -> Any:
    """Records as an Ibis table in memory."""
    return ibis.memtable(as_arrow(record, rows))


def computed(rows: list[Interaction], as_of: date | None = None) -> dict[tuple[str, str], Tie]:
    """Ties of these interactions, by pair."""
    found = ties(tie_days(table(rows)), as_of).to_pyarrow().to_pylist()
    return {(row["source"], row["target"]): Tie(**row) for row in found}


def noon(day: int) -> datetime:
    """Noon of a day counted from 1970-01-01."""
    return datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)


def test_one_pair_by_hand() -> None:
    rows = [
        act("reply", "a", "b", noon(0)),
        act("reply", "a", "b", noon(0)),
        act("mention", "a", "b", noon(29)),
        act("quote", "a", "b", noon(30)),
        act("boost", "a", "b", noon(31)),
        act("favourite", "a", "b", None),
    ]
    expected = Tie(
        source="a",
        target="b",
        days=3,
        first_day=date(1970, 1, 1),
        last_day=date(1970, 1, 31),
        n_reply=2,
        n_mention=1,
        n_quote=1,
        n_boost=1,
        n_favourite=1,
        n_dm=0,
        n_list_mention=0,
        attention_days=1,
        active_bins=2,
        weight_units=2 * 600 + 480 + 480 + 240 + 120,
    )
    assert computed(rows) == {("a", "b"): expected}


def test_attention_alone_is_no_contact() -> None:
    (tie,) = computed([act("boost", "a", "b", noon(5)), act("favourite", "a", "b", noon(6))]).values()
    assert (tie.days, tie.first_day, tie.last_day, tie.attention_days, tie.active_bins) == (
        0,
        None,
        None,
        2,
        0,
    )


def test_undated_acts_count_but_have_no_day() -> None:
    (tie,) = computed([act("reply", "a", "b", None), act("reply", "a", "b", None)]).values()
    assert (tie.n_reply, tie.days, tie.first_day) == (2, 0, None)


def test_an_earlier_view_leaves_out_what_came_later_and_what_is_undated() -> None:
    rows = [
        act("reply", "a", "b", noon(1)),
        act("reply", "a", "b", noon(9)),
        act("favourite", "a", "b", None),
    ]
    (tie,) = computed(rows, as_of=date(1970, 1, 9)).values()
    assert (tie.n_reply, tie.n_favourite, tie.last_day) == (1, 0, date(1970, 1, 2))


def test_direct_messages_join_the_days() -> None:
    acts = table([act("reply", "a", "b", noon(3))])
    messages = table(
        [DirectMessageDay("a", "b", date(1970, 1, 4), 5), DirectMessageDay("b", "a", date(1970, 1, 4), 1)],
        DirectMessageDay,
    )
    found = tie_days(acts, messages).order_by(["source", "day"]).to_pyarrow().to_pylist()
    assert [
        (row["source"], row["day"].day, row["n_reply"], row["n_dm"], row["weight_units"]) for row in found
    ] == [
        ("a", 4, 1, 5, 600 + 5 * 600),
        ("b", 4, 0, 1, 600),
    ]


def test_no_interactions_no_ties() -> None:
    empty = ibis.memtable(as_arrow(Interaction, [act("reply", "a", "b", noon(1))]).slice(0, 0))
    assert ties(tie_days(empty)).to_pyarrow().num_rows == 0


interaction = st.builds(
    act,
    kind=st.sampled_from(sorted(set(KINDS) - {"dm"})),
    source=st.sampled_from("ab"),
    target=st.sampled_from("cd"),
    when=st.one_of(st.none(), st.integers(0, 200).map(noon)),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(interaction, min_size=1, max_size=40))
def test_ties_agree_with_a_plain_count(rows: list[Interaction]) -> None:
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    pairs = set()
    for row in rows:
        pairs.add((row.source, row.target))
        if row.kind in CONTACT and row.happened_at:
            days[row.source, row.target].add(row.happened_at.date())
    found = computed(rows)
    assert set(found) == pairs
    for pair, tie in found.items():
        seen = sorted(days[pair])
        assert tie.days == len(seen)
        assert (tie.first_day, tie.last_day) == ((seen[0], seen[-1]) if seen else (None, None))
        assert tie.active_bins == len({(day - date(1970, 1, 1)).days // 30 for day in seen})
        assert tie.weight_units == sum(row.weight_units for row in rows if (row.source, row.target) == pair)


def test_the_order_of_interactions_does_not_matter() -> None:
    rows = [
        act(kind, "a", "b", noon(n * 7 % 90))
        for n, kind in enumerate(["reply", "boost", "quote", "mention"] * 9)
    ]
    assert computed(rows) == computed(random.Random(2).sample(rows, len(rows)))


# --- Spark ---------------------------------------------------------------------------------------

NAMES = [f"twitter:{number}" for number in range(12)] + ["twitter:@ada", "twitter:@bo", "twitter:@nobody"]
RESOLUTIONS = [
    {"reference": "twitter:@ada", "account": "twitter:1", "valid_from": None, "valid_to": None},
    {"reference": "twitter:@bo", "account": "twitter:2", "valid_from": None, "valid_to": at("2020-01-15")},
    {"reference": "twitter:@bo", "account": "twitter:3", "valid_from": at("2020-01-15"), "valid_to": None},
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A small local Spark, where Java and pyspark are there."""
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'plnmap[spark]'")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("there is no Java for Spark to run on")
    session = (
        pyspark.sql.SparkSession.builder.master("local[1]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        # To compile each query takes longer than to run it over so few rows.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        # A machine far from Greenwich: whatever takes its clock for UTC lands on another day. A process as
        # short as this one gains nothing from Java's better compiler, nor from its parallel collector.
        .config(
            "spark.driver.extraJavaOptions",
            "-Duser.timezone=Pacific/Auckland -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        )
        .getOrCreate()
    )
    yield session
    session.stop()


def some_posts(chance: random.Random) -> Iterator[Post]:
    """Two thousand posts of every sort, at noon and at either edge of a day."""
    for number in range(2_000):
        day = chance.choice([None, *(f"2020-01-{day:02}" for day in range(1, 32))])
        when = at(day, chance.choice(["00:00:00", "12:00:00", "23:59:59"])) if day else None
        to = dict.fromkeys(chance.sample(["reply_to", "quote_of", "boost_of"], chance.choice([0, 1, 1, 2])))
        yield post(
            number,
            chance.choice(NAMES),
            day,
            **{name: chance.choice(NAMES) for name in to},
            boost_of_post=f"twitter:{chance.randrange(400)}" if "boost_of" in to else None,
            mentions=chance.sample(NAMES, chance.choice([0, 0, 1, 2, 3, 5, 6])),
            authority=chance.choice([0, 1, 2, 2]),
        )._replace(happened_at=when)


def some_reactions(chance: random.Random) -> Iterator[Reaction]:
    """Favourites and boosts; the author of what was liked is named, or in the posts, or unknown."""
    for number in range(0, 2_400, 3):
        kind, author = chance.choice(["favourite", "boost"]), chance.choice([None, *NAMES])
        yield Reaction(chance.choice(NAMES), kind, f"twitter:{number}", author, None, None, None)


def write_zoned(rows: pa.Table, path: Path) -> None:
    """A Parquet file whose times are marked as UTC: to Spark a time without a zone is no moment."""
    for number, field in enumerate(rows.schema):
        if pa.types.is_timestamp(field.type):
            zoned = rows[field.name].cast(pa.timestamp("us", tz="UTC"))
            rows = rows.set_column(number, field.name, zoned)
    pq.write_table(rows, path)


@pytest.mark.filterwarnings("ignore")
def test_from_posts_to_ties_spark_gives_the_same_rows(spark: Any, tmp_path: Path) -> None:
    chance = random.Random(7)
    messages = [DirectMessageDay("twitter:1", name, date(2020, 1, 1), 3) for name in NAMES[2:]]
    tables = {
        "posts": as_arrow(Post, list(some_posts(chance))),
        "reactions": as_arrow(Reaction, list(some_reactions(chance))),
        "resolutions": pa.Table.from_pylist(RESOLUTIONS),
        "messages": as_arrow(DirectMessageDay, messages),
    }
    for name, rows in tables.items():
        write_zoned(rows, tmp_path / f"{name}.parquet")

    def computed_on(backend: Any) -> list[list[tuple[Any, ...]]]:
        posts, reactions, resolutions, messages = (
            backend.read_parquet(str(tmp_path / f"{name}.parquet")) for name in tables
        )
        # Each is computed once, from what the same engine made of the one before.
        acts = interactions(posts, reactions, resolutions).cache()
        by_day = tie_days(acts, messages).cache()
        return [
            sorted((tuple(map(plain, map(row.get, record._fields))) for row in rows), key=repr)
            for record, rows in (
                (Interaction, backend.to_pyarrow(acts).to_pylist()),
                (TieDay, backend.to_pyarrow(by_day).to_pylist()),
                (Tie, backend.to_pyarrow(ties(by_day, date(2020, 1, 20))).to_pylist()),
            )
        ]

    def plain(value: Any) -> Any:
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value

    duck = ibis.duckdb.connect()
    duck.raw_sql("SET TimeZone = 'UTC'")
    on_duckdb, on_spark = computed_on(duck), computed_on(ibis.pyspark.connect(spark))
    acts, by_day, pairs = on_duckdb
    assert {Interaction(*row).kind for row in acts} == set(KINDS) - {"dm"}
    assert {TieDay(*row).day for row in by_day} == {None, *(date(2020, 1, day) for day in range(1, 32))}
    assert min(len(acts), len(by_day), len(pairs)) > 100
    assert on_spark == on_duckdb
