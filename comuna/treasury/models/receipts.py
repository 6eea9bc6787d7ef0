"""Receipts: the paper behind an entry, as a photo or PDF or as the words on it."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Entry


class Receipt(State):
    """What somebody wrote for money or goods, filed with an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="receipts")
    file = models.CharField(max_length=64, blank=True)  # digest of the photo or PDF; "" where the paper is kept alone
    media_type = models.CharField(max_length=40, blank=True)
    day = models.DateField()  # that stands on it
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    supplier = models.CharField(max_length=200, blank=True)
    tax_number = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=200, blank=True)
    kept_at = models.CharField(max_length=200, blank=True)

    is_private = models.BooleanField(default=False)  # it names somebody: the file is locked
    key_sealed = models.TextField(blank=True)  # of the locked file
    supplier_sealed = models.TextField(blank=True)

    erasable = Erasable(
        "id",
        {
            "supplier": "public",
            "tax_number": "public",
            "number": "public",
            "kept_at": "public",
            "key_sealed": "mediation",
            "supplier_sealed": "mediation",
        },
    )
