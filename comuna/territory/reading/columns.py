"""What the columns of a list mean: the header found below its titles, in Spanish or English, however written.

A row is a header when at least two of its cells, and at least half of them, name columns we know, one of
them a person's name. Lists repeat their header, and sometimes change it halfway: each holds from its row on.
*Wide* lists have several people in a row, with one block of columns for each (``blocks``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from comuna.territory.reading.grids import RawRow
from comuna.territory.reading.text import LOST, fold, same


class Role(StrEnum):
    """What a column says."""

    NAME = "name"
    MEMBERS = "members"  # several people in one cell, besides whom the row names
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
WHEREABOUTS = (Role.LIVES_HERE, Role.AWAY, Role.RESIDENCE, Role.ABROAD)
PERSONAL |= set(WHEREABOUTS)
NAMES = {Role.NAME, Role.GIVEN, Role.SURNAME, Role.MEMBERS}
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

    @property
    def is_of_another(self) -> bool:
        """Whether nobody has said what it means, and its header speaks of somebody of the family: an age beside it is
        hers, and not the one's before it."""
        return self.role is None and _OF_ANOTHER.search(fold(self.header)) is not None


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
    r"^(sexo?|gender|genero)( m f| f m| h m| m h| masc.*| hombre.*)?$|^(m f|f m|h m|m h|peso|talla|firma|huella)$",
    r"^(votos?|vota.*|centro de votacion|marca temporal|timestamp)$",
    r"bombona|cilindro|bolsa|caja|ninos|adultos? mayor|ultima entrega|tipo de (vivienda|casa)|tenencia",
    r"children|elderly",
)
_IDENTITY = (
    r"cedula|documento|identidad|identity|pasaporte|passport|^dni|^id( n.*| card.*)?$",
    r"^(n |no |nro |numero )?(de )?(la )?c ?i( .*)?$",
)
_FAMILY = (
    rf"^{_NO}(familia|nucleo|flia|hogar|grupo familiar|nucleo familiar|family|household)"
    r"( n| no| nro| numero| id| number)?$"
)
_PEOPLE = (
    r"(^|\b)(n|no|nro|num|numero|cant|cantidad|total|number)( de| of)? (personas|integrantes|miembros|habitantes)",
    r"number of (people|members)|^(personas|habitantes|carga familiar|people|household size|carga)$",
    r"^cuant[oa]s (personas|integrantes|miembros|habitantes|viven|habitan|son)\b|^how many (people|live)",
)
_SECTOR = rf"^(nombre del? )?{_NO}(sector|barrio|urbanizacion|urb|zona|comunidad|manzana|district)( donde.*| n)?$"
_HOUSE = (
    rf"^{_NO}(casa|vivienda|house|apto|apartamento|inmueble|rancho|parcela|casa apto)"
    r"( n| no| nro| numero| number| s n)?$"
)
_HEAD_ALONE = r"^(titular|beneficiari[oa]s?|representante|responsable|jef[ea] familiar)( a)?( del? (?!calle).*)?$"
_BIRTH = (
    r"nacimiento|\b(f|fe?c|fch|fecha) ?(de )?nac|fnac|birth|\bdob\b|^(f|fe?c|fch|fecha) ?(de )?n$|^fn$",
    r"^(fecha (en )?que )?naci[od]|^cumpleanos",
)
_KIN = (
    r"hij[oa]|niet[oa]|bisniet[oa]|herman[oa]|madre|padre|mama|papa|abuel[oa]|suegr[oa]|sobrin[oa]|cunad[oa]|yerno"
    r"|nuera|prim[oa]|ti[oa]|hijastr[oa]|nin[oa]|menor|carga|familiar|son|daughter|child|mother|father|brother|sister"
)
_MEMBER = (
    r"^(?:nombres?(?: y apellidos?)? (?:del? )?(?:la |el )?)?(?:\d+ ?(?:er|d[oa]|t[oa])? |primera? |segund[oa] )?"
    rf"({_KIN})( a| o)?( n| no| nro| num| numero)?( \d+)?( nombres?( y apellidos?)?)?$"
)
_MEMBERS = (
    r"^(nombres?.* )?(de )?(l[oa]s (demas )?|otr[oa]s )?(integrantes|miembros|personas|familiares)"
    r" (de|en|del|con|que)\b( .*)?(familia|hogar|casa|nucleo|grupo|vive).*$"
    r"|^(nombres?.* )?(de )?(l[oa]s demas|otr[oa]s) (integrantes|miembros|personas|familiares)$"
    r"|^nombres?.* (de )?(l[oa]s|sus) (hij[oa]s|nin[oa]s|menores)$|^hij[oa]s nombres.*$"
    r"|^(con )?quienes (mas )?(viven|habitan)\b.*$"
    r"|^(grupo|nucleo|carga) familiar (nombres.*|completo)$|^(family|household) members$"
)
_WHERE = r"^(en )?donde (vive|habita|reside)"
_SPOUSE = (
    r"^(nombres?.* )?(del? (la )?)?(conyuge?|esposa|esposo|pareja|spouse)"
    r"( (a|o|y|u|conyuge|esposa|esposo|pareja))*( nombres?.*)?$"
)
_WHOLE_NAME = r"(nombre|name).*apellido|apellido.*(nombre|name)|nombre completo|full name|nombre y ape"
_GIVEN = r"^nombres?$|^(primer|segundo|1er|2do|1|2) nombre|given name|first name|middle name"
_ANY_NAME = (
    r"nombre|\bname\b",
    r"^(personas?|habitantes?|vecin[oa]s?|integrantes?|miembros?|ciudadan[oa]s?|residents?)( a| o| as)?( \d+)?$",
)

# The first that fits is taken: what is narrow comes before what is wide.
_RULES: tuple[tuple[Role, str, str], ...] = (
    (Role.UNUSED, "|".join(_UNUSED), ""),
    (Role.BIRTH, "|".join(_BIRTH), ""),
    (Role.CITIZENSHIP, r"^(nacionalidad|nac|v e|nationality|letra)$", ""),
    (Role.IDENTITY, "|".join(_IDENTITY), ""),
    (Role.RELATION, r"parente[sz]co|relacion|vinculo|afinidad|relationship|^relation|kinship|rol familiar", ""),
    (Role.AGE, r"^(que |cual es (su|la) )?edad(?!es)|^ed$|^anos( cumplidos| de edad)?$|^age", ""),
    (Role.FAMILIES, rf"^(cantidad (de )?|cant |total )?{_NO}familias$|^families$|number of families", ""),
    (Role.FAMILY, _FAMILY, ""),
    (Role.PEOPLE, "|".join(_PEOPLE), ""),
    (Role.SECTOR, _SECTOR, ""),
    (Role.ADDRESS, r"direccion|domicilio|ubicacion|address|habitacion|lugar de residencia|^residencia$", ""),
    (Role.ADDRESS, _WHERE, ""),
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
    (Role.MEMBERS, _MEMBERS, ""),
    (Role.NAME, _WHOLE_NAME, ""),
    (Role.SURNAME, r"apellido|surname|last name|family name", ""),
    (Role.GIVEN, _GIVEN, ""),
    (Role.NAME, "|".join(_ANY_NAME), ""),
    (Role.ORDINAL, r"^(n|no|nro|num|numero|item|number|orden|renglon)( de orden)?$", ""),
)
_OF_ANOTHER = re.compile(rf"\b({_KIN}|espos[oa]|conyuge|pareja|marido|mujer|integrante|miembro|persona)s?\b")
_NOT_NAMES = re.compile(r"calle|vereda|consejo|comuna|sector|comite|voc[ea]r|escuela|plantel|empresa|enfermedad|medic")
_COMPILED = [(role, re.compile(pattern), relation) for role, pattern, relation in _RULES]


_MEMBER_COMPILED = re.compile(_MEMBER)
_ACCENTED_KIN = {"nino": "niño", "nina": "niña", "cunado": "cuñado", "cunada": "cuñada", "tio": "tío", "tia": "tía"}
_ACCENTED_KIN |= {"mama": "mamá", "papa": "papá"}


def role_of(header: str) -> tuple[Role, str] | None:
    """The meaning of a header's words, and the relation it gives; None when we do not know it."""
    if header.strip() == "#":
        return Role.ORDINAL, ""
    words = fold(header.replace("#", "n "))
    if not words or len(words) > 60:
        return None
    if names_a_whole_address(words):
        return Role.ADDRESS, ""
    if member := _MEMBER_COMPILED.match(words):
        return Role.NAME, _ACCENTED_KIN.get(member.group(1), member.group(1))
    for role, pattern, relation in _COMPILED:
        if pattern.search(words):
            if role in NAMES and _NOT_NAMES.search(words) and not relation:
                continue
            return role, relation
    written_out = " ".join(_ABBREVIATED.get(word, word) for word in words.split())
    if written_out != words:
        return role_of(written_out)
    return _with_lost_letters(words) if LOST in words else None


_SHORT_WORDS = """
ced cedula  nacim nacimiento  fec fecha  dir direccion  direc direccion  direcc direccion  viv vivienda  sect sector
parent parentesco  paren parentesco  nexo parentesco  filiacion parentesco  nom nombre  nomb nombre  nombs nombres
ape apellido  apell apellido  apells apellidos  pers personas  integ integrantes  hab habitantes  telef telefono
tel telefono  gen genero  discap discapacidad  enferm enfermedad  seg segundo  prim primer  conyug conyuge
observ observacion
"""
_ABBREVIATED = dict(zip(_SHORT_WORDS.split()[::2], _SHORT_WORDS.split()[1::2], strict=True))

_KINDS_OF_PLACE = {
    **dict.fromkeys(
        ["calle", "vereda", "avenida", "av", "callejon", "pasaje", "transversal", "carrera", "escalera", "street"],
        "street",
    ),
    **dict.fromkeys(["casa", "vivienda", "apto", "apartamento", "rancho", "parcela", "house"], "house"),
    **dict.fromkeys(["sector", "barrio", "urbanizacion", "urb", "zona", "manzana"], "sector"),
}
_BETWEEN_PLACES = frozenset(
    ["y", "o", "u", "e", "de", "la", "el", "del", "n", "no", "nro", "num", "numero", "and", "number"]
)


def names_a_whole_address(words: str) -> bool:
    """Whether a header says two kinds of place or more and nothing else: "Calle / Casa"."""
    said = [word for word in words.split() if word not in _BETWEEN_PLACES]
    kinds = {_KINDS_OF_PLACE.get(word, "") for word in said}
    with_number = kinds == {"street"} and " y n" in words  # "Calle y Nº"
    return with_number or (len(kinds) > 1 and "" not in kinds)


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
    return _given_alone(_members_alone(_numbers_of_houses(found)))


def _numbers_of_houses(columns: list[Column]) -> list[Column]:
    """ "Calle | Nº": a number right beside the street is the house's, where no other column is."""
    if any(column.role in (Role.HOUSE, Role.ADDRESS) for column in columns):
        return columns
    streets = {column.at for column in columns if column.role is Role.STREET}
    return [replace(c, role=Role.HOUSE) if c.role is Role.ORDINAL and c.at - 1 in streets else c for c in columns]


def _members_alone(columns: list[Column]) -> list[Column]:
    """ "Integrantes de la familia" is the column of names where there is no other."""
    if any(column.role in NAMES - {Role.MEMBERS} for column in columns):
        return columns
    return [replace(c, role=Role.NAME) if c.role is Role.MEMBERS else c for c in columns]


def _given_alone(columns: list[Column]) -> tuple[Column, ...]:
    """ "Nombres" is the whole name unless there is a column of surnames too."""
    if any(column.role is Role.SURNAME for column in columns):
        return tuple(columns)
    return tuple(replace(c, role=Role.NAME) if c.role is Role.GIVEN else c for c in columns)


# Looked for first, because most rows have none of it: some word of a column of names, or a lost letter.
_SAYS_NAME = re.compile(
    rf"\bnomb?s?\b|\bape(lls?)?\b|nombre|name|apellido|jef|head|cabeza|titular|benefici|represent|respons|conyu|espos|pareja|spouse|person|habita"
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


def nearest_to_a_header(rows: Iterable[RawRow]) -> tuple[int, tuple[Column, ...]] | None:
    """The number and the columns of the row that comes closest, to say which is missing; None when none comes near."""
    best, most = None, 0
    for row in rows:
        columns = columns_of(row)
        known = [column for column in columns if column.role is not None and column.role not in LEFT_ALONE]
        filled = sum(cell is not None for cell in row.cells)
        if filled >= 2 and 2 * len(known) >= filled and len(known) > most:
            best, most = (row.number, columns), len(known)
    return best
