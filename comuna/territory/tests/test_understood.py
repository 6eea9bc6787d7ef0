"""What whoever brings a list sees of it before she confirms: columns that are lost, and what each row was taken for."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from comuna.territory.models import Household, Person
from comuna.territory.queries import address_words
from comuna.territory.reading.columns import Role, role_of
from comuna.territory.tests.by_hand import confirm, hand_in
from comuna.territory.tests.test_lists import Rows
from comuna.territory.tests.town import sheet
from tests.cast import Cast


def shown(browser: Client, rows: Rows, title: str = "Hoja1") -> str:
    """The preview with every row, as words."""
    page = browser.get(hand_in(browser, sheet(rows, title=title)) + "?show=all").content.decode()
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def taken(browser: Client, rows: Rows, title: str = "Hoja1") -> dict[str, Person]:
    """Everybody whom the list brings into the books, by name."""
    before = set(Person.objects.values_list("id", flat=True))
    confirm(browser, hand_in(browser, sheet(rows, title=title)))
    return {person.full_name: person for person in Person.objects.exclude(pk__in=before)}


def test_columns_that_are_lost_are_named_above_the_button_that_loses_them(founded: Cast, keeper: Client) -> None:
    rows: Rows = [
        ["Nombre", "Casa", "Talla de zapato", "Sexo", None],
        ["Ana Gil", "Calle 1 casa 2", 38, "F", "vive sola"],
    ]
    page = keeper.get(hand_in(keeper, sheet(rows))).content.decode()
    lost = re.search(r"Columnas que no se leen: ([^<]*)|Columns that are not read: ([^<]*)", page)
    assert lost
    named = lost[1] or lost[2]
    assert "Talla de zapato" in named
    assert re.search(r"column\w* E", named), "a column without a heading is named by its letter"
    assert "Nombre" not in named
    assert "Sexo" not in named
    assert page.index(lost[0]) < page.index("/confirm/")


def test_what_was_understood_of_somebody_stands_below_her_name(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Nombre", "Cédula", "Edad", "Parentesco", "Casa", "Observación"]]
    rows += [
        ["Ana Gil", "V-8771539", 51, "Jefa", "Calle Sucre 12", "trabaja fuera"],
        ["Luis Gil", None, None, "Hijo", None],
    ]
    words = shown(keeper, rows)
    assert re.search(r"Ana Gil Calle Sucre 12, 51 (años|years old), Jefa, V-8771539, \w+", words)
    assert re.search(
        r"Luis Gil Calle Sucre 12, (edad: no consta|age not known), Hijo, (sin cédula|no identity number)", words
    )
    assert re.search(r"(Con edad|With an age) 1 (de|of) 2", words)


@pytest.mark.parametrize(
    "header", ["F/N", "F. N.", "Fec. Nac.", "Fecha Nac", "F. de Nac.", "FN", "Nació el", "Fecha de N."]
)
def test_a_day_of_birth_is_read_under_its_short_headings(founded: Cast, keeper: Client, header: str) -> None:
    people = taken(keeper, [["Nombre", "Casa", header], ["Ana Gil", "Calle 1 casa 2", "15/03/1960"]])
    assert str(people["Ana Gil"].birth_day) == "1960-03-15"


@pytest.mark.parametrize("header", ["ED.", "Ed", "Edad", "¿Qué edad tiene?", "Años de edad"])
def test_an_age_is_read_under_its_headings(founded: Cast, keeper: Client, header: str) -> None:
    people = taken(keeper, [["Nombre", "Casa", header], ["Mía Gil", "Calle 1 casa 2", 2]])
    assert people["Mía Gil"].age_years == 2


@pytest.mark.parametrize("under", ["M/F", "(M / F)", "H/M"])
def test_a_header_over_two_rows_is_read_with_what_to_write_under_a_heading(
    founded: Cast, keeper: Client, under: str
) -> None:
    rows: Rows = [["Nombre", "Fecha de", "Sexo", "Casa"], [None, "nacimiento", under, None]]
    rows += [["Ana Gil", "15/03/1960", "F", "Calle 1 casa 2"]]
    assert str(taken(keeper, rows)["Ana Gil"].birth_day) == "1960-03-15"


def test_how_to_write_a_day_under_its_heading_is_part_of_the_header(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Nombre", "Fecha de nacimiento", "Sexo", "Casa"], [None, "dd/mm/aaaa", "M/F", None]]
    rows += [["Ana Gil", "15/03/1960", "F", "Calle 1 casa 2"]]
    words = shown(keeper, rows)
    assert "Sin nombre" not in words
    assert "No name" not in words


WIDE: Rows = [
    [
        "Casa",
        "Jefe(a) de Familia",
        "C.I. Jefe",
        "F. nac. jefe",
        "Cónyuge",
        "C.I. cónyuge",
        "Hijo 1",
        "Edad",
        "Hija 2",
        "Edad",
    ],
    ["1", "Óscar Gil", "V-10.500.600", "4/5/1968", "Ana Mora", "11.500.600", "Luis Gil", 22, "Eva Gil", 17],
]


def test_children_named_in_columns_of_their_own_are_taken_with_their_ages(founded: Cast, keeper: Client) -> None:
    people = taken(keeper, WIDE, title="Calle Sucre")
    assert {name: (one.age_years, one.relation) for name, one in people.items()} == {
        "Óscar Gil": (None, "jefe"),
        "Ana Mora": (None, "cónyuge"),
        "Luis Gil": (22, "hijo"),
        "Eva Gil": (17, "hija"),
    }
    assert len({one.household for one in people.values()}) == 1
    assert all(people[name].identity_fingerprint for name in ("Óscar Gil", "Ana Mora"))


def test_an_age_behind_a_column_that_nobody_understands_is_not_given_to_the_one_before_it(
    founded: Cast, keeper: Client
) -> None:
    rows: Rows = [["Casa", "Jefe de familia", "Cónyuge", "Hijos varones", "Edad", "Hijas hembras", "Edad"]]
    rows += [["1", "Óscar Gil", "Ana Mora", "Luis Gil", 22, "Eva Gil", 17]]
    people = taken(keeper, rows, title="Calle Sucre")
    assert [(name, one.age_years) for name, one in people.items()] == [("Óscar Gil", None), ("Ana Mora", None)]
    words = shown(keeper, rows, title="Calle Sucre")
    assert re.search(r"(Columnas que no se leen|Columns that are not read): [^.]*Hijos varones[^.]*Edad", words)


def test_an_age_behind_a_column_of_something_else_is_still_hers(founded: Cast, keeper: Client) -> None:
    people = taken(keeper, [["Nombre", "Color", "Edad", "Casa"], ["Ana Gil", "azul", 41, "Calle 1 casa 2"]])
    assert people["Ana Gil"].age_years == 41


def test_a_form_filled_by_telephone_is_read_with_everybody_it_names(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Marca temporal", "Nombre y Apellido del Jefe de Familia", "Dirección exacta"]]
    rows[0] += ["¿Cuántas personas viven en su casa?", "Integrantes de la familia"]
    rows += [["1/8/2026", "Iván Mora", "Calle 3 casa 4", 3, "Marlene Mora (esposa, 55), Iván Jr (20)"]]
    rows += [["1/8/2026", "Ana Gil", "Calle 3 casa 5", 4, "2 niños y mi mamá"]]
    people = taken(keeper, rows)
    marlene, junior = people["Marlene Mora"], people["Iván Jr"]
    assert (marlene.relation, marlene.age_years, junior.age_years) == ("esposa", 55, 20)
    assert marlene.household == junior.household == people["Iván Mora"].household
    assert Household.objects.get(pk=people["Ana Gil"].household).people_said == 4
    assert set(people) == {"Iván Mora", "Marlene Mora", "Iván Jr", "Ana Gil"}
    assert re.search(r"Ana Gil .*(otras personas|speaks of others)", shown(keeper, rows))


def test_the_rows_from_which_nobody_was_taken_can_be_printed_before_and_after(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Nombre", "Casa", "Observación"], ["Ana Gil", "Calle 1 casa 2", None]]
    rows += [["Luis Mora", "Calle 1 casa 3", "falleció"], [], ["Total", 2]]
    preview = hand_in(keeper, sheet(rows))
    assert f'href="{preview}left/"' in keeper.get(preview).content.decode()
    before = keeper.get(preview + "left/").content.decode()
    assert "Luis Mora" in before
    assert "Ana Gil" not in before
    imported = confirm(keeper, preview)
    assert f'href="{imported}left/"' in keeper.get(imported).content.decode()
    after = keeper.get(imported + "left/").content.decode()
    assert "Luis Mora" in after
    assert re.search("Marcada como|Marked as dead", after)
    assert founded.browser(founded.promoter).get(imported + "left/").status_code == 404
    assert preview not in keeper.get("/people/import/").content.decode()


def test_only_people_are_counted_as_listed(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["CENSO"], ["Nombre", "Casa"], ["Ana Gil", "Calle 1 casa 2"], ["casa sola", "Calle 1 casa 3"]]
    rows += [["SIGUE", None], ["Luis Mora (falleció)", "Calle 1 casa 4"], ["TOTAL", 3]]
    assert re.search(r"(Personas apartadas|People listed, not taken) 1 ", shown(keeper, rows))


def test_a_house_without_a_street_is_shown_with_what_its_number_is_of(founded: Cast, keeper: Client) -> None:
    people = taken(keeper, [["Nombre", "Manzana", "Vivienda"], ["Ana Gil", 1, 4]])
    home = Household.objects.get(pk=people["Ana Gil"].household)
    assert address_words(home) == "# 4, Manzana 1"


@pytest.mark.parametrize(
    ("short", "role"),
    [
        ("Céd.", Role.IDENTITY),
        ("Ced. Jefe", Role.IDENTITY),
        ("Nacim.", Role.BIRTH),
        ("Dir.", Role.ADDRESS),
        ("Nro. Viv.", Role.HOUSE),
        ("Nexo", Role.RELATION),
        ("Parent.", Role.RELATION),
        ("Nom. y Ape.", Role.NAME),
        ("Cónyuge/Pareja", Role.NAME),
        ("1er hijo", Role.NAME),
        ("Nro Pers.", Role.PEOPLE),
        ("Hijos (nombres)", Role.MEMBERS),
        ("¿Quiénes viven con usted?", Role.MEMBERS),
        ("Nombres de los demás integrantes", Role.MEMBERS),
        ("Calle y N°", Role.ADDRESS),
        ("Calle N°", Role.STREET),
    ],
)
def test_a_heading_written_short_is_the_one_written_out(short: str, role: Role) -> None:
    found = role_of(short)
    assert found is not None
    assert found[0] is role


def test_a_list_with_every_heading_written_short_is_read(founded: Cast, keeper: Client) -> None:
    rows: Rows = [["Nom. y Ape.", "Céd.", "Nacim.", "Nexo", "Dir."]]
    rows += [["Ana Gil", "8.771.539", "15/3/1960", "Jefa", "Calle Sucre casa 4"]]
    ana = taken(keeper, rows)["Ana Gil"]
    assert (str(ana.birth_day), ana.relation, bool(ana.identity_fingerprint)) == ("1960-03-15", "Jefa", True)
