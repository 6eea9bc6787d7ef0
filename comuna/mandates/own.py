"""By which of one's own seats something is done, where it is not for every seat that has the act."""

from __future__ import annotations

from collections.abc import Collection

from comuna.acts.act import World
from comuna.mandates import queries
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes


def own_seat(world: World, verb: str, kinds: Collection[str]) -> Holding | None:
    """The seat of one of these kinds by which whoever is at the keyboard may do this today.

    The door names one of somebody's seats, the first that gives the act; somebody who holds two may do it by the
    other, and that is the one this asks for.
    """
    if world.person is None:
        return None
    mine = queries.mandates_of(world.person, world.day)
    may = queries.with_power(statutes.in_force(world.commune, world.day), verb, mine)
    return next((one for one in may if one.kind in kinds), None)
