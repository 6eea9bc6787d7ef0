"""A question that was compiled once gives what its queryset gives, whatever values it is asked with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from comuna.journal.compiled import Compiled
from comuna.mandates.models import Mandate
from tests.cast import TODAY, Cast


def _held_by(person: UUID) -> QuerySet[Any]:
    rows = Mandate.objects.filter(person=person, is_alternate=False).order_by("begins", "id")
    return rows.select_related("seat", "person", "ending")


def _begun(kind: str, number: int, day: date) -> QuerySet[Any]:
    rows = Mandate.objects.filter(seat__kind=kind, seat__number=number, begins__lte=day).order_by("begins", "id")
    return rows.values_list("begins", "ends", "is_alternate", "person", "seat__kind")


def _columns(row: Any) -> list[dict[str, Any]]:
    """Of a mandate and what was read along with it."""
    ending = getattr(row, "ending", None)
    rows = (row, row.seat, row.person, *([ending] if ending is not None else []))
    return [{field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields} for one in rows]


def test_rows_are_read_with_what_belongs_to_them(founded: Cast) -> None:
    asked = Compiled[Mandate](_held_by, UUID)
    for person in (founded.secretary, founded.recalled, founded.neighbour):
        with CaptureQueriesContext(connection) as noted:
            found = [_columns(row) for row in asked.rows(person)]
        assert found == [_columns(row) for row in _held_by(person)]
        assert len(noted) == 1
    assert asked.first(founded.neighbour) is None


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=2000)])
def test_values_are_those_of_the_queryset(founded: Cast, day: date) -> None:
    asked = Compiled[tuple[Any, ...]](_begun, str, int, date)
    for number in (1, 2, 3):
        assert asked.rows("cc.finance", number, day) == list(_begun("cc.finance", number, day))
    assert asked.rows("cc.finance", 1, TODAY)


def test_whether_there_is_any_is_asked_alone(founded: Cast) -> None:
    asked = Compiled[UUID](lambda id: Mandate.objects.filter(person=id).values_list("pk", flat=True), UUID)  # noqa: A006
    assert asked.exists(founded.secretary)
    assert not asked.exists(uuid4())
    assert asked.first(founded.secretary) in {one.id for one in Mandate.objects.filter(person=founded.secretary)}


def test_a_value_that_no_part_of_the_question_asks_for_is_an_error(founded: Cast) -> None:
    asked = Compiled[Mandate](lambda _person: Mandate.objects.filter(is_alternate=False), UUID)
    with pytest.raises(AssertionError):
        asked.rows(founded.secretary)
