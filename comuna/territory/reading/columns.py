"""What the columns of a list mean: the header found below its titles, in Spanish or English, however written.

A row is a header when at least two of its cells, and at least half of them, name columns we know, one of
them a person's name. Lists repeat their header, and sometimes change it halfway: each holds from its row on.
*Wide* lists have several people in a row, with one block of columns for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from comuna.territory.reading.grids import Cell, RawRow
from comuna.territory.reading.text import LOST, fold, same


class Role(StrEnum):
    """What a column says."""

    NAME = "name"
    GIVEN = "given-names"
    SURNAME = "surnames"
    IDENTITY = "identity"
    CITIZENSHIP = "citizenship"
    AGE = "age"
    BIRTH = "birth-day"
    RELATION = "relation"
    HOUSE = "house"
    ADDRESS = "address"
    STREET = "street"
    SECTOR = "sector"
    FAMILY = "family"  # a number or name that the people of one household share
    PEOPLE = "people"  # how many live in the household
    FAMILIES = "families"  # how many households the row stands for
    HEALTH = "health"
    TREATMENT = "treatment"
    RESIDENCE = "residence"  # words: "en Colombia", "ausente"
    LIVES_HERE = "lives-here"  # yes or no
    ABROAD = "abroad"  # yes or no
    AWAY = "away"  # yes or no
    REMARK = "remark"  # read for marks such as "falleció", not kept
    ORDINAL = "ordinal"
    UNUSED = "unused"  # known, and left alone: telephones, payments


PERSONAL = {Role.IDENTITY, Role.CITIZENSHIP, Role.AGE, Role.BIRTH, Role.RELATION, Role.HEALTH, Role.TREATMENT}
PERSONAL |= {Role.RESIDENCE, Role.LIVES_HERE, Role.ABROAD, Role.AWAY}
NAMES = {Role.NAME, Role.GIVEN, Role.SURNAME}
PLACES = {Role.HOUSE, Role.ADDRESS, Role.STREET, Role.SECTOR, Role.FAMILY}
LEFT_ALONE = {Role.ORDINAL, Role.UNUSED}


@dataclass(frozen=True)
class Column:
    at: int  # from 0
    header: str
    role: Role | None  # None: nobody has said what it means
    relation: str = ""  # that the header gives to who stands there: "jefe de familia", "cónyuge"

    @property
    def is_head(self) -> bool:
        return self.relation == HEAD


HEAD = "jefe"
SPOUSE = "cónyuge"
_NO = r"(?:(?:n|no|nro|num|numero|nume|number) ?(?:de )?(?:la )?)?"
_WAYS = r"(calle|vereda|avenida|av|callejon|pasaje|transversal|carrera|street)"
_HEADS = (
    r"(jefe|jefa|jefes|head)( ?\(?a\)?)?( a)?( de)?( la| of( the)?)? ?"
    r"(familia|hogar|nucleo|casa|grupo|vivienda|family|household)|^cabeza"
)
_UNUSED = (
    r"telefono|tlf|telf|celular|\bmovil\b|phone|correo|e ?mail|whatsapp|carnet|serial|codigo|cuenta|banco|pago",
    r"^(lugar|sitio|ciudad|pais|place) (de |of )?(nac|birth)|estado civil|nivel|profesion|ocupacion|oficio",
    r"^(sexo?|gender|genero|m f|f m|peso|talla|votos?|vota.*|centro de votacion|firma|huella)$",
    r"bombona|cilindro|bolsa|caja|ninos|adultos? mayor|ultima entrega|tipo de (vivienda|casa)|tenencia",
    r"children|elderly",
)
_IDENTITY = (
    r"cedula|documento|identidad|identity|pasaporte|passport|^dni|^id( n.*| card.*)?$",
    r"^(n |no |nro )?(de )?c ?i( no?| nro)?( de.*)?$",
)
_FAMILY = (
    rf"^{_NO}(familia|nucleo|flia|hogar|grupo familiar|nucleo familiar|family|household)"
    r"( n| no| nro| numero| id| number)?$"
)
_PEOPLE = (
    r"(^|\b)(n|no|nro|num|numero|cant|cantidad|total|number)( de| of)? (personas|integrantes|miembros|habitantes)",
    r"number of (people|members)|^(personas|habitantes|carga familiar|people|household size|carga)$",
)
_SECTOR = rf"^(nombre del? )?{_NO}(sector|barrio|urbanizacion|urb|zona|comunidad|manzana|district)( donde.*| n)?$"
_HOUSE = (
    rf"^{_NO}(casa|vivienda|house|apto|apartamento|inmueble|rancho|parcela|casa apto)"
    r"( n| no| nro| numero| number| s n)?$"
)
_HEAD_ALONE = r"^(titular|beneficiari[oa]s?|representante|responsable|jef[ea] familiar)( a)?( del? (?!calle).*)?$"
_SPOUSE = r"^(nombres?.* )?(del? (la )?)?(conyuge?|esposa|esposo|pareja|spouse)( a| o)?( nombres?.*)?$"
_WHOLE_NAME = r"(nombre|name).*apellido|apellido.*(nombre|name)|nombre completo|full name|nombre y ape"
_GIVEN = r"^nombres?$|^(primer|segundo|1er|2do|1|2) nombre|given name|first name|middle name"
_ANY_NAME = (
    r"nombre|\bname\b",
    r"^(personas?|habitantes?|vecin[oa]s?|integrantes?|miembros?|ciudadan[oa]s?|residents?)( a| o| as)?( \d+)?$",
)

# The first that fits is taken: what is narrow comes before what is wide.
_RULES: tuple[tuple[Role, str, str], ...] = (
    (Role.UNUSED, "|".join(_UNUSED), ""),
    (Role.BIRTH, r"nacimiento|\bf(echa)? (de )?nac|fnac|birth|\bdob\b", ""),
    (Role.CITIZENSHIP, r"^(nacionalidad|nac|v e|nationality|letra)$", ""),
    (Role.IDENTITY, "|".join(_IDENTITY), ""),
    (Role.RELATION, r"parente[sz]co|relacion|vinculo|afinidad|relationship|^relation|rol familiar", ""),
    (Role.AGE, r"^edad|^anos( cumplidos)?$|^age", ""),
    (Role.FAMILIES, rf"^(cantidad (de )?|cant |total )?{_NO}familias$|^families$|number of families", ""),
    (Role.FAMILY, _FAMILY, ""),
    (Role.PEOPLE, "|".join(_PEOPLE), ""),
    (Role.SECTOR, _SECTOR, ""),
    (Role.ADDRESS, r"direccion|domicilio|ubicacion|address|habitacion|lugar de residencia|^residencia$", ""),
    (Role.STREET, rf"^(nombre (de la )?)?{_NO}({_WAYS}( o | u | y | )?)+( n| nombre| name)?$", ""),
    (Role.HOUSE, _HOUSE, ""),
    (Role.TREATMENT, r"tratamiento|medicamento|medicina|treatment|medication", ""),
    (Role.LIVES_HERE, r"(vive|reside|habita|lives|resides) ?(aqui|en la comunidad|en el sector|here)?$", ""),
    (Role.ABROAD, r"emigr|fuera del pais|en el exterior|extranjero|abroad|migrante", ""),
    (Role.AWAY, r"^ausente|fuera por trabajo|trabaja fuera|^away", ""),
    (
        Role.RESIDENCE,
        r"residencia|^estatus|^status|^situacion|estado actual|residence|paradero|donde esta",
        "",
    ),
    (Role.HEALTH, r"enfermedad|patologia|discapacidad|^condicion|salud|diagnostico", ""),
    (Role.HEALTH, r"illness|disease|disability|health|condition", ""),
    (Role.REMARK, r"observ|^notas?$|remark|comentario|comment|^obs\b|^notes?$|novedad", ""),
    (Role.NAME, _HEADS, HEAD),
    (Role.NAME, _HEAD_ALONE, HEAD),
    (Role.NAME, _SPOUSE, SPOUSE),
    (Role.NAME, _WHOLE_NAME, ""),
    (Role.SURNAME, r"apellido|surname|last name|family name", ""),
    (Role.GIVEN, _GIVEN, ""),
    (Role.NAME, "|".join(_ANY_NAME), ""),
    (Role.ORDINAL, r"^(n|no|nro|num|numero|item|number|orden|renglon)( de orden)?$", ""),
)
_NOT_NAMES = re.compile(r"calle|vereda|consejo|comuna|sector|comite|voc[ea]r|escuela|plantel|empresa|enfermedad|medic")
_COMPILED = [(role, re.compile(pattern), relation) for role, pattern, relation in _RULES]


def role_of(header: str) -> tuple[Role, str] | None:
    """The meaning of a header's words, and the relation it gives; None when we do not know it."""
    if header.strip() == "#":
        return Role.ORDINAL, ""
    words = fold(header.replace("#", "n "))
    if not words or len(words) > 60:
        return None
    for role, pattern, relation in _COMPILED:
        if pattern.search(words):
            if role in NAMES and _NOT_NAMES.search(words) and not relation:
                continue
            return role, relation
    return _with_lost_letters(words) if LOST in words else None


_ACCENTED = [
    "Cédula",
    "Dirección",
    "Años",
    "Observación",
    "Relación",
    "Condición",
    "Núcleo",
    "Número",
    "Teléfono",
    "Ubicación",
]
_BROKEN = {fold(word): word for word in _ACCENTED}


def _with_lost_letters(words: str) -> tuple[Role, str] | None:
    mended = " ".join(next((whole for whole in _BROKEN if same(word, whole)), word) for word in words.split())
    return role_of(mended) if mended != words and LOST not in mended else None


def columns_of(row: RawRow) -> tuple[Column, ...]:
    """The row read as a header: one column for each of its texts."""
    found = []
    for at, cell in enumerate(row.cells):
        if isinstance(cell, str):
            role, relation = role_of(cell) or (None, "")
            found.append(Column(at, " ".join(cell.split("\n")), role, relation))
    return _given_alone(_numbers_of_houses(found))


def _numbers_of_houses(columns: list[Column]) -> list[Column]:
    """ "Calle | Nº": a number right beside the street is the house's, where no other column is."""
    if any(column.role in (Role.HOUSE, Role.ADDRESS) for column in columns):
        return columns
    streets = {column.at for column in columns if column.role is Role.STREET}
    return [replace(c, role=Role.HOUSE) if c.role is Role.ORDINAL and c.at - 1 in streets else c for c in columns]


def _given_alone(columns: list[Column]) -> tuple[Column, ...]:
    """ "Nombres" is the whole name unless there is a column of surnames too."""
    if any(column.role is Role.SURNAME for column in columns):
        return tuple(columns)
    return tuple(replace(c, role=Role.NAME) if c.role is Role.GIVEN else c for c in columns)


# Looked for first, because most rows have none of it: some word of a column of names, or a lost letter.
_SAYS_NAME = re.compile(
    rf"nombre|name|apellido|jef|head|cabeza|titular|benefici|represent|respons|conyu|espos|pareja|spouse|person|habita"
    rf"|vecin|integra|miembro|ciudad|resident|{LOST}"
)
_TELLING = NAMES | PLACES | {Role.IDENTITY, Role.AGE, Role.BIRTH, Role.RELATION, Role.PEOPLE, Role.FAMILIES}


def looks_like_a_header(row: RawRow) -> bool:
    filled = [cell for cell in row.cells if cell is not None]
    if not all(isinstance(cell, str) for cell in filled):
        return False
    if not any(_SAYS_NAME.search(fold(str(cell))) for cell in filled):
        return False
    known = [column for column in columns_of(row) if column.role is not None]
    if not any(column.role in NAMES for column in known) or 2 * len(known) < len(filled):
        return False
    # "Esposa", "no", "movilidad reducida" and "emigró" stand in rows of people: they do not make a header
    telling = [column for column in known if column.role in _TELLING and not column.relation]
    return len(telling) >= 2 or (len(telling) == 1 and len(known) == len(filled) >= 2)


def nearest_to_a_header(rows: Iterable[RawRow]) -> tuple[Column, ...]:
    """The columns of the row that comes closest, to say which is missing; empty when none comes near."""
    best: tuple[Column, ...] = ()
    for row in rows:
        columns = columns_of(row)
        known = [column for column in columns if column.role is not None and column.role not in LEFT_ALONE]
        filled = sum(cell is not None for cell in row.cells)
        if filled >= 2 and 2 * len(known) >= filled and len(known) > len(best):
            best = tuple(known)
    return best


@dataclass(frozen=True)
class Block:
    """The columns about one person of a row. Places and counts may be shared by all blocks."""

    names: tuple[Column, ...]
    others: Mapping[Role, tuple[Column, ...]]
    wide: bool  # one of several in the row
    left_alone: frozenset[int] = frozenset()

    @property
    def is_head(self) -> bool:
        return any(column.is_head for column in self.names)

    @property
    def relation(self) -> str:
        return next((column.relation for column in self.names if column.relation), "")

    def cell(self, row: RawRow, role: Role) -> Cell:
        """The first filled cell of that role."""
        ats = (column.at for column in self.others.get(role, ()))
        return next((row.cells[at] for at in ats if at < len(row.cells) and row.cells[at] is not None), None)


def blocks_of(columns: Sequence[Column]) -> tuple[Block, ...]:
    """The columns in blocks of one person each, left to right."""
    groups = _name_groups(columns)
    others: list[dict[Role, list[Column]]] = [{} for _ in groups]
    for role in dict.fromkeys(c.role for c in columns if c.role is not None and c.role not in NAMES | LEFT_ALONE):
        same_role = [column for column in columns if column.role is role]
        for number, mine in enumerate(_shared_out(same_role, groups, role)):
            if mine:
                others[number][role] = mine
    left_alone = frozenset(column.at for column in columns if column.role in LEFT_ALONE)
    return tuple(
        Block(tuple(group), {role: tuple(mine) for role, mine in other.items()}, len(groups) > 1, left_alone)
        for group, other in zip(groups, others, strict=True)
    )


def _name_groups(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns of names, a group for each person: a whole name, or given names and surnames in any order."""
    groups: list[list[Column]] = []
    before: Column | None = None
    for column in (c for c in columns if c.role in NAMES):
        roles = {c.role for c in groups[-1]} if groups else set()
        complete = Role.NAME in roles or {Role.GIVEN, Role.SURNAME} <= roles
        goes_on = before is not None and before.role is column.role is not Role.NAME and column.at == before.at + 1
        if not groups or (complete and not goes_on) or column.role is Role.NAME:
            groups.append([])
        groups[-1].append(column)
        before = column
    return groups


def _shared_out(columns: list[Column], groups: list[list[Column]], role: Role) -> list[list[Column]]:
    """Which of the columns with one role belong to which person."""
    if len(groups) == 1:
        return [columns]
    if len(columns) == len(groups):
        return [[column] for column in columns]
    if role not in PERSONAL:
        return [columns for _ in groups]
    starts = [group[0].at for group in groups]
    shared: list[list[Column]] = [[] for _ in groups]
    for column in columns:
        shared[max((n for n, start in enumerate(starts) if start <= column.at), default=0)].append(column)
    return shared
