"""A word is found however it was typed, and what is marked is what was found."""

from __future__ import annotations

import re
import sys
from unicodedata import combining, normalize

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from comuna.acts.rules import (
    QUERY_WORDS_MAX,
    WORD_LETTERS_MAX,
    Term,
    folded,
    marked,
    snippet,
    terms_of,
    words_in,
)

slow = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
latin = st.text(st.characters(max_codepoint=0x24F), max_size=60)
word = st.text(st.characters(max_codepoint=0x17F, categories=["Ll", "Lu"]), min_size=1, max_size=12)
sentence = st.lists(word, min_size=1, max_size=12).map(" ".join)


@slow
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@slow
@given(latin)
def test_capitals_and_decomposed_accents_make_no_difference(text: str) -> None:
    assert words_in(normalize("NFD", text)) == words_in(text)
    assert words_in(normalize("NFC", text)) == words_in(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("¡Ñángara, PINGÜINO!", ["nangara", "pinguino"]),
        ("tubería 3/4\u0000x", ["tuberia", "3", "4", "x"]),
        ("kind_decision", ["kind", "decision"]),
        ("💧 “agua” *", ["agua"]),
        ("ﬁesta Ⅳ", ["fiesta", "iv"]),
        ("a" * 100, ["a" * WORD_LETTERS_MAX]),
    ],
)
def test_words_are_runs_of_letters_and_digits_without_accents(text: str, words: list[str]) -> None:
    assert words_in(text) == words


@slow
@given(st.text(max_size=80))
def test_a_word_of_the_index_has_nothing_that_an_engine_would_read_as_its_own(text: str) -> None:
    for one in [*words_in(text), *(term.word for term in terms_of(text))]:
        assert one.isalnum(), one
        assert one == folded(one)
        assert not re.search("[A-Z]", one), "AND, OR, NOT and NEAR are words of the engine"


@slow
@given(sentence)
def test_a_text_is_found_by_each_of_its_words(text: str) -> None:
    kept = words_in(text)
    for one in text.split():
        for term in terms_of(one):
            assert any(term.fits(each) for each in kept), (one, term)


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("reuniones", "reunión"),
        ("bombas", "bomba"),
        ("bomba", "bombas"),
        ("árboles", "arbol"),
        ("calles", "calle"),
        ("tuber", "tubería"),
        ("meses", "mes"),
        ("ano", "año"),
    ],
)
def test_beginnings_and_plurals_find_their_word(asked: str, finds: str) -> None:
    (term,) = terms_of(asked)
    assert term.fits(words_in(finds)[0])


def test_a_short_word_is_looked_for_as_it_is() -> None:
    assert terms_of("la") == [Term("la", False)]
    assert not terms_of("la")[0].fits("lado")


@slow
@given(st.text(max_size=300))
def test_however_long_a_query_is_few_words_of_it_count(text: str) -> None:
    assert len(terms_of(text * 40)) <= QUERY_WORDS_MAX


@slow
@given(latin, latin)
def test_marking_leaves_nothing_away(text: str, query: str) -> None:
    assert "".join(run.words for run in marked(text, terms_of(query))) == text


@slow
@given(st.lists(word, min_size=1, max_size=60), st.data())
def test_a_snippet_is_short_a_piece_of_the_text_and_shows_what_was_found(words: list[str], data: st.DataObject) -> None:
    text, asked = " ".join(words), data.draw(st.sampled_from(words))
    runs = snippet(text, terms_of(asked))
    shown = "".join(run.words for run in runs)
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert len(shown) <= 170
    assert any(run.is_found for run in runs)


def test_every_accent_that_is_a_letter_of_its_own_is_left_away() -> None:
    left = [code for code in range(sys.maxunicode + 1) if combining(chr(code)) and folded(f"a{chr(code)}") != "a"]
    assert left == [0x345]  # the Greek iota written below: its capital is a letter
