"""What goes through paper in the town of ``tests/stage.py``: a payment that waits for its second signature."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from comuna.treasury.acts import Pay
    from tests.stage import Here


def paid(here: Here, act: Pay) -> UUID:
    """The entry of a payment that two promoters sign."""
    from comuna.acts.acts import Propose, Sign

    proposal = here.do(Propose(act=act))
    performed = here.town.do(here.town.promoters[1], Sign(proposal=proposal)).performed
    assert performed is not None
    return performed


def waits(here: Here, act: Pay) -> None:
    """Its order is on paper."""
    from comuna.acts.acts import Propose

    here.do(Propose(act=act))
