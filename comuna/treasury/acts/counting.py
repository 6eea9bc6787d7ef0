"""Counting by hand what an account should hold."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import Id, Label, PublicLine, SignedAmount, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.treasury import effects, queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Unit,
    account_of,
    bearable,
    known_unit,
    lines_of,
    open_day,
    rows_of,
    used_account,
)
from comuna.treasury.models import Account
from comuna.treasury.models.counts import Count
from comuna.treasury.rules import Draft, Line, moved


class CountCash(Act):
    """Write down what two people counted by hand, of money or of goods. What is missing or too much is entered as a
    difference, for everybody to see."""

    verb = "treasury.count_cash"
    power = Power.SEAT
    label = _("Count what is there")
    said = _("{seat} counted {counted} in {account_name}; the books said {in_books}")
    undo = None  # counted again; the entry of a difference is taken back as every entry

    account: Annotated[Id, To(Account), Label(_("Account"))]
    day: EntryDay
    unit: Unit
    in_books: Annotated[SignedAmount, Label(_("The books say"))]
    counted: Annotated[SignedAmount, Label(_("Counted"), help=_("What is there, whatever the books say"))]
    words: Annotated[
        PublicLine | None, Label(_("What was noticed"), help=_("Anybody reads this: name no neighbours"))
    ] = None

    class Facts(ActFacts):
        book: Id
        account_name: StatuteLine
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_account(self.account)

    def check(self, world: World) -> Facts:
        account = world.get(Account, self.account, field="account")
        book = account.book
        account_of(world, book, account.id, "account", (AccountKind.ASSET,))
        known_unit(world, self.unit)
        open_day(world, book, self.day)
        counted, held = int(self.counted), queries.balance(account.id, self.unit)
        refuse_if(counted < 0, "treasury.counted-below-nothing", _("Nobody counts less than nothing."), field="counted")
        refuse_if(
            held != int(self.in_books),
            "treasury.moved-since",
            _("Something was entered since you began, or an entry is missing. Count again."),
            field="in_books",
        )
        lines: tuple[Line, ...] = ()
        if counted != held:
            other = used_account(book, AccountUse.DIFFERENCES).id
            sides = (account.id, other) if counted > held else (other, account.id)
            lines = moved(*sides, self.unit, abs(counted - held))
            bearable(lines, field="counted")
        return self.Facts(book=book.id, account_name=account.name or account.code, lines=rows_of(lines))

    def apply(self, record: Performed) -> None:
        lines = lines_of(record.facts.lines)
        if lines:
            effects.post(record, [Draft(record.id, record.facts.book, self.day, self.words or "", lines)])
        record.create(
            Count,
            account_id=self.account,
            day=self.day,
            unit=self.unit,
            counted=int(self.counted),
            in_books=int(self.in_books),
            entry_id=record.id if lines else None,
        )
