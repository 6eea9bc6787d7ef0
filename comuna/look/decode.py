"""Typed text into an act, and an act back into the text of its form. The only place where text becomes values.

Names of inputs: ``field``; ``list.0.column`` for rows; ``list.0`` or a repeated ``list`` for plain lists.
Everything comes back as (field, rule, words); nothing that is handed in raises.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass, field as dataclass_field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ValidationError

from comuna.acts.envelope import LOST_LETTER, field_errors
from comuna.acts.fields import Field, Kind, fields_of
from comuna.acts.letters import LOST
from comuna.acts.refusal import FieldError
from comuna.look.reading import (
    NO,
    YES,
    Unreadable,
    read_amount,
    read_day,
    read_flag,
    read_hour,
    read_id,
    read_number,
    tidy,
)
from comuna.look.words import amount_words, decimal_mark

A = TypeVar("A", bound=BaseModel)

ID, PROPOSE, TOKEN = "_id", "_propose", "csrfmiddlewaretoken"
RESERVED = frozenset({ID, PROPOSE, TOKEN})
LINES_MAX = 10_000
ERRORS_MAX = 100

Decimals = Mapping[str, int]
"""How many decimals each unit has that the form offers."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,3}")
_LEFT_OUT = object()  # nothing was typed and the field has a value of its own for that


class Decoded(NamedTuple, Generic[A]):
    """The act, or what is wrong; never both."""

    act: A | None
    errors: list[FieldError]


def decode(act_class: type[A], data: QueryDict, decimals: Decimals | None = None) -> Decoded[A]:
    """The act whose form was handed in."""
    reader = _Reader(data, {} if decimals is None else decimals)
    values = reader.model(act_class, "")
    reader.refuse_leftovers()
    if reader.errors:
        return Decoded(None, reader.errors[:ERRORS_MAX])
    try:
        return Decoded(act_class(**values), [])
    except ValidationError as error:
        return Decoded(None, field_errors(error)[:ERRORS_MAX])


@dataclass
class _Reader:
    data: QueryDict
    decimals: Decimals
    errors: list[FieldError] = dataclass_field(default_factory=list)
    used: set[str] = dataclass_field(default_factory=lambda: set(RESERVED))
    lists: dict[str, list[int]] | None = None

    def model(self, model: type[BaseModel], prefix: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in fields_of(model):
            value = self.field(model, field, prefix + field.name)
            if value is not _LEFT_OUT:
                values[field.name] = value
        return values

    def field(self, model: type[BaseModel], field: Field, name: str) -> Any:
        if field.many and field.row is not None:
            return tuple(self.rows(field.row, name))
        if field.many:
            return tuple(self.plain_list(field, name))
        text = self.text(name)
        if text and field.kind is Kind.AMOUNT:
            return self.amount(field, name, text)
        if text:
            return self.value(field, name, text)
        if nullable(model, field.name):
            return None
        if not field.optional:
            self.errors.append(FieldError(name, "look.needed", _("This is needed.")))
        return _LEFT_OUT

    def rows(self, row: type[BaseModel], name: str) -> list[Any]:
        """The lines in which anything was typed."""
        found = []
        for index in self.indexes(name):
            prefix = f"{name}.{index}."
            names = [prefix + field.name for field in fields_of(row)]
            if not any(self.text(one) for one in names):
                continue
            before = len(self.errors)
            values = self.model(row, prefix)
            if len(self.errors) > before:
                continue
            try:
                found.append(row(**values))
            except ValidationError as error:
                self.errors.extend(field_errors(error, prefix.removesuffix(".")))
        return found

    def plain_list(self, field: Field, name: str) -> list[Any]:
        self.used.add(name)
        typed = [(name, text) for one in self.data.getlist(name) if (text := tidy(one))]
        for index in self.indexes(name):
            typed += [(f"{name}.{index}", text)] if (text := self.text(f"{name}.{index}")) else []
        values = [self.value(field, place, text) for place, text in typed]
        return [value for value in values if value is not _LEFT_OUT]

    def text(self, name: str) -> str:
        """What was typed under a name; once at most."""
        given = self.data.getlist(name)
        if name not in self.used and len(given) > 1:
            self.errors.append(FieldError(name, "look.said-twice", _("This came twice.")))
        self.used.add(name)
        return tidy(given[0]) if given else ""

    def value(self, field: Field, name: str, text: str) -> Any:
        if LOST in text:
            self.errors.append(FieldError(name, "acts.lost-letter", LOST_LETTER))
            return _LEFT_OUT
        try:
            return _value(field, text)
        except Unreadable as fault:
            self.errors.append(FieldError(name, fault.rule, fault.words))
        return _LEFT_OUT

    def amount(self, field: Field, name: str, text: str) -> Any:
        """Read with the decimals of its unit. Where the unit is none that the form offers, that is what is said."""
        beside = name.removesuffix(field.name) + field.counted_in
        unit = tidy(self.data.get(beside if beside in self.data else field.counted_in, ""))
        if unit not in self.decimals:
            self.errors.append(FieldError(name, "look.no-unit", _("Say first in which unit this is counted.")))
            return _LEFT_OUT
        try:
            amount = read_amount(text, self.decimals[unit], decimal_mark())
            if int(amount) > 0 or field.below_nothing:
                return amount
            self.errors.append(FieldError(name, "look.no-amount", _("The amount is more than nothing.")))
        except Unreadable as fault:
            self.errors.append(FieldError(name, fault.rule, fault.words))
        return _LEFT_OUT

    def indexes(self, name: str) -> list[int]:
        """The numbers of the lines that came under a list's name, in order."""
        if self.lists is None:
            self.lists = {}
            for key in self.data:
                head, _dot, rest = key.partition(".")
                number = rest.partition(".")[0]
                if _INDEX.fullmatch(number) and int(number) < LINES_MAX:
                    numbers = self.lists.setdefault(head, [])
                    if int(number) not in numbers[-1:]:
                        numbers.append(int(number))
        return sorted(set(self.lists.get(name, ())))

    def refuse_leftovers(self) -> None:
        for name in self.data:
            if name not in self.used:
                self.errors.append(FieldError(name[:200], "look.unknown-field", _("There is no field of this name.")))


def _value(field: Field, text: str) -> Any:
    """Raises Unreadable."""
    match field.kind:
        case Kind.NUMBER:
            return read_number(text)
        case Kind.DAY:
            return read_day(text)
        case Kind.HOUR:
            return read_hour(text)
        case Kind.FLAG:
            return read_flag(text)
        case Kind.ID:
            return read_id(text)
        case Kind.CHOICE:
            assert field.choices is not None
            if text not in {one.value for one in field.choices}:
                raise Unreadable("look.not-a-choice", _("Choose one of the answers."))
            return field.choices(text)
        case Kind.ACT | Kind.ROW:
            raise Unreadable("look.no-form", _("This cannot be typed into a form."))
        case _:
            return text


def encode(
    model: type[BaseModel],
    values: Mapping[str, Any],
    prefix: str = "",
    decimals: Decimals | None = None,
    outer: Mapping[str, Any] | None = None,
) -> dict[str, list[str]]:
    """The text that stands in the form for typed values; ``decode`` gives them back."""
    texts: dict[str, list[str]] = {}
    for field in fields_of(model):
        if field.name not in values:
            continue
        name, value = prefix + field.name, values[field.name]
        if field.many and field.row is not None:
            for index, row in enumerate(value):
                texts |= encode(field.row, values_of(row), f"{name}.{index}.", decimals, values)
        elif field.many:
            texts[name] = [text_of(one) for one in value]
        elif field.kind is Kind.AMOUNT and value is not None:
            said = values.get(field.counted_in, (outer or {}).get(field.counted_in))
            texts[name] = [amount_words(int(value), ({} if decimals is None else decimals).get(said, 0))]
        else:
            texts[name] = [text_of(value)]
    return texts


def values_of(model: BaseModel) -> dict[str, Any]:
    """The fields of an act or a row, by name."""
    return {name: getattr(model, name) for name in type(model).model_fields}


def text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, str | int | UUID), f"{value!r} is no value of a form"
    return str(value)


def nullable(model: type[BaseModel], name: str) -> bool:
    """Whether None is a value of the field."""
    annotation = model.model_fields[name].annotation
    return get_origin(annotation) in (Union, types.UnionType) and type(None) in get_args(annotation)
