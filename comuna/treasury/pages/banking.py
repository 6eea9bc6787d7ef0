"""What every page of the bank asks first: which book, what its reader may know, and credits in words."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.acts.refusal import Refused
from comuna.look.parts import Sign, Status
from comuna.look.words import day_words
from comuna.mandates.queries import named
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, refused_page, to_sign_in
from comuna.territory.queries import display_name
from comuna.treasury.acts import ApproveCredit, Deposit, NoteVisit
from comuna.treasury.models import Book
from comuna.treasury.models.bank import Credit, CreditRequest, Savings
from comuna.treasury.pages.reader import may_in
from comuna.treasury.queries import amount_said, bank
from comuna.treasury.queries.bank import Standing


def sees_all(reader: Reader, book: Book) -> bool:
    """Whether a seat of hers is in one of the bank's three parts."""
    organs: list[tuple[type[Act], str]] = [(Deposit, book.organ)]
    for kind in bank.kinds_of(book, reader.day):
        organs += [(ApproveCredit, kind.approved_by), (NoteVisit, kind.followed_by)]
    return any(may_in(reader, act, organ) for act, organ in dict.fromkeys(organs))


def turned_away(request: HttpRequest, reader: Reader, book: Book, person: UUID | None) -> HttpResponse | None:
    """What whoever may not read about this member gets instead; None for who may."""
    if reader.person is not None and (reader.person == person or sees_all(reader, book)):
        return None
    if reader.person is None:
        return to_sign_in(request)
    return refused_page(
        request,
        Deposit,
        Refused("treasury.hers-alone", _("Only the member and those who sit in the bank read this.")),
    )


def credit_or_404(reader: Reader, id: UUID) -> Credit:
    found: Credit | None = Credit.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if found is None:
        raise Http404
    return found


def request_or_404(reader: Reader, id: UUID) -> CreditRequest:
    found: CreditRequest | None = (
        CreditRequest.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    )
    if found is None:
        raise Http404
    return found


def savings_or_404(reader: Reader, id: UUID) -> Savings:
    found: Savings | None = Savings.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if found is None:
        raise Http404
    return found


def kind_words(reader: Reader, kind: str) -> str:
    """What the statute calls a credit."""
    found = bank.kind_of_credit(reader.commune, kind, reader.day) if kind else None
    return named(found.name) if found else _("A credit")


def whose(person: UUID | None) -> str:
    """For those who may know."""
    found = Person.objects.filter(pk=person).first() if person else None
    return display_name(found, knows=True) if found else _("erased")


def status_of(stands: Standing) -> Status:
    """Where a credit stands that day."""
    credit = stands.credit
    if credit.paid_out_on is None:
        return Status(Sign.WAITING, _("approved, not paid out"))
    if credit.written_off:
        return Status(Sign.REFUSED, _("written off"))
    if not stands.owed:
        return Status(Sign.DONE, _("repaid"))
    since = stands.late_since
    if since is not None:
        late, first = amount_said(stands.late, credit.unit, credit.commune), day_words(since, weekday=False)
        return Status(Sign.REFUSED, _("late: {amount} since {day}").format(amount=late, day=first))
    return Status(Sign.PLAIN, _("on time"))


def months_words(months: int) -> str:
    return ngettext("{n} month", "{n} months", months).format(n=months)
