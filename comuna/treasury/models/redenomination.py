"""A currency lost its zeros: what every book held in it went over into another one."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import State
from comuna.treasury.models.ledger import Book, Entry


class Redenomination(State):
    """From its day on nothing is entered in ``unit`` any more: ``10 ** zeros`` of it are one of ``in_unit``."""

    unit = models.CharField(max_length=12)
    in_unit = models.CharField(max_length=12)
    zeros = models.IntegerField()
    day = models.DateField()
    resolution = models.UUIDField()  # assemblies.Resolution

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "unit"], name="a_unit_goes_over_once")]


class RedenominatedBook(State):
    """The entry by which a book went over; what rounding left in it is in the account of differences."""

    redenomination = models.ForeignKey(Redenomination, on_delete=models.PROTECT, related_name="books")
    book = models.ForeignKey(Book, on_delete=models.PROTECT)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="redenominated")
    rounding = models.BigIntegerField()  # in the new unit; a debit of the differences above nothing


class RedenominatedThing(State):
    """What is kept one by one and went over: a line of a budget, what was promised of it, an advance, savings, a
    credit, a transfer, aid that was granted."""

    redenomination = models.ForeignKey(Redenomination, on_delete=models.PROTECT, related_name="things")
    what = models.CharField(max_length=10)  # treasury.redenominating.What
    thing = models.UUIDField(db_index=True)
    old = models.BigIntegerField()  # what was left, saved, owed or under way
    now = models.BigIntegerField()
