"""However many rows there are, a page asks the books as often; and what looks for a few rows reads no table whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.treasury import queries
from comuna.treasury.acts import OpenSavings
from comuna.treasury.models import Advance, BudgetLine, Entry
from comuna.treasury.queries import bank as of_banks, importing
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_advances import giving
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The statements that read."""
    found: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if statement.startswith("SELECT"):
            found.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        yield found


def grows(client: Client, path: str, more: Callable[[], object]) -> int:
    """By how many statements a page grows with more rows."""

    def count() -> int:
        read(client, path)
        with asked() as found:
            read(client, path)
        return len(found)

    before = count()
    more()
    return count() - before


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at(LATER):
        yield Bank.opened(founded)


def test_the_banks_page_asks_as_often_for_many_members_as_for_few(bank: Bank) -> None:
    bank.saves(bank.farmer)
    bank.credit()
    bank.asked()

    def more() -> None:
        for number in range(4):
            person = bank.registered(f"Socia {number}")
            bank.does(OpenSavings(book=bank.book, person=person))
        for person in bank.approvers:
            bank.does(OpenSavings(book=bank.book, person=person))

    assert grows(bank.browser(bank.administrator), f"/accounts/bank/?book={bank.book}", more) == 0


def test_an_account_of_savings_asks_as_often_for_many_moves_as_for_few_and_has_pages(bank: Bank) -> None:
    savings = bank.saves(bank.farmer)
    bank.deposit(savings, "1000")
    path = f"/accounts/bank/savings/{savings}/"
    browser = bank.browser(bank.administrator)
    assert grows(browser, path, lambda: [bank.deposit(savings, "1000") for _time in range(22)]) == 0
    assert "?page=2" in read(browser, path)


def test_advances_ask_as_often_for_many_as_for_few_and_have_pages(cash: Cash) -> None:
    cash.signed(giving(cash, amount="100"))
    path = f"/accounts/books/{cash.book}/advances/"
    assert grows(Client(), path, lambda: [cash.signed(giving(cash, amount="100")) for _time in range(22)]) == 0
    assert Advance.objects.count() == 23 and "?page=2" in read(Client(), path)


def test_payments_of_a_line_ask_as_often_for_many_as_for_few_and_have_pages(cash: Cash) -> None:
    cash.signed(cash.paying("100"))
    path = f"/accounts/lines/{BudgetLine.objects.get().id}/"
    assert grows(Client(), path, lambda: [cash.signed(cash.paying("100")) for _time in range(22)]) == 0
    assert "?page=2" in read(Client(), path)


@pytest.mark.sqlite_only
def test_what_looks_for_a_few_rows_reads_no_table_whole(bank: Bank) -> None:
    entry = Entry.objects.latest("born")
    bank.asked()
    with asked() as found:
        doubts(bank.cast.commune, FIRST, TODAY, TODAY)
        importing.to_take_back(entry.act)
        queries.entered_since(bank.book, TODAY, entry.born)
        of_banks.waiting(bank.book)
        of_banks.made_by_the_bank([entry.id])
    tables = ("treasury_entry", "journal_record", "treasury_posting", "treasury_credit", "treasury_creditanswer")
    for statement, values in found:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plan = [str(row[-1]) for row in cursor.fetchall()]
        assert not [one for one in plan if one.startswith("SCAN") and one.split()[1] in ("e", "r", "p", *tables)], (
            f"{statement}: {plan}"
        )
    (taken,) = [(statement, values) for statement, values in found if "COALESCE(e.reverses_id" in statement]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {taken[0]}", taken[1])
        assert "(act=?)" in " ".join(str(row[-1]) for row in cursor.fetchall())
