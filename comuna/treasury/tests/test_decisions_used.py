"""One decision is used once for one thing, and its page shows beside its words what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.treasury.acts import AdoptBudget, OpenBook, RemoveAsset, TakeBackTransfer
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.control import Doubt
from comuna.treasury.effects import account_key
from comuna.treasury.models import Transfer
from comuna.treasury.queries.control import doubts
from comuna.treasury.rules import Purpose, is_shared, purpose
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, budgeted, in_session
from comuna.treasury.tests.test_pages import read
from comuna.treasury.tests.test_things import registered
from comuna.treasury.tests.test_transfers import Books, sharing
from tests.cast import Cast, refused

MARCH = "2026-03-02T13:00:00Z"


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def books(founded: Cast, room: Room) -> Iterator[Books]:
    """The only decision was used for the budget."""
    with frozen_at(LATER):
        cash = budgeted(founded)
        fund = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
        yield Books(cash, fund, Bank.opened(founded))


def budget(books: Books, book: UUID, decision: UUID) -> AdoptBudget:
    row = BudgetRow(account=account_key(book, "5.1.06"), amount="999900", words="Ayudas")
    return AdoptBudget(book=book, resolution=decision, begins=FIRST, ends=TODAY, unit="VES", rows=(row,))


def passed(room: Room, text: str) -> UUID:
    """By those who are there: since it began the roll grew."""
    room.count(room.motion(text=text), 10, 0)
    newest: UUID = Resolution.objects.latest("born").id
    return newest


def test_a_decision_is_no_budget_of_a_further_book(books: Books) -> None:
    with refused("treasury.decision-used") as caught:
        books.cash.does(budget(books, books.fund, Resolution.objects.get().id))
    assert "1/2026" in str(caught.value.words)


def test_a_decision_sends_money_to_a_book_once_unless_it_was_taken_back(books: Books) -> None:
    first = books.cash.signed(books.sending("100")).id
    with refused("treasury.decision-used") as caught:
        books.cash.signed(books.sending("200"))
    assert "1,00 VES" in str(caught.value.words), "it says what it was used for"
    books.cash.signed(TakeBackTransfer(transfer=first, day=TODAY, words="Era otro monto"))
    books.cash.signed(books.sending("200"))
    with refused("treasury.decision-used"):
        books.cash.signed(books.sending("200"))
    assert list(Transfer.objects.filter(taken_back=None).values_list("amount", flat=True)) == [200]


def test_two_transfers_by_one_decision_that_wait_at_once_do_not_both_leave(books: Books) -> None:
    one, other = (books.cash.does(Propose(act=books.sending(amount))).id for amount in ("100", "200"))
    books.cash.does(Sign(proposal=other), books.cash.cast.acting_signer)
    with refused("treasury.decision-used"):
        books.cash.does(Sign(proposal=one), books.cash.cast.acting_signer)


def test_a_decision_takes_one_thing_out_of_the_register(books: Books, room: Room) -> None:
    one, other = registered(books.cash), registered(books.cash)
    decided = passed(room, "Devolver el camión")
    books.cash.does(RemoveAsset(asset=one, resolution=decided, words="Devuelto"))
    with refused("treasury.decision-used"):
        books.cash.does(RemoveAsset(asset=other, resolution=decided, words="Devuelto"))
    books.cash.does(RemoveAsset(asset=other, resolution=passed(room, "El otro"), words="Devuelto"))


def test_the_page_of_a_decision_shows_its_words_and_what_rests_on_it(books: Books) -> None:
    sent = books.sent()
    there = f"/assemblies/decisions/{Resolution.objects.get().id}/"
    page = read(Client(), there)
    assert "Comprar válvulas para la Vereda 2" in page and "Lo que se apoya en esta decisión" in page
    rests = page.split("Lo que se apoya en esta decisión", 1)[1]
    assert "500,00 VES" in rests and "300,00 VES" in rests and reverse("books:thread", args=[sent]) in rests
    assert "retirad" not in rests
    books.cash.signed(TakeBackTransfer(transfer=sent, day=TODAY, words="Era otro monto"))
    assert "retirad" in read(Client(), there).split("Lo que se apoya en esta decisión", 1)[1]


def test_several_things_by_one_decision_are_asked_about_until_one_is_left(books: Books) -> None:
    def shared() -> list[tuple[UUID, ...]]:
        found = doubts(books.cash.cast.commune, FIRST, TODAY, TODAY)
        return [one.acts for one in found if one.doubt is Doubt.DECISION_SHARED]

    assert shared() == []
    sent = books.sent()
    (acts,) = shared()
    assert sent in acts and len(acts) == 2
    page = read(Client(), "/accounts/control/")
    assert "Una decisión para varias cosas" in page and f"/accounts/entries/{sent}/" in page
    (budget,) = set(acts) - {sent}
    assert reverse("books:thread", args=[budget]) in page
    books.cash.signed(TakeBackTransfer(transfer=sent, day=TODAY, words="Era otro monto"))
    assert shared() == []


def test_one_decision_feeds_each_fund_once(books: Books) -> None:
    with frozen_at(MARCH):
        other = books.cash.does(OpenBook(kind="cc.fund.savings", day=date(2026, 3, 2))).id
        books.cash.signed(sharing(books, percent=10))
        books.cash.signed(sharing(books, percent=10, into=other, into_account=account_key(other, "1.1.02")))
        again = sharing(books, percent=10, begins=date(2026, 2, 1), ends=date(2026, 2, 28))
        with refused("treasury.shared-already"):
            books.cash.signed(again)


def test_what_a_decision_is_used_for() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert purpose("treasury.adopt_budget", book=one, into=None) == purpose(
        "treasury.move_budget", book=None, into=other
    )
    assert purpose("treasury.send_transfer", book=None, into=one) != purpose(
        "treasury.send_transfer", book=None, into=other
    )
    assert purpose("treasury.approve_accounts", book=one, into=None) != purpose(
        "treasury.approve_accounts", book=other, into=None
    )
    assert purpose("treasury.write_off", book=one, into=None) == Purpose("treasury.write_off")
    assert not is_shared([Purpose("treasury.approve_accounts", one), Purpose("treasury.approve_accounts", other)])
    assert not is_shared([Purpose("set aside")])
    assert is_shared([Purpose("treasury.send_transfer", one), Purpose("treasury.send_transfer", other)])
