"""One small world, invented, that two platforms tell: who says what to whom, and what collecting must bring.

Everything here is the truth. `mastodon_api` and `x_api` put it into the words of
their platform; the oracle (`seen_by_ego`, `seen_at_alters`) is taken from it
directly and never from what a server answers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final, Literal, NamedTuple

EGO: Final = "ada"
BEGAN: Final = datetime(2025, 3, 1, 8, tzinfo=UTC)
NOW: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMED: Final = re.compile(r"(?<![\w/])@(\w+)")

Visibility = Literal["public", "unlisted", "private", "direct"]


class Person(NamedTuple):
    """Somebody. `server` tells the two servers of Mastodon apart; X has only one.

    Attributes
    ----------
    hidden
        Shows to nobody whom they follow and who follows them.
    suspended
        Was suspended: nothing of theirs is shown any more.
    """

    name: str
    server: Literal["home", "far"]
    shown: str
    bio: str = ""
    hidden: bool = False
    suspended: bool = False
    indexable: bool = True
    noindex: bool = False
    born: datetime = BEGAN - timedelta(days=30)


class Said(NamedTuple):
    """A post, or a boost (`boost_of`). `@name` in the text names a person of this world.

    Attributes
    ----------
    silent
        Whoever it is meant for got no notification: they had muted the author.
    deleted
        Was there once; counts still know of it, no list does.
    """

    number: int
    author: str
    at: datetime
    text: str = ""
    reply_to: int | None = None
    boost_of: int | None = None
    quote_of: int | None = None
    visibility: Visibility = "public"
    warning: str = ""
    poll: tuple[str, ...] = ()
    lang: str | None = "en"
    edited: bool = False
    silent: bool = False
    deleted: bool = False

    @property
    def named(self) -> list[str]:
        """The people its text names, in order, once each."""
        return list(dict.fromkeys(NAMED.findall(self.text)))


class Liked(NamedTuple):
    """A favourite."""

    who: str
    post: int
    at: datetime
    silent: bool = False


@dataclass
class World:
    """All that is so. A test that changes it (deletes a post, suspends somebody) says so: `changed`."""

    people: dict[str, Person] = field(default_factory=dict)
    said: dict[int, Said] = field(default_factory=dict)
    liked: list[Liked] = field(default_factory=list)
    follows: list[tuple[str, str]] = field(default_factory=list)
    version: int = 0
    looked_up: dict[str, tuple[tuple[int, ...], dict[object, list[Any]]]] = field(
        default_factory=dict, repr=False
    )

    @property
    def state(self) -> tuple[int, ...]:
        """Another value whenever something has changed."""
        return self.version, len(self.said), len(self.liked), len(self.follows)

    def changed(self) -> None:
        """Forget what was looked up."""
        self.version += 1

    def delete(self, number: int) -> None:
        """Delete a post."""
        self.said[number] = self.said[number]._replace(deleted=True)
        self.changed()

    def suspend(self, name: str) -> None:
        """Suspend an account."""
        self.people[name] = self.people[name]._replace(suspended=True)
        self.changed()

    def there(self, name: str) -> bool:
        """Whether an account can be seen."""
        return name in self.people and not self.people[name].suspended

    def shown(self, one: Said) -> bool:
        """Whether a post or boost can be seen by whom it is meant for."""
        original = self.said.get(one.boost_of) if one.boost_of else None
        gone = original is not None and not self.shown(original)
        return not one.deleted and not gone and self.there(one.author)

    def by(self, name: str, *, direct: bool = False) -> list[Said]:
        """What somebody posted and boosted, newest first; direct messages only if asked for."""
        return [one for one in reversed(self._posts("author", name)) if direct or one.visibility != "direct"]

    def answers(self, number: int) -> list[Said]:
        """Direct answers to a post, oldest first."""
        return self._posts("reply_to", number)

    def below(self, number: int) -> Iterator[Said]:
        """All that stands below a post in its thread."""
        for one in self.answers(number):
            yield one
            yield from self.below(one.number)

    def boosts(self, number: int) -> list[Said]:
        """Who passed a post on, oldest first."""
        return self._posts("boost_of", number)

    def quotes(self, number: int) -> list[Said]:
        """Posts that quote a post, oldest first."""
        return self._posts("quote_of", number)

    def likes(self, number: int) -> list[Liked]:
        """Favourites of a post, oldest first."""
        return [one for one in self._found("liked", number) if self.there(one.who)]

    def follows_of(self, name: str) -> list[str]:
        """Whom somebody follows, newest first."""
        return self._found("follows", name)

    def followers_of(self, name: str) -> list[str]:
        """Who follows somebody, newest first."""
        return self._found("followed", name)

    def _posts(self, by: str, value: object) -> list[Said]:
        return [one for one in self._found(by, value) if self.shown(one)]

    def _found(self, by: str, value: object) -> list[Any]:
        return _index(self, by).get(value, [])


_LOOKUPS: Final[dict[str, Callable[[World], Iterable[tuple[object, Any]]]]] = {
    "author": lambda world: ((one.author, one) for one in world.said.values()),
    "reply_to": lambda world: ((one.reply_to, one) for one in world.said.values()),
    "boost_of": lambda world: ((one.boost_of, one) for one in world.said.values()),
    "quote_of": lambda world: ((one.quote_of, one) for one in world.said.values()),
    "liked": lambda world: ((one.post, one) for one in world.liked),
    "follows": lambda world: ((who, whom) for who, whom in reversed(world.follows) if world.there(whom)),
    "followed": lambda world: ((whom, who) for who, whom in reversed(world.follows) if world.there(who)),
}


def _index(world: World, by: str) -> dict[object, list[Any]]:
    """Rows by a value, made anew when the world has changed: large worlds are asked often."""
    held = world.looked_up.get(by)
    if held is None or held[0] != world.state:
        rows = defaultdict(list)
        for key, row in _LOOKUPS[by](world):
            rows[key].append(row)
        held = world.looked_up[by] = (world.state, dict(rows))
    return held[1]


class Seen(NamedTuple):
    """What a full collection holds afterwards, in the numbers and names of the world.

    Attributes
    ----------
    posts
        Posts of one's own right: their acts count.
    copies
        Posts that are there only because ego passed them on, quoted or liked them.
    boosts, favourites
        Who, and which post.
    follows
        Who, and whom.
    """

    posts: frozenset[int]
    copies: frozenset[int]
    boosts: frozenset[tuple[str, int]]
    favourites: frozenset[tuple[str, int]]
    follows: frozenset[tuple[str, str]]


def seen_by_ego(world: World, ego: str = EGO) -> Seen:
    """What ``--depth ego`` must bring: ego's own acts, and all acts of others towards ego.

    Of what stands deeper in the threads below ego's posts, and does not name ego, there
    is what came along: a thread is asked for only where an answer told nobody (`silent`).
    """
    own = world.by(ego)
    mine = {one.number for one in own if one.boost_of is None}
    towards = {
        one.number
        for one in world.said.values()
        if world.shown(one)
        and one.visibility != "direct"
        and one.author != ego
        and (one.reply_to in mine or one.quote_of in mine or (ego in one.named and not one.silent))
    }
    threads = {
        other.number
        for number in mine
        if any(one.silent for one in world.answers(number))
        for other in world.below(number)
    }
    posts = frozenset(mine | towards | threads)
    boosted = {(one.author, one.boost_of) for number in mine for one in world.boosts(number)}
    passed_on = {(ego, one.boost_of) for one in own if one.boost_of is not None}
    liked = {(one.who, one.post) for number in mine for one in world.likes(number)}
    likes = {(ego, one.post) for one in world.liked if one.who == ego and world.shown(world.said[one.post])}
    context = {number for _, number in (*passed_on, *likes)}
    context |= {one.quote_of for number in posts if (one := world.said[number]).quote_of}
    return Seen(
        posts,
        frozenset(number for number in context if number is not None) - posts,
        frozenset((who, number) for who, number in boosted | passed_on if number is not None),
        frozenset(liked | likes),
        frozenset(
            {(ego, whom) for whom in world.follows_of(ego)} | {(who, ego) for who in world.followers_of(ego)}
        ),
    )


def seen_at_alters(world: World, names: list[str]) -> Seen:
    """What ``--depth alters`` adds of these people: their public posts and boosts, and whom they follow."""
    shown = [name for name in names if world.there(name)]
    open_posts = [one for name in shown for one in world.by(name) if one.visibility in ("public", "unlisted")]
    posts = frozenset(one.number for one in open_posts if one.boost_of is None)
    boosts = frozenset((one.author, one.boost_of) for one in open_posts if one.boost_of is not None)
    context = {number for _, number in boosts} | {world.said[number].quote_of for number in posts}
    listed = [name for name in shown if not world.people[name].hidden]
    follows = {(name, whom) for name in listed for whom in world.follows_of(name)}
    return Seen(
        posts,
        frozenset(number for number in context if number is not None) - posts,
        boosts,
        frozenset(),
        frozenset(follows),
    )


_CAST: Final = (
    Person(EGO, "home", "Ada", "Teaches. #python and <b>bread</b> & more"),
    Person("bo", "home", "Bo", "Answers questions"),
    Person("cy", "far", "Cy \N{SNOWMAN}", "On another server"),
    Person("dee", "far", "Dee", "Keeps her lists to herself", hidden=True),
    Person("eli", "home", "Eli", "No collecting, please. #NoBot"),
    Person("fay", "far", "Fay", "Passes things on"),
    Person("gus", "home", "Gus", suspended=True),
    Person("hal", "far", "Hal", "Not to be found by searching", indexable=False, noindex=True),
    Person("ivy", "far", "Ivy", "May be gone tomorrow"),
)
_TALKERS: Final = ("bo", "cy", "dee", "eli", "fay", "hal", "ivy")
_WORDS: Final = ("tables", "bread", "graphs", "rust", "tests", "maps", "seeds", "folders", "marks", "proofs")


def small_world(seed: int = 7, *, posts: int = 90, crowd: int = 170, followed: int = 90) -> World:
    """The scenario.

    Parameters
    ----------
    seed
        Of everything that is drawn.
    posts
        How many posts ego writes in conversations, besides the special ones.
    crowd
        How many further people follow ego.
    followed
        How many people of the crowd ego follows.
    """
    draw = Random(seed)
    world = World({person.name: person for person in _CAST})
    for number in range(crowd):
        name = f"crowd{number:05}"
        world.people[name] = Person(name, "far" if number % 2 else "home", f"Crowd {number}")
    _follow(world, crowd, followed)
    _talk(world, draw, posts)
    _special(world)
    return world


def _follow(world: World, crowd: int, followed: int) -> None:
    names = [f"crowd{number:05}" for number in range(crowd)]
    pairs = [(EGO, name) for name in ("bo", "cy", "dee", "gus")]
    pairs += [(name, EGO) for name in ("bo", "cy", "eli", "fay", "gus")]
    pairs += [("bo", "cy"), ("cy", "bo"), ("cy", "fay"), ("dee", "bo"), ("fay", "cy"), ("eli", "bo")]
    pairs += [(name, EGO) for name in names] + [(EGO, name) for name in names[:followed]]
    pairs += [("cy", name) for name in names[:3]] + [(name, "fay") for name in names[3:6]]
    world.follows = pairs


def _say(world: World, author: str, after: timedelta, text: str = "", **more: object) -> int:
    """Add a post some time after the one before."""
    number = len(world.said) + 1
    before = world.said[number - 1].at if number > 1 else BEGAN
    world.said[number] = Said(number, author, before + after, text, **more)  # type: ignore[arg-type]
    return number


def _like(world: World, who: str, post: int, *, silent: bool = False) -> None:
    at = world.said[post].at + timedelta(minutes=len(world.liked) + 1)
    world.liked.append(Liked(who, post, at, silent))


def _talk(world: World, draw: Random, posts: int) -> None:
    """Conversations in which every act towards ego is notified."""
    step = (NOW - BEGAN) / (4 * posts + 60)
    for _ in range(posts):
        word, whom = draw.choice(_WORDS), draw.choice(_TALKERS)
        turn = draw.random()
        if turn < 0.5:
            asked = _say(world, EGO, step, f"How do you do {word}? #{word} https://example.org/{word}")
            answered = _say(world, whom, step, f"@{EGO} I would try {word} first", reply_to=asked)
            if draw.random() < 0.6:
                _say(world, EGO, step, f"@{whom} thank you, that works", reply_to=answered)
            if draw.random() < 0.4:
                _like(world, draw.choice(_TALKERS), asked)
            if draw.random() < 0.3:
                _say(world, draw.choice(_TALKERS), step, boost_of=asked)
        elif turn < 0.8:
            theirs = _say(world, whom, step, f"Who knows about {word}?", lang=None)
            _say(world, EGO, step, f"@{whom} there is a page about {word}", reply_to=theirs)
            if draw.random() < 0.5:
                _like(world, EGO, theirs)
        else:
            theirs = _say(world, whom, step, f"Found something on {word}, says @bo #{word}")
            _say(world, EGO, step, boost_of=theirs)
            _say(world, whom, step, f"Nice talk with @{EGO} today")


def _special(world: World) -> None:
    """What is rare: each of these is here once, and some of it tells ego nothing."""
    hour = timedelta(hours=1)
    alone = _say(world, EGO, hour, "A thought nobody is told of")
    quiet = _say(world, "fay", hour, "I muted myself, but you are right", reply_to=alone, silent=True)
    _say(world, "cy", hour, "@fay she is, is she not?", reply_to=quiet)
    gone = _say(world, "bo", hour, f"@{EGO} I take that back", reply_to=alone, deleted=True)
    assert world.said[gone].deleted
    warned = _say(world, EGO, hour, "It ends well", warning="The end of the book", edited=True)
    _say(world, "dee", hour, boost_of=warned, silent=True)
    _say(world, "bo", hour, boost_of=warned)
    _like(world, "hal", warned, silent=True)
    _like(world, "bo", warned)
    _like(world, "gus", warned)
    _say(world, EGO, hour, "Tea or coffee? :tea:", poll=("Tea <3", "Coffee & cake"))
    _say(world, EGO, hour, "To those who follow me: @bo", visibility="private")
    _say(world, EGO, hour, "@bo only for you", visibility="direct")
    _say(world, "bo", hour, f"@{EGO} only for you, too", visibility="direct")
    praised = _say(world, "cy", hour, "A long read https://example.org/long?a=1&b=2", visibility="unlisted")
    _say(world, EGO, hour, "Read this", quote_of=praised)
    _say(world, "cy", hour, "She says it best", quote_of=warned)
    _say(world, "gus", hour, f"@{EGO} from somebody who was suspended", reply_to=warned)
    taken = _say(world, EGO, hour, "This I deleted again", deleted=True)
    _say(world, "ivy", hour, f"@{EGO} why did you delete it?", reply_to=taken)
    _say(world, "hal", hour, f"@bo @{EGO} look, both of you")
    _say(world, EGO, hour, "Ein Satz auf Deutsch für @cy", lang="de")
    for number in range(45):
        _say(world, "cy", timedelta(minutes=1), f"Among ourselves, @fay, number {number}")
