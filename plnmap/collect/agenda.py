"""What is to be done next: a copy of the open tasks of the file, in order."""

from __future__ import annotations

from collections.abc import Container, Iterable
from heapq import heapify, heappop, heappush

from plnmap.collect.passes import OPEN
from plnmap.model import Task


class Agenda:
    """Open tasks, the lowest rank first, then by stream and subject.

    Parameters
    ----------
    tasks
        The open tasks that are wanted.
    streams
        Names of the streams that are wanted.
    account
        Whom they are to be about; None for anybody.

    Examples
    --------
    >>> from plnmap.sources.live import new_task
    >>> one, two = (new_task("collected:a", "posts", name, "a", rank) for rank, name in ((2, "x"), (1, "y")))
    >>> agenda = Agenda([one, two], {"posts"}, None)
    >>> agenda.first().subject
    'y'
    >>> agenda.put([two._replace(state="complete")])
    >>> agenda.first().subject
    'x'
    """

    def __init__(self, tasks: Iterable[Task], streams: Container[str], account: str | None) -> None:
        self._streams = streams
        self._account = account
        self._tasks = {task[:3]: task for task in tasks}
        self._order = [(task.rank, *task[:3]) for task in self._tasks.values()]
        heapify(self._order)

    def first(self) -> Task | None:
        """The task that comes next; None if all is done."""
        while self._order:
            rank, *key = self._order[0]
            task = self._tasks.get((key[0], key[1], key[2]))
            if task is not None and task.rank == rank:
                return task
            heappop(self._order)
        return None

    def leave(self, task: Task) -> None:
        """Leave a task out of this run."""
        self._tasks.pop(task[:3], None)

    def put(self, tasks: Iterable[Task]) -> None:
        """Take in tasks as they are now."""
        for task in tasks:
            known = self._tasks.pop(task[:3], None)
            if not self._wants(task):
                continue
            self._tasks[task[:3]] = task
            if known is None or known.rank != task.rank:
                heappush(self._order, (task.rank, *task[:3]))

    def is_last(self, tasks: Iterable[Task]) -> bool:
        """Whether nothing is left once these tasks are as they are now."""
        now = {task[:3]: task for task in tasks}
        if len(self._tasks) > len(now):
            return False
        return self._tasks.keys() <= now.keys() and not any(map(self._wants, now.values()))

    def _wants(self, task: Task) -> bool:
        ours = self._account is None or task.account == self._account
        return ours and task.state in OPEN and task.stream in self._streams
