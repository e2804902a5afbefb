"""Brand, service desk or person: on invented accounts, by hand, and on labelled profiles."""

from __future__ import annotations

import string
import tomllib
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.accounts import brand_signs
from plnmap.analysis.accounts.brand_signs import MOST, Found, Sign, before, find_signs, signs
from plnmap.analysis.accounts.brands import BrandScore, brand_scores, providers
from plnmap.analysis.derived import derive_acts, derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.own_word import add_labels
from plnmap.analysis.settings import BrandRules, Settings
from plnmap.analysis.story import tell
from plnmap.analysis.topics.whom_to_ask import whom_to_ask
from plnmap.errors import UsageError
from plnmap.report.show import render_tie
from plnmap.report.terminal import as_text
from tests.records import account, at, filled, handle, post, source
from tests.test_people import ADA, BO, EGO, THANKS, alter, mapped, one_archive, reply

LAST = date(2021, 1, 1)
WORDS = Path(brand_signs.__file__).with_name("brand_words")
SHOP = "The official account of Crumb Ltd. Follow us for news and offers: https://crumb.example"
BAKER = "Baker, mum of two. I love my oven."


def scored(*records: Any, rules: BrandRules | None = None, last: date = LAST) -> dict[str, BrandScore]:
    """What the accounts of a small file look like to its ego; nobody has been thanked yet."""
    with filled(source(owner=EGO), *records) as store:
        return brand_scores(store, choose_ego(store, None), last, rules or BrandRules())


def one(*records: Any, rules: BrandRules | None = None) -> BrandScore:
    """The same of Ada alone."""
    return scored(*records, rules=rules)[ADA]


def found(*texts: tuple[str, str, str], wanted: list[Sign] | None = None) -> Found:
    """Signs in (account, part, words)."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE given (account VARCHAR, part VARCHAR, words VARCHAR)")
        for row in texts:
            connection.execute("INSERT INTO given VALUES (?, ?, ?)", row)
        return find_signs(connection, "SELECT * FROM given", {}, wanted or signs().values())


def amounts(part: str, *texts: str) -> dict[str, float]:
    """Sign → how often it is there, in texts of one account."""
    rows = found(*((ADA, part, text) for text in texts)).signs
    return dict(zip(rows["sign"], rows["amount"], strict=True))


BIOS = {
    SHOP: "brand",
    "We are a non-profit that provides free tools for your school. Join us!": "brand",
    "All the latest headlines from around the world": "brand",
    BAKER: "person",
    "I teach maths. Dad, husband, writer. Tweets are my own": "person",
    "Need help? Our support team is here to help": "desk",
    "bread": "unknown",
    "   ": "unknown",
    None: "unknown",
}
NAMES = {
    "Crumb Ltd": "brand",
    "University of Bread": "brand",
    "The Bread Magazine": "brand",
    "Crumb Support": "desk",
    "Ada Lovelace": "unknown",
    "Dr Ada Lovelace": "unknown",
    "Prof. Ada Press": "unknown",
    "ada": "unknown",
}
HANDLES = {
    "crumbhelp": "desk",
    "Crumb_Support": "desk",
    "CrumbCares__": "desk",
    "helpful_ada": "unknown",
    "crumb_news": "brand",
    "CrumbApp": "brand",
    "adapapp": "unknown",
}


def kinds(*records: Any) -> list[str]:
    """The kinds of accounts twitter:10, twitter:11 and so on, in order."""
    told = scored(*records)
    return [told[f"twitter:{10 + i}"].kind for i in range(len(told))]


def test_what_a_self_description_says() -> None:
    # All have the same name, so that those without a bio are there as well.
    records = [account(f"twitter:{10 + i}", "ada", bio=bio) for i, bio in enumerate(BIOS)]
    assert kinds(*records) == list(BIOS.values())


def test_a_name_alone_makes_a_brand_or_a_desk_but_never_a_person() -> None:
    records = [account(f"twitter:{10 + i}", name) for i, name in enumerate(NAMES)]
    assert kinds(*records) == list(NAMES.values())


def test_a_handle_alone_does_neither() -> None:
    records = [handle(f"twitter:{10 + i}", name) for i, name in enumerate(HANDLES)]
    assert kinds(*records) == list(HANDLES.values())


def test_the_score_by_hand() -> None:
    # Three signs of the bio, each once: no “follow us”, no link, nothing of names and posts.
    told = one(account(ADA, None, bio="official bread news"))
    there = ("bio.official", "bio.news", "bio.few_words")
    odds = before().none + before().bio + sum(signs()[name].weight for name in there)
    assert told.score == pytest.approx(1 / (1 + exp(-odds)), abs=1e-6)
    assert [reason.words for reason in told.reasons] == ["“news”", "“official”"]
    assert told.reasons[0].weight == signs()["bio.news"].weight
    assert told.bio


def test_nothing_known_is_no_score() -> None:
    assert one(handle(ADA, "ada")) == BrandScore("unknown", None, [], bio=False)
    assert ADA not in scored(post(1, EGO))
    assert EGO not in scored(account(EGO, "Ego", bio=BAKER))


def threshold(rule: str, share: float) -> BrandRules:
    """The rules, with one threshold elsewhere."""
    return Settings.from_toml(f"[brands]\n{rule} = {share}").brands


@pytest.mark.parametrize(
    ("rule", "bio", "at_it", "beyond", "side"),
    [
        ("brand_from", SHOP, "brand", "unknown", 1e-5),
        ("person_to", BAKER, "person", "unknown", -1e-5),
        ("desk_from", "the customer service of bread", "desk", "brand", 1e-5),
    ],
)
def test_borders_of_the_kinds(rule: str, bio: str, at_it: str, beyond: str, side: float) -> None:
    records = account(ADA, None, bio=bio)
    score = one(records, rules=threshold("desk_from", 0.1) if rule == "desk_from" else None).score
    assert score is not None
    assert one(records, rules=threshold(rule, round(score - side, 6))).kind == at_it
    assert one(records, rules=threshold(rule, round(score + side, 6))).kind == beyond


def test_an_unknown_threshold_is_named() -> None:
    with pytest.raises(UsageError, match=r"brands\.brand_form"):
        threshold("brand_form", 0.5)


@pytest.mark.parametrize("share", [0.9, 0.899])
def test_only_a_sure_brand_of_known_bio_is_a_provider(share: float) -> None:
    sure = BrandScore("brand", share, [], bio=True)
    told = {"bio": sure, "name": sure._replace(bio=False), "desk": BrandScore("desk", 0.5, [], bio=False)}
    person = {
        "person": BrandScore("person", 0.1, [], bio=True),
        "none": BrandScore("unknown", None, [], False),
    }
    assert providers(told | person) == {"desk"} | ({"bio"} if share >= 0.9 else set())


LINKED = "Ten ways to bake better bread https://crumb.example"
TALK = [
    "@bo lol i love my oven",
    "me and my bread",
    "i just ate it",
    "haha why not",
    "@bo my bread is better",
]


def timeline(*texts: str, author: str = ADA, **fields: Any) -> list[Any]:
    """Posts on successive days, as the platform answers."""
    fields = {"authority": 1} | fields
    return [post(n, author, f"2020-01-{n + 1:02}", text=text, **fields) for n, text in enumerate(texts)]


@pytest.mark.parametrize(("posts", "kind"), [(4, "unknown"), (5, "person")])
def test_five_posts_make_a_person_without_a_bio(posts: int, kind: str) -> None:
    assert one(handle(ADA, "ada"), *timeline(*TALK[:posts])).kind == kind


def test_posts_count_by_their_mean() -> None:
    assert amounts("posts", LINKED, TALK[0])["posts.links"] == 0.5
    assert amounts("posts", LINKED, LINKED)["posts.links"] == 1.0
    assert one(*timeline(LINKED), handle(ADA, "ada")) == one(*timeline(LINKED, LINKED), handle(ADA, "ada"))


@pytest.mark.parametrize(
    "changed",
    [
        {"authority": 0},  # a copy that somebody else chose to pass on
        {"boost_of": BO},  # somebody else's words
        {"happened_at": at("2021-01-02")},  # later than the view
        {"text": None},
    ],
)
def test_posts_that_are_not_read(changed: dict[str, Any]) -> None:
    posts = [each._replace(**changed) for each in timeline(*TALK)]
    assert one(handle(ADA, "ada"), *posts).kind == "unknown"
    assert one(handle(ADA, "ada"), *posts).score is None


def test_a_post_of_the_last_day_is_read() -> None:
    posts = [each._replace(happened_at=at("2021-01-01", "23:59:59")) for each in timeline(*TALK)]
    assert one(handle(ADA, "ada"), *posts).kind == "person"


def test_only_the_latest_posts_are_read() -> None:
    posts = timeline(*TALK, *[LINKED] * 5)
    late = one(*posts, handle(ADA, "ada"), rules=Settings.from_toml("[brands]\nposts_read = 5").brands)
    assert late.score == one(*timeline(*[LINKED] * 5), handle(ADA, "ada")).score
    assert late.reasons and all(reason.words.startswith("posts with ") for reason in late.reasons)


@pytest.mark.parametrize(("alike", "share"), [(2, None), (3, 0.6)])
def test_three_posts_that_begin_alike_are_a_template(alike: int, share: float | None) -> None:
    texts = [f"Now on air: song {n}" for n in range(alike)] + ["I bake", "You bake", "We bake"][: 5 - alike]
    assert amounts("posts", *texts).get("posts.alike") == (None if share is None else pytest.approx(share))


def test_posts_without_three_words_do_not_begin_alike() -> None:
    assert "posts.alike" not in amounts("posts", *["@bo thanks"] * 9)


@pytest.mark.parametrize(
    "text",
    [
        "Have you tried another oven? ^AB",
        "We are looking into it /JS",
        "So sorry to hear that! Please DM us.",
    ],
)
def test_posts_of_a_desk(text: str) -> None:
    assert one(handle(ADA, "ada"), *timeline(text, text, text)).kind == "desk"


def thanked(*records: Any) -> BrandScore:
    """What Ada looks like, to an ego who thanked her for something."""
    with filled(source(owner=EGO), *records) as store:
        derive_ties(store, lambda text: None)
        derive_acts(store, lambda text: None)
        return brand_scores(store, choose_ego(store, None), LAST)[ADA]


SERVED = "@ada Thank you for contacting us, we are looking into it"


@pytest.mark.parametrize(
    ("services", "others", "is_desk"), [(2, 1, True), (1, 1, False), (1, 2, False), (1, 0, True)]
)
def test_most_thanks_to_a_service_desk_make_one(services: int, others: int, is_desk: bool) -> None:
    texts = [SERVED] * services + ["@ada Thanks Bob"] * others
    posts = [reply(n, EGO, ADA, n, text) for n, text in enumerate(texts)]
    told = thanked(handle(ADA, "ada"), *posts)
    assert (told.kind == "desk") == is_desk
    assert ("thanks" in str(told.reasons)) == is_desk


def test_thanks_to_a_desk_whose_handle_nobody_knows() -> None:
    assert thanked(reply(1, EGO, ADA, 1, SERVED)).kind == "desk"


def test_a_sign_counts_twice_at_most_and_apostrophes_are_alike() -> None:
    assert amounts("bio", "news, more news, and news, news")["bio.news"] == MOST == 2
    assert amounts("bio", "We’re here and we're there")["bio.we"] == 2
    assert "bio.news" not in amounts("bio", "newsy xnews")


def test_the_first_words_found_are_shown() -> None:
    rows = found((ADA, "bio", "follow us here, and join us"), (BO, "posts", "our news")).signs
    words = dict(zip(rows["sign"], rows["words"], strict=True))
    assert words["bio.to_us"] == "follow us" and pd.isna(words["posts.we"])


def test_what_is_fitted_and_what_is_judged() -> None:
    for sign in signs().values():
        assert sign.fitted == (sign.part in ("bio", "posts") and sign.name != "posts.alike")
        assert sign.weight or sign.desk, f"{sign.name} says nothing"
        assert sign.pattern or sign.name == "posts.alike"
    assert before().bio < 0 and before().none < 0


def test_no_weight_is_left_over_in_the_file() -> None:
    fitted = tomllib.loads((WORDS / "weights.toml").read_text(encoding="utf-8"))
    listed = {f"{part}.{name}" for part in ("bio", "posts") for name in fitted[part]}
    assert listed == {sign.name for sign in signs().values() if sign.fitted}


TEXTS = st.text(st.sampled_from(string.printable + "’…🙂é\u202e\x00"), max_size=300)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["bio", "name", "posts"]), TEXTS), max_size=4, unique_by=lambda t: t[0]
    )
)
def test_whatever_somebody_writes_a_score_is_a_share(texts: list[tuple[str, str]]) -> None:
    rows = found(*((ADA, part, text.replace("\x00", "")) for part, text in texts))
    assert rows.signs["amount"].between(0, MOST, inclusive="right").all()
    assert set(rows.signs["sign"]) <= set(signs())
    assert not rows.signs.duplicated(["account", "sign"]).any()


def test_a_very_long_text_is_read() -> None:
    assert amounts("bio", "bread and news " * 4000)["bio.news"] == MOST


def test_roles_and_people_say_what_an_account_looks_like() -> None:
    thanks = [reply(n, EGO, ADA, 40 * n, THANKS) for n in range(8)]
    with filled(*one_archive(*thanks, reply(99, EGO, BO, 1)), account(ADA, "Crumb", bio=SHOP)) as store:
        network = mapped(store)
    ada, bo = alter(network, ADA), alter(network, BO)
    assert (ada.account_kind, ada.is_provider, ada.roles) == ("brand", True, "")
    assert ada.account_kind_score is not None and ada.account_kind_score > 0.9
    assert "“official”" in ada.account_kind_why.split("; ")
    assert (bo.account_kind, bo.account_kind_score, bo.account_kind_why, bo.is_provider) == (
        "unknown", None, "", False,
    )  # fmt: skip


def test_one_learns_from_people() -> None:
    credit = [
        post(n, EGO, f"2019-0{n}-01", text="More bread (via @ada)", mentions=[ADA], n_handles=1)
        for n in range(1, 6)
    ]
    for bio, labelled, expected in (
        (BAKER, None, "role_model?"),
        (SHOP, None, ""),
        (BAKER, "brand", ""),
        (SHOP, "mentor", "role_model?"),
    ):
        with filled(*one_archive(*credit), account(ADA, "Crumb", bio=bio)) as store:
            if labelled:
                add_labels(store, EGO, ADA, [labelled], at("2020-01-01"))
            ada = alter(mapped(store), ADA)
        assert ada.roles == expected, (bio, labelled)


def test_a_brand_is_not_asked() -> None:
    about = [reply(n, EGO, ADA, n, "@ada sourdough") for n in range(6)]
    chat = [reply(20 + n, EGO, BO, n, "@bo nice weather today") for n in range(30)]
    for bio, expected in ((SHOP, []), (BAKER, [ADA])):
        with filled(*one_archive(*about, *chat), account(ADA, "Crumb", bio=bio)) as store:
            advice = whom_to_ask(store, mapped(store), "sourdough")
        assert [each.person.account for each in advice.candidates] == expected


def test_the_page_of_a_tie_says_what_they_look_like() -> None:
    hostile = "The [bold]official[/] news of \x1b[31mCrumb. Follow us for news, updates and offers"
    with filled(*one_archive(reply(1, EGO, ADA, 1)), account(ADA, "Crumb", bio=hostile)) as store:
        page = as_text(render_tie(tell(store, mapped(store), "ada"), 3))
    assert "looks like a brand: " in page and "“official”" in page
    assert "\x1b" not in page


@pytest.mark.real_data
def test_brands_on_profiles_that_were_not_learned_from(real_data: Path) -> None:
    from benchmarks.brand_profiles import count_signs, cross_validated, f1, odds, read
    from plnmap.acts.linear import probability

    path = real_data / "accounts" / "brand_or_person.csv"
    profiles = read(path, sure=True)
    assert (len(profiles.brand), profiles.brand.sum()) == (6932, 1865)
    table = count_signs(profiles)
    likely = probability(cross_validated(table, profiles))
    assert f1(likely >= BrandRules().brand_from, profiles.brand) >= 0.80
    sure = likely >= BrandRules().provider_from
    assert profiles.brand[sure].mean() >= 0.95

    # What is shipped is what was fitted.
    shipped = [*(sign.weight for sign in table.wanted), before().bio, before().posts, before().none]
    assert f1(probability(odds(table.amounts, np.array(shipped))) >= 0.4, profiles.brand) >= 0.82
