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
    for book in queries.books(commune):
        organ = book.organ
        if seats.may(AnswerObservation, organ):
            yield from _observations(book, day)
        if seats.may(ReceiveTransfer, organ):
            yield from _coming(book, day)
        if seats.may(ApproveAccounts, organ):
            yield from _approved(book, day)
        if seats.may(RenderAccounts, organ):
            yield from _to_render(book, day)
        if seats.may(ApproveAid, aid.deciding_organ(book.id)):
            yield from _asked_for_aid(book, day)
        if seats.may(PayAid, organ):
            yield from _to_pay(book, day)
        yield from _asked_for_credit(seats, book)


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


def _asked_for_aid(book: Book, day: date) -> Iterator[Line]:
    waiting = len(aid.waiting(book.id))
    if waiting:
        words = ngettext("Decide on {n} request for aid", "Decide on {n} requests for aid", waiting)
        yield _line(book, day, words.format(n=number_words(waiting)), address("aid", book=book.id))


def _to_pay(book: Book, day: date) -> Iterator[Line]:
    unpaid = len(aid.unpaid(book.id))
    if unpaid:
        words = ngettext("Pay {n} case of aid that was granted", "Pay {n} cases of aid that were granted", unpaid)
        yield _line(book, day, words.format(n=number_words(unpaid)), address("aid", book=book.id))


def _asked_for_credit(seats: _Seats, book: Book) -> Iterator[Line]:
    """Of each kind another organ may decide."""
    waiting = sum(seats.may(ApproveCredit, bank.approving_organ_of(one.id)) for one in bank.waiting(book.id))
    if waiting:
        words = ngettext("Decide on {n} request for a credit", "Decide on {n} requests for a credit", waiting)
        yield _line(book, seats.day, words.format(n=number_words(waiting)), address("bank", book=book.id))
