"""Questions about advances: what is open, whose, since when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from comuna.treasury import queries
from comuna.treasury.models import Entry
from comuna.treasury.models.advances import Advance, AdvanceStep


class Undone(NamedTuple):
    """What taking an entry back does to an advance: so much of it is open then."""

    advance: UUID
    open: int


def advances_of(book: UUID) -> list[Advance]:
    """Those that are open first, the earliest due first; then the others, the newest first."""
    found = Advance.objects.filter(account__book=book).select_related("entry", "entry__reversal")
    waiting = sorted((one for one in found if one.open), key=lambda one: (one.due, one.born))
    return [*waiting, *sorted((one for one in found if not one.open), key=lambda one: -one.born)]


def overdue(book: UUID, day: date) -> list[Advance]:
    return list(Advance.objects.filter(account__book=book, open__gt=0, due__lt=day).order_by("due", "born"))


def holds_advances(account: UUID) -> bool:
    """Whether something of an advance that stands in the account is still to be accounted for."""
    return bool(Advance.objects.filter(account=account, open__gt=0).exists())


def accounts_holding(book: UUID) -> set[UUID]:
    """Those in which something of an advance is open."""
    return set(Advance.objects.filter(account__book=book, open__gt=0).values_list("account", flat=True))


def organ_of_advance(advance: UUID) -> str | None:
    return queries.keeper_where(entry_rows__advance=advance)


def given_by(entry: Entry) -> Advance | None:
    found: Advance | None = Advance.objects.filter(entry=entry).first()
    return found


def step_by(entry: Entry) -> AdvanceStep | None:
    found: AdvanceStep | None = AdvanceStep.objects.filter(entry=entry).select_related("advance").first()
    return found
