"""What goes from one book to another: an entry in each, through the account that charts have for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from comuna.journal.tables import State
from comuna.treasury.models.ledger import Book, Entry


class Transfer(State):
    """Sent by an entry of its own id. Within the books of one organ it is received by the same act; between organs it
    is under way until the other one receives it, or who sent it takes it back. There is no status column."""

    out_of = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="transfers_sent")
    into = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="transfers_coming")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="transfer_sent")
    received = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="transfer_received")
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    day = models.DateField()  # on which it was sent
    is_between_organs = models.BooleanField()
    sent_back = models.DateField(null=True)  # the other organ does not receive it
    taken_back = models.DateField(null=True)
    back = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="transfer_back")
    begins = models.DateField(null=True)  # of the time whose surplus is shared
    ends = models.DateField(null=True)
    surplus = models.BigIntegerField(null=True)
    percent = models.IntegerField(null=True)  # of the surplus

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(out_of=models.F("into")), name="a_transfer_has_two_books"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_transfer_moves_something"),
        ]
