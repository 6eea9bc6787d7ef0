"""Proposals: an act that waits for the signatures its statute asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Act, World
from comuna.acts.authority import SignatureNeed, authority
from comuna.acts.models import Proposal, Signature
from comuna.acts.moment import CONFIRMS, before, moment_of
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


def signatures_needed(proposal: Proposal, act: Act, commune: UUID, day: date) -> int:
    """As many as when it was proposed, and more where the statute in force asks for more by now."""
    need = need_of(act, commune, day)
    return max(proposal.needed, need.needed if need else 0)


def is_one_sided(act: Act, mandates: Sequence[UUID], commune: UUID, day: date) -> bool:
    """Whether a side that must sign, a council that somebody leaves or joins, is not among these mandates."""
    need = need_of(act, commune, day)
    return need is not None and need.lacks([authority().seat_of(mandate) for mandate in mandates])


def standing_signatures(proposal: Proposal, act: Act, commune: UUID, day: date) -> list[UUID]:
    """The mandates that have signed, still hold the power today and may still sign, in the order of signing."""
    signed = Signature.objects.filter(proposal=proposal).order_by("born").values_list("mandate", "person")
    return [
        mandate
        for mandate, person in signed
        if authority().holds(act, mandate, commune, day) and act.may_sign(person, day)
    ]
