"""A council of this room's tests: founded in one act, a secretary who may do everything, and lists to import."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import openpyxl

from comuna.acts import clock
from comuna.acts.act import Act, Performed, Power
from comuna.acts.authority import Actor
from comuna.acts.door import Done, perform
from comuna.acts.fields import PublicLine
from comuna.acts.tests import toy
from comuna.territory import effects
from comuna.territory.acts import ImportCensus
from comuna.territory.acts.drafting import import_of
from comuna.territory.acts.matching import Plan, plan
from comuna.territory.models import Person
from comuna.territory.reading import Census, Choices, open_table, read_census

NOW = "2026-02-10T14:00:00Z"
TODAY = date(2026, 2, 10)


class Settle(Act):
    """Begin the books of a council that has only a name."""

    verb = "toy.settle"
    power = Power.FOUNDING
    label = "Settle"
    said = "{seat} settled"
    undo = None

    name: PublicLine

    def local_zone(self) -> str:
        return "America/Caracas"

    def apply(self, record: Performed) -> None:
        effects.found(record, name=self.name, time_zone="America/Caracas")


@dataclass(frozen=True)
class Town:
    commune: UUID
    secretary: UUID

    def does(self, act: Act, id: UUID | None = None) -> Done:
        return perform(act, Actor(self.secretary), id=id)

    def plan(self, data: bytes, act: UUID | None = None) -> Plan:
        return plan(read(data), self.commune, act or uuid4(), TODAY)

    def imports(self, data: bytes, census_day: date = date(2026, 1, 15)) -> tuple[Done, Plan]:
        """Read, planned and performed, as the pages do it."""
        planned = self.plan(data)
        return self.does(drafted(planned, census_day), planned.act), planned

    def person(self, name: str) -> Person:
        found: Person = Person.objects.get(full_name=name)
        return found


def drafted(planned: Plan, census_day: date = date(2026, 1, 15)) -> ImportCensus:
    return import_of(planned, census_day=census_day, file_name="censo.xlsx", file_digest="ab" * 32)


def settled() -> Town:
    secretary = uuid4()
    toy.seat(secretary)
    commune = perform(Settle(name="El Mirador"), Actor()).id
    return Town(commune, secretary)


def read(data: bytes) -> Census:
    return read_census(open_table(data), Choices(today=clock.now().date()))


def sheet(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), title: str = "CENSO") -> bytes:
    """An xlsx file of one sheet."""
    return book({title: rows}, {title: merged})


def book(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    made = openpyxl.Workbook()
    del made[made.sheetnames[0]]
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
        for block in (merged or {}).get(title, ()):
            page.merge_cells(block)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@cache
def bomb() -> bytes:
    """An xlsx file of less than 400 kB whose sheet is 300 MB of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet([["x"]]))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            blown_up = name == "xl/worksheets/sheet1.xml"
            made.writestr(name, b" " * (300 * 1024 * 1024) if blown_up else source.read(name))
    return out.getvalue()


def separated(rows: Sequence[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode(encoding)


HEADER = ["Casa", "Nombre y apellido", "Cédula", "Edad", "Parentesco", "Enfermedad"]
"""The header of a census as most lists have it."""

FAMILY: list[list[Any]] = [
    ["Calle Bolívar 45", "Rosa Tovar", "V-8771539", 61, "Jefe(a)", "diabetes"],
    [None, "Wilmer García", None, "3 meses", "hijo", None],
    [None, "Yuleidy Pérez", 23615667, "ND", "hija", "asma"],
    ["Vda. 3 Sector El Tamarindo casa 8", "Ñusta Salazar", "9.181.764", 44, "Jefe(a)", None],
]


CENSUS = sheet([["Censo comunitario"], ["Fecha:", "15/1/26"], [], HEADER, *FAMILY])
