"""Money and goods that come in, and that go from one place to another."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, Signing, World
from comuna.acts.fields import Amount, Id, Label, PublicLine, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.statutes.bookkeeping import AccountKind
from comuna.treasury import effects, queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Unit,
    Words,
    account_of,
    bearable,
    known_unit,
    lines_of,
    new_unit,
    open_day,
    over,
    rows_of,
    within_limit,
)
from comuna.treasury.models import Account, Book
from comuna.treasury.rules import Draft, moved

Reference = Annotated[
    PublicLine | None, Label(_("Reference"), help=_("Number of the transfer or the mobile payment; empty for cash"))
]
SOURCES = (AccountKind.INCOME, AccountKind.LIABILITY)


class Receive(Act):
    """Enter what came in: into which account, and what it is."""

    verb = "treasury.receive"
    power = Power.SEAT
    label = _("Enter what came in")
    said = _("{seat} entered that {amount} came in ({source_name}): {words}")
    undo = "treasury.reverse"
    by_amount = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    day: EntryDay
    into: Annotated[Id, To(Account), Label(_("Where it is now"))]
    source: Annotated[Id, To(Account), Label(_("What it is"))]
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"))]
    words: Words
    reference: Reference = None

    class Facts(ActFacts):
        source_name: StatuteLine
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def signing(self) -> Signing:
        return over(self.verb, self.book, self.unit, self.amount, self.day, SOURCES)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        new_unit(world, self.unit)
        open_day(world, book, self.day)
        account_of(world, book, self.into, "into", (AccountKind.ASSET,))
        source = account_of(world, book, self.source, "source", SOURCES)
        lines = moved(self.into, self.source, self.unit, int(self.amount))
        bearable(lines)
        within_limit(world, book, lines)
        return self.Facts(source_name=source.name or source.code, lines=rows_of(lines))

    def apply(self, record: Performed) -> None:
        lines = lines_of(record.facts.lines)
        draft = Draft(record.id, self.book, self.day, self.words, lines, self.reference or "")
        effects.post(record, [draft])


class Move(Act):
    """Enter that money or goods went from one of the book's places to another: from the bank into petty cash, from the
    store into the truck."""

    verb = "treasury.move"
    power = Power.SEAT
    label = _("Move between accounts")
    said = _("{seat} entered that {amount} went from {from_name} to {to_name}: {words}")
    undo = "treasury.reverse"
    by_amount = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    day: EntryDay
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]
    into: Annotated[Id, To(Account), Label(_("Into"))]
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"))]
    words: Words
    reference: Reference = None

    class Facts(ActFacts):
        from_name: StatuteLine
        to_name: StatuteLine
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def signing(self) -> Signing:
        return over(self.verb, self.book, self.unit, self.amount, self.day)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        known_unit(world, self.unit)
        open_day(world, book, self.day)
        out_of = account_of(world, book, self.out_of, "out_of", (AccountKind.ASSET,))
        into = account_of(world, book, self.into, "into", (AccountKind.ASSET,))
        refuse_if(out_of.id == into.id, "treasury.same-account", _("These are the same account."), field="into")
        lines = moved(self.into, self.out_of, self.unit, int(self.amount))
        bearable(lines)
        within_limit(world, book, lines)
        return self.Facts(from_name=out_of.name or out_of.code, to_name=into.name or into.code, lines=rows_of(lines))

    def apply(self, record: Performed) -> None:
        lines = lines_of(record.facts.lines)
        draft = Draft(record.id, self.book, self.day, self.words, lines, self.reference or "")
        effects.post(record, [draft])
