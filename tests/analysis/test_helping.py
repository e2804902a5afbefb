"""Evidence of help comes with what it stands below, where somebody else wrote that and the file holds it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from plnmap.analysis.accounts.linking import link
from plnmap.analysis.story import tell
from plnmap.cli import cli
from plnmap.report.show import render_tie
from plnmap.store import Store
from tests.records import filled, post
from tests.test_people import ADA, BO, EGO, mapped, one_archive, reply

CALL = "How do I get wax out of a carpet?"
TIP = "@ego an iron and brown paper did it for us"
THANKS = "@ada Thanks for the tip"


def shown(*posts: Any) -> dict[str, tuple[str | None, str | None]]:
    """Post → what the evidence in it stands below."""
    with filled(*one_archive(*posts)) as store:
        return {row.post: (row.above_post, row.above_text) for row in mapped(store).evidence}


def screen(store: Store, *, bold: bool = False) -> str:
    """What is shown of the tie with Ada, on one wide line each."""
    console = Console(
        file=StringIO(), width=200, force_terminal=bold, color_system="standard" if bold else None
    )
    with console.capture() as said:
        console.print(render_tie(tell(store, mapped(store), "ada"), 8))
    return said.get()


def thanks(number: int, to: str = ADA, under: str | None = "twitter:2") -> Any:
    return reply(number, EGO, to, number, THANKS, reply_to_post=under)


def test_thanks_and_answers_come_with_the_post_above() -> None:
    call, tip = post(1, EGO, "2019-01-01", text=CALL), reply(2, ADA, EGO, 2, TIP, reply_to_post="twitter:1")
    assert shown(call, tip, thanks(3)) == {"twitter:2": ("twitter:1", CALL), "twitter:3": ("twitter:2", TIP)}


@pytest.mark.parametrize(
    "above",
    [
        None,
        reply(2, ADA, EGO, 2, TIP, reply_to_post=None)._replace(text=None),
        reply(2, EGO, ADA, 2, "@ada so"),
    ],
)
def test_what_is_not_in_the_file_has_no_words_or_is_ones_own_is_not_told(above: Any) -> None:
    posts = [each for each in (above, thanks(3)) if each]
    assert shown(*posts)["twitter:3"] == (None, None)


def test_whose_words_stand_above_is_told() -> None:
    for author, to, whose in ((BO, ADA, "somebody else’s"), (BO, EGO, "@bo’s"), (ADA, EGO, "their")):
        with filled(*one_archive(reply(2, author, to, 2, "@ego try salt"), thanks(3))) as store:
            (row,) = [row for row in mapped(store).evidence if row.post == "twitter:3"]
            said = screen(store)
        assert row.above_account == author
        assert f"below {whose} “try salt”" in said


def test_your_own_question_above_their_answer_is_called_yours() -> None:
    call, tip = post(1, EGO, "2019-01-01", text=CALL), reply(2, ADA, EGO, 2, TIP, reply_to_post="twitter:1")
    with filled(*one_archive(call, tip)) as store:
        said = screen(store)
    assert f"below your “{CALL}”" in said


@pytest.mark.parametrize("text", ["@ego", "@ego @ada", "@ego \u202e\u200f"])
def test_what_says_nothing_is_not_quoted(text: str) -> None:
    with filled(*one_archive(reply(2, ADA, EGO, 2, text), thanks(3))) as store:
        assert "below" not in screen(store)


def test_the_words_that_fired_are_the_bold_ones() -> None:
    with filled(*one_archive(reply(2, ADA, EGO, 2, TIP), thanks(3))) as store:
        said = screen(store, bold=True)
    assert "\x1b[1mThanks for the tip" in said


def test_another_account_of_ones_own_is_nobody_else() -> None:
    with filled(*one_archive(reply(2, BO, ADA, 2, "@ada so"), thanks(3))) as store:
        link(store, EGO, BO, said_at=datetime(2021, 1, 1, tzinfo=UTC))
        (row,) = [row for row in mapped(store).evidence if row.post == "twitter:3"]
    assert (row.above_post, row.above_text) == (None, None)


def test_credit_below_a_post_comes_with_it_too() -> None:
    credit = reply(
        4, EGO, BO, 4, "@bo learned that from @ada", reply_to_post="twitter:2", mentions=[ADA], n_handles=2
    )
    with filled(*one_archive(reply(2, BO, EGO, 2, "@ego who told you?"), credit)) as store:
        rows = [row for row in mapped(store).evidence if row.instrument == "credit"]
    assert {(row.account, row.above_text) for row in rows} == {(ADA, "@ego who told you?")}


def test_so_does_a_quote() -> None:
    quote = reply(
        4, EGO, BO, 4, "@bo she says it better", reply_to_post="twitter:2", quote_of="twitter:2", n_handles=1
    )._replace(quote_of=ADA, quote_of_post="twitter:9")
    with filled(*one_archive(reply(2, BO, EGO, 2, "@ego who told you?"), quote)) as store:
        rows = [row for row in mapped(store).evidence if row.act == "quote"]
    assert [(row.account, row.above_account, row.above_text) for row in rows] == [
        (ADA, BO, "@ego who told you?")
    ]


def test_the_screen_says_what_a_post_stands_below(tmp_path: Any) -> None:
    pln = tmp_path / "pln.duckdb"
    tip = reply(2, ADA, EGO, 2, f"@ego {'iron, ' * 60}\x1b[31mand paper")
    with filled(*one_archive(tip, thanks(3)), path=pln):
        pass
    said = CliRunner().invoke(cli, ["show", "@ada", "--pln", str(pln)], env={"COLUMNS": "80"}).stdout
    below = said[said.index("below their “iron, iron") : said.index("Thanks for the tip")]
    assert len(" ".join(below.split())) < 170
    assert "…”" in below
    assert "\x1b" not in said
