"""What the bank says of an account, line by line, beside what the books say."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State
from comuna.treasury.models.ledger import Account, Entry


class BankColumns(State):
    """Which column of the bank's files means what; the newest that was said of an account in a unit."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="bank_columns")
    unit = models.CharField(max_length=12)
    act = models.UUIDField()  # whose words the heads are
    day_head = models.CharField(max_length=200, blank=True)
    amount_head = models.CharField(max_length=200, blank=True)  # above nothing what came; or two columns:
    came_head = models.CharField(max_length=200, blank=True)
    went_head = models.CharField(max_length=200, blank=True)
    reference_head = models.CharField(max_length=200, blank=True)
    words_head = models.CharField(max_length=200, blank=True)
    balance_head = models.CharField(max_length=200, blank=True)
    decimal_mark = models.CharField(max_length=10)  # statements.DecimalMark

    erasable = Erasable(
        "act",
        {f"{name}_head": "public" for name in ("day", "amount", "came", "went", "reference", "words", "balance")},
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "unit"], name="one_mapping_an_account")]


class BankStatement(State):
    """A file of the bank that one act took: from day to day, and what the bank says is there at its end."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="bank_statements")
    unit = models.CharField(max_length=12)
    day = models.DateField()  # on which it was taken
    first = models.DateField()
    last = models.DateField()
    balance = models.BigIntegerField(null=True)


class BankLine(State):
    """One movement. What the bank writes of it may name somebody: only those who keep the book read that."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=12)
    number = models.IntegerField()  # of the file's row
    day = models.DateField()
    amount = models.BigIntegerField()  # above nothing what came
    reference = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="bank_lines")  # once matched

    erasable = Erasable("statement_id", {"reference": "public", "words": "household"})

    class Meta:
        indexes = [models.Index(fields=["account", "unit", "day"], name="bank_lines_by_day")]


class BankLineLeft(State):
    """Rows that follow one another and were not taken, and why."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="left")
    first = models.IntegerField()
    last = models.IntegerField()
    why = models.CharField(max_length=20)  # plaintext.bankfiles.WhyLeft
