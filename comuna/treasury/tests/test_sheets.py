"""A spreadsheet of money is taken row by row; what cannot be taken is named with its row and why."""

from __future__ import annotations

from datetime import date

import pytest

from comuna.territory.reading.open import open_table
from comuna.treasury.plaintext.reading import Read, Why
from comuna.treasury.plaintext.sheets import Columns, NoSuchColumn, read_sheet

TODAY = date(2026, 2, 20)
ACCOUNTS = {"1.1.01": "asset", "4.1.01": "income", "4.1.03": "income", "5.1.07": "expense"}
COLUMNS = Columns(
    day="Fecha", words="Concepto", came="Entra", went="Sale", reference="Soporte", unit="VES",
    place="1.1.01", income="4.1.01", expense="5.1.07", by_words={"Venta PET": "4.1.03"},
)  # fmt: skip


def read(*rows: str, columns: Columns = COLUMNS) -> Read:
    text = "\n".join(["Caja del reciclaje;;;;", "FECHA;CONCEPTO;ENTRA;SALE;SOPORTE", *rows])
    return read_sheet(open_table(text.encode())[0], columns, ACCOUNTS, {"VES": 2, "KG": 3}, TODAY)


def amounts(found: Read) -> list[str]:
    assert not found.left
    return [row.lines[0].amount for row in found.rows]


def test_rows_are_entries_by_what_came_and_went() -> None:
    found = read("6/12/2025;venta pet;1.940,00;;factura 3", "2025-12-07;Gasoil;;35;")
    assert [row.day.isoformat() for row in found.rows] == ["2025-12-06", "2025-12-07"]
    assert [[line[:] for line in row.lines] for row in found.rows] == [
        [("1.1.01", "VES", "194000"), ("4.1.03", "VES", "-194000")],
        [("1.1.01", "VES", "-3500"), ("5.1.07", "VES", "3500")],
    ]
    assert (found.words, found.references) == (["venta pet", "Gasoil"], ["factura 3"])


@pytest.mark.parametrize("said", ["1.940,50", "1,940.50", "1940,5", "1940.50", "Bs. 1.940,50", "1 940,50"])
def test_an_amount_is_read_however_it_is_written(said: str) -> None:
    assert amounts(read(f"2025-12-07;Rifa;{said};;")) == ["194050"]


@pytest.mark.parametrize(("said", "amount"), [("1.940", "194000"), ("1.940.000", "194000000"), ("760.00", "76000")])
def test_three_digits_behind_a_point_are_thousands(said: str, amount: str) -> None:
    assert amounts(read(f"2025-12-07;Rifa;{said};;")) == [amount]


@pytest.mark.parametrize(
    ("why", "row"),
    [
        (Why.DAY, ";Rifa;10;;"),
        (Why.DAY, "30/02/2025;Rifa;10;;"),
        (Why.DAY, "2026-02-21;Rifa;10;;"),
        (Why.NUMBER, "2025-12-07;Rifa;diez;;"),
        (Why.NUMBER, "2025-12-07;Rifa;10 o 12;;"),
        (Why.NUMBER, "2025-12-07;Rifa;1,2,3;;"),
        (Why.AMOUNT, "2025-12-07;Rifa;1,2345;;"),
        (Why.AMOUNT, "2025-12-07;Rifa;-5;;"),
        (Why.FORMULA, "2025-12-07;Rifa;=1+1;;"),
        (Why.SIDES, "2025-12-07;Rifa;10;5;"),
        (Why.SIDES, "2025-12-07;Rifa;;;"),
        (Why.WORDS, f"2025-12-07;{'x' * 201};5;;"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_row(why: Why, row: str) -> None:
    found = read("2025-12-07;Rifa;10;;", row, "2025-12-08;Rifa;10;;")
    assert [(left.line, left.why) for left in found.left] == [(4, why)]
    assert len(found.rows) == 2


def test_in_a_unit_of_three_decimals_nobody_can_tell_thousands_from_parts() -> None:
    found = read("2025-12-07;PET;1.940;;", columns=COLUMNS.model_copy(update={"unit": "KG"}))
    assert [left.why for left in found.left] == [Why.NUMBER]


def test_accounts_and_units_that_are_not_there_are_named() -> None:
    row = "2025-12-07;Rifa;10;;"
    assert read(row, columns=COLUMNS.model_copy(update={"income": "9.9"})).left[0].what == "9.9"
    assert read(row, columns=COLUMNS.model_copy(update={"unit": "XXX"})).left[0].why is Why.UNIT
    given = read("2025-12-07;Rifa;10;;4.1.03", columns=COLUMNS.model_copy(update={"account": "Soporte"}))
    assert given.rows[0].lines[1].account == "4.1.03"


def test_lines_without_anything_are_no_rows_and_a_missing_column_is_said() -> None:
    assert amounts(read(";;;;", "2025-12-07;Rifa;10;;", ";;=SUM(C1:C2);;")) == ["1000"]
    with pytest.raises(NoSuchColumn, match="salida"):
        read(columns=COLUMNS.model_copy(update={"went": "Salida"}))


def test_entries_stand_in_the_order_of_days_with_their_words() -> None:
    found = read("2025-12-09;Gasoil;;35;a", "2025-12-07;Rifa;10;;b", "2025-12-07;Venta PET;20;;")
    assert [row.day.day for row in found.rows] == [7, 7, 9]
    assert (found.words, found.references) == (["Rifa", "Venta PET", "Gasoil"], ["b", "a"])
