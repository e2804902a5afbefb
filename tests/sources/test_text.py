"""Dates and the rules for texts, one example each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.sources.dates import before_year, parse_moment, parse_past
from plnmap.sources.x_text import boosted, clean, commented, handles, language, parse_status, without_run


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Sat Feb 18 12:33:11 +0000 2023", datetime(2023, 2, 18, 12, 33, 11, tzinfo=UTC)),
        ("2009-04-01 05:55:56 +0000", datetime(2009, 4, 1, 5, 55, 56, tzinfo=UTC)),
        ("2009-04-01 00:30:00 +0100", datetime(2009, 3, 31, 23, 30, tzinfo=UTC)),
        ("2022-10-19T20:37:25.000Z", datetime(2022, 10, 19, 20, 37, 25, tzinfo=UTC)),
        ("2020-02-29", datetime(2020, 2, 29, tzinfo=UTC)),
        ("2020-02-30", None),
        ("Sat Foo 18 12:33:11 +0000 2023", None),
        ("0000-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
        (None, None),
        ("\x1b[31m", None),
    ],
)
def test_every_way_to_write_a_date(written: str | None, expected: datetime | None) -> None:
    assert parse_moment(written) == expected


@given(st.integers(0, 2**32), st.integers(-720, 720))
def test_dates_come_back_whatever_the_offset(seconds: int, minutes: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    local = moment.astimezone(timezone(timedelta(minutes=minutes)))
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    written = f"Xyz {months[local.month - 1]} {local:%d %H:%M:%S %z %Y}"
    assert parse_moment(written) == parse_moment(f"{local:%Y-%m-%d %H:%M:%S %z}") == moment


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates(written: str) -> None:
    moment = parse_moment(written)
    assert moment is None or moment.tzinfo is UTC


def test_dates_no_post_can_have_are_unknown() -> None:
    limit = before_year(datetime(2023, 3, 1, tzinfo=UTC))
    assert parse_past("2005-12-31T00:00:00Z", limit) is None
    assert parse_past("2025-01-01T00:00:00Z", limit) is None
    assert parse_past("2024-12-31T00:00:00Z", limit) is not None
    assert parse_past("9999-12-31T23:59:59Z", before_year(None)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@ada hi", ["ada"]),
        (".@ada (@bo) “@cy", ["ada", "bo", "cy"]),
        ("mail me@example.org, see https://example.org/@cy", []),
        ("@ada@example.social", ["ada"]),
        ("@", []),
        ("@a\u0301da @ünal", ["a"]),
    ],
)
def test_handles(text: str, expected: list[str]) -> None:
    assert handles(text) == expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@ada hi @bo", "hi @bo"),
        ("@ada @bo: hi", "hi"),
        ("@ada, @bo hi", "hi"),
        ("@ada", ""),
        (".@ada hi", ".@ada hi"),
        ("hi @ada", "hi @ada"),
        ("", ""),
    ],
)
def test_the_run_in_front_of_a_reply(text: str, rest: str) -> None:
    assert without_run(text) == rest


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("RT @ada: x", "ada"),
        ("RT: @ada: x", "ada"),
        ("RT  @ada x", "ada"),
        ("RT@ada x", "ada"),
        ("“RT @ada: x”", "ada"),
        ("RT “@ada: x”", "ada"),
        ("rt @ada x", "ada"),
        ("MT @ada x", "ada"),
        ("RT please", None),
        ("START @ada", None),
        ("so true RT @ada x", None),
        ("@ada RT", None),
    ],
)
def test_boosts_by_hand(text: str, handle: str | None) -> None:
    assert boosted(text) == handle


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so true RT @ada: x", ("so true ", "ada")),
        ("so true MT @ada x", ("so true ", "ada")),
        ("Me2 RT “@ada: x”", ("Me2 ", "ada")),
        ("“@ada: x” yes @bo", (" yes @bo", "ada")),
        ('"@ada: x" yes', (" yes", "ada")),
        ("“@ada: cut in the mid…", ("", "ada")),
        ("thanks for the RT @ada", None),
        ("thanks for the RT @ada and @bo", None),
        ("please RT @ada now", None),
        ("for RT @ada: x", ("for ", "ada")),
        ("art @ada x", None),
        ("a find https://example.org MT @ada", None),
        ("a find MT @ada @bo @cy", None),
        ("a find MT @ada #edchat", None),
        ("#RT @ada x", None),
        ("“@ada is here”", None),
        ("hello @ada", None),
    ],
)
def test_quotes_by_hand(text: str, expected: tuple[str, str] | None) -> None:
    assert commented(text) == expected


@given(st.text(st.sampled_from('RMT @ada:“”" .x\n'), max_size=60))
def test_a_comment_is_part_of_the_text(text: str) -> None:
    found = commented(text)
    assert found is None or (found[0] in text and f"@{found[1]}" in text)
    assert text.endswith(without_run(text))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://twitter.com/Ada/status/20", ("Ada", "20", False)),
        ("http://twitter.com/#!/Ada/statuses/20", ("Ada", "20", False)),
        ("https://mobile.twitter.com/Ada/status/20?s=20", ("Ada", "20", False)),
        ("https://x.com/Ada/status/20/photo/1", ("Ada", "20", True)),
        ("https://twitter.com/i/status/20", (None, "20", False)),
        ("https://twitter.com/i/web/status/20", None),
        ("https://example.org/twitter.com/Ada/status/20", None),
        ("https://twitter.com/Ada", None),
    ],
)
def test_addresses_of_posts(address: str, expected: tuple[str | None, str, bool] | None) -> None:
    assert parse_status(address) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "en"),
        ("in", "id"),
        ("iw", "he"),
        ("und", None),
        ("zxx", None),
        ("qme", None),
        ("", None),
        (None, None),
    ],
)
def test_languages(code: str | None, expected: str | None) -> None:
    assert language(code) == expected


@given(st.text(st.characters(), max_size=30))
def test_clean_texts_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert "\0" not in cleaned
    assert len(cleaned.encode().decode()) == len(text)
