"""Names and self-descriptions: many, varied, not all with the obvious word, and none in an archive."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from plnmap.research.simulator import MASKS, Lived, MaskName, World, live, see
from plnmap.research.simulator.people import EGO, People, draw_people
from plnmap.research.simulator.profiles import SORTS, Profile, draw_profiles
from plnmap.research.simulator.records import keys
from plnmap.research.simulator.texts import templates
from plnmap.research.simulator.world import KINDS
from tests.research.test_simulator_bank import ACTS, BANK

SMALL = World(alters=20, years=0.1, posts_to_others=1.0, outsiders=10)

SELLS = (
    "free buy sell selling sale discount deals offer offers off shop best course ebook subscribe join get "
    "money income crypto cash revenue followers follow growth grow marketing promote affiliate brands brand "
    "clients seo traffic leads lead funnel entrepreneur founder founders investor business start dm message "
    "book call link below products official partner code new news newsletter tips reviews tools design prices"
)
CUES = {
    "person": (
        "i i'm my me mine myself we our she he her him they them dad mum mother father grandfather "
        "husband wife family human person woman teacher lecturer professor phd student postdoc researcher "
        "engineer analyst developer statistician gardener librarian nurse writer author archivist baker "
        "journalist editor consultant designer manager founder maintainer chef head parent runner reader "
        "lover loves fan nerd interested learning trying working living proud opinions views retweets "
        "former formerly retired ex"
    ),
    "influencer": (
        "i my you your we us me ask help helping helps coach coaching speaker trainer author host founder "
        "ceo mentor creator educator innovator storyteller strategist leader learner advisor investor award "
        "teach teaching learn learned tips daily follow followers thread threads weekly letter podcast guide "
        "free growth mindset life habits mission voice viral views curating guy tweeting better"
    ),
    "promoter": f"{SELLS} nomad freedom passive ninja expert ghostwriter coach earn rich retweets shipping",
    "provider": (
        "freelance hire available commissions rates rate clients services service book quote quotes dm "
        "self-employed consultant contract independent sole trader business portfolio projects estimates "
        "insured studio invoices i my we designer developer web website websites copywriter translator "
        "proofreader editor editing illustrator photographer bookkeeper assistant tutor coach support design "
        "typesetting audio handyman"
    ),
    "celebrity": (
        "official author novelist writer poet actor actress presenter broadcaster singer songwriter comedian "
        "chef director historian journalist anchor politician scientist astronaut champion olympic marathon "
        "striker captain player winner judge host designer book books novel album tour tickets series show "
        "films management agent team bookings enquiries producer ambassador i me my news"
    ),
    "organisation": (
        "official news newsroom press publish publisher publishing magazine journal paper weekly shop store "
        "bookshop open we our us makers maker make made society association charity museum university "
        "institute department council project team members member join follow updates events releases new "
        "delivery seeds books software since founded family-run school for radio local science research "
        "i my run workshops issues merchants"
    ),
    "desk": (
        "help support supporting customer customers care service services assist question questions queries "
        "answer answers answering ask tell contact complaint complaints feedback hotline team desk issues "
        "fault report status outages updates hours 24 7 mon fri weekdays dm dms enquiries agents we us i "
        "ticket tickets technical"
    ),
}
"""Words that give a sort away at first sight: ours, not those of any rule."""


def bios(sort: str) -> tuple[str, ...]:
    return templates(f"bios/{sort}")


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+(?:['’-][a-z]+)*", text.lower()))


def only(kind: str) -> World:
    """Six hundred of one kind, and nobody else."""
    (chosen,) = (each for each in KINDS if each.name == kind)
    return World(kinds=(replace(chosen, people=600),), alters=600, outsiders=0, years=0.1)


def drawn(world: World, seed: int = 1) -> tuple[People, list[Profile]]:
    people = draw_people(world, np.random.default_rng(seed))
    return people, draw_profiles(world, people, np.random.default_rng([seed, 1]))


@pytest.fixture(scope="module")
def lived() -> Lived:
    return live(7, SMALL)


# --- the bank


def test_every_kind_presents_itself_in_a_way_that_the_bank_has() -> None:
    assert {kind.profile for kind in KINDS} == set(SORTS) == set(CUES)
    assert {file.stem for file in (BANK / "bios").iterdir()} == set(SORTS)
    assert {file.stem for file in (BANK / "names").iterdir()} == {sort.names for sort in SORTS.values()}


@pytest.mark.parametrize("sort", SORTS)
def test_forty_different_self_descriptions(sort: str) -> None:
    # What is only a sign differs, too.
    assert len({" ".join(sorted(words(bio))) or bio for bio in bios(sort)}) >= 40


@pytest.mark.parametrize("sort", SORTS)
def test_three_in_ten_come_without_the_obvious_word(sort: str) -> None:
    cues = set(CUES[sort].split())
    assert sum(not words(bio) & cues for bio in bios(sort)) / len(bios(sort)) >= 0.30


@pytest.mark.parametrize(
    ("names", "number"), [("organisation", 40), ("desk", 40), ("person", 40), ("trader", 20), ("star", 20)]
)
def test_names_come_in_many_shapes(names: str, number: int) -> None:
    shapes = templates(f"names/{names}")
    assert len(set(shapes)) == len(shapes) >= number
    # Of those there are enough without a shape, see `Sort.plain`.
    assert "{First} {Last}" not in shapes


def test_no_self_description_serves_two_sorts_or_is_a_post() -> None:
    every = [bio for sort in SORTS for bio in bios(sort)]
    assert len(set(every)) == len(every)
    assert not set(every) & {line for act in ACTS for line in templates(act)}


@pytest.mark.parametrize("word", ["we", "our", "official", "news"])
def test_some_persons_sound_like_a_firm(word: str) -> None:
    assert sum(word in words(bio) for bio in bios("person")) >= 2


def test_some_persons_name_employers_and_some_organisations_say_i() -> None:
    assert sum("@" in bio for bio in bios("person")) >= 8
    for sort in ("organisation", "desk"):
        one_person = {"i", "i'm", "my", "run"}
        assert sum(bool(words(bio) & one_person) for bio in bios(sort)) >= 5


@pytest.mark.parametrize("folder", ["bios", "names"])
def test_no_slot_without_a_filler_or_a_draw(folder: str) -> None:
    known = {
        "First", "first", "FIRST", "F", "Last", "last", "LAST", "L", "handle", "Other", "topic", "Topic",
        "thing", "task", "event", "tag",
    }  # fmt: skip
    most = {"bios": 6, "names": 4}[folder]
    for file in (BANK / folder).iterdir():
        for line in templates(f"{folder}/{file.stem}"):
            slots = re.findall(r"{(.*?)}", line)
            assert line.strip() == line != ""
            assert set(slots) <= known
            assert len(slots) <= most


# --- who gets which


@pytest.mark.parametrize(
    ("sort", "by_own_name"),
    [
        ("person", 0.7), ("influencer", 0.6), ("promoter", 0.6), ("provider", 0.6), ("celebrity", 0.7),
        ("organisation", 0.1), ("desk", 0.05),
    ],
)  # fmt: skip
def test_each_sort_draws_from_its_own_bank(sort: str, by_own_name: float) -> None:
    kind = next(each.name for each in KINDS if each.profile == sort)
    people, profiles = drawn(only(kind))
    shown, own = [profile.name for profile in profiles[1:]], people.table["name"].tolist()[1:]
    plain = np.mean([one == other for one, other in zip(shown, own, strict=True)])
    # Of 600, the standard error is at most 0.02.
    assert plain == pytest.approx(by_own_name, abs=0.04)
    assert np.mean([profile.bio is None for profile in profiles]) == pytest.approx(1 / 6, abs=0.05)
    assert all(profile.name and profile.bio != "" for profile in profiles)
    assert not [text for profile in profiles for text in profile if text and re.search("[{}]", text)]
    shapes = [
        re.compile(".+".join(map(re.escape, re.split(r"{\w+}", bio))), re.IGNORECASE) for bio in bios(sort)
    ]
    # Those who type as in their posts add and leave out a sign here and there.
    known = np.mean(
        [any(shape.match(profile.bio) for shape in shapes) for profile in profiles[1:] if profile.bio]
    )
    assert known == 1 if sort in ("organisation", "desk") else 0.6 < known < 1


def test_ego_goes_by_their_own_name() -> None:
    for seed in range(8):
        people, profiles = drawn(SMALL, seed)
        assert profiles[EGO].name == people.table["name"][EGO]
        assert len(profiles) == len(people.table)


def test_outsiders_are_persons() -> None:
    world = replace(only("service desk"), alters=1, outsiders=400)
    _, profiles = drawn(world)
    said = {profile.bio for profile in profiles[2:]}
    assert len(said & set(bios("person"))) > 20
    assert not said & set(bios("desk"))


# --- a stream of their own, and who sees them


def test_the_same_seed_gives_the_same_profiles() -> None:
    assert drawn(SMALL, 8)[1] == drawn(SMALL, 8)[1]
    assert drawn(SMALL, 8)[1] != drawn(SMALL, 9)[1]


def test_what_people_say_of_themselves_changes_nothing_that_they_do(lived: Lived) -> None:
    desks = replace(SMALL, kinds=tuple(replace(kind, profile="desk") for kind in KINDS))
    other = live(7, desks)
    assert other.profiles != lived.profiles
    assert other.written == lived.written
    for table in ("people", "posts", "favourites", "follows", "episodes"):
        assert getattr(other, table).equals(getattr(lived, table))


def test_an_archive_shows_no_self_description(lived: Lived) -> None:
    (owner,) = see(lived, "archive", 7).records.accounts
    assert owner.display_name == lived.people["name"][EGO]
    assert owner.bio is None
    assert owner.followers == lived.people["followers"][EGO]


@pytest.mark.parametrize("mask", [name for name in MASKS if name != "archive"])
def test_other_sources_show_everybody_as_they_present_themselves(lived: Lived, mask: MaskName) -> None:
    number = {key: i for i, key in enumerate(keys(lived, MASKS[mask].platform).accounts)}
    accounts = see(lived, mask, 7).records.accounts
    assert len(accounts) > 10
    for account in accounts:
        assert (account.display_name, account.bio) == lived.profiles[number[account.account]]
    assert any(account.bio for account in accounts)
    assert any(account.bio is None for account in accounts)
