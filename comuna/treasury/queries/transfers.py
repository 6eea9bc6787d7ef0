"""Questions about what goes from one book to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from comuna.treasury import queries
from comuna.treasury.models import Book, Transfer
from comuna.treasury.queries.flows import flows


def organ_sending(transfer: UUID) -> str | None:
    return queries.keeper_where(transfers_sent=transfer)


def organ_receiving(transfer: UUID) -> str | None:
    return queries.keeper_where(transfers_coming=transfer)


def of_book(book: UUID) -> list[Transfer]:
    """Out of it and into it, the newest first."""
    return list(_in(book).order_by("-day", "-born"))


def _in(book: UUID) -> QuerySet[Transfer]:
    return Transfer.objects.filter(Q(out_of=book) | Q(into=book)).select_related("out_of", "into", "entry")


def open_in(book: UUID) -> list[Transfer]:
    """What is under way out of it or into it, or was sent back and is not taken back yet; the oldest first."""
    found = _in(book).filter(received=None, taken_back=None)
    return list(found.order_by("day", "born"))


def is_open(one: Transfer) -> bool:
    return one.received_id is None and one.taken_back is None


def by_entry(entry: UUID) -> Transfer | None:
    """The transfer of which this is an entry that stands, or the one by which it came back."""
    found: Transfer | None = Transfer.objects.filter(Q(entry=entry) | Q(received=entry) | Q(back=entry)).first()
    return found


def of_entries(entries: Sequence[UUID]) -> dict[UUID, tuple[Transfer, bool]]:
    """Of these entries those of transfers, each with whether it is where something came in."""
    found = Transfer.objects.filter(Q(entry__in=entries) | Q(received__in=entries)).select_related("out_of", "into")
    sides: dict[UUID, tuple[Transfer, bool]] = {}
    for one in found:
        sides[one.entry_id] = (one, False)
        if one.received_id is not None:
            sides[one.received_id] = (one, True)
    return {entry: side for entry, side in sides.items() if entry in set(entries)}


def under_way(commune: UUID, first: date, last: date) -> list[tuple[UUID, date, bool]]:
    """Entry and day of what was sent in this time between organs, and whether it is still open."""
    found = Transfer.objects.filter(commune=commune, is_between_organs=True, day__gte=first, day__lte=last)
    return [(one.entry_id, one.day, is_open(one)) for one in found]


def surplus(book: Book, unit: str, begins: date, ends: date) -> int:
    """What came into a book in whole months beyond what it spent; below nothing, a loss."""
    found = flows(book.commune, begins, ends, book.id)
    return sum(one.amount if one.is_income else -one.amount for one in found if one.unit == unit and one.is_purpose)


def shared(out_of: UUID, into: UUID, unit: str, begins: date, ends: date) -> bool:
    """Whether a share of the surplus of a part of this time went there already."""
    return Transfer.objects.filter(
        out_of=out_of, into=into, unit=unit, taken_back=None, begins__lte=ends, ends__gte=begins
    ).exists()
