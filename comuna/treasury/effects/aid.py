"""The only writers of aid."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.effects import note_payment, post
from comuna.treasury.models.aid import AidAnswer, AidCase, AidPayment, AidRequest
from comuna.treasury.rules import Draft


def ask(record: Performed, **columns: Any) -> None:
    record.create(AidRequest, day=record.day, by_mandate=record.by.mandate, **columns)


def answer(
    record: Performed, request: UUID | None, person: UUID | None, words_sealed: str | None, *, is_refusal: bool
) -> None:
    record.create(
        AidAnswer,
        request=request,
        person=person,
        words_sealed=words_sealed or "",
        is_refusal=is_refusal,
        day=record.day,
    )


def grant(record: Performed, **columns: Any) -> None:
    record.create(AidCase, day=record.day, **columns)


def pay(record: Performed, draft: Draft, case: UUID, line: UUID, spent: int) -> None:
    """Out of a line of the budget, to nobody by name."""
    post(record, [draft])
    note_payment(record, line, spent, "")
    record.create(AidPayment, case_id=case, entry_id=draft.id)
