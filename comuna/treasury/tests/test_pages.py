"""The accounts on pages: read by anybody, kept through forms by who keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.tests.test_session import Room
from comuna.journal import files
from comuna.treasury.acts import ImportEntries
from comuna.treasury.acts.import_table import MEDIA_TYPE, EntryRow, Posted, table_bytes
from comuna.treasury.models import Book, BudgetLine, Entry
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from tests.cast import Cast


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield budgeted(founded)


def read(client: Client, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "es"})
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def sent(client: Client, path: str, **fields: object) -> str:
    """Where a form leads that was handed in."""
    form = {name: str(value) for name, value in fields.items()} | {"_id": str(uuid4())}
    answer = client.post(path, form, headers={"accept-language": "es"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_stranger_reads_from_the_board_to_the_vote(cash: Cash) -> None:
    paid = cash.signed(cash.paying("12000"))
    stranger = Client()
    board = read(stranger, "/accounts/")
    assert "680,00 VES" in board
    book = read(stranger, f"/accounts/books/{cash.book}/")
    for words in (
        "Cuentas del consejo",
        "680,00 VES",
        "Materiales y repuestos",
        "120,00 VES",
        "380,00 VES",
        "febrero de 2026",
    ):
        assert words in book
    assert f'href="/accounts/entries/{paid.id}/"' in book
    entry = read(stranger, f"/accounts/entries/{paid.id}/")
    assert "Ferretería La Esquina" in entry
    assert "/acts/" in entry
    line = read(stranger, f"/accounts/lines/{BudgetLine.objects.get().id}/")
    assert "380,00 VES" in line
    assert "/assemblies/decisions/" in line
    statement = read(stranger, f"/accounts/accounts/{cash.account('1.1.02')}/?unit=VES")
    assert statement.index("Una válvula") < statement.index("Aportes de febrero")


def test_a_book_is_opened_and_kept_through_its_forms(founded: Cast, room: Room) -> None:
    with frozen_at(LATER):
        browser = founded.browser(founded.signer)
        where = sent(browser, "/accounts/open/", kind="cc.books", day="1/2/2026")
        book = Book.objects.get()
        assert where == f"/accounts/books/{book.id}/"
        cash = Cash(founded, book.id)
        where = sent(
            browser,
            f"/accounts/receive/?book={book.id}",
            book=book.id,
            day="10/2/2026",
            into=cash.account("1.1.02"),
            source=cash.account("4.1.01"),
            unit="VES",
            amount="1.250,50",
            words="Aportes de febrero",
        )
        assert where == f"/accounts/entries/{Entry.objects.get().id}/"
        assert "1.250,50 VES" in read(browser, where)
        form = read(browser, f"/accounts/receive/?book={book.id}")
        assert 'inputmode="decimal"' in form


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1.250,505", "decimales"),
        ("12,345", "decimales"),
        ("mucho", "cifras"),
        ("", "hace falta"),
        ("-5", "que cero"),
        ("0", "que cero"),
    ],
)
def test_an_amount_that_cannot_be_read_is_said_beside_its_field(cash: Cash, amount: str, words: str) -> None:
    browser = cash.cast.browser(cash.cast.signer)
    form = {
        "_id": uuid4(),
        "book": cash.book,
        "day": "10/2/2026",
        "into": cash.account("1.1.02"),
        "source": cash.account("4.1.01"),
        "unit": "VES",
        "amount": amount,
        "words": "x",
    }
    answer = browser.post(f"/accounts/receive/?book={cash.book}", form, headers={"accept-language": "es"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'class="fault"' in page and words in page
    assert Entry.objects.count() == 1


def test_a_payment_waits_in_public_and_is_done_by_the_second_signature(cash: Cash) -> None:
    line = BudgetLine.objects.get()
    first = cash.cast.browser(cash.cast.signer)
    form = read(first, f"/accounts/pay/?book={cash.book}&line={line.id}")
    assert "_propose" in form
    where = sent(
        first,
        f"/accounts/pay/?book={cash.book}&line={line.id}",
        line=line.id,
        day="20/2/2026",
        out_of=cash.account("1.1.02"),
        unit="VES",
        amount="120",
        payee="Ferretería La Esquina",
        words="Una válvula",
        _propose=1,
    )
    assert where.startswith("/proposals/")
    waits = read(Client(), f"/accounts/books/{cash.book}/")
    assert "Ferretería La Esquina" in waits and where in waits
    page = read(Client(), where)
    assert "120,00 VES" in page
    assert f"/accounts/lines/{line.id}/" in page and "1.1.02 Banco" in page and f">{line.id}<" not in page
    second = cash.cast.browser(cash.cast.acting_signer)
    sent(second, "/proposals/sign/", proposal=where.split("/")[2])
    assert BudgetLine.objects.get().spent == 12_000


def test_who_keeps_no_book_is_told_who_does(cash: Cash) -> None:
    page = read(cash.cast.browser(cash.cast.neighbour), f"/accounts/books/{cash.book}/")
    assert "/accounts/receive/" not in page
    assert "Unidad administrativa y financiera" in page or "Lo lleva" in page
    answer = cash.cast.browser(cash.cast.neighbour).get(f"/accounts/receive/?book={cash.book}")
    assert answer.status_code == 403


def test_what_came_from_a_file_is_taken_back_from_any_entry_of_it(cash: Cash) -> None:
    rows = [
        EntryRow(
            day=FIRST,
            lines=[Posted("1.1.02", "VES", "100"), Posted("4.1.01", "VES", "-100")],
            reference=False,
            words=False,
        )
    ] * 2
    act = ImportEntries(book=cash.book, table=files.store(table_bytes(rows), MEDIA_TYPE))
    imported = cash.signed(act).id
    entry = Entry.objects.filter(act=imported).order_by("folio")[1]
    there = f"/accounts/imports/take-back/?imported={imported}"
    assert there not in read(Client(), f"/accounts/entries/{entry.id}/")
    keeper = cash.cast.browser(cash.cast.signer)
    assert there in read(keeper, f"/accounts/entries/{entry.id}/")
    assert "2 asientos" in read(keeper, there)
    before = cash.held("1.1.02")
    sent(keeper, there, imported=imported, day=TODAY, words="Eran de otro libro", _propose=1)
    cash.cosigns()
    assert cash.held("1.1.02") == before - 200
