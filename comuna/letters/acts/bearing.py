"""What the books must bear out before a letter is asked for or signed."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from comuna.acts.act import World
from comuna.acts.refusal import Refused, Words, refuse_if
from comuna.letters import queries
from comuna.letters.models import LetterRequest
from comuna.letters.queries import Standing
from comuna.letters.rules import Bar, Resident, Stage, bar
from comuna.statutes import queries as statutes
from comuna.statutes.rules import months_later
from comuna.statutes.statute import LetterKind
from comuna.territory.models import Person

_WORDS: dict[Bar, Words] = {
    Bar.LEFT: _("This person no longer lives here."),
    Bar.AWAY: _("The books say that this person is away or abroad; this letter is for who lives here now."),
    Bar.SINCE_UNKNOWN: _("The books do not say since when this person lives here, and this letter asks for it."),
}


def kind_for(world: World, person: Person, kind: str) -> LetterKind:
    """The statute's letter of this kind for somebody. Raises Refused."""
    found = statutes.in_force(world.commune, world.day).letter(kind, person.council or None)
    if found is None:
        raise Refused("letters.no-such-letter", _("The statute knows no such letter for this person."), field="kind")
    return found


def borne_out(world: World, person: Person, kind: LetterKind, field: str) -> Resident:
    """What the books say of somebody's living here. Raises Refused where that is not enough for the letter."""
    found = queries.resident(person, world.day, through_absence=kind.away_counts)
    by = months_later(world.day, -kind.residence_months) if kind.residence_months else None
    barred = bar(found, away_counts=kind.away_counts, lived_here_by=by)
    if barred is not None:
        words = _too_short(kind.residence_months) if barred is Bar.TOO_SHORT else _WORDS[barred]
        raise Refused(f"letters.{barred.value}", words, citation=kind.rule.source, field=field)
    return found


def _too_short(months: int) -> str:
    words = ngettext_lazy(
        "This letter is for who has lived here for {n} month; the books do not bear that out.",
        "This letter is for who has lived here for {n} months; the books do not bear that out.",
        months,
    )
    return str(words).format(n=months)


def waiting_request(world: World, request: UUID, person: UUID | None = None) -> Standing:
    """A request that still waits for signatures, of this person where one is named. Raises Refused."""
    found = request_of(world, request, person)
    refuse_if(
        found.stage is not Stage.WAITING,
        "letters.not-waiting",
        _("This request no longer waits: it was signed, refused or taken back."),
        field="request",
    )
    return found


def request_of(world: World, request: UUID, person: UUID | None) -> Standing:
    found = queries.standing(world.get(LetterRequest, request, field="request").id, world.day)
    refuse_if(
        person is not None and found.request.person != person,
        "letters.other-person",
        _("This letter is about somebody else."),
        field="person",
    )
    return found
