"""Which days an act may name: a commune writes nothing down that lies outside these years, and sums of days end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from comuna.acts.fields import Field, Kind, fields_of
from comuna.acts.refusal import Refused, Words

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
_WORDS = _("{field}: a day of the years {first} to {last}.")


def is_far(day: date) -> bool:
    return not FIRST <= day <= LAST


def far_words(label: Words) -> Words:
    return format_lazy(_WORDS, field=label, first=str(FIRST.year), last=str(LAST.year))


def refuse_far_days(act: BaseModel) -> None:
    """Raises Refused for the first day of an act, of its rows or of the act inside it that lies outside."""
    for place, field in _far(act, ""):
        raise Refused("acts.day-out-of-range", far_words(field.label), field=place)


@cache
def _with_days(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields in which a day may stand."""
    return tuple(field for field in fields_of(model) if field.kind in (Kind.DAY, Kind.ROW, Kind.ACT))


def _far(model: BaseModel, before: str) -> Iterator[tuple[str, Field]]:
    for field in _with_days(type(model)):
        value = getattr(model, field.name)
        for number, one in enumerate(value if field.many else (value,)):
            place = f"{before}{field.name}.{number}" if field.many else f"{before}{field.name}"
            if isinstance(one, BaseModel):
                yield from _far(one, f"{place}.")
            elif isinstance(one, date) and is_far(one):
                yield place, field
