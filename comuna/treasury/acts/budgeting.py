"""What a decision sets aside for which purpose, and what a later one puts elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Amount, Count, Day, Id, Label, PublicLine, Row, SignedAmount, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies.acts.resting import decided_by
from comuna.assemblies.models import Resolution, Tally
from comuna.statutes.bookkeeping import AccountKind
from comuna.treasury import effects, queries
from comuna.treasury.acts.bearing import Unit, account_of, known_unit
from comuna.treasury.models import Account, Book, Budget, BudgetLine, BudgetMove
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.queries.commitments import open_of_line
from comuna.treasury.rules import BALANCE_MAX

LINES_MAX = 200
SPENT_ON = (AccountKind.EXPENSE, AccountKind.ASSET, AccountKind.LIABILITY)  # used up; a thing that stays; what is owed
PROMISES_SAID = 5
Decision = Annotated[Id, To(Resolution), Label(_("Decision"), help=_("By which the organ decided it"))]


def rests_on_decision(world: World, book: Book, resolution_id: UUID) -> tuple[Resolution, Tally]:
    """A decision that stands, of the organ that decides over the book. Raises Refused."""
    resolution = world.get(Resolution, resolution_id, field="resolution")
    tally = decided_by(resolution, "resolution")
    kind = queries.kind_of(book, world.day)
    refuse_if(
        kind is None or resolution.organ != kind.decides,
        "treasury.other-organ-decides",
        _("Another organ decides over this book."),
        citation=kind.rule.source if kind else None,
        field="resolution",
    )
    return resolution, tally


class BudgetRow(Row):
    account: Annotated[Id, To(Account), Label(_("Kind of expense"), help=_("Or what is owed, to pay it back"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    words: Annotated[PublicLine, Label(_("What for"))]


class AdoptBudget(Act):
    """Write down what the assembly decided to spend and on what. Payments go against these lines, and never beyond
    them."""

    verb = "treasury.adopt_budget"
    power = Power.SEAT
    label = _("Write down a budget")
    said = _("{seat} wrote down the budget of decision {number}/{year}, from {begins} to {ends} (lines: {rows})")
    undo = None  # a later decision moves what is not spent

    book: Annotated[Id, To(Book), Label(_("Book"))]
    resolution: Decision
    begins: Annotated[Day, Label(_("From"))]
    ends: Annotated[Day, Label(_("Until"))]
    unit: Unit
    rows: Annotated[tuple[BudgetRow, ...], Label(_("Lines"))]

    class Facts(ActFacts):
        number: Count
        year: Count
        decided_by: Id

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        known_unit(world, self.unit)
        refuse_if(self.ends < self.begins, "treasury.ends-first", _("It ends before it begins."), field="ends")
        refuse_if(not self.rows, "treasury.no-lines", _("Write down one line at least."), field="rows")
        refuse_if(
            len(self.rows) > LINES_MAX,
            "treasury.too-many-lines",
            _("Too many lines at once; at most: {n}.").format(n=LINES_MAX),
            field="rows",
        )
        for number, row in enumerate(self.rows):
            account_of(world, book, row.account, f"rows.{number}.account", SPENT_ON)
        resolution, tally = rests_on_decision(world, book, self.resolution)
        refuse_if(
            Budget.objects.filter(book=book, resolution=self.resolution).exists(),
            "treasury.budget-known",
            _("What this decision sets aside in this book is written down already."),
            field="resolution",
        )
        refuse_if(
            BudgetMove.objects.filter(book=book, resolution=self.resolution).exists(),
            "treasury.moved-already",
            _("Decision {number}/{year} moved money between lines of this book; another one sets more aside.").format(
                number=resolution.number, year=resolution.year
            ),
            field="resolution",
        )
        return self.Facts(number=resolution.number, year=resolution.year, decided_by=tally.id)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        lines = [
            {"account_id": row.account, "unit": self.unit, "amount": int(row.amount), "words": row.words}
            for row in self.rows
        ]
        effects.adopt_budget(record, self.book, self.resolution, self.begins, self.ends, lines)


class MoveBudget(Act):
    """Move money that is set aside and not spent from one line to another of the same book, by a later decision."""

    verb = "treasury.move_budget"
    power = Power.SEAT
    label = _("Move money between lines")
    said = _("{seat} moved {amount} from “{from_words}” to “{to_words}” by decision {number}/{year}")
    undo = None  # moved back by another decision

    resolution: Decision
    out_of: Annotated[Id, To(BudgetLine), Label(_("Out of"))]
    into: Annotated[Id, To(BudgetLine), Label(_("Into"))]
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"))]

    class Facts(ActFacts):
        number: Count
        year: Count
        decided_by: Id
        book: Id
        left: SignedAmount
        then: SignedAmount

    def in_organ(self) -> str | None:
        return queries.organ_of_line(self.out_of)

    def looked_up(self) -> Mapping[str, str]:
        return {"from_words": queries.words_of_line(self.out_of), "to_words": queries.words_of_line(self.into)}

    def check(self, world: World) -> Facts:
        out_of, into = (
            world.get(BudgetLine, self.out_of, field="out_of"),
            world.get(BudgetLine, self.into, field="into"),
        )
        book = out_of.budget.book
        refuse_if(out_of.id == into.id, "treasury.same-line", _("These are the same line."), field="into")
        refuse_if(
            into.budget.book_id != book.id or {out_of.unit, into.unit} != {self.unit},
            "treasury.other-line",
            _("Both lines are of one book and counted in one unit."),
            field="into",
        )
        resolution, tally = rests_on_decision(world, book, self.resolution)
        refuse_if(
            tally.born <= max(out_of.born, into.born),
            "treasury.earlier-decision",
            _("This was decided before the lines were written down; another decision moves what they hold."),
            field="resolution",
        )
        _not_used_yet(book, resolution)
        amount = int(self.amount)
        refuse_beyond(out_of, amount)
        then = into.amount + amount
        refuse_if(then > BALANCE_MAX, "treasury.too-large", _("A line cannot hold so much."), field="amount")
        return self.Facts(
            number=resolution.number,
            year=resolution.year,
            decided_by=tally.id,
            book=book.id,
            left=str(out_of.amount - amount),
            then=str(then),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        lines = ((self.out_of, int(facts.left)), (self.into, int(facts.then)))
        effects.move_budget(record, facts.book, self.resolution, lines)


def _not_used_yet(book: Book, resolution: Resolution) -> None:
    """One decision is written down in a book once: as a budget, or as money moved between two lines."""
    if Budget.objects.filter(book=book, resolution=resolution.id).exists():
        words = _("Decision {number}/{year} is written down as a budget of this book; another one moves money.")
    elif BudgetMove.objects.filter(book=book, resolution=resolution.id).exists():
        words = _("Decision {number}/{year} moved money between lines of this book already; another one moves more.")
    else:
        return
    raise Refused(
        "treasury.moved-already", words.format(number=resolution.number, year=resolution.year), field="resolution"
    )


def refuse_beyond(line: BudgetLine, amount: int) -> None:
    """Refuses more than is left of a line."""
    left = line.amount - line.spent - line.committed
    if amount <= left:
        return
    words = _("Of “{line}” {left} are left; a decision can move money into it.")
    if line.committed:
        words = _("Of “{line}” {left} are free; promised are: {promised}.")
    said = [_promised_words(one, line) for one in open_of_line(line.id)[:PROMISES_SAID]]
    raise Refused(
        "treasury.beyond-the-line",
        words.format(
            line=line.words or line.number,
            left=queries.amount_said(left, line.unit, line.commune),
            promised="; ".join(said),
        ),
        field="amount",
    )


def _promised_words(one: Commitment, line: BudgetLine) -> str:
    """``120,00 VES, Ferretería La Esquina``"""
    return ", ".join(filter(None, (queries.amount_said(one.open, line.unit, line.commune), one.payee)))
