"""A session held against its records: what was changed outside them, what was taken back, what was typed late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    Note,
    Notice,
    Pending,
    Ratified,
    Resolution,
    SeatVote,
    Session,
    Sheet,
    Sitting,
    Statement,
    Struck,
    Tally,
    Withdrawal,
)
from comuna.journal import sql
from comuna.journal.models import Checkpoint, Record
from comuna.journal.tables import State
from comuna.mandates import queries as mandates
from comuna.statutes.councils import council_in
from comuna.statutes.statute import Organ
from comuna.territory.queries import JOINED, roll_acts

_AROUND: tuple[type[State], ...] = (Notice, Move, Sitting, AgendaItem, Sheet, Leaving, Attendance)
_OF_SESSION: tuple[type[State], ...] = (*_AROUND, Call, Motion, Note, Closure, Cancellation)
_OF_MOTION: tuple[type[State], ...] = (Tally, Differing, Withdrawal, Resolution, Ratified)


def changed_outside(session: UUID) -> list[str]:
    """``table.column`` of everything about the session that no record says so; empty when all of it fits.

    What became of its decisions afterwards is not looked at: words on them, and how spokespeople vote elsewhere by
    them. Reads each record of the session once.
    """
    made = rows_made_by(_records_of(session))
    items = set(AgendaItem.objects.filter(session=session).values_list("pk", flat=True))
    elsewhere = [key for key, row in made.items() if key[0] is Instruction and row["item_id"] not in items]
    later = [key for key in made if key[0] in (FollowUp, MovedMeeting, Pending, Statement)]
    for key in (*elsewhere, *later):
        del made[key]
    return misfits(_rows_of(session), made)


def taken_back(session: UUID) -> list[UUID]:
    """The acts by which something that was said in the session was taken back: its sheets, calls, motions, counts
    and notes, and what rooms above decided in it. In the order recorded, up to its end."""
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


ROLL_TOLD_DAYS = 7
"""So many days before a session is convened its minutes begin to tell what was written of who is on the roll."""


@dataclass(frozen=True)
class RollChanges:
    """Of how many people acts said something that a roll goes by, by the verb of the act."""

    before: dict[str, int]  # from some days before the convening to the first call, which fixes the roll
    after: dict[str, int]  # from there to the end


def roll_changes(session: Session, organ: Organ, first_call: Call, closing: Closure | None) -> RollChanges:
    """By seats of the organ's council or of the whole commune; and to which council somebody belongs, whoever wrote it:
    who takes many off the roll for an hour does not do it unseen."""
    convened = Record.objects.get(pk=session.id)
    earlier = Record.objects.filter(commune=session.commune, seq__lt=convened.seq)
    long_ago = earlier.filter(day__lt=convened.day - timedelta(days=ROLL_TOLD_DAYS)).order_by("-seq")
    start = long_ago.values_list("seq", flat=True).first() or 0
    told = roll_acts(session.commune, start, closing.born if closing else None)
    council = council_in(organ.id)
    seats = mandates.kinds_of({one.mandate for one in told if one.mandate}) if council else {}
    changes = RollChanges({}, {})
    for one in told:
        verb, seat = one.record.verb, seats.get(one.mandate, "") if one.mandate else ""
        if verb == JOINED or council is None or council_in(seat) in (None, council):
            side = changes.before if one.record.seq < first_call.born else changes.after
            side[verb] = side.get(verb, 0) + one.number
    return changes


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
    key = sql.uuid_value(session)
    yield from sql.state_rows(Session, "id = %s", key)
    for model in _OF_SESSION:
        yield from sql.state_rows(model, "session_id = %s", key)
    for model in _OF_MOTION:
        yield from sql.state_rows(model, f"motion_id IN ({_MOTIONS})", key)
    for model in (Carried, Instruction, Struck):
        yield from sql.state_rows(model, f"item_id IN ({_ITEMS})", key)
    of_tally = f"tally_id IN (SELECT t.id FROM assemblies_tally t WHERE t.motion_id IN ({_MOTIONS}))"
    yield from sql.state_rows(SeatVote, of_tally, key)


_ITEMS = "SELECT i.id FROM assemblies_agendaitem i WHERE i.session_id = %s"
_MOTIONS = "SELECT m.id FROM assemblies_motion m WHERE m.session_id = %s"


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
