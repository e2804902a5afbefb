"""The language of an author, from what they write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnmap.acts import author_language
from plnmap.acts.language import FUNCTION_WORDS, SAMPLE_CHARACTERS, base_language

SENTENCES = {
    "en": "I think we should have gone to the harbour when it was still light, but they did not want to.",
    "de": "Ich habe gestern mit meiner Schwester gekocht, und es war nicht so schwer.",
    "fr": "Je ne sais pas si nous pourrons venir dimanche, mais la fête est dans le jardin et il fait beau.",
    "es": "No sé si vamos a poder ir al mercado, pero mi hermana dice que las naranjas son muy buenas.",
    "pt": "Não sei se vamos ao mercado, mas a minha irmã diz que as laranjas são muito boas.",
    "it": "Non so se andiamo al mercato, ma mia sorella dice che le arance sono molto buone e anche le mele.",
    "nl": "Ik weet niet of we naar de markt gaan, maar mijn zus zegt dat het fruit er dit jaar heel goed is.",
    "el": "Δεν ξέρω αν θα πάμε στην αγορά την Κυριακή, αλλά τα πορτοκάλια είναι πολύ καλά.",
    "ru": "Я не знаю, пойдём ли мы на рынок в воскресенье, но апельсины очень хорошие.",
    "ja": "日曜日に市場へ行くかどうかわかりませんが、みかんはとてもおいしいです。",
    "ar": "لا أعرف إن كنا سنذهب إلى السوق يوم الأحد لكن البرتقال لذيذ جدا هذا العام",
}


@pytest.mark.parametrize(("lang", "sentence"), SENTENCES.items())
def test_a_few_sentences_tell_the_language(lang: str, sentence: str) -> None:
    assert author_language([sentence, sentence]) == lang


def test_the_majority_decides_where_an_author_writes_two_languages() -> None:
    assert author_language([SENTENCES["de"]] * 8 + [SENTENCES["en"]]) == "de"
    assert author_language([SENTENCES["en"]] * 8 + [SENTENCES["de"]]) == "en"


@pytest.mark.parametrize(
    "texts", [[], [""], ["ok"], ["😀"] * 50, ["@ada #fun https://a.example"] * 50, ["xyzzy plugh"] * 50]
)
def test_too_little_text_leaves_the_language_unknown(texts: list[str]) -> None:
    assert author_language(texts) is None


def test_handles_tags_and_addresses_are_not_words() -> None:
    noise = "@the_and_of #theof https://the.example/and/of "
    assert author_language([noise * 3 + SENTENCES["nl"]] * 2) == "nl"


def test_reading_stops_when_there_is_enough() -> None:
    def endless() -> object:
        while True:
            yield SENTENCES["fr"]

    assert author_language(endless()) == "fr"  # type: ignore[arg-type]
    assert author_language([SENTENCES["it"] * 400_000]) == "it"
    assert len(SENTENCES["it"]) * 400_000 > 1_000 * SAMPLE_CHARACTERS


@given(st.lists(st.text(max_size=80), max_size=20))
def test_any_text_gets_a_language_or_none(texts: list[str]) -> None:
    lang = author_language(texts)
    assert lang is None or (len(lang) == 2 and lang.isalpha())
    assert author_language(texts) == lang


def test_profiles_are_of_one_size_and_in_lower_case() -> None:
    assert len(FUNCTION_WORDS) == 25
    assert all(28 <= len(words) <= 32 for words in FUNCTION_WORDS.values())
    assert all(word == word.lower() for words in FUNCTION_WORDS.values() for word in words)


@pytest.mark.parametrize(
    ("given_tag", "language"),
    [("en", "en"), ("EN_us", "en"), ("pt-BR", "pt"), ("und", None), ("", None), (None, None), ("zxx", None)],
)
def test_a_language_tag_is_cut_to_its_language(given_tag: str | None, language: str | None) -> None:
    assert base_language(given_tag) == language
