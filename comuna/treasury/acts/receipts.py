"""Filing the receipt of an entry, and taking a mistaken one out."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Amount, Count, Day, FileDigest, Id, Label, PublicLine, Slug, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.journal import files
from comuna.journal.chain import FileCited
from comuna.treasury import photos, queries
from comuna.treasury.acts.bearing import Unit, closed_stays, known_unit
from comuna.treasury.models import Entry
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.queries import bank

RECEIPT_BYTES_MAX = 4 * 1024 * 1024  # a photo of a phone in good quality
RECEIPTS_MAX = 20  # of one entry
MEDIA = {photos.JPEG: "jpeg", photos.PNG: "png", photos.PDF: "pdf"}


class FileReceipt(Act):
    """File the receipt of an entry: what stands on it, with a photo or PDF, or saying where the paper is kept. Anybody
    can see it; one that names a neighbour has a form of its own."""

    verb = "treasury.file_receipt"
    power = Power.SEAT
    label = _("File the receipt")
    said = _("{seat} filed the receipt of {supplier} over {amount} with entry {folio}")
    undo = "treasury.remove_receipt"

    entry: Annotated[Id, To(Entry), Label(_("Entry"))]
    file: Annotated[FileDigest | None, Label(_("Photo or PDF"))] = None
    supplier: Annotated[PublicLine, Label(_("Who wrote it"), help=_("The business; of a neighbour the initials"))]
    tax_number: Annotated[PublicLine | None, Label(_("Their tax number"))] = None
    number: Annotated[PublicLine | None, Label(_("Number of the receipt"), mostly_needed=True)] = None
    day: Annotated[Day, Label(_("Day"), help=_("That stands on it"))]
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"), help=_("That stands on it"))]
    kept_at: Annotated[PublicLine | None, Label(_("Where the paper is kept"), help=_("Folder and sheet"))] = None

    class Facts(ActFacts):
        made_by: Id
        folio: Count
        kind: Slug | None = None
        size: Count = 0

    def in_organ(self) -> str | None:
        return queries.organ_of_entry(self.entry)

    def check(self, world: World) -> Facts:
        entry = world.get(Entry, self.entry, field="entry")
        known_unit(world, self.unit, even_retired=True)  # what the paper says
        refuse_if(self.day > world.day, "treasury.day-to-come", _("This day has not come yet."), field="day")
        refuse_if(
            self.file is None and self.kept_at is None,
            "treasury.no-receipt",
            _("Hand in a photo or PDF, or say where the paper is kept."),
            field="kept_at",
        )
        refuse_if(
            self.file is not None and bank.is_about_somebody(entry.id),
            "treasury.photo-of-a-neighbour",
            _("The papers of savings, credits and aid name somebody: file this photo as one that few read."),
            field="file",
        )
        filed = Receipt.objects.filter(entry=entry)
        refuse_if(
            filed.count() >= RECEIPTS_MAX,
            "treasury.too-many-receipts",
            _("Receipts of one entry at most: {n}.").format(n=RECEIPTS_MAX),
            field="entry",
        )
        refuse_if(
            self.file is not None and filed.filter(file=self.file).exists(),
            "treasury.receipt-known",
            _("This photo is filed with the entry already."),
            field="file",
        )
        kind, size = (None, 0) if self.file is None else receipt_file(self.file)
        return self.Facts(made_by=entry.act, folio=entry.folio, kind=kind, size=size)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.made_by, GroundRole.RECEIPT_FOR),)

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        if self.file is None:
            return ()
        return (FileCited(self.file, facts.size, _media(facts.kind)),)

    def apply(self, record: Performed) -> None:
        kind = record.facts.kind
        record.create(
            Receipt,
            entry_id=self.entry,
            file=self.file or "",
            media_type=_media(kind) if kind else "",
            day=self.day,
            unit=self.unit,
            amount=int(self.amount),
            supplier=self.supplier,
            tax_number=self.tax_number or "",
            number=self.number or "",
            kept_at=self.kept_at or "",
        )


def receipt_file(digest: str) -> tuple[str, int]:
    """Its kind and size in bytes. Raises Refused for what is no receipt and for a photo that says where it was made."""
    try:
        content = files.read(digest)
    except files.NoSuchFile:
        words = _("This file is not here any more. Hand it in again.")
        raise Refused("treasury.no-such-file", words, field="file") from None
    return receipt_kind(content), len(content)


def receipt_kind(content: bytes) -> str:
    """Of the bytes of a receipt: ``jpeg``, ``png`` or ``pdf``. Raises Refused."""
    refuse_if(
        len(content) > RECEIPT_BYTES_MAX,
        "treasury.receipt-too-large",
        _("This file is larger than {n} MB. Take the photo smaller.").format(n=RECEIPT_BYTES_MAX // 1024**2),
        field="file",
    )
    media = photos.media_type(content)
    try:
        more = media is not None and photos.says_more(content)
    except ValueError:
        media, more = None, False
    if media is None:
        words = _("This is no photo (JPEG, PNG) and no PDF, or it is damaged.")
        raise Refused("treasury.not-a-receipt", words, field="file")
    refuse_if(
        more,
        "treasury.photo-says-more",
        _("The camera wrote into this photo, perhaps the place. Hand it in by the page, which takes that out."),
        field="file",
    )
    refuse_if(
        photos.does_more(content),
        "treasury.pdf-does-more",
        _("This PDF has a program or other files in it. Print it as a PDF anew, or take a photo."),
        field="file",
    )
    return MEDIA[media]


def _media(kind: str) -> str:
    return next(media for media, short in MEDIA.items() if short == kind)


class RemoveReceipt(Act):
    """Take out a receipt that was filed with the wrong entry or typed wrongly. What was done stays in the thread."""

    verb = "treasury.remove_receipt"
    power = Power.SEAT
    label = _("Take the receipt out")
    said = _("{seat} took a receipt out of entry {folio}: {words}")
    undo = "treasury.file_receipt"

    receipt: Annotated[Id, To(Receipt), Label(_("Receipt"))]
    words: Annotated[PublicLine, Label(_("Why"))]

    class Facts(ActFacts):
        folio: Count

    def in_organ(self) -> str | None:
        entry = Receipt.objects.filter(pk=self.receipt).values_list("entry", flat=True).first()
        return queries.organ_of_entry(entry) if entry else None

    def check(self, world: World) -> Facts:
        receipt = world.get(Receipt, self.receipt, field="receipt")
        closed_stays(receipt.entry.book_id, receipt.entry.day, "receipt")
        return self.Facts(folio=receipt.entry.folio)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.receipt, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.remove(Receipt, self.receipt)
