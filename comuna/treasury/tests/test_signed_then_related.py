"""Who moves to the one who asks, after she signed, has signed for nobody: another one signs in her place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.journal import files
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import CorrectPerson
from comuna.territory.models import Person
from comuna.treasury.models.aid import AidCase
from comuna.treasury.models.bank import Credit
from comuna.treasury.tests.aid import Fund
from comuna.treasury.tests.bank import TODAY, Bank
from comuna.treasury.tests.cash import LATER, in_session
from tests.cast import Cast


@pytest.fixture
def cast(founded: Cast) -> Iterator[Cast]:
    in_session(founded)
    with frozen_at(LATER):
        yield founded


def test_of_three_who_approve_a_credit_none_lives_with_the_one_who_asks(cast: Cast) -> None:
    bank = Bank.opened(cast)
    request, home = bank.asked(), Person.objects.get(pk=bank.farmer).household
    first, second, third = bank.committee
    proposal = bank.does(Propose(act=bank.approving(request)), first).id
    bank.does(Sign(proposal=proposal), second)
    cast.does(cast.secretary, CorrectPerson(person=second, household=home))
    assert bank.does(Sign(proposal=proposal), third).performed is None
    assert not Credit.objects.exists()
    fifth = bank.registered("Hilda Marcano")
    bank.seat(fifth, "Hilda Marcano", "bank.approver")
    assert bank.does(Sign(proposal=proposal), fifth).performed is not None
    assert Credit.objects.exists()


def test_of_three_who_approve_a_credit_none_has_joined_those_who_follow_it_up(cast: Cast) -> None:
    """Where a statute lets one person sit in both."""
    bank = Bank.opened(cast)
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', 'version = "2026.2"')
    for kind in ("bank.controller", "bank.approver"):
        text = text.replace(f'incompatible_with = ["{kind}"]\n', "")
    cast.signed(AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    request = bank.asked()
    first, second, third = bank.committee
    proposal = bank.does(Propose(act=bank.approving(request)), first).id
    bank.does(Sign(proposal=proposal), second)
    bank.seat(second, "Beatriz Peña", "bank.controller")
    assert bank.does(Sign(proposal=proposal), third).performed is None
    assert not Credit.objects.exists()


def test_of_two_who_grant_aid_none_lives_with_the_one_who_asks(cast: Cast) -> None:
    fund = Fund.opened(cast)
    request = fund.asked()
    first, second = fund.deciding
    proposal = fund.does(Propose(act=fund.granting(request)), first).id
    cast.does(cast.secretary, CorrectPerson(person=first, household=fund.home))
    assert fund.does(Sign(proposal=proposal), second).performed is None
    assert not AidCase.objects.exists()
