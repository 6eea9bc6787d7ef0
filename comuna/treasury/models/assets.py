"""Things that a book's organ has and lends: a truck, cylinders, tools, a room.

To whom somebody was lent something is private; to which organ, public. Whether a loan is late is worked out from the
day asked.
"""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Book, Entry


class Asset(State):
    """In the register of a book until a decision takes it out."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="assets")
    number = models.IntegerField()
    origin = models.CharField(max_length=10)  # acts.assets.Origin
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True)  # by which it was bought
    since = models.DateField()
    until = models.DateField(null=True)  # when an institution wants it back
    removed_on = models.DateField(null=True)
    name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)  # who gave or lent it to the commune
    state = models.CharField(max_length=200, blank=True)  # in which it came

    erasable = Erasable("id", {"name": "public", "source": "public", "state": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="one_thing_a_number")]


class AssetLoan(State):
    """Lent to an organ, or to a person."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="loans")
    organ = models.CharField(max_length=80, blank=True)
    person = models.UUIDField(null=True, db_index=True)
    day = models.DateField()
    due = models.DateField()

    erasable = Erasable("person", {"person": "household"})


class AssetReturn(State):
    """A loan came back, in which state."""

    loan = models.OneToOneField(AssetLoan, on_delete=models.PROTECT, related_name="back")
    day = models.DateField()
    words = models.CharField(max_length=200, blank=True)

    erasable = Erasable("id", {"words": "public"})
