"""Money that somebody takes along is to be accounted for until a day: spent against the budget, or brought back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.treasury.acts import (
    AdoptBudget,
    CountCash,
    GiveAdvance,
    Move,
    OpenAccount,
    OpenBook,
    RecordOpening,
    ReturnAdvance,
    Reverse,
    SettleAdvance,
)
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.models import BudgetLine, Payment
from comuna.treasury.models.advances import Advance
from comuna.treasury.queries.advances import overdue
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import NEIGHBOUR, Cast, refused

DUE = date(2026, 2, 25)


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


def giving(cash: Cash, **other: Any) -> GiveAdvance:
    fields: dict[str, Any] = {
        "book": cash.book,
        "person": cash.cast.neighbour,
        "day": TODAY,
        "out_of": cash.account("1.1.02"),
        "into": cash.account("1.1.05"),
        "unit": "VES",
        "amount": "30000",
        "due": DUE,
        "words": "Válvulas en Barcelona",
    }
    return GiveAdvance(**fields | other)


def spent(advance: UUID, amount: str, **other: Any) -> SettleAdvance:
    fields: dict[str, Any] = {
        "advance": advance,
        "line": BudgetLine.objects.earliest("born").id,
        "day": TODAY,
        "unit": "VES",
        "amount": amount,
        "payee": "Ferretería La Esquina",
        "words": "Dos válvulas",
    }
    return SettleAdvance(**fields | other)


def back(cash: Cash, advance: UUID, amount: str, **other: Any) -> ReturnAdvance:
    fields: dict[str, Any] = {"day": TODAY, "into": cash.account("1.1.01"), "unit": "VES"}
    return ReturnAdvance(advance=advance, amount=amount, **fields | other)


@pytest.fixture
def given(cash: Cash) -> UUID:
    """An advance of 300,00 to a neighbour."""
    return cash.signed(giving(cash)).id


def test_what_is_bought_and_what_is_brought_back_make_up_the_advance(cash: Cash, given: UUID) -> None:
    assert (cash.held("1.1.02"), cash.held("1.1.05")) == (50_000, 30_000)
    bought = cash.does(spent(given, "22000"))
    assert Advance.objects.get().open == 8_000
    assert (BudgetLine.objects.get().spent, Payment.objects.get().entry_id) == (22_000, bought.id)
    cash.does(back(cash, given, "8000"))
    assert (Advance.objects.get().open, cash.held("1.1.05"), cash.held("1.1.01")) == (0, 0, 8_000)


def test_nobody_accounts_for_more_than_was_given(cash: Cash, given: UUID) -> None:
    with refused("treasury.beyond-the-advance") as caught:
        cash.does(spent(given, "30001"))
    assert "300,00 VES" in str(caught.value.words)
    with refused("treasury.beyond-the-advance"):
        cash.does(back(cash, given, "30001"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE treasury_advance SET open = amount + 1")


def test_what_is_taken_back_is_open_again(cash: Cash, given: UUID) -> None:
    bought = cash.does(spent(given, "22000"))
    with refused("treasury.advance-in-part"):
        cash.signed(Reverse(entry=given, day=TODAY, words="No fue"))
    cash.signed(Reverse(entry=bought.id, day=TODAY, words="Era de otro renglón"))
    assert (Advance.objects.get().open, BudgetLine.objects.get().spent) == (30_000, 0)
    cash.signed(Reverse(entry=given, day=TODAY, words="No fue"))
    assert (Advance.objects.get().open, cash.held("1.1.02")) == (0, 80_000)


def test_one_hand_alone_gives_nothing_and_days_run_forward(cash: Cash) -> None:
    with refused("acts.needs-signatures"):
        cash.does(giving(cash))
    with refused("treasury.due-first"):
        cash.does(Propose(act=giving(cash, due=FIRST)))
    with refused("treasury.kept-one-by-one"):
        cash.does(Propose(act=giving(cash, out_of=cash.account("1.1.05"))))
    with refused("treasury.other-advances-account"):
        cash.does(Propose(act=giving(cash, into=cash.account("1.1.02"))))


def test_other_lines_units_and_accounts_are_refused(cash: Cash, given: UUID) -> None:
    with refused("treasury.other-line"):
        cash.does(spent(given, "1", unit="USD"))
    with refused("treasury.other-unit"):
        cash.does(back(cash, given, "1", unit="USD"))
    with refused("treasury.same-account"):
        cash.does(back(cash, given, "1", into=cash.account("1.1.05")))
    with refused("treasury.outside-the-budget"):
        cash.does(spent(given, "1", day=date(2027, 1, 1)))
    fund = cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id
    assert overdue(fund, date(2026, 3, 1)) == []


def test_neighbours_read_initials_and_what_is_late_those_who_keep_the_book_her_name(cash: Cash, given: UUID) -> None:
    for path in (f"/accounts/books/{cash.book}/advances/", f"/accounts/advances/{given}/"):
        assert NEIGHBOUR not in read(Client(), path)
        assert NEIGHBOUR in read(cash.cast.browser(cash.cast.signer), path)
    with frozen_at("2026-02-26T12:00:00Z"):
        assert [one.id for one in overdue(cash.book, date(2026, 2, 26))] == [given]
        assert "en mora" in read(Client(), f"/accounts/books/{cash.book}/advances/")


def test_it_is_accounted_for_on_pages(cash: Cash, given: UUID) -> None:
    browser = cash.cast.browser(cash.cast.signer)
    assert "/accounts/advances/account/" in read(browser, f"/accounts/advances/{given}/")
    line = BudgetLine.objects.get().id
    typed = {"advance": given, "line": line, "day": "20/2/2026", "unit": "VES", "amount": "220,00"}
    form = f"/accounts/advances/account/?advance={given}"
    assert str(line) in read(browser, form)
    sent(browser, form, **typed, payee="Ferretería La Esquina", words="Dos válvulas")
    form = f"/accounts/advances/bring-back/?advance={given}"
    assert 'value="80,00"' in read(browser, form)
    typed = {"advance": given, "into": cash.account("1.1.01"), "day": "20/2/2026", "unit": "VES", "amount": "80"}
    assert sent(browser, form, **typed) == f"/accounts/advances/{given}/"
    assert "rendido" in read(Client(), f"/accounts/advances/{given}/")
    give = read(browser, f"/accounts/advances/give/?book={cash.book}")
    assert "Yelitza Carolina Rondón" in give


def test_advances_stand_in_an_account_of_their_own_that_nothing_else_moves(cash: Cash, given: UUID) -> None:
    """It needs not be said which."""
    lent, box = cash.account("1.1.05"), cash.account("1.1.01")
    cash.signed(giving(cash, into=None, amount="100"))
    assert cash.held("1.1.05") == 30_100
    move: dict[str, Any] = {"book": cash.book, "day": TODAY, "unit": "VES", "amount": "1", "words": "A otra parte"}
    row = BudgetRow(account=lent, amount="100", words="Anticipos")
    opening = RecordOpening(book=cash.book, unit="VES", rows=(OpeningRow(account=lent, amount="1"),))
    adopt = {"resolution": Resolution.objects.get().id, "begins": FIRST, "ends": TODAY, "unit": "VES"}
    for act in (
        Move(**move, out_of=lent, into=box),
        Move(**move, out_of=cash.account("1.1.02"), into=lent),
        cash.receiving("1", into=lent),
        opening,
        AdoptBudget(book=cash.book, rows=(row,), **adopt),
    ):
        with refused("treasury.kept-one-by-one"):
            cash.does(act)
    counted = CountCash(account=lent, day=TODAY, unit="VES", in_books="30100", counted="0")
    for signed in (counted, cash.paying("1", out_of=lent)):
        with refused("treasury.kept-one-by-one"):
            cash.does(Propose(act=signed))
    cash.does(back(cash, given, "30000"))
    assert cash.held("1.1.05") == 100


def test_where_the_chart_has_no_account_for_advances_one_that_holds_nothing_else_is_said(cash: Cash) -> None:
    fund = Cash(cash.cast, cash.does(OpenBook(kind="cc.fund.social", day=FIRST)).id)
    bank = fund.account("1.1.02")
    fund.receive("50000")
    own = cash.does(OpenAccount(beneath=fund.account("1.1.01"), code="1.1.01.01", name="Anticipos")).id
    with refused("treasury.no-advances-account"):
        cash.does(Propose(act=giving(fund, into=None)))
    fund.receive("100", into=fund.account("1.1.01"))
    with refused("treasury.not-advances-alone"):
        cash.does(Propose(act=giving(fund, into=fund.account("1.1.01"))))
    given = cash.signed(giving(fund, into=own)).id
    cash.signed(giving(fund, into=own, amount="100"))
    move = Move(book=fund.book, day=TODAY, out_of=own, into=bank, unit="VES", amount="1", words="Al banco")
    with refused("treasury.kept-one-by-one"):
        cash.does(move)
    cash.does(back(fund, given, "30000", into=bank))
    assert fund.held("1.1.02") == 49_900
    assert Advance.objects.get(pk=given).open == 0


def test_nothing_is_accounted_for_before_it_was_given(cash: Cash, given: UUID) -> None:
    for act in (spent(given, "100", day=date(2026, 2, 19)), back(cash, given, "100", day=date(2026, 2, 19))):
        with refused("treasury.before-the-advance"):
            cash.does(act)
