"""Rates, an exchange, a currency without its zeros, and petty cash in the life of ``every_act``."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.assemblies.models import Resolution
from comuna.treasury.acts import (
    ExchangeMoney,
    FileReceipt,
    Move,
    OpenSavings,
    Pay,
    RecordSavings,
    Redenominate,
    Replenish,
    SendTransfer,
    SetRate,
    UndoRate,
)
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book, BudgetLine
from tests.town import Town

DAY = date(2026, 2, 7)
OLD = """
[[unit]]
id = "OLD"
rule = "small.money.old"
source = "By-laws, art. 17"
mark = "O"
name = { es = "reales", en = "reals" }
kind = "currency"
decimals = 2

[[unit]]
id = "USD"
rule = "small.money.usd"
source = "By-laws, art. 17"
mark = "O"
name = { es = "dólares", en = "dollars" }
kind = "currency"
decimals = 2
"""


def rated(town: Town) -> None:
    first, book = town.promoters[0], Book.objects.get(kind="small.book").id
    rate = SetRate(unit="EUR", amount="100", in_unit="OLD", in_amount="16639", day=DAY, source="Banco del Pueblo")
    town.do(first, UndoRate(rate=town.do(first, rate).id))
    town.do(first, rate)
    box = account_key(book, "1")
    exchanged = ExchangeMoney(
        book=book, day=DAY, out_of=box, unit="EUR", amount="500", into=box, in_unit="OLD", in_amount="83000",
        words="Reales para el mercado", reference="0064",
    )  # fmt: skip
    town.do(first, exchanged)
    _zeros(town, book)


def _zeros(town: Town, book: UUID) -> None:
    """Reals become euros; some of them are under way."""
    first, far = town.promoters[0], Book.objects.get(kind="small.far").id
    earlier, *_others, decided = (
        Resolution.objects.filter(organ="assembly").order_by("born").values_list("id", flat=True)
    )
    sent = SendTransfer(
        out_of=book, into=far, day=DAY, from_account=account_key(book, "1"), unit="OLD", amount="3000",
        words="Para el mercado del equipo", resolution=earlier,
    )  # fmt: skip
    town.do(first, sent)
    town.do(first, Redenominate(unit="OLD", in_unit="EUR", zeros=2, resolution=decided))


def petty_cash(town: Town) -> None:
    """Something is bought out of the second box and replenished; a member had savings before."""
    first, book = town.promoters[0], Book.objects.get(kind="small.book").id
    box, petty = account_key(book, "1"), account_key(book, "2")
    given = Move(book=book, day=DAY, unit="EUR", out_of=box, into=petty, amount="500", words="Caja chica")
    town.do(first, given)
    line = BudgetLine.objects.filter(budget__withdrawn_on=None, unit="EUR").order_by("-amount", "number")[0].id
    paying = Pay(line=line, day=DAY, out_of=petty, unit="EUR", amount="100", payee="Bodega", words="Clavos")
    paid = town.do(first, paying).id
    filed = FileReceipt(entry=paid, supplier="Bodega", day=DAY, unit="EUR", amount="100", kept_at="Carpeta 1")
    town.do(first, filed)
    again = Replenish(book=book, into=petty, out_of=box, day=DAY, unit="EUR", amount="100", reference="0065")
    town.do(first, again)
    fund = Book.objects.get(kind="small.fund").id  # the other one's first day is closed
    saved = town.do(first, OpenSavings(book=fund, person=town.promoters[1])).id
    town.do(first, RecordSavings(savings=saved, unit="EUR", amount="1500"))
