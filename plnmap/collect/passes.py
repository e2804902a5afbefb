"""How tasks go on: pure functions from a task and what a page gave to the task after it.

A *pass* goes through the pages of a task once, from the newest item back: in the
first one to the beginning, in each later one to where the newest had been. A pass
that is cut short (the user asked for no more, or a page cannot be read) leaves the
`rest`: the cursor at which a later run may go on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from plnmap.model import Task
from plnmap.sources.live import End, Limits, Stream, Taken

OPEN: Final = ("waiting", "running")
"""States of tasks that have pages to be asked for."""

MOST_PAGES: Final = 20_000
"""Pages of one pass: more than the longest list there is, at the least page size there is."""

CAP_REACHED: Final = 0.9
"""Share of a platform's cap that counts as all of it: what was deleted counts against the cap, too."""

FROM_THE_TOP: Final = ""
"""The `rest` where no cursor leads to it: all is asked for again."""

CIRCLE: Final = "the platform's pages go in a circle"
_AS_ASKED: Final = ", as asked"
LEFT_OUT: Final = f"older ones were left out{_AS_ASKED}"


def begin_pass(task: Task) -> Task:
    """A finished task as it is before the first page of another pass."""
    return task._replace(
        state="waiting",
        cursor=None,
        since=task.newest or task.since,
        newest=None,
        began_at=None,
        pass_items=0,
        pass_pages=0,
        pass_oldest=None,
        mark=None,
    )


def called_for(known: Task | None, wanted: Task) -> Task | None:
    """A follow-up as it is to be kept; None where nothing changes.

    Parameters
    ----------
    known
        The task of that key in the file, if there is one.
    wanted
        What a page calls for.

    Examples
    --------
    >>> from plnmap.sources.live import new_task
    >>> task = new_task("collected:twitter:1", "likers", "7", "twitter:1", 3, expected=2)
    >>> finished = task._replace(state="complete", newest="88", got=2)
    >>> called_for(finished, task) is None
    True
    >>> called_for(finished, task._replace(expected=5)).since
    '88'
    """
    if known is None:
        return wanted
    more = wanted.expected is not None and (known.expected is None or wanted.expected > known.expected)
    if known.state in OPEN:
        wanted_now = known._replace(
            rank=min(known.rank, wanted.rank),
            expected=known.expected if wanted.expected is None else wanted.expected,
        )
        return wanted_now if wanted_now != known else None
    if not more or wanted.state not in OPEN:
        return None
    return begin_pass(known)._replace(expected=wanted.expected)


def after_page(task: Task, taken: Taken, stream: Stream, limits: Limits) -> Task:
    """A task after one more page; `task.began_at` is set.

    Parameters
    ----------
    task
        As it was when the page was asked for.
    taken
        What the page gave.
    stream
        The stream of the task.
    limits
        What the user does not want.
    """
    oldest = _least(task.pass_oldest, taken.oldest)
    after = task._replace(
        state="running",
        cursor=taken.cursor,
        newest=task.newest or taken.newest,
        pass_oldest=oldest,
        expected=task.expected if taken.expected is None else taken.expected,
        got=taken.items + (0 if stream.snapshot and task.pass_pages == 0 else task.got),
        pages=task.pages + 1,
        pass_items=task.pass_items + taken.items,
        pass_pages=task.pass_pages + 1,
    )
    if task.since is None and not stream.snapshot and oldest is not None:
        after = after._replace(first=_least(task.first, oldest), last=task.began_at)
    end, reason, rest = _how_it_ends(task, after, taken, stream, limits)
    if end is None:
        # A circle comes back to one of the cursors marked at pages 1, 2, 4, 8 … (Brent 1980).
        marks = after.pass_pages & (after.pass_pages - 1) == 0
        return after._replace(mark=taken.cursor if marks else task.mark)
    ended = end_pass(after, end, reason, rest, stream)
    if ended.rest is not None and task.since is not None and end == "complete":
        return _go_further_back(ended, stream, limits)
    return ended


def end_pass(task: Task, end: End, reason: str, rest: str | None, stream: Stream) -> Task:
    """A task at the end of a pass.

    Parameters
    ----------
    task
        As it is after the last page of the pass.
    end
        How it ends.
    reason
        Why it is not complete.
    rest
        Where a later run may go on with what was left.
    stream
        The stream of the task.
    """
    done = task._replace(state=end, cursor=None, mark=None, reason=reason)
    if end not in ("complete", "partial"):
        return done
    if task.since is None:
        left, newest = rest, task.newest
    else:
        # What lies between this pass and the one before is asked for again, by a pass that gets there.
        left, newest = task.rest, None if rest is not None else task.newest or task.since
    first, last = _window(task, end, stream)
    return done._replace(
        state="partial" if left is not None else end,
        newest=newest,
        rest=left,
        first=first,
        last=last,
        reason=reason or (LEFT_OUT if left is not None else ""),
    )


def _how_it_ends(
    task: Task, after: Task, taken: Taken, stream: Stream, limits: Limits
) -> tuple[End | None, str, str | None]:
    """How a task ends with a page, why, and where what is left begins; None where it goes on."""
    if taken.end == "complete" and taken.cursor is None and _is_capped(after, stream):
        return "partial", f"the platform gives only the {stream.cap:,} most recent", None
    if taken.end is not None or taken.cursor is None:
        end = taken.end or "complete"
        if (
            limits.since is not None
            and task.since is None
            and end in ("complete", "partial")
            and after.pass_oldest
        ):
            # The platform may have been asked for no more than that.
            return "partial", _since(limits.since), taken.cursor or FROM_THE_TOP
        return end, taken.reason, taken.cursor
    if _repeats(task, taken):
        return "partial", CIRCLE, None
    if after.pass_pages >= MOST_PAGES:
        return "partial", "it has more pages than any list should", None
    reason = _enough(after, stream, limits)
    return ("partial", reason, taken.cursor) if reason else (None, "", None)


def _is_capped(task: Task, stream: Stream) -> bool:
    """Whether a pass ended because the platform gives no more, and not because there is no more."""
    if stream.cap is None:
        return False
    if task.since is None and task.expected is not None:
        return task.expected > stream.cap
    return task.pass_items >= CAP_REACHED * stream.cap


def _repeats(task: Task, taken: Taken) -> bool:
    """Whether a page brings us back to where the pass has been."""
    if taken.cursor in (task.cursor, task.mark):
        return True
    if task.pass_pages == 0 or taken.newest is None or taken.newest != task.newest:
        return False
    return taken.oldest is not None and task.pass_oldest is not None and taken.oldest >= task.pass_oldest


def _enough(task: Task, stream: Stream, limits: Limits) -> str:
    """Why the user wants no more of a task; empty where they do."""
    taken = task.got if task.since is None else task.pass_items
    if stream.part == "posts" and limits.max_posts is not None and taken >= limits.max_posts:
        return f"the {limits.max_posts:,} most recent{_AS_ASKED}"
    if limits.since is not None and task.pass_oldest is not None and task.pass_oldest <= limits.since:
        return _since(limits.since)
    return ""


def as_asked(task: Task) -> bool:
    """Whether what a task lacks is what the user did not want."""
    return task.reason.endswith(_AS_ASKED)


def _since(moment: datetime) -> str:
    return f"since {moment:%Y-%m-%d}{_AS_ASKED}"


def _go_further_back(task: Task, stream: Stream, limits: Limits) -> Task:
    """A task whose newest items are all there goes on with the oldest, if the user wants them by now."""
    further = task._replace(since=None, pass_items=task.got, pass_oldest=task.first)
    if _enough(further, stream, limits):
        return task
    return further._replace(state="running", cursor=task.rest or None, rest=None, reason="")


def _window(task: Task, end: End, stream: Stream) -> tuple[datetime | None, datetime | None]:
    """From when to when a task has all there is, or all that the platform gives."""
    if stream.snapshot:
        return (task.first or task.began_at if end == "complete" else task.first), task.began_at
    reached = task.pass_oldest or task.began_at
    if task.since is None or task.first is None or task.last is None or reached is None:
        return _least(task.first, reached), task.began_at
    if end == "complete" or reached <= task.last or task.began_at is None:
        return task.first, task.began_at
    # It did not come as far as the pass before: between the two lies a gap.
    longer = task.began_at - reached > task.last - task.first
    return (reached, task.began_at) if longer else (task.first, task.last)


def _least(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((when for when in (one, other) if when is not None), default=None)
