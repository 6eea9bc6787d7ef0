"""Recording a step of a process, with the counts of a vote where it is one; and taking a step back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicLine, PublicText, Row, Slug, StatuteLine, To
from comuna.acts.reading import read_one
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies.models import Session
from comuna.mandates import queries as mandates
from comuna.mandates.own import own_seat
from comuna.processes import queries, rules
from comuna.processes.acts.counting import counted, fitting_session, process_here
from comuna.processes.models import PollCount, ProcessRun, StepDone
from comuna.processes.queries import Standing, StepStanding
from comuna.processes.rules import Stage
from comuna.statutes import queries as statutes
from comuna.statutes.processes import ProcessStep
from comuna.statutes.statute import in_books


class PollRow(Row):
    """Ballot papers of one polling place."""

    council: Annotated[Slug | None, Label(_("Council"), help=_("Empty where there is one polling place for all"))] = (
        None
    )
    issued: Annotated[Count, Label(_("Papers handed out"))]
    votes_for: Annotated[Count, Label(_("Votes in favour"))]
    against: Annotated[Count, Label(_("Votes against"))]
    blank: Annotated[Count, Label(_("Blank"))]
    spoiled: Annotated[Count, Label(_("Spoiled"))]


class RecordStep(Act):
    """Write down that a step was done, on which day, and on what that rests: a paper, or a session that had its quorum.
    Of a vote also the papers of each polling place; its roll is that of the books, and whether enough took part and
    approved is worked out by the statute."""

    verb = "processes.record_step"
    power = Power.SEAT
    label = _("Record a step")
    said = _("{seat} recorded a step: {name}")
    undo = "processes.undo_step"
    deadline = True

    run: Annotated[Id, To(ProcessRun), Label(_("Process"))]
    step: Annotated[Slug, Label(_("Step"))]
    day: Annotated[Day, Label(_("Done on"))]
    session: Annotated[Id | None, To(Session), Label(_("In which session"))] = None
    words: Annotated[
        PublicText | None,
        Label(_("On what paper it stands, and what there is to say"), help=_("Everybody can read it: no names")),
    ] = None
    roll: Annotated[
        Count | None, Label(_("People on the roll"), help=_("Empty: as many as on the books' roll of that day"))
    ] = None
    roll_reason: Annotated[
        PublicLine | None, Label(_("Why another roll than the books'"), help=_("Everybody can read it: no names"))
    ] = None
    polls: Annotated[tuple[PollRow, ...], Label(_("Polling places"))] = ()

    class Facts(ActFacts):
        name: StatuteLine
        mandate: Id
        due_on: Day
        late: Flag
        counted_roll: Count | None = None
        books_roll: Count | None = None
        issued: Count | None = None
        votes_for: Count | None = None
        against: Count | None = None
        blank: Count | None = None
        spoiled: Count | None = None
        turnout: Count | None = None
        needed: Count | None = None
        reached: Flag | None = None
        passed: Flag | None = None

    def in_council(self) -> str | None:
        return queries.council_of_run(self.run)

    def check(self, world: World) -> Facts:
        stands = open_process(world, self.run)
        found = _step_of(stands, self.step)
        step, source = found.step, found.step.rule.source
        mandate = recording_seat(world, self.verb, step)
        refuse_if(
            found.done is not None,
            "processes.done-already",
            _("This step is recorded already; whoever recorded it wrongly takes it back first."),
            citation=source,
            field="step",
        )
        self._refuse_out_of_order(stands, step)
        self._refuse_day(world, stands, step)
        fitting_session(world, self.session, self.day, stands.run.council, step)
        refuse_if(
            self.session is None and not self.words,
            "processes.no-ground",
            _("Say in which session it was done, or on what paper it stands."),
            citation=source,
            field="words",
        )
        figures = counted(world, step, self, stands.run.council)
        return self.Facts(
            name=in_books(step.name), mandate=mandate, due_on=found.due_on, late=self.day > found.due_on, **figures
        )

    def _refuse_out_of_order(self, stands: Standing, step: ProcessStep) -> None:
        missing = rules.missing(step, stands.done)
        refuse_if(
            missing,
            "processes.out-of-order",
            str(_("First comes: {steps}.")).format(steps=", ".join(_names(stands, missing))),
            citation=step.rule.source,
            field="step",
        )
        lost = [id for id in step.after if (found := stands.find(id)) and found.stage is Stage.LOST]
        refuse_if(
            lost,
            "processes.not-approved",
            str(_("This was not approved, so nothing follows from it: {steps}.")).format(
                steps=", ".join(_names(stands, lost))
            ),
            citation=step.rule.source,
            field="step",
        )

    def _refuse_day(self, world: World, stands: Standing, step: ProcessStep) -> None:
        source = step.rule.source
        refuse_if(
            self.day > world.day, "processes.future", _("This day is still to come."), citation=source, field="day"
        )
        first = rules.first_day(step, stands.run.day, stands.done)
        refuse_if(
            self.day < first,
            "processes.too-early",
            str(_("This step can be done from {day} on.")).format(day=f"{first:%d/%m/%Y}"),
            citation=source,
            field="day",
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        part = Cite(self.run, GroundRole.PART_OF)
        return (part, Cite(self.session, GroundRole.DECIDED_BY)) if self.session else (part,)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(
            StepDone,
            run_id=self.run,
            step=self.step,
            day=self.day,
            due_on=facts.due_on,
            session=self.session,
            mandate=facts.mandate,
            words=self.words or "",
            roll=facts.counted_roll if facts.counted_roll is not None else self.roll,
            books_roll=facts.books_roll,
            roll_reason=self.roll_reason or "",
            issued=facts.issued,
            votes_for=facts.votes_for,
            against=facts.against,
            blank=facts.blank,
            spoiled=facts.spoiled,
            turnout=facts.turnout,
            needed=facts.needed,
            reached=facts.reached,
            passed=facts.passed,
        )
        record.create_many(
            PollCount,
            [
                {
                    "id": record.key("poll", number),
                    "step_id": record.id,
                    "council": poll.council or "",
                    "issued": poll.issued,
                    "votes_for": poll.votes_for,
                    "against": poll.against,
                    "blank": poll.blank,
                    "spoiled": poll.spoiled,
                }
                for number, poll in enumerate(self.polls)
            ],
        )


def open_process(world: World, run: UUID) -> Standing:
    """Raises Refused."""
    stands = process_here(world, run)
    refuse_if(
        stands.stop is not None,
        "processes.stopped",
        _("This process was stopped; it can be begun anew."),
        citation=stands.process.rule.source,
        field="run",
    )
    return stands


def _step_of(stands: Standing, id: str) -> StepStanding:
    found = stands.find(id)
    if found is None:
        source = stands.process.rule.source
        raise Refused("processes.no-such-step", _("This process has no such step."), citation=source, field="step")
    return found


def recording_seat(world: World, verb: str, step: ProcessStep) -> UUID:
    """The mandate by which whoever is at the keyboard may record it. Raises Refused."""
    own = own_seat(world, verb, step.by)
    if own is None:
        statute = statutes.in_force(world.commune, world.day)
        raise Refused(
            "processes.other-seat",
            _("Your seat does not record this step."),
            citation=step.rule.source,
            who=[mandates.seat_words(statute, seat) for seat in step.by[:6]],
        )
    return own.mandate


def _names(stands: Standing, ids: list[str]) -> list[str]:
    return [in_books(one.step.name) for one in stands.steps if one.step.id in ids]


class UndoStep(Act):
    """Take a step back that was recorded by mistake. What comes after it is taken back first; a vote is taken back on
    the day on which it was recorded. The process goes on showing what was taken back."""

    verb = "processes.undo_step"
    power = Power.SEAT
    label = _("Take the step back")
    said = _("{seat} took a step back: {name}")
    undo = None  # record it anew

    done: Annotated[Id, To(StepDone), Label(_("Step"))]

    class Facts(ActFacts):
        name: StatuteLine

    def in_council(self) -> str | None:
        return queries.council_of_step(self.done)

    def check(self, world: World) -> Facts:
        row = world.get(StepDone, self.done, field="done")
        stands = open_process(world, row.run_id)
        found = _step_of(stands, row.step)
        recording_seat(world, self.verb, found.step)
        resting = [one.step.id for one in stands.steps if one.done and row.step in one.step.after]
        refuse_if(
            resting,
            "processes.rests-on-it",
            str(_("First take back what comes after it: {steps}.")).format(steps=", ".join(_names(stands, resting))),
            citation=found.step.rule.source,
            field="done",
        )
        refuse_if(
            row.turnout is not None and read_one(row.id).record.day < world.day,
            "processes.vote-stands",
            _(
                "A vote is taken back on the day on which it was recorded. If its figures are wrong, stop the process,"
                " say why, and begin it anew."
            ),
            citation=found.step.rule.source,
            field="done",
        )
        return self.Facts(name=in_books(found.step.name))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.done, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove_all(PollCount, step_id=self.done)
        record.remove(StepDone, self.done)
