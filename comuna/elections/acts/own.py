"""Whose seat a step of a recall is done by: never by the one concerned, and by the seat the statute names."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.refusal import refuse_if
from comuna.elections.queries import RecallStanding
from comuna.mandates import queries as mandates
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes


def own_seat(world: World, verb: str, kinds: Collection[str]) -> Holding | None:
    """The seat of one of these kinds by which whoever is at the keyboard may do this today.

    The door names one of somebody's seats, the first that gives the act; somebody who holds two may do it by the
    other, and that is the one this asks for.
    """
    if world.person is None:
        return None
    mine = mandates.mandates_of(world.person, world.day)
    may = mandates.with_power(statutes.in_force(world.commune, world.day), verb, mine)
    return next((one for one in may if one.kind in kinds), None)


def refuse_own_recall(world: World, stands: RecallStanding) -> None:
    """Nobody keeps the gate of their own recall, whatever seat they do it by."""
    refuse_if(
        world.person == stands.holding.person,
        "elections.own-recall",
        _("This is about your own mandate: another seat does it."),
        citation=stands.recall.rule.source,
        field="petition",
    )
