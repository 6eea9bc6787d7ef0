"""Questions about what the bank says: its lines, which entries they are, and what is on one side alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Sum

from comuna.acts.rules import folded
from comuna.statutes.bookkeeping import AccountUse
from comuna.treasury import queries
from comuna.treasury.models import Account, BankColumns, BankLine, BankStatement, Posting
from comuna.treasury.rules import Moved, Pair, Said, matches


def columns_of(account: UUID, unit: str) -> BankColumns | None:
    found: BankColumns | None = BankColumns.objects.filter(account=account, unit=unit).first()
    return found


def heads_of(columns: BankColumns) -> dict[str, str]:
    """The heads that were said, by what they mean."""
    names = ("day", "amount", "came", "went", "reference", "words", "balance")
    return {name: head for name in names if (head := getattr(columns, f"{name}_head"))}


def said_before(account: UUID, unit: str) -> Counter[Said]:
    """How many lines the books have of each day, amount and reference."""
    rows = BankLine.objects.filter(account=account, unit=unit).values_list("day", "amount", "reference")
    return Counter((day, amount, reference_key(reference)) for day, amount, reference in rows)


def reference_key(reference: str) -> str:
    """Letters and digits alone, without zeros in front."""
    return "".join(letter for letter in folded(reference) if letter.isalnum()).lstrip("0")


def statements(account: UUID, unit: str) -> list[BankStatement]:
    """The newest first."""
    return list(BankStatement.objects.filter(account=account, unit=unit).order_by("-last", "-born"))


def organ_of_statement(statement: UUID) -> str | None:
    return queries.keeper_where(accounts__bank_statements=statement)


def organ_of_line(line: UUID) -> str | None:
    return queries.keeper_where(accounts__bank_statements__lines=line)


def shown_since(statement: BankStatement) -> date:
    """The oldest day with which it stands: its own first one, or that of an entry with which a line is matched."""
    matched: date | None = statement.lines.aggregate(day=Min("entry__day"))["day"]
    first: date = statement.first
    return min(first, matched or first)


@dataclass(frozen=True)
class Differences:
    """Lines of the bank that are no entry yet, entries that are no line, and which may be the same."""

    lines: tuple[BankLine, ...]
    postings: tuple[Posting, ...]
    proposed: tuple[Pair, ...]


def differences(account: UUID, unit: str) -> Differences:
    """Within the days that statements reach; an entry that was taken back, and what took it back, are no difference."""
    lines = tuple(BankLine.objects.filter(account=account, unit=unit, entry=None).order_by("day", "number"))
    postings = tuple(unmatched_postings([account], unit))
    bank = [Moved(one.id, one.day, one.amount, reference_key(one.reference)) for one in lines]
    books = [Moved(one.entry_id, one.entry.day, one.amount, reference_key(one.entry.reference)) for one in postings]
    return Differences(lines, postings, tuple(matches(bank, books)))


def unmatched_postings(accounts: Collection[UUID], unit: str = "") -> Iterable[Posting]:
    """Of accounts with statements, the postings of the days that these reach which are no line of the bank."""
    reached = BankStatement.objects.filter(account__in=accounts).values("account", "unit")
    for span in reached.annotate(begins=Min("first"), ends=Max("last")).order_by("account", "unit"):
        if unit and span["unit"] != unit:
            continue
        yield from (
            Posting.objects.filter(
                account=span["account"],
                unit=span["unit"],
                entry__day__gte=span["begins"],
                entry__day__lte=span["ends"],
                entry__reverses=None,
                entry__reversal=None,
            )
            .exclude(entry__bank_lines__account=span["account"])
            .exclude(entry__postings__account__use=AccountUse.OPENING.value)  # moved nothing at the bank
            .select_related("entry", "account")
            .order_by("entry__day", "entry__folio")
        )


def is_matched(entry: UUID, account: UUID) -> bool:
    return BankLine.objects.filter(entry=entry, account=account).exists()


def moved_by(entry: UUID, account: UUID, unit: str) -> int:
    """What an entry moved in an account: above nothing what came."""
    return Posting.objects.filter(entry=entry, account=account, unit=unit).aggregate(n=Sum("amount"))["n"] or 0


def balance_on(account: Account, unit: str, day: date) -> int:
    """What the books say was there at the end of a day: what there is now without what was entered of later days."""
    later = Posting.objects.filter(account=account, unit=unit, entry__day__gt=day).aggregate(n=Sum("amount"))["n"] or 0
    return queries.balance(account.id, unit) - int(later)
