"""What is put before a session, promised, given and lent in the books of ``every_act``."""

from __future__ import annotations

from uuid import UUID

from comuna.assemblies.acts import AddAgendaItem
from comuna.assemblies.models import Session
from comuna.treasury.acts import Commit, ObjectToAccounts, Pay, Release, RenderAccounts, Reverse, WithdrawRendering
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book, BudgetLine
from tests.town import Town


def aid(town: Town) -> None:
    """While the assembly sits."""
    book = Book.objects.get(kind="small.book").id
    _rendered(town, book)
    _promised(town)


def _promised(town: Town) -> None:
    """A part is paid, taken back, and the rest given back."""
    first, line = town.promoters[0], BudgetLine.objects.earliest("born")
    day = line.budget.ends
    promise = Commit(line=line.id, unit="EUR", amount="500", payee="Bodega Dos", due=day, words="Un tubo más")
    made = town.do(first, promise).id
    box = account_key(line.budget.book_id, "1")
    paying = Pay(
        line=line.id, day=day, out_of=box, unit="EUR", amount="200", payee="Bodega Dos", words="Medio", commitment=made
    )
    paid = town.do(first, paying).id
    town.do(first, Reverse(entry=paid, day=day, words="No servía"))
    town.do(first, Release(commitment=made, words="Ya no hace falta"))


def _rendered(town: Town, book: UUID) -> None:
    first = town.promoters[0]
    session = Session.objects.latest("born")
    item = town.do(first, AddAgendaItem(session=session.id, title="Cuentas")).id
    put = RenderAccounts(book=book, item=item, through=session.sits_on)
    mistaken = town.do(first, put).id
    town.do(first, WithdrawRendering(rendering=mistaken))
    stands = town.do(first, put).id
    town.do(first, ObjectToAccounts(rendering=stands, words="Falta decir qué se hizo con la rifa"))
