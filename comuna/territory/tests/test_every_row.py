"""Of every row of any file, somebody is read or the row is listed: nothing is passed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as some

from comuna.territory.reading import Census, Choices, Grid, Unreadable, open_table, read_census
from comuna.territory.tests.town import book, separated

TODAY = date(2026, 2, 10)

HEADERS = [
    "Nombre",
    "Nombre y apellido",
    "Apellidos",
    "Nombres",
    "Jefe de familia",
    "Cédula",
    "C.I.",
    "Edad",
    "Casa",
    "Dirección",
    "Calle",
    "Sector",
    "Parentesco",
    "Observación",
    "Nro. personas",
    "Enfermedad",
    "Teléfono",
    "Nº",
]
WORDS = [
    "Ana Gil",
    "LUIS MORA",
    "Eva Sosa / Ivo Paz",
    "Mar�a Ruiz",
    "Ana Gil (falleció)",
    "TOTAL",
    "12.345.678",
    "V-1",
    "S/C",
    "ND",
    "3 meses",
    "S/N",
    "#3",
    "Calle Bolívar 45",
    "CALLE SUCRE",
    "C/ La Línea casa 20",
    "Jefe(a)",
    "hija",
    "4 (2 familias)",
    "SE MUDÓ",
    "en Chile",
    "=A1",
    "=1+1",
    "casa sola",
    "x",
    "?",
    "Fecha: 15/1/26",
    " ",
    "Sector 3",
    "Dirección: Vereda 2 casa 8",
    "no",
    "sí",
    "nota",
    "Nombre",
    "Casa 12",
]
WORDS += ["a" * 250, "ñ" * 2500]

cells = some.one_of(
    some.none(),
    some.sampled_from(WORDS + HEADERS),
    some.integers(-5, 99_999_999),
    some.floats(0, 1e8, allow_nan=False),
    some.dates(date(1900, 1, 1), date(2026, 12, 31)),
    some.text(alphabet=some.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
)
rows = some.lists(some.lists(cells, max_size=8), max_size=14)
headers = some.lists(some.sampled_from(HEADERS), min_size=2, max_size=8)


@some.composite
def lists(draw: some.DrawFn) -> list[list[Any]]:
    """Titles, a header, rows, perhaps another header and more rows."""
    return [*draw(rows)[:3], draw(headers), *draw(rows), draw(headers), *draw(rows)]


def accounted_for(grids: tuple[Grid, ...], found: Census) -> None:
    every = {(number, row.number) for number, grid in enumerate(grids) for row in grid.rows}
    places = list(found.places())
    assert {(place.sheet, place.row) for place in places} == every
    assert len(places) == len(set(places)), "two outcomes for one line"
    assert found.rows == len(every)
    assert {person.household for person in found.people} <= set(range(len(found.households)))


def judge(data: bytes) -> None:
    try:
        grids = open_table(data)
        found = read_census(grids, Choices(today=TODAY))
    except Unreadable:
        return
    accounted_for(grids, found)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(some.lists(lists(), min_size=1, max_size=2), some.data())
def test_every_row_of_a_workbook_is_read_or_listed(pages: list[list[list[Any]]], data: some.DataObject) -> None:
    merged = {}
    for number, page in enumerate(pages):
        top = data.draw(some.integers(1, max(1, len(page))))
        merged[f"S{number}"] = [f"A{top}:A{top + data.draw(some.integers(0, 4))}"]
    judge(book({f"S{number}": page for number, page in enumerate(pages)}, merged))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lists(), some.sampled_from(";,\t|"), some.sampled_from(["utf-8", "utf-16"]))
def test_every_row_of_a_csv_is_read_or_listed(page: list[list[Any]], delimiter: str, encoding: str) -> None:
    judge(separated(page, delimiter, encoding))


@settings(max_examples=200, deadline=None)
@given(some.binary(max_size=400))
def test_bytes_that_are_no_list_at_all_are_refused_or_listed(data: bytes) -> None:
    judge(data)
