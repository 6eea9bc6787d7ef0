"""What the town of ``tests/stage.py`` puts before a session, promises, gives and lends."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.stage import Here


def shown(here: Here, book: UUID) -> None:
    """Of that book."""
    _rendered(here, book)


def _rendered(here: Here, book: UUID) -> None:
    """Before the assembly that sits today, which objects."""
    from comuna.assemblies.acts import AddAgendaItem
    from comuna.assemblies.models import Session
    from comuna.treasury.acts import ObjectToAccounts, RenderAccounts

    session = Session.objects.filter(organ="assembly", closure=None).latest("born")
    item = here.do(AddAgendaItem(session=session.id, title="Rendición de cuentas"))
    put = here.do(RenderAccounts(book=book, item=item, through=here.day(1)))
    here.do(ObjectToAccounts(rendering=put, words="Falta decir qué se compró con el anticipo."))
