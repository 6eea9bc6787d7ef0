"""Asking for a letter, in one's own name or typed by a seat for a neighbour without a phone; and taking it back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _, ngettext

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Audience, HouseholdLine, Id, Label, Slug, To
from comuna.acts.refusal import refuse_if
from comuna.letters import queries
from comuna.letters.acts.bearing import borne_out, kind_for, waiting_request
from comuna.letters.models import LetterClosing, LetterRequest
from comuna.letters.rules import Closing, Stage
from comuna.mandates import queries as mandates
from comuna.territory import queries as territory
from comuna.territory.models import Person

A_DAY_MAX = 5  # letters that one person asks for on one day, taken back or not

KindOfLetter = Annotated[Slug, Audience("household"), Label(_("Which letter"))]
Purpose = Annotated[
    HouseholdLine | None, Label(_("What for"), help=_("It stands on the letter: to open a bank account, to enrol"))
]
Addressee = Annotated[
    HouseholdLine | None, Label(_("To whom"), help=_("It stands on the letter. Empty: to whom it may concern"))
]


class AskedFacts(ActFacts):
    """To which council she belonged that day."""

    council: Slug | None = None


def _asked(world: World, person_id: UUID, kind_id: str) -> AskedFacts:
    """Refuses what the books do not bear out, so that nobody waits for signatures in vain."""
    person = world.get(Person, person_id, field="person")
    kind = kind_for(world, person, kind_id)
    borne_out(world, person, kind, "kind")
    open_already = [one for one in queries.requests_of(person.id, world.day) if one.stage is Stage.WAITING]
    here = person.council or ""  # what waits in a council from which she moved is signed by nobody
    refuse_if(
        any(one.request.kind == kind_id and one.request.council == here for one in open_already),
        "letters.asked-already",
        _("This letter has been asked for already and waits for signatures."),
        field="kind",
    )
    return AskedFacts(council=person.council or None)


class AskLetter(Act):
    """Ask for a letter in your own name. Only you and the seats that keep or sign letters read what you write."""

    verb = "letters.ask"
    power = Power.MEMBER
    label = _("Ask for a letter")
    said = _("A letter was asked for")
    undo = "letters.withdraw"
    about = "person"
    own_name = True

    person: Annotated[Id, To(Person), Label(_("For whom"))]
    kind: KindOfLetter
    purpose: Purpose = None
    addressee: Addressee = None

    class Facts(AskedFacts):
        pass

    def in_council(self) -> str | None:
        return territory.council_of_person(self.person)

    def check(self, world: World) -> AskedFacts:
        refuse_if(
            world.person != self.person,
            "letters.own-name",
            _("You ask in your own name alone; for somebody else a seat that keeps letters types it."),
            field="person",
        )
        today = LetterRequest.objects.filter(person=self.person, day=world.day).count()
        words = ngettext(
            "{n} letter was asked for in your name today; another one can be asked for tomorrow.",
            "{n} letters were asked for in your name today; another one can be asked for tomorrow.",
            today,
        )
        refuse_if(today >= A_DAY_MAX, "letters.asked-often", words.format(n=today), field="kind")
        return self.Facts(**_asked(world, self.person, self.kind).model_dump())

    def apply(self, record: Performed) -> None:
        _create(record, self.person, self.kind, self.purpose, self.addressee)


class RecordRequest(Act):
    """Type a request for a neighbour who asks in person."""

    verb = "letters.record_request"
    power = Power.SEAT
    label = _("Type a request for a letter")
    said = _("{seat} typed a neighbour's request for a letter")
    undo = "letters.withdraw"
    about = "person"

    person: Annotated[Id, To(Person), Label(_("For whom"))]
    kind: KindOfLetter
    purpose: Purpose = None
    addressee: Addressee = None

    class Facts(AskedFacts):
        pass

    def in_council(self) -> str | None:
        return territory.council_of_person(self.person)

    def check(self, world: World) -> AskedFacts:
        return self.Facts(**_asked(world, self.person, self.kind).model_dump())

    def apply(self, record: Performed) -> None:
        _create(record, self.person, self.kind, self.purpose, self.addressee)


def _create(record: Performed, person: UUID, kind: str | None, purpose: str | None, addressee: str | None) -> None:
    record.create(
        LetterRequest,
        person=person,
        kind=kind or "",
        purpose=purpose or "",
        addressee=addressee or "",
        council=record.facts.council or "",
        day=record.day,
        by_mandate=record.by.mandate,
    )


class WithdrawRequest(Act):
    """Whoever asked for a letter, or typed the request for somebody, takes it back while it waits for signatures."""

    verb = "letters.withdraw"
    power = Power.MEMBER
    label = _("Take the request back")
    said = _("A request for a letter was taken back")
    undo = None  # ask anew

    request: Annotated[Id, To(LetterRequest), Label(_("Request"))]

    class Facts(ActFacts):
        person: Id

    def in_council(self) -> str | None:
        return queries.council_of_request(self.request)

    def check(self, world: World) -> Facts:
        row = waiting_request(world, self.request).request
        refuse_if(
            not may_withdraw(row, world.person, _own(world)),
            "letters.own-request",
            _("Only who asked for it can take it back."),
            field="request",
        )
        return self.Facts(person=row.person)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.request, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.create(
            LetterClosing,
            request_id=self.request,
            person=record.facts.person,
            how=Closing.WITHDRAWN.value,
            reason="",
            day=record.day,
        )


def _own(world: World) -> set[UUID]:
    """The mandates that give whoever is at the keyboard power today."""
    if world.person is None:
        return set()
    return {held.mandate for held in mandates.mandates_of(world.person, world.day) if held.status.has_power}


def may_withdraw(row: LetterRequest, person: UUID | None, own: set[UUID]) -> bool:
    """Whether it is hers, or was typed by one of these mandates."""
    return (person is not None and row.person == person) or row.by_mandate in own
