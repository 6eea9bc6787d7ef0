"""What the control asks about besides payments by themselves: exchanges, promises, files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.journal import files
from comuna.treasury.acts import Commit, ExchangeMoney, ImportEntries, SetRate
from comuna.treasury.acts.import_table import MEDIA_TYPE, EntryRow, Posted, table_bytes
from comuna.treasury.control import Doubt
from comuna.treasury.models import BudgetLine
from comuna.treasury.models.commitments import Commitment
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


def asked(cash: Cash, doubt: Doubt) -> list[tuple[UUID, ...]]:
    return [one.acts for one in doubts(cash.cast.commune, FIRST, TODAY, TODAY) if one.doubt is doubt]


def exchanged(cash: Cash, in_amount: str) -> UUID:
    act = ExchangeMoney(
        book=cash.book,
        day=TODAY,
        out_of=cash.account("1.1.02"),
        unit="VES",
        amount="10000",
        into=cash.account("1.1.01"),
        in_unit="USD",
        in_amount=in_amount,
        words="Para repuestos",
    )
    return cash.signed(act).id


def test_an_exchange_beside_the_rate_or_without_one_is_asked_about(cash: Cash) -> None:
    without = exchanged(cash, "300")
    rate = SetRate(unit="USD", amount="100", in_unit="VES", in_amount="3000", day=TODAY, source="Banco Central")
    cash.does(rate)
    exchanged(cash, "301")
    beside = exchanged(cash, "233")
    assert set(asked(cash, Doubt.RATE_BESIDE)) == {(without,), (beside,)}
    assert f"/accounts/entries/{beside}/" in read(Client(), "/accounts/control/")


def test_a_promise_paid_to_somebody_else_is_asked_about(cash: Cash) -> None:
    promise = Commit(
        line=BudgetLine.objects.get().id,
        unit="VES",
        amount="20000",
        payee="Ferretería La Esquina",
        due=date(2026, 3, 1),
        words="Válvulas",
    )
    cash.signed(promise)
    kept = Commitment.objects.get().id
    cash.signed(cash.paying("9900", payee="FERRETERIA la esquina", commitment=kept))
    other = cash.signed(cash.paying("9901", payee="Bodega Dos", commitment=kept)).id
    assert asked(cash, Doubt.OTHER_PAYEE) == [(other,)]


def imported(cash: Cash) -> ImportEntries:
    lines = [Posted("1.1.02", "VES", "-700"), Posted("5.1.04", "VES", "700")]
    table = table_bytes([EntryRow(day=TODAY, words=True, reference=False, lines=lines)])
    return ImportEntries(book=cash.book, table=files.store(table, MEDIA_TYPE), words=("Jornal",))


def test_what_a_file_spends_once_the_book_has_its_own_entries_is_asked_about(cash: Cash) -> None:
    taken = cash.signed(imported(cash)).id
    assert asked(cash, Doubt.IMPORT_SPENDS) == [(taken,)]
    assert f"/accounts/imports/{taken}/" in read(Client(), "/accounts/control/")
