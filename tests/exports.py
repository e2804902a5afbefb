"""Small networks to export, and how tests read an export."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any, Final

from plnmap.analysis.egos import egos
from plnmap.analysis.people import Network, map_people
from plnmap.analysis.settings import Settings
from plnmap.analysis.who_is_who import who_is_who
from plnmap.model import DirectMessageDay, Event, Follow, FunctionScore, HeldRole, Label, Person, table
from plnmap.report.files import export_files
from plnmap.store import Store, as_arrow
from tests.records import account, at, covered, handle, post, source

ADA, BO, CY = "twitter:1", "twitter:2", "twitter:3"
ARCHIVE_A, ARCHIVE_B = "a" * 64, "b" * 64


def small_world() -> list[tuple[Any, ...]]:
    """Ada's archive: she answers Bo by an old handle, names two people, boosts, and follows."""
    return [
        source(ARCHIVE_A, ADA),
        *covered(ADA),
        handle(ADA, "ada"),
        handle(BO, "bo_old", "2019-01-01", "2019-12-31"),
        handle(BO, "Bo", "2020-02-01", "2020-12-31"),
        account(ADA, "Ada L.", followers=10),
        account(BO, '=HYPERLINK("x")'),
        post("10", ADA, "2020-01-01", reply_to="twitter:@bo_old", text="thanks, that tip fixed it"),
        post("11", ADA, "2020-01-02", mentions=[BO, "twitter:@cy"]),
        post("12", ADA, "2020-01-03", at_precision="day", boost_of=BO),
        post("13", ADA, None, reply_to=BO),
        Follow(ADA, "twitter:@bo", at("2020-06-01"), at("2020-06-02")),
        Follow(ADA, BO, at("2020-05-01"), at("2020-06-01")),
    ]


HOSTILE_NAMES: Final = (
    '=HYPERLINK("https://example.org","x")',
    "+49 (0) 30",
    "＝1+1",
    "\t=cmd|' /C calc'!A0",
    'Ada "the, comma"; B.',
    "two\nlines\r\nthree",
    "\x1b[31mred\x9b\x00",
    "gnp.\u202egpj مرحبا",
    "👩🏽\u200d🚀" * 40,
    "]]></script><b>&amp;",
    "[bold]NULL[/bold]",
    "",
    " \ufeff007",
)
"""What people may call themselves: each would break some format that does not expect it."""

END_OF_TIME: Final = date(9999, 12, 31)


def nasty_world() -> list[tuple[Any, ...]]:
    """An ego from year 1 to year 9999, among people of hostile names, one of whom no post names."""
    people = [f"twitter:{number}" for number in range(100, 100 + len(HOSTILE_NAMES))]
    return [
        source(ARCHIVE_A, ADA, name='=archive, "1".zip', retrieved_at=at("9999-12-31")),
        *covered(ADA, "0001-01-01", "9999-12-31"),
        handle(ADA, "ada", "0001-01-01", "9999-12-31"),
        *(
            account(key, name, followers=number)
            for number, (key, name) in enumerate(zip(people, HOSTILE_NAMES, strict=True))
        ),
        *(post(number, ADA, "2020-05-01", reply_to=key) for number, key in enumerate(people[:-1], start=10)),
        post("1", ADA, "9999-12-31", reply_to=people[0]),
        post("2", ADA, "0001-01-01", mentions=[people[0], "twitter:@cy_"]),
        post("3", ADA, None, boost_of=people[1]),
        post("4", ADA, "2020-01-03", at_precision="day", reply_to="mastodon:@bo@example.social"),
        DirectMessageDay(ADA, people[2], date(2020, 1, 1), 3),
        Follow(ADA, people[0], None, None),
        Follow(ADA, "mastodon:@bo@example.social", None, at("9999-12-31")),
    ]


def nasty_network(store: Store) -> Network:
    """Say nasty things about the nasty world, and give its ego results that no rule would find."""
    said = [Label(ADA, "twitter:100", "mentor", at("2021-01-01"), "blind")]
    happened = [Event(ADA, END_OF_TIME, "year", '=1+1, "new"\njob 🚀')]
    with store.transaction():
        store.insert("labels", as_arrow(Label, said))
        store.insert("events", as_arrow(Event, happened))
    (ego,) = egos(store)
    known = {"days_out": 1, "strength_status": "value", "first_day": date.min, "last_day": END_OF_TIME}
    people = [
        person(
            "twitter:100", display_name=HOSTILE_NAMES[0], strength=1 / 3, trend=-1e-300, in_touch=1, **known
        ),
        person("twitter:104", display_name=HOSTILE_NAMES[4], strength=5e-324, days_in=2**62, roles="mentor?"),
        person("twitter:@cy_", strength_reason='-"unseen", so\nnone', follows_out=False),
    ]
    role = HeldRole(
        ADA, "twitter:104", "mentor", False, None, 3, "days", 1e300, 0.0, None, None, END_OF_TIME, ""
    )
    score = FunctionScore(
        ADA, "twitter:104", "in", "coaching", None, None, None, 0, "not_observed", "=unseen"
    )
    return Network(ego, END_OF_TIME, "index", "", people, [], [role], [score], Settings(), "strength")


def person(account: str, **known: Any) -> Person:
    """An alter of whom only this is known."""
    blank: dict[str, Any] = {
        column.name: None if column.nullable else {"VARCHAR": "", "BOOLEAN": False}.get(column.sql_type, 0)
        for column in table(Person).columns
    }
    return Person(**blank | {"ego": ADA, "account": account, "strength_status": "not_observed"} | known)


def silent(said: str) -> None:
    """Nobody listens."""


def networks(store: Store, as_of: date | None = None) -> list[Network]:
    """The networks of all egos."""
    with who_is_who(store):
        return [map_people(store, ego, as_of=as_of, announce=silent) for ego in egos(store)]


def write(store: Store, folder: Path, form: str = "csv", *mapped: Network, **options: Any) -> dict[str, int]:
    """Export, without people unless their networks are given: most tests are not about them."""
    return export_files(store, mapped, folder, form=form, announce=silent, **options)


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table in an export as CSV."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    """File name → bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
