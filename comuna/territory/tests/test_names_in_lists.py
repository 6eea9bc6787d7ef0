"""Who is named in a cell, in which order, and what is only a mark that the list goes on."""

from __future__ import annotations

import pytest

from comuna.territory.reading import Reason
from comuna.territory.reading.lines import Note
from comuna.territory.reading.text import fold
from comuna.territory.tests.test_lists import Rows, census, names
from comuna.territory.tests.town import sheet

GOES_ON = ("SIGUE", "sigue...", "Continúa", "(continúa)", "CONT.", "Continuación de la hoja 1", "VIENE DE LA PÁGINA 2")


@pytest.mark.parametrize("words", GOES_ON)
@pytest.mark.parametrize("header", ["Nombre y apellido", "Jefe de familia"])
def test_a_mark_that_the_list_goes_on_is_nobody_and_no_household(words: str, header: str) -> None:
    rows: Rows = [[header, "Casa"], ["Ana Gil", "Calle 1 casa 2"], [words, "Calle 1 casa 2"], [words, None]]
    rows += [[None, words], ["Luis Gil", "Calle 1 casa 3"]]
    found = census(sheet(rows))
    assert names(found) == ["Ana Gil", "Luis Gil"]
    assert [home.address.house for home in found.households] == ["2", "3"]
    assert {one.at.row: one.reason for one in found.listed if one.at.row in (3, 4)} == {
        3: Reason.CONTINUES,
        4: Reason.CONTINUES,
    }


@pytest.mark.parametrize("words", ["SIGUE", "continúa", "ídem", "id.", '"', "misma", "la misma casa", "Igual"])
def test_a_house_that_is_said_to_be_the_one_above_is_the_same_household(words: str) -> None:
    rows: Rows = [["Nombre y apellido", "Casa"], ["Ana Gil", "Calle 1 casa 2"], ["Luis Gil", words]]
    rows += [["Eva Mora", "Calle 1 casa 3"], ["Ivo Mora", words]]
    found = census(sheet(rows))
    assert [person.household for person in found.people] == [0, 0, 1, 1]
    assert [home.address.house for home in found.households] == ["2", "3"]


@pytest.mark.parametrize("words", ["SIGUE", "ídem", "la misma dirección"])
def test_heads_of_families_behind_the_same_door_as_above_are_two_households_there(words: str) -> None:
    rows: Rows = [["Jefe de familia", "Dirección"], ["Ana Gil", "Calle 1 casa 2"], ["Luis Mora", words]]
    found = census(sheet(rows))
    assert [(home.address.street, home.address.house) for home in found.households] == [("Calle 1", "2")] * 2


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("María / Pedro Hernández", ["María", "Pedro Hernández"]),
        ("María Gil/Pedro Hernández", ["María Gil", "Pedro Hernández"]),
        ("María Gil; Pedro Hernández", ["María Gil", "Pedro Hernández"]),
        ("María Gil & Pedro Hernández", ["María Gil", "Pedro Hernández"]),
        ("María Gil y Pedro Hernández", ["María Gil", "Pedro Hernández"]),
        ("MARÍA GIL E INÉS HERNÁNDEZ", ["María Gil", "Inés Hernández"]),
        ("María Gil + Pedro Hernández", ["María Gil", "Pedro Hernández"]),
        ("María Gil\nPedro Hernández", ["María Gil", "Pedro Hernández"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("María Gil y su hijo", ["María Gil y su hijo"]),
    ],
)
def test_everybody_named_in_one_cell_is_taken(cell: str, people: list[str]) -> None:
    found = census(sheet([["Nombre y apellido", "Casa"], [cell, "Calle 1 casa 2"]]))
    assert names(found) == people
    assert len(found.households) == 1


def test_two_people_of_a_cell_share_the_surname_that_stands_in_its_own_column() -> None:
    rows: Rows = [["Nombres", "Apellidos", "Casa"], ["María / Pedro", "Hernández", "Calle 1 casa 2"]]
    rows += [["Ana / Luis", "Gil / Mora", "Calle 1 casa 3"], ["Eva", "Sosa", "Calle 1 casa 3"]]
    assert names(census(sheet(rows))) == ["María Hernández", "Pedro Hernández", "Ana Gil", "Luis Mora", "Eva Sosa"]


def test_a_name_that_may_be_two_people_is_taken_and_said_to_be_doubtful() -> None:
    rows: Rows = [["Nombre", "Casa"], ["Ana y Luis Mora", "Calle 1 casa 2"], ["María / Pedro Gil", "Calle 1 casa 3"]]
    ana, maria, pedro = census(sheet(rows)).people
    assert ana.notes == (Note.PERHAPS_TWO,)
    assert Note.TWO_IN_ONE_CELL in maria.notes
    assert pedro.notes == (Note.TWO_IN_ONE_CELL,)


SURNAMES_FIRST = (
    ("HERNÁNDEZ MARÍA", "María Hernández"),
    ("PÉREZ GONZÁLEZ MARÍA JOSÉ", "María José Pérez González"),
    ("PÉREZ MARÍA JOSÉ", "María José Pérez"),
    ("PÉREZ GONZÁLEZ LUIS", "Luis Pérez González"),
    ("DE LA CRUZ ROSA", "Rosa de la Cruz"),
    ("Pérez, Ana", "Ana Pérez"),
)


@pytest.mark.parametrize("header", ["Apellidos y nombres", "Nombre y apellido"])
def test_a_list_that_writes_surnames_first_without_a_comma_is_found_out_by_its_names(header: str) -> None:
    rows: Rows = [[header, "Casa"], *([name, "Calle 1 casa 2"] for name, _ in SURNAMES_FIRST)]
    assert [fold(name) for name in names(census(sheet(rows)))] == [fold(name) for _, name in SURNAMES_FIRST]


def test_a_list_that_writes_given_names_first_keeps_them_whatever_its_header_says() -> None:
    given_first = ["María Hernández", "Carmen Yajaira García Maita", "Luis Pérez González", "Rosa Maita", "Maita Rosa"]
    rows: Rows = [["Apellidos y nombres", "Casa"], *([name, "Calle 1 casa 2"] for name in given_first[:4])]
    assert names(census(sheet(rows))) == given_first[:4]


def test_a_name_of_three_words_that_nobody_knows_is_kept_as_it_stands_and_doubted() -> None:
    rows: Rows = [
        ["Nombre", "Casa"],
        *([name, "Calle 1 casa 2"] for name in ("GIL ANA", "MORA LUIS", "PÉREZ MORA XYLO")),
    ]
    person = census(sheet(rows)).people[2]
    assert (person.full_name, person.notes) == ("Pérez Mora Xylo", (Note.SURNAMES_FIRST,))


@pytest.mark.parametrize(
    ("written", "name", "doubted"),
    [
        ("PÉREZ RIVAS MARTÍN JOSÉ", "Martín José Pérez Rivas", True),
        ("PÉREZ CRUZ MARÍA JOSÉ", "María José Pérez Cruz", False),
        ("PÉREZ CRUZ MARÍA", "Pérez Cruz María", True),
        ("CRUZ PÉREZ MARÍA", "María Cruz Pérez", False),
        ("PÉREZ MORA YUSBELIS NAIROBI", "Yusbelis Nairobi Pérez Mora", False),
        ("ANA TORO", "Ana Toro", False),
    ],
)
def test_in_a_list_of_surnames_first_a_word_that_is_either_garbles_no_name_unsaid(
    written: str, name: str, doubted: bool
) -> None:
    others = ("GIL ANA", "MORA LUIS", "SALAS ELENA", "RIVAS JORGE")
    rows: Rows = [["Nombre", "Casa"], *([each, "Calle 1 casa 2"] for each in (*others, written))]
    person = census(sheet(rows)).people[-1]
    assert fold(person.full_name) == fold(name)
    assert (Note.SURNAMES_FIRST in person.notes) is doubted


def test_a_name_that_only_looks_like_another_is_listed_and_what_shows_nothing_is_dropped() -> None:
    rows: Rows = [["Nombre", "Casa"], ["Rоsa Gil", "Calle 1 casa 2"], ["Ana\u3164\u00ad Gil", "Calle 1 casa 2"]]
    rows += [["Luis Mora", "Cаlle 1 casa 3"]]
    found = census(sheet(rows))
    assert names(found) == ["Ana Gil"]
    assert [one.at.row for one in found.listed if one.reason is Reason.SEVERAL_ALPHABETS] == [2, 4]
