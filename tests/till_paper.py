"""What goes through paper in the town of ``tests/stage.py``: a payment that waits for its second signature."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.test import Client

    from comuna.treasury.acts import Pay
    from tests.stage import Here


def paid(here: Here, act: Pay) -> UUID:
    """The entry of a payment that two promoters sign."""
    from comuna.acts.acts import Propose, Sign

    proposal = here.do(Propose(act=act))
    performed = here.town.do(here.town.promoters[1], Sign(proposal=proposal)).performed
    assert performed is not None
    return performed


def waits(here: Here, act: Pay) -> None:
    """Its order is on paper."""
    from comuna.acts.acts import Propose

    here.do(Propose(act=act))


def typed(here: Here, book: UUID) -> None:
    """A receipt book of which one number is missing."""
    from comuna.treasury.acts import BeginReceipts, TypeReceipts
    from comuna.treasury.acts.receiving import TypedReceipt
    from comuna.treasury.effects import account_key

    here.do(BeginReceipts(book=book, receipts=20))
    box, income = account_key(book, "1"), account_key(book, "7")
    rows = tuple(
        TypedReceipt(number=number, day=here.day(0), amount="1500", words=words, source=income, into=box)
        for number, words in ((1, "Rifa de la escuela"), (2, "Aporte de la vereda 2"), (5, "Venta de empanadas"))
    )
    spoilt = TypedReceipt(number=4, words="Se mojó")
    typed = here.do(TypeReceipts(book=book, unit="EUR", rows=(*rows, spoilt)))
    here.look_at(f"/accounts/receipt-books/take-back/?typed={typed}", f"/accounts/opening/?book={book}")


def of_the_bank(here: Here, book: UUID) -> None:
    """What the bank says of an account, a part of which is in the books."""
    from comuna.journal import files
    from comuna.treasury.acts import SayBankColumns
    from comuna.treasury.acts.bank_draft import draft
    from comuna.treasury.acts.bank_table import MEDIA_TYPE
    from comuna.treasury.effects import account_key
    from comuna.treasury.models import BankColumns
    from comuna.treasury.plaintext.bankfiles import DecimalMark

    box = account_key(book, "1")
    said = SayBankColumns(
        account=box, unit="EUR", day_head="Fecha", amount_head="Monto", reference_head="Referencia",
        words_head="Concepto", balance_head="Saldo", decimal_mark=DecimalMark.COMMA,
    )  # fmt: skip
    here.do(said)
    rows = [
        (here.day(9), "000123", "RIFA", "965,00", "2.807,50"),
        (here.day(3), "004312", "PAGO A FERRETERIA", "-387,50", "2.420,00"),
        (here.day(2), "004400", "COMISION", "-3,20", "2.416,80"),
        (here.day(2), "004401", "PAGO MOVIL", "12,00", "2.428,80"),
    ]
    lines = ["Fecha;Referencia;Concepto;Monto;Saldo", *(";".join((day.isoformat(), *more)) for day, *more in rows)]
    drafted = draft(BankColumns.objects.get(account=box), "\n".join([*lines, "sin fecha;;;5,00;"]).encode())
    files.store(drafted.table, MEDIA_TYPE)
    here.do(drafted.act)
    from comuna.treasury.acts import MatchBankLines
    from comuna.treasury.acts.bankfiles import MatchedRow
    from comuna.treasury.queries.bankfiles import differences

    first = differences(box, "EUR").proposed[0]
    here.do(MatchBankLines(account=box, rows=(MatchedRow(line=first.line, entry=first.entry),)))


def handed_in(browser: Client) -> tuple[str, ...]:
    """A spreadsheet of money that waits to be confirmed."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from comuna.treasury.models import Book

    book = Book.objects.get(kind="small.book").id
    lines = ["Fecha;Concepto;Ingreso;Egreso", "3/1/2020;Venta de cartón;12,00;", "x;Rifa;5,00;", "4/1/2020;Cal;;4,00"]
    file = SimpleUploadedFile("caja.csv", "\n".join(lines).encode(), "text/csv")
    waits = browser.post(f"/accounts/imports/?book={book}", {"_id": "", "file": file})["Location"]
    return (waits, f"{waits}confirm/")


def read_by_few(here: Here) -> None:
    """A receipt that names somebody, and another one that was handed in and not typed yet."""
    from comuna.journal import files
    from comuna.journal.sealing import seal
    from comuna.treasury import lockedfiles
    from comuna.treasury.acts import FilePrivateReceipt
    from comuna.treasury.models import Payment

    entry = Payment.objects.latest("born").entry
    locked, key = lockedfiles.lock(b"%PDF-1.4\n% Petra Solano\n")
    file = files.store(locked, lockedfiles.MEDIA_TYPE)
    here.do(
        FilePrivateReceipt(
            entry=entry.id, file=file, key=key, supplier="Petra Solano", day=entry.day, unit="EUR", amount="1800"
        )
    )
    other, key = lockedfiles.lock(b"%PDF-1.4\n% Petra Solano, otra vez\n")
    file = files.store(other, lockedfiles.MEDIA_TYPE)
    asked = f"entry={entry.id}&file={file}&key={seal(key, f'treasury.receipt.{file}')}"
    here.look_at(f"/accounts/receipts/file-private/?{asked}", f"/accounts/entries/{entry.id}/")
