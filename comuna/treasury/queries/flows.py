"""What came in and went out: what changed the holdings of a book from outside, by month, by purpose, by council; added
up from the months of accounts.

Holdings are what the assets hold. So money that goes from the cash to the bank neither comes nor goes; what another
book sent comes, and what was sent to one goes; of all books of a commune together neither does. What was there when a
book was opened was there, and did not come; a currency that loses zeros is written otherwise, and nothing moved. What
was taken back goes off the side that it was on. For any time and unit

    before + opened + came - went + rewritten = after
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from comuna.journal import sql
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.treasury.models.rendering import Rendering
from comuna.treasury.rules import Sides, month_of

PURPOSES = (AccountKind.INCOME.value, AccountKind.EXPENSE.value)


@dataclass(frozen=True)
class Flow:
    """What came in or went out by an account in a month, corrections taken off; above nothing, seldom below."""

    book: UUID
    council: str
    account: UUID
    code: str
    name: str
    kind: str
    use: str
    is_income: bool  # came in
    unit: str
    month: date
    amount: int

    @property
    def is_purpose(self) -> bool:
        """Whether it is income or spent; else it was owed, saved, exchanged, or came from another book."""
        return self.kind in PURPOSES

    @property
    def is_between_books(self) -> bool:
        return self.use == AccountUse.TRANSFERS.value


def flows(commune: UUID, first: date, last: date, book: UUID | None = None) -> list[Flow]:
    """Of whole months, of all books or of one: a row for a purpose and month in which anything happened, and for what
    else came or went."""
    return changes(commune, first, last, book).flows


def from_outside(found: Iterable[Flow]) -> list[Flow]:
    """Of all books of a commune: without what went from one to another."""
    return [one for one in found if not one.is_between_books]


def between_books(found: Iterable[Flow], unit: str) -> InOut:
    """What books received of each other and sent; more sent than received is under way."""
    sums = InOut()
    for flow in found:
        if flow.unit == unit and flow.is_between_books:
            sums.add(flow)
    return sums


@dataclass
class Changes:
    """What changed the holdings of books in a time, by unit."""

    flows: list[Flow] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)  # was there when a book was opened in this time
    rewritten: dict[str, int] = field(default_factory=dict)  # what currencies that lost zeros were and became

    def in_unit(self, unit: str) -> InOut:
        sums = InOut()
        for flow in self.flows:
            if flow.unit == unit:
                sums.add(flow)
        return sums

    @property
    def units(self) -> list[str]:
        return sorted({*units_in(self.flows), *self.opened, *self.rewritten})


Key = tuple[UUID, str, str]
"""An account, a unit and the first day of a month as the database says it."""


@dataclass
class _Beside:
    """What of the postings of some days is no movement of these days."""

    sides: dict[Key, Sides] = field(default_factory=dict)
    opened: dict[str, int] = field(default_factory=dict)
    rewritten: dict[str, int] = field(default_factory=dict)

    def add(self, key: Key, sides: Sides) -> None:
        self.sides[key] = self.sides.get(key, Sides()).and_(sides)


_ACCOUNT = "a.book_id, b.council, a.id, a.code, a.name, a.kind, a.use"


def changes(commune: UUID, first: date, last: date, book: UUID | None = None) -> Changes:
    """Of whole months, of all books or of one."""
    first, last = month_of(first), month_of(month_of(last) + timedelta(days=31)) - timedelta(days=1)
    only, values = (" AND a.book_id = %s", [sql.uuid_value(book)]) if book else ("", [])
    found = sql.rows(
        f"SELECT {_ACCOUNT}, t.unit, CAST(t.month AS TEXT), t.debit, t.credit"
        " FROM treasury_turnover t JOIN treasury_account a ON a.id = t.account_id"
        " JOIN treasury_book b ON b.id = a.book_id"
        " WHERE t.commune = %s AND a.kind <> 'asset' AND CAST(t.month AS TEXT) BETWEEN %s AND %s"
        f"{only} ORDER BY t.month, a.code, t.unit",
        sql.uuid_value(commune),
        first.isoformat(),
        last.isoformat(),
        *values,
    )
    return _changes(found, _beside(commune, first, last, book))


def in_rendering(one: Rendering) -> Changes:
    """Of the days and folios of accounts that were put before a session: what was entered later changes nothing."""
    month = month_of(one.first).isoformat()
    found = sql.rows(
        f"SELECT {_ACCOUNT}, s.unit, %s, s.debit, s.credit FROM treasury_renderedsum s"
        " JOIN treasury_account a ON a.id = s.account_id JOIN treasury_book b ON b.id = a.book_id"
        " WHERE s.rendering_id = %s AND a.kind <> 'asset' ORDER BY a.code, s.unit",
        month,
        sql.uuid_value(one.id),
    )
    beside, whole = _beside(one.commune, one.first, one.through, one.book_id, one.folio), _Beside()
    for (account, unit, _month), sides in beside.sides.items():
        whole.add((account, unit, month), sides)
    whole.opened, whole.rewritten = beside.opened, beside.rewritten
    return _changes(found, whole)


def _changes(found: Iterable[tuple[Any, ...]], beside: _Beside) -> Changes:
    made: list[Flow] = []
    for of_book, council, account, code, name, kind, use, unit, month, debit, credit in found:
        own = Sides(int(debit), int(credit)).less(beside.sides.get((sql.uuid_of(account), unit, month), Sides()))
        if kind in PURPOSES:
            is_income = kind == AccountKind.INCOME.value
            amounts = [(is_income, own.credit - own.debit if is_income else own.debit - own.credit)]
        else:
            amounts = [(is_income, amount) for is_income, amount in ((True, own.credit), (False, own.debit)) if amount]
        made += [
            Flow(
                book=sql.uuid_of(of_book),
                council=council,
                account=sql.uuid_of(account),
                code=code,
                name=name,
                kind=kind,
                use=use,
                is_income=is_income,
                unit=unit,
                month=date.fromisoformat(month),
                amount=amount,
            )
            for is_income, amount in amounts
        ]
    return Changes(made, beside.opened, beside.rewritten)


_OPENS = (
    "SELECT DISTINCT o.entry_id AS id FROM treasury_posting o JOIN treasury_account u ON u.id = o.account_id"
    " WHERE u.commune = %s AND u.use = 'opening'"
)
_GOES_OVER = "SELECT r.entry_id AS id FROM treasury_redenominatedbook r WHERE r.commune = %s"
_TAKES_BACK = "SELECT t.id AS id FROM treasury_entry t WHERE t.reverses_id > %s"  # than nothing: by its index


def _beside(commune: UUID, first: date, last: date, book: UUID | None, folio: int | None = None) -> _Beside:
    """What redenominations only wrote otherwise, all they moved but what rounding left; what was there when a book was
    opened; and what was taken back, which goes off the side that it was on."""
    days = _Days(commune, first, last, book, folio)
    found, here = _Beside(), sql.uuid_value(commune)
    for key, _kind, sides in days.postings(_GOES_OVER, here):
        found.add(key, sides)
        _count(found.rewritten, key, sides)
    for key, rounding in days.rounding():
        sides = Sides(-max(rounding, 0), -max(-rounding, 0))
        found.add(key, sides)
        _count(found.rewritten, key, sides)
    for key, kind, sides in days.postings(_OPENS, here, but=_GOES_OVER):
        if kind not in PURPOSES:
            found.add(key, sides)
            _count(found.opened, key, sides)
    for key, _kind, sides in days.postings(_TAKES_BACK, sql.uuid_value(UUID(int=0)), but=_OPENS):
        found.add(key, sides.and_(sides.turned))
    return found


def _count(sums: dict[str, int], key: Key, sides: Sides) -> None:
    """What that brought to the holdings."""
    if sides.credit != sides.debit:
        sums[key[1]] = sums.get(key[1], 0) + sides.credit - sides.debit


@dataclass(frozen=True)
class _Days:
    """Entries of a commune or of one book, from a day to a day, until a folio where one is said."""

    commune: UUID
    first: date
    last: date
    book: UUID | None
    folio: int | None

    def postings(self, which: str, value: Any, *, but: str = "") -> list[tuple[Key, str, Sides]]:
        """In accounts that are no assets, of these entries less those of ``but``, by month. They are few: the
        database begins with them (CROSS JOIN), and not with all entries of the days."""
        where, own = self._where
        if but:
            where, own = f"{where} AND e.id NOT IN ({but})", [*own, sql.uuid_value(self.commune)]
        found = sql.rows(
            "SELECT p.account_id, p.unit, CAST(e.day AS TEXT), a.kind,"
            " SUM(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END),"
            " SUM(CASE WHEN p.amount < 0 THEN -p.amount ELSE 0 END)"
            f" FROM ({which}) s CROSS JOIN treasury_entry e CROSS JOIN treasury_posting p CROSS JOIN treasury_account a"
            " WHERE e.id = s.id AND p.entry_id = e.id AND a.id = p.account_id"
            f" AND {where} AND a.kind <> 'asset' GROUP BY p.account_id, p.unit, e.day, a.kind",
            value,
            *own,
        )
        return [
            (_key(account, unit, day), kind, Sides(int(debit), int(credit)))
            for account, unit, day, kind, debit, credit in found
        ]

    def rounding(self) -> list[tuple[Key, int]]:
        """What redenominations left in accounts of differences; a debit above nothing."""
        where, own = self._where
        found = sql.rows(
            "SELECT a.id, d.in_unit, CAST(e.day AS TEXT), r.rounding FROM treasury_redenominatedbook r"
            " JOIN treasury_redenomination d ON d.id = r.redenomination_id JOIN treasury_entry e ON e.id = r.entry_id"
            f" JOIN treasury_account a ON a.book_id = r.book_id WHERE {where} AND a.use = %s AND r.rounding <> 0",
            *own,
            AccountUse.DIFFERENCES.value,
        )
        return [(_key(account, unit, day), int(rounding)) for account, unit, day, rounding in found]

    @property
    def _where(self) -> tuple[str, list[Any]]:
        books = "IN (SELECT id FROM treasury_book WHERE commune = %s)" if self.book is None else "= %s"
        where = f"e.book_id {books} AND e.day BETWEEN %s AND %s"
        values: list[Any] = [sql.uuid_value(self.book or self.commune), self.first, self.last]
        if self.folio is not None:
            where, values = f"{where} AND e.folio <= %s", [*values, self.folio]
        return where, values


def _key(account: UUID | str, unit: str, day: str) -> Key:
    return sql.uuid_of(account), unit, f"{day[:7]}-01"


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
    is_between_books: bool = False


def by_code(found: Iterable[Flow], unit: str) -> list[PurposeSum]:
    """In the order of codes; those that came to nothing are left out."""
    sums: dict[tuple[str, bool], int] = defaultdict(int)
    of_code: dict[str, Flow] = {}
    for flow in found:
        if flow.unit == unit:
            sums[flow.code, flow.is_income] += flow.amount
            of_code.setdefault(flow.code, flow)
    return [
        PurposeSum(code, of_code[code].name, is_income, amount, of_code[code].is_between_books)
        for (code, is_income), amount in sorted(sums.items())
        if amount
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
