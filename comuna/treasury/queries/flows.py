"""What came in and went out: by month, by purpose, by council; added up from the months of accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comuna.journal import sql
from comuna.statutes.bookkeeping import AccountKind


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
    happened."""
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
            amount=int(credit - debit) if kind == AccountKind.INCOME.value else int(debit - credit),
        )
        for of_book, council, account, code, name, kind, unit, month, debit, credit in found
    ]


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
