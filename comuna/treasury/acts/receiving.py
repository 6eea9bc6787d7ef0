"""Money that comes in on paper: a book of numbered receipts, begun by one act and typed back by another.

Blank receipts are printed with their numbers, which run on from one receipt book to the next, so that a number stands
on one paper alone. Whoever pays gets the receipt; the counterfoil stays and is typed, many at once. A number is typed
once; one that was spoilt is typed as spoilt, with why, so that the run has no gap. Who paid is on the paper and
nowhere else: no field takes a name, since anybody reads an entry.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field as Limits

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Amount, Count, Day, Id, Label, PublicLine, Row, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes.bookkeeping import AccountKind
from comuna.treasury import queries
from comuna.treasury.acts.bearing import EntryDay, Unit, Words, account_of, bearable, new_unit, open_day, within_limit
from comuna.treasury.acts.moving import SOURCES
from comuna.treasury.effects import receiving
from comuna.treasury.models import Account, Book, NumberedReceipt, ReceiptsTyped
from comuna.treasury.queries import importing as imported, receiving as asked
from comuna.treasury.rules import Line, moved

NUMBERS_MAX = 100  # of one receipt book, and typed at once


class BeginReceipts(Act):
    """Begin a receipt book: blank receipts to print, whose numbers run on from the last one. Each number is accounted
    for: typed back, or said to be spoilt."""

    verb = "treasury.begin_receipts"
    power = Power.SEAT
    label = _("Begin a receipt book")
    said = _("{seat} began a receipt book, numbers {first} to {last}")
    undo = None  # its numbers are typed as spoilt: the paper may be in somebody's hands

    book: Annotated[Id, To(Book), Label(_("Book"))]
    receipts: Annotated[Count, Label(_("Receipts"), help=_("A hundred at most"))]

    class Facts(ActFacts):
        first: Count
        last: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        refuse_if(
            not 1 <= self.receipts <= NUMBERS_MAX,
            "treasury.receipts-of-a-book",
            _("A receipt book has between one receipt and a hundred."),
            field="receipts",
        )
        last = asked.last_number(book.id)
        return self.Facts(first=last + 1, last=last + self.receipts)

    def apply(self, record: Performed) -> None:
        receiving.begin(record, self.book, record.facts.first, record.facts.last)


class TypedReceipt(Row):
    number: Annotated[Count, Label(_("Number"))]
    day: Annotated[Day | None, Label(_("Day"))] = None
    amount: Annotated[Amount | None, Label(_("Amount"), help=_("Empty where the receipt was spoilt"))] = None
    words: Annotated[PublicLine, Label(_("What for"), help=_("Or why it was spoilt; name no neighbours"))]
    source: Annotated[Id | None, To(Account), Label(_("What it is"))] = None
    into: Annotated[Id | None, To(Account), Label(_("Where it is now"))] = None


class TypeReceipts(Act):
    """Type back receipts of a receipt book, each under its number. Who paid stays on the paper."""

    verb = "treasury.type_receipts"
    power = Power.SEAT
    label = _("Type receipts back")
    said = _("{seat} typed receipts back, number {first} to {last} (given: {given}, spoilt: {spoilt})")
    undo = "treasury.take_back_receipts"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    unit: Unit
    rows: Annotated[tuple[TypedReceipt, ...], Limits(max_length=NUMBERS_MAX), Label(_("Receipts"))]

    class Facts(ActFacts):
        first: Count
        last: Count
        given: Count
        spoilt: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        new_unit(world, self.unit)
        refuse_if(not self.rows, "treasury.no-receipts-typed", _("Type one receipt at least."), field="rows")
        known = asked.numbered(book.id, [row.number for row in self.rows])
        seen: set[int] = set()
        held: dict[UUID, int] = defaultdict(int)
        for at, row in enumerate(self.rows):
            self._judge_number(row.number, known, seen, f"rows.{at}.number")
            if row.amount is not None:
                self._judge_given(world, book, row, known[row.number].receipts.day, f"rows.{at}")
            for line in _lines(row, self.unit):
                held[line.account] += line.amount
        lines = tuple(Line(account, self.unit, amount) for account, amount in sorted(held.items()))
        if lines:
            bearable(lines, field="rows")
            within_limit(world, book, lines, "rows")
        numbers, given = [row.number for row in self.rows], sum(row.amount is not None for row in self.rows)
        return self.Facts(
            first=min(numbers),
            last=max(numbers),
            given=given,
            spoilt=len(numbers) - given,
        )

    def _judge_number(self, number: int, known: dict[int, NumberedReceipt], seen: set[int], field: str) -> None:
        said = _("Receipt {number}").format(number=number)
        refuse_if(
            number in seen, "treasury.number-twice", _("{receipt} stands twice here.").format(receipt=said), field=field
        )
        seen.add(number)
        one = known.get(number)
        if one is None:
            words = _("{receipt} was never printed for this book.").format(receipt=said)
            raise Refused("treasury.no-such-number", words, field=field)
        if asked.is_blank(one):
            return
        words = _("{receipt} was typed already, as spoilt.").format(receipt=said)
        if one.entry is not None:
            words = _("{receipt} was typed already: it is folio {folio}.").format(receipt=said, folio=one.entry.folio)
        raise Refused("treasury.number-typed", words, field=field)

    def _judge_given(self, world: World, book: Book, row: TypedReceipt, printed: date, at: str) -> None:
        for name in ("day", "source", "into"):
            refuse_if(
                getattr(row, name) is None,
                "treasury.half-a-receipt",
                _("{receipt} has an amount: it also takes the day, what it is and where the money is now.").format(
                    receipt=_("Receipt {number}").format(number=row.number)
                ),
                field=f"{at}.{name}",
            )
        assert row.day is not None and row.source is not None and row.into is not None
        open_day(world, book, row.day, f"{at}.day")
        refuse_if(
            row.day < printed,
            "treasury.before-the-receipts",
            _("This receipt was printed on a later day."),
            field=f"{at}.day",
        )
        account_of(world, book, row.into, f"{at}.into", (AccountKind.ASSET,))
        account_of(world, book, row.source, f"{at}.source", SOURCES)

    def apply(self, record: Performed) -> None:
        typed = [
            receiving.Typed(row.number, row.words, row.day if row.amount is not None else None, _lines(row, self.unit))
            for row in self.rows
        ]
        receiving.type_back(record, self.book, typed)


def _lines(row: TypedReceipt, unit: str) -> tuple[Line, ...]:
    if row.amount is None or row.into is None or row.source is None:
        return ()
    return moved(row.into, row.source, unit, int(row.amount))


class TakeBackReceipts(Act):
    """Take back what was typed from receipts at once: every entry of it that still stands. The numbers can be typed
    anew."""

    verb = "treasury.take_back_receipts"
    power = Power.SEAT
    label = _("Take these receipts back")
    said = _("{seat} took back receipts that had been typed (entries: {entries}): {words}")
    undo = None  # typed anew

    typed: Annotated[Id, To(ReceiptsTyped), Label(_("Receipts"))]
    day: EntryDay
    words: Words

    class Facts(ActFacts):
        book: Id
        entries: Count

    def in_organ(self) -> str | None:
        return asked.organ_of_typed(self.typed)

    def check(self, world: World) -> Facts:
        typed = world.get(ReceiptsTyped, self.typed, field="typed")
        backs = imported.to_take_back(typed.id)
        refuse_if(
            not backs and not asked.spoilt_by(typed.id),
            "treasury.receipts-taken-back",
            _("All of these receipts were taken back already."),
            field="typed",
        )
        open_day(world, typed.book, self.day)
        refuse_if(
            bool(backs) and self.day < date.fromisoformat(imported.newest_day(typed.id)),
            "treasury.reversed-before",
            _("It cannot be taken back before the day on which it stands."),
            field="day",
        )
        held: dict[tuple[UUID, str], int] = defaultdict(int)
        for back in backs:
            for line in back.lines:
                held[line.account, line.unit] += line.amount
        lines = tuple(Line(account, unit, amount) for (account, unit), amount in sorted(held.items()) if amount)
        bearable(lines, below_nothing=True, field="typed")
        return self.Facts(book=typed.book_id, entries=len(backs))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.typed, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        receiving.take_back(record, record.facts.book, self.typed, self.day, self.words)
