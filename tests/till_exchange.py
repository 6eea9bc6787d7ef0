"""Entries that came from a file into the town's book of ``tests/till.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.stage import Here


def taken(here: Here, book: UUID) -> None:
    from comuna.journal import files
    from comuna.treasury.acts import ImportEntries
    from comuna.treasury.acts.import_table import MEDIA_TYPE, EntryRow, Posted, table_bytes

    rows = [
        EntryRow(
            day=here.day(days),
            lines=[Posted("2", "EUR", amount), Posted("7", "EUR", f"-{amount}")],
            reference=False,
            words=True,
        )
        for days, amount in ((12, "21000"), (11, "18500"))
    ]
    table = files.store(table_bytes(rows), MEDIA_TYPE)
    act = ImportEntries(book=book, table=table, words=("Venta de reciclaje, enero", "Venta de reciclaje, febrero"))
    here.look_at(f"/accounts/imports/take-back/?imported={here.do(act)}")
