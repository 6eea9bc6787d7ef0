"""What a list says oddly: where somebody is, how old she is, what is no name; how it was taken, and that it is said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from comuna.territory.models import Household, Person
from comuna.territory.queries import address_words
from comuna.territory.tests.by_hand import confirm, filled, hand_in, read_again
from comuna.territory.tests.test_lists import Rows
from comuna.territory.tests.test_understood import shown, taken
from comuna.territory.tests.town import separated, sheet
from tests.cast import Cast

HEADER = ["Nombre", "Parentesco", "Casa"]


def lives(person: Person) -> str:
    return address_words(Household.objects.get(pk=person.household))


@pytest.mark.parametrize(
    ("written", "relation", "residence"),
    [
        ("HIJA (EN CHILE DESDE 2018)", "HIJA", "abroad"),
        ("Hijo, trabaja fuera", "Hijo", "away"),
        ("nieta - vive en el exterior", "nieta", "abroad"),
        ("Jefe(a)", "Jefe(a)", "here"),
        ("viuda del difunto", "viuda del difunto", "here"),
        ("hija de crianza", "hija de crianza", "here"),
    ],
)
def test_what_stands_beside_a_kinship_says_where_she_is(
    founded: Cast, keeper: Client, written: str, relation: str, residence: str
) -> None:
    people = taken(keeper, [HEADER, ["Ana Gil", written, "Calle 1 casa 2"]])
    assert (people["Ana Gil"].relation, people["Ana Gil"].residence) == (relation, residence)


@pytest.mark.parametrize(
    ("header", "cell", "residence"),
    [
        ("Vive en el exterior", "Colombia", "abroad"),
        ("Vive en el exterior", "SI", "abroad"),
        ("Vive en el exterior", "NO", "here"),
        ("Vive en el exterior", "no tiene", "here"),
        ("Fuera del país", "Madrid", "abroad"),
        ("Vive aquí", "Chile", "abroad"),
        ("Vive aquí", "no", "away"),
        ("Trabaja fuera", "Caracas", "away"),
        ("Observación", "no vive aquí", "away"),
    ],
)
def test_a_column_that_asks_where_somebody_is_is_read_with_the_place_it_names(
    founded: Cast, keeper: Client, header: str, cell: str, residence: str
) -> None:
    people = taken(keeper, [["Nombre", "Casa", header], ["Ana Gil", "Calle 1 casa 2", cell]])
    assert people["Ana Gil"].residence == residence


def test_of_a_row_of_several_people_the_one_who_is_named_is_abroad(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Casa", "Jefe de familia", "Cónyuge", "Hijo 1", "Hijo 2", "Vive en el exterior"]]
    rows += [["1", "Óscar Gil", "Ana Mora", "Óscar Jr. Gil", "Eva Gil", "Oscar Jr. (Chile)"]]
    rows += [["2", "Luis Paz", "Luz Sosa", None, None, "SI"], ["3", "Iván Roa", None, None, None, "Colombia"]]
    people = taken(keeper, rows, title="Calle Sucre")
    assert {name for name, one in people.items() if one.residence == "abroad"} == {"Óscar Jr. Gil", "Iván Roa"}
    words = shown(keeper, rows, title="Calle Sucre")
    assert "no dice quién está fuera" in words or "does not say who of it is away" in words


@pytest.mark.parametrize(
    ("birth", "age", "relation", "taken_as"),
    [
        (45000, 37, "Hermana", (None, 37)),
        ("3/4/2023", 37, "Jefa", (None, 37)),
        ("3/4/2023", 37, "Esposa", (None, 37)),
        ("3/4/1980", 37, "Jefa", ("1980-04-03", None)),
        ("3/4/2023", 12, "Hija", ("2023-04-03", None)),
    ],
)
def test_of_an_age_and_a_day_of_birth_that_do_not_fit_the_likelier_is_taken_and_said(
    founded: Cast, keeper: Client, birth: Any, age: int, relation: str, taken_as: tuple[str | None, int | None]
) -> None:
    rows: Rows = [
        ["Nombre", "Nacimiento", "Edad", "Parentesco", "Casa"],
        ["Ana Gil", birth, age, relation, "Calle 1 casa 2"],
    ]
    words = shown(keeper, rows)
    assert re.search("no (cuadran|coinciden)|do not fit", words)
    ana = taken(keeper, rows)["Ana Gil"]
    assert (ana.birth_day and str(ana.birth_day), ana.age_years) == taken_as


def test_a_day_written_with_the_month_first_is_read_and_said(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Nombre", "Nacimiento", "Casa"], ["Ana Gil", "12/13/1969", "Calle 1 casa 2"]]
    words = shown(keeper, rows)
    assert "con el mes primero" in words or "with the month first" in words
    assert str(taken(keeper, rows)["Ana Gil"].birth_day) == "1969-12-13"


@pytest.mark.parametrize("number", ["12345", 999, "V-99.999"])
def test_a_number_that_is_too_short_to_be_anybody_s_is_left_out_and_said(
    founded: Cast, keeper: Client, number: Any
) -> None:
    rows: Rows = [["Nombre", "Cédula", "Casa"], ["Ana Gil", number, "Calle 1 casa 2"]]
    words = shown(keeper, rows)
    assert "no se pudo leer" in words or "could not be read" in words
    assert not taken(keeper, rows)["Ana Gil"].identity_fingerprint


@pytest.mark.parametrize("family", ["Los Camejo", "Familia Gil", "Flia. Gil Mora", "HERMANOS GIL"])
def test_a_family_is_nobody_and_its_row_says_what_to_write(founded: Cast, keeper: Client, family: str) -> None:
    rows: Rows = [["Jefe de familia", "Casa"], ["Ana Mora", "Calle 1 casa 2"], [family, "Calle 1 casa 3"]]
    words = shown(keeper, rows)
    assert "Una familia sin nombrar" in words or "nobody of it named" in words
    assert set(taken(keeper, rows)) == {"Ana Mora"}


@pytest.mark.parametrize(
    ("written", "name"), [("MARTINEZ (BEBE)", "Martinez"), ("Niño Barreto", "Niño Barreto"), ("sr. Domingo", "Domingo")]
)
def test_what_is_hardly_a_whole_name_is_taken_with_the_doubt(
    founded: Cast, keeper: Client, written: str, name: str
) -> None:
    rows: Rows = [["Nombre", "Casa"], [written, "Calle 1 casa 2"], ["Ana Mora", "Calle 1 casa 3"]]
    words = shown(keeper, rows)
    assert words.count("nombre completo de una persona") + words.count("whole name of a person") == 1
    assert set(taken(keeper, rows)) == {name, "Ana Mora"}


@pytest.mark.parametrize(
    "written", ["murió Juan Gil", "FALLECIÓ JUAN GIL", "Difunto Juan Gil", "Juan Gil, falleció en mayo"]
)
def test_a_death_written_into_the_cell_of_the_name_is_not_a_part_of_it(
    founded: Cast, keeper: Client, written: str
) -> None:
    rows: Rows = [["Nombre", "Casa"], [written, "Calle 1 casa 2"], ["Ana Mora", "Calle 1 casa 3"]]
    words = shown(keeper, rows)
    assert "Juan Gil" in words
    assert "Marcada como" in words or "Marked as dead" in words
    assert set(taken(keeper, rows)) == {"Ana Mora"}


def test_a_mark_behind_a_name_says_where_she_is(founded: Cast, keeper: Client) -> None:
    people = taken(keeper, [["Nombre", "Casa"], ["Elvis Gil, no vive aquí", "Calle 1 casa 2"]])
    assert people["Elvis Gil"].residence == "away"


def test_two_given_names_beside_one_column_of_surnames_are_two_people(founded: Cast, keeper: Client) -> None:
    rows: Rows = [
        ["Apellido", "Nombre", "C.I.", "Casa"],
        ["Gil Mora", "Nohely y Carlos", "17.000.002 / 16.000.003", "Calle 1 # 2"],
    ]
    people = taken(keeper, rows)
    assert set(people) == {"Nohely Gil Mora", "Carlos Gil Mora"}
    assert all(one.identity_fingerprint for one in people.values())


@pytest.mark.parametrize("short", ["calle ppal", "Calle Ppal.", "C/ PPAL", "calle princ."])
def test_a_street_written_short_is_the_one_written_out(founded: Cast, keeper: Client, short: str) -> None:
    rows: Rows = [["Nombre", "Calle", "Casa"], ["Ana Gil", "Calle Principal", 14], ["Luis Gil", short, 14]]
    people = taken(keeper, rows)
    assert lives(people["Luis Gil"]) == "Calle Principal 14"
    assert people["Luis Gil"].household == people["Ana Gil"].household


def test_a_saint_s_street_is_one_whether_written_short_or_out(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Nombre", "Dirección"], ["Ana Gil", "Calle Sta. Rosa casa 4"], ["Luis Gil", "CALLE SANTA ROSA # 5"]]
    assert {lives(one) for one in taken(keeper, rows).values()} == {"Calle Santa Rosa 4", "Calle Santa Rosa 5"}


@pytest.mark.parametrize("header", ["Calle / Casa", "Calle y casa", "Sector, calle y Nº de casa", "Vereda y vivienda"])
def test_a_column_of_street_and_house_together_is_read(founded: Cast, keeper: Client, header: str) -> None:
    people = taken(keeper, [["Nombre", header], ["Ana Gil", "Calle Bolívar #20"]])
    assert lives(people["Ana Gil"]) == "Calle Bolívar 20"


@pytest.mark.parametrize(
    "title",
    [
        "FAMILIA BARRETO - CALLE LAS FLORES CASA 5",
        "Familia Barreto Gil, calle Las Flores # 5",
        "Grupo familiar Barreto: Calle Las Flores casa 5",
        "Jefe de familia: Luis Barreto - Calle Las Flores, casa Nº 5",
    ],
)
def test_a_title_that_names_a_family_and_its_house_is_the_place_of_the_rows_below(
    founded: Cast, keeper: Client, title: str
) -> None:
    head = ["Nombre", "Cédula", "Edad"]
    rows: Rows = [["FAMILIA GIL - CALLE SUCRE CASA 3"], head, ["Ana Gil", "8.111.000", 60], []]
    rows += [[title], head, ["Eva Barreto", "7.111.002", 63], ["Luis Barreto", None, 8]]
    people = taken(keeper, rows)
    assert lives(people["Ana Gil"]) == "Calle Sucre 3"
    assert lives(people["Eva Barreto"]) == "Calle Las Flores 5"
    assert people["Luis Barreto"].household == people["Eva Barreto"].household


def test_a_refused_list_names_every_column_it_has_and_keeps_what_was_understood(founded: Cast, keeper: Client) -> None:
    rows = [["Censo"], ["Apellido", "Nombre", "C.I.", "Paradero exacto"], ["Gil", "Ana", "8.771.539", "Calle 1 casa 2"]]
    preview = hand_in(keeper, separated(rows), "censo.csv")
    page = keeper.get(preview).content.decode()
    assert "Apellido, Nombre, C.I., Paradero exacto" in page
    assert ",." not in page
    form = filled(page)
    assert (form["header.0"], form["column.0.0"], form["column.0.1"], form["column.0.2"]) == (
        "2",
        "surnames",
        "given-names",
        "identity",
    )
    read_again(keeper, preview, **{"column.0.3": "address"})
    confirm(keeper, preview)
    ana = Person.objects.get(full_name="Ana Gil")
    assert ana.identity_fingerprint
    assert lives(ana) == "Calle 1 # 2"


def test_a_list_without_a_column_of_names_keeps_what_was_understood_of_the_others(
    founded: Cast, keeper: Client
) -> None:
    preview = hand_in(
        keeper, sheet([["Quién es", "Cédula", "Edad", "Dirección"], ["Ana Gil", "8.771.539", 41, "Calle 1 casa 2"]])
    )
    read_again(keeper, preview, **{"column.0.0": "name"})
    confirm(keeper, preview)
    assert Person.objects.get(full_name="Ana Gil").age_years == 41
