"""What neighbours ask about the books in public, and what they are answered."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Book, BudgetLine, Entry
from comuna.treasury.models.rendering import Rendering


class Observation(State):
    """About a book, one of its entries, one line of its budget, or accounts as they stood before a session. It is open
    until somebody closes it."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="observations")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="observations")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, null=True, related_name="observations")
    rendering = models.ForeignKey(Rendering, on_delete=models.PROTECT, null=True, related_name="observations")
    observer = models.UUIDField(null=True, db_index=True)  # the person, in her own name; None: said in a session
    words = models.TextField(blank=True)
    day = models.DateField()
    due = models.DateField()  # last day for an answer
    closed_on = models.DateField(null=True)

    erasable = Erasable("id", {"words": "public"})

    class Meta:
        indexes = [models.Index(fields=["commune", "closed_on", "due"], name="observations_that_wait")]


class ObservationAnswer(State):
    """By the organ that keeps the book."""

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField(blank=True)
    day = models.DateField()

    erasable = Erasable("id", {"words": "public"})
