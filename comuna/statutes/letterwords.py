"""The table [[letter]] of a statute's file."""

from __future__ import annotations

from comuna.statutes.known import Known
from comuna.statutes.reading import DAYS_MAX, MONTHS_MAX, Table
from comuna.statutes.statute import LetterKind


def read_letter(table: Table, known: Known) -> LetterKind:
    letter = LetterKind(
        rule=table.rule(),
        id=table.id("id"),
        name=table.names("name"),
        attests=table.names("attests"),
        seats=known.expand(table.some_of("seats", known.seats)),
        needed=table.whole("needed", 1, 20),
        days=table.whole("days", 1, DAYS_MAX),
        residence_months=table.whole("residence_months", 0, MONTHS_MAX, default=0),
        away_counts=table.flag("away_counts", default=False),
    )
    table.finish()
    return letter
