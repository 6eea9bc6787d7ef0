"""The bytes of the journal: exactly RFC 8785 within what it admits, and nothing else admitted."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
import rfc8785
from hypothesis import given, strategies as st

from comuna.journal import canonical

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
keys = st.text(st.characters(min_codepoint=32, max_codepoint=126))
integers = st.integers(-canonical.INTEGER_MAX, canonical.INTEGER_MAX)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner) | st.dictionaries(keys, inner),
    max_leaves=20,
)


@given(values)
def test_the_bytes_are_those_of_the_rfc(value: Any) -> None:
    assert canonical.encode(value) == rfc8785.dumps(value)


@given(values)
def test_the_standard_library_writes_the_same_bytes(value: Any) -> None:
    again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    assert canonical.write(value) == again.encode()


@given(values)
def test_decoding_gives_the_value_back(value: Any) -> None:
    assert canonical.decode(canonical.encode(value)) == value


@pytest.mark.parametrize(
    "value", [0.5, float("nan"), 2**53, -(2**53), {"n": [1, 1.0]}, {"ñ": 1}, {1: 2}, b"x", "e\u0301"]
)
def test_what_would_not_last_is_refused(value: Any) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.encode(value)


@pytest.mark.parametrize(
    "data", [b'{"b":1,"a":2}', b'{"a": 1}', b'"\\u00f1"', b"[1.0]", b"", b'{"a":1,"a":1}', b"\xff"]
)
def test_bytes_that_are_not_canonical_are_not_read(data: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.decode(data)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.encode("\ud800")
