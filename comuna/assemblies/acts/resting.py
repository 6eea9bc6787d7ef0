"""What rests on a decision of an organ: a statement in its name, a meeting moved, how its spokesperson votes elsewhere.
All of them ask here whether the decision stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries
from comuna.assemblies.models import Resolution, Tally


def decided_by(resolution: Resolution | None, field: str) -> Tally:
    """The count by which that was decided. Raises Refused unless the decision stands: approved as a motion of its own
    (None: an amendment, a motion that was lost or withdrawn), and ratified where it has to be."""
    if resolution is None:
        raise Refused(
            "assemblies.not-decided",
            _("This rests on a motion that was approved as a decision: neither on an amendment nor on one that fell."),
            field=field,
        )
    refuse_if(
        not queries.stands(resolution),
        "assemblies.not-ratified",
        _("This decision was taken by seats whose terms were over and is not ratified: nothing rests on it yet."),
        field=field,
    )
    return queries.tally_of(resolution.motion_id)
