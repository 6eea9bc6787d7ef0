"""The tables of the accounts on paper: a blank sheet to fill in by hand, and the form in which its lines are typed.

A line is what it always is: an act of its own, done under its own rules. The form hands in all lines of a sheet
together, through the door's way for several acts: all of them are done or, at the first that is refused, none, and that
line says why. What several must sign is proposed line by line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from comuna.acts.act import Act, row_key
from comuna.acts.acts import Propose
from comuna.acts.authority import authority
from comuna.acts.door import Request, perform_all
from comuna.acts.fields import fields_of
from comuna.acts.reach import ANYWHERE
from comuna.acts.refusal import FieldError, IdTaken, Refused
from comuna.look.act_page import NotDone, form_id, refusal_part, taken_notice
from comuna.look.decode import decode
from comuna.look.forms import FormPart, form_of
from comuna.look.frame import Link, actor_of
from comuna.look.page import Page, show
from comuna.look.paper import address_of
from comuna.look.parts import Answer, Code, Column, Fact, Facts, Line, Lines, Refusal, Signatures, Source, Table, Value
from comuna.territory.pages.reader import Reader, reader_of, refused_page, to_sign_in, unstored
from comuna.treasury import sheetcodes
from comuna.treasury.models import Book
from comuna.treasury.pages.acting import units
from comuna.treasury.pages.order import where_typed
from comuna.treasury.pages.reader import barred_in, book_or_404, decimals, may_in
from comuna.treasury.pages.receiptbook import without_untouched
from comuna.treasury.pages.sheetkinds import KINDS, SheetKind, kinds_of, what_it_asks
from comuna.treasury.pages.words import book_name

BOOKS_LANGUAGE = "es"
PRINTED = 10  # lines of a sheet
TYPED = 6  # lines that the form begins with
WRITTEN = ("amount", "words", "payee", "reference")  # without any of them a line was not written


def sheets(request: HttpRequest, id: UUID) -> HttpResponse:
    """Which sheets a book has."""
    reader = reader_of(request)
    here = book_or_404(reader, id)
    lines = [
        Line(
            str(one.name),
            href=reverse("treasury:blank-sheet", args=[here.id, one.slug]),
            more=_form_words(reader, here, one),
        )
        for one in kinds_of(here)
    ]
    page = Page(
        title=_("Sheets on paper"),
        room=book_name(here, reader.day),
        room_href=reverse("treasury:book", args=[here.id]),
        answer=Answer(
            _("Sheets on paper"), _("Printed blank, filled in by hand, and typed under their code, all lines at once.")
        ),
        facts=[Lines(lines)],
        source=Source(
            links=[
                Link(_("Type a sheet back"), reverse("treasury:paper")),
                Link(_("Receipt books"), reverse("treasury:receipt-books", args=[here.id])),
            ]
        ),
    )
    return show(request, page)


def _form_words(reader: Reader, here: Book, kind: SheetKind) -> str:
    code = sheetcodes.code_of(sheet_id(here.id, kind.slug))
    return _("code {code}").format(code=code) if may_in(reader, kind.act, here.organ) else ""


def sheet_id(book: UUID, slug: str) -> UUID:
    """Of a book's blank sheet of a kind: no row has it, only its code."""
    return row_key(book, "sheet", slug)


def sheets_between(books: Sequence[Book], first: UUID, last: UUID) -> list[tuple[Book, SheetKind]]:
    """Blank sheets whose id lies between two."""
    return [(one, kind) for one in books for kind in kinds_of(one) if first <= sheet_id(one.id, kind.slug) <= last]


def _asked(request: HttpRequest, id: UUID, slug: str) -> tuple[Reader, Book, SheetKind]:
    reader = reader_of(request)
    here = book_or_404(reader, id)
    if slug not in {one.slug for one in kinds_of(here)}:
        raise Http404
    return reader, here, KINDS[slug]


def blank(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """In the commune's own language whoever prints it."""
    reader, here, asked = _asked(request, id, kind)
    with translation.override(BOOKS_LANGUAGE):
        return show(request, _blank(request, reader, here, asked))


def _blank(request: HttpRequest, reader: Reader, here: Book, kind: SheetKind) -> Page:
    name, code = book_name(here, reader.day), sheetcodes.code_of(sheet_id(here.id, kind.slug))
    labels = {field.name: field.label for field in fields_of(kind.act)}
    columns = [Column(labels[one], write=True) for one in kind.columns]
    rows: list[list[Value]] = [["" for _column in columns] for _line in range(PRINTED)]
    form = reverse("treasury:type-sheet", args=[here.id, kind.slug])
    where = address_of(request, form)
    return Page(
        title=str(kind.name),
        room=name,
        room_href=reverse("treasury:sheets", args=[here.id]),
        answer=Answer(str(kind.name), name),
        facts=[
            Facts([Fact(_("Counted in"), "")]),
            Table(_("One a line"), columns, rows),
            Signatures([_("Who wrote the sheet"), _("Who typed it, and on which day")]),
            Code(code, where_typed(request), where if where.startswith("http") else ""),
        ],
        source=Source(links=[Link(_("Type this sheet"), form)]),
        paper=True,
        every_sheet=f"{kind.name} · {name} · {code}",
    )


def type_back(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """The lines of a sheet, all at once."""
    reader, here, asked = _asked(request, id, kind)
    if reader.person is None:
        return to_sign_in(request)
    barred = barred_in(reader, asked.act, here.organ)
    if barred is not None:
        return refused_page(request, asked.act, barred)
    if request.method != "POST":
        return unstored(_page(reader, here, asked))
    typed = without_untouched(request.POST, "rows", WRITTEN)
    form, errors = decode(asked.form, typed, decimals(reader))
    if form is None:
        return unstored(_page(reader, here, asked, errors))
    answer = _hand_in(reader, here, asked, form, _lines_of(typed))
    if isinstance(answer, NotDone):
        at = []
        if answer.field and isinstance(answer.part, Refusal):
            at.append(FieldError(answer.field, answer.part.rule, answer.part.words))
        return unstored(_page(reader, here, asked, at, answer))
    waits = reverse("books:proposals") if _needs_others(reader, here, asked) else ""
    return unstored(HttpResponseRedirect(waits or reverse("treasury:book", args=[here.id])))


def _lines_of(typed: QueryDict) -> list[str]:
    """The numbers of the lines, in the order in which they are decoded."""
    lines = {key.split(".")[1] for key in typed if key.startswith("rows.") and key.count(".") == 2}
    return sorted(lines, key=int)


def _needs_others(reader: Reader, here: Book, kind: SheetKind) -> bool:
    need = authority().signatures(kind.act, reader.commune, reader.day, here.organ, ANYWHERE)
    return need is not None and need.needed > 1


def _hand_in(reader: Reader, here: Book, kind: SheetKind, form: Any, lines: Sequence[str]) -> NotDone | None:
    """All lines, or none; the refusal is said at its line. The id of each comes from that of the form."""
    id = form_id(reader.request.POST)
    if id is None or not form.rows:
        words = _("Nothing was typed.")
        return NotDone(refusal_part(reader.request, kind.act.label, Refused("treasury.no-lines", words)), 422)
    shared: dict[str, Any] = {"unit": form.unit}
    if "book" in kind.act.model_fields:
        shared["book"] = here.id
    proposed = _needs_others(reader, here, kind)
    asked = []
    for number, row in enumerate(form.rows, start=1):
        act: Act = kind.act(**shared, **{name: getattr(row, name) for name in kind.columns})
        of_line = UUID(int=id.int ^ number)
        asked.append(Request(Propose(act=act) if proposed else act, of_line, channel="paper"))
    try:
        perform_all(asked, actor_of(reader.request))
    except IdTaken:
        return NotDone(taken_notice(), 409)
    except Refused as refused:
        place = next((n for n, one in enumerate(asked) if one.id == refused.asked), 0)
        field = (refused.field or "").removeprefix("act.")
        where = f"rows.{lines[place]}.{field if field in kind.columns else kind.columns[0]}"
        words = _("Line {n}: {words}").format(n=place + 1, words=refused.words)
        said = Refused(refused.rule, words, citation=refused.citation, who=refused.who)
        return NotDone(refusal_part(reader.request, kind.act.label, said), 422, where)
    return None


def _page(
    reader: Reader, here: Book, kind: SheetKind, errors: Sequence[FieldError] = (), not_done: NotDone | None = None
) -> HttpResponse:
    offered = kind.choices(reader, here)
    typed = reader.request.POST if reader.request.method == "POST" else None
    initial: Mapping[str, Any] = {"unit": here.unit}
    form = form_of(
        cast("type[Act]", kind.form),
        typed=typed,
        initial=initial,
        choices={"unit": units(reader), **{f"rows.{name}": found for name, found in offered.items()}},
        errors=errors,
        blank_rows=TYPED,
        propose=_needs_others(reader, here, kind),
        cancel=reverse("treasury:sheets", args=[here.id]),
        decimals=decimals(reader),
    )
    page = Page(
        title=str(kind.name),
        room=_("Sheets on paper"),
        room_href=reverse("treasury:sheets", args=[here.id]),
        answer=Answer(_("Type the sheet: {name}").format(name=kind.name), what_it_asks(kind)),
        next=not_done.part if not_done else None,
        facts=[FormPart(form)],
    )
    return show(reader.request, page, status=not_done.status if not_done else 422 if errors else 200)
