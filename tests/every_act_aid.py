"""What is put before a session, promised, given and lent in the books of ``every_act``."""

from __future__ import annotations

from uuid import UUID

from comuna.assemblies.acts import AddAgendaItem
from comuna.assemblies.models import Resolution, Session
from comuna.treasury.acts import (
    ApproveAid,
    AskAid,
    Commit,
    ObjectToAccounts,
    Pay,
    PayAid,
    RecordAidRequest,
    RefuseAid,
    Release,
    RenderAccounts,
    Reverse,
    WithdrawAidRequest,
    WithdrawRendering,
)
from comuna.treasury.acts.stipends import ListStipends, ReceiveStipends, StipendRow, WithdrawStipends
from comuna.treasury.acts.things import LendAsset, LendToNeighbour, Origin, RegisterAsset, RemoveAsset, ReturnAsset
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book, BudgetLine, Payment
from tests.town import Town


def aid(town: Town) -> None:
    """While the assembly sits."""
    book = Book.objects.get(kind="small.book").id
    _rendered(town, book)
    _promised(town)
    _helped(town, book)
    _lent(town, book)
    _paid_by_others(town, book)


def _paid_by_others(town: Town, book: UUID) -> None:
    """A list of stipends is taken back and written anew; a part of it comes."""
    first, other = town.promoters[:2]
    people = tuple(StipendRow(person=one, amount="4000") for one in (first, other))
    day = Session.objects.latest("born").sits_on
    listing = ListStipends(book=book, organ="board", day=day, payer="Ministerio", unit="EUR", rows=people)
    mistaken = town.do(first, listing).id
    town.do(first, WithdrawStipends(list=mistaken, words="Era de otro mes"))
    stands = town.do(first, listing).id
    town.do(first, ReceiveStipends(list=stands, unit="EUR", rows=people[:1]))


def _lent(town: Town, book: UUID) -> None:
    """To an organ and to somebody; then it is taken out of the register."""
    first, other = town.promoters[:2]
    decided = Resolution.objects.filter(organ="assembly").order_by("-born")[0]
    day = decided.motion.session.sits_on
    thing = RegisterAsset(
        book=book, name="Camión", origin=Origin.ON_LOAN, source="Alcaldía", since=day, until=day, state="Entero"
    )
    truck = town.do(first, thing).id
    loan = town.do(first, LendAsset(asset=truck, organ="board", day=day, due=day)).id
    town.do(first, ReturnAsset(loan=loan, day=day, words="Rayado"))
    loan = town.do(first, LendToNeighbour(asset=truck, person=other, day=day, due=day)).id
    town.do(first, ReturnAsset(loan=loan, day=day, words="Igual"))
    town.do(first, RemoveAsset(asset=truck, resolution=decided.id, words="Devuelto"))
    bought = Payment.objects.filter(entry__reversal=None).earliest("born").entry_id
    pump = thing.model_copy(
        update={"origin": Origin.BOUGHT, "entry": bought, "source": None, "until": None, "name": "Bomba"}
    )
    town.do(first, pump)


def _helped(town: Town, book: UUID) -> None:
    """One request is taken back, one refused, one granted and paid."""
    first, other = town.promoters[:2]
    asking = AskAid(
        book=book, person=first, kind="small.aid", unit="EUR", amount="300", words="Se me acabó la insulina"
    )
    taken_back = town.do(first, asking).id
    town.do(first, WithdrawAidRequest(request=taken_back, person=first))
    typed = RecordAidRequest.model_validate(asking.model_dump() | {"person": other})
    no = town.do(first, typed).id
    town.do(first, RefuseAid(request=no, person=other, words="Ya la ayudó el hospital"))
    yes = town.do(first, typed).id
    case = town.do(first, ApproveAid(request=yes, person=other, unit="EUR", amount="200")).id
    line = BudgetLine.objects.filter(budget__withdrawn_on=None).earliest("born")
    day = line.budget.ends
    town.do(first, PayAid(case=case, line=line.id, day=day, out_of=account_key(book, "1")))


def _promised(town: Town) -> None:
    """A part is paid, taken back, and the rest given back."""
    first, line = town.promoters[0], BudgetLine.objects.filter(budget__withdrawn_on=None).earliest("born")
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
