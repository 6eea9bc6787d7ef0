"""What goes through paper in the life of ``every_act``: receipts that are printed, typed back and taken back."""

from __future__ import annotations

from datetime import date

from comuna.treasury.acts import BeginReceipts, TakeBackReceipts, TypeReceipts
from comuna.treasury.acts.receiving import TypedReceipt
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book
from tests.town import Town

DAY = date(2026, 2, 7)


def paper(town: Town) -> None:
    first, book = town.promoters[0], Book.objects.get(kind="small.book").id
    town.do(first, BeginReceipts(book=book, receipts=5))
    given = TypedReceipt(
        number=1, day=DAY, amount="700", words="Rifa", source=account_key(book, "7"), into=account_key(book, "1")
    )
    spoilt = TypedReceipt(number=2, words="Se mojó")
    typed = town.do(first, TypeReceipts(book=book, unit="EUR", rows=(given, spoilt))).id
    town.do(first, TakeBackReceipts(typed=typed, day=DAY, words="Eran de otro libro"))
    later = given.model_copy(update={"number": 3, "words": "Venta"})
    town.do(first, TypeReceipts(book=book, unit="EUR", rows=(later, spoilt.model_copy(update={"number": 4}))))
