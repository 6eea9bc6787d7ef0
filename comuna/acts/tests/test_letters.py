"""A name looks like nobody else's unless it is the same name."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from pydantic_core import PydanticCustomError

from comuna.acts.letters import clean, is_seen, one_line

UNSEEN = "\u200b\u200c\u200d\u00ad\ufeff\u2060\u200e\u200f\u3164\u115f\u2800\u034f"


@given(st.lists(st.sampled_from([*UNSEEN, *"Rosa Méndez"]), min_size=1).map("".join))
def test_what_leaves_nothing_on_the_page_makes_no_other_name(name: str) -> None:
    seen = "".join(sign for sign in name if sign not in UNSEEN).strip()
    if seen:
        assert one_line(name) == one_line(seen)
    else:
        with pytest.raises(PydanticCustomError, match="nothing to read"):
            one_line(name)


@pytest.mark.parametrize("name", ["Rоsa", "Αna Rojas", "José Pérеz", "ВANCO", "Méndez-Rоjas"])
def test_a_word_of_several_alphabets_is_refused(name: str) -> None:
    with pytest.raises(PydanticCustomError, match="several alphabets"):
        one_line(name)


@pytest.mark.parametrize(
    "name",
    [
        "María Ñáñez D'Amico",
        "Роза Мендес (Rosa)",
        "5 µg",
        "Ωmega 3".replace("Ω", "\u03a9 "),
        "می‌خواهم",
        "क्‍ष",
        "👩‍🌾 Huerto",
        "漢字カナ",
        "Ⅳ-B 2º piso",
    ],
)
def test_what_people_write_in_any_alphabet_stays_as_it_is(name: str) -> None:
    assert one_line(name) == name


@given(st.text(min_size=1))
def test_a_line_that_was_taken_is_taken_again_unchanged(text: str) -> None:
    try:
        line = one_line(text)
    except PydanticCustomError:
        return
    assert one_line(line) == line and any(map(is_seen, line))


def test_long_text_keeps_its_marks_and_its_lines() -> None:
    assert clean("uno\n\u200fمرحبا") == "uno\n\u200fمرحبا"
