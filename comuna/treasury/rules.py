"""Double entry in plain values: what balances, what a reversal is, what an account's balance means. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

BALANCE_MAX = 10**18 - 1  # of the smallest part of a unit; BIGINT ends at 9.2 * 10**18
RECORD_MAX = 10**15 - 1  # that one amount of a record says (acts.fields.SignedAmount)


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


def month_of(day: date) -> date:
    return day.replace(day=1)
