"""Where a commune has several councils, what is asked about one council's book is closed by its own comptrollers."""

from __future__ import annotations

from uuid import UUID

from comuna.treasury.acts import CloseObservation, Observe, OpenBook
from tests.test_councils import CEIBA, MIRADOR, resident, seated, town
from tests.town import TODAY, Town

__all__ = ["town"]  # a fixture


def comptroller(town: Town, council: str) -> UUID:
    return seated(town, f"cc.comptroller@{council}", council)


def test_a_comptroller_closes_questions_about_the_books_of_her_own_council_alone(town: Town) -> None:
    keeper = seated(town, f"cc.finance@{MIRADOR}", MIRADOR)
    book = town.do(keeper, OpenBook(kind=f"cc.books@{MIRADOR}", day=TODAY)).id
    asks = resident(town, MIRADOR)
    town.claim(asks)
    closes = CloseObservation(
        observation=town.do(asks, Observe(book=book, words="¿Por qué?")).id, words="Se contestó en la asamblea"
    )
    assert closes.in_council() == MIRADOR
    assert town.outcome(comptroller(town, CEIBA), closes).startswith("mandates.")
    town.do(comptroller(town, MIRADOR), closes)
