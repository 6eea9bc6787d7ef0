"""Accounts that were put before a session of the organ that decides over them, with what they added up to that day."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import State
from comuna.treasury.models.ledger import Account, Book


class Rendering(State):
    """The accounts of a book from a day to a day, under an item of a session's agenda. Entries that come later are not
    in them."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="renderings")
    session = models.UUIDField(db_index=True)  # assemblies.Session
    item = models.UUIDField(db_index=True)  # assemblies.AgendaItem, which may be struck
    first = models.DateField()
    through = models.DateField()
    folio = models.IntegerField()  # of the newest entry that is in them
    day = models.DateField()
    withdrawn_on = models.DateField(null=True)


class RenderedSum(State):
    """What an account held of a unit before, what came into it and went out of it."""

    rendering = models.ForeignKey(Rendering, on_delete=models.PROTECT, related_name="sums")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    unit = models.CharField(max_length=12)
    before = models.BigIntegerField()
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()  # above nothing too
