"""Posts of the X API version 2, joined with what a page includes and put into the older shape.

One shape means one set of rules for whom a post addresses, whatever its source.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec import field as made

from plnmap.sources.people import count
from plnmap.sources.x_shapes import Entities, Hashtag, Link, Named, User, XPost
from plnmap.sources.x_text import parse_status


class V2Metrics(Struct, gc=False):
    """How many follow an account and whom it follows, or what became of a post."""

    followers_count: int | None = None
    following_count: int | None = None
    tweet_count: int | None = None
    post_count: int | None = None
    like_count: int | None = None
    reply_count: int | None = None
    quote_count: int | None = None
    retweet_count: int | None = None
    repost_count: int | None = None

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            setattr(self, name, count(getattr(self, name)))


class V2User(Struct, gc=False):
    """An account."""

    id: str | None = None
    username: str | None = None
    name: str | None = None
    description: str | None = None
    protected: bool | None = None
    public_metrics: V2Metrics = made(default_factory=V2Metrics)


class V2Tag(Struct, gc=False):
    """A hashtag."""

    tag: str | None = None


class V2Entities(Struct, gc=False):
    """What the platform found in a text."""

    mentions: list[V2User] = []
    urls: list[Link] = []
    hashtags: list[V2Tag] = []


class NoteTweet(Struct, gc=False):
    """The whole of a long post."""

    text: str | None = None
    entities: V2Entities | None = None


class V2Tweet(Struct, gc=False):
    """A post of version 2; as a reference to another post it may hold no more than type and id."""

    type: str | None = None
    id: str | None = None
    text: str | None = None
    author_id: str | None = None
    author: V2User | None = None
    created_at: str | None = None
    lang: str | None = None
    conversation_id: str | None = None
    in_reply_to_user_id: str | None = None
    in_reply_to_user: V2User | None = None
    entities: V2Entities | None = None
    note_tweet: NoteTweet | None = None
    note_post: NoteTweet | None = None
    referenced_tweets: list[V2Tweet] = []
    referenced_posts: list[V2Tweet] = []
    username: str | None = None
    name: str | None = None
    description: str | None = None
    protected: bool | None = None
    public_metrics: V2Metrics = made(default_factory=V2Metrics)


class Includes(Struct, gc=False):
    """Accounts and posts that a page refers to, each once."""

    users: list[V2User] = []
    tweets: list[V2Tweet] = []
    posts: list[V2Tweet] = []


class Joined:
    """The accounts and posts that a page knows, by id."""

    def __init__(self, includes: Includes) -> None:
        self.users: dict[str, V2User] = {}
        self.posts: dict[str, V2Tweet] = {}
        for user in includes.users:
            self._add_user(user)
        for post in (*includes.tweets, *includes.posts):
            self.add(post)

    def add(self, post: V2Tweet) -> None:
        """Note a post and what is written inside it, where it was taken out of its page."""
        if post.id and post.text is not None:
            self.posts[post.id] = post
        for user in (post.author, post.in_reply_to_user, *(post.entities.mentions if post.entities else ())):
            if user is not None:
                self._add_user(user)
        for other in (*post.referenced_tweets, *post.referenced_posts):
            self.add(other)

    def _add_user(self, user: V2User) -> None:
        if user.id and (user.id not in self.users or user.name is not None):
            self.users[user.id] = user

    def author(self, post_id: str | None) -> str | None:
        """Id of the account that wrote a post, if the page knows it."""
        post = self.posts.get(post_id or "")
        return author_id(post) if post else None

    def user(self, account_id: str | None) -> User | None:
        """An account in the older shape; None without an id."""
        if account_id is None:
            return None
        known = self.users.get(account_id)
        return as_user(known) if known else User(id_str=account_id)


def author_id(post: V2Tweet) -> str | None:
    """Id of the account that wrote a post."""
    return post.author_id or (post.author.id if post.author else None)


def as_user(user: V2User) -> User:
    """An account in the older shape."""
    counts = user.public_metrics
    return User(
        id_str=user.id,
        screen_name=user.username,
        name=user.name,
        description=user.description,
        followers_count=counts.followers_count,
        friends_count=counts.following_count,
        statuses_count=counts.post_count if counts.tweet_count is None else counts.tweet_count,
    )


def as_post(post: V2Tweet, joined: Joined) -> XPost:
    """A post in the older shape.

    Parameters
    ----------
    post
        The post.
    joined
        What its page knows.

    Examples
    --------
    >>> page = Joined(Includes(users=[V2User(id="2", username="bo")]))
    >>> as_post(V2Tweet(id="1", text="@bo hi", in_reply_to_user_id="2"), page).in_reply_to_screen_name
    'bo'
    """
    note = post.note_tweet or post.note_post
    referred = {
        one.type: one.id for one in (*post.referenced_tweets, *post.referenced_posts) if one.type and one.id
    }
    parent = referred.get("replied_to")
    answered = post.in_reply_to_user_id or joined.author(parent)
    to = joined.user(answered)
    quoted = referred.get("quoted")
    return XPost(
        id_str=post.id,
        created_at=post.created_at,
        full_text=(note.text if note else None) or post.text,
        lang=post.lang,
        user=joined.user(author_id(post)),
        in_reply_to_status_id_str=parent,
        in_reply_to_user_id_str=answered,
        in_reply_to_screen_name=to.screen_name if to else None,
        entities=_entities((note.entities if note else None) or post.entities, post.id, joined),
        retweeted_status=_stub(referred.get("retweeted"), joined),
        quoted_status=_stub(quoted, joined),
        quoted_status_id_str=quoted,
    )


def _stub(post_id: str | None, joined: Joined) -> XPost | None:
    return XPost(id_str=post_id, user=joined.user(joined.author(post_id))) if post_id else None


def _entities(found: V2Entities | None, post_id: str | None, joined: Joined) -> Entities:
    if found is None:
        return Entities()
    pictures: list[Link] = []
    urls: list[Link] = []
    for link in found.urls:
        status = parse_status(link.expanded_url or "")
        own = status is not None and status.media and status.post_id == post_id
        (pictures if own else urls).append(link)
    named = []
    for user in found.mentions:
        known = joined.users.get(user.id or "")
        named.append(Named(id_str=user.id, screen_name=user.username, name=known.name if known else None))
    tags = [Hashtag(one.tag) for one in found.hashtags if one.tag]
    return Entities(user_mentions=named, urls=urls, media=pictures, hashtags=tags)
