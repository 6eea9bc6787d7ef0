"""The receipts of an entry: handing one in, typing what stands on it, and looking at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.acts.refusal import Refused
from comuna.journal import files
from comuna.journal.sealing import Unreadable, open_sealed, seal
from comuna.look.act_page import act_page, refusal_part
from comuna.look.frame import Link, Words
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Column, Empty, Many, Part, Section, Small, Table, Value
from comuna.territory.pages.reader import Reader, id_in, opened, reader_of, refused_page, to_sign_in, unstored
from comuna.treasury import lockedfiles, photos, queries
from comuna.treasury.acts.observing import CloseObservation
from comuna.treasury.acts.private_receipts import FilePrivateReceipt
from comuna.treasury.acts.receipts import RECEIPT_BYTES_MAX, FileReceipt, RemoveReceipt, receipt_kind
from comuna.treasury.models import Book, Entry, Payment
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.pages.acting import units
from comuna.treasury.pages.reader import address, barred_in, decimals, may_in
from comuna.treasury.pages.words import book_name, words_of
from comuna.treasury.queries import amount_said


@dataclass(frozen=True)
class PhotoForm(Part):
    """A form that hands in a photo or PDF."""

    template = "treasury/photo_form.html"
    action: str
    help: str


def _entry(reader: Reader, id: UUID) -> Entry:
    found: Entry | None = Entry.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if found is None:
        raise Http404
    return found


def hand_in(request: HttpRequest) -> HttpResponse:
    """Step one: the photo, out of which everything but the picture is taken. Nothing is written into the books.
    With ``?private=1`` it is locked before it is stored."""
    reader = reader_of(request)
    if reader.person is None:
        return to_sign_in(request)
    here = _entry(reader, id_in(request, "entry"))
    barred = barred_in(reader, FileReceipt, here.book.organ)
    if barred is not None:
        return refused_page(request, FileReceipt, barred)
    handed = request.FILES.get("photo")
    if request.method != "POST":
        return _photo_page(reader, here)
    try:
        if handed is None or not handed.size:
            raise Refused("treasury.no-receipt", _("Hand in a photo or PDF, or say where the paper is kept."))
        content = handed.read(RECEIPT_BYTES_MAX + 1)
        kept = _without_words(content)
        receipt_kind(kept)
    except Refused as refused:
        return _photo_page(reader, here, refused)
    where = _locked(reader, here, kept) if _is_private(request) else _stored(reader, here, kept)
    return unstored(HttpResponseRedirect(where, status=303))


def _is_private(request: HttpRequest) -> bool:
    return request.GET.get("private") == "1"


def _stored(reader: Reader, here: Entry, kept: bytes) -> str:
    digest = files.store(kept, photos.media_type(kept) or "", reader.person)
    return address("to-file-receipt", entry=here.id, file=digest)


def _locked(reader: Reader, here: Entry, kept: bytes) -> str:
    """The key goes along sealed, so that no log of addresses has it."""
    locked, key = lockedfiles.lock(kept)
    digest = files.store(locked, lockedfiles.MEDIA_TYPE, reader.person)
    return address("to-file-private-receipt", entry=here.id, file=digest, key=seal(key, _context(digest)))


def _context(digest: str) -> str:
    return f"treasury.receipt.{digest}"


def _key_of(digest: str, sealed: str) -> str:
    """The key of this photo; nothing for other sealed words, whosever they are."""
    try:
        key = open_sealed(sealed)
    except Unreadable:
        return ""
    return key if seal(key, _context(digest)) == sealed else ""


def _without_words(content: bytes) -> bytes:
    try:
        return photos.without_words(content)
    except ValueError:
        return content  # damaged: said as every file that is no receipt


def _photo_page(reader: Reader, here: Entry, refused: Refused | None = None) -> HttpResponse:
    most = RECEIPT_BYTES_MAX // 1024**2
    private = _is_private(reader.request)
    help = _(
        "At most {n} MB. Of a photo, where it was taken is cut out; of a PDF, who made it stays. Everybody can see it."
    ).format(n=most)
    if private:
        help = _("At most {n} MB. Who keeps the book and the comptrollers see it.").format(n=most)
    page = Page(
        title=FileReceipt.label,
        room=book_name(here.book, reader.day),
        room_href=reverse("treasury:entry", args=[here.id]),
        answer=Answer(_("Receipt of entry {folio}").format(folio=here.folio), _said_of(here)),
        next=refusal_part(reader.request, FileReceipt.label, refused) if refused else None,
        facts=[
            PhotoForm(address("hand-in-receipt", entry=here.id, **({"private": 1} if private else {})), help),
            *([] if private else [_otherwise(here)]),
        ],
    )
    return unstored(show(reader.request, page, status=422 if refused else 200))


def _otherwise(here: Entry) -> Section:
    return Section(
        _("If it names a neighbour, or without a photo"),
        [],
        intro=_("Of a photo that names somebody everybody sees only that it is there, and over what sum."),
        links=[
            Link(FilePrivateReceipt.label, address("hand-in-receipt", entry=here.id, private=1)),
            Link(_("Only say where the paper is"), address("to-file-receipt", entry=here.id)),
        ],
    )


def file_private(request: HttpRequest) -> HttpResponse:
    """Step two of a receipt that names somebody: what stands on it."""
    reader = reader_of(request)
    here = _entry(reader, id_in(request, "entry"))
    digest = request.GET.get("file") or request.POST.get("file", "")
    said = files.described(digest)
    if said is None:
        return HttpResponseRedirect(address("hand-in-receipt", entry=here.id, private=1))
    initial = {"file": digest, "key": _key_of(digest, request.GET.get("key", ""))}
    fixed: dict[str, Words] = {"file": _handed_in(said[0]), "key": ""}
    return _what_stands_on_it(reader, here, FilePrivateReceipt, initial, fixed)


def reads_private(reader: Reader, book: Book) -> bool:
    """Whether she keeps the book, or is a comptroller of its council."""
    return reader.person is not None and (
        may_in(reader, FilePrivateReceipt, book.organ) or reader.may(CloseObservation, book)
    )


def _said_of(here: Entry) -> str:
    (found,) = queries.entries(here.book_id, here.folio, here.folio)
    sums = [amount_said(one.amount, one.unit, here.commune) for one in found.postings if one.amount > 0]
    return f"{words_of(here)}: {' + '.join(sums)}"


def file_receipt(request: HttpRequest) -> HttpResponse:
    """Step two: what stands on it; ``?file=`` is the photo that was handed in."""
    reader = reader_of(request)
    here = _entry(reader, id_in(request, "entry"))
    payment = Payment.objects.filter(entry=here).first()
    digest = request.GET.get("file") or request.POST.get("file") or None
    initial: dict[str, Any] = {}
    fixed: dict[str, Words] = {"file": ""}
    if payment is not None and payment.payee:
        initial["supplier"] = payment.payee
    said = files.described(digest) if digest else None
    if digest and said:
        initial["file"] = digest
        fixed["file"] = _handed_in(said[0])
    return _what_stands_on_it(reader, here, FileReceipt, initial, fixed)


def _handed_in(size: int) -> str:
    return _("handed in, {n} kB").format(n=max(1, size // 1024))


def _what_stands_on_it(
    reader: Reader, here: Entry, act: type[Act], initial: dict[str, Any], fixed: dict[str, Words]
) -> HttpResponse:
    """The form of a receipt of this entry, with its day and its sum."""
    (found,) = queries.entries(here.book_id, here.folio, here.folio)
    moved = max(found.postings, key=lambda one: one.amount)
    return act_page(
        reader.request,
        act,
        room=book_name(here.book, reader.day),
        room_href=reverse("treasury:book", args=[here.book_id]),
        choices={"unit": units(reader, here.book)},
        initial={"entry": here.id, "day": here.day, "unit": moved.unit, "amount": str(moved.amount), **initial},
        fixed={"entry": f"{here.folio}: {_said_of(here)}", **fixed},
        organ=here.book.organ,
        decimals=decimals(reader),
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:entry", args=[here.id])),
        cancel=reverse("treasury:entry", args=[here.id]),
    )


def remove_receipt(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    receipt = Receipt.objects.filter(pk=id_in(request, "receipt"), commune=reader.commune).first()
    if receipt is None:
        raise Http404
    here = _entry(reader, receipt.entry_id)
    said = amount_said(receipt.amount, receipt.unit, here.commune)
    who = receipt.supplier or (_("It names somebody") if receipt.is_private else "—")
    return act_page(
        request,
        RemoveReceipt,
        room=book_name(here.book, reader.day),
        room_href=reverse("treasury:book", args=[here.book_id]),
        initial={"receipt": receipt.id},
        fixed={"receipt": f"{who}: {said}"},
        organ=here.book.organ,
        on_done=lambda done: HttpResponseRedirect(reverse("treasury:entry", args=[here.id])),
        cancel=reverse("treasury:entry", args=[here.id]),
    )


def photo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The file as it was handed in. No browser runs anything in it."""
    reader = reader_of(request)
    found = Receipt.objects.filter(pk=id, commune=reader.commune).exclude(file="").select_related("entry__book")
    receipt = found.first()
    if receipt is None or (receipt.is_private and not reads_private(reader, receipt.entry.book)):
        raise Http404
    try:
        content = files.read(receipt.file)
        if receipt.is_private:
            content = lockedfiles.unlock(content, open_sealed(receipt.key_sealed))
    except (files.NoSuchFile, Unreadable, lockedfiles.WrongKey):  # its key was erased, or is that of other books
        raise Http404 from None
    answer = HttpResponse(content, content_type=receipt.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    return unstored(answer) if receipt.is_private else answer


def receipts_table(reader: Reader, here: Entry) -> list[Part]:
    """What was filed with an entry; nothing where nothing was."""
    found = list(Receipt.objects.filter(entry=here).order_by("born"))
    if not found:
        return []
    keeper = may_in(reader, RemoveReceipt, here.book.organ)
    knows = any(one.is_private for one in found) and reads_private(reader, here.book)
    columns = [Column(_("Day")), Column(_("Who wrote it"), head=True), Column(_("Amount"), number=True)]
    columns += [Column(_("Where it is"))]
    rows: list[list[Value]] = []
    for one in found:
        numbers = [
            Small(words) for words in (one.tax_number, one.number and _("No. {n}").format(n=one.number)) if words
        ]
        where: list[Value] = []
        supplier = one.supplier
        if one.is_private:
            supplier = (opened(one.supplier_sealed) if knows else "") or _("It names somebody")
            numbers.append(Small(_("read by who keeps the book and the comptrollers")))
        if one.file and (knows or not one.is_private) and not (one.is_private and not one.key_sealed):
            where.append(Link(_("Look at it"), reverse("treasury:receipt-file", args=[one.id])))
        if one.kept_at:
            where.append(Small(one.kept_at))
        if keeper:
            where.append(Link(RemoveReceipt.label, address("to-remove-receipt", receipt=one.id)))
        said = amount_said(one.amount, one.unit, here.commune)
        rows.append([one.day, Many([supplier or "—", *numbers]), said, Many(where)])
    return [Table(_("Receipts"), columns, rows, empty=Empty(""))]
