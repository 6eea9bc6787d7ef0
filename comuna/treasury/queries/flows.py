"""What came in and went out: by month, by purpose, by council; added up from the months of accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from comuna.journal import sql
from comuna.statutes.bookkeeping import AccountKind, AccountUse


@dataclass(frozen=True)
class Flow:
    """Income or expense of an account in a month, corrections taken off; above nothing, seldom below."""

    book: UUID
    council: str
    account: UUID
    code: str
    name: str
    is_income: bool
    unit: str
    month: date
    amount: int


def flows(commune: UUID, first: date, last: date, book: UUID | None = None) -> list[Flow]:
    """Of whole months, of all books or of one: one statement, a row for an account and month in which anything
    happened; and another where currencies lost zeros in that time, which moved nothing in or out."""
    over = _went_over(commune, first, last, book)
    only, values = (" AND a.book_id = %s", [sql.uuid_value(book)]) if book else ("", [])
    found = sql.rows(
        "SELECT a.book_id, b.council, a.id, a.code, a.name, a.kind, t.unit, CAST(t.month AS TEXT), t.debit, t.credit"
        " FROM treasury_turnover t JOIN treasury_account a ON a.id = t.account_id"
        " JOIN treasury_book b ON b.id = a.book_id"
        " WHERE t.commune = %s AND a.kind IN ('income', 'expense') AND CAST(t.month AS TEXT) BETWEEN %s AND %s"
        f"{only} ORDER BY t.month, a.code, t.unit",
        sql.uuid_value(commune),
        first.isoformat(),
        last.isoformat(),
        *values,
    )
    return [
        Flow(
            book=sql.uuid_of(of_book),
            council=council,
            account=sql.uuid_of(account),
            code=code,
            name=name,
            is_income=kind == AccountKind.INCOME.value,
            unit=unit,
            month=date.fromisoformat(month),
            amount=_grown(kind, int(debit - credit) - over.get((sql.uuid_of(account), unit, month), 0)),
        )
        for of_book, council, account, code, name, kind, unit, month, debit, credit in found
    ]


def _grown(kind: str, debit: int) -> int:
    return -debit if kind == AccountKind.INCOME.value else debit


def _went_over(commune: UUID, first: date, last: date, book: UUID | None) -> dict[tuple[UUID, str, str], int]:
    """By account, unit and month, what a redenomination only wrote otherwise: all it moved but what rounding left."""
    only, values = (" AND r.book_id = %s", [sql.uuid_value(book)]) if book else ("", [])
    found = sql.rows(
        "SELECT p.account_id, p.unit, CAST(e.day AS TEXT), SUM(p.amount), MAX(r.rounding), MAX(a.use), MAX(d.in_unit)"
        " FROM treasury_redenominatedbook r JOIN treasury_redenomination d ON d.id = r.redenomination_id"
        " JOIN treasury_entry e ON e.id = r.entry_id JOIN treasury_posting p ON p.entry_id = e.id"
        " JOIN treasury_account a ON a.id = p.account_id"
        " WHERE r.commune = %s AND a.kind IN ('income', 'expense') AND CAST(e.day AS TEXT) BETWEEN %s AND %s"
        f"{only} GROUP BY p.account_id, p.unit, e.day",
        sql.uuid_value(commune),
        first.isoformat(),
        (last.replace(day=28) + timedelta(days=4)).isoformat(),
        *values,
    )
    over: dict[tuple[UUID, str, str], int] = {}
    for account, unit, day, moved, rounding, use, in_unit in found:
        left = int(rounding) if use == AccountUse.DIFFERENCES.value and unit == in_unit else 0
        key = (sql.uuid_of(account), unit, f"{day[:7]}-01")
        over[key] = over.get(key, 0) + int(moved) - left
    return over


@dataclass
class InOut:
    """Two sums of one unit."""

    came: int = 0
    went: int = 0

    def add(self, flow: Flow) -> None:
        if flow.is_income:
            self.came += flow.amount
        else:
            self.went += flow.amount


def by_month(found: Iterable[Flow], unit: str) -> dict[date, InOut]:
    """The first day of each month in which anything happened, in order."""
    sums: dict[date, InOut] = defaultdict(InOut)
    for flow in found:
        if flow.unit == unit:
            sums[flow.month].add(flow)
    return dict(sorted(sums.items()))


def by_council(found: Iterable[Flow], unit: str) -> dict[str, InOut]:
    sums: dict[str, InOut] = defaultdict(InOut)
    for flow in found:
        if flow.unit == unit:
            sums[flow.council].add(flow)
    return dict(sorted(sums.items()))


@dataclass(frozen=True)
class PurposeSum:
    """What came in or went out for a purpose: accounts of one code, in whichever books they are."""

    code: str
    name: str  # of one of them, in the commune's own language
    is_income: bool
    amount: int


def by_code(found: Iterable[Flow], unit: str) -> list[PurposeSum]:
    """In the order of codes; those that came to nothing are left out."""
    sums: dict[tuple[str, bool], int] = defaultdict(int)
    names: dict[str, str] = {}
    for flow in found:
        if flow.unit == unit:
            sums[flow.code, flow.is_income] += flow.amount
            names.setdefault(flow.code, flow.name)
    return [
        PurposeSum(code, names[code], is_income, amount) for (code, is_income), amount in sorted(sums.items()) if amount
    ]


def units_in(found: Iterable[Flow]) -> list[str]:
    """The unit in which most happened first."""
    counts: dict[str, int] = defaultdict(int)
    for flow in found:
        counts[flow.unit] += 1
    return sorted(counts, key=lambda unit: (-counts[unit], unit))


def years_with_entries(commune: UUID) -> list[int]:
    """Newest first."""
    found = sql.rows(
        "SELECT DISTINCT CAST(month AS TEXT) FROM treasury_turnover WHERE commune = %s", sql.uuid_value(commune)
    )
    return sorted({int(row[0][:4]) for row in found}, reverse=True)
