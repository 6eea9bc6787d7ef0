"""Printed codes: hard to guess, easy to type, and a slip is called a slip."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as some

from comuna.journal.papercode import ALPHABET, Mistyped
from comuna.mandates import codes


def test_a_code_has_eighty_bits_and_no_two_are_alike() -> None:
    made = {codes.new() for _ in range(200)}
    assert len(made) == 200
    assert codes.BITS >= 80


def test_case_spaces_hyphens_and_look_alikes_do_not_matter() -> None:
    code = codes.new()
    typed = code.lower().replace(" ", "-").replace("0", "o").replace("1", "l")
    assert codes.proof(typed) == codes.proof(code) == codes.proof(code.replace(" ", ""))


@given(some.integers(0, 19), some.sampled_from(ALPHABET))
def test_one_wrong_letter_is_a_typing_error_in_its_group(place: int, letter: str) -> None:
    code = codes.new().replace(" ", "")
    if code[place] == letter:
        return
    with pytest.raises(Mistyped) as slip:
        codes.proof(code[:place] + letter + code[place + 1 :])
    assert slip.value.group == place // 5 + 1


@pytest.mark.parametrize("typed", ["", "K3XM7", "K3XM7 0V2QD 9TBRA 51HSC 4", "§§§§§ §§§§§ §§§§§ §§§§§"])
def test_what_is_no_code_is_told_apart_from_a_wrong_one(typed: str) -> None:
    with pytest.raises(Mistyped):
        codes.proof(typed)


def test_what_the_journal_keeps_is_not_what_opens_it() -> None:
    code = codes.new()
    assert codes.digest_of(codes.proof(code)) not in (code, codes.proof(code))
