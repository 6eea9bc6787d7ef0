"""Money of a budget line that was promised to somebody and is not paid yet."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import BudgetLine, Entry


class Commitment(State):
    """A promise; ``open`` is what can still be paid of it. The open ones of a line are what is ``committed`` of it."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="commitments")
    amount = models.BigIntegerField()
    open = models.BigIntegerField()
    due = models.DateField()  # the last day of the promise
    day = models.DateField()
    released_on = models.DateField(null=True)
    payee = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)

    erasable = Erasable("id", {"payee": "public", "words": "public"})

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(open__gte=0, open__lte=F("amount")), name="a_promise_is_paid_once"),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | Q(open=0), name="what_was_given_back_is_promised_no_more"
            ),
        ]


class Drawing(State):
    """A payment that went out of a commitment, so much of it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="drawings")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="drawing")
    amount = models.BigIntegerField()
