"""What the books help with is paid out of what was decided for it, and by others than who is helped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.territory.acts import CorrectPerson
from comuna.territory.models import Person
from comuna.treasury.acts import AdoptBudget, OpenAccount, PayOutCredit, TakeBackBank, WriteOff
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.models import Account, AidPayment, BudgetLine, Entry
from comuna.treasury.models.bank import Credit
from comuna.treasury.tests.aid import Fund
from comuna.treasury.tests.bank import TODAY, Bank
from comuna.treasury.tests.cash import FIRST, LATER, decide, in_session
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast, refused


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cast(founded: Cast, room: Room) -> Iterator[Cast]:
    with frozen_at(LATER):
        yield founded


def _lives_with(cast: Cast, person: object, home: object) -> None:
    cast.does(cast.secretary, CorrectPerson.model_validate({"person": person, "household": home}))


def test_aid_is_paid_out_of_what_was_decided_for_aid_and_the_form_offers_nothing_else(cast: Cast, room: Room) -> None:
    more = decide(room, "Más ayudas")
    decide(room, "Ayudas")
    fund = Fund.opened(cast)
    case = fund.granted(amount="9000")
    beneath = fund.account("5.1.06")
    cast.does(cast.signer, OpenAccount(beneath=beneath, code="5.1.06.1", name="Medicinas"))
    codes = {"Papelería": "5.1.07", "Medicinas": "5.1.06.1"}
    at = {words: Account.objects.get(book=fund.book, code=code).id for words, code in codes.items()}
    rows = tuple(BudgetRow(account=account, amount="10000", words=words) for words, account in at.items())
    budget = AdoptBudget(
        book=fund.book,
        resolution=more,
        begins=FIRST,
        ends=date(2026, 12, 31),
        unit="VES",
        rows=rows,
    )
    cast.does(cast.signer, budget)
    lines = {one.words: one.id for one in BudgetLine.objects.all()}
    form = read(cast.browser(cast.signer), f"/accounts/aid/pay/?case={case}")
    assert str(lines["Medicinas"]) in form and str(fund.line) in form and str(lines["Papelería"]) not in form
    with refused("treasury.not-for-aid") as said:
        cast.does(cast.signer, Propose(act=fund.paying(case, line=lines["Papelería"])))
    assert "Salud y ayudas" in str(said.value.words) and said.value.citation == "Estatuto, 7.8"
    fund.signed(fund.paying(case, line=lines["Medicinas"]), (cast.signer, cast.acting_signer))
    assert AidPayment.objects.exists()


def test_who_is_helped_and_who_lives_with_her_neither_propose_nor_sign_that_it_is_paid(cast: Cast) -> None:
    fund = Fund.opened(cast)
    case = fund.granted()
    _lives_with(cast, cast.acting_signer, fund.home)
    with refused("treasury.own-aid-paid"):
        cast.does(cast.acting_signer, Propose(act=fund.paying(case)))
    proposal = cast.does(cast.signer, Propose(act=fund.paying(case))).id
    with refused("treasury.own-aid-paid"):
        cast.does(cast.acting_signer, Sign(proposal=proposal))
    assert not AidPayment.objects.exists()


def test_who_moved_to_her_since_has_not_signed_that_it_is_paid(cast: Cast) -> None:
    fund = Fund.opened(cast)
    proposal = cast.does(cast.signer, Propose(act=fund.paying(fund.granted()))).id
    _lives_with(cast, cast.signer, fund.home)
    assert cast.does(cast.acting_signer, Sign(proposal=proposal)).performed is None
    assert not AidPayment.objects.exists()


def test_nobody_pays_out_writes_off_or_takes_back_what_is_her_own_or_her_household_s(cast: Cast) -> None:
    bank = Bank.opened(cast)
    home = Person.objects.get(pk=bank.farmer).household
    approved = bank.signed(bank.approving(bank.asked()), bank.committee)
    paid = bank.credit()
    bank.deposit(bank.saves(bank.farmer), "500")
    _lives_with(cast, bank.administrator, home)
    resolution = Resolution.objects.get().id
    with refused("treasury.own-savings"):
        bank.does(PayOutCredit(credit=approved, day=TODAY, out_of=bank.account("1.1.01")))
    with refused("treasury.own-savings"):
        bank.does(Propose(act=WriteOff(credit=paid, day=TODAY, resolution=resolution)))
    for entry in (Credit.objects.get(pk=paid).paid_out_by, Entry.objects.latest("folio").id):
        with refused("treasury.own-savings"):
            bank.does(Propose(act=TakeBackBank(entry=entry, day=TODAY)))
