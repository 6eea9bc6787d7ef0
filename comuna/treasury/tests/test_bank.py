"""The communal bank: savings never below nothing, credits by two committees, repaid, laid out anew, written off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from comuna.acts.act import all_acts
from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.acts.fields import fields_of
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING
from comuna.journal import files
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import CorrectPerson
from comuna.treasury.acts import (
    AskCredit,
    NoteVisit,
    OpenBook,
    OpenSavings,
    PayOutCredit,
    RecordCreditRequest,
    RefuseCredit,
    Reschedule,
    Reverse,
    TakeBackBank,
    WithdrawCreditRequest,
    WriteOff,
)
from comuna.treasury.models.bank import Credit, CreditRequest, Savings
from comuna.treasury.queries import bank as questions
from comuna.treasury.tests.bank import ASKED, TODAY, Bank
from comuna.treasury.tests.cash import LATER, in_session
from tests.cast import Cast, refused


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at(LATER):
        yield Bank.opened(founded)


def test_savings_come_and_go_and_never_below_nothing(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    with refused("treasury.saves-already"):
        bank.saves(bank.farmer)
    bank.deposit(mine, "50000")
    bank.withdraw(mine, "20000")
    with refused("treasury.more-than-saved") as caught:
        bank.withdraw(mine, "30001")
    assert "300,00 VES" in str(caught.value.words)
    assert Savings.objects.get().balance == 30_000
    assert bank.held("2.2.01") == -30_000
    assert bank.adds_up()
    with refused("treasury.other-unit-saved"):
        bank.deposit(mine, "1", unit="USD")


def test_a_crop_credit_from_the_request_to_the_last_repayment(bank: Bank) -> None:
    credit = bank.credit()
    found = Credit.objects.get()
    assert (found.number, found.principal, found.interest) == (1, 600_000, 18_000)
    stands = questions.standing(found, TODAY)
    assert [(part.due, part.amount) for part in stands.parts] == [(date(2026, 8, 20), 618_000)]
    bank.repay(credit, "18000")
    assert (bank.held("4.1.05"), bank.held("1.3.01")) == (-18_000, 600_000)
    bank.repay(credit, "600000")
    assert (bank.held("4.1.05"), bank.held("1.3.01")) == (-18_000, 0)
    assert bank.adds_up()
    with refused("treasury.nothing-owed"):
        bank.repay(credit, "1")


def test_more_than_is_owed_is_not_taken(bank: Bank) -> None:
    credit = bank.credit()
    with refused("treasury.more-than-owed") as caught:
        bank.repay(credit, "618001")
    assert "6.180,00 VES" in str(caught.value.words)


def test_a_repayment_goes_to_the_oldest_part_and_of_each_to_the_interest_first(bank: Bank) -> None:
    credit = bank.credit(kind="bank.small", amount="120000", months=12, interest=12)
    parts = questions.standing(Credit.objects.get(), TODAY).parts
    assert (len(parts), parts[0].principal, parts[0].interest) == (12, 10_000, 1_200)
    bank.repay(credit, "12000")
    assert (bank.held("4.1.05"), bank.held("1.3.01")) == (-2_000, 110_000), "the first part, and 800 of the second"
    assert bank.adds_up()


def test_what_is_late_is_worked_out_for_the_day_asked(bank: Bank) -> None:
    credit = bank.credit(kind="bank.small", amount="120000", months=12, interest=12)
    bank.repay(credit, "5000")
    found = Credit.objects.get()
    assert questions.standing(found, date(2026, 3, 20)).late == 0
    late = questions.standing(found, date(2026, 4, 21))
    assert (late.late, late.late_since) == (17_400, date(2026, 3, 20))
    (totals,) = questions.totals([late])
    assert (totals.late, totals.late_credits, totals.outstanding) == (17_400, 1, 116_200)


def test_a_lost_harvest_is_laid_out_anew_without_more_interest(bank: Bank) -> None:
    credit = bank.credit()
    bank.repay(credit, "118000")
    anew = Reschedule(credit=credit, begins=TODAY, months=12)
    with refused("mandates.other-seat"):
        bank.does(anew)
    bank.does(anew, bank.approvers[0])
    stands = questions.standing(Credit.objects.get(), TODAY)
    assert [(part.due, part.amount) for part in stands.parts] == [(date(2027, 2, 20), 500_000)]
    assert stands.paid == 0
    for wrong, rule in (({"months": 13}, "credit-too-long"), ({"begins": date(2026, 1, 1)}, "laid-out-before")):
        with refused(f"treasury.{rule}"):
            bank.does(anew.model_copy(update=wrong), bank.approvers[0])
    with refused("treasury.own-credit"):
        bank.does(anew, bank.approvers[2])


def test_who_asks_gets_one_answer(bank: Bank) -> None:
    with refused("treasury.own-name"):
        bank.does(AskCredit(book=bank.book, person=bank.farmer, **ASKED))
    request = bank.asked()
    with refused("treasury.asked-already"):
        bank.asked()
    with refused("treasury.own-name"):
        bank.does(WithdrawCreditRequest(request=request, person=bank.farmer))
    bank.does(WithdrawCreditRequest(request=request, person=bank.farmer), bank.farmer)
    typed = bank.does(RecordCreditRequest(book=bank.book, person=bank.farmer, **ASKED)).id
    no = RefuseCredit(request=typed, person=bank.farmer, words="La siembra ya pasó")
    with refused("treasury.own-credit"):
        bank.does(no, bank.approvers[2])
    with refused("treasury.other-person"):
        bank.does(no.model_copy(update={"person": bank.controller}), bank.approvers[0])
    bank.does(no, bank.approvers[0])
    with refused("treasury.answered-already"):
        bank.does(no, bank.approvers[0])


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ({"kind": "bank.none"}, "no-such-credit"),
        ({"unit": "USD"}, "credit-in-another-unit"),
        ({"amount": "50000001"}, "credit-too-large"),
        ({"months": 13}, "credit-too-long"),
        ({"months": 0}, "credit-too-long"),
    ],
)
def test_no_credit_goes_beyond_the_statute(bank: Bank, asked: dict[str, Any], rule: str) -> None:
    with refused(f"treasury.{rule}"):
        bank.asked(**asked)


def test_three_of_the_committee_approve_and_none_of_her_house(bank: Bank) -> None:
    act = bank.approving(bank.asked())
    with refused("acts.needs-signatures"):
        bank.does(act, bank.approvers[0])
    with refused("treasury.own-credit"):
        bank.does(Propose(act=act), bank.approvers[2])
    for wrong, rule in (({"interest": 7}, "credit-too-dear"), ({"amount": "600001"}, "more-than-asked")):
        with refused(f"treasury.{rule}"):
            bank.does(Propose(act=act.model_copy(update=wrong)), bank.approvers[0])
    bank.signed(act, bank.committee)
    assert Credit.objects.get().paid_out_on is None


def test_who_follows_up_is_not_who_approves(bank: Bank) -> None:
    credit = bank.credit()
    visit = NoteVisit(credit=credit, person=bank.farmer, day=TODAY, words="La siembra va bien")
    with refused("mandates.other-seat"):
        bank.does(visit, bank.approvers[0])
    with refused("treasury.other-person"):
        bank.does(visit.model_copy(update={"person": bank.controller}), bank.controller)
    bank.does(visit, bank.controller)
    both = bank.registered("Hilda Rojas", None)
    bank.seat(both, "Hilda Rojas", "bank.controller")
    with refused("mandates.incompatible"):
        bank.seat(both, "Hilda Rojas", "bank.approver")


def test_a_credit_is_paid_out_once_by_the_administration(bank: Bank) -> None:
    credit = bank.signed(bank.approving(bank.asked()), bank.committee)
    with refused("treasury.not-paid-out"):
        bank.repay(credit, "1")
    out = PayOutCredit(credit=credit, day=TODAY, out_of=bank.account("1.1.01"))
    with refused("mandates.other-seat"):
        bank.does(out, bank.approvers[0])
    with refused("treasury.before-the-approval"):
        bank.does(out.model_copy(update={"day": date(2026, 2, 19)}))
    bank.does(out)
    with refused("treasury.paid-out-already"):
        bank.does(out)


def test_nobody_enters_what_comes_and_goes_in_her_own_name_or_her_household_s(bank: Bank) -> None:
    mine, hers = bank.saves(bank.administrator), bank.saves(bank.farmer)
    with refused("treasury.own-savings"):
        bank.deposit(mine, "500")
    with refused("treasury.own-savings"):
        bank.withdraw(mine, "500")
    bank.deposit(hers, "500")
    credit = bank.credit()
    bank.cast.does(bank.cast.secretary, CorrectPerson(person=bank.administrator, household=bank.home))
    with refused("treasury.own-savings"):
        bank.withdraw(hers, "500")
    with refused("treasury.own-savings"):
        bank.repay(credit, "500")


def test_what_is_kept_one_by_one_is_entered_by_the_bank_alone(bank: Bank) -> None:
    mine = bank.saves(bank.farmer)
    done = bank.deposit(mine, "50000")
    with refused("treasury.kept-one-by-one"):
        bank.does(Propose(act=Reverse(entry=done.id, day=TODAY, words="Por error")))
    bank.signed(TakeBackBank(entry=done.id, day=TODAY), bank.both)
    assert Savings.objects.get().balance == 0
    with refused("treasury.reversed-already"):
        bank.signed(TakeBackBank(entry=done.id, day=TODAY), bank.both)
    assert bank.adds_up()


def test_the_newest_repayment_is_taken_back_and_none_before_a_new_schedule(bank: Bank) -> None:
    credit = bank.credit()
    first, second = bank.repay(credit, "18000").id, bank.repay(credit, "100000").id
    with refused("treasury.not-the-newest"):
        bank.signed(TakeBackBank(entry=first, day=TODAY), bank.both)
    bank.signed(TakeBackBank(entry=second, day=TODAY), bank.both)
    assert questions.standing(Credit.objects.get(), TODAY).owed == 600_000
    bank.does(Reschedule(credit=credit, begins=TODAY, months=12), bank.approvers[0])
    with refused("treasury.not-the-newest"):
        bank.signed(TakeBackBank(entry=first, day=TODAY), bank.both)
    assert bank.adds_up()


def test_a_book_without_the_accounts_is_no_bank(bank: Bank) -> None:
    other = bank.does(OpenBook(kind="commune.books", day=TODAY)).id
    with refused("treasury.no-bank"):
        bank.does(OpenSavings(book=other, person=bank.farmer))


OF_THE_BANK = (".asking", ".lending", ".savings", ".taking_back")  # files of its acts


def test_nothing_leads_from_the_public_record_to_who_borrows(bank: Bank) -> None:
    """Without the private words a credit is a number, and so is an account."""
    bank.saves(bank.farmer)
    bank.credit()
    for verb, act in all_acts().items():
        for one in fields_of(act):
            if (
                verb.startswith("treasury.")
                and act.__module__.endswith(OF_THE_BANK)
                and one.name in ("person", "request")
            ):
                assert one.audience == "household", verb
    assert CreditRequest.objects.get().by_mandate is None


def test_nobody_acts_in_both_committees_whatever_the_statute_allows(bank: Bank) -> None:
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', 'version = "2026.2"')
    for kind in ("bank.controller", "bank.approver"):
        text = text.replace(f'incompatible_with = ["{kind}"]\n', "")
    bank.cast.signed(AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    credit = bank.credit()
    both = bank.registered("Hilda Rojas")
    for kind in ("bank.controller", "bank.approver"):
        bank.seat(both, "Hilda Rojas", kind)
    with refused("treasury.both-committees"):
        bank.does(NoteVisit(credit=credit, person=bank.farmer, day=TODAY, words="Va bien"), both)
    request = bank.asked()
    for act in (
        Propose(act=bank.approving(request)),
        RefuseCredit(request=request, person=bank.farmer, words="No alcanza"),
        Reschedule(credit=credit, begins=TODAY, months=9),
    ):
        with refused("treasury.both-committees"):
            bank.does(act, both)


def decided_by_the_assembly(cast: Cast) -> None:
    """The statute, in which the council's own assembly decides over the bank."""
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', 'version = "2026.2"')
    book = 'decides = "{}"\nchart = "bank"'
    text = text.replace(book.format("pc.parliament"), book.format("cc.assembly"))
    cast.signed(AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY))


def test_a_credit_is_written_off_by_a_decision_and_nothing_less(founded: Cast) -> None:
    room = in_session(founded)
    with frozen_at(MEETING):
        decided_by_the_assembly(founded)
        bank = Bank.opened(founded)
        credit = bank.credit()
    early = Resolution.objects.get().id
    off = WriteOff(credit=credit, day=TODAY, resolution=early)
    with frozen_at(LATER):
        with refused("treasury.decided-before-the-credit"):
            bank.signed(off, bank.both)
        room.count(room.motion(text="Dar por perdido el crédito 1"), 10, 0)
        decided = Resolution.objects.order_by("-born")[0].id
        bank.signed(off.model_copy(update={"resolution": decided}), bank.both)
        assert (bank.held("5.2.01"), bank.held("1.3.01")) == (600_000, 0)
        assert Credit.objects.get().written_off == 600_000
        assert bank.adds_up()
        with refused("treasury.nothing-owed"):
            bank.signed(off.model_copy(update={"resolution": decided}), bank.both)
