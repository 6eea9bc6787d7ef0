"""A power cut loses nothing that was acknowledged, and the simulation of one can tell."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.soak import cuts

pytestmark = [pytest.mark.long, pytest.mark.sqlite_only]


def test_fifteen_power_cuts_lose_nothing(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    seed = secrets.randbits(32)
    record_property("said", f"seed {seed}")
    report = cuts.run(15, seed, tmp_path / "cuts")
    record_property("said", str(report))
    assert report.cuts == 15 and report.acknowledged > 0
    assert report.carried_over > 0, "the record never reached the moment when the log goes into the database"


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_less_syncing_is_seen_to_lose_acknowledged_acts(
    tmp_path: Path, record_property: Callable[[str, object], None], synchronous: str
) -> None:
    seed = secrets.randbits(32)
    record_property("said", f"seed {seed}, synchronous={synchronous}")
    report = cuts.run(6, seed, tmp_path / "cuts", synchronous=synchronous, acts=120)
    record_property("said", str(report))
    assert report.broken
    if synchronous == "NORMAL":  # what it loses, it loses whole: the books themselves stay sound
        assert all("acknowledged acts are not in the journal" in words for words in report.broken)
