"""What of the tables does not fit together: tallies, results, who was there. Nothing is altered here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from comuna.assemblies.papers.findings import Finding, Found, Table
from comuna.assemblies.papers.values import (
    Attended,
    Choice,
    Method,
    NamedVote,
    Papers,
    PastMotion,
    Result,
    Status,
    Tally,
)
from comuna.territory.reading.text import fold


def tally_of(choices: Sequence[Choice]) -> Tally:
    """The votes counted from names; who was recused or absent did not vote."""
    return Tally(*(choices.count(choice) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)))


def differs(recorded: Tally, counted: Tally) -> bool:
    """Whether a tally is not the one that was counted: a number that the paper leaves out is none, or nought."""
    return any((one or 0) != (two or 0) for one, two in zip(recorded, counted, strict=True))


def follows(result: Result, tally: Tally) -> bool:
    """Whether a result follows from its votes by a simple majority. Where a rule asked for more the paper is right, and
    whoever reads the list knows."""
    votes_for, against = tally.votes_for or 0, tally.against or 0
    if result is Result.PASSED:
        return votes_for > against
    if result is Result.FAILED:
        return votes_for <= against
    return result is not Result.TIED or votes_for == against


def judge(papers: Papers, has_attendance: bool) -> Iterator[Finding]:
    """The findings that need several rows. Without any table of attendance nobody is missed in it."""
    there: dict[int, dict[int, Attended]] = defaultdict(dict)
    for row in papers.attendance:
        there[row.session][row.name] = row
    votes: dict[int, list[NamedVote]] = defaultdict(list)
    for vote in papers.votes:
        votes[vote.motion].append(vote)
    yield from _of_sessions(papers, there, has_attendance)
    yield from _of_attendance(papers)
    for place, motion in enumerate(papers.motions):
        yield from _of_motion(place, motion, votes[place], there.get(motion.session))
        for vote in votes[place]:
            found = _of_voter(vote, papers.sessions[motion.session].hour, there.get(motion.session))
            if found:
                here = {"session": motion.session, "motion": place, "name": vote.name}
                yield Finding(Table.VOTES, vote.row, found, "name", said=papers.names[vote.name].text, **here)


def _of_sessions(papers: Papers, there: dict[int, dict[int, Attended]], has_attendance: bool) -> Iterator[Finding]:
    held: set[tuple[str, object, str]] = set()
    for place, session in enumerate(papers.sessions):
        when = fold(session.organ), session.day, session.hour
        if when in held:
            yield Finding(Table.SESSIONS, session.row, Found.SAME_HOUR, session=place)
        held.add(when)
        if has_attendance and place not in there:
            yield Finding(Table.SESSIONS, session.row, Found.NO_ATTENDANCE, session=place)


def _of_attendance(papers: Papers) -> Iterator[Finding]:
    for row in papers.attendance:
        found = None
        if row.status is Status.ABSENT and (row.arrived or row.left):
            found = Found.ABSENT_WITH_HOURS
        elif row.arrived and row.left and row.left < row.arrived:
            found = Found.LEFT_BEFORE
        if found:
            said = " - ".join(filter(None, (row.arrived, row.left)))
            yield Finding(Table.ATTENDANCE, row.row, found, session=row.session, name=row.name, said=said)


def _of_motion(
    place: int, motion: PastMotion, votes: Sequence[NamedVote], there: dict[int, Attended] | None
) -> Iterator[Finding]:
    def found(kind: Found, column: str = "", name: int | None = None) -> Finding:
        return Finding(Table.MOTIONS, motion.row, kind, column, motion.session, place, name)

    if not motion.text:
        yield found(Found.NO_TEXT, "text")
    for name, column, absent, stranger in (
        (motion.mover, "moved_by", Found.MOVER_ABSENT, Found.MOVER_NOT_MEMBER),
        (motion.seconder, "seconded_by", Found.SECONDER_ABSENT, Found.SECONDER_NOT_MEMBER),
    ):
        if name is not None and there is not None:
            if name not in there:
                yield found(stranger, column, name)
            elif there[name].status is Status.ABSENT:
                yield found(absent, column, name)
    if motion.mover is not None and motion.mover == motion.seconder:
        yield found(Found.SECONDS_OWN, "seconded_by", motion.seconder)
    counted = tally_of([vote.choice for vote in votes])
    yield from (found(kind) for kind in _of_tally(motion, bool(votes), counted, there))


def _of_tally(
    motion: PastMotion, has_names: bool, counted: Tally, there: dict[int, Attended] | None
) -> Iterator[Found]:
    if has_names and motion.recorded.is_empty:
        yield Found.TALLY_NOT_RECORDED
    elif has_names and differs(motion.recorded, counted):
        yield Found.TALLY_DIFFERS
    elif motion.method is Method.NAMES and not has_names:
        yield Found.NAMES_MISSING
    tally = counted if motion.recorded.is_empty and has_names else motion.recorded
    if there is not None:
        present = sum(row.status is not Status.ABSENT for row in there.values())
        if tally.total > present:
            yield Found.TALLY_ABOVE_PRESENT
    if tally.is_empty:
        return
    if motion.result is Result.WITHDRAWN and tally.total:
        yield Found.WITHDRAWN_WITH_VOTES
    elif not follows(motion.result, tally):
        yield Found.RESULT_DIFFERS


def _of_voter(vote: NamedVote, called_at: str, there: dict[int, Attended] | None) -> Found | None:
    """A vote of somebody who, as the same papers say, was not there."""
    if there is None:
        return None
    if vote.choice is Choice.ABSENT:
        return None
    row = there.get(vote.name)
    if row is None:
        return Found.VOTER_NOT_MEMBER
    if row.status is Status.ABSENT:
        return Found.VOTER_ABSENT
    if row.left and called_at and row.left <= called_at and row.left >= (row.arrived or ""):
        return Found.VOTER_GONE
    return None
