"""Money and goods in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import get_language, gettext as _

from comuna.acts.act import act_of
from comuna.look.words import list_words
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, BookKind
from comuna.statutes.councils import BETWEEN
from comuna.statutes.statute import in_books, in_language
from comuna.treasury import queries
from comuna.treasury.acts import RecordOpening
from comuna.treasury.models import Account, AdvanceStep, Book, BudgetLine, Count, Entry, Transfer
from comuna.treasury.queries import Sum, amount_said, transfers
from comuna.treasury.queries.aid import numbers_of
from comuna.treasury.queries.bank import made_by_the_bank
from comuna.treasury.queries.flows import PurposeSum
from comuna.treasury.queries.orders import done_as
from comuna.treasury.queries.petty import replenishing
from comuna.treasury.queries.redenomination import by_entries

DEBIT = (AccountKind.ASSET.value, AccountKind.EXPENSE.value)


def book_name(book: Book, day: date) -> str:
    kind = queries.kind_of(book, day)
    return in_language(kind.name, get_language() or "es") if kind else book.kind


def own_name(book: Book, day: date) -> str:
    """Without the council, where that is said beside it."""
    return book_name(book, day).partition(BETWEEN)[0]


def account_name(account: Account, kind: BookKind | None) -> str:
    """As it was called when it was opened, in the reader's language where the statute still calls it so."""
    said = kind.chart.account(account.code) if kind else None
    if said is not None and account.name in ("", in_books(said.name)):
        return in_language(said.name, get_language() or "es")
    return account.name or account.code


def code_name(commune: UUID, code: str, name: str) -> str:
    """What an account of this code and name is called in the reader's language, in whichever chart has it."""
    for text in statutes.ever_adopted(commune):
        for chart in text.money.charts:
            if (account := chart.account(code)) is not None and name in ("", in_books(account.name)):
                return in_language(account.name, get_language() or "es")
    return name or code


def between_words(*, is_income: bool) -> str:
    return _("From other books") if is_income else _("To other books")


def source_or_use(*, is_income: bool) -> str:
    """The head of a list of what came in, or of what went out."""
    return _("Where from") if is_income else _("What for")


def flow_name(one: PurposeSum, commune: UUID) -> str:
    """For what, or from where, something came in or went out."""
    if one.is_between_books:
        return between_words(is_income=one.is_income)
    return code_name(commune, one.code, one.name)


def sums_words(book: Book, sums: Iterable[Sum]) -> str:
    """``1.250,00 VES y 30,000 KG``; nothing held is said in the book's own unit."""
    held = [amount_said(one.amount, one.unit, book.commune) for one in sums if one.amount]
    return list_words(held) if held else amount_said(0, book.unit, book.commune)


def kind_words(kind: str) -> str:
    return {
        AccountKind.ASSET.value: _("What there is"),
        AccountKind.LIABILITY.value: _("What is owed"),
        AccountKind.EQUITY.value: _("Own means"),
        AccountKind.INCOME.value: _("What came in"),
        AccountKind.EXPENSE.value: _("What it was spent on"),
    }[kind]


def natural(account: Account, amount: int) -> int:
    """A balance as people mean it: income, debts and own means are written above nothing."""
    return amount if account.kind in DEBIT else -amount


def line_words(line: BudgetLine) -> str:
    return line.words or _("Line {n}").format(n=line.number)


def words_of(entry: Entry) -> str:
    """What one entry is for."""
    return entry_words([entry])[entry.id]


def entry_words(entries: Sequence[Entry]) -> dict[UUID, str]:
    """What each is for; what acts enter by themselves is said by its kind and number, and never by a name."""
    unsaid = [one for one in entries if not one.words and one.reverses_id is None]
    said = _by_themselves([one.id for one in unsaid]) if unsaid else {}
    said |= _by_their_acts([one for one in unsaid if one.id not in said])
    return {one.id: one.words or (_("Taken back") if one.reverses_id else said[one.id]) for one in entries}


def _by_their_acts(entries: Sequence[Entry]) -> dict[UUID, str]:
    """Opening balances; of the others whose words were erased, or which never had any, such as a repayment that was
    taken back."""
    verbs = done_as({one.act for one in entries}) if entries else {}
    said = {}
    for one in entries:
        verb = verbs.get(one.act, "")
        words = act_of(verb).model_fields.get("words") if verb else None
        if verb == RecordOpening.verb:
            said[one.id] = _("Opening balance")
        elif words is not None and words.annotation is str:
            said[one.id] = _("Words erased")
        else:
            said[one.id] = _("Entry {folio}").format(folio=one.folio)
    return said


def aid_words(number: int) -> str:
    """All that is public of a case."""
    return _("Aid, case {number}").format(number=number)


def paid_words(entries: Sequence[Entry]) -> dict[UUID, str]:
    """What payments were for; a dash where that was erased."""
    numbers = numbers_of([one.id for one in entries if not one.words])
    return {one.id: one.words or (aid_words(numbers[one.id]) if one.id in numbers else "—") for one in entries}


def _by_themselves(entries: Sequence[UUID]) -> dict[UUID, str]:
    """Of these entries those of counts, advances, transfers, redenominations and the bank."""
    said = {
        "deposit": _("Deposit, savings account {number}"),
        "withdrawal": _("Withdrawal, savings account {number}"),
        "held before": _("Held before the book, savings account {number}"),
        "repaid": _("Repayment, credit {number}"),
        "paid out": _("Credit {number} paid out"),
        "lost": _("Credit {number} written off"),
    }
    counts = Count.objects.filter(entry__in=entries).values_list("entry", flat=True)
    advances = AdvanceStep.objects.filter(entry__in=entries).values_list("entry", flat=True)
    found = dict.fromkeys(counts, _("Difference found by a count"))
    found |= dict.fromkeys(advances, _("Brought back from an advance"))
    for entry, one in by_entries(entries).items():
        found[entry] = _("{unit} became {in_unit}").format(unit=one.unit, in_unit=one.in_unit)
    for entry, done in replenishing(entries).items():
        found[entry] = _("{account} replenished").format(account=done.account.name)
    found |= {entry: _between(one, coming) for entry, (one, coming) in transfers.of_entries(entries).items()}
    found |= {entry: aid_words(number) for entry, number in numbers_of(entries).items()}
    return found | {
        entry: said[made.what].format(number=made.number) for entry, made in made_by_the_bank(entries).items()
    }


def _between(one: Transfer, is_coming: bool) -> str:
    """What an entry that has no words of its own does between two books."""
    book = book_name(one.out_of if is_coming else one.into, one.day)
    if one.percent is not None:
        words = _("Share of the surplus of “{book}”") if is_coming else _("Share of the surplus for “{book}”")
    else:
        words = _("From “{book}”") if is_coming else _("To “{book}”")
    return words.format(book=book)
