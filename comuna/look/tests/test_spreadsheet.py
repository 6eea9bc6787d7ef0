"""What is taken away in a spreadsheet is what stands on the page, and never a program."""

from __future__ import annotations

import csv
import io
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook

from comuna.look import spreadsheet
from comuna.look.frame import Link
from comuna.look.parts import Column, Many, Sign, Small, Status, Table, Value

EVIL = ["=1+1", "+58 412", "-5 Ana", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("x","y")']


def table(*rows: list[Value]) -> Table:
    columns = [Column(f"C{n}") for n in range(len(rows[0]))]
    return Table("Asistencia: calle [4]/5?", columns, rows)


def sheet_of(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_holds_values_and_not_their_looks() -> None:
    row: list[Value] = [
        "Ana",
        1250,
        date(2026, 2, 7),
        None,
        Link("Acta", "/a"),
        Status(Sign.DONE, "activa"),
        Many(["a", Small("b")]),
        "0212",
    ]
    heads, held = sheet_of(spreadsheet.xlsx(table(row)))
    assert heads[0] == "C0"
    assert [held[0], held[1], held[3:]] == ["Ana", 1250, [None, "Acta", "activa", "a; b", "0212"]]
    assert str(held[2])[:10] == "2026-02-07"


@pytest.mark.parametrize("text", EVIL)
def test_a_name_that_begins_like_a_formula_stays_a_name(text: str) -> None:
    content = spreadsheet.xlsx(table([text]))
    assert sheet_of(content)[1] == [text]
    assert b"<f>" not in ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    read = list(csv.reader(io.StringIO(spreadsheet.csv(table([text])).decode("utf-8-sig"))))
    assert read[1] == [f"'{text}"]


def test_figures_stay_figures_in_csv_also_below_zero() -> None:
    read = spreadsheet.csv(table([-5, date(2026, 2, 7), None])).decode("utf-8-sig").splitlines()
    assert read[1] == "-5,2026-02-07,"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    spreadsheet.xlsx(table([text]))
    spreadsheet.csv(table([text]))


def test_a_file_has_a_plain_name() -> None:
    answer = spreadsheet.answer(table(["Ana"]), "csv", 'acta 31"\r\nX: y')
    assert answer["Content-Disposition"] == 'attachment; filename="acta-31-X-y.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
