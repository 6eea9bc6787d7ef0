"""The kinds of field an act may have, and what the rest of the program reads off them.

A kind is an annotation: pydantic checks it strictly at the door, ``fields_of`` tells the form, the
schema and the journal what it is. ``Audience`` moves a field out of the public bytes into an erasable
part; free text always has one. ``Sealed`` words are encrypted before they are written.

Add a kind when an act needs it, not before.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Model
from django.utils.functional import Promise
from pydantic import AfterValidator, BaseModel, ConfigDict, Field as Limits, StringConstraints

from comuna.acts.letters import clean, one_line
from comuna.journal.canonical import INTEGER_MAX

# What is written on a field


@dataclass(frozen=True)
class Audience:
    """Who may read it: ``public`` (anyone, yet erasable), ``household``, ``identity``, ``health``, ``mediation``."""

    name: str


AUDIENCES = ("public", "household", "identity", "health", "mediation")


class Sealed:
    """The words are encrypted by the door; ``apply`` sees and copies only the ciphertext."""


@dataclass(frozen=True)
class To:
    """The id of a row of this model: ``session: Annotated[Id, To(Session)]``."""

    model: type[Model]


@dataclass(frozen=True)
class Label:
    """What the form calls the field, and a line of help beneath it."""

    words: str | Promise
    help: str | Promise = ""
    mostly_needed: bool = False  # may be left out, but rarely: its form does not call it optional


@dataclass(frozen=True)
class CountedIn:
    """Of an amount: the field that names its unit, beside it in its row or in the act, and whether it may be less
    than nothing."""

    field: str = "unit"
    below_nothing: bool = False


class Marker(Enum):
    """Told apart from other strings by the form and the schema."""

    LONG = "long text"
    HOUR = "hour"
    FILE = "file digest"
    SLUG = "statute id"
    ZONE = "time zone"
    UNIT = "unit"
    CODE = "account code"
    AMOUNT = "amount"


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError("is not a time zone") from error
    return text


# The kinds

Id = UUID
Day = date
Flag = bool
Count = Annotated[int, Limits(ge=0, le=INTEGER_MAX)]
Number = Annotated[int, Limits(ge=-INTEGER_MAX, le=INTEGER_MAX)]
Hour = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$"), Marker.HOUR]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._@-]{0,79}$"), Marker.SLUG]
FileDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Marker.FILE]
HexDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32,64}$"), Marker.SLUG]
UnitCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,11}$"), Marker.UNIT]
"""What money or goods are counted in: ``VES``, ``KG``. Which there are, the statute says."""
AccountCode = Annotated[str, StringConstraints(pattern=r"^\d{1,4}(\.\d{1,4}){0,5}$"), Marker.CODE]
Amount = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,14}$"), Marker.AMOUNT, CountedIn("unit")]
"""More than nothing, as a decimal string of the unit's smallest part: ``"1250"`` is 12.50 VES."""
SignedAmount = Annotated[
    str,
    StringConstraints(pattern=r"^(0|-?[1-9][0-9]{0,14})$"),
    Marker.AMOUNT,
    CountedIn("unit", below_nothing=True),
]
TimeZoneName = Annotated[str, AfterValidator(_zone), Marker.ZONE]

Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(one_line)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(clean), Marker.LONG]

PublicLine = Annotated[Line, Audience("public")]
StatuteLine = Annotated[
    str, StringConstraints(min_length=1, max_length=2_100), AfterValidator(one_line), Audience("public")
]
"""For facts: what a statute calls something, with a number behind it at most."""
PublicText = Annotated[Text, Audience("public")]
HouseholdLine = Annotated[Line, Audience("household")]
HouseholdDay = Annotated[Day, Audience("household")]
HouseholdCount = Annotated[Count, Audience("household")]
HouseholdWords = Annotated[
    str, StringConstraints(min_length=1, max_length=2_100), AfterValidator(one_line), Audience("household")
]
"""For facts: what a statute calls something that is about a person, or a whole address."""
IdentityLine = Annotated[Line, Audience("identity"), Sealed()]
HealthLine = Annotated[Line, Audience("health"), Sealed()]
MediationLine = Annotated[Line, Audience("mediation"), Sealed()]


class Row(BaseModel):
    """A line of a list inside an act. ``subject`` names its Id field that says whom the line is about;
    without one the line is about the act."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)
    subject: ClassVar[str | None] = None


# What the rest of the program reads off them


class Kind(StrEnum):
    TEXT = "text"
    LINE = "line"
    NUMBER = "number"
    DAY = "day"
    HOUR = "hour"
    FLAG = "flag"
    ID = "id"
    FILE = "file"
    SLUG = "slug"
    ZONE = "zone"
    AMOUNT = "amount"
    UNIT = "unit"
    CODE = "code"
    CHOICE = "choice"
    ROW = "row"
    ACT = "act"  # another act inside this one, in a proposal


@dataclass(frozen=True)
class Field:
    """One field of an act, of its facts or of a row, read off its annotation."""

    name: str
    kind: Kind
    many: bool  # a tuple of them
    optional: bool
    default: Any
    audience: str | None
    sealed: bool
    choices: type[StrEnum] | None
    to: type[Model] | None
    row: type[Row] | None
    label: str | Promise
    help: str | Promise
    mostly_needed: bool
    counted_in: str  # of an amount: the field that names its unit
    below_nothing: bool  # of an amount: it may be less than nothing
    length_max: int | None
    number_min: int | None
    number_max: int | None

    @property
    def blank(self) -> Any:
        """What stands here once the words are erased."""
        if self.many:
            return ()
        return "" if self.kind in (Kind.TEXT, Kind.LINE) and not self.optional else None


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields in the order they are written. Raises TypeError on a kind that is not ours."""
    return tuple(_field(model, name) for name in model.model_fields)


def _field(model: type[BaseModel], name: str) -> Field:
    info = model.model_fields[name]
    annotation, marks = info.annotation, list(info.metadata)
    annotation, optional = _without_none(annotation, marks)
    many = get_origin(annotation) is tuple
    if many:
        args = get_args(annotation)
        if len(args) != 2 or args[1] is not Ellipsis:
            raise TypeError(f"{model.__name__}.{name}: a list is written tuple[X, ...]")
        annotation = _unwrapped(args[0], marks)
    audience = next((mark.name for mark in marks if isinstance(mark, Audience)), None)
    if audience is not None and audience not in AUDIENCES:
        raise TypeError(f"{model.__name__}.{name}: no audience is called {audience}")
    label = next((mark for mark in marks if isinstance(mark, Label)), None)
    counted_in = next((mark for mark in marks if isinstance(mark, CountedIn)), None)
    limits = _limits(marks)
    return Field(
        name=name,
        kind=_kind(model, name, annotation, marks),
        many=many,
        optional=optional or not info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=False),
        audience=audience,
        sealed=any(isinstance(mark, Sealed) for mark in marks),
        choices=annotation if isinstance(annotation, type) and issubclass(annotation, StrEnum) else None,
        to=next((mark.model for mark in marks if isinstance(mark, To)), None),
        row=annotation if isinstance(annotation, type) and issubclass(annotation, Row) else None,
        label=label.words if label else name.replace("_", " ").capitalize(),
        help=label.help if label else "",
        mostly_needed=label is not None and label.mostly_needed,
        counted_in=counted_in.field if counted_in else "",
        below_nothing=counted_in is not None and counted_in.below_nothing,
        length_max=limits.get("max_length"),
        number_min=limits.get("ge"),
        number_max=limits.get("le"),
    )


def _without_none(annotation: Any, marks: list[Any]) -> tuple[Any, bool]:
    """``X | None`` to X and True; marks inside X are added to ``marks``."""
    annotation = _unwrapped(annotation, marks)
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        if len(inner) == 1:
            return _unwrapped(inner[0], marks), True
    return annotation, False


def _unwrapped(annotation: Any, marks: list[Any]) -> Any:
    while get_origin(annotation) is Annotated:
        annotation, *inner = get_args(annotation)
        marks.extend(inner)
    return annotation


def _limits(marks: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for mark in marks:
        for inner in getattr(mark, "metadata", None) or [mark]:
            for limit in ("max_length", "ge", "le"):
                value = getattr(inner, limit, None)
                if value is not None:
                    found[limit] = value
    return found


_MARKED = {Marker.LONG: Kind.TEXT, Marker.HOUR: Kind.HOUR, Marker.FILE: Kind.FILE, Marker.SLUG: Kind.SLUG}
_MARKED |= {Marker.ZONE: Kind.ZONE, Marker.UNIT: Kind.UNIT, Marker.CODE: Kind.CODE, Marker.AMOUNT: Kind.AMOUNT}
_PLAIN: dict[type, Kind] = {str: Kind.LINE, int: Kind.NUMBER, bool: Kind.FLAG, date: Kind.DAY, UUID: Kind.ID}


def _kind(model: type[BaseModel], name: str, annotation: Any, marks: list[Any]) -> Kind:
    marked = next((_MARKED[mark] for mark in marks if isinstance(mark, Marker)), None)
    if marked:
        return marked
    if isinstance(annotation, type):
        if issubclass(annotation, StrEnum):
            return Kind.CHOICE
        if issubclass(annotation, Row):
            return Kind.ROW
        if issubclass(annotation, BaseModel):
            return Kind.ACT
        if annotation in _PLAIN:
            return _PLAIN[annotation]
    raise TypeError(f"{model.__name__}.{name}: {annotation!r} is not a kind of field an act may have")
