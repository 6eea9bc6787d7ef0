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
from comuna.assemblies.tests.test_session import Room
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
