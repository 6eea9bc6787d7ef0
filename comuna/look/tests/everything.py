"""An act with one field of each kind, ways to invent acts, and a browser without screen or script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from html.parser import HTMLParser
from typing import Annotated, Any, get_args

from django.http import QueryDict
from hypothesis import strategies as st
from pydantic import BaseModel

from comuna.acts.act import Act
from comuna.acts.fields import (
    Audience,
    Count,
    Day,
    Field,
    FileDigest,
    Flag,
    HealthLine,
    Hour,
    HouseholdDay,
    Id,
    IdentityLine,
    Kind,
    Label,
    Line,
    Number,
    PublicLine,
    PublicText,
    Row,
    Slug,
    TimeZoneName,
    fields_of,
)
from comuna.acts.letters import clean, one_line
from comuna.journal.canonical import INTEGER_MAX
from comuna.look.decode import nullable
from comuna.look.reading import tidy


class Colour(StrEnum):
    RED = "red"
    LIGHT_BLUE = "light-blue"

    @classmethod
    def labels(cls) -> dict[Colour, str]:
        return {cls.RED: "Rojo", cls.LIGHT_BLUE: "Azul <claro>"}


class Chair(Row):
    subject = "person"

    person: Id
    name: PublicLine
    legs: Count | None = None
    broken: Flag = False
    colour: Colour | None = None
    since: HouseholdDay | None = None
    note: PublicText | None = None


class Everything(Act):
    """Every kind of field there is."""

    label = "Do everything"

    line: Annotated[PublicLine, Label("Name & <surname>", help="As on the card")]
    text: PublicText
    count: Count
    number: Number | None = None
    limited: Count = 5
    day: Day
    other_day: HouseholdDay | None = None
    hour: Hour
    flag: Flag
    maybe: Flag | None = None
    usually: Flag = True
    id: Id
    slug: Slug
    file: FileDigest | None = None
    zone: TimeZoneName = "America/Caracas"
    colour: Colour
    other_colour: Colour | None = None
    identity: IdentityLine | None = None
    health: HealthLine | None = None
    colours: tuple[Colour, ...] = ()
    days: tuple[Day, ...] = ()
    names: Annotated[tuple[Line, ...], Audience("household")] = ()
    chairs: Annotated[tuple[Chair, ...], Audience("household")] = ()


_NEVER = "".join(map(chr, [*range(0x80, 0xA0), 0xFFFD, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


def words(longest: int, *, newlines: bool = False) -> st.SearchStrategy[str]:
    """Text that an act may hold, as a form hands it on."""
    letters = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=_NEVER)
    drawn = st.text(letters | st.just("\n") if newlines else letters, min_size=1, max_size=min(longest, 40))
    fitting = drawn.map(tidy).filter(lambda text: len(text) <= longest)
    return fitting.filter(lambda text: stays_as_it_is(text, clean if newlines else one_line))


def stays_as_it_is(text: str, read: Callable[[str], str]) -> bool:
    try:
        return read(text) == text
    except ValueError:
        return False


class EveryUnit(dict[str, int]):
    """Whatever an amount is counted in, it has two decimals."""

    def __contains__(self, unit: object) -> bool:
        return True

    def __missing__(self, unit: str) -> int:
        return 2

    def get(self, unit: str, default: object = None) -> int:
        return 2


def acts(act_class: type[Act]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({f.name: values(act_class, f) for f in fields_of(act_class)}).map(
        lambda drawn: act_class(**drawn)
    )


def values(model: type[BaseModel], field: Field) -> st.SearchStrategy[Any]:
    if field.many:
        if field.row is not None:
            return st.lists(rows(field.row), max_size=3).map(tuple)
        if field.choices:
            members = list(field.choices)
            return st.sets(st.sampled_from(members)).map(lambda drawn: tuple(one for one in members if one in drawn))
        return st.lists(one(model, field), max_size=3).map(tuple)
    drawn = one(model, field)
    return drawn | st.none() if nullable(model, field.name) else drawn


def rows(row: type[Row]) -> st.SearchStrategy[Any]:
    """Rows in which something is said: a blank line of a form is no row."""
    drawn = st.fixed_dictionaries({f.name: values(row, f) for f in fields_of(row)})
    return drawn.filter(lambda said: any(value is not None for value in said.values())).map(lambda said: row(**said))


def one(model: type[BaseModel], field: Field) -> st.SearchStrategy[Any]:
    info = model.model_fields[field.name]
    pattern = _pattern(info.annotation, info.metadata)
    match field.kind:
        case Kind.NUMBER:
            lowest = -INTEGER_MAX if field.number_min is None else field.number_min
            return st.integers(lowest, INTEGER_MAX if field.number_max is None else field.number_max)
        case Kind.DAY:
            return st.dates()
        case Kind.HOUR:
            return st.times().map(lambda time: f"{time:%H:%M}")
        case Kind.FLAG:
            return st.booleans()
        case Kind.ID:
            return st.uuids()
        case Kind.ZONE:
            return st.sampled_from(["America/Caracas", "UTC", "Europe/Madrid"])
        case Kind.CHOICE:
            assert field.choices is not None
            return st.sampled_from(list(field.choices))
        case _ if pattern:
            return st.from_regex(pattern, fullmatch=True)
        case kind:
            return words(field.length_max or 200, newlines=kind is Kind.TEXT)


def _pattern(annotation: Any, marks: Iterable[Any]) -> str | None:
    """The form asked of a text, wherever in the annotation it is written."""
    for mark in marks:
        if pattern := getattr(mark, "pattern", None):
            return str(pattern)
    for inner in get_args(annotation):
        if pattern := getattr(inner, "pattern", None) or _pattern(inner, getattr(inner, "__metadata__", ())):
            return str(pattern)
    return None


class Browser(HTMLParser):
    """What a phone without script hands in when the button of a page's form is pressed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.area: str | None = None
        self.written = ""
        self.feed(html)
        self.close()

    @property
    def handed_in(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, value in self.pairs:
            data.appendlist(name, value)
        return data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and "name" in given:
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.pairs.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self.select, self.options = given["name"], []
        elif tag == "option":
            self.options.append((given["value"], "selected" in given))
        elif tag == "textarea":
            self.area, self.written = given["name"], ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [self.options[0][0]]
            self.pairs.append((self.select, chosen[-1]))
        elif tag == "textarea" and self.area:
            self.pairs.append((self.area, self.written.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n")))
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area:
            self.written += data
