"""How a session of the sample goes: who comes, the calls, the hands, the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    FollowUpResolution,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
    UndoCount,
    WriteNote,
)
from comuna.assemblies.models import Resolution
from comuna.assemblies.rules import Sitter
from comuna.cli.sample.matters import Matter
from comuna.cli.sample.said import said
from comuna.cli.sample.year import Year, does

APPROVES = "Aprobar las cuentas"  # with which a motion that approves accounts begins
PLACE = "Cancha techada"


@dataclass
class Sitting:
    """One session. ``first`` and ``second`` are the shares of the roll that are there at each call, in hundredths."""

    year: Year
    keeper: Callable[[], UUID]  # who keeps the minutes that day
    day: date
    hour: str = "09:00"
    organ: str = "cc.assembly"
    place: str = PLACE
    matters: Sequence[Matter] = ()
    further_items: Sequence[str] = ()
    first: int = 34
    second: int = 0
    mistyped: bool = False  # one count is typed wrongly and taken back
    typed_after: int = 0  # days; the session was held on paper and is recorded later
    waits: bool = False  # it is going on: nothing after the first call has happened yet
    business: Sequence[Callable[[Sitting], None]] = ()  # elections and recalls, after the motions
    called_off: bool = False
    session: UUID = field(init=False)

    def convened(self, days_before: int) -> Sitting:
        """Convened that many days before; everything else follows on its day."""
        if self.typed_after:
            self.year.at(self._recorded, "17:00", self._convene)
        else:
            self.year.at(self.day - timedelta(days=days_before), "18:30", self._convene)
        return self

    @property
    def _recorded(self) -> date:
        return self.day + timedelta(days=self.typed_after)

    def _convene(self) -> None:
        titles = [matter.title for matter in self.matters] + list(self.further_items)
        act = Convene(
            organ=self.organ,
            day=self.day,
            hour=self.hour,
            place=self.place,
            agenda=tuple(AgendaRow(title=title) for title in titles),
            from_paper=bool(self.typed_after),
        )
        self.session = does(self.keeper(), act).id
        self._next(4, self._first_call)

    def _next(self, minutes: int, happening: Callable[[], None]) -> None:
        """That many minutes after the session's hour; typed the same evening where it was on paper."""
        hour = later("17:00", minutes) if self.typed_after else later(self.hour, minutes)
        self.year.at(self._recorded, hour, happening)

    # Calls

    def _first_call(self) -> None:
        if self.called_off:
            return
        self._come(self.first)
        self._call(1, later(self.hour, 5))
        if self.waits:
            return
        if self.quorate:
            self._next(15, self._decide)
        else:
            self._next(40, self._second_call)

    def _second_call(self) -> None:
        if self.second > self.first:
            self._come(self.second)
        if len(queries.standing(self.session).organ.calls) > 1:
            self._call(2, later(self.hour, 41))
        if self.quorate:
            self._next(50, self._decide)
        else:
            self._next(55, self._close)

    def _come(self, percent: int) -> None:
        """More people until that share of those entitled is there; whoever keeps the minutes is among them."""
        stands = queries.standing(self.session)
        rights = queries.entitled(self.year.people.commune, stands.organ, stands.statute, self.day)
        keeper = self.keeper()
        if rights.sitters:
            came = self._seated(rights.sitters, percent)
        else:
            here = queries.present_people(self.session)
            wanted = -(-len(rights.people) * percent // 100) - len(here)
            absent = sorted(rights.people - here)
            came = self.year.random.sample(absent, max(1, min(wanted, len(absent))))
            if keeper in absent and keeper not in came:
                came[0] = keeper
        rows = tuple(PresentRow(person=person) for person in came)
        hour = later(self.hour, 38) if stands.calls else None
        does(keeper, RecordAttendance(session=self.session, present=rows, hour=hour))

    def _seated(self, sitters: Sequence[Sitter], percent: int) -> list[UUID]:
        """That share of the principals; for some of the others their alternates."""
        chance = self.year.random.random
        came: list[UUID] = []
        alternates = {(one.kind, one.number): one.person for one in sitters if one.is_alternate}
        for one in sitters:
            if one.is_alternate:
                continue
            stands_in = alternates.get((one.kind, one.number))
            if 100 * chance() < percent or one.person == self.keeper():
                came.append(one.person)
            elif stands_in is not None and chance() < 0.5:
                came.append(stands_in)
        return list(dict.fromkeys(came))

    def _call(self, number: int, hour: str) -> None:
        does(self.keeper(), MakeCall(session=self.session, number=number, hour=hour))

    @property
    def quorate(self) -> bool:
        return queries.standing(self.session).quorate is not None

    # Deciding

    def _decide(self) -> None:
        self._note()
        for place, matter in enumerate(self.matters, start=1):
            self._vote(place, matter)
        for step in self.business:
            step(self)
        self._next(130, self._close)

    def _note(self) -> None:
        """What was said under the first item, before its vote."""
        if self.organ != "cc.assembly":
            return
        hour = later(self.hour, 12 if len(queries.standing(self.session).calls) == 1 else 45)
        seat = self.matters[0].responsible if self.matters else ""
        words = said(self.year.speaking)
        does(self.keeper(), WriteNote(session=self.session, item=1, words=words, hour=hour, seat=seat or None))

    def _vote(self, item: int, matter: Matter) -> None:
        keeper = self.keeper()
        due = self.day + timedelta(days=matter.due_days) if matter.due_days else None
        put = PutMotion(
            session=self.session,
            item=item,
            text=matter.motion,
            responsible=matter.responsible or None,
            due_on=due,
            approves=matter.motion.startswith(APPROVES),
        )
        motion = does(keeper, put).id
        present = sorted(queries.present_people(self.session))
        votes_for = len(present) * matter.for_percent // 100
        against = (
            votes_for if matter.for_percent == matter.against_percent else len(present) * matter.against_percent // 100
        )
        one, two = self.year.random.sample(present, 2)
        count = RecordCount(
            motion=motion,
            votes_for=votes_for,
            against=against,
            abstain=len(present) - votes_for - against,
            counter_one=one,
            votes_for_two=votes_for,
            against_two=against,
            abstain_two=len(present) - votes_for - against,
            counter_two=two,
        )
        if self.mistyped and item == 1:
            wrong = count.model_copy(update=_nine_fewer(count))
            does(keeper, UndoCount(tally=does(keeper, wrong).id))
        does(keeper, count)
        decided = Resolution.objects.filter(motion_id=motion).first()
        if decided is not None:
            self._follow(decided.id, matter)

    def _follow(self, decision: UUID, matter: Matter) -> None:
        """What is said of it later."""

        def say(done: bool, words: str) -> Callable[[], None]:
            act = FollowUpResolution(resolution=decision, done=done, words=words)
            return lambda: _said(self.keeper(), act)

        if matter.not_yet:
            self.year.at(self.day + timedelta(days=matter.due_days + 3), "19:10", say(False, matter.not_yet))
        if matter.done_after:
            self.year.at(self.day + timedelta(days=matter.done_after), "19:20", say(True, matter.done_words))

    def _close(self) -> None:
        keeper = self.keeper()
        here = queries.present_people(self.session)
        chair = keeper if keeper in here else min(here)
        minutes = 120 if self.quorate else 50
        does(keeper, CloseSession(session=self.session, hour=later(self.hour, minutes), chaired_by=chair))


def _nine_fewer(count: RecordCount) -> dict[str, int]:
    """What both are written down to have counted, when the typist slipped."""
    one, other = count.votes_for - 9, count.abstain + 9
    return {"votes_for": one, "votes_for_two": one, "abstain": other, "abstain_two": other}


def _said(keeper: UUID, act: FollowUpResolution) -> None:
    does(keeper, act)


def later(hour: str, minutes: int) -> str:
    """``09:05`` five minutes after nine; never past the day's end."""
    hours, begun = hour.split(":")
    total = min(int(hours) * 60 + int(begun) + minutes, 23 * 60 + 59)
    return f"{total // 60:02d}:{total % 60:02d}"


__all__ = ["PLACE", "Sitting", "later"]
