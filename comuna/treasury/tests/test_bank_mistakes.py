"""What the bank entered by mistake is taken back whole, and nothing is entered before what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.territory.models import Person
from comuna.treasury.acts import (
    NoteVisit,
    PayOutCredit,
    RefuseCredit,
    Reschedule,
    Reverse,
    TakeBackBank,
    WriteOff,
)
from comuna.treasury.models import Book, Entry
from comuna.treasury.models.bank import Credit, Repayment, Savings
from comuna.treasury.pages.words import words_of
from comuna.treasury.queries import bank as questions
from comuna.treasury.tests.bank import TODAY, Bank
from comuna.treasury.tests.cash import LATER, in_session
from comuna.treasury.tests.test_bank import decided_by_the_assembly
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast, refused

THEN = date(2026, 2, 19)


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at(LATER):
        yield Bank.opened(founded)


def test_a_repayment_of_interest_alone_is_taken_back_by_the_bank_alone(bank: Bank) -> None:
    """Interest goes first, so that it moves no account that is kept one by one."""
    small = bank.repay(bank.credit(), "500").id
    assert bank.held("1.3.01") == 600_000
    with refused("treasury.kept-one-by-one"):
        bank.does(Propose(act=Reverse(entry=small, day=TODAY, words="Por error")))
    assert bank.adds_up()
    page = read(bank.browser(bank.administrator), f"/accounts/entries/{small}/")
    assert "/accounts/bank/take-back/" in page
    assert "/accounts/take-back/" not in page
    bank.signed(TakeBackBank(entry=small, day=TODAY), bank.both)
    assert (Credit.objects.get().owed_interest, bank.held("4.1.05")) == (18_000, 0)
    assert bank.adds_up()


def test_nobody_alone_takes_back_what_a_member_brought(bank: Bank) -> None:
    done = bank.deposit(bank.saves(bank.farmer), "500")
    with refused("acts.needs-signatures"):
        bank.does(TakeBackBank(entry=done.id, day=TODAY))


def test_what_was_taken_back_is_called_by_its_folio_and_no_opening_balance(bank: Bank) -> None:
    small = bank.repay(bank.credit(), "500").id
    bank.signed(TakeBackBank(entry=small, day=TODAY), bank.both)
    entry = Entry.objects.get(pk=small)
    assert words_of(entry) == f"Asiento {entry.folio}"


def test_a_credit_paid_out_by_mistake_is_taken_back_while_nothing_was_repaid(bank: Bank) -> None:
    credit = bank.credit()
    out = Credit.objects.get().paid_out_by
    assert out is not None
    small = bank.repay(credit, "500").id
    with refused("treasury.repaid-since"):
        bank.signed(TakeBackBank(entry=out, day=TODAY), bank.both)
    bank.signed(TakeBackBank(entry=small, day=TODAY), bank.both)
    page = read(bank.browser(bank.administrator), f"/accounts/entries/{out}/")
    assert "/accounts/bank/take-back/" in page
    bank.signed(TakeBackBank(entry=out, day=TODAY), bank.both)
    assert (bank.held("1.3.01"), bank.held("1.1.01")) == (0, 2_000_000)
    assert Credit.objects.get().paid_out_on is None
    assert bank.adds_up()
    with refused("treasury.not-paid-out"):
        bank.repay(credit, "1")
    bank.does(PayOutCredit(credit=credit, day=TODAY, out_of=bank.account("1.1.01")))
    assert bank.held("1.3.01") == 600_000
    assert bank.adds_up()


def test_a_credit_laid_out_anew_is_not_taken_back(bank: Bank) -> None:
    with frozen_at("2026-02-20T12:00:00Z"):
        credit = bank.credit()
    out = Credit.objects.get().paid_out_by
    assert out is not None
    with frozen_at("2026-02-22T12:00:00Z"):
        bank.does(Reschedule(credit=credit, begins=date(2026, 2, 21), months=12), bank.approvers[0])
        with refused("treasury.repaid-since"):
            bank.signed(TakeBackBank(entry=out, day=date(2026, 2, 22)), bank.both)


def test_what_takes_back_is_not_taken_back(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    done = bank.deposit(mine, "500")
    assert questions.organ_of_bank_entry(done.id) == Book.objects.get(pk=bank.book).organ
    back = bank.signed(TakeBackBank(entry=done.id, day=TODAY), bank.both)
    with refused("treasury.not-of-the-bank"):
        bank.signed(TakeBackBank(entry=back, day=TODAY), bank.both)
    opening = Entry.objects.get(folio=1).id
    with refused("treasury.not-of-the-bank"):
        bank.signed(TakeBackBank(entry=opening, day=TODAY), bank.both)


def test_a_deposit_of_which_a_part_has_gone_out_is_not_taken_back(bank: Bank) -> None:
    mine, other = bank.saves(bank.farmer), bank.saves(bank.controller)
    done = bank.deposit(mine, "500")
    bank.deposit(other, "500")
    bank.withdraw(mine, "1")
    with refused("treasury.more-than-saved"):
        bank.signed(TakeBackBank(entry=done.id, day=TODAY), bank.both)
    assert Savings.objects.get(pk=mine).balance == 499


def test_a_repayment_of_principal_alone_stays_once_the_rest_was_laid_out_anew(bank: Bank) -> None:
    credit = bank.credit()
    bank.repay(credit, "18000")
    principal = bank.repay(credit, "100000").id
    assert Repayment.objects.get(entry=principal).interest == 0
    bank.does(Reschedule(credit=credit, begins=TODAY, months=12), bank.approvers[0])
    with refused("treasury.not-the-newest"):
        bank.signed(TakeBackBank(entry=principal, day=TODAY), bank.both)


def test_nothing_comes_back_before_the_credit_was_paid_out(bank: Bank) -> None:
    credit = bank.credit()
    with refused("treasury.before-the-credit"):
        bank.repay(credit, "500", day=THEN)
    early = NoteVisit(credit=credit, person=bank.farmer, day=THEN, words="La siembra va bien")
    with refused("treasury.before-the-approval"):
        bank.does(early, bank.controller)


def lost(founded: Cast) -> tuple[Bank, Room, Credit]:
    """A credit at a bank over which the assembly decides, which decided to write it off. Within ``LATER``."""
    room = in_session(founded)
    with frozen_at(MEETING):
        decided_by_the_assembly(founded)
        bank = Bank.opened(founded)
        bank.credit()
    return bank, room, Credit.objects.get()


def test_a_loss_stands_on_an_open_day_since_the_credit_was_paid_out(founded: Cast) -> None:
    bank, room, credit = lost(founded)
    with frozen_at(LATER):
        back = bank.repay(credit.id, "20000").id
        room.count(room.motion(text="Dar por perdido el crédito 1"), 10, 0)
        decided = Resolution.objects.order_by("-born")[0].id
        off = WriteOff(credit=credit.id, day=TODAY, resolution=decided)
        with refused("treasury.before-the-credit"):
            bank.does(Propose(act=off.model_copy(update={"day": THEN})))
        with refused("treasury.day-to-come"):
            bank.does(Propose(act=off.model_copy(update={"day": TODAY + timedelta(days=1)})))
        bank.signed(off, bank.both)
        with refused("treasury.not-the-newest"):
            bank.signed(TakeBackBank(entry=back, day=TODAY), bank.both)
        assert bank.adds_up()


def test_nobody_visits_her_own_house(bank: Bank) -> None:
    credit = bank.credit()
    home = Person.objects.get(pk=bank.farmer).household
    sister = bank.registered("Hilda Quero", home)
    bank.seat(sister, "Hilda Quero", "bank.controller")
    with refused("treasury.own-credit"):
        bank.does(NoteVisit(credit=credit, person=bank.farmer, day=TODAY, words="Va bien"), sister)


def test_the_largest_and_longest_credit_may_be_asked_for(bank: Bank) -> None:
    bank.asked(amount="50000000", months=12)


def test_who_lives_in_no_registered_house_is_of_no_house(bank: Bank) -> None:
    """Two people without a household are not of the same one."""
    alone = bank.registered("Ramona Urbina")
    assert Person.objects.get(pk=bank.approvers[0]).household is None
    bank.farmer = alone
    request = bank.asked()
    bank.does(RefuseCredit(request=request, person=alone, words="La siembra ya pasó"), bank.approvers[0])
