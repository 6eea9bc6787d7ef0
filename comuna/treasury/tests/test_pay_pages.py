"""The form of a payment: which lines it offers, and that it is about the line that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.treasury.acts import AdoptBudget, ApproveAccounts
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.models import BudgetLine
from comuna.treasury.tests.cash import FIRST, LATER, Cash, decide, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast

OVER = date(2026, 2, 15)  # on which the first budget ends, five days ago


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    """Two budgets of one line each: one that is over, and one that reaches today."""
    with frozen_at(MEETING):
        decided = [Resolution.objects.get().id, decide(room, "Comprar gasoil")]
    with frozen_at(LATER):
        cash = Cash.opened(founded)
        cash.receive("80000")
        for resolution, begins, ends, words in (
            (decided[0], FIRST, OVER, "Válvulas"),
            (decided[1], date(2026, 2, 16), date(2026, 12, 31), "Gasoil"),
        ):
            row = BudgetRow(account=cash.account("5.1.01"), amount="20000", words=words)
            fields = {"book": cash.book, "resolution": resolution, "begins": begins, "ends": ends, "unit": "VES"}
            cash.does(AdoptBudget(**fields, rows=(row,)))
        yield cash


def form(cash: Cash, line: BudgetLine | None = None) -> str:
    asked = f"&line={line.id}" if line else ""
    return f"/accounts/pay/?book={cash.book}{asked}"


def test_the_link_of_a_line_whose_budget_is_over_opens_the_form_of_that_line(cash: Cash) -> None:
    over = BudgetLine.objects.get(words="Válvulas")
    browser = cash.cast.browser(cash.cast.signer)
    page = read(browser, form(cash, over))
    assert "Válvulas" in page and "Gasoil" not in page
    assert 'value="2026-02-15"' in page


def test_what_was_paid_before_a_budget_ended_is_entered_afterwards_through_pages(cash: Cash) -> None:
    over = BudgetLine.objects.get(words="Válvulas")
    browser = cash.cast.browser(cash.cast.signer)
    page = read(browser, form(cash))
    assert "Válvulas" in page and "Gasoil" in page
    proposed = sent(
        browser, form(cash, over), line=over.id, day="14/2/2026", out_of=cash.account("1.1.02"), unit="VES",
        amount="20", payee="Ferretería La Esquina", words="Una válvula", _propose=1,
    )  # fmt: skip
    sent(cash.cast.browser(cash.cast.acting_signer), "/proposals/sign/", proposal=proposed.split("/")[2])
    assert BudgetLine.objects.get(pk=over.id).spent == 2_000


def test_a_line_with_nothing_left_or_of_closed_days_alone_is_not_offered(cash: Cash, room: Room) -> None:
    gasoil = BudgetLine.objects.get(words="Gasoil")
    cash.signed(cash.paying("20000", line=gasoil.id))
    browser = cash.cast.browser(cash.cast.signer)
    assert "Gasoil" not in read(browser, form(cash))
    decided = decide(room, "Aprobar las cuentas hasta el 15 de febrero", approves=True)
    cash.does(ApproveAccounts(book=cash.book, resolution=decided, through=OVER))
    page = read(browser, form(cash))
    assert "Válvulas" not in page and "Gasoil" not in page
