"""Receipts on paper have numbers, and each number is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.door import Done
from comuna.treasury import sheetcodes
from comuna.treasury.acts import BeginReceipts, Reverse, TakeBackReceipts, TypeReceipts
from comuna.treasury.acts.receiving import TypedReceipt
from comuna.treasury.control import Doubt
from comuna.treasury.models import Entry, NumberedReceipt, ReceiptBook
from comuna.treasury.queries.control import doubts
from comuna.treasury.queries.receiving import standing
from comuna.treasury.rules import numbers_missing
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    """Receipts printed on 10 February, ten days ago."""
    cash = Cash.opened(founded)
    cash.does(BeginReceipts(book=cash.book, receipts=10))
    with frozen_at(LATER):
        yield cash


def receipt(cash: Cash, number: int, amount: str | None = "500", **other: Any) -> TypedReceipt:
    fields: dict[str, Any] = {"number": number, "amount": amount, "words": "Aporte"}
    if amount is not None:
        fields |= {"day": date(2026, 2, 10), "source": cash.account("4.1.01"), "into": cash.account("1.1.01")}
    return TypedReceipt(**fields | other)


def typing(cash: Cash, *rows: TypedReceipt) -> Done:
    return cash.does(TypeReceipts(book=cash.book, unit="VES", rows=rows))


def missing(cash: Cash) -> tuple[int, ...]:
    return standing([cash.book])[0].missing


def test_numbers_run_on_from_one_receipt_book_to_the_next(cash: Cash) -> None:
    cash.does(BeginReceipts(book=cash.book, receipts=5))
    assert list(ReceiptBook.objects.order_by("first").values_list("first", "last")) == [(1, 10), (11, 15)]
    for wrong in (0, 101):
        with refused("treasury.receipts-of-a-book"):
            cash.does(BeginReceipts(book=cash.book, receipts=wrong))


def test_many_receipts_are_one_act_and_an_entry_each(cash: Cash) -> None:
    typing(cash, receipt(cash, 1), receipt(cash, 2, "250"), receipt(cash, 3, None, words="Mal escrito"))
    assert cash.trial() == {"1.1.01": 750, "4.1.01": -750}
    assert [one.entry is not None for one in standing([cash.book])[0].numbers[:4]] == [True, True, False, False]
    assert NumberedReceipt.objects.get(number=3).spoilt == "Mal escrito"
    assert missing(cash) == ()


def test_a_number_is_typed_once(cash: Cash) -> None:
    typing(cash, receipt(cash, 1), receipt(cash, 2, None))
    with refused("treasury.number-typed") as said:
        typing(cash, receipt(cash, 3), receipt(cash, 1))
    assert "El recibo 1 ya se anotó: es el folio 1" in str(said.value) and said.value.field == "rows.1.number"
    with refused("treasury.number-typed") as said:
        typing(cash, receipt(cash, 2))
    assert "como dañado" in str(said.value)
    with refused("treasury.number-twice"):
        typing(cash, receipt(cash, 4), receipt(cash, 4))
    with refused("treasury.no-such-number"):
        typing(cash, receipt(cash, 11))
    with refused("treasury.no-receipts-typed"):
        typing(cash)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("rule", "field", "wrong"),
    [
        ("treasury.half-a-receipt", "day", {"day": None}),
        ("treasury.half-a-receipt", "into", {"into": None}),
        ("treasury.half-a-receipt", "source", {"source": None}),
        ("treasury.day-to-come", "day", {"day": date(2026, 3, 1)}),
        ("treasury.before-the-book", "day", {"day": date(2026, 1, 1)}),
        ("treasury.before-the-receipts", "day", {"day": date(2026, 2, 9)}),
    ],
)
def test_a_receipt_over_an_amount_is_whole(cash: Cash, rule: str, field: str, wrong: dict[str, Any]) -> None:
    with refused(rule) as said:
        typing(cash, receipt(cash, 1), receipt(cash, 2, **wrong))
    assert said.value.field == f"rows.1.{field}"
    if rule == "treasury.half-a-receipt":
        assert "El recibo 2 tiene monto" in str(said.value), "which of them"


def test_money_comes_from_outside_into_a_place(cash: Cash) -> None:
    places: list[dict[str, Any]] = [{"source": cash.account("1.1.02")}, {"into": cash.account("4.1.01")}]
    for wrong in places:
        with refused("treasury.other-account"):
            typing(cash, receipt(cash, 1, **wrong))
    with refused("treasury.no-such-unit"):
        cash.does(TypeReceipts(book=cash.book, unit="XXX", rows=(receipt(cash, 1),)))
    with refused("mandates.other-seat"):
        cash.does(TypeReceipts(book=cash.book, unit="VES", rows=(receipt(cash, 1),)), cash.cast.secretary)


def test_a_number_that_is_missing_in_a_run_is_named_in_public(cash: Cash) -> None:
    typing(cash, receipt(cash, 1), receipt(cash, 4))
    assert missing(cash) == (2, 3)
    found = doubts(cash.cast.commune, FIRST, TODAY, TODAY)
    begun = ReceiptBook.objects.get().id
    assert [one.acts for one in found if one.doubt is Doubt.RECEIPT_MISSING] == [(begun,)]
    for page in (f"/accounts/books/{cash.book}/", f"/accounts/books/{cash.book}/receipt-books/"):
        assert "Sin anotar, aunque hay posteriores: 2 y 3" in read(Client(), page)
    assert f"/accounts/receipt-books/{begun}/" in read(Client(), "/accounts/control/")
    assert "sin anotar" in read(Client(), f"/accounts/receipt-books/{begun}/")
    typing(cash, receipt(cash, 2, None, words="Se mojó"), receipt(cash, 3))
    assert missing(cash) == ()
    assert not [one for one in doubts(cash.cast.commune, FIRST, TODAY, TODAY) if one.doubt is Doubt.RECEIPT_MISSING]


def test_what_was_typed_is_taken_back_and_typed_anew(cash: Cash) -> None:
    done = typing(cash, receipt(cash, 1), receipt(cash, 2), receipt(cash, 3, None))
    cash.signed(Reverse(entry=Entry.objects.get(folio=1).id, day=TODAY, words="Otro monto"))
    typing(cash, receipt(cash, 1, "700"))
    back = TakeBackReceipts(typed=done.id, day=TODAY, words="Eran de otro libro")
    with refused("treasury.reversed-before"):
        cash.signed(back.model_copy(update={"day": date(2026, 2, 9)}))
    with refused("acts.needs-signatures"):
        cash.does(back)
    cash.signed(back)
    assert cash.held("1.1.01") == 700
    with refused("treasury.receipts-taken-back"):
        cash.signed(back)
    typing(cash, receipt(cash, 2), receipt(cash, 3))
    assert cash.held("1.1.01") == 1_700
    assert missing(cash) == ()


def test_numbers_missing_are_those_before_the_newest() -> None:
    assert numbers_missing({}) == numbers_missing({1: False, 2: False}) == ()
    assert numbers_missing({1: True, 2: False, 3: False, 4: True, 5: False}) == (2, 3)


def test_receipts_are_begun_printed_typed_and_taken_back_on_pages(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    begun = sent(keeper, f"/accounts/receipt-books/begin/?book={cash.book}", book=cash.book, receipts=5)
    sheets = read(Client(), f"{begun}sheets/")
    assert all(f"Recibo N.º {number} ·" in sheets for number in range(11, 16))
    twelve = NumberedReceipt.objects.get(number=12)
    assert sheetcodes.code_of(twelve.id) in sheets
    where = Client().get("/accounts/paper/", {"code": sheetcodes.code_of(twelve.id)})["Location"]
    assert where == f"/accounts/receipt-books/type/?book={cash.book}&number=12"
    form = read(keeper, where)
    assert 'name="rows.0.number" value="12"' in form and 'name="rows.3.number" value="15"' in form
    rows = {
        "rows.0.number": 12, "rows.0.day": "20/2/2026", "rows.0.amount": "5,00", "rows.0.words": "Rifa",
        "rows.0.source": cash.account("4.1.01"), "rows.0.into": cash.account("1.1.01"),
        "rows.1.number": 13, "rows.1.source": cash.account("4.1.01"), "rows.1.into": cash.account("1.1.01"),
    }  # fmt: skip
    back = sent(keeper, where, book=cash.book, unit="VES", **rows)
    assert back == f"/accounts/books/{cash.book}/receipt-books/"
    entry = Entry.objects.latest("folio")
    assert (entry.words, cash.held("1.1.01")) == ("Rifa", 500)
    page = read(keeper, f"/accounts/entries/{entry.id}/")
    assert "N.º 12" in page and f"/accounts/receipt-books/take-back/?typed={entry.act}" in page
    taken = f"/accounts/receipt-books/take-back/?typed={entry.act}"
    sent(keeper, taken, typed=entry.act, day="20/2/2026", words="Otro libro", _propose=1)
    cash.cosigns()
    assert cash.held("1.1.01") == 0
    assert Client().get(f"/accounts/receipt-books/{uuid4()}/").status_code == 404


def test_no_account_is_chosen_for_whoever_types_where_there_are_several(cash: Cash) -> None:
    form = read(cash.cast.browser(cash.cast.signer), f"/accounts/receipt-books/type/?book={cash.book}")
    for name in ("rows.0.source", "rows.0.into"):
        select = form.split(f'name="{name}"')[1].split("</select>")[0]
        chosen = [one for one in select.split("<option")[1:] if "selected" in one]
        assert len(select.split("<option")) > 3 and all('value=""' in one for one in chosen)


def test_no_field_takes_the_name_of_who_paid() -> None:
    assert set(TypedReceipt.model_fields) == {"number", "day", "amount", "words", "source", "into"}
