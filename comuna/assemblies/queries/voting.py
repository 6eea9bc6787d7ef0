"""Questions about votes by name, and about how those who sent somebody decided that she votes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from comuna.assemblies.models import (
    AgendaItem,
    Attendance,
    Differing,
    Instruction,
    Motion,
    Note,
    SeatVote,
    Sitting,
    Tally,
    Withdrawal,
)
from comuna.assemblies.queries.standing import Standing
from comuna.assemblies.rules import minutes_into, was_there
from comuna.journal import sql
from comuna.journal.compiled import Compiled
from comuna.statutes.statute import Bound


def instructions_on(item: UUID) -> list[Instruction]:
    """How spokespeople are to vote on an item, in the order in which it was written down."""
    return list(Instruction.objects.filter(item=item).order_by("born"))


def instructions_in(session: UUID) -> dict[UUID, list[Instruction]]:
    """The same for a whole session, by item: one statement."""
    found: dict[UUID, list[Instruction]] = {}
    where = "item_id IN (SELECT i.id FROM assemblies_agendaitem i WHERE i.session_id = %s) ORDER BY born"
    for one in sql.state_rows(Instruction, where, sql.uuid_value(session)):
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
    if is_instructed(item):
        return True
    return imperative.how is Bound.ENFORCED and not was_announced(stands, AgendaItem.objects.get(pk=item))


def seat_votes(session: UUID) -> dict[UUID, list[SeatVote]]:
    """The votes by name of a session, by the count that they belong to, in the order in which they were given."""
    found: dict[UUID, list[SeatVote]] = {}
    of_session = (
        "tally_id IN (SELECT t.id FROM assemblies_motion m JOIN assemblies_tally t ON t.motion_id = m.id"
        " WHERE m.session_id = %s) ORDER BY place"
    )
    for one in sql.state_rows(SeatVote, of_session, sql.uuid_value(session)):
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
    notes = Note.objects.filter(session=stands.session, sitting=stands.sitting).exclude(hour="")
    said = notes.values_list("hour", flat=True)
    return _latest(stands, [*filter(None, [last_count(stands)]), *stays, *said])


def _latest(stands: Standing, hours: Iterable[str]) -> str | None:
    return max(hours, key=lambda hour: minutes_into(stands.hour, hour), default=None)


class Sat(NamedTuple):
    """Somebody in a seat of a session, from an hour to an hour; ``start`` is that of the sitting."""

    person: UUID
    start: str
    came: str
    left: str
    born: int
    left_born: int | None

    def was_there_at(self, vote: Tally) -> bool:
        """At its hour; where none was written down, when it was recorded."""
        if vote.hour:
            return was_there(self.start, self.came, self.left, vote.hour)
        return self.born < vote.born and (self.left_born is None or vote.born < self.left_born)


def seats_taken(commune: UUID) -> dict[tuple[UUID, str, int], list[Sat]]:
    """Who sat where, by session, kind of seat and number, one after the other. Two statements."""
    further = Sitting.objects.filter(commune=commune).values_list("session_id", "number", "hour")
    starts = {(session, number): hour for session, number, hour in further}
    rows = Attendance.objects.filter(commune=commune, number__isnull=False).order_by("sitting", "born")
    columns = ("session_id", "seat", "number", "sitting", "session__hour")
    stays = ("person", "came", "left", "born", "leaving__born")
    found: dict[tuple[UUID, str, int], list[Sat]] = {}
    for session, seat, number, sitting, hour, person, *stay in rows.values_list(*columns, *stays):
        start = starts.get((session, sitting), hour)
        found.setdefault((session, seat, number), []).append(Sat(person, start, *stay))
    return found


def open_motions(session: UUID) -> QuerySet[Motion]:
    """Neither voted on nor withdrawn, in the order in which they were put."""
    found = Motion.objects.filter(session=session, tally__isnull=True, withdrawal__isnull=True)
    return found.order_by("number")


def open_amendments(motion: UUID) -> QuerySet[Motion]:
    """Those of a motion that are neither voted on nor withdrawn, in the order of voting."""
    found = Motion.objects.filter(amends=motion, tally__isnull=True, withdrawal__isnull=True)
    return found.order_by("turn", "number")


def first_open_motion(session: UUID) -> Motion | None:
    return _FIRST_OPEN.first(session)


def first_amendment(motion: UUID) -> Motion | None:
    """Of those that are open, which is voted on first."""
    return _FIRST_AMENDMENT.first(motion)


def carried_amendment(motion: UUID) -> Motion | None:
    """The amendment carried last: the motion reads as it says."""
    return _CARRIED.first(motion)


def is_voted(motion: UUID) -> bool:
    return _TALLY_OF.exists(motion)


def vote_on(motion: UUID) -> Tally | None:
    """None before it was voted on."""
    return _TALLY_OF.first(motion)


def is_withdrawn(motion: UUID) -> bool:
    return _WITHDRAWAL_OF.exists(motion)


def is_instructed(item: UUID) -> bool:
    """Whether those who sent members have decided on an item."""
    return _INSTRUCTIONS_ON.exists(item)


def session_of_motion(motion: UUID) -> UUID | None:
    return _SESSION_OF.first(motion)


# Asked at every vote

_FIRST_OPEN = Compiled[Motion](lambda session: open_motions(session)[:1], UUID)
_FIRST_AMENDMENT = Compiled[Motion](lambda motion: open_amendments(motion)[:1], UUID)
_CARRIED = Compiled[Motion](
    lambda motion: Motion.objects.filter(amends=motion, tally__passed=True).order_by("-tally__born")[:1], UUID
)
_TALLY_OF = Compiled[Tally](lambda motion: Tally.objects.filter(motion=motion), UUID)
_WITHDRAWAL_OF = Compiled[Withdrawal](lambda motion: Withdrawal.objects.filter(motion=motion), UUID)
_INSTRUCTIONS_ON = Compiled[Instruction](lambda item: Instruction.objects.filter(item=item), UUID)
_SESSION_OF = Compiled[UUID](lambda motion: Motion.objects.filter(pk=motion).values_list("session_id", flat=True), UUID)
