"""Questions about votes by name, and about how those who sent somebody decided that she votes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from comuna.assemblies.models import Attendance, Instruction, Motion, SeatVote, Tally
from comuna.assemblies.queries.standing import Standing
from comuna.assemblies.rules import minutes_into


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


def instructions_ahead(commune: UUID, organs: Collection[str]) -> list[Instruction]:
    """What these organs decided on items of sessions that are not over, on which nobody voted yet, the session's day
    first: one statement."""
    found = Instruction.objects.filter(
        commune=commune,
        organ__in=organs,
        item__session__closure__isnull=True,
        item__session__cancellation__isnull=True,
    ).exclude(item__motion__tally__isnull=False)
    return list(found.select_related("item__session").order_by("item__session__day", "item__number", "born"))


def instruction(id: UUID, commune: UUID) -> Instruction | None:
    return Instruction.objects.filter(pk=id, commune=commune).select_related("item").first()


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


def last_count(stands: Standing) -> str | None:
    """The latest hour of the newest sitting at which it was counted who is there: by a call or a vote."""
    votes = Tally.objects.filter(motion__session=stands.session).exclude(hour="")
    calls = [call.hour for call in stands.calls if call.sitting == stands.sitting]
    return _latest(stands, [*calls, *votes.values_list("hour", flat=True)])


def last_hour(stands: Standing) -> str | None:
    """The latest hour of the newest sitting that anything is written down of."""
    stays = [hour for stay in stands.recorded for hour in (stay.came, stay.left) if hour]
    return _latest(stands, [*filter(None, [last_count(stands)]), *stays])


def _latest(stands: Standing, hours: Iterable[str]) -> str | None:
    return max(hours, key=lambda hour: minutes_into(stands.hour, hour), default=None)


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
