"""The only writers of commitments.

The table of budget lines refuses at every statement that more is spent and promised than was set aside: what lessens
one of the two comes before what raises the other.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.models import BudgetLine
from comuna.treasury.models.commitments import Commitment, Drawing


def commit(record: Performed, line: UUID, committed: int, *, amount: int, due: date, payee: str, words: str) -> None:
    """``committed`` is what is promised of the line then."""
    record.update(BudgetLine, line, committed=committed)
    record.create(
        Commitment,
        line_id=line,
        amount=amount,
        open=amount,
        due=due,
        day=record.day,
        released_on=None,
        payee=payee,
        words=words,
    )


def release(record: Performed, commitment: UUID, line: UUID, committed: int) -> None:
    record.update(Commitment, commitment, open=0, released_on=record.day)
    record.update(BudgetLine, line, committed=committed)


def draw(record: Performed, commitment: UUID, line: UUID, committed: int, *, drawn: int, then_open: int) -> None:
    """The payment of the act goes out of the commitment. Called after its entry was posted, before it is noted as
    spent."""
    record.update(Commitment, commitment, open=then_open)
    record.update(BudgetLine, line, committed=committed)
    record.create(Drawing, commitment_id=commitment, entry_id=record.id, amount=drawn)


def put_back(record: Performed, commitment: UUID, line: UUID, committed: int, then_open: int) -> None:
    """A payment was taken back: what it drew is promised again. Called after it is noted as not spent."""
    record.update(Commitment, commitment, open=then_open)
    record.update(BudgetLine, line, committed=committed)
