"""Who must act on the accounts is told on the page of her mandate, and others are not; no name stands there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AddAgendaItem, AgendaRow, CloseSession, Convene
from comuna.assemblies.tests.test_session import Room
from comuna.treasury.acts import OpenBook, RenderAccounts
from comuna.treasury.acts.observing import AnswerObservation, Observe
from comuna.treasury.queries.rendering import to_close
from comuna.treasury.tests.aid import NAME, WORDS, Fund
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import LATER, TODAY, Cash, budgeted, decide, in_session
from comuna.treasury.tests.test_pages import read
from comuna.treasury.tests.test_rendering import item
from comuna.treasury.tests.test_transfers import Books
from tests.cast import Cast


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield budgeted(founded)


def mine(cast: Cast, person: UUID) -> str:
    return again(cast.browser(person))


def again(browser: Client) -> str:
    return browser.get("/my-mandate/", headers={"accept-language": "en"}).content.decode()


def test_an_observation_waits_with_its_day_for_those_who_keep_the_book_until_it_is_answered(cash: Cash) -> None:
    cast = cash.cast
    made = cast.does(cast.neighbour, Observe(book=cash.book, words="¿Y la rifa?")).id
    there = f"/accounts/observations/{made}/"
    said = mine(cast, cast.signer)
    assert there in said and "until Saturday 7 March" in said
    assert there not in mine(cast, cast.secretary)
    cast.does(cast.signer, AnswerObservation(observation=made, words="Se hizo en enero."))
    assert there not in mine(cast, cast.signer)


def test_requests_for_aid_wait_as_a_number_for_those_who_decide_and_cases_for_those_who_pay(
    cash: Cash, room: Room
) -> None:
    cast = cash.cast
    decide(room, "Ayudas")
    fund = Fund.opened(cast)
    request = fund.asked()
    said = mine(cast, fund.deciding[0])
    assert "Decide on 1 request for aid" in said and NAME not in said and WORDS not in said
    assert "request for aid" not in mine(cast, cast.signer)
    fund.signed(fund.granting(request), fund.deciding)
    assert "request for aid" not in mine(cast, fund.deciding[0])
    assert "Pay 1 case of aid" in mine(cast, cast.signer)


def test_requests_for_a_credit_wait_for_those_who_approve(cash: Cash) -> None:
    bank = Bank.opened(cash.cast)
    bank.asked()
    said = mine(cash.cast, bank.approvers[0])
    assert "Decide on 1 request for a credit" in said and "Flor Ynés" not in said
    assert "request for a credit" not in mine(cash.cast, bank.administrator)


def test_who_keeps_no_book_waits_no_longer_for_the_page_where_there_are_many(cash: Cash, room: Room) -> None:
    cast = cash.cast
    decide(room, "Ayudas")
    fund = Fund.opened(cast)
    fund.asked()
    readers = {who: cast.browser(who) for who in (cast.secretary, cast.comptroller, fund.deciding[0])}

    def asked() -> list[int]:
        counts = []
        for who, browser in readers.items():
            browser.get("/my-mandate/")
            with CaptureQueriesContext(connection) as found:
                assert ("Decide on 1 request for aid" in again(browser)) is (who == fund.deciding[0])
            counts.append(len(found))
        return counts

    few = asked()
    for kind in ("cc.fund.operating", "cc.fund.savings", "cc.fund.risk"):
        cash.does(OpenBook(kind=kind, day=TODAY))
    assert asked() == few


def test_what_another_organ_sent_waits_for_those_who_receive_it(cash: Cash) -> None:
    bank = Bank.opened(cash.cast)
    books = Books(cash, cash.book, bank)
    transfer = books.sent()
    assert f"/accounts/transfers/{transfer}/" in mine(cash.cast, bank.administrator)
    assert f"/accounts/transfers/{transfer}/" not in mine(cash.cast, cash.cast.signer)
    books.received(transfer)
    assert f"/accounts/transfers/{transfer}/" not in mine(cash.cast, bank.administrator)


def test_accounts_of_a_quarter_that_is_over_wait_to_be_put_and_decided_ones_to_be_closed(
    cash: Cash, room: Room
) -> None:
    cast = cash.cast
    due = f"/accounts/renderings/put/?book={cash.book}"
    assert due not in mine(cast, cast.signer).partition("What I may do")[0]
    put = cash.does(RenderAccounts(book=cash.book, item=item(room), through=TODAY)).id
    assert f"/accounts/renderings/{put}/" not in mine(cast, cast.signer)
    passes(room, "Agradecer a la unidad financiera")
    assert f"/accounts/renderings/{put}/" not in mine(cast, cast.signer), "that approves nothing"
    passes(room, "Aprobar las cuentas", approves=True)
    assert f"/accounts/renderings/{put}/" in mine(cast, cast.signer)
    assert f"/accounts/renderings/{put}/" not in mine(cast, cast.neighbour)
    with frozen_at("2026-04-20T19:00:00Z"):
        said = mine(cast, cast.signer)
        assert due in said and "31 March" in said


def passes(room: Room, text: str, *, item: int = 2, approves: bool = False) -> None:
    room.count(room.motion(item=item, text=text, approves=approves), len(room.roll()), 0)


def test_approved_accounts_to_which_something_was_added_do_not_wait_to_be_closed(cash: Cash, room: Room) -> None:
    put = cash.does(RenderAccounts(book=cash.book, item=item(room), through=TODAY)).id
    passes(room, "Aprobar las cuentas", approves=True)
    there, approve = f"/accounts/renderings/{put}/", "/accounts/approve/"
    assert there in mine(cash.cast, cash.cast.signer)
    assert approve in read(cash.cast.browser(cash.cast.signer), there)
    cash.receive("100")
    assert there not in mine(cash.cast, cash.cast.signer)
    page = read(cash.cast.browser(cash.cast.signer), there)
    assert approve not in page and "preséntalas a otra sesión" in page


APRIL = "2026-04-10T18:00:00Z"
QUARTER = date(2026, 3, 31)


def in_april(cash: Cash, room: Room) -> None:
    """The assembly is convened for 10 April, and has the accounts of the quarter before it."""
    with frozen_at("2026-04-02T18:00:00Z"):
        agenda = (AgendaRow(title="Varios"), AgendaRow(title="Cuentas"))
        convene = Convene(organ="cc.assembly", day=date(2026, 4, 10), hour="09:00", place="Cancha", agenda=agenda)
        room.session = room.does(convene).id
        cash.does(RenderAccounts(book=cash.book, item=item(room), through=QUARTER))


def is_asked_for(cash: Cash) -> bool:
    waiting, _powers, _rest = mine(cash.cast, cash.cast.signer).partition("What I may do")
    return f"/accounts/renderings/put/?book={cash.book}" in waiting


@pytest.mark.parametrize("rejects", [True, False])
def test_a_quarter_is_asked_for_anew_once_its_session_is_over_without_having_approved_it(
    cash: Cash, room: Room, *, rejects: bool
) -> None:
    in_april(cash, room)
    with frozen_at(APRIL):
        room.quorate()
        if rejects:
            room.count(room.motion(item=2, text="Aprobar las cuentas", approves=True), 0, len(room.roll()))
        assert not is_asked_for(cash), "the session still runs"
        room.does(CloseSession(session=room.session, hour="14:00"))
        assert is_asked_for(cash)


def test_an_approved_quarter_is_asked_for_anew_only_where_something_was_added_to_it(cash: Cash, room: Room) -> None:
    in_april(cash, room)
    with frozen_at(APRIL):
        room.quorate()
        passes(room, "Aprobar las cuentas", approves=True)
        room.does(CloseSession(session=room.session, hour="14:00"))
        assert not is_asked_for(cash)
        cash.receive("100", day=QUARTER)
        assert is_asked_for(cash)


def test_many_accounts_before_a_session_are_asked_about_in_as_many_statements_as_one(cash: Cash, room: Room) -> None:
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as noted:
            found = to_close(cash.book)
        return len(found), len(noted)

    def put(number: int) -> None:
        cash.does(RenderAccounts(book=cash.book, item=item(room, number), through=TODAY))
        passes(room, "Aprobar las cuentas", item=number, approves=True)

    put(2)
    (one, statements) = asked()
    for number in (3, 4, 5):
        room.does(AddAgendaItem(session=room.session, title="Más cuentas"))
        put(number)
    assert (one, asked()) == (1, (4, statements))


def test_what_waits_for_a_signature_says_how_much_to_whom_and_what_for(cash: Cash, room: Room) -> None:
    cast = cash.cast
    decide(room, "Ayudas")
    cash.does(Propose(act=cash.paying("12000")))
    fund = Fund.opened(cast)
    cash.does(Propose(act=fund.paying(fund.granted())))
    everybody = Client().get("/proposals/", headers={"accept-language": "en"}).content.decode()
    for page in (everybody, mine(cast, cast.acting_signer)):
        assert "120.00 VES · Ferretería La Esquina · Una válvula" in page
        assert "300.00 VES · Aid, case 1" in page and NAME not in page


def test_the_page_of_a_book_leads_who_takes_the_bank_s_statement_to_it(cash: Cash) -> None:
    there = "/accounts/bank-statements/?account="
    book = f"/accounts/books/{cash.book}/"
    found = read(cash.cast.browser(cash.cast.signer), book)
    assert there in found
    assert there not in read(Client(), book)  # nothing to read there before one was taken
    beside = read(cash.cast.browser(cash.cast.signer), f"{there}{cash.account('1.1.01')}&unit=VES")
    assert str(cash.account("1.1.02")) in beside
