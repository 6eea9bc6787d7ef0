"""The ballots of a secret vote as somebody types them: one a line, the lines of those named on it."""

from __future__ import annotations

import re
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from comuna.acts.refusal import FieldError
from comuna.look.forms import Control, Form

FIELD = "slips"
_BALLOT = re.compile(r"0|[1-9]\d{0,2}(?:[ ,;+-]+[1-9]\d{0,2})*")
_CANDIDATE = re.compile(r"candidates\.(\d+)\.person")


def split(typed: QueryDict) -> tuple[QueryDict, list[FieldError]]:
    """The form with a row for each ballot, its lines counted among those that are filled in."""
    found = typed.copy()
    text = found.pop(FIELD, [""])[-1]
    filled = sorted(int(one[1]) for name in typed if (one := _CANDIDATE.fullmatch(name)) and str(typed[name]).strip())
    lines = {row + 1: line for line, row in enumerate(filled, start=1)}
    errors: list[FieldError] = []
    for number, words in enumerate(filter(None, map(str.strip, text.splitlines()))):
        ballot = [int(line) for line in re.split(r"\D+", words)] if _BALLOT.fullmatch(words) else None
        if ballot is None:
            said = _("{words}: a ballot is the lines of those named on it, such as 1 3; 0 when blank.")
            errors.append(FieldError(FIELD, "elections.slip-unreadable", said.format(words=words[:40])))
            continue
        nobody = next((line for line in ballot if line and line not in lines), None)
        if nobody is not None:
            said = _("Ballot {slip}: there is no candidate on line {line}.")
            errors.append(FieldError(FIELD, "elections.slip-of-nobody", said.format(slip=words[:40], line=nobody)))
            continue
        found[f"{FIELD}.{number}.marks"] = " ".join(str(lines[line]) if line else "0" for line in ballot)
    return found, errors[:1]


def with_text(form: Form, typed: QueryDict | None, errors: list[FieldError]) -> Form:
    """The form with one field for all ballots instead of a table of them."""
    fault = next((one.words for one in errors if one.field.split(".")[0] == FIELD), "")
    control = Control(
        name=FIELD,
        widget="text",
        label=_("Ballots one by one"),
        help=_(
            "A line for each valid ballot, in any order: the lines of those named on it, such as 1 3; 0 when blank."
            " They are kept sorted, so that nobody reads from them who voted first. They must give the counts above."
        ),
        optional=True,
        values=(str(typed.get(FIELD, "")) if typed is not None else "",),
        fault=fault,
    )
    return replace(form, controls=tuple(control if one.name == FIELD else one for one in form.controls))
