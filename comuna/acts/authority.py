"""What the door asks of whoever knows about mandates: which seat lets this person do this today, whose signatures it
needs, whose a mandate is; and the time zone of a commune.

``acts`` lies below the rooms that can answer; ``mandates`` implements this and ``web`` plugs it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from comuna.acts.act import Act, By, Signing
from comuna.acts.reach import ANYWHERE


@dataclass(frozen=True)
class Actor:
    """Who is at the keyboard."""

    person: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """The seat by which somebody may act today; no mandate where the act asks for none."""

    mandate: UUID | None = None
    seat: str | None = None  # the seat's kind in the statute


@dataclass(frozen=True)
class SignatureNeed:
    """How many different mandates must sign, and which seat kinds count."""

    needed: int
    seats: Sequence[str]
    rule: str
    citation: str
    days_open: int
    each: Sequence[Sequence[str]] = ()  # of each of these groups of seat kinds one signs

    def lacks(self, kinds: Sequence[str | None]) -> bool:
        """Whether seats of these kinds leave a group without a signature."""
        return not all(any(kind in group for kind in kinds) for group in self.each)


class Authority(Protocol):
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
        """The seat by which the actor may do this today: one of ``seats`` where any are named, for this organ where one
        is, else in the matters of this council (None: of the whole commune). ``given`` are seats that have it besides,
        from what the act rests on.

        Raises Refused with the rule, its citation and who may do it instead.
        """
        ...

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
        """Those of these mandates that still give power over the act today, for this organ or in this council. With
        ``need``, what ``signatures`` says of it, those that may sign it."""
        ...

    def signatures(
        self,
        act: type[Act],
        commune: UUID,
        day: date,
        organ: str | None = None,
        council: str | None = ANYWHERE,
        signing: Signing | None = None,
    ) -> SignatureNeed | None:
        """None where one is enough. The seats are those that may do it for this organ or in this council, and those
        that may sign what it amounts to (``Act.signing``)."""
        ...

    def seat_of(self, mandate: UUID) -> str | None:
        """The kind of seat of a mandate."""
        ...

    def signs_as(self, by: By) -> str:
        """How whoever acted is named in public: a seat's words, initials, or "somebody"."""
        ...

    def amount_words(self, amount: int, unit: str, commune: UUID) -> str:
        """An amount of a unit's smallest part as people of the commune write it, with the unit."""
        ...

    def holder(self, mandate: UUID) -> UUID | None:
        """The person whose mandate it is."""
        ...

    def is_of_here(self, person: UUID, commune: UUID) -> bool:
        """Whether the commune's books know this person."""
        ...

    def time_zone(self, commune: UUID) -> ZoneInfo:
        """Of the commune's local day."""
        ...


_plugged: Authority | None = None


def plug(authority: Authority) -> None:
    global _plugged
    _plugged = authority


def authority() -> Authority:
    """Raises RuntimeError before anything was plugged in."""
    if _plugged is None:
        raise RuntimeError("no authority is plugged in: comuna.acts.authority.plug comes first")
    return _plugged
