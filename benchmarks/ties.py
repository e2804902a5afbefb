"""The tie table from Ibis expressions, next to a hand-written query with the same columns."""

from __future__ import annotations

import time
from functools import partial

from benchmarks.figures import Figure, Place, figure
from benchmarks.measure import Run, call, in_turns, spread

TIMES_AT_MOST = 1.5
PEAK_MB_AT_MOST = 4_000.0
NEARLY_LINEAR = 1.2
"""Ten times the interactions may take this much more than ten times the time."""

_KINDS = ("reply", "mention", "quote", "boost", "favourite", "dm", "list_mention")
_COUNTED = ", ".join(f"count(*) FILTER (kind = '{kind}') AS n_{kind}" for kind in _KINDS)
_ADDED = ", ".join(f"sum(n_{kind})::BIGINT AS n_{kind}" for kind in _KINDS)

_QUIETLY = "SET enable_progress_bar = false"
BY_HAND = f"""
CREATE OR REPLACE TABLE by_hand AS
WITH days AS (
    SELECT source, target, happened_at::DATE AS day, {_COUNTED}, sum(weight_units)::BIGINT AS weight_units
    FROM interactions GROUP BY ALL
), marked AS (
    SELECT *, day IS NOT NULL AND n_reply + n_mention + n_quote + n_dm > 0 AS contact,
           day IS NOT NULL AND n_boost + n_favourite > 0 AS attention
    FROM days
)
SELECT source, target, count(*) FILTER (contact) AS days,
       min(day) FILTER (contact) AS first_day, max(day) FILTER (contact) AS last_day,
       {_ADDED}, count(*) FILTER (attention) AS attention_days,
       count(DISTINCT date_diff('day', DATE '1970-01-01', day) // 30) FILTER (contact) AS active_bins,
       sum(weight_units)::BIGINT AS weight_units
FROM marked GROUP BY source, target
"""


def measure(place: Place) -> list[Figure]:
    """Time against the query by hand at two sizes, memory at the larger one, and growth."""
    found: list[Figure] = []
    medians, peak = [], 0.0
    for size in place.sizes.interactions:
        path = str(place.folder / f"interactions-{size}.duckdb")
        call("synthetic", "write_interactions", path, size)
        pairs = in_turns(
            partial(call, "ties", "from_expressions", path),
            partial(call, "ties", "from_hand", path),
            place.sizes.times,
        )
        pairs_told, differing = call("ties", "compare", path).said.split()
        ratio = spread([_seconds(ours) / _seconds(by_hand) for ours, by_hand in pairs])
        seconds = spread([_seconds(ours) for ours, _ in pairs])
        measured = f"{ratio}× ({seconds} s); {int(pairs_told):,} ties, {differing} rows differ"
        met = ratio.median <= TIMES_AT_MOST and differing == "0"
        what = f"tie table from {size:,} interactions : SQL by hand, same rows"
        found.append(figure(what, f"≤ {TIMES_AT_MOST}×", measured, met))
        medians.append(seconds.median)
        peak = max(ours.peak_mb for ours, _ in pairs)
    fewer, more = place.sizes.interactions
    found.append(
        figure(
            f"tie table from {more:,} interactions: memory",
            f"< {PEAK_MB_AT_MOST / 1000:.0f} GB",
            f"{peak:,.0f} MB at its peak",
            peak < PEAK_MB_AT_MOST,
        )
    )
    growth, linear = medians[1] / medians[0], more / fewer
    what = f"tie table: time for {more:,} : time for {fewer:,}"
    target = f"≤ {NEARLY_LINEAR * linear:.0f}× (near linear)"
    return [*found, figure(what, target, f"{growth:.1f}×", growth <= NEARLY_LINEAR * linear)]


def _seconds(run: Run) -> float:
    """What the query took by its own word: to import Ibis takes longer than a million interactions."""
    return float(run.said)


def from_expressions(path: str) -> None:
    """Make the tie table as the program does; say how long, from expression to table."""
    import ibis

    from plnmap.ties import tie_days, ties

    backend = ibis.duckdb.connect(path)
    backend.raw_sql(_QUIETLY)
    interactions = backend.table("interactions")
    started = time.perf_counter()
    expression = ties(tie_days(interactions))
    backend.raw_sql(f"CREATE OR REPLACE TABLE ours AS {ibis.to_sql(expression, dialect='duckdb')}")
    print(time.perf_counter() - started)


def from_hand(path: str) -> None:
    """Make the tie table with the query by hand; say how long."""
    import duckdb

    with duckdb.connect(path) as connection:
        connection.execute(_QUIETLY)
        started = time.perf_counter()
        connection.execute(BY_HAND)
        print(time.perf_counter() - started)


def compare(path: str) -> None:
    """Say how many ties there are, and how many rows one table has and the other has not."""
    import duckdb

    from plnmap.model import Tie

    columns = ", ".join(Tie._fields)
    ours, by_hand = (f"SELECT {columns} FROM {name}" for name in ("ours", "by_hand"))
    with duckdb.connect(path) as connection:
        connection.execute(_QUIETLY)
        found = connection.execute(
            f"SELECT (SELECT count(*) FROM ours), (SELECT count(*) FROM ({ours} EXCEPT ALL {by_hand})) + "
            f"(SELECT count(*) FROM ({by_hand} EXCEPT ALL {ours}))"
        ).fetchone()
    assert found is not None
    print(*found)
