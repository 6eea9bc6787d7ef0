"""The money of the town of ``tests/stage.py``: a book with a budget, a payment and one that was taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from tests import till_aid, till_bank, till_paper, till_transfers
from tests.till_exchange import taken

if TYPE_CHECKING:
    from tests.stage import Here


def kept(here: Here, resolution: UUID) -> None:
    """By a decision of the assembly of ten days ago."""
    from comuna.assemblies.models import Resolution
    from comuna.treasury.acts import AdoptBudget, Move, OpenBook, Pay, Receive, RecordOpening, Reverse
    from comuna.treasury.acts.budgeting import BudgetRow
    from comuna.treasury.acts.opening import OpeningRow
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import BudgetLine
    from tests.till_control import checked

    book = here.do(OpenBook(kind="small.book", day=here.day(20)))
    box, other, spending, income = (account_key(book, code) for code in ("1", "2", "5", "7"))
    here.do(RecordOpening(book=book, unit="EUR", rows=(OpeningRow(account=box, amount="184250"),)))
    came = Receive(
        book=book, day=here.day(9), into=box, source=income, unit="EUR", amount="96500", words="Rifa de la escuela"
    )
    here.do(came)
    here.do(came.model_copy(update={"unit": "KG", "amount": "30000", "words": "Cemento donado", "into": other}))
    move = Move(book=book, day=here.day(8), out_of=box, into=other, unit="EUR", amount="50000", words="A la otra caja")
    here.do(move)
    rows = tuple(
        BudgetRow(account=spending, amount=amount, words=words)
        for amount, words in (("120000", "Tubos y válvulas para la calle Nueva"), ("45000", "Jornada de limpieza"))
    )
    ends = here.day(0) + timedelta(days=200)
    here.do(AdoptBudget(book=book, resolution=resolution, begins=here.day(9), ends=ends, unit="EUR", rows=rows))
    here.do(OpenBook(kind="small.fund", day=here.day(1)))
    line = BudgetLine.objects.order_by("number")[0].id
    paid = Pay(
        line=line, day=here.day(3), out_of=box, unit="EUR", amount="38750", payee="Ferretería La Esquina",
        words="Seis tubos de dos pulgadas", reference="004312",
    )  # fmt: skip
    till_paper.paid(here, paid)
    twice = till_paper.paid(here, paid.model_copy(update={"words": "Seis tubos, anotados dos veces"}))
    here.do(Reverse(entry=twice, day=here.day(2), words="Estaba anotado dos veces"))
    more = {"payee": "Bodega Dos", "words": "Dos válvulas de media pulgada", "amount": "12600", "reference": None}
    till_paper.waits(here, paid.model_copy(update=more))
    taken(here, book)
    checked(here, book)
    till_paper.typed(here, book)
    till_paper.of_the_bank(here, book)
    till_paper.read_by_few(here)
    till_bank.lent(here)
    till_transfers.between(here, book)
    till_aid.shown(here, book)
    cleaning = Resolution.objects.get(wording__text__startswith="Limpiar la quebrada").id
    unused = (BudgetRow(account=spending, amount="9000", words="Palas y guantes"),)
    here.do(AdoptBudget(book=book, resolution=cleaning, begins=here.day(0), ends=ends, unit="EUR", rows=unused))
