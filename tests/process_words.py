"""The words of processes for ``test_statute_words_lived``: what is changed, what happens before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from comuna.processes import queries
from comuna.processes.acts import BeginProcess, PollRow, RecordStep
from comuna.processes.models import StepDone
from tests.looks import Look
from tests.town import TODAY, Town

PAPER = "Certificado 14"
BEGAN, VOTED = date(2026, 1, 2), date(2026, 1, 9)

TURNOUT = """[[share]]
rule = "small.turnout"
source = "By-laws, art. 15"
mark = "O"
part = "15 %"
base = "roll"

"""
STRICT = """[[majority]]
rule = "small.strict"
source = "By-laws, art. 3"
mark = "O"
kind = "two-thirds"
base = "present"

[[rhythm]]
"""
CONVENE = """name = { es = "Convocatoria", en = "Convening" }
by = ["secretary", "promoter"]
days = 90
"""
CALENDAR = """
[[process.step]]
id = "calendar"
rule = "small.renewal.steps"
source = "By-laws, art. 16"
mark = "O"
name = { es = "Calendario", en = "Calendar" }
by = ["secretary"]
days = 80
"""


def begin(process: str, day: date = BEGAN) -> BeginProcess:
    return BeginProcess(process=process, day=day, origin_words=PAPER)


def record(run: UUID, step: str, day: date, **vote: object) -> RecordStep:
    return RecordStep.model_validate({"run": run, "step": step, "day": day, "words": "Acta", **vote})


def beginning(process: str) -> Look:
    """What happens when a promoter begins it, with a secretary whose mandate ends or with nobody."""

    def look(town: Town) -> str:
        if process == "renewal":
            town.seated("secretary")
        return town.outcome(town.promoters[0], begin(process, TODAY))

    return look


def renewed(town: Town) -> UUID:
    town.seated("secretary")
    return town.do(town.promoters[0], begin("renewal", TODAY)).id


def steps_due(town: Town) -> dict[str, int]:
    """How many days before the first mandate ends each step is due."""
    stands = queries.standing(renewed(town), TODAY)
    assert stands.run.ends_first is not None
    return {one.step.id: (stands.run.ends_first - one.due_on).days for one in stands.steps}


def convening(town: Town) -> str:
    """What happens when a promoter records the first step of the renewal."""
    return town.outcome(town.promoters[0], record(renewed(town), "convene", TODAY))


def founding(town: Town, charter: date | None) -> UUID:
    run = town.do(town.promoters[0], begin("founding")).id
    if charter:
        town.do(town.promoters[0], record(run, "charter", charter))
    return run


def poll(votes_for: int = 10, against: int = 6) -> dict[str, object]:
    """Of a roll of 100, so many papers in the box."""
    row = PollRow(issued=votes_for + against, votes_for=votes_for, against=against, blank=0, spoiled=0)
    return {"roll": 100, "roll_reason": "Padrón de la fundación", "polls": (row,)}


def voting(charter: date | None) -> Look:
    """What happens when a promoter records the referendum, the charter done on that day or not at all."""

    def look(town: Town) -> str:
        return town.outcome(town.promoters[0], record(founding(town, charter), "referendum", VOTED, **poll()))

    return look


def voted(column: str) -> Look:
    def look(town: Town) -> object:
        run = founding(town, BEGAN)
        town.do(town.promoters[0], record(run, "referendum", VOTED, **poll()))
        return getattr(StepDone.objects.get(run=run, step="referendum"), column)

    return look


def due_after_the_charter(town: Town) -> date:
    found = queries.standing(founding(town, date(2026, 1, 5)), TODAY).find("referendum")
    assert found is not None
    return found.due_on


AFTER = 'after = ["charter"]\nwait_days = 2\nwithin_days = 20\n'
VOTE = 'vote = { majority = "small.decision", share = "small.turnout" }\n'
STRICTLY = {'{ majority = "small.decision"': '{ majority = "small.strict"', "[[rhythm]]\n": STRICT}
THIRTY = {'share = "small.turnout"': 'share = "small.quorum.call1"', TURNOUT: ""}
ONLY_SECRETARY = {'by = ["secretary", "promoter"]': 'by = ["secretary"]'}
ROTATION = {'id = "renewal"': 'id = "rotation"'}
ANOTHER = {CONVENE: CONVENE + CALENDAR}
LAPSES = {'begins = "founding"': 'begins = "lapse"'}
CALLED = {'id = "convene"': 'id = "call"'}

PROCESSES: list[tuple[str, Mapping[str, str], Look, object, object]] = [
    ("process.id", ROTATION, beginning("renewal"), "done", "processes.no-such-process"),
    ("process.begins", LAPSES, beginning("founding"), "done", "processes.nothing-ends"),
    ("process.step", ANOTHER, steps_due, {"convene": 90}, {"convene": 90, "calendar": 80}),
    ("process.step.id", CALLED, convening, "done", "processes.no-such-step"),
    ("process.step.by", ONLY_SECRETARY, convening, "done", "processes.other-seat"),
    ("process.step.days", {"days = 90": "days = 40"}, steps_due, {"convene": 90}, {"convene": 40}),
    ("process.step.after", {AFTER: ""}, voting(None), "processes.out-of-order", "done"),
    (
        "process.step.wait_days",
        {"wait_days = 2": "wait_days = 5"},
        voting(date(2026, 1, 5)),
        "done",
        "processes.too-early",
    ),
    (
        "process.step.within_days",
        {"within_days = 20": "within_days = 12"},
        due_after_the_charter,
        date(2026, 1, 25),
        date(2026, 1, 17),
    ),
    ("process.step.vote", {VOTE: "", TURNOUT: ""}, voting(BEGAN), "done", "processes.no-vote"),
    ("process.step.vote.majority", STRICTLY, voted("passed"), True, False),
    ("process.step.vote.share", THIRTY, voted("reached"), True, False),
]
