"""The bank of the town of ``tests/stage.py``: savings, a credit being repaid, one approved, and requests that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Here


def lent(here: Here) -> None:
    """In the book that ``till`` opened."""
    from comuna.treasury.acts import (
        ApproveCredit,
        AskCredit,
        Deposit,
        NoteVisit,
        OpenSavings,
        PayOutCredit,
        RecordCreditRequest,
        Repay,
        Withdraw,
    )
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import Book

    book = Book.objects.get(kind="small.book").id
    box, today, ana = account_key(book, "1"), here.day(0), here.town.promoters[0]
    keeper = here.town.promoters[1]  # nobody enters her own
    saving, other, waiting = here.people[6:9]
    for person, amount in ((saving, "64000"), (ana, "12050")):
        savings = here.do(OpenSavings(book=book, person=person))
        deposit = here.do(Deposit(savings=savings, day=here.day(5), into=box, unit="EUR", amount=amount), keeper)
    here.do(Withdraw(savings=savings, day=here.day(1), out_of=box, unit="EUR", amount="2050"), keeper)
    for person, amount, is_paid in ((saving, "60000", True), (other, "24000", False)):
        asked = RecordCreditRequest(
            book=book,
            person=person,
            kind="small.credit",
            unit="EUR",
            amount=amount,
            months=6,
            purpose="Semilla de maíz",
        )
        approved = ApproveCredit(
            request=here.do(asked), person=person, unit="EUR", amount=amount, months=6, interest=12
        )
        credit = here.do(approved)
        here.look_at(f"/accounts/bank/credits/{credit}/")
        if is_paid:
            here.do(PayOutCredit(credit=credit, day=today, out_of=box))
            here.do(Repay(credit=credit, day=today, into=box, unit="EUR", amount="14600"))
            here.do(NoteVisit(credit=credit, person=person, day=today, words="La siembra va bien, falta agua"))
    asking = RecordCreditRequest(
        book=book, person=waiting, kind="small.credit", unit="EUR", amount="9000", months=3, purpose="Dos cabras"
    )
    here.do(asking)
    here.do(
        AskCredit(
            book=book, person=ana, kind="small.credit", unit="EUR", amount="35000", months=12, purpose="Una nevera"
        ),
        ana,
    )
    here.look_at(f"/accounts/bank/take-back/?entry={deposit}")
