"""What goes between the books of the town of ``tests/stage.py``: to its fund, and to a team that waits for some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests import till_paper

if TYPE_CHECKING:
    from tests.stage import Here


def between(here: Here, book: UUID) -> None:
    from comuna.treasury.acts import OpenBook, ReceiveTransfer, SendTransfer, TransferBetweenBooks
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import Book

    fund = Book.objects.get(kind="small.fund").id
    far = here.do(OpenBook(kind="small.far", day=here.day(20)))
    out: dict[str, Any] = {"out_of": book, "from_account": account_key(book, "1"), "unit": "EUR"}
    there = account_key(fund, "1")
    here.do(
        TransferBetweenBooks(into=fund, into_account=there, day=here.day(1), amount="9000", words="Al fondo", **out)
    )
    sent = [
        here.do(SendTransfer(into=far, day=here.day(ago), amount=amount, words="Para el equipo", **out))
        for ago, amount in ((18, "4500"), (6, "2500"))
    ]
    here.do(ReceiveTransfer(transfer=sent[1], day=here.day(1), into_account=account_key(far, "1")))
    rated(here, book)


def rated(here: Here, book: UUID) -> None:
    """A rate, and reals in the box."""
    from comuna.treasury.acts import ExchangeMoney, Redenominate, SetRate
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import Budget

    for ago, amount in ((9, "16590"), (2, "16639")):
        rate = SetRate(
            unit="EUR", amount="100", in_unit="OLD", in_amount=amount, day=here.day(ago), source="Banco del Pueblo"
        )
        here.do(rate)
    box = account_key(book, "1")
    here.do(
        ExchangeMoney(
            book=book, day=here.day(1), out_of=box, unit="EUR", amount="5000", into=box, in_unit="OLD",
            in_amount="829500", words="Reales para el mercado",
        )
    )  # fmt: skip
    dollars = ExchangeMoney(
        book=book, day=here.day(1), out_of=box, unit="EUR", amount="4000", into=box, in_unit="USD",
        in_amount="4520", words="Dólares para repuestos",
    )  # fmt: skip
    here.do(dollars)
    here.do(
        SetRate(unit="EUR", amount="100", in_unit="USD", in_amount="113", day=here.day(2), source="Banco del Pueblo")
    )
    decided = Budget.objects.get(book=book).resolution
    here.do(Redenominate(unit="OLD", in_unit="EUR", zeros=2, resolution=decided))
    petty_cash(here, book)


def petty_cash(here: Here, book: UUID) -> None:
    """Something was bought out of the second box, and is to be replenished; a member had savings before."""
    from comuna.treasury.acts import FileReceipt, OpenSavings, Pay
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import BudgetLine

    line = BudgetLine.objects.filter(unit="EUR").order_by("number")[0].id
    petty = account_key(book, "2")
    paying = Pay(
        line=line, day=here.day(2), out_of=petty, unit="EUR", amount="1350", payee="Bodega Dos", words="Clavos"
    )
    paid = till_paper.paid(here, paying)
    filed = FileReceipt(
        entry=paid, supplier="Bodega Dos", day=here.day(2), unit="EUR", amount="1350", kept_at="Carpeta 1"
    )
    here.do(filed)
    here.do(OpenSavings(book=book, person=here.town.promoters[2]))
