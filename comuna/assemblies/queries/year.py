"""Questions about a year: which sessions an organ held, who came, what was decided and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from comuna.assemblies.models import Call, FollowUp, Resolution, Session
from comuna.assemblies.queries.decisions import ResolutionStanding, standings


@dataclass(frozen=True)
class Met:
    """A session of the year, with the count that decided whether it could."""

    session: Session
    call: Call | None  # the newest; None where nobody was counted
    cancelled: bool


@dataclass(frozen=True)
class OrganYear:
    """An organ's year in figures."""

    organ: str
    sessions: int  # that were called
    quorate: int  # of them
    decisions: int
    done: int  # of the decisions that somebody answers for
    tasks: int


def years(commune: UUID) -> list[int]:
    """Those with a session, the newest first."""
    return sorted({day.year for day in Session.objects.filter(commune=commune).dates("day", "year")}, reverse=True)


def met(commune: UUID, year: int, organ: str) -> list[Met]:
    """The organ's sessions of that year, in their order: two statements."""
    rows = Session.objects.filter(commune=commune, organ=organ, day__year=year).select_related("cancellation")
    found = list(rows.order_by("day", "hour", "born"))
    calls = {call.session_id: call for call in Call.objects.filter(session__in=found).order_by("number")}
    return [Met(row, calls.get(row.id), hasattr(row, "cancellation")) for row in found]


def organ_years(commune: UUID, year: int) -> list[OrganYear]:
    """Every organ that was called together that year: two statements."""
    called = Call.objects.filter(commune=commune, session__day__year=year).values("session__organ")
    counted = called.annotate(
        sessions=Count("session", distinct=True), quorate=Count("session", distinct=True, filter=Q(reached=True))
    )
    newest = FollowUp.objects.filter(resolution=OuterRef("pk")).order_by("-born").values("done")[:1]
    task = ~Q(responsible="") | Q(due_on__isnull=False)
    decided = {
        row["organ"]: row
        for row in Resolution.objects.filter(commune=commune, year=year)
        .annotate(is_done=Subquery(newest))
        .values("organ")
        .annotate(
            decisions=Count("id"), tasks=Count("id", filter=task), done=Count("id", filter=task & Q(is_done=True))
        )
    }
    nothing = {"decisions": 0, "tasks": 0, "done": 0}
    return [
        OrganYear(
            organ=row["session__organ"],
            sessions=row["sessions"],
            quorate=row["quorate"],
            **{name: decided.get(row["session__organ"], nothing)[name] for name in nothing},
        )
        for row in counted.order_by("session__organ")
    ]


def decided(commune: UUID, year: int, organ: str, lines: slice) -> Sequence[ResolutionStanding]:
    """Those lines of what the organ decided that year, in order: three statements."""
    found = Resolution.objects.filter(commune=commune, year=year, organ=organ)
    found = found.select_related("motion__session", "wording")
    return standings(list(found.order_by("number")[lines]))
