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
    here.look_at(f"/accounts/entries/{entry.id}/")
    from comuna.treasury.acts import CountCash, GiveAdvance, SettleAdvance
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import BudgetLine
    from comuna.treasury.queries import balance

    box = account_key(book, "1")
    held = balance(box, "EUR")
    here.do(CountCash(account=box, day=here.day(2), unit="EUR", in_books=str(held), counted=str(held - 500)))
    given = here.do(
        GiveAdvance(
            book=book, person=here.town.promoters[1], day=here.day(2), out_of=box, unit="EUR",
            amount="30000", due=here.day(1), words="Válvulas en la ciudad",
        )
    )  # fmt: skip
    line = BudgetLine.objects.order_by("number")[0].id
    here.do(
        SettleAdvance(
            advance=given, line=line, day=here.day(1), unit="EUR", amount="18000", payee="Bodega Dos",
            words="Dos válvulas",
        )
    )  # fmt: skip
    from comuna.treasury.acts import AnswerObservation, Observe

    here.do(Observe(book=book, words="¿Cuándo se compran las válvulas que decidió la asamblea?"))
    asked = here.do(Observe(book=book, entry=entry.id, words="¿Por qué seis tubos y no cuatro, como decía el acta?"))
    here.do(AnswerObservation(observation=asked, words="Dos se rompieron al descargar; el comercio los cambia."))
