"""Aid to somebody out of a fund, case by case.

Who asked, for what and in which words stays with her and those who decide: without the private words these rows are
numbers, days and amounts that the ledger shows anyway. A case is paid when an entry that was not taken back paid it.
"""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Book, Entry


class AidRequest(State):
    """Somebody asks for help."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="aid_requests")
    person = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=80, blank=True)  # statutes.bookkeeping.AidKind
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField(null=True)
    words_sealed = models.TextField(blank=True)
    day = models.DateField()
    by_mandate = models.UUIDField(null=True)  # who typed it for her; None where she asked herself

    erasable = Erasable(
        "person", {"person": "household", "kind": "household", "amount": "household", "words_sealed": "mediation"}
    )


class AidAnswer(State):
    """A request was refused, or taken back."""

    request = models.UUIDField(null=True, db_index=True)  # treasury.AidRequest
    person = models.UUIDField(null=True, db_index=True)
    words_sealed = models.TextField(blank=True)
    is_refusal = models.BooleanField()
    day = models.DateField()

    erasable = Erasable("person", {"request": "household", "person": "household", "words_sealed": "mediation"})


class AidCase(State):
    """Granted; public under its number."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="aid_cases")
    number = models.IntegerField()
    request = models.UUIDField(null=True, db_index=True)  # treasury.AidRequest
    person = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    day = models.DateField()

    erasable = Erasable("person", {"request": "household", "person": "household", "kind": "household"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="one_aid_case_a_number")]


class AidPayment(State):
    """The entry by which a case was paid."""

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="payments")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="aid")
