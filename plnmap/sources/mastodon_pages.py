"""What an answer of a Mastodon server gives, and how its task goes on. Pure: nothing is asked for here."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from plnmap.errors import BadData
from plnmap.model import Follow, Post, Reaction, Task
from plnmap.sources.coverage import ENOUGH
from plnmap.sources.json_pages import ODD_SHAPE, Piece, decode, decode_object
from plnmap.sources.live import Answer, End, Taken, new_task
from plnmap.sources.mastodon_statuses import (
    Account,
    Context,
    Notification,
    Owner,
    Reading,
    Status,
    is_id,
)
from plnmap.sources.mastodon_streams import (
    OF_A_POST,
    RANKS,
    RECENT_POSTS,
    STREAMS,
    pages_beside,
    place_of,
    post_of,
    subject_of,
)
from plnmap.sources.page import Page
from plnmap.sources.people import count
from plnmap.sources.x_text import clean

NOT_TO_BE_FOUND: Final = "does not want to be found or collected"
NOT_ALL_SHOWN: Final = "some that are counted are not shown"
NOT_ALL_THERE: Final = "some are no more, or not shown to this account"
ODD_ANSWER: Final = "its answer is none that such a server gives"

_NO_ROBOTS: Final = re.compile(r"#no(?:bots?|index|archive|search)\b", re.IGNORECASE)
_OF_OTHERS: Final = ("alter_posts", "alter_following")
_COUNTS: Final = {
    "answers": "replies_count",
    "quotes": "quotes_count",
    "boosters": "reblogs_count",
    "likers": "favourites_count",
}

T = TypeVar("T")


class Viewer(NamedTuple):
    """Who looks, and how much of it they want.

    Attributes
    ----------
    source
        Key of the collection.
    home
        Host of the account's own server.
    owner
        The account that collects.
    max_posts
        As in `plnmap.sources.live.Limits`.
    """

    source: str
    home: str
    owner: Owner
    max_posts: int | None = None


class _Found(NamedTuple):
    """What a page held: how many items, from which to which, and what else to ask for."""

    items: int
    newest: str | None = None
    last: str | None = None
    dates: tuple[str | None, ...] = ()
    tasks: tuple[Task, ...] = ()
    expected: int | None = None


def read_page(task: Task, answer: Answer, viewer: Viewer) -> Taken:
    """Records of an answer, and how its task goes on.

    Parameters
    ----------
    task
        The task, as it was before this page.
    answer
        What came.
    viewer
        Who looks.

    Raises
    ------
    BadData
        The account's own server gives no such answer.
    """
    place = place_of(task, viewer.home)
    if answer.status != 200:
        return _turned_down(task, answer, viewer)
    at_home = place.host == viewer.home
    page = Page(answer.request, len(answer.body))
    reading = Reading(place.host, answer.received_at, viewer.owner if at_home else None, page)
    try:
        found = _READERS[task.stream](answer.body, task, reading, viewer)
    except BadData as exc:
        if at_home:
            hint = exc.hint if task.stream == "profile" else "run the same command again later"
            raise BadData(f"{place.host} gives an odd answer: {exc.message}", hint=hint) from exc
        # Somebody else's server may be anything; it is no reason to stop.
        return _turned_down(task, answer, viewer, ODD_ANSWER)
    cursor, newest = _beside(task, answer, found)
    cursor = None if _has_all(task, found.items) else cursor
    end, reason = _end(task, found, cursor, viewer)
    oldest = min((moment for written in found.dates if (moment := reading.when(written))), default=None)
    return Taken(
        page=reading.finished(),
        cursor=cursor,
        newest=newest,
        items=found.items,
        end=end,
        reason=reason,
        expected=found.expected,
        tasks=found.tasks,
        oldest=oldest,
    )


def _beside(task: Task, answer: Answer, found: _Found) -> tuple[str | None, str | None]:
    """Cursor of the page after this one, and the newest item of this one."""
    link = next((value for name, value in answer.headers.items() if name.lower() == "link"), None)
    cursor, told = pages_beside(link)
    if task.stream in ("liked", "following", "followers", "alter_following", "boosters", "likers"):
        # The cursors of these lists are numbers of their own, which only the header tells.
        return cursor, told
    if link is None and found.last is not None:
        cursor = f"max_id={found.last}"
    return cursor, found.newest


def _has_all(task: Task, items: int) -> bool:
    """Whether a page about one post shows as many as it counts, and had room for more.

    Some servers name a next page as long as there is anything on this one.
    """
    room = items < STREAMS[task.stream].page_size
    return task.stream in OF_A_POST and room and task.pass_items + items >= (task.expected or math.inf)


def _end(task: Task, found: _Found, cursor: str | None, viewer: Viewer) -> tuple[End | None, str]:
    """How a task ends with this page; None where a page follows."""
    stream, items = STREAMS[task.stream], task.pass_items + found.items
    recent = RECENT_POSTS if viewer.max_posts is None else viewer.max_posts
    if task.stream == "alter_posts" and cursor is not None and items >= recent:
        return "partial", f"the {recent:,} most recent"
    if cursor is not None:
        return None, ""
    host = place_of(task, viewer.home).host
    expected = task.expected or 0
    if stream.snapshot and items == 0 and expected > 0:
        return "hidden", "the account keeps the list to itself"
    if task.stream in _OF_OTHERS and host == viewer.home and not task.account.endswith(f"@{host}"):
        return "partial", f"seen from {host}, which knows only a part"
    if task.stream in OF_A_POST:
        return "complete", NOT_ALL_SHOWN if items < expected else ""
    if task.stream == "parents":
        return "complete", NOT_ALL_THERE if items < expected else ""
    if (stream.snapshot or stream.part == "posts") and not task.since and items < ENOUGH * expected:
        return "partial", NOT_ALL_SHOWN
    return "complete", ""


def _turned_down(task: Task, answer: Answer, viewer: Viewer, why: str = "") -> Taken:
    """What is left where a server does not show what was asked for."""
    page, host = Page(answer.request, len(answer.body)), place_of(task, viewer.home).host
    # Servers older than 4.3 know nothing of asking for several posts at once.
    gone = answer.status in (404, 410) and task.stream != "parents"
    reason = why or ("there is no such thing any more" if gone else f"{host} does not show it")
    tasks: tuple[Task, ...] = ()
    if task.stream == "lookup" and host != viewer.home and answer.status != 410:
        # Their own server does not speak to everybody; ours knows what reached it.
        handle = task.account.removeprefix("mastodon:@")
        tasks = (new_task(viewer.source, "lookup", f"{viewer.home}/{handle}", task.account, task.rank),)
    if task.pass_pages and not gone:
        return Taken(page, task.cursor, None, 0, "partial", reason, tasks=tasks)
    return Taken(page, None, None, 0, "gone" if gone else "refused", reason, tasks=tasks)


def _profile(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    account = decode_object("the account", body, Account)
    if reading.account(account) != viewer.owner.key:
        raise BadData(f"{viewer.home} tells of another account", hint="log in again: plnmap login")
    return _Found(1, tasks=owner_tasks(viewer, account))


def owner_tasks(viewer: Viewer, counted: Account) -> tuple[Task, ...]:
    """The tasks about the account itself, after its profile.

    Parameters
    ----------
    viewer
        Who looks.
    counted
        The account, with what it counts.
    """
    expected = {
        "posts": count(counted.statuses_count),
        "following": count(counted.following_count),
        "followers": count(counted.followers_count),
    }
    return tuple(
        new_task(
            viewer.source, stream, viewer.owner.id, viewer.owner.key, RANKS[stream], expected.get(stream)
        )
        for stream in ("notifications", "posts", "following", "followers", "liked")
    )


def _lookup(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    account = decode_object("the account", body, Account)
    key = reading.account(account)
    if key != task.account or not is_id(account.id):
        raise BadData(f"{reading.host} tells of another account")
    host, reason = reading.host, objection(account)
    tasks = []
    for offset, (stream, counted) in enumerate(
        (("alter_posts", account.statuses_count), ("alter_following", account.following_count)), 1
    ):
        one = new_task(
            viewer.source, stream, f"{host}/{account.id}", task.account, task.rank + offset, count(counted)
        )
        if account.suspended:
            one = one._replace(state="gone", reason="the account is suspended")
        elif reason:
            one = one._replace(state="refused", reason=reason)
        tasks.append(one)
    return _Found(1, tasks=tuple(tasks))


def objection(account: Account) -> str:
    """Why somebody's own pages are not to be collected: they said so; empty if they did not.

    >>> objection(Account(note="<p>Hi. #<span>NoBot</span></p>"))
    'does not want to be found or collected'
    >>> objection(Account(discoverable=False)), objection(Account(note="no robot", indexable=True))
    ('does not want to be found or collected', '')
    """
    said = _NO_ROBOTS.search(re.sub(r"<[^>]*>", "", account.note or ""))
    unwilling = account.noindex is True or account.indexable is False or account.discoverable is False
    return NOT_TO_BE_FOUND if said or unwilling else ""


def _own_posts(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = _items(body, Status, reading)
    reading.statuses(found)
    # The server does not count direct messages, either.
    counted = sum(one.visibility != "direct" for one in found)
    return _listed(found, tuple(_counted(found, viewer)))._replace(items=counted)


def _counted(found: Iterable[Status], viewer: Viewer) -> Iterable[Task]:
    """What own posts call for, by what the server counts at them."""
    for one in found:
        own = one.account is not None and one.account.id == viewer.owner.id and one.reblog is None
        if not own or not one.uri or not one.id or not is_id(one.id):
            continue
        subject = subject_of(one.id, clean(one.uri), viewer.owner.uri)
        for stream, counts in _COUNTS.items():
            number = count(getattr(one, counts))
            if number:
                yield new_task(viewer.source, stream, subject, viewer.owner.key, RANKS[stream], number)


def _others_posts(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = _items(body, Status, reading)
    reading.statuses(found)
    return _listed(found)


def _liked(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = _items(body, Status, reading)
    for post in reading.statuses(found, authority=0):
        reading.page.reactions.append(
            Reaction(viewer.owner.key, "favourite", post.post, post.author, None, None, reading.at)
        )
    return _Found(len(found))


def _notifications(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = _items(body, Notification, reading)
    about: dict[str | None, Post | None] = {}
    for one in found:
        kind = _REACTIONS.get(one.type or "")
        if one.status is None or (kind is None and one.type not in _TOLD_BY_POST):
            continue
        if one.status.uri not in about:
            about[one.status.uri] = next(iter(reading.statuses([one.status])), None)
        actor, post = reading.account(one.account), about[one.status.uri]
        if kind is None or actor is None or post is None:
            continue
        when = reading.when(one.created_at)
        precision = "second" if when else None
        seen = None if when else reading.at
        reading.page.reactions.append(Reaction(actor, kind, post.post, post.author, when, precision, seen))
    own = [one.status for one in found if one.status is not None and one.type in _REACTIONS]
    dates = tuple(one.created_at for one in found)
    return _Found(len(found), _first(found), _last(found), dates, tuple(_counted(own, viewer)))


def _thread(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = decode_object("the thread", body, Context)
    reading.statuses(found.ancestors, authority=0)
    reading.statuses(found.descendants)
    number = place_of(task, viewer.home).id
    return _Found(sum(one.in_reply_to_id == number for one in found.descendants))


def _follows(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = _items(body, Account, reading)
    seen = task.began_at or reading.at
    for key in filter(None, map(reading.account, found)):
        pair = (key, task.account) if task.stream == "followers" else (task.account, key)
        reading.page.follows.append(Follow(*pair, seen, seen))
    return _Found(len(found))


def _parents(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = _items(body, Status, reading)
    reading.statuses(found, authority=0)
    return _Found(len(found))


def _who(body: bytes, task: Task, reading: Reading, viewer: Viewer) -> _Found:
    found = _items(body, Account, reading)
    post = post_of(task.subject, viewer.owner.uri)
    for key in filter(None, map(reading.account, found)):
        reading.page.reactions.append(
            Reaction(key, OF_A_POST[task.stream], post, task.account, None, None, reading.at)
        )
    return _Found(len(found))


def _items(body: bytes, kind: type[T], reading: Reading) -> list[T]:
    skipped = reading.page.skipped
    found = decode("a page", Piece(body, 1, len(body)), kind, skipped)
    if skipped[ODD_SHAPE] and not found:
        raise BadData("a page of which nothing is as it should be")
    return found


def _listed(found: list[Status], tasks: tuple[Task, ...] = ()) -> _Found:
    return _Found(len(found), _first(found), _last(found), tuple(one.created_at for one in found), tasks)


def _first(found: Sequence[Status | Notification]) -> str | None:
    return next((one.id for one in found if is_id(one.id)), None)


def _last(found: Sequence[Status | Notification]) -> str | None:
    return next((one.id for one in reversed(found) if is_id(one.id)), None)


_REACTIONS: Final = {"reblog": "boost", "favourite": "favourite"}
_TOLD_BY_POST: Final = frozenset({"mention", "quote"})

_READERS: Final[dict[str, Callable[[bytes, Task, Reading, Viewer], _Found]]] = {
    "profile": _profile,
    "notifications": _notifications,
    "posts": _own_posts,
    "following": _follows,
    "followers": _follows,
    "liked": _liked,
    "answers": _thread,
    "quotes": _others_posts,
    "boosters": _who,
    "likers": _who,
    "parents": _parents,
    "lookup": _lookup,
    "alter_posts": _others_posts,
    "alter_following": _follows,
}
