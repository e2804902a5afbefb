"""Pieces that the tables of English rules are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping


def any_of(block: str) -> str:
    """Alternatives out of a block of text: lines and bars both separate."""
    return "(?:" + "|".join(line.strip() for line in block.strip().splitlines()) + ")"


def spelled(block: str, pieces: Mapping[str, str] | None = None) -> str:
    r"""Alternatives out of a block in which capitals in braces name pieces, and a space is any white space.

    A line that ends in a backslash goes on in the next one.

    >>> spelled("thank {YOU}|ta", {"YOU": "(?:you|u)"})
    '(?:thank\\s(?:you|u)|ta)'
    """
    pattern = any_of(re.sub(r"\\\n\s*", "", block)).replace(" ", r"\s")
    return re.sub(r"\{([A-Z_]+)\}", lambda name: (pieces or {})[name[1]], pattern)


WORD = r"(?<![@\w'])"  # the start of a word that is no part of a handle
CLAUSE = r"[^.!?\n]{0,70}?"
APPS = any_of(r"""
    youtube|addthis|sharethis|buffer|pocket|getpocket|instapaper|flipboard|zite|paper_?li|scoop_?it
    wordpressdotcom|wordpress|slideshare|storify
    tumblr|hootsuite|tweetdeck|vimeo|soundcloud|medium|linkedin|pinterest|delicious|diigo|posterous
    audioboo\w{0,2}|kickstarter|indiegogo|change
    ukchange|38_degrees|guardian\w{0,9}|nytimes\w{0,9}|bbc\w{0,12}|abcnews|abc|theage|smh|wired|wef|qz
    buzzfeed|mashable|techcrunch|huff\w{0,12}
    forbes|theatlantic|newyorker|slate|salon|verge|lifehacker|gizmodo|boingboing|edutopia|educationweek
    conversation\w{0,6}|conversationedu|feedly
    ifttt|goodreads|spotify|apple\w{0,9}|google\w{0,9}
    """)
"""Handles of apps, share buttons and known newspapers, in lower case."""
PAPERS = ("news", "times", "daily", "magazine", "weekly", "post", "journal", "review", "radio")
"""How handles of others end."""
NOT_A_PERSON = rf"(?:{APPS}|\w{{0,20}}(?:{'|'.join(PAPERS)}))"
