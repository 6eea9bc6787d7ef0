"""Questions about stipends: what was promised and what came, in sums and to one person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from comuna.treasury import queries
from comuna.treasury.models.stipends import Stipend, StipendList


def lists_of(book: UUID) -> list[StipendList]:
    """The newest month first."""
    return list(StipendList.objects.filter(book=book).order_by("-month", "organ", "born"))


def newest(book: UUID) -> StipendList | None:
    found: StipendList | None = StipendList.objects.filter(book=book).order_by("-born").first()
    return found


def stipends_of(list_: UUID) -> list[Stipend]:
    return list(Stipend.objects.filter(list=list_).order_by("person"))


def stipends_to(person: UUID, book: UUID) -> list[Stipend]:
    """The newest month first."""
    found = Stipend.objects.filter(person=person, list__book=book).select_related("list")
    return list(found.order_by("-list__month", "list__born"))


def listed(book: UUID, organ: str, month: date, people: Collection[UUID]) -> set[UUID]:
    """Those of these people who stand on a list of the organ for the month, kept with this book."""
    found = Stipend.objects.filter(list__book=book, list__organ=organ, list__month=month, person__in=people)
    return set(found.values_list("person", flat=True))


def organ_of_list(list_: UUID) -> str | None:
    return queries.keeper_where(stipend_lists=list_)
