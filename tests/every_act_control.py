"""What makes the books of ``every_act`` checkable: receipts, counts, advances, observations."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.journal import files
from comuna.treasury import photos
from comuna.treasury.acts import (
    AnswerObservation,
    CloseObservation,
    CountCash,
    FileReceipt,
    GiveAdvance,
    Observe,
    RemoveReceipt,
    ReturnAdvance,
    SettleAdvance,
    WithdrawObservation,
)
from comuna.treasury.effects import account_key
from comuna.treasury.models import BudgetLine, Payment
from comuna.treasury.queries import balance
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
    asked = Observe(book=entry.book_id, entry=entry.id, words="¿Para qué calle son los tubos?")
    observed = town.do(first, asked).id
    town.do(first, AnswerObservation(observation=observed, words="Para la calle Nueva"))
    town.do(first, WithdrawObservation(observation=observed))
    line = BudgetLine.objects.filter(budget__withdrawn_on=None).earliest("born").id
    observed = town.do(first, asked.model_copy(update={"entry": None, "line": line})).id
    town.do(first, CloseObservation(observation=observed, words="Contestada en la asamblea"))
    _counted_and_advanced(town, entry.book_id, entry.day)


def _counted_and_advanced(town: Town, book: UUID, day: date) -> None:
    """A count that misses something; an advance, a part of which is spent and a part brought back."""
    first, box = town.promoters[0], account_key(book, "1")
    held = balance(box, "EUR")
    town.do(
        first,
        CountCash(
            account=box, day=day, unit="EUR", in_books=str(held), counted=str(held - 100), words="Falta un billete"
        ),
    )
    given = town.do(
        first,
        GiveAdvance(
            book=book, person=town.promoters[1], day=day, out_of=box, unit="EUR", amount="3000", due=day,
            words="Tubos en la ciudad", reference="0044",
        ),
    ).id  # fmt: skip
    line = BudgetLine.objects.filter(budget__withdrawn_on=None).earliest("born").id
    town.do(
        first,
        SettleAdvance(
            advance=given, line=line, day=day, unit="EUR", amount="1000", payee="Bodega Dos", words="Un tubo"
        ),
    )
    town.do(first, ReturnAdvance(advance=given, day=day, into=box, unit="EUR", amount="500"))
