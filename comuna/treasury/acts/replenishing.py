"""Petty cash: a place with a limit, filled up again by exactly what was spent out of it with receipts.

The limit is the statute's (``limit`` of an account of the chart). Who brings money chooses where it goes, so what would
bring the account above it is refused; what is there already (a count, an entry taken back, an opening balance) is
entered and its page says that it is too much. Replenishing moves the sum of what went out with a receipt since it was
replenished last: what has none yet waits for it. What was not replenished before its currency lost its zeros goes by an
ordinary move.
"""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, Signing, World
from comuna.acts.fields import Amount, Count, Id, Label, Row, SignedAmount, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes.bookkeeping import AccountKind
from comuna.treasury import queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Unit,
    account_of,
    bearable,
    known_unit,
    lines_of,
    open_day,
    over,
    rows_of,
    within_limit,
)
from comuna.treasury.acts.moving import Reference
from comuna.treasury.effects import petty as effects
from comuna.treasury.models import Account, Book, Entry
from comuna.treasury.queries.petty import to_replenish
from comuna.treasury.rules import Draft, moved


class SpentRow(Row):
    """An entry that is replenished, and what it took out of the account."""

    entry: Annotated[Id, To(Entry)]
    amount: SignedAmount


class Replenish(Act):
    """Put back into petty cash what was spent out of it with receipts since it was replenished last."""

    verb = "treasury.replenish"
    power = Power.SEAT
    label = _("Replenish petty cash")
    said = _("{seat} replenished {account_name} by {amount} (receipts: {receipts})")
    undo = "treasury.reverse"
    by_amount = True

    book: Annotated[Id, To(Book), Label(_("Book"))]
    into: Annotated[Id, To(Account), Label(_("Petty cash"))]
    out_of: Annotated[Id, To(Account), Label(_("Out of"))]
    day: EntryDay
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"), help=_("What was spent with receipts"))]
    reference: Reference = None

    class Facts(ActFacts):
        account_name: StatuteLine
        receipts: Count
        spent: tuple[SpentRow, ...]
        lines: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def signing(self) -> Signing:
        return over(self.verb, self.book, self.unit, self.amount, self.day)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        known_unit(world, self.unit)
        open_day(world, book, self.day)
        into = account_of(world, book, self.into, "into", (AccountKind.ASSET,))
        out_of = account_of(world, book, self.out_of, "out_of", (AccountKind.ASSET,))
        refuse_if(out_of.id == into.id, "treasury.same-account", _("These are the same account."), field="out_of")
        refuse_if(
            queries.limit_of(book, into, world.day) is None,
            "treasury.no-limit",
            _("The statute gives this account no limit: money is moved into it, not replenished."),
            field="into",
        )
        spent = to_replenish(into.id, self.unit)
        sum_spent = sum(one.amount for one in spent)
        if sum_spent != int(self.amount):
            raise Refused(
                "treasury.other-sum",
                _("Spent with receipts and not replenished yet: {amount}.").format(
                    amount=queries.amount_said(sum_spent, self.unit, world.commune)
                ),
                field="amount",
            )
        refuse_if(
            any(self.day < one.entry.day for one in spent),
            "treasury.replenished-before",
            _("Some of it was spent on a later day."),
            field="day",
        )
        lines = moved(into.id, out_of.id, self.unit, sum_spent)
        bearable(lines)
        within_limit(world, book, lines)
        return self.Facts(
            account_name=into.name or into.code,
            receipts=len(spent),
            spent=tuple(SpentRow(entry=one.entry.id, amount=str(one.amount)) for one in spent),
            lines=rows_of(lines),
        )

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, self.book, self.day, "", lines_of(facts.lines), self.reference or "")
        spent = [(one.entry, int(one.amount)) for one in facts.spent]
        effects.replenish(record, draft, self.into, self.unit, int(self.amount), spent)
