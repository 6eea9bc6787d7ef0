"""The rows of an import of earlier sessions, and what is written of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from comuna.acts.act import Performed
from comuna.acts.fields import Flag, Id, Line, PublicLine, Row, Text
from comuna.assemblies.acts.past_table import PastTable
from comuna.assemblies.models import PastAttendance, PastFinding, PastMotion, PastName, PastSession, PastVote
from comuna.assemblies.papers.names import plain
from comuna.territory.reading.text import initials


class PastSessionWords(Row):
    """What the papers say of a session."""

    subject: ClassVar[str] = "session"

    session: Id
    key: Line
    organ: Line | None = None
    title: Line | None = None
    place: Line | None = None


class PastMotionWords(Row):
    """What the papers say of a motion."""

    subject: ClassVar[str] = "motion"

    motion: Id
    key: Line
    item: Line | None = None
    text: Text | None = None


class PastNameRow(Row):
    """Somebody whom the papers name: a person of the books where one only can be meant."""

    subject: ClassVar[str] = "who"

    who: Id
    name: Line
    linked: Flag
    initials: PublicLine
    public_name: PublicLine | None = None


def initials_on_paper(name: str) -> str:
    """By which everybody reads somebody whom papers name; "—" for a name without letters."""
    return initials(plain(name)) or "—"


def write_sessions(record: Performed, words: Sequence[PastSessionWords], table: PastTable) -> None:
    rows = [
        {
            "id": record.key("sessions", place),
            "imported_id": record.id,
            "organ": line.organ,
            "organ_words": said.organ or "",
            "key": said.key or "",
            "title": said.title or "",
            "day": line.day,
            "hour": line.hour or "",
            "place": said.place or "",
        }
        for place, (said, line) in enumerate(zip(words, table.sessions, strict=True))
    ]
    record.create_many(PastSession, rows)


def write_names(record: Performed, names: Sequence[PastNameRow]) -> None:
    rows = [
        {
            "id": record.key("names", place),
            "imported_id": record.id,
            "who": row.who,
            "name": row.name or "",
            "initials": row.initials or "",
            "public_name": row.public_name or "",
            "linked": row.linked,
        }
        for place, row in enumerate(names)
    ]
    record.create_many(PastName, rows)


def write_motions(record: Performed, words: Sequence[PastMotionWords], table: PastTable) -> None:
    rows = []
    for place, (said, line) in enumerate(zip(words, table.motions, strict=True)):
        counted = line.counted or (None, None, None)
        rows.append(
            {
                "id": record.key("motions", place),
                "session_id": record.key("sessions", line.session),
                "number": line.number,
                "key": said.key or "",
                "item": said.item or "",
                "text": said.text or "",
                "mover_id": _key(record, "names", line.mover),
                "seconder_id": _key(record, "names", line.seconder),
                "method": line.method.value,
                "result": line.result.value,
                "votes_for": line.recorded[0],
                "against": line.recorded[1],
                "abstain": line.recorded[2],
                "counted_for": counted[0],
                "counted_against": counted[1],
                "counted_abstain": counted[2],
                "amends": _key(record, "motions", line.amends),
            }
        )
    record.create_many(PastMotion, rows)


def write_rows(record: Performed, table: PastTable) -> None:
    """Attendance, votes and findings."""
    attended: list[dict[str, Any]] = [
        {
            "id": record.key("attendance", place),
            "session_id": record.key("sessions", line.session),
            "name_id": record.key("names", line.name),
            "status": line.status.value,
            "arrived": line.arrived or "",
            "left": line.left or "",
        }
        for place, line in enumerate(table.attendance)
    ]
    votes: list[dict[str, Any]] = [
        {
            "id": record.key("votes", place),
            "motion_id": record.key("motions", line.motion),
            "place": place,
            "name_id": record.key("names", line.name),
            "choice": line.choice.value,
        }
        for place, line in enumerate(table.votes)
    ]
    findings: list[dict[str, Any]] = [
        {
            "id": record.key("findings", place),
            "imported_id": record.id,
            "number": place,
            "table": line.table.value,
            "row": line.row,
            "found": line.found.value,
            "column": line.column,
            "session_id": _key(record, "sessions", line.session),
            "motion_id": _key(record, "motions", line.motion),
            "name_id": _key(record, "names", line.name),
        }
        for place, line in enumerate(table.findings)
    ]
    for model, rows in ((PastAttendance, attended), (PastVote, votes), (PastFinding, findings)):
        record.create_many(model, rows)


def _key(record: Performed, what: str, place: int | None) -> UUID | None:
    return None if place is None else record.key(what, place)
