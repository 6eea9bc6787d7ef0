from __future__ import annotations

from collections.abc import Iterator

import pytest

from comuna.acts import authority
from comuna.acts.clock import frozen_at
from comuna.territory.tests.town import NOW, Town, settled
from conftest import Books


@pytest.fixture
def town(books: Books) -> Iterator[Town]:
    """The council of El Mirador on 10 February 2026, nobody in its books yet."""
    before = authority.authority()
    with frozen_at(NOW):
        yield settled()
    authority.plug(before)
