"""What is put before a session, promised, given and lent in the books of ``every_act``."""

from __future__ import annotations

from uuid import UUID

from comuna.assemblies.acts import AddAgendaItem
from comuna.assemblies.models import Session
from comuna.treasury.acts import ObjectToAccounts, RenderAccounts, WithdrawRendering
from comuna.treasury.models import Book
from tests.town import Town


def aid(town: Town) -> None:
    """While the assembly sits."""
    book = Book.objects.get(kind="small.book").id
    _rendered(town, book)


def _rendered(town: Town, book: UUID) -> None:
    first = town.promoters[0]
    session = Session.objects.latest("born")
    item = town.do(first, AddAgendaItem(session=session.id, title="Cuentas")).id
    put = RenderAccounts(book=book, item=item, through=session.sits_on)
    mistaken = town.do(first, put).id
    town.do(first, WithdrawRendering(rendering=mistaken))
    stands = town.do(first, put).id
    town.do(first, ObjectToAccounts(rendering=stands, words="Falta decir qué se hizo con la rifa"))
