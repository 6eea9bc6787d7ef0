"""What makes the books of the town of ``tests/stage.py`` checkable: a receipt, a count, an advance, an observation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.stage import Here


def checked(here: Here, book: UUID) -> None:
    """Of the payments of that book."""
    from comuna.journal import files
    from comuna.treasury import photos
    from comuna.treasury.acts import FileReceipt
    from comuna.treasury.models import Payment
    from tests.every_act_control import INVOICE

    entry = Payment.objects.filter(entry__book=book).earliest("born").entry
    here.do(
        FileReceipt(
            entry=entry.id, file=files.store(INVOICE, photos.PDF), supplier="Ferretería La Esquina", number="004312",
            tax_number="J-00000000-0", day=here.day(3), unit="EUR", amount="38750", kept_at="Carpeta 1, hoja 3",
        )
    )  # fmt: skip
