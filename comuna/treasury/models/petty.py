"""Petty cash filled up again by what was spent out of it with receipts."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import State
from comuna.treasury.models.ledger import Account, Entry


class Replenishment(State):
    """By the entry of its act. Once that is taken back, what it was for is to be replenished again."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()


class ReplenishedEntry(State):
    """An entry that spent something out of the account, with a receipt."""

    replenishment = models.ForeignKey(Replenishment, on_delete=models.PROTECT, related_name="spent")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    amount = models.BigIntegerField()
