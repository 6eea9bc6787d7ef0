"""What goes between books in the life of ``every_act``: within an organ, sent, received, sent back, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from comuna.assemblies.models import Resolution
from comuna.treasury.acts import (
    OpenBook,
    Receive,
    ReceiveTransfer,
    SendBackTransfer,
    SendTransfer,
    ShareSurplus,
    TakeBackReceived,
    TakeBackTransfer,
    TransferBetweenBooks,
)
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book
from tests.town import Town

FIRST, DAY = date(2026, 1, 10), date(2026, 2, 7)
FAR = """
[[book]]
id = "small.far"
rule = "small.far"
source = "By-laws, art. 22"
mark = "O"
name = { es = "Cuentas del equipo", en = "Accounts of the team" }
organ = "team"
decides = "assembly"
chart = "common"
unit = "EUR"
"""


def transferred(town: Town) -> None:
    """By the newest decision."""
    first = town.promoters[0]
    book = Book.objects.get(kind="small.book").id
    fund, far = (town.do(first, OpenBook(kind=kind, day=FIRST)).id for kind in ("small.fund", "small.far"))
    box = account_key(book, "1")
    out: dict[str, Any] = {"out_of": book, "day": DAY, "from_account": box, "unit": "EUR"}
    moving = TransferBetweenBooks(
        into=fund, into_account=account_key(fund, "1"), amount="700", words="Para el fondo", reference="0061", **out
    )
    moved = town.do(first, moving).id
    town.do(first, TakeBackTransfer(transfer=moved, day=DAY, words="Dos veces lo mismo"))
    decided = Resolution.objects.filter(organ="assembly").order_by("-born")[0].id
    came = date(2026, 1, 20)
    sold = Receive(
        book=book, day=came, unit="EUR", into=box, source=account_key(book, "7"), amount="5000", words="Una venta"
    )
    town.do(first, sold)
    sharing = ShareSurplus(
        into=fund, into_account=account_key(fund, "1"), resolution=decided, begins=date(2026, 1, 1),
        ends=date(2026, 1, 31), percent=10, **out,
    )  # fmt: skip
    town.do(first, sharing)
    sending = SendTransfer(into=far, amount="900", words="Para el equipo", resolution=decided, reference="0062", **out)
    sent = town.do(first, sending).id
    town.do(first, SendBackTransfer(transfer=sent, day=DAY, words="No ha llegado"))
    receiving = ReceiveTransfer(transfer=sent, day=DAY, into_account=account_key(far, "1"), reference="0063")
    town.do(first, receiving)
    town.do(first, TakeBackReceived(transfer=sent, day=DAY, words="Era de otro"))
    town.do(first, receiving)
