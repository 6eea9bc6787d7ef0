"""What recalls bring to the first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.elections import queries
from comuna.elections.pages.words import next_words, recall_words, stage_status
from comuna.elections.rules import Stage
from comuna.look.days import Happening, Week
from comuna.statutes.councils import council_in


def happens(week: Week) -> Iterator[Happening]:
    """Recalls whose signatures or report have their last day."""
    for one in queries.open_recalls(week.commune, week.today):
        day = {Stage.COLLECTING: one.lapses_on, Stage.AT_DESK: one.due_on}.get(one.stage)
        if day is not None and week.has(day) and week.concerns(council_in(one.holding.kind)):
            words = _("Recall: {whom}").format(whom=recall_words(one))
            href = reverse("elections:recall", args=[one.petition.id])
            yield Happening(day, words, "", next_words(one, week.today), href, stage_status(one.stage))
