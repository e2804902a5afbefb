"""A network made fit to be shown: everybody not asked for by name becomes a number.

Concealing is done to results, whatever they are, before anything is drawn or
written: so no renderer can forget it. The numbers follow the order of first
contact, which a later look at the same network does not change, and say nothing
about who somebody is. The network's owner keeps their name; it is theirs to show.

Names inside texts are found by handle, and by the words of display names, in longer words and hashtags
too. Of those who are not shown, days become years, and words of a single post are left out: a public post
is found by its day and by its words. Who knows the people may still recognise them by what is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeVar

from plnmap.acts.language import FUNCTION_WORDS
from plnmap.analysis.egos import Ego
from plnmap.analysis.people import Network
from plnmap.analysis.summary import name_of
from plnmap.analysis.topics.about import About
from plnmap.analysis.topics.by_person import TopicsByPerson
from plnmap.errors import UsageError
from plnmap.model import Evidence, Person
from plnmap.report.values import YearAlone
from plnmap.words import plain

Value = TypeVar("Value")

SOMEONE: Final = "@someone"
"""Whoever is named in a text and is nobody of the network, or one of several."""

_LEFT_OUT: Final[dict[str, Any]] = {
    "url": None,
    "post": "",
    "above_post": None,
    "rule": "",
    "asked_post": None,
    "answer_post": None,
    "thanked_post": None,
    "conversation": "",
    "account_kind_why": "",
    "labels": "",
    "notes": [],
}
"""Fields that lead to a person or a post whatever they say, and what the owner noted for themselves."""

_PROSE: Final = frozenset({"text", "above_text", "term", "terms", "words", "tag", "about"})
"""Fields that hold what people wrote, or words out of it."""

_LEAST_OF_A_NAME: Final = 3
"""Shorter words of a display name ("Li", "van") are too common to tell anybody."""

_EVERYDAY: Final = FUNCTION_WORDS["en"]
"""Words that name nobody although names contain them ("The Science Teacher")."""

_LEAST_WITHIN_A_TAG: Final = 5
_LEAST_WITHIN_A_WORD: Final = 8
_LEAST_WITHOUT_SPACES: Final = 2
"""Letters of a name that is found inside a longer hashtag (`#teamcorm`), inside a longer word, and in scripts
that put no spaces between words. Shorter ones stand in words that have nothing to do with anybody."""

_WITHOUT_SPACES: Final = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Lao, Khmer, Kana, Han, and Hangul, which puts endings behind names."""

_TELLING: Final = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S+)"
    r"|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<key>\w*?(?:twitter|mastodon):\S+)"
    r"|(?P<alias>@person-\d+\b)"
    r"|(?P<handle>[@＠]\w+(?:[.-]\w+)*(?:@[\w-]+(?:\.[\w-]+)+)?)"
    r"|(?P<site>\b[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}\b)"
    r"|(?P<number>\b\d{8,}\b)"
    r"|(?P<tag>[#＃]\w+)"
    r"|(?P<word>\w+)"
)
_ALIAS: Final = "@person-"
_REPEATED: Final = re.compile(rf"({_ALIAS}\d+)(?:\s+\1)+\b")


class Pseudonyms(NamedTuple):
    """Who goes by what in a network that is shown.

    Attributes
    ----------
    shown
        Names of those who keep theirs, the owner not among them.
    kept
        Accounts that keep their name.
    keys
        Account → what stands for it, a reference without an id.
    handles
        Handle in lower case → what is written in its place, its @ included.
    words
        Word of somebody's name, folded → what is written in its place.
    within
        Handle or name of somebody hidden, folded and without spaces and signs → what is written in the
        place of a longer word that holds it.
    longest
        Letters of the longest of these.
    """

    shown: list[str]
    kept: frozenset[str]
    keys: Mapping[str, str]
    handles: Mapping[str, str]
    words: Mapping[str, str]
    within: Mapping[str, str]
    longest: int

    def hides(self, account: Any) -> bool:
        """Whether this is an account of the network that is not shown."""
        return account in self.keys and account not in self.kept


def pseudonyms(network: Network, shown: Iterable[str], handles: Iterable[tuple[str, str]] = ()) -> Pseudonyms:
    """Pseudonyms for everybody in a network but its owner and those who are to be shown.

    Parameters
    ----------
    network
        As computed, nothing concealed.
    shown
        Accounts that keep their name, see `plnmap.analysis.egos.find_person`.
    handles
        (account, handle) for every handle that anybody has gone by.

    Raises
    ------
    UsageError
        An account to be shown is not in the network.
    """
    ego = network.ego
    people = {person.account: person for person in network.people}
    kept = frozenset(shown)
    if strangers := kept - people.keys() - {ego.account}:
        raise UsageError(
            f"there is nothing between {ego.name} and {', '.join(sorted(strangers))} in this file",
            hint="plnmap people lists everyone there is",
        )
    in_order = sorted(network.people, key=lambda each: (each.first_day or date.max, each.account))
    numbers = {each.account: f"{_ALIAS}{i}" for i, each in enumerate(in_order, 1)}
    aliases = {account: name for account, name in numbers.items() if account not in kept}
    everyone: list[Ego | Person] = [ego, *network.people]
    known = [(each.account, each.handle) for each in everyone if each.handle]
    words = [(each.account, word) for each in everyone for word in _name_words(each.display_name or "")]
    spaceless = [
        (each.account, word)
        for each in everyone
        for word in (each.display_name or "").split()
        if _WITHOUT_SPACES.search(word)
    ]
    own = kept | {ego.account}
    called = {each.account: each.handle if each.account in own else None for each in everyone}
    keys = {
        account: f"{ego.platform}:@{handle or numbers.get(account, 'owner').removeprefix('@')}"
        for account, handle in called.items()
    }
    within = _within(
        [*known, *handles, *((each.account, each.display_name or "") for each in everyone), *spaceless],
        aliases,
    )
    return Pseudonyms(
        shown=sorted(name_of(people[account]) for account in kept & people.keys()),
        kept=own,
        keys=keys,
        handles=_written({*_with_local_parts([*handles, *known])}, aliases, own, mark="@"),
        words=_written({*words}, aliases, own, mark=""),
        within=within,
        longest=max(map(len, within), default=0),
    )


def conceal(value: Value, by: Pseudonyms) -> Value:
    """Any result, with names, handles, keys, links and ids of those not shown put out of it.

    Parameters
    ----------
    value
        A network, a record, a list or a mapping of them, a text; whatever else comes back as it is.
    by
        From `pseudonyms`.
    """
    return _concealed(value, by, in_prose=False, by_year=False)  # type: ignore[no-any-return]


def _concealed(value: Any, by: Pseudonyms, *, in_prose: bool, by_year: bool) -> Any:
    def tells(term: str) -> bool:
        """Whether anything is left of a topic once nobody is named in it."""
        return conceal_text(term, by) == term

    if isinstance(value, str):
        return by.keys[value] if value in by.keys else conceal_text(value, by, in_prose=in_prose)
    if isinstance(value, date):
        return _year_alone(value) if by_year else value
    if isinstance(value, Person):
        return _person(value, by)
    if isinstance(value, Evidence):
        value = _marked_anew(value, by)
    if isinstance(value, About) and by.hides(value.account):
        value = _of_several_posts(value)
    if isinstance(value, About):
        value = About(value.account, *([each for each in some if tells(each.term)] for some in value[1:]))
    if isinstance(value, TopicsByPerson):
        # Of those who are hidden, a word of a single post would lead to it.
        counts = [
            each
            for each in value.counts
            if tells(each.term) and (each.posts > 1 or not by.hides(each.account))
        ]
        accounts, terms = {each.account for each in counts}, {each.term for each in counts}
        value = TopicsByPerson(
            [account for account in value.accounts if account in accounts],
            [term for term in value.terms if term in terms],
            counts,
        )
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        # A record is about the account that it names, or about the person within it.
        by_year = by_year or any(by.hides(getattr(each, "account", None)) for each in (value, *value))
        fields = zip(value._fields, value, strict=True)
        return type(value)(
            *(
                _LEFT_OUT[name]
                if name in _LEFT_OUT
                else _concealed(each, by, in_prose=name in _PROSE, by_year=by_year)
                for name, each in fields
            )
        )
    if isinstance(value, (list, tuple, set, frozenset)):
        return type(value)([_concealed(each, by, in_prose=in_prose, by_year=by_year) for each in value])
    if isinstance(value, Mapping):
        return {
            _concealed(key, by, in_prose=in_prose, by_year=by_year): _concealed(
                each, by, in_prose=in_prose, by_year=by_year or by.hides(key)
            )
            for key, each in value.items()
        }
    return value


def _year_alone(day: date) -> date:
    """The year of a day; of a moment, the midnight with which its year began."""
    return (
        datetime(day.year, 1, 1, tzinfo=day.tzinfo)
        if isinstance(day, datetime)
        else YearAlone(day.year, 1, 1)
    )


def _person(person: Person, by: Pseudonyms) -> Person:
    key = by.keys[person.account]
    hidden = person._replace(ego=by.keys[person.ego], account=key, account_kind_why="", labels="")
    if person.account in by.kept:
        return hidden
    fields = (_year_alone(value) if isinstance(value, date) else value for value in hidden)
    return Person._make(fields)._replace(handle=key.partition("@")[2], display_name=None)


def _of_several_posts(about: About) -> About:
    """What is said only once leads to the post that says it."""
    often = ([topic for topic in topics if topic.times > 1] for topics in about[1:])
    return About(about.account, *often)


def _marked_anew(evidence: Evidence, by: Pseudonyms) -> Evidence:
    """Evidence whose marked words are found again in the text without names."""
    text, start, stop = evidence.text or "", evidence.start or 0, evidence.stop or 0
    before, marked = conceal_text(text[:start], by), conceal_text(text[start:stop], by)
    return evidence._replace(
        text=evidence.text and before + marked + conceal_text(text[stop:], by),
        start=len(before),
        stop=len(before) + len(marked),
    )


def conceal_text(text: str, by: Pseudonyms, *, in_prose: bool = True) -> str:
    """A text in which nobody is named but those who are shown.

    Parameters
    ----------
    text
        Anything.
    by
        From `pseudonyms`.
    in_prose
        Whether names without an @ are looked for, too. Our own words must not be taken for names:
        somebody may well go by @mentor.

    Examples
    --------
    >>> by = Pseudonyms([], frozenset(), {}, {"ada": "@person-1"}, {"ada": "@person-1"}, {}, 0)
    >>> conceal_text("Thanks Ada! @ada_l and @ADA see https://ada.example", by)
    'Thanks @person-1! @someone and @person-1 see [link]'
    """
    written: list[str] = []
    read = 0
    while found := _TELLING.search(text, read):
        instead, end = _replacement(found, by, in_prose)
        written += text[read : found.start()], instead
        read = end
    return _REPEATED.sub(r"\1", "".join(written) + text[read:])


def _replacement(found: re.Match[str], by: Pseudonyms, in_prose: bool) -> tuple[str, int]:
    """What is written instead, and where reading goes on."""
    said, end = found[0], found.end()
    match found.lastgroup:
        case "link":
            return "[link]", end
        case "mail":
            return "[address]", end
        case "key":
            return SOMEONE, end
        case "handle" if said[1:].lower() in by.handles:
            return by.handles[said[1:].lower()], end
        case "handle" if "@" not in said[1:]:
            # What looks like one may be a handle with something behind it, such as `@ada-thanks`.
            head = re.split(r"[.-]", said[1:], maxsplit=1)[0]
            return by.handles.get(head.lower(), SOMEONE), found.start() + 1 + len(head)
        case "handle":
            return SOMEONE, end
        case "site" if in_prose:
            return "[link]", end
        case "number" if in_prose:
            return "[number]", end
        case "tag" if in_prose:
            return said[0] + _word(said[1:], by, _LEAST_WITHIN_A_TAG), end
        case "word" if in_prose:
            return _word(said, by, _LEAST_WITHIN_A_TAG if "_" in said else _LEAST_WITHIN_A_WORD), end
        case _:
            return said, end


def _word(said: str, by: Pseudonyms, least: int) -> str:
    """A word, or what is written for it because it names somebody or holds a name of so many letters."""
    # A stranger's handle may be any word, and says nothing without its @.
    bare = by.handles.get(said.lower(), "")
    named = by.words.get(_folded(said), bare if bare.startswith(_ALIAS) else "")
    if named:
        return said if named == _folded(said) else named
    joined = _joined(said)
    least = _LEAST_WITHOUT_SPACES if _WITHOUT_SPACES.search(said) else least
    # No part that is longer than the longest name can be one.
    most = min(by.longest, len(joined))
    parts = (
        joined[begin : begin + size]
        for begin in range(len(joined))
        for size in range(least, min(most, len(joined) - begin) + 1)
    )
    return next((by.within[part] for part in parts if part in by.within), said)


def _within(names: Iterable[tuple[str, str]], aliases: Mapping[str, str]) -> dict[str, str]:
    """Names of those who are hidden, as they stand inside other words."""
    long = [
        (account, joined)
        for account, name in names
        if account in aliases
        and (joined := _joined(name.partition("@")[0]))
        and len(joined) >= (_LEAST_WITHOUT_SPACES if _WITHOUT_SPACES.search(joined) else _LEAST_WITHIN_A_TAG)
    ]
    return _written({*long}, aliases, frozenset(), mark="")


def _folded(word: str) -> str:
    """In lower case and without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _joined(name: str) -> str:
    return re.sub(r"[\W_]", "", _folded(plain(name)))


def _with_local_parts(handles: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """`user@server`, and the `user` by which people call each other."""
    for account, handle in handles:
        yield account, handle.lower()
        if "@" in handle:
            yield account, handle.partition("@")[0].lower()


def _written(
    names: Set[tuple[str, str]], aliases: Mapping[str, str], kept: Set[str], mark: str
) -> dict[str, str]:
    """Name → what is written in its place; a name that several go by tells of nobody."""
    found: dict[str, str] = {}
    for account, name in names:
        written = f"{mark}{name}" if account in kept else aliases.get(account, SOMEONE)
        found[name] = written if found.get(name, written) == written else SOMEONE
    return found


def _name_words(name: str) -> list[str]:
    words = (_folded(word) for word in re.findall(r"\w+", plain(name)))
    return [word for word in words if len(word) >= _LEAST_OF_A_NAME and word not in _EVERYDAY]
