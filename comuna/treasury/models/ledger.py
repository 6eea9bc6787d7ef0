"""Books, accounts, entries and postings, and what they add up to.

Amounts are whole numbers of a unit's smallest part, as ``BIGINT``: debits above nothing, credits below. Postings are
written first; the row of their entry seals them, and the database refuses it unless they add up to nothing in each
unit. Neither is ever changed or deleted, on either engine. ``Balance`` and ``Turnover`` are kept by the act that posts,
so that no page adds up postings.

What no trigger can do is hold a posting whose entry never comes: its foreign key is looked at when a transaction ends,
on PostgreSQL always, on SQLite where the connection asks for foreign keys, as ours do. Such a posting counts for
nothing, since every question starts from entries or balances, and ``comuna verify`` names it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from comuna.journal.tables import Erasable, Guard, State
from comuna.statutes import queries as statutes


class Book(State):
    """A ledger, opened once for each book of the statute."""

    kind = models.CharField(max_length=80)  # the statute's book, with its council: "cc.books@el-mirador"
    opened_by = models.CharField(max_length=80)  # the organ that kept it then
    council = models.CharField(max_length=29, blank=True)
    unit = models.CharField(max_length=12)  # in which it is kept unless said otherwise
    day = models.DateField()  # on which it was opened
    entries = models.IntegerField(default=0)  # the folio of the newest

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "kind"], name="a_book_is_opened_once")]

    @property
    def organ(self) -> str:
        """That keeps it today: a later statute may give it to another one."""
        return statutes.organ_of_book_kind(self.commune, self.kind) or self.opened_by


class Account(State):
    """Of the statute's chart, or opened beneath one of those."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=29)
    kind = models.CharField(max_length=10)  # statutes.bookkeeping.AccountKind
    use = models.CharField(max_length=12, blank=True)  # statutes.bookkeeping.AccountUse
    name = models.CharField(max_length=2_100, blank=True)  # in the commune's own language
    act = models.UUIDField()  # whose words the name is

    erasable = Erasable("act", {"name": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "code"], name="one_account_a_code")]


class Closing(State):
    """The accounts of a book were approved until a day: nothing is entered before its morrow any more."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="closings")
    through = models.DateField()
    rendering = models.UUIDField(null=True)  # treasury.Rendering, which was before the session that approved

    guards = (
        Guard("never_changed", "UPDATE", "", "a closed period stays closed"),
        Guard("never_deleted", "DELETE", "", "a closed period stays closed"),
        Guard("never_replaced", "INSERT", "NOT EXISTS (SELECT 1 FROM treasury_closing WHERE id = NEW.id)", "it stands"),
    )

    class Meta:
        indexes = [models.Index(fields=["book", "through"], name="closings_by_day")]


_SEALED = "a posting belongs to one entry for ever: nothing is added once it is sealed, changed or deleted"
_FOR_EVER = "an entry is never changed or deleted; it is taken back by another one"


class Entry(State):
    """Seals its postings. It stands in its book under the next folio, on a day that is not closed."""

    commune = models.UUIDField()
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entry_rows")
    folio = models.IntegerField()
    day = models.DateField()
    act = models.UUIDField(db_index=True)  # that made it, whose the words are
    words = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=200, blank=True)  # of a transfer or mobile payment
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")

    erasable = Erasable("act", {"words": "public", "reference": "public"})
    guards = (
        Guard(  # INSERT OR REPLACE takes rows away without asking a trigger, where a connection leaves SQLite so
            "never_replaced",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM treasury_entry"
            " WHERE id = NEW.id OR (book_id = NEW.book_id AND folio = NEW.folio))",
            _FOR_EVER,
        ),
        Guard(
            "balanced",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM treasury_posting WHERE entry_id = NEW.id GROUP BY unit HAVING SUM(amount) <> 0)",
            "the postings of an entry add up to nothing in each unit",
        ),
        Guard(
            "two_sided",
            "INSERT",
            "(SELECT COUNT(*) FROM treasury_posting WHERE entry_id = NEW.id) >= 2",
            "an entry has two postings at least",
        ),
        Guard(
            "of_its_book",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM treasury_posting p LEFT JOIN treasury_account a ON a.id = p.account_id"
            " WHERE p.entry_id = NEW.id AND (a.book_id IS NULL OR a.book_id <> NEW.book_id))",
            "the postings of an entry are in accounts of its book",
        ),
        Guard(
            "in_an_open_period",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM treasury_closing WHERE book_id = NEW.book_id AND through >= NEW.day)",
            "the accounts of that day are closed",
        ),
        Guard(
            "in_order",
            "INSERT",
            "NEW.folio = COALESCE((SELECT MAX(folio) FROM treasury_entry WHERE book_id = NEW.book_id), 0) + 1",
            "an entry takes the folio after the last one of its book",
        ),
        Guard("never_changed", "UPDATE OF id, commune, born, book_id, folio, day, act, reverses_id", "", _FOR_EVER),
        Guard(
            "only_blanked",
            "UPDATE OF words, reference",
            "NEW.words IN ('', OLD.words) AND NEW.reference IN ('', OLD.reference)",
            _FOR_EVER,
        ),
        Guard("never_deleted", "DELETE", "", _FOR_EVER),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "folio"], name="one_entry_a_folio")]
        indexes = [models.Index(fields=["book", "day", "folio"], name="entries_by_day")]


class Posting(State):
    """An amount in an account: a debit above nothing, a credit below."""

    commune = models.UUIDField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    number = models.IntegerField()  # within its account and unit: 1, 2, ...
    after = models.BigIntegerField()  # what the account then held of the unit

    guards = (
        Guard(
            "before_its_entry", "INSERT", "NOT EXISTS (SELECT 1 FROM treasury_entry WHERE id = NEW.entry_id)", _SEALED
        ),
        Guard(
            "never_replaced",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM treasury_posting WHERE id = NEW.id"
            " OR (account_id = NEW.account_id AND unit = NEW.unit AND number = NEW.number))",
            _SEALED,
        ),
        Guard("never_changed", "UPDATE", "", _SEALED),
        Guard("never_deleted", "DELETE", "", _SEALED),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "unit", "number"], name="one_posting_a_number"),
            models.CheckConstraint(condition=~Q(amount=0), name="a_posting_moves_something"),
        ]


class Balance(State):
    """What an account holds of a unit after its newest posting."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="balances")
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    postings = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "unit"], name="one_balance_an_account")]


class Turnover(State):
    """What came into an account and went out of it in a month, by the days of the entries."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="turnovers")
    unit = models.CharField(max_length=12)
    month = models.DateField()  # its first day
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()  # above nothing too

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "unit", "month"], name="one_turnover_a_month")]


class Budget(State):
    """What an organ decided to spend out of a book in a time."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="budgets")
    resolution = models.UUIDField(db_index=True)  # assemblies.Resolution by which it was decided
    begins = models.DateField()
    ends = models.DateField()
    withdrawn_on = models.DateField(null=True)  # it was written down wrongly: its lines hold nothing since


class BudgetLine(State):
    """Money set aside for a purpose; what was spent and promised of it stays within it, held by the database."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    number = models.IntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    unit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    spent = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)  # promised to somebody and not paid yet
    words = models.CharField(max_length=200, blank=True)

    erasable = Erasable("budget_id", {"words": "public"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="one_line_a_number"),
            models.CheckConstraint(
                condition=Q(spent__gte=0, committed__gte=0, amount__gte=models.F("spent") + models.F("committed")),
                name="a_line_is_not_overspent",
            ),
        ]


class Payment(State):
    """Money that went out of an account to somebody, against a line of a budget."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="payments")
    payee = models.CharField(max_length=200, blank=True)

    erasable = Erasable("id", {"payee": "public"})
