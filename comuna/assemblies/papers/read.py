"""Four tables read into one whole, each row taken or left out with its reason; ``judge`` finds what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from comuna.assemblies.papers import vocabulary
from comuna.assemblies.papers.findings import Finding, Found, Table
from comuna.assemblies.papers.judge import judge
from comuna.assemblies.papers.names import key_of, plain, who_is_meant
from comuna.assemblies.papers.tables import BYTES_MAX, Line, Lines, NotATable, read_table
from comuna.assemblies.papers.values import (
    NO_TALLY,
    Attended,
    Method,
    NamedVote,
    Papers,
    PastMotion,
    PastName,
    PastSession,
    Result,
    Status,
    Tally,
)
from comuna.territory.reading.text import fold


@dataclass
class _Reading:
    today: date
    tables: dict[Table, Lines]
    findings: list[Finding]
    sessions: list[PastSession] = field(default_factory=list)
    names: list[PastName] = field(default_factory=list)
    attendance: list[Attended] = field(default_factory=list)
    motions: list[PastMotion] = field(default_factory=list)
    votes: list[NamedVote] = field(default_factory=list)
    session_of: dict[str, int] = field(default_factory=dict)
    motion_of: dict[str, int] = field(default_factory=dict)
    name_of: dict[str, int] = field(default_factory=dict)
    there: dict[int, dict[str, int]] = field(default_factory=dict)  # by session: names of its attendance, by key

    def found(self, table: Table, line: Line, found: Found, column: str = "", **of: Any) -> None:
        of.setdefault("said", line[column] if column else "")
        self.findings.append(Finding(table, line.number, found, column, **of))

    def name(self, text: str) -> int:
        """The number of a name as it is written, a new one where nobody was called so."""
        key = key_of(text)
        if key not in self.name_of:
            self.name_of[key] = len(self.names)
            self.names.append(PastName(text, key))
        return self.name_of[key]


def read_papers(files: Mapping[Table, bytes | None], today: date) -> Papers:
    """Raises NotATable where a table cannot be read at all."""
    if sum(len(data or b"") for data in files.values()) > BYTES_MAX:
        raise NotATable(Table.SESSIONS, "too-large", str(BYTES_MAX // (1024 * 1024)))
    findings: list[Finding] = []
    tables = {table: read_table(table, files.get(table), findings) for table in Table}
    reading = _Reading(today, tables, findings)
    _sessions(reading)
    _attendance(reading)
    _motions(reading)
    _votes(reading)
    papers = Papers(
        tuple(reading.sessions),
        tuple(reading.names),
        tuple(reading.attendance),
        tuple(reading.motions),
        tuple(reading.votes),
        (),
        {table.value: len(lines.lines) for table, lines in tables.items()},
    )
    order = {table: place for place, table in enumerate(Table)}
    every = [*findings, *judge(papers, (Table.ATTENDANCE in tables and bool(tables[Table.ATTENDANCE].columns)))]
    return replace(papers, findings=tuple(sorted(every, key=lambda one: (order[one.table], one.row))))


class _Twice:
    """Tells a row that stands there again from another under the same id."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, str]] = {}

    def what(self, key: str, line: Line) -> Found | None:
        first = self.seen.setdefault(key, line.cells)
        if first is line.cells:
            return None
        return Found.ROW_TWICE if first == line.cells else Found.ID_TWICE


def _sessions(reading: _Reading) -> None:
    lines = reading.tables[Table.SESSIONS]
    month_first = vocabulary.month_comes_first(line["held_on"] for line in lines.lines)
    twice = _Twice()
    for line in lines.lines:
        key = fold(line["session"])
        if not key:
            reading.found(Table.SESSIONS, line, Found.NO_ID, "session")
            continue
        again = twice.what(key, line)
        if again:
            reading.found(Table.SESSIONS, line, again, "session")
            continue
        day = _held_on(reading, line, month_first)
        if day is None:
            continue
        reading.session_of[key] = len(reading.sessions)
        hour = _hour(reading, Table.SESSIONS, line, "called_at")
        reading.sessions.append(
            PastSession(line.number, line["session"], line["organ"], line["title"], day, hour, line["place"])
        )


def _held_on(reading: _Reading, line: Line, month_first: bool) -> date | None:
    text = line["held_on"]
    day = vocabulary.read_held_on(text, reading.today, month_first)
    if not text:
        reading.found(Table.SESSIONS, line, Found.NO_DAY, "held_on")
    elif day is None:
        reading.found(Table.SESSIONS, line, Found.UNREADABLE, "held_on")
    elif day > reading.today:
        reading.found(Table.SESSIONS, line, Found.DAY_TO_COME, "held_on")
        return None
    elif vocabulary.is_ambiguous(text) and not month_first:
        reading.found(Table.SESSIONS, line, Found.DAY_AMBIGUOUS, "held_on", said=f"{text}: {day.isoformat()}")
    return day


def _hour(reading: _Reading, table: Table, line: Line, column: str) -> str:
    text = line[column]
    hour = vocabulary.read_hour(text) if text else ""
    if hour is None:
        reading.found(table, line, Found.UNREADABLE, column)
    return hour or ""


def _session(reading: _Reading, table: Table, line: Line) -> int | None:
    number = reading.session_of.get(fold(line["session"]))
    if number is None:
        reading.found(table, line, Found.SESSION_UNKNOWN, "session")
    return number


def _attendance(reading: _Reading) -> None:
    lines = reading.tables[Table.ATTENDANCE]
    first: dict[tuple[int, int], Attended] = {}
    for line in lines.lines:
        session = _session(reading, Table.ATTENDANCE, line)
        if session is None:
            continue
        if not key_of(line["name"]):
            reading.found(Table.ATTENDANCE, line, Found.NO_NAME, "name", session=session)
            continue
        name = reading.name(line["name"])
        status = _status(reading, line, session, name, "status" in lines.columns)
        hours = [_hour(reading, Table.ATTENDANCE, line, column) for column in ("arrived_at", "left_at")]
        row = Attended(line.number, session, name, status, *hours)
        before = first.setdefault((session, name), row)
        if before is not row:
            same = replace(before, row=row.row) == row
            found = Found.ROW_TWICE if same else Found.ATTENDED_OTHERWISE
            reading.found(Table.ATTENDANCE, line, found, "name", session=session, name=name)
            continue
        reading.attendance.append(row)
        reading.there.setdefault(session, {})[reading.names[name].key] = name


def _status(reading: _Reading, line: Line, session: int, name: int, has_column: bool) -> Status:
    """In a table without that column everybody was there: the column is a finding of its own."""
    text = line["status"]
    if not has_column:
        return Status.PRESENT
    status = vocabulary.read_status(text)
    if status is None:
        found = Found.UNREADABLE if text else Found.NO_STATUS
        reading.found(Table.ATTENDANCE, line, found, "status", session=session, name=name)
    return status or Status.UNKNOWN


def _of_the_session(reading: _Reading, table: Table, line: Line, column: str, session: int) -> int:
    """Who of the session is meant, where the name is written shorter than in its attendance."""
    there = reading.there.get(session, {})
    key = key_of(line[column])
    if not there or key in there:
        return reading.name(line[column])
    meant = who_is_meant(key, there)
    if len(meant) == 1:
        name = there[meant[0]]
        said = f"{plain(line[column])}: {reading.names[name].text}"
        reading.found(table, line, Found.NAME_TAKEN_AS, column, session=session, name=name, said=said)
        return name
    name = reading.name(line[column])
    if meant:
        reading.found(table, line, Found.NAME_OF_SEVERAL, column, session=session, name=name)
    return name


def _motions(reading: _Reading) -> None:
    twice = _Twice()
    for line in reading.tables[Table.MOTIONS].lines:
        key = fold(line["motion"])
        if not key:
            reading.found(Table.MOTIONS, line, Found.NO_ID, "motion")
            continue
        again = twice.what(key, line)
        if again:
            reading.found(Table.MOTIONS, line, again, "motion")
            continue
        session = _session(reading, Table.MOTIONS, line)
        if session is None:
            continue
        reading.motion_of[key] = len(reading.motions)
        reading.motions.append(_motion(reading, line, session))
    _amendments(reading)


def _motion(reading: _Reading, line: Line, session: int) -> PastMotion:
    here = {"session": session, "motion": len(reading.motions)}
    people = [
        _of_the_session(reading, Table.MOTIONS, line, column, session) if key_of(line[column]) else None
        for column in ("moved_by", "seconded_by")
    ]
    method = vocabulary.read_method(line["method"])
    if method is None:
        reading.found(Table.MOTIONS, line, Found.UNREADABLE, "method", **here)
    result, in_words = vocabulary.read_result(line["result"])
    if result is None:
        reading.found(Table.MOTIONS, line, Found.UNREADABLE, "result", **here)
    recorded = Tally(*(_number(reading, line, column, here) for column in ("for", "against", "abstain")))
    if in_words is not None and recorded.is_empty:
        recorded = in_words
    elif in_words is not None and any(
        one is not None and one != two for one, two in zip(in_words, recorded, strict=True)
    ):
        reading.found(Table.MOTIONS, line, Found.TALLY_TWICE, "result", **here)
    return PastMotion(
        row=line.number,
        key=line["motion"],
        session=session,
        item=line["item"],
        text=line["text"],
        mover=people[0],
        seconder=people[1],
        method=method or Method.UNKNOWN,
        result=result or Result.UNKNOWN,
        recorded=recorded if recorded else NO_TALLY,
    )


def _number(reading: _Reading, line: Line, column: str, here: dict[str, Any]) -> int | None:
    text = line[column]
    number = vocabulary.read_number(text) if text else None
    if text and number is None:
        reading.found(Table.MOTIONS, line, Found.UNREADABLE, column, **here)
    if number is not None and number < 0:
        reading.found(Table.MOTIONS, line, Found.NEGATIVE, column, **here)
        return None
    return number


def _amendments(reading: _Reading) -> None:
    """Which motion each amends; none of itself, nor of one that amends it in turn."""
    lines = {line.number: line for line in reading.tables[Table.MOTIONS].lines}
    for place, motion in enumerate(reading.motions):
        line = lines[motion.row]
        if not line["amends"]:
            continue
        of = reading.motion_of.get(fold(line["amends"]))
        fault = Found.AMENDS_UNKNOWN if of is None else None
        on = of
        while fault is None and on is not None:
            if on == place:
                fault = Found.AMENDS_ITSELF if of == place else Found.AMENDS_IN_CIRCLE
            on = reading.motions[on].amends
        if fault is not None:
            reading.found(Table.MOTIONS, line, fault, "amends", session=motion.session, motion=place)
            continue
        reading.motions[place] = replace(motion, amends=of)


def _votes(reading: _Reading) -> None:
    first: dict[tuple[int, int], NamedVote] = {}
    for line in reading.tables[Table.VOTES].lines:
        motion = reading.motion_of.get(fold(line["motion"]))
        if motion is None:
            reading.found(Table.VOTES, line, Found.MOTION_UNKNOWN, "motion")
            continue
        session = reading.motions[motion].session
        here: dict[str, Any] = {"session": session, "motion": motion}
        if not key_of(line["name"]):
            reading.found(Table.VOTES, line, Found.NO_NAME, "name", **here)
            continue
        if reading.motions[motion].method is Method.SECRET:
            reading.found(Table.VOTES, line, Found.NAMED_IN_SECRET, "motion", **here)
            continue
        choice = vocabulary.read_choice(line["choice"])
        if choice is None:
            reading.found(Table.VOTES, line, Found.UNREADABLE, "choice", **here)
            continue
        name = _of_the_session(reading, Table.VOTES, line, "name", session)
        vote = NamedVote(line.number, motion, name, choice)
        before = first.setdefault((motion, name), vote)
        if before is not vote:
            found = Found.ROW_TWICE if before.choice is choice else Found.VOTED_OTHERWISE
            reading.found(Table.VOTES, line, found, "name", name=name, **here)
            continue
        reading.votes.append(vote)
