"""What was recorded in a session and then taken back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comuna.acts.queries import said
from comuna.acts.reading import read_all
from comuna.assemblies.holding import taken_back, typed_at
from comuna.assemblies.queries import Standing
from comuna.journal.models import Record
from comuna.look.parts import Line, Lines, Part, Section
from comuna.look.words import hour_words


def taken_back_during(stands: Standing) -> list[Part]:
    """Nobody finds two counts in the thread of which the minutes say nothing."""
    acts = taken_back(stands.session.id)
    if not acts:
        return []
    at = typed_at(acts)
    reads = read_all(Record.objects.filter(pk__in=acts).order_by("seq"))
    lines = [Line(said(read), when=hour_words(f"{at[read.record.id]:%H:%M}")) for read in reads]
    return [Section(_("Taken back during the session"), [Lines(lines)])]
