"""Double entry in plain values: what balances, what a reversal is, what an account's balance means. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

BALANCE_MAX = 10**18 - 1  # of the smallest part of a unit; BIGINT ends at 9.2 * 10**18


class Line(NamedTuple):
    """An amount in an account: a debit above nothing, a credit below."""

    account: UUID
    unit: str
    amount: int


class Draft(NamedTuple):
    """An entry before it is posted."""

    id: UUID
    book: UUID
    day: date
    words: str
    lines: tuple[Line, ...]
    reference: str = ""
    reverses: UUID | None = None


def moved(debit: UUID, credit: UUID, unit: str, amount: int) -> tuple[Line, ...]:
    """The two lines of what most entries are: so much from one account into another."""
    return (Line(debit, unit, amount), Line(credit, unit, -amount))


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same the other way round."""
    return tuple(Line(line.account, line.unit, -line.amount) for line in lines)


def unbalanced(lines: Iterable[Line]) -> dict[str, int]:
    """By unit, what is too much, or below nothing missing, for the lines to add up to nothing. Empty: they do."""
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.unit] += line.amount
    return {unit: amount for unit, amount in sums.items() if amount}


def rounded(parts: int, of: int) -> int:
    """``parts / of`` to the nearest whole number, a half to the even one; ``of`` is above nothing."""
    whole, rest = divmod(parts, of)
    return whole + (2 * rest > of or (2 * rest == of and whole % 2 == 1))


def converted(amount: int, of: int, into: int) -> int:
    """What an amount is where ``of`` of one unit are ``into`` of another: to the nearest smallest part, a half to the
    even one."""
    return rounded(amount * into, of)


class Price(NamedTuple):
    """What one whole of a unit is in another, as a whole number of ``10 ** -places``."""

    value: int
    is_of_the_second: bool  # the other way round: one of the second in the first, where that is the larger number


PRICE_PLACES = 4


def price(first: tuple[int, int], second: tuple[int, int]) -> Price:
    """Of two amounts that were exchanged, each with the decimals of its unit; rounded, a half to the even one."""
    (amount, decimals), (in_amount, in_decimals) = first, second
    wholes, in_wholes = amount * 10**in_decimals, in_amount * 10**decimals
    if in_wholes >= wholes:
        return Price(rounded(in_wholes * 10**PRICE_PLACES, wholes), is_of_the_second=False)
    return Price(rounded(wholes * 10**PRICE_PLACES, in_wholes), is_of_the_second=True)


def share_of(amount: int, percent: int) -> int:
    """So many per cent, to the nearest smallest part, a half to the even one."""
    return rounded(amount * percent, 100)


def is_whole_months(begins: date, ends: date) -> bool:
    """From the first day of a month to the last of the same or a later one."""
    return begins.day == 1 and begins <= ends and (ends + timedelta(days=1)).day == 1


def month_of(day: date) -> date:
    return day.replace(day=1)
