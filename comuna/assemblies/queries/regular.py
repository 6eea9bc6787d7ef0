"""The days on which organs meet by themselves, with those that a decision moved."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.assemblies import rules
from comuna.assemblies.models import MovedMeeting, Session
from comuna.statutes.statute import Organ


def moved_meetings(commune: UUID, organ: str = "") -> list[MovedMeeting]:
    """All of the commune, or of one organ, in the order of the days that the statute says."""
    found = MovedMeeting.objects.filter(commune=commune)
    return list((found.filter(organ=organ) if organ else found).select_related("resolution").order_by("from_day"))


def regular_meetings(commune: UUID, organ: Organ, after: date, count: int = 1) -> list[tuple[date, date]]:
    """The organ's next regular days, each with the day that the statute says; empty for an organ without a rhythm. One
    statement."""
    if organ.rhythm is None:
        return []
    moved = {one.from_day: one.day for one in moved_meetings(commune, organ.id)}
    return rules.regular_days(organ.rhythm, after, moved, count)


def is_convened(commune: UUID, organ: str, day: date) -> bool:
    """Whether a session of the organ stands on that day."""
    return Session.objects.filter(commune=commune, organ=organ, day=day, cancellation__isnull=True).exists()
