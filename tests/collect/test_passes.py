"""How a task goes on from page to page and from pass to pass, by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plnmap.collect.passes import CIRCLE, LEFT_OUT, MOST_PAGES, after_page, begin_pass, called_for
from plnmap.model import Task
from plnmap.sources.live import End, Limits, Stream, Taken, new_task
from plnmap.sources.page import Page

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
POSTS = Stream("own posts", "posts", (("reply", "out"),), 10)
CAPPED = POSTS._replace(cap=20)
LIST = Stream("who follows", "follows", (("follow", "in"),), 10, snapshot=True)
NO_LIMITS = Limits()


def day(number: int) -> datetime:
    """So many days before noon."""
    return NOON - timedelta(days=number)


def first(expected: int | None = None) -> Task:
    """A task whose first page is just coming."""
    return new_task("collected:a", "posts", "1", "a", 0, expected)._replace(began_at=NOON)


def again(task: Task, days_later: int = 10) -> Task:
    """The next pass, so many days later, whose first page is just coming."""
    return begin_pass(task)._replace(began_at=NOON + timedelta(days=days_later))


def page(
    cursor: str | None, newest: str | None, oldest: datetime | None, items: int = 10, end: End | None = None
) -> Taken:
    return Taken(Page(""), cursor, newest, items, end or (None if cursor else "complete"), oldest=oldest)


def take(task: Task, *pages: Taken, stream: Stream = POSTS, limits: Limits = NO_LIMITS) -> Task:
    for each in pages:
        task = after_page(task, each, stream, limits)
    return task


def test_a_first_pass_goes_back_to_the_beginning() -> None:
    half = take(first(), page("b", "90", day(5)))
    assert (half.state, half.cursor, half.newest, half.first, half.last) == (
        "running",
        "b",
        "90",
        day(5),
        NOON,
    )
    done = take(half, page(None, "80", day(9), items=3))
    assert (done.state, done.cursor, done.newest, done.got, done.pages) == ("complete", None, "90", 13, 2)
    assert (done.first, done.last, done.reason, done.rest) == (day(9), NOON, "", None)


def test_a_later_pass_joins_the_one_before() -> None:
    before = take(first(), page(None, "90", day(9)))
    begun = again(before)
    assert (begun.since, begun.newest, begun.state) == ("90", None, "waiting")
    half = take(begun, page("b", "120", day(-8)))
    # Until the two meet, only what was covered is.
    assert (half.first, half.last) == (day(9), NOON)
    done = take(half, page(None, "95", day(-1)))
    assert (done.first, done.last, done.newest) == (day(9), day(-10), "120")
    nothing = take(again(done, 20), page(None, None, None, items=0))
    assert (nothing.first, nothing.last) == (day(9), day(-20))
    assert begin_pass(nothing).since == "120"


def test_a_later_pass_that_does_not_reach_the_one_before_leaves_a_gap() -> None:
    before = take(first(), page(None, "90", day(9)))
    capped = page(None, "500", day(-3), items=20)
    short = take(again(before), capped, stream=CAPPED)
    assert (short.state, short.reason) == ("partial", "the platform gives only the 20 most recent")
    # The longer stretch is the one that is covered, 9 days against 7; what is newest is newest all the same.
    assert (short.first, short.last, short.newest) == (day(9), NOON, "500")
    long = take(again(before, 30), capped, stream=CAPPED)
    assert (long.first, long.last) == (day(-3), day(-30))


def test_a_cap_is_no_end() -> None:
    assert take(first(), page(None, "9", day(3), items=18), stream=CAPPED).state == "partial"
    assert take(first(), page(None, "9", day(3), items=17), stream=CAPPED).state == "complete"
    assert take(first(20), page(None, "9", day(3), items=20), stream=CAPPED).state == "complete"
    assert take(first(21), page(None, "9", day(3), items=3), stream=CAPPED).state == "partial"


def test_what_was_left_out_is_gone_on_with_once_it_is_wanted() -> None:
    ten = Limits(max_posts=10)
    cut = take(first(), page("b", "90", day(5)), limits=ten)
    assert (cut.state, cut.rest, cut.reason) == ("partial", "b", "the 10 most recent, as asked")
    assert (cut.first, cut.last) == (day(5), NOON)
    still = take(again(cut), page(None, "95", day(-1), items=2), limits=ten)
    assert (still.state, still.rest, still.reason, still.newest) == ("partial", "b", LEFT_OUT, "95")
    further = take(again(still, 20), page(None, None, None, items=0))
    assert (further.state, further.cursor, further.since, further.newest) == ("running", "b", None, "95")
    done = take(further, page(None, "60", day(40)))
    assert (done.state, done.rest, done.first, done.last) == ("complete", None, day(40), day(-20))
    assert begin_pass(done).since == "95"


def test_a_later_pass_that_is_cut_short_is_gone_through_again() -> None:
    before = take(first(), page(None, "90", day(9)))
    cut = take(again(before), page("c", "120", day(-8)), limits=Limits(max_posts=10))
    assert cut.state == "partial"
    assert begin_pass(cut).since == "90"


def test_nothing_older_than_asked() -> None:
    limits = Limits(since=day(4))
    cut = take(first(), page("b", "90", day(4)), limits=limits)
    assert (cut.state, cut.rest) == ("partial", "b")
    assert take(first(), page("b", "90", day(3)), limits=limits).state == "running"
    # A platform that was asked for no more cannot tell whether there is more.
    unknown = take(first(), page(None, "90", day(3)), limits=limits)
    assert (unknown.state, unknown.rest) == ("partial", "")
    wide = take(again(unknown), page(None, None, None, items=0))
    assert (wide.state, wide.cursor) == ("running", None)


def test_a_list_counts_anew_in_each_pass() -> None:
    done = take(first(), page("b", None, None), page(None, None, None, items=2), stream=LIST)
    assert (done.got, done.first, done.last) == (12, NOON, NOON)
    fewer = take(again(done), page(None, None, None, items=7), stream=LIST)
    assert (fewer.got, fewer.pass_items, fewer.first, fewer.last) == (7, 7, NOON, day(-10))


def test_who_is_gone_or_hidden_ends() -> None:
    for end in ("gone", "refused", "hidden"):
        done = take(first(), page(None, None, None, items=0, end=end))
        assert (done.state, done.last) == (end, None)


@given(st.integers(0, 40), st.integers(1, 40))
def test_a_circle_is_found_wherever_it_begins(tail: int, length: int) -> None:
    task, pages = first(), 0
    while task.state in ("waiting", "running"):
        number = pages + 1
        cursor = number if number < tail else tail + (number - tail) % length
        task = take(task, page(f"c{cursor}", str(pages), None))
        pages += 1
    assert (task.state, task.reason) == ("partial", CIRCLE)
    assert pages <= 2 * max(tail, length) + length + 2


def test_a_page_that_comes_again_under_another_cursor_is_a_circle() -> None:
    one = take(first(), page("b", "90", day(5)))
    assert take(one, page("c", "90", day(5))).reason == CIRCLE
    assert take(one, page("c", "90", day(6))).state == "running"


def test_a_list_without_end_has_one() -> None:
    nearly = first()._replace(pass_pages=MOST_PAGES - 2)
    assert take(nearly, page("b", "1", None)).state == "running"
    assert take(nearly, page("b", "1", None), page("c", "0", None)).state == "partial"


def test_a_task_is_called_for_again_where_more_is_expected() -> None:
    wanted = first(3)._replace(began_at=None)
    assert called_for(None, wanted) == wanted
    done = wanted._replace(state="complete", got=3, newest="7")
    assert called_for(done, wanted) is None
    more = called_for(done, wanted._replace(expected=4))
    assert more is not None
    assert (more.state, more.since, more.expected) == ("waiting", "7", 4)
    # One that is open keeps its place, or takes the better one.
    ahead = called_for(wanted._replace(rank=5, state="running", cursor="b"), wanted)
    assert ahead is not None
    assert (ahead.rank, ahead.cursor) == (0, "b")
    gone = wanted._replace(state="gone")
    assert called_for(done, gone._replace(expected=9)) is None
