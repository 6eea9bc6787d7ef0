"""The bank in the life of ``every_act``: savings, a credit that is repaid and one that is written off."""

from __future__ import annotations

from datetime import date

from comuna.assemblies.models import Resolution
from comuna.treasury.acts import (
    ApproveCredit,
    AskCredit,
    Deposit,
    NoteVisit,
    OpenSavings,
    PayOutCredit,
    RecordCreditRequest,
    RefuseCredit,
    Repay,
    Reschedule,
    TakeBackBank,
    Withdraw,
    WithdrawCreditRequest,
    WriteOff,
)
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book
from comuna.treasury.models.bank import Credit
from tests.town import Town

DAY = date(2026, 2, 7)


def saved_and_lent(town: Town) -> None:
    """While the assembly sits, before its later decisions."""
    first, other = town.promoters[:2]
    book = Book.objects.get().id
    box = account_key(book, "1")
    mine = town.do(first, OpenSavings(book=book, person=other)).id
    into = Deposit(savings=mine, day=DAY, into=box, unit="EUR", amount="40000", reference="0044")
    town.do(first, TakeBackBank(entry=town.do(first, into).id, day=DAY))
    town.do(first, into)
    town.do(first, Withdraw(savings=mine, day=DAY, out_of=box, unit="EUR", amount="1000", reference="0045"))
    asking = AskCredit(
        book=book, person=other, kind="small.credit", unit="EUR", amount="12000", months=12, purpose="Gallinas"
    )
    town.do(other, WithdrawCreditRequest(request=town.do(other, asking).id, person=other))
    typed = town.do(first, RecordCreditRequest(**asking.model_dump() | {"purpose": "Semilla"})).id
    town.do(first, RefuseCredit(request=typed, person=other, words="Ya pasó la siembra"))
    request = town.do(other, asking.model_copy(update={"purpose": "Patos"})).id
    approved = ApproveCredit(request=request, person=other, unit="EUR", amount="12000", months=12, interest=12)
    credit = town.do(first, approved).id
    town.do(first, PayOutCredit(credit=credit, day=DAY, out_of=box, reference="0046"))
    town.do(first, Repay(credit=credit, day=DAY, into=box, unit="EUR", amount="2000", reference="0047"))
    town.do(first, NoteVisit(credit=credit, person=other, day=DAY, words="Ponen bien"))
    town.do(first, Reschedule(credit=credit, begins=DAY, months=24))


def credit_lost(town: Town) -> None:
    """By the newest decision."""
    decided = Resolution.objects.filter(organ="assembly").order_by("-born")[0].id
    credit = Credit.objects.get().id
    town.do(town.promoters[0], WriteOff(credit=credit, day=DAY, resolution=decided))
