"""Questions to the books: which there are, what they hold, what came and went. No page adds up postings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from comuna.acts.authority import authority
from comuna.journal import sql
from comuna.journal.lock import once_a_page
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import BookKind
from comuna.treasury.models import Account, Balance, Book, BudgetLine, Closing, Entry, Payment, Posting
from comuna.treasury.rules import Line


def books(commune: UUID) -> list[Book]:
    """Those that were opened, in that order."""
    return sql.state_rows(Book, '"commune" = %s ORDER BY born', sql.uuid_value(commune))


def book_of_kind(commune: UUID, kind: str) -> Book | None:
    found = sql.state_rows(Book, '"commune" = %s AND "kind" = %s', sql.uuid_value(commune), kind)
    return found[0] if found else None


def kind_of(book: Book, day: date) -> BookKind | None:
    """What the statute of a day says of it, or another one where that one says nothing."""
    return statutes.said_on(book.commune, day, lambda text: text.money.book(book.kind))


def organ_of_book(book: UUID) -> str | None:
    return _keeper("WHERE b.id = %s", book)


def organ_of_account(account: UUID) -> str | None:
    return _keeper("JOIN treasury_account a ON a.book_id = b.id WHERE a.id = %s", account)


def organ_of_line(line: UUID) -> str | None:
    joined = "JOIN treasury_budget u ON u.book_id = b.id JOIN treasury_budgetline l ON l.budget_id = u.id"
    return _keeper(f"{joined} WHERE l.id = %s", line)


def organ_of_budget(budget: UUID) -> str | None:
    return _keeper("JOIN treasury_budget u ON u.book_id = b.id WHERE u.id = %s", budget)


def organ_of_entry(entry: UUID) -> str | None:
    return _keeper("JOIN treasury_entry e ON e.book_id = b.id WHERE e.id = %s", entry)


def organ_of(table: str, id: UUID) -> str | None:
    """That keeps the book to which a row of a table belongs."""
    return _keeper(f"JOIN {table} t ON t.book_id = b.id WHERE t.id = %s", id)


def keeper_where(**where: UUID) -> str | None:
    """The organ that keeps the book of which this is true today."""
    found = Book.objects.filter(**where).first()
    return found.organ if found else None


def _keeper(which: str, id: UUID) -> str | None:
    """The organ that keeps a book today."""
    found = sql.one(f"SELECT b.commune, b.kind, b.opened_by FROM treasury_book b {which}", sql.uuid_value(id))
    return (statutes.organ_of_book_kind(sql.uuid_of(found[0]), found[1]) or str(found[2])) if found else None


def accounts(book: UUID, kinds: Collection[str] = ()) -> list[Account]:
    """In the order of their codes."""
    where, values = '"book_id" = %s', [sql.uuid_value(book), *kinds]
    if kinds:
        where += f' AND "kind" IN ({sql.marks(kinds)})'
    return sql.state_rows(Account, f'{where} ORDER BY "code"', *values)


def account(id: UUID) -> Account:
    """One that is in the books."""
    (found,) = sql.state_rows(Account, '"id" = %s', sql.uuid_value(id))
    return found


def account_with_code(book: UUID, code: str) -> Account | None:
    found = sql.state_rows(Account, '"book_id" = %s AND "code" = %s', sql.uuid_value(book), code)
    return found[0] if found else None


def account_for_use(book: UUID, use: str) -> Account | None:
    found = sql.state_rows(Account, '"book_id" = %s AND "use" = %s', sql.uuid_value(book), use)
    return found[0] if found else None


def limit_of(book: Book, account: Account, day: date) -> int | None:
    """How much of its book's unit an account holds at most, by the statute of a day; None where nothing is said."""
    kind = kind_of(book, day)
    said = kind.chart.account(account.code) if kind else None
    if kind is None or said is None or said.limit is None:
        return None
    unit = statutes.unit(book.commune, kind.unit)
    return said.limit * int(10 ** (unit.decimals if unit else 0))


def limits_over(book: Book, account: Account, day: date) -> Iterator[tuple[Account, int]]:
    """The account and those above it of which ``limit_of`` says something, the nearest first. Each holds for what is
    beneath it too."""
    codes = account.code.split(".")
    for many in range(len(codes), 0, -1):
        above = account if many == len(codes) else account_with_code(book.id, ".".join(codes[:many]))
        limit = limit_of(book, above, day) if above is not None else None
        if above is not None and limit is not None:
            yield above, limit


def balance_with_beneath(account: Account, unit: str) -> int:
    """Of the account and of those beneath it together."""
    beneath = Q(account__code=account.code) | Q(account__code__startswith=f"{account.code}.")
    held = Balance.objects.filter(beneath, account__book=account.book_id, unit=unit)
    return sum(held.values_list("amount", flat=True))


def of_commune(book: UUID) -> UUID | None:
    """Whose book it is; None for no book."""
    found = sql.one("SELECT commune FROM treasury_book WHERE id = %s", sql.uuid_value(book))
    return sql.uuid_of(found[0]) if found else None


def book_of_line(line: UUID) -> UUID | None:
    """Out of whose budget that line is; None for no line."""
    found: UUID | None = BudgetLine.objects.filter(pk=line).values_list("budget__book", flat=True).first()
    return found


def moved_that_day(book: UUID, verb: str, unit: str, days: tuple[date, date], kinds: Collection[str]) -> int:
    """How much of a unit accounts of these kinds gave in a book by acts of a verb that stand: by entries of the first
    of these days, or made on the second, which is today."""
    here, (day, today) = sql.uuid_value(book), days
    found = sql.one(  # entries of that day, and from the newest folio back those that were made today
        "SELECT COALESCE(SUM(-p.amount), 0) FROM treasury_entry e JOIN journal_record r ON r.id = e.act"
        " JOIN treasury_posting p ON p.entry_id = e.id JOIN treasury_account a ON a.id = p.account_id"
        f" WHERE r.verb = %s AND p.unit = %s AND p.amount < 0 AND a.kind IN ({sql.marks(kinds)})"
        " AND e.id IN (SELECT id FROM treasury_entry WHERE book_id = %s AND day = %s UNION"
        " SELECT id FROM treasury_entry WHERE book_id = %s AND folio > COALESCE((SELECT o.folio FROM treasury_entry o"
        " JOIN journal_record m ON m.id = o.act WHERE o.book_id = %s AND m.day < %s ORDER BY o.folio DESC LIMIT 1), 0))"
        " AND NOT EXISTS (SELECT 1 FROM treasury_entry b WHERE b.reverses_id = e.id)",
        *(verb, unit, *kinds, here, day.isoformat(), here, here, today.isoformat()),
    )
    return int(found[0]) if found else 0


def closed_through(book: UUID) -> date | None:
    """The last day on which nothing is entered any more."""
    found = sql.one("SELECT CAST(MAX(through) AS TEXT) FROM treasury_closing WHERE book_id = %s", sql.uuid_value(book))
    return sql.day_of(found[0]) if found else None


def entered_since(book: UUID, through: date, seq: int) -> bool:
    """Whether something was entered on a day until then by a record after that number."""
    here = sql.uuid_value(book)
    found = sql.one(  # from the newest folio back: they follow the records
        "SELECT 1 FROM treasury_entry WHERE book_id = %s AND day <= %s AND folio > COALESCE((SELECT folio FROM"
        " treasury_entry WHERE book_id = %s AND born <= %s ORDER BY folio DESC LIMIT 1), 0) LIMIT 1",
        *(here, through.isoformat(), here, seq),
    )
    return found is not None


def entered_after(book: UUID, first: date, last: date, seq: int) -> int:
    """How many entries of these days were made by acts after that number."""
    return Entry.objects.filter(book=book, day__gte=first, day__lte=last, born__gt=seq).count()


def balance(account: UUID, unit: str) -> int:
    found = sql.one(
        "SELECT amount FROM treasury_balance WHERE account_id = %s AND unit = %s", sql.uuid_value(account), unit
    )
    return int(found[0]) if found else 0


def lines_of(entry: UUID) -> tuple[Line, ...]:
    """The largest debit first, the largest credit last."""
    rows = sql.state_rows(Posting, '"entry_id" = %s ORDER BY "amount" DESC, "account_id"', sql.uuid_value(entry))
    return tuple(Line(one.account_id, one.unit, one.amount) for one in rows)


def amount_said(amount: int, unit: str, commune: UUID) -> str:
    """As people of the commune write it, with its unit."""
    return authority().amount_words(amount, unit, commune)


@dataclass(frozen=True)
class Held:
    """An account and what it holds of a unit."""

    account: Account
    unit: str
    amount: int
    postings: int


def trial_balance(book: UUID) -> list[Held]:
    """Every account of a book that holds or held something, in the order of codes; adds up to nothing in each unit."""
    found = sql.joined_rows(
        Account,
        "b.unit, b.amount, b.postings",
        'JOIN treasury_balance b ON b.account_id = "treasury_account".id',
        '"book_id" = %s ORDER BY "code", b.unit',
        sql.uuid_value(book),
    )
    return [Held(account, unit, amount, postings) for account, unit, amount, postings in found]


@dataclass(frozen=True)
class StatementLine:
    """A posting of an account with its entry."""

    posting: Posting
    entry: Entry


def statement(account: UUID, unit: str, first: int, last: int) -> list[StatementLine]:
    """The postings of an account in one unit with these numbers, in the order in which they were entered."""
    postings = sql.state_rows(
        Posting,
        '"account_id" = %s AND "unit" = %s AND "number" BETWEEN %s AND %s ORDER BY "number"',
        sql.uuid_value(account),
        unit,
        first,
        last,
    )
    entries = entries_with([one.entry_id for one in postings])
    return [StatementLine(one, entries[one.entry_id]) for one in postings]


def entries_with(ids: Sequence[UUID]) -> dict[UUID, Entry]:
    if not ids:
        return {}
    values = [sql.uuid_value(id) for id in ids]
    return {one.id: one for one in sql.state_rows(Entry, f'"id" IN ({sql.marks(values)})', *values)}


def paid_by(entries: Sequence[UUID]) -> dict[UUID, int]:
    """What each of these entries, which are payments, moved: one statement."""
    return {entry: sum(one.amount for one in debits) for entry, debits in moved_by(entries).items()}


def moved_by(entries: Sequence[UUID]) -> dict[UUID, list[Posting]]:
    """What was debited by each of these entries: one statement."""
    postings = _postings_of(entries)
    return {entry: [one for one in postings[entry] if one.amount > 0] for entry in entries}


def is_reversed(entry: UUID) -> bool:
    return sql.one("SELECT 1 FROM treasury_entry WHERE reverses_id = %s", sql.uuid_value(entry)) is not None


def words_of_line(id: UUID) -> str:
    """What it is for; its number where that was erased."""
    found = once_a_page(("words of a line", id), lambda: BudgetLine.objects.filter(pk=id).first())
    return (found.words or str(found.number)) if found else "—"


def line(id: UUID, commune: UUID) -> BudgetLine | None:
    return sql.state_row(BudgetLine, id, commune)


def closings(book: UUID) -> list[Closing]:
    return sql.state_rows(Closing, '"book_id" = %s ORDER BY "through" DESC', sql.uuid_value(book))


# What pages say of books


@dataclass(frozen=True)
class Sum:
    """So much of a unit in a book, or in one of its months."""

    book: UUID
    unit: str
    amount: int


def holdings(commune: UUID) -> dict[UUID, list[Sum]]:
    """What the assets of each book hold, by unit; added up over accounts, never over postings."""
    found = sql.rows(
        "SELECT a.book_id, b.unit, SUM(b.amount) FROM treasury_balance b JOIN treasury_account a ON a.id = b.account_id"
        " WHERE a.kind = 'asset' AND a.commune = %s GROUP BY a.book_id, b.unit ORDER BY b.unit",
        sql.uuid_value(commune),
    )
    sums: dict[UUID, list[Sum]] = {}
    for book, unit, amount in found:
        sums.setdefault(sql.uuid_of(book), []).append(Sum(sql.uuid_of(book), unit, int(amount)))
    return sums


@dataclass(frozen=True)
class EntryLine:
    """An entry with its postings, as a list shows it."""

    entry: Entry
    postings: tuple[Posting, ...]


def entries(book: UUID, first: int, last: int) -> list[EntryLine]:
    """Those with these folios, the newest first."""
    rows = sql.state_rows(
        Entry, '"book_id" = %s AND "folio" BETWEEN %s AND %s ORDER BY "folio" DESC', sql.uuid_value(book), first, last
    )
    postings = _postings_of([one.id for one in rows])
    return [EntryLine(one, tuple(postings[one.id])) for one in rows]


def _postings_of(ids: Sequence[UUID]) -> dict[UUID, list[Posting]]:
    found: dict[UUID, list[Posting]] = {id: [] for id in ids}
    if ids:
        values = [sql.uuid_value(id) for id in ids]
        where = f'"entry_id" IN ({sql.marks(values)}) ORDER BY "amount" DESC, "account_id"'
        for one in sql.state_rows(Posting, where, *values):
            found[one.entry_id].append(one)
    return found


def budget_lines(book: UUID) -> list[BudgetLine]:
    """Of all its budgets but those taken back, the newest first."""
    return list(
        BudgetLine.objects.filter(budget__book=book, budget__withdrawn_on=None)
        .select_related("budget", "account")
        .order_by("-budget__begins", "-budget__born", "number")
    )


def set_aside_by(resolution: UUID) -> list[BudgetLine]:
    """The lines of the budgets that a decision adopted, in order."""
    standing = BudgetLine.objects.filter(budget__resolution=resolution, budget__withdrawn_on=None)
    found = standing.select_related("budget__book", "account")
    return list(found.order_by("budget__born", "number"))


def payments_of(line: UUID) -> QuerySet[Payment]:
    """Payments against a line, the newest first; those that were taken back too."""
    return Payment.objects.filter(line=line).select_related("entry", "entry__reversal").order_by("-born", "-pk")


def balances_of(account: UUID) -> list[Held]:
    found = sql.joined_rows(
        Account,
        "b.unit, b.amount, b.postings",
        'JOIN treasury_balance b ON b.account_id = "treasury_account".id',
        '"treasury_account"."id" = %s ORDER BY b.unit',
        sql.uuid_value(account),
    )
    return [Held(one, unit, amount, postings) for one, unit, amount, postings in found]
