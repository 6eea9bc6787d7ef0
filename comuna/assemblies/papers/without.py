"""Papers without some of their sessions, which the books have already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from comuna.assemblies.papers.findings import Finding, Found, Table
from comuna.assemblies.papers.values import Papers

T = TypeVar("T")


def without_sessions(papers: Papers, known: Collection[int]) -> Papers:
    """Each row of theirs is listed as known; numbers are those of what is left."""
    sessions = _left([place for place in range(len(papers.sessions)) if place not in known])
    motions = _left([place for place, one in enumerate(papers.motions) if one.session in sessions])
    used = {row.name for row in papers.attendance if row.session in sessions}
    used |= {one.name for one in papers.votes if one.motion in motions}
    used |= {
        who
        for place in motions
        for who in (papers.motions[place].mover, papers.motions[place].seconder)
        if who is not None
    }
    names = _left(sorted(used))
    listed = [
        *(
            Finding(Table.SESSIONS, papers.sessions[place].row, Found.KNOWN, "session", said=papers.sessions[place].key)
            for place in known
        ),
        *(Finding(Table.ATTENDANCE, row.row, Found.KNOWN) for row in papers.attendance if row.session in known),
        *(Finding(Table.MOTIONS, one.row, Found.KNOWN, said=one.key) for one in papers.motions if one.session in known),
        *(Finding(Table.VOTES, one.row, Found.KNOWN) for one in papers.votes if one.motion not in motions),
    ]
    kept = [one for one in papers.findings if one.session is None or one.session in sessions]
    return replace(
        papers,
        sessions=_of(papers.sessions, sessions),
        names=_of(papers.names, names),
        attendance=tuple(
            replace(row, session=sessions[row.session], name=names[row.name])
            for row in papers.attendance
            if row.session in sessions
        ),
        motions=tuple(
            replace(
                one,
                session=sessions[one.session],
                mover=_there(names, one.mover),
                seconder=_there(names, one.seconder),
                amends=_there(motions, one.amends),
            )
            for one in _of(papers.motions, motions)
        ),
        votes=tuple(
            replace(one, motion=motions[one.motion], name=names[one.name])
            for one in papers.votes
            if one.motion in motions
        ),
        findings=(
            *(
                replace(
                    one,
                    session=_there(sessions, one.session),
                    motion=_there(motions, one.motion),
                    name=_there(names, one.name),
                )
                for one in kept
            ),
            *listed,
        ),
    )


def _left(places: Sequence[int]) -> dict[int, int]:
    """Where each is now."""
    return {before: now for now, before in enumerate(places)}


def _of(every: Sequence[T], left: dict[int, int]) -> tuple[T, ...]:
    return tuple(every[place] for place in left)


def _there(left: dict[int, int], place: int | None) -> int | None:
    return None if place is None else left.get(place)
