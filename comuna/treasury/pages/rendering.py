"""Accounts that were put before a session: their figures as they stood that day, what was said against them, and what
the session's minutes and agenda show of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.assemblies import queries as assemblies
from comuna.assemblies.models import AgendaItem, Resolution, Session
from comuna.assemblies.pages.words import session_words, title_of
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Many,
    Notice,
    Part,
    Section,
    Sign,
    Small,
    Source,
    Status,
    Table,
    Value,
)
from comuna.look.words import day_words, number_words
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts.closing import ApproveAccounts
from comuna.treasury.acts.observing import Observe
from comuna.treasury.acts.rendering import ObjectToAccounts, RenderAccounts, WithdrawRendering
from comuna.treasury.models import Book
from comuna.treasury.models.rendering import RenderedSum, Rendering
from comuna.treasury.pages.observation import open_section
from comuna.treasury.pages.reader import address, book_or_404, may_in
from comuna.treasury.pages.words import (
    account_name,
    book_name,
    flow_name,
    kind_words,
    natural,
    paid_words,
    source_or_use,
)
from comuna.treasury.queries import amount_said, rendering as rendered
from comuna.treasury.queries.flows import Changes, PurposeSum, by_code, in_rendering

HELD = (AccountKind.ASSET.value, AccountKind.LIABILITY.value)
FOLIOS_SAID = 20


def title_of_accounts(one: Rendering, today: date) -> str:
    said = _("{book}: accounts from {first} to {last}")
    first, last = (day_words(day, weekday=False) for day in (one.first, one.through))
    return said.format(book=book_name(one.book, today), first=first, last=last)


def _or_404(reader: Reader, id: UUID) -> Rendering:
    found = Rendering.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if not isinstance(found, Rendering):
        raise Http404
    return found


def rendering(request: HttpRequest, id: UUID) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id)
    stands = assemblies.standing(here.session)
    item = AgendaItem.objects.filter(pk=here.item).first()
    session = session_words(stands.statute, stands.session)
    under = f"{item.number}. {title_of(item)}" if item is not None else _("an item that is on the agenda no more")
    day = day_words(here.day, weekday=False)
    page = Page(
        title=title_of_accounts(here, reader.day),
        room=book_name(here.book, reader.day),
        room_href=reverse("treasury:book", args=[here.book_id]),
        answer=Answer(
            title_of_accounts(here, reader.day),
            _("As they stood on {day} (newest folio: {folio})").format(day=day, folio=number_words(here.folio)),
            status_of(here, stands),
        ),
        notices=_changed(here),
        next=_next(reader, here, stands),
        facts=[
            Facts(
                [
                    Fact(_("Session"), Link(session, reverse("assemblies:session", args=[here.session]))),
                    Fact(_("Item of the agenda"), under),
                    *_approved(here),
                ]
            ),
            *figures(here, reader.day),
            _payments(here),
            *open_section(reader, rendering=here),
        ],
        source=Source(links=_links(here)),
        paper=True,
    )
    return show(request, page)


def status_of(here: Rendering, stands: assemblies.Standing) -> Status:
    if here.withdrawn_on is not None:
        return Status(Sign.PLAIN, _("taken back"))
    if rendered.approval_of(here.id) is not None:
        return Status(Sign.DONE, _("approved and closed"))
    if rendered.decision_on(here) is not None:
        return Status(Sign.WAITING, _("approved, not closed yet"))
    if stands.closure is not None or stands.cancellation is not None:
        return Status(Sign.REFUSED, _("no approval of the session stands"))
    return Status(Sign.WAITING, _("before the session"))


def _approved(here: Rendering) -> list[Fact]:
    closing = rendered.approval_of(here.id)
    if closing is None:
        return []
    return [Fact(_("Closed"), Link(_("the act"), reverse("books:thread", args=[closing.id])))]


def _changed(here: Rendering) -> list[Notice]:
    """What was entered since: who approves these figures would approve others."""
    if here.withdrawn_on is not None or rendered.approval_of(here.id) is not None:
        return []
    since = rendered.folios_since(here)
    if not since:
        return []
    words = _("Entries of these days were made since, and are not in these figures: folio {folios}")
    said = words.format(folios=", ".join(number_words(folio) for folio in since[:FOLIOS_SAID]))
    what = _("These accounts cannot be closed: take them back and put them before the session anew.")
    if Resolution.objects.filter(motion__item=here.item).exists():
        what = _("These accounts cannot be closed: put them before another session, or under another item.")
    return [Notice(Sign.WAITING, said, [what])]


def figures(here: Rendering, day: date) -> list[Part]:
    """What there was, came in, went out and is there; for what; and each account that holds something or is owed."""
    kind, sums, changed = queries.kind_of(here.book, day), rendered.sums_of(here.id), in_rendering(here)
    if not sums:
        return [Empty(_("Nothing has been entered yet."))]
    heading = _("What there was, came, went and is there")
    parts: list[Part] = [Section(heading, [whole(here, changed, heading)], wide=True)]
    for is_income, said in ((True, _("What came in, in {unit}")), (False, _("What went out, in {unit}"))):
        for unit in changed.units:
            found = [one for one in by_code(changed.flows, unit) if one.is_income == is_income]
            if found:
                caption = said.format(unit=unit)
                parts.append(Section(caption, [_moved(here, caption, found, unit, is_income=is_income)]))
    for side in HELD:
        ours = [one for one in sums if one.account.kind == side]
        if ours:
            heading = kind_words(side)
            names = {one.account_id: account_name(one.account, kind) for one in ours}
            words = _("With what was moved from one of these accounts to another.") if len(ours) > 1 else ""
            if any(changed.opened.values()):
                words = _("With what was there when the book was opened, and what was moved between these accounts.")
            parts.append(Section(heading, [_held(heading, ours, names)], words, wide=True))
    return parts


def whole(here: Rendering, changed: Changes, caption: str) -> Table:
    """By unit, what the book's assets held, what came in from outside, what went out, and what they held then."""
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for one in rendered.sums_of(here.id):
        if one.account.kind == AccountKind.ASSET.value:
            before[one.unit] = before.get(one.unit, 0) + one.before
            after[one.unit] = after.get(one.unit, 0) + one.before + one.debit - one.credit
    columns = [
        Column(_("Counted in"), head=True),
        Column(_("There was"), number=True),
        Column(_("Came in"), number=True),
        Column(_("Went out"), number=True),
        *([Column(_("Written in another currency"), number=True)] if changed.rewritten else []),
        Column(_("There is"), number=True),
    ]
    rows: list[list[Value]] = []
    for unit in sorted({*before, *changed.units}):
        moved = changed.in_unit(unit)
        said = [before.get(unit, 0) + changed.opened.get(unit, 0), moved.came, moved.went]
        said += [changed.rewritten.get(unit, 0)] if changed.rewritten else []
        said.append(after.get(unit, 0))
        rows.append([unit, *(amount_said(each, unit, here.commune) for each in said)])
    return Table(caption, columns, rows, Empty(_("Nothing.")))


def _held(heading: str, sums: Sequence[RenderedSum], names: dict[UUID, str]) -> Table:
    columns = [
        Column(_("Account"), head=True),
        Column(_("Before"), number=True),
        Column(_("Came"), number=True),
        Column(_("Went"), number=True),
        Column(_("After"), number=True),
    ]
    rows: list[list[Value]] = []
    for one in sums:
        before, after = one.before, one.before + one.debit - one.credit
        came, went = (one.debit, one.credit) if one.account.kind == AccountKind.ASSET.value else (one.credit, one.debit)
        said = [natural(one.account, before), came, went, natural(one.account, after)]
        rows.append([names[one.account_id], *(amount_said(each, one.unit, one.commune) for each in said)])
    return Table(heading, columns, rows, Empty(_("Nothing.")))


def _moved(here: Rendering, heading: str, found: Sequence[PurposeSum], unit: str, *, is_income: bool) -> Table:
    columns = [Column(source_or_use(is_income=is_income), head=True), Column(_("Amount"), number=True)]
    rows: list[list[Value]] = [
        [flow_name(one, here.commune), amount_said(one.amount, unit, here.commune)] for one in found
    ]
    return Table(heading, columns, rows, Empty(_("Nothing.")))


def _payments(here: Rendering) -> Section:
    columns = [
        Column(_("Day")),
        Column(_("What for"), head=True),
        Column(_("Paid to")),
        Column(_("Folio"), number=True),
        Column(_("Amount"), number=True),
    ]
    found = rendered.payments_in(here)
    paid = queries.paid_by([one.entry_id for one in found])
    rows: list[list[Value]] = []
    what = paid_words([one.entry for one in found])
    for one in found:
        said, back = amount_said(paid[one.entry_id], one.line.unit, here.commune), getattr(one.entry, "reversal", None)
        words: list[Value] = [Link(what[one.entry_id], reverse("treasury:entry", args=[one.entry_id]))]
        if back is not None and back.folio <= here.folio:
            words.append(Small(_("taken back")))
        rows.append([one.entry.day, Many(words), one.payee or None, one.entry.folio, said])
    return Section(_("Payments"), [Table(_("Payments"), columns, rows, Empty(_("Nothing.")))], wide=True)


def _next(reader: Reader, here: Rendering, stands: assemblies.Standing) -> Do | None:
    if here.withdrawn_on is not None or rendered.approval_of(here.id) is not None:
        return None
    decided = Resolution.objects.filter(motion__item=here.item)
    found = []
    if here in rendered.to_close(here.book_id) and may_in(reader, ApproveAccounts, here.book.organ):
        found.append(Link(ApproveAccounts.label, address("approve", book=here.book_id, rendering=here.id)))
    if stands.is_open and stands.calls and may_in(reader, ObjectToAccounts, stands.session.organ):
        found.append(Link(ObjectToAccounts.label, address("to-object-to-accounts", rendering=here.id)))
    if stands.is_open and not decided.exists() and may_in(reader, WithdrawRendering, here.book.organ):
        found.append(Link(WithdrawRendering.label, address("to-withdraw-rendering", rendering=here.id)))
    return Do(found[0].words, found[0].href, tuple(found[1:])) if found else None


def _links(here: Rendering) -> list[Link]:
    return [
        Link(Observe.label, address("to-observe", book=here.book_id)),
        Link(_("Thread of these accounts"), reverse("books:thread", args=[here.id])),
        Link(_("Back to the book"), reverse("treasury:book", args=[here.book_id])),
    ]


# On the book's page


def before_sessions(reader: Reader, book: Book) -> list[Part]:
    """What waits for which session; and the newest that was approved or not."""
    found = rendered.of_book(book.id)
    standing = [(one, assemblies.standing(one.session)) for one in found[:SHOWN]]
    lines = [
        Line(
            _("Accounts until {day}").format(day=day_words(one.through, today=reader.day, weekday=False)),
            more=session_words(stands.statute, stands.session),
            href=reverse("treasury:rendering", args=[one.id]),
            status=status_of(one, stands),
        )
        for one, stands in standing
    ]
    return [Section(_("Accounts put before a session"), [Lines(lines)])] if lines else []


SHOWN = 4


# Forms


def render(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    book = book_or_404(reader, id_in(request, "book"))
    kind = queries.kind_of(book, reader.day)
    sessions = assemblies.coming(reader.commune, reader.day, organs=[kind.decides]) if kind else []
    items = [choice for session in sessions for choice in _items(session)]
    here = reverse("treasury:book", args=[book.id])
    if not items:
        page = Page(
            title=RenderAccounts.label,
            room=book_name(book, reader.day),
            room_href=here,
            answer=Answer(_("No session is convened before which the accounts could be put")),
            facts=[Empty(_("Whoever convenes the organ that decides over this book puts an item on its agenda."))],
        )
        return show(request, page)
    last = reader.day.replace(day=1) - timedelta(days=1)
    return _form(
        request,
        RenderAccounts,
        book,
        back=here,
        choices={"item": items},
        initial={"book": book.id, "through": last if last >= rendered.first_day(book) else reader.day},
        fixed={"book": book_name(book, reader.day)},
    )


def _items(session: Session) -> list[Choice]:
    stands = assemblies.standing(session.id)
    if not stands.is_open:
        return []
    return [
        Choice(
            str(held.item.id), f"{session_words(stands.statute, session)}: {held.item.number}. {title_of(held.item)}"
        )
        for held in assemblies.items(session.id)
        if not held.item.kind and not held.struck and not any(motion.resolution for motion in held.motions)
    ]


def withdraw(request: HttpRequest) -> HttpResponse:
    return _about(request, WithdrawRendering)


def object_to(request: HttpRequest) -> HttpResponse:
    return _about(request, ObjectToAccounts)


def _about(request: HttpRequest, act: type[Act]) -> HttpResponse:
    reader = reader_of(request)
    here = _or_404(reader, id_in(request, "rendering"))
    organ = assemblies.organ_of(here.session) if act is ObjectToAccounts else here.book.organ
    return _form(
        request,
        act,
        here.book,
        organ=organ,
        back=reverse("treasury:rendering", args=[here.id]),
        initial={"rendering": here.id},
        fixed={"rendering": title_of_accounts(here, reader.day)},
    )


def _form(
    request: HttpRequest, act: type[Act], book: Book, *, back: str, organ: str | None = None, **form: Any
) -> HttpResponse:
    def on_done(done: Any) -> HttpResponse:
        if act is RenderAccounts:
            return HttpResponseRedirect(reverse("treasury:rendering", args=[done.id]))
        if act is ObjectToAccounts:
            return HttpResponseRedirect(reverse("treasury:observation", args=[done.id]))
        return HttpResponseRedirect(back)

    reader = reader_of(request)
    return act_page(
        request,
        act,
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        organ=organ or book.organ,
        on_done=on_done,
        cancel=back,
        **form,
    )
