"""What makes the books of ``every_act`` checkable: receipts, counts, advances, observations."""

from __future__ import annotations

from comuna.journal import files
from comuna.treasury import photos
from comuna.treasury.acts import FileReceipt, RemoveReceipt
from comuna.treasury.models import Payment
from tests.town import Town

INVOICE = b"%PDF-1.4\n% Ferreteria La Esquina, 004312\n"


def control(town: Town) -> None:
    """Of the payment."""
    first = town.promoters[0]
    entry = Payment.objects.earliest("born").entry
    filed = FileReceipt(
        entry=entry.id,
        file=files.store(INVOICE, photos.PDF),
        supplier="Ferretería",
        tax_number="J-00000000-0",
        number="004312",
        day=entry.day,
        unit="EUR",
        amount="1250",
        kept_at="Carpeta 1, hoja 3",
    )
    mistaken = town.do(first, filed.model_copy(update={"file": None, "number": "4312"})).id
    town.do(first, RemoveReceipt(receipt=mistaken, words="El número estaba mal"))
    town.do(first, filed)
