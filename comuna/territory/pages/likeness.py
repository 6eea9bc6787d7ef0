"""Those of a list who may be somebody of the books under another name: whoever brings it says which."""

from __future__ import annotations

import re
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from comuna.look.forms import Control, Form, FormPart
from comuna.look.parts import Choice, Part, Section
from comuna.territory.acts.matching import Outcome, Plan
from comuna.territory.pages.words import place_words
from comuna.territory.reading.grids import Place

SHOWN = 40
SAME, ANOTHER = "same", "another"
_FIELD = re.compile(r"same\.(\d{1,3})\.(\d{1,6})\.(\d{1,3})")


def form(planned: Plan, action: str) -> list[Part]:
    """Nothing where nobody may be somebody else."""
    lines = [line for line in planned.lines if line.perhaps and line.read]
    if not lines:
        return []
    choices = (Choice(SAME, _("The same person")), Choice(ANOTHER, _("Somebody else")))
    controls = tuple(
        Control(
            f"same.{line.at.sheet}.{line.at.row}.{line.at.part}",
            "radios",
            _("{where}: {name}").format(where=place_words(line.at), name=line.read.full_name),
            _("In the books: {name}").format(name=line.perhaps),
            values=(SAME if line.outcome is Outcome.MATCHED else ANOTHER,),
            choices=choices,
        )
        for line in lines[:SHOWN]
        if line.read
    )
    made = Form(id=uuid4(), button=_("Keep these answers"), controls=controls, action=action, quiet=True)
    intro = _("Whoever is counted twice makes the quorum harder to reach. Say of each whether she is the same.")
    return [Section(_("Perhaps in the books already"), [FormPart(made)], intro=intro)]


def said(data: QueryDict) -> dict[Place, bool]:
    """What was chosen; what is no choice of ours is left out."""
    found: dict[Place, bool] = {}
    for name in data:
        value = data.get(name, "")
        if (at := _FIELD.fullmatch(name)) and value in (SAME, ANOTHER):
            found[Place(int(at[1]), int(at[2]), int(at[3]))] = value == SAME
    return found
