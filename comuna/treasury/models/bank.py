"""Members' savings and small credits, one by one. Together they are what two accounts of the book's chart hold.

Whose they are is private: without the private words these rows are numbers. Whether a credit is late is worked out from
its schedule and the day asked, never kept.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Book, Entry


class Savings(State):
    """A member's account."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="savings")
    number = models.IntegerField()
    person = models.UUIDField(null=True, db_index=True)
    balance = models.BigIntegerField(default=0)  # in the unit of its book

    erasable = Erasable("person", {"person": "household"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="one_savings_account_a_number"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="savings_are_not_overdrawn"),
        ]


class SavingsMove(State):
    """A deposit, or below nothing a withdrawal."""

    savings = models.ForeignKey(Savings, on_delete=models.PROTECT, related_name="moves")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="savings_move")
    unit = models.CharField(max_length=12)  # of its book then
    is_opening = models.BooleanField(default=False)  # it was there on paper before the book
    amount = models.BigIntegerField()
    after = models.BigIntegerField()


class CreditRequest(State):
    """Somebody asks for a credit: which and what for is hers and the bank's to know."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="credit_requests")
    person = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=80, blank=True)  # statutes.bookkeeping.CreditKind
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField(null=True)
    months = models.IntegerField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    by_mandate = models.UUIDField(null=True)  # who typed it for her; None where she asked herself

    erasable = Erasable(
        "person",
        {
            "person": "household",
            "kind": "household",
            "amount": "household",
            "months": "household",
            "purpose": "household",
        },
    )


class CreditAnswer(State):
    """A request was refused, or taken back."""

    request = models.UUIDField(null=True, db_index=True)  # treasury.CreditRequest
    person = models.UUIDField(null=True, db_index=True)
    words = models.CharField(max_length=200, blank=True)
    is_refusal = models.BooleanField()
    day = models.DateField()

    erasable = Erasable("person", {"request": "household", "person": "household", "words": "household"})


class Credit(State):
    """An approved credit. Its schedule is laid out from the day on which it was paid out, or laid out anew."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="credits")
    number = models.IntegerField()
    request = models.UUIDField(null=True, db_index=True)  # treasury.CreditRequest
    person = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=80, blank=True)
    schedule = models.CharField(max_length=10)
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    percent = models.IntegerField()  # a year, flat
    months = models.IntegerField()  # of the schedule that stands
    day = models.DateField()  # of the approval
    paid_out_on = models.DateField(null=True)
    begins = models.DateField(null=True)  # of the schedule that stands
    principal = models.BigIntegerField()  # that it lays out
    interest = models.BigIntegerField()
    owed_principal = models.BigIntegerField(default=0)
    owed_interest = models.BigIntegerField(default=0)
    written_off = models.BigIntegerField(default=0)
    paid_out_by = models.UUIDField(null=True, db_index=True)  # entry
    lost_by = models.UUIDField(null=True, db_index=True)  # entry

    erasable = Erasable("person", {"request": "household", "person": "household", "kind": "household"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="one_credit_a_number"),
            models.CheckConstraint(
                condition=Q(owed_principal__gte=0, owed_interest__gte=0), name="no_more_is_repaid_than_owed"
            ),
        ]


class Repayment(State):
    """What came back of a credit."""

    credit = models.ForeignKey(Credit, on_delete=models.PROTECT, related_name="repayments")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="repayment")
    unit = models.CharField(max_length=12)  # of its credit then
    principal = models.BigIntegerField()
    interest = models.BigIntegerField()


class CreditVisit(State):
    """Those who follow up were there."""

    credit = models.ForeignKey(Credit, on_delete=models.PROTECT, related_name="visits")
    person = models.UUIDField(null=True, db_index=True)  # whose credit it is
    mandate = models.UUIDField(null=True)
    day = models.DateField()
    words = models.CharField(max_length=200, blank=True)

    erasable = Erasable("person", {"person": "household", "words": "household"})
