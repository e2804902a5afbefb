"""What the file keeps of a page: all that it gave, and how its task goes on, in one transaction."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from plnmap.collect.archives import CLOCK_SKEW, leave_out_the_future, records_of
from plnmap.collect.passes import OPEN, called_for
from plnmap.collect.seen import TALLIES, Tally, coverage_of
from plnmap.model import (
    Billed,
    Coverage,
    RawAnswer,
    Record,
    Snapshot,
    Source,
    Spending,
    Task,
    table,
)
from plnmap.sources.live import Answer, Live, Taken
from plnmap.sources.lookups import Looker
from plnmap.sources.page import Page
from plnmap.store import Store, as_arrow
from plnmap.tombstones import entombed, names_entombed

if TYPE_CHECKING:
    import pyarrow as pa

_MANY: Final = 4


class Kept(NamedTuple):
    """What a page brought: new posts, reactions and follows; tasks as they are now; what it cost, dollars."""

    rows: int
    tasks: list[Task]
    dollars: float


def keep_page(
    store: Store,
    live: Live,
    asked: Task,
    after: Task,
    taken: Taken,
    received_at: datetime,
    answer: Answer | None,
    also: Callable[[Store, list[Task]], None],
    unread: float = 0.0,
) -> Kept:
    """Keep a page, its cursor, its coverage and its cost: all of it or nothing.

    Parameters
    ----------
    store
        An open PLN file.
    live
        The platform.
    asked, after
        The task as it was, and as it goes on.
    taken
        What the page gave.
    received_at
        When it came, UTC.
    answer
        The answer itself, where it is to be kept.
    also
        Done with the file, and told the tasks as they are now, before the page is committed.
    unread
        What a page that cannot be read may have cost, US dollars.
    """
    leave_out_the_future(taken.page, received_at + CLOCK_SKEW)
    with store.transaction():
        posts = _own_posts(store, taken.page)
        new = store.add(live.source, records_of(taken.page))
        tasks = [after, *_follow_ups(store, taken.tasks)]
        put_tasks(store, tasks)
        if taken.tasks or _told(asked) != _told(after):
            put_coverage(store, live, {after.account, *(task.account for task in taken.tasks)})
        if answer is not None and not (
            store.pages.keeps_out() and names_entombed(store.connection, answer.body)
        ):
            _put_answer(store, live, after, answer)
        if live.streams[asked.stream].resource is not None:
            take_back(store, live, asked)
        dollars = bill(store, live, taken.reads, received_at)
        if unread:
            resource = live.streams[asked.stream].resource or ""
            _add_spending(store, Spending(live.source, received_at.date(), resource, False, 0, unread))
        if _is_whole_list(live, after):
            _put_snapshot(store, live, after)
        new_posts = _own_posts(store, taken.page) - posts
        _put_source(store, live, received_at, new_posts, taken.page.skipped)
        also(store, tasks)
    rows = sum(new.get(name, 0) for name in ("posts", "reactions", "follows"))
    return Kept(rows, tasks, dollars + unread)


def tasks_to_do(
    store: Store,
    source: str,
    streams: Sequence[str],
    account: str | None,
    states: Sequence[str] = OPEN,
) -> list[Task]:
    """Open tasks, in the order in which they are to be done.

    Parameters
    ----------
    store
        An open PLN file.
    source
        Key of the collection.
    streams
        Names of the streams that are wanted.
    account
        Whom they are to be about; None for anybody.
    states
        Or tasks in other states.
    """
    rows = store.rows(
        f"SELECT {', '.join(Task._fields)} FROM tasks "
        "WHERE source = $source AND list_contains($states, state) AND list_contains($streams, stream) "
        "AND ($account IS NULL OR account = $account) ORDER BY rank, stream, subject",
        {"source": source, "states": [*states], "streams": [*streams], "account": account},
    )
    return [_task(row) for row in rows]


def put_tasks(store: Store, tasks: Sequence[Task]) -> None:
    """Keep tasks in place of those with the same key; call within a transaction."""
    if len(tasks) < _MANY:
        _insert(store, Task, [task for task in tasks if not _gone_on(store, task)])
        return
    batch = as_arrow(Task, tasks)
    _with_batch(
        store,
        "DELETE FROM tasks USING batch WHERE tasks.source = batch.source "
        "AND tasks.stream = batch.stream AND tasks.subject = batch.subject",
        batch,
    )
    store.insert("tasks", batch)


def _gone_on(store: Store, task: Task) -> bool:
    """Keep a task in place of the one with the same key; whether there is one."""
    ((known,),) = store.rows(
        f"UPDATE tasks SET {', '.join(f'{name} = ?' for name in Task._fields[3:])} "
        "WHERE source = ? AND stream = ? AND subject = ?",
        [*task[3:], *task[:3]],
    )
    return bool(known)


def tasks_like(store: Store, wanted: Sequence[Task]) -> dict[tuple[str, str, str], Task]:
    """The tasks of the file that have the keys of these, by source, stream and subject."""
    if not wanted:
        return {}
    held = _with_batch(
        store,
        f"SELECT {', '.join(f'tasks.{name}' for name in Task._fields)} FROM tasks "
        "SEMI JOIN batch USING (source, stream, subject)",
        as_arrow(Task, wanted),
    )
    return {row[:3]: _task(row) for row in held}


def _with_batch(store: Store, sql: str, batch: pa.Table) -> list[tuple[Any, ...]]:
    """Rows of a statement that names `batch`, which DuckDB finds among the local variables."""
    return store.connection.execute(sql).fetchall()


def _task(row: tuple[Any, ...]) -> Task:
    """A task as it lies in the file, where times have no zone."""
    aware: list[Any] = [value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for value in row]
    return Task(*aware)


def _told(task: Task) -> tuple[object, ...]:
    """What coverage is made of: of most pages of a long list nothing that was not told before."""
    return task.state, task.reason, task.first, task.last, task.expected, task.got if task.last else None


def put_coverage(store: Store, live: Live, accounts: Iterable[str]) -> None:
    """Say anew what the tasks about some accounts cover; call within a transaction."""
    about = sorted(set(accounts))
    snapshots = [name for name, stream in live.streams.items() if stream.snapshot]
    tallies = store.rows(TALLIES, {"source": live.source, "accounts": about, "snapshots": snapshots})
    rows = coverage_of((Tally(*row) for row in tallies), live.streams)
    store.connection.execute(
        "DELETE FROM coverage WHERE origin = ? AND list_contains(?, account)", [live.source, about]
    )
    if rows:
        store.insert(
            "coverage",
            as_arrow(Coverage, rows).append_column("origin", [[live.source] * len(rows)]),
        )


def spent(store: Store, source: str) -> float:
    """What a collection has cost so far, US dollars."""
    ((dollars,),) = store.rows("SELECT coalesce(sum(dollars), 0) FROM spending WHERE source = ?", [source])
    return float(dollars)


def lets_texts_go(store: Store) -> bool:
    """Whether others' words were found out about, and not kept, in this file before."""
    return bool(store.rows("SELECT 1 FROM texts_not_kept LIMIT 1"))


def _own_posts(store: Store, page: Page) -> int:
    """How many posts there are, copies in others' left out; 0 where a page changes nothing about that."""
    if not page.posts:
        return 0
    ((posts,),) = store.rows("SELECT count(*) FROM posts WHERE authority > 0")
    return int(posts)


def _follow_ups(store: Store, wanted: Sequence[Task]) -> list[Task]:
    """The tasks that a page calls for, as far as they are new or go on."""
    known = tasks_like(store, wanted)
    forgotten = entombed(store.connection, {task.account for task in wanted}) if wanted else {}
    found: dict[tuple[str, str, str], Task] = {}
    for task in wanted:
        if forgotten.get(task.account) == "purged":
            continue
        key = task[:3]
        if (kept := called_for(found.get(key, known.get(key)), task)) is not None:
            found[key] = kept
    return list(found.values())


def _put_answer(store: Store, live: Live, task: Task, answer: Answer) -> None:
    row = RawAnswer(
        source=live.source,
        stream=task.stream,
        subject=task.subject,
        page=task.pages,
        request=answer.request,
        received_at=answer.received_at,
        reader_version=live.reader_version,
        body=zlib.compress(answer.body, level=1),
    )
    _insert(store, RawAnswer, [row])


def bill(
    store: Store, live: Live | Looker, reads: Mapping[tuple[str, bool], frozenset[str]], received_at: datetime
) -> float:
    """Note what was read for money, each thing once a day; what it cost, US dollars."""
    if not reads:
        return 0.0
    day = received_at.date()
    store.connection.execute("DELETE FROM billed WHERE source = ? AND day < ?", [live.source, day])
    cost = 0.0
    # At the higher price first: whatever a page tells twice is paid for once.
    for (resource, owned), items in sorted(reads.items(), key=lambda each: (each[0][1], each[0][0])):
        paid = {
            item
            for (item,) in store.rows(
                "SELECT item FROM billed WHERE source = ? AND day = ? AND resource = ?",
                [live.source, day, resource],
            )
        }
        fresh = sorted(items - paid)
        if not fresh:
            continue
        dollars = len(fresh) * live.price(resource, owned)
        _insert(store, Billed, [Billed(live.source, day, resource, item) for item in fresh])
        _add_spending(store, Spending(live.source, day, resource, owned, len(fresh), dollars))
        cost += dollars
    return cost


def put_by(store: Store, live: Live, task: Task, dollars: float, asked_at: datetime) -> float:
    """Count the next page of a task as paid before it is asked for; call within a transaction.

    So it counts in every run that goes on meanwhile, and where this one is killed before the page
    is kept. Whoever asks for the page again takes that back.

    Returns
    -------
    float
        What all pages cost with it, US dollars.
    """
    take_back(store, live, task)
    _insert(store, Spending, [Spending(live.source, asked_at.date(), _on_its_way(task), False, 0, dollars)])
    return spent(store, live.source)


def take_back(store: Store, live: Live, task: Task) -> None:
    """Count the next page of a task as paid no more; call within a transaction."""
    store.connection.execute(
        "DELETE FROM spending WHERE source = ? AND resource = ?", [live.source, _on_its_way(task)]
    )


def _on_its_way(task: Task) -> str:
    # Enough to tell pages apart, too little to tell whose they are.
    return f"on its way: {task.stream} {zlib.crc32(task.subject.encode()) & 0xFFFF:04x}"


def _add_spending(store: Store, more: Spending) -> None:
    key = [more.source, more.day, more.resource, more.owned]
    where = "source = ? AND day = ? AND resource = ? AND owned = ?"
    before = store.rows(f"SELECT reads, dollars FROM spending WHERE {where}", key)
    store.connection.execute(f"DELETE FROM spending WHERE {where}", key)
    reads, dollars = before[0] if before else (0, 0.0)
    _insert(store, Spending, [more._replace(reads=more.reads + reads, dollars=more.dollars + dollars)])


def _is_whole_list(live: Live, task: Task) -> bool:
    return live.streams[task.stream].snapshot and task.state == "complete"


def _put_snapshot(store: Store, live: Live, task: Task) -> None:
    assert task.began_at is not None
    for kind, direction in live.streams[task.stream].covers:
        if kind == "follow":
            row = Snapshot(task.account, direction, task.began_at, task.pass_items)
            store.connection.execute(
                "DELETE FROM snapshots WHERE account = ? AND direction = ? AND taken_at = ?",
                [task.account, direction, task.began_at.replace(tzinfo=None)],
            )
            _insert(store, Snapshot, [row])


def _put_source(
    store: Store, live: Live, received_at: datetime, new_posts: int, skipped: Counter[str]
) -> None:
    if not skipped and _added_to_source(store, live, received_at, new_posts):
        return
    known = store.source(live.source)
    latest = received_at
    if known and known.retrieved_at:
        latest = max(latest, known.retrieved_at.replace(tzinfo=UTC))
    reasons = Counter(json.loads(known.skip_reasons)) if known else Counter()
    reasons.update(skipped)
    store.put_source(
        Source(
            source=live.source,
            name=live.name,
            kind=live.kind,
            platform=live.platform,
            owner=live.owner,
            retrieved_at=latest,
            retrieved_from="time of the answers",
            reader_version=live.reader_version,
            posts=new_posts + (known.posts if known else 0),
            skipped=reasons.total(),
            skip_reasons=json.dumps(dict(sorted(reasons.items()))),
            other_side=False,
            imported_at=known.imported_at if known else received_at,
        )
    )


def _added_to_source(store: Store, live: Live, received_at: datetime, new_posts: int) -> bool:
    """Note one more page of a source that is known; what was computed is stale. Whether it is known."""
    store.connection.execute("DELETE FROM computed")
    ((known,),) = store.rows(
        "UPDATE sources SET retrieved_at = greatest(retrieved_at, ?), posts = posts + ?, "
        "name = ?, reader_version = ? WHERE source = ?",
        [received_at.replace(tzinfo=None), new_posts, live.name, live.reader_version, live.source],
    )
    return bool(known)


def _insert(store: Store, record: Record, rows: Sequence[tuple[object, ...]]) -> None:
    """Add rows; of a few, DuckDB reads the values faster than a table made of them."""
    if len(rows) >= _MANY:
        store.insert(table(record).name, as_arrow(record, rows))
        return
    for row in rows:
        places = ", ".join("?" * len(row))
        store.connection.execute(f"INSERT INTO {table(record).name} VALUES ({places})", [*row])
