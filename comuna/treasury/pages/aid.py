"""Aid: how many cases and what they came to, for anybody; my requests; all of it for those who decide and the
comptroller."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _, ngettext

from comuna.acts.refusal import Refused
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Filters,
    Line,
    Lines,
    Part,
    Section,
    Sign,
    Source,
    Status,
    Table,
    Value,
    WhoCan,
)
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import named, who_may
from comuna.territory.models import Person
from comuna.territory.pages.reader import Reader, opened, reader_of, refused_page, to_sign_in, unstored
from comuna.territory.queries import display_name
from comuna.treasury.acts.aiding import ApproveAid, AskAid, PayAid, RecordAidRequest, RefuseAid, WithdrawAidRequest
from comuna.treasury.acts.observing import CloseObservation
from comuna.treasury.models import Book
from comuna.treasury.models.aid import AidAnswer, AidCase, AidRequest
from comuna.treasury.pages.reader import address, may_in
from comuna.treasury.pages.words import book_name
from comuna.treasury.queries import aid, amount_said
from comuna.treasury.queries.aid import Totals


def reads_all(reader: Reader, book: Book) -> bool:
    """Whether a seat of hers decides about the cases of a book, or is a comptroller's."""
    if reader.person is None:
        return False
    organ = aid.deciding_organ(book.id)
    return (organ is not None and may_in(reader, ApproveAid, organ)) or reader.may(CloseObservation, book)


def turned_away(request: HttpRequest, reader: Reader, here: AidRequest) -> HttpResponse | None:
    """What whoever may not read about a case gets instead; None for who may."""
    if reader.person is None:
        return to_sign_in(request)
    if reader.person == here.person or reads_all(reader, here.book):
        return None
    words = _("Only she who asked, those who decide and the comptroller read this.")
    return refused_page(request, ApproveAid, Refused("treasury.aid-is-private", words))


def overview(request: HttpRequest) -> HttpResponse:
    """``?book=`` says which fund, ``?year=`` which year."""
    reader = reader_of(request)
    funds = aid.funds(reader.commune, reader.day)
    book = next((one for one in funds if str(one.id) == request.GET.get("book")), funds[0] if funds else None)
    if book is None:
        return show(request, _none())
    year = _year(request, reader)
    granted, found = aid.cases(book.id), aid.totals(book.id, year)
    cases = ngettext("{n} case of aid", "{n} cases of aid", len(granted)).format(n=number_words(len(granted)))
    waits = len(aid.waiting(book.id))
    if waits:
        said = ngettext("{n} request waits for an answer", "{n} requests wait for an answer", waits)
        cases = f"{cases}; {said.format(n=number_words(waits))}"
    page = Page(
        title=_("Aid"),
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        answer=Answer(
            f"{book_name(book, reader.day)}: {cases}",
            _("Who was helped stays with her, with those who decide and with the comptroller."),
        ),
        next=_next(reader, book),
        facts=[
            *_which(reader, funds, book),
            *_mine(reader, book),
            *_to_decide(reader, book),
            *_to_pay(reader, book),
            _by_month(book, found, _("By month, {year}").format(year=year)),
            _by_kind(book, reader.day, found, _("By what for, {year}").format(year=year)),
        ],
        source=Source(links=_links(reader, book, year)),
    )
    answer = show(request, page)
    return unstored(answer) if reader.person else answer


def _year(request: HttpRequest, reader: Reader) -> int:
    asked = request.GET.get("year", "")
    if not asked:
        return reader.day.year
    if not asked.isdecimal() or not 1900 <= int(asked) <= reader.day.year:
        raise Http404
    return int(asked)


def _none() -> Page:
    return Page(
        title=_("Aid"),
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        answer=Answer(_("No fund helps in cases of its own yet")),
        facts=[Empty(_("The statute says which book helps, for what and who decides; who keeps it opens it."))],
    )


def _few() -> str:
    words = _("What there were fewer than {n} cases for is told together, so that nobody guesses whose it was.")
    return words.format(n=aid.FEW)


def _links(reader: Reader, book: Book, year: int) -> list[Link]:
    links = [Link(_("The fund's book"), reverse("treasury:book", args=[book.id]))]
    if year > book.day.year:
        links.append(Link(_("The year before"), address("aid", book=book.id, year=year - 1)))
    return links


def _next(reader: Reader, book: Book) -> Part | None:
    found = []
    if reader.person is not None:
        found.append(Link(AskAid.label, address("ask-aid", book=book.id)))
    organ = aid.deciding_organ(book.id)
    if organ is not None and may_in(reader, RecordAidRequest, organ):
        found.append(Link(RecordAidRequest.label, reverse("treasury:to-record-aid", args=[book.id])))
    if found:
        return Do(found[0].words, found[0].href, tuple(found[1:]))
    holders = who_may(reader.commune, RecordAidRequest.verb, reader.day, organ=organ)
    return WhoCan(RecordAidRequest.label, list(dict.fromkeys(one.words for one in holders)))


def _which(reader: Reader, funds: list[Book], book: Book) -> list[Part]:
    if len(funds) < 2:
        return []
    links = [Link(book_name(one, reader.day), f"?book={one.id}", current=one.id == book.id) for one in funds]
    return [Filters(_("Which fund"), links)]


def _mine(reader: Reader, book: Book) -> list[Part]:
    if reader.person is None:
        return []
    found = [one for one in aid.requests_of(reader.person) if one.book_id == book.id]
    lines = [_request_line(one, kind_words(one)) for one in found]
    return [Section(_("What I asked for"), [Lines(lines)])] if lines else []


def _to_decide(reader: Reader, book: Book) -> list[Part]:
    if not reads_all(reader, book):
        return []
    lines = [_request_line(one, f"{kind_words(one)} · {whose(one.person)}") for one in aid.waiting(book.id)]
    granted = [
        Line(
            _("Case {number}").format(number=one.number),
            day_words(one.day, weekday=False),
            f"{kind_words(one)} · {whose(one.person)} · {amount_said(one.amount, one.unit, one.commune)}",
            reverse("treasury:aid-request", args=[one.request]) if one.request else "",
            _paid_status(one),
        )
        for one in aid.cases(book.id)
    ]
    return [
        Section(_("Waits for your organ"), [Lines(lines, Empty(_("Nobody waits for an answer.")))]),
        Section(_("Cases"), [Lines(granted, Empty(_("None yet.")))], folded=True),
    ]


def _request_line(one: AidRequest, words: str) -> Line:
    return Line(
        words,
        day_words(one.day, weekday=False),
        amount_said(one.amount or 0, one.unit, one.commune),
        reverse("treasury:aid-request", args=[one.id]),
        _status(aid.answer_to(one.id)),
    )


def _to_pay(reader: Reader, book: Book) -> list[Part]:
    """For those who keep the book: numbers and amounts."""
    if not may_in(reader, PayAid, book.organ):
        return []
    lines = [
        Line(
            _("Aid, case {number}").format(number=one.number),
            day_words(one.day, weekday=False),
            amount_said(one.amount, one.unit, one.commune),
            address("to-pay-aid", case=one.id),
        )
        for one in aid.unpaid(book.id)
    ]
    said = _("She brings the paper of her case, or somebody of the organ that granted it comes along.")
    return [Section(_("To be paid"), [Lines(lines)], said)] if lines else []


def _by_month(book: Book, found: Totals, heading: str) -> Section:
    rows: list[list[Value]] = [
        [str(MONTHS[month.month]), helped.cases, amount_said(helped.amount, unit, book.commune)]
        for (month, unit), helped in sorted(found.by_month.items())
    ]
    return _sums(heading, _("Month"), rows)


def _by_kind(book: Book, day: date, found: Totals, heading: str) -> Section:
    rows: list[list[Value]] = [
        [
            _kind_named(book.commune, kind, day) if kind else _("Other purposes"),
            helped.cases,
            amount_said(helped.amount, unit, book.commune),
        ]
        for (kind, unit), helped in sorted(found.by_kind.items(), key=lambda one: (not one[0][0], one[0]))
    ]
    return _sums(heading, _("What for"), rows, _few())


def _sums(heading: str, head: str, rows: list[list[Value]], said: str = "") -> Section:
    columns = [Column(head, head=True), Column(_("Cases paid"), number=True), Column(_("Amount"), number=True)]
    return Section(heading, [Table(heading, columns, rows, Empty(_("Nothing.")))], said)


# One request


def request_or_404(reader: Reader, id: UUID) -> AidRequest:
    found: AidRequest | None = AidRequest.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if found is None:
        raise Http404
    return found


def aid_request(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = request_or_404(reader, id)
    turned = turned_away(request, reader, here)
    if turned is not None:
        return turned
    answer = aid.answer_to(here.id)
    facts = [
        Fact(_("Who asks"), whose(here.person)),
        Fact(_("Amount"), amount_said(here.amount or 0, here.unit, here.commune)),
        Fact(_("What happened"), opened(here.words_sealed)),
        Fact(_("Asked for on"), here.day),
    ]
    if isinstance(answer, AidAnswer) and answer.is_refusal:
        facts.append(Fact(_("Why it was refused"), opened(answer.words_sealed)))
    if isinstance(answer, AidCase):
        said = amount_said(answer.amount, answer.unit, answer.commune)
        facts += [
            Fact(_("Case"), answer.number),
            Fact(_("Granted"), _("{amount} on {day}").format(amount=said, day=day_words(answer.day, weekday=False))),
            Fact(_("Where it stands"), _paid_status(answer)),
        ]
    page = Page(
        title=kind_words(here),
        room=_("Aid"),
        room_href=address("aid", book=here.book_id),
        answer=Answer(f"{kind_words(here)}: {whose(here.person)}", status=_status(answer)),
        next=_next_of(reader, here) if answer is None else None,
        facts=[Facts(facts)],
        paper=True,
    )
    return unstored(show(request, page))


def _next_of(reader: Reader, here: AidRequest) -> Part | None:
    if reader.person == here.person:
        return Do(WithdrawAidRequest.label, address("to-take-back-aid", request=here.id))
    organ = aid.deciding_organ(here.book_id)
    if organ is not None and may_in(reader, ApproveAid, organ):
        no = Link(RefuseAid.label, address("to-refuse-aid", request=here.id))
        return Do(ApproveAid.label, address("to-grant-aid", request=here.id), (no,))
    holders = who_may(reader.commune, ApproveAid.verb, reader.day, organ=organ)
    return WhoCan(ApproveAid.label, list(dict.fromkeys(one.words for one in holders)))


def _status(answer: AidAnswer | AidCase | None) -> Status:
    if answer is None:
        return Status(Sign.WAITING, _("waits for an answer"))
    if isinstance(answer, AidCase):
        return Status(Sign.DONE, _("granted"))
    return Status(Sign.REFUSED, _("refused")) if answer.is_refusal else Status(Sign.PLAIN, _("taken back"))


def _paid_status(case: AidCase) -> Status:
    paid = aid.paid_by(case.id)
    return Status(Sign.WAITING, _("not paid yet")) if paid is None else Status(Sign.DONE, _("paid"))


def kind_words(one: AidRequest | AidCase) -> str:
    """For those who may know."""
    return _kind_named(one.commune, one.kind, one.day) if one.kind else _("erased")


def _kind_named(commune: UUID, kind: str, day: date) -> str:
    found = aid.kind_of_aid(commune, kind, day)
    return named(found.name) if found else kind


def whose(person: UUID | None) -> str:
    """For those who may know."""
    found = Person.objects.filter(pk=person).first() if person else None
    return display_name(found, knows=True) if found else _("erased")
