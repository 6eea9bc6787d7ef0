"""A book in a time of whole months: what was there, what came and went, what is there, and who was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from comuna.journal import sql
from comuna.treasury.models import Entry, Payment

QUARTER = 3  # months


@dataclass(frozen=True)
class Period:
    """From the first of a month to the last day of one."""

    first: date
    last: date

    @property
    def after(self) -> date:
        return self.last + timedelta(days=1)


def quarter_of(day: date) -> Period:
    """The quarter in which a day lies."""
    begins = day.replace(month=(day.month - 1) // QUARTER * QUARTER + 1, day=1)
    return Period(begins, _month_after(begins, QUARTER) - timedelta(days=1))


def quarter_before(day: date) -> Period:
    """The last quarter that is over."""
    return quarter_of(quarter_of(day).first - timedelta(days=1))


def newest_over(opened: date, today: date) -> Period:
    """The last quarter that is over; where a book that was opened that day was not yet open then, the one that runs."""
    before = quarter_before(today)
    return before if opened <= before.last else quarter_of(today)


def entries_beside(book: UUID, period: Period) -> tuple[bool, bool]:
    """Whether a book has entries before a period, and after it."""
    entries = Entry.objects.filter(book=book)
    return entries.filter(day__lt=period.first).exists(), entries.filter(day__gt=period.last).exists()


def _month_after(month: date, count: int) -> date:
    place = month.month - 1 + count
    return date(month.year + place // 12, place % 12 + 1, 1)


def assets_at(book: UUID, month: date) -> dict[str, int]:
    """By unit, what the assets held when a month began: what they hold less what moved in that month and since."""
    found = sql.rows(
        "SELECT b.unit, SUM(b.amount) FROM treasury_balance b JOIN treasury_account a ON a.id = b.account_id"
        " WHERE a.book_id = %s AND a.kind = 'asset' GROUP BY b.unit",
        sql.uuid_value(book),
    )
    held = {unit: int(amount) for unit, amount in found}
    moved = sql.rows(
        "SELECT t.unit, SUM(t.debit) - SUM(t.credit) FROM treasury_turnover t"
        " JOIN treasury_account a ON a.id = t.account_id"
        " WHERE a.book_id = %s AND a.kind = 'asset' AND CAST(t.month AS TEXT) >= %s GROUP BY t.unit",
        sql.uuid_value(book),
        month.isoformat(),
    )
    for unit, amount in moved:
        held[unit] -= int(amount)
    return held


def payments_in(book: UUID, period: Period) -> list[Payment]:
    """Those of the period, oldest first; those taken back since too."""
    return list(
        Payment.objects.filter(entry__book=book, entry__day__gte=period.first, entry__day__lte=period.last)
        .select_related("entry", "line", "entry__reversal")
        .order_by("entry__day", "entry__folio")
    )
