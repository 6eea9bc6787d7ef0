"""Receipt books: numbered blank receipts on paper, of which each number is accounted for."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Book, Entry


class ReceiptBook(State):
    """Pages of blank receipts, begun by one act; numbers run on from one to the next within a book of accounts."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="receipt_books")
    day = models.DateField()
    first = models.IntegerField()
    last = models.IntegerField()


class ReceiptsTyped(State):
    """Receipts that one act typed back from paper."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="receipts_typed")
    day = models.DateField()


class NumberedReceipt(State):
    """One number: blank until it is typed, then over an amount, or spoilt with why. Who paid is on the paper alone."""

    receipts = models.ForeignKey(ReceiptBook, on_delete=models.PROTECT, related_name="numbers")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    typed = models.ForeignKey(ReceiptsTyped, on_delete=models.PROTECT, null=True, related_name="numbers")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True)  # None where blank or spoilt
    spoilt = models.CharField(max_length=200, blank=True)  # why

    erasable = Erasable("typed_id", {"spoilt": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="one_receipt_a_number")]
