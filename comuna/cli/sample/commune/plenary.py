"""A session of the parliament: a question that the councils have decided on before, voted by name, and a task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from comuna.assemblies.acts import Instruct, RecordNames
from comuna.assemblies.acts.by_name import SeatVoteRow, Vote
from comuna.assemblies.acts.instructing import InstructedVote
from comuna.cli.sample.commune.life import Life
from comuna.cli.sample.commune.matters import Matter
from comuna.cli.sample.commune.meeting import PARLIAMENT, Business, Meeting
from comuna.cli.sample.commune.people import Council

CONVENED_BEFORE = 26  # days: the councils meet in between
PLACE = "Casa de la comuna"


@dataclass
class Plenary:
    """One first Saturday. ``against_it`` is the council whose member votes otherwise than it decided."""

    life: Life
    day: date
    question: Matter
    task: Matter
    against_it: Council | None = None
    further: tuple[tuple[str, Business], ...] = ()
    attendance: int = 88
    meeting: Meeting | None = None
    instructed: dict[str, Vote] = field(default_factory=dict)  # seat kind to vote

    def planned(self, keeper: Callable[[], UUID], days_before: int = CONVENED_BEFORE) -> None:
        self.meeting = Meeting(
            self.life,
            PARLIAMENT,
            self.day,
            "09:00",
            PLACE,
            keeper,
            matters=(),
            business=((self.question.title, self._by_name), (self.task.title, self._task), *self.further),
            first=self.attendance,
        ).convened(days_before)

    def asked_in(self, council: Council, by: Callable[[], UUID]) -> tuple[str, Business]:
        """An item of a council's assembly: how its spokesperson votes here."""
        return f"Punto del Parlamento: {self.question.title}", lambda meeting, item: self._ask(
            meeting, item, council, by
        )

    def _ask(self, meeting: Meeting, item: int, council: Council, by: Callable[[], UUID]) -> None:
        plenary = self.meeting
        if plenary is None or not hasattr(plenary, "session"):
            return
        is_against = self.life.random.random() < 0.18 and self.against_it is not council
        way = "en contra de" if is_against else "a favor de"
        words = f"Que nuestra vocería en el Parlamento vote {way}: «{self.question.motion}»"
        motion = meeting.vote(item, Matter(self.question.title, words, in_favour=self.life.random.randrange(58, 92)))
        if motion is not None:
            vote = InstructedVote.AGAINST if is_against else InstructedVote.FOR
            self.life.do(by(), Instruct(motion=motion, item=plenary.item(1), vote=vote))
            self.instructed[f"pc.council@{council.slug}"] = Vote(vote.value)

    def _by_name(self, meeting: Meeting, item: int) -> None:
        motion = meeting.put(item, self.question)
        rows = tuple(SeatVoteRow(seat=kind, number=number, vote=self._vote(kind)) for kind, number in meeting.seated)
        one, two = meeting.counters()
        act = RecordNames(motion=motion, votes=rows, counter_one=one, counter_two=two)
        meeting.follow(motion, self.life.do(meeting.keeper(), act).id, self.question)

    def _vote(self, kind: str) -> Vote:
        told = self.instructed.get(kind)
        if told is None:
            return self.life.random.choices((Vote.FOR, Vote.AGAINST, Vote.ABSTAIN), (84, 10, 6))[0]
        is_contrary = self.against_it is not None and kind == f"pc.council@{self.against_it.slug}"
        return Vote.AGAINST if is_contrary else told

    def _task(self, meeting: Meeting, item: int) -> None:
        meeting.vote(item, self.task)
