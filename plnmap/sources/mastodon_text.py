"""The HTML of a Mastodon post as plain text, with its links and the people it names."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Final, NamedTuple

_BREAKS: Final = {"br": "\n", "li": "\n- ", "p": "\n\n", "blockquote": "\n\n", "pre": "\n\n"}


class Named(NamedTuple):
    """A person named in a text, and where."""

    handle: str
    start: int
    stop: int


class Plain(NamedTuple):
    """A post as plain text."""

    text: str
    named: list[Named]
    links: list[str]


class _Reader(HTMLParser):
    """Collects text; a person becomes their whole handle, a link its whole address."""

    def __init__(self, handle_of: Callable[[str, str], str | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.named: list[Named] = []
        self.links: list[str] = []
        self._handle_of = handle_of
        self._anchor: tuple[str, bool] | None = None
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.end_anchor()
            told = dict(attrs)
            classes = (told.get("class") or "").split()
            self._anchor = (told.get("href") or "", "mention" in classes and "hashtag" not in classes)
        elif tag in _BREAKS and self._anchor is None and self.length:
            self._add(_BREAKS[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.end_anchor()

    def handle_data(self, data: str) -> None:
        if self._anchor is None:
            self._add(data)
        else:
            self._inside.append(data)

    def end_anchor(self) -> None:
        """Write down the anchor that is open, if one is."""
        if self._anchor is None:
            return
        (address, is_person), inside = self._anchor, "".join(self._inside)
        self._anchor, self._inside = None, []
        handle = self._handle_of(inside.strip().removeprefix("@"), address) if is_person else None
        if handle is not None:
            start = self.length
            self._add(f"@{handle}")
            self.named.append(Named(handle, start, self.length))
        elif inside.startswith("#") or not address.startswith(("http://", "https://")):
            self._add(inside)
        else:
            self._add(address)
            self.links.append(address)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def plain(content: str, handle_of: Callable[[str, str], str | None]) -> Plain:
    """Turn the HTML of a post into text.

    Parameters
    ----------
    content
        The HTML.
    handle_of
        From the name and the address of a person, as written, to their whole
        handle; None if nobody is meant.

    Examples
    --------
    >>> html = '<p><a href="https://example.social/@bo" class="u-url mention">@<span>bo</span></a> hi</p>'
    >>> plain(html, lambda name, address: f"{name}@example.social").text
    '@bo@example.social hi'
    """
    reader = _Reader(handle_of)
    reader.feed(content)
    reader.close()
    reader.end_anchor()
    return Plain("".join(reader.parts), reader.named, list(dict.fromkeys(reader.links)))


def in_body(written: Plain) -> list[str]:
    """Handles named in a reply's own words: not those that only stand in front of them.

    >>> in_body(Plain("@bo @cy hi @bo", [Named("bo", 0, 3), Named("cy", 4, 7), Named("bo", 11, 14)], []))
    ['bo']
    """
    reached = 0
    for position, named in enumerate(written.named):
        if written.text[reached : named.start].strip(" \n,:"):
            return [other.handle for other in written.named[position:]]
        reached = named.stop
    return []
