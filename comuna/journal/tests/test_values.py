"""What the driver is given is what stands in the table, of the kind that it was."""

from __future__ import annotations

from uuid import UUID

import pytest

from comuna.journal import sql
from conftest import Books


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("value", "stands", "kind"),
    [
        (b"\x00\xff", b"\x00\xff", "blob"),
        (b"", b"", "blob"),
        (None, None, "null"),
        (True, 1, "integer"),
        (False, 0, "integer"),
        (UUID(int=10), f"{10:032x}", "text"),
    ],
)
def test_a_value_reaches_the_table_as_it_is(books: Books, value: object, stands: object, kind: str) -> None:
    assert sql.one("SELECT %s, typeof(%s)", value, value) == (stands, kind)
