"""What ``every_act`` does with processes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comuna.assemblies.models import AgendaItem
from comuna.processes.acts import BeginProcess, PollRow, RecordStep, StopProcess, UndoStep
from tests.town import Town


def processes(town: Town, met: date, councils: Sequence[str]) -> None:
    """A founding from paper with its vote, and a renewal that is stopped. On the day ``met`` there was a session."""
    first = town.promoters[0]
    begins = BeginProcess(process="founding", day=date(2026, 2, 1), origin_words="Certificado 14")
    run = town.do(first, begins).id
    session = AgendaItem.objects.filter(session__day=met).values_list("session", flat=True).first()
    charter = RecordStep(run=run, step="charter", day=date(2026, 3, 4), session=session, words="Carta, folio 3")
    town.do(first, UndoStep(done=town.do(first, charter).id))
    town.do(first, charter)
    counts = {"issued": 5, "votes_for": 3, "against": 1, "blank": 0, "spoiled": 1}
    polls = tuple(PollRow.model_validate({"council": council, **counts}) for council in councils)
    voted = RecordStep(run=run, step="referendum", day=date(2026, 3, 10), words="Acta", polls=polls)
    voted = voted.model_copy(update={"roll": 40, "roll_reason": "Faltan los demás consejos"})
    town.do(first, voted)
    renewal = town.do(first, BeginProcess(process="renewal", day=date(2026, 3, 14))).id
    town.do(first, StopProcess(run=renewal, reason="Se empieza de nuevo"))
