"""From posts to people, on networks small enough to know the answer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from plnmap.analysis.egos import choose_ego, egos, find_person
from plnmap.analysis.help.episodes import episodes
from plnmap.analysis.people import Network, map_people
from plnmap.analysis.settings import Settings
from plnmap.analysis.who_is_who import who_is_who
from plnmap.errors import SeveralEgos, UsageError
from plnmap.model import Follow, Person, Post
from plnmap.store import Store
from tests.records import at, covered, filled, handle, post, put, source

EGO, ADA, BO = "twitter:1", "twitter:2", "twitter:3"
THANKS = "@ada Thanks for the tip, that fixed the build!"
ADVICE = "@bo You should try the csv module, it is in the standard library"


def day(number: int) -> datetime:
    """Noon of a day counted from 2019-01-01."""
    return datetime(2019, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)


def reply(number: int, author: str, to: str, when: int, text: str = "@x yes", **fields: Any) -> Post:
    """A reply on a day counted from 2019-01-01."""
    return post(
        number, author, None, happened_at=day(when), at_precision="second", reply_to=to, text=text, **fields
    )


def mapped(store: Store, ego: str = "1", as_of: date | None = None) -> Network:
    """The network of one ego."""
    from plnmap.analysis.derived import derive_ties

    with who_is_who(store):
        derive_ties(store, lambda text: None)
        return map_people(store, choose_ego(store, ego), as_of=as_of, announce=lambda text: None)


def alter(network: Network, account: str) -> Person:
    """One alter, who must be there."""
    person = network.person(account)
    assert person is not None
    return person


def one_archive(*posts: Post) -> tuple[Any, ...]:
    """Ego's archive with these posts, and everyone's handle."""
    names = [handle(EGO, "ego"), handle(ADA, "ada"), handle(BO, "bo")]
    return (source(owner=EGO), *covered(EGO), *names, *posts)


def test_strength_by_hand() -> None:
    # D = 2, last contact 366 days before t0 (2021-01-01), first 731 days before.
    with filled(*one_archive(reply(1, EGO, ADA, 0), reply(2, EGO, ADA, 365))) as store:
        ada = alter(mapped(store), ADA)
    assert (ada.days_out, ada.first_day, ada.last_day) == (2, date(2019, 1, 1), date(2020, 1, 1))
    # z = 1.25·ln 3 − 0.70·ln 367 + 0.25·ln 732 = −1.1114; S = σ(z − 1.5)
    assert ada.strength == pytest.approx(0.0684, abs=5e-4)
    assert (ada.strength_status, ada.in_touch, ada.thin) == ("value", 1, True)


def test_from_one_archive_the_other_side_is_not_observed_never_zero() -> None:
    with filled(*one_archive(reply(1, EGO, ADA, 0))) as store:
        ada = alter(mapped(store), ADA)
    for name in ("balance", "response", "help_in_offers", "help_out_thanks", "help_share"):
        assert getattr(ada, f"{name}_status") == "not_observed"
    assert (ada.days_in, ada.balance, ada.offered_days, ada.thanked_back_days) == (None, None, None, None)


def test_somebody_only_followed_has_no_strength_but_is_there() -> None:
    follow = Follow(EGO, BO, at("2021-01-01"), at("2021-01-01"))
    with filled(*one_archive(reply(1, EGO, ADA, 0)), follow) as store:
        bo = alter(mapped(store), BO)
    assert (bo.strength, bo.strength_status, bo.follows_out, bo.follows_in) == (
        None,
        "not_observed",
        True,
        None,
    )
    assert bo.strength_reason != ""


def both_sides(*posts: Post, first: str = "2019-01-01", last: str = "2021-01-01") -> list[tuple[Any, ...]]:
    """Archives of ego and Ada, with these posts shared out; Ada's covers only part of the time."""
    own = [one for one in posts if one.author == EGO]
    theirs = [one for one in posts if one.author == ADA]
    adas = (source("b" * 64, owner=ADA, other_side=True), *covered(ADA, first, last), *theirs)
    return [one_archive(*own), adas]


def test_the_other_archive_supplies_the_incoming_side() -> None:
    ours = [reply(n, EGO, ADA, n) for n in range(10)]
    theirs = [reply(100 + n, ADA, EGO, n, reply_to_post=f"twitter:{n}") for n in range(10)]
    mine, adas = both_sides(*ours, *theirs)
    with filled(*mine) as store:
        put(store, *adas, origin="b" * 64)
        assert [ego.account for ego in egos(store)] == [EGO]
        ada = alter(mapped(store), ADA)
    assert (ada.days_out, ada.days_in) == (10, 10)
    assert (ada.balance_status, ada.balance_label) == ("value", "mutual")
    assert (ada.balance, ada.balance_lo, ada.balance_hi) == pytest.approx((0.5, 0.306, 0.694), abs=5e-4)
    assert (ada.response_n, ada.response_status) == (10, "value")


def test_balance_counts_only_the_time_that_both_sides_cover() -> None:
    ours = [reply(n, EGO, ADA, n) for n in range(60)]
    theirs = [reply(100 + n, ADA, EGO, 40 + n) for n in range(20)]
    mine, adas = both_sides(*ours, *theirs, first="2019-02-10")
    with filled(*mine) as store:
        put(store, *adas, origin="b" * 64)
        ada = alter(mapped(store), ADA)
    # Ada's archive begins on day 40: 20 days each, though ego wrote on 60.
    assert (ada.days_out, ada.days_in) == (60, 20)
    assert ada.balance == pytest.approx(0.5)


def test_windows_that_do_not_meet_leave_it_unobserved() -> None:
    mine, adas = both_sides(
        reply(1, EGO, ADA, 0), reply(2, ADA, EGO, 0), first="2022-01-01", last="2022-06-01"
    )
    with filled(*mine) as store:
        put(store, *adas, origin="b" * 64)
        ada = alter(mapped(store), ADA)
    assert (ada.days_in, ada.balance_status) == (None, "not_observed")


def test_a_covered_and_empty_channel_is_the_only_zero() -> None:
    follow = Follow(EGO, ADA, at("2021-01-01"), at("2021-01-01"))
    mine, adas = both_sides(reply(1, EGO, BO, 0), reply(2, ADA, BO, 0))
    with filled(*mine, follow) as store:
        put(store, *adas, origin="b" * 64)
        ada = alter(mapped(store), ADA)
    assert (ada.strength, ada.strength_status) == (0.0, "no_contact")
    assert (ada.balance, ada.balance_status) == (None, "no_contact")


def test_help_received_shows_in_ones_own_thanks() -> None:
    thanks = [reply(n, EGO, ADA, 40 * n, THANKS) for n in range(4)]
    chat = [reply(50 + n, EGO, BO, n) for n in range(30)]
    with filled(*one_archive(*thanks, *chat)) as store:
        network = mapped(store)
    ada, bo = alter(network, ADA), alter(network, BO)
    assert (ada.thanked_days, ada.thanked_first, ada.thanked_last) == (4, date(2019, 1, 1), date(2019, 5, 1))
    assert ada.help_in_thanks_status == "value"
    assert "mentor?" in ada.roles.split(";")
    assert (bo.thanked_days, bo.help_in_thanks, bo.roles) == (0, None, "")
    assert {row.post for row in network.evidence if row.direction == "in"} == {
        f"twitter:{n}" for n in range(4)
    }
    assert all(row.text and row.text[row.start : row.stop] for row in network.evidence)


def test_help_given_shows_in_ones_own_offers() -> None:
    advice = [reply(n, EGO, BO, 40 * n, ADVICE) for n in range(6)]
    with filled(*one_archive(*advice)) as store:
        bo = alter(mapped(store), BO)
    assert (bo.given_days, bo.help_out_offers_status) == (6, "value")
    assert "mentee?" in bo.roles.split(";")


def test_words_in_a_language_without_rules_are_not_observed() -> None:
    danke = [reply(n, EGO, ADA, 40 * n, "@ada Danke für den Tipp!", lang="de") for n in range(4)]
    with filled(*one_archive(*danke)) as store:
        ada = alter(mapped(store), ADA)
    assert (ada.help_in_thanks_status, ada.help_out_offers_status) == ("not_observed", "not_observed")
    assert ada.roles == ""


@pytest.mark.parametrize(("other_thanks", "status"), [(60, "insufficient"), (0, "value")])
def test_much_thanks_for_other_things_needs_more_than_a_few_for_help(other_thanks: int, status: str) -> None:
    """On 700 days of talk chance explains three thanks for help, unless there are hardly any others."""
    chatty = [reply(n, EGO, ADA, n, "@ada Thanks for the follow!") for n in range(other_thanks)]
    chatty += [reply(n, EGO, ADA, n) for n in range(other_thanks, 700)]
    hits = [reply(1000 + n, EGO, ADA, 200 * n, THANKS) for n in range(3)]
    with filled(*one_archive(*chatty, *hits)) as store:
        ada = alter(mapped(store), ADA)
    assert (ada.thanked_days, ada.help_in_thanks_status) == (3, status)
    assert ("mentor" in ada.roles) == (status == "value")


def test_one_answer_from_a_stranger_is_quick_help() -> None:
    with filled(*one_archive(reply(1, EGO, ADA, 0, THANKS), reply(2, EGO, ADA, 0))) as store:
        ada = alter(mapped(store), ADA)
    assert (ada.quick_help, ada.roles) == (1, "just_in_time_helper?")


def test_an_earlier_view_is_the_file_of_that_day() -> None:
    early = [reply(n, EGO, ADA, 10 * n) for n in range(5)]
    late = [reply(90 + n, EGO, BO, 400 + n) for n in range(5)]
    moment = date(2019, 6, 30)
    with filled(*one_archive(*early, *late)) as store, filled(*one_archive(*early)) as then:
        now = mapped(store, as_of=moment).people
        assert [person.account for person in now] == [ADA]
        assert now == mapped(then, as_of=moment).people


def test_renaming_accounts_permutes_the_result() -> None:
    posts = [
        reply(n, EGO, f"twitter:{2 + n % 5}", 3 * n, THANKS if n % 5 == 1 else ADVICE) for n in range(80)
    ]
    renamed = [
        one._replace(reply_to=f"twitter:{900 - int((one.reply_to or '').split(':')[1])}") for one in posts
    ]
    with (
        filled(source(owner=EGO), *covered(EGO), *posts) as store,
        filled(source(owner=EGO), *covered(EGO), *renamed) as other,
    ):
        one, two = mapped(store), mapped(other)
    back = {person.account: person for person in two.people}
    for person in one.people:
        twin = back[f"twitter:{900 - int(person.account.split(':')[1])}"]
        # Equal strengths are ranked by account, so ranks may swap; nothing else may.
        assert twin._replace(account=person.account, in_touch=person.in_touch) == person


def test_what_is_remembered_equals_what_is_computed() -> None:
    posts = [reply(n, EGO, ADA, 7 * n, THANKS) for n in range(20)]
    with filled(*one_archive(*posts)) as store:
        assert mapped(store) == mapped(store)


def test_settings_change_the_result_and_are_told() -> None:
    posts = [reply(n, EGO, ADA, 40 * n, THANKS) for n in range(4)]
    strict = Settings.from_toml("[roles]\nhelp_days = 9")
    with filled(*one_archive(*posts)) as store:
        usual = mapped(store)
        ego = choose_ego(store, "1")
        changed = map_people(store, ego, announce=lambda text: None, settings=strict)
    assert "mentor?" in alter(usual, ADA).roles
    assert "mentor" not in alter(changed, ADA).roles
    assert usual.settings.changes() == []
    assert changed.settings == strict


def test_no_ego_and_several_egos() -> None:
    with filled(post(1, EGO)) as store, pytest.raises(UsageError, match="nobody's own archive"):
        choose_ego(store, None)
    with filled(*one_archive()) as store:
        put(store, source("b" * 64, owner=ADA), *covered(ADA), origin="b" * 64)
        with pytest.raises(SeveralEgos, match="@ada") as caught:
            choose_ego(store, None)
        assert caught.value.exit_code == 2
        assert choose_ego(store, "@ADA").account == ADA


def test_an_ego_without_interactions_has_an_empty_network() -> None:
    with filled(*one_archive(post(1, EGO))) as store:
        network = mapped(store)
    assert (network.people, network.evidence) == ([], [])


def test_a_month_of_their_side_proves_nothing_about_years() -> None:
    thanks = [reply(n, EGO, ADA, 35 * n, THANKS) for n in range(12)]
    mine, adas = both_sides(*thanks, reply(500, ADA, EGO, 3), first="2019-01-01", last="2019-02-01")
    with filled(*mine) as store:
        put(store, *adas, origin="b" * 64)
        ada = alter(mapped(store), ADA)
    assert (ada.roles.split(";")[0], ada.help_share_status) == ("mentor?", "not_observed")


def test_nothing_seen_of_a_side_covered_in_part_is_no_zero() -> None:
    partly = [row._replace(state="partial") if row.direction == "out" else row for row in covered(ADA)]
    follow = Follow(EGO, ADA, at("2021-01-01"), at("2021-01-01"))
    with filled(*one_archive(reply(1, EGO, BO, 0)), follow) as store:
        put(store, source("b" * 64, owner=ADA, other_side=True), *partly, origin="b" * 64)
        ada = alter(mapped(store), ADA)
    assert (ada.strength, ada.strength_status, ada.days_in) == (None, "insufficient", None)
    assert "no_contact" not in (ada.balance_status, ada.help_in_offers_status, ada.help_out_thanks_status)


def test_an_ego_whose_posts_are_not_here_has_no_zeros() -> None:
    follow = Follow(EGO, ADA, at("2021-01-01"), at("2021-01-01"))
    with filled(source(owner=EGO), handle(EGO, "ego"), follow) as store:
        ada = alter(mapped(store), ADA)
    assert (ada.days_out, ada.thanked_days, ada.given_days, ada.credit_days) == (None, None, None, None)
    assert (ada.help_in_thanks_status, ada.help_out_offers_status) == ("not_observed", "not_observed")


def test_what_may_have_been_answered_after_their_archive_ends_is_no_refusal() -> None:
    ours = [reply(n, EGO, ADA, 52 + n, "@ada Which one do you use?") for n in range(8)]
    mine, adas = both_sides(*ours, reply(500, ADA, EGO, 1), last="2019-02-28")
    with filled(*mine) as store:
        put(store, *adas, origin="b" * 64)
        ada = alter(mapped(store), ADA)
    # Her archive ends on day 58; a week before that nothing had been asked.
    assert (ada.response_n, ada.response_rate, ada.response_status) == (0, None, "insufficient")


def test_an_earlier_view_does_not_know_a_later_list_of_follows() -> None:
    seen = at("2021-01-01")
    lists = [
        covered(EGO)[0]._replace(kind="follow", direction=way, first=seen, last=seen) for way in ("out", "in")
    ]
    follow = Follow(EGO, ADA, seen, seen)
    posts = [reply(1, EGO, BO, 0), reply(2, EGO, ADA, 0)]
    with filled(source(owner=EGO), *covered(EGO), *lists, handle(ADA, "ada"), follow, *posts) as store:
        now, then = mapped(store), mapped(store, as_of=date(2019, 6, 1))
    assert (alter(now, ADA).follows_out, alter(now, BO).follows_out) == (True, False)
    assert (alter(then, ADA).follows_out, alter(then, BO).follows_out) == (None, None)


def test_credit_goes_to_the_handle_that_is_named_not_to_its_beginning() -> None:
    via = post(
        1, EGO, "2019-05-01", text="Worth a read, via @alice cc @al", mentions=["twitter:7", "twitter:8"]
    )
    people = [handle("twitter:7", "alice"), handle("twitter:8", "al")]
    with filled(source(owner=EGO), *covered(EGO), *people, via) as store:
        network = mapped(store)
    assert {person.handle: person.credit_days for person in network.people} == {"alice": 1, "al": 0}


@pytest.mark.parametrize(
    ("text", "thanked"),
    [
        ("@ada thanks for the tip! Just met @al", {"ada"}),
        (".@Ada, @al and @bo thanks for the tip", {"ada", "al", "bo"}),
        ("@alice thanks for the tip, I met @al", {"alice"}),
        ("Thanks for the tip @ada and @al", {"ada", "al"}),
        # Whom it begins with has another name by now, or is not known: any of them may be meant.
        ("@once_ada thanks for the tip, greet @al", {"ada", "al"}),
    ],
)
def test_a_post_speaks_to_those_it_begins_with(text: str, thanked: set[str]) -> None:
    names = {"ada": "twitter:6", "al": "twitter:7", "alice": "twitter:8", "bo": "twitter:9"}
    mentions = [account for name, account in names.items() if re.search(rf"@(once_)?{name}\b", text, re.I)]
    thanks = post(1, EGO, "2019-05-01", text=text, mentions=mentions, n_handles=len(mentions))
    people = [handle(account, name) for name, account in names.items()]
    with filled(source(owner=EGO), *covered(EGO), *people, thanks) as store:
        network = mapped(store)
        told = episodes(store, choose_ego(store, None), date(2020, 1, 1))
    assert {person.handle for person in network.people if person.thanked_days} == thanked
    assert {row.account for row in network.evidence} == {names[name] for name in thanked}
    assert {each.account for each in told} == {names[name] for name in thanked}


def test_thanks_are_no_advice_to_the_one_thanked() -> None:
    text = "@bo Thanks for the info, you should try the csv module"
    with filled(*one_archive(reply(1, EGO, BO, 0, text))) as store:
        bo = alter(mapped(store), BO)
    assert bo.given_days == 0


def test_windows_with_a_gap_between_them_are_not_joined() -> None:
    from plnmap.analysis.ledger import ledger

    with filled(source(owner=ADA), *covered(ADA, "2012-01-01", "2012-06-01")) as store:
        put(store, source("b" * 64, owner=ADA), *covered(ADA, "2019-01-01", "2020-01-01"), origin="b" * 64)
        (row,) = [each for each in ledger(store) if (each.kind, each.direction) == ("reply", "out")]
    assert [str(moment) for moment in (row.first, row.last)] == ["2019-01-01 12:00:00", "2020-01-01 12:00:00"]


@pytest.mark.parametrize(("first", "days_in"), [("2021-01-01", 1), ("2021-01-02", None)])
def test_windows_that_share_one_day_are_seen_together(first: str, days_in: int | None) -> None:
    # Ego's window ends on 2021-01-01, day 731.
    mine, adas = both_sides(reply(1, EGO, ADA, 0), reply(2, ADA, EGO, 731), first=first, last="2021-06-01")
    with filled(*mine) as store:
        put(store, *adas, origin="b" * 64)
        ada = alter(mapped(store), ADA)
    assert ada.days_in == days_in
    assert (ada.balance_status == "not_observed") == (days_in is None)


def test_of_two_who_bear_a_handle_the_one_with_more_contact_is_meant() -> None:
    another = handle(BO, "ada", "2021-06-01", "2021-12-31")
    posts = [reply(1, EGO, ADA, 0), reply(2, EGO, ADA, 1), reply(3, EGO, BO, 2)]
    with filled(*one_archive(*posts), another) as store:
        mapped(store)
        with who_is_who(store):
            assert find_person(store, "@ada", "twitter") == ADA


def test_whoever_gave_a_handle_up_is_not_meant_by_it() -> None:
    later = ("2021-06-01", "2021-12-31")
    renamed, another = handle(ADA, "ada_new", *later), handle(BO, "ada", *later)
    posts = [reply(1, EGO, ADA, 0), reply(2, EGO, ADA, 1), reply(3, EGO, BO, 2)]
    with filled(*one_archive(*posts), renamed, another) as store:
        mapped(store)
        with who_is_who(store):
            assert find_person(store, "@ada", "twitter") == BO
            assert find_person(store, "@ada_new", "twitter") == ADA
