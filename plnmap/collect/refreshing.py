"""Following what others take back: is what the file holds still there, and is it called the same?

A pass goes through all posts, and all accounts, in the order of their keys. Where it was
stopped the next run goes on; so what was looked at longest ago is always next.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from plnmap.collect.archives import records_of
from plnmap.collect.keeping import bill, lets_texts_go, put_tasks, tasks_like
from plnmap.collect.shared_file import SharedFile
from plnmap.model import Post, Task, is_reference
from plnmap.pln_file import rewrite
from plnmap.sources.live import new_task
from plnmap.sources.lookups import Checked, Known, Looker, What
from plnmap.store import Store
from plnmap.tombstones import drop_answers, entomb

# What a boost passes on is looked at, too: the boost holds its text.
_POSTS: Final = """
SELECT coalesce(boost_of_post, post) AS key, bool_or(author = $owner AND boost_of_post IS NULL) AS own
FROM posts WHERE starts_with(post, $platform || ':') AND (text IS NOT NULL OR url IS NOT NULL) GROUP BY 1
"""

_KNOWN: Final = {
    ("twitter", "posts"): f"""
        SELECT key, split_part(key, ':', 2) AS asked_by, own FROM ({_POSTS})
        WHERE regexp_full_match(asked_by, '[0-9]{{1,19}}')
    """,
    ("mastodon", "posts"): f"""
        SELECT key, min(id) AS asked_by, any_value(own) FROM ({_POSTS}) JOIN post_ids ON post_ids.post = key
        WHERE post_ids.server = $server GROUP BY key
    """,
    ("twitter", "accounts"): """
        SELECT DISTINCT account AS key, split_part(account, ':', 2) AS asked_by, FALSE
        FROM (SELECT account FROM accounts UNION SELECT account FROM handles)
        WHERE regexp_full_match(account, 'twitter:[0-9]{1,19}') AND account <> $owner
    """,
    ("mastodon", "accounts"): """
        SELECT DISTINCT account AS key, substr(account, length('mastodon:@') + 1) AS asked_by, FALSE
        FROM accounts WHERE regexp_full_match(account, 'mastodon:@[^@]+@[^@]+') AND account <> $owner
    """,
}
"""Platform and kind → all that can be looked at."""


EDITED: Final = "edited"
"""Stream of tasks that ask nobody: of this post, the answers as they came still hold what it said before."""

_FOUND_IN_TEXTS: Final = ("acts", "text_languages", "texts_not_kept")

_NAMING_PEOPLE: Final = ("interactions", "tie_days")
"""Derived tables that hold names, references and posts: or they would stay in the file written anew."""

_TO_BE_SURE: Final = 2
"""Requests that a look takes at most, beyond one for each thing."""


class Refreshed(NamedTuple):
    """What a refresh has done so far.

    Attributes
    ----------
    requests, dollars
        Requests sent, and what they cost, US dollars.
    posts, deleted, hidden, edited
        Posts looked at, those that are no more, those shown to fewer people now, and those that say
        something else now.
    accounts, vanished, renamed
        Accounts looked at, those that are no more, and handles that are new.
    finished
        Whether all was looked at.
    resumed
        Whether an earlier refresh was stopped, which may have left bytes of words in the file.
    """

    requests: int = 0
    dollars: float = 0.0
    posts: int = 0
    deleted: int = 0
    hidden: int = 0
    edited: int = 0
    accounts: int = 0
    vanished: int = 0
    renamed: int = 0
    finished: bool = False
    resumed: bool = False

    @property
    def changed(self) -> bool:
        """Whether something was taken out of the file, and its bytes may be there still."""
        return bool(self.deleted or self.hidden or self.edited or self.vanished or self.resumed)


def to_look_at(store: Store, looker: Looker, what: What) -> int:
    """How many posts or accounts are left to look at in the pass that comes next, or is under way."""
    return len(_next(store, looker, _task(store, looker, what), None))


def refresh(
    path: Path,
    looker: Looker,
    kinds: Sequence[What],
    *,
    most_requests: int | None = None,
    tell: Callable[[Refreshed], None] = lambda done: None,
) -> Refreshed:
    """Look again at posts and accounts, and follow what their authors did.

    What was deleted loses its text, links, hashtags and whatever was found in it, and stays as an act
    without words. An account that is no more keeps its ties and loses its name, its handle and its
    self-description, and its posts their texts. Nothing brings either back. What its author shows to
    fewer people now loses the same, and has it again where it is shown again. Where anything was taken
    out, the file is written anew: the bytes of it stay in the old one.

    Parameters
    ----------
    path
        The PLN file.
    looker
        The platform.
    kinds
        What to look at.
    most_requests
        Stop after so many.
    tell
        Told after each answer.

    Raises
    ------
    CredentialsError, SourceUnreachable, StoppedByLimit, BadData
        As `plnmap.sources.lookups.Looker.look`. What was done is saved.
    """
    run = _Run(looker, most_requests, tell, looker.connection.sent)
    with SharedFile(path) as file:
        looker.connection.on_wait = lambda seconds, why: file.before_pause(seconds)
        stopped = any(_task(file.open(), looker, what).state == "running" for what in kinds)
        run.done = run.done._replace(resumed=stopped)
        try:
            finished = all(_pass(run, file, what) for what in kinds)
        finally:
            if run.done.changed:
                _drop_answers(file.open(), looker)
                file.let_go()
                rewrite(path)
            # Not before: who is killed meanwhile is to know that something was left to do.
            with file.open().transaction():
                put_tasks(file.open(), run.ended)
    return run.done._replace(finished=finished)


@dataclass
class _Run:
    """One run: whom it asks, and what adds up."""

    looker: Looker
    most_requests: int | None
    tell: Callable[[Refreshed], None]
    sent_before: int
    done: Refreshed = Refreshed()  # noqa: RUF009 - a named tuple of numbers
    ended: list[Task] = field(default_factory=list)

    def left(self, at_once: int) -> int:
        """How many more requests may be sent."""
        if self.most_requests is None:
            return at_once + _TO_BE_SURE
        return self.most_requests - (self.looker.connection.sent - self.sent_before)


def _pass(run: _Run, file: SharedFile, what: What) -> bool:
    """Look at all posts, or all accounts; whether it came to the end."""
    looker = run.looker
    at_once = looker.at_once[what]
    task = _task(file.open(), looker, what)
    while known := _next(file.open(), looker, task, at_once):
        if (left := run.left(at_once)) <= 0:
            return False
        checked = looker.look(what, known, left)
        now = looker.connection.clock.now()
        settled = known[: checked.settled]
        task = _gone_on(task, len(settled), settled[-1].key, now)
        change = _keep(file.open(), looker, what, task, checked, now)
        run.done = _added(run.done, change, what, len(settled))._replace(
            requests=looker.connection.sent - run.sent_before
        )
        run.tell(run.done)
    run.ended.append(task._replace(state="complete", cursor=None))
    return True


def _task(store: Store, looker: Looker, what: What) -> Task:
    """How far the pass has come; a new one begins where the last one ended."""
    fresh = new_task(f"refreshed:{looker.owner}", what, "", looker.owner, 0)
    known = tasks_like(store, [fresh]).get(fresh[:3], fresh)
    return known if known.state == "running" else known._replace(state="waiting", cursor=None, began_at=None)


def _next(store: Store, looker: Looker, task: Task, most: int | None) -> list[Known]:
    """What comes next in the order of keys."""
    parameters = {
        "platform": looker.platform,
        "owner": looker.owner,
        "server": looker.server,
        "cursor": task.cursor,
        "most": most,
    }
    sql = (
        f"WITH known AS ({_KNOWN[looker.platform, task.stream]}) SELECT * FROM known "
        "WHERE $cursor IS NULL OR key > $cursor ORDER BY key LIMIT $most"
    )
    used = {name: value for name, value in parameters.items() if f"${name}" in sql}
    return [Known(*row) for row in store.rows(sql, used)]


def _gone_on(task: Task, items: int, cursor: str, now: datetime) -> Task:
    return task._replace(
        state="running",
        cursor=cursor,
        began_at=task.began_at or now,
        got=task.got + items,
        pages=task.pages + 1,
    )


def _keep(store: Store, looker: Looker, what: What, task: Task, checked: Checked, now: datetime) -> Refreshed:
    """Write down what one answer gave, all of it or nothing."""
    if lets_texts_go(store):
        checked.page.accounts = [account._replace(bio=None) for account in checked.page.accounts]
    with store.transaction():
        new = store.add(looker.source, records_of(checked.page))
        edited = [post.post for post in checked.edited if _edit(store, post)]
        hidden = _hide(store, checked.hidden)
        if checked.gone:
            entomb(
                store.connection,
                {key: _without_name(key) if what == "accounts" else None for key in checked.gone},
                "vanished" if what == "accounts" else "deleted",
                now,
            )
        if checked.gone or edited:
            store.keep_out(texts=False)
        # What was computed holds words of what is hidden now, and knows people by the names they had.
        store.connection.execute("DELETE FROM computed")
        for name in _NAMING_PEOPLE if checked.gone else ():
            store.connection.execute(f"DELETE FROM {name}")
        dollars = bill(store, looker, checked.reads, now)
        put_tasks(store, [task, *(_said_before(looker, key) for key in (*edited, *hidden))])
    return Refreshed(
        dollars=dollars,
        deleted=len(checked.gone),
        hidden=len(hidden),
        edited=len(edited),
        renamed=new.get("handles", 0),
    )


def _without_name(account: str) -> str | None:
    """What an account goes by that has no key but its handle."""
    platform = account.partition(":")[0]
    return f"{platform}:gone-{secrets.token_hex(6)}" if is_reference(account) else None


def _edit(store: Store, post: Post) -> int:
    """Put what a post says now in place of what it said; 1 if that is something else."""
    said = [post.text, post.links, post.hashtags]
    ((changed,),) = store.rows(
        "UPDATE posts SET text = ?, links = ?, hashtags = ? WHERE post = ? AND text IS NOT NULL "
        "AND (text, links, hashtags) IS DISTINCT FROM (?, ?, ?)",
        [*said, post.post, *said],
    )
    return int(changed)


def _hide(store: Store, posts: Iterable[str]) -> list[str]:
    """Take the words of some posts away, also out of boosts of them; which of them had any."""
    hidden = [
        key
        for (key,) in store.rows(
            "SELECT DISTINCT coalesce(boost_of_post, post) AS key FROM posts "
            "WHERE list_contains(?, key) AND (text IS NOT NULL OR url IS NOT NULL) ORDER BY key",
            [[*posts]],
        )
    ]
    for name in _FOUND_IN_TEXTS if hidden else ():
        store.connection.execute(f"DELETE FROM {name} WHERE list_contains(?, post)", [hidden])
    if hidden:
        store.connection.execute(
            "UPDATE posts SET text = NULL, links = [], hashtags = [], url = NULL "
            "WHERE list_contains(?, coalesce(boost_of_post, post))",
            [hidden],
        )
    return hidden


def _said_before(looker: Looker, post: str) -> Task:
    """What is left to do once a post says something else; a run that is killed leaves it to the next."""
    return new_task(f"refreshed:{looker.owner}", EDITED, post, looker.owner, 0)


def _drop_answers(store: Store, looker: Looker) -> None:
    """Throw the answers away that hold what was taken back: they hold the texts, too."""
    where = "source = ? AND stream = ?"
    parameters = [f"refreshed:{looker.owner}", EDITED]
    with store.transaction():
        edited = [key for (key,) in store.rows(f"SELECT subject FROM tasks WHERE {where}", parameters)]
        drop_answers(store.connection, edited)
        store.connection.execute(f"DELETE FROM tasks WHERE {where}", parameters)


def _added(done: Refreshed, change: Refreshed, what: What, looked_at: int) -> Refreshed:
    done = done._replace(
        dollars=done.dollars + change.dollars,
        edited=done.edited + change.edited,
        hidden=done.hidden + change.hidden,
        renamed=done.renamed + change.renamed,
    )
    if what == "posts":
        return done._replace(posts=done.posts + looked_at, deleted=done.deleted + change.deleted)
    return done._replace(accounts=done.accounts + looked_at, vanished=done.vanished + change.deleted)
