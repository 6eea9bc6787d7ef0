"""What savings accounts held on paper before the book was opened."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.acts import Sign
from comuna.acts.clock import frozen_at
from comuna.acts.models import Proposal
from comuna.treasury.acts import RecordSavings, TakeBackBank
from comuna.treasury.models.bank import Savings
from comuna.treasury.tests.bank import FIRST, Bank
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at("2026-02-20T13:00:00Z"):
        yield Bank.opened(founded)


def before(savings: UUID, amount: str = "45000", unit: str = "VES") -> RecordSavings:
    return RecordSavings(savings=savings, unit=unit, amount=amount)


def test_it_stands_against_the_opening_account_on_the_first_day(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    bank.signed(before(mine), bank.both)
    assert (bank.held("2.2.01"), bank.held("3.1.01"), bank.adds_up()) == (-45_000, 45_000, True)
    move = Savings.objects.get().moves.get()
    assert (move.entry.day, move.after, move.is_opening) == (FIRST, 45_000, True)
    bank.withdraw(mine, "45000")
    assert bank.adds_up()


def test_it_comes_before_anything_else_and_once(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    first = bank.signed(before(mine), bank.both)
    with refused("treasury.saved-already"):
        bank.signed(before(mine), bank.both)
    bank.signed(TakeBackBank(entry=first, day=FIRST), bank.both)
    bank.signed(before(mine, "54000"), bank.both)
    assert (bank.held("2.2.01"), bank.adds_up()) == (-54_000, True)
    other = bank.saves(bank.controller)
    bank.deposit(other, "100")
    with refused("treasury.saved-already"):
        bank.signed(before(other), bank.both)


def test_it_is_counted_in_the_unit_of_the_book_and_entered_by_the_bank_alone(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    with refused("treasury.other-unit-saved"):
        bank.signed(before(mine, unit="USD"), bank.both)
    with refused("mandates.other-seat"):
        bank.signed(before(mine), (bank.controller,))


def test_nobody_enters_what_she_had_herself(bank: Bank) -> None:
    mine = bank.saves(bank.administrator)
    with refused("treasury.own-savings"):
        bank.signed(before(mine), bank.both)
    with refused("acts.needs-signatures"):
        bank.does(before(bank.saves(bank.farmer)))


def test_through_its_page(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    keeper = bank.browser(bank.administrator)
    form = f"/accounts/bank/savings/before/?savings={mine}"
    assert form in read(keeper, f"/accounts/bank/savings/{mine}/")
    sent(keeper, form, savings=mine, unit="VES", amount="450,00", _propose=1)
    bank.does(Sign(proposal=Proposal.objects.latest("born").id), bank.both[1])
    assert form not in read(keeper, f"/accounts/bank/savings/{mine}/")
    assert "Lo que tenía antes del libro, cuenta de ahorro 1" in read(Client(), f"/accounts/books/{bank.book}/")
