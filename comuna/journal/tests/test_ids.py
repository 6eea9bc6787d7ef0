"""Derived ids."""

from __future__ import annotations

from uuid import uuid4, uuid5

from hypothesis import given, strategies as st

from comuna.journal.ids import named


@given(st.text())
def test_a_derived_id_is_the_standard_version_5(name: str) -> None:
    space = uuid4()
    assert named(space, name) == uuid5(space, name)
