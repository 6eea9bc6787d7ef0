"""The code on paper: what is typed back is what was printed, or is called a typing error."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from comuna.journal import papercode

sizes = st.integers(0, 2**40)
roots = st.binary(min_size=32, max_size=32)


@given(sizes, roots)
def test_a_code_says_what_was_written(size: int, root: bytes) -> None:
    assert papercode.read(papercode.write(size, root)) == papercode.PaperCode(size, root[:20])


@given(
    sizes,
    roots,
    st.sampled_from(
        [
            str.lower,
            lambda c: c.replace(" ", ""),
            lambda c: c.replace(" ", "-"),
            lambda c: c.replace("0", "O").replace("1", "l"),
            lambda c: f"  {c} ",
        ]
    ),
)
def test_reading_forgives_case_spaces_and_letters_that_look_alike(size: int, root: bytes, change: object) -> None:
    assert callable(change)
    assert papercode.read(change(papercode.write(size, root))).root_start == root[:20]


@given(sizes, roots, st.data())
def test_one_wrong_letter_is_always_named_with_its_group(size: int, root: bytes, data: st.DataObject) -> None:
    code = papercode.write(size, root)
    place = data.draw(st.sampled_from([n for n, letter in enumerate(code) if letter != " "]))
    wrong = data.draw(st.sampled_from([letter for letter in papercode.ALPHABET if letter != code[place]]))
    with pytest.raises(papercode.Mistyped) as caught:
        papercode.read(code[:place] + wrong + code[place + 1 :])
    assert caught.value.group == code[:place].count(" ") + 1


@pytest.mark.parametrize("text", ["", "hello", "1", "ABC DEF", "Ñandú 12345678 12345678 12345678 12345678", "0" * 500])
def test_what_is_no_code_is_called_so(text: str) -> None:
    with pytest.raises(papercode.Mistyped):
        papercode.read(text)
