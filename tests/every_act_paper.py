"""What goes through paper in the life of ``every_act``: receipts that are printed and typed back, what the bank says, a
receipt that few read."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.journal import files
from comuna.treasury import lockedfiles
from comuna.treasury.acts import (
    BeginReceipts,
    FilePrivateReceipt,
    ForgetBankStatement,
    MatchBankLines,
    SayBankColumns,
    TakeBackReceipts,
    TakeBankStatement,
    TypeReceipts,
    UnmatchBankLine,
)
from comuna.treasury.acts.bank_table import MEDIA_TYPE, BankRow, bank_table_bytes
from comuna.treasury.acts.bankfiles import LeftRow, MatchedRow
from comuna.treasury.acts.receiving import TypedReceipt
from comuna.treasury.effects import account_key
from comuna.treasury.models import BankLine, Book, Entry
from comuna.treasury.plaintext.bankfiles import DecimalMark, WhyLeft
from tests.town import Town

DAY = date(2026, 2, 7)


def paper(town: Town) -> None:
    first, book = town.promoters[0], Book.objects.get(kind="small.book").id
    town.do(first, BeginReceipts(book=book, receipts=5))
    given = TypedReceipt(
        number=1, day=DAY, amount="700", words="Rifa", source=account_key(book, "7"), into=account_key(book, "1")
    )
    spoilt = TypedReceipt(number=2, words="Se mojó")
    typed = town.do(first, TypeReceipts(book=book, unit="EUR", rows=(given, spoilt))).id
    town.do(first, TakeBackReceipts(typed=typed, day=DAY, words="Eran de otro libro"))
    later = given.model_copy(update={"number": 3, "words": "Venta"})
    town.do(first, TypeReceipts(book=book, unit="EUR", rows=(later, spoilt.model_copy(update={"number": 4}))))
    _bank(town, account_key(book, "1"))
    entry = Entry.objects.filter(words="Venta").latest("born").id
    locked, key = lockedfiles.lock(b"%PDF-1.4\n% Petra Solano\n")
    aid = FilePrivateReceipt(
        entry=entry, file=files.store(locked, lockedfiles.MEDIA_TYPE), key=key, supplier="Petra Solano", day=DAY,
        unit="EUR", amount="700", kept_at="Carpeta 2, hoja 1",
    )  # fmt: skip
    town.do(first, aid)


def _bank(town: Town, account: UUID) -> None:
    """What the bank says: taken out once, then taken again and matched."""
    first = town.promoters[0]
    heads = {"day_head": "Fecha", "amount_head": "Monto", "reference_head": "Referencia", "words_head": "Concepto"}
    for balance in ("Saldo", "Disponible"):
        town.do(
            first,
            SayBankColumns(account=account, unit="EUR", balance_head=balance, decimal_mark=DecimalMark.COMMA, **heads),
        )
    rows = [
        BankRow(alike=1, amount=amount, balance="9000", day=DAY, number=number, reference=True, words=number == 3)
        for number, amount in ((2, "700"), (3, "-150"))
    ]
    table = files.store(bank_table_bytes(rows), MEDIA_TYPE)
    taking = TakeBankStatement(
        account=account, unit="EUR", table=table, original="ab" * 32, references=("000777", "000778"),
        words=("COMISION A PETRA",), left=(LeftRow(first=4, last=5, why=WhyLeft.DAY),),
    )  # fmt: skip
    statement = town.do(first, taking).id
    town.do(first, ForgetBankStatement(statement=statement, words="De otra cuenta"))
    town.do(first, taking)
    line = BankLine.objects.get(amount=700).id
    matched = MatchedRow(line=line, entry=Entry.objects.filter(words="Venta").latest("born").id)
    act = MatchBankLines(account=account, rows=(matched,))
    town.do(first, act)
    town.do(first, UnmatchBankLine(line=line))
    town.do(first, act)
