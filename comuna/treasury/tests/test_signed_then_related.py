"""Who moves to the one who asks, after she signed, has signed for nobody: another one signs in her place."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator

import pytest
from django.test import Client

from comuna.acts.act import Act, all_acts
from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.journal import files
from comuna.mandates.acts import Resign
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import CorrectPerson, RegisterHousehold
from comuna.territory.models import Person
from comuna.treasury.acts import RecordSavings, TakeBackBank
from comuna.treasury.models import Entry
from comuna.treasury.models.aid import AidCase
from comuna.treasury.models.bank import Credit, Savings
from comuna.treasury.tests.aid import NAME, Fund
from comuna.treasury.tests.bank import TODAY, Bank
from comuna.treasury.tests.cash import LATER, in_session
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast
from tests.house import ROOT


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


def test_nobody_reads_that_a_signature_counts_no_more_because_of_whom_its_holder_lives_with(cast: Cast) -> None:
    fund = Fund.opened(cast)
    first = fund.deciding[0]
    page = f"/proposals/{fund.does(Propose(act=fund.granting(fund.asked())), first).id}/"
    said = [_signer(read(Client(), page))]
    cast.does(cast.secretary, CorrectPerson(person=first, household=fund.home))
    said.append(_signer(read(Client(), page)))
    elsewhere = cast.does(cast.secretary, RegisterHousehold(house="9")).id
    cast.does(cast.secretary, CorrectPerson(person=first, household=elsewhere))
    assert _signer(read(Client(), page)) == said[0]
    cast.does(first, Resign(mandate=cast.mandate(first)))
    said.append(_signer(read(Client(), page)))
    assert said[0] != said[1] == said[2]
    assert "ya no cuenta" in said[1] and "mandato" not in said[1]


def _signer(page: str) -> str:
    """What stands under who signed."""
    return page.partition("Firmado por")[2].partition("</section>")[0]


def test_who_lives_with_the_one_who_asks_is_not_offered_to_sign_and_reads_no_name(cast: Cast) -> None:
    fund = Fund.opened(cast)
    cousin, (first, second) = fund.seated("Petronila Quintero", "water", fund.home), fund.deciding
    proposal = fund.does(Propose(act=fund.granting(fund.asked())), first).id
    page, sign = f"/proposals/{proposal}/", f"/proposals/sign/?proposal={proposal}"
    hers, other = cast.browser(cousin), cast.browser(second)
    assert sign in read(other, page) and NAME in read(other, page) and page in read(other, "/my-mandate/")
    assert sign not in read(hers, page) and page not in read(hers, "/my-mandate/")
    assert all(NAME not in read(hers, there) for there in (page, sign))
    assert "Petronila Quintero" in read(Client(), page)  # the seats that may: who lives with whom, they do not tell


def test_of_two_who_enter_or_take_back_what_somebody_saved_none_lives_with_her(cast: Cast) -> None:
    bank = Bank.opened(cast)
    home, (first, second) = Person.objects.get(pk=bank.farmer).household, bank.both
    mine = bank.saves(bank.farmer)
    proposal = bank.does(Propose(act=RecordSavings(savings=mine, unit="VES", amount="45000")), first).id
    cast.does(cast.secretary, CorrectPerson(person=first, household=home))
    assert bank.does(Sign(proposal=proposal), second).performed is None
    assert Savings.objects.get().balance == 0
    elsewhere = cast.does(cast.secretary, RegisterHousehold(house="9")).id
    cast.does(cast.secretary, CorrectPerson(person=first, household=elsewhere))
    bank.deposit(mine, "500")
    back = TakeBackBank(entry=Entry.objects.latest("folio").id, day=TODAY)
    proposal = bank.does(Propose(act=back), first).id
    cast.does(cast.secretary, CorrectPerson(person=first, household=home))
    assert bank.does(Sign(proposal=proposal), second).performed is None
    assert Savings.objects.get().balance == 500


def _calls(node: ast.AST) -> set[str]:
    called = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return {one.id for one in called if isinstance(one, ast.Name)}


def _asks_of_her_house(acts: dict[str, type[Act]]) -> list[type[Act]]:
    """Those whose ``check`` comes to the rule of the own household, by whatever functions of the room's acts."""
    functions: dict[str, set[str]] = {}
    for path in (ROOT / "comuna" / "treasury" / "acts").glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                functions.setdefault(node.name, set()).update(_calls(node))
    asks = {"nobody_of_her_house"}
    while more := {name for name, called in functions.items() if called & asks} - asks:
        asks |= more
    return [act for act in acts.values() if _calls(ast.parse(textwrap.dedent(inspect.getsource(act.check)))) & asks]


def test_each_act_that_nobody_does_for_her_own_household_asks_so_of_whoever_signed_it_too() -> None:
    room = {verb: act for verb, act in all_acts().items() if verb.startswith("treasury.")}
    asks = _asks_of_her_house(room)
    assert {"treasury.withdraw", "treasury.take_back_bank", "treasury.pay_aid"} <= {act.verb for act in asks}
    assert len(asks) >= 14
    assert [act.verb for act in asks if "may_sign" not in vars(act)] == []
