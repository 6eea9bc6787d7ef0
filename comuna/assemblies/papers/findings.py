"""What is found in the tables, and where. A finding is said to whoever brings them, and kept without words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Table(StrEnum):
    """The four tables, by the names of their files."""

    SESSIONS = "sessions"
    ATTENDANCE = "attendance"
    MOTIONS = "motions"
    VOTES = "votes"


class Found(StrEnum):
    """Kept in books: a word here is never changed."""

    TABLE_MISSING = "table-missing"
    COLUMN_MISSING = "column-missing"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_TWICE = "column-twice"
    CELLS_BEYOND = "cells-beyond"
    FORMULA = "formula"
    TOO_LONG = "too-long"
    NO_ID = "no-id"
    NO_NAME = "no-name"
    ROW_TWICE = "row-twice"
    ID_TWICE = "id-twice"
    SESSION_UNKNOWN = "session-unknown"
    MOTION_UNKNOWN = "motion-unknown"
    UNREADABLE = "unreadable"
    NO_DAY = "no-day"
    DAY_AMBIGUOUS = "day-ambiguous"
    DAY_TO_COME = "day-to-come"
    KNOWN = "known"
    ALSO_HELD = "also-held"
    SAME_HOUR = "same-hour"
    NO_ORGAN = "no-organ"
    ORGAN_UNKNOWN = "organ-unknown"
    NO_ATTENDANCE = "no-attendance"
    NO_STATUS = "no-status"
    ATTENDED_OTHERWISE = "attended-otherwise"
    ABSENT_WITH_HOURS = "absent-with-hours"
    LEFT_BEFORE = "left-before"
    NAME_TAKEN_AS = "name-taken-as"
    NAME_OF_SEVERAL = "name-of-several"
    NO_TEXT = "no-text"
    MOVER_NOT_MEMBER = "mover-not-member"
    MOVER_ABSENT = "mover-absent"
    SECONDER_NOT_MEMBER = "seconder-not-member"
    SECONDER_ABSENT = "seconder-absent"
    SECONDS_OWN = "seconds-own"
    NEGATIVE = "negative"
    TALLY_DIFFERS = "tally-differs"
    TALLY_NOT_RECORDED = "tally-not-recorded"
    TALLY_TWICE = "tally-twice"
    TALLY_ABOVE_PRESENT = "tally-above-present"
    RESULT_DIFFERS = "result-differs"
    WITHDRAWN_WITH_VOTES = "withdrawn-with-votes"
    NAMES_MISSING = "names-missing"
    NAMED_IN_SECRET = "named-in-secret"  # noqa: S105 a secret vote, no password
    AMENDS_ITSELF = "amends-itself"
    AMENDS_UNKNOWN = "amends-unknown"
    AMENDS_IN_CIRCLE = "amends-in-circle"
    VOTER_NOT_MEMBER = "voter-not-member"
    VOTER_ABSENT = "voter-absent"
    VOTER_GONE = "voter-gone"
    VOTED_OTHERWISE = "voted-otherwise"


NOT_TAKEN = frozenset(
    {
        Found.NO_ID,
        Found.NO_NAME,
        Found.ROW_TWICE,
        Found.ID_TWICE,
        Found.SESSION_UNKNOWN,
        Found.MOTION_UNKNOWN,
        Found.NO_DAY,
        Found.DAY_TO_COME,
        Found.KNOWN,
        Found.ATTENDED_OTHERWISE,
        Found.NAMED_IN_SECRET,
        Found.VOTED_OTHERWISE,
    }
)
"""Of such a row nothing comes into the books; so it is with an ``UNREADABLE`` choice of a vote."""

TALLY_LISTED = frozenset({Found.TALLY_DIFFERS, Found.TALLY_NOT_RECORDED})
"""A tally computed from names that is not the recorded one stands under one of these."""


@dataclass(frozen=True)
class Finding:
    """``row`` as a spreadsheet counts, the header being 1; 0 is the table itself. The numbers say which session, motion
    and name of what was read it is about. ``said`` is what the cell says: shown before the import, never kept."""

    table: Table
    row: int
    found: Found
    column: str = ""
    session: int | None = None
    motion: int | None = None
    name: int | None = None
    said: str = ""

    @property
    def is_left_out(self) -> bool:
        """Nothing of the row is taken."""
        return self.found in NOT_TAKEN or (self.found is Found.UNREADABLE and self.column in ("choice", "held_on"))
