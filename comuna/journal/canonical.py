"""Canonical JSON (RFC 8785), narrowed to values that mean the same on every machine for ever.

Allowed: strings in NFC, booleans, null, integers below 2^53, lists, and objects whose keys are plain
ASCII. No floats: sums travel as decimal strings of minor units, coordinates as whole 1e-7 degrees.
Within that set orjson with sorted keys writes exactly RFC 8785; tests compare it with the standard
library's ``json`` and with the RFC's own encoder, so whoever checks a journal needs neither.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import orjson

INTEGER_MAX = 2**53 - 1

Plain = Any
"""None, bool, int, str, list of Plain, dict of str to Plain."""


class NotCanonical(ValueError):
    """A value that the journal cannot hold. The message names the value's place."""


_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)


def encode(value: Plain) -> bytes:
    """The canonical bytes of a value. Raises NotCanonical."""
    _refuse_foreign(value, "$")
    return write(value)


def write(value: Plain) -> bytes:
    """The bytes of a value already known to be canonical, as everything the acts have split is; an id may stand for its
    text."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except TypeError as error:
        raise NotCanonical(f"this has no canonical form: {error}") from error


def decode(data: bytes) -> Plain:
    """The value of canonical bytes; raises NotCanonical when they are not exactly canonical."""
    try:
        value = orjson.loads(data)
        again = encode(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"these bytes are not canonical JSON: {error}") from error
    if again != bytes(data):
        raise NotCanonical("these bytes are JSON but not in canonical form")
    return value


def _refuse_foreign(value: Plain, place: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if not value.isascii() and not unicodedata.is_normalized("NFC", value):
            raise NotCanonical(f"{place}: text not in NFC")
    elif isinstance(value, int):
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            raise NotCanonical(f"{place}: {value} is not below 2^53")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _refuse_foreign(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(f"{place}: key {key!r} is not plain ASCII")
            _refuse_foreign(item, f"{place}.{key}")
    else:
        raise NotCanonical(f"{place}: a {type(value).__name__} has no canonical form")
