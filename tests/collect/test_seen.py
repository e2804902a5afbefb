"""What tasks show: coverage, and the same file in whatever order pages land."""

from __future__ import annotations

import random
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from plnmap.collect.keeping import keep_page, put_tasks
from plnmap.collect.passes import OPEN, after_page, called_for
from plnmap.collect.seen import GOES_ON, NOT_ASKED_AGAIN, NOT_YET, Tally, coverage_of
from plnmap.model import Coverage, Task
from plnmap.sources.live import PARTS, Answer, Live, Stream, Taken
from plnmap.store import open_store
from tests.collect.platforms import content, staged

MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
STREAMS: Final = {
    "posts": Stream("own posts", "posts", (("reply", "out"),), 10),
    "likers": Stream("who liked", "favourites", (("favourite", "in"),), 10, subjects_from="posts"),
}


def tally(
    state: str, stream: str = "posts", *, settled: bool = False, reason: str = "", seen: bool = True
) -> Tally:
    first, last = (MAY, JUNE) if seen else (None, None)
    return Tally("a", stream, state, settled, reason, 1, first, last, 5, 4 if seen else 0)


def told(*tallies: Tally) -> Coverage:
    return coverage_of(tallies, STREAMS)[-1]


@pytest.mark.parametrize(
    ("one", "state", "reason"),
    [
        (tally("complete"), "complete", ""),
        (tally("partial", reason="a cap"), "partial", "a cap"),
        (tally("partial", reason="unreadable", seen=False), "none", "unreadable"),
        (tally("hidden", reason="kept to itself", seen=False), "hidden", "kept to itself"),
        (tally("refused", reason="not allowed", seen=False), "none", "not allowed"),
        (tally("gone", reason="suspended"), "partial", "suspended"),
        (tally("waiting", seen=False), "none", NOT_YET),
        (tally("running"), "partial", GOES_ON),
        (tally("running", settled=True), "complete", ""),
        (tally("waiting", settled=True, reason="a cap"), "partial", "a cap"),
    ],
)
def test_the_state_of_a_task_is_the_state_of_what_it_covers(one: Tally, state: str, reason: str) -> None:
    row = coverage_of([one], STREAMS)[0]
    assert (row.account, row.kind, row.direction, row.state, row.reason) == (
        "a",
        "reply",
        "out",
        state,
        reason,
    )
    shown = state in ("complete", "partial")
    assert (row.first, row.last) == ((MAY, JUNE) if shown else (None, None))
    assert (row.expected, row.got) == (5, 4 if shown else None)


def test_pages_about_posts_are_all_there_only_if_the_posts_are() -> None:
    done = tally("complete", "likers")
    assert told(tally("complete"), done).state == "complete"
    assert told(tally("partial", reason="a cap"), done).state == "partial"
    assert told(tally("complete"), done, tally("waiting", "likers", seen=False)).state == "partial"
    # Where all posts are there, and none was liked, that nobody did is known.
    (_, none_liked) = coverage_of([tally("complete")], STREAMS)
    assert (none_liked.kind, none_liked.state, none_liked.got) == ("favourite", "complete", 0)
    assert coverage_of([], STREAMS) == []


def test_what_shows_nothing_is_not_partial_because_its_posts_are_there() -> None:
    refused = tally("refused", "likers", reason="private", seen=False)
    row = told(tally("complete"), refused)
    assert (row.state, row.reason, row.got) == ("none", "private", None)
    assert told(tally("complete"), refused, tally("complete", "likers")).state == "partial"


def test_what_old_posts_get_later_is_claimed_only_where_the_platform_tells_of_it() -> None:
    """A second run asks for new posts alone, so it knows of new acts towards old ones only by being told."""
    again = tally("complete")._replace(again=True)
    done = tally("complete", "likers")
    assert told(again, done).state == "complete"
    silent = STREAMS | {"likers": STREAMS["likers"]._replace(notices_later=False)}
    assert coverage_of([tally("complete"), done], silent)[-1].state == "complete"
    for tallies in ([again, done], [again]):
        row = coverage_of(tallies, silent)[-1]
        assert (row.state, row.reason) == ("partial", NOT_ASKED_AGAIN)


@pytest.mark.parametrize("reason", ["", "a cap"])
@pytest.mark.parametrize(
    ("posts", "searches", "whole"),
    [
        (tally("complete"), [], True),
        (tally("complete"), [tally("complete", "searches")], True),
        (tally("complete"), [tally("partial", "searches", seen=False)], False),
        (tally("complete"), [tally("waiting", "searches", seen=False)], False),
        (tally("partial", reason="a cap"), [tally("complete", "searches")], False),
        (tally("complete")._replace(again=True), [tally("complete", "searches")], False),
    ],
)
def test_a_list_that_another_completes_is_whole_only_with_it(
    posts: Tally, searches: list[Tally], whole: bool, reason: str
) -> None:
    """Posts that name the account are all there; of answers those that do not name it are searched for."""
    both = (("reply", "in"), ("mention", "in"))
    streams = {
        "posts": STREAMS["posts"],
        "mentions": Stream("posts that name", "notifications", both, 10),
        "searches": STREAMS["likers"]._replace(
            covers=(), notices_later=False, completes={both[0]: "not found"}
        ),
    }
    mentions = tally("partial" if reason else "complete", "mentions", reason=reason)
    out, answers, named = coverage_of([posts, mentions, *searches], streams)
    assert (out.kind, named.state, named.reason) == ("reply", mentions.state, reason)
    assert (answers.first, answers.last, answers.got) == (named.first, named.last, named.got)
    told = (named.state, reason) if whole else ("partial", f"{reason}; not found".removeprefix("; "))
    assert (answers.state, answers.reason) == told
    # What shows nothing does not become part of something.
    (_, answers, _) = coverage_of([posts, tally("refused", "mentions", seen=False), *searches], streams)
    assert (answers.state, answers.reason) == ("none", "")


Landed = tuple[Task, Task, Taken, Answer]


def all_pages(live: Live) -> dict[tuple[str, str, str], list[Landed]]:
    """Every page of a collection, by task, without a file."""
    tasks = {task[:3]: task for task in live.first_tasks("ego", frozenset(PARTS))}
    pages: dict[tuple[str, str, str], list[Landed]] = {}
    while open_ones := [task for task in tasks.values() if task.state in OPEN]:
        task = open_ones[0]
        answer = live.ask(task)
        task = task._replace(began_at=task.began_at or answer.received_at)
        taken = live.read(task, answer)
        tasks[task[:3]] = after_page(task, taken, live.streams[task.stream], live.limits)
        pages.setdefault(task[:3], []).append((open_ones[0], tasks[task[:3]], taken, answer))
        for wanted in taken.tasks:
            if (kept := called_for(tasks.get(wanted[:3]), wanted)) is not None:
                tasks[wanted[:3]] = kept
    return pages


@pytest.mark.parametrize("platform", ["mastodon", "twitter"])
def test_pages_may_land_in_any_order(platform: str, tmp_path: Path) -> None:
    with staged(platform) as stage, stage.live() as live:
        pages = all_pages(live)
        first = live.first_tasks("ego", frozenset(PARTS))
        files = []
        for seed in (None, 1):
            file = tmp_path / f"{seed}.duckdb"
            waiting = [deque(each) for each in pages.values()]
            chance = random.Random(seed)
            with open_store(file, create=True) as store:
                with store.transaction():
                    put_tasks(store, first)
                while waiting:
                    chosen = waiting[0] if seed is None else chance.choice(waiting)
                    asked, after, taken, answer = chosen.popleft()
                    keep_page(
                        store,
                        live,
                        asked,
                        after,
                        taken,
                        answer.received_at,
                        answer,
                        lambda store, tasks: None,
                    )
                    waiting = [each for each in waiting if each]
                with store.transaction():
                    store.join_parents()
            files.append(content(file))
    for found in files:
        # What is read first is paid for at its price: the only thing that depends on the order.
        del found["spending"]
    assert files[0] == files[1]
