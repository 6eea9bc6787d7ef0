"""What processes bring to the first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.look.days import Happening, Week
from comuna.mandates.queries import named
from comuna.processes import queries
from comuna.processes.pages.words import process_words, step_status
from comuna.statutes import queries as statutes


def happens(week: Week) -> Iterator[Happening]:
    """Steps that have their last day."""
    for one in queries.open_runs(week.commune, week.today):
        if not week.concerns(one.run.council or None):
            continue
        councils = statutes.councils_of(week.commune, week.today)
        href = reverse("processes:process", args=[one.run.id])
        for step in one.steps:
            if step.done is None and week.has(step.due_on):
                more = _("Last day: {step}").format(step=named(step.step.name))
                words = process_words(one.process, one.run.council, councils)
                yield Happening(step.due_on, words, "", more, href, step_status(step))
