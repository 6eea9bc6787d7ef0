"""Taking back what the bank entered by mistake: by an entry the other way round, with what it did one by one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Id, Label, SignedAmount, To, UnitCode
from comuna.acts.refusal import refuse_if
from comuna.treasury.acts.bearing import EntryDay, LineRow, bearable, entry_to_take_back, lines_of, rows_of
from comuna.treasury.acts.own_house import MONEY_ENTERED, nobody_of_her_house
from comuna.treasury.effects import bank as effects
from comuna.treasury.models import Entry
from comuna.treasury.models.bank import Credit, Repayment, SavingsMove
from comuna.treasury.queries import bank
from comuna.treasury.queries.households import is_of_her_house
from comuna.treasury.rules import Draft


class TakeBackBank(Act):
    """Take back a deposit, a withdrawal, the newest repayment of a credit or its payment before anything came back,
    entered by mistake, by an entry the other way round."""

    verb = "treasury.take_back_bank"
    power = Power.SEAT
    label = _("Take it back")
    said = _("{seat} took entry {folio} of the bank back")
    undo = None  # entered anew

    entry: Annotated[Id, To(Entry), Label(_("Entry"))]
    day: EntryDay

    class Facts(ActFacts):
        book: Id
        folio: Count
        made_by: Id
        lines: tuple[LineRow, ...]
        savings: Id | None = None
        credit: Id | None = None
        repayment: Id | None = None
        unit: UnitCode
        amount: SignedAmount | None = None
        after: SignedAmount | None = None
        owed_principal: SignedAmount | None = None
        owed_interest: SignedAmount | None = None

    def in_organ(self) -> str | None:
        return bank.organ_of_bank_entry(self.entry)

    def may_sign(self, person: UUID, day: date) -> bool:
        return not is_of_her_house(person, bank.person_of_entry(self.entry))

    def check(self, world: World) -> Facts:
        entry, lines = entry_to_take_back(world, self.entry, self.day)
        bearable(lines, field="entry")
        facts: dict[str, Any] = {
            "book": entry.book_id,
            "folio": entry.folio,
            "made_by": entry.act,
            "unit": lines[0].unit,
            "lines": rows_of(lines),
        }
        return self.Facts(**facts, **_without(world, entry))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.made_by, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        draft = Draft(record.id, facts.book, self.day, "", lines_of(facts.lines), reverses=self.entry)
        if facts.credit is not None and facts.repayment is None:
            effects.take_pay_out_back(record, draft, facts.credit)
        elif facts.savings is not None:
            effects.move_savings(record, draft, facts.savings, int(facts.amount), int(facts.after))
        else:
            effects.take_repayment_back(
                record, draft, facts.repayment, facts.credit, (int(facts.owed_principal), int(facts.owed_interest))
            )


def _without(world: World, entry: Entry) -> dict[str, Any]:
    """What its account or its credit is once the entry is taken back. Raises Refused."""
    move = SavingsMove.objects.filter(entry=entry).select_related("savings").first()
    if move is not None and entry.reverses_id is None:
        nobody_of_her_house(world, move.savings.person, MONEY_ENTERED)
        after = move.savings.balance - move.amount
        refuse_if(after < 0, "treasury.more-than-saved", _("What came in then has gone out since."), field="entry")
        return {"savings": move.savings_id, "amount": str(-move.amount), "after": str(after)}
    out = Credit.objects.filter(paid_out_by=entry.id).first()
    if out is not None:
        nobody_of_her_house(world, out.person, MONEY_ENTERED)
        refuse_if(
            out.begins != out.paid_out_on or out.written_off > 0 or out.repayments.exists(),
            "treasury.repaid-since",
            _("Something of this credit was repaid, laid out anew or written off since; take repayments back first."),
            field="entry",
        )
        return {"credit": out.id}
    back = Repayment.objects.filter(entry=entry).select_related("credit").first()
    refuse_if(
        back is None,
        "treasury.not-of-the-bank",
        _("Deposits, withdrawals, repayments and credits paid out are taken back here, and nothing else."),
        field="entry",
    )
    assert back is not None
    credit = back.credit
    nobody_of_her_house(world, credit.person, MONEY_ENTERED)
    principal, interest = credit.owed_principal + back.principal, credit.owed_interest + back.interest
    newest = credit.repayments.order_by("-born").first()
    beyond = principal > credit.principal or interest > credit.interest  # it was laid out anew since
    refuse_if(
        newest != back or credit.written_off > 0 or beyond,
        "treasury.not-the-newest",
        _("Only the newest repayment is taken back, and none before what is owed was laid out anew."),
        field="entry",
    )
    return {
        "credit": credit.id,
        "repayment": back.id,
        "owed_principal": str(principal),
        "owed_interest": str(interest),
    }
