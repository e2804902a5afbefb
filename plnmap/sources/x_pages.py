"""What an answer of the X API gives, and how its task goes on. Pure: nothing is asked for here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from plnmap.errors import BadData, CredentialsError
from plnmap.model import Follow, Post, Reaction, Task, account_key, account_reference
from plnmap.sources.dates import before_year, parse_past
from plnmap.sources.json_pages import decode_object
from plnmap.sources.live import Answer, End, Taken, new_task
from plnmap.sources.page import Page
from plnmap.sources.people import is_handle
from plnmap.sources.x_answers import Problem, XAnswer, decode_answer, left_out, read_items
from plnmap.sources.x_posts import Reading
from plnmap.sources.x_shapes import made_at, trusted_id
from plnmap.sources.x_streams import (
    ASKED,
    BY_DATE,
    LIKES_ARE_PRIVATE,
    RANKS,
    STREAMS,
    UNNAMED,
    alter_tasks_of,
    further,
    items_at_most,
    older_than,
    owner_tasks,
)
from plnmap.sources.x_v2 import V2Tweet
from plnmap.words import plain

SHORT_BELOW: Final = 0.9
"""Counts lag behind, and hold what was suspended or deleted since: a list is short only below this share."""

SEARCH_SHOWS: Final = timedelta(days=7)
"""How old a post may be that the search shows."""

SEARCH_REACHES: Final = SEARCH_SHOWS - timedelta(minutes=10)
"""How old a post may be whose thread is searched for; a little less, as time passes until then."""

THREADS_A_SEARCH: Final = 12
"""A question to the search has 512 characters; so many threads by their ids fit in."""

_ID: Final = re.compile(r"\w{1,64}", re.ASCII)
_REASON_AT_MOST: Final = 200
_UNKNOWN: Final = "X knows no such account or post any more"
_TRY_AGAIN: Final = "run the same command again later"


class Viewer(NamedTuple):
    """Who looks, and how much of it they want.

    Attributes
    ----------
    source
        Key of the collection.
    owner_id
        The platform's id of the account that is collected.
    by_user
        Whether the token is a user's; one of an app sees less.
    recent
        How many posts of each other person are taken.
    since
        Nothing older than this moment is asked for, UTC; None for everything.
    """

    source: str
    owner_id: str
    by_user: bool
    recent: int
    since: datetime | None = None

    @property
    def owner(self) -> str:
        """Account key of the account that is collected."""
        return account_key("twitter", self.owner_id)


class _Refusal(Struct):
    title: str | None = None
    detail: str | None = None
    reason: str | None = None
    errors: list[Problem] = []


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
        The answer is not as such an answer should be.
    CredentialsError
        The token is that of another account than the one that is collected.
    """
    page = Page(answer.request, bytes_read=len(answer.body))
    if answer.status != 200:
        return _nothing(page, task, viewer, *_turned_down(answer))
    said = _decoded(answer, page)
    for problem in said.errors:
        page.skipped[left_out(problem)] += 1
    items = said.items
    if not items and said.errors and not said.meta.next_token and task.stream != "lookup":
        return _nothing(page, task, viewer, *_unseen(said.errors[0]))
    _put_records(task, said, answer.received_at, viewer, page)
    stream = STREAMS[task.stream]
    cursor, end, reason = _goes_on(task, said, answer.received_at, viewer)
    ids = [one for item in items if (one := trusted_id(item.id, None))]
    before = before_year(answer.received_at)
    moments = [moment for one in items if (moment := parse_past(one.created_at, before))]
    called_for = (*_further(task, items, answer.received_at, viewer), *_missing(task, said.errors, viewer))
    return Taken(
        page,
        cursor,
        newest=ids[0] if ids and not stream.snapshot else None,
        items=len(items),
        end=end,
        reason=reason,
        expected=task.expected,
        tasks=called_for,
        reads=_reads(task, items, viewer),
        oldest=min(moments, default=None) if stream.resource == "post" else None,
    )


def _nothing(page: Page, task: Task, viewer: Viewer, end: End, reason: str) -> Taken:
    """The end of a task that a page gives nothing for."""
    if end == "gone" and task.subject == viewer.owner_id:
        # What is gone is never asked for again; the account itself may come back.
        end = "refused"
    return Taken(page, None, None, 0, end, reason, task.expected)


def _decoded(answer: Answer, page: Page) -> XAnswer:
    try:
        whole = decode_object("an answer", answer.body, msgspec.Raw)
        return decode_answer(bytes(whole), page.skipped)
    except (BadData, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        address = urlsplit(answer.request).path
        raise BadData(f"what X answered to {address} cannot be read", hint=_TRY_AGAIN) from exc


def _put_records(task: Task, said: XAnswer, when: datetime, viewer: Viewer, page: Page) -> None:
    """Put all that an answer holds onto a page."""
    if task.stream in ("posts", "alter_posts"):
        for item in said.items:
            item.author_id = item.author_id or task.subject
    reading = Reading(before_year(when), skipped=page.skipped)
    found = read_items(said.items, said.includes, when, reading)
    reading.people.hand_over(page, everything=True)
    if task.stream == "liked":
        _put_likes(found.posts, said.items, viewer.owner, when, page)
    else:
        page.posts += found.posts
    page.posts += found.context
    _put_people(task, said.items, viewer, when, page)


def _turned_down(answer: Answer) -> tuple[End, str]:
    """How a task ends that gets no answer."""
    if answer.status in (404, 410):
        return "gone", _UNKNOWN
    try:
        said = msgspec.json.decode(answer.body, type=_Refusal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        said = _Refusal()
    first = said.errors[0] if said.errors else Problem()
    words = said.reason or said.detail or first.detail or said.title or first.title or ""
    told = f": {plain(words)[:_REASON_AT_MOST]}" if words else ""
    if answer.status == 403:
        return "refused", f"X does not allow it with this access{told}"
    return "refused", f"X did not accept the request ({answer.status}){told}"


def _unseen(problem: Problem) -> tuple[End, str]:
    """How a task ends about something that X does not show, by the problem that it names instead."""
    said = f"{problem.title} {problem.type} {problem.detail}".lower()
    if "suspended" in said:
        return "gone", "suspended"
    if "not-authorized" in said or "authorization" in said:
        return "hidden", "protected: shown to followers only"
    if "not-found" in said or "not found" in said:
        return "gone", _UNKNOWN
    return "refused", left_out(problem)


def _goes_on(task: Task, said: XAnswer, when: datetime, viewer: Viewer) -> tuple[str | None, End | None, str]:
    """Cursor, end and reason."""
    given, token = task.pass_items + len(said.items), said.meta.next_token
    ids = [one for item in said.items if (one := trusted_id(item.id, None))]
    if task.stream == "alter_posts" and token and given >= viewer.recent:
        return older_than(ids, task.cursor), "partial", f"the {viewer.recent} most recent, as asked"
    if token and (task.since is None or task.since not in ids) and not _has_all(task, len(said.items)):
        return further(task.cursor, token), None, ""
    if viewer.since is not None and task.since is None and task.stream in BY_DATE:
        return older_than(ids, task.cursor), "partial", f"since {viewer.since:%Y-%m-%d}, as asked"
    if task.stream == "answers" and not all(_is_shown(one, when) for one in task.subject.split(",")):
        return None, "partial", UNNAMED
    return None, *_how_it_ends(task, given)


def _is_shown(thread: str, when: datetime) -> bool:
    """Whether the search shows all of a thread, by the id of the post that it began with."""
    begun = made_at(thread)
    return begun is not None and begun > (when - SEARCH_SHOWS).timestamp()


def _has_all(task: Task, items: int) -> bool:
    """Whether a page about one post shows as many as it counts, and had room for more.

    X may name a next page that turns out empty.
    """
    of_a_post, room = STREAMS[task.stream].subjects_from is not None, items < items_at_most(task, None)
    return of_a_post and room and task.pass_items + items >= (task.expected or math.inf)


def _how_it_ends(task: Task, given: int) -> tuple[End, str]:
    """How a list ends that is at its end; caps are the collector's to see."""
    stream, expected = STREAMS[task.stream], task.expected
    if not expected or task.since is not None:
        return "complete", ""
    if not given and stream.snapshot:
        return "hidden", f"X counts {expected:,} and shows none"
    if given < SHORT_BELOW * min(expected, stream.cap or expected):
        return "partial", f"X counts {expected:,} and shows {given:,}"
    return "complete", ""


def _put_likes(posts: list[Post], items: list[V2Tweet], owner: str, when: datetime, page: Page) -> None:
    """Likes, and what was liked as context: it is there only because it was liked."""
    page.posts += [post._replace(authority=0) for post in posts]
    authors = {post.post: post.author for post in posts}
    for item in items:
        if (post_id := trusted_id(item.id, None)) is not None:
            key = f"twitter:{post_id}"
            page.reactions.append(Reaction(owner, "favourite", key, authors.get(key), None, None, when))


def _put_people(task: Task, items: list[V2Tweet], viewer: Viewer, when: datetime, page: Page) -> None:
    """What the people on a page did: they follow, are followed, or passed a post on."""
    ids = [one for item in items if (one := trusted_id(item.id, None))]
    people = [account_key("twitter", one) for one in ids]
    if task.stream in ("boosters", "likers"):
        kind = "boost" if task.stream == "boosters" else "favourite"
        page.reactions += [
            Reaction(person, kind, f"twitter:{task.subject}", viewer.owner, None, None, when)
            for person in people
        ]
    elif STREAMS[task.stream].snapshot:
        # All pages of a list show one moment: that at which it was begun.
        seen = task.began_at or when
        incoming = task.stream == "followers"
        page.follows += [
            Follow(person, task.account, seen, seen) if incoming else Follow(task.account, person, seen, seen)
            for person in people
        ]


def _further(task: Task, items: list[V2Tweet], when: datetime, viewer: Viewer) -> Iterator[Task]:
    """Tasks that a page calls for."""
    if task.stream == "profile":
        for item in items:
            if item.id != viewer.owner_id:
                raise CredentialsError(
                    "X answers for another account than the one that is collected",
                    hint="log in again with that account: plnmap login twitter",
                )
            yield from owner_tasks(viewer.source, viewer.owner_id, viewer.by_user, item.public_metrics)
    elif task.stream == "lookup":
        for place, item in enumerate(items):
            if (account_id := trusted_id(item.id, None)) is not None:
                counts = item.public_metrics
                yield from alter_tasks_of(viewer.source, account_id, task.rank + place, viewer.recent, counts)
    elif task.stream == "posts":
        yield from _about_posts(items, when, viewer)
        yield from _about_threads(items, when, viewer)


def _about_posts(items: list[V2Tweet], when: datetime, viewer: Viewer) -> Iterator[Task]:
    """Who quoted, boosted and liked own posts, where X counts any."""
    for item in items:
        post_id = trusted_id(item.id, None)
        if post_id is None or _is_boost(item):
            # The counts of a boost are those of the original.
            continue
        counts = item.public_metrics
        counted = {
            "quotes": counts.quote_count,
            "boosters": counts.repost_count if counts.retweet_count is None else counts.retweet_count,
            "likers": counts.like_count,
        }
        for stream, count in counted.items():
            if not count:
                continue
            task = new_task(viewer.source, stream, post_id, viewer.owner, RANKS[stream], count)
            if stream == "likers" and not viewer.by_user:
                # A login of the account itself asks for it.
                task = task._replace(state="refused", reason=LIKES_ARE_PRIVATE, began_at=when)
            yield task


def _is_boost(item: V2Tweet) -> bool:
    return any(one.type == "retweeted" for one in (*item.referenced_tweets, *item.referenced_posts))


def _about_threads(items: list[V2Tweet], when: datetime, viewer: Viewer) -> Iterator[Task]:
    """Searches for the answers in own threads that the search still reaches, and a note of all others."""
    answered = [item for item in items if item.public_metrics.reply_count and not _is_boost(item)]
    threads = {
        item.id: item.public_metrics.reply_count or 0
        for item in answered
        if item.id
        and item.id == trusted_id(item.conversation_id, None)
        and (begun := parse_past(item.created_at, before_year(when)))
        and begun > when - SEARCH_REACHES
    }
    if any(item.conversation_id not in threads for item in answered):
        rest = new_task(viewer.source, "answers", viewer.owner_id, viewer.owner, RANKS["answers"])
        yield rest._replace(state="partial", reason=UNNAMED)
    ids = sorted(threads)
    for start in range(0, len(ids), THREADS_A_SEARCH):
        batch = ids[start : start + THREADS_A_SEARCH]
        replies = sum(threads[one] for one in batch)
        yield new_task(viewer.source, "answers", ",".join(batch), viewer.owner, RANKS["answers"], replies)


def _missing(task: Task, problems: list[Problem], viewer: Viewer) -> Iterator[Task]:
    """What X left out of a page, by id, as tasks that have ended."""
    for problem in problems:
        subject = problem.resource_id or problem.value or ""
        if not _ID.fullmatch(subject):
            continue
        end, reason = _unseen(problem)
        stream, account, rank = "missing", task.account, RANKS["missing"]
        if task.stream == "lookup" and is_handle("twitter", subject):
            stream, account, rank = "alter_posts", account_reference("twitter", subject), task.rank
        yield new_task(viewer.source, stream, subject, account, rank)._replace(state=end, reason=reason)


def _reads(task: Task, items: list[V2Tweet], viewer: Viewer) -> Mapping[tuple[str, bool], frozenset[str]]:
    """What X bills for a page."""
    resource = STREAMS[task.stream].resource
    ids = frozenset(item.id for item in items if item.id)
    if resource is None or not ids:
        return {}
    if resource == "follow":
        # A follow is billed as such, not as the person at its other end.
        arrow = "<" if task.stream == "followers" else ">"
        ids = frozenset(f"{task.subject}{arrow}{one}" for one in ids)
    return {(resource, viewer.by_user and ASKED[task.stream].owned): ids}
