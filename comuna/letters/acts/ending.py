"""Refusing a request, and revoking a letter that was issued."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, HouseholdLine, Id, Label, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.letters import queries
from comuna.letters.acts.bearing import request_of, waiting_request
from comuna.letters.models import LetterClosing, LetterRequest
from comuna.letters.rules import Closing, Stage
from comuna.territory.models import Person

WHOSE = Label(_("Whose letter"))
REASON = Label(_("Why"), help=_("Only this person and the seats that keep or sign letters read it"))


class RefuseLetter(Act):
    """Refuse a request that waits for signatures, with the reason. It may be asked for anew."""

    verb = "letters.refuse"
    power = Power.SEAT
    label = _("Refuse the letter")
    said = _("{seat} refused a letter")
    undo = None  # ask anew
    about = "person"

    request: Annotated[Id, To(LetterRequest), Label(_("Request"))]
    person: Annotated[Id, To(Person), WHOSE]
    reason: Annotated[HouseholdLine, REASON]

    def in_council(self) -> str | None:
        return queries.council_of_request(self.request)

    def check(self, world: World) -> ActFacts:
        waiting_request(world, self.request, self.person)
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.request, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        _close(record, self.request, self.person, Closing.REFUSED, self.reason)


class RevokeLetter(Act):
    """Revoke a letter that is still good, with the reason. From now on whoever types its code reads that it is revoked,
    and not why."""

    verb = "letters.revoke"
    power = Power.SEAT
    label = _("Revoke the letter")
    said = _("{seat} revoked letter {number} of {year}")
    undo = None  # a new letter is asked for
    about = "person"

    request: Annotated[Id, To(LetterRequest), Label(_("Letter"))]
    person: Annotated[Id, To(Person), WHOSE]
    reason: Annotated[HouseholdLine, REASON]

    class Facts(ActFacts):
        number: Count
        year: Count
        issued_by: Id

    def in_council(self) -> str | None:
        return queries.council_of_request(self.request)

    def check(self, world: World) -> Facts:
        stands = request_of(world, self.request, self.person)
        refuse_if(
            stands.stage in (Stage.EXPIRED, Stage.REVOKED),
            "letters.over",
            _("This letter is no longer good: it expired or was revoked."),
            field="request",
        )
        if stands.letter is None:
            raise Refused("letters.not-issued", _("This letter was not issued."), field="request")
        return self.Facts(number=stands.letter.number, year=stands.letter.year, issued_by=stands.letter.act)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.issued_by, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        _close(record, self.request, self.person, Closing.REVOKED, self.reason)


def _close(record: Performed, request: UUID, person: UUID, how: Closing, reason: str) -> None:
    record.create(LetterClosing, request_id=request, person=person, how=how.value, reason=reason, day=record.day)
