"""Questions about what was decided, who answers for it and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from comuna.assemblies.models import FollowUp, Motion, Ratified, Resolution, Statement, Tally


@dataclass(frozen=True)
class ResolutionStanding:
    """A resolution, what it says, and what became of it so far."""

    resolution: Resolution
    text: str
    decided_on: date
    session: UUID
    from_paper: bool  # its session was written down afterwards
    said: tuple[FollowUp, ...]  # oldest first
    ratified: Ratified | None  # what the organ said that ratifies; None where it is not asked, or not yet

    @property
    def to_ratify(self) -> bool:
        """Whether it waits for another organ."""
        return bool(self.resolution.ratified_by) and self.ratified is None

    @property
    def rejected(self) -> bool:
        return self.ratified is not None and not self.ratified.accepted

    @property
    def is_task(self) -> bool:
        """Whether somebody answers for it, or it has a day; a rule that was agreed on only stands."""
        return bool(self.resolution.responsible) or self.resolution.due_on is not None

    @property
    def is_done(self) -> bool:
        return bool(self.said) and self.said[-1].done

    def is_late(self, day: date) -> bool:
        return (
            self.is_task
            and not self.is_done
            and not self.rejected
            and self.resolution.due_on is not None
            and self.resolution.due_on < day
        )


def resolutions(commune: UUID, lines: slice) -> list[ResolutionStanding]:
    """Those lines of all, newest first: three statements."""
    found = Resolution.objects.filter(commune=commune).select_related("motion__session", "wording").order_by("-born")
    return standings(list(found[lines]))


def count_resolutions(commune: UUID) -> int:
    return Resolution.objects.filter(commune=commune).count()


def resolution(id: UUID, commune: UUID) -> ResolutionStanding | None:
    """One decision of that commune; None where there is none."""
    found = Resolution.objects.filter(pk=id, commune=commune).select_related("motion__session", "wording")
    return next(iter(standings(list(found))), None)


def standings(rows: Sequence[Resolution]) -> list[ResolutionStanding]:
    """Resolutions, read with their motions and sessions, with what became of each: two statements."""
    said: dict[UUID, list[FollowUp]] = {}
    for follow_up in FollowUp.objects.filter(resolution__in=rows).order_by("born"):
        said.setdefault(follow_up.resolution_id, []).append(follow_up)
    ratified = {one.resolution_id: one for one in Ratified.objects.filter(resolution__in=rows)}
    return [
        ResolutionStanding(
            resolution=row,
            text=row.wording.text,
            decided_on=row.motion.session.day,
            session=row.motion.session_id,
            from_paper=row.motion.session.from_paper,
            said=tuple(said.get(row.id, ())),
            ratified=ratified.get(row.id),
        )
        for row in rows
    ]


def motions_ever(commune: UUID) -> list[Motion]:
    """Every motion that stands, each with its session, tally and resolution, in the order of sessions: one
    statement."""
    found = Motion.objects.filter(commune=commune).select_related("session", "tally", "resolution__wording")
    return list(found.order_by("session__day", "session__hour", "session__born", "number"))


def tally_of(motion: UUID) -> Tally:
    """Raises Tally.DoesNotExist before the motion was voted on."""
    found: Tally = Tally.objects.get(motion_id=motion)
    return found


def open_resolutions(commune: UUID, organ: str = "") -> list[ResolutionStanding]:
    """Tasks that are not done yet, of all organs or of one, the earliest due first: three statements."""
    newest = FollowUp.objects.filter(resolution=OuterRef("pk")).order_by("-born").values("done")[:1]
    tasks = Resolution.objects.filter(~Q(responsible="") | Q(due_on__isnull=False), commune=commune)
    tasks = tasks.exclude(ratified__accepted=False)
    tasks = tasks.filter(organ=organ) if organ else tasks
    found = tasks.annotate(is_done=Subquery(newest)).filter(Q(is_done=False) | Q(is_done__isnull=True))
    waiting = standings(list(found.select_related("motion__session", "wording")))
    return sorted(waiting, key=lambda one: (one.resolution.due_on or date.max, one.resolution.born))


def to_ratify(commune: UUID, organ: str = "") -> list[ResolutionStanding]:
    """Decisions of seats whose terms were over that another organ has neither ratified nor rejected, the oldest first:
    of all, or those that this organ is asked about. Three statements."""
    found = Resolution.objects.filter(commune=commune, ratified__isnull=True).exclude(ratified_by="")
    found = found.filter(ratified_by=organ) if organ else found
    return standings(list(found.select_related("motion__session", "wording").order_by("born")))


def statements(commune: UUID, resolution: UUID | None = None) -> list[Statement]:
    """What organs have said in public, the newest first: all of it, or by one decision."""
    found = Statement.objects.filter(commune=commune)
    found = found.filter(resolution=resolution) if resolution else found
    return list(found.select_related("resolution__motion__session").order_by("-born"))


def next_resolution_number(commune: UUID, organ: str, year: int) -> int:
    return Resolution.objects.filter(commune=commune, organ=organ, year=year).count() + 1
