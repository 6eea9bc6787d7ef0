"""Whose seat a step of a recall is done by: never by the one concerned."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.refusal import refuse_if
from comuna.elections.queries import RecallStanding


def refuse_own_recall(world: World, stands: RecallStanding) -> None:
    """Nobody keeps the gate of their own recall, whatever seat they do it by."""
    refuse_if(
        world.person == stands.holding.person,
        "elections.own-recall",
        _("This is about your own mandate: another seat does it."),
        citation=stands.recall.rule.source,
        field="petition",
    )
