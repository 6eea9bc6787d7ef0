"""Several sheets and their headers: cut in two, missing, hidden; and a year where a day of birth should stand."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from comuna.territory.reading import Fault, Reason, Unreadable
from comuna.territory.reading.columns import Role
from comuna.territory.reading.lines import Note
from comuna.territory.tests.test_lists import Rows, census, names, reasons
from comuna.territory.tests.town import sheet

HEADER: list[Any] = ["Nombre y apellido", "Casa"]


def workbook(*sheets: Rows, hidden: int | None = None) -> bytes:
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for number, rows in enumerate(sheets):
        made = book.create_sheet(f"Hoja{number + 1}")
        made.sheet_state = "hidden" if number == hidden else "visible"
        for row in rows:
            made.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("title", [[], [["CENSO 2026"]]])
def test_a_header_over_two_rows_is_read_as_one(title: Rows) -> None:
    upper = ["Nombre y", "Cédula de", "Fecha de", "Dirección"]
    lower = ["apellido", "identidad", "nacimiento", None]
    found = census(sheet([*title, upper, lower, ["Ana Gil", "12345678", "3/4/1980", "Calle 1 casa 2"]]))
    assert names(found) == ["Ana Gil"]
    person = found.people[0]
    assert person.identity and person.birth_day and str(person.birth_day) == "1980-04-03"
    roles = {column.role for column in found.sheets[0].columns}
    assert roles == {Role.NAME, Role.IDENTITY, Role.BIRTH, Role.ADDRESS}
    assert reasons(found)[len(title) + 2] is Reason.HEADER


def test_the_first_person_below_a_header_is_never_taken_for_its_second_row() -> None:
    rows: Rows = [["Nombre", "Casa", "Obs"], ["Ana Gil", "Calle 1 casa 2", "edad avanzada"]]
    assert names(census(sheet(rows))) == ["Ana Gil"]


def test_a_further_sheet_without_a_header_goes_on_with_the_columns_of_the_one_before() -> None:
    more: Rows = [["Luis Mora", "Calle 1 casa 3"], ["Eva Sosa", "Calle 1 casa 4"]]
    found = census(workbook([HEADER, ["Ana Gil", "Calle 1 casa 2"]], more))
    assert names(found) == ["Ana Gil", "Luis Mora", "Eva Sosa"]
    assert found.sheets[1].header_row == 0


def test_a_further_sheet_of_something_else_is_listed_row_by_row() -> None:
    found = census(workbook([HEADER, ["Ana Gil", "Calle 1 casa 2"]], [["Bombonas", 12], ["Cilindros", 40], [10, 3]]))
    assert names(found) == ["Ana Gil"]
    assert {one.reason for one in found.listed if one.at.sheet == 1} == {Reason.SHEET_WITHOUT_HEADER}


def test_a_hidden_sheet_is_listed_and_not_read() -> None:
    old: Rows = [HEADER, ["Pedro Rojas", "Calle 9 casa 9"]]
    found = census(workbook([HEADER, ["Ana Gil", "Calle 1 casa 2"]], old, hidden=1))
    assert names(found) == ["Ana Gil"]
    assert [one.reason for one in found.listed if one.at.sheet == 1] == [Reason.HIDDEN_SHEET] * 2
    with pytest.raises(Unreadable) as refused:
        census(workbook([["nada"]], old, hidden=1))
    assert refused.value.fault is Fault.NO_HEADER


@pytest.mark.parametrize(("year", "age"), [(1984, 41), ("1984", 41), (" 2011 ", 14), (2026, 0), (1984.0, 41)])
def test_of_a_year_of_birth_alone_the_age_that_is_certain_is_taken_and_said(year: Any, age: int) -> None:
    rows: Rows = [["Nombre", "Casa", "Fecha de nacimiento"], ["Ana Gil", "Calle 1 casa 2", year]]
    person = census(sheet(rows)).people[0]
    assert (person.birth_day, person.age_years, person.notes) == (None, age, (Note.YEAR_ALONE,))


@pytest.mark.parametrize(
    ("age", "years"), [(34, 34), ("34", 34), ("34 años", 34), ("8 meses", 0), (date(1900, 2, 3), 34)]
)
def test_an_age_where_the_day_of_birth_belongs_is_taken_as_an_age_and_said(age: Any, years: int) -> None:
    rows: Rows = [["Nombre", "Casa", "Fecha de nacimiento"], ["Ana Gil", "Calle 1 casa 2", age]]
    person = census(sheet(rows)).people[0]
    assert (person.birth_day, person.age_years, person.notes) == (None, years, (Note.AGE_FOR_BIRTH,))


def test_an_age_beside_a_year_of_birth_is_taken() -> None:
    rows: Rows = [["Nombre", "Casa", "Edad", "Nacimiento"], ["Ana Gil", "Calle 1 casa 2", 42, 1983]]
    person = census(sheet(rows)).people[0]
    assert (person.age_years, person.notes) == (42, (Note.YEAR_ALONE,))
