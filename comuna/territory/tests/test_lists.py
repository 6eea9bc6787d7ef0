"""Whole lists as people keep them: titles, headings, merged cells, totals, two families, doubles, wide forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comuna.territory.reading import Census, Choices, Fault, Reason, Unreadable, open_table, read_census
from comuna.territory.reading.columns import Role
from comuna.territory.reading.grids import Place
from comuna.territory.reading.lines import Note, Residence
from comuna.territory.tests.town import FAMILY, HEADER, book, separated, sheet

TODAY = date(2026, 2, 10)
Rows = list[list[Any]]
DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[3]


def census(data: bytes, **choices: Any) -> Census:
    return read_census(open_table(data), Choices(today=TODAY, **choices))


def names(found: Census) -> list[str]:
    return [person.full_name for person in found.people]


def houses(found: Census) -> list[tuple[str, str]]:
    """(name, "street house") of everybody read."""
    return [
        (p.full_name, f"{found.households[p.household].address.street} {found.households[p.household].address.house}")
        for p in found.people
    ]


def reasons(found: Census) -> dict[int, Reason]:
    return {one.at.row: one.reason for one in found.listed}


def test_the_header_is_found_below_titles_and_the_census_day_in_them() -> None:
    rows: Rows = [
        ["CENSO COMUNITARIO"],
        ["Levantado por: vocería", None, None, "Fecha:", "15/1/26"],
        [],
        HEADER,
        *FAMILY,
    ]
    found = census(sheet(rows, merged=["A1:F1"]))
    assert len(found.people) == 4
    assert found.day == date(2026, 1, 15)
    assert reasons(found) == {1: Reason.TITLE, 2: Reason.TITLE, 3: Reason.BLANK, 4: Reason.HEADER}


def test_the_house_given_on_the_first_row_is_carried_down_to_the_family() -> None:
    found = census(sheet([HEADER, *FAMILY]))
    assert [person.household for person in found.people] == [0, 0, 0, 1]


def test_two_heads_at_one_door_are_two_households() -> None:
    rows: Rows = [["Calle 1 casa 3", "Ana Gil", None, 40, "Jefe"], ["calle 1 # 3", "Luis Mora", None, 50, "Jefa"]]
    found = census(sheet([HEADER, *rows]))
    assert len(found.households) == 2


def test_a_house_merged_over_its_people_is_every_one_s() -> None:
    rows: Rows = [
        ["Casa", "Nombre", "Edad"],
        ["Calle 1 casa 3", "Ana Gil", 40],
        [None, "Luis Gil", 12],
        [None, "Eva Gil", 9],
    ]
    found = census(sheet(rows, merged=["A2:A4"]))
    assert {house for _, house in houses(found)} == {"Calle 1 3"}
    assert len(found.households) == 1


def test_a_line_of_its_own_gives_the_street_of_the_heads_below_it() -> None:
    rows: Rows = [
        ["LISTADO DE GAS"],
        ["CALLE 5 DE JULIO"],
        ["Nº", "JEFE DE FAMILIA", "C.I.", "CASA", "PAGÓ"],
        [1, "Ana Gil", "12345678", "S/N", "SI"],
        [2, "Luis Mora", None, 7, "NO"],
        [None, "TOTAL", None, None, "=COUNTA(E4:E5)"],
        [],
        ["C/ LA LÍNEA"],
        ["Nº", "JEFE DE FAMILIA", "C.I.", "CASA", "PAGÓ"],
        [1, "Eva Sosa", None, None, "x"],
    ]
    found = census(sheet(rows, merged=["A2:E2", "A8:E8"]))
    assert houses(found) == [
        ("Ana Gil", "Calle 5 de Julio S/N"),
        ("Luis Mora", "Calle 5 de Julio 7"),
        ("Eva Sosa", "Calle La Línea "),
    ]
    assert reasons(found)[6] is Reason.TOTAL
    assert reasons(found)[8] is Reason.PLACE
    assert reasons(found)[9] is Reason.HEADER


def test_each_head_of_a_family_is_a_household_even_behind_one_door() -> None:
    rows: Rows = [
        ["Jefe de familia", "Casa"],
        ["Ana Gil / Luis Mora", "Calle 1 casa 2"],
        ["Eva Sosa", "Calle 1 casa 2"],
    ]
    found = census(sheet(rows))
    assert len(found.people) == len(found.households) == 3
    assert found.people[0].at == Place(0, 2, 0)
    assert found.people[1].at == Place(0, 2, 1)


def test_two_families_in_a_row_are_two_households_one_still_without_a_name() -> None:
    rows: Rows = [["Nombres", "Nro. personas", "Dirección"], ["Ana Gil", "4 (2 familias)", "Calle 1 casa 2"]]
    found = census(sheet(rows))
    assert [home.people_said for home in found.households] == [4, None]
    assert found.people[0].notes == (Note.UNNAMED_HOUSEHOLD,)


def test_one_number_for_two_people_is_the_first_one_s_and_said_so() -> None:
    found = census(sheet([["Jefe de familia", "C.I.", "Casa"], ["Ana Gil / Luis Mora", "V-1234567", "Calle 1 casa 2"]]))
    assert [person.identity for person in found.people] == ["V-1234567", None]
    assert found.people[0].notes == (Note.ONE_IDENTITY_FOR_TWO,)


def test_who_stands_twice_is_taken_once_by_number_or_by_name_and_house() -> None:
    rows: Rows = [
        ["Nombre", "Cédula", "Dirección"],
        ["Wilmer Guevara Rodríguez", "V-14663933", "Vda. 3 casa 46"],
        ["WILMER GUEVARA RODRIGUEZ", 14663933, "Vereda 3 # 46"],
        ["Belkis Salazar Ñáñez", None, "CALLE BOLÍVAR # 30"],
        ["BELKIS SALAZAR NANEZ", "S/C", "calle bolivar casa 30"],
        ["Omar Sosa", "V-14663933", "Calle 9 casa 1"],
    ]
    found = census(sheet(rows))
    assert reasons(found)[3] is Reason.SAME_IDENTITY
    assert reasons(found)[5] is Reason.SAME_NAME_AND_HOUSE
    assert 6 not in reasons(found), "somebody of quite another name is somebody else"
    assert next(one for one in found.listed if one.at.row == 5).other == Place(0, 4, 0)


def test_father_and_son_of_one_name_in_one_house_are_two() -> None:
    rows: Rows = [["Casa", "Nombre", "Cédula", "Edad"], ["Calle 1 casa 2", "Luis Gil", 5123456, 60]]
    rows += [[None, "Luis Gil", 25123456, 30], [None, "Luis Gil", None, 3]]
    assert len(census(sheet(rows)).people) == 3


def test_the_dead_and_those_who_moved_are_listed_and_the_absent_marked() -> None:
    rows: Rows = [
        ["Nombre", "Dirección", "Observación"],
        ["Ana Gil", "Calle 1 casa 1", "falleció"],
        ["Luis Mora", "Calle 1 casa 2", "SE MUDÓ"],
        ["Eva Sosa", "Calle 1 casa 3", "está en Perú"],
        ["Ivo Gil", "Calle 1 casa 4", "trabaja fuera"],
        ["Mar Gil", "Calle 1 casa 5", "encamada"],
        ["Sol Gil (+)", "Calle 1 casa 6", None],
    ]
    found = census(sheet(rows))
    assert (reasons(found)[2], reasons(found)[3], reasons(found)[7]) == (Reason.DIED, Reason.MOVED, Reason.DIED)
    assert [person.residence for person in found.people] == [Residence.ABROAD, Residence.AWAY, Residence.HERE]
    assert found.people[2].health == "encamada"


def test_columns_that_say_who_is_away_are_read() -> None:
    rows: Rows = [["Nombre", "Casa", "Vive aquí", "Fuera del país"], ["Ana Gil", "Calle 1 casa 1", "NO", None]]
    rows += [
        [None, None, None, None],
        ["Luis Gil", "Calle 1 casa 1", "SI", "X"],
        ["Eva Gil", "Calle 1 casa 1", "SI", "no"],
    ]
    assert [p.residence for p in census(sheet(rows)).people] == [Residence.AWAY, Residence.ABROAD, Residence.HERE]


def test_a_formula_is_never_evaluated_and_leaves_out_what_it_says_not_whom() -> None:
    rows: Rows = [["Nombre", "Cédula", "Edad", "Casa", "Observación", "Pagó"]]
    rows += [["Ana Gil", "V-1234567", "=2026-1980", "Calle 1 casa 1", '=HYPERLINK("#A1","ver")', "SI"]]
    rows += [["Luis Gil", "=B2", "40", "Calle 1 casa 1", None, None]]
    rows += [["Eva Gil", "V-1234569", "41", "Calle 1 casa 3", None, "=1+1"]]
    for data in (sheet(rows), separated(rows)):
        found = census(data)
        assert names(found) == ["Ana Gil", "Luis Gil", "Eva Gil"]
        ana, luis, eva = found.people
        assert (ana.identity, ana.age_years, ana.notes) == ("V-1234567", None, (Note.FORMULA_LEFT_OUT,))
        assert (luis.identity, luis.age_years, luis.notes) == (None, 40, (Note.FORMULA_LEFT_OUT,))
        assert eva.notes == ()  # a formula in a column that is left alone harms nobody


def test_a_formula_where_a_name_or_a_house_should_be_is_listed_with_its_column() -> None:
    rows: Rows = [["Nombre", "Casa"], ["=A2", "Calle 1 casa 2"], ["Ana Gil", "=B2"]]
    for data in (sheet(rows), separated(rows)):
        found = census(data)
        listed = {one.at.row: (one.reason, one.column) for one in found.listed}
        assert listed == {1: (Reason.HEADER, ""), 2: (Reason.FORMULA, "Nombre"), 3: (Reason.FORMULA, "Casa")}
        assert found.people == ()


def test_of_two_header_rows_the_one_that_names_the_columns_is_taken() -> None:
    rows: Rows = [["Jefe de familia", None, None, "Vivienda"], ["Nombre", "Cédula", "Edad", "Casa"]]
    rows += [["Ana Gil", "V-1234567", 38, "Calle 1 casa 2"]]
    found = census(sheet(rows, merged=["A1:C1"]))
    (ana,) = found.people
    assert (ana.full_name, ana.identity, ana.age_years) == ("Ana Gil", "V-1234567", 38)
    assert found.sheets[0].header_row == 2
    assert reasons(found) == {1: Reason.TITLE, 2: Reason.HEADER}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "cp850", "mac-roman", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_is_read_in_any_encoding_and_with_any_separator(encoding: str, delimiter: str) -> None:
    rows: Rows = [["Nombre", "Cédula", "Dirección"], ["María Ñáñez Muñoz", "V-1234567", "Callejón San Juan casa 8"]]
    found = census(separated(rows, delimiter, encoding))
    assert names(found) == ["María Ñáñez Muñoz"]
    assert found.households[0].address.street == "Callejón San Juan"


def test_the_list_of_the_tutorial_is_read_to_its_last_column() -> None:
    found = census((ROOT / "docs" / "tutorial" / "list.csv").read_bytes())
    assert len(found.people) == 12 and len(found.households) == 7
    assert all(person.relation and person.identity for person in found.people)


def test_letters_that_were_lost_are_said_and_the_street_is_still_one() -> None:
    rows: Rows = [["Nombre", "Dirección"], ["Mar�a Gil", "Calle Bol�var casa 3"], ["Luis Gil", "CALLE BOLÍVAR # 4"]]
    found = census(separated(rows))
    assert {home.address.street for home in found.households} == {"Calle Bolívar"}
    assert found.people[0].notes == (Note.LOST_LETTERS,)


def test_several_sheets_are_one_list_and_a_sheet_s_name_may_be_its_street() -> None:
    head = ["Nombre", "Casa"]
    sheets: dict[str, Rows] = {
        "Calle Sucre": [head, ["Ana Gil", 3]],
        "Vereda 2": [head, ["Luis Gil", 3]],
        "Hoja3": [["notas"], ["x", "y"]],
    }
    found = census(book(sheets))
    assert houses(found) == [("Ana Gil", "Calle Sucre 3"), ("Luis Gil", "Vereda 2 3")]
    assert [one.reason for one in found.listed if one.at.sheet == 2] == [Reason.SHEET_WITHOUT_HEADER] * 2


def test_a_wide_list_gives_everybody_in_the_row() -> None:
    rows: Rows = [
        ["Casa", "Nombre 1", "Cédula", "Edad", "Nombre 2", "Cédula", "Edad"],
        ["Calle 1 casa 2", "Ana Gil", 1234567, 40, "Luis Gil", None, 12],
        ["Calle 1 casa 3", "Eva Sosa", 7654321, 30, None, None, None],
    ]
    found = census(sheet(rows))
    assert [(p.full_name, p.identity, p.age_years, p.household) for p in found.people] == [
        ("Ana Gil", "V-1234567", 40, 0),
        ("Luis Gil", None, 12, 0),
        ("Eva Sosa", "V-7654321", 30, 1),
    ]


def test_surnames_and_given_names_in_columns_of_their_own_are_one_name() -> None:
    rows: Rows = [["Apellidos", "Nombres", "Letra", "Nº de cédula", "Calle", "Nº casa"]]
    rows += [["Gil Mora", "Ana Luisa", "E", "84.123.456", "Sucre", 4]]
    (person,) = census(sheet(rows)).people
    assert (person.full_name, person.identity) == ("Ana Luisa Gil Mora", "E-84123456")
    assert census(sheet(rows)).households[0].address.street == "Calle Sucre"


def test_an_english_list_in_another_order_is_read() -> None:
    rows: Rows = [["Remarks", "ID number", "Full name", "Date of birth", "Address"]]
    rows += [["abroad", "V-1234567", "Ana Gil", "4/5/1980", "Street Sucre house 4"]]
    (person,) = census(sheet(rows)).people
    assert (person.birth_day, person.residence) == (date(1980, 5, 4), Residence.ABROAD)


def test_a_row_of_kinship_and_remarks_is_not_taken_for_a_header() -> None:
    rows: Rows = [[*HEADER, "Observación"], ["Calle 1 casa 2", "Ana Gil", None, 60, "Jefe(a)", None, None]]
    rows.append([None, "Luz Gil", 9213577, 58, "esposa", "movilidad reducida", "emigró a Chile"])
    rows.append([None, "Eva Gil", None, None, "esposa", "enfermedad", "no vive aquí"])
    found = census(sheet(rows))
    assert reasons(found) == {1: Reason.HEADER}
    assert [person.residence for person in found.people[1:]] == [Residence.ABROAD, Residence.AWAY]


def test_a_header_of_two_rows_is_read_from_the_lower_one() -> None:
    rows: Rows = [["DATOS PERSONALES", None, None, "VIVIENDA", None], ["Apellidos", "Nombres", "C.I.", "Calle", "Nº"]]
    rows += [["Gil Mora", "Ana", 12345678, "Sucre", 4], ["Gil", "Luis", None, None, None]]
    found = census(sheet(rows, merged=["A1:C1", "D1:E1"]))
    assert houses(found) == [("Ana Gil Mora", "Calle Sucre 4"), ("Luis Gil", "Calle Sucre 4")]


def test_a_sheet_of_families_each_under_its_own_address_and_header() -> None:
    head = ["Nombre", "Cédula", "Edad"]
    rows: Rows = [["FAMILIA Nº 1"], ["Dirección:", "Calle Sucre casa 4"], head, ["Ana Gil", 12345678, 40]]
    rows += [["Luis Gil", None, 12], [], ["FAMILIA Nº 2"], ["Dirección: Vereda 3 casa 8"], head, ["Eva Paz", None, 33]]
    found = census(sheet(rows))
    assert houses(found) == [("Ana Gil", "Calle Sucre 4"), ("Luis Gil", "Calle Sucre 4"), ("Eva Paz", "Vereda 3 8")]
    assert [person.household for person in found.people] == [0, 0, 1]


def test_two_tables_side_by_side_are_two_streets() -> None:
    rows: Rows = [["Casa", "Nombre", "C.I.", None, "Casa", "Nombre", "C.I."]]
    rows += [["Calle Sucre 4", "Ana Gil", 12345678, None, "Vereda 2 casa 1", "Ivo Sosa", None]]
    rows += [[None, "Luis Gil", None, None, None, "Mar Sosa", None]]
    found = census(sheet(rows))
    assert [(p.full_name, p.household) for p in found.people] == [
        ("Ana Gil", 0),
        ("Ivo Sosa", 1),
        ("Luis Gil", 0),
        ("Mar Sosa", 1),
    ]


def test_head_and_spouse_in_one_row_are_one_household() -> None:
    rows: Rows = [["JEFE DE FAMILIA", "C.I.", "CÓNYUGE", "C.I.", "CASA"]]
    rows += [["Ana Gil", 12345678, "Luis Mora", 7654321, "Calle Sucre 4"]]
    found = census(sheet(rows))
    assert [(p.full_name, p.identity, p.household) for p in found.people] == [
        ("Ana Gil", "V-12345678", 0),
        ("Luis Mora", "V-7654321", 0),
    ]


@pytest.mark.parametrize("written", ["Ana Gil C.I. 12.345.678", "Ana Gil (V-12345678)", "ANA GIL - 12345678"])
def test_a_number_written_behind_the_name_is_hers(written: str) -> None:
    (person,) = census(sheet([["Nombre", "Casa"], [written, "Calle Sucre 4"]])).people
    assert (person.full_name, person.identity) == ("Ana Gil", "V-12345678")


@pytest.mark.parametrize("title", ["CENSO AL 15 DE ENERO DE 2026", "Actualizado: 15/1/26", "Fecha 2026-01-15"])
def test_the_day_of_a_census_is_read_from_its_title(title: str) -> None:
    assert census(sheet([[title], ["Nombre", "Casa"], ["Ana Gil", "Calle Sucre 4"]])).day == date(2026, 1, 15)


def test_a_header_that_changes_halfway_holds_from_there_on() -> None:
    rows: Rows = [["Nombre", "Cédula", "Casa"], ["Ana Gil", 1234567, "Calle 1 casa 2"]]
    rows += [["Casa", "Cédula", "Nombre"], ["Calle 1 casa 3", 7654321, "Luis Gil"]]
    assert houses(census(sheet(rows))) == [("Ana Gil", "Calle 1 2"), ("Luis Gil", "Calle 1 3")]


def test_a_missing_column_is_named_with_those_that_were_found() -> None:
    with pytest.raises(Unreadable) as refused:
        census(sheet([["Cédula", "Edad", "Dirección"], ["V-1234567", 40, "Calle 1 casa 2"]]))
    assert refused.value.fault is Fault.MISSING_COLUMN
    assert refused.value.details == {"column": "name", "found": "Cédula, Edad, Dirección"}
    with pytest.raises(Unreadable) as refused:
        census(sheet([["Nombre", "Cédula"], ["Ana Gil", "V-1234567"]]))
    assert refused.value.details["column"] == "house"


def test_a_list_of_something_else_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        census(sheet([["FECHA", "CONCEPTO", "ENTRA", "SALE"], ["6/12/2025", "venta pet", None, 611]]))
    assert refused.value.fault is Fault.NO_HEADER


def test_what_was_guessed_wrong_is_put_right_by_whoever_brings_the_list() -> None:
    rows: Rows = [["Quién", "Papel", "Dónde"], ["Ana Gil", "V-1234567", "Calle 1 casa 2"]]
    chosen = {(0, 0): Role.NAME, (0, 1): Role.IDENTITY, (0, 2): Role.ADDRESS}
    found = census(sheet(rows), columns=chosen, header_rows={0: 1})
    assert found.people[0].identity == "V-1234567"
    without = census(sheet(rows[1:]), columns=chosen, header_rows={0: 0})
    assert without.people[0].identity == "V-1234567"


def test_rows_that_name_nobody_are_listed_each_with_its_reason() -> None:
    rows: Rows = [
        ["Nombre", "Cédula", "Casa"],
        ["Ana Gil", "V-1234567", "Calle 1 casa 2"],
        [None, "V-7654321", "Calle 1 casa 3"],
        ["12345", None, "Calle 1 casa 4"],
        ["casa sola", None, "Calle 1 casa 5"],
        ["Elaborado por: Luis Mora", None, None],
        ["x" * 300, None, "Calle 1 casa 6"],
    ]
    assert reasons(census(sheet(rows))) == {
        1: Reason.HEADER,
        3: Reason.NO_NAME,
        4: Reason.NOT_A_NAME,
        5: Reason.EMPTY_HOUSE,
        6: Reason.NOT_A_NAME,
        7: Reason.TOO_LONG,
    }


@pytest.mark.parametrize(
    ("file", "people", "households"),
    [("censo-sector-4.xlsx", 220, 60), ("gas-sector-4.xlsx", 83, 83), ("clap-calle-bolivar.csv", 104, 115)],
)
def test_the_sample_lists_are_read_with_every_row_accounted_for(file: str, people: int, households: int) -> None:
    grids = open_table((DATA / file).read_bytes())
    found = read_census(grids, Choices(today=date(2026, 11, 23)))
    assert (len(found.people), len(found.households)) == (people, households)
    assert {(place.sheet, place.row) for place in found.places()} == {
        (number, row.number) for number, grid in enumerate(grids) for row in grid.rows
    }
