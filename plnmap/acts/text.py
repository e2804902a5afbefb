"""What the rules look at: one post, flat, with no more of its surroundings than they need."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One text to tag.

    Only `post` and `text` are needed; the defaults say "nothing known", and what is not
    known makes fewer rules fire, never more.

    Examples
    --------
    >>> Text("twitter:1", "@ada thanks for the tip", lang="en", is_reply=True, n_handles=1).links
    ()
    """

    post: str
    """Post key."""
    text: str
    """Plain text as written by the author, entities decoded."""
    lang: str | None = None
    """Language as the platform states it (BCP 47), or as found for the author; None is unknown."""
    is_reply: bool = False
    """The post answers somebody else."""
    n_handles: int = 0
    """Distinct handles written anywhere in the text."""
    links: tuple[str, ...] | list[str] = ()
    """Addresses the post links to, expanded, without its own media."""
    hashtags: tuple[str, ...] | list[str] = ()
    """Hashtags in lower case, without #."""
    author_own_domains: frozenset[str] = frozenset()
    """Domains (``ada.example``) that are the author's own site."""
    parent_text: str | None = None
    """Text of the post answered, where it is somebody else's and the file holds it."""
    parent_is_reply: bool = False
    """That post answers somebody itself."""
    parent_links: tuple[str, ...] | list[str] = ()
    """Addresses that it links to, expanded."""
    parent_answers_author: bool = False
    """The post answered is known to be itself a reply to this author."""
