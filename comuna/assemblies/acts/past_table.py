"""What an import of earlier sessions holds besides words: days, numbers, who by number, how each voted, what was found.
It is larger than an act may be, so it is a file that the act cites; every word is a private part of the act itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field as Limits, ValidationError

from comuna.acts.fields import Hour
from comuna.assemblies.papers import Choice, Found, Method, Result, Status, Table, Tally
from comuna.journal import canonical, files

MEDIA_TYPE = "application/json"
_Place = Annotated[int, Limits(ge=0, le=1_000_000)]  # in the list that it refers to
_Votes = Annotated[int, Limits(ge=0, le=1_000_000)]


class _Line(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class SessionLine(_Line):
    row: _Place
    day: date
    hour: Hour | None
    organ: Annotated[str, Limits(max_length=80)]  # of a statute, or ""


class AttendanceLine(_Line):
    row: _Place
    session: _Place
    name: _Place
    status: Status
    arrived: Hour | None
    left: Hour | None


class MotionLine(_Line):
    row: _Place
    session: _Place
    number: _Place  # within the session
    mover: _Place | None
    seconder: _Place | None
    method: Method
    result: Result
    recorded: tuple[_Votes | None, _Votes | None, _Votes | None]  # for, against, abstain
    counted: tuple[_Votes, _Votes, _Votes] | None  # from the votes by name, where there are any
    amends: _Place | None


class VoteLine(_Line):
    row: _Place
    motion: _Place
    name: _Place
    choice: Choice


class FindingLine(_Line):
    table: Table
    row: _Place
    found: Found
    column: Annotated[str, Limits(max_length=20)]
    session: _Place | None
    motion: _Place | None
    name: _Place | None


class PastTable(_Line):
    """Canonical JSON. Numbers that refer to something count from 0."""

    sessions: tuple[SessionLine, ...]
    names: _Place
    attendance: tuple[AttendanceLine, ...]
    motions: tuple[MotionLine, ...]
    votes: tuple[VoteLine, ...]
    findings: tuple[FindingLine, ...]

    def bytes(self) -> bytes:
        return canonical.encode(self.model_dump(mode="json"))


class NotThisTable(ValueError):
    """The file is not what an import of sessions cites."""


def read_past_table(digest: str) -> PastTable:
    """Raises files.NoSuchFile or NotThisTable."""
    data = files.read(digest)
    try:
        table = PastTable.model_validate_json(data)
    except ValidationError as error:
        raise NotThisTable(str(error)) from error
    if table.bytes() != data:
        raise NotThisTable("not in canonical form")
    return table


def recorded_of(line: MotionLine) -> Tally:
    return Tally(*line.recorded)
