"""Rows of this room as other pages say them: who signs a proposal reads names and amounts, never bare ids."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.look.frame import Link
from comuna.treasury.models import Account, Advance, AidCase, Book, BudgetLine, Commitment, Entry
from comuna.treasury.pages.words import account_name, aid_words, book_name, line_words, words_of
from comuna.treasury.queries import amount_said, kind_of


def row_shown(model: type[Model] | None, id: UUID, day: date) -> Link | None:
    """A link with words, where this room has a page for such a row."""
    if model is Account:
        account = Account.objects.filter(pk=id).select_related("book").first()
        return account and _account(account, day)
    if model is Book:
        book = Book.objects.filter(pk=id).first()
        return book and Link(book_name(book, day), reverse("treasury:book", args=[id]))
    if model is BudgetLine:
        line = BudgetLine.objects.filter(pk=id).first()
        return line and _line(line)
    if model is Entry:
        entry = Entry.objects.filter(pk=id).first()
        return entry and Link(
            _("{folio}: {words}").format(folio=entry.folio, words=words_of(entry)),
            reverse("treasury:entry", args=[id]),
        )
    if model is Advance:
        advance = Advance.objects.filter(pk=id).select_related("entry").first()
        return advance and Link(words_of(advance.entry), reverse("treasury:advance", args=[id]))
    if model is Commitment:
        promise = Commitment.objects.filter(pk=id).first()
        return promise and Link(promise.words or _("Promise"), reverse("treasury:commitment", args=[id]))
    if model is AidCase:
        case = AidCase.objects.filter(pk=id).first()
        return case and Link(aid_words(case.number), f"{reverse('treasury:aid')}?book={case.book_id}")
    return None


def _account(account: Account, day: date) -> Link:
    said = f"{account.code} {account_name(account, kind_of(account.book, day))}"
    return Link(said, reverse("treasury:account", args=[account.id]))


def _line(line: BudgetLine) -> Link:
    left = amount_said(line.amount - line.spent - line.committed, line.unit, line.commune)
    said = _("{line} (left: {left})").format(line=line_words(line), left=left)
    return Link(said, reverse("treasury:line", args=[line.id]))
