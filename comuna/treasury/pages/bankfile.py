"""The bank's statement of an account: taken from a file, matched, and what stands on one side alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.door import perform
from comuna.acts.refusal import Refused
from comuna.journal import files
from comuna.look.act_page import act_page, refusal_part
from comuna.look.frame import Link, Words, actor_of
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Column, Empty, Fact, Facts, Section, Source, Table, Value
from comuna.look.words import day_words, number_words
from comuna.territory.pages.census import FileForm
from comuna.territory.pages.reader import Reader, id_in, reader_of, refused_page, to_sign_in, unstored
from comuna.territory.pages.words import fault_words
from comuna.territory.reading.grids import Unreadable
from comuna.territory.reading.limits import LIMITS
from comuna.territory.reading.open import open_table
from comuna.treasury.acts import ForgetBankStatement, SayBankColumns, TakeBankStatement, UnmatchBankLine
from comuna.treasury.acts.bank_draft import draft
from comuna.treasury.acts.bank_table import MEDIA_TYPE
from comuna.treasury.models import Account, BankLine, BankStatement
from comuna.treasury.pages.acting import units
from comuna.treasury.pages.reader import account_or_404, address, barred_in, decimals
from comuna.treasury.pages.words import account_name, book_name
from comuna.treasury.plaintext.bankfiles import WHY_LEFT, WhyLeft, guessed_heads
from comuna.treasury.plaintext.sheets import NoSuchColumn
from comuna.treasury.queries import amount_said, kind_of
from comuna.treasury.queries.bankfiles import columns_of, heads_of

FILE = "file"


def bank_address(account: UUID, unit: str) -> str:
    """Where an account stands beside its bank."""
    return address("beside-the-bank", account=account, unit=unit)


def asked_account(request: HttpRequest) -> tuple[Reader, Account, str]:
    """``?account=`` and ``?unit=``, that of the book unless said."""
    reader = reader_of(request)
    here = account_or_404(reader, id_in(request, "account"))
    unit = request.GET.get("unit") or request.POST.get("unit") or here.book.unit
    if unit not in decimals(reader) or here.kind != "asset" or here.use:
        raise Http404
    return reader, here, unit


def named(reader: Reader, here: Account) -> str:
    return account_name(here, kind_of(here.book, reader.day))


def take(request: HttpRequest) -> HttpResponse:
    """The file. Without columns that were said before, what its heads may mean is asked first."""
    reader, here, unit = asked_account(request)
    if reader.person is None:
        return to_sign_in(request)
    barred = barred_in(reader, TakeBankStatement, here.book.organ)
    if barred is not None:
        return refused_page(request, TakeBankStatement, barred)
    if request.method != "POST":
        return _upload(reader, here, unit)
    handed = request.FILES.get(FILE)
    try:
        if handed is None or not handed.size or handed.size > LIMITS.file_bytes:
            most = LIMITS.file_bytes // 1024**2
            words = _("Choose the bank's file first, a spreadsheet or CSV of at most {n} MB.").format(n=most)
            raise Refused("treasury.no-bank-file", words)
        return unstored(_taken(reader, here, unit, handed.read()))
    except Unreadable as error:
        return _upload(reader, here, unit, Refused(f"territory.{error.fault.value}", fault_words(error)))
    except NoSuchColumn as error:
        words = _("No row has all of these heads: {heads}").format(heads=error)
        return _upload(reader, here, unit, Refused("treasury.no-such-head", words))
    except Refused as refused:
        return _upload(reader, here, unit, refused)


def _taken(reader: Reader, here: Account, unit: str, data: bytes) -> HttpResponse:
    columns = columns_of(here.id, unit)
    if columns is None:
        guessed = {f"{name}_head": head for name, head in guessed_heads(open_table(data)[0]).items()}
        return HttpResponseRedirect(address("to-say-bank-columns", account=here.id, unit=unit, **guessed), status=303)
    drafted = draft(columns, data)
    files.store(drafted.table, MEDIA_TYPE, reader.person)
    done = perform(drafted.act, actor_of(reader.request), id=uuid4(), channel="import")
    return HttpResponseRedirect(reverse("treasury:bank-statement", args=[done.id]), status=303)


def _upload(reader: Reader, here: Account, unit: str, refusal: Refused | None = None) -> HttpResponse:
    said = columns_of(here.id, unit)
    form = FileForm(
        action=address("to-take-bank-statement", account=here.id, unit=unit),
        name=FILE,
        label=_("The bank's file"),
        help=_("A spreadsheet (.xlsx) or CSV, as the bank gives it. It is read and not kept."),
        button=_("Take it") if said else _("Look at its columns"),
    )
    columns = [Link(SayBankColumns.label, _columns_address(here, unit))]
    page = Page(
        title=TakeBankStatement.label,
        room=named(reader, here),
        room_href=bank_address(here.id, unit),
        answer=Answer(
            TakeBankStatement.label,
            _("Columns: {heads}").format(heads=", ".join(heads_of(said).values()))
            if said
            else _("The first time you say what its columns mean; then you hand it in once more."),
        ),
        next=refusal_part(reader.request, TakeBankStatement.label, refusal) if refusal else None,
        facts=[form],
        source=Source(links=columns),
    )
    return unstored(show(reader.request, page, status=422 if refusal else 200))


def _columns_address(here: Account, unit: str) -> str:
    return address("to-say-bank-columns", account=here.id, unit=unit)


def say_columns(request: HttpRequest) -> HttpResponse:
    """Filled with what was said before, or with what the heads of a file may mean."""
    reader, here, unit = asked_account(request)
    names = [name for name in SayBankColumns.model_fields if name.endswith("_head")]
    initial: dict[str, Any] = {"account": here.id, "unit": unit}
    said = columns_of(here.id, unit)
    if said is not None:
        initial |= {name: getattr(said, name) or None for name in names} | {"decimal_mark": said.decimal_mark}
    initial |= {name: head[:200] for name in names if (head := request.GET.get(name))}
    return act_page(
        request,
        SayBankColumns,
        room=named(reader, here),
        room_href=bank_address(here.id, unit),
        initial=initial,
        fixed={"account": named(reader, here), "unit": unit},
        choices={"unit": units(reader, here.book)},
        organ=here.book.organ,
        on_done=lambda done: HttpResponseRedirect(address("to-take-bank-statement", account=here.id, unit=unit)),
        cancel=bank_address(here.id, unit),
    )


def _statement_or_404(reader: Reader, id: UUID) -> BankStatement:
    statements = BankStatement.objects.filter(pk=id, commune=reader.commune).select_related("account__book")
    found: BankStatement | None = statements.first()
    if found is None:
        raise Http404
    return found


def statement(request: HttpRequest, id: UUID) -> HttpResponse:
    """One file that was taken: its lines, and the rows that were not."""
    reader = reader_of(request)
    one = _statement_or_404(reader, id)
    here = one.account
    knows = barred_in(reader, TakeBankStatement, here.book.organ) is None and reader.person is not None
    lines = list(one.lines.select_related("entry").order_by("day", "number"))
    counted = ngettext("{n} line of the bank", "{n} lines of the bank", len(lines)).format(n=number_words(len(lines)))
    span = _("From {first} to {last}").format(
        first=day_words(one.first, weekday=False), last=day_words(one.last, weekday=False)
    )
    facts = [Fact(_("Taken on"), one.day)]
    if one.balance is not None:
        facts.append(Fact(_("The bank says is there"), amount_said(one.balance, one.unit, here.commune)))
    forget = Link(ForgetBankStatement.label, address("to-forget-bank-statement", statement=one.id))
    page = Page(
        title=_("Statement of the bank"),
        room=named(reader, here),
        room_href=bank_address(here.id, one.unit),
        answer=Answer(counted, span),
        facts=[
            Facts(facts),
            Table(_("What the bank says"), line_columns(), [line_row(line, knows) for line in lines], empty=Empty("")),
            *_left(one),
        ],
        source=Source(
            links=[*([forget] if knows else []), Link(_("In the books"), reverse("books:thread", args=[one.id]))]
        ),
    )
    answer = show(request, page)
    return unstored(answer) if knows else answer


def line_columns() -> list[Column]:
    return [Column(_("Day")), Column(_("Reference"), head=True), Column(_("Amount"), number=True), Column(_("Entry"))]


def line_row(line: BankLine, knows: bool) -> list[Value]:
    """``knows``: the reader keeps the book, and reads the bank's words."""
    said = " · ".join(words for words in (line.reference, line.words if knows else "") if words)
    entry: Value = "—"
    if line.entry is not None:
        entry = Link(_("folio {n}").format(n=line.entry.folio), reverse("treasury:entry", args=[line.entry_id]))
        if knows:
            entry = Link(
                _("folio {n}, matched").format(n=line.entry.folio), address("to-unmatch-bank-line", line=line.id)
            )
    return [line.day, said or "—", amount_said(line.amount, line.unit, line.commune), entry]


def _left(one: BankStatement) -> list[Section]:
    found = list(one.left.order_by("first"))
    if not found:
        return []
    columns = [Column(_("Row of the file"), head=True), Column(_("Why"))]
    rows: list[list[Value]] = [
        [
            str(left.first)
            if left.first == left.last
            else _("{first} to {last}").format(first=left.first, last=left.last),
            str(WHY_LEFT[WhyLeft(left.why)]),
        ]
        for left in found
    ]
    return [Section(_("Rows that were not taken"), [Table(_("Rows"), columns, rows, empty=Empty(""))])]


def forget(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    one = _statement_or_404(reader, id_in(request, "statement"))
    said = _("{first} to {last}").format(first=day_words(one.first), last=day_words(one.last))
    return _about(
        request, reader, one.account, one.unit, ForgetBankStatement, {"statement": one.id}, {"statement": said}
    )


def unmatch(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    line = BankLine.objects.filter(pk=id_in(request, "line"), commune=reader.commune).select_related("account__book")
    one = line.first()
    if one is None:
        raise Http404
    said = f"{day_words(one.day, weekday=False)}: {amount_said(one.amount, one.unit, one.commune)} {one.reference}"
    return _about(request, reader, one.account, one.unit, UnmatchBankLine, {"line": one.id}, {"line": said})


def _about(
    request: HttpRequest,
    reader: Reader,
    here: Account,
    unit: str,
    act: Any,
    initial: Mapping[str, Any],
    fixed: Mapping[str, Words],
) -> HttpResponse:
    back = bank_address(here.id, unit)
    return act_page(
        request,
        act,
        room=book_name(here.book, reader.day),
        room_href=back,
        initial=initial,
        fixed=fixed,
        organ=here.book.organ,
        on_done=lambda done: HttpResponseRedirect(back),
        cancel=back,
    )
