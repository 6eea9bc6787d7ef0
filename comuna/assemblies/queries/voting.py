"""Questions about votes by name, and about how those who sent somebody decided that she votes."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from comuna.assemblies.models import AgendaItem, Attendance, Differing, Instruction, Motion, SeatVote, Tally
from comuna.assemblies.queries.standing import Standing
from comuna.statutes.statute import Bound


def instructions_on(item: UUID) -> list[Instruction]:
    """How spokespeople are to vote on an item, in the order in which it was written down."""
    return list(Instruction.objects.filter(item=item).order_by("born"))


def instructions_in(session: UUID) -> dict[UUID, list[Instruction]]:
    """The same for a whole session, by item: one statement."""
    found: dict[UUID, list[Instruction]] = {}
    for one in Instruction.objects.filter(item__session=session).order_by("born"):
        found.setdefault(one.item_id, []).append(one)
    return found


def instructions_by(motion: UUID) -> list[Instruction]:
    """Where this decision binds a spokesperson, with the item and its session."""
    return list(Instruction.objects.filter(motion=motion).select_related("item__session").order_by("born"))


def instruction(id: UUID, commune: UUID) -> Instruction | None:
    return Instruction.objects.filter(pk=id, commune=commune).select_related("item").first()


def was_voted(item: AgendaItem) -> bool:
    """Whether votes on it were ever counted in its session, also where that count was taken back or decided nothing."""
    counted = Tally.objects.filter(motion__item=item).exists() or Differing.objects.filter(motion__item=item).exists()
    return item.recounted or counted


def was_announced(stands: Standing, item: AgendaItem) -> bool:
    """Whether those who sent the members could know of an item before the session, and decide on it: it stood in the
    convocation, or was added as many days before as the statute asks for, at least one. What was recorded from paper
    had its convocation elsewhere."""
    if item.added_on is None or stands.session.from_paper:
        return True
    return (stands.day - item.added_on).days >= max(1, stands.organ.notice_days)


def is_voted_by_name(stands: Standing, item: UUID) -> bool:
    """Whether everybody is to see how each member votes: those who sent them have decided on the item; or the statute
    enforces what they decide, and they could not decide on it."""
    imperative = stands.organ.imperative
    if imperative is None:
        return False
    if Instruction.objects.filter(item=item).exists():
        return True
    return imperative.how is Bound.ENFORCED and not was_announced(stands, AgendaItem.objects.get(pk=item))


def seat_votes(session: UUID) -> dict[UUID, list[SeatVote]]:
    """The votes by name of a session, by the count that they belong to, in the order in which they were given."""
    found: dict[UUID, list[SeatVote]] = {}
    for one in SeatVote.objects.filter(tally__motion__session=session).order_by("place"):
        found.setdefault(one.tally_id, []).append(one)
    return found


def seat_votes_ever(commune: UUID) -> list[SeatVote]:
    """Every vote by name, with its count and motion, in the order in which they were given."""
    found = SeatVote.objects.filter(commune=commune).select_related("tally__motion")
    return list(found.order_by("born", "place"))


def seats_taken(commune: UUID) -> dict[tuple[UUID, str, int], UUID]:
    """Who sat where, by session, kind of seat and number, in the newest sitting."""
    rows = Attendance.objects.filter(commune=commune, number__isnull=False).order_by("sitting")
    return {
        (session, seat, number): person
        for session, seat, number, person in rows.values_list("session_id", "seat", "number", "person")
    }


def open_motions(session: UUID) -> QuerySet[Motion]:
    """Neither voted on nor withdrawn, in the order in which they were put."""
    found = Motion.objects.filter(session=session, tally__isnull=True, withdrawal__isnull=True)
    return found.order_by("number")


def open_amendments(motion: UUID) -> QuerySet[Motion]:
    """Those of a motion that are neither voted on nor withdrawn, in the order of voting."""
    found = Motion.objects.filter(amends=motion, tally__isnull=True, withdrawal__isnull=True)
    return found.order_by("turn", "number")


def carried_amendment(motion: UUID) -> Motion | None:
    """The amendment carried last: the motion reads as it says."""
    return Motion.objects.filter(amends=motion, tally__passed=True).order_by("-tally__born").first()
