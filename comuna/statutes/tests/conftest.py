"""Books founded under the small statute."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from comuna.statutes.tests.toy import founded, stored
from conftest import Books


@pytest.fixture
def commune(books: Books) -> Iterator[UUID]:
    with founded(stored()) as id:
        yield id
