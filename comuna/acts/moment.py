"""Where and when an act takes place: the books it is written in, the time, the commune's own day.

Time does not go back. A clock that jumped, by more than 60 days or into the past, is in doubt: acts
without a deadline go on, the others wait until two seats have confirmed the time.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from comuna.acts import clock
from comuna.acts.act import Act, Power
from comuna.acts.authority import authority
from comuna.acts.models import EpochBegun, RefusedId
from comuna.acts.refusal import refuse_if
from comuna.journal import chain, lock, sql
from comuna.journal.models import Record

JUMP_DOUBTED = timedelta(days=60)
STEP_ALLOWED = timedelta(hours=1)
"""A clock that is set right goes back by seconds, also over midnight. What is written stays at the last moment."""
CONFIRMS = "acts.confirm_time"


class Moment(NamedTuple):
    """Where and when an act takes place: found out once, by the door."""

    commune: UUID
    epoch: int
    head: chain.Head
    at: str
    day: date
    doubtful: bool
    founding: bool


class Before(NamedTuple):
    """What stands before an act is judged."""

    id_is_known: bool  # a record or a refusal has the act's id
    written: chain.Written | None  # None: nothing is founded, or the books were restored


_WRITTEN = "the books written here, and their head"
_ID_IS_KNOWN = (
    "EXISTS (SELECT 1 FROM journal_record WHERE id = %s) OR EXISTS (SELECT 1 FROM acts_refusedid WHERE id = %s)"
)


def note_written(written: chain.Written) -> None:
    """An act has just been written: until somebody else writes, its record is the head."""
    lock.tell(_WRITTEN, written)


def before(id: UUID) -> Before:
    """One statement, at every act."""
    value = sql.uuid_value(id)
    known: chain.Written | None = lock.told(_WRITTEN)
    if known is not None:
        found = sql.one(f"SELECT {_ID_IS_KNOWN}", value, value)
        return Before(found is not None and bool(found[0]), known)
    found = sql.one(f"SELECT {chain.WRITER_AND_HEAD}, {_ID_IS_KNOWN} FROM {chain.FROM_WRITER}", value, value)
    if found is None:
        return Before(Record.objects.filter(pk=id).exists() or RefusedId.objects.filter(pk=id).exists(), None)
    return Before(bool(found[-1]), chain.written_in(found))


def moment_of(act: Act, id: UUID, written: chain.Written | None) -> Moment:
    """Raises Refused where these books cannot be written now."""
    founding = act.power is Power.FOUNDING
    if founding:
        refuse_if(
            written is not None or Record.objects.exists(),
            "acts.already-founded",
            _("These books already have their founding act."),
        )
        commune, epoch, head = id, 1, chain.NO_HEAD
    elif written is None:
        commune, epoch = _books_to_reopen(act)
        head = chain.head(commune)
    else:
        commune, epoch, head = written.commune, written.epoch, written.head
    zone = ZoneInfo(act.local_zone() or "UTC") if founding else authority().time_zone(commune)
    confirms = act.verb == CONFIRMS  # proposing and signing it leave the time in doubt
    now, doubtful = _judged_time(clock.now(), head, confirms, zone)
    if doubtful:
        refuse_if(
            act.judged_as().deadline,
            "acts.clock-in-doubt",
            _("The computer's clock jumped. Until two seats confirm the time, nothing that hangs on a date is done."),
        )
    day = now.astimezone(zone).date()
    if head.day is not None and not confirms:
        day = max(day, head.day)
    return Moment(commune, epoch, head, clock.stamp(now), day, doubtful, founding)


def day_now(commune: UUID) -> date:
    """The commune's local day, as an act done now would have it: never before that of the newest record, however the
    clock was set back."""
    here = clock.now().astimezone(authority().time_zone(commune)).date()
    newest = sql.one(
        "SELECT CAST(day AS TEXT) FROM journal_record WHERE commune = %s ORDER BY seq DESC LIMIT 1",
        sql.uuid_value(commune),
    )
    return here if newest is None else max(here, date.fromisoformat(newest[0]))


def _books_to_reopen(act: Act) -> tuple[UUID, int]:
    """Restored or imported books: only beginning a new epoch is open."""
    last = Record.objects.order_by("-seq").first()
    refuse_if(last is None, "acts.not-founded", _("Nothing has been founded here yet."))
    assert last is not None
    refuse_if(
        act.judged_as().verb != "acts.begin_epoch",
        "acts.read-only",
        _(
            "These books were restored or imported. They can be read;"
            " two seats begin a new epoch before anything is written."
        ),
    )
    begun = EpochBegun.objects.filter(commune=last.commune).order_by("-epoch").first()
    return last.commune, (begun.epoch if begun else 1) + 1


def _judged_time(now: datetime, head: chain.Head, confirms: bool, zone: ZoneInfo) -> tuple[datetime, bool]:
    """The time to write and whether it is in doubt: time does not go back, and a long jump is doubted. The days are
    those of the zone."""
    if head.seq == 0 or confirms:
        return now, False
    last = clock.read_stamp(head.at)
    if now < last:
        back_to_another_day = now.astimezone(zone).date() < last.astimezone(zone).date() and last - now > STEP_ALLOWED
        return last, back_to_another_day or head.doubtful
    return now, head.doubtful or now - last > JUMP_DOUBTED


def day_of_power(act: type[Act], commune: UUID, day: date) -> date:
    """The day on which a mandate is asked for: that of the act, but for confirming the time the last day that
    nobody doubted."""
    if act.verb != CONFIRMS:
        return day
    for record in Record.objects.filter(commune=commune).order_by("-seq").iterator(100):
        if not chain.says_doubtful(bytes(record.body)):
            trusted: date = record.day
            return trusted
    return day
