"""How a session of the sample commune goes: who comes, the calls, the votes, the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from comuna.acts.act import row_key
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
    RecordPapers,
    WriteNote,
)
from comuna.assemblies.models import Call, Resolution
from comuna.cli.sample.commune.life import Life, Seat
from comuna.cli.sample.commune.matters import Matter
from comuna.cli.sample.commune.people import Council
from comuna.cli.sample.said import said
from comuna.cli.sample.sitting import later
from comuna.elections.acts import BallotForm, CandidateRow, RecordElection
from comuna.journal.compiled import Compiled
from comuna.statutes.statute import Ballot

_REACHED = Compiled[bool](lambda call: Call.objects.filter(pk=call).values_list("reached", flat=True), UUID)
_RESOLUTION = Compiled[Resolution](lambda key: Resolution.objects.filter(pk=key), UUID)

Business = Callable[["Meeting", int], None]  # with the number of the item


PARLIAMENT = "pc.parliament"
ACCOUNTS = "Cuentas"  # with which an item begins under which accounts are approved
LATE = 38  # minutes after the session's hour at which those come who make the second call's quorum


@dataclass
class Meeting:
    """One session. ``first`` and ``second`` are shares, in hundredths, of those who may sit, at each call."""

    life: Life
    organ: str
    day: date
    hour: str
    place: str
    keeper: Callable[[], UUID]
    council: Council | None = None  # whose people come where everybody sits in an assembly of a council
    everybody: bool = False
    matters: Sequence[Matter] = ()
    business: Sequence[tuple[str, Business]] = ()  # further items, each with what is done under it
    first: int = 36
    second: int = 0
    secret: bool = False  # the last motion is voted on paper
    waits: bool = False  # it goes on now: nothing after the first call has happened yet
    session: UUID = field(init=False)
    quorate: bool = field(init=False, default=False)
    here: list[UUID] = field(init=False, default_factory=list)
    seated: dict[Seat, UUID] = field(init=False, default_factory=dict)  # in an organ of seats
    sheets: list[UUID] = field(init=False, default_factory=list)
    calls: list[UUID] = field(init=False, default_factory=list)
    decided: list[UUID] = field(init=False, default_factory=list)  # motions that passed

    def convened(self, days_before: int) -> Meeting:
        self.life.at(self.day - timedelta(days=days_before), "18:30", self.convene)
        return self

    def convene(self) -> None:
        titles = [matter.title for matter in self.matters] + [title for title, _ in self.business]
        act = Convene(
            organ=self.organ,
            day=self.day,
            hour=self.hour,
            place=self.place,
            agenda=tuple(AgendaRow(title=title) for title in titles),
        )
        self.session = self.life.do(self.keeper(), act).id
        self.then(5, self.open)

    def then(self, minutes: int, happening: Callable[[], None]) -> None:
        """That many minutes after the session's hour."""
        self.life.at(self.day, later(self.hour, minutes), happening)

    def item(self, number: int) -> UUID:
        return row_key(self.session, "item", number)

    # Who comes

    def open(self) -> None:
        self.come(self.first)
        if self.call(1):
            self.then(20, self.decide)
        elif not self.waits:
            self.then(40, self.open_again)

    def open_again(self) -> None:
        if self.second > self.first:
            self.come(self.second)
        if self.everybody and self.call(2):
            self.then(50, self.decide)
        else:
            self.then(55, self.close)

    def come(self, percent: int) -> None:
        """More people until that share is there; whoever keeps the minutes first."""
        came = self.neighbours(percent) if self.everybody else self.members(percent)
        self.come_these(came)

    def come_these(self, came: Sequence[UUID]) -> None:
        rows = tuple(PresentRow(person=person) for person in came)
        hour = later(self.hour, LATE) if self.calls else None
        act = RecordAttendance(session=self.session, present=rows, hour=hour)
        self.sheets.append(self.life.do(self.keeper(), act).id)
        self.here += came

    def neighbours(self, percent: int) -> list[UUID]:
        councils = [self.council] if self.council else self.life.councils
        keeper, here = self.keeper(), set(self.here)
        came: list[UUID] = []
        for one in councils:
            absent = [person for person in one.roll if person not in here]
            wanted = len(one.roll) * percent // 100 - (len(one.roll) - len(absent))
            came += self.life.random.sample(absent, max(1, wanted))
            if keeper in absent and keeper not in came:
                came[-1] = keeper
        return came

    def members(self, percent: int) -> list[UUID]:
        """That share of the principals; for some of the others their alternates."""
        chance, keeper = self.life.random.random, self.keeper()
        for kind in self.life.seat_kinds(self.organ):
            for number in range(1, kind.count + 1):
                seat = (kind.id, number)
                principal, alternate = self.life.principals.get(seat), self.life.alternates.get(seat)
                if principal and (100 * chance() < percent or principal.person == keeper):
                    self.seated[seat] = principal.person
                elif alternate and chance() < 0.6:
                    self.seated[seat] = alternate.person
        return list(dict.fromkeys(self.seated.values()))

    def call(self, number: int) -> bool:
        """Whether the quorum is there."""
        hour = later(self.hour, 5 if number == 1 else 41)
        act = MakeCall(session=self.session, number=number, hour=hour)
        self.calls.append(self.life.do(self.keeper(), act).id)
        self.quorate = bool(_REACHED.first(self.calls[-1]))
        return self.quorate

    # Deciding

    def decide(self) -> None:
        if self.everybody or self.organ == PARLIAMENT:
            self.note()
        for number, matter in enumerate(self.matters, start=1):
            self.vote(number, matter, secret=self.secret and number == len(self.matters))
        for number, (_title, step) in enumerate(self.business, start=len(self.matters) + 1):
            step(self, number)
        self.then(125, self.close)

    def note(self) -> None:
        """What was said under the first item, before its vote."""
        seat = self.matters[0].who if self.matters else ""
        hour = later(self.hour, 15 if len(self.calls) == 1 else LATE + 7)
        words = said(self.life.speaking)
        self.life.says(
            self.keeper(), WriteNote(session=self.session, item=1, words=words, hour=hour, seat=seat or None)
        )

    def put(self, number: int, matter: Matter) -> UUID:
        due = self.day + timedelta(days=matter.days) if matter.days else None
        act = PutMotion(
            session=self.session,
            item=number,
            text=matter.motion,
            responsible=matter.who or None,
            due_on=due,
            approves=matter.title.startswith(ACCOUNTS),
        )
        return self.life.do(self.keeper(), act).id

    def vote(self, number: int, matter: Matter, *, secret: bool = False) -> UUID | None:
        """The motion if it passed. Where everybody sits hands are counted, or papers."""
        motion = self.put(number, matter)
        present = len(self.here)
        votes_for, against = present * matter.in_favour // 100, present * matter.against // 100
        one, two = self.counters()
        if secret:
            spoiled = min(2, present - votes_for - against)
            papers = RecordPapers(
                motion=motion,
                issued=present,
                votes_for=votes_for,
                against=against,
                blank=present - votes_for - against - spoiled,
                spoiled=spoiled,
                returned=0,
                counter_one=one,
                counter_two=two,
            )
            tally = self.life.do(self.keeper(), papers).id
        else:
            count = RecordCount(
                motion=motion,
                votes_for=votes_for,
                against=against,
                abstain=present - votes_for - against,
                counter_one=one,
                votes_for_two=votes_for,
                against_two=against,
                abstain_two=present - votes_for - against,
                counter_two=two,
            )
            tally = self.life.do(self.keeper(), count).id
        return self.follow(motion, tally, matter)

    def follow(self, motion: UUID, tally: UUID, matter: Matter) -> UUID | None:
        """What is said of it later, where it passed."""
        resolution = row_key(tally, "resolution")
        if not _RESOLUTION.exists(resolution):
            return None
        self.decided.append(motion)
        is_late = bool(matter.late) and self.life.random.random() < 0.5
        after = matter.days + (self.life.random.randrange(4, 30) if is_late else -self.life.random.randrange(2, 6))
        if matter.days and is_late:
            self._say(matter.days + 3, resolution, False, matter.late)
        if matter.done and self.life.random.random() < 0.8:
            self._say(max(3, after), resolution, True, matter.done)
        return motion

    def _say(self, days: int, resolution: UUID, done: bool, words: str) -> None:
        act = FollowUpResolution(resolution=resolution, done=done, words=words)
        self.life.at(self.day + timedelta(days=days), "19:20", lambda: self._said(act))

    def _said(self, act: FollowUpResolution) -> None:
        self.life.do(self.keeper(), act)

    def counters(self, *, about: Sequence[UUID] = ()) -> tuple[UUID, UUID]:
        """Two who are there, whom the vote is not about."""
        one, two = self.life.random.sample([person for person in self.here if person not in about], 2)
        return one, two

    # Electing

    def elects(self, kind: str, standing: Sequence[UUID], by: UUID, *, hands: bool = False) -> list[UUID]:
        """The most voted of these take the seats of a kind; whom it seated."""
        life, seat = self.life, self.life.statute(self.day).seat(kind)
        present, by_hands = len(self.here), hands or seat.ballot is Ballot.HANDS
        is_small = present < 20
        spoiled, returned = (0, 0) if by_hands or is_small else (life.random.randrange(3), life.random.randrange(2))
        voters = present - spoiled - returned
        marks = min(seat.count, len(standing))
        votes = self._votes(len(standing), voters, marks)
        rows = tuple(
            CandidateRow(person=person, votes=number, public_name=life.names[person])
            for person, number in zip(standing, votes, strict=True)
        )
        one, two = self.counters(about=standing)
        act = RecordElection(
            session=self.session,
            kind=kind,
            ballot=BallotForm.HANDS if by_hands else BallotForm.SECRET,
            candidates=rows,
            marks=marks,
            counter_one=one,
            counter_two=two,
            issued=None if by_hands else present,
            counted=None if by_hands else voters,
            spoiled=None if by_hands else spoiled,
            returned=None if by_hands else returned,
        )
        return life.note_seats(life.do(by, act).id)

    def _votes(self, standing: int, voters: int, marks: int) -> list[int]:
        """Falling, no two alike, and no more than the voters can give: in small organs each names as many as fit."""
        whole, most = voters * marks, voters
        if whole * 2 < standing * (standing + 1):
            raise ValueError(f"{voters} voters with {marks} names cannot tell {standing} apart")
        weights = [standing + 2 - place for place in range(standing)]
        votes = [min(most - place, whole * weight // sum(weights)) for place, weight in enumerate(weights)]
        for place, (above, below) in enumerate(pairwise(votes), start=1):
            if below >= above:
                votes[place] = votes[place - 1] - 1
        return votes

    def close(self) -> None:
        minutes = 120 if self.quorate else 50
        keeper = self.keeper()
        chair = keeper if keeper in self.here else min(self.here)
        self.life.do(keeper, CloseSession(session=self.session, hour=later(self.hour, minutes), chaired_by=chair))
