"""Money that somebody took along to spend, and has to account for until a day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from comuna.journal.tables import State
from comuna.treasury.models.ledger import Account, Entry


class Advance(State):
    """Given by an entry; ``open`` is what she still has to account for, in the smallest part of the unit."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)  # in which it stands until it is accounted for
    person = models.UUIDField(db_index=True)
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    open = models.BigIntegerField()
    due = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(open__gte=0, open__lte=F("amount")), name="an_advance_is_accounted_for_once"
            )
        ]


class AdvanceStep(State):
    """An entry by which a part of it was accounted for: spent for a line of the budget, or brought back."""

    advance = models.ForeignKey(Advance, on_delete=models.PROTECT, related_name="steps")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    unit = models.CharField(max_length=12)  # of its advance then
    amount = models.BigIntegerField()
