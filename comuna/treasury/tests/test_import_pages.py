"""A spreadsheet of money is handed in, looked at row by row, confirmed and taken back on pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.territory.models import WaitingList
from comuna.treasury.models import Entry, EntryImport
from comuna.treasury.tests.cash import LATER, Cash
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast

SHEET = """Caja del reciclaje;;;;
FECHA;CONCEPTO;INGRESO;EGRESO;REFERENCIA
06/02/2026;Venta de PET;1.940,00;;0042
07/02/2026;Gasoil;;35,00;
08/02/2026;Rifa;diez;;
;;=SUM(C3:C5);;
"""


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield Cash.opened(founded)


def handed(browser: Client, cash: Cash, text: str = SHEET) -> Any:
    file = SimpleUploadedFile("caja.csv", text.encode(), "text/csv")
    return browser.post(f"/accounts/imports/?book={cash.book}", {"file": file}, headers={"accept-language": "es"})


def test_each_row_is_seen_before_anything_is_written_then_taken_and_taken_back(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    assert f"/accounts/imports/?book={cash.book}" in read(keeper, f"/accounts/books/{cash.book}/imports/")
    waits = handed(keeper, cash)["Location"]
    page = read(keeper, waits)
    assert "Se tomarían 2 asientos" in page and "1 fila no se toma" in page
    assert ": diez" in page and "Venta de PET" in page and "1.940,00 VES" in page
    assert not Entry.objects.exists()
    columns = {
        "day": "FECHA", "words": "CONCEPTO", "came": "INGRESO", "went": "EGRESO", "unit": "VES", "place": "1.1.02",
        "income": "4.1.03", "expense": "5.1.07",
    }  # fmt: skip
    assert sent_303(keeper, waits, columns) == waits
    assert 'name="_propose" value="1"' in read(keeper, waits)
    form = {"_id": str(uuid4()), "_propose": "1"}
    for _time in range(2):  # sent twice, done once
        done = keeper.post(f"{waits}confirm/", form)
        assert done.status_code == 303
    assert done["Location"] == f"/proposals/{form['_id']}/" and not Entry.objects.exists()
    cash.cosigns()
    taken = EntryImport.objects.get()
    assert cash.trial() == {"1.1.02": 190_500, "4.1.03": -194_000, "5.1.07": 3_500}
    assert list(Entry.objects.order_by("folio").values_list("words", "reference")) == [
        ("Venta de PET", ""), ("Gasoil", ""),
    ]  # fmt: skip
    page = read(keeper, f"/accounts/imports/{taken.id}/")
    assert "2 asientos tomados de un archivo" in page and "diez" in page
    assert "diez" not in read(Client(), f"/accounts/imports/{taken.id}/"), "for whoever brought it alone"
    assert "2 asientos tomados" in read(Client(), f"/accounts/books/{cash.book}/imports/")
    back = f"/accounts/imports/take-back/?imported={taken.id}"
    assert back in page
    sent(keeper, back, imported=taken.id, day="20/2/2026", words="Otro libro", _propose=1)
    assert cash.held("1.1.02") != 0
    cash.cosigns()
    assert cash.held("1.1.02") == 0
    assert back not in read(keeper, f"/accounts/imports/{taken.id}/")


def sent_303(browser: Client, path: str, fields: dict[str, str]) -> str:
    answer = browser.post(path, {**fields, "_id": str(uuid4())}, headers={"accept-language": "es"})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def test_columns_that_do_not_say_enough_are_asked_for(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    waits = handed(keeper, cash, "uno;dos\n1;2")["Location"]
    page = read(keeper, waits)
    assert "Di abajo qué son las columnas" in page and "confirm/" not in page
    wrong = keeper.post(waits, {"day": "uno", "_id": str(uuid4())})
    assert wrong.status_code == 422 and 'value="uno"' in wrong.content.decode()
    columns = {"day": "x", "words": "y", "came": "z", "went": "w", "unit": "VES"}
    places = {"place": "1.1.01", "income": "4.1.01", "expense": "5.1.01"}
    sent_303(keeper, waits, columns | places)
    assert "Ninguna fila tiene todos estos encabezados" in read(keeper, waits)
    assert keeper.post(f"{waits}confirm/", {"_id": str(uuid4())}).status_code == 200
    assert not Entry.objects.exists()


def test_a_row_that_a_rule_refuses_takes_none_and_says_which(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    waits = handed(keeper, cash, SHEET.replace("06/02/2026", "06/01/2026"))["Location"]
    refused = keeper.post(f"{waits}confirm/", {"_id": str(uuid4()), "_propose": "1"}, headers={"accept-language": "es"})
    assert refused.status_code == 422 and "treasury.before-the-book" in refused.content.decode()
    assert not Entry.objects.exists()


def test_a_file_waits_for_whoever_brought_it_and_can_be_thrown_away(cash: Cash) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    waits = handed(keeper, cash)["Location"]
    assert b"PET" not in WaitingList.objects.get().sealed.encode()
    assert waits in read(keeper, f"/accounts/imports/?book={cash.book}")
    other = cash.cast.browser(cash.cast.acting_signer)
    assert other.get(waits).status_code == 404 and Client().get(waits).status_code == 404
    assert "caja.csv" not in read(cash.cast.browser(cash.cast.secretary), "/people/import/")
    assert keeper.post(f"{waits}discard/", {"_id": str(uuid4())}).status_code == 303
    assert keeper.get(waits).status_code == 404 and not WaitingList.objects.exists()


def test_who_may_not_enter_hands_nothing_in_and_what_is_no_table_is_refused(cash: Cash) -> None:
    upload = f"/accounts/imports/?book={cash.book}"
    assert cash.cast.browser(cash.cast.neighbour).get(upload).status_code == 403
    assert Client().get(upload).status_code == 302
    keeper = cash.cast.browser(cash.cast.signer)
    for text, rule in (("", "treasury.no-file-of-entries"), ("<html>", "territory.other-format")):
        answer = handed(keeper, cash, text)
        assert answer.status_code == 422 and rule in answer.content.decode()
