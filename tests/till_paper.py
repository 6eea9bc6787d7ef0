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


def typed(here: Here, book: UUID) -> None:
    """A receipt book of which one number is missing."""
    from comuna.treasury.acts import BeginReceipts, TypeReceipts
    from comuna.treasury.acts.receiving import TypedReceipt
    from comuna.treasury.effects import account_key

    here.do(BeginReceipts(book=book, receipts=20))
    box, income = account_key(book, "1"), account_key(book, "7")
    rows = tuple(
        TypedReceipt(number=number, day=here.day(2), amount="1500", words=words, source=income, into=box)
        for number, words in ((1, "Rifa de la escuela"), (2, "Aporte de la vereda 2"), (5, "Venta de empanadas"))
    )
    spoilt = TypedReceipt(number=4, words="Se mojó")
    here.do(TypeReceipts(book=book, unit="EUR", rows=(*rows, spoilt)))
