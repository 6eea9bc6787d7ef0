"""From four tables to the one act that imports them: what the books know already is found out here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from comuna.acts.act import row_key
from comuna.assemblies.acts.past import ImportSessions
from comuna.assemblies.acts.past_rows import PastMotionWords, PastNameRow, PastSessionWords, initials_on_paper
from comuna.assemblies.acts.past_table import (
    AttendanceLine,
    FindingLine,
    MotionLine,
    PastTable,
    SessionLine,
    VoteLine,
)
from comuna.assemblies.papers import Finding, Found, Papers, Table, Tally, read_papers
from comuna.assemblies.papers.judge import tally_of
from comuna.assemblies.papers.names import key_of
from comuna.assemblies.papers.without import without_sessions
from comuna.assemblies.queries.earlier import (
    days_held,
    named_before,
    organs_ever,
    people_named,
    sessions_known,
)
from comuna.territory.reading.text import fold, is_rotation


@dataclass(frozen=True)
class PastPlan:
    """What would come into the books, and everything that was found."""

    papers: Papers
    organs: tuple[str, ...]  # of each session: the statute's, or ""
    files: dict[Table, str]  # digests of the tables as they came

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.papers.findings


def plan_import(files: Mapping[Table, bytes | None], commune: UUID, today: date) -> PastPlan:
    """Raises NotATable where a table cannot be read at all."""
    papers = read_papers(files, today)
    known = sessions_known(commune, [session.key for session in papers.sessions])
    again = {place for place, one in enumerate(papers.sessions) if (one.key, one.day) in known}
    if again:
        papers = without_sessions(papers, again)
    organs, found = _organs(papers, commune)
    order = {table: place for place, table in enumerate(Table)}
    findings = sorted([*papers.findings, *found], key=lambda one: (order[one.table], one.row))
    digests = {table: sha256(data).hexdigest() for table, data in files.items() if data is not None}
    return PastPlan(replace(papers, findings=tuple(findings)), organs, digests)


def _organs(papers: Papers, commune: UUID) -> tuple[tuple[str, ...], list[Finding]]:
    """The statute's organ of each session by its name; each name that is none of them once."""
    called: dict[str, set[str]] = defaultdict(set)
    for organ, spelled in organs_ever(commune).items():
        for words in spelled:
            called[words].add(organ)
    held = days_held(commune)
    organs: list[str] = []
    found: list[Finding] = []
    strange: set[str] = set()
    for place, session in enumerate(papers.sessions):
        words = fold(session.organ)
        fitting = called.get(words, set())
        organ = next(iter(fitting)) if len(fitting) == 1 else ""
        organs.append(organ)
        here = Finding(Table.SESSIONS, session.row, Found.ORGAN_UNKNOWN, "organ", place, said=session.organ)
        if not words:
            found.append(replace(here, found=Found.NO_ORGAN))
        elif not organ and words not in strange:
            found.append(here)
            strange.add(words)
        elif (organ, session.day) in held:
            found.append(replace(here, found=Found.ALSO_HELD, column="held_on", said=session.day.isoformat()))
    return tuple(organs), found


def table_of(plan: PastPlan) -> PastTable:
    """What the act cites as a file."""
    papers = plan.papers
    choices = defaultdict(list)
    for vote in papers.votes:
        choices[vote.motion].append(vote.choice)
    numbers: dict[int, int] = defaultdict(int)
    motions: list[MotionLine] = []
    for place, one in enumerate(papers.motions):
        numbers[one.session] += 1
        counted = tally_of(choices[place]) if choices[place] else None
        motions.append(
            MotionLine(
                row=one.row,
                session=one.session,
                number=numbers[one.session],
                mover=one.mover,
                seconder=one.seconder,
                method=one.method,
                result=one.result,
                recorded=(one.recorded.votes_for, one.recorded.against, one.recorded.abstain),
                counted=None if counted is None else (counted[0] or 0, counted[1] or 0, counted[2] or 0),
                amends=one.amends,
            )
        )
    return PastTable(
        sessions=tuple(
            SessionLine(row=one.row, day=one.day, hour=one.hour or None, organ=organ)
            for one, organ in zip(papers.sessions, plan.organs, strict=True)
        ),
        names=len(papers.names),
        attendance=tuple(
            AttendanceLine(
                row=one.row,
                session=one.session,
                name=one.name,
                status=one.status,
                arrived=one.arrived or None,
                left=one.left or None,
            )
            for one in papers.attendance
        ),
        motions=tuple(motions),
        votes=tuple(VoteLine(row=one.row, motion=one.motion, name=one.name, choice=one.choice) for one in papers.votes),
        findings=tuple(
            FindingLine(
                table=one.table,
                row=one.row,
                found=one.found,
                column=one.column,
                session=one.session,
                motion=one.motion,
                name=one.name,
            )
            for one in papers.findings
        ),
    )


def session_import_of(plan: PastPlan, act: UUID, commune: UUID, *, names_public: bool) -> tuple[ImportSessions, bytes]:
    """The act, to be performed under that id once the bytes are in the home as a file."""
    papers, data = plan.papers, table_of(plan).bytes()
    return (
        ImportSessions(
            table=sha256(data).hexdigest(),
            sessions_file=plan.files[Table.SESSIONS],
            motions_file=plan.files[Table.MOTIONS],
            attendance_file=plan.files.get(Table.ATTENDANCE),
            votes_file=plan.files.get(Table.VOTES),
            accepted=len(papers.findings),
            sessions=tuple(
                PastSessionWords(
                    session=row_key(act, "sessions", place),
                    key=one.key,
                    organ=one.organ or None,
                    title=one.title or None,
                    place=one.place or None,
                )
                for place, one in enumerate(papers.sessions)
            ),
            names=_names(papers, act, commune, names_public=names_public),
            motions=tuple(
                PastMotionWords(
                    motion=row_key(act, "motions", place),
                    key=one.key,
                    item=one.item or None,
                    text=one.text or None,
                )
                for place, one in enumerate(papers.motions)
            ),
        ),
        data,
    )


def _names(papers: Papers, act: UUID, commune: UUID, *, names_public: bool) -> tuple[PastNameRow, ...]:
    people: dict[str, set[UUID]] = defaultdict(set)
    for id, full_name, public_name in people_named(commune):
        for name in filter(None, (full_name, public_name)):
            people[" ".join(sorted(key_of(name).split()))].add(id)
    spelled = {id: {key_of(full), key_of(public)} for id, full, public in people_named(commune)}
    before = {key_of(name): who for who, name in named_before(commune)}
    rows = []
    for place, one in enumerate(papers.names):
        fitting = {
            id
            for id in people.get(" ".join(sorted(one.key.split())), ())
            if any(name and is_rotation(one.key, name) for name in spelled[id])
        }
        linked = len(fitting) == 1
        who = next(iter(fitting)) if linked else before.get(one.key) or row_key(act, "names", place)
        rows.append(
            PastNameRow(
                who=who,
                name=one.text,
                linked=linked,
                initials=initials_on_paper(one.text),
                public_name=one.text if names_public else None,
            )
        )
    return tuple(rows)


def tallies_of(plan: PastPlan) -> dict[int, tuple[Tally, Tally]]:
    """Of each motion with votes by name: the recorded tally, and the one that the names give."""
    choices = defaultdict(list)
    for vote in plan.papers.votes:
        choices[vote.motion].append(vote.choice)
    return {place: (plan.papers.motions[place].recorded, tally_of(given)) for place, given in choices.items()}
