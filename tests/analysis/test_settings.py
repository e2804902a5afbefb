"""Knobs: every one has a reason, and none is changed by accident."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from plnmap.analysis.settings import DetectionRates, RoleRules, Settings
from plnmap.errors import UsageError


def test_every_knob_says_why() -> None:
    knobs = list(Settings().knobs())
    assert {"strength.days", "evidence.help_thanks.recall", "circles.rank_bands"} <= {
        knob.name for knob in knobs
    }
    assert all(len(knob.reason) > 4 for knob in knobs)


def test_toml_changes_what_it_names_and_nothing_else() -> None:
    text = """
        [roles]
        help_days = 4
        [evidence.help_thanks]
        recall = 0.5
        [circles]
        rank_bands = [3, 9]
    """
    settings, plain = Settings.from_toml(text), Settings()
    assert settings.roles == replace(RoleRules(), help_days=4)
    assert settings.evidence.help_thanks == DetectionRates(
        0.5, plain.evidence.help_thanks.false_positive_rate
    )
    assert settings.circles.rank_bands == (3, 9)
    assert (settings.strength, settings.quiet) == (plain.strength, plain.quiet)


def test_toml_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("[quiet]\ngap_ratio = 4\n", encoding="utf-8")
    assert Settings.from_toml(path).quiet.gap_ratio == 4.0


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[role]\n", "no setting 'role'", "did you mean roles"),
        ("[roles]\nhelp_day = 3\n", "no setting 'roles.help_day'", r"did you mean roles\.help_days"),
        ("[evidence.advise]\nrecall = 1\n", "no setting 'evidence.advise'", r"did you mean evidence\.advice"),
        ("roles = 3\n", "roles is a group", r"write \[roles\]"),
        ("[roles]\nhelp_days = 2.5\n", "roles.help_days = 2.5 is not a whole number", None),
        ("[roles]\nhelp_days = true\n", "roles.help_days = True is not a whole number", None),
        ("[roles]\nhelp_days = 0\n", "roles.help_days = 0 is outside 1 to", None),
        ("[strength]\ndays = '1'\n", "strength.days = '1' is not a number", None),
        ("[strength]\ndays = nan\n", "strength.days = nan is outside", None),
        ("[evidence]\ngate = inf\n", "evidence.gate = inf is outside 0 to 1", None),
        ("[evidence.advice]\nrecall = 1.5\n", "evidence.advice.recall = 1.5 is outside 0 to 1", None),
        ("[strength.days]\nx = 1\n", r"strength.days = \{'x': 1\} is not a number", None),
        ("[circles]\nrank_bands = [5, '15']\n", "not a list of whole numbers", None),
        ("[circles]\nrank_bands = [15, 5]\n", "not a list of growing ranks", "for example"),
        ("[circles]\nrank_bands = []\n", "not a list of growing ranks", "for example"),
        ("[roles\n", "not valid TOML", None),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        Settings.from_toml(text)
    assert re.search(hint or "^$", caught.value.hint or "")


def test_an_unreadable_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        Settings.from_toml(tmp_path / "absent.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="not valid TOML"):
        Settings.from_toml(tmp_path / "binary.toml")


def test_stamp_tells_settings_apart_and_only_by_value() -> None:
    plain = Settings().stamp()
    assert len(plain.digest) == 12
    # A whole number in TOML is the same setting as the float it stands for.
    assert Settings.from_toml("[quiet]\ngap_ratio = 8").stamp() == plain
    assert Settings.from_toml("[quiet]\ngap_ratio = 9").stamp().digest != plain.digest
    assert plain.settings["roles"]["help_days"] == 3
