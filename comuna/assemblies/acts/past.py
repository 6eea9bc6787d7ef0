"""Sessions of earlier years, taken as a council's papers have them by one act, and taking them back.

They are what somebody else wrote down: no quorum, deadline, mandate or number of a decision of today rests on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field as Limits

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.days import far_words, is_far
from comuna.acts.fields import Audience, Count, FileDigest, Id, Label, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies.acts.past_rows import (
    PastMotionWords,
    PastNameRow,
    PastSessionWords,
    initials_on_paper,
    write_motions,
    write_names,
    write_rows,
    write_sessions,
)
from comuna.assemblies.acts.past_table import (
    MEDIA_TYPE,
    MotionLine,
    NotThisTable,
    PastTable,
    read_past_table,
    recorded_of,
)
from comuna.assemblies.models import (
    PastAttendance,
    PastFinding,
    PastImport,
    PastMotion,
    PastName,
    PastSession,
    PastVote,
)
from comuna.assemblies.papers import Method
from comuna.assemblies.papers.findings import TALLY_LISTED
from comuna.assemblies.papers.judge import differs, tally_of
from comuna.assemblies.queries.earlier import organs_ever, sessions_known, who_ever
from comuna.journal import files
from comuna.journal.chain import FileCited
from comuna.territory.queries import people_by_id

PUBLIC, PRIVATE = Audience("public"), Audience("household")
ROWS_MAX = 40_000


class ImportSessions(Act):
    """Take sessions of earlier years into the books as their papers have them, with everything that did not fit in
    these papers. They are shown as what they are; no quorum, deadline or mandate of today rests on them."""

    verb = "assemblies.import_sessions"
    power = Power.SEAT
    label = _("Import sessions of earlier years")
    said = _(
        "{seat} took sessions from earlier papers into the books: sessions {session_count}, motions {motion_count}, "
        "votes by name {vote_count}, findings accepted {accepted}"
    )
    undo = "assemblies.undo_session_import"

    table: Annotated[FileDigest, Label(_("Digest of what was read"))]
    sessions_file: Annotated[FileDigest, Label(_("Digest of the table of sessions"))]
    motions_file: Annotated[FileDigest, Label(_("Digest of the table of motions"))]
    attendance_file: Annotated[FileDigest | None, Label(_("Digest of the table of attendance"))] = None
    votes_file: Annotated[FileDigest | None, Label(_("Digest of the table of votes"))] = None
    accepted: Annotated[Count, Label(_("Findings that were read and accepted"))]
    sessions: Annotated[tuple[PastSessionWords, ...], PUBLIC, Limits(max_length=ROWS_MAX)]
    names: Annotated[tuple[PastNameRow, ...], PRIVATE, Limits(max_length=ROWS_MAX)] = ()
    motions: Annotated[tuple[PastMotionWords, ...], PUBLIC, Limits(max_length=ROWS_MAX)] = ()

    class Facts(ActFacts):
        session_count: Count
        motion_count: Count
        vote_count: Count
        equal: Count
        listed: Count
        size: Count

    def check(self, world: World) -> Facts:
        table = _table(self.table)
        refuse_if(not table.sessions, "assemblies.no-past-sessions", _("No session could be read from these tables."))
        refuse_if(
            self.accepted != len(table.findings),
            "assemblies.findings-not-accepted",
            _("Read the findings and accept them: they are others now than those that were read."),
            field="accepted",
        )
        self._refuse_other_rows(world, table)
        self._refuse_strangers(world)
        _refuse_misplaced(world, table)
        counted = _refuse_other_tallies(table)
        known = sessions_known(world.commune, [row.key for row in self.sessions])
        refuse_if(
            any((row.key, line.day) in known for row, line in zip(self.sessions, table.sessions, strict=True)),
            "assemblies.past-session-known",
            _("Some of these sessions were imported before. Read the tables again."),
            field="sessions",
        )
        listed = sum(line.found in TALLY_LISTED for line in table.findings)
        return self.Facts(
            session_count=len(table.sessions),
            motion_count=len(table.motions),
            vote_count=len(table.votes),
            equal=counted - listed,
            listed=listed,
            size=len(files.read(self.table)),
        )

    def _refuse_other_rows(self, world: World, table: PastTable) -> None:
        """Words and lines are of the same things, whose ids follow from the act."""
        for field, ids, lines in (
            ("sessions", [row.session for row in self.sessions], len(table.sessions)),
            ("motions", [row.motion for row in self.motions], len(table.motions)),
        ):
            derived = [world.key(field, place) for place in range(lines)]
            refuse_if(ids != derived, "assemblies.id-not-derived", _DERIVED, field=field)
        refuse_if(len(self.names) != table.names, "assemblies.id-not-derived", _DERIVED, field="names")

    def _refuse_strangers(self, world: World) -> None:
        """Whoever is named is somebody of the books, or was named by papers before, or is new with an id that follows
        from the act."""
        people = people_by_id(world.commune, [row.who for row in self.names if row.linked])
        before = who_ever(world.commune, [row.who for row in self.names if not row.linked])
        for place, row in enumerate(self.names):
            known = row.who in people if row.linked else row.who in before or row.who == world.key("names", place)
            refuse_if(not known, "assemblies.id-not-derived", _DERIVED, field=f"names.{place}.who")
            shown = row.initials == initials_on_paper(row.name) and row.public_name in (None, row.name)
            refuse_if(not shown, "assemblies.not-such-a-table", _DERIVED, field=f"names.{place}.initials")

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(self.table, facts.size, MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        table = read_past_table(self.table)
        record.create(
            PastImport,
            day=record.day,
            sessions=record.facts.session_count,
            motions=record.facts.motion_count,
            votes=record.facts.vote_count,
            equal=record.facts.equal,
            listed=record.facts.listed,
            findings=self.accepted,
        )
        write_sessions(record, self.sessions, table)
        write_names(record, self.names)
        write_motions(record, self.motions, table)
        write_rows(record, table)


class UndoSessionImport(Act):
    """Take an import of earlier sessions back: everything that it wrote goes."""

    verb = "assemblies.undo_session_import"
    power = Power.SEAT
    label = _("Undo the import")
    said = _("{seat} undid an import of earlier sessions: sessions taken out again {session_count}")
    undo = None  # import the tables again

    imported: Annotated[Id, To(PastImport), Label(_("Import"))]

    class Facts(ActFacts):
        session_count: Count

    def check(self, world: World) -> Facts:
        return self.Facts(session_count=world.get(PastImport, self.imported, field="imported").sessions)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.imported, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.remove_all(PastFinding, imported=self.imported)
        record.remove_all(PastVote, motion__session__imported=self.imported)
        record.remove_all(PastMotion, session__imported=self.imported)
        record.remove_all(PastAttendance, session__imported=self.imported)
        record.remove_all(PastName, imported=self.imported)
        record.remove_all(PastSession, imported=self.imported)
        record.remove(PastImport, self.imported)


_DERIVED = _("The rows of this import do not belong together. Read the tables again.")


def _table(digest: str) -> PastTable:
    try:
        return read_past_table(digest)
    except files.NoSuchFile as error:
        words = _("No file with this code has been handed in.")
        raise Refused("assemblies.no-such-file", words, field="table") from error
    except NotThisTable as error:
        raise Refused("assemblies.not-such-a-table", _DERIVED, field="table") from error


def _refuse_misplaced(world: World, table: PastTable) -> None:
    """Every number refers to something; nothing is to come; nobody is counted twice."""
    organs = organs_ever(world.commune)
    attended, motions, votes, findings = table.attendance, table.motions, table.votes, table.findings
    of_sessions: list[int | None] = [*(row.session for row in attended), *(one.session for one in motions)]
    of_motions: list[int | None] = [*(one.motion for one in votes), *(one.amends for one in motions)]
    of_names: list[int | None] = [*(row.name for row in attended), *(one.name for one in votes)]
    of_names += [who for one in motions for who in (one.mover, one.seconder)]
    lost = (
        any(line.organ and line.organ not in organs for line in table.sessions)
        or _outside(len(table.sessions), [*of_sessions, *(one.session for one in findings)])
        or _outside(len(motions), [*of_motions, *(one.motion for one in findings)])
        or _outside(table.names, [*of_names, *(one.name for one in findings)])
    )
    twice = _twice((line.session, line.name) for line in table.attendance) or _twice(
        (line.motion, line.name) for line in table.votes
    )
    twice = twice or _twice((line.session, line.number) for line in table.motions)
    secret = {place for place, line in enumerate(table.motions) if line.method is Method.SECRET}
    named = any(line.motion in secret for line in table.votes)
    lost = lost or _amends_in_circle([one.amends for one in motions])
    refuse_if(lost or twice or named, "assemblies.not-such-a-table", _DERIVED, field="table")
    refuse_if(
        any(is_far(line.day) for line in table.sessions),
        "assemblies.day-out-of-range",
        far_words(_("Day of a session")),
        field="table",
    )
    refuse_if(
        any(line.day > world.day for line in table.sessions),
        "assemblies.not-yet",
        _("That day has not come yet."),
        field="table",
    )


def _amends_in_circle(amends: Sequence[int | None]) -> bool:
    """Whether a motion amends itself, or one that amends it in turn."""
    for place, on in enumerate(amends):
        seen = {place}
        while on is not None and on < len(amends):
            if on in seen:
                return True
            seen.add(on)
            on = amends[on]
    return False


def _outside(whole: int, places: Iterable[int | None]) -> bool:
    return any(place is not None and place >= whole for place in places)


def _twice(keys: Iterable[tuple[int, int]]) -> bool:
    every = list(keys)
    return len(set(every)) < len(every)


def _refuse_other_tallies(table: PastTable) -> int:
    """Every tally is the one that its votes by name give, and is the recorded one or listed. Returns how many there
    are."""
    votes = defaultdict(list)
    for line in table.votes:
        votes[line.motion].append(line.choice)
    listed = [line.motion for line in table.findings if line.found in TALLY_LISTED]
    wrong = len(set(listed)) < len(listed)
    for place, motion in enumerate(table.motions):
        counted = tuple(tally_of(votes[place])) if votes[place] else None
        wrong = wrong or motion.counted != counted or (_is_off(motion) != (place in listed))
    refuse_if(
        wrong,
        "assemblies.tally-not-listed",
        _("A tally differs from the votes by name and is not among the findings."),
        field="table",
    )
    return sum(1 for motion in table.motions if motion.counted is not None)


def _is_off(motion: MotionLine) -> bool:
    recorded = recorded_of(motion)
    return motion.counted is not None and (recorded.is_empty or differs(recorded, type(recorded)(*motion.counted)))
