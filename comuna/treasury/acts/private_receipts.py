"""Filing a receipt that names somebody: whom an aid went to, whose savings they are.

Everybody sees that it is there and over what sum; the photo and who wrote it are for who keeps the book and for the
comptrollers. The photo is locked before it is stored (``lockedfiles``), and its key is sealed with the act.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Amount, Audience, Count, Day, FileDigest, Id, Label, Line, PublicLine, Sealed, Slug, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.journal import files
from comuna.journal.chain import FileCited
from comuna.treasury import lockedfiles, queries
from comuna.treasury.acts.bearing import Unit, known_unit
from comuna.treasury.acts.receipts import MEDIA, RECEIPTS_MAX, receipt_kind
from comuna.treasury.models import Entry
from comuna.treasury.models.receipts import Receipt


class FilePrivateReceipt(Act):
    """File a receipt that names a neighbour. Everybody sees that it is there and over what sum; the photo is for who
    keeps the book and for the comptrollers."""

    verb = "treasury.file_private_receipt"
    power = Power.SEAT
    label = _("File a receipt that names somebody")
    said = _("{seat} filed a receipt over {amount} with entry {folio}; it names somebody, and few read it")
    undo = "treasury.remove_receipt"

    entry: Annotated[Id, To(Entry), Label(_("Entry"))]
    file: Annotated[FileDigest, Label(_("Photo or PDF"))]
    key: Annotated[Line, Audience("mediation"), Sealed(), Label(_("Key of the photo"))]
    supplier: Annotated[Line | None, Audience("mediation"), Sealed(), Label(_("Who wrote it, or whom it names"))] = None
    day: Annotated[Day, Label(_("Day"), help=_("That stands on it"))]
    unit: Unit
    amount: Annotated[Amount, Label(_("Amount"), help=_("That stands on it"))]
    kept_at: Annotated[PublicLine | None, Label(_("Where the paper is kept"), help=_("Folder and sheet"))] = None

    class Facts(ActFacts):
        made_by: Id
        folio: Count
        kind: Slug
        size: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_entry(self.entry)

    def check(self, world: World) -> Facts:
        entry = world.get(Entry, self.entry, field="entry")
        known_unit(world, self.unit, even_retired=True)  # what the paper says
        refuse_if(self.day > world.day, "treasury.day-to-come", _("This day has not come yet."), field="day")
        filed = Receipt.objects.filter(entry=entry)
        refuse_if(
            filed.count() >= RECEIPTS_MAX,
            "treasury.too-many-receipts",
            _("Receipts of one entry at most: {n}.").format(n=RECEIPTS_MAX),
            field="entry",
        )
        refuse_if(
            filed.filter(file=self.file).exists(),
            "treasury.receipt-known",
            _("This photo is filed with the entry already."),
            field="file",
        )
        locked = self._locked()
        try:
            kind = receipt_kind(lockedfiles.unlock(locked, self.key))
        except lockedfiles.WrongKey as error:
            words = _("This key does not open this photo. Hand it in again.")
            raise Refused("treasury.not-its-key", words, field="key") from error
        return self.Facts(made_by=entry.act, folio=entry.folio, kind=kind, size=len(locked))

    def _locked(self) -> bytes:
        try:
            return files.read(self.file)
        except files.NoSuchFile:
            words = _("This file is not here any more. Hand it in again.")
            raise Refused("treasury.no-such-file", words, field="file") from None

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.made_by, GroundRole.RECEIPT_FOR),)

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(self.file, facts.size, lockedfiles.MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        record.create(
            Receipt,
            entry_id=self.entry,
            file=self.file,
            media_type=next(media for media, short in MEDIA.items() if short == record.facts.kind),
            day=self.day,
            unit=self.unit,
            amount=int(self.amount),
            kept_at=self.kept_at or "",
            is_private=True,
            key_sealed=self.key,
            supplier_sealed=self.supplier or "",
        )
