"""A few acts that belong to nothing, and an authority of ten lines: the door knows nothing of communes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from comuna.acts import authority
from comuna.acts.act import Act, ActFacts, By, Performed, Power, Signing, World, row_key
from comuna.acts.authority import Actor, SignatureNeed, Standing
from comuna.acts.fields import Audience, Count, HealthLine, Id, Line, PublicLine, PublicText, Row
from comuna.acts.models import EpochBegun
from comuna.acts.reach import ANYWHERE
from comuna.acts.refusal import Refused, refuse_if


class Found(Act):
    """Begin the toy books."""

    verb = "toy.found"
    power = Power.FOUNDING
    label = "Found"
    said = "{seat} founded"
    undo = None

    name: PublicLine

    def local_zone(self) -> str:
        return "America/Caracas"

    def apply(self, record: Performed) -> None:
        record.create(EpochBegun, epoch=1)


class Neighbour(Row):
    subject = "person"

    person: Id
    name: Line
    illness: HealthLine | None = None


class Note(Act):
    """Write something down."""

    verb = "toy.note"
    power = Power.MEMBER
    label = "Note"
    said = "{seat} noted"
    undo = None
    deadline = True

    words: PublicText
    number: Count = 0
    neighbours: Annotated[tuple[Neighbour, ...], Audience("household")] = ()

    class Facts(ActFacts):
        doubled: Count

    def check(self, world: World) -> Facts:
        refuse_if(self.number == 13, "toy.not-thirteen", "Thirteen is not noted.", citation="toy, art. 13")
        return self.Facts(doubled=2 * self.number)

    def apply(self, record: Performed) -> None:
        record.create(EpochBegun, epoch=record.facts.doubled)


class Grand(Act):
    """Something that two seats must sign."""

    verb = "toy.grand"
    power = Power.SEAT
    label = "Grand"
    said = "{seat} did something grand"
    undo = None

    words: PublicText
    refused: bool = False

    def check(self, world: World) -> Any:
        refuse_if(self.refused, "toy.refused", "Not today.", citation="toy, art. 3", field="words")
        four_noted = EpochBegun.objects.filter(epoch=8).exists()
        refuse_if(four_noted, "toy.too-late", "Not after a note of four.")
        return self.Facts()

    def apply(self, record: Performed) -> None:
        record.create(EpochBegun, epoch=7)


class Council:
    """Everybody in ``seated`` holds a mandate derived from her id; two of them sign what is grand."""

    def __init__(self, *people: UUID) -> None:
        self.seated = set(people)

    def standing(
        self,
        act: type[Act],
        actor: Actor,
        commune: UUID,
        day: date,
        seats: Sequence[str] = (),
        organ: str | None = None,
        given: Sequence[str] = (),
        council: str | None = ANYWHERE,
    ) -> Standing:
        if act.power in (Power.ANYONE, Power.MEMBER):
            return Standing()
        if actor.person not in self.seated:
            raise Refused("toy.no-seat", "You hold no seat.", citation="toy, art. 1", who=["the council"])
        assert actor.person is not None
        return Standing(mandate_of(actor.person), "toy.council")

    def give_power(
        self,
        mandates: Sequence[UUID],
        act: type[Act],
        commune: UUID,
        day: date,
        organ: str | None = None,
        council: str | None = ANYWHERE,
        need: SignatureNeed | None = None,
    ) -> list[UUID]:
        seated = {mandate_of(person) for person in self.seated}
        return [mandate for mandate in mandates if mandate in seated]

    def signatures(
        self,
        act: type[Act],
        commune: UUID,
        day: date,
        organ: str | None = None,
        council: str | None = ANYWHERE,
        signing: Signing | None = None,
    ) -> SignatureNeed | None:
        if act in (Grand,) or act.verb in ("acts.begin_epoch", "acts.confirm_time"):
            return SignatureNeed(2, ("toy.council",), "toy.two-sign", "toy, art. 2", 10)
        return None

    def seat_of(self, mandate: UUID) -> str | None:
        return "toy.council"

    def amount_words(self, amount: int, unit: str, commune: UUID) -> str:
        return f"{amount} {unit}"

    def signs_as(self, by: By) -> str:
        return "the council" if by.mandate else "somebody"

    def holder(self, mandate: UUID) -> UUID | None:
        return next((person for person in self.seated if mandate_of(person) == mandate), None)

    def is_of_here(self, person: UUID, commune: UUID) -> bool:
        return person in self.seated

    def time_zone(self, commune: UUID) -> ZoneInfo:
        return ZoneInfo("America/Caracas")


def mandate_of(person: UUID) -> UUID:
    return row_key(person, "mandate")


def seat(*people: UUID) -> Council:
    """Plug in a council of these people."""
    council = Council(*people)
    authority.plug(council)
    return council
