"""A currency loses its zeros: what was under way comes back once, and what was granted is worth paying."""

from __future__ import annotations

import pytest
from django.test import Client

from comuna.treasury.acts import (
    ApproveAid,
    ApproveCredit,
    AskAid,
    AskCredit,
    PayAid,
    PayOutCredit,
    Reverse,
    TakeBackTransfer,
)
from comuna.treasury.models import BudgetLine, Transfer
from comuna.treasury.models.bank import Credit
from comuna.treasury.tests.old_money import DAY, OldMoney, adds_up, holds
from comuna.treasury.tests.test_pages import read
from conftest import Books
from tests.cast import refused


@pytest.fixture
def old(books: Books) -> OldMoney:
    return OldMoney()


def test_what_came_back_in_the_new_currency_comes_back_once(old: OldMoney) -> None:
    old.receive("12345000")
    sent = old.sends("45000")
    old.goes_over()
    old.do(TakeBackTransfer(transfer=sent, day=DAY, words="No llegó"))
    had = holds(old.book, "EUR")
    with refused("treasury.reversed-already"):
        old.do(TakeBackTransfer(transfer=sent, day=DAY, words="Otra vez"))
    back = Transfer.objects.get(pk=sent).back_id
    with refused("treasury.is-a-transfer"):
        old.do(Reverse(entry=back, day=DAY, words="Por error"))
    assert holds(old.book, "EUR") == had
    assert f"/accounts/transfers/{sent}/" in read(Client(), f"/accounts/entries/{back}/")


def test_what_was_granted_or_approved_and_is_small_is_one_and_is_paid(old: OldMoney) -> None:
    old.receive("12345000")
    person, other = old.people[:2]
    asking = AskCredit(
        book=old.book, person=person, kind="small.credit", unit="OLD", amount="300", months=6, purpose="Patos"
    )
    approving = ApproveCredit(
        request=old.do(asking, person), person=person, unit="OLD", amount="300", months=6, interest=0
    )
    lent = old.do(approving, old.third)
    asked = old.do(
        AskAid(book=old.book, person=other, kind="small.aid", unit="OLD", amount="300", words="Enfermó"), other
    )
    case = old.do(ApproveAid(request=asked, person=other, unit="OLD", amount="300"), old.third)
    old.budget("500000", "1000")
    old.goes_over()
    line = BudgetLine.objects.get(unit="EUR").id
    old.do(PayOutCredit(credit=lent, day=DAY, out_of=old.at("1")))
    old.repay(lent, "1", "EUR")
    old.do(PayAid(case=case, line=line, day=DAY, out_of=old.at("1")))
    assert Credit.objects.get().owed_principal == 0
    adds_up()
