"""Stipends of brigades: an institution pays them to people whose work the commune organises.

They never pass through a book: here stands who was promised what for a month, and what came. Sums are public; whose and
how much is private.
"""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Book


class StipendList(State):
    """What one institution promised to people of one organ for a month; kept with a book."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="stipend_lists")
    organ = models.CharField(max_length=80)
    month = models.DateField()  # its first day
    unit = models.CharField(max_length=12)
    people = models.IntegerField()
    promised = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    payer = models.CharField(max_length=200, blank=True)

    erasable = Erasable("id", {"payer": "public"})

    class Meta:
        indexes = [models.Index(fields=["book", "month"], name="stipends_by_month")]


class Stipend(State):
    """One person's on a list. Her id is that of the list and the person, so that what came finds it."""

    list = models.ForeignKey(StipendList, on_delete=models.PROTECT, related_name="stipends")
    person = models.UUIDField(db_index=True)
    promised = models.BigIntegerField(null=True)
    received = models.BigIntegerField(null=True)

    erasable = Erasable("person", {"promised": "household", "received": "household"})
