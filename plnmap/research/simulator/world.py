"""The invented world: who is in it, and at which rates they do what.

Nothing here is a threshold of the roles that are to be found. A kind of person
is a set of mean rates; each person draws rates of their own from Gamma
distributions around them, and what happens is drawn from those rates. So a
mentor may have helped nine times or once, and a friend may have helped twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

Rates = Mapping[str, float]


def _rates(**each: float) -> Rates:
    return MappingProxyType(each)


PEOPLE_POST: Final = _rates(
    status=0.45, topic_talk=0.25, rhetorical=0.08, shared_work=0.08, chat=0.1, call=0.04
)
EXPERTS_POST: Final = _rates(shared_work=0.45, topic_talk=0.3, tip=0.1, status=0.15)
PREACHERS_POST: Final = _rates(tip=0.6, promotion=0.15, rhetorical=0.1, shared_work=0.15)
SELLERS_POST: Final = _rates(promotion=0.75, tip=0.1, status=0.05, rhetorical=0.1)
STARS_POST: Final = _rates(status=0.4, promotion=0.25, topic_talk=0.25, rhetorical=0.1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of alter.

    Attributes
    ----------
    name
        Name of the kind.
    part
        What it is to count as in the truth table; several kinds may play one part.
    people
        How many of them there are in a world of 300 alters.
    why
        What the kind stands for, and why it is there.
    known
        Smallest and largest share of the world's time that the tie lasts.
    met
        Flow → share: one contact that there is in any case, or they would be no alter.
    yearly
        Flow → mean number a year while the tie lasts. The name of a flow ends in
        ``_out`` where ego leads and in ``_in`` where the alter does, without
        either anybody may lead. ``help_in`` is help for ego, ``help_out`` help by ego.
    shape
        Shape of the Gamma distribution that a person's rates are drawn from;
        the smaller, the more unlike each other people of this kind are.
    balanced
        Whether help goes both ways: what one person draws is split evenly, give or take.
    followers
        Median number of followers, accounts.
    posts_a_day
        Median number of posts a day, to people outside this world included.
    own_posts
        What a post of theirs to nobody in particular does: sentence → share.
    answers_others
        Share of what they write to others that is an answer to somebody.
    boosts_each
        Mean number of boosts a year of each of five people other than ego.
    reacts
        How much less than others they react to what is said to them: factor on the
        chance of each of their lines that does not open a scene.
    follows
        Chance that ego follows them, and that they follow ego.
    profile
        How they present themselves, see `plnmap.research.simulator.profiles.SORTS`.
    """

    name: str
    part: str
    people: int
    why: str
    known: tuple[float, float]
    met: Rates
    yearly: Rates
    shape: float = 2.0
    balanced: bool = False
    followers: float = 400
    posts_a_day: float = 1.5
    own_posts: Rates = field(default_factory=lambda: PEOPLE_POST)
    answers_others: float = 0.35
    boosts_each: float = 0.15
    reacts: float = 1.0
    follows: tuple[float, float] = (0.6, 0.5)
    profile: str = "person"


_IN_PASSING: Final = _rates(chat=0.3, topic=0.3, kind_in=0.08, kind_out=0.08, hour=0.12, boost_out=0.12)

KINDS: Final = (
    Kind(
        "mentor",
        "mentor",
        3,
        "helps ego about every ten weeks and hardly ever needs help; apart from that, some talk shop",
        (0.4, 1.0),
        _rates(help_in=0.4, topic=0.4, hour=0.2),
        _rates(
            help_in=5, help_out=0.4, chat=4, topic=8, kind_in=0.6, kind_out=0.6, boost_out=3, boost_in=1.5,
            credit_out=0.8, quote_out=0.4, reading_out=0.5, hour=0.5, favourite_out=6, favourite_in=3,
            introduce_in=0.5, invite_in=0.4, wish_out=0.2,
        ),
        followers=900,
        own_posts=EXPERTS_POST,
        follows=(0.95, 0.7),
        boosts_each=1.0,
    ),
    Kind(
        "chatty mentor",
        "mentor",
        2,
        "a mentor and a friend: in hundreds of days of talk one in twenty carries thanks for help",
        (0.8, 1.0),
        _rates(help_in=0.3, topic=0.4, chat=0.3),
        _rates(
            help_in=9, help_out=0.8, chat=55, topic=30, kind_in=2, kind_out=2, boost_out=4, boost_in=3,
            credit_out=0.8, quote_out=0.5, reading_out=0.5, hour=0.8, favourite_out=15, favourite_in=15,
            introduce_in=0.5, invite_in=0.5, wish_out=0.25,
        ),
        shape=6.0,
        followers=900,
        posts_a_day=5,
        follows=(1.0, 1.0),
        boosts_each=2.0,
    ),
    Kind(
        "peer",
        "peer",
        10,
        "colleagues at a distance who help each other a few times a year each way",
        (0.4, 1.0),
        _rates(topic=0.5, help_in=0.15, help_out=0.15, hour=0.2),
        _rates(
            help_in=3.5, help_out=3.5, chat=12, topic=12, kind_in=0.8, kind_out=0.8, boost_out=2, boost_in=2,
            credit_out=0.4, quote_out=0.3, reading_out=0.4, reading_in=0.4, hour=0.8, favourite_out=8,
            favourite_in=8, introduce_in=0.2, introduce_out=0.2, wish_out=0.15, wish_in=0.15,
        ),
        balanced=True,
        follows=(0.9, 0.9),
        boosts_each=1.5,
    ),
    Kind(
        "friend",
        "friend",
        15,
        "talks with ego about everything and nothing; helps once in four years",
        (0.3, 1.0),
        _rates(chat=0.8, topic=0.1, kind_in=0.1),
        _rates(
            help_in=0.25, help_out=0.25, chat=24, topic=3, kind_in=1, kind_out=1, boost_out=1, boost_in=1,
            hour=0.4, favourite_out=10, favourite_in=10, wish_out=0.15, wish_in=0.15,
        ),
        posts_a_day=4,
        follows=(0.95, 0.95),
        boosts_each=1.0,
    ),
    Kind(
        "polite friend",
        "friend",
        15,
        "a friend with whom kind words and thanks for them are exchanged every other month",
        (0.3, 1.0),
        _rates(chat=0.7, kind_in=0.2, kind_out=0.1),
        _rates(
            help_in=0.25, help_out=0.25, chat=18, topic=3, kind_in=5, kind_out=5, boost_out=1, boost_in=1.5,
            hour=0.6, favourite_out=10, favourite_in=10, wish_out=0.25, wish_in=0.25,
        ),
        posts_a_day=4,
        follows=(0.95, 0.95),
        boosts_each=1.0,
    ),
    Kind(
        "stranger who helped",
        "just-in-time",
        25,
        "answers one question of ego's and is gone within days",
        (0.002, 0.01),
        _rates(help_in=1.0),
        _rates(chat=4, topic=4, favourite_in=8),
        follows=(0.1, 0.1),
    ),
    Kind(
        "role model",
        "role model",
        10,
        "ego reads, credits and passes on their work, and hears from them next to never",
        (0.5, 1.0),
        _rates(boost_out=0.5, credit_out=0.3, reading_out=0.2),
        _rates(
            boost_out=6, quote_out=2, credit_out=3, reading_out=0.5, topic=0.2, kind_in=0.1, favourite_out=8,
        ),
        followers=12_000,
        posts_a_day=4,
        own_posts=EXPERTS_POST,
        answers_others=0.25,
        reacts=0.3,
        follows=(0.95, 0.1),
    ),
    Kind(
        "celebrity",
        "celebrity or brand",
        12,
        "known to everybody, knows nobody: ego passes on what they post, now and then says a word to them",
        (0.3, 1.0),
        _rates(boost_out=0.8, kind_out=0.2),
        _rates(boost_out=4, favourite_out=6, quote_out=0.4, kind_out=0.3, wish_out=0.1),
        followers=400_000,
        posts_a_day=8,
        own_posts=STARS_POST,
        answers_others=0.03,
        reacts=0.02,
        follows=(0.9, 0.0),
        profile="celebrity",
    ),
    Kind(
        "brand",
        "celebrity or brand",
        8,
        "a paper, a publisher, a maker of things; named as a source now and then",
        (0.3, 1.0),
        _rates(boost_out=0.7, credit_out=0.3),
        _rates(boost_out=3, favourite_out=3, credit_out=0.5, quote_out=0.4, reading_out=0.1, pitch=0.1),
        followers=90_000,
        posts_a_day=12,
        own_posts=SELLERS_POST,
        answers_others=0.03,
        reacts=0.1,
        follows=(0.7, 0.05),
        profile="organisation",
    ),
    Kind(
        "amplifier",
        "amplifier",
        5,
        "passes on what ego posts about once a month, and says little",
        (0.4, 1.0),
        _rates(boost_in=0.8, topic=0.2),
        _rates(boost_in=14, quote_in=0.6, credit_in=0.6, topic=1.5, chat=0.5, favourite_in=10,
            favourite_out=3),
        followers=1_500,
        posts_a_day=6,
        follows=(0.7, 0.95),
        boosts_each=2.0,
    ),
    Kind(
        "mentee",
        "mentee",
        5,
        "a mentor's tie seen from its other end",
        (0.4, 1.0),
        _rates(help_out=0.5, topic=0.3, hour=0.2),
        _rates(
            help_out=5, help_in=0.4, chat=4, topic=8, kind_in=0.6, kind_out=0.6, boost_in=3, boost_out=1.5,
            credit_in=0.8, reading_in=0.5, hour=0.5, favourite_in=6, favourite_out=3, introduce_out=0.5,
            wish_in=0.2,
        ),
        followers=250,
        follows=(0.7, 0.95),
        boosts_each=1.5,
    ),
    Kind(
        "influencer",
        "influencer",
        8,
        "answers everybody with advice that nobody asked for; ego seldom reacts",
        (0.3, 1.0),
        _rates(lecture=0.8, boost_out=0.2),
        _rates(lecture=12, boost_out=1, favourite_in=6, topic=0.5),
        followers=20_000,
        posts_a_day=15,
        own_posts=PREACHERS_POST,
        answers_others=0.7,
        boosts_each=1.0,
        profile="influencer",
    ),
    Kind(
        "promoter",
        "promoter",
        8,
        "answers with advertisements and passes on everybody's posts, ego's among them",
        (0.3, 1.0),
        _rates(pitch=0.8, boost_in=0.2),
        _rates(pitch=5, boost_in=4, favourite_in=6),
        followers=3_000,
        posts_a_day=20,
        own_posts=SELLERS_POST,
        answers_others=0.2,
        boosts_each=4.0,
        profile="promoter",
    ),
    Kind(
        "service desk",
        "service",
        5,
        "a firm that ego is a customer of, in cases that come up once or twice a year",
        (0.5, 1.0),
        _rates(service=1.0),
        _rates(service=1.8, pitch=0.2),
        followers=30_000,
        posts_a_day=40,
        own_posts=SELLERS_POST,
        answers_others=0.9,
        follows=(0.2, 0.1),
        profile="desk",
    ),
    Kind(
        "paid provider",
        "service",
        3,
        "one person who is paid for it, say for ego's web site, with a word of small talk",
        (0.5, 1.0),
        _rates(service=1.0),
        _rates(service=2.5, chat=1, kind_in=0.2),
        profile="provider",
    ),
    Kind(
        "bug reporter",
        "bug reporter",
        8,
        "tells ego what is wrong with ego's pages, so that ego is the service desk",
        (0.2, 0.8),
        _rates(bug=1.0),
        _rates(bug=1.5, chat=0.5, favourite_in=2),
    ),
    Kind(
        "acquaintance",
        "weak",
        158,
        "met on one or two days, as most people are; may help or be helped like anybody",
        (0.02, 0.6),
        _IN_PASSING,
        _rates(
            chat=0.3, topic=0.3, kind_in=0.05, kind_out=0.05, hour=0.12, boost_out=0.3, boost_in=0.15,
            favourite_out=0.6, favourite_in=0.6, help_in=0.04, help_out=0.04, reading_out=0.04, wish_in=0.05,
            wish_out=0.05, invite_in=0.02, introduce_in=0.02,
        ),
        shape=0.5,
        follows=(0.3, 0.3),
    ),
)  # fmt: skip
"""Everybody in the world but ego."""


@dataclass(frozen=True, slots=True)
class World:
    """All that is fixed before the first draw.

    Attributes
    ----------
    alters
        How many alters; other numbers than 300 keep the mix of kinds.
    years
        How many years are lived through.
    begin
        First day.
    kinds
        Who is there, see `KINDS`.
    help_ways
        How help starts: somebody is asked, answers a call to all, or offers unasked.
    acknowledged, acknowledged_unasked
        Share of helps that the receiver acknowledges. Nobody has measured it on
        these platforms; answers to questions get a visible reaction more often
        than not, remarks that nobody asked for less often.
    evenness
        Parameter of the symmetric Beta that splits help among peers.
    answer_hours, answer_spread
        Median of the time to an answer, hours, and sigma of its logarithm.
    burstiness
        Shape of the Gamma by which a tie's activity differs from month to month.
    thanks_amplification
        Share of boosts and credits that the author thanks for.
    ego_statuses, ego_calls, ego_works, ego_asides
        Ego's posts to nobody in particular, a year: remarks, questions that
        nobody answers, own works, rhetorical questions.
    posts_to_others
        Mean number of posts of an alter that have nothing to do with ego, over
        all the years. A sample: of these only what they are matters, not how many.
    outsiders
        People that alters have to do with and ego has not.
    """

    alters: int = 300
    years: float = 3.0
    begin: datetime = datetime(2019, 1, 1, tzinfo=UTC)
    kinds: tuple[Kind, ...] = KINDS
    help_ways: Rates = field(default_factory=lambda: _rates(ask=0.5, call=0.3, unasked=0.2))
    acknowledged: float = 0.6
    acknowledged_unasked: float = 0.45
    evenness: float = 6.0
    answer_hours: float = 0.8
    answer_spread: float = 2.2
    burstiness: float = 2.0
    thanks_amplification: float = 0.08
    ego_statuses: float = 180.0
    ego_calls: float = 10.0
    ego_works: float = 12.0
    ego_asides: float = 25.0
    posts_to_others: float = 20.0
    outsiders: int = 400

    @property
    def days(self) -> float:
        """Length, days."""
        return 365.0 * self.years
