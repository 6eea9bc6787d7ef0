"""A letter held against its records: what was changed with a database tool is not vouched for.

Whoever takes a revocation's row out of the database leaves the journal as it was; the page that answers for a code
asks here first.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from comuna.acts.pencil import misfits, rows_made_by
from comuna.acts.reading import ReadAct, read_all
from comuna.journal.models import Record
from comuna.journal.tables import State
from comuna.letters.models import Letter, LetterClosing, LetterRequest, LetterSignature


def changed_outside(request: UUID) -> list[str]:
    """``table.column`` of everything about a letter that no record says so; empty when all of it fits."""
    return misfits(_rows_of(request), rows_made_by(_records_of(request)))


def _rows_of(request: UUID) -> Iterator[State]:
    yield from LetterRequest.objects.filter(pk=request)
    for model in (LetterSignature, Letter, LetterClosing):
        yield from model.objects.filter(request=request)


def _records_of(request: UUID) -> Iterator[ReadAct]:
    """The acts about this letter in their order: its asking, and whatever names it or one of its signatures."""
    first = Record.objects.filter(pk=request).first()
    if first is None:
        return
    known = [str(request).encode()]
    found = [first.pk]
    later = Record.objects.filter(commune=first.commune, seq__gt=first.seq, verb__startswith="letters.")
    for id, body in later.order_by("seq").values_list("id", "body").iterator(500):
        if any(name in bytes(body) for name in known):
            known.append(str(id).encode())
            found.append(id)
    yield from read_all(Record.objects.filter(pk__in=found).order_by("seq"))
