"""A spreadsheet of money taken into a book on pages: handed in, looked at row by row, confirmed, taken back.

As with a list of people, nothing is written before somebody has seen what would become of each row: the file waits
sealed for a day at most, for whoever brought it alone. What the columns mean is guessed from their heads and put right
in a form; each row is then an entry, or named with why not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, cast
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from pydantic import BaseModel, ConfigDict, ValidationError

from comuna.acts.act import Act, performed_key
from comuna.acts.fields import AccountCode, Label, Line as LineField, UnitCode
from comuna.acts.models import Proposal
from comuna.acts.refusal import FieldError, Refused
from comuna.journal import files
from comuna.look.act_page import NotDone, hand_in, refusal_part, signature_notice, signatures_of
from comuna.look.decode import PROPOSE, decode
from comuna.look.forms import Form, FormPart, form_of
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Column,
    Empty,
    Line,
    Lines,
    Pages,
    Part,
    Section,
    Table,
    Value,
)
from comuna.look.words import number_words, propose_words
from comuna.statutes.bookkeeping import AccountKind
from comuna.territory import waiting
from comuna.territory.models import WaitingList
from comuna.territory.pages.census import FileForm
from comuna.territory.pages.reader import Reader, id_in, reader_of, refused_page, to_sign_in, unstored
from comuna.territory.pages.words import fault_words
from comuna.territory.reading.grids import Unreadable
from comuna.territory.reading.limits import LIMITS
from comuna.territory.reading.open import open_table
from comuna.treasury import queries
from comuna.treasury.acts import ImportEntries
from comuna.treasury.acts.import_draft import import_of, read_table_into
from comuna.treasury.acts.import_table import MEDIA_TYPE
from comuna.treasury.models import Book, EntryImport
from comuna.treasury.pages.acting import units
from comuna.treasury.pages.imported import left_table
from comuna.treasury.pages.reader import address, barred_in, book_or_404
from comuna.treasury.pages.words import account_name, book_name
from comuna.treasury.plaintext.bankfiles import guessed_heads
from comuna.treasury.plaintext.reading import Read
from comuna.treasury.plaintext.sheets import Columns, NoSuchColumn
from comuna.treasury.queries import amount_said

FILE, WHAT = "file", "entries"
ROWS_A_PAGE = 50


class SheetColumns(BaseModel):
    """What the form of the columns asks; ``plaintext.sheets.Columns`` is what comes of it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    label: ClassVar[str | Promise] = gettext_lazy("Look at the rows")

    day: Annotated[LineField, Label(gettext_lazy("Head of the day"))]
    words: Annotated[LineField, Label(gettext_lazy("Head of what it is for"))]
    came: Annotated[LineField, Label(gettext_lazy("Head of what came in"))]
    went: Annotated[LineField, Label(gettext_lazy("Head of what went out"))]
    reference: Annotated[LineField | None, Label(gettext_lazy("Head of the reference"))] = None
    account: Annotated[
        LineField | None,
        Label(
            gettext_lazy("Head of the account"), help=gettext_lazy("Codes of what each row is, where a column has them")
        ),
    ] = None
    unit: Annotated[UnitCode, Label(gettext_lazy("Counted in"))]
    place: Annotated[AccountCode, Label(gettext_lazy("Where the money is"))]
    income: Annotated[AccountCode, Label(gettext_lazy("What came in is, unless said"))]
    expense: Annotated[AccountCode, Label(gettext_lazy("What went out is, unless said"))]


def _barred(reader: Reader, here: Book) -> HttpResponse | None:
    if reader.person is None:
        return to_sign_in(reader.request)
    refusal = barred_in(reader, ImportEntries, here.organ)
    return refused_page(reader.request, ImportEntries, refusal) if refusal else None


def upload(request: HttpRequest) -> HttpResponse:
    """Step one: the file, for ``?book=``."""
    reader = reader_of(request)
    here = book_or_404(reader, id_in(request, "book"))
    barred = _barred(reader, here)
    if barred is not None:
        return barred
    if request.method != "POST":
        return _upload_page(reader, here)
    handed = request.FILES.get(FILE)
    try:
        if handed is None or not handed.size or handed.size > LIMITS.file_bytes:
            most = LIMITS.file_bytes // 1024**2
            words = _("Choose a spreadsheet or CSV of at most {n} MB.").format(n=most)
            raise Refused("treasury.no-file-of-entries", words, field=FILE)
        data = handed.read()
        heads = guessed_heads(open_table(data)[0])
    except Unreadable as error:
        return _upload_page(reader, here, Refused(f"territory.{error.fault.value}", fault_words(error)))
    except Refused as refused:
        return _upload_page(reader, here, refused)
    assert reader.person is not None
    row = waiting.keep(reader.person, handed.name or "", data, what=WHAT)
    waiting.say_more(row, {"book": str(here.id), **_first_guess(here, heads)})
    return unstored(HttpResponseRedirect(reverse("treasury:import-preview", args=[row.id]), status=303))


def _upload_page(reader: Reader, here: Book, refusal: Refused | None = None) -> HttpResponse:
    form = FileForm(
        action=address("import", book=here.id),
        name=FILE,
        label=_("The spreadsheet"),
        help=_("Of what came and went (.xlsx or CSV), as it is. It is kept sealed for a day at most; only you see it."),
        button=_("Look at the rows"),
    )
    lines = [
        Line(row.name, href=reverse("treasury:import-preview", args=[row.id]))
        for row in (waiting.of_person(reader.person, WHAT) if reader.person else ())
    ]
    page = Page(
        title=ImportEntries.label,
        room=book_name(here, reader.day),
        room_href=reverse("treasury:imports", args=[here.id]),
        answer=Answer(
            ImportEntries.label,
            _("First you see what would become of each row. Nothing is written before you confirm."),
        ),
        next=refusal_part(reader.request, ImportEntries.label, refusal) if refusal else None,
        facts=[form, *([Section(_("Files that wait"), [Lines(lines)])] if lines else [])],
    )
    return unstored(show(reader.request, page, status=422 if refusal else 200))


def _first_guess(here: Book, heads: Mapping[str, str]) -> dict[str, str]:
    """What the columns may mean, and the first account of each kind that one may choose."""
    guessed = {name: heads[name] for name in ("day", "words", "came", "went", "reference") if name in heads}
    kinds = {"place": AccountKind.ASSET, "income": AccountKind.INCOME, "expense": AccountKind.EXPENSE}
    for name, kind in kinds.items():
        found = [one.code for one in queries.accounts(here.id, [kind.value]) if not one.use]
        guessed |= {name: found[0]} if found else {}
    return {"unit": here.unit, **guessed}


def _waiting(request: HttpRequest, id: UUID) -> tuple[Reader, WaitingList, Book]:
    reader = reader_of(request)
    row = waiting.of(id, reader.person, WHAT)
    if row is None:
        raise Http404
    return reader, row, book_or_404(reader, UUID(waiting.more_of(row)["book"]))


def preview(request: HttpRequest, id: UUID) -> HttpResponse:
    """Step two: each row with what would become of it; POST says what the columns mean."""
    reader, row, here = _waiting(request, id)
    barred = _barred(reader, here)
    if barred is not None:
        return barred
    if request.method != "POST":
        return _preview(reader, row, here)
    said, errors = decode(SheetColumns, request.POST)
    if said is None:
        return _preview(reader, row, here, errors=errors)
    given = {name: str(value) for name, value in said.model_dump().items() if value is not None}
    waiting.say_more(row, {"book": str(here.id), **given})
    return unstored(HttpResponseRedirect(reverse("treasury:import-preview", args=[id]), status=303))


def _read(row: WaitingList, here: Book) -> Read | str:
    """The rows, or why the columns do not say enough."""
    said = {name: value for name, value in waiting.more_of(row).items() if name != "book"}
    try:
        return read_table_into(here, open_table(waiting.content(row))[0], Columns.model_validate(said))
    except ValidationError:
        return _("Say below what the columns mean.")
    except NoSuchColumn as error:
        return _("No row has all of these heads: {heads}").format(heads=error)


def _preview(
    reader: Reader,
    row: WaitingList,
    here: Book,
    not_done: NotDone | None = None,
    errors: list[FieldError] | None = None,
) -> HttpResponse:
    read = _read(row, here)
    taken = len(read.rows) if isinstance(read, Read) else 0
    answer = ngettext("{n} entry would be taken", "{n} entries would be taken", taken).format(n=number_words(taken))
    parts: list[Part] = []
    if isinstance(read, Read):
        parts += [*_confirm(row, taken), *_rows(reader, row, here, read)]
    else:
        answer = read
    page = Page(
        title=ImportEntries.label,
        room=book_name(here, reader.day),
        room_href=address("import", book=here.id),
        answer=Answer(answer, row.name),
        next=not_done.part if not_done else None,
        facts=[
            *parts,
            Section(_("What the columns mean"), [_columns_form(reader, row, here, errors)]),
            _discard_form(row),
        ],
    )
    status = not_done.status if not_done else 422 if errors else 200
    return unstored(show(reader.request, page, status=status))


def _confirm(row: WaitingList, taken: int) -> list[Part]:
    if not taken:
        return [Empty(_("Put the columns right below, or hand in another file."))]
    action = reverse("treasury:import-confirm", args=[row.id])
    take = _("Take these entries")
    need = signatures_of(ImportEntries)
    button = propose_words(take) if need else take
    form = Form(id=uuid4(), button=button, controls=(), action=action, propose=need is not None)
    return [*([signature_notice(need)] if need else []), FormPart(form)]


def _discard_form(row: WaitingList) -> Part:
    action = reverse("treasury:import-discard", args=[row.id])
    return FormPart(Form(id=uuid4(), button=_("Throw this file away"), controls=(), action=action, quiet=True))


def _columns_form(reader: Reader, row: WaitingList, here: Book, errors: list[FieldError] | None) -> Part:
    kind = queries.kind_of(here, reader.day)

    def codes(*kinds: AccountKind) -> list[Choice]:
        found = queries.accounts(here.id, [one.value for one in kinds])
        return [Choice(one.code, f"{one.code} {account_name(one, kind)}") for one in found if not one.use]

    said = {name: value for name, value in waiting.more_of(row).items() if name != "book"}
    form = form_of(
        cast("type[Act]", SheetColumns),
        typed=reader.request.POST if errors else None,
        initial=said,
        choices={
            "unit": units(reader),
            "place": codes(AccountKind.ASSET),
            "income": codes(AccountKind.INCOME, AccountKind.LIABILITY),
            "expense": codes(AccountKind.EXPENSE),
        },
        errors=errors or (),
    )
    return FormPart(replace(form, quiet=True, action=reverse("treasury:import-preview", args=[row.id])))


def _rows(reader: Reader, row: WaitingList, here: Book, read: Read) -> list[Part]:
    """Rows that are left first, then the entries in the order of days."""
    parts: list[Part] = []
    if read.left:
        parts.append(left_table([(str(one.line), one.words) for one in read.left]))
    names = {one.code: account_name(one, queries.kind_of(here, reader.day)) for one in queries.accounts(here.id)}
    words = iter(read.words)
    said = [next(words) if one.words else "—" for one in read.rows]
    pages = Pages.asked(reader.request.GET.get("page", ""), len(read.rows), "?page={page}", ROWS_A_PAGE)
    rows: list[list[Value]] = []
    for one, what in list(zip(read.rows, said, strict=True))[pages.lines]:
        debit, credit = sorted(one.lines, key=lambda line: -int(line.amount))
        amount = amount_said(int(debit.amount), debit.unit, here.commune)
        rows.append([one.day, what, amount, f"{names[credit.account]} → {names[debit.account]}"])
    columns = [
        Column(_("Day")),
        Column(_("What for"), head=True),
        Column(_("Amount"), number=True),
        Column(_("From where to where")),
    ]
    table = Table(_("Entries"), columns, rows, empty=Empty(_("No such rows.")), pages=pages)
    return [*parts, Section(_("Entries"), [table], wide=True)]


def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Step three: the one act. The file is deleted with it; the rows that were left can be read for a day."""
    known = _form_id(request) if request.method == "POST" else None
    if known is not None and EntryImport.objects.filter(pk=known).exists():
        return _to_result(known)  # the form was sent twice
    if known is not None and Proposal.objects.filter(pk=known).exists():
        return _to_proposal(known)
    reader, row, here = _waiting(request, id)
    barred = _barred(reader, here)
    if barred is not None:
        return barred
    read = _read(row, here)
    if request.method != "POST" or not isinstance(read, Read):
        return _preview(reader, row, here)
    act, data = import_of(here.id, read)
    files.store(data, MEDIA_TYPE, reader.person)
    answer = hand_in(request, act, channel="import")
    if isinstance(answer, NotDone):
        return _preview(reader, row, here, answer)
    proposed = request.POST.get(PROPOSE) == "1"
    taken = performed_key(answer.id) if proposed else answer.id
    waiting.keep_left(row, taken, [(str(one.line), "", one.words) for one in read.left])
    return _to_proposal(answer.id) if proposed else _to_result(answer.id)


def _form_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("_id", ""))
    except ValueError:
        return None


def _to_proposal(id: UUID) -> HttpResponse:
    return unstored(HttpResponseRedirect(reverse("books:proposal", args=[id]), status=303))


def _to_result(id: UUID) -> HttpResponse:
    return unstored(HttpResponseRedirect(reverse("treasury:imported", args=[id]), status=303))


def discard(request: HttpRequest, id: UUID) -> HttpResponse:
    """Delete a file that waits."""
    _reader, row, here = _waiting(request, id)
    if request.method == "POST":
        waiting.drop(row.id)
    return unstored(HttpResponseRedirect(address("import", book=here.id), status=303))
