"""What went otherwise than planned: two recalls, one of a member who voted against her council; a contested quorum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from comuna.assemblies.acts import UndoAttendance, UndoCall
from comuna.cli.sample.commune.councils import CouncilLife
from comuna.cli.sample.commune.life import Life
from comuna.cli.sample.commune.matters import about
from comuna.cli.sample.commune.meeting import Meeting
from comuna.cli.sample.matters import RECALL_ASKED, RECALL_DEFENCE, RECALL_FOUND, TODAY
from comuna.elections.acts import AskRecall, DecideRecall, PetitionRecall, RecordSignatures, ReportRecall
from comuna.elections.acts.signing import SignerRow

AGAINST_ASKED = (
    "En el Parlamento votó en contra de lo que nuestra asamblea había decidido por amplia mayoría, y no lo explicó en"
    " la asamblea siguiente."
)
AGAINST_FOUND = "El acta del Parlamento y la de nuestra asamblea dicen cosas distintas. Se oyó a nueve personas."
AGAINST_DEFENCE = (
    "Dice que ese día se presentaron cifras nuevas, que llamó a la secretaría y no la encontró, y que debió avisar."
)
MINUTES_AGO = 45  # today's session was convened for that long ago


@dataclass
class Recall:
    """One recall from the request to the vote of an assembly. ``kind`` is a seat's, without its council."""

    council: CouncilLife
    kind: str
    number: int
    votes: tuple[int, int]  # for and against, in hundredths of those present
    petition: UUID | None = None

    def planned(self, assembly: Meeting, *, signed: bool) -> None:
        """Asked for 24 days before an assembly, by neighbours with signatures or by the comptroller unit."""
        life = self.council.life
        assembly.first, assembly.second = 40, 0
        assembly.business = (*assembly.business, ("Revocatoria de una vocería", self._decide))
        life.at(assembly.day - timedelta(days=24), "19:30", self._petition if signed else self._ask)
        if signed:
            life.at(assembly.day - timedelta(days=20), "19:40", self._sign)
        life.at(assembly.day - timedelta(days=9), "20:15", self._report_signed if signed else self._report)

    @property
    def life(self) -> Life:
        return self.council.life

    @property
    def seat(self) -> tuple[str, int]:
        return self.council.seat(self.kind), self.number

    def _ask(self) -> None:
        held = self.life.principals[self.seat]
        comptroller = self.life.keeper(self.council.seat("cc.comptroller"))
        act = AskRecall(mandate=held.mandate, ground="no-account", words=RECALL_ASKED)
        self.petition = self.life.do(comptroller, act).id

    def _petition(self) -> None:
        held = self.life.principals[self.seat]
        (neighbour,) = self.life.next_standing(self.council.council, 1)
        self.life.opens_account(neighbour)
        act = PetitionRecall(mandate=held.mandate, ground="against-decisions", words=AGAINST_ASKED)
        self.petition = self.life.do(neighbour, act).id

    def _sign(self) -> None:
        assert self.petition
        roll = self.council.council.roll
        signed = tuple(SignerRow(person=person) for person in self.life.random.sample(roll, len(roll) * 13 // 100))
        self.life.do(self.council.commissioner(), RecordSignatures(petition=self.petition, signed=signed))

    def _report(self) -> None:
        """The comptroller unit asked, so the secretary reports."""
        assert self.petition
        act = ReportRecall(petition=self.petition, words=RECALL_FOUND, defence=RECALL_DEFENCE)
        self.life.do(self.council.secretary(), act)

    def _report_signed(self) -> None:
        assert self.petition
        act = ReportRecall(petition=self.petition, words=AGAINST_FOUND, defence=AGAINST_DEFENCE)
        self.life.do(self.life.keeper(self.council.seat("cc.comptroller")), act)

    def _decide(self, meeting: Meeting, _item: int) -> None:
        assert self.petition
        person, present = self.life.principals[self.seat].person, len(meeting.here)
        votes_for, against = (present * share // 100 for share in self.votes)
        one, two = meeting.counters(about=[person])
        act = DecideRecall(
            petition=self.petition,
            session=meeting.session,
            votes_for=votes_for,
            against=against,
            abstain=present - votes_for - against,
            counter_one=one,
            counter_two=two,
        )
        done = self.life.do(self.council.commissioner(), act)
        if votes_for * 2 > present:
            self.life.steps_in(*self.seat, done.id)


@dataclass
class Disputed(Meeting):
    """At the second call people were counted who had gone home: the call and its sheet are taken back, those who are
    still there are written down again, and they are too few."""

    def open_again(self) -> None:
        before = list(self.here)
        self.come(23)
        assert self.call(2), "the quorum that is contested"
        came = [person for person in self.here if person not in before]
        self.life.do(self.keeper(), UndoCall(call=self.calls.pop()))
        self.life.do(self.keeper(), UndoAttendance(sheet=self.sheets.pop()))
        self.here = before
        self.come_these(came[: len(came) // 3])
        assert not self.call(2), "those who stayed are too few"
        self.then(55, self.close)


def disputed(council: CouncilLife, after: Meeting, following: Meeting) -> Disputed:
    """An extraordinary assembly between two others, and what the next one said of it."""
    following.matters = (*about("disputed"), *following.matters)
    following.first, following.second = 40, 0
    return Disputed(
        council.life,
        council.seat("cc.assembly"),
        council.life.weekend(after.day + timedelta(days=20)),
        "16:00",
        council.place,
        council.secretary,
        council=council.council,
        everybody=True,
        matters=(replace(about("disputed")[0], title="Reglamento de la cancha", motion="Aprobar el reglamento."),),
        first=12,
    )


def today(council: CouncilLife, keeper: Callable[[], UUID]) -> Meeting:
    """Convened for today; the first call is past and was not enough."""
    life = council.life
    begun = life.until.astimezone(life.zone) - timedelta(minutes=MINUTES_AGO)
    hour = f"{begun:%H:%M}" if begun.date() == life.today else "00:00"
    return Meeting(
        life,
        council.seat("cc.assembly"),
        life.today,
        hour,
        council.place,
        keeper,
        council=council.council,
        everybody=True,
        business=tuple((title, lambda _meeting, _item: None) for title in TODAY),
        first=24,
        waits=True,
    )
