"""Double entry in plain values: what balances, what a reversal is, what an account's balance means. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

Said = tuple[date, int, str]
"""What the bank says of a movement: day, amount, reference."""
BALANCE_MAX = 10**15 - 1  # of the smallest part of a unit: as much as a record can say (acts.fields.SignedAmount)


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


class Sides(NamedTuple):
    """What was debited and credited; seldom below nothing, where something was taken back later."""

    debit: int = 0
    credit: int = 0

    def and_(self, other: Sides) -> Sides:
        return Sides(self.debit + other.debit, self.credit + other.credit)

    def less(self, other: Sides) -> Sides:
        return Sides(self.debit - other.debit, self.credit - other.credit)

    @property
    def turned(self) -> Sides:
        return Sides(self.credit, self.debit)


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


def numbers_missing(typed: Mapping[int, bool]) -> tuple[int, ...]:
    """Of the numbers of a receipt book those that were not typed, though a later one was."""
    newest = max((number for number, is_typed in typed.items() if is_typed), default=0)
    return tuple(sorted(number for number, is_typed in typed.items() if number < newest and not is_typed))


class Moved(NamedTuple):
    """A movement of an account as the bank or the books say it: above nothing what came. ``reference`` is folded."""

    id: UUID
    day: date
    amount: int
    reference: str


class Pair(NamedTuple):
    line: UUID  # of the bank
    entry: UUID  # of the books


MATCH_DAYS = 5  # between the day of the bank and that of the books: weekends and transfers at night


def matches(bank: Iterable[Moved], books: Iterable[Moved], days: int = MATCH_DAYS) -> list[Pair]:
    """Which line of the bank is which entry: first by reference and amount, then by amount and day within ``days``.

    Only where it can be no other one on either side: what two lines could be is nobody's to guess.
    """
    lines, entries = list(bank), list(books)
    by_reference = _unique(lines, entries, lambda one, other: bool(one.reference) and one.reference == other.reference)
    done = {id for pair in by_reference for id in pair}
    rest = [one for one in lines if one.id not in done], [one for one in entries if one.id not in done]
    return by_reference + _unique(*rest, lambda one, other: abs((one.day - other.day).days) <= days)


def _unique(lines: list[Moved], entries: list[Moved], same: Callable[[Moved, Moved], bool]) -> list[Pair]:
    """Those of one amount that are the same, each of which has one other alone."""
    by_amount: dict[int, list[Moved]] = defaultdict(list)
    for entry in entries:
        by_amount[entry.amount].append(entry)
    found = [(one, [other for other in by_amount[one.amount] if same(one, other)]) for one in lines]
    claimed = Counter(other.id for _one, others in found for other in others)
    return [Pair(one.id, others[0].id) for one, others in found if len(others) == 1 and claimed[others[0].id] == 1]


def occurrences(given: Iterable[Said]) -> list[int]:
    """Of each line of a file, which one it is of those that are alike: 1, 2, ... So two payments of one sum on one day
    stay two, and a file that is taken again brings nothing."""
    seen: Counter[Said] = Counter()
    found = []
    for one in given:
        seen[one] += 1
        found.append(seen[one])
    return found


class Purpose(NamedTuple):
    """What a decision is used for, once."""

    what: str
    book: UUID | None = None


_SETS_ASIDE = frozenset({"treasury.adopt_budget", "treasury.move_budget"})
_GOES_INTO = frozenset({"treasury.send_transfer", "treasury.share_surplus"})
_CLOSES = "treasury.approve_accounts"
_ONCE_A_BOOK = _GOES_INTO | {_CLOSES}
RESTS_ON_DECISION = (
    _SETS_ASIDE
    | _GOES_INTO
    | {
        _CLOSES,
        "treasury.remove_asset",
        "treasury.write_off",
        "treasury.redenominate",
    }
)


def purpose(verb: str, *, book: UUID | None, into: UUID | None) -> Purpose:
    """One budget, or money moved between two lines, whatever the book; one thing taken out, one credit written off.
    What is shared out goes once into each book, and what is approved is closed once in each: one vote gives every
    council its part, and approves the accounts of a council and of its funds."""
    if verb in _SETS_ASIDE:
        return Purpose("set aside")
    if verb in _GOES_INTO:
        return Purpose(verb, into)
    return Purpose(verb, book if verb == _CLOSES else None)


def is_shared(purposes: Iterable[Purpose]) -> bool:
    """Whether a decision was used for more than one thing. One vote may give each of several books its part, or approve
    the accounts of each: the same thing in several books is not more than one."""
    found = set(purposes)
    kinds = {one.what for one in found}
    return len(found) > 1 and not (len(kinds) == 1 and kinds <= _ONCE_A_BOOK)
