"""An act as JSON: what the API, the phone's queue and the command line hand in.

``{"verb": "room.do", "id": UUID, "fields": {...}, "grounds": [...], "channel": "api"}``. Everything is
read strictly; what does not fit comes back as field, rule and words, never as a library's dump.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from comuna.acts.act import Act, Cite, GroundRole, Power, act_of
from comuna.acts.door import CHANNELS, Request
from comuna.acts.fields import Kind, fields_of
from comuna.acts.letters import LOST
from comuna.acts.refusal import FieldError, Malformed, Words

M = TypeVar("M", bound=BaseModel)

BYTES_MAX = 8 * 1024 * 1024
BATCH_MAX = 200
ERRORS_MAX = 100
ROW_MAX = 2**31 - 1  # a column of 32 bits
FREE_ROLES = frozenset({GroundRole.ANSWERS})


class GroundCited(BaseModel):
    """An edge of the thread, as handed in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    act: UUID
    role: GroundRole
    row: int | None = Field(None, ge=0, le=ROW_MAX)


class Envelope(BaseModel):
    """One act as handed in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    verb: str
    version: int = 1
    id: UUID
    fields: dict[str, Any]
    grounds: tuple[GroundCited, ...] = ()
    channel: str = "api"
    on_behalf_of: UUID | None = None


class Batch(BaseModel):
    """Several acts, done all or not at all."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    acts: tuple[Envelope, ...]


def read_envelope(data: bytes) -> Request:
    """One act. Raises Malformed."""
    return _request(_read(Envelope, data, ""), "")


def read_batch(data: bytes) -> list[Request]:
    """A batch. Raises Malformed; fields are named ``acts.3.fields.day``."""
    batch = _read(Batch, data, "")
    if not 1 <= len(batch.acts) <= BATCH_MAX:
        raise Malformed([FieldError("acts", "acts.batch-size", _("A batch holds between 1 and 200 acts."))])
    return [_request(envelope, f"acts.{number}.") for number, envelope in enumerate(batch.acts)]


def read_act(verb: str, version: int, fields: dict[str, Any], where: str = "fields") -> Act:
    """The act of a verb from JSON values. Raises Malformed."""
    try:
        act_class = act_of(verb)
    except LookupError:
        words = _("No act is called that.")
        raise Malformed([FieldError(where.removesuffix("fields") + "verb", "acts.no-such-verb", words)]) from None
    if version != act_class.version:
        words = _("This version of the act is not the one in use.")
        raise Malformed([FieldError(where.removesuffix("fields") + "version", "acts.other-version", words)])
    lost = [
        FieldError(place, "acts.lost-letter", LOST_LETTER) for place in islice(_with_lost(fields, where), ERRORS_MAX)
    ]
    if lost:
        raise Malformed(lost)
    values = dict(fields)
    for field in fields_of(act_class):
        if field.kind is Kind.ACT and field.name in values:
            return _with_inner_act(act_class, field.name, values, where)
    return _read(act_class, json.dumps(values).encode(), where)


def _with_lost(value: Any, place: str) -> Iterator[str]:
    """The places of texts with the sign of a lost letter."""
    if isinstance(value, str) and LOST in value:
        yield place
    elif isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _with_lost(inner, f"{place}.{name}")


def _with_inner_act(act_class: type[Act], name: str, values: dict[str, Any], where: str) -> Act:
    inner = values[name]
    others = [FieldError(f"{where}.{other}", "acts.extra-forbidden", _WORDS["extra_forbidden"]) for other in values]
    if len(others) > 1:
        raise Malformed([error for error in others if error.field != f"{where}.{name}"][:ERRORS_MAX])
    if not isinstance(inner, dict) or not isinstance(inner.get("fields"), dict):
        words = _("An act inside an act is given as verb, version and fields.")
        raise Malformed([FieldError(f"{where}.{name}", "acts.not-an-act", words)])
    version = inner.get("version", 1)
    act = read_act(str(inner.get("verb")), version, inner["fields"], f"{where}.{name}.fields")
    if act.power is not Power.SEAT:
        words = _("Only what a seat does is proposed for signature.")
        raise Malformed([FieldError(f"{where}.{name}.verb", "acts.not-proposable", words)])
    return act_class(**{name: act})


def _request(envelope: Envelope, where: str) -> Request:
    if envelope.channel not in CHANNELS:
        raise Malformed([FieldError(f"{where}channel", "acts.no-such-channel", _("No channel is called that."))])
    if envelope.id.version != 4:
        raise Malformed(
            [FieldError(f"{where}id", "acts.not-random", _("The id must be a random one (UUID version 4)."))]
        )
    if any(ground.role not in FREE_ROLES for ground in envelope.grounds):
        words = _("Whoever hands an act in may only say what it answers; the act itself says what else it rests on.")
        raise Malformed([FieldError(f"{where}grounds", "acts.role-not-free", words)])
    act = read_act(envelope.verb, envelope.version, envelope.fields, f"{where}fields")
    grounds = [Cite(ground.act, ground.role, ground.row) for ground in envelope.grounds]
    return Request(act, envelope.id, grounds, envelope.channel, envelope.on_behalf_of)


def _read(model: type[M], data: bytes, where: str) -> M:
    """Strictly from JSON, where a text may stand for an id or a date and nothing else is converted."""
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        raise Malformed(field_errors(error, where)) from None
    except (ValueError, RecursionError):
        raise Malformed([FieldError(where or "body", "acts.json-invalid", _WORDS["json_invalid"])]) from None


LOST_LETTER = _("This holds broken characters.")
_WORDS: dict[str, Words] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no field of this name."),
    "string_too_long": _("This is too long."),
    "string_too_short": _("This is empty."),
    "string_pattern_mismatch": _("This does not have the form that is asked for."),
    "greater_than_equal": _("This is too small."),
    "less_than_equal": _("This is too large."),
    "enum": _("This is not one of the choices."),
    "uuid_parsing": _("This is not an id."),
    "uuid_type": _("This is not an id."),
    "date_from_datetime_parsing": _("This is not a date."),
    "date_parsing": _("This is not a date."),
    "date_type": _("This is not a date."),
    "int_type": _("This is not a whole number."),
    "int_from_float": _("This is not a whole number."),
    "bool_type": _("This is neither yes nor no."),
    "string_type": _("This is not text."),
    "json_invalid": _("This is not JSON."),
    "string_unicode": LOST_LETTER,
    "control_character": _("This holds a character that steers the page and is no letter."),
    "nothing_to_read": _("There is nothing to read here."),
    "not_one_line": _("This must be one line."),
    "mixed_alphabets": _("A word here mixes letters of several alphabets that look alike."),
    "value_error": _("This holds characters that are not allowed here, or is not what it should be."),
}


def field_errors(error: ValidationError, where: str = "") -> list[FieldError]:
    """A validation error in our words, the first hundred of them."""
    found = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False)[:ERRORS_MAX]:
        path = ".".join([*([where] if where else []), *(str(step) for step in fault["loc"])])
        words = _WORDS.get(fault["type"], _("This cannot be read."))
        found.append(FieldError(path or "body", f"acts.{fault['type'].replace('_', '-')}", words))
    return found
