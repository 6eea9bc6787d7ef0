"""The only writers of the ledger. They keep balances and turnovers with every entry; they judge nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed, row_key
from comuna.journal import sql
from comuna.journal.ids import named_text
from comuna.treasury.models import (
    Account,
    Balance,
    BankLine,
    Book,
    Budget,
    BudgetLine,
    Closing,
    Entry,
    Payment,
    Posting,
    Turnover,
)
from comuna.treasury.rules import Draft, month_of


class _Kept:
    """What an account holds of a unit while entries are posted."""

    __slots__ = ("account", "amount", "is_new", "postings")

    def __init__(self, account: UUID, amount: int, postings: int) -> None:
        self.account = account.hex
        self.amount, self.postings, self.is_new = amount, postings, not postings


class _Turned:
    """What came and went in a month while entries are posted."""

    __slots__ = ("credit", "debit", "is_new")

    def __init__(self, debit: int, credit: int, *, is_new: bool) -> None:
        self.debit, self.credit, self.is_new = debit, credit, is_new


_Place = tuple[UUID, str]
"""An account and a unit."""
_Month = tuple[UUID, str, date]
"""With a month."""


def open_book(record: Performed, kind: str, organ: str, council: str, unit: str, day: date) -> None:
    record.create(Book, kind=kind, opened_by=organ, council=council, unit=unit, day=day)


def open_account(
    record: Performed, book: UUID, code: str, kind: str, use: str, name: str, *, id: UUID | None = None
) -> None:
    """With an id of its own, or that of its code in the book."""
    at = id or account_key(book, code)
    record.create(Account, id=at, book_id=book, code=code, kind=kind, use=use, name=name, act=record.id)


def account_key(book: UUID, code: str) -> UUID:
    """The id of an account of the statute's chart."""
    return row_key(book, "account", code)


def post(record: Performed, drafts: Sequence[Draft]) -> None:
    """Enter them in their books, each under its next folio, in this order. The lines of each add up to nothing in each
    unit; the database refuses them otherwise."""
    if not drafts:
        return
    places = {line[:2] for draft in drafts for line in draft.lines}
    months = {(*line[:2], month_of(draft.day)) for draft in drafts for line in draft.lines}
    held, turned = _held(places), _turned(months)
    folios = {book: _folio(book) for book in dict.fromkeys(draft.book for draft in drafts)}
    act, space = record.id.hex, record.id.bytes
    postings, entries = [], []
    for id, book, day, words, lines, reference, reverses in drafts:
        month, entry, keys = month_of(day), id.hex, f"posting.{id}."  # as record.key gives them
        for number, (account, unit, amount) in enumerate(lines):
            kept, turn = held[account, unit], turned[account, unit, month]
            kept.amount += amount
            kept.postings += 1
            if amount > 0:
                turn.debit += amount
            else:
                turn.credit -= amount
            key = named_text(space, f"{keys}{number}")
            postings.append((key, entry, kept.account, unit, amount, kept.postings, kept.amount))
        folios[book] += 1
        back = reverses.hex if reverses else None
        entries.append((entry, book.hex, folios[book], day.isoformat(), act, words, reference, back))
    record.create_rows(Posting, ("id", "entry_id", "account_id", "unit", "amount", "number", "after"), postings)
    names = ("id", "book_id", "folio", "day", "act", "words", "reference", "reverses_id")
    record.create_rows(Entry, names, entries)
    _keep_balances(record, held)
    _keep_turnovers(record, turned)
    for book, folio in folios.items():
        record.update(Book, book, entries=folio)
    _release_matches(record, {draft.reverses for draft in drafts if draft.reverses}, folios)


def _release_matches(record: Performed, taken_back: Collection[UUID], books: Collection[UUID]) -> None:
    """What the bank says and was matched with them stands alone again."""
    if not taken_back:
        return
    matched = BankLine.objects.filter(account__book__in=list(books), entry__isnull=False).order_by("born", "number")
    for line, entry in list(matched.values_list("id", "entry")):
        if entry in taken_back:
            record.update(BankLine, line, entry_id=None)


def _folio(book: UUID) -> int:
    found = sql.one("SELECT entries FROM treasury_book WHERE id = %s", sql.uuid_value(book))
    assert found is not None, "an entry stands in a book"
    return int(found[0])


def _held(places: Collection[_Place]) -> dict[_Place, _Kept]:
    accounts = _values(account for account, _unit in places)
    rows = sql.rows(
        f"SELECT account_id, unit, amount, postings FROM treasury_balance WHERE account_id IN ({sql.marks(accounts)})",
        *accounts,
    )
    found = {(sql.uuid_of(row[0]), row[1]): row[2:] for row in rows}
    return {place: _Kept(place[0], *found.get(place, (0, 0))) for place in sorted(places)}


def _turned(months: Collection[_Month]) -> dict[_Month, _Turned]:
    accounts, days = _values(one[0] for one in months), sorted({month.isoformat() for _account, _unit, month in months})
    rows = sql.rows(
        "SELECT account_id, unit, CAST(month AS TEXT), debit, credit FROM treasury_turnover"
        f" WHERE account_id IN ({sql.marks(accounts)}) AND CAST(month AS TEXT) IN ({sql.marks(days)})",
        *accounts,
        *days,
    )
    found = {(sql.uuid_of(row[0]), row[1], date.fromisoformat(row[2])): row[3:] for row in rows}
    return {one: _Turned(*found.get(one, (0, 0)), is_new=one not in found) for one in sorted(months)}


def _values(accounts: Iterable[UUID]) -> list[UUID | str]:
    return [sql.uuid_value(account) for account in sorted(set(accounts))]


def _keep_balances(record: Performed, held: dict[_Place, _Kept]) -> None:
    new = []
    for (account, unit), kept in held.items():
        id, now = row_key(account, "balance", unit), {"amount": kept.amount, "postings": kept.postings}
        if kept.is_new:
            new.append({"id": id, "account_id": account, "unit": unit, **now})
        else:
            record.update(Balance, id, **now)
    record.create_many(Balance, new)


def _keep_turnovers(record: Performed, turned: dict[_Month, _Turned]) -> None:
    new = []
    for (account, unit, month), turn in turned.items():
        id, now = row_key(account, "turnover", unit, month), {"debit": turn.debit, "credit": turn.credit}
        if turn.is_new:
            new.append({"id": id, "account_id": account, "unit": unit, "month": month, **now})
        else:
            record.update(Turnover, id, **now)
    record.create_many(Turnover, new)


def adopt_budget(
    record: Performed, book: UUID, resolution: UUID, begins: date, ends: date, lines: Sequence[Mapping[str, Any]]
) -> None:
    """``lines`` give account_id, unit, amount and words."""
    record.create(Budget, book_id=book, resolution=resolution, begins=begins, ends=ends)
    record.create_many(
        BudgetLine,
        [
            {"id": record.key("line", number), "budget_id": record.id, "number": number, **line}
            for number, line in enumerate(lines, start=1)
        ],
    )


def withdraw_budget(record: Performed, budget: UUID, lines: Sequence[UUID]) -> None:
    """Nothing is set aside in these, its lines, any more."""
    record.update(Budget, budget, withdrawn_on=record.day)
    for line in lines:
        change_line(record, line, amount=0)


def close_book(record: Performed, book: UUID, through: date, rendering: UUID | None = None) -> None:
    """From now on the database takes no entry of these days."""
    record.create(Closing, book_id=book, through=through, rendering=rendering)


def change_line(record: Performed, line: UUID, **columns: int) -> None:
    """What was set aside, spent or promised of a line, as ``check`` worked it out."""
    record.update(BudgetLine, line, **columns)


def note_payment(record: Performed, line: UUID, spent: int, payee: str) -> None:
    """The entry of the act is a payment against the line, of which so much is spent now."""
    record.update(BudgetLine, line, spent=spent)
    record.create(Payment, entry_id=record.id, line_id=line, payee=payee)
