"""Ties against counts done by hand, against a plain Python count, and on Spark against DuckDB."""

from __future__ import annotations

import os
import random
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.model import KINDS, DirectMessageDay, Interaction, Tie, TieDay
from plnmap.store import as_arrow
from plnmap.ties import tie_days, ties

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


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A small local Spark, where Java and pyspark are there."""
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'plnmap[spark]'")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("there is no Java for Spark to run on")
    session = (
        pyspark.sql.SparkSession.builder.master("local[2]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_tables_row_by_row(spark: Any, tmp_path: Any) -> None:
    import pyarrow.parquet

    rng = random.Random(7)
    kinds = sorted(set(KINDS) - {"dm"})
    rows = [
        act(
            rng.choice(kinds),
            f"a{rng.randrange(40)}",
            f"b{rng.randrange(60)}",
            noon(rng.randrange(4000)) if rng.random() < 0.97 else None,
            n,
        )
        for n in range(20_000)
    ]
    messages = [DirectMessageDay("a1", f"b{n}", date(2020, 1, 1), n + 1) for n in range(20)]
    for name, record, records in (("acts", Interaction, rows), ("messages", DirectMessageDay, messages)):
        batch = as_arrow(record, records)
        if record is Interaction:
            # To Spark a time without a zone is no moment: it wants to be told that this is UTC.
            moment = batch["happened_at"].cast(pa.timestamp("us", tz="UTC"))
            batch = batch.set_column(batch.schema.get_field_index("happened_at"), "happened_at", moment)
        pyarrow.parquet.write_table(batch, tmp_path / f"{name}.parquet")

    def tables(backend: Any) -> tuple[list[Any], list[Any]]:
        acts, counted = (
            backend.read_parquet(str(tmp_path / f"{name}.parquet")) for name in ("acts", "messages")
        )
        by_day = tie_days(acts, counted)
        daily, pairs = (
            backend.to_pyarrow(rows).to_pylist() for rows in (by_day, ties(by_day, date(1980, 1, 1)))
        )
        return (
            sorted((tuple(row[name] for name in TieDay._fields) for row in daily), key=repr),
            sorted((tuple(row[name] for name in Tie._fields) for row in pairs), key=repr),
        )

    duck = ibis.duckdb.connect()
    duck.raw_sql("SET TimeZone = 'UTC'")
    on_duckdb, on_spark = tables(duck), tables(ibis.pyspark.connect(spark))
    assert len(on_duckdb[0]) > 15_000
    assert on_spark == on_duckdb
