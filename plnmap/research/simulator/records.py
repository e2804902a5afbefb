"""From a world to records, as an import would bring them."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import numpy as np

from plnmap.model import Account, Coverage, Follow, Handle, Platform, Post, Reaction, Source, account_key
from plnmap.research.simulator.drafts import NOBODY
from plnmap.research.simulator.living import Lived
from plnmap.research.simulator.masks import MASKS, Bools, Floats, Mask, MaskName, seen_since, shown
from plnmap.research.simulator.people import EGO

POST_KINDS: Final = ("reply", "mention", "quote", "boost")
_REPLIES: Final = ("reply", "introduction")
_ADDRESSED: Final = (*_REPLIES, "mention")
_HOME, _AWAY = "home.example", "away.example"


class Records(NamedTuple):
    """What goes into a PLN file."""

    source: Source
    posts: list[Post]
    reactions: list[Reaction]
    follows: list[Follow]
    accounts: list[Account]
    handles: list[Handle]
    coverage: list[Coverage]


class Keys(NamedTuple):
    """What people and posts are called on a platform.

    Attributes
    ----------
    accounts, handles
        By number of the person.
    posts
        Draft → post key; the numbers in them grow with time.
    """

    accounts: list[str]
    handles: list[str]
    posts: dict[int, str]


def keys(lived: Lived, platform: Platform) -> Keys:
    """What everybody and everything is called."""
    names = lived.people["handle"].tolist()
    ids = [str(1_000 + 7 * i) for i in range(len(names))]
    drafts = lived.posts["draft"].tolist()
    if platform == "twitter":
        posts = {draft: f"twitter:{10**12 + i}" for i, draft in enumerate(drafts)}
        return Keys([account_key("twitter", each) for each in ids], names, posts)
    servers = [_AWAY if away else _HOME for away in lived.people["remote"]]
    servers[EGO] = _HOME
    return Keys(
        [account_key("mastodon", f"{server}:{each}") for server, each in zip(servers, ids, strict=True)],
        [f"{name}@{server}" for name, server in zip(names, servers, strict=True)],
        {draft: f"mastodon:https://{_HOME}/statuses/{10**12 + i}" for i, draft in enumerate(drafts)},
    )


def observe(lived: Lived, name: MaskName, rng: np.random.Generator) -> Records:
    """What one source shows of a world.

    Parameters
    ----------
    lived
        The world.
    name
        One of `plnmap.research.simulator.masks.MASKS`.
    rng
        For what gets lost on the way.
    """
    mask = MASKS[name]
    called = keys(lived, mask.platform)
    since = seen_since(lived, mask)
    posts, boosts = _posts(lived, mask, shown(lived, mask, since, rng), called)
    reactions = boosts + _favourites(lived, mask, called)
    known = _known(posts, reactions, called)
    seen_until = lived.end - timedelta(seconds=1)
    follows = [
        Follow(called.accounts[source], called.accounts[target], lived.end, lived.end)
        for source, target in lived.follows.itertuples(index=False)
    ]
    content = (
        posts,
        reactions,
        follows,
        _accounts(lived, mask, known, called),
        [Handle(called.accounts[i], called.handles[i], lived.begin, seen_until) for i in known],
        _coverage(lived, mask, since, called),
    )
    return Records(_source(lived, mask, called, content), *content)


def _posts(lived: Lived, mask: Mask, held: Bools, called: Keys) -> tuple[list[Post], list[Reaction]]:
    """Posts, and boosts that are no posts of their own."""
    roots = _roots(lived, called) if mask.states_threads else {}
    said = dict(zip(lived.posts["draft"].tolist(), lived.written, strict=True))
    names = lived.people["handle"].tolist()
    columns = (
        lived.posts[name][held].tolist()
        for name in ("draft", "author", "to", "third", "form", "parent", "at")
    )
    posts: list[Post] = []
    boosts: list[Reaction] = []
    for draft, author, to, third, form, parent, at in zip(*columns, strict=True):
        other = called.accounts[to] if to != NOBODY else None
        above, moment = called.posts.get(parent), _moment(lived, at)
        is_boost, is_reply, is_quote = form == "boost", form in _REPLIES, form == "quote"
        if is_boost and above and not mask.boosts_are_posts:
            boosts.append(Reaction(called.accounts[author], "boost", above, other, moment, "second", None))
            continue
        written = said[parent] if is_boost else said[draft]
        named = [to] if form in ("mention", "credit") else [third] if form == "introduction" else []
        before = f"RT @{names[to]}: " if is_boost else f"@{names[to]} " if form in _ADDRESSED else ""
        posts.append(
            Post(
                post=called.posts[draft],
                author=called.accounts[author],
                happened_at=moment,
                at_precision="second",
                text=f"{before}{written.text}",
                lang="en",
                conversation=roots.get(draft),
                reply_to_post=above if is_reply else None,
                reply_to=other if is_reply else None,
                # An archive has the words of what was passed on, and no number of it.
                boost_of_post=above if is_boost and mask.everyone else None,
                boost_of=other if is_boost else None,
                quote_of_post=above if is_quote else None,
                quote_of=other if is_quote else None,
                mentions=[called.accounts[each] for each in named],
                n_handles=len({*named, *([to] if before else [])}),
                links=written.links,
                hashtags=written.hashtags,
                url=None,
                authority=2 if author == EGO and mask.source_kind != "x_api" else mask.authority,
            )
        )
    return posts, boosts


def _moment(lived: Lived, at: float) -> datetime:
    return lived.begin + timedelta(seconds=int(at * 86_400))


def _roots(lived: Lived, called: Keys) -> dict[int, str]:
    """Draft → key of the post that its thread began with."""
    roots: dict[int, int] = {}
    columns = (lived.posts[name].tolist() for name in ("draft", "parent", "form"))
    for draft, parent, form in zip(*columns, strict=True):
        roots[draft] = roots.get(parent, draft) if form in _REPLIES else draft
    return {draft: called.posts[root] for draft, root in roots.items()}


def _favourites(lived: Lived, mask: Mask, called: Keys) -> list[Reaction]:
    if mask.favourites == "none":
        return []
    rows = lived.favourites
    by = lived.posts.set_index("draft")["author"].reindex(rows["draft"]).to_numpy()
    actor = rows["actor"].to_numpy()
    wanted = np.full(len(rows), mask.favourites == "all") | (actor == EGO)
    if mask.favourites == "notified":
        wanted |= by == EGO
    columns = (actor, by, rows["draft"].to_numpy(), rows["at"].to_numpy())
    return [
        Reaction(
            called.accounts[who],
            "favourite",
            called.posts[draft],
            called.accounts[author] if mask.favourites == "all" or who != EGO else None,
            _moment(lived, at) if mask.favourites == "all" or who != EGO else None,
            "second" if mask.favourites == "all" or who != EGO else None,
            lived.end,
        )
        for who, author, draft, at in zip(*(column[wanted].tolist() for column in columns), strict=True)
    ]


def _known(posts: list[Post], reactions: list[Reaction], called: Keys) -> list[int]:
    """Numbers of those whose handle the source shows: ego, and whoever wrote or was named."""
    seen = {reaction.actor for reaction in reactions}
    for post in posts:
        seen.update((post.author, *post.mentions))
        seen.update(other for other in (post.reply_to, post.boost_of, post.quote_of) if other)
    return [i for i, key in enumerate(called.accounts) if i == EGO or key in seen]


def _accounts(lived: Lived, mask: Mask, known: list[int], called: Keys) -> list[Account]:
    """Whom the source describes; an archive describes its owner alone, and does not quote them."""
    described = known if mask.profiles else [EGO]
    counts = lived.people[["followers", "following"]].iloc[described].itertuples(index=False)
    return [
        Account(
            called.accounts[i],
            lived.profiles[i].name,
            lived.profiles[i].bio if mask.profiles else None,
            followers,
            following,
            lived.end,
        )
        for i, (followers, following) in zip(described, counts, strict=True)
    ]


def _coverage(lived: Lived, mask: Mask, since: Floats, called: Keys) -> list[Coverage]:
    covered = range(1 + lived.alters) if mask.everyone else (EGO,)
    limit = mask.reason if mask.outgoing == "partial" else ""
    ego = called.accounts[EGO]
    first, last = (lived.begin, lived.end) if mask.incoming == "partial" else (None, None)
    unseen = mask.reason or "no source of ego's own shows it"
    kinds = (*POST_KINDS, "favourite") if mask.favourites == "all" else POST_KINDS
    told = (*POST_KINDS, "favourite") if mask.favourites in ("own", "notified") else POST_KINDS
    rows = [
        Coverage(
            called.accounts[i], kind, "out", mask.outgoing, lived.begin + timedelta(days=float(since[i])),
            lived.end, None, None, limit,
        )
        for i in covered
        for kind in kinds
    ]  # fmt: skip
    rows += [Coverage(ego, kind, "in", mask.incoming, first, last, None, None, unseen) for kind in told]
    if mask.favourites in ("own", "notified"):
        rows.append(Coverage(ego, "favourite", "out", "partial", None, lived.end, None, None, "not dated"))
    for way in ("out", "in"):
        rows.append(Coverage(ego, "follow", way, "complete", lived.end, lived.end, None, None, ""))
    return rows


def _source(lived: Lived, mask: Mask, called: Keys, content: tuple[Any, ...]) -> Source:
    """The source, under the SHA-256 of all that it holds, as a file would be."""
    held = json.dumps(content, default=str, separators=(",", ":"))
    return Source(
        source=hashlib.sha256(held.encode()).hexdigest(),
        name=f"simulated-{mask.name}",
        kind=mask.source_kind,
        platform=mask.platform,
        owner=called.accounts[EGO],
        retrieved_at=lived.end,
        retrieved_from="the end of the simulated time",
        reader_version=1,
        posts=len(content[0]),
        skipped=0,
        skip_reasons="{}",
        other_side=False,
        imported_at=lived.end,
    )
