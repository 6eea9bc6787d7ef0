"""The code on a sheet of the accounts, by which it is found and typed back. Pure.

The first 40 bits of the id that the sheet is about, as eight letters of Crockford's base 32, and a check letter of ISO
7064 (hybrid, MOD 33,32) as in the codes of minutes: every single wrong letter is called a slip. It is a way to find
something and no secret; whoever types it may do no more than before. Two sheets of one code are both found.
"""

from __future__ import annotations

from uuid import UUID

from comuna.journal.papercode import Mistyped, base32, checked, is_checked, number_in, typed_groups

LETTERS = 8
_REST = 128 - 5 * LETTERS


def code_of(id: UUID) -> str:
    """``7GQ4ZTXA2``"""
    return checked(base32(id.int >> _REST, LETTERS))


def ids_of(code: str) -> tuple[UUID, UUID]:
    """The first and the last id with this code, typed with or without blanks. Raises Mistyped."""
    typed = "".join(typed_groups(code))
    if len(typed) != LETTERS + 1:
        raise Mistyped(0)
    if not is_checked(typed):
        raise Mistyped(1)
    first = number_in(typed[:-1]) << _REST
    return UUID(int=first), UUID(int=first | (1 << _REST) - 1)
