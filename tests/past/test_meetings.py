"""Meetings of a real council, where somebody has them: every tally is the recorded one, or is listed, and is other in
the source too. ``COMUNA_MEETINGS`` names the folder (``meetings.py``)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comuna.assemblies.papers import Papers, Table, read_papers
from comuna.assemblies.papers.findings import TALLY_LISTED
from tests.past.meetings import as_files, folder, tables_of

TODAY = date(2026, 2, 10)
pytestmark = pytest.mark.skipif(folder() is None, reason="COMUNA_MEETINGS names no folder with meetings")


@pytest.fixture(scope="module")
def meetings() -> list[Path]:
    named = folder()
    assert named is not None
    return sorted(named.glob("*.json"))


@pytest.fixture(scope="module")
def papers(meetings: list[Path]) -> Papers:
    return read_papers(as_files(tables_of(meetings)), TODAY)


def _motions(thing: Any) -> Iterator[dict[str, Any]]:
    """Every motion of a meeting, found in another way than ``meetings`` finds them."""
    if isinstance(thing, dict):
        if thing.get("__class__") == "Motion":
            yield thing
        for inner in thing.values():
            yield from _motions(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from _motions(inner)


def test_every_motion_and_every_named_vote_is_there(meetings: list[Path], papers: Papers) -> None:
    source = [motion for path in meetings for motion in _motions(json.loads(path.read_text("utf-8")))]
    named = [name for motion in source for row in (motion["vote"] or {}).get("rows", ()) for name in row["voters"]]
    assert len(papers.sessions) == len(meetings)
    assert len(papers.motions) == len(source)
    assert len(papers.votes) == len(named)


def test_every_tally_is_the_recorded_one_or_listed_as_the_source_has_it(meetings: list[Path], papers: Papers) -> None:
    """In words of the source alone: "Motion Passed (13 to 2)" beside how many names stand under yeas and nays."""
    listed = {one.motion for one in papers.findings if one.found in TALLY_LISTED}
    source = [motion for path in meetings for motion in _motions(json.loads(path.read_text("utf-8")))]
    off = set()
    for place, motion in enumerate(source):
        rows = {row["vote"]: len(row["voters"]) for row in (motion["vote"] or {}).get("rows", ())}
        said = re.search(r"\((\d+) to (\d+)\)", (motion["result"] or {}).get("string", ""))
        told = (int(said.group(1)), int(said.group(2))) if said else None
        if rows and told != (rows.get("Yeas:", 0), rows.get("Nays:", 0)):
            off.add(place)
    assert listed == off
    counted = {vote.motion for vote in papers.votes}
    print(  # noqa: T201  the figures are asked for
        f"\nmeetings {len(meetings)}, motions {len(papers.motions)}, named votes {len(papers.votes)}, "
        f"tallies equal {len(counted) - len(listed)}, listed {len(listed)}; "
        f"findings {dict(Counter(one.found.value for one in papers.findings))}"
    )


def test_a_tally_altered_in_the_source_is_listed_alone(meetings: list[Path]) -> None:
    rows = tables_of(meetings)
    recorded = [line for line in rows[Table.MOTIONS] if line["for"]]
    recorded[0]["for"] = str(int(recorded[0]["for"]) - 1)
    read = read_papers(as_files(rows), TODAY)
    listed = [one for one in read.findings if one.found in TALLY_LISTED]
    assert [read.motions[one.motion or 0].key for one in listed] == [recorded[0]["motion"]]
