"""Which row belongs to which household: the house given only on the first row and carried down, heads of
families one to a row, two families in one house, and the same street written five ways.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from comuna.territory.reading.address import (
    NOWHERE,
    Address,
    read_address,
    sector_name,
    starts_like_a_sector,
    starts_like_a_street,
    street_name,
)
from comuna.territory.reading.blocks import Block
from comuna.territory.reading.columns import Role
from comuna.territory.reading.grids import Cell, Place, RawRow
from comuna.territory.reading.marks import as_above
from comuna.territory.reading.text import LOST, fold, same


@dataclass
class House:
    """A household while the list is being read."""

    address: Address
    at: Place
    people_said: int | None = None
    named: bool = True  # False: the row says there is a further family, but not who


@dataclass
class Carried:
    """What the rows above have said of the place, as far as it holds for the rows below."""

    heading: Address = NOWHERE  # a line of its own: "CALLE 5 DE JULIO"
    above: Address = NOWHERE  # of the row before
    household: int | None = None
    family: str = ""  # of a line of its own: "FAMILIA Nº 2"
    by_key: dict[tuple[str, ...], int] = field(default_factory=dict)  # the newest household of each house

    def begin(self, heading: Address) -> None:
        """A line of its own names a place: what follows lies there."""
        keep_sector = heading.sector or (self.heading.sector if heading.street else "")
        self.heading = replace(heading, sector=keep_sector)
        self.above, self.household = self.heading, None

    def begin_family(self, family: str) -> None:
        """A line of its own begins a household."""
        self.household, self.family = None, family


def address_of(row: RawRow, block: Block, carried: Carried) -> tuple[Address, bool]:
    """Where the row says she lives, what it leaves out taken from above; and whether it says anything."""
    written = read_address(_said_anew(row, block, Role.ADDRESS))
    in_house = read_address(_said_anew(row, block, Role.HOUSE), in_house_column=True)
    street_cell, sector_cell = _said_anew(row, block, Role.STREET), _said_anew(row, block, Role.SECTOR)
    street, house_on_street = _street(street_cell, block)
    own_street = street or written.street or in_house.street
    house = in_house.house or written.house or house_on_street
    sector = _sector(sector_cell, block) if sector_cell is not None else written.sector or in_house.sector
    if not (own_street or house or sector):
        if _repeats(row, block) and carried.above != NOWHERE:
            return carried.above, True
        return carried.above if carried.household is not None else carried.heading, False
    has_columns = bool(block.others.get(Role.STREET) or block.others.get(Role.HOUSE))
    street_above = carried.above.street if has_columns else carried.heading.street
    sector_above = carried.above.sector if not own_street or own_street == carried.above.street else ""
    found = Address(sector or sector_above or carried.heading.sector, own_street or street_above, house)
    return found, True


def _said_anew(row: RawRow, block: Block, role: Role) -> Cell:
    """What stands in a column of places, unless it only repeats the row above."""
    cell = block.cell(row, role)
    return None if isinstance(cell, str) and as_above(cell) else cell


def _repeats(row: RawRow, block: Block) -> bool:
    """Whether a column of places says that it is where the row above is."""
    cells = (block.cell(row, role) for role in (Role.ADDRESS, Role.HOUSE, Role.STREET, Role.SECTOR))
    return any(isinstance(cell, str) and as_above(cell) for cell in cells)


def _sector(cell: object, block: Block) -> str:
    """A column of sectors; where its header says another kind ("Manzana", "Zona"), a number or letter has that word."""
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
    header = fold(block.others[Role.SECTOR][0].header)
    kind = next((word for word in header.split() if word in ("manzana", "zona")), "")
    return sector_name(f"{kind} {text}" if kind and len(fold(text)) <= 3 else text)


def _street(cell: object, block: Block) -> tuple[str, str]:
    """A column of streets: its name, and the house where people wrote it there too."""
    if cell is None:
        return "", ""
    text = str(cell)
    if isinstance(cell, str) and starts_like_a_street(text):
        read = read_address(text)
        return read.street, read.house
    header = fold(block.others[Role.STREET][0].header).removeprefix("nombre de la ")
    return street_name(
        text, header.capitalize() if header in ("calle", "vereda", "avenida", "pasaje", "carrera") else ""
    ), ""


def place_heading(text: str) -> Address | None:
    """A line that names a place for the rows below it; None when it names none."""
    label, colon, rest = text.partition(":")
    labelled = colon and fold(label) in _PLACE_LABELS
    words = rest.strip() if labelled else text
    if labelled and fold(label) in ("sector", "barrio"):
        return Address(sector=sector_name(words))
    if labelled and fold(label) in ("calle", "vereda", "avenida") and not starts_like_a_street(words):
        words = f"{label} {words}"
    read = read_address(words, in_house_column=True)
    if (read.street or read.sector) and (starts_like_a_street(words) or starts_like_a_sector(words)):
        return read
    if not labelled and (behind := _place_behind_a_family(text)):
        return behind
    begins_a_house = fold(words).split(" ")[:1] in (["casa"], ["house"]) and read.house
    return read if (labelled and read.house) or begins_a_house else None


def _place_behind_a_family(text: str) -> Address | None:
    """ "FAMILIA BARRETO - CALLE LAS FLORES CASA 5": the place, where a family or a head is named before it."""
    for sign in _BEFORE_A_PLACE.finditer(text):
        before, behind = text[: sign.start()], text[sign.end() :]
        if _NAMES_A_HOUSEHOLD.match(fold(before)) and (found := place_heading(behind)):
            return found
    return None


_BEFORE_A_PLACE = re.compile(
    r"\s*[-–:;,/(|]\s*|\s+(?=(?:calle|c/|vereda|vda|av|avenida|callej|sector|casa)\b)", re.IGNORECASE
)
_NAMES_A_HOUSEHOLD = re.compile(
    r"(grupo familiar|nucleo familiar|familia|nucleo|flia|fam|hogar|jef[ea]|household|family)\b"
)
_PLACE_LABELS = {
    "direccion",
    "calle",
    "vereda",
    "avenida",
    "sector",
    "barrio",
    "casa",
    "nro casa",
    "n casa",
    "address",
    "street",
}


def family_heading(text: str) -> str:
    """ "FAMILIA Nº 2": a line of its own that begins a household; "" for any other text."""
    words = fold(text)
    return words if _FAMILY_HEADING.match(words) else ""


_FAMILY_HEADING = re.compile(
    r"(grupo familiar|nucleo familiar|familia|nucleo|flia|hogar|household|family)\b( n| no| nro)?"
    r"( ?\w{1,15}| [a-z]+( [a-z]+){1,4})$"
)


def household_key(address: Address, family: str) -> tuple[str, ...] | None:
    """Equal for rows of one household; None where nothing tells the house from its neighbours."""
    if family:
        return (fold(address.sector), fold(address.street), fold(address.house), "family", fold(family))
    return (fold(address.sector), fold(address.street), fold(address.house)) if address.has_number else None


def household_of(
    houses: list[House], carried: Carried, address: Address, given: bool, family: str, begins: bool, at: Place
) -> int | None:
    """The household of a person, made where it is a new one; ``begins`` for its head. None when the list does
    not say where she lives."""
    key = household_key(address, family)
    same_house = carried.household is not None and (not given or address == carried.above)
    number: int | None = None
    if not begins and same_house and not (family and key not in carried.by_key):
        number = carried.household
    elif not begins and key:
        number = carried.by_key.get(key)
    if number is None:
        if address == NOWHERE and not begins and not family:
            return None
        houses.append(House(address, at))
        number = len(houses) - 1
    carried.household, carried.above = number, address
    if key:
        carried.by_key[key] = number
    return number


def with_one_spelling(addresses: Sequence[Address]) -> list[Address]:
    """The same addresses, each street and sector spelt one way: with its accents where any row has them."""
    sectors = _spellings([address.sector for address in addresses])
    named = [replace(address, sector=sectors[address.sector]) for address in addresses]
    streets = _spellings([address.street for address in named])
    spelt = [replace(address, street=streets[address.street]) for address in named]
    lying: dict[str, set[str]] = {}
    for address in spelt:
        if address.street and address.sector:
            lying.setdefault(address.street, set()).add(address.sector)
    only = {street: next(iter(found)) for street, found in lying.items() if len(found) == 1}
    return [replace(a, sector=only[a.street]) if not a.sector and a.street in only else a for a in spelt]


def _spellings(names: Sequence[str]) -> dict[str, str]:
    """Each spelling to the best one among those that fold alike."""
    by_fold: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        by_fold.setdefault(fold(name), []).append(name)
    whole = [folded for folded in by_fold if LOST not in folded]
    best = {folded: max(spelt, key=_goodness) for folded, spelt in by_fold.items()}
    chosen: dict[str, str] = {}
    for folded, spelt in by_fold.items():
        match = next((other for other in whole if LOST in folded and same(folded, other)), folded)
        chosen.update(dict.fromkeys(spelt, best[match]))
    return chosen


def _goodness(name: str) -> tuple[int, int, str]:
    """More accents, then fewer capitals."""
    accents = sum(not letter.isascii() and letter != LOST for letter in name)
    return accents, -sum(letter.isupper() for letter in name), name
