"""A payment is carried on paper to those who sign it, and each types her signature under its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.journal.models import Record
from comuna.journal.papercode import Mistyped
from comuna.look import paper
from comuna.treasury import sheetcodes
from comuna.treasury.models import Entry
from comuna.treasury.tests.cash import LATER, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


def proposed(cash: Cash) -> UUID:
    return cash.does(Propose(act=cash.paying("12000", reference="004312"))).id


def test_the_sheet_says_what_is_paid_and_has_a_line_for_each_who_may_sign(cash: Cash) -> None:
    waits = proposed(cash)
    sheet = read(Client(), f"/accounts/orders/{waits}/")
    for words in ("Orden de pago: 120,00 VES", "Ferretería La Esquina", "Una válvula", "Válvulas", "004312"):
        assert words in sheet, words
    assert sheetcodes.code_of(waits) in sheet
    signing = re.findall(r'<ul class="signatures">(.*?)</ul>', sheet)[0]
    assert signing.count("<li>") == 3, "the two others of the finance unit, and who is paid"
    assert "Recibido: Ferretería La Esquina" in signing


def test_the_code_leads_to_the_sheet_and_a_slip_is_called_one(cash: Cash) -> None:
    waits = proposed(cash)
    code = sheetcodes.code_of(waits)
    found = Client().get("/accounts/paper/", {"code": f" {code[:4].lower()}-{code[4:]} "})
    assert (found.status_code, found["Location"]) == (302, f"/accounts/orders/{waits}/")
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    assert "Error al escribir" in read(Client(), f"/accounts/paper/?code={wrong}")
    assert "ninguna hoja de estos libros" in read(Client(), f"/accounts/paper/?code={sheetcodes.code_of(uuid4())}")
    assert Client().get(f"/accounts/orders/{uuid4()}/").status_code == 404


def test_the_code_is_a_picture_too_where_the_commune_has_an_address(cash: Cash) -> None:
    waits = proposed(cash)
    here = Client(headers={"host": "localhost"})
    assert "<svg" not in read(here, f"/accounts/orders/{waits}/?before")  # a page that was read is kept
    paper.keep("http://example.org:8000")
    sheet = read(here, f"/accounts/orders/{waits}/")
    assert "<svg" in sheet and "http://example.org:8000/accounts/paper/" in sheet


def test_who_signed_by_hand_types_it_herself_and_the_payment_is_made(cash: Cash) -> None:
    waits = proposed(cash)
    form = f"/accounts/orders/sign/?proposal={waits}"
    other = cash.cast.browser(cash.cast.acting_signer)
    where = sent(other, form, proposal=waits)
    paid = Entry.objects.latest("folio")
    assert where == f"/accounts/entries/{paid.id}/"
    assert b'"channel":"paper"' in bytes(Record.objects.filter(verb="acts.sign").latest("seq").body)
    assert sheetcodes.code_of(waits) in read(Client(), f"/accounts/orders/{paid.id}/"), "it stays that of the paper"
    assert f"/accounts/orders/{paid.id}/" in read(Client(), f"/accounts/entries/{paid.id}/")
    assert other.get(form)["Location"] == where


def test_nobody_types_the_signature_of_somebody_else(cash: Cash) -> None:
    waits = proposed(cash)
    form = f"/accounts/orders/sign/?proposal={waits}"
    for browser in (cash.cast.browser(cash.cast.signer), cash.cast.browser(cash.cast.secretary)):
        answer = browser.post(form, {"proposal": str(waits), "_id": str(uuid4())})
        assert answer.status_code == 422
    assert Entry.objects.count() == 1


def test_a_code_is_read_back_and_every_wrong_letter_is_found() -> None:
    id = uuid4()
    code = sheetcodes.code_of(id)
    first, last = sheetcodes.ids_of(code)
    assert first <= id <= last and first.int >> 88 == last.int >> 88 == id.int >> 88
    for at, letter in enumerate(code):
        other = "A" if letter != "A" else "B"
        with pytest.raises(Mistyped):
            sheetcodes.ids_of(code[:at] + other + code[at + 1 :])
    for wrong in ("", "ABC", f"{code}0", "Ñ" * 9):
        with pytest.raises(Mistyped):
            sheetcodes.ids_of(wrong)
