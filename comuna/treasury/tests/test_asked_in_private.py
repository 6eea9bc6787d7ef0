"""Who asks, and for which aid or credit, nobody learns by guessing or from what is public of an approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from comuna.acts.act import Act, By, Power, all_acts
from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.reading import read_one
from comuna.acts.refusal import IdTaken, Refused
from comuna.journal.models import Record
from comuna.journal.verify import findings
from comuna.territory.models import Person
from comuna.treasury.acts import PayOutCredit, WithdrawAidRequest, WithdrawCreditRequest
from comuna.treasury.models.bank import Credit
from comuna.treasury.queries import bank as questions
from comuna.treasury.queries.aid import FEW
from comuna.treasury.tests.aid import Fund
from comuna.treasury.tests.bank import TODAY, Bank
from comuna.treasury.tests.cash import LATER, in_session
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast


@pytest.fixture
def cast(founded: Cast) -> Iterator[Cast]:
    in_session(founded)
    with frozen_at(LATER):
        yield founded


def answered(cast: Cast, act: Act, by: UUID) -> tuple[str, str]:
    try:
        cast.does(by, act)
    except Refused as refusal:
        return refusal.rule, str(refusal.words)
    return "done", ""


def test_a_guess_is_answered_alike_whether_it_is_right_or_wrong(cast: Cast) -> None:
    fund, bank = Fund.opened(cast), Bank.opened(cast)
    for kind, request, person in (
        (WithdrawAidRequest, fund.asked(), fund.person),
        (WithdrawCreditRequest, bank.asked(), bank.farmer),
    ):
        guesses = [(request, person), (request, cast.secretary), (uuid4(), person)]
        answers = {answered(cast, kind(request=at, person=who), cast.neighbour) for at, who in guesses}
        assert len(answers) == 1 and next(iter(answers))[0].endswith("own-name")


def test_which_credit_was_approved_only_she_and_the_bank_read(cast: Cast) -> None:
    bank = Bank.opened(cast)
    credit = bank.signed(bank.approving(bank.asked()), bank.committee)
    assert b"bank.crop" not in bytes(Record.objects.get(pk=credit).body)
    bank.does(PayOutCredit(credit=credit, day=TODAY, out_of=bank.account("1.1.01")))
    row = Credit.objects.get()
    assert row.kind == "bank.crop"
    name = "Crédito de siembra"
    assert name in read(bank.browser(bank.farmer), f"/accounts/bank/credits/{credit}/")
    for path in (f"/accounts/bank/?book={bank.book}", f"/acts/{credit}/", f"/acts/{credit}/record/"):
        assert name not in read(Client(), path).split("<form")[0]
    few = [questions.standing(row, TODAY)] * (FEW - 1)
    assert [one.kind for one in questions.totals(few)] == [""]
    assert [one.kind for one in questions.totals([*few, few[0]])] == ["bank.crop"]
    cast.signed(ErasePrivate(subject=bank.farmer, audiences=(ErasableAudience.HOUSEHOLD,), reason="Lo pidió"))
    assert Credit.objects.get().kind == "" and not list(findings())
    assert questions.standing(Credit.objects.get(), TODAY + timedelta(days=300)).late > 0


def test_no_page_and_no_public_byte_of_the_record_says_who_asked(cast: Cast) -> None:
    """Not even by initials, for who holds a seat is known by her name; a replay knows her from her private part."""
    fund, bank = Fund.opened(cast), Bank.opened(cast)
    people = Person.objects.filter(pk__in=(fund.person, bank.farmer)).values_list("initials", flat=True)
    before = [read(Client(), "/acts/").count(initials) for initials in people]
    aid, credit = fund.asked(), bank.asked()
    assert all(read(Client(), "/acts/").count(one) <= had for one, had in zip(people, before, strict=True))
    back = fund.does(WithdrawAidRequest(request=aid, person=fund.person), fund.person).id
    undone = bank.does(WithdrawCreditRequest(request=credit, person=bank.farmer), bank.farmer).id
    for act, person in ((aid, fund.person), (credit, bank.farmer), (back, fund.person), (undone, bank.farmer)):
        assert str(person).encode() not in bytes(Record.objects.get(pk=act).body)
        initials = Person.objects.get(pk=person).initials
        for path in (f"/acts/{act}/", f"/acts/{act}/record/"):
            text = read(Client(), path)
            assert initials not in text and str(person) not in text, path
        assert "una vecina o un vecino" in read(Client(), f"/acts/{act}/")
        assert read_one(act).by.person == person
    same = fund.asking()
    first = cast.does(fund.person, same, aid)
    assert first.repeated
    with pytest.raises(IdTaken):
        cast.does(cast.neighbour, same, aid)
    assert not list(findings())
    cast.signed(ErasePrivate(subject=fund.person, audiences=(ErasableAudience.HOUSEHOLD,), reason="Lo pidió"))
    assert read_one(aid).by == By() and not list(findings())


def test_who_asks_in_her_own_name_is_whom_the_act_is_about() -> None:
    own = [act for act in all_acts().values() if act.own_name]
    assert len(own) >= 5
    assert all(act.about and act.power is Power.MEMBER for act in own)
