"""A currency loses zeros, in plain values: what every sum becomes, so that what adds up goes on adding up. Pure.

Each amount goes over by itself, to the nearest smallest part of the new unit, a half to the even one. An account whose
sum is kept one by one (savings, credits) becomes the sum of what those became. What is then missing for an entry to
balance, or too much, goes into the book's account of differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from comuna.treasury.rules import Line, converted
from comuna.treasury.schedules import Part, split

ZEROS_MAX = 12


class What(StrEnum):
    """Is kept beside the ledger and goes over with it."""

    LINE = "line"
    ADVANCE = "advance"
    SAVINGS = "savings"
    CREDIT = "credit"
    TRANSFER = "transfer"
    PROMISE = "promise"
    AID = "aid"


class Factor(NamedTuple):
    """So many smallest parts of the old unit are so many of the new one."""

    of: int
    into: int

    def now(self, amount: int) -> int:
        return converted(amount, self.of, self.into)


def factor(zeros: int, decimals: int, new_decimals: int) -> Factor:
    """``10 ** zeros`` old ones are a new one."""
    return Factor(10 ** (decimals + zeros), 10**new_decimals)


class Goes(NamedTuple):
    """How the accounts of a book go over."""

    lines: tuple[Line, ...]  # add up to nothing in each of the two units
    rounding: int  # of the new unit, into the account of differences: a debit above nothing


def accounts(
    held: Sequence[tuple[UUID, int]],
    one_by_one: Mapping[UUID, int],
    differences: UUID,
    units: tuple[str, str],
    by: Factor,
) -> Goes:
    """``held`` are the accounts with what they hold of the old unit, which adds up to nothing; ``one_by_one`` gives
    what those become that are kept one by one; ``units`` are the old and the new one."""
    old, new = units
    lines = [Line(account, old, -amount) for account, amount in held if amount]
    became = [(account, one_by_one.get(account, by.now(amount))) for account, amount in held]
    lines += [Line(account, new, amount) for account, amount in became if amount]
    rounding = -sum(amount for _account, amount in became)
    if rounding:
        lines.append(Line(differences, new, rounding))
    return Goes(tuple(lines), rounding)


class Owed(NamedTuple):
    """Of a credit: the schedule's sums, and what is still owed of them."""

    principal: int
    interest: int
    owed_principal: int
    owed_interest: int

    @property
    def paid(self) -> int:
        return self.principal + self.interest - self.owed_principal - self.owed_interest


def credit(owed: Owed, by: Factor, parts: Sequence[Part]) -> Owed:
    """What it becomes. ``parts`` are the schedule laid out with its new sums, none before it was paid out: what was
    repaid is taken off them in their order, so that the next repayment finds principal and interest where they are."""
    principal, interest = by.now(owed.principal), by.now(owed.interest)
    if not parts:
        return Owed(principal, interest, by.now(owed.owed_principal), by.now(owed.owed_interest))
    paid = min(by.now(owed.paid), principal + interest)
    done = split(parts, 0, paid)
    return Owed(principal, interest, principal - done.principal, interest - done.interest)


def advance(amount: int, open: int, by: Factor) -> tuple[int, int]:
    """What an advance was in all and what is open of it: what was accounted for goes over by itself too."""
    left = by.now(open)
    return left + by.now(amount - open), left
