"""Proposals: an act that waits for the signatures its statute asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from comuna.acts.act import Act, Signing, World
from comuna.acts.authority import Actor, SignatureNeed, authority
from comuna.acts.models import Proposal, Signature
from comuna.acts.moment import CONFIRMS, before, day_of_power, moment_of
from comuna.acts.reading import read_one
from comuna.acts.refusal import Refused
from comuna.acts.split import unseal_all


def open_proposals(commune: UUID, day: date) -> list[Proposal]:
    """Neither settled nor expired, oldest first."""
    return list(Proposal.objects.filter(commune=commune, settlement__isnull=True, expires_on__gte=day).order_by("born"))


def proposed_act(proposal: UUID) -> Act:
    """The act inside a proposal, its sealed words opened for ``check``. Raises LookupError for any other act."""
    inner = getattr(read_one(proposal).act, "act", None)
    if not isinstance(inner, Act):
        raise LookupError(f"{proposal} proposes nothing")
    return unseal_all(inner)


def try_proposed(act: Act, world: World, id: UUID) -> None:
    """Decide a proposed act as if its last signature came now, so that nobody signs what cannot be done. ``id`` is
    the one that it will have.

    Raises Refused in the act's own words, its field named below ``act``. What changes until the last signature is
    judged again then.
    """
    day, at = world.day, world.at
    if act.verb == CONFIRMS:  # judged by the computer's clock, not by the last moment of the books
        moment = moment_of(act, id, before(id).written)
        day, at = moment.day, moment.at
    try:
        act.check(World(id=id, commune=world.commune, day=day, at=at, by=world.by, person=world.person))
    except Refused as refused:
        refused.field = f"act.{refused.field}" if refused.field else None
        raise


def proposed_by(signed: Any) -> tuple[Proposal, Act]:
    """The proposal that an act of signing (``Sign``, which imports this module) is about, and the act it proposes."""
    proposal = Proposal.objects.get(pk=signed.proposal)
    return proposal, proposed_act(proposal.id)


def need_of(act: Act, commune: UUID, day: date) -> SignatureNeed | None:
    """Whose signatures an act needs that day; None where one is enough."""
    return authority().signatures(type(act), commune, day, act.in_organ(), act.in_council(), act.signing())


@dataclass(frozen=True)
class Stands:
    """How a proposal stands on a day: the act in it, whose signatures it needs by now, and whose count. Each is asked
    once, by the door and by the pages alike."""

    proposal: Proposal
    act: Act
    day: date  # on which mandates are asked for

    @cached_property
    def _where(self) -> tuple[str | None, str | None]:
        return self.act.in_organ(), self.act.in_council()

    @cached_property
    def _signing(self) -> Signing | None:
        return self.act.signing()

    @cached_property
    def need(self) -> SignatureNeed | None:
        """By the statute in force and what the books hold by now; None where one is enough."""
        kind = type(self.act)
        return authority().signatures(kind, self.proposal.commune, self.day, *self._where, self._signing)

    @property
    def needed(self) -> int:
        """As many as when it was proposed, and more where more are asked for by now."""
        return max(self.proposal.needed, self.need.needed if self.need else 0)

    @property
    def why(self) -> str:
        """Why several sign, where the act says so."""
        return self._signing.why if self._signing else ""

    @cached_property
    def signed(self) -> tuple[tuple[UUID, UUID], ...]:
        """By mandate and person, in the order of signing."""
        found = Signature.objects.filter(proposal=self.proposal).order_by("born")
        return tuple(found.values_list("mandate", "person"))

    @cached_property
    def counting(self) -> list[UUID]:
        """The mandates that have signed, still hold the power and may still sign, in the order of signing."""
        holding = self.with_power([mandate for mandate, _person in self.signed])
        return [one for one, person in self.signed if one in holding and self.act.may_sign(person, self.day)]

    def with_power(self, mandates: Sequence[UUID]) -> list[UUID]:
        """Those of these mandates that may sign it, whoever holds them."""
        commune = self.proposal.commune
        return authority().give_power(mandates, type(self.act), commune, self.day, *self._where, self.need)

    def may_sign(self, person: UUID | None) -> bool:
        """Whether the door would take her signature, as far as it is hers to give, and count it."""
        if person is None or (self.need is not None and not self.need.seats):
            return False
        seats, (organ, council) = self.need.seats if self.need else (), self._where
        kind, commune = type(self.act), self.proposal.commune
        try:
            found = authority().standing(kind, Actor(person), commune, self.day, seats, organ, (), council)
        except Refused:
            return False
        return found.mandate is not None and self.act.may_sign(person, self.day)

    def lacks_a_side(self, mandates: Sequence[UUID]) -> bool:
        """Whether a side that must sign, a council that somebody leaves or joins, is not among these mandates."""
        return self.need is not None and self.need.lacks([authority().seat_of(mandate) for mandate in mandates])


def stands(proposal: Proposal, day: date, act: Act | None = None) -> Stands:
    """``act`` is the one inside it, where it was read already."""
    act = act or proposed_act(proposal.id)
    return Stands(proposal, act, day_of_power(type(act), proposal.commune, day))
