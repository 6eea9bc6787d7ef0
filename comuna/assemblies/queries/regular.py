"""The days on which organs meet by themselves, with those that a decision moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet

from comuna.assemblies import rules
from comuna.assemblies.models import MovedMeeting, Session
from comuna.statutes.statute import Organ


def moved_meetings(commune: UUID, organ: str = "") -> list[MovedMeeting]:
    """All of the commune, or of one organ, in the order of the days that the statute says."""
    found = MovedMeeting.objects.filter(commune=commune)
    return list((found.filter(organ=organ) if organ else found).select_related("resolution").order_by("from_day"))


def regular_meetings(commune: UUID, organ: Organ, after: date, count: int = 1) -> list[tuple[date, date]]:
    """The organ's next regular days, each with the day that the statute says; empty for an organ without a rhythm. Two
    statements."""
    if organ.rhythm is None:
        return []
    moved = {one.from_day: one.day for one in moved_meetings(commune, organ.id)}
    last = _met(commune, after).filter(organ=organ.id).aggregate(last=Max("day"))["last"]
    return rules.regular_days(organ.rhythm, after, moved, count, last)


def not_convened(commune: UUID, organs: Iterable[Organ], today: date) -> dict[str, date]:
    """By organ the day of its next regular meeting, today's among them, where no session stands on it. Three
    statements."""
    moved: dict[str, dict[date, date]] = {}
    for one in moved_meetings(commune):
        moved.setdefault(one.organ, {})[one.from_day] = one.day
    met = _met(commune, today - timedelta(days=1)).values("organ").annotate(last=Max("day"))
    last = dict(met.values_list("organ", "last"))
    standing = _not_cancelled(commune).filter(day__gte=today).values_list("organ", "day")
    convened = set(standing)
    found = {}
    for organ in organs:
        if organ.rhythm is not None:
            yesterday, own = today - timedelta(days=1), moved.get(organ.id, {})
            [(day, _by_statute)] = rules.regular_days(organ.rhythm, yesterday, own, 1, last.get(organ.id))
            if (organ.id, day) not in convened:
                found[organ.id] = day
    return found


def _not_cancelled(commune: UUID) -> QuerySet[Session]:
    return Session.objects.filter(commune=commune, cancellation__isnull=True)


def _met(commune: UUID, until: date) -> QuerySet[Session]:
    """Sessions for which people were called until that day: that none came makes no other fortnight."""
    return _not_cancelled(commune).filter(day__lte=until)


def is_convened(commune: UUID, organ: str, day: date) -> bool:
    """Whether a session of the organ stands on that day."""
    return _not_cancelled(commune).filter(organ=organ, day=day).exists()
