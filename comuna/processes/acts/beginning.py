"""Beginning a process of the statute, and stopping one that nobody carries on."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Day, Id, Label, PublicLine, PublicText, Slug, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.processes import queries, rules
from comuna.processes.acts.counting import process_here
from comuna.processes.models import ProcessRun, ProcessStop
from comuna.statutes import queries as statutes
from comuna.statutes.processes import Begins, Process, process_of
from comuna.statutes.statute import in_books


class BeginProcess(Act):
    """Begin a process that the statute describes: its steps and their last days then stand for everybody to see."""

    verb = "processes.begin"
    power = Power.SEAT
    label = _("Begin a process")
    said = _("{seat} began a process: {name}")
    undo = "processes.stop"
    deadline = True

    process: Annotated[Slug, Label(_("Which process"))]
    council: Annotated[Slug | None, Label(_("Of which council"))] = None
    day: Annotated[Day, Label(_("Its first day"), help=_("Of a founding the day of the promoters' certificate"))]
    origin_words: Annotated[
        PublicLine | None, Label(_("From which paper"), help=_("Where it is written, when it began before today"))
    ] = None

    class Facts(ActFacts):
        name: StatuteLine
        counted_from: Day
        ends_first: Day | None = None

    def in_council(self) -> str | None:
        return self.council

    def check(self, world: World) -> Facts:
        process = self._process(world)
        source = process.rule.source
        refuse_if(
            self.day > world.day,
            "processes.future",
            _("This day is still to come."),
            citation=source,
            field="day",
        )
        refuse_if(
            self.day < world.day and not self.origin_words,
            "processes.no-origin",
            _("It began before today: say on which paper that stands."),
            citation=source,
            field="origin_words",
        )
        refuse_if(
            queries.runs_already(world.commune, process, world.day),
            "processes.runs-already",
            _("This process has begun already. Stop that one before you begin it anew."),
            citation=source,
            field="process",
        )
        ends_first = None
        if process.begins is Begins.LAPSE:
            ends_first = queries.first_end(world.commune, self.council, self.day)
            refuse_if(
                ends_first is None,
                "processes.nothing-ends",
                _("Nobody holds a mandate here that ends, so there is nothing to renew."),
                citation=source,
                field="process",
            )
        start = rules.counted_from(process, self.day, ends_first)
        return self.Facts(name=in_books(process.name), counted_from=start, ends_first=ends_first)

    def _process(self, world: World) -> Process:
        statute = statutes.in_force(world.commune, self.day)
        found = process_of(statute.processes, self.process, self.council)
        if found is None:
            words = _("The statute knows no such process here.")
            raise Refused("processes.no-such-process", words, field="process")
        return found

    def apply(self, record: Performed) -> None:
        record.create(
            ProcessRun,
            process=self.process,
            council=self.council or "",
            day=self.day,
            counted_from=record.facts.counted_from,
            ends_first=record.facts.ends_first,
            origin_words=self.origin_words or "",
        )


class StopProcess(Act):
    """Stop a process that goes no further, with the reason. It can be begun anew."""

    verb = "processes.stop"
    power = Power.SEAT
    label = _("Stop the process")
    said = _("{seat} stopped a process: {name}")
    undo = None  # begin anew

    run: Annotated[Id, To(ProcessRun), Label(_("Process"))]
    reason: Annotated[PublicText, Label(_("Why"), help=_("Everybody can read it"))]

    class Facts(ActFacts):
        name: StatuteLine

    def in_council(self) -> str | None:
        return queries.council_of_run(self.run)

    def check(self, world: World) -> Facts:
        stands = process_here(world, self.run)
        refuse_if(
            not stands.is_open,
            "processes.over",
            _("This process is over: all its steps are done, or it was stopped."),
            citation=stands.process.rule.source,
            field="run",
        )
        return self.Facts(name=in_books(stands.process.name))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.run, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.create(ProcessStop, run_id=self.run, day=record.day, reason=self.reason)
