"""The accounts of a quarter: what was there, came, went and is there fit together, on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from hypothesis import given, strategies as st
from pypdf import PdfReader

from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import Room
from comuna.treasury.models import BudgetLine, Entry
from comuna.treasury.queries.periods import assets_at, quarter_before, quarter_of
from comuna.treasury.tests.cash import LATER, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read
from tests.cast import Cast


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    room: Room = in_session(founded)
    with frozen_at(LATER):
        cash = budgeted(room.cast)
        cash.signed(cash.paying("12000"))
        yield cash


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_quarters_follow_each_other_without_a_gap(day: date) -> None:
    here, before = quarter_of(day), quarter_before(day)
    assert here.first <= day <= here.last
    assert before.after == here.first
    assert (here.first.day, here.after.day, here.first.month % 3) == (1, 1, 1)


def test_what_was_there_and_what_moved_give_what_is_there(cash: Cash) -> None:
    assert assets_at(cash.book, date(2026, 1, 1)) == {"VES": 0}
    assert assets_at(cash.book, date(2026, 3, 1)) == {"VES": 68_000}
    page = read(Client(), f"/accounts/books/{cash.book}/report/?from=2026-01-01")
    for words in ("del 1 de enero de 2026 al 31 de marzo de 2026", "800,00 VES", "120,00 VES", "680,00 VES"):
        assert words in page
    assert "Ferretería La Esquina" in page


def test_the_report_is_a_pdf_that_says_the_same(cash: Cash) -> None:
    answer = Client().get(f"/accounts/books/{cash.book}/report/pdf/?from=2026-01-01", headers={"accept-language": "es"})
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "680,00 VES" in text and "Una válvula" in text


@pytest.mark.parametrize("asked", ["yesterday", "1000-01-01", "9999-01-01"])
def test_a_quarter_that_is_none_is_not_found(cash: Cash, asked: str) -> None:
    assert Client().get(f"/accounts/books/{cash.book}/report/?from={asked}").status_code == 404


def test_a_new_book_leads_to_the_quarter_that_runs_and_quarters_with_entries_lead_to_each_other(cash: Cash) -> None:
    report = f"/accounts/books/{cash.book}/report/"
    assert "Cuentas de este trimestre" in read(Client(), f"/accounts/books/{cash.book}/")
    first = read(Client(), report)
    assert "del 1 de enero de 2026 al 31 de marzo de 2026" in first
    assert "El trimestre anterior" not in first and "El trimestre siguiente" not in first
    with frozen_at("2026-05-02T16:00:00Z"):
        assert "Cuentas del último trimestre" in read(Client(), f"/accounts/books/{cash.book}/")
        assert "del 1 de enero de 2026" in read(Client(), report)
        cash.receive("500", day=date(2026, 4, 20))
        assert "?from=2026-04-01" in read(Client(), report)
        assert "?from=2026-01-01" in read(Client(), f"{report}?from=2026-04-01")


def test_the_thread_of_an_act_leads_to_the_entry_that_it_made(cash: Cash) -> None:
    entry = Entry.objects.latest("folio")
    page = read(Client(), f"/acts/{entry.act}/")
    assert f"/accounts/entries/{entry.id}/" in page and "Una válvula" in page
    opened = read(Client(), f"/acts/{cash.book}/")
    assert "En las cuentas" not in opened


def test_a_decision_leads_to_what_was_set_aside_by_it(cash: Cash) -> None:
    line = BudgetLine.objects.get()
    decided = Resolution.objects.get()
    page = read(Client(), f"/assemblies/decisions/{decided.id}/")
    assert f"/accounts/lines/{line.id}/" in page
    for words in ("Lo apartado por esta decisión", "Válvulas", "500,00 VES", "120,00 VES", "380,00 VES"):
        assert words in page


def test_a_decision_about_no_money_shows_none(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        assert "apartado" not in read(Client(), f"/assemblies/decisions/{Resolution.objects.get().id}/")
