"""The last days of steps, for the calendar of sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.clock import read_stamp
from comuna.assemblies.pages.deadlines import Deadline
from comuna.journal.models import Record
from comuna.mandates.queries import named
from comuna.processes import queries
from comuna.processes.pages.words import process_words
from comuna.statutes import queries as statutes


def deadlines(commune: UUID, day: date, council: str | None = None) -> Iterator[Deadline]:
    """Of processes that run: the steps that are not done, those whose day is over too. The books say them anew with
    every step that is done."""
    running = [one for one in queries.open_runs(commune, day) if council in (None, one.run.council)]
    touched = {one.run.id: max([one.run.born, *(step.done.born for step in one.steps if step.done)]) for one in running}
    at = dict(Record.objects.filter(commune=commune, seq__in=set(touched.values())).values_list("seq", "at"))
    councils = statutes.councils_of(commune, day)
    for one in running:
        for step in one.steps:
            if step.done is None:
                yield Deadline(
                    id=f"{one.run.id}-{step.step.id}",
                    day=step.due_on,
                    words=_("Last day: {step}").format(step=named(step.step.name)),
                    more=process_words(one.process, one.run.council, councils),
                    href=reverse("processes:process", args=[one.run.id]),
                    touched_at=read_stamp(at[touched[one.run.id]]),
                )
