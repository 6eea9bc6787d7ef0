"""The code on a sheet of the accounts, by which it is found and typed back. Pure.

The first 40 bits of the id that the sheet is about, as eight letters of Crockford's base 32, and a check letter of ISO
7064 (hybrid, MOD 33,32) as in the codes of minutes: every single wrong letter is called a slip. It is a way to find
something and no secret; whoever types it may do no more than before. Two sheets of one code are both found.
"""

from __future__ import annotations

from uuid import UUID

from stdnum.iso7064 import mod_37_36

from comuna.journal.papercode import ALPHABET, Mistyped

LETTERS = 8
_BITS = 5 * LETTERS
_REST = 128 - _BITS
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_of(id: UUID) -> str:
    """``7GQ4ZTXA2``"""
    number = id.int >> _REST
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return letters + str(mod_37_36.calc_check_digit(letters, ALPHABET))


def ids_of(code: str) -> tuple[UUID, UUID]:
    """The first and the last id with this code, typed with or without blanks. Raises Mistyped."""
    typed = "".join(code.upper().replace("-", " ").translate(_FORGIVEN).split())
    if len(typed) != LETTERS + 1:
        raise Mistyped(0)
    if any(letter not in ALPHABET for letter in typed) or not mod_37_36.is_valid(typed, ALPHABET):
        raise Mistyped(1)
    number = 0
    for letter in typed[:-1]:
        number = number * 32 + ALPHABET.index(letter)
    return UUID(int=number << _REST), UUID(int=(number << _REST) | (1 << _REST) - 1)
