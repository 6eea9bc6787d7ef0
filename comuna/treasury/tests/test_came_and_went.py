"""What came in and went out is what changed a book's holdings from outside: one sum on every page, for any time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.act import Act
from comuna.acts.clock import frozen_at
from comuna.acts.refusal import Refused
from comuna.assemblies.acts import AgendaRow, Convene
from comuna.assemblies.models import AgendaItem
from comuna.treasury.acts import (
    Move,
    OpenBook,
    Pay,
    RecordOpening,
    RenderAccounts,
    Reverse,
    SendBackTransfer,
    SendTransfer,
    TakeBackReceived,
    TakeBackTransfer,
    TransferBetweenBooks,
)
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.models import Book, Entry, Rendering, Transfer
from comuna.treasury.queries.flows import changes, flows, from_outside, in_rendering
from comuna.treasury.queries.periods import assets_at
from comuna.treasury.queries.rendering import figures
from comuna.treasury.queries.transfers import surplus
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, budgeted, in_session
from comuna.treasury.tests.old_money import OldMoney
from comuna.treasury.tests.test_pages import read
from comuna.treasury.tests.test_transfers import Books
from conftest import Books as Home
from tests.cast import Cast

SPRING = "2026-04-20T19:00:00Z"
LAST = date(2026, 4, 20)
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
STEPS = 90


@pytest.fixture
def two(founded: Cast) -> Iterator[Books]:
    in_session(founded)
    with frozen_at(LATER):
        cash = budgeted(founded)
        fund = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
        books = Books(cash, fund, Bank.opened(founded))
    with frozen_at(SPRING):
        yield books


@pytest.fixture
def old(books: Home) -> OldMoney:
    return OldMoney()


def _fits(book: Book) -> None:
    """For every time of whole months: what there was, came, went and is there."""
    for number, first in enumerate(MONTHS):
        for after in MONTHS[number + 1 :]:
            found = changes(book.commune, first, after - timedelta(days=1), book.id)
            before, then = assets_at(book.id, first), assets_at(book.id, after)
            for unit in {*before, *then, *found.units}:
                moved = found.in_unit(unit)
                was = before.get(unit, 0) + found.opened.get(unit, 0)
                is_there = was + moved.came - moved.went + found.rewritten.get(unit, 0)
                assert is_there == then.get(unit, 0), (book.kind, unit, first, after, found)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))])
def test_after_any_acts_what_there_was_and_came_and_went_is_what_there_is(two: Books, seed: int) -> None:
    random, done = Random(seed), 0
    for _step in range(STEPS):
        try:
            _does(two, random)
            done += 1
        except Refused:
            continue
    assert done > STEPS // 3
    for book in Book.objects.all():
        _fits(book)
    commune = two.cash.cast.commune
    whole = from_outside(flows(commune, MONTHS[0], MONTHS[-1]))
    moved = sum(one.amount if one.is_income else -one.amount for one in whole if one.unit == "VES")
    held = sum(assets_at(book.id, MONTHS[-1]).get("VES", 0) for book in Book.objects.all())
    opened = changes(commune, MONTHS[0], MONTHS[-1]).opened.get("VES", 0)
    on_the_way = Transfer.objects.filter(is_between_organs=True, received=None, taken_back=None, unit="VES")
    assert held == opened + moved - sum(on_the_way.values_list("amount", flat=True))


def _does(books: Books, random: Random) -> None:
    cash, day = books.cash, FIRST + timedelta(days=random.randrange(79))
    unit, amount = random.choice(["VES", "VES", "USD"]), str(random.choice([1, 250, 999, 20_000]))
    places = [cash.account(code) for code in ("1.1.01", "1.1.02", "1.1.03")]
    some = random.choice(list(Transfer.objects.all()) or [None])
    entry = random.choice(list(Entry.objects.filter(book=cash.book)))
    on: dict[str, Any] = {"day": day, "unit": unit}
    acts: list[Act] = [
        cash.receiving(amount, **on, into=random.choice(places)),
        cash.receiving(amount, **on, source=cash.account("2.1.01")),
        Move(book=cash.book, out_of=random.choice(places), into=random.choice(places), amount=amount, words="-", **on),
        books.moving(amount, **on),
        books.sending(amount, **on),
        cash.paying(amount, day=day),
        Reverse(entry=entry.id, day=day, words="Mal anotado"),
        RecordOpening(book=cash.book, unit=unit, rows=(OpeningRow(account=random.choice(places), amount=amount),)),
    ]
    if some is not None:
        acts.append(TakeBackTransfer(transfer=some.id, day=LAST, words="-"))
    act = random.choice(acts)
    if isinstance(act, Pay | Reverse | TransferBetweenBooks | SendTransfer):
        cash.signed(act)
    else:
        cash.does(act)
    if isinstance(act, SendTransfer):
        sent = Transfer.objects.latest("born").id
        answers: list[list[Act]] = [
            [],
            [books.receiving(sent, day=LAST)],
            [books.receiving(sent, day=LAST), TakeBackReceived(transfer=sent, day=LAST, words="-")],
            [SendBackTransfer(transfer=sent, day=LAST, words="-")],
        ]
        for one in random.choice(answers):
            books.bank.does(one)


def test_when_a_currency_lost_zeros_what_came_and_went_fits_in_both(old: OldMoney) -> None:
    old.receive("100000000")
    old.budget("2000000", "1501500")
    old.saves(old.people[0], "2499")
    old.lends(old.people[1], "1200000", 12, back="133333")
    old.sends("777777")
    old.goes_over()
    old.receive("70", unit="EUR")
    for book in Book.objects.all():
        _fits(book)
    found = changes(old.town.id, MONTHS[0], MONTHS[-1], old.book)
    assert found.in_unit("EUR").came < 100 and found.in_unit("OLD").came > 100_000_000


def test_money_that_goes_from_the_cash_to_the_bank_neither_came_nor_went(two: Books) -> None:
    cash = two.cash
    move = Move(
        book=cash.book,
        day=date(2026, 2, 11),
        out_of=cash.account("1.1.02"),
        into=cash.account("1.1.01"),
        unit="VES",
        amount="12300",
        words="A la caja",
    )
    cash.does(move)
    for page in _pages(two):
        assert "800,00 VES" in page
        assert "923,00 VES" not in page.partition("Lo que hay</h2>")[0]


def test_what_another_book_sent_is_named_and_so_is_what_was_sent_there(two: Books) -> None:
    two.cash.signed(two.moving("30000"))
    two.cash.signed(TakeBackTransfer(transfer=two.sent(), day=TODAY, words="No salió"))
    sent = two.sent()
    two.bank.does(two.receiving(sent))
    for page in _pages(two):
        assert "A otros libros" in page and "600,00 VES" in page
    assert "De otros libros" in read(Client(), f"/accounts/books/{two.fund}/")
    year = read(Client(), "/accounts/years/2026/")
    assert "Enviado a otros libros de la comuna" in year and "600,00 VES" in year
    assert "A otros libros<" not in year
    assert surplus(Book.objects.get(pk=two.cash.book), "VES", FIRST, date(2026, 2, 28)) == 80_000


def _pages(two: Books) -> list[str]:
    """The book's own, the report of its quarter, and its accounts as they were put before a session."""
    cash, cast = two.cash, two.cash.cast
    agenda = (AgendaRow(title="Cuentas"),)
    convene = Convene(organ="cc.assembly", day=LAST + timedelta(days=10), hour="15:00", place="Casa", agenda=agenda)
    session = cast.does(cast.secretary, convene).id
    item = AgendaItem.objects.get(session=session, title="Cuentas").id
    put = cash.does(RenderAccounts(book=cash.book, item=item, through=LAST)).id
    paths = [f"books/{cash.book}/", f"books/{cash.book}/report/?from=2026-01-01", f"renderings/{put}/"]
    return [read(Client(), f"/accounts/{path}") for path in paths]


def test_accounts_before_a_session_say_for_ever_what_came_and_went_by_then(two: Books) -> None:
    cash = two.cash
    opening = RecordOpening(
        book=cash.book, unit="VES", rows=(OpeningRow(account=cash.account("1.1.01"), amount="5000"),)
    )
    cash.does(opening)
    cash.signed(two.moving("30000"))
    _pages(two)
    put = Rendering.objects.get()
    then = in_rendering(put)
    cash.signed(TakeBackTransfer(transfer=Transfer.objects.get().id, day=LAST, words="No era"))
    cash.receive("500")
    assert in_rendering(put).flows == then.flows and in_rendering(put).opened == then.opened == {"VES": 5000}
    moved = then.in_unit("VES")
    assert (moved.came, moved.went) == (80_000, 30_000)
    held = figures(cash.book, put.first, put.through)
    assert sum(one.after for (account, _unit), one in held.items() if account in _assets(cash.book)) == 85_500


def _assets(book: UUID) -> set[UUID]:
    return set(Book.objects.get(pk=book).accounts.filter(kind="asset").values_list("id", flat=True))
