"""The plot: who writes what to whom, and when.

Everybody's posts are made, also those that no archive of the sample holds, so
that parents, originals and answers exist with plausible ids and times. An
archive is then simply all posts of its owner.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

from .bank import HERE, LINK, Case, Phrases, cases, dialogues, length

EGO = "mira_tolland"
MENTOR = "ada_venn"
EGO_ON_MASTODON = "mira@social.example"
RENAMED = {"pip_lanyardo": ("pip_in_class", datetime(2019, 6, 3, tzinfo=UTC))}
LONGER_POSTS = datetime(2017, 11, 8, tzinfo=UTC)
TAGS = {"practicals": "LabCoatChat", "lesson": "LabCoatChat", "pandas": "MessyDataClub"}


@dataclass(frozen=True)
class Person:
    """One member of the cast; a handle with a server in it is on Mastodon."""

    handle: str
    name: str
    part: str
    note: str
    number: int

    @property
    def id(self) -> str:
        """An account id from the gap between the numbers used up to 2015 and the time-based ones since."""
        return str(8_000_000_000 + self.number * 7_907_831)

    @property
    def server(self) -> str:
        """The Mastodon server, empty for accounts on Twitter."""
        return self.handle.partition("@")[2]

    @property
    def actor(self) -> str:
        """The Mastodon address of the account."""
        return f"https://{self.server}/users/{self.handle.partition('@')[0]}"

    @property
    def host(self) -> str:
        """Web host of the person's own pages."""
        return self.handle.partition("@")[0].replace("_", "-") + ".example"

    def handle_at(self, when: datetime) -> str:
        """The handle this person went by at a time."""
        before, until = RENAMED.get(self.handle, (self.handle, when))
        return before if when < until else self.handle


@dataclass(eq=False)
class Note:
    """One post of anybody, in any archive or none."""

    author: Person
    when: datetime
    text: str
    number: int
    lang: str = "en"
    reply_to: Note | None = None
    addressed_to: Person | None = None
    boost_of: Note | None = None
    quote_of: Note | None = None

    @property
    def id(self) -> str:
        """A time-based id.

        Its last twelve bits count the posts of one millisecond; we count from the top, where no real post is.
        """
        milliseconds = int(self.when.timestamp() * 1000)
        if self.author.server:
            return str(milliseconds << 16 | self.number % 65_536)
        milliseconds -= 1_288_834_974_657
        return str(milliseconds << 22 | self.number % 1024 << 12 | 4095 - self.number % 64)

    @property
    def url(self) -> str:
        """Address of the post on the platform."""
        if self.author.server:
            return f"{self.author.actor}/statuses/{self.id}"
        return f"https://twitter.com/{self.author.handle_at(self.when)}/status/{self.id}"


def cast() -> dict[str, Person]:
    """Everybody in the sample by handle, in the order of ``cast.csv``."""
    with (HERE / "cast.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["handle"]: Person(**row, number=number) for number, row in enumerate(rows, 1)}


def day(text: str) -> datetime:
    """Midnight of an ISO date, UTC."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)


@dataclass
class Story:
    """Collects posts while the plot unfolds; all chance comes from one seeded generator."""

    seed: int
    people: dict[str, Person] = field(default_factory=cast)
    notes: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Shuffle the conversations: a pile to ask from, one to answer from. A job search keeps its order."""
        self.rng = random.Random(self.seed)
        self.phrases = Phrases(self.rng)
        self.cases = cases()
        self.to_ask, self.to_answer = (self._shuffled() for _ in range(2))

    def _shuffled(self) -> list[Case]:
        search = [case for case in self.cases if case.topic == "job"]
        rest = [case for case in self.cases if case.topic != "job"]
        return search + self.rng.sample(rest, len(rest))

    def by_part(self, part: str) -> list[Person]:
        """Everybody on Twitter with a part."""
        everyone = (person for person in self.people.values() if not person.server)
        return [person for person in everyone if part in person.part.split(";")]

    def moments(self, count: int, first: str, last: str) -> Iterator[datetime]:
        """Waking moments spread over a window, one per equal slice, in order."""
        start, slice_ = day(first), (day(last) - day(first)) / count
        for index in range(count):
            free = start + (index + self.rng.random()) * slice_
            hour = self.rng.choice((6, 7, 7, 8, 12, 12, 13, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22))
            minute, millisecond = self.rng.randrange(60), self.rng.randrange(1000)
            yield free.replace(hour=hour, minute=minute, microsecond=millisecond * 1000)

    def after(self, when: datetime, shortest: int, longest: int) -> datetime:
        """A moment some minutes later: mostly soon, sometimes late, in the night only after breakfast."""
        minutes = shortest + (longest - shortest) * self.rng.random() ** 3
        later = when + timedelta(minutes=minutes, milliseconds=self.rng.randrange(60_000))
        return later if later.hour >= 6 else later + timedelta(hours=6)

    def limit(self, when: datetime) -> int:
        """Longest text that the platform took at a time, characters."""
        return 280 if when >= LONGER_POSTS else 140

    def write(self, author: Person, when: datetime, text: str, **fields: Any) -> Note:
        """Add one post to the story."""
        note = Note(author, when, text, len(self.notes), **fields)
        self.notes.append(note)
        return note

    def link(self, author: Person) -> str:
        """A page of the author's."""
        page = self.rng.choice(("notes", "posts", "guides", "talks"))
        return f"https://{author.host}/{page}/{self.rng.randrange(100, 1000)}"

    def say(
        self, author: Person, when: datetime, bank: str, before: str = "", after: str = "", **given: str
    ) -> str:
        """A sentence of the author's from a bank, within the limit of the time."""
        given = {"link": self.link(author), **given}
        return self.phrases.say(bank, lambda text: before + text + after, self.limit(when), **given)

    def post(self, author: Person, when: datetime, bank: str, **given: str) -> Note:
        """A post to nobody in particular."""
        return self.write(author, when, self.say(author, when, bank, **given))

    def reply(self, author: Person, when: datetime, bank: str, to: Person, after: str = "") -> Note:
        """An answer to a post that is not in the sample."""
        parent = self.write(to, when - timedelta(minutes=self.rng.randrange(2, 300)), "")
        return self.answer(author, when, bank, parent, after)

    def answer(self, author: Person, when: datetime, bank: str, parent: Note, after: str = "") -> Note:
        """An answer to a given post, from a bank."""
        text = self.say(author, when, bank, before=f"@{parent.author.handle_at(when)} ", after=after)
        return self.write(author, when, text, reply_to=parent)

    def chat(self, author: Person, to: Person, moments: Iterable[datetime], bank: str) -> None:
        """Small talk: answers to posts of which the sample has no text, now and then two in a row."""
        for when in moments:
            first = self.reply(author, when, bank, to)
            if self.rng.random() < 0.12:
                later = self.after(when, 3, 60)
                back = self.write(to, self.after(when, 1, 2), "", reply_to=first)
                self.answer(author, later, bank, back)

    def take(self, pile: list[Case], topics: str, room: int, thanked: bool | None = None) -> Case:
        """Remove the first case on some topics from a pile, with texts that fit."""
        for case in pile:
            fits = max(map(len, (case.question, case.answers[-1], case.thanks))) <= room
            if case.topic in topics.split() and fits and thanked in (None, case.says_thanks):
                pile.remove(case)
                return case
        if thanked is not None:
            return self.take(pile, topics, room)
        raise LookupError(f"no conversation on {topics} left that fits {room} characters")

    def unanswered_by(self, helper: Person) -> list[Case]:
        """Conversations with two answers of which the helper has not given the first."""
        given = {note.text.partition(" ")[2] for note in self.notes if note.author is helper}
        return [case for case in self.cases if len(case.answers) > 1 and case.answers[0] not in given]

    def conversation(self, asker: Person, helper: Person, case: Case, when: datetime, aloud: bool) -> Note:
        """Question, answer and thanks; the question goes to the helper or, aloud, to everybody."""
        tag = f" #{TAGS[case.topic]}" if case.topic in TAGS else ""
        if aloud:
            question = self.write(asker, when, case.question + tag)
        else:
            question = self.write(asker, when, f"@{helper.handle} {case.question}", addressed_to=helper)
        words = case.answers[0] if helper.handle == MENTOR else case.answers[-1]
        answer = self.write(helper, self.after(when, 4, 500), f"@{asker.handle} {words}", reply_to=question)
        wait = timedelta(days=self.rng.randrange(8, 26)) if case.later else timedelta()
        thanked_at = self.after(answer.when + wait, 25, 1800)
        return self.write(asker, thanked_at, f"@{helper.handle} {case.thanks}", reply_to=answer)

    def helped(self, asker: Person, helper: Person, topics: str, count: int, first: str, last: str) -> None:
        """Help over time: about every second thanks says so in plain words."""
        for when, thanked in zip(self.moments(count, first, last), cycle((True, True, False)), strict=False):
            room = self.limit(when) - len(helper.handle) - 3
            case = self.take(self.to_ask, topics, room, None if topics == "job" else thanked)
            aloud = topics == "job" or self.rng.random() < 0.3
            self.conversation(asker, helper, case, when, aloud)

    def helps(self, helper: Person, asker: Person, topics: str, count: int, first: str, last: str) -> None:
        """Help given over time; the helper sometimes answers the thanks."""
        for when in self.moments(count, first, last):
            case = self.take(self.to_answer, topics, self.limit(when) - len(asker.handle) - 3)
            thanks = self.conversation(asker, helper, case, when, aloud=False)
            if self.rng.random() < 0.2:
                self.answer(helper, self.after(thanks.when, 2, 90), "welcome", thanks)

    def boost(self, author: Person, when: datetime, bank: str, of: Person, must: str = "") -> Note:
        """Pass on a post as it is."""
        earlier = when - timedelta(hours=self.rng.uniform(0.3, 60))
        text = self.say(of, earlier, bank)
        while must not in text:
            text = self.say(of, earlier, bank)
        return self.pass_on(author, when, self.write(of, earlier, text))

    def pass_on(self, author: Person, when: datetime, original: Note) -> Note:
        """Pass on a post that exists, on Twitter as a text cut at 140 characters."""
        text = f"RT @{original.author.handle_at(original.when)}: {original.text}"
        if length(text) > 140:
            text = LINK.sub("", text)[:139].rstrip() + "…"
        return self.write(author, when, text, boost_of=original)

    def quote(self, author: Person, when: datetime, bank: str, of: Person, comment: str = "quote") -> Note:
        """Pass on a post with a comment."""
        earlier = when - timedelta(hours=self.rng.uniform(0.3, 60))
        original = self.write(of, earlier, self.say(of, earlier, bank))
        text = self.say(author, when, comment, after=f" {original.url}")
        return self.write(author, when, text, quote_of=original)

    def talk(self) -> None:
        """Small talk between ego and the mentor, each turn an answer to the one before."""
        voices = {"E": self.people[EGO], "M": self.people[MENTOR]}
        for date_, turns in dialogues():
            when = self.after(day(date_) + timedelta(hours=7), 5, 700)
            parent: Note | None = None
            for speaker, line in turns:
                other = voices["M" if speaker == "E" else "E"]
                text = f"@{other.handle} {self.phrases.fill(line)}"
                addressee = None if parent else other
                parent = self.write(voices[speaker], when, text, reply_to=parent, addressed_to=addressee)
                when = self.after(when, 3, 200)

    def chapter(self, author: Person, bank: str, first: str, last: str) -> None:
        """Every line of a bank once, in its order, over a window."""
        lines = self.phrases.banks[bank]
        for when, line in zip(self.moments(len(lines), first, last), lines, strict=True):
            self.write(author, when, self.phrases.fill(line, {"link": self.link(author)}))
