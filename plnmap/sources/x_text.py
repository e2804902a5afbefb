"""What the text of a post on Twitter/X shows by itself: handles, boosts by hand, addresses of posts."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# "@" inside a mail address, a link or a longer handle names nobody.
_HANDLE: Final = re.compile(r"(?<![\w@/])@(\w{1,20})", re.ASCII)
_RUN: Final = re.compile(r"\s*(?:@\w{1,20}(?:[\s,:;]+|$))+", re.ASCII)
_BOOST: Final = re.compile(r"\W{0,2}[RM]T\s*:?\s*[“\"]?@(\w{1,20})", re.ASCII | re.IGNORECASE)
_COMMENTED: Final = re.compile(
    r"(?<![\w@#/])[RM]T\s*(?P<early>:)?\s*[“\"]?@(?P<handle>\w{1,20})"
    r"(?:(?P<late>:)|\s+(?![@#&]|https?:)(?=\S))",
    re.ASCII | re.IGNORECASE,
)
_ASKS_OR_THANKS: Final = re.compile(r"\b(?:the|an?|for|your|my|of|this|please|pls|plz|to)\s*$", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\s*([“\"])\s?@(\w{1,20}):", re.ASCII)
_CLOSING: Final = {"“": "”", '"': '"'}
_STATUS: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:#!/)?(\w{1,20})/status(?:es)?/(\d{1,20})(?!\d)(/(?:photo|video)/)?",
    re.ASCII | re.IGNORECASE,
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NOT_A_HANDLE: Final = frozenset({"i", "intent", "search", "hashtag", "share", "statuses"})
_LANGUAGES: Final = {"in": "id", "iw": "he", "ji": "yi"}


class Status(NamedTuple):
    """The address of a post: whose it is, its id, and whether a picture in it is meant."""

    handle: str | None
    post_id: str
    media: bool


def handles(text: str) -> list[str]:
    """Handles written in a text, in order, as written, without @.

    >>> handles(".@ada and @Bo, not me@example.org or https://example.org/@cy")
    ['ada', 'Bo']
    """
    return _HANDLE.findall(text) if "@" in text else []


def without_run(text: str) -> str:
    """The text without the handles in front of it, which a reply carries by itself.

    >>> without_run("@ada @bo: what @cy said")
    'what @cy said'
    """
    run = _RUN.match(text) if text[:1] == "@" or text[:1].isspace() else None
    return text[run.end() :] if run else text


def boosted(text: str) -> str | None:
    """The handle that a text boosts by hand, with nothing of its own in front.

    >>> boosted("RT @ada: a find"), boosted("MT @ada a find"), boosted("see RT @ada: a find")
    ('ada', 'ada', None)
    """
    found = _BOOST.match(text)
    return found[1] if found else None


def commented(text: str) -> tuple[str, str] | None:
    """The comment and the handle of a text that quotes by hand.

    Parameters
    ----------
    text
        The text, in a reply without its run of handles.

    Returns
    -------
    tuple of str, or None
        The comment, which alone is the author's own, and the handle quoted.
        "Thanks for the RT @ada" quotes nobody, nor does "… MT @ada @bo" at the end.

    Examples
    --------
    >>> commented("so true RT @ada: a find")
    ('so true ', 'ada')
    >>> commented("“@ada: a find” indeed")
    (' indeed', 'ada')
    >>> commented("thanks for the RT @ada and more") is None
    True
    """
    for found in _COMMENTED.finditer(text):
        comment = text[: found.start()]
        marked = found["early"] or found["late"]
        if comment.strip() and (marked or not _ASKS_OR_THANKS.search(comment)):
            return comment, found["handle"]
    quoted = _QUOTED.match(text)
    if quoted is None:
        return None
    closing = text.rfind(_CLOSING[quoted[1]], quoted.end())
    return ("" if closing < 0 else text[closing + 1 :]), quoted[2]


def parse_status(address: str) -> Status | None:
    """Read the address of a post.

    Examples
    --------
    >>> parse_status("https://twitter.com/ada/status/20")
    Status(handle='ada', post_id='20', media=False)
    >>> parse_status("https://twitter.com/i/web/status/20") is None
    True
    """
    found = _STATUS.match(address) if "/status" in address else None
    if found is None:
        return None
    handle = found[1]
    return Status(None if handle.lower() in _NOT_A_HANDLE else handle, found[2], found[3] is not None)


def status_address(handle: str | None, post_id: str) -> str:
    """Where a post can be opened.

    >>> status_address(None, "20")
    'https://twitter.com/i/status/20'
    """
    return f"https://twitter.com/{handle or 'i'}/status/{post_id}"


def language(code: str | None) -> str | None:
    """The language as BCP 47; None for what the platform means by "none" or "not told".

    >>> language("en"), language("iw"), language("und"), language("qme")
    ('en', 'he', None, None)
    """
    if not code or code in ("und", "zxx", "art") or (len(code) == 3 and code[0] == "q"):
        return None
    return _LANGUAGES.get(code, code)


def clean(text: str) -> str:
    r"""The text without what no database takes: NULs and halves of characters.

    >>> clean("a\x00b\ud800")
    'a\ufffdb\ufffd'
    """
    if "\x00" in text:
        text = text.replace("\x00", REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(REPLACEMENT, text)
    return text
