"""The model beside the rules for advice: what it says, how it says so, and what it refuses."""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path
from subprocess import run
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.acts import ENGLISH, Text, explain, language_covered, tag
from plnmap.acts.linear import Model, Reason, counts, load, log_odds, probability, reasons, save, strongest
from plnmap.acts.model_rule import ModelRule, whole_wording
from plnmap.acts.ngrams import FORMAT, ngrams, read
from plnmap.acts.rules import visible
from plnmap.errors import BadData
from tests.acts_vocabulary import BUCKETS, VOCABULARY

ADVICE = ENGLISH.model
WORDS = st.sampled_from(
    ["you", "should", "try", "the", "kiln", "@ada", "@", "don't", "İ", "😀", "𝒜", "…", "7", "\0\0"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join))


@pytest.fixture(scope="module", autouse=True)
def _read_before_the_clock_runs() -> None:
    """The first text waits for the rules, the weights and the library of sparse matrices."""
    tag([Text("twitter:1", "what a day", lang="en")])
    counts(["what a day"], VOCABULARY, BUCKETS)


def advice_model() -> ModelRule:
    assert ADVICE is not None
    return ADVICE


@cache
def shipped() -> Model:
    rule = advice_model()
    return load(rule.path, "en", rule.digest)


def sentence(text: str, **known: Any) -> Text:
    return Text("twitter:1", text, lang="en")._replace(**known)


# -- what it reads ----------------------------------------------------------------------------------------


def test_the_model_reads_what_stands_in_quotation_marks_and_rules_do_not() -> None:
    text = 'Tell her “I would rather stay” or "we would rather both stay" or «no».'
    read_whole = whole_wording(text)
    assert read_whole == "tell her `i would rather stay` or `we would rather both stay` or `no`."
    assert len(read_whole) == len(text)
    assert "rather" not in visible(text)
    (hit,) = (
        hit for hit in tag([sentence('"Ask about the deposit before you sign."')]) if hit.act == "advice"
    )
    assert hit.rule == "en.advice.model"


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_texts_in_a_batch_do_not_touch_each_other(texts: list[str]) -> None:
    wordings = [visible(text) for text in texts]
    together = counts(wordings, VOCABULARY, BUCKETS).toarray()
    assert np.array_equal(
        together, np.concatenate([counts([w], VOCABULARY, BUCKETS).toarray() for w in wordings])
    )
    model = Model(np.random.default_rng(1).normal(size=BUCKETS).astype(np.float32), 0.25, VOCABULARY, {})
    assert np.allclose(log_odds(model, wordings), together @ model.weights + 0.25, atol=1e-4)


def test_a_long_text_does_not_say_more_by_its_length() -> None:
    once, often = log_odds(
        shipped(), ["you should ask at the library. ", "you should ask at the library. " * 100]
    )
    assert often < 12 * once


def test_no_texts_have_no_log_odds() -> None:
    assert log_odds(shipped(), []).tolist() == []
    assert strongest(shipped(), []) == []
    assert probability(np.array([-1000.0, 0.0, 1000.0])).tolist() == [0.0, 0.5, 1.0]


# -- what it finds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ask for a room that looks on the courtyard.",
        "Do not tell him before the exam is over.",
        "If you want a quiet evening, take the ferry to the island.",
        "Talk to your teacher and see what she thinks.",
        "Bring warm socks.",
    ],
)
def test_advice_that_no_rule_sees(text: str) -> None:
    (hit,) = (hit for hit in tag([sentence(text)]) if hit.act == "advice")
    assert hit.rule == "en.advice.model"
    assert 0 < hit.score < 0.5
    assert hit.object is None
    assert text[hit.start : hit.stop].strip()


@pytest.mark.parametrize(
    "text",
    ["We had a lovely evening.", "My sister was there too.", "It rained all day and the bus was late.", ""],
)
def test_no_advice(text: str) -> None:
    assert "advice" not in {hit.act for hit in tag([sentence(text)])}


def test_where_a_rule_finds_advice_the_model_is_silent() -> None:
    advice = [hit for hit in tag([sentence("You should ask at the library.")]) if hit.act == "advice"]
    assert [hit.rule for hit in advice] == ["en.advice.you_should"]


@pytest.mark.parametrize(
    "known", [{"n_handles": 1}, {"links": ["https://birds.example"]}, {"hashtags": ["birds"]}]
)
def test_posts_of_a_microblog_are_left_to_the_rules(known: dict[str, Any]) -> None:
    text = sentence("Bring warm socks.")
    assert "advice" in {hit.act for hit in tag([text])}
    assert "advice" not in {hit.act for hit in tag([text._replace(**known)])}


def test_the_model_is_never_as_sure_as_a_rule_and_need_not_be_asked() -> None:
    text = sentence("Bring warm socks. Ask. Do not go.")
    assert "advice" in {hit.act for hit in tag([text])}
    assert tag([text], ask_models=False) == []
    assert tag([text], 0.5) == []
    (hit,) = (hit for hit in tag([text]) if hit.act == "advice")
    assert hit in tag([text], hit.score)
    assert hit not in tag([text], hit.score + 1e-9)
    least = min(rule.score for rule in ENGLISH.rules if rule.act == "advice")
    assert advice_model().score(math.inf) < 0.5 <= least


def test_the_score_rises_with_the_log_odds_to_the_last_that_were_judged() -> None:
    rule = advice_model()._replace(level=-1.0, slope=2.0, judged_to=0.5)
    assert rule.score(0.0) == pytest.approx(0.2689, abs=1e-4)  # 1 / (1 + e)
    assert rule.score(0.25) == pytest.approx(0.3775, abs=1e-4)  # 1 / (1 + e^0.5)
    assert rule.score(0.5) == rule.score(9.0) == 0.5


def test_the_threshold_belongs_to_the_hits() -> None:
    text = sentence("Bring warm socks.")
    (odds,) = log_odds(shipped(), [visible(text.text)]).tolist()
    from plnmap.acts.model_rule import hits

    assert hits(advice_model()._replace(threshold=odds), [text])[0] is not None
    assert hits(advice_model()._replace(threshold=odds + 1e-9), [text]) == [None]


@given(st.lists(TEXTS, max_size=5))
def test_spans_lie_in_the_text_and_cut_no_word(texts: list[str]) -> None:
    from plnmap.acts.model_rule import hits

    posts = [sentence(text) for text in texts]
    for text, hit in zip(texts, hits(advice_model()._replace(threshold=-99.0), posts), strict=True):
        if hit is None:
            assert not any(map(str.isalnum, re.sub(r"@\w+", "", text)))
            continue
        assert hit.start is not None
        assert hit.stop is not None
        assert 0 <= hit.start < hit.stop <= len(text)
        for edge in (hit.start, hit.stop):
            assert not re.fullmatch(r"\w\w", visible(text)[edge - 1 : edge + 1] if edge else "")


# -- why --------------------------------------------------------------------------------------------------


def test_the_words_that_speak_most_for_advice_come_first() -> None:
    text = "Well, I THINK you should ask at the library"
    told = explain(text)
    assert 1 <= len(told) <= 5
    assert [reason.weight for reason in told] == sorted((reason.weight for reason in told), reverse=True)
    assert all(reason.weight > 0 for reason in told)
    assert all(text[reason.start : reason.stop] == reason.words for reason in told)
    assert "should" in " ".join(reason.words for reason in told)


@given(TEXTS)
def test_reasons_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    told = sorted((reason.start, reason.stop) for reason in reasons(shipped(), visible(text)))
    assert all(0 <= start < stop <= len(text) for start, stop in told)
    assert all(stop <= start for (_, stop), (start, _) in pairwise(told))


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_the_span_is_that_of_the_first_reason(texts: list[str]) -> None:
    wordings = [visible(text) for text in texts]
    for wording, span in zip(wordings, strongest(shipped(), wordings), strict=True):
        told = reasons(shipped(), wording)
        assert not told or span == (told[0].start, told[0].stop)


def test_the_span_is_where_advice_is_given() -> None:
    (hit,) = (hit for hit in tag([sentence("Bring warm socks.")]) if hit.act == "advice")
    assert (hit.start, hit.stop) == (0, 5)


def test_without_a_model_there_is_nothing_to_explain() -> None:
    assert not language_covered("de")
    assert explain("du solltest fragen", "de") == []
    assert explain("") == []


def test_the_log_odds_are_the_sum_of_what_all_ngrams_add() -> None:
    weights = np.zeros(BUCKETS, np.float32)
    grams = ngrams(read(["try"]), VOCABULARY, BUCKETS)
    word = next(part for part in grams if part.kind == "word")  # its start, "try" and its end
    weights[word.bucket[1]] = 2.0
    model = Model(weights, -1.0, VOCABULARY, {})
    # Of a text of one word there are 3 + 2 + 1 runs of words with its two ends: 1.5 / √6 each.
    assert log_odds(model, ["try"]).tolist() == pytest.approx([-1.0 + 2.0 * 1.5 / 6**0.5])
    (reason,) = reasons(model, "try")
    assert reason._replace(weight=0.0) == Reason("try", 0.0, 0, 3)
    assert reason.weight == pytest.approx(2.0 * 1.5 / 6**0.5)


# -- the file ---------------------------------------------------------------------------------------------


def small(path: Path, lang: str = "en") -> str:
    weights = np.zeros(BUCKETS, np.float32)
    weights[[0, 7, BUCKETS - 1]] = 0.5, -2.0, 1.0
    return save(path, Model(weights, 0.5, VOCABULARY, {"lang": lang}))


def test_a_model_comes_back_as_it_was_saved_and_byte_by_byte(tmp_path: Path) -> None:
    digest = small(tmp_path / "a.npz")
    assert small(tmp_path / "b.npz") == digest
    model = load(tmp_path / "a.npz", "en", digest)
    assert model.weights.nonzero()[0].tolist() == [0, 7, BUCKETS - 1]
    assert model.weights[[0, 7, BUCKETS - 1]].tolist() == [0.5, -2.0, 1.0]
    assert (model.bias, model.about["lang"]) == (0.5, "en")
    assert [part.tolist() for part in model.vocabulary] == [part.tolist() for part in VOCABULARY]


def test_another_file_is_refused_and_no_rule_steps_in(tmp_path: Path) -> None:
    small(tmp_path / "m.npz")
    with pytest.raises(BadData, match=r"m\.npz is not the one that the “en” rules were made with") as refused:
        load(tmp_path / "m.npz", "en", "0" * 64)
    assert refused.value.exit_code == 6
    assert "install plnmap again" in (refused.value.hint or "")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"gone\.npz cannot be read: No such file"):
        load(tmp_path / "gone.npz", "en", "")


def test_a_model_for_another_language_or_of_another_format_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = small(tmp_path / "m.npz", lang="nl")
    with pytest.raises(BadData, match="is for lang nl, not en"):
        load(tmp_path / "m.npz", "en", digest)
    assert load(tmp_path / "m.npz", "nl", digest)
    monkeypatch.setattr("plnmap.acts.linear.FORMAT", FORMAT + 1)
    with pytest.raises(BadData, match=r"is for format \d, not \d"):
        load(tmp_path / "m.npz", "nl", digest)


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    for name, content in (("text.npz", b"no model"), ("empty.npz", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadData, match="is no file of a model"):
            load(tmp_path / name, "en", hashlib.sha256(content).hexdigest())
    with zipfile.ZipFile(tmp_path / "odd.npz", "w") as file:
        file.writestr("about.npy", b"")
    content = (tmp_path / "odd.npz").read_bytes()
    with pytest.raises(BadData, match="is no file of a model"):
        load(tmp_path / "odd.npz", "en", hashlib.sha256(content).hexdigest())


def test_a_pack_whose_model_was_exchanged_tags_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(tmp_path / "m.npz")
    exchanged = ENGLISH._replace(model=advice_model()._replace(path=tmp_path / "m.npz"))
    monkeypatch.setattr("plnmap.acts.PACKS", {"en": exchanged})
    with pytest.raises(BadData, match="is not the one"):
        tag([sentence("Bring warm socks.")])
    assert tag([sentence("You should ask.")], ask_models=False), (
        "where the model is not asked it is not missed"
    )


def test_the_shipped_file_is_the_one_the_pack_names_and_says_what_it_was_made_of() -> None:
    rule = advice_model()
    about = shipped().about
    assert rule.path.stat().st_size < 500_000
    assert about["threshold"] == rule.threshold
    assert (about["lang"], about["act"]) == (rule.lang, rule.act)
    assert {corpus["licence"] for corpus in about["trained_on"]} == {"MIT"}
    assert len(about["trained_on"]) == 2
    assert about["classes_of_words_from"]["licence"] == "Apache-2.0"
    assert json.dumps(about)


def test_the_version_of_the_pack_changes_with_its_model_and_not_with_where_it_lies() -> None:
    from plnmap.acts.english import CUES, RULES
    from plnmap.acts.rules import pack

    rule = advice_model()
    assert pack("en", RULES, CUES, rule).version == ENGLISH.version
    assert pack("en", RULES, CUES, rule._replace(path=Path("elsewhere"))).version == ENGLISH.version
    assert pack("en", RULES, CUES, rule._replace(digest="0" * 64)).version != ENGLISH.version
    assert pack("en", RULES, CUES, rule._replace(threshold=0.0)).version != ENGLISH.version
    assert pack("en", RULES, CUES).version != ENGLISH.version


def test_nothing_heavy_is_loaded_before_a_text_is_read() -> None:
    code = "import sys, plnmap.acts as a; a.ENGLISH.version; print('numpy' in sys.modules)"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
