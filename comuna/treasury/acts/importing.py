"""Entries of earlier books taken from a file by one act, and taken back by another."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field as Limits, PrivateAttr

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Audience, Count, Day, FileDigest, Id, Label, Line as WordsLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.journal import files
from comuna.journal.chain import FileCited
from comuna.treasury import queries
from comuna.treasury.acts.bearing import EntryDay, Words, open_day
from comuna.treasury.acts.import_judge import judge
from comuna.treasury.acts.import_table import ENTRIES_MAX, MEDIA_TYPE, EntryRow, NotThisTable, read_table
from comuna.treasury.effects import importing
from comuna.treasury.models import Book, EntryImport
from comuna.treasury.queries import importing as asked
from comuna.treasury.rules import BALANCE_MAX

PUBLIC = Audience("public")
WORDS_BYTES_MAX = 6 * 1024 * 1024  # of one act; a line of an export holds a part, and ends at 16 MiB


class ImportEntries(Act):
    """Take entries of earlier books from a file, all of them or none. Anybody reads their words: name no neighbours,
    only what the money is for."""

    verb = "treasury.import_entries"
    power = Power.SEAT
    label = _("Take entries from a file")
    said = _("{seat} took entries of earlier books from a file, {first} to {last} (entries: {entries})")
    undo = "treasury.undo_import"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    table: Annotated[FileDigest, Label(_("Digest of what was read"))]
    words: Annotated[tuple[WordsLine, ...], PUBLIC, Limits(max_length=ENTRIES_MAX), Label(_("What for"))] = ()
    references: Annotated[tuple[WordsLine, ...], PUBLIC, Limits(max_length=ENTRIES_MAX), Label(_("References"))] = ()

    _rows: list[EntryRow] | None = PrivateAttr(default=None)  # once ``check`` has read them

    class Facts(ActFacts):
        entries: Count
        first: Day
        last: Day
        size: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        rows = self._rows = _table(self.table)
        refuse_if(not rows, "treasury.nothing-to-import", _("There is no entry in this file."), field="table")
        words = sum(row.words for row in rows), sum(row.reference for row in rows)
        refuse_if(
            words != (len(self.words), len(self.references)),
            "treasury.other-words",
            _("The words and the rows of this import do not belong together. Read the file again."),
            field="words",
        )
        refuse_if(
            sum(len(one.encode()) for one in (*self.words, *self.references)) > WORDS_BYTES_MAX,
            "treasury.too-many-words",
            _("These are more words than one import takes. Take the file in two parts."),
            field="words",
        )
        judge(world, book, rows)
        days = [row.day for row in rows]
        return self.Facts(entries=len(rows), first=min(days), last=max(days), size=len(files.read(self.table)))

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(self.table, facts.size, MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        words, references = iter(self.words), iter(self.references)
        taken = [
            importing.Taken(
                row.day,
                next(words, "") if row.words else "",
                next(references, "") if row.reference else "",
                row.reverses,
                row.lines,
            )
            for row in self._rows or read_table(self.table)
        ]
        importing.take_entries(record, self.book, taken)


class UndoImport(Act):
    """Take back what came from a file: every entry of it that still stands, each by one the other way round."""

    verb = "treasury.undo_import"
    power = Power.SEAT
    label = _("Take these entries back")
    said = _("{seat} took back what had come from a file (entries: {entries}): {words}")
    undo = None  # taken from the file anew

    imported: Annotated[Id, To(EntryImport), Label(_("Import"))]
    day: EntryDay
    words: Words

    class Facts(ActFacts):
        book: Id
        entries: Count

    def in_organ(self) -> str | None:
        return asked.organ_of_import(self.imported)

    def check(self, world: World) -> Facts:
        imported = world.get(EntryImport, self.imported, field="imported")
        backs = asked.to_take_back(imported.id)
        refuse_if(
            not backs,
            "treasury.import-taken-back",
            _("All of these entries were taken back already."),
            field="imported",
        )
        open_day(world, imported.book, self.day)
        refuse_if(
            self.day < imported.last,
            "treasury.reversed-before",
            _("It cannot be taken back before the day on which it stands."),
            field="day",
        )
        held = asked.holdings_of(imported.book_id)
        for back in backs:
            for account, unit, amount in back.lines:
                held[account, unit] += amount
                refuse_if(
                    abs(held[account, unit]) > BALANCE_MAX,
                    "treasury.too-large",
                    _("An account cannot hold so much; a currency that has lost its worth gets a new unit."),
                    field="imported",
                )
        return self.Facts(book=imported.book_id, entries=len(backs))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.imported, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        importing.take_back(record, record.facts.book, self.imported, self.day, self.words)


def _table(digest: str) -> list[EntryRow]:
    try:
        return read_table(digest)
    except files.NoSuchFile as error:
        words = _("No file with this code has been handed in.")
        raise Refused("treasury.no-such-file", words, field="table") from error
    except NotThisTable as error:
        row, _dot, field = error.place.partition(".")
        words = _("Row {row} of the file is not an entry: {field}.") if row else _("This is no file of entries.")
        raise Refused("treasury.not-such-a-table", words.format(row=row, field=field), field="table") from error
