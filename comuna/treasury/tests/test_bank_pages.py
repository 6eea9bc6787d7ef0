"""The bank on pages: totals for everybody, names for the member and the bank's seats alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from comuna.acts.acts import Sign
from comuna.acts.clock import frozen_at
from comuna.acts.models import Proposal
from comuna.treasury.acts import NoteVisit
from comuna.treasury.models import Entry
from comuna.treasury.models.bank import Credit, CreditRequest, Savings
from comuna.treasury.tests.bank import TODAY, Bank
from comuna.treasury.tests.cash import LATER
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at(LATER):
        yield Bank.opened(founded)


NAME, PURPOSE = "Flor Ynés Quero", "Semilla de maíz"


def test_totals_are_for_everybody_and_names_for_nobody_else(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    bank.deposit(mine, "50000")
    credit = bank.credit()
    repaid = bank.repay(credit, "118000").id
    bank.does(NoteVisit(credit=credit, person=bank.farmer, day=TODAY, words="Nació bien"), bank.controller)
    farmer, neighbour = bank.browser(bank.farmer), bank.cast.browser(bank.cast.neighbour)
    for reader in (Client(), neighbour):
        page = read(reader, "/accounts/bank/")
        assert "500,00 VES" in page and "5.000,00 VES" in page
        assert NAME not in page and PURPOSE not in page
        entry = read(reader, f"/accounts/entries/{repaid}/")
        assert "crédito 1" in entry and NAME not in entry
    turned_away = neighbour.get(f"/accounts/bank/credits/{credit}/")
    assert turned_away.status_code == 403 and "treasury.hers-alone" in turned_away.content.decode()
    assert neighbour.get(f"/accounts/bank/savings/{mine}/").status_code == 403
    assert Client().get(f"/accounts/bank/credits/{credit}/").status_code == 302
    own = read(farmer, f"/accounts/bank/credits/{credit}/")
    for words in ("5.000,00 VES", PURPOSE, "Nació bien", "20 de agosto de 2026"):
        assert words in own
    assert "500,00 VES" in read(farmer, f"/accounts/bank/savings/{mine}/")
    for person in (bank.administrator, bank.approvers[0], bank.controller):
        page = read(bank.browser(person), "/accounts/bank/")
        assert NAME in page
    paper = read(farmer, f"/accounts/bank/credits/{credit}/paper/")
    assert NAME in paper and "6.000,00 VES" in paper and "1.180,00 VES" in paper


def test_a_credit_goes_its_way_through_forms(bank: Bank) -> None:
    farmer, cashier = bank.browser(bank.farmer), bank.browser(bank.administrator)
    book = bank.book
    where = sent(
        farmer,
        f"/accounts/bank/ask/?book={book}",
        book=book,
        person=bank.farmer,
        kind="bank.crop",
        unit="VES",
        amount="6.000,00",
        months=6,
        purpose=PURPOSE,
    )
    request = CreditRequest.objects.get()
    assert where == f"/accounts/bank/requests/{request.id}/"
    assert PURPOSE in read(farmer, where)
    first = bank.browser(bank.approvers[0])
    assert PURPOSE in read(first, where)
    form = f"/accounts/bank/approve/?request={request.id}"
    assert "_propose" in read(first, form)
    proposal = sent(
        first, form, request=request.id, person=bank.farmer, unit="VES", amount="6000", months=6, interest=6, _propose=1
    )
    said = read(Client(), proposal)
    assert NAME not in said and PURPOSE not in said
    for person in bank.committee[1:]:
        sent(bank.browser(person), "/proposals/sign/", proposal=proposal.split("/")[2])
    credit = Credit.objects.get()
    place = bank.account("1.1.01")
    page = f"/accounts/bank/credits/{credit.id}/"
    out = sent(cashier, f"/accounts/bank/pay-out/?credit={credit.id}", credit=credit.id, day="20/2/2026", out_of=place)
    assert out == page
    back = f"/accounts/bank/repay/?credit={credit.id}"
    assert read(cashier, back)
    sent(cashier, back, credit=credit.id, day="20/2/2026", into=place, unit="VES", amount="6180")
    assert "pagado" in read(farmer, page)
    assert bank.adds_up()


def test_an_account_is_opened_and_filled_through_forms(bank: Bank) -> None:
    cashier, place = bank.browser(bank.administrator), bank.account("1.1.01")
    opening = f"/accounts/bank/savings/open/{bank.book}/"
    found = cashier.post(opening, {"words": "Flor"}, headers={"accept-language": "es"}).content.decode()
    assert f"?person={bank.farmer}" in found
    where = sent(cashier, f"{opening}?person={bank.farmer}", book=bank.book, person=bank.farmer)
    savings = Savings.objects.get()
    assert where == f"/accounts/bank/savings/{savings.id}/"
    form = f"/accounts/bank/deposit/?savings={savings.id}"
    assert NAME in read(cashier, form)
    sent(cashier, form, savings=savings.id, day="20/2/2026", into=place, unit="VES", amount="125,50")
    entry = Entry.objects.get(folio=2).id
    assert "/accounts/bank/take-back/" in read(cashier, f"/accounts/entries/{entry}/")
    sent(cashier, f"/accounts/bank/take-back/?entry={entry}", entry=entry, day="20/2/2026", _propose=1)
    assert Savings.objects.get().balance == 12_550
    bank.does(Sign(proposal=Proposal.objects.get(verb="treasury.take_back_bank").id), bank.both[1])
    assert Savings.objects.get().balance == 0


def test_a_late_credit_stands_first_and_is_counted(bank: Bank) -> None:
    bank.credit(kind="bank.small", amount="120000", months=12, interest=12)
    with frozen_at("2026-04-21T15:00:00Z"):
        page = read(bank.browser(bank.controller), "/accounts/bank/")
        assert "atrasado: 224,00 VES" in page
        assert "Créditos atrasados" in read(Client(), "/accounts/bank/")
