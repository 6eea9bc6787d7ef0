"""A session held against its records: what was changed outside them, what was taken back, what was typed late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from comuna.acts.act import GroundRole
from comuna.acts.authority import authority
from comuna.acts.clock import read_stamp
from comuna.acts.models import Ground
from comuna.acts.pencil import misfits, rows_made_by
from comuna.acts.reading import ReadAct, read_all
from comuna.assemblies.acts import CancelSession, CloseSession
from comuna.assemblies.models import (
    AgendaItem,
    Attendance,
    Call,
    Cancellation,
    Carried,
    Closure,
    Differing,
    FollowUp,
    Instruction,
    Leaving,
    Motion,
    Move,
    MovedMeeting,
    Notice,
    Ratified,
    Resolution,
    SeatVote,
    Session,
    Sheet,
    Sitting,
    Statement,
    Tally,
    Withdrawal,
)
from comuna.journal.models import Checkpoint, Record
from comuna.journal.tables import State

_AROUND: tuple[type[State], ...] = (Notice, Move, Sitting, AgendaItem, Sheet, Leaving, Attendance)
_OF_SESSION: tuple[type[State], ...] = (*_AROUND, Call, Motion, Closure, Cancellation)
_OF_MOTION: tuple[type[State], ...] = (Tally, Differing, Withdrawal, Resolution, Ratified)


def changed_outside(session: UUID) -> list[str]:
    """``table.column`` of everything about the session that no record says so; empty when all of it fits.

    What became of its decisions afterwards is not looked at: words on them, and how spokespeople vote elsewhere by
    them. Reads each record of the session once.
    """
    made = rows_made_by(_records_of(session))
    items = set(AgendaItem.objects.filter(session=session).values_list("pk", flat=True))
    elsewhere = [key for key, row in made.items() if key[0] is Instruction and row["item_id"] not in items]
    later = [key for key in made if key[0] in (FollowUp, MovedMeeting, Statement)]
    for key in (*elsewhere, *later):
        del made[key]
    return misfits(_rows_of(session), made)


def taken_back(session: UUID) -> list[UUID]:
    """The acts by which something that was said in the session was taken back: its sheets, calls, motions and counts,
    and what rooms above decided in it. In the order recorded, up to its end."""
    closing = Closure.objects.filter(session=session).values_list("born", flat=True).first()
    part = GroundRole.PART_OF.value, GroundRole.ANSWERS.value, GroundRole.DECIDED_BY.value
    of_session = Ground.objects.filter(ground=session, role__in=part).values("act")
    of_those = Ground.objects.filter(ground__in=of_session, role__in=part).values("act")
    undone = Q(ground__in=of_session) | Q(ground__in=of_those)
    edges = Ground.objects.filter(undone, role=GroundRole.CORRECTS.value)
    if closing is not None:
        edges = edges.filter(born__lte=closing)
    found = list(edges.order_by("born").values_list("act", "ground"))
    ours = _resting_on(session, {ground for _act, ground in found})
    return list(dict.fromkeys(act for act, ground in found if ground in ours))


def _resting_on(session: UUID, acts: Collection[UUID]) -> set[UUID]:
    """Those of these acts that are of the session, or of something of it, by what they say themselves: whoever hands
    an act in over the API may add that it answers anything."""
    cited = _cited_by(acts)
    between = _cited_by({one for to in cited.values() for one in to} - {session})
    of_session = {session, *(one for one, to in between.items() if session in to)}
    return {act for act, to in cited.items() if to & of_session}


def _cited_by(acts: Collection[UUID]) -> dict[UUID, set[UUID]]:
    records = Record.objects.filter(pk__in=list(acts))
    return {read.record.id: {one.act for one in read.act.cites(read.facts)} for read in read_all(records)}


_OFF_OR_ONTO_THE_ROLL = (
    "territory.record_departure",
    "territory.undo_departure",
    "territory.record_residence",
    "territory.join_council",
    "territory.strike_person",
    "territory.register_person",
)


def roll_changes(session: Session, first_call: Call, closing: Closure | None) -> tuple[int, int]:
    """How many acts took people off the roll or put them onto it from the convening to the first call, which fixes it,
    and from there to the end: who takes many off for an hour does not do it unseen."""
    ours = Record.objects.filter(commune=session.commune, verb__in=_OFF_OR_ONTO_THE_ROLL, seq__gt=session.born)
    after = ours.filter(seq__gt=first_call.born)
    return ours.filter(seq__lt=first_call.born).count(), (
        after.filter(seq__lt=closing.born) if closing else after
    ).count()


def typed_at(acts: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these acts was recorded, by the commune's clock."""
    records = Record.objects.filter(pk__in=list(acts)).values_list("id", "commune", "at")
    return {id: read_stamp(at).astimezone(authority().time_zone(commune)) for id, commune, at in records}


def closed_with(commune: UUID, size: int) -> list[Session]:
    """The sessions whose minutes carry the code of that many records, oldest first."""
    before = Checkpoint.objects.filter(commune=commune, size__lt=size).order_by("-size").values_list("size", flat=True)
    closed = Closure.objects.filter(commune=commune, born__gt=before.first() or 0, born__lte=size)
    return [closure.session for closure in closed.select_related("session").order_by("born")]


def _rows_of(session: UUID) -> Iterator[State]:
    yield from Session.objects.filter(pk=session)
    for model in _OF_SESSION:
        yield from model.objects.filter(session=session)
    for model in _OF_MOTION:
        yield from model.objects.filter(motion__session=session)
    yield from Carried.objects.filter(item__session=session)
    yield from SeatVote.objects.filter(tally__motion__session=session)
    yield from Instruction.objects.filter(item__session=session)


def _records_of(session: UUID) -> Iterator[ReadAct]:
    """The session's own acts from its convening to its end, found by what they refer to."""
    first = Record.objects.filter(pk=session).first()
    if first is None:
        return
    ours = Record.objects.filter(commune=first.commune, seq__gte=first.seq, verb__startswith="assemblies.")
    known = {str(session)}
    for read in read_all(ours.order_by("seq").iterator(200)):
        if read.record.id == session or known & set(_referred(read.content)):
            known.add(str(read.record.id))
            yield read
            if isinstance(read.act, CloseSession | CancelSession):
                return


def _referred(content: dict[str, Any]) -> Iterator[str]:
    yield from (value for value in content["fields"].values() if isinstance(value, str))
    yield from (edge["act"] for edge in content.get("grounds", ()))
