"""What currencies are worth in each other, by day and source, and money of one exchanged for money of another.

A rate is two whole numbers: so many of the smallest part of one currency for so many of the other's, as a bank or a
newspaper said it on a day. It moves nothing in any book. Amounts are worked out from it to the nearest smallest part, a
half to the even one; there are no fractions anywhere.

An exchange is an entry that balances in each of its two currencies, through the chart's account for exchange: what
stands there together is what the exchanges of a book gave and took. Charts of older statutes have none; a book that was
opened under such a one gets it with its first exchange, once the statute in force says so.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, Signing, World
from comuna.acts.fields import (
    Amount,
    CountedIn,
    Day,
    Id,
    Label,
    Marker,
    PublicLine,
    SignedAmount,
    StatuteLine,
    To,
    UnitCode,
)
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, AccountUse, UnitKind
from comuna.statutes.statute import in_books
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
from comuna.treasury.acts.moving import Reference
from comuna.treasury.acts.opening import AccountRow
from comuna.treasury.effects import rates as writing
from comuna.treasury.models import Account, Book, Rate
from comuna.treasury.queries import rates
from comuna.treasury.rules import Draft, Line

_InAmount = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,14}$"), Marker.AMOUNT, CountedIn("in_unit")]
InAmount = Annotated[_InAmount, Label(_("For how much"))]
InUnit = Annotated[UnitCode, Label(_("Of which currency"))]


def two_currencies(world: World, unit: str, in_unit: str) -> None:
    """Refuses what the statute does not know as two currencies; the first may be one that it has left out since."""
    known_unit(world, unit, "unit")
    new_unit(world, in_unit, "in_unit")
    for field, id in (("unit", unit), ("in_unit", in_unit)):
        known = statutes.unit(world.commune, id)
        refuse_if(
            known is None or known.kind is not UnitKind.CURRENCY,
            "treasury.not-a-currency",
            _("This is a good and no currency."),
            field=field,
        )
    refuse_if(unit == in_unit, "treasury.same-currency", _("These are the same currency."), field="in_unit")


class SetRate(Act):
    """Write down what a currency was worth in another one on a day, and who said so."""

    verb = "treasury.set_rate"
    power = Power.SEAT
    label = _("Write down a rate")
    said = _("{seat} wrote down that {amount} were {in_amount} on {day}, by {source}")
    undo = "treasury.undo_rate"

    unit: Annotated[UnitCode, Label(_("Which currency"))]
    amount: Annotated[
        Amount,
        Label(_("How much of it"), help=_("Mostly 1; 100, where the rate has many decimals")),
    ]
    in_unit: Annotated[UnitCode, Label(_("Its worth is said in"))]
    in_amount: Annotated[_InAmount, Label(_("How much it was worth"))]
    day: Annotated[Day, Label(_("Day"), help=_("For which the rate was said"))]
    source: Annotated[PublicLine, Label(_("Source"), help=_("Who said it: the central bank, a bank, a newspaper"))]

    class Facts(ActFacts):
        pass

    def check(self, world: World) -> Facts:
        two_currencies(world, self.unit, self.in_unit)
        refuse_if(self.day > world.day, "treasury.day-to-come", _("This day has not come yet."), field="day")
        refuse_if(
            rates.is_set(world.commune, self.unit, self.in_unit, self.day),
            "treasury.rate-known",
            _("There is a rate of that day for these two already; take it back first."),
            field="day",
        )
        return self.Facts()

    def apply(self, record: Performed) -> None:
        writing.set_rate(
            record,
            unit=self.unit,
            amount=int(self.amount),
            in_unit=self.in_unit,
            in_amount=int(self.in_amount),
            day=self.day,
            source=self.source,
        )


class UndoRate(Act):
    """Take back a rate that was written down by mistake. What was exchanged beside it stays as it was entered."""

    verb = "treasury.undo_rate"
    power = Power.SEAT
    label = _("Take the rate back")
    said = _("{seat} took back the rate of {day} for {unit} in {in_unit}")
    undo = None  # written down anew

    rate: Annotated[Id, To(Rate), Label(_("Rate"))]

    class Facts(ActFacts):
        day: Day
        unit: UnitCode
        in_unit: UnitCode

    def check(self, world: World) -> Facts:
        one = world.get(Rate, self.rate, field="rate")
        return self.Facts(day=one.day, unit=one.unit, in_unit=one.in_unit)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.rate, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        writing.undo_rate(record, self.rate)


class ExchangeMoney(Act):
    """Enter that money of one currency was exchanged for money of another. The rate it came to is shown beside that of
    the day."""

    verb = "treasury.exchange"
    power = Power.SEAT
    label = _("Exchange money")
    said = _("{seat} exchanged {amount} ({from_name}) for {in_amount} ({to_name}): {words}")
    undo = "treasury.reverse"
    by_amount = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    day: EntryDay
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"))]
    into: Annotated[Id, To(Account), Label(_("Into"))]
    in_unit: InUnit
    in_amount: InAmount
    words: Words
    reference: Reference = None

    class Facts(ActFacts):
        from_name: StatuteLine
        to_name: StatuteLine
        lines: tuple[LineRow, ...]
        opens: tuple[AccountRow, ...] = ()  # the account for exchange, where the book has none yet
        rate: Id | None = None
        rate_day: Day | None = None
        rate_amount: SignedAmount | None = None
        rate_in_amount: Annotated[SignedAmount | None, CountedIn("in_unit")] = None

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def signing(self) -> Signing:
        return over(self.verb, self.book, self.unit, self.amount, self.day)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        two_currencies(world, self.unit, self.in_unit)
        open_day(world, book, self.day)
        out_of = account_of(world, book, self.out_of, "out_of", (AccountKind.ASSET,))
        into = account_of(world, book, self.into, "into", (AccountKind.ASSET,))
        through, opens = exchange_account(world, book)
        amount, in_amount = int(self.amount), int(self.in_amount)
        lines = (
            Line(into.id, self.in_unit, in_amount),
            Line(through, self.unit, amount),
            Line(through, self.in_unit, -in_amount),
            Line(out_of.id, self.unit, -amount),
        )
        bearable(lines, new=through if opens else None)
        within_limit(world, book, [line for line in lines if line.account == into.id], "in_amount")
        said = rates.quote(world.commune, self.unit, self.in_unit, self.day)
        return self.Facts(
            from_name=out_of.name or out_of.code,
            to_name=into.name or into.code,
            lines=rows_of(lines),
            opens=opens,
            rate=said.rate if said else None,
            rate_day=said.day if said else None,
            rate_amount=str(said.amount) if said else None,
            rate_in_amount=str(said.in_amount) if said else None,
        )

    def apply(self, record: Performed) -> None:
        facts = record.facts
        for one in facts.opens:
            effects.open_account(record, self.book, one.code, one.kind.value, one.use.value, one.name)
        draft = Draft(record.id, self.book, self.day, self.words, lines_of(facts.lines), self.reference or "")
        writing.exchange(
            record,
            draft,
            unit=self.unit,
            amount=int(self.amount),
            in_unit=self.in_unit,
            in_amount=int(self.in_amount),
            rate=facts.rate,
            rate_day=facts.rate_day,
            rate_amount=int(facts.rate_amount) if facts.rate else None,
            rate_in_amount=int(facts.rate_in_amount) if facts.rate else None,
        )


def exchange_account(world: World, book: Book) -> tuple[UUID, tuple[AccountRow, ...]]:
    """The book's account for exchange; where it has none yet, the one to open first. Raises Refused where the statute
    in force names none for its chart, or the book uses that code otherwise."""
    own = queries.account_for_use(book.id, AccountUse.EXCHANGE.value)
    if own is not None:
        return own.id, ()
    kind = statutes.in_force(world.commune, world.day).money.book(book.kind)
    said = kind.chart.for_use(AccountUse.EXCHANGE) if kind else None
    if said is None or queries.account_with_code(book.id, said.code) is not None:
        raise Refused(
            "treasury.no-exchange",
            _("The chart of this book has no account for exchange (use = exchange); the statute can name one."),
            citation=kind.chart.rule.source if kind else None,
            field="book",
        )
    row = AccountRow(code=said.code, kind=said.kind, use=said.use, name=in_books(said.name))
    return effects.account_key(book.id, said.code), (row,)
