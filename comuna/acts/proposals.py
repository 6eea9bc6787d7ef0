"""Proposals: an act that waits for the signatures its statute asks for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.models import Proposal, Signature
from comuna.acts.reading import read_one
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


def proposed_by(signed: Act) -> tuple[Proposal, Act]:
    """The proposal that an act of signing is about, and the act it proposes."""
    proposal = Proposal.objects.get(pk=signed.proposal)  # type: ignore[attr-defined]  # a Sign, by its verb
    return proposal, proposed_act(proposal.id)


def standing_signatures(proposal: Proposal, act: type[Act], commune: UUID, day: date) -> list[UUID]:
    """The mandates that have signed and still hold the power today, in the order of signing."""
    mandates = Signature.objects.filter(proposal=proposal).order_by("born").values_list("mandate", flat=True)
    return [mandate for mandate in mandates if authority().holds(act, mandate, commune, day)]
