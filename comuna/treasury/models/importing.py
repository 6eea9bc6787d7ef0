"""What came into the ledger from a file."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import State
from comuna.treasury.models.ledger import Book


class EntryImport(State):
    """Entries of a book that one act took from a file; each names that act."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="imports")
    day = models.DateField()  # on which it was taken
    entries = models.IntegerField()
    first = models.DateField()  # of their days
    last = models.DateField()
