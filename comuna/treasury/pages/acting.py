"""The forms of this room's acts. Each belongs to a book, which its address names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.acts.door import Done
from comuna.assemblies import queries as assemblies
from comuna.look.act_page import act_page
from comuna.look.frame import Link, Words
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Empty, Filters, Notice, Part, Sign
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import named
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, ChartAccount, Unit, UnitKind
from comuna.statutes.statute import in_books
from comuna.statutes.words import from_amount
from comuna.territory.pages.reader import Reader, id_in, reader_of
from comuna.treasury import queries
from comuna.treasury.acts import (
    AdoptBudget,
    ApproveAccounts,
    Move,
    MoveBudget,
    OpenAccount,
    OpenBook,
    Pay,
    Receive,
    RecordOpening,
    Reverse,
    UndoImport,
)
from comuna.treasury.acts.budgeting import SPENT_ON
from comuna.treasury.acts.moving import SOURCES
from comuna.treasury.models import Book, BudgetLine, Commitment, Entry, EntryImport, Rendering
from comuna.treasury.pages.commitment import choices_of
from comuna.treasury.pages.reader import book_or_404, decimals, may_in
from comuna.treasury.pages.words import account_name, book_name, line_words, words_of
from comuna.treasury.queries import aid, amount_said, rendering as rendered
from comuna.treasury.queries.decided import uses_of_resolutions
from comuna.treasury.queries.redenomination import retired
from comuna.treasury.rules import purpose

SHORT_LIST = 200  # decisions and lines that a form offers


def open_book(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    opened = {book.kind for book in queries.books(reader.commune)}
    kinds = [
        kind
        for kind in statutes.in_force(reader.commune, reader.day).money.books
        if kind.id not in opened and may_in(reader, OpenBook, kind.organ)
    ]
    return act_page(
        request,
        OpenBook,
        room=_("Accounts"),
        room_href=reverse("treasury:board"),
        choices={"kind": [Choice(kind.id, named(kind.name)) for kind in kinds]},
        initial={"day": reader.day},
        organ=kinds[0].organ if kinds else None,
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:book", args=[done.id])),
        cancel=reverse("treasury:board"),
    )


def open_account(request: HttpRequest) -> HttpResponse:
    """``?code=`` says which account of the statute's chart, where a later one has added it."""
    reader, book = _asked(request)
    offered = accounts(reader, book, ())
    added = {one.code: in_books(one.name) for one in _added(reader, book)}
    code = request.GET.get("code") or request.POST.get("code", "")
    if code in added and offered:
        initial = {"beneath": UUID(offered[0].value), "code": code, "name": added[code]}
        fixed: dict[str, Words] = {"beneath": _("where the statute puts it"), "code": code, "name": added[code]}
        return _form(request, reader, book, OpenAccount, choices={}, initial=initial, fixed=fixed)
    links = [Link(f"{one} {name}", f"?{urlencode({'book': str(book.id), 'code': one})}") for one, name in added.items()]
    before: list[Part] = []
    if links:
        before = [Filters(_("The statute has more accounts than this book; open one of those"), links)]
    return _form(request, reader, book, OpenAccount, choices={"beneath": offered}, initial={}, before=before)


def _added(reader: Reader, book: Book) -> list[ChartAccount]:
    """What the chart in force has and the book has not."""
    kind = statutes.in_force(reader.commune, reader.day).money.book(book.kind)
    there = {one.code for one in queries.accounts(book.id)}
    return [one for one in kind.chart.accounts if one.code not in there] if kind else []


def opening(request: HttpRequest) -> HttpResponse:
    reader, book = _asked(request)
    kinds = (AccountKind.ASSET, AccountKind.LIABILITY)
    choices = {"unit": units(reader), "rows.account": accounts(reader, book, kinds)}
    return _form(request, reader, book, RecordOpening, choices=choices, initial={"unit": book.unit})


def receive(request: HttpRequest) -> HttpResponse:
    reader, book = _asked(request)
    choices = {
        "unit": units(reader),
        "into": accounts(reader, book, (AccountKind.ASSET,)),
        "source": accounts(reader, book, SOURCES),
    }
    initial = {"unit": book.unit, "day": reader.day, **_given(request, Receive)}
    return _form(request, reader, book, Receive, choices=choices, initial=initial)


def move(request: HttpRequest) -> HttpResponse:
    reader, book = _asked(request)
    places = accounts(reader, book, (AccountKind.ASSET,))
    choices = {"unit": units(reader, book), "out_of": places, "into": places}
    initial = {"unit": book.unit, "day": reader.day, **_given(request, Move)}
    return _form(request, reader, book, Move, choices=choices, initial=initial)


def adopt_budget(request: HttpRequest) -> HttpResponse:
    reader, book = _asked(request)
    decisions = decisions_over(reader, book, AdoptBudget)
    if not decisions:
        return _no_decision(reader, book, AdoptBudget)
    choices = {
        "unit": units(reader, book),
        "resolution": decisions,
        "rows.account": accounts(reader, book, SPENT_ON),
    }
    initial = {"unit": book.unit, "begins": reader.day, "ends": reader.day.replace(month=12, day=31)}
    return _form(request, reader, book, AdoptBudget, choices=choices, initial=initial)


def move_budget(request: HttpRequest) -> HttpResponse:
    reader, book = _asked(request)
    lines = [Choice(str(one.id), _left_words(one)) for one in queries.budget_lines(book.id)[:SHORT_LIST]]
    decisions = decisions_over(reader, book, MoveBudget)
    choices = {"unit": units(reader, book), "resolution": decisions, "out_of": lines, "into": lines}
    return _form(request, reader, book, MoveBudget, choices=choices, initial={"unit": book.unit})


def pay(request: HttpRequest) -> HttpResponse:
    """``?line=`` says which line, where the page of one leads here; else it is asked for first."""
    reader, book = _asked(request)
    lines = open_lines(reader, book)
    asked = request.GET.get("line") or request.POST.get("line", "")
    line = next((one for one in queries.budget_lines(book.id) if str(one.id) == asked), None)
    if not asked and len(lines) == 1:
        line = lines[0]
    choices = {"unit": units(reader, book), "out_of": accounts(reader, book, (AccountKind.ASSET,))}
    initial: dict[str, Any] = {"unit": line.unit if line else book.unit, "day": reader.day, **_given(request, Pay)}
    if line is not None and "day" not in request.GET:
        initial["day"] = min(reader.day, line.budget.ends)
    if line is None:
        choices["line"] = line_choices(reader, book)
        return _form(request, reader, book, Pay, choices=choices, initial=initial, fixed={"commitment": ""})
    initial |= {"line": line.id, **_promised(request, line)}
    fixed = {"line": _left_words(line), "unit": line.unit}
    if promises := choices_of(line):
        choices["commitment"] = promises
    else:
        fixed["commitment"] = ""
    return _form(request, reader, book, Pay, choices=choices, initial=initial, fixed=fixed)


def _given(request: HttpRequest, act: type[Act]) -> dict[str, Any]:
    """What the address says of an entry to be made, as the page of a bank's statement does; what it cannot hold is
    left out. It only fills in a form."""
    found: dict[str, Any] = {}
    names = ("day", "unit", "amount", "into", "out_of", "reference")
    for name in (name for name in names if name in act.model_fields and request.GET.get(name)):
        said = request.GET[name]
        try:
            if name == "day":
                found[name] = date.fromisoformat(said)
            elif name in ("into", "out_of"):
                found[name] = UUID(said)
            elif name == "amount":
                found[name] = str(int(said[:18]))
            else:
                found[name] = said[:200]
        except ValueError:
            continue
    return found


def open_lines(reader: Reader, book: Book) -> list[BudgetLine]:
    """Those with something left, whose budget has begun and reaches a day that is not closed: what was paid in December
    is entered in January."""
    closed, gone = queries.closed_through(book.id), retired(reader.commune)
    return [
        one
        for one in queries.budget_lines(book.id)
        if one.amount > one.spent
        and one.budget.begins <= reader.day
        and (closed is None or one.budget.ends > closed)
        and one.unit not in gone
    ]


def line_choices(reader: Reader, book: Book, unit: str = "", *, for_aid: bool = False) -> list[Choice]:
    """The open lines, or those of a unit, or those out of which aid is paid, with what is left of each."""
    found = [
        one
        for one in open_lines(reader, book)
        if unit in ("", one.unit) and (not for_aid or aid.is_for_aid(book, one.account, reader.day))
    ]
    return [Choice(str(one.id), _left_words(one)) for one in found[:SHORT_LIST]]


def _promised(request: HttpRequest, line: BudgetLine) -> dict[str, Any]:
    """To whom and how much, where ``?commitment=`` says which promise is paid."""
    if not request.GET.get("commitment"):
        return {}
    found = Commitment.objects.filter(pk=id_in(request, "commitment"), line=line, open__gt=0).first()
    if found is None:
        return {}
    said = {"payee": found.payee, "words": found.words} if found.payee and found.words else {}
    return {"commitment": found.id, "amount": str(found.open), **said}


def approve(request: HttpRequest) -> HttpResponse:
    reader, book = _asked(request)
    decisions = decisions_over(reader, book, ApproveAccounts)
    if not decisions:
        return _no_decision(reader, book, ApproveAccounts)
    last = reader.day.replace(day=1) - timedelta(days=1)
    initial: dict[str, Any] = {"through": last, **_as_rendered(request, book)}
    return _form(request, reader, book, ApproveAccounts, choices={"resolution": decisions}, initial=initial)


def _as_rendered(request: HttpRequest, book: Book) -> dict[str, Any]:
    """The last day and the decision, where ``?rendering=`` says which accounts the session had before it."""
    if not request.GET.get("rendering"):
        return {}
    shown = Rendering.objects.filter(pk=id_in(request, "rendering"), book=book).first()
    if shown is None:
        return {}
    decided = rendered.decision_on(shown)
    return {"through": shown.through} | ({"resolution": decided.id} if decided else {})


def take_back(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    entry = Entry.objects.filter(pk=id_in(request, "entry"), commune=reader.commune).select_related("book").first()
    if entry is None:
        raise Http404
    said = _("{folio}: {words}").format(folio=entry.folio, words=words_of(entry))
    return _form(
        request,
        reader,
        entry.book,
        Reverse,
        choices={},
        initial={"entry": entry.id, "day": reader.day},
        fixed={"entry": said},
        back=reverse("treasury:entry", args=[entry.id]),
    )


def take_back_import(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    imported = EntryImport.objects.filter(pk=id_in(request, "imported"), commune=reader.commune).first()
    if imported is None:
        raise Http404
    said = ngettext("{n} entry, taken on {day}", "{n} entries, taken on {day}", imported.entries).format(
        n=number_words(imported.entries), day=day_words(imported.day, today=reader.day, weekday=False)
    )
    return _form(
        request,
        reader,
        imported.book,
        UndoImport,
        choices={},
        initial={"imported": imported.id, "day": reader.day},
        fixed={"imported": said},
    )


def _asked(request: HttpRequest) -> tuple[Reader, Book]:
    reader = reader_of(request)
    return reader, book_or_404(reader, id_in(request, "book"))


def _form(
    request: HttpRequest,
    reader: Reader,
    book: Book,
    act: type[Act],
    *,
    choices: Mapping[str, list[Choice]],
    initial: Mapping[str, Any],
    fixed: Mapping[str, Words] | None = None,
    back: str = "",
    before: list[Part] | None = None,
) -> HttpResponse:
    of_book: dict[str, Words] = {"book": book_name(book, reader.day)} if "book" in act.model_fields else {}
    known: dict[str, Any] = {"book": book.id} if of_book else {}
    here = reverse("treasury:book", args=[book.id])

    def on_done(done: Done) -> HttpResponse:
        made = Entry.objects.filter(act=done.id).first()
        return HttpResponseRedirect(reverse("treasury:entry", args=[made.id]) if made else here)

    return act_page(
        request,
        act,
        room=book_name(book, reader.day),
        room_href=here,
        choices=choices,
        initial={**known, **initial},
        fixed={**of_book, **(fixed or {})},
        organ=book.organ,
        decimals=decimals(reader),
        before=[*(before or []), *by_amount(reader, act)],
        on_done=on_done,
        cancel=back or here,
    )


def by_amount(reader: Reader, act: type[Act]) -> list[Part]:
    """From which amount on how many sign, for whoever has not typed one yet."""
    said = [
        ngettext(
            "{from_amount} {n} seat must sign this.", "{from_amount} {n} seats must sign this.", rule.needed
        ).format(from_amount=capfirst(from_amount(rule)), n=number_words(rule.needed))
        for rule in statutes.in_force(reader.commune, reader.day).signatures_by_amount(act.verb)
    ]
    of_a_day = _("What a book moves on one day by the same kind of act counts together.")
    return [Notice(Sign.PLAIN, said[0], [*said[1:], of_a_day])] if said else []


def accounts(reader: Reader, book: Book, kinds: tuple[AccountKind, ...]) -> list[Choice]:
    kind = queries.kind_of(book, reader.day)
    found = queries.accounts(book.id, [one.value for one in kinds])
    return [Choice(str(one.id), f"{one.code} {account_name(one, kind)}") for one in found if not one.use]


def units(reader: Reader, held: Book | None = None) -> list[Choice]:
    """Those in which something may be entered; with what a book holds, what the statute has left out since too."""
    return [Choice(unit.id, f"{unit.id} ({named(unit.name)})") for unit in _units(reader, held)]


def currencies(reader: Reader, held: Book | None = None) -> list[Choice]:
    """As ``units``, without goods."""
    found = [unit for unit in _units(reader, held) if unit.kind is UnitKind.CURRENCY]
    return [Choice(unit.id, f"{unit.id} ({named(unit.name)})") for unit in found]


def _units(reader: Reader, held: Book | None) -> list[Unit]:
    known = {unit.id: unit for unit in statutes.in_force(reader.commune, reader.day).money.units}
    if held is not None:
        for one in queries.holdings(reader.commune).get(held.id, []):
            if one.amount and (unit := statutes.unit(reader.commune, one.unit)) is not None:
                known.setdefault(unit.id, unit)
    return [unit for unit in known.values() if unit.id not in retired(reader.commune)]


def decisions_over(reader: Reader, book: Book, act: type[Act], *, into: UUID | None = None) -> list[Choice]:
    """Of the organ that decides over the book those that were not used for such an act yet, the newest first; of
    accounts only those that approve some."""
    kind = queries.kind_of(book, reader.day)
    if kind is None:
        return []
    approving = act is ApproveAccounts
    found = assemblies.resolutions_of(reader.commune, kind.decides, slice(0, SHORT_LIST), approving=approving)
    used, what = uses_of_resolutions([one.resolution.id for one in found]), purpose(act.verb, book=book.id, into=into)
    return [
        Choice(str(one.resolution.id), f"{one.resolution.number}/{one.resolution.year}: {one.text[:90]}")
        for one in found
        if not any(use.is_for(what) for use in used.get(one.resolution.id, ()))
    ]


def _left_words(line: BudgetLine) -> str:
    left = amount_said(line.amount - line.spent - line.committed, line.unit, line.commune)
    return _("{line} ({left} left)").format(line=line_words(line), left=left)


def _no_decision(reader: Reader, book: Book, act: type[Act]) -> HttpResponse:
    page = Page(
        title=act.label,
        room=book_name(book, reader.day),
        room_href=reverse("treasury:book", args=[book.id]),
        answer=Answer(_("There is no decision that this could rest on")),
        facts=[
            Empty(_("The organ that decides over this book has taken none yet, or each was used for this already."))
        ],
    )
    return show(reader.request, page)
