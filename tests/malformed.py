"""What no act may hold, and what it may hold but nobody would mean, field by field.

Support for ``test_malformed_fields``. ``wrong`` gives values that do not fit a field's kind, each of which must be
refused by the name of that field; ``odd`` gives values that fit and make no sense, of which a rule may refuse some and
let others pass, and at which nothing may break.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from pydantic import BaseModel

from comuna.acts.act import Act
from comuna.acts.fields import Field, Kind, fields_of
from comuna.journal.canonical import INTEGER_MAX
from comuna.look.decode import nullable

WORDS_MAX = 20_000


class Variant(NamedTuple):
    """An act's fields with one thing changed. ``place`` is the changed field: ``fields.agenda.0.title``."""

    fields: dict[str, Any]
    place: str


def fields_as_sent(act: Act) -> dict[str, Any]:
    """The fields of an act as they travel; an act inside it with its verb and version."""
    sent = act.model_dump(mode="json", exclude_none=True)
    for field in fields_of(type(act)):
        if field.kind is Kind.ACT:
            inner = getattr(act, field.name)
            sent[field.name] = {"verb": inner.verb, "version": inner.version, "fields": fields_as_sent(inner)}
    return sent


def wrong(act: Act) -> Iterator[Variant]:
    """Every field of the act, and every column of its rows, with values that are not of its kind."""
    whole = fields_as_sent(act)
    yield Variant(whole | {"no_such_field": "x"}, "fields.no_such_field")
    yield from _wrong_in(type(act), whole, ())


def odd(act: Act, ids: list[UUID]) -> Iterator[Variant]:
    """Every field with values that are of its kind and make no sense. ``ids``: of rows of all kinds."""
    whole = fields_as_sent(act)
    for field in fields_of(type(act)):
        held = whole.get(field.name)
        if field.many:
            yield _with(whole, (field.name,), [])
            if held:
                yield _with(whole, (field.name,), [held[0], held[0]])
        if field.kind is Kind.ROW and held:
            assert field.row is not None
            for column in fields_of(field.row):
                for value in _odd_values(column, ids):
                    yield _with(whole, (field.name, 0, column.name), [value] if column.many else value)
        for value in _odd_values(field, ids):
            yield _with(whole, (field.name,), [value] if field.many else value)


def _wrong_in(model: type[BaseModel], whole: dict[str, Any], way: tuple[str | int, ...]) -> Iterator[Variant]:
    for field in fields_of(model):
        here = (*way, field.name)
        if not field.optional:
            yield _without(whole, here)
        if not nullable(model, field.name):
            yield _with(whole, here, None)
        if field.many:
            for value in ("x", {"a": 1}, 7):
                yield _with(whole, here, value)
            here = (*here, 0)
        for value in _wrong_values(field):
            yield _with(whole, here, value)
        if field.row is not None:
            yield _with(whole, (*here, "no_such_column"), 1)
            yield from _wrong_in(field.row, whole, here)


_NO_TEXT: list[Any] = [7, True, {"x": 1}, "", " ", "\u200b", "\u3164", "x\u0000y", "gnp.\u202eexe"]
_WRONG: dict[Kind, list[Any]] = {
    Kind.LINE: [*_NO_TEXT, "two\nlines", "R\u043esa"],
    Kind.TEXT: [*_NO_TEXT, "x" * (WORDS_MAX + 1)],
    Kind.NUMBER: ["12", 1.5, True, {"x": 1}, INTEGER_MAX + 1, -(2**70)],
    Kind.DAY: ["mañana", "2026-02-30", 20260101, 1.5, True, "2026-01-01T10:00:00", "26-1-1", "", [1]],
    Kind.HOUR: ["25:00", "9", 900, "09:60", " 09:00", ""],
    Kind.FLAG: ["yes", 1, 0, "", {"x": 1}],
    Kind.ID: ["not-an-id", 7, "", True, {"x": 1}],
    Kind.FILE: ["00", "Z" * 64, "../" + "0" * 61, 7],
    Kind.SLUG: ["../etc", "Dos Palabras", "", 7],
    Kind.AMOUNT: ["", "-5", "01", "1.50", "9" * 16, 7, 1.5],
    Kind.UNIT: ["ves", "", "V" * 13, 7],
    Kind.CODE: ["1.", "a", "", 7],
    Kind.ZONE: ["Nowhere/Atlantis", "../../etc/passwd", "", 7],
    Kind.CHOICE: ["because", "", 7, {"x": 1}],
    Kind.ROW: ["x", 7, ["x"]],
    Kind.ACT: ["x", 7, {}, {"verb": "no.such_act", "fields": {}}, {"verb": "acts.sign", "fields": "x"}],
}


def _wrong_values(field: Field) -> list[Any]:
    values = [value for value in _WRONG[field.kind] if not (field.below_nothing and value == "-5")]
    if field.kind in (Kind.LINE, Kind.TEXT):
        values.append("x" * ((field.length_max or WORDS_MAX) + 1))
    if field.kind is Kind.NUMBER and field.number_min is not None:
        values.append(field.number_min - 1)
    return values


def _odd_values(field: Field, ids: list[UUID]) -> list[Any]:
    match field.kind:
        case Kind.LINE | Kind.TEXT:
            return ["=cmd|'/c calc'!A0", "%s {0} {name}", "<b>ñ</b>" * 20]
        case Kind.NUMBER:
            return [0, INTEGER_MAX]
        case Kind.AMOUNT:
            return ["1", "9" * 15]
        case Kind.DAY:
            return ["0001-01-01", "9999-12-31", "2024-02-29"]
        case Kind.HOUR:
            return ["00:00", "23:59"]
        case Kind.FLAG:
            return [True, False]
        case Kind.ID:
            return [str(uuid4()), str(UUID(int=0)), *map(str, ids)]
        case Kind.CHOICE:
            assert field.choices is not None
            return [one.value for one in field.choices]
        case Kind.SLUG:
            return ["no-such-thing", "a" * 80, "0" * 64]
        case Kind.UNIT:
            return ["XTS", "VES"]
        case Kind.CODE:
            return ["9999.9999"]
        case Kind.FILE:
            return ["0" * 64]
        case Kind.ZONE:
            return ["UTC"]
        case Kind.ROW | Kind.ACT:
            return []


def _with(whole: dict[str, Any], way: tuple[str | int, ...], value: Any) -> Variant:
    """The fields with this value at that place; rows on the way there that are not there are begun empty."""
    fields = deepcopy(whole)
    _holder(fields, way)[way[-1]] = value
    return Variant(fields, ".".join(["fields", *map(str, way)]))


def _without(whole: dict[str, Any], way: tuple[str | int, ...]) -> Variant:
    fields = deepcopy(whole)
    _holder(fields, way).pop(way[-1], None)
    return Variant(fields, ".".join(["fields", *map(str, way)]))


def _holder(fields: dict[str, Any], way: tuple[str | int, ...]) -> Any:
    holder: Any = fields
    for step, following in pairwise(way):
        if isinstance(holder, dict):
            if not holder.get(str(step)):
                holder[str(step)] = [] if isinstance(following, int) else {}
        elif len(holder) <= int(step):
            holder.append({})
        holder = holder[step]
    if isinstance(holder, list) and not holder:
        holder.append(None)
    return holder
