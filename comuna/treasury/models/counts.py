"""What was counted by hand: the cash in a box, the cement in a store."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import State
from comuna.treasury.models.ledger import Account, Entry


class Count(State):
    """So much was there of a unit, and so much the books said. Amounts are whole numbers of its smallest part."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="counts")
    day = models.DateField()
    unit = models.CharField(max_length=12)
    counted = models.BigIntegerField()
    in_books = models.BigIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True)  # of the difference, where there is one
