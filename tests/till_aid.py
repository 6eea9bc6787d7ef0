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
    _helped(here, book)
    _lent(here, book)
    _paid_by_others(here, book)


def _paid_by_others(here: Here, book: UUID) -> None:
    """Two months of stipends; of the first all came."""
    from comuna.treasury.acts.stipends import ListStipends, ReceiveStipends, StipendRow

    people = tuple(StipendRow(person=one, amount="15000") for one in here.town.promoters)
    listing = ListStipends(book=book, organ="board", day=here.day(31), payer="Ministerio", unit="EUR", rows=people)
    came = here.do(listing)
    here.do(ReceiveStipends(list=came, unit="EUR", rows=people))
    here.do(listing.model_copy(update={"day": here.day(0)}))


def _lent(here: Here, book: UUID) -> None:
    """One thing is with an organ, one here."""
    from comuna.treasury.acts.things import LendAsset, Origin, RegisterAsset

    truck = RegisterAsset(
        book=book, name="Camión 350", origin=Origin.ON_LOAN, source="Alcaldía", since=here.day(9), state="Sin repuesto"
    )
    lent = here.do(truck)
    here.do(LendAsset(asset=lent, organ="board", day=here.day(3), due=here.day(0)))
    here.do(truck.model_copy(update={"name": "Planta eléctrica", "state": "Nueva"}))


def _helped(here: Here, book: UUID) -> None:
    """One case is paid, one is to be paid, one waits; one of them is Ana's."""
    from comuna.treasury.acts import ApproveAid, AskAid, PayAid, RecordAidRequest
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import BudgetLine

    ana, luis = here.town.promoters[:2]
    line = BudgetLine.objects.order_by("born", "number")[0].id
    asking = AskAid(book=book, person=ana, kind="small.aid", unit="EUR", amount="9000", words="La insulina del mes")
    here.do(asking, ana)
    typed = RecordAidRequest.model_validate(asking.model_dump() | {"person": luis})
    granted = [
        here.do(ApproveAid(request=here.do(typed), person=luis, unit="EUR", amount="6000")) for _number in range(2)
    ]
    here.do(PayAid(case=granted[0], line=line, day=here.day(0), out_of=account_key(book, "1")))
    here.do(typed)


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
