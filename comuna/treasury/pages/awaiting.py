"""What waits in the accounts for those who hold a seat: to answer, to decide, to receive, to render. Counts and links,
no names: whoever looks over her shoulder learns nothing of a neighbour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.look.parts import Line, Sign, Status
from comuna.look.words import day_words, number_words
from comuna.mandates import queries as mandates
from comuna.mandates.queries import Holding
from comuna.statutes import queries as statutes
from comuna.treasury import queries
from comuna.treasury.acts import ApproveAccounts, ApproveAid, ApproveCredit, PayAid, ReceiveTransfer, RenderAccounts
from comuna.treasury.acts.observing import AnswerObservation
from comuna.treasury.models import Book
from comuna.treasury.pages.reader import address
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import aid, amount_said, bank, observations, rendering, transfers
from comuna.treasury.queries.periods import quarter_before


@dataclass(frozen=True)
class _Seats:
    """What these mandates may do, each in the organs in which it may."""

    commune: UUID
    day: date
    held: list[Holding]

    def may(self, act: type[Act], organ: str | None) -> bool:
        return organ is not None and bool(
            mandates.with_power(statutes.in_force(self.commune, self.day), act.verb, self.held, organ=organ)
        )


def lines(commune: UUID, held: list[Holding], day: date) -> Iterator[Line]:
    """What waits for whoever holds these mandates, book by book."""
    if not held:
        return
    seats = _Seats(commune, day, held)
    books = queries.books(commune)
    organs = {book.id: book.organ for book in books}
    asked, unpaid, credits = _by_book(seats, books, organs)
    for book in books:
        organ = organs[book.id]
        if seats.may(AnswerObservation, organ):
            yield from _observations(book, day)
        if seats.may(ReceiveTransfer, organ):
            yield from _coming(book, day)
        if seats.may(ApproveAccounts, organ):
            yield from _approved(book, day)
        if seats.may(RenderAccounts, organ):
            yield from _to_render(book, day)
        if book.id in asked:
            yield _asked_for_aid(book, day, asked[book.id])
        if book.id in unpaid:
            yield _to_pay(book, day, unpaid[book.id])
        if book.id in credits:
            yield _asked_for_credit(book, day, credits[book.id])


def _by_book(seats: _Seats, books: list[Book], organs: dict[UUID, str]) -> tuple[dict[UUID, int], ...]:
    """Requests for aid, cases to pay and requests for a credit that these mandates decide or pay: each asked once for
    all books, and not at all where they do not."""
    commune = seats.commune
    decides = [one.id for one in books if seats.may(ApproveAid, aid.organ_for_kind(commune, one.kind))]
    pays = [one.id for one in books if seats.may(PayAid, organs[one.id])]
    kinds = [kind for kind, organ in bank.approving_organs(commune).items() if seats.may(ApproveCredit, organ)]
    return aid.waiting_by_book(decides), aid.unpaid_by_book(pays), bank.waiting_by_book(commune, kinds)


def _line(book: Book, day: date, words: str, href: str, *, due: date | None = None, more: str = "") -> Line:
    until = _("until {day}").format(day=day_words(due)) if due else ""
    late = due is not None and due < day
    status = Status(Sign.REFUSED, _("late")) if late else Status(Sign.WAITING, _("waits"))
    name = book_name(book, day)
    return Line(words, until, f"{name} · {more}" if more else name, href, status)


def _observations(book: Book, day: date) -> Iterator[Line]:
    """Those that nobody has answered."""
    for one in observations.open_in(book.commune, book=book.id):
        if not one.answers.all():
            yield _line(
                book,
                day,
                _("Answer an observation on the accounts"),
                reverse("treasury:observation", args=[one.id]),
                due=one.due,
            )


def _coming(book: Book, day: date) -> Iterator[Line]:
    for one in transfers.open_in(book.id):
        if one.into_id == book.id and one.sent_back is None:
            said = _("Receive what was sent: {amount}").format(amount=amount_said(one.amount, one.unit, book.commune))
            words = _("From “{book}”").format(book=book_name(one.out_of, day))
            yield _line(book, day, said, reverse("treasury:between", args=[one.id]), more=words)


def _approved(book: Book, day: date) -> Iterator[Line]:
    """Accounts that a session approved and that are not closed."""
    for one in rendering.to_close(book.id):
        until = day_words(one.through, weekday=False)
        words = _("Close the accounts until {day}, which a session approved").format(day=until)
        yield _line(book, day, words, reverse("treasury:rendering", args=[one.id]))


def _to_render(book: Book, day: date) -> Iterator[Line]:
    """Where a quarter is over whose accounts no session approved as they are and none has before it."""
    last = quarter_before(day).last
    if book.entries and book.day <= last and not rendering.reaches(book.id, last):
        words = _("Put the accounts until {day} before a session").format(day=day_words(last, weekday=False))
        yield _line(book, day, words, address("to-render-accounts", book=book.id))


def _asked_for_aid(book: Book, day: date, n: int) -> Line:
    words = ngettext("Decide on {n} request for aid", "Decide on {n} requests for aid", n)
    return _line(book, day, words.format(n=number_words(n)), address("aid", book=book.id))


def _to_pay(book: Book, day: date, n: int) -> Line:
    words = ngettext("Pay {n} case of aid that was granted", "Pay {n} cases of aid that were granted", n)
    return _line(book, day, words.format(n=number_words(n)), address("aid", book=book.id))


def _asked_for_credit(book: Book, day: date, n: int) -> Line:
    """Of each kind another organ may decide."""
    words = ngettext("Decide on {n} request for a credit", "Decide on {n} requests for a credit", n)
    return _line(book, day, words.format(n=number_words(n)), address("bank", book=book.id))
