"""Entries from a file in the life of ``every_act``: taken, and taken back."""

from __future__ import annotations

from datetime import date

from comuna.journal import files
from comuna.treasury.acts import ImportEntries, UndoImport
from comuna.treasury.acts.import_table import MEDIA_TYPE, EntryRow, Posted, table_bytes
from comuna.treasury.models import Book
from tests.town import Town

DAY = date(2026, 2, 7)


def exchange(town: Town) -> None:
    first, book = town.promoters[0], Book.objects.get().id
    for kept in (False, True):
        lines = [Posted("1", "EUR", "900"), Posted("7", "EUR", "-900")]
        back = [Posted("1", "EUR", "-900"), Posted("7", "EUR", "900")]
        rows = [
            EntryRow(day=DAY, lines=lines, reference=True, words=True),
            EntryRow(day=DAY, lines=back, reference=False, words=False, reverses=1),
            EntryRow(day=DAY, lines=lines, reference=False, words=kept),
        ]
        table = files.store(table_bytes(rows), MEDIA_TYPE)
        words = ("Rifa de otro año", "Aportes")[: 1 + kept]
        taken = town.do(first, ImportEntries(book=book, table=table, words=words, references=("0044",))).id
        if not kept:
            town.do(first, UndoImport(imported=taken, day=DAY, words="Eran de otro libro"))
