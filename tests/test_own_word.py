"""Labels, notes and events: kept as said, read as theirs, and never in the way of anything else."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from plnmap.analysis.accounts.linking import link, unlink
from plnmap.analysis.own_word import (
    CONTRADICTIONS,
    LABELS,
    LONGEST_NOTE,
    LONGEST_WORDS,
    add_event,
    add_labels,
    add_note,
    elicited,
    event_day,
    events,
    known_labels,
    labels,
    mark_shown,
    notes,
    one_line,
    own_word_version,
    remove_event,
    remove_labels,
    remove_note,
    said_labels,
)
from plnmap.cli import cli
from plnmap.errors import UnknownPerson, UsageError
from plnmap.model import Event, Note, table
from plnmap.schema import OWN_WORD, migrations
from plnmap.store import Store, as_arrow, open_store
from tests.records import account, at, covered, filled, handle, post, put, source

EGO, ADA, BO = "twitter:1", "twitter:2", "twitter:3"
NOW = at("2024-01-01")
WORLD = [
    source(owner=EGO),
    *covered(EGO),
    *(handle(key, name) for key, name in ((EGO, "ego"), (ADA, "ada"), (BO, "bo"))),
    post(1, EGO, reply_to=ADA),
    post(2, EGO, reply_to=BO),
]
HOSTILE = "\x1b[31m=cmd|' /C calc'!A0\x07 \u202eevil [bold]not markup[/bold] \ud800"


# --- labels --------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([name for name in LABELS if name != "not-mentor"]), max_size=6), st.randoms())
def test_the_order_of_labels_does_not_matter(words: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(words, len(words))
    assert known_labels(words) == known_labels(shuffled) == known_labels([*words, *shuffled])


def test_labels_given_in_any_order_are_the_same_and_change_the_version() -> None:
    found = []
    for order in (["mentor", "friend", "peer"], ["peer", "mentor", "friend"]):
        with filled(*WORLD) as store:
            none = own_word_version(store, EGO)
            for minutes, name in enumerate(order):
                add_labels(store, EGO, ADA, [name], NOW + timedelta(minutes=minutes))
            assert own_word_version(store, EGO) != none
            found.append((labels(store, EGO), own_word_version(store, EGO)))
            assert labels(store, ADA) == {}
    assert found[0] == found[1]
    assert found[0][0] == {ADA: frozenset({"mentor", "friend", "peer"})}


def test_the_later_of_two_contradicting_words_holds() -> None:
    with filled(*WORLD) as store:
        assert add_labels(store, EGO, ADA, ["mentor", "friend"], NOW) == []
        assert add_labels(store, EGO, ADA, ["not-mentor"], NOW) == ["mentor"]
        assert labels(store, EGO) == {ADA: frozenset({"not-mentor", "friend"})}
        assert add_labels(store, EGO, ADA, ["mentor"], NOW) == ["not-mentor"]
        assert labels(store, EGO) == {ADA: frozenset({"mentor", "friend"})}
    with pytest.raises(UsageError, match="mentor and not-mentor at once"):
        known_labels(["mentor", "not-mentor"])
    assert set(CONTRADICTIONS) <= set(LABELS)


def test_saying_it_twice_keeps_when_it_was_said_first() -> None:
    with filled(*WORLD) as store:
        for minutes in (0, 5):
            add_labels(store, EGO, ADA, ["mentor"], NOW + timedelta(minutes=minutes))
        (row,) = said_labels(store, EGO)
        assert row.said_at == NOW.replace(tzinfo=None)


def test_labels_are_taken_back_by_name_or_all() -> None:
    with filled(*WORLD) as store:
        add_labels(store, EGO, ADA, ["mentor", "friend", "peer"], NOW)
        add_labels(store, EGO, BO, ["mentor"], NOW)
        assert remove_labels(store, EGO, ADA, ["friend", "brand"]) == ["friend"]
        assert remove_labels(store, EGO, ADA, []) == ["mentor", "peer"]
        assert labels(store, EGO) == {BO: frozenset({"mentor"})}


def test_an_unknown_label_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="there is no label 'mentr'") as told:
        known_labels(["mentr"])
    assert told.value.hint == "did you mean mentor or not-mentor?"
    with pytest.raises(UsageError) as told:
        known_labels(["zzzz"])
    assert told.value.hint == f"there are: {', '.join(LABELS)}"


def test_what_was_said_of_one_account_holds_for_the_person_and_comes_apart_again() -> None:
    with filled(*WORLD) as store:
        add_labels(store, EGO, ADA, ["mentor"], NOW)
        add_labels(store, EGO, BO, ["friend", "not-mentor"], NOW + timedelta(minutes=1))
        before = labels(store, EGO)
        link(store, ADA, BO, said_at=NOW)
        # Of the two contradicting words the later one holds.
        assert labels(store, EGO) == {ADA: frozenset({"friend", "not-mentor"})}
        unlink(store, BO)
        assert labels(store, EGO) == before
        link(store, ADA, BO, said_at=NOW)
        assert remove_labels(store, EGO, ADA, []) == ["not-mentor", "friend"]
        assert labels(store, EGO) == {ADA: frozenset({"mentor"})}


def test_two_accounts_of_the_user_have_one_word() -> None:
    there = "mastodon:home.example:1"
    with filled(*WORLD, handle(there, "ego@home.example")) as store:
        add_labels(store, there, "mastodon:@ada@home.example", ["mentor"], NOW)
        add_event(store, Event(there, date(2015, 3, 1), "month", "new job"))
        add_event(store, Event(EGO, date(2015, 3, 1), "month", "new job"))
        link(store, EGO, there, said_at=NOW)
        assert labels(store, EGO) == {"mastodon:@ada@home.example": frozenset({"mentor"})}
        (event,) = events(store, EGO)
        assert event == Event(EGO, date(2015, 3, 1), "month", "new job")
        remove_event(store, event)
        assert events(store, EGO) == []


def test_a_label_for_a_handle_holds_for_whoever_turns_out_to_hold_it() -> None:
    with filled(*WORLD) as store:
        add_labels(store, EGO, "twitter:@cy", ["peer"], NOW)
        put(store, handle("twitter:9", "Cy"), origin="b" * 64)
        assert labels(store, EGO) == {"twitter:9": frozenset({"peer"})}


def test_what_is_said_before_the_first_look_is_blind() -> None:
    with filled(*WORLD) as store:
        add_labels(store, EGO, ADA, ["mentor"], NOW)
        mark_shown(store, EGO, NOW)
        mark_shown(store, EGO, NOW + timedelta(days=1))
        assert store.rows("SELECT count(*), min(shown_at) FROM first_looks") == [
            (1, NOW.replace(tzinfo=None))
        ]
        add_labels(store, EGO, BO, ["mentor"], NOW)
        assert (elicited(store, EGO), elicited(store, ADA)) == ("later", "blind")
        assert labels(store, EGO, blind=True) == {ADA: frozenset({"mentor"})}
        assert [row.elicited for row in said_labels(store, EGO)] == ["blind", "later"]


def test_an_import_leaves_the_users_word_alone() -> None:
    def said(store: Store) -> list[object]:
        return [store.rows(f"FROM {table(record).name}") for record in OWN_WORD]

    with filled(*WORLD) as store:
        add_labels(store, EGO, ADA, ["mentor"], NOW)
        add_note(store, Note(EGO, ADA, NOW, "a note"))
        add_event(store, Event(EGO, date(2015, 1, 1), "year", "moved"))
        link(store, ADA, BO, said_at=NOW)
        mark_shown(store, EGO, NOW)
        before = said(store)
        put(store, *WORLD)
        put(store, source("b" * 64, ADA, other_side=True), account(ADA, "Ada"), origin="b" * 64)
        assert said(store) == before


# --- notes and events ----------------------------------------------------------------------------


def test_notes_keep_lines_and_lose_control_characters() -> None:
    with filled(*WORLD) as store:
        add_note(store, Note(EGO, ADA, NOW, f" one\n  two {HOSTILE}\n\n"))
        (note,) = notes(store, EGO)
        assert note.text.startswith("one\ntwo [31m=cmd|")
        assert not set(note.text) & {"\x1b", "\x07", "\u202e", "\ud800"}
        assert notes(store, EGO, BO) == []
        remove_note(store, note)
        assert notes(store, EGO) == []


def test_a_note_has_room_for_ten_thousand_characters_and_no_more() -> None:
    with filled(*WORLD) as store:
        add_note(store, Note(EGO, ADA, NOW, "x" * LONGEST_NOTE))
        with pytest.raises(UsageError, match="10,001 characters"):
            add_note(store, Note(EGO, ADA, NOW, "x" * (LONGEST_NOTE + 1)))
        for empty in ("", " \n ", "\x1b\u202e"):
            with pytest.raises(UsageError, match="empty"):
                add_note(store, Note(EGO, ADA, NOW, empty))
        assert [len(note.text) for note in notes(store, EGO)] == [10_000]


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("2015", date(2015, 1, 1), "year"),
        ("2015-03", date(2015, 3, 1), "month"),
        (" 2015-3-9 ", date(2015, 3, 9), "day"),
        ("2016-02-29", date(2016, 2, 29), "day"),
    ],
)
def test_days_months_and_years(typed: str, day: date, precision: str) -> None:
    assert event_day(typed) == (day, precision)


@pytest.mark.parametrize(
    "typed", ["", "15", "2015-13", "2015-02-29", "0000", "2015/03", "2015-", "٢٠١٥", "March", "2015-03-01-01"]
)
def test_what_is_no_day_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(UsageError, match="is no day"):
        event_day(typed)


def test_events_are_sorted_kept_once_and_fit_on_a_line() -> None:
    with filled(*WORLD) as store:
        later, earlier = (Event(EGO, date(year, 1, 1), "year", "moved") for year in (2016, 2015))
        assert add_event(store, later) and add_event(store, earlier)
        assert not add_event(store, later._replace(words=" moved\n"))
        assert events(store, EGO) == [earlier, later]
    assert len(one_line("x" * LONGEST_WORDS, "an event")) == LONGEST_WORDS
    for wrong in ("", "\x1b", "x" * (LONGEST_WORDS + 1)):
        with pytest.raises(UsageError):
            one_line(wrong, "an event")


# --- the lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "left"), [("", 2), ("friend", 2), ("family", 1), ("family;friend", 1)])
def test_family_is_in_the_network_and_out_of_the_lists_of_who_helped_whom(said: str, left: int) -> None:
    from plnmap.analysis.summary import summarise
    from tests.test_people import mapped

    roles = "mentor;mentee;role_model;just_in_time_helper;gone_quiet"
    with filled(*WORLD) as store:
        network = mapped(store)
        ada, bo = (person._replace(roles=roles, quick_help=1, gone_quiet=True) for person in network.people)
        found = summarise(store, network._replace(people=[ada._replace(labels=said), bo]))
    assert (len(found.helpers), len(found.helped), len(found.learned_from)) == (left, left, left)
    assert (found.network_size, len(found.quiet)) == (2, 2)


# --- the file ------------------------------------------------------------------------------------


def test_a_file_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute(migrations()[0])
        old.execute("CREATE TABLE schema_version AS SELECT 1 AS version")
        for record in WORLD:
            batch = as_arrow(type(record), [record])  # noqa: F841 - DuckDB finds it by its name
            origin = ", 'a' AS origin" if table(type(record)).name in ("accounts", "coverage") else ""
            old.execute(f"INSERT INTO {table(type(record)).name} BY NAME SELECT *{origin} FROM batch")
        before = old.execute("FROM resolutions ORDER BY ALL").fetchall()
        assert before
    with open_store(path) as store:
        assert store.rows("FROM schema_version") == [(len(migrations()),)]
        assert store.rows("FROM resolutions ORDER BY ALL") == before
        link(store, ADA, BO, said_at=NOW)
        add_labels(store, EGO, BO, ["mentor"], NOW)
    with open_store(path) as store:
        assert labels(store, EGO) == {ADA: frozenset({"mentor"})}
        assert store.rows("SELECT count(*) FROM posts") == [(2,)]


# --- the commands --------------------------------------------------------------------------------


@pytest.fixture
def pln(tmp_path: Path) -> Path:
    with filled(*WORLD, path=tmp_path / "pln.duckdb"):
        pass
    return tmp_path / "pln.duckdb"


def run(pln: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(cli, [*arguments, "--pln", str(pln)])
    assert done.exception is None or isinstance(done.exception, UsageError | SystemExit), done.exception
    return done


def test_labels_by_command(pln: Path) -> None:
    assert run(pln, "label").stdout == "nothing yet\n"
    done = run(pln, "label", "@ada", "friend", "MENTOR")
    assert (done.stdout, done.stderr) == ("", "@ada: mentor, friend\n")
    assert run(pln, "label", "bo", "brand", "-q").stderr == ""
    assert run(pln, "label").stdout == "@ada: mentor, friend\n@bo: brand\n"
    assert run(pln, "label", "@ada").stdout == "@ada: mentor, friend\n"
    assert (
        run(pln, "label", "@ada", "not-mentor").stderr == "@ada: no longer mentor\n@ada: not-mentor, friend\n"
    )
    assert "no longer friend" in run(pln, "label", "@ada", "friend", "--remove").stderr
    assert "nothing to take back" in run(pln, "label", "@ada", "friend", "--remove").stderr
    assert "@ada: no label" in run(pln, "label", "@ada", "--remove").stderr
    listed = run(pln, "label", "--list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(LABELS)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["label", "@nobodyatall", "mentor"], UnknownPerson),
        (["label", "@ego", "mentor"], UsageError),
        (["label", "@ada", "genius"], UsageError),
        (["note", "@nobodyatall", "x"], UnknownPerson),
        (["note", "@ada", ""], UsageError),
        (["note", "@ada", "--remove", "1"], UsageError),
        (["event", "2015-03"], UsageError),
        (["event", "soon", "new job"], UsageError),
        (["event", "--remove", "1"], UsageError),
    ],
)
def test_what_makes_no_sense_changes_nothing(words: list[str], error: type[Exception], pln: Path) -> None:
    assert isinstance(run(pln, *words).exception, error)
    with open_store(pln) as store:
        assert all(store.rows(f"FROM {table(record).name}") == [] for record in OWN_WORD)


def test_notes_by_command(pln: Path) -> None:
    assert run(pln, "note", "@ada", "first").stderr == "@ada: noted\n"
    run(pln, "note", "@ada", "second\nline")
    run(pln, "note", "@bo", "'; DROP TABLE notes")
    own = run(pln, "note", "@ada").stdout.splitlines()
    assert [(line[0], line[15:]) for line in own] == [("1", "first"), ("2", "second line")]
    assert [line.split()[0] for line in run(pln, "note").stdout.splitlines()] == ["@ada", "@ada", "@bo"]
    run(pln, "note", "@ada", "--remove", "1")
    assert run(pln, "note", "@ada").stdout.endswith("second line\n")


def test_events_by_command(pln: Path) -> None:
    assert run(pln, "event").stdout == "nothing yet\n"
    assert run(pln, "event", "2015-03", "new job").stderr == "noted: 2015-03 new job\n"
    assert run(pln, "event", "2015-03", "new job").stderr == "noted before: 2015-03 new job\n"
    run(pln, "event", "2014", "[red]moved\x1b[0m")
    assert run(pln, "event").stdout == "1  2014 [red]moved[0m\n2  2015-03 new job\n"
    assert run(pln, "event", "--remove", "1").stderr == "forgotten: 2014 [red]moved[0m\n"
    assert run(pln, "event").stdout == "1  2015-03 new job\n"


def test_an_export_holds_labels_and_events_and_no_notes(pln: Path, tmp_path: Path) -> None:
    run(pln, "label", "@ada", "mentor", "friend")
    run(pln, "event", "2015-03", "=SUM(1)")
    run(pln, "note", "@ada", "a very private remark")
    assert run(pln, "export", "-o", str(tmp_path / "out")).exit_code == 0
    said = (tmp_path / "out" / "labels.csv").read_text().splitlines()
    assert said[0] == "ego,account,label,said_at,elicited"
    assert [line.split(",")[:3] for line in said[1:]] == [[EGO, ADA, "friend"], [EGO, ADA, "mentor"]]
    assert all(line.endswith(",blind") for line in said[1:])
    assert (tmp_path / "out" / "events.csv").read_text().splitlines()[1] == f"{EGO},2015-03-01,month,'=SUM(1)"
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert b"private remark" not in everything


def test_screens_show_the_users_word_as_theirs(pln: Path) -> None:
    run(pln, "label", "@ada", "mentor", "friend")
    run(pln, "note", "@ada", "met at [bold]a talk[/bold]\x1b[31m")
    shown = run(pln, "show", "@ada").stdout
    assert "you call them: mentor, friend" in shown
    assert "[bold]a talk[/bold][31m" in shown and "your note, 20" in shown
    assert "you: mentor, friend" in run(pln, "people", "--format", "md").stdout
    # From the first screen on, nothing is blind any more.
    with open_store(pln) as store:
        assert elicited(store, EGO) == "later"
