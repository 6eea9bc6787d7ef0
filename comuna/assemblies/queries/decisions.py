"""Questions about what was decided, who answers for it and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from comuna.assemblies.models import FollowUp, Motion, Resolution, Tally


@dataclass(frozen=True)
class ResolutionStanding:
    """A resolution, what it says, and what became of it so far."""

    resolution: Resolution
    text: str
    decided_on: date
    session: UUID
    from_paper: bool  # its session was written down afterwards
    said: tuple[FollowUp, ...]  # oldest first

    @property
    def is_task(self) -> bool:
        """Whether somebody answers for it, or it has a day; a rule that was agreed on only stands."""
        return bool(self.resolution.responsible) or self.resolution.due_on is not None

    @property
    def is_done(self) -> bool:
        return bool(self.said) and self.said[-1].done

    def is_late(self, day: date) -> bool:
        return self.is_task and not self.is_done and self.resolution.due_on is not None and self.resolution.due_on < day


def resolutions(commune: UUID, lines: slice) -> list[ResolutionStanding]:
    """Those lines of all, newest first: two statements."""
    found = Resolution.objects.filter(commune=commune).select_related("motion__session", "wording").order_by("-born")
    return _with_follow_ups(list(found[lines]))


def count_resolutions(commune: UUID) -> int:
    return Resolution.objects.filter(commune=commune).count()


def resolution(id: UUID, commune: UUID) -> ResolutionStanding | None:
    """One decision of that commune; None where there is none."""
    found = Resolution.objects.filter(pk=id, commune=commune).select_related("motion__session", "wording")
    return next(iter(_with_follow_ups(list(found))), None)


def _with_follow_ups(rows: Sequence[Resolution]) -> list[ResolutionStanding]:
    said: dict[UUID, list[FollowUp]] = {}
    for follow_up in FollowUp.objects.filter(resolution__in=rows).order_by("born"):
        said.setdefault(follow_up.resolution_id, []).append(follow_up)
    return [
        ResolutionStanding(
            resolution=row,
            text=row.wording.text,
            decided_on=row.motion.session.day,
            session=row.motion.session_id,
            from_paper=row.motion.session.from_paper,
            said=tuple(said.get(row.id, ())),
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


def open_resolutions(commune: UUID) -> list[ResolutionStanding]:
    """Tasks that are not done yet, the earliest due first: two statements."""
    newest = FollowUp.objects.filter(resolution=OuterRef("pk")).order_by("-born").values("done")[:1]
    tasks = Resolution.objects.filter(~Q(responsible="") | Q(due_on__isnull=False), commune=commune)
    found = tasks.annotate(is_done=Subquery(newest)).filter(Q(is_done=False) | Q(is_done__isnull=True))
    waiting = _with_follow_ups(list(found.select_related("motion__session", "wording")))
    return sorted(waiting, key=lambda one: (one.resolution.due_on or date.max, one.resolution.born))


def next_resolution_number(commune: UUID, organ: str, year: int) -> int:
    return Resolution.objects.filter(commune=commune, organ=organ, year=year).count() + 1
