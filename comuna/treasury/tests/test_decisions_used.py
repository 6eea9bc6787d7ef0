"""One decision is used once for one thing, and its page shows beside its words what rests on it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from comuna.acts.act import GroundRole, all_acts
from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.acts.models import Ground
from comuna.assemblies import queries as assemblies
from comuna.assemblies.models import Resolution, Tally
from comuna.assemblies.tests.test_session import Room
from comuna.treasury.acts import AdoptBudget, MoveBudget, OpenBook, RemoveAsset, TakeBackTransfer
from comuna.treasury.acts.budgeting import BudgetRow, WithdrawBudget
from comuna.treasury.control import Doubt, Finding
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book, Budget, BudgetLine, Transfer
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries.control import doubts
from comuna.treasury.queries.decided import TAKEN_BACK, uses, uses_of_resolution
from comuna.treasury.rules import RESTS_ON_DECISION, Purpose, is_shared, purpose
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, budgeted, in_session
from comuna.treasury.tests.test_pages import read
from comuna.treasury.tests.test_things import registered
from comuna.treasury.tests.test_transfers import Books, sharing
from tests.cast import Cast, refused

MARCH, IN_MARCH = "2026-03-02T13:00:00Z", date(2026, 3, 2)


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


def passed(room: Room, text: str, *, approves: bool = False) -> UUID:
    """By those who are there: since it began the roll grew."""
    room.count(room.motion(text=text, approves=approves), 10, 0)
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


def shared(books: Books, first: date = FIRST, last: date = TODAY) -> list[Finding]:
    """The decisions for several things of a time, as they are asked about in March."""
    found = doubts(books.cash.cast.commune, first, last, IN_MARCH)
    return [one for one in found if one.doubt is Doubt.DECISION_SHARED]


def test_several_things_by_one_decision_are_asked_about_until_one_is_left(books: Books) -> None:
    assert shared(books) == []
    sent = books.sent()
    (finding,) = shared(books)
    acts = finding.acts
    assert sent in acts and len(acts) == 2
    page = read(Client(), "/accounts/control/")
    assert "Una decisión para varias cosas" in page and f"/accounts/entries/{sent}/" in page
    (budget,) = set(acts) - {sent}
    assert reverse("books:thread", args=[budget]) in page
    assert "500,00 VES" in asked_about(page), "the budget's sum stands there too"
    books.cash.signed(TakeBackTransfer(transfer=sent, day=TODAY, words="Era otro monto"))
    assert shared(books) == []


def asked_about(page: str) -> str:
    """The decisions for several things, as the control page lists them."""
    return page.split("Una decisión para varias cosas", 1)[1].split("</table>", 1)[0]


def test_whose_books_several_things_are_of_is_said_with_their_sums(books: Books, room: Room) -> None:
    """A line of a budget is no book, and a thing is in the register of one."""
    thing, line = registered(books.cash), BudgetLine.objects.get().id
    gasoil = budget(books, books.cash.book, passed(room, "Gasoil"))
    second = books.cash.does(gasoil).id
    into = BudgetLine.objects.get(budget=second).id
    decided = passed(room, "Mover y devolver")
    books.cash.does(MoveBudget(resolution=decided, out_of=line, into=into, unit="VES", amount="12345"))
    books.cash.does(RemoveAsset(asset=thing, resolution=decided, words="Devuelto"))
    assert [use.book for use in uses_of_resolution(decided)] == [books.cash.book] * 2
    with translation.override("es"):
        name = book_name(Book.objects.get(pk=books.cash.book), TODAY)
    listed = asked_about(read(Client(), "/accounts/control/"))
    assert "123,45 VES" in listed and f"{name}</td>" in listed


def test_a_decision_for_several_things_stands_with_each_time_by_a_day_of_that_time(books: Books) -> None:
    with frozen_at(MARCH):
        sent = books.cash.signed(books.sending("100", day=IN_MARCH)).id
    (then,), (later,) = shared(books), shared(books, IN_MARCH, IN_MARCH)
    assert (then.day, later.day) == (TODAY, IN_MARCH)
    assert then.acts == later.acts and sent in then.acts
    assert shared(books, date(2026, 2, 21), date(2026, 3, 1)) == []


def test_one_decision_feeds_each_fund_once_and_that_is_no_question(books: Books, room: Room) -> None:
    decided = passed(room, "Diez por ciento para cada fondo")
    with frozen_at(MARCH):
        other = books.cash.does(OpenBook(kind="cc.fund.savings", day=IN_MARCH)).id
        first = books.cash.signed(sharing(books, percent=10, resolution=decided)).id
        to_other = {"into": other, "into_account": account_key(other, "1.1.02")}
        books.cash.signed(sharing(books, percent=10, resolution=decided, **to_other))
        assert shared(books, FIRST, IN_MARCH) == []
        again = sharing(books, percent=10, resolution=decided)
        with refused("treasury.shared-already"):
            books.cash.signed(again)
        with refused("treasury.decision-used"):
            books.cash.signed(again.model_copy(update={"begins": date(2026, 1, 1), "ends": date(2026, 1, 31)}))
        books.cash.signed(TakeBackTransfer(transfer=first, day=IN_MARCH, words="Era otro fondo"))
        assert [use.taken_back for use in uses_of_resolution(decided)] == [True, False]
        books.cash.signed(again)


def test_every_act_that_rests_on_a_vote_looks_whether_it_was_used_and_can_be_found_there() -> None:
    """What can be taken back leaves a row of its own id that says so; tests here and of the budget take each back."""
    ours = {verb: act for verb, act in all_acts().items() if verb.startswith("treasury.")}
    resting = {verb for verb, act in ours.items() if "decided_by" in act.Facts.model_fields}
    assert resting == RESTS_ON_DECISION
    for verb in resting:
        source = inspect.getsource(ours[verb])
        assert "rests_on_decision(" in source or "not_used_yet(" in source, verb
    undone = {"treasury.take_back_transfer": Transfer, "treasury.withdraw_budget": Budget}
    assert {undone[undo] for verb in resting if (undo := ours[verb].undo)} == set(TAKEN_BACK)


def test_an_act_that_rests_on_two_votes_is_found_by_each(books: Books, room: Room) -> None:
    """No act does so yet."""
    sent, other = books.sent(), passed(room, "Otra cosa")
    ground = Ground.objects.get(act=sent, role=GroundRole.DECIDED_BY.value)
    first, second = ground.ground, Tally.objects.get(motion__resolution=other).id
    with transaction.atomic():
        ground.id, ground.ground = uuid4(), second
        Ground.objects.bulk_create([ground])
        found = uses((first, second))
        assert all(sent in {use.act for use in found[tally]} for tally in (first, second))
        transaction.set_rollback(True)


def test_a_form_offers_no_decision_that_was_used_for_this(books: Books, room: Room) -> None:
    keeper, cash = books.cash.cast.browser(books.cash.cast.signer), books.cash
    used = Resolution.objects.get().id
    budgets, send = (
        f"/accounts/budget/?book={cash.book}",
        f"/accounts/transfers/send/?book={cash.book}&into={books.bank.book}",
    )
    assert "o cada una ya se usó para esto" in read(keeper, budgets)
    assert str(used) in read(keeper, send), "it may send money still"
    other = passed(room, "Otro presupuesto")
    page = read(keeper, budgets)
    assert str(other) in page and str(used) not in page
    cash.does(WithdrawBudget(budget=Budget.objects.get().id))
    assert str(used) in read(keeper, budgets), "what was taken back may be written anew"
    books.sent()
    assert str(used) not in read(keeper, send) and str(other) in read(keeper, send)


def test_the_form_that_closes_accounts_looks_for_approvals_behind_newer_decisions(books: Books, room: Room) -> None:
    approving = passed(room, "Aprobar las cuentas", approves=True)
    passed(room, "Pintar el mural")
    found = assemblies.resolutions_of(books.cash.cast.commune, "cc.assembly", slice(0, 1), approving=True)
    assert [one.resolution.id for one in found] == [approving]


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
    assert not is_shared([Purpose("treasury.send_transfer", one), Purpose("treasury.send_transfer", other)])
    assert is_shared([Purpose("treasury.send_transfer", one), Purpose("treasury.share_surplus", other)])
    assert is_shared([Purpose("treasury.approve_accounts", one), Purpose("set aside")])
