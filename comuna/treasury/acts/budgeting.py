"""What a decision sets aside for which purpose, and what a later one puts elsewhere.

One seat writes a budget down, and two sign what is paid out of it: by a budget nothing leaves, it rests on a vote that
everybody can read, which is used once, and whoever signs a payment sees both. No program compares the words of a
decision with the sums of a budget, and neither would a second signature: they stand beside one another on the page of
the decision, for neighbours to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World, row_key
from comuna.acts.fields import Amount, Count, Day, Id, Label, PublicLine, Row, SignedAmount, To
from comuna.acts.reading import read_one
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies.acts.resting import decided_by
from comuna.assemblies.models import Resolution, Tally
from comuna.statutes.bookkeeping import AccountKind
from comuna.treasury import effects, queries
from comuna.treasury.acts.bearing import Unit, account_of, known_unit
from comuna.treasury.models import Account, Book, Budget, BudgetLine, Payment
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.queries.commitments import open_of_line
from comuna.treasury.queries.decided import purpose_of, uses_of
from comuna.treasury.rules import BALANCE_MAX

LINES_MAX = 200
SPENT_ON = (AccountKind.EXPENSE, AccountKind.ASSET, AccountKind.LIABILITY)  # used up; a thing that stays; what is owed
PROMISES_SAID = 5
Decision = Annotated[Id, To(Resolution), Label(_("Decision"), help=_("By which the organ decided it"))]


def rests_on_decision(world: World, book: Book, resolution_id: UUID, act: Act) -> tuple[Resolution, Tally]:
    """A decision that stands, of the organ that decides over the book, and that was not used for the like of this act
    before. Raises Refused."""
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
    not_used_yet(resolution, tally, act)
    return resolution, tally


def not_used_yet(resolution: Resolution, tally: Tally, act: Act) -> None:
    """Refuses a decision that an act of this purpose rests on already, unless that one was taken back: who decided
    once did not decide for ever. What it was used for is named."""
    for use in uses_of(tally.id):
        if use.is_for(purpose_of(act)):
            raise Refused(
                "treasury.decision-used",
                _("Decision {number}/{year} was used for this already: {said}. It takes another decision.").format(
                    number=resolution.number, year=resolution.year, said=use.said
                ),
                field="resolution",
            )


class BudgetRow(Row):
    account: Annotated[Id, To(Account), Label(_("Kind of expense"), help=_("Or what is owed, to pay it back"))]
    amount: Annotated[Amount, Label(_("Amount"))]
    words: Annotated[PublicLine, Label(_("What for"))]


class AdoptBudget(Act):
    """Write down what the assembly decided to spend and on what. Payments go against these lines, and never beyond
    them. The page of the decision shows its words beside the sum."""

    verb = "treasury.adopt_budget"
    power = Power.SEAT
    label = _("Write down a budget")
    said = _("{seat} wrote down the budget of decision {number}/{year}, from {begins} to {ends} (lines: {rows})")
    undo = "treasury.withdraw_budget"

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
        resolution, tally = rests_on_decision(world, book, self.resolution, self)
        return self.Facts(number=resolution.number, year=resolution.year, decided_by=tally.id)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def apply(self, record: Performed) -> None:
        lines = [
            {"account_id": row.account, "unit": self.unit, "amount": int(row.amount), "words": row.words}
            for row in self.rows
        ]
        effects.adopt_budget(record, self.book, self.resolution, self.begins, self.ends, lines)


class WithdrawBudget(Act):
    """Take a budget back that was written down wrongly, to write it down anew by the same decision: while nothing was
    paid out of it, promised or moved. After that only another decision moves what it holds."""

    verb = "treasury.withdraw_budget"
    power = Power.SEAT
    label = _("Take this budget back")
    said = _("{seat} took back the budget that was written down by decision {number}/{year}")
    undo = None  # written down anew

    budget: Annotated[Id, To(Budget), Label(_("Budget"))]

    class Facts(ActFacts):
        number: Count
        year: Count
        lines: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_budget(self.budget)

    def check(self, world: World) -> Facts:
        budget = world.get(Budget, self.budget, field="budget")
        refuse_taken_back(budget, "budget")
        refuse_if(
            not is_as_written(budget.id),
            "treasury.budget-in-use",
            _("Something was paid out of it, promised or moved already; another decision moves what is left."),
            field="budget",
        )
        resolution = world.get(Resolution, budget.resolution, field="budget")
        return self.Facts(number=resolution.number, year=resolution.year, lines=budget.lines.count())

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.budget, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        lines = [row_key(self.budget, "line", number) for number in range(1, record.facts.lines + 1)]
        effects.withdraw_budget(record, self.budget, lines)


def is_as_written(budget: UUID) -> bool:
    """Whether nothing was ever paid out of its lines or promised, and no decision or redenomination changed them."""
    if Payment.objects.filter(line__budget=budget).exists() or Commitment.objects.filter(line__budget=budget).exists():
        return False
    act = read_one(budget).act
    assert isinstance(act, AdoptBudget)
    written = [(row.account, int(row.amount), 0, 0) for row in act.rows]
    lines = BudgetLine.objects.filter(budget=budget).order_by("number")
    return list(lines.values_list("account", "amount", "spent", "committed")) == written


def refuse_taken_back(budget: Budget, field: str) -> None:
    refuse_if(
        budget.withdrawn_on is not None,
        "treasury.budget-taken-back",
        _("This budget was taken back."),
        field=field,
    )


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
        refuse_taken_back(out_of.budget, "out_of")
        refuse_taken_back(into.budget, "into")
        resolution, tally = rests_on_decision(world, book, self.resolution, self)
        refuse_if(
            tally.born <= max(out_of.born, into.born),
            "treasury.earlier-decision",
            _("This was decided before the lines were written down; another decision moves what they hold."),
            field="resolution",
        )
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
        effects.change_line(record, self.out_of, amount=int(facts.left))
        effects.change_line(record, self.into, amount=int(facts.then))


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
