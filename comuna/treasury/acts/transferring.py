"""Money and goods that go from one book to another.

Within the books of one organ (a council's accounts and its four funds, LOCC arts. 47-52) one act enters it in both.
Nobody enters anything in the books of another organ: so it is *sent*, by an entry in the own book, and the other organ
*receives* it by an entry in its own, or *sends it back*; until then it is under way, and whoever sent it may take it
back. Money that leaves what an organ decides over, for a book over which another one decides, rests on its decision.
A share of a surplus that feeds a fund is a transfer within one organ's books with its own words.

Every entry has its other side in the chart's account for transfers, so that what an organ's books hold there together
is what is under way.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, Signing, World
from comuna.acts.fields import Amount, Count, Day, Id, Label, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies.models import Resolution
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.statutes.statute import in_books
from comuna.treasury import queries
from comuna.treasury.acts.bearing import (
    EntryDay,
    LineRow,
    Unit,
    Words,
    account_of,
    bearable,
    known_unit,
    lines_of,
    open_day,
    over,
    rows_of,
    used_account,
    within_limit,
)
from comuna.treasury.acts.budgeting import Decision, rests_on_decision
from comuna.treasury.acts.moving import Reference
from comuna.treasury.effects import transfers as effects
from comuna.treasury.models import Account, Book
from comuna.treasury.queries import transfers
from comuna.treasury.rules import BALANCE_MAX, Draft, Line, is_whole_months, moved, share_of

OutOf = Annotated[Id, To(Book), Label(_("Out of the book"))]
Into = Annotated[Id, To(Book), Label(_("Into the book"))]
From = Annotated[Id, To(Account), Label(_("Out of"))]
Where = Annotated[Id, To(Account), Label(_("Where it is then"))]


def called(world: World, book: Book) -> str:
    kind = queries.kind_of(book, world.day)
    return in_books(kind.name) if kind else book.kind


def leaving(world: World, book: Book, account: UUID, unit: str, amount: int) -> tuple[Line, ...]:
    account_of(world, book, account, "from_account", (AccountKind.ASSET,))
    lines = moved(used_account(book, AccountUse.TRANSFERS).id, account, unit, amount)
    bearable(lines)
    return lines


def coming_in(world: World, book: Book, account: UUID, unit: str, amount: int) -> tuple[Line, ...]:
    account_of(world, book, account, "into_account", (AccountKind.ASSET,))
    lines = moved(account, used_account(book, AccountUse.TRANSFERS).id, unit, amount)
    bearable(lines)
    within_limit(world, book, lines, "into_account")
    return lines


def _two_books(world: World, out_of: UUID, into: UUID) -> tuple[Book, Book]:
    """Those of one transfer. Raises Refused where they are one."""
    here, there = world.get(Book, out_of, field="out_of"), world.get(Book, into, field="into")
    refuse_if(here.id == there.id, "treasury.same-book", _("These are the same book."), field="into")
    return here, there


def _of_one_organ(world: World, out_of: UUID, into: UUID) -> tuple[Book, Book]:
    here, there = _two_books(world, out_of, into)
    refuse_if(
        here.organ != there.organ,
        "treasury.other-organs-book",
        _("Another organ keeps that book: send it, and that organ receives it."),
        field="into",
    )
    return here, there


class TransferBetweenBooks(Act):
    """Move money or goods from one book of the organ to another of its own: an entry in each, by one act."""

    verb = "treasury.transfer"
    power = Power.SEAT
    label = _("Move to another book of ours")
    said = _("{seat} moved {amount} from “{from_name}” to “{to_name}”: {words}")
    undo = "treasury.take_back_transfer"
    by_amount = True

    out_of: OutOf
    into: Into
    day: EntryDay
    from_account: From
    into_account: Where
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"))]
    words: Words
    reference: Reference = None

    class Facts(ActFacts):
        from_name: StatuteLine
        to_name: StatuteLine
        leaving: tuple[LineRow, ...]
        coming: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.out_of)

    def signing(self) -> Signing:
        return over(self.verb, self.out_of, self.unit, self.amount, self.day)

    def check(self, world: World) -> Facts:
        here, there = _of_one_organ(world, self.out_of, self.into)
        known_unit(world, self.unit)
        open_day(world, here, self.day)
        open_day(world, there, self.day)
        amount = int(self.amount)
        return self.Facts(
            from_name=called(world, here),
            to_name=called(world, there),
            leaving=rows_of(leaving(world, here, self.from_account, self.unit, amount)),
            coming=rows_of(coming_in(world, there, self.into_account, self.unit, amount)),
        )

    def apply(self, record: Performed) -> None:
        facts, reference = record.facts, self.reference or ""
        out = Draft(record.id, self.out_of, self.day, self.words, lines_of(facts.leaving), reference)
        coming = Draft(record.key("coming"), self.into, self.day, self.words, lines_of(facts.coming), reference)
        effects.move(record, out, coming, self.unit, int(self.amount))


class ShareSurplus(Act):
    """Put a share of what a book had left over in some months into a fund of the same organ, as was decided. What was
    left over is what came in less what was spent, by the books; the share is rounded to the nearest smallest part, a
    half to the even one."""

    verb = "treasury.share_surplus"
    power = Power.SEAT
    label = _("Feed a fund from the surplus")
    said = _(
        "{seat} put {percent} % of what “{from_name}” had left over from {begins} to {ends} into “{to_name}”,"
        " by decision {number}/{year}"
    )
    undo = "treasury.take_back_transfer"

    out_of: OutOf
    into: Annotated[Id, To(Book), Label(_("Into the fund"))]
    resolution: Decision
    begins: Annotated[Day, Label(_("From"), help=_("The first day of a month"))]
    ends: Annotated[Day, Label(_("Until"), help=_("The last day of a month"))]
    percent: Annotated[Count, Label(_("Share in per cent"))]
    day: EntryDay
    from_account: From
    into_account: Where
    unit: Unit

    class Facts(ActFacts):
        from_name: StatuteLine
        to_name: StatuteLine
        number: Count
        year: Count
        decided_by: Id
        surplus: Amount
        amount: Amount
        leaving: tuple[LineRow, ...]
        coming: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.out_of)

    def check(self, world: World) -> Facts:
        here, there = _of_one_organ(world, self.out_of, self.into)
        known_unit(world, self.unit)
        open_day(world, here, self.day)
        open_day(world, there, self.day)
        refuse_if(
            not is_whole_months(self.begins, self.ends) or self.ends >= self.day,
            "treasury.not-whole-months",
            _("Whole months that are over, from a first to a last day of a month."),
            field="ends",
        )
        refuse_if(
            not 1 <= self.percent <= 100,
            "treasury.not-a-share",
            _("A share is from 1 to 100 per cent."),
            field="percent",
        )
        refuse_if(
            transfers.shared(here.id, there.id, self.unit, self.begins, self.ends),
            "treasury.shared-already",
            _("A share of what was left over in these months went into this fund already."),
            field="begins",
        )
        resolution, tally = rests_on_decision(world, here, self.resolution, self)
        surplus = transfers.surplus(here, self.unit, self.begins, self.ends)
        refuse_if(
            surplus > BALANCE_MAX,
            "treasury.too-large",
            _("An account cannot hold so much; a currency that has lost its worth gets a new unit."),
            field="begins",
        )
        amount = share_of(surplus, self.percent)
        refuse_if(amount < 1, "treasury.no-surplus", _("Nothing was left over in these months."), field="begins")
        return self.Facts(
            from_name=called(world, here),
            to_name=called(world, there),
            number=resolution.number,
            year=resolution.year,
            decided_by=tally.id,
            surplus=str(surplus),
            amount=str(amount),
            leaving=rows_of(leaving(world, here, self.from_account, self.unit, amount)),
            coming=rows_of(coming_in(world, there, self.into_account, self.unit, amount)),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        out = Draft(record.id, self.out_of, self.day, "", lines_of(facts.leaving))
        coming = Draft(record.key("coming"), self.into, self.day, "", lines_of(facts.coming))
        share = {"begins": self.begins, "ends": self.ends, "surplus": int(facts.surplus), "percent": self.percent}
        effects.move(record, out, coming, self.unit, int(facts.amount), **share)


class SendTransfer(Act):
    """Send money or goods to a book of another organ. They are under way until that organ receives them."""

    verb = "treasury.send_transfer"
    power = Power.SEAT
    label = _("Send to a book of another organ")
    said = _("{seat} sent {amount} from “{from_name}” to “{to_name}”: {words}")
    undo = "treasury.take_back_transfer"
    by_amount = True

    out_of: OutOf
    into: Into
    day: EntryDay
    from_account: From
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"))]
    words: Words
    resolution: Annotated[
        Id | None,
        To(Resolution),
        Label(_("Decision"), help=_("Needed where another organ decides over the other book"), mostly_needed=True),
    ] = None
    reference: Reference = None

    class Facts(ActFacts):
        from_name: StatuteLine
        to_name: StatuteLine
        decided_by: Id | None = None
        leaving: tuple[LineRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.out_of)

    def signing(self) -> Signing:
        return over(self.verb, self.out_of, self.unit, self.amount, self.day)

    def check(self, world: World) -> Facts:
        here, there = _two_books(world, self.out_of, self.into)
        refuse_if(
            here.organ == there.organ,
            "treasury.own-book",
            _("The same organ keeps both books: move it from one to the other, by one act."),
            field="into",
        )
        known_unit(world, self.unit)
        open_day(world, here, self.day)
        return self.Facts(
            from_name=called(world, here),
            to_name=called(world, there),
            decided_by=self._decision(world, here, there),
            leaving=rows_of(leaving(world, here, self.from_account, self.unit, int(self.amount))),
        )

    def _decision(self, world: World, here: Book, there: Book) -> UUID | None:
        """The count by which it was decided, where that is needed or said. Raises Refused."""
        if self.resolution is not None:
            return rests_on_decision(world, here, self.resolution, self)[1].id
        own, other = queries.kind_of(here, world.day), queries.kind_of(there, world.day)
        if own is None or other is None or own.decides != other.decides:
            raise Refused(
                "treasury.decision-needed",
                _("Another organ decides over that book: this rests on a decision of the one that decides over yours."),
                citation=own.rule.source if own else None,
                field="resolution",
            )
        return None

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),) if facts.decided_by else ()

    def apply(self, record: Performed) -> None:
        lines = lines_of(record.facts.leaving)
        draft = Draft(record.id, self.out_of, self.day, self.words, lines, self.reference or "")
        effects.send(record, draft, self.into, self.unit, int(self.amount))
