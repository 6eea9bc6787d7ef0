"""Books as files of plain-text accounting, which other programs check: hledger's journal and beancount's.

Both declare every account and every unit, and give the entries in the order of their folios. What people wrote is
written so that neither format can mistake it, and can be had back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from comuna.treasury.models import Book
from comuna.treasury.plaintext import beancount, hledger
from comuna.treasury.queries.ledger import Ledger, ledger

ENDINGS = {"hledger": "journal", "beancount": "beancount"}
_LINES: dict[str, Callable[[list[Ledger]], Iterator[str]]] = {"hledger": hledger.lines, "beancount": beancount.lines}


def lines(books: Iterable[Book], kind: str) -> Iterator[str]:
    """The lines of one file with these books, each with its end; ``kind`` is one of ``ENDINGS``."""
    for line in _LINES[kind]([ledger(book) for book in books]):
        yield f"{line}\n"
