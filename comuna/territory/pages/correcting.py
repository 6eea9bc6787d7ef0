"""Setting right somebody's entry: the form holds what the books hold, and only what was changed in it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from comuna.acts.refusal import FieldError
from comuna.journal.sealing import Unreadable, open_sealed
from comuna.look.decode import Decoded, decode, text_of
from comuna.look.parts import Choice
from comuna.look.reading import tidy
from comuna.territory import queries
from comuna.territory.acts import CorrectPerson
from comuna.territory.acts.people import Clearable
from comuna.territory.models import Person
from comuna.territory.pages.changing import about_person, found_in, household_choices
from comuna.territory.pages.reader import Reader, reader_of

_EMPTIED = {  # what was struck out of the form, and what that means
    "identity": Clearable.IDENTITY,
    "household": Clearable.HOUSEHOLD,
    "relation": Clearable.RELATION,
    "residence_since": Clearable.SINCE,
}
_AGES = ("birth_day", "age_years")


def correct_person(request: HttpRequest) -> HttpResponse:
    """Everything the books say of her stands in the form but an illness, which a keeper is not shown."""
    reader, found = reader_of(request), found_in(request, Person, "person")
    if not reader.may(CorrectPerson, found):
        return about_person(request, CorrectPerson)
    known = _known(found, reader)
    choices = {
        "household": household_choices(reader),
        "clear": [Choice(Clearable.HEALTH.value, Clearable.labels()[Clearable.HEALTH])],
    }
    return about_person(
        request,
        CorrectPerson,
        known={**known, "as_of": found.touched},
        choices=choices,
        unseen=("as_of",) if found.health_sealed else ("as_of", "clear"),
        read=lambda typed: _changes(typed, {name: text_of(value) for name, value in known.items()}),
    )


def _known(found: Person, reader: Reader) -> dict[str, Any]:
    return {
        "full_name": found.full_name or None,
        "household": found.household,
        "relation": found.relation or None,
        "birth_day": found.birth_day,
        "age_years": None if found.birth_day else queries.age_on(found, reader.day),
        "identity": _opened(found.identity_sealed),
        "residence_since": found.residence_since,
    }


def _opened(sealed: str) -> str | None:
    """None where it was sealed with another key: then it stays as it is."""
    try:
        return open_sealed(sealed) or None
    except Unreadable:
        return None


def _changes(typed: QueryDict, known: Mapping[str, str]) -> Decoded[CorrectPerson]:
    """The act that writes what differs from the books; what was struck out is emptied there."""
    if known["full_name"] and not tidy(typed.get("full_name", known["full_name"])):
        return Decoded(None, [FieldError("full_name", "look.needed", _("This is needed."))])
    changed = typed.copy()
    emptied = set()
    for name, before in known.items():
        now = tidy(typed.get(name, before))
        if now == before:
            changed.pop(name, None)
        elif not now:
            emptied.add(name)
    cleared = [what for name, what in _EMPTIED.items() if name in emptied]
    if emptied & set(_AGES) and not any(changed.get(name) for name in _AGES):
        cleared.append(Clearable.BIRTH)
    for what in cleared:
        if what.value not in changed.getlist("clear"):
            changed.appendlist("clear", what.value)
    return decode(CorrectPerson, changed)
