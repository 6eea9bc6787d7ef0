"""Signing: each seat by an act of its own. The last signature issues the letter."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import (
    Audience,
    Count,
    Day,
    HexDigest,
    HouseholdDay,
    HouseholdLine,
    HouseholdWords,
    Id,
    Label,
    Slug,
    To,
)
from comuna.acts.refusal import Refused, refuse_if
from comuna.letters import codes, queries
from comuna.letters.acts.bearing import borne_out, kind_for, waiting_request
from comuna.letters.models import Letter, LetterRequest, LetterSignature
from comuna.letters.queries import Standing
from comuna.letters.rules import Saying, last_good_day, next_number
from comuna.mandates import queries as mandates
from comuna.mandates.own import own_seat
from comuna.statutes import queries as statutes
from comuna.statutes.statute import LetterKind
from comuna.territory.models import Person

SignedWords = Annotated[HexDigest, Audience("household")]


class SignedFacts(ActFacts):
    """Whose signature it is, how many there are; with the last one, the letter."""

    subject: ClassVar[str] = "person"

    person: Id  # whose letter it is
    council: Slug | None = None
    mandate: Id
    signer: Id
    signed: Count
    needed: Count
    words: SignedWords | None = None  # what was signed
    lapsed: tuple[Id, ...] = ()  # signatures that this one replaces, or that do not count for the letter it issues
    # With the last signature
    year: Count | None = None
    number: Count | None = None
    last_day: Day | None = None
    digest: HexDigest | None = None
    title: HouseholdWords | None = None
    attests: HouseholdWords | None = None
    full_name: HouseholdLine | None = None
    address: HouseholdWords | None = None
    resident_since: HouseholdDay | None = None


class SignLetter(Act):
    """Sign a letter after reading what it says. With the last signature it is issued and gets its number. A signature
    counts for these words alone and as long as its seat may sign: if the books say otherwise by then, sign again."""

    verb = "letters.sign"
    power = Power.SEAT
    label = _("Sign the letter")
    said = _("{seat} signed a letter (signatures: {signed} of {needed})")
    undo = "letters.undo_signature"

    request: Annotated[Id, To(LetterRequest), Label(_("Letter"))]
    as_of: Annotated[Count | None, Label(_("Number of the last change that was seen"))] = None

    class Facts(SignedFacts):
        pass

    def in_council(self) -> str | None:
        return queries.council_of_request(self.request)

    def check(self, world: World) -> SignedFacts:
        stands = waiting_request(world, self.request)
        person = world.get(Person, stands.request.person, field="request")
        refuse_if(
            (person.council or "") != stands.request.council,
            "letters.other-council",
            _("This person belongs to another council now: she asks that one for a letter."),
            field="request",
        )
        kind = kind_for(world, person, stands.request.kind)
        refuse_if(
            world.person == person.id,
            "letters.own-letter",
            _("This letter is your own: others sign it."),
            citation=kind.rule.source,
            field="request",
        )
        own = own_seat(world, self.verb, kind.seats)
        if own is None:
            raise Refused(
                "letters.other-seat",
                _("Your seat does not sign this kind of letter."),
                citation=kind.rule.source,
                who=_signing(world, kind),
            )
        refuse_if(
            own.person in stands.signers, "letters.signed-already", _("You have signed this letter."), field="request"
        )
        resident = borne_out(world, person, kind, "request")
        refuse_if(
            self.as_of is not None and queries.newest_change(person) != self.as_of,
            "letters.changed-meanwhile",
            _("The books changed while you had this letter open. Open it again, and read what it says now."),
        )
        says = queries.saying(person, kind, resident)
        complete = len(stands.counted) + 1 >= kind.needed
        lapsed = [one.id for one in stands.signatures if one.id in stands.lapsed]
        own_earlier = [one.id for one in stands.signatures if one.person == own.person]
        facts = self.Facts(
            person=person.id,
            council=stands.request.council or None,
            mandate=own.mandate,
            signer=own.person,
            signed=len(stands.counted) + 1,
            needed=kind.needed,
            words=says.digest,
            lapsed=tuple(lapsed if complete else own_earlier),
        )
        return facts.model_copy(update=_issued(world, stands, says) if complete else {})

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.request, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        for lapsed in facts.lapsed or ():
            record.remove(LetterSignature, lapsed)
        record.create(
            LetterSignature,
            request_id=self.request,
            mandate=facts.mandate,
            person=facts.signer,
            whose=facts.person,
            words=facts.words or "",
            day=record.day,
        )
        if facts.number is None:
            return
        record.create(
            Letter,
            id=record.key("letter"),
            request_id=self.request,
            person=facts.person,
            council=facts.council or "",
            year=facts.year,
            number=facts.number,
            day=record.day,
            last_day=facts.last_day,
            digest=facts.digest,
            title=facts.title or "",
            attests=facts.attests or "",
            full_name=facts.full_name or "",
            address=facts.address or "",
            resident_since=facts.resident_since,
            act=record.id,
        )


def _signing(world: World, kind: LetterKind) -> list[str]:
    """The seats that sign it, by their names."""
    statute = statutes.in_force(world.commune, world.day)
    return [mandates.seat_words(statute, seat) for seat in kind.seats[:6]]


def _issued(world: World, stands: Standing, says: Saying) -> dict[str, Any]:
    """What the last signature adds: the letter, as all have signed it who count. Raises Refused where the books name
    nobody."""
    refuse_if(not says.full_name, "letters.no-name", _("The books do not say this person's name."), field="request")
    taken = queries.numbers_taken(world.commune, stands.request.council, world.day.year)
    return {
        "year": world.day.year,
        "number": next_number(taken),
        "last_day": last_good_day(world.day, says.days),
        "digest": codes.digest_of(codes.of_letter(world.key("letter"))),
        "title": says.title,
        "attests": says.attests,
        "full_name": says.full_name,
        "address": says.address or None,
        "resident_since": says.since,
    }


class UndoSignature(Act):
    """Take your own signature back while the letter still waits for others. An issued letter is revoked instead."""

    verb = "letters.undo_signature"
    power = Power.SEAT
    label = _("Take my signature back")
    said = _("{seat} took a signature on a letter back")
    undo = None  # sign again

    signature: Annotated[Id, To(LetterSignature), Label(_("Signature"))]

    class Facts(ActFacts):
        signed: Count

    def in_council(self) -> str | None:
        return queries.council_of_signature(self.signature)

    def check(self, world: World) -> Facts:
        row = world.get(LetterSignature, self.signature, field="signature")
        refuse_if(
            row.person != world.person,
            "letters.own-signature",
            _("This signature is somebody else's."),
            field="signature",
        )
        stands = queries.standing(row.request_id, world.day)
        refuse_if(
            stands.letter is not None or stands.closing is not None,
            "letters.not-waiting",
            _("This request no longer waits: it was signed, refused or taken back."),
            field="signature",
        )
        return self.Facts(signed=sum(one.id != row.id for one in stands.counted))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.signature, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(LetterSignature, self.signature)
