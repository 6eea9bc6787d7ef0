"""What the town of ``tests/stage.py`` puts before a session, promises, gives and lends."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.stage import Here


def shown(here: Here, book: UUID) -> None:
    """Of that book."""
    _rendered(here, book)
    _promised(here)


def _promised(here: Here) -> None:
    """Out of the first line; its last day is today."""
    from comuna.treasury.acts import Commit
    from comuna.treasury.models import BudgetLine

    line = BudgetLine.objects.order_by("born", "number")[0].id
    until = here.day(0)
    promise = Commit(line=line, unit="EUR", amount="22000", payee="Ferretería La Esquina", due=until, words="Una llave")
    here.do(promise)


def _rendered(here: Here, book: UUID) -> None:
    """Before the assembly that sits today, which objects."""
    from comuna.assemblies.acts import AddAgendaItem
    from comuna.assemblies.models import Session
    from comuna.treasury.acts import ObjectToAccounts, RenderAccounts

    session = Session.objects.filter(organ="assembly", closure=None).latest("born")
    item = here.do(AddAgendaItem(session=session.id, title="Rendición de cuentas"))
    put = here.do(RenderAccounts(book=book, item=item, through=here.day(1)))
    here.do(ObjectToAccounts(rendering=put, words="Falta decir qué se compró con el anticipo."))
