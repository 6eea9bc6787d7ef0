"""Marks that people write beside a name: died, moved away, abroad, away for work, ill; head of a household."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from comuna.territory.reading.text import LOST, fold


class Mark(StrEnum):
    DIED = "died"
    MOVED = "moved-away"
    ABROAD = "abroad"
    AWAY = "away"
    EMPTY_HOUSE = "empty-house"


_COUNTRIES = (
    r"colombia|peru|chile|ecuador|brasil|espana|ee ?uu|usa|estados unidos|argentina|panama|mexico|trinidad|dominicana"
    r"|bolivia|uruguay|portugal|italia|curazao|costa rica|canada|paraguay|guyana|aruba|spain|brazil|united states"
)
_L = rf"[a-z{LOST}]"
_DIED = (
    rf"\bfalleci{_L}|\bdifunt[oa]|\bmuri{_L}\b|\bmurieron|\bq ?e ?p ?d\b|\bfinad[oa]\b|\boccis[oa]",
    r"\bdied\b|\bdeceased\b|\bdead\b",
)
_ABROAD = (
    rf"\bemigr|fuera del pa{_L}s|\bexterior\b|\bextranjero\b|\babroad\b",
    rf"\b(en|a|para|in|to|at) (el |la )?({_COUNTRIES})\b",
)
_MOVED = (
    rf"\bse mud{_L}|\bmudad[oa]|\bmudanza|\bmudaron|\bcambi{_L} de (casa|residencia|domicilio)",
    r"\bya no (vive|reside)|\bse fue(ron)?\b(?! a trabajar)",
    r"\bmoved (away|out)\b|\bretirad[oa] del (sector|censo)",
)
_AWAY = (
    r"\bno (vive|reside|habita) (aqui|ahi|alli|en la (casa|comunidad|vivienda)|en el sector)",
    r"\bausente|trabaja (fuera|en otr)|\bfuera por trabajo|estudia fuera|\bde viaje\b|\bviajando\b|vive fuera",
    r"\bworks? away\b|\baway\b",
)
_EMPTY = (
    r"(casa|vivienda) (sola|vac|cerrada|abandonada|desocupada)|deshabitad|desocupad|en construcc|empty house",
    r"^(sola|vacia|cerrada|solo terreno|terreno)$",
)
_MARKS = (
    (Mark.DIED, _DIED),
    (Mark.ABROAD, _ABROAD),
    (Mark.MOVED, _MOVED),
    (Mark.AWAY, _AWAY),
    (Mark.EMPTY_HOUSE, _EMPTY),
)
_COMPILED = [(mark, re.compile("|".join(patterns))) for mark, patterns in _MARKS]
_OF_SOMEBODY_ELSE = re.compile(
    r"\b(espos[oa]|hij[oa]s?|madre|padre|mama|papa|herman[oa]|abuel[oa]|marido|mujer|niet[oa])\b"
    r"|\b(husband|wife|son|daughter|mother|father)\b"
)
_DAGGER = re.compile(r"†|✝|\(\+\)|(?<!\w)\+(?!\d|\w)")
_ILL = re.compile(
    r"encamad|embaraz|discapac|diabet|hipertens|\bhta\b|asma|cancer|epilep|silla de ruedas|postrad|invalid"
    r"|movilidad reducida|ciega?\b|sord[oa]\b|dialisis|cardiac|enferm|\becv\b|\bacv\b|parkinson|alzheimer"
    r"|autis|down\b|pregnan|bedridden|disab|wheelchair|\bill\b"
)
_YES = {"si", "s", "x", "1", "yes", "y", "true", "verdadero", "ok"}
_NO = {"no", "n", "0", "false", "falso"}


@dataclass(frozen=True)
class MarksRead:
    mark: Mark | None = None
    health: str = ""  # the words, when they speak of an illness
    of_another: bool = False  # it speaks of somebody else's death or move


def read_marks(text: str) -> MarksRead:
    """What a remark says of the person beside it. "Su esposo falleció" says nothing of her."""
    words = fold(text)
    found = Mark.DIED if _DAGGER.search(text) else next((mark for mark, p in _COMPILED if p.search(words)), None)
    health = text if _ILL.search(words) else ""
    if found in (Mark.DIED, Mark.MOVED, Mark.ABROAD, Mark.AWAY) and _OF_SOMEBODY_ELSE.search(words):
        return MarksRead(None, health, of_another=True)
    return MarksRead(found, health)


def yes_or_no(text: str) -> bool | None:
    """None when it says neither."""
    words = fold(text)
    if words in _YES or text.strip() in ("✓", "✔", "☑"):
        return True
    return False if words in _NO else None


def is_head(relation: str) -> bool:
    """Whether a column of kinship calls this person the head of the household."""
    return re.match(r"(jef|cabeza|titular|head|responsable|representante|beneficiari[oa]$)", fold(relation)) is not None


_KIN = re.compile(
    r"(espos|hij|herman|abuel|niet|bisniet|suegr|sobrin|cunad|prim|ti|hijastr|ahijad|concubin|viud|nin|amig|compadr)[oa]\b"
    r"|(conyuge|pareja|madre|padre|mama|papa|marido|mujer|yerno|nuera|padrastro|madrastra|comadre|familiar|inquilin[oa])\b"
    r"|(husband|wife|son|daughter|mother|father|spouse|child|brother|sister|partner)\b"
)


def is_kin(text: str) -> bool:
    """Whether a text begins with a word of kinship."""
    return _KIN.match(fold(text)) is not None or is_head(text)


_GROWN = r"(espos|conyu|pareja|concubin|marido|mujer|madre|padre|mama|papa|abuel|suegr|spouse)"


def is_grown(relation: str) -> bool:
    """Whether a kinship is that of somebody grown up: a spouse, a parent, a grandparent."""
    return re.match(_GROWN, fold(relation)) is not None


def kinship_and_remark(text: str) -> tuple[str, str]:
    """ "HIJA (EN CHILE DESDE 2018)" as the kinship and what is said beside it; a text that says nothing beside is left
    whole, and so is "viuda del difunto"."""
    first = re.match(r"[^\W\d_]+(?:\s?\([ao]\))?", text)
    if first is None:
        return text, ""
    known = is_kin(first.group(0))
    rest = text[first.end() :].strip(" ,;:.-–/()[]") if known else text
    if not rest or fold(rest).split()[:1] in (["de"], ["del"]) or read_marks(rest).mark is None:
        return text, ""
    return (first.group(0), rest) if known else ("", rest)


def is_country(text: str) -> bool:
    """Whether nothing but a country stands there."""
    return re.fullmatch(rf"(en |el |la )*({_COUNTRIES})", fold(text)) is not None


def says_where(text: str) -> bool:
    """Whether a cell of a column that asks where somebody is holds words, and not that nothing is known."""
    return len(fold(text)) > 2 and not re.fullmatch(
        r"no .*|nadie|ningun[oa]|n a|n d|none|no sabe|aqui|here", fold(text)
    )


_GOES_ON = re.compile(
    r"(sigue|siguen|continua|continuan|continuacion|continued|continues)( .*)?|cont|idem|ditto|igual"
    r"|(viene|vienen|pasa|pasan|van)( (en|de|del|al|a) .*)?"
)
_AS_ABOVE = re.compile(
    r"(el |la |lo )?(mism[oa]s?|same)"
    r"( (casa|vivienda|direccion|calle|vereda|sector|familia|hogar|grupo|as above|house))?"
    r"|id|do"
)


def goes_on(text: str) -> bool:
    """Whether a mark stands where a name or a house would: "SIGUE", "viene de la página 1", "ídem"."""
    return _GOES_ON.fullmatch(fold(text)) is not None


def as_above(text: str) -> bool:
    """Whether a cell of places only repeats the row above: "SIGUE", "ídem", "la misma casa"."""
    return goes_on(text) or _AS_ABOVE.fullmatch(fold(text)) is not None


_TOTAL = re.compile(r"^(sub ?)?total(es)?\b|^gran total|^suma\b|^resumen\b|^subtotal|^totals?\b")


def is_total(text: str) -> bool:
    return _TOTAL.match(fold(text)) is not None
