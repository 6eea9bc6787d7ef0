"""The only writers of advances."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.models.advances import Advance, AdvanceStep


def give(record: Performed, account: UUID, person: UUID, unit: str, amount: int, due: date) -> None:
    """By the entry of the act; all of it is to be accounted for."""
    record.create(
        Advance,
        entry_id=record.id,
        account_id=account,
        person=person,
        unit=unit,
        amount=amount,
        open=amount,
        due=due,
    )


def account(record: Performed, advance: UUID, unit: str, amount: int, then_open: int) -> None:
    """For so much of it, by the entry of the act."""
    record.create(AdvanceStep, advance_id=advance, entry_id=record.id, unit=unit, amount=amount)
    leave_open(record, advance, then_open)


def leave_open(record: Performed, advance: UUID, then_open: int) -> None:
    record.update(Advance, advance, open=then_open)
