"""Collecting from a platform: task by task, page by page, until nothing is left or something stops it.

Where a collection stands is written in the table `tasks` and nowhere else. Each page
lands with its cursor, or not at all, so that a process that is killed at any
moment is gone on with by the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Final

from plnmap.collect.agenda import Agenda
from plnmap.collect.keeping import (
    keep_page,
    put_by,
    put_coverage,
    put_tasks,
    spent,
    take_back,
    tasks_like,
    tasks_to_do,
)
from plnmap.collect.known import known_already
from plnmap.collect.parents import PARENTS, tasks_of_parents
from plnmap.collect.passes import OPEN, after_page, as_asked, begin_pass, end_pass
from plnmap.collect.refused import refused_before
from plnmap.collect.shared_file import SharedFile
from plnmap.collect.wanted import ALTERS, Progress, Wanted, account_of, streams_of
from plnmap.errors import BadData, CredentialsError, SourceUnreachable, StoppedByLimit
from plnmap.model import Task
from plnmap.sources.live import ALTERS_RANK, Alter, Answer, End, Live, Taken, new_task
from plnmap.sources.page import Page
from plnmap.store import Store, open_store

UNREACHABLE_IN_A_ROW: Final = 3
"""One list may be out of order while the others are not; so many in a row, and it is the server."""


@dataclass
class _Run:
    """One run: what it works with, and what adds up."""

    file: SharedFile
    live: Live
    wanted: Wanted
    choose: Callable[[Store], Sequence[Alter]]
    also: Callable[[Store], None]
    on_page: Callable[[Page], None]
    tell: Callable[[Progress], None]
    agree: Callable[[float | None], float | None]
    pages: int = 0
    rows: int = 0
    dollars: float = 0.0
    task: Task | None = None
    agenda: Agenda = field(init=False)
    opened: int = 0
    aside: dict[Task, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    resumed: bool = False
    in_a_row: int = 0
    compared: bool = False
    left_open: list[Task] = field(default_factory=list)
    sent_before: int = field(init=False)

    def __post_init__(self) -> None:
        self.sent_before = self.live.connection.sent

    def look(self, store: Store) -> None:
        """Read from the file what is to be done."""
        streams, account = streams_of(self.live, self.wanted), account_of(self.live, self.wanted)
        left = [task[:3] for task in self.aside]
        found = tasks_to_do(store, self.live.source, streams, account)
        self.agenda = Agenda((task for task in found if task[:3] not in left), streams, account)
        self.opened = self.file.openings
        # Another run may have spent meanwhile.
        self.dollars = max(self.dollars, spent(store, self.live.source))

    def finish(self, store: Store, tasks: list[Task]) -> None:
        """What is done with each page, and with the last of all, before it is committed."""
        self.also(store)
        if self.agenda.is_last(tasks):
            # Which page shows a parent is chance: answers find theirs once all are there.
            store.join_parents()
            self.seek_parents(store)

    def seek_parents(self, store: Store) -> None:
        """Ask, too, for what all pages together have left open."""
        if PARENTS in streams_of(self.live, self.wanted):
            self.left_open = tasks_of_parents(store, self.live)
            put_tasks(store, self.left_open)

    def progress(self, seconds: float = 0.0, why: str = "") -> Progress:
        """Where it stands, before a wait of so many seconds."""
        until = self.live.connection.clock.now() + timedelta(seconds=seconds) if seconds else None
        requests = self.live.connection.sent - self.sent_before
        return Progress(
            requests,
            self.pages,
            self.rows,
            self.dollars,
            self.task,
            until,
            why,
            dict(self.short),
            self.resumed,
        )

    def note_what_is_short(self, task: Task) -> None:
        """Note whatever of the owner's own did not come whole, though the user wanted it."""
        stream = self.live.streams[task.stream]
        lists = stream.subjects_from is None and task.state in ("partial", "hidden", "gone")
        if task.account == self.live.owner and (lists or task.state == "refused") and not as_asked(task):
            self.short[stream.meaning] = task.reason


def collect(
    path: Path,
    live: Live,
    wanted: Wanted,
    *,
    choose: Callable[[Store], Sequence[Alter]] = lambda store: (),
    also: Callable[[Store], None] = lambda store: None,
    on_page: Callable[[Page], None] = lambda page: None,
    tell: Callable[[Progress], None] = lambda progress: None,
    agree: Callable[[float | None], float | None] = lambda budget: budget,
) -> Progress:
    """Collect what is wanted into a PLN file; what was collected before stays, and what is new is added.

    Parameters
    ----------
    path
        The PLN file; made where it is not there.
    live
        The platform, as one account sees it.
    wanted
        What to do.
    choose
        Whose pages to take after the owner's, strongest tie first; asked once in a pass.
    also
        Done with the file before each page is committed.
    on_page
        Told of each page before it is kept, and may take from it.
    tell
        Told after each page, and before each wait.
    agree
        Asked when more is known of what there is to do: once the owner's own pages are there, before
        what others did with each of their posts, and once it is chosen whose pages come after them.
        Given the budget, it says which one holds from then on. Meanwhile the file is free.

    Returns
    -------
    Progress
        What came.

    Raises
    ------
    CredentialsError
        The platform does not accept who we are.
    SourceUnreachable
        It does not answer, also after some tries.
    StoppedByLimit
        A limit that no waiting ends, or the budget. The file is saved, and a further run goes on.
    """
    with SharedFile(path) as file:
        run = _Run(file, live, wanted, choose, also, on_page, tell, agree)
        live.connection.on_wait = lambda seconds, why: _wait(run, seconds, why)
        _begin(file.open(), run)
        try:
            _work_off(path, run)
            if run.aside and not run.pages:
                # What was left over is out of order still; that keeps nobody from what is new elsewhere.
                _begin(file.open(), run)
                _work_off(path, run)
        except BaseException:
            _join_parents(run)
            raise
        run.task = None
        _check_aside(run)
        return run.progress()


def _begin(store: Store, run: _Run) -> None:
    """Go on with what is open; else begin another pass of all that is finished."""
    live = run.live
    first = live.first_tasks(run.wanted.depth, run.wanted.parts)
    if run.wanted.depth == "alters":
        first.append(new_task(live.source, ALTERS, "", live.owner, ALTERS_RANK))
    run.look(store)
    anew = run.agenda.first() is None
    with store.transaction():
        put_tasks(store, refused_before(store, live, run.wanted))
        held = _put_first(store, live, first, anew=anew)
    run.resumed = not anew and any(task.state not in OPEN for task in held)
    run.look(store)


def _work_off(path: Path, run: _Run) -> None:
    while (task := run.agenda.first()) is not None:
        run.task = task
        if task.stream == ALTERS:
            _choose_alters(path, run, task)
            _agree_again(run)
        elif not run.compared and run.live.streams[task.stream].subjects_from is not None:
            _leave_out_what_is_known(run)
            _agree_again(run)
        else:
            _take_page(run, task)


def _leave_out_what_is_known(run: _Run) -> None:
    """Settle the tasks about single posts that notifications have shown all of: most of them, as a rule."""
    run.compared = True
    live, store = run.live, run.file.open()
    with store.transaction():
        store.join_parents()
        todo = tasks_to_do(store, live.source, streams_of(live, run.wanted), account_of(live, run.wanted))
        known = known_already(store, live, todo)
        put_tasks(store, known)
        put_coverage(store, live, {task.account for task in known})
        if run.agenda.is_last(known):
            run.seek_parents(store)
    run.look(store)


def _agree_again(run: _Run) -> None:
    """Go by the budget that is agreed to now that more is known, if there is more to do at all."""
    if run.agenda.first() is not None:
        run.file.let_go()
        run.wanted = run.wanted._replace(budget=run.agree(run.wanted.budget))


def _check_aside(run: _Run) -> None:
    """A run that could not do all it should does not end as if it had."""
    if run.aside:
        why = {run.live.streams[task.stream].meaning: reason for task, reason in run.aside.items()}
        meant = "; ".join(f"{meaning} ({reason})" for meaning, reason in sorted(why.items()))
        raise SourceUnreachable(
            f"the rest is there; not to be had were: {meant}", hint="run the same command again later"
        )


def _put_first(store: Store, live: Live, first: Sequence[Task], *, anew: bool) -> list[Task]:
    """Put the tasks to begin with into the file; those of them that it held before, as they were."""
    known = tasks_like(store, first)
    begun = [as_begun(known.get(task[:3]), task, anew=anew) for task in first]
    put_tasks(store, [task for task in begun if task is not None])
    put_coverage(store, live, {task.account for task in first})
    return [*known.values()]


def as_begun(known: Task | None, first: Task, *, anew: bool) -> Task | None:
    """A task as a run begins with it; None where it stays as it is."""
    if known is None:
        return first
    if first.state not in OPEN:
        # It is not to be asked for, with this login at least; what an earlier one brought stays.
        return known._replace(state=first.state, reason=first.reason) if known.state in OPEN else None
    # Of others, what is gone is gone. The owner is there: a list of theirs that was not found may be again.
    gone = known.state == "gone" and known.rank >= ALTERS_RANK
    return begin_pass(known) if anew and known.state not in OPEN and not gone else None


def _choose_alters(path: Path, run: _Run, task: Task) -> None:
    """Put the tasks about others into the file."""
    # Choosing may need more memory than keeping a page, and does the file no harm if it is done again.
    run.file.let_go()
    with open_store(path) as store:
        alters = run.choose(store)
    store = run.file.open()
    with store.transaction():
        _put_first(store, run.live, run.live.alter_tasks(alters, run.wanted.parts), anew=True)
        chosen = task._replace(state="complete")
        put_tasks(store, [chosen])
        todo = tasks_to_do(
            store, run.live.source, streams_of(run.live, run.wanted), account_of(run.live, run.wanted)
        )
        if not todo:
            store.join_parents()
            run.seek_parents(store)
    run.look(store)


def _take_page(run: _Run, task: Task) -> None:
    """Ask for one page and keep it."""
    live, clock = run.live, run.live.connection.clock
    most, left = _put_by(run, task)
    asked, before = task, time.monotonic()
    answer: Answer | None = None
    unread = 0.0
    try:
        answer = live.ask(task, left)
        task = task._replace(began_at=task.began_at or answer.received_at)
        taken = live.read(task, answer)
        after = after_page(task, taken, live.streams[task.stream], live.limits)
    except (CredentialsError, SourceUnreachable, StoppedByLimit) as exc:
        if most:
            _take_back_what_was_refused(run, asked)
        run.in_a_row += 1
        if not isinstance(exc, SourceUnreachable) or run.in_a_row >= UNREACHABLE_IN_A_ROW:
            raise
        run.aside[task] = exc.message
        run.agenda.leave(task)
        return
    except BadData as exc:
        # Whatever it held was paid for.
        unread = most
        # Where nothing came before it, nothing is known: that is no part of a list.
        end: End = "partial" if task.pass_pages or task.since else "refused"
        after = end_pass(task, end, exc.message, task.cursor, live.streams[task.stream])
        taken, answer = _nothing(), None
    run.in_a_row = 0
    store = run.file.open()
    if run.opened != run.file.openings and tasks_like(store, [asked]).get(asked[:3]) != asked:
        # Somebody else had the file meanwhile, and went on with this task or threw it away.
        run.look(store)
        return
    received_at = answer.received_at if answer else clock.now()
    run.on_page(taken.page)
    kept = keep_page(
        store, live, asked, after, taken, received_at, answer if run.wanted.raw else None, run.finish, unread
    )
    run.note_what_is_short(after)
    run.agenda.put([*kept.tasks, *run.left_open])
    run.left_open = []
    run.pages += 1
    run.rows += kept.rows
    run.dollars += kept.dollars
    if run.opened != run.file.openings:
        # What the file says was spent holds this page already.
        run.look(store)
    run.tell(run.progress())
    run.file.before_pause(time.monotonic() - before)


def _take_back_what_was_refused(run: _Run, task: Task) -> None:
    """Count a page as paid no more, unless it was on its way and broke off: then nobody knows."""
    answer = run.live.connection.answer
    if answer is not None and answer.status != 200:
        store = run.file.open()
        with store.transaction():
            take_back(store, run.live, task)


def _nothing() -> Taken:
    return Taken(Page(""), cursor=None, newest=None, items=0, end=None)


def _put_by(run: _Run, task: Task) -> tuple[float, float]:
    """Count the next page of a task as paid, if the budget allows it.

    Returns
    -------
    tuple
        The most that it can cost, and what is left of the budget for it, US dollars.
    """
    budget = run.wanted.budget
    if run.live.most_dollars(task) == 0:
        return 0.0, inf
    store = run.file.open()
    with store.transaction():
        take_back(store, run.live, task)
        run.dollars = spent(store, run.live.source)
        left = inf if budget is None else max(0.0, budget - run.dollars)
        most = run.live.most_dollars(task, left)
        # Sums of prices end in the rest of binary fractions, which are no money.
        if round(most - left, 6) > 0:
            raise StoppedByLimit(
                f"${run.dollars:.2f} of the budget of ${budget:.2f} is spent; "
                f"the next page may cost ${most:.3f}",
                hint="the same command with a higher --budget goes on from here",
            )
        put_by(store, run.live, task, most, run.live.connection.clock.now())
    return most, left


def _wait(run: _Run, seconds: float, why: str) -> None:
    run.file.before_pause(seconds)
    if seconds > 1:
        run.tell(run.progress(seconds, why))


def _join_parents(run: _Run) -> None:
    """Let answers find the posts they answer, as far as these are here."""
    store = run.file.open()
    with store.transaction():
        store.join_parents()
