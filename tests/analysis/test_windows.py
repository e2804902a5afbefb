"""Roles over time: when they begin, when they end, and when nothing can be said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from plnmap.analysis.accounts.about_them import about_them
from plnmap.analysis.contact.contacts import load_contacts
from plnmap.analysis.derived import derive_acts, derive_ties
from plnmap.analysis.egos import choose_ego
from plnmap.analysis.help.traces import read_traces
from plnmap.analysis.over_time.time_windows import windows
from plnmap.analysis.over_time.timeline import periods_of, turns
from plnmap.analysis.over_time.windows import RolePeriod, role_periods
from plnmap.analysis.settings import RoleRules, Settings
from plnmap.model import Label, Post
from plnmap.store import as_arrow
from tests.exports import person
from tests.records import filled
from tests.test_people import ADA, EGO, alter, mapped, one_archive, reply

HELP = "@ada Thanks for the tip, that fixed it!"
CHAT = "@ada lovely weather"


def periods(thanked: list[int], chatted: list[int]) -> list[RolePeriod]:
    """Periods of Ada's, whom ego thanked for help or chatted with on days from 2019-01-01 (0) to 731."""
    posts: list[Post] = [reply(i, EGO, ADA, day, HELP) for i, day in enumerate(thanked)]
    posts += [reply(1000 + i, EGO, ADA, day, CHAT) for i, day in enumerate(chatted)]
    with filled(*one_archive(*posts)) as store:
        derive_ties(store, lambda text: None)
        derive_acts(store, lambda text: None)
        ego = choose_ego(store, None)
        contacts = load_contacts(store, ego, None)
        about: dict[str, Any] = about_them(store, ego, contacts, {})
        return role_periods(read_traces(store, ego, contacts), contacts, about, Settings())


def test_windows_cover_everything_and_end_with_the_last_day() -> None:
    spans = windows(0, 1000, Settings())
    assert spans.last[-1] == 1000
    assert (np.diff(spans.last) == 90).all()
    assert (spans.last - spans.first + 1 == 180)[1:].all()
    assert spans.first[0] == 0


def test_a_short_history_is_one_window() -> None:
    assert [column.tolist() for column in windows(10, 60, Settings())] == [[10], [60]]


def test_a_role_begins_and_ends_with_its_evidence() -> None:
    (found,) = periods([10, 30, 50, 70], list(range(80, 720, 10)))
    assert (found.account, found.role, found.ended) == (ADA, "mentor", True)
    assert (found.first_day, found.last_day) == (date(2019, 1, 11), date(2019, 3, 12))
    # Only ego's side is here: they may have been helped as much.
    assert not found.sure


def test_silence_ends_no_role_and_is_no_proof_that_it_lasts() -> None:
    (found,) = periods([10, 30, 50, 70], [])
    assert found.ended is None


def test_a_role_that_showed_lately_lasts() -> None:
    (found,) = periods([600, 630, 660, 700], [])
    assert (found.ended, found.last_day) == (False, date(2020, 12, 1))


def test_help_once_a_year_makes_no_phase_but_may_make_a_mentor() -> None:
    days = [5, 300, 600]
    assert periods(days, []) == []
    with filled(*one_archive(*(reply(i, EGO, ADA, day, HELP) for i, day in enumerate(days)))) as store:
        assert "mentor?" in alter(mapped(store), ADA).roles


def test_a_tie_can_be_helpful_twice() -> None:
    found = periods([10, 30, 50, 70, 640, 660, 680, 700], list(range(80, 640, 8)))
    assert [each.ended for each in found] == [True, False]


def test_nobody_nothing() -> None:
    assert periods([], []) == []


def test_periods_are_kept_in_the_file_until_what_they_rest_on_changes() -> None:
    thanks = [reply(i, EGO, ADA, day, HELP) for i, day in enumerate([10, 30, 50, 70])]
    chat = [reply(1000 + day, EGO, ADA, day, CHAT) for day in range(80, 720, 10)]
    with filled(*one_archive(*thanks, *chat)) as store:
        network = mapped(store)
        (found,) = periods_of(store, network)
        assert (found.account, found.role, found.ended) == (ADA, "mentor", True)
        assert periods_of(store, network) == [found]
        # An earlier view is computed each time, and what is kept stays.
        (earlier,) = periods_of(store, mapped(store, as_of=date(2019, 6, 30)))
        assert earlier.ended is False
        store.rows("UPDATE computed SET content = '[]' WHERE name LIKE 'periods %'")
        assert periods_of(store, network) == []
        # Another rule, another look; and another word of ego's.
        assert periods_of(store, network._replace(settings=Settings(roles=RoleRules(help_days=2)))) == [found]
        with store.transaction():
            said = Label(EGO, ADA, "not-mentor", datetime(2021, 1, 1, tzinfo=UTC), "blind")
            store.insert("labels", as_arrow(Label, [said]))
        assert periods_of(store, network) == []


def period(role: str, first: int, last: int, *, sure: bool = True, account: str = ADA) -> RolePeriod:
    """A stretch of years."""
    return RolePeriod(account, role, date(first, 1, 1), date(last, 1, 1), sure, 1, True)


@pytest.mark.parametrize(
    ("held", "turned"),
    [
        ([period("mentee", 2015, 2016), period("mentor", 2018, 2019)], 1),
        ([period("mentee", 2015, 2018), period("mentor", 2018, 2019)], 0),  # at the same time
        ([period("mentee", 2015, 2016), period("mentor", 2018, 2019, sure=False)], 0),  # not to be told apart
        ([period("mentor", 2015, 2016), period("mentor", 2018, 2019)], 0),  # the same part again
        ([period("mentor", 2015, 2016), period("role_model", 2018, 2019)], 0),  # no help to turn
    ],
)
def test_ties_turn_only_where_both_parts_are_sure(held: list[RolePeriod], turned: int) -> None:
    assert len(turns([person(ADA)], held)) == turned
