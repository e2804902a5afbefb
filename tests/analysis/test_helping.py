"""Evidence of help comes with what it stands below, where somebody else wrote that and the file holds it."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from plnmap.cli import cli
from tests.records import filled, post
from tests.test_people import ADA, BO, EGO, mapped, one_archive, reply

CALL = "How do I get wax out of a carpet?"
TIP = "@ego an iron and brown paper did it for us"
THANKS = "@ada Thanks for the tip"


def shown(*posts: Any) -> dict[str, tuple[str | None, str | None]]:
    """Post → what the evidence in it stands below."""
    with filled(*one_archive(*posts)) as store:
        return {row.post: (row.above_post, row.above_text) for row in mapped(store).evidence}


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


def test_a_third_persons_words_are_told_like_those_of_the_other() -> None:
    assert shown(reply(2, BO, EGO, 2, "@ego @ada try salt"), thanks(3))["twitter:3"] == (
        "twitter:2",
        "@ego @ada try salt",
    )


def test_credit_below_a_post_comes_with_it_too() -> None:
    credit = reply(
        4, EGO, BO, 4, "@bo learned that from @ada", reply_to_post="twitter:2", mentions=[ADA], n_handles=2
    )
    with filled(*one_archive(reply(2, BO, EGO, 2, "@ego who told you?"), credit)) as store:
        rows = [row for row in mapped(store).evidence if row.instrument == "credit"]
    assert {(row.account, row.above_text) for row in rows} == {(ADA, "@ego who told you?")}


def test_the_screen_says_what_a_post_stands_below(tmp_path: Any) -> None:
    pln = tmp_path / "pln.duckdb"
    tip = reply(2, ADA, EGO, 2, f"@ego {'iron, ' * 60}\x1b[31mand paper")
    with filled(*one_archive(tip, thanks(3)), path=pln):
        pass
    said = CliRunner().invoke(cli, ["show", "@ada", "--pln", str(pln)], env={"COLUMNS": "80"}).stdout
    below = said[said.index("below “iron, iron") : said.index("Thanks for the tip")]
    assert len(" ".join(below.split())) < 170
    assert "…”" in below
    assert "\x1b" not in said
