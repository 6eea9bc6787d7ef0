"""Books founded under the small statute; and everything is said in English."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.utils import translation

from comuna.statutes.tests.toy import founded, stored
from conftest import Books


@pytest.fixture
def commune(books: Books) -> Iterator[UUID]:
    with founded(stored()) as id:
        yield id


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
