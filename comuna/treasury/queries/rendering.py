"""Questions about accounts that were put before a session: which, what they added up to, what came since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from comuna.assemblies import queries as assemblies
from comuna.assemblies.models import Resolution
from comuna.journal import sql
from comuna.journal.lock import once_a_page
from comuna.treasury.models import Book, Closing, Entry, Payment
from comuna.treasury.models.rendering import RenderedSum, Rendering
from comuna.treasury.queries import closed_through
from comuna.treasury.rules import month_of

Place = tuple[UUID, str]
"""An account and a unit."""


@dataclass(frozen=True)
class Figures:
    """Of an account in one unit from a day to a day: what it held before, what came and went."""

    before: int
    debit: int
    credit: int

    @property
    def after(self) -> int:
        return self.before + self.debit - self.credit


def first_day(book: Book) -> date:
    """With which the next accounts begin: the morrow of what is closed."""
    closed = closed_through(book.id)
    return closed + timedelta(days=1) if closed else book.day


def figures(book: UUID, first: date, through: date) -> dict[Place, Figures]:
    """Of each account in which there was or happened something, in the order of codes. Whole months come from what is
    kept of each month; only the days at both ends are added up."""
    held = sql.rows(
        "SELECT b.account_id, b.unit, b.amount FROM treasury_balance b"
        " JOIN treasury_account a ON a.id = b.account_id WHERE a.book_id = %s ORDER BY a.code, b.unit",
        sql.uuid_value(book),
    )
    since = _moved(book, through + timedelta(days=1), None)
    within = _moved(book, first, through)
    found = {}
    for account, unit, amount in held:
        place = sql.uuid_of(account), unit
        after = int(amount) - since[place][0] + since[place][1]
        debit, credit = within[place]
        one = Figures(after - debit + credit, debit, credit)
        if one.before or debit or credit:
            found[place] = one
    return found


def _moved(book: UUID, first: date, last: date | None) -> dict[Place, tuple[int, int]]:
    """Debits and credits of days from the first to the last; None: for ever."""
    sums: dict[Place, list[int]] = defaultdict(lambda: [0, 0])
    begin = first if first.day == 1 else _next_month(first)
    end = month_of(last + timedelta(days=1)) if last is not None else None
    if end is not None and end < begin:  # both within one month
        _add_days(sums, book, first, last)
    else:
        _add_months(sums, book, begin, end)
        if first < begin:
            _add_days(sums, book, first, begin - timedelta(days=1))
        if last is not None and end is not None and end <= last:
            _add_days(sums, book, end, last)
    return defaultdict(lambda: (0, 0), {place: (debit, credit) for place, (debit, credit) in sums.items()})


def _next_month(day: date) -> date:
    return month_of(month_of(day) + timedelta(days=31))


def _add_months(sums: dict[Place, list[int]], book: UUID, begin: date, end: date | None) -> None:
    until, values = ("", []) if end is None else (" AND CAST(t.month AS TEXT) < %s", [end.isoformat()])
    rows = sql.rows(
        "SELECT t.account_id, t.unit, SUM(t.debit), SUM(t.credit) FROM treasury_turnover t"
        " JOIN treasury_account a ON a.id = t.account_id"
        f" WHERE a.book_id = %s AND CAST(t.month AS TEXT) >= %s{until} GROUP BY t.account_id, t.unit",
        sql.uuid_value(book),
        begin.isoformat(),
        *values,
    )
    _add(sums, rows)


def _add_days(sums: dict[Place, list[int]], book: UUID, first: date, last: date | None) -> None:
    assert last is not None
    rows = sql.rows(
        "SELECT p.account_id, p.unit, SUM(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END),"
        " SUM(CASE WHEN p.amount < 0 THEN -p.amount ELSE 0 END)"
        " FROM treasury_entry e JOIN treasury_posting p ON p.entry_id = e.id"
        " WHERE e.book_id = %s AND e.day BETWEEN %s AND %s GROUP BY p.account_id, p.unit",
        sql.uuid_value(book),
        first,
        last,
    )
    _add(sums, rows)


def _add(sums: dict[Place, list[int]], rows: list[tuple[Any, ...]]) -> None:
    for account, unit, debit, credit in rows:
        place = sql.uuid_of(account), str(unit)
        sums[place][0] += int(debit)
        sums[place][1] += int(credit)


def under(item: UUID, book: UUID) -> Rendering | None:
    """The accounts of the book that stand under an item."""
    found: Rendering | None = Rendering.objects.filter(item=item, book=book, withdrawn_on=None).first()
    return found


def in_session(session: UUID) -> list[Rendering]:
    """Those that stand under its items, in the order in which they were put."""
    found = Rendering.objects.filter(session=session, withdrawn_on=None).select_related("book").order_by("born")
    return once_a_page(("accounts before", session), lambda: list(found))


def was_ever(book: UUID) -> bool:
    """Whether accounts of this book were ever put before a session, those too that were taken back."""
    return bool(Rendering.objects.filter(book=book).exists())


def of_book(book: UUID) -> list[Rendering]:
    """The newest first; those that were taken back are not among them."""
    return list(Rendering.objects.filter(book=book, withdrawn_on=None).order_by("-born"))


def sums_of(rendering: UUID) -> list[RenderedSum]:
    """In the order of codes."""
    found = RenderedSum.objects.filter(rendering=rendering).select_related("account")
    return list(found.order_by("account__code", "unit"))


def approval_of(rendering: UUID) -> Closing | None:
    found: Closing | None = Closing.objects.filter(rendering=rendering).first()
    return found


def decision_on(rendering: Rendering) -> Resolution | None:
    """The decision that approves these accounts: of their session, under their item, and it stands."""
    return assemblies.approvals((rendering.item,)).get(rendering.item)


def to_close(book: UUID) -> list[Rendering]:
    """Those that a decision approves, that are not closed and can be, since no entry of their days was made after them:
    the newest first. The days that are closed bound how many are looked at."""
    waiting = _not_closed(book)
    approved = assemblies.approvals([one.item for one in waiting])
    return [one for one in waiting if one.item in approved]


def reaches(book: UUID, day: date) -> bool:
    """Whether accounts until a day are closed, wait to be, or are before a session that is not over. What a session
    rejected, or left undecided, is put before another one."""
    closed = closed_through(book)
    if closed is not None and closed >= day:
        return True
    put = Rendering.objects.filter(book=book, through__gte=day, withdrawn_on=None)
    if assemblies.still_open(set(put.values_list("session", flat=True))):
        return True
    return any(one.through >= day for one in to_close(book))


def _not_closed(book: UUID) -> list[Rendering]:
    """Of the days after the last that is closed, those to which nothing was added since; the newest first."""
    since = Entry.objects.filter(book=OuterRef("book"), folio__gt=OuterRef("folio"), day__lte=OuterRef("through"))
    put = Rendering.objects.filter(book=book, withdrawn_on=None, through__gt=closed_through(book) or date.min)
    return list(put.exclude(Exists(since)).order_by("-born"))


def folios_since(rendering: Rendering) -> list[int]:
    """Of entries of its days that were made after it."""
    rows = sql.rows(
        "SELECT folio FROM treasury_entry WHERE book_id = %s AND folio > %s AND CAST(day AS TEXT) <= %s ORDER BY folio",
        sql.uuid_value(rendering.book_id),
        rendering.folio,
        rendering.through.isoformat(),
    )
    return [int(folio) for (folio,) in rows]


def payments_in(rendering: Rendering) -> list[Payment]:
    """Those of its days that are in it, oldest first."""
    which = {
        "entry__book": rendering.book_id,
        "entry__day__gte": rendering.first,
        "entry__day__lte": rendering.through,
        "entry__folio__lte": rendering.folio,
    }
    found = Payment.objects.filter(**which).select_related("entry", "line", "entry__reversal")
    return list(found.order_by("entry__day", "entry__folio"))
