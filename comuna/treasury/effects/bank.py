"""The only writers of savings and credits. They copy what ``check`` worked out; the ledger itself is ``post``'s."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.effects import post
from comuna.treasury.models.bank import (
    Credit,
    CreditAnswer,
    CreditRequest,
    CreditVisit,
    Repayment,
    Savings,
    SavingsMove,
)
from comuna.treasury.rules import Draft


def open_savings(record: Performed, book: UUID, number: int, person: UUID | None) -> None:
    record.create(Savings, book_id=book, number=number, person=person)


def move_savings(
    record: Performed, draft: Draft, savings: UUID, amount: int, after: int, *, is_opening: bool = False
) -> None:
    post(record, [draft])
    unit = draft.lines[0].unit
    record.create(
        SavingsMove,
        savings_id=savings,
        entry_id=draft.id,
        unit=unit,
        amount=amount,
        after=after,
        is_opening=is_opening,
    )
    record.update(Savings, savings, balance=after)


def ask_credit(record: Performed, **columns: Any) -> None:
    record.create(CreditRequest, day=record.day, by_mandate=record.by.mandate, **columns)


def answer_request(
    record: Performed, request: UUID | None, person: UUID | None, words: str | None, *, is_refusal: bool
) -> None:
    record.create(
        CreditAnswer, request=request, person=person, words=words or "", is_refusal=is_refusal, day=record.day
    )


def approve_credit(record: Performed, **columns: Any) -> None:
    record.create(Credit, day=record.day, **columns)


def pay_out(record: Performed, draft: Draft, credit: UUID, principal: int, interest: int) -> None:
    post(record, [draft])
    record.update(
        Credit,
        credit,
        paid_out_on=draft.day,
        paid_out_by=draft.id,
        begins=draft.day,
        owed_principal=principal,
        owed_interest=interest,
    )


def repay(record: Performed, draft: Draft, credit: UUID, part: tuple[int, int], owed: tuple[int, int]) -> None:
    """``part`` and ``owed`` are principal and interest: of this repayment, and what is left then."""
    post(record, [draft])
    unit = draft.lines[0].unit
    record.create(Repayment, credit_id=credit, entry_id=draft.id, unit=unit, principal=part[0], interest=part[1])
    record.update(Credit, credit, owed_principal=owed[0], owed_interest=owed[1])


def take_repayment_back(record: Performed, draft: Draft, repayment: UUID, credit: UUID, owed: tuple[int, int]) -> None:
    """``owed`` are principal and interest, as before it."""
    post(record, [draft])
    record.remove(Repayment, repayment)
    record.update(Credit, credit, owed_principal=owed[0], owed_interest=owed[1])


def take_pay_out_back(record: Performed, draft: Draft, credit: UUID) -> None:
    """It is approved and not paid out, as before."""
    post(record, [draft])
    record.update(Credit, credit, paid_out_on=None, paid_out_by=None, begins=None, owed_principal=0, owed_interest=0)


def lay_out_anew(record: Performed, credit: UUID, begins: date, months: int, principal: int, interest: int) -> None:
    record.update(Credit, credit, begins=begins, months=months, principal=principal, interest=interest)


def write_off(record: Performed, draft: Draft, credit: UUID, amount: int) -> None:
    post(record, [draft])
    record.update(Credit, credit, owed_principal=0, owed_interest=0, written_off=amount, lost_by=draft.id)


def note_visit(record: Performed, credit: UUID, person: UUID | None, day: date, words: str | None) -> None:
    record.create(CreditVisit, credit_id=credit, person=person, mandate=record.by.mandate, day=day, words=words or "")
