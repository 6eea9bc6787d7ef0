"""The example statute, adopted anew with some of its text replaced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from comuna.journal import files
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.treasury.tests.cash import TODAY
from tests.cast import Cast


def changed(changes: Mapping[str, str], version: str = "2026.2") -> str:
    """Every text on the left stands in the statute, and is replaced wherever it does."""
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', f'version = "{version}"')
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def adopt(cast: Cast, text: str, first_day: date = TODAY) -> UUID:
    return cast.signed(AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=first_day)).id
