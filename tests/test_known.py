"""What acts were told stays known to the next one over what changes none of it."""

from __future__ import annotations

import pytest

from comuna.journal import checkpoint
from comuna.journal.lock import once, writing
from comuna.mandates.models import Mandate
from comuna.territory.acts import AddStreet
from tests.cast import Cast

pytestmark = pytest.mark.sqlite_only


def _asks_again() -> bool:
    """Whether a transaction of acts asks the question, or knows the answer."""
    asked: list[int] = []
    with writing(acts=True):
        once("question", lambda: asked.append(1), (Mandate,))
    return bool(asked)


def test_a_checkpoint_is_no_news(founded: Cast) -> None:
    for name in ("Vereda 9", "Vereda 10"):  # with the first act of a day a checkpoint is made anyway
        founded.does(founded.secretary, AddStreet(name=name))
    before = checkpoint.newest(founded.commune)
    _asks_again()
    made = checkpoint.make(founded.commune, "2026-02-10T14:00:00Z")
    assert before is None or made.size > before.size, "it is written now"
    assert not _asks_again()
