"""Questions about receipt books: how far the numbers go, and which of them were typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from comuna.treasury import queries
from comuna.treasury.models import NumberedReceipt, ReceiptBook
from comuna.treasury.rules import numbers_missing


@dataclass(frozen=True)
class Standing:
    """A receipt book with its numbers."""

    receipts: ReceiptBook
    numbers: tuple[NumberedReceipt, ...]

    @property
    def typed(self) -> dict[int, bool]:
        return {one.number: not is_blank(one) for one in self.numbers}

    @property
    def missing(self) -> tuple[int, ...]:
        return numbers_missing(self.typed)

    @property
    def blank(self) -> tuple[int, ...]:
        return tuple(one.number for one in self.numbers if is_blank(one))


def is_blank(one: NumberedReceipt) -> bool:
    """Never typed, or typed by an entry that was taken back: it may be typed."""
    if one.typed_id is None:
        return True
    return one.entry is not None and hasattr(one.entry, "reversal")


def last_number(book: UUID) -> int:
    found: int | None = ReceiptBook.objects.filter(book=book).aggregate(found=Max("last"))["found"]
    return found or 0


def standing(books: Iterable[UUID]) -> list[Standing]:
    """The receipt books of these books of accounts, the oldest first: two statements."""
    found = list(ReceiptBook.objects.filter(book__in=list(books)).order_by("book", "first"))
    numbers: dict[UUID, list[NumberedReceipt]] = {one.id: [] for one in found}
    rows = NumberedReceipt.objects.filter(receipts__in=found).select_related("entry__reversal").order_by("number")
    for row in rows:
        numbers[row.receipts_id].append(row)
    return [Standing(one, tuple(numbers[one.id])) for one in found]


def numbered(book: UUID, numbers: Iterable[int]) -> dict[int, NumberedReceipt]:
    rows = NumberedReceipt.objects.filter(book=book, number__in=list(numbers)).select_related(
        "entry__reversal", "receipts"
    )
    return {one.number: one for one in rows}


def organ_of_typed(typed: UUID) -> str | None:
    return queries.organ_of("treasury_receiptstyped", typed)


def spoilt_by(typed: UUID) -> list[UUID]:
    """The numbers that an act of typing said were spoilt, and that still are."""
    return list(NumberedReceipt.objects.filter(typed=typed, entry=None).order_by("number").values_list("pk", flat=True))
