"""Addresses as written to sector, street and house.

"C/ La Línea casa 20" is Calle La Línea, 20; "Vda. 3 Sector El Tamarindo casa 46" is Vereda 3 of El Tamarindo,
46; "Calle Bolívar (final) 9" is Calle Bolívar, 9 (final); "frente a la bodega" is a house without street.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from comuna.territory.reading.grids import Cell
from comuna.territory.reading.text import LOST, as_name, fold, tidy, with_lost_letters

NO_NUMBER = "S/N"


@dataclass(frozen=True)
class Address:
    """Names as they are to be shown; "" where nothing was said. ``house`` is a number or words."""

    sector: str = ""
    street: str = ""
    house: str = ""

    @property
    def has_number(self) -> bool:
        """Whether the house is told apart from its neighbours on the street."""
        return bool(self.house) and self.house != NO_NUMBER


NOWHERE = Address()


def address_line(sector: str, street: str, house: str) -> str:
    """ "Calle Bolívar 45, El Tamarindo", "Vereda 3 # 6", "# 4, Manzana 1": each number with what it is of."""
    number = house[:1].isdigit()
    before = "# " if number and (not street or street[-1:].isdigit()) else ""
    words = " ".join(part for part in (street, f"{before}{house}") if part)
    named = f"Sector {sector}" if sector[:1].isdigit() else sector
    return ", ".join(part for part in (words, named) if part)


_TYPES: tuple[tuple[str, str], ...] = (
    (r"calle ciega", "Calle Ciega"),
    (r"calle|c/|cll\.?|cl\.|c\.(?=\s*\D)", "Calle"),
    (r"avenida|av\.?|avda\.?|ave\.?", "Avenida"),
    (r"vereda|vda\.?|ver\.", "Vereda"),
    (r"callej[oó]n|clj[oó]?n\.?|cjon\.?|callej\.?", "Callejón"),
    (r"carrera|carr\.|cra\.?|kra\.?", "Carrera"),
    (r"carretera|ctra\.?", "Carretera"),
    (r"transversal|transv\.?|tranv\.?", "Transversal"),
    (r"pasaje|psje\.?|pje\.?", "Pasaje"),
    (r"escaleras?|escalinata|esc\.", "Escalera"),
    (r"bulevar|boulevard|blvd\.?", "Bulevar"),
    (r"camino", "Camino"),
    (r"paseo", "Paseo"),
    (r"prolongaci[oó]n|prol\.?", "Prolongación"),
    (r"terraza", "Terraza"),
    (r"street|st\.", "Street"),
)
_TYPE = [(re.compile(rf"^(?:{short})(?=[\s\d{LOST}]|$)\s*", re.IGNORECASE), full) for short, full in _TYPES]
_SHORT_WORDS = {
    "ppal": "Principal",
    "pral": "Principal",
    "princ": "Principal",
    "pcpal": "Principal",
    "gral": "General",
    "sta": "Santa",
    "sto": "Santo",
    "ntra": "Nuestra",
    "sra": "Señora",
    "fco": "Francisco",
}
_SHORT = re.compile(rf"(?<![^\W\d_])({'|'.join(_SHORT_WORDS)})\b\.?", re.IGNORECASE)


def _written_out(text: str) -> str:
    """ "calle ppal" as "calle Principal"; in capitals where the whole is."""
    return _SHORT.sub(
        lambda m: _SHORT_WORDS[m[1].lower()].upper() if text.isupper() else _SHORT_WORDS[m[1].lower()], text
    )


_SECTOR = re.compile(
    r"(?:^|[\s,;])(sector|sect?\.|barrio|bo\.|urb\.|urbanizaci[oó]n|urb|zona|manzana|mza?\.?|comunidad|caser[ií]o)"
    r"\s+(.+)$",
    re.IGNORECASE,
)
_KEPT_SECTOR = {
    "barrio": "Barrio",
    "urb": "Urbanización",
    "urbanizacion": "Urbanización",
    "manzana": "Manzana",
    "mz": "Manzana",
    "mza": "Manzana",
    "zona": "Zona",
}
_NUMBERED = re.compile(
    r"[\s,;]*(?:^|[\s,;])(?:casa|house)?\s*(?:#|n[°º]|nro\.?|no\.|num\.?|n[uú]mero|number)\s*:?\s*",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"[\s,;]*(?:^|[\s,;])(?:casa|house)\b\.?\s*(?:#|n[°º]|nro\.?|no\.)?\s*:?\s*", re.IGNORECASE)
_BUILDING = re.compile(
    r"(?:^|[\s,;])((?:apartamento|apto\.?|apt\.?|edificio|edif\.?|bloque|torre|piso|quinta|qta\.?|parcela|lote|local|anexo|rancho)\s.+)$",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"[\s,;]*(?:^|[\s,;])(?:casa\s+)?(?:s\s*/\s*n|s\.\s*n\.?|sin\s+n[uú]mero)\W*$", re.IGNORECASE)
_TRAILING = re.compile(r"[\s,;]+(\d{1,4}(?:\s?[-/]?\s?[A-Za-z])?(?:[-/]\d{1,3})?)$")
_QUALIFIED = re.compile(r"\s*\(([^()]{1,40})\)")
_AHEAD = re.compile(
    r"^(final|principio|entrada|comienzo|parte alta|parte baja)(?:\s+de)?(?:\s+la)?\s+"
    r"(?=calle|c/|av|vereda|vda|callej)",
    re.IGNORECASE,
)
_CROSSING = re.compile(r"[\s,;]+((?:entre|c/c|con|esquina|esq\.?|cruce con)\s+.+)$", re.IGNORECASE)
_LANDMARK = re.compile(r"((?<=\d)|(?<=\d[A-Za-z])|(?<=\d-[A-Za-z])),\s*\D.*$")
"""Behind a house: "4, frente al liceo", where the number is enough."""
_PLACE_BEHIND = re.compile(r"^(\d{1,5}\s?[-/]?\s?[A-Za-z]?|\S+)[\s,;]+(.+)$")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_PLAIN_NUMBER = re.compile(r"^\d{1,5}\s?[-/]?\s?[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?$")


def starts_like_a_street(text: str) -> bool:
    """Whether a street's type and then its name stand there."""
    return any((match := pattern.match(text)) and text[match.end() :].strip(" .,") for pattern, _ in _TYPE)


def starts_like_a_sector(text: str) -> bool:
    """Whether "sector", "barrio" and the like, and then a name stand there."""
    return _SECTOR.match(f" {text.strip()}") is not None


def read_address(cell: Cell, *, in_house_column: bool = False) -> Address:
    """``in_house_column`` where words without any street's type are a house, not a street."""
    if isinstance(cell, date):  # "10-12" that the spreadsheet took for a day
        return Address(house=f"{cell.day}-{cell.month}")
    if isinstance(cell, int | float):
        return Address(house=f"{cell:.0f}" if float(cell).is_integer() else str(cell))
    if not isinstance(cell, str):
        return NOWHERE
    text = with_lost_letters(_written_out(tidy(cell))).strip(" .,;:-")
    if not any(sign.isalnum() or sign == LOST for sign in text):
        return NOWHERE
    if _PLAIN_NUMBER.match(text):
        return Address(house=house_name(text))
    rest, qualifier = _qualifier_cut_off(text)
    rest, last = _last_sector_cut_off(rest)
    rest, house = _house_cut_off(rest)
    street, sector = _sector_cut_off(rest)
    sector = sector or last
    street, aside = _aside_cut_off(street)
    if qualifier and house and house != NO_NUMBER:
        house = f"{house} ({qualifier})"
    house = house or aside
    if starts_like_a_street(street):
        return Address(sector, street_name(street), house)
    if not street or (not in_house_column and house and _LETTERS.search(street)):
        return Address(sector, street_name(street), house)
    return Address(sector, "", _lower(text) if not sector else f"{_lower(street)} {house}".strip())


def street_name(text: str, type_of_column: str = "") -> str:
    """ "CALLE BOLÍVAR" to "Calle Bolívar", "Vda. 3" to "Vereda 3", "3" in a column of lanes to "Vereda 3"."""
    words = with_lost_letters(_written_out(tidy(text))).strip(" .,;:-")
    for pattern, full in _TYPE:
        if match := pattern.match(words):
            name = as_name(words[match.end() :].strip(" .,;:-"))
            return f"{full} {name}".strip()
    return f"{type_of_column} {as_name(words)}".strip() if words else ""


def sector_name(text: str) -> str:
    """ "SECTOR EL TAMARINDO" to "El Tamarindo"; a quarter's kind is kept where it tells it apart."""
    words = _written_out(tidy(text)).strip(" .,;:-")
    match = _SECTOR.match(f" {words}")
    if match is None:
        return as_name(words)
    kind = _KEPT_SECTOR.get(fold(match.group(1)), "")
    return f"{kind} {as_name(match.group(2).strip(' .,;:-'))}".strip()


def house_name(text: str) -> str:
    """ "62 a" and "62-A" to "62-A", "007" to "7"; words as they are."""
    words = re.sub(
        r"^(?:casa|house)?\s*(?:#|n[°º]|nro\.?|no\.)?\s*:?\s*(?=\S)", "", tidy(text), flags=re.IGNORECASE
    ).strip(" .,;:")
    if re.fullmatch(r"s\s*/?\s*n|s\.n\.?|sin n[uú]mero", words, re.IGNORECASE):
        return NO_NUMBER
    words = _LANDMARK.sub("", words)
    lettered = re.fullmatch(r"0*(\d{1,5})\s?[-/]?\s?([A-Za-z])", words)
    if lettered:
        return f"{lettered.group(1)}-{lettered.group(2).upper()}"
    return words.lstrip("0") or words if words.isdigit() else words


def _house_cut_off(text: str) -> tuple[str, str]:
    """The text without its house, and the house."""
    if without := _WITHOUT.search(text):
        return text[: without.start()], NO_NUMBER
    if building := _BUILDING.search(text):
        before, marked = _house_cut_off(text[: building.start()])
        return before, f"{marked} {building.group(1)}".strip()
    for pattern in (_HOUSE, _NUMBERED):
        if (marked_at := pattern.search(text)) and text[marked_at.end() :].strip():
            before, number = text[: marked_at.start()], text[marked_at.end() :]
            place = _PLACE_BEHIND.match(number)
            if place and (starts_like_a_street(place.group(2)) or starts_like_a_sector(place.group(2))):
                before, number = ", ".join(filter(None, [before.strip(), place.group(2)])), place.group(1)
            return before, house_name(number)
    if crossing := _CROSSING.search(text):
        return text[: crossing.start()], crossing.group(1)
    trailing = _TRAILING.search(text)
    if trailing and not _is_only_a_type(text[: trailing.start()]):
        return text[: trailing.start()], house_name(trailing.group(1))
    return text, ""


def _is_only_a_type(text: str) -> bool:
    """Whether the number behind it is the street's own name: "Calle 5"."""
    words = text.strip()
    return any(pattern.fullmatch(words) for pattern, _ in _TYPE) or bool(
        re.fullmatch(r"(?:sector|zona|manzana)", fold(words))
    )


def _qualifier_cut_off(text: str) -> tuple[str, str]:
    """ "Calle Bolívar (final) 9" and "Final calle Bolívar casa 9" without "final", which belongs to the house."""
    if ahead := _AHEAD.match(text):
        return text[ahead.end() :], ahead.group(1).lower()
    match = _QUALIFIED.search(text)
    if match is None:
        return text, ""
    return (text[: match.start()] + text[match.end() :]).strip(), match.group(1).strip().lower()


def _last_sector_cut_off(text: str) -> tuple[str, str]:
    """ "Calle 3 casa 46, Sector El Tamarindo" without its sector, where that comes behind the house, and the sector."""
    match = _SECTOR.search(f" {text}")
    if match is None:
        return text, ""
    before, behind = f" {text}"[: match.start()].strip(" ,;-"), match.group(2)
    name, _comma, aside = behind.partition(",")
    if not _house_cut_off(before)[1] or _is_marked(behind) or _holds_a_street(behind):
        return text, ""
    return f"{before}, {aside.strip()}" if aside.strip() else before, sector_name(f"{match.group(1)} {name}")


def _holds_a_street(text: str) -> bool:
    return any(starts_like_a_street(text[gap.end() :]) for gap in re.finditer(r"[\s,;]+", text))


def _is_marked(text: str) -> bool:
    """Whether a house is named in it by a word or a sign of its own."""
    return any(pattern.search(text) for pattern in (_HOUSE, _NUMBERED, _WITHOUT, _BUILDING))


def _sector_cut_off(text: str) -> tuple[str, str]:
    match = _SECTOR.search(f" {text}")
    if match is None:
        return text.strip(" ,;-"), ""
    before, after = f" {text}"[: match.start()].strip(" ,;-"), match.group(2)
    kind = _KEPT_SECTOR.get(fold(match.group(1)), "")
    name, behind = after, ""
    for cut in re.finditer(r"[,;]?\s+", after):
        if starts_like_a_street(after[cut.end() :]) or "," in cut.group():
            name, behind = after[: cut.start()], after[cut.end() :]
            break
    street = before or (behind.strip() if starts_like_a_street(behind.strip()) else "")
    return street, f"{kind} {as_name(name.strip(' .,;:-'))}".strip()


def _aside_cut_off(street: str) -> tuple[str, str]:
    """ "Calle Los Olivos, al lado de la iglesia": what comes behind a comma says where on the street."""
    name, _, aside = street.partition(",")
    return name.strip(), aside.strip()


def _lower(text: str) -> str:
    return text.lower() if text.isupper() else text
