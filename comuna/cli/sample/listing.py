"""The families of the sample as the spreadsheet that a street leader would bring: nothing in it is tidy."""

from __future__ import annotations

import io
from datetime import date
from random import Random
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from comuna.cli.sample.families import Family, Neighbour

Line = list[Any]

HEADER = ["Casa", "Nombre y apellido", "Cédula", "Edad", "Parentesco", "Enfermedad / condición", "Observación"]
SECTORS = (
    ("SECTOR LOS ARAGUANEYES", ("CALLE ARAGUANEY", "CALLE 5 DE JULIO", "CALLEJÓN LAS FLORES")),
    ("SECTOR LA CEIBA", ("Calle La Ceiba", "Av. El Samán", "Vda. 3")),
)


def spreadsheet(random: Random, families: list[Family], census_day: date) -> bytes:
    """An xlsx file of one sheet a sector."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    half = len(families) // 2
    for (sector, streets), part in zip(SECTORS, (families[:half], families[half:]), strict=True):
        sheet = book.create_sheet(sector)
        _title(sheet, sector, census_day)
        if sector == SECTORS[0][0]:
            _under_headings(random, sheet, streets, part)
        else:
            _with_addresses(random, sheet, streets, part)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(sheet: Worksheet, sector: str, census_day: date) -> None:
    sheet.append([f"CENSO COMUNITARIO {sector}"])
    sheet.append(["Levantado por: vocería de calle", None, None, "Fecha:", census_day.strftime("%d/%m/%Y")])
    sheet.append([])
    sheet.merge_cells("A1:G1")


def _under_headings(random: Random, sheet: Worksheet, streets: tuple[str, ...], families: list[Family]) -> None:
    """Each street a heading of its own, its houses by number, and a total beneath."""
    share = -(-len(families) // len(streets))
    for number, street in enumerate(streets):
        own = families[number * share : (number + 1) * share]
        sheet.append([street])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=7)
        sheet.append(HEADER)
        for house, family in enumerate(own, start=1):
            _append(random, sheet, family, _number(random, house))
        sheet.append([None, "TOTAL", f"=COUNTA(B6:B{sheet.max_row})"])
        sheet.append([])


def _with_addresses(random: Random, sheet: Worksheet, streets: tuple[str, ...], families: list[Family]) -> None:
    """The whole address on the first row of each household, written differently every time."""
    sheet.append(HEADER)
    share = -(-len(families) // len(streets))
    for number, family in enumerate(families):
        street = streets[number // share]
        written = random.choice((street, street.upper(), street.replace("Calle", "C/").replace("Av.", "Avenida")))
        house = number % share + 1
        _append(random, sheet, family, f"{written} {random.choice(('casa', '#', ''))} {house}".replace("  ", " "))


def _number(random: Random, house: int) -> Any:
    return random.choice((house, f"#{house}", f"casa {house}", str(house)))


def _append(random: Random, sheet: Worksheet, family: Family, house: Any) -> None:
    for place, one in enumerate(family):
        sheet.append(_line(random, one, house if place == 0 else None))
    if random.random() < 0.03:  # the same person once more, typed by somebody else
        sheet.append(_line(random, family[-1], None, shouting=True))
    if random.random() < 0.03:  # who is gone still stands in last year's list
        gone = f"{random.choice(('Petra', 'Eudis', 'Luz'))} {family[0].name.split()[-1]}"
        age = random.randint(70, 93)
        sheet.append([None, gone, None, age, "otro", None, random.choice(("falleció", "SE MUDÓ"))])


def _line(random: Random, one: Neighbour, house: Any, shouting: bool = False) -> Line:
    name = one.name.upper() if shouting or random.random() < 0.07 else one.name
    return [house, name, _identity(random, one), _age(random, one.age), one.relation, one.illness, one.remark]


def _identity(random: Random, one: Neighbour) -> Any:
    if one.identity is None:
        return random.choice((None, "S/C", "no tiene" if one.age < 18 else "S/C"))
    dotted = f"{one.identity:,}".replace(",", ".")
    plain = str(one.identity)
    return random.choice((f"V-{plain}", f"v.{plain}", f"V{plain}", dotted, f"V-{dotted}", plain, one.identity))


def _age(random: Random, age: int) -> Any:
    if age == 0:
        return f"{random.randint(1, 11)} meses"
    return random.choices((age, str(age), f"{age} años", "ND", None), (80, 6, 9, 3, 2))[0]
