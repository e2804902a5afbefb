"""For who may not keep others' words: what a text does is found while it is in memory, and only that is kept.

Better rules cannot read such a text again. So what was found stays as it is, with
the versions of the rules that found it (`plnmap.model.TextNotKept`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from plnmap.acts import Text, author_language, language_covered, tag
from plnmap.analysis.derived import packs_version
from plnmap.model import Act, Post, Record, TextLanguage, TextNotKept, table
from plnmap.sources.page import Page
from plnmap.store import Store, as_arrow
from plnmap.tombstones import entombed


class Found(NamedTuple):
    """What the texts of a page do, and in which languages they are."""

    acts: list[Act]
    languages: list[TextLanguage]


class TextsLetGo:
    """Takes the texts out of pages; for `plnmap.collect.collect`.

    `on_page` is told of each page before it is kept, `also` puts what was found
    into the file within the same transaction.
    """

    def __init__(self) -> None:
        self._found = Found([], [])

    def on_page(self, page: Page) -> None:
        """Read the texts of a page, then take them and the self-descriptions out of it."""
        self._found = read_texts(page.posts)
        page.posts = [post._replace(text=None) for post in page.posts]
        page.accounts = [account._replace(bio=None) for account in page.accounts]

    def also(self, store: Store) -> None:
        """Keep what was found, but not of posts whose text is known from elsewhere; within a transaction."""
        found, self._found = self._found, Found([], [])
        read = [row.post for row in found.languages]
        silent = store.rows(
            "SELECT post, author FROM posts WHERE text IS NULL AND list_contains(?, post)", [read]
        )
        gone = entombed(store.connection, {name for row in silent for name in row})
        kept_of = {post for post, author in silent if not {post, author} & gone.keys()}
        rules = packs_version()
        rows: dict[Record, Sequence[tuple[Any, ...]]] = {
            TextNotKept: [TextNotKept(row.post, rules) for row in found.languages],
            TextLanguage: found.languages,
            Act: found.acts,
        }
        for record, every in rows.items():
            name, kept = table(record).name, [row for row in every if row[0] in kept_of]
            store.connection.execute(f"DELETE FROM {name} WHERE list_contains(?, post)", [[*kept_of]])
            if kept:
                store.insert(name, as_arrow(record, kept))


def read_texts(posts: list[Post]) -> Found:
    """What the texts of some posts do; a span in a text that is let go means nothing, and is left out.

    Parameters
    ----------
    posts
        Posts of one page. Who states no language is taken to write in that of their posts
        here, and a parent is seen only if it is here.
    """
    by_key = {post.post: post for post in posts}
    own = {post.post: post for post in posts if post.authority > 0 and post.boost_of is None and post.text}
    unstated = defaultdict(list)
    for post in own.values():
        if post.lang is None:
            unstated[post.author].append(post.text or "")
    languages = {author: author_language(texts) for author, texts in unstated.items()}
    texts = [_text(post, by_key, languages.get(post.author)) for post in own.values()]
    return Found(
        [act._replace(start=None, stop=None) for act in tag(texts, ask_models=False)],
        [TextLanguage(text.post, text.lang, language_covered(text.lang)) for text in texts],
    )


def _text(post: Post, here: dict[str, Post], language: str | None) -> Text:
    parent = here.get(post.reply_to_post or "")
    if parent and parent.author == post.author:
        parent = None
    return Text(
        post=post.post,
        text=post.text or "",
        lang=post.lang or language,
        is_reply=post.reply_to is not None,
        n_handles=post.n_handles,
        links=post.links,
        hashtags=post.hashtags,
        parent_text=parent.text if parent else None,
        parent_is_reply=parent is not None and parent.reply_to is not None,
        parent_links=parent.links if parent else (),
        parent_answers_author=parent is not None and parent.reply_to == post.author,
    )
