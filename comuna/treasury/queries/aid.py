"""Questions about aid: who decides, what waits, what may be told to anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, AidKind
from comuna.statutes.statute import Statute
from comuna.treasury import queries
from comuna.treasury.models import Account, Book
from comuna.treasury.models.aid import AidAnswer, AidCase, AidPayment, AidRequest
from comuna.treasury.rules import month_of

FEW = 3  # cases of one kind, below which nobody is told the kind: a small commune knows whose it was


def kinds_of(book: Book, day: date) -> tuple[AidKind, ...]:
    """The purposes for which a book helps, by the statute of that day."""
    return statutes.in_force(book.commune, day).money.aids_of(book.kind)


def kind_of_aid(commune: UUID, kind: str, day: date) -> AidKind | None:
    """What the statute of a day says of it, or another one where that one says nothing."""
    return statutes.said_on(commune, day, lambda text: next((one for one in text.money.aids if one.id == kind), None))


def is_for_aid(book: Book, account: Account, day: date) -> bool:
    """Whether aid of a book is paid out of lines for an account, by the statute of that day."""
    code = paid_out_of(book, day)
    if not code:
        return account.kind == AccountKind.EXPENSE.value
    return account.code == code or account.code.startswith(f"{code}.")


def paid_out_of(book: Book, day: date) -> str:
    """The code of the account that the statute names; empty where it names none."""
    said = statutes.said_on(book.commune, day, lambda text: next(iter(text.money.aids_of(book.kind)), None))
    return said.account if said else ""


def funds(commune: UUID, day: date) -> list[Book]:
    """The open books that help somebody, by the statute of that day, and those that were asked or did."""
    helping = {one.book for one in statutes.in_force(commune, day).money.aids}
    asked = Exists(AidRequest.objects.filter(book=OuterRef("pk"))) | Exists(AidCase.objects.filter(book=OuterRef("pk")))
    return list(Book.objects.filter(Q(kind__in=helping) | asked, commune=commune).order_by("born"))


def deciding_organ(book: UUID) -> str | None:
    """That decides about the cases of a book, by the statute of today."""
    found = Book.objects.filter(pk=book).first()
    return organ_for_kind(found.commune, found.kind) if found else None


def organ_for_kind(commune: UUID, kind: str) -> str | None:
    """That decides about the cases of books of a kind, by the statute of today."""

    def said(text: Statute) -> str | None:
        return next((one.decided_by for one in text.money.aids_of(kind)), None)

    return statutes.said_today(commune, ("aid", kind), said)


def deciding_organ_of(request: UUID) -> str | None:
    book = AidRequest.objects.filter(pk=request).values_list("book", flat=True).first()
    return deciding_organ(book) if book else None


def paying_organ_of(case: UUID) -> str | None:
    return queries.organ_of("treasury_aidcase", case)


def person_of(case: UUID) -> UUID | None:
    """Who is helped; None where that was erased."""
    found: UUID | None = AidCase.objects.filter(pk=case).values_list("person", flat=True).first()
    return found


def answer_to(request: UUID) -> AidAnswer | AidCase | None:
    found: AidAnswer | AidCase | None = (
        AidCase.objects.filter(request=request).first() or AidAnswer.objects.filter(request=request).first()
    )
    return found


def waiting(book: UUID) -> list[AidRequest]:
    """The oldest first. What was erased waits for nothing."""
    return list(_waiting(book=book).order_by("born"))


def _waiting(**which: Any) -> QuerySet[AidRequest]:
    found = AidRequest.objects.filter(person__isnull=False, **which)
    for answer in (AidCase, AidAnswer):
        found = found.exclude(Exists(answer._default_manager.filter(request=OuterRef("pk"))))
    return found


def waiting_by_book(books: Collection[UUID]) -> dict[UUID, int]:
    """How many requests wait in each of these: one statement."""
    return Counter(_waiting(book__in=books).values_list("book", flat=True)) if books else {}


def requests_of(person: UUID) -> list[AidRequest]:
    """The newest first."""
    return list(AidRequest.objects.filter(person=person).select_related("book").order_by("-born"))


def asked_today(person: UUID, day: date) -> int:
    return AidRequest.objects.filter(person=person, day=day).count()


def next_number(book: UUID) -> int:
    newest = AidCase.objects.filter(book=book).order_by("-number").values_list("number", flat=True).first()
    return int(newest or 0) + 1


def paid_by(case: UUID) -> AidPayment | None:
    """The payment that was not taken back."""
    found: AidPayment | None = AidPayment.objects.filter(case=case, entry__reversal=None).first()
    return found


def cases(book: UUID) -> list[AidCase]:
    """The newest first."""
    return list(AidCase.objects.filter(book=book).order_by("-number"))


def unpaid(book: UUID) -> list[AidCase]:
    """The oldest first."""
    return list(_unpaid(book=book).order_by("number"))


def _unpaid(**which: Any) -> QuerySet[AidCase]:
    paid = AidPayment.objects.filter(case=OuterRef("pk"), entry__reversal=None)
    return AidCase.objects.filter(~Exists(paid), **which)


def unpaid_by_book(books: Collection[UUID]) -> dict[UUID, int]:
    """How many cases are to be paid in each of these: one statement."""
    return Counter(_unpaid(book__in=books).values_list("book", flat=True)) if books else {}


def numbers_of(entries: Sequence[UUID]) -> dict[UUID, int]:
    """By entry, the number of the case that it paid; other entries are not in it."""
    return dict(AidPayment.objects.filter(entry__in=entries).values_list("entry", "case__number"))


@dataclass
class Helped:
    """So many cases, and what was paid in them of a unit."""

    cases: int = 0
    amount: int = 0


@dataclass(frozen=True)
class Totals:
    """What may be told to anybody of one year."""

    by_month: dict[tuple[date, str], Helped]  # by unit too
    by_kind: dict[tuple[str, str], Helped]  # "" : of kinds with few cases, or erased


def totals(book: UUID, year: int) -> Totals:
    """Of what was paid and not taken back. Kinds of which there were few cases are told together."""
    found = AidPayment.objects.filter(case__book=book, entry__reversal=None, entry__day__year=year)
    by_month: dict[tuple[date, str], Helped] = defaultdict(Helped)
    kinds: dict[tuple[str, str], Helped] = defaultdict(Helped)
    for one in found.select_related("case", "entry").order_by("entry__day"):
        unit = one.case.unit
        for helped in (by_month[month_of(one.entry.day), unit], kinds[one.case.kind, unit]):
            helped.cases += 1
            helped.amount += one.case.amount
    by_kind: dict[tuple[str, str], Helped] = defaultdict(Helped)
    for (kind, unit), helped in sorted(kinds.items()):
        told = by_kind[kind if helped.cases >= FEW else "", unit]
        told.cases += helped.cases
        told.amount += helped.amount
    return Totals(dict(by_month), dict(by_kind))
