from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from comuna.acts import authority
from comuna.acts.clock import frozen_at
from comuna.territory.tests.by_hand import confirm, hand_in
from comuna.territory.tests.town import CENSUS, NOW, Town, settled
from conftest import Books
from tests.cast import Cast


@pytest.fixture
def town(books: Books) -> Iterator[Town]:
    """The council of El Mirador on 10 February 2026, nobody in its books yet."""
    before = authority.authority()
    with frozen_at(NOW):
        yield settled()
    authority.plug(before)


@pytest.fixture
def keeper(founded: Cast) -> Client:
    return founded.browser(founded.secretary)


@pytest.fixture
def imported(founded: Cast, keeper: Client) -> Cast:
    confirm(keeper, hand_in(keeper, CENSUS))
    return founded
