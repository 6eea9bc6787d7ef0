"""A session from convening to closing: the rules of assemblies, through the door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comuna.acts.act import Act
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done, perform
from comuna.acts.refusal import Refused
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    AgendaRow,
    CancelSession,
    CloseSession,
    Convene,
    FollowUpResolution,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
    UndoAttendance,
    UndoCall,
    UndoCount,
    UndoMotion,
)
from comuna.assemblies.models import Attendance, Motion, Resolution, Session
from comuna.journal.models import Checkpoint, Record
from comuna.mandates.acts import Resign
from comuna.territory import queries as territory
from comuna.territory.acts import RegisterPerson, StrikePerson
from tests.cast import NOW, TODAY, Cast

MEETING = "2026-02-20T18:00:00Z"  # two in the afternoon in Caracas
MEETING_DAY = date(2026, 2, 20)


class Room:
    """An assembly of El Mirador convened for 20 February, and short ways of running it."""

    def __init__(self, cast: Cast, neighbours: int = 0, hour: str = "09:00") -> None:
        self.cast = cast
        self.neighbours = [self._register(number) for number in range(neighbours)]
        self.session = self.does(
            Convene(
                organ="cc.assembly",
                day=MEETING_DAY,
                hour=hour,
                place="Cancha techada",
                agenda=(AgendaRow(title="Tanque de agua"), AgendaRow(title="Alumbrado")),
            )
        ).id

    def _register(self, number: int) -> UUID:
        act = RegisterPerson(full_name=f"Vecina Número {number}", birth_day=date(1990, 1, 1))
        return perform(act, Actor(self.cast.secretary)).id

    def does(self, act: Act) -> Done:
        return perform(act, Actor(self.cast.secretary))

    def roll(self) -> list[UUID]:
        stands = queries.standing(self.session)
        assert stands.organ.roll is not None
        return sorted(territory.roll(self.cast.commune, MEETING_DAY, stands.organ.roll).entitled)

    def come(self, people: Sequence[UUID]) -> Done:
        """From the beginning; once a call counted who was there, just after it."""
        rows, stands = tuple(PresentRow(person=p) for p in people), queries.standing(self.session)
        hour = next((call.hour for call in reversed(stands.calls) if call.sitting == stands.sitting), None)
        return self.does(RecordAttendance(session=self.session, present=rows, hour=hour))

    def call(self, number: int, hour: str) -> Done:
        return self.does(MakeCall(session=self.session, number=number, hour=hour))

    def quorate(self) -> list[UUID]:
        """Everybody comes; the first call is enough."""
        people = self.roll()
        self.come(people)
        self.call(1, "09:05")
        return people

    def motion(self, **more: object) -> UUID:
        return self.does(
            PutMotion.model_validate(
                {"session": self.session, "item": 1, "text": "Comprar un tanque de 5.000 litros", **more}
            )
        ).id

    def count(self, motion: UUID, votes_for: int, against: int, abstain: int = 0) -> Done:
        one, two, *_ = sorted(queries.standing(self.session).here)
        hands = {"votes_for": votes_for, "against": against, "abstain": abstain}
        again = {f"{name}_two": count for name, count in hands.items()}
        act = {"motion": motion, "counter_one": one, "counter_two": two, **hands, **again}
        return self.does(RecordCount.model_validate(act))


def refused(room: Room, act: Act) -> Refused:
    with pytest.raises(Refused) as caught:
        room.does(act)
    return caught.value


def test_a_session_runs_from_the_convocation_to_witnessed_minutes(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion(responsible="cc.finance", due_on=date(2026, 4, 1))
        room.count(motion, len(people), 0)
        room.does(CloseSession(session=room.session, hour="11:00"))
    resolution = Resolution.objects.get()
    assert (resolution.number, resolution.year, resolution.responsible) == (1, 2026, "cc.finance")
    closure = queries.standing(room.session).closure
    assert closure is not None
    witness = queries.witness_of(closure)
    assert witness is not None
    assert witness.size == Record.objects.count() == Checkpoint.objects.latest("size").size


@pytest.mark.parametrize(("roll", "first", "second"), [(640, 192, 128), (403, 121, 81)])
def test_the_quorum_is_thirty_then_twenty_per_cent_of_the_roll_rounded_up(
    founded: Cast, roll: int, first: int, second: int
) -> None:
    """law: 30 % and 20 % of residents of 15 or more, with the worked numbers of 640 and 403 residents."""
    room = Room(founded, neighbours=roll - len(Room(founded, hour="08:00").roll()))
    people = room.roll()
    assert len(people) == roll
    with frozen_at(MEETING):
        room.come(people[: second - 1])
        room.call(1, "09:00")
        assert (one := queries.standing(room.session).calls[0]).needed == first
        assert (one.whole, one.reached) == (roll, False)
        room.come(people[second - 1 : second])
        room.call(2, "10:00")
    two = queries.standing(room.session).calls[1]
    assert (two.needed, two.present, two.reached) == (second, second, True)


def test_without_a_quorum_nothing_is_put_to_the_vote_and_the_article_is_said(founded: Cast) -> None:
    room = Room(founded, neighbours=20)
    with frozen_at(MEETING):
        room.come(room.roll()[:2])
        room.call(1, "09:00")
        said = refused(room, PutMotion(session=room.session, item=1, text="x"))
        assert said.rule == "assemblies.no-quorum"
        assert said.citation == queries.standing(room.session).calls[0].citation
        room.does(CloseSession(session=room.session, hour="10:00"))
    assert not queries.standing(room.session).closure.quorate  # type: ignore[union-attr]  # closed above


def test_the_statute_says_how_many_calls_there_are(founded: Cast) -> None:
    room = Room(founded, neighbours=20)
    with frozen_at(MEETING):
        room.come(room.roll()[:1])
        room.call(1, "09:00")
        room.call(2, "11:00")
        assert refused(room, MakeCall(session=room.session, number=3, hour="12:00")).rule == "assemblies.no-more-calls"


def test_the_second_call_waits_as_long_as_the_statute_says(founded: Cast) -> None:
    room = Room(founded, neighbours=20)
    with frozen_at(MEETING):
        room.come(room.roll()[:1])
        room.call(1, "09:00")
        assert queries.standing(room.session).organ.calls[1].minutes_after_previous == 30
        said = refused(room, MakeCall(session=room.session, number=2, hour="09:01"))
        assert said.rule == "assemblies.too-soon"
        assert "9:30" in str(said.words), "from when on"


def test_only_people_on_the_roll_of_that_day_sit_and_each_once(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        person, other = room.roll()[:2]
        for people, rule, field in (
            ([founded.stranger], "assemblies.not-on-roll", "present.0.person"),
            ([person, person], "assemblies.twice-on-sheet", "present.1.person"),
        ):
            said = refused(
                room, RecordAttendance(session=room.session, present=tuple(PresentRow(person=p) for p in people))
            )
            assert (said.rule, said.field) == (rule, field)
        room.come([person])
        again = RecordAttendance(session=room.session, present=(PresentRow(person=other), PresentRow(person=person)))
        assert refused(room, again).rule == "assemblies.already-present"
    assert Attendance.objects.count() == 1


def test_a_tie_does_not_pass_and_makes_no_resolution(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        room.quorate()
        room.count(room.motion(), 3, 3)
    assert not Resolution.objects.exists()


def test_no_more_hands_are_counted_than_people_are_present(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion()
        one, two = people[:2]
        act = RecordCount(motion=motion, votes_for=len(people), against=1, abstain=0, counter_one=one, counter_two=two)
        assert refused(room, act).rule == "assemblies.more-than-present"
        same = RecordCount(motion=motion, votes_for=1, against=0, abstain=0, counter_one=one, counter_two=one)
        assert refused(room, same).rule == "assemblies.two-count"


def test_what_was_typed_wrongly_is_taken_back_in_order_while_the_session_lasts(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        sheet = room.come(room.roll()).id
        call = room.call(1, "09:00").id
        assert refused(room, UndoAttendance(sheet=sheet)).rule == "assemblies.counted"
        motion = room.motion()
        tally = room.count(motion, 5, 0).id
        assert refused(room, UndoMotion(motion=motion)).rule == "assemblies.voted"
        assert refused(room, UndoCall(call=call)).rule == "assemblies.motion-put"
        for act in (
            UndoCount(tally=tally),
            UndoMotion(motion=motion),
            UndoCall(call=call),
            UndoAttendance(sheet=sheet),
        ):
            room.does(act)
    assert not (Motion.objects.exists() or Resolution.objects.exists() or Attendance.objects.exists())


def test_a_closed_session_changes_no_more(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion()
        assert refused(room, CloseSession(session=room.session, hour="11:00")).rule == "assemblies.uncounted"
        tally = room.count(motion, len(people), 0).id
        room.does(CloseSession(session=room.session, hour="11:00"))
        for act in (
            UndoCount(tally=tally),
            PutMotion(session=room.session, item=1, text="x"),
            AddAgendaItem(session=room.session, title="x"),
            CancelSession(session=room.session, reason="x"),
            CloseSession(session=room.session, hour="11:00"),
        ):
            assert refused(room, act).rule == "assemblies.closed"


def test_a_neighbour_without_a_seat_is_told_who_may_convene(founded: Cast) -> None:
    act = Convene(organ="cc.assembly", day=MEETING_DAY, hour="09:00", place="x", agenda=(AgendaRow(title="x"),))
    with pytest.raises(Refused) as said:
        founded.does(founded.neighbour, act)
    assert said.value.who


def test_notice_is_given_as_the_statute_asks_and_the_past_is_said_to_be_past(founded: Cast) -> None:
    def convene(day: date, *, from_paper: bool = False) -> Convene:
        agenda = (AgendaRow(title="x"),)
        return Convene(organ="cc.assembly", day=day, hour="09:00", place="x", agenda=agenda, from_paper=from_paper)

    for act, rule in (
        (convene(date(2026, 2, 9)), "assemblies.past"),
        (convene(date(2026, 3, 9), from_paper=True), "assemblies.not-yet"),
    ):
        with pytest.raises(Refused) as said:
            founded.does(founded.secretary, act)
        assert said.value.rule == rule
    founded.does(founded.secretary, convene(date(2026, 2, 9), from_paper=True))
    assert Session.objects.get().from_paper


def test_a_decision_is_followed_up_until_it_is_done(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(responsible="cc.finance", due_on=date(2026, 2, 25)), len(people), 0)
        resolution = Resolution.objects.get().id
    with frozen_at("2026-03-02T14:00:00Z"):
        assert queries.open_resolutions(founded.commune)[0].is_late(date(2026, 3, 2))
        room.does(FollowUpResolution(resolution=resolution, done=False, words="Falta el presupuesto"))
        room.does(FollowUpResolution(resolution=resolution, done=True, words="Instalado"))
    assert queries.open_resolutions(founded.commune) == []


def test_the_seat_that_answers_for_a_decision_says_what_became_of_it_and_no_other_of_its_kind_does(
    founded: Cast,
) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(responsible="cc.finance"), len(people), 0)
        room.count(room.motion(), len(people), 0)
    answered, free = Resolution.objects.order_by("number").values_list("id", flat=True)
    with frozen_at("2026-03-02T14:00:00Z"):
        report = FollowUpResolution(resolution=answered, done=False, words="Falta el presupuesto")
        founded.does(founded.signer, report)
        founded.does(founded.acting_signer, report)  # her term is over, what she answers for is not
        for person, resolution in ((founded.signer, free), (founded.comptroller, answered)):
            with pytest.raises(Refused) as said:
                founded.does(person, report.model_copy(update={"resolution": resolution}))
            assert said.value.rule == "mandates.other-seat"
            names = " ".join(str(one) for one in said.value.who)
            assert (founded.holding(founded.signer).name in names) == (resolution == answered)
        founded.does(founded.signer, Resign(mandate=founded.mandate(founded.signer)))
        with pytest.raises(Refused) as resigned:
            founded.does(founded.signer, report)
        assert resigned.value.rule == "mandates.resigned"


def test_in_an_organ_of_seats_the_alternate_sits_only_for_an_absent_principal(founded: Cast) -> None:
    agenda = (AgendaRow(title="Cuentas"),)
    with frozen_at(NOW):
        session = founded.does(
            founded.signer,
            Convene(organ="cc.unit.finance", day=TODAY, hour="09:00", place="Sede", agenda=agenda),
        ).id
        act = RecordAttendance(session=session, present=(PresentRow(person=founded.signer),))
        founded.does(founded.signer, act)
    row = Attendance.objects.get()
    assert (row.seat, row.stands_in) == ("cc.finance", False)


def test_a_session_is_read_in_a_bounded_number_of_statements(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        for _ in range(3):
            room.count(room.motion(), len(people), 0)
        with CaptureQueriesContext(connection) as few:
            queries.standing(room.session)
            queries.items(room.session)
    assert len(few) <= 19


def test_a_session_is_not_older_than_the_books(founded: Cast) -> None:
    room = Room(founded)
    act = Convene(
        organ="cc.assembly",
        day=date(1900, 1, 1),
        hour="09:00",
        place="Cancha",
        agenda=(AgendaRow(title="Nada"),),
        from_paper=True,
    )
    assert refused(room, act).rule == "assemblies.before-the-books"


def test_nobody_is_present_before_the_day_comes(founded: Cast) -> None:
    room = Room(founded)
    act = RecordAttendance(session=room.session, present=(PresentRow(person=room.roll()[0]),))
    assert refused(room, act).rule == "assemblies.not-yet"


def test_a_late_sheet_stays_once_something_was_voted(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        *early, late = room.roll()
        room.come(early)
        room.call(1, "09:05")
        sheet = room.come([late]).id
        motion = room.motion()
        room.count(motion, len(early) + 1, 0)
        assert refused(room, UndoAttendance(sheet=sheet)).rule == "assemblies.voted-since"


def test_no_hour_is_recorded_before_it_has_come(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at("2026-02-20T13:30:00Z"):  # half past nine in Caracas
        people = room.roll()
        room.come(people)
        assert refused(room, MakeCall(session=room.session, number=1, hour="09:50")).rule == "assemblies.hour-ahead"
        room.call(1, "09:40")
        assert refused(room, CloseSession(session=room.session, hour="12:00")).rule == "assemblies.hour-ahead"
        room.does(CloseSession(session=room.session, hour="09:40"))
        paper = Convene(
            organ="cc.assembly",
            day=MEETING_DAY,
            hour="11:00",
            place="Cancha",
            agenda=(AgendaRow(title="Agua"),),
            from_paper=True,
        )
        assert refused(room, paper).rule == "assemblies.hour-ahead"


def test_nobody_is_struck_from_the_books_who_sat_in_a_session(founded: Cast) -> None:
    room = Room(founded, neighbours=2)
    one, other = room.neighbours
    with frozen_at(MEETING):
        sheet = room.come([one]).id
        assert refused(room, StrikePerson(person=one)).rule == "territory.person-relied-on"
        room.does(StrikePerson(person=other))
        room.does(UndoAttendance(sheet=sheet))
        room.does(StrikePerson(person=one))
