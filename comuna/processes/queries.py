"""Questions about processes: where one stands, what is due when, what may begin, what a council has to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.acts.reading import ReadAct, read_all
from comuna.journal import sql
from comuna.journal.models import Record
from comuna.mandates.lapsing import ends
from comuna.processes import rules
from comuna.processes.models import ProcessRun, ProcessStop, StepDone
from comuna.processes.rules import Stage
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.statutes.processes import Begins, Process, ProcessStep, process_of
from comuna.territory import queries as territory


@dataclass(frozen=True)
class StepStanding:
    """A step of a process on one day."""

    step: ProcessStep
    due_on: date
    stage: Stage
    done: StepDone | None


@dataclass(frozen=True)
class Standing:
    """A process on one day."""

    run: ProcessRun
    process: Process
    steps: tuple[StepStanding, ...]
    stop: ProcessStop | None

    @property
    def is_done(self) -> bool:
        return all(one.done for one in self.steps)

    @property
    def is_open(self) -> bool:
        return self.stop is None and not self.is_done

    @property
    def done(self) -> dict[str, date]:
        return {one.step.id: one.done.day for one in self.steps if one.done}

    @property
    def next(self) -> StepStanding | None:
        """The first that is not done and may be; None once there is none, or a vote was lost."""
        if not self.is_open:
            return None
        lost = {one.step.id for one in self.steps if one.stage is Stage.LOST}
        done = self.done
        return next(
            (
                one
                for one in self.steps
                if one.done is None and not rules.missing(one.step, done) and lost.isdisjoint(one.step.after)
            ),
            None,
        )

    def find(self, step: str) -> StepStanding | None:
        return next((one for one in self.steps if one.step.id == step), None)


def standing(run: UUID, day: date) -> Standing:
    """Raises LookupError."""
    found = standings(_whole().filter(pk=run), day)
    if not found:
        raise LookupError(f"no process has the id {run}")
    return found[0]


def runs(commune: UUID) -> QuerySet[ProcessRun]:
    """Every process of the commune, the newest first."""
    return _whole().filter(commune=commune).order_by("-born")


def open_runs(commune: UUID, day: date) -> list[Standing]:
    """Those that are neither stopped nor done, the newest first."""
    return [one for one in standings(runs(commune).filter(stop=None), day) if one.is_open]


def _whole() -> QuerySet[ProcessRun]:
    found: QuerySet[ProcessRun] = ProcessRun.objects.select_related("stop").prefetch_related("steps__polls")
    return found


def standings(rows: Iterable[ProcessRun], day: date) -> list[Standing]:
    """Of processes whose steps a statute that the books have says."""
    found = ((row, process_under(row)) for row in rows)
    return [_standing(row, process, day) for row, process in found if process is not None]


def process_under(row: ProcessRun) -> Process | None:
    """The process as the text had it under which it began."""
    statute = statutes.in_force(row.commune, row.day, known_at=row.born)
    return process_of(statute.processes, row.process, row.council or None)


def _standing(row: ProcessRun, process: Process, day: date) -> Standing:
    rows = {one.step: one for one in row.steps.all()}
    days = {id: one.day for id, one in rows.items()}
    lost = {id for id, one in rows.items() if one.turnout is not None and not (one.reached and one.passed)}
    stop = getattr(row, "stop", None)
    steps: list[StepStanding] = []
    for step in process.steps:
        done = rows.get(step.id)
        due = done.due_on if done else rules.due_on(process, step, row.counted_from, days)
        may = not rules.missing(step, days) and lost.isdisjoint(step.after)
        if done:
            stage = Stage.LOST if step.id in lost else Stage.DONE
        elif stop is None and due < day:
            stage = Stage.LATE
        else:
            stage = Stage.NEXT if may and stop is None else Stage.WAITING
        steps.append(StepStanding(step, due, stage, done))
    return Standing(row, process, tuple(steps), stop)


# What may begin, and what comes next


def processes(commune: UUID, day: date) -> tuple[Process, ...]:
    """Those of the statute in force, one of each council that has it."""
    return statutes.in_force(commune, day).processes


def runs_already(commune: UUID, process: Process, day: date) -> bool:
    """Whether one runs; of a founding, which there is once, also whether one is done."""
    same = runs(commune).filter(process=process.id, council=process.council or "", stop=None)
    if process.begins is Begins.FOUNDING:
        return same.exists()
    return any(one.is_open for one in standings(same, day))


def first_end(commune: UUID, council: str | None, day: date) -> date | None:
    """The last day of the first mandate of a council to end, or of the commune's own, whom nobody was elected to
    follow; past ones too."""
    return next((one.on for one in ends(commune, day) if one.council == council and not one.follows), None)


@dataclass(frozen=True)
class Due:
    """What a seat has to do next in a process, begun or not."""

    process: Process
    step: ProcessStep
    due_on: date
    ends_first: date | None
    run: ProcessRun | None  # None: somebody has to begin it


SOON_DAYS = 30
"""So many days before its first step is due those who record it are told of a renewal that nobody began."""


def due_for(commune: UUID, kinds: Iterable[str], day: date) -> list[Due]:
    """The next step of each process that one of these seats records, the first due first."""
    own, found = set(kinds), []
    running = open_runs(commune, day)
    for one in running:
        nearest = one.next
        if nearest is not None and own.intersection(nearest.step.by):
            found.append(Due(one.process, nearest.step, nearest.due_on, one.run.ends_first, one.run))
    begun = {(one.process.id, one.process.council) for one in running}
    for process in processes(commune, day):
        first = process.steps[0]
        if process.begins is Begins.FOUNDING or (process.id, process.council) in begun:
            continue
        if not own.intersection(first.by):
            continue
        lapse = first_end(commune, process.council, day)
        if lapse is None or lapse - timedelta(days=process.longest + SOON_DAYS) > day:
            continue
        start = rules.counted_from(process, day, lapse)
        found.append(Due(process, first, rules.due_on(process, first, start, {}), lapse, None))
    return sorted(found, key=lambda one: one.due_on)


def roll_of(commune: UUID, council: str | None, day: date) -> int:
    """How many the books have on the roll of that day, of a council or of the whole commune; 0 where by the statute
    nobody votes as everybody."""
    organs = statutes.in_force(commune, day).organs
    everyone = [one for one in organs if one.roll is not None and (council is None or council_in(one.id) == council)]
    rules_of = [one.roll for one in everyone if one.roll is not None]
    return territory.roll(commune, day, replace(rules_of[0], council=council)).size if rules_of else 0


@dataclass(frozen=True)
class TakenBack:
    """A step that was recorded and taken back, in the order of taking back."""

    recorded: ReadAct
    undone: ReadAct


def taken_back(run: UUID) -> list[TakenBack]:
    """Four statements and those of reading what was taken back."""
    steps = Ground.objects.filter(ground=run, role=GroundRole.PART_OF.value).values("act")
    edges = Ground.objects.filter(ground__in=steps, role=GroundRole.CORRECTS.value).order_by("born")
    pairs = list(edges.values_list("ground", "act"))
    read = {one.record.id: one for one in read_all(Record.objects.filter(pk__in={id for pair in pairs for id in pair}))}
    return [TakenBack(read[recorded], read[undone]) for recorded, undone in pairs]


# In whose matters something is done: asked at every act, so by short statements


def council_of_run(run: UUID) -> str | None:
    return _council("SELECT council FROM processes_processrun WHERE id = %s", run)


def council_of_step(step: UUID) -> str | None:
    asked = "SELECT r.council FROM processes_stepdone s JOIN processes_processrun r ON r.id = s.run_id"
    return _council(f"{asked} WHERE s.id = %s", step)


def _council(statement: str, id: UUID) -> str | None:
    found = sql.one(statement, sql.uuid_value(id))
    return found[0] or None if found else None
