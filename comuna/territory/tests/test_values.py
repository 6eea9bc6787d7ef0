"""What stands in one cell: identity numbers, ages, days, addresses, names, marks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as some

from comuna.territory.reading.address import Address, read_address
from comuna.territory.reading.dates import read_age, read_day
from comuna.territory.reading.formats import column_letters, day_of, shows_a_day
from comuna.territory.reading.grids import Cell
from comuna.territory.reading.identity import read_identity
from comuna.territory.reading.marks import Mark, read_marks
from comuna.territory.reading.naming import clean_name, is_name
from comuna.territory.reading.text import as_name, fold, initials, is_rotation, same, tidy

TODAY = date(2026, 2, 10)


@pytest.mark.parametrize(
    "written",
    [
        "V-14663933",
        "v.14663933",
        "V14663933",
        "14.663.933",
        14663933,
        14663933.0,
        "14663933.0",
        "V 14 663 933",
        "C.I. 14.663.933",
        "CI: V-14663933",
        "N° 14.663.933",
        "V–14663933",
        "1.4663933E7",
        " v- 14.663.933. ",
    ],
)
def test_an_identity_number_is_one_whatever_its_form(written: Cell) -> None:
    assert read_identity(written).number == "V-14663933"


@pytest.mark.parametrize("number", ["V-14663933", "E-86167654", "V-466393", "V-00466393", "V-99999999", "E-12", "V-0"])
def test_a_number_in_the_form_of_the_books_is_read_as_any_other(number: str) -> None:
    assert read_identity(number) == read_identity(f" {number} ")


def test_a_bare_number_from_eighty_million_on_is_a_foreigner_s() -> None:
    assert read_identity("86.167.654").number == "E-86167654"
    assert read_identity(86167654, "V").unreadable


def test_a_tax_number_gives_the_identity_number_in_it_when_its_check_digit_is_right() -> None:
    assert read_identity("V-11470283-4").number == "V-11470283"  # the registry's own example
    assert read_identity("V-11470283-5").unreadable


@pytest.mark.parametrize("written", [None, "", "S/C", "s/c", "no tiene", "-", "ND", "menor", "en trámite", 0, "x"])
def test_no_number_is_no_number_and_nothing_doubtful(written: Cell) -> None:
    assert read_identity(written) == read_identity(None)


@pytest.mark.parametrize("written", ["abc", "123", "V-99999999", "J-12345678-9", "12.345.678 / 9.876.543", 1e12, 5.5])
def test_what_cannot_be_an_identity_number_is_said_to_be_unreadable(written: Cell) -> None:
    found = read_identity(written)
    assert (found.number, found.unreadable) == (None, True)


@pytest.mark.parametrize(
    ("written", "years"),
    [
        (38, 38),
        (38.0, 38),
        ("38", 38),
        ("38 años", 38),
        ("38a", 38),
        ("3 meses", 0),
        ("18 meses", 1),
        ("RN", 0),
        ("15 días", 0),
        ("1 año y 6 meses", 1),
        (date(1900, 2, 7), 38),
        (0, 0),
        ("aprox 70", 70),
    ],
)
def test_an_age_is_whole_years(written: Cell, years: int) -> None:
    assert read_age(written, TODAY).years == years


@pytest.mark.parametrize("written", [None, "ND", "nd", "?", "", "S/I", "adulto", "-", "no sabe"])
def test_an_age_that_nobody_wrote_down_is_unknown_and_not_zero(written: Cell) -> None:
    found = read_age(written, TODAY)
    assert (found.years, found.unreadable) == (None, False)


@pytest.mark.parametrize("written", [150, -3, "abc", "ciento dos"])
def test_an_age_that_cannot_be_is_unknown_and_said_so(written: Cell) -> None:
    found = read_age(written, TODAY)
    assert (found.years, found.unreadable) == (None, True)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("15/1/26", date(2026, 1, 15)),
        ("2026-01-03", date(2026, 1, 3)),
        ("04-03-85", date(1985, 3, 4)),
        ("3 de abril de 1980", date(1980, 4, 3)),
        ("15-mar-80", date(1980, 3, 15)),
        (29380, date(1980, 6, 8)),
        ("12/31/79", date(1979, 12, 31)),
        ("1980-05-04 00:00:00", date(1980, 5, 4)),
        ("5.6.1975", date(1975, 6, 5)),
    ],
)
def test_a_day_is_read_in_the_forms_of_lists(written: Cell, day: date) -> None:
    assert read_day(written, TODAY) == day


@pytest.mark.parametrize("written", ["3 de abril", "abril", "2027-01-01", "31/2/2020", "x", "1850-01-01", 5])
def test_what_is_no_whole_day_of_a_life_is_none(written: Cell) -> None:
    assert read_day(written, TODAY) is None


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("CALLE BOLÍVAR # 30", Address("", "Calle Bolívar", "30")),
        ("C/ La Línea casa 20", Address("", "Calle La Línea", "20")),
        ("Vda. 3 Sector El Tamarindo casa 46", Address("El Tamarindo", "Vereda 3", "46")),
        ("Calle 3 casa 46 Sector El Tamarindo", Address("El Tamarindo", "Calle 3", "46")),
        ("Calle 3 #46, Sector El Tamarindo, frente a la bodega", Address("El Tamarindo", "Calle 3", "46")),
        ("Vereda 12 nro. 4 urb. El Sol", Address("Urbanización El Sol", "Vereda 12", "4")),
        ("casa 12, urb. El Sol, calle 3", Address("Urbanización El Sol", "Calle 3", "12")),
        ("Sector 3 casa 4 calle Bolívar", Address("3", "Calle Bolívar", "4")),
        ("Av. Principal Sec. 2 casa 4", Address("2", "Avenida Principal", "4")),
        ("Mz. 4 casa 12", Address("Manzana 4", "", "12")),
        ("Vda. 3 Sector El Tamarindo 47", Address("El Tamarindo", "Vereda 3", "47")),
        ("Calle Bolivar (final) casa 94", Address("", "Calle Bolivar", "94 (final)")),
        ("Calle 5 de Julio 32", Address("", "Calle 5 de Julio", "32")),
        ("Calle 5", Address("", "Calle 5", "")),
        ("Calle 5, casa 32-a", Address("", "Calle 5", "32-A")),
        ("Av. Intercomunal 42", Address("", "Avenida Intercomunal", "42")),
        ("Callejón San Juan S/N", Address("", "Callejón San Juan", "S/N")),
        ("Sector La Cruz, calle 3, casa 12", Address("La Cruz", "Calle 3", "12")),
        ("Urb. Los Mangos Calle 2 Nº 14", Address("Urbanización Los Mangos", "Calle 2", "14")),
        ("Barrio Unión, Edif. Sol, piso 2", Address("Barrio Unión", "", "Edif. Sol, piso 2")),
        ("Casa Nro. 7, Calle Sucre", Address("", "Calle Sucre", "7")),
        ("FINAL CALLE SUCRE S/N", Address("", "Calle Sucre", "S/N")),
        ("C/ SUCRE, CASA N° 4, FRENTE AL LICEO", Address("", "Calle Sucre", "4")),
        ("frente a la bodega", Address("", "", "frente a la bodega")),
        ("#24", Address("", "", "24")),
        (83, Address("", "", "83")),
        (83.0, Address("", "", "83")),
        ("Calle Bol?var # 2", Address("", "Calle Bol\ufffdvar", "2")),
    ],
)
def test_an_address_falls_into_sector_street_and_house(written: Cell, address: Address) -> None:
    assert read_address(written) == address


KINDS = {"calle": "Calle", "C/": "Calle", "Vda.": "Vereda", "AV.": "Avenida", "callejón": "Callejón"}
SECTORS = {"Sector": "", "SECT.": "", "Sec.": "", "Barrio": "Barrio ", "Urb.": "Urbanización "}
NUMBERS = ("casa {}", "Casa N° {}", "# {}", "nro. {}", "casa #{}")


@given(
    some.sampled_from(sorted(KINDS)),
    some.sampled_from(["Bolívar", "Los Olivos", "3", "12"]),
    some.sampled_from(sorted(SECTORS)),
    some.sampled_from(["El Tamarindo", "Santa Rosa", "2"]),
    some.sampled_from(NUMBERS),
    some.sampled_from([", ", " "]),
    some.permutations(["street", "sector", "house"]),
)
def test_an_address_in_one_cell_loses_nothing_in_whatever_order(
    kind: str, street: str, quarter: str, sector: str, number: str, between: str, order: list[str]
) -> None:
    parts = {"street": f"{kind} {street}", "sector": f"{quarter} {sector}", "house": number.format(46)}
    read = read_address(between.join(parts[one] for one in order))
    assert read == Address(f"{SECTORS[quarter]}{sector}", f"{KINDS[kind]} {street}", "46")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("WILMER GUEVARA RODRIGUEZ", "Wilmer Guevara Rodriguez"),
        ("maría de los ángeles d'amico", "María de los Ángeles D'Amico"),
        ("Pérez Gil, Ana Luisa", "Ana Luisa Pérez Gil"),
        ("3.- Rosa Tovar", "Rosa Tovar"),
        ("Rosa  Tovar (menor)", "Rosa Tovar"),
        ("GarcÃ­a PeÃ±a Luis", "García Peña Luis"),
    ],
)
def test_a_name_is_kept_as_names_are_written(written: str, name: str) -> None:
    assert clean_name(tidy(written))[0] == name


@pytest.mark.parametrize("written", ["", "123", "TOTAL", "Firma: ____", "sin nombre", "x", "Elaborado por Ana", "a@b"])
def test_what_is_not_a_name_is_not_taken_for_one(written: str) -> None:
    assert not is_name(clean_name(written)[0])


def test_surnames_like_words_of_the_list_are_names() -> None:
    assert all(is_name(name) for name in ("Fuentes Rosa", "Pedro Hojas", "Totalino Gil", "Casas Mary", "Notario Luis"))


@pytest.mark.parametrize(
    ("remark", "mark"),
    [
        ("falleció", Mark.DIED),
        ("FALLECI�", Mark.DIED),
        ("Q.E.P.D.", Mark.DIED),
        ("(+) ", Mark.DIED),
        ("SE MUDÓ", Mark.MOVED),
        ("ya no vive aquí", Mark.MOVED),
        ("está en Colombia", Mark.ABROAD),
        ("emigró", Mark.ABROAD),
        ("trabaja fuera", Mark.AWAY),
        ("casa sola", Mark.EMPTY_HOUSE),
        ("encamado", None),
        ("comparte cocina con casa 12", None),
        ("trabaja en Chile", Mark.ABROAD),
        ("died in 2020", Mark.DIED),
    ],
)
def test_marks_beside_a_name_are_understood(remark: str, mark: Mark | None) -> None:
    assert read_marks(remark).mark is mark


def test_somebody_else_s_death_is_not_hers() -> None:
    found = read_marks("viuda, su esposo falleció")
    assert (found.mark, found.of_another) == (None, True)


def test_a_lost_letter_stands_for_any_one_letter() -> None:
    assert same(fold("Mar\ufffda Mu\ufffdoz"), fold("María Muñoz"))
    assert not same(fold("Mar\ufffda"), fold("Marta Gil"))
    assert same(fold("Garc\ufffd\ufffda"), fold("García"))  # two bytes lost for one letter


def test_surnames_first_is_the_same_name_and_twins_are_not() -> None:
    assert is_rotation(fold("Pérez Gil Ana"), fold("Ana Pérez Gil"))
    assert not is_rotation(fold("José María Pérez"), fold("María José Pérez"))


@given(some.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_cell(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied or tidied == ""
    read_identity(text)
    read_age(text, TODAY)
    read_day(text, TODAY)
    read_address(text)
    read_marks(text)
    name, _aside = clean_name(tidied)
    assert len(initials(name)) <= 16
    as_name(text)


@pytest.mark.parametrize(
    ("number", "code", "is_day"),
    [
        (14, None, True),
        (0, None, False),
        (164, "dd/mm/yyyy", True),
        (165, "0.00", False),
        (166, "[Red]0", False),
        (167, '"día" 0', False),
        (168, "[$-C0A]d mmm yy;@", True),
        (169, "hh:mm", False),
        (170, "General", False),
    ],
)
def test_a_number_format_shows_a_day_or_not(number: int, code: str | None, is_day: bool) -> None:
    assert shows_a_day(number, code) is is_day


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (29380, date(1980, 6, 8)),
        (45000.75, date(2023, 3, 15)),
        (2_958_465, date(9999, 12, 31)),
        (2_958_466, None),
        (-1, None),
    ],
)
def test_a_number_is_the_day_that_spreadsheets_show(serial: float, day: date | None) -> None:
    assert day_of(serial, from_1904=False) == day


def test_some_workbooks_count_from_1904() -> None:
    assert day_of(0, from_1904=True) == date(1904, 1, 1)


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [column_letters(at) for at in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
