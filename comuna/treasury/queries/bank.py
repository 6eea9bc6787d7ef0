"""Questions to the bank: whose savings, which credits stand how on a day, what all of them come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import KEPT_BY_THE_BANK, CreditKind, Schedule
from comuna.statutes.statute import Statute
from comuna.treasury import queries, schedules
from comuna.treasury.models import Book, Posting
from comuna.treasury.models.aid import AidPayment
from comuna.treasury.models.bank import Credit, CreditAnswer, CreditRequest, Repayment, Savings, SavingsMove
from comuna.treasury.queries.aid import FEW
from comuna.treasury.schedules import Laid, Part


def kinds_of(book: Book, day: date) -> tuple[CreditKind, ...]:
    """The credits that a book gives, by the statute of that day."""
    return statutes.in_force(book.commune, day).money.credits_of(book.kind)


def kind_of_credit(commune: UUID, kind: str, day: date) -> CreditKind | None:
    """What the statute of a day says of it, or another one where that one says nothing."""
    return statutes.said_on(commune, day, lambda text: text.money.credit(kind))


def banks(commune: UUID, day: date) -> list[Book]:
    """The open books that give credits, by the statute of that day, and those that have savings or credits."""
    lending = {one.book for one in statutes.in_force(commune, day).money.credits}
    has_some = Exists(Savings.objects.filter(book=OuterRef("pk"))) | Exists(Credit.objects.filter(book=OuterRef("pk")))
    return list(Book.objects.filter(Q(kind__in=lending) | has_some, commune=commune).order_by("born"))


def organ_of_savings(savings: UUID) -> str | None:
    return queries.organ_of("treasury_savings", savings)


def book_of_savings(savings: UUID) -> UUID | None:
    """The bank's book in which a savings account is; None for no such account."""
    found: UUID | None = Savings.objects.filter(pk=savings).values_list("book", flat=True).first()
    return found


def organ_of_credit(credit: UUID) -> str | None:
    return queries.organ_of("treasury_credit", credit)


def organ_of_bank_entry(entry: UUID) -> str | None:
    """None for an entry that the bank's acts did not make."""
    made = (
        SavingsMove.objects.filter(entry=entry).exists()
        or Repayment.objects.filter(entry=entry).exists()
        or Credit.objects.filter(paid_out_by=entry).exists()
    )
    return queries.organ_of_entry(entry) if made else None


def is_kept_one_by_one(entry: UUID) -> bool:
    """Whether it moved savings or credits, which only the bank's acts take back. A repayment of interest alone moves
    the credit and no account that is kept one by one."""
    uses = [use.value for use in KEPT_BY_THE_BANK]
    moved = Posting.objects.filter(entry=entry, account__use__in=uses).exists()
    return bool(moved or made_by_the_bank([entry]))


def is_about_somebody(entry: UUID) -> bool:
    """Whether it moved savings, a credit or an aid: its papers name who got or brought it."""
    return is_kept_one_by_one(entry) or AidPayment.objects.filter(entry=entry).exists()


class Made(NamedTuple):
    """What the bank did by an entry: "deposit", "withdrawal", "held before", "repaid", "paid out" or "lost"; and to
    which number."""

    what: str
    number: int


def made_by_the_bank(entries: Sequence[UUID]) -> dict[UUID, Made]:
    """By entry; those that other acts made are not in it."""
    found = {}
    for entry, amount, number, is_opening in SavingsMove.objects.filter(entry__in=entries).values_list(
        "entry_id", "amount", "savings__number", "is_opening"
    ):
        found[entry] = Made("held before" if is_opening else "deposit" if amount > 0 else "withdrawal", number)
    for entry, number in Repayment.objects.filter(entry__in=entries).values_list("entry_id", "credit__number"):
        found[entry] = Made("repaid", number)
    for column, what in (("paid_out_by", "paid out"), ("lost_by", "lost")):
        rows = Credit.objects.filter(**{f"{column}__in": entries}).values_list(column, "number")
        found |= {entry: Made(what, number) for entry, number in rows}
    return found


def person_of(model: type[Savings] | type[Credit], id: UUID) -> UUID | None:
    """Whose account or credit it is; None where that was erased."""
    found: UUID | None = model.objects.filter(pk=id).values_list("person", flat=True).first()
    return found


def person_of_entry(entry: UUID) -> UUID | None:
    """Whose savings or credit the bank moved by an entry; None where that was erased, and of any other entry."""
    asked = (
        SavingsMove.objects.filter(entry=entry).values_list("savings__person", flat=True),
        Repayment.objects.filter(entry=entry).values_list("credit__person", flat=True),
        Credit.objects.filter(paid_out_by=entry).values_list("person", flat=True),
    )
    return next((person for found in asked for person in found if person), None)


def approving_organ_of(request: UUID | None) -> str | None:
    """Of the kind of credit that was asked for, by the statute of today."""
    found = CreditRequest.objects.filter(pk=request).first() if request else None
    return _said(found.commune, found.kind, "approved_by") if found else None


def organ_following(request: UUID | None) -> str | None:
    """Of the kind of credit that was asked for, by the statute of today."""
    found = CreditRequest.objects.filter(pk=request).first() if request else None
    return _said(found.commune, found.kind, "followed_by") if found else None


def organ_of_approval(credit: UUID) -> str | None:
    found = Credit.objects.filter(pk=credit).first()
    return _said(found.commune, found.kind, "approved_by") if found else None


def organ_of_follow_up(credit: UUID) -> str | None:
    found = Credit.objects.filter(pk=credit).first()
    return _said(found.commune, found.kind, "followed_by") if found else None


def approving_organs(commune: UUID) -> dict[str, str]:
    """By kind of credit that any text ever knew, the organ that decides on it today."""
    kinds = {kind.id for text in statutes.ever_adopted(commune) for kind in text.money.credits}
    return {kind: organ for kind in sorted(kinds) if (organ := _said(commune, kind, "approved_by")) is not None}


def _said(commune: UUID, kind: str, what: str) -> str | None:
    def said(text: Statute) -> str | None:
        found = text.money.credit(kind)
        return getattr(found, what) if found else None

    return statutes.said_today(commune, ("credit", kind, what), said)


def has_moved(savings: UUID) -> bool:
    """Whether an entry that stands moved it; what was taken back is as if it had not been."""
    return bool(SavingsMove.objects.filter(savings=savings, entry__reversal=None, entry__reverses=None).exists())


def next_number(model: type[Savings] | type[Credit], book: UUID) -> int:
    newest = model.objects.filter(book=book).aggregate(Max("number"))["number__max"]
    return int(newest or 0) + 1


def savings_of(book: UUID, person: UUID) -> Savings | None:
    return Savings.objects.filter(book=book, person=person).first()


def book_of_request(request: UUID | None) -> UUID | None:
    found: UUID | None = CreditRequest.objects.filter(pk=request).values_list("book", flat=True).first()
    return found


def answer_to(request: UUID) -> CreditAnswer | Credit | None:
    """What came of a request: it was refused or taken back, or there is a credit; None while it waits."""
    return (
        CreditAnswer.objects.filter(request=request).first() or Credit.objects.filter(request=request).first() or None
    )


def waiting(book: UUID) -> list[CreditRequest]:
    """Requests that nobody has answered, the oldest first; those whose words are erased wait for nothing."""
    return list(_waiting(book=book).order_by("born"))


def _waiting(**which: Any) -> QuerySet[CreditRequest]:
    found = CreditRequest.objects.filter(person__isnull=False, **which)
    for answer in (CreditAnswer, Credit):
        found = found.exclude(Exists(answer._default_manager.filter(request=OuterRef("pk"))))
    return found


def waiting_by_book(commune: UUID, kinds: Collection[str]) -> dict[UUID, int]:
    """How many requests for these kinds of credit wait in each book: one statement."""
    return Counter(_waiting(commune=commune, kind__in=kinds).values_list("book", flat=True)) if kinds else {}


@dataclass(frozen=True)
class Standing:
    """A credit as it is on one day."""

    credit: Credit
    parts: tuple[Part, ...]  # of the schedule that stands; none before it is paid out
    day: date

    @property
    def owed(self) -> int:
        return int(self.credit.owed_principal + self.credit.owed_interest)

    @property
    def paid(self) -> int:
        """Since the schedule that stands was laid out."""
        return sum(part.amount for part in self.parts) - self.owed

    @property
    def late(self) -> int:
        return schedules.late(self.parts, self.paid, self.day) if self.owed else 0

    @property
    def late_since(self) -> date | None:
        return schedules.late_since(self.parts, self.paid, self.day) if self.owed else None

    @property
    def laid(self) -> tuple[Laid, ...]:
        return schedules.standing(self.parts, self.paid, self.day) if not self.credit.written_off else ()

    @property
    def is_open(self) -> bool:
        """Paid out, and something is owed."""
        return self.credit.paid_out_on is not None and self.owed > 0


def standing(credit: Credit, day: date) -> Standing:
    return Standing(credit, parts_of(credit), day)


def parts_of(credit: Credit) -> tuple[Part, ...]:
    if credit.begins is None:
        return ()
    schedule = Schedule(credit.schedule)
    return schedules.laid_out(credit.begins, credit.months, schedule, credit.principal, credit.interest)


def credits(book: UUID, day: date) -> list[Standing]:
    """The newest first."""
    return [standing(one, day) for one in Credit.objects.filter(book=book).order_by("-number")]


@dataclass(frozen=True)
class Totals:
    """What may be told to anybody, in the smallest part of a unit."""

    kind: str  # "" : of kinds with few credits, or erased
    unit: str
    given: int  # credits that were paid out, ever
    outstanding: int  # principal still to come back
    owed: int  # with its interest
    open: int  # credits of which something is owed
    late: int  # what was due and did not come
    late_credits: int
    written_off: int


def totals(found: Sequence[Standing]) -> list[Totals]:
    """By kind of credit and unit. Kinds of which there are few are told together."""
    given = [one for one in found if one.credit.paid_out_on is not None]
    many = Counter((one.credit.kind, one.credit.unit) for one in given)
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in given:
        kind, unit = one.credit.kind, one.credit.unit
        groups.setdefault((kind if many[kind, unit] >= FEW else "", unit), []).append(one)
    return [
        Totals(
            kind,
            unit,
            len(those),
            sum(one.credit.owed_principal for one in those),
            sum(one.owed for one in those),
            sum(one.is_open for one in those),
            sum(one.late for one in those),
            sum(one.late > 0 for one in those),
            sum(one.credit.written_off for one in those),
        )
        for (kind, unit), those in sorted(groups.items())
    ]
