"""What is shown to others names nobody who was not to be named, and still says the rest."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.analysis.egos import Ego
from plnmap.analysis.people import Network
from plnmap.analysis.settings import Settings
from plnmap.analysis.topics.about import About
from plnmap.analysis.topics.by_person import TopicCount, TopicsByPerson
from plnmap.analysis.topics.terms import Topic
from plnmap.cli import run
from plnmap.errors import UsageError
from plnmap.model import Evidence, Person
from plnmap.report.sharing import Pseudonyms, conceal, conceal_text, pseudonyms
from plnmap.report.values import period

MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
MIRA = Ego("twitter:99", "twitter", "mira", "Mira Tolland", MOMENT, MOMENT, MOMENT, 10)


def somebody(number: int, handle: str | None, name: str | None = None, **fields: Any) -> Person:
    nothing: dict[str, Any] = dict.fromkeys(Person._fields)
    named = {"ego": MIRA.account, "account": f"twitter:{number}", "handle": handle, "display_name": name}
    return Person(
        **(nothing | {"roles": "mentor?", "labels": "family", "account_kind_why": ""} | named | fields)
    )


def network(*people: Person, evidence: tuple[Evidence, ...] = ()) -> Network:
    return Network(
        MIRA, date(2020, 1, 1), "index", "", [*people], [*evidence], [], [], Settings(), "strength"
    )


ADA = somebody(11, "ada_venn", "Ada Vennick", first_day=date(2016, 3, 1))
CY = somebody(22, "cy_lodder", "Cy Lodder", first_day=date(2015, 3, 1))
MENTOR = somebody(33, "mentor", "The Mentor 🙂")
LI = somebody(44, "li_44", "李雷 Li")
ALL = network(ADA, CY, MENTOR, LI)
LATER = ["person-3", "person-4"]
HANDLES = [("twitter:11", "ada_old"), ("twitter:55", "stranger"), ("mastodon:x:1", "fay@school.example")]


@pytest.fixture
def by() -> Pseudonyms:
    """Cy is shown; Ada, who went by another handle before, and the one who goes by @mentor are not."""
    return pseudonyms(ALL, ["twitter:22"], HANDLES)


def test_numbers_follow_first_contact_whoever_is_shown_and_whatever_the_order(by: Pseudonyms) -> None:
    assert [each.handle for each in conceal(ALL, by).people] == ["person-2", "cy_lodder", *LATER]
    nobody = pseudonyms(network(LI, MENTOR, CY, ADA), [])
    assert [each.handle for each in conceal(ALL, nobody).people] == ["person-2", "person-1", *LATER]
    assert by.shown == ["@cy_lodder"]


def test_records_keep_what_they_say_and_lose_who_they_are_about(by: Pseudonyms) -> None:
    ada, cy, *_ = conceal(ALL, by).people
    assert ada == ADA._replace(
        ego="twitter:@mira",
        account="twitter:@person-2",
        handle="person-2",
        display_name=None,
        labels="",
        first_day=date(2016, 1, 1),
    )
    assert cy == CY._replace(ego="twitter:@mira", account="twitter:@cy_lodder", labels="")
    # The owner's name is theirs to show; their id is not needed.
    assert conceal(ALL, by).ego == MIRA._replace(account="twitter:@mira")


class Met(NamedTuple):
    """A record such as analyses make: about an alter, with a day, a moment and days within."""

    account: str
    day: date
    at: datetime
    days: list[date]


class Played(NamedTuple):
    """A record about the person within it."""

    person: Person
    first: date
    days: list[tuple[date, str]]


def test_a_record_is_about_the_person_within_it(by: Pseudonyms) -> None:
    day = date(2019, 5, 17)
    assert conceal(Played(ADA, day, [(day, "in")]), by)[1:] == (date(2019, 1, 1), [(date(2019, 1, 1), "in")])
    assert conceal(Played(CY, day, [(day, "in")]), by)[1:] == (day, [(day, "in")])


def test_of_those_who_are_not_shown_only_years_are_told(by: Pseudonyms) -> None:
    day, moment = date(2019, 5, 17), datetime(2019, 5, 17, 12, 30, 1, 5, tzinfo=UTC)
    year, midnight = date(2019, 1, 1), datetime(2019, 1, 1, tzinfo=UTC)
    hidden, shown = (Met(account, day, moment, [day]) for account in ("twitter:11", "twitter:22"))
    assert conceal(hidden, by)[1:] == (year, midnight, [year])
    assert conceal(shown, by)[1:] == (day, moment, [day])
    assert conceal({"twitter:11": [day], "twitter:22": [day]}, by) == {
        "twitter:@person-2": [year],
        "twitter:@cy_lodder": [day],
    }
    # What is told of nobody in particular stays: a week in which ego posted.
    assert conceal([day], by) == [day]
    # The first of January would be made up, whatever form a page asks for.
    told = conceal(hidden, by).day
    assert (str(told), f"{told:%d %b %Y}", period(told, told)) == ("2019", "2019", "2019")
    assert period(told, conceal(hidden._replace(day=date(2021, 2, 3)), by).day) == "2019–2021"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@ada_venn @CY_Lodder thanks", "@person-2 @cy_lodder thanks"),
        ("@Ada_Old: yes! ＠ada_venn.", "@person-2: yes! @person-2."),
        ("Thank you Ada Vennick, and Cy, and Mira", "Thank you @person-2, and Cy, and Mira"),
        ("adamant ada canada", "adamant @person-2 canada"),
        ("by ada_venn, not by stranger", "by @person-2, not by stranger"),
        ("@stranger @nobody_knows", "@someone @someone"),
        ("@fay@school.example and @fay", "@someone and @someone"),
        (
            "see https://t.co/Ab?u=ada_venn or www.ada.example or ada.example/blog",
            "see [link] or [link] or [link]",
        ),
        ("write to ada.venn+x@school.example", "write to [address]"),
        ("twitter:11 mastodon:https://x.example/1", "@someone @someone"),
        ("@ada_venn-thanks @stranger-Ada", "@person-2-thanks @someone-@person-2"),
        # A site may be a person's own, and a long number theirs.
        ("ada.example and 3.5", "[link] and 3.5"),
        ("id 123456789, in 1234567 ways", "id [number], in 1234567 ways"),
        # A name inside a hashtag, a longer word, and without its accents.
        ("#adavennick #TeamAdaVenn #ada_venn_fans", "#@person-2 #@person-2 #@person-2"),
        ("adavennickians, ada_venn_s, vénnick", "@person-2, @person-2, @person-2"),
        ("#adavantage advennture #cylodderclub", "#adavantage advennture #cylodderclub"),
        ("谢谢李雷帮忙 and 李", "@person-4 and 李"),
    ],
)
def test_texts_name_only_those_who_are_shown(by: Pseudonyms, text: str, shown: str) -> None:
    assert conceal_text(text, by) == shown
    assert conceal_text(shown, by) == shown


def test_somebody_who_goes_by_a_word_of_ours_changes_no_results(by: Pseudonyms) -> None:
    assert conceal(ALL, by).people[2].roles == "mentor?"
    assert conceal({"who helped": ["mentor"]}, by) == {"who helped": ["mentor"]}
    assert conceal(Topic("mentor", 3, 0.5), by) == Topic("@person-3", 3, 0.5)


def test_topics_that_name_somebody_are_left_out_of_what_a_tie_is_about(by: Pseudonyms) -> None:
    named, often = Topic("#adavennclub", 3, 0.5), Topic("bread", 3, 0.5)
    about = About("twitter:22", [named, often], [named], [often, Topic("ada.example", 3, 0.5)])
    assert conceal(about, by) == About("twitter:@cy_lodder", [often], [], [often])
    counts = [TopicCount("twitter:11", each.term, 3) for each in (named, often)]
    found = TopicsByPerson(["twitter:11"], [named.term, often.term], counts)
    assert conceal(found, by) == TopicsByPerson(
        ["twitter:@person-2"], ["bread"], [TopicCount("twitter:@person-2", "bread", 3)]
    )


def test_a_word_of_one_post_stands_in_the_table_of_topics_only_with_who_is_shown(by: Pseudonyms) -> None:
    hidden, shown = "twitter:11", "twitter:22"
    counts = [TopicCount(hidden, "rye", 1), TopicCount(hidden, "bread", 2), TopicCount(shown, "oven", 1)]
    concealed = conceal(TopicsByPerson([hidden, shown], ["rye", "bread", "oven"], counts), by)
    assert concealed.terms == ["bread", "oven"]
    assert [each.posts for each in concealed.counts] == [2, 1]
    alone = conceal(TopicsByPerson([hidden], ["rye"], counts[:1]), by)
    assert alone == TopicsByPerson([], [], [])


@pytest.mark.parametrize("letter", ["a", "学"])
def test_a_word_without_an_end_takes_no_time(by: Pseudonyms, letter: str) -> None:
    # Looking at all parts of it would take hours.
    assert conceal_text(letter * 25_000, by) == letter * 25_000


def test_a_name_that_several_go_by_tells_of_nobody() -> None:
    two = network(somebody(1, "ada@one.example", "Ada One"), somebody(2, "ada@two.example", "Ada Two"))
    by = pseudonyms(two, ["twitter:1"])
    assert conceal_text("@ada, Ada, @ada@one.example", by) == "@someone, @someone, @ada@one.example"


def test_evidence_loses_its_post_and_keeps_its_mark(by: Pseudonyms) -> None:
    text = "@ada_venn Ada, thank you for the help"
    start = text.index("thank")
    row = Evidence(
        MIRA.account,
        ADA.account,
        "in",
        "thanks",
        date(2020, 1, 1),
        "twitter:777",
        "gratitude",
        "help",
        "en.thanks.1",
        text,
        start,
        start + 9,
        "https://twitter.com/mira/status/777",
        "twitter:776",
        ADA.account,
        "@mira Ask Ada",
    )
    shown = conceal(row, by)
    assert (shown.text, shown.post, shown.url, shown.rule, shown.above_post, shown.above_text) == (
        "@person-2, thank you for the help",
        "",
        None,
        "",
        None,
        "@mira Ask @person-2",
    )
    assert shown.text is not None
    assert shown.text[shown.start : shown.stop] == "thank you"


def test_who_is_to_be_shown_has_to_be_there() -> None:
    with pytest.raises(UsageError, match="twitter:404"):
        pseudonyms(ALL, ["twitter:404"])


words = st.sampled_from(
    [
        "@ada_venn",
        "Ada",
        "Vennick",
        "twitter:11",
        "@ada_old",
        "https://x.example/ada_venn",
        "hello",
        "=1",
        ",",
        "@",
        "\u202e",
    ]
)


@given(st.lists(words), st.sampled_from(["", " ", "\n", "."]))
def test_however_a_text_is_put_together_no_name_is_left(parts: list[str], between: str) -> None:
    text = between.join(parts)
    shown = conceal_text(text, pseudonyms(ALL, ["twitter:22"], HANDLES))
    for name in ("ada_venn", "ada_old", "twitter:11", "x.example"):
        assert name not in shown
    if between in (" ", "\n"):
        assert not re.search(r"\b(Ada|Vennick)\b", shown)


def test_a_shared_map_holds_nobody_else_in_any_of_its_bytes(sample_pln: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    command = [
        "map",
        "--share",
        "--show",
        "@ada_venn",
        "--ego",
        "@mira_tolland",
        "-q",
        "--pln",
        str(sample_pln),
    ]
    assert run([*command, "-o", str(file)]) == 0
    page = file.read_text(encoding="utf-8")
    ours = page.replace(max(re.findall(r"<script>(.*?)</script>", page, re.DOTALL), key=len), "")
    with duckdb.connect(sample_pln, read_only=True) as connection:
        handles = connection.execute("SELECT DISTINCT account, handle FROM handles").fetchall()
        posts = connection.execute("SELECT post FROM posts").fetchall()
    kept = {"ada_venn", "mira_tolland", "mira@social.example"}
    # A handle can be a part of another one, or of a word.
    found = {word.lower() for word in re.findall(r"[\w@.]+", ours)} | set(re.findall(r"\w+", ours.lower()))
    assert not {handle.lower() for _, handle in handles} & found - kept
    assert (
        not {account.partition(":")[2] for account, _ in handles if not account.endswith(tuple(kept))} & found
    )
    assert not {post.partition(":")[2] for (post,) in posts} & found
    assert set(re.findall(r"https?://[\w.]+", ours)) == {"http://www.w3.org", "https://vega.github.io"}
    data = json.loads(re.findall(r'id="charts">(.*?)</script>', page, re.DOTALL)[0])
    named = {row["text"] for row in data["map"]["datasets"]["names"]}
    assert "@ada_venn" in named
    assert all(re.fullmatch(r"@ada_venn|@person-\d+", name) for name in named)
    assert "Made to be shown" in page
    assert "Private." not in page
