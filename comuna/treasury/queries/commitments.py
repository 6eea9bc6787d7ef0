"""Questions about commitments: what is promised, to whom, until when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from comuna.treasury import queries
from comuna.treasury.models.commitments import Commitment, Drawing
from comuna.treasury.models.ledger import Entry


class PromisedAgain(NamedTuple):
    """What taking a payment back does to the commitment out of which it went."""

    commitment: UUID
    open: int
    committed: int  # of the line


def open_of_line(line: UUID) -> list[Commitment]:
    """The earliest due first."""
    return list(Commitment.objects.filter(line=line, open__gt=0).order_by("due", "born"))


def of_line(line: UUID) -> list[Commitment]:
    """All that were made: what is open first, the earliest due first; then the others, the newest first."""
    closed = Commitment.objects.filter(line=line, open=0).order_by("-born")
    return [*open_of_line(line), *closed]


def of_book(book: UUID) -> list[Commitment]:
    """The open ones, the earliest due first."""
    found = Commitment.objects.filter(line__budget__book=book, open__gt=0).select_related("line__account")
    return list(found.order_by("due", "born"))


def overdue(book: UUID, day: date) -> int:
    """How many are open after their last day."""
    return Commitment.objects.filter(line__budget__book=book, open__gt=0, due__lt=day).count()


def organ_of_commitment(commitment: UUID) -> str | None:
    return queries.keeper_where(budgets__lines__commitments=commitment)


def put_back_by(entry: Entry) -> PromisedAgain | None:
    """None where the payment went out of no commitment, or its rest was given back since: then the money is free."""
    drawing = Drawing.objects.filter(entry=entry).select_related("commitment__line").first()
    if drawing is None or drawing.commitment.released_on is not None:
        return None
    promised = drawing.commitment
    return PromisedAgain(promised.id, promised.open + drawing.amount, promised.line.committed + drawing.amount)
