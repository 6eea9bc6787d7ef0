"""The only writer of a redenomination: an entry for each book, and what is kept beside the ledger goes over with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.effects import post
from comuna.treasury.models import (
    Book,
    BudgetLine,
    RedenominatedBook,
    RedenominatedThing,
    Redenomination,
    Savings,
)
from comuna.treasury.models.advances import Advance
from comuna.treasury.models.aid import AidCase
from comuna.treasury.models.bank import Credit
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.models.transfers import Transfer
from comuna.treasury.redenominating import What
from comuna.treasury.rules import Draft, Line

_HAS_UNIT: dict[What, type[Advance] | type[AidCase] | type[Credit] | type[Transfer]] = {
    What.AID: AidCase,
    What.ADVANCE: Advance,
    What.CREDIT: Credit,
    What.TRANSFER: Transfer,
}


class Thing(NamedTuple):
    """What is kept beside the ledger, with its columns as ``check`` worked them out."""

    what: What
    thing: UUID
    old: int
    now: int
    columns: Mapping[str, int]


class Entry(NamedTuple):
    book: UUID
    lines: tuple[Line, ...]
    rounding: int


def redenominate(
    record: Performed,
    units: tuple[str, str],
    zeros: int,
    day: date,
    resolution: UUID,
    books: Sequence[UUID],
    entries: Iterable[Entry],
    things: Iterable[Thing],
) -> None:
    """``units`` are the old and the new one; ``books`` those that are kept in the new one from now on."""
    unit, in_unit = units
    record.create(Redenomination, unit=unit, in_unit=in_unit, zeros=zeros, day=day, resolution=resolution)
    for one in entries:
        id = record.key("entry", one.book)
        post(record, [Draft(id, one.book, day, "", one.lines)])
        record.create(
            RedenominatedBook,
            id=record.key("book", one.book),
            redenomination_id=record.id,
            book_id=one.book,
            entry_id=id,
            rounding=one.rounding,
        )
    for book in books:
        record.update(Book, book, unit=in_unit)
    for thing in things:
        _goes_over(record, thing, in_unit)


def _goes_over(record: Performed, thing: Thing, in_unit: str) -> None:
    record.create(
        RedenominatedThing,
        id=record.key("thing", thing.thing),
        redenomination_id=record.id,
        what=thing.what.value,
        thing=thing.thing,
        old=thing.old,
        now=thing.now,
    )
    if thing.what is What.SAVINGS:
        record.update(Savings, thing.thing, **thing.columns)
    elif thing.what is What.LINE:
        _line_anew(record, thing, in_unit)
    elif thing.what is What.PROMISE:
        line = Commitment.objects.values_list("line", flat=True).get(pk=thing.thing)
        record.update(Commitment, thing.thing, line_id=record.key("line", line), **thing.columns)
    else:
        record.update(_HAS_UNIT[thing.what], thing.thing, unit=in_unit, **thing.columns)


def _line_anew(record: Performed, thing: Thing, in_unit: str) -> None:
    """What was paid of it stays in the old unit, so that payments and line go on saying the same; a line of its own
    goes on with what was left and what was promised."""
    old = BudgetLine.objects.get(pk=thing.thing)
    record.update(BudgetLine, old.id, amount=thing.columns["stays"], committed=0)
    record.create(
        BudgetLine,
        id=record.key("line", old.id),
        budget_id=old.budget_id,
        number=thing.columns["number"],
        account_id=old.account_id,
        unit=in_unit,
        amount=thing.columns["amount"],
        committed=thing.columns["committed"],
        words=old.words,
    )
