"""Questions about an organ's sessions: which come, which took place, where and under which number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from comuna.assemblies.models import Call, Cancellation, Closure, Notice, Session, Sitting
from comuna.journal.models import Checkpoint, Record


def last_place(commune: UUID, organ: str) -> str:
    """Where the organ met last; empty for its first session."""
    found = Session.objects.filter(commune=commune, organ=organ).order_by("-day", "-born")
    return found.values_list("place", flat=True).first() or ""


def coming(commune: UUID, day: date, *, organs: Collection[str] = ()) -> list[Session]:
    """Sessions of that day and later, of all organs or of these, the earliest first, and those adjourned to then;
    closed ones are not among them."""
    later = Q(day__gte=day) | Q(sittings__day__gte=day)
    found = _sessions(commune, organs).filter(later, closure__isnull=True)
    return list(found.distinct().order_by("day", "hour", "born"))


def past(commune: UUID, day: date, *, organs: Collection[str] = (), lines: slice) -> list[Session]:
    """Sessions before that day, and those of it that are closed, the newest first."""
    found = _past(commune, day, organs).order_by("-day", "-hour", "-born")
    return list(found[lines])


def count_past(commune: UUID, day: date, *, organs: Collection[str] = ()) -> int:
    return _past(commune, day, organs).count()


def organs_that_met(commune: UUID) -> list[str]:
    """Organ ids with a session, convened or past."""
    return sorted(set(Session.objects.filter(commune=commune).values_list("organ", flat=True).distinct()))


def _sessions(commune: UUID, organs: Collection[str]) -> QuerySet[Session]:
    found = Session.objects.filter(commune=commune)
    return found.filter(organ__in=organs) if organs else found


def _past(commune: UUID, day: date, organs: Collection[str]) -> QuerySet[Session]:
    over = Q(day__lt=day) | Q(day=day, closure__isnull=False)
    goes_on = Q(sittings__day__gte=day, closure__isnull=True)
    return _sessions(commune, organs).filter(over).exclude(goes_on)


def adjourned_to(of: Iterable[Session]) -> dict[UUID, Sitting]:
    """The newest sitting of each session that was adjourned."""
    rows = Sitting.objects.filter(session__in=[session.id for session in of]).order_by("number")
    return {row.session_id: row for row in rows}


def ended(of: Iterable[Session]) -> tuple[dict[UUID, Closure], set[UUID]]:
    """Closures by session, and the sessions that were cancelled."""
    ids = [session.id for session in of]
    closures = {closure.session_id: closure for closure in Closure.objects.filter(session__in=ids)}
    cancelled = set(Cancellation.objects.filter(session__in=ids).values_list("session_id", flat=True))
    return closures, cancelled


def quorate_among(sessions: Collection[UUID]) -> frozenset[UUID]:
    """Those of these sessions in which a call reached the quorum."""
    return frozenset(Call.objects.filter(session__in=sessions, reached=True).values_list("session", flat=True))


def next_session_number(commune: UUID, organ: str, year: int) -> int:
    """One more than the highest: a session that was moved to another year leaves a gap."""
    held = Session.objects.filter(commune=commune, organ=organ, day__year=year)
    return int(held.aggregate(last=Max("number"))["last"] or 0) + 1


def witness_of(closure: Closure) -> Checkpoint | None:
    """The first checkpoint that covers the closing of a session: the one its minutes carry."""
    return Checkpoint.objects.filter(commune=closure.commune, size__gte=closure.born).order_by("size").first()


def convened_on(session: Session) -> date:
    """The commune's day on which it was convened."""
    day: date = Record.objects.values_list("day", flat=True).get(pk=session.id)
    return day


def notices(session: UUID) -> list[Notice]:
    """How people were told of it, the earliest first."""
    return list(Notice.objects.filter(session=session).order_by("on", "born"))
