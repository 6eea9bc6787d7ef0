"""Derived ids."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from hypothesis import given, strategies as st

from comuna.journal.ids import named, named_text


@given(st.text())
def test_a_derived_id_is_the_standard_version_5(name: str) -> None:
    space = uuid4()
    assert named(space, name) == uuid5(space, name)


@given(st.uuids(), st.text(max_size=80))
def test_the_text_of_an_id_is_that_of_the_id(space: UUID, name: str) -> None:
    assert named_text(space.bytes, name) == named(space, name).hex
