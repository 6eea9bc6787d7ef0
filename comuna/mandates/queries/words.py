"""What a seat is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import get_language, ngettext

from comuna.statutes.councils import BETWEEN
from comuna.statutes.statute import Names, Statute, in_books, in_language


def seat_words(statute: Statute, kind: str, number: int | None = None) -> str:
    """``Finance unit 2``: a seat in the language of the reader; its bare id where the statute no longer has it."""
    return _seat(statute, kind, number, named)


def seat_in_books(statute: Statute, kind: str, number: int | None = None) -> str:
    """As ``seat_words``, as facts keep it."""
    return _seat(statute, kind, number, in_books)


NAMED_MAX = 4


def some_seats(words: Sequence[str]) -> list[str]:
    """The first few, and how many more there are: nobody reads the names of a whole parliament."""
    left = len(words) - NAMED_MAX
    more = [ngettext("{n} seat more", "{n} seats more", left).format(n=left)] if left > 0 else []
    return [*words[:NAMED_MAX], *more]


def _seat(statute: Statute, kind: str, number: int | None, said: Callable[[Names], str]) -> str:
    try:
        found = statute.seat(kind)
    except KeyError:
        return kind
    words, between, council = said(found.name).partition(BETWEEN)
    return f"{words} {number if number and found.count > 1 else ''}".rstrip() + between + council


def named(names: Names) -> str:
    """A statute's words in the language of the reader."""
    return in_language(names, get_language() or "es")
