"""Where else people are, as they said themselves: addresses they posted to ego or gave in their profile.

Equal or similar names are never taken for a sign: only what somebody wrote
down as an address is, and only the user says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from plnmap.analysis.accounts.linking import LINKS_NOTHING, account_name, links
from plnmap.analysis.egos import Ego, person_of
from plnmap.model import account_reference
from plnmap.store import Store

_NAME: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?"
_SERVER: Final = r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
_HANDLE: Final = re.compile(rf"(?<![\w.@/-])(@?)({_NAME})@({_SERVER})(?![\w@-])", re.ASCII)
_PROFILE: Final = re.compile(
    rf"https?://({_SERVER})/(?:@|users/)({_NAME})(?:@({_SERVER}))?/?(?![\w/@-])", re.IGNORECASE | re.ASCII
)
_TWITTER: Final = re.compile(
    r"(?<![\w.@-])(?:www\.|mobile\.)?(?:twitter|x)\.com/@?([A-Za-z0-9_]{1,15})/?(?![\w/@-])",
    re.IGNORECASE | re.ASCII,
)
_TWITTER_PAGES: Final = re.compile(
    "about|compose|explore|hashtag|home|i|intent|jobs|login|logout|messages|notifications|privacy|search|"
    "settings|share|signup|tos|who_to_follow",
    re.IGNORECASE,
)

# A name at one of these is a mail address, or a page that no Mastodon server holds, or a mirror.
_ELSEWHERE: Final = re.compile(
    r"(?:.*\.)?(?:(?:aol|gmail|googlemail|hotmail|icloud|live|me|msn|outlook|protonmail|yahoo)\.com|"
    r"proton\.me|gmx\.(?:de|net)|web\.de|mail\.ru|(?:medium|substack|tiktok|twitter|x|youtube)\.com|"
    r"threads\.(?:com|net)|youtu\.be|bird\.makeup|brid\.gy)",
    re.IGNORECASE,
)
_TALK_OF_MASTODON: Final = re.compile(r"mastodon|fediverse|\btoot", re.IGNORECASE)

_SPOKEN: Final = r"""
WITH said AS (
    SELECT i.source AS account, split_part(p.author, ':', 1) AS platform,
           concat_ws(' ', p.text, array_to_string(p.links, ' ')) AS text, i.happened_at::DATE AS day,
           coalesce(p.url, p.post) AS place
    FROM interactions i JOIN posts p USING (post)
    WHERE i.target = $ego AND i.kind IN ('reply', 'mention', 'quote')
    UNION ALL
    SELECT coalesce(r.account, a.account), split_part(a.account, ':', 1), a.bio, max(a.seen_at)::DATE,
           'profile'
    FROM accounts a LEFT JOIN resolutions r ON r.reference = a.account AND r.valid_to IS NULL
    WHERE a.bio IS NOT NULL AND (
        coalesce(r.account, a.account) = $ego
        OR coalesce(r.account, a.account) IN (SELECT target FROM tie_days WHERE source = $ego)
        OR coalesce(r.account, a.account) IN (SELECT source FROM tie_days WHERE target = $ego))
    GROUP BY ALL
)
SELECT * FROM said WHERE regexp_matches(text, '\w@\w|/@|/users/|(twitter|x)\.com/', 'i')
ORDER BY account, day NULLS LAST, place
"""

_SERVERS: Final = """
SELECT DISTINCT split_part(handle, '@', 2) FROM handles WHERE starts_with(account, 'mastodon:')
UNION SELECT split_part(account, ':', 2) FROM accounts WHERE starts_with(account, 'mastodon:')
"""


class Suggestion(NamedTuple):
    """An address that somebody gave as their own, as far as one can tell: for the user to judge.

    Attributes
    ----------
    account, name
        Who wrote it, and what they are called.
    address, address_name
        The account it names, as a reference, and as people write it.
    known
        Whether the file holds anything of that account.
    day, text, place
        When and where they wrote it; `place` is an address, a post key, or "profile".
    """

    account: str
    name: str
    address: str
    address_name: str
    known: bool
    day: date | None
    text: str
    place: str


def suggestions(store: Store, ego: Ego) -> list[Suggestion]:
    """Pairs of accounts on two platforms that the user may want to link, each once.

    Parameters
    ----------
    store
        An open PLN file whose ties are up to date.
    ego
        To whom they wrote; what ego's own profile says is looked at as well.

    Returns
    -------
    list of Suggestion
        By name; the first time that somebody gave the address. Pairs that are
        linked already, or that the user said lead to nobody, are left out.
    """
    servers = frozenset(server for (server,) in store.rows(_SERVERS) if server)
    declined = {(link.person, link.account) for link in links(store) if link.answer == LINKS_NOTHING}
    found: dict[tuple[str, str], Suggestion] = {}
    for account, platform, text, day, place in store.rows(_SPOKEN, {"ego": ego.account}):
        for address in addresses(text, platform, servers):
            if (account, address) in found or (account, address) in declined:
                continue
            holder = person_of(store, address)
            if holder != account:
                name = account_name(store, account)
                called = f"@{address.partition(':@')[2]}"
                known = holder != address or _is_known(store, address)
                found[account, address] = Suggestion(account, name, address, called, known, day, text, place)
    return sorted(found.values(), key=lambda each: (each.name.lower(), each.address))


def addresses(text: str, platform: str, servers: frozenset[str] = frozenset()) -> list[str]:
    """Accounts on the other platform that a text names, as references, each once, in order.

    Parameters
    ----------
    text
        What somebody wrote on `platform`.
    platform
        On Twitter one looks for Mastodon addresses, on Mastodon for Twitter handles.
    servers
        Servers that are known to be Mastodon's: there, ``name@server`` is no mail address.

    Examples
    --------
    >>> addresses("I'm @Ada@example.social now", "twitter")
    ['mastodon:@ada@example.social']
    >>> addresses("write to ada@example.org", "twitter")
    []
    """
    look = _on_mastodon(text, servers) if platform == "twitter" else _on_twitter(text)
    return list(dict.fromkeys(look))


def _on_mastodon(text: str, servers: frozenset[str]) -> Iterator[str]:
    of_mastodon = bool(_TALK_OF_MASTODON.search(text))
    for server, name, elsewhere in _PROFILE.findall(text):
        if not _ELSEWHERE.fullmatch(server):
            yield account_reference("mastodon", f"{name}@{elsewhere or server}")
    for sign, name, server in _HANDLE.findall(text):
        meant = sign or of_mastodon or server.lower() in servers
        if meant and not _ELSEWHERE.fullmatch(server):
            yield account_reference("mastodon", f"{name}@{server}")


def _on_twitter(text: str) -> Iterator[str]:
    for name in _TWITTER.findall(text):
        if not _TWITTER_PAGES.fullmatch(name):
            yield account_reference("twitter", name)
    for _, name, server in _HANDLE.findall(text):
        if server.lower() in ("twitter.com", "x.com") and re.fullmatch(r"\w{1,15}", name, re.ASCII):
            yield account_reference("twitter", name)


def _is_known(store: Store, account: str) -> bool:
    seen = "SELECT 1 FROM interactions WHERE ? IN (source, target) LIMIT 1"
    return bool(store.rows(seen, [account]))
