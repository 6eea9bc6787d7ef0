"""Every table of the accounts is printed blank, and the lines that were written by hand are typed all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.models import Proposal
from comuna.journal.models import Record
from comuna.treasury import sheetcodes
from comuna.treasury.acts import GiveAdvance
from comuna.treasury.models import Advance, BudgetLine, Entry
from comuna.treasury.models.bank import Savings
from comuna.treasury.pages.sheetkinds import KINDS
from comuna.treasury.pages.sheets import sheet_id
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


@pytest.fixture
def bank(founded: Cast) -> Iterator[Bank]:
    with frozen_at(LATER):
        yield Bank.opened(founded)


def lines(*rows: dict[str, Any]) -> dict[str, Any]:
    """As the form names them; a line left empty lies between."""
    return {f"rows.{2 * n}.{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def received(cash: Cash, amount: str, **other: Any) -> dict[str, Any]:
    places = {"source": cash.account("4.1.01"), "into": cash.account("1.1.01")}
    return {"day": "20/2/2026", "amount": amount, "words": "Rifa", **places, **other}


def form(book: object, kind: str) -> str:
    return f"/accounts/books/{book}/sheets/{kind}/type/"


def test_a_sheet_has_a_column_for_each_field_and_its_code_leads_to_the_form(cash: Cash) -> None:
    listed = read(Client(), f"/accounts/books/{cash.book}/sheets/")
    for kind in ("received", "payments", "advances", "purchases"):
        assert f"/accounts/books/{cash.book}/sheets/{kind}/" in listed
        sheet = read(Client(), f"/accounts/books/{cash.book}/sheets/{kind}/")
        code = sheetcodes.code_of(sheet_id(cash.book, kind))
        assert code in sheet and sheet.count("<tr>") > 10
        assert sheet.count('<th scope="col"') == len(KINDS[kind].columns)
        assert Client().get("/accounts/paper/", {"code": code})["Location"] == form(cash.book, kind)
    for kind in ("deposits", "nothing"):
        assert Client().get(f"/accounts/books/{cash.book}/sheets/{kind}/").status_code == 404


def test_every_line_is_an_act_of_its_own(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    where = sent(
        keeper, form(cash.book, "received"), unit="VES",
        **lines(received(cash, "5,00"), received(cash, "1.250,50", words="Venta", reference="77")),
    )  # fmt: skip
    assert where == f"/accounts/books/{cash.book}/"
    assert cash.held("1.1.01") == 125_550
    newest = Record.objects.order_by("-seq")[:2]
    assert all(b'"channel":"paper"' in bytes(one.body) and one.verb == "treasury.receive" for one in newest)


def test_one_line_that_is_refused_is_named_and_nothing_is_entered(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    before = Entry.objects.count()
    rows = lines(received(cash, "5,00"), received(cash, "7,00", day="1/1/2026"))
    answer = keeper.post(form(cash.book, "received"), {"unit": "VES", "_id": str(uuid4()), **rows})
    said = answer.content.decode()
    assert answer.status_code == 422 and "Renglón 2: " in said and "treasury.before-the-book" in said
    assert 'id="f-rows.2.day-fault"' in said and 'value="7,00"' in said, "at its line, with what was typed kept"
    assert Entry.objects.count() == before


def test_a_sheet_that_is_sent_twice_is_entered_once(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    typed = {"unit": "VES", "_id": str(uuid4()), **lines(received(cash, "5,00"), received(cash, "6,00"))}
    for _time in range(2):
        assert keeper.post(form(cash.book, "received"), typed).status_code == 302
    assert cash.held("1.1.01") == 1_100
    other = keeper.post(form(cash.book, "received"), {**typed, "rows.0.amount": "9,00"})
    assert other.status_code == 409 and cash.held("1.1.01") == 1_100


def test_a_sheet_without_lines_is_none(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    empty = keeper.post(form(cash.book, "received"), {"unit": "VES", "_id": str(uuid4())})
    assert empty.status_code == 422 and "treasury.no-lines" in empty.content.decode()


def test_payments_of_a_sheet_wait_for_their_signatures(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    paid = {
        "day": "20/2/2026", "amount": "12,00", "payee": "Bodega", "words": "Cal",
        "line": BudgetLine.objects.get().id, "out_of": cash.account("1.1.02"),
    }  # fmt: skip
    typed = {"unit": "VES", "_propose": 1, **lines(paid, {**paid, "payee": "Ferretería"})}
    assert sent(keeper, form(cash.book, "payments"), **typed) == "/proposals/"
    assert Proposal.objects.filter(verb="treasury.pay").count() == 2
    assert Entry.objects.count() == 1


def test_advances_are_given_and_accounted_for_by_sheets(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    given = {
        "day": "20/2/2026", "amount": "50,00", "person": cash.cast.signer, "words": "Viaje", "due": "28/2/2026",
        "out_of": cash.account("1.1.02"), "into": cash.account("1.1.05"),
    }  # fmt: skip
    assert sent(keeper, form(cash.book, "advances"), unit="VES", _propose=1, **lines(given)) == "/proposals/"
    cash.signed(
        GiveAdvance(
            book=cash.book, person=cash.cast.signer, day=TODAY, out_of=cash.account("1.1.02"),
            into=cash.account("1.1.05"), unit="VES", amount="5000", due=TODAY, words="Viaje",
        )
    )  # fmt: skip
    bought = {
        "day": "20/2/2026", "amount": "10,00", "advance": Advance.objects.get().id, "payee": "Bodega",
        "words": "Cal", "line": BudgetLine.objects.get().id,
    }  # fmt: skip
    sent(keeper, form(cash.book, "purchases"), unit="VES", **lines(bought, {**bought, "amount": "15,00"}))
    assert Advance.objects.get().open == 2_500


def test_a_days_deposits_and_repayments_are_typed_at_once_and_names_are_for_the_bank(bank: Bank) -> None:
    savings, credit = bank.saves(bank.farmer), bank.credit()
    clerk = bank.browser(bank.administrator)
    saved = {"day": "20/2/2026", "savings": savings, "amount": "20,00", "into": bank.account("1.1.01")}
    assert "Flor Ynés Quero" in read(clerk, form(bank.book, "deposits"))
    sent(clerk, form(bank.book, "deposits"), unit="VES", **lines(saved, {**saved, "amount": "5,00"}))
    assert Savings.objects.get().balance == 2_500
    repaid = {"day": "20/2/2026", "credit": credit, "amount": "100,00", "into": bank.account("1.1.01")}
    sent(clerk, form(bank.book, "repayments"), unit="VES", **lines(repaid))
    assert bank.adds_up()
    for kind in ("deposits", "repayments"):
        assert "Flor" not in read(Client(), f"/accounts/books/{bank.book}/sheets/{kind}/")
        assert Client().get(form(bank.book, kind)).status_code == 302
        neighbour = bank.browser(bank.cast.neighbour).get(form(bank.book, kind))
        assert neighbour.status_code == 403 and "Flor" not in neighbour.content.decode()
