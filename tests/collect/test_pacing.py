"""How fast a platform is asked: never above its limit, and hardly below it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.sources.pacing import Bucket, Pace, read_limits, retry_after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACCOUNT = Bucket("account", 300, 300)
PAGED = Bucket("paged", 300, 900)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def run(pace: Pace, buckets: tuple[Bucket, ...], requests: int, seconds_each: float) -> list[datetime]:
    """Send requests as fast as the pace lets; the moments at which they went out."""
    now, sent = NOON, []
    for _ in range(requests):
        while (wait := pace.wait(buckets, now)) > 0:
            now += timedelta(seconds=wait)
        pace.sent(buckets, now)
        sent.append(now)
        now += timedelta(seconds=seconds_each)
    return sent


@pytest.mark.parametrize("seconds_each", [0.0, 0.2, 0.9])
def test_a_limit_is_used_and_never_exceeded(seconds_each: float) -> None:
    sent = run(Pace(), (ACCOUNT,), 1_500, seconds_each)
    for first, last in zip(sent, sent[300:], strict=False):
        assert last - first >= timedelta(seconds=300)
    # Five windows of 300 each need four waits; the fifth window is spent as it begins.
    took = (sent[-1] - sent[0]).total_seconds()
    assert 1_200 <= took <= 1_200 + 300 * seconds_each


def test_the_tighter_of_two_limits_holds() -> None:
    sent = run(Pace(), (ACCOUNT, PAGED), 600, 0.0)
    assert sent[299] == NOON
    assert sent[300] == after(900)


@given(st.lists(st.floats(0, 40), min_size=1, max_size=200), st.integers(1, 9), st.integers(1, 200))
def test_no_stretch_of_time_holds_more_than_the_limit(pauses: list[float], limit: int, seconds: int) -> None:
    bucket, pace, now, sent = Bucket("any", limit, seconds), Pace(), NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        wait = pace.wait((bucket,), now)
        assert 0 <= wait <= seconds
        now += timedelta(seconds=wait)
        assert pace.wait((bucket,), now) == 0
        pace.sent((bucket,), now)
        sent.append(now)
    assert all(
        last - first >= timedelta(seconds=seconds) for first, last in zip(sent, sent[limit:], strict=False)
    )
    assert all(first <= last for first, last in pairwise(sent))


def test_what_the_server_has_left_counts_more_than_what_we_sent() -> None:
    pace = Pace()
    pace.sent((ACCOUNT,), NOON)
    pace.told((ACCOUNT,), {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-20T12:01:40Z"}, NOON)
    assert pace.wait((ACCOUNT,), NOON) == 101
    assert pace.wait((ACCOUNT,), after(100)) == 1
    assert pace.wait((ACCOUNT,), after(101)) == 0


def test_what_is_left_is_counted_down_between_answers() -> None:
    pace = Pace()
    pace.told((ACCOUNT,), {"X-RateLimit-Remaining": "2", "X-RateLimit-Reset": "60"}, NOON)
    for _ in range(2):
        assert pace.wait((ACCOUNT,), NOON) == 0
        pace.sent((ACCOUNT,), NOON)
    assert pace.wait((ACCOUNT,), NOON) == 61


def test_a_server_may_allow_more_than_is_usual() -> None:
    pace = Pace()
    pace.told((ACCOUNT,), {"X-RateLimit-Limit": "7500"}, NOON)
    assert len(set(run(pace, (ACCOUNT,), 7_500, 0.0))) == 1


def test_numbers_of_the_long_limit_are_not_taken_for_the_short_one() -> None:
    pace = Pace()
    said = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-20T12:10:00Z"}
    pace.told((ACCOUNT, PAGED), said, NOON)
    assert pace.wait((ACCOUNT,), NOON) == 0
    assert pace.wait((PAGED,), NOON) == 601


def test_no_reset_lies_further_ahead_than_the_window_is_long() -> None:
    pace = Pace()
    said = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2031-01-01T00:00:00Z"}
    pace.told((ACCOUNT,), said, NOON)
    assert pace.wait((ACCOUNT,), NOON) == 301


def test_a_clock_that_is_set_back_holds_nobody_up() -> None:
    pace = Pace()
    run(pace, (ACCOUNT,), 300, 0.0)
    assert pace.wait((ACCOUNT,), NOON - timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("2026-11-20T12:00:30Z", 30),
        ("2026-11-20T12:00:30.500Z", 30.5),
        ("2026-11-20T13:00:30+01:00", 30),
        ("1795176030", 30),
        ("1795176030000", 30),
        ("30", 30),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30),
        ("2026-11-20T11:00:00Z", -3_600),
    ],
)
def test_resets_come_in_many_forms(reset: str, seconds: float) -> None:
    assert read_limits({"x-rate-limit-reset": reset}, NOON).resets_at == after(seconds)


@pytest.mark.parametrize("skew_hours", [-30, -1, 5, 20_000])
def test_a_clock_that_is_off_changes_no_wait(skew_hours: int) -> None:
    theirs = NOON + timedelta(hours=skew_hours)
    headers = {
        "Date": f"{theirs:%a, %d %b %Y %H:%M:%S} GMT",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": (theirs + timedelta(seconds=90)).isoformat(),
    }
    assert retry_after(headers, NOON) == 90
    pace = Pace()
    pace.told((ACCOUNT,), headers, NOON)
    assert pace.wait((ACCOUNT,), NOON) == 91


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_headers_may_say_anything(reset: str, remaining: str, date: str) -> None:
    headers = {
        "X-RateLimit-Reset": reset,
        "X-RateLimit-Remaining": remaining,
        "X-RateLimit-Limit": remaining,
        "Retry-After": reset,
        "Date": date,
    }
    waits = retry_after(headers, NOON)
    assert waits is None or waits >= 0
    pace = Pace()
    pace.told((ACCOUNT,), headers, NOON)
    assert 0 <= pace.wait((ACCOUNT,), NOON) <= 301


@pytest.mark.parametrize(
    "odd", ["nan", "inf", "-inf", "1e400", "-5", "٣٠", "9999-12-31T23:59:59Z", "0001-01-01"]
)
def test_odd_moments_are_survived(odd: str) -> None:
    for headers in (
        {"Retry-After": odd},
        {"X-RateLimit-Reset": odd, "Date": "Mon, 01 Jan 0001 00:00:00 GMT"},
    ):
        waits = retry_after(headers, NOON)
        assert waits is None or waits >= 0
