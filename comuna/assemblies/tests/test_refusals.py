"""What a session refuses beside the rules that have tests of their own; nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from comuna.acts.act import Act
from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    Adjourn,
    AgendaRow,
    CloseSession,
    Convene,
    FollowUpResolution,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
    RecordLeaving,
    RecordNames,
    UndoAttendance,
    UndoCall,
    UndoCount,
    VoteFirst,
)
from comuna.assemblies.models import Resolution, Sheet, Tally
from comuna.assemblies.tests.test_ratifying import hands
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from comuna.journal.models import Record
from comuna.mandates.acts import EnterMandate
from comuna.statutes.statute import Organ, Statute
from tests.cast import TODAY, Cast, refused

Given = Callable[[Room], Act]

BEFORE_A_CALL: dict[str, Given] = {
    "assemblies.empty-sheet": lambda room: RecordAttendance(session=room.session, present=()),
    "assemblies.no-call": lambda room: CloseSession(session=room.session, hour="10:00"),
    "assemblies.call-order": lambda room: MakeCall(session=room.session, number=2, hour="09:00"),
}
IN_SESSION: dict[str, Given] = {
    "assemblies.no-such-item": lambda room: PutMotion(session=room.session, item=9, text="Agua"),
    "assemblies.no-such-seat": lambda room: PutMotion(session=room.session, item=1, text="Agua", responsible="cc.king"),
    "assemblies.due-before": lambda room: PutMotion(
        session=room.session, item=1, text="Agua", due_on=MEETING_DAY.replace(day=19)
    ),
    "assemblies.chair-absent": lambda room: CloseSession(
        session=room.session, hour="12:00", chaired_by=room.cast.stranger
    ),
    "assemblies.no-amendment": lambda room: VoteFirst(motion=room.motion()),
    "assemblies.voted-before-call": lambda room: RecordCount.model_validate(
        {"motion": room.motion(), "hour": "09:04", **hands(room.roll(), 1)}
    ),
}


@pytest.mark.parametrize("rule", BEFORE_A_CALL)
def test_before_a_call_it_is_refused(founded: Cast, rule: str) -> None:
    room = Room(founded, neighbours=4)
    with frozen_at(MEETING):
        _refused(room, BEFORE_A_CALL[rule](room), rule)


@pytest.mark.parametrize("rule", IN_SESSION)
def test_in_session_it_is_refused(founded: Cast, rule: str) -> None:
    room = Room(founded, neighbours=4)
    with frozen_at(MEETING):
        room.quorate()
        _refused(room, IN_SESSION[rule](room), rule)


def _refused(room: Room, act: Act, rule: str) -> None:
    before = Record.objects.count()
    with refused(rule):
        room.does(act)
    assert Record.objects.count() == before


def test_only_the_last_call_is_taken_back_and_a_call_without_quorum_is_needed_to_adjourn(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        _refused(
            room, Adjourn(session=room.session, day=MEETING_DAY.replace(day=27), hour="09:00"), "assemblies.no-call"
        )
        room.come(room.roll()[:1])
        first = room.call(1, "09:00").id
        room.come(room.roll()[1:2])
        room.call(2, "09:30")
        _refused(room, UndoCall(call=first), "assemblies.last-call")


def test_a_sheet_of_which_somebody_left_stays(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        people = room.quorate()
        came = {"session": room.session, "hour": "09:30"}
        gone = PresentRow(person=people[0])
        room.does(RecordLeaving.model_validate({**came, "people": (gone,)}))
        back = room.does(RecordAttendance(session=room.session, present=(gone,), hour="09:40")).id
        room.does(RecordLeaving(session=room.session, hour="10:00", people=(gone,)))
        _refused(room, UndoAttendance(sheet=back), "assemblies.left-since")
    assert Sheet.objects.filter(pk=back).exists()


def test_a_decision_that_was_answered_or_carried_on_is_not_taken_back(founded: Cast) -> None:
    answered, carried = Room(founded), Room(founded, hour="08:00")
    with frozen_at(MEETING):
        for room in (answered, carried):
            whole = len(room.quorate())
            room.count(room.motion(responsible="cc.finance", due_on=date(2026, 4, 1)), whole, 0)
        first, second = Tally.objects.order_by("born")
        done = FollowUpResolution(
            resolution=Resolution.objects.get(motion=first.motion).id, done=False, words="Falta el tubo"
        )
        founded.does(founded.signer, done)
        _refused(answered, UndoCount(tally=first.id), "assemblies.followed-up")
        Room(founded, hour="18:00")
        _refused(carried, UndoCount(tally=second.id), "assemblies.on-an-agenda")


def test_an_alternate_does_not_sit_beside_the_principal_and_a_seat_votes_once(founded: Cast) -> None:
    stands_in = {"person": founded.neighbour, "kind": "cc.finance", "number": 1, "is_alternate": True}
    founded.signed(EnterMandate.model_validate({**stands_in, "begins": date(2025, 6, 1), "origin_words": "Acta"}))
    by = founded.substitute
    with frozen_at("2026-02-10T16:00:00Z"):
        agenda = (AgendaRow(title="Pagos"),)
        act = Convene(organ="cc.unit.finance", day=TODAY, hour="09:00", place="Casa", agenda=agenda)
        session = founded.does(by, act).id
        people = sorted(queries.entitled(founded.commune, *_of(session), TODAY).people)
        rows = tuple(PresentRow(person=person) for person in people)
        with refused("assemblies.seat-taken"):
            founded.does(by, RecordAttendance(session=session, present=rows))
        came = tuple(row for row in rows if row.person != founded.neighbour)
        founded.does(by, RecordAttendance(session=session, present=came))
        founded.does(by, MakeCall(session=session, number=1, hour="09:05"))
        motion = founded.does(by, PutMotion(session=session, item=1, text="Pagar")).id
        vote = {"seat": "cc.finance", "number": 1, "vote": "for"}
        counted = {"counter_one": came[0].person, "counter_two": came[1].person}
        names = RecordNames.model_validate({"motion": motion, "votes": [vote, vote], **counted}, strict=False)
        with refused("assemblies.seat-votes-once"):
            founded.does(by, names)


def _of(session: UUID) -> tuple[Organ, Statute]:
    stands = queries.standing(session)
    return stands.organ, stands.statute
