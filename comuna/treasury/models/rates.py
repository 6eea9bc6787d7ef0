"""What a currency was worth in another one on a day, and what was exchanged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Entry


class Rate(State):
    """``amount`` of one currency for ``in_amount`` of another, both in their smallest part; one a day for two of them,
    whichever is named first."""

    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    in_unit = models.CharField(max_length=12)
    in_amount = models.BigIntegerField()
    day = models.DateField()
    source = models.CharField(max_length=200, blank=True)

    erasable = Erasable("id", {"source": "public"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "unit", "in_unit", "day"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(amount__gt=0, in_amount__gt=0), name="a_rate_is_above_nothing"),
            models.CheckConstraint(condition=~Q(unit=F("in_unit")), name="a_rate_has_two_currencies"),
        ]


class Exchange(State):
    """So much of a currency for so much of another, by an entry; beside the rate of that day, where one was set."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    in_unit = models.CharField(max_length=12)
    in_amount = models.BigIntegerField()
    rate = models.UUIDField(null=True)  # treasury.Rate, which may be taken back since
    rate_day = models.DateField(null=True)
    rate_amount = models.BigIntegerField(null=True)  # of ``unit`` ...
    rate_in_amount = models.BigIntegerField(null=True)  # ... for so much of ``in_unit``
