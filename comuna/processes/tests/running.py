"""A founding and a renewal that run, for the tests of this room."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from comuna.processes import queries
from comuna.processes.acts import BeginProcess, RecordStep
from comuna.processes.queries import Standing
from tests.cast import TODAY, Cast

BEGAN = date(2026, 1, 2)
NOT_REGISTERED = "Falta registrar a los demás consejos"


def begin(cast: Cast, process: str = "founding", day: date = BEGAN, by: UUID | None = None) -> UUID:
    act = BeginProcess(process=process, day=day, origin_words="Certificado 14" if day < TODAY else None)
    return cast.does(by or cast.promoter, act).id


def step(run: UUID, step: str, after_days: int = 10, **more: object) -> RecordStep:
    """Done so many days after the process began."""
    known = {"run": run, "step": step, "day": BEGAN + timedelta(days=after_days), "words": "Acta de la promotora"}
    return RecordStep.model_validate({**known, **more})


def record(cast: Cast, run: UUID, *steps: tuple[str, int], by: UUID | None = None) -> UUID:
    """These steps one after the other, each so many days after the beginning. The id of the last."""
    done = [cast.does(by or cast.promoter, step(run, id, days)).id for id, days in steps]
    return done[-1]


def to_referendum(cast: Cast) -> UUID:
    """A founding in which all is done that comes before the referendum."""
    run = begin(cast)
    record(cast, run, ("promoters", 0), ("charter", 5), ("commission", 6), ("publicity", 20))
    return run


def vote(run: UUID, votes_for: int, against: int, **more: object) -> RecordStep:
    """Of a roll of 1,000, which the books do not have."""
    cast = votes_for + against
    poll = {"council": None, "issued": cast, "votes_for": votes_for, "against": against, "blank": 0, "spoiled": 0}
    return step(run, "referendum", 30, **{"roll": 1000, "roll_reason": NOT_REGISTERED, "polls": (poll,), **more})


def stands(run: UUID, day: date = TODAY) -> Standing:
    return queries.standing(run, day)
