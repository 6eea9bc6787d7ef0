"""The only writers of transfers between books; the ledger itself is ``post``'s."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.effects import post
from comuna.treasury.models.transfers import Transfer
from comuna.treasury.rules import Draft


def send(record: Performed, draft: Draft, into: UUID, unit: str, amount: int) -> None:
    """To a book of another organ, by the entry of the act."""
    post(record, [draft])
    _note(record, draft, into, unit, amount, is_between_organs=True)


def move(record: Performed, out: Draft, coming: Draft, unit: str, amount: int, **share: Any) -> None:
    """Between two books of one organ, by an entry in each; ``share`` gives the columns of a surplus."""
    post(record, [out, coming])
    _note(record, out, coming.book, unit, amount, received_id=coming.id, is_between_organs=False, **share)


def _note(record: Performed, draft: Draft, into: UUID, unit: str, amount: int, **columns: Any) -> None:
    record.create(
        Transfer,
        out_of_id=draft.book,
        into_id=into,
        entry_id=draft.id,
        unit=unit,
        amount=amount,
        day=draft.day,
        **columns,
    )


def receive(record: Performed, transfer: UUID, draft: Draft) -> None:
    post(record, [draft])
    record.update(Transfer, transfer, received_id=draft.id, sent_back=None)


def take_receipt_back(record: Performed, transfer: UUID, draft: Draft) -> None:
    """It is under way again."""
    post(record, [draft])
    record.update(Transfer, transfer, received_id=None)


def send_back(record: Performed, transfer: UUID, day: date) -> None:
    record.update(Transfer, transfer, sent_back=day)


def take_back(record: Performed, transfer: UUID, drafts: Sequence[Draft], day: date) -> None:
    """By an entry the other way round in each book that has one."""
    post(record, drafts)
    record.update(Transfer, transfer, taken_back=day, back_id=drafts[0].id)
