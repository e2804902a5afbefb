"""How the X API is asked: tweepy spells the requests, our connection sends them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import requests
import tweepy

from plnmap.model import Task
from plnmap.sources.connection import Connection
from plnmap.sources.x_streams import position

HOST: Final = "https://api.twitter.com"
"""As in tweepy, so that one host is asked; where it really is, the connection knows."""

_POST_FIELDS: Final = (
    "author_id,conversation_id,created_at,entities,in_reply_to_user_id,lang,note_tweet,public_metrics,"
    "referenced_tweets"
)
_USER_FIELDS: Final = "description,protected,public_metrics"
_EXPANSIONS: Final = "author_id,in_reply_to_user_id,referenced_tweets.id,referenced_tweets.id.author_id"

_NEW_FIELDS: Final = {"note_tweet": "note_post"}
_NEW_EXPANSIONS: Final = {"referenced_tweets.id": "referenced_posts"}
_BY_EXPANSION_ONLY: Final = ("author_id", "in_reply_to_user_id", "referenced_tweets")
_GONE: Final = ("referenced_tweets.id.author_id",)


class XClient(tweepy.Client):  # type: ignore[misc]
    """tweepy's client, of which nothing judges an answer: what X refuses is read like what it gives.

    Parameters
    ----------
    connection
        Over which it asks.
    token
        Gives the token in force.
    """

    def __init__(self, connection: Connection, token: Callable[[], str]) -> None:
        super().__init__(return_type=requests.Response)
        self.session = connection
        self._token = token
        self._renamed = False

    def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        user_auth: bool = False,
    ) -> requests.Response:
        """Send a request under the names of fields that X knows: it renames tweets to posts."""
        asked = dict(params or {})
        response = self._sent(method, route, renamed(asked) if self._renamed else asked)
        if not self._renamed and response.status_code == 400 and b"tweet.fields" in response.content:
            response = self._sent(method, route, renamed(asked))
            self._renamed = response.status_code != 400
        return response

    def _sent(self, method: str, route: str, params: Mapping[str, Any]) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token()}"}
        return self.session.request(method, HOST + route, params=params, headers=headers)


def renamed(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a request under their new names.

    >>> renamed({"tweet.fields": "lang,note_tweet", "max_results": 5})
    {'max_results': 5, 'post.fields': 'lang,note_post'}
    """
    new = dict(params)
    if "tweet.fields" in new:
        fields = new.pop("tweet.fields").split(",")
        kept = [_NEW_FIELDS.get(one, one) for one in fields if one not in _BY_EXPANSION_ONLY]
        new["post.fields"] = ",".join(kept)
    if "expansions" in new:
        expansions = new["expansions"].split(",")
        kept = [_NEW_EXPANSIONS.get(one, one) for one in expansions if one not in _GONE]
        new["expansions"] = ",".join(kept)
    return new


def thread_query(threads: Sequence[str], handle: str) -> str:
    """What to search for to find what others said in threads.

    >>> thread_query(["20", "21"], "ada")
    '(conversation_id:20 OR conversation_id:21) -from:ada'
    """
    return f"({' OR '.join(f'conversation_id:{one}' for one in threads)}) -from:{handle}"


def send(client: XClient, task: Task, items: int, start: str | None, by_user: bool, handle: str) -> None:
    """Ask for the next page of a task.

    Parameters
    ----------
    client
        The client.
    task
        The task.
    items
        How many items to ask for.
    start
        Nothing older than this moment, as X writes it; None for everything.
    by_user
        Whether the token is a user's.
    handle
        Of the account that is collected.
    """
    below, token = position(task.cursor)
    page: dict[str, Any] = {"max_results": items, "pagination_token": token}
    posts = {"tweet_fields": _POST_FIELDS, "user_fields": _USER_FIELDS, "expansions": _EXPANSIONS}
    # Both at once are refused where the moment lies before the post.
    part = {"since_id": task.since} if task.since else {"start_time": start, "until_id": below}
    people = {"user_fields": _USER_FIELDS}
    about = task.subject
    match task.stream:
        case "profile" if by_user:
            client.get_me(user_auth=False, **people)
        case "profile":
            client.get_user(id=about, **people)
        case "lookup":
            client.get_users(usernames=about, **people)
        case "posts" | "alter_posts":
            client.get_users_tweets(about, **page, **posts, **part)
        case "mentions":
            client.get_users_mentions(about, **page, **posts, **part)
        case "liked":
            client.get_liked_tweets(about, **page, **posts)
        case "followers":
            client.get_users_followers(about, **page, **people)
        case "following" | "alter_following":
            client.get_users_following(about, **page, **people)
        case "quotes":
            client.get_quote_tweets(about, **page, **posts)
        case "boosters":
            client.get_retweeters(about, **page, **people)
        case "likers":
            client.get_liking_users(about, **page, **people)
        case "answers":
            query = thread_query(about.split(","), handle)
            client.search_recent_tweets(query, max_results=items, next_token=token, **posts)
        case other:
            raise ValueError(f"{other} is never asked for")
