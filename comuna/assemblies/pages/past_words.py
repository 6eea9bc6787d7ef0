"""How sessions of earlier papers, and what was found in them, are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from comuna.assemblies.models import PastFinding, PastMotion, PastSession
from comuna.assemblies.pages.words import erased_or, organ_words
from comuna.assemblies.papers import FILES, Choice, Finding, Found, Method, NotATable, Result, Status, Table, Tally
from comuna.assemblies.papers.findings import TALLY_LISTED
from comuna.look.parts import Sign, Status as Shown
from comuna.look.words import day_words, hour_words, number_words
from comuna.statutes.statute import Statute

FROM_PAPERS = gettext_lazy("from earlier papers")

FOUND = {
    Found.TABLE_MISSING: gettext_lazy("there is no such table, or it is empty"),
    Found.COLUMN_MISSING: gettext_lazy("there is no such column"),
    Found.COLUMN_UNKNOWN: gettext_lazy("this column is not read"),
    Found.COLUMN_TWICE: gettext_lazy("this column is there twice; the first is read"),
    Found.CELLS_BEYOND: gettext_lazy("there are more cells than columns; the further ones are not read"),
    Found.FORMULA: gettext_lazy("a formula; it is kept as text and never worked out"),
    Found.TOO_LONG: gettext_lazy("too long; the end is not kept"),
    Found.NO_ID: gettext_lazy("nothing says which one it is"),
    Found.NO_NAME: gettext_lazy("nobody is named"),
    Found.ROW_TWICE: gettext_lazy("the same stands there before; it is taken once"),
    Found.ID_TWICE: gettext_lazy("another row has the same name and says something else; the first is taken"),
    Found.SESSION_UNKNOWN: gettext_lazy("of a session that is not taken, or not in the table of sessions"),
    Found.MOTION_UNKNOWN: gettext_lazy("of a motion that is not taken, or not in the table of motions"),
    Found.UNREADABLE: gettext_lazy("it cannot be read"),
    Found.NO_DAY: gettext_lazy("the day is missing"),
    Found.DAY_AMBIGUOUS: gettext_lazy("day and month may be the other way round"),
    Found.DAY_TO_COME: gettext_lazy("that day has not come yet"),
    Found.KNOWN: gettext_lazy("imported before"),
    Found.ALSO_HELD: gettext_lazy("the books have a session of this organ on that day already; both stay"),
    Found.SAME_HOUR: gettext_lazy("another session of the same organ has the same day and hour"),
    Found.NO_ORGAN: gettext_lazy("the organ is missing"),
    Found.ORGAN_UNKNOWN: gettext_lazy("no organ of the statute, or several, are called so: kept as written"),
    Found.NO_ATTENDANCE: gettext_lazy("nobody stands in the table of attendance: who was there cannot be held against"),
    Found.NO_STATUS: gettext_lazy("whether she was there is not said"),
    Found.ATTENDED_OTHERWISE: gettext_lazy("the same person stands there before, otherwise; the first is taken"),
    Found.ABSENT_WITH_HOURS: gettext_lazy("absent, and with an hour of coming or going"),
    Found.LEFT_BEFORE: gettext_lazy("gone before coming"),
    Found.NAME_TAKEN_AS: gettext_lazy("the name is written otherwise; the only one it can be is taken"),
    Found.NAME_OF_SEVERAL: gettext_lazy("several who stand in the attendance may be called so; taken as written"),
    Found.NO_TEXT: gettext_lazy("the motion has no text"),
    Found.MOVER_NOT_MEMBER: gettext_lazy("who moved it does not stand in the attendance"),
    Found.MOVER_ABSENT: gettext_lazy("who moved it was absent"),
    Found.SECONDER_NOT_MEMBER: gettext_lazy("who seconded it does not stand in the attendance"),
    Found.SECONDER_ABSENT: gettext_lazy("who seconded it was absent"),
    Found.SECONDS_OWN: gettext_lazy("moved and seconded by the same person"),
    Found.NEGATIVE: gettext_lazy("a number of votes below nought; it is left out"),
    Found.TALLY_DIFFERS: gettext_lazy("the recorded tally differs from the votes by name"),
    Found.TALLY_NOT_RECORDED: gettext_lazy("no tally is recorded; the votes by name give one"),
    Found.TALLY_TWICE: gettext_lazy("the tally beside the result differs from the numbers; the numbers are taken"),
    Found.TALLY_ABOVE_PRESENT: gettext_lazy("more votes than people who were there"),
    Found.RESULT_DIFFERS: gettext_lazy("the result does not follow from the tally by a simple majority"),
    Found.WITHDRAWN_WITH_VOTES: gettext_lazy("withdrawn, and with votes"),
    Found.NAMES_MISSING: gettext_lazy("a vote by name without names"),
    Found.NAMED_IN_SECRET: gettext_lazy("the vote was secret: the name is not kept"),
    Found.AMENDS_ITSELF: gettext_lazy("it amends itself; left out"),
    Found.AMENDS_UNKNOWN: gettext_lazy("it amends a motion that is not there; left out"),
    Found.AMENDS_IN_CIRCLE: gettext_lazy("motions that amend each other in a circle; left out"),
    Found.VOTER_NOT_MEMBER: gettext_lazy("who voted does not stand in the attendance"),
    Found.VOTER_ABSENT: gettext_lazy("who voted was absent"),
    Found.VOTER_GONE: gettext_lazy("who voted had left before the session was called"),
    Found.VOTED_OTHERWISE: gettext_lazy("the same person has another vote before; the first is taken"),
}
_WHY = {
    "too-large": gettext_lazy("{file}: the tables are larger than {detail} MB."),
    "too-many-rows": gettext_lazy("{file} has more than {detail} rows."),
    "empty": gettext_lazy("{file} is missing or empty."),
    "not-csv": gettext_lazy("{file} is no table of commas: save it as CSV."),
    "missing-column": gettext_lazy("{file} has no column “{detail}”. It has: {there}."),
}
_METHODS = {
    Method.HANDS: gettext_lazy("by hands"),
    Method.NAMES: gettext_lazy("by name"),
    Method.SECRET: gettext_lazy("in secret"),
    Method.UNKNOWN: "",
}
_RESULTS = {
    Result.PASSED: (Sign.DONE, pgettext_lazy("motion", "passed")),
    Result.FAILED: (Sign.REFUSED, pgettext_lazy("motion", "failed")),
    Result.WITHDRAWN: (Sign.PLAIN, pgettext_lazy("motion", "withdrawn")),
    Result.TIED: (Sign.PLAIN, pgettext_lazy("motion", "tied")),
    Result.UNKNOWN: (Sign.PLAIN, pgettext_lazy("motion", "result not said")),
}
STATUSES = {
    Status.PRESENT: pgettext_lazy("attendance", "present"),
    Status.REMOTE: pgettext_lazy("attendance", "present from afar"),
    Status.ABSENT: pgettext_lazy("attendance", "absent"),
    Status.UNKNOWN: pgettext_lazy("attendance", "not said"),
}
_CHOICES = {
    Choice.FOR: gettext_lazy("In favour"),
    Choice.AGAINST: gettext_lazy("Against"),
    Choice.ABSTAIN: gettext_lazy("Abstaining"),
    Choice.RECUSED: gettext_lazy("Recused"),
    Choice.ABSENT: gettext_lazy("Absent from the vote"),
}


def why_not_words(fault: NotATable) -> str:
    """Why the tables cannot be read at all."""
    return str(_WHY[fault.why]).format(
        file=FILES[fault.table], detail=fault.detail, there=", ".join(fault.there) or _("none")
    )


def place_words(table: str, row: int) -> str:
    """``votes.csv, row 14``."""
    file = FILES[Table(table)]
    return _("{file}, row {row}").format(file=file, row=row) if row else file


def finding_words(found: str, column: str = "", said: Iterable[str] = ()) -> str:
    """What was found, with the column and what the cell says where anything is told of them."""
    more = ": ".join(filter(None, (column, *said)))
    what = str(FOUND[Found(found)])
    return f"{what} ({more})" if more else what


def tallies_words(recorded: Sequence[int | None], counted: Sequence[int | None]) -> str:
    """``recorded 13 - 2 - 0, by name 12 - 3 - 0``: for, against, abstaining."""
    return _("recorded {recorded}, by name {counted}").format(recorded=_three(recorded), counted=_three(counted))


def _three(tally: Sequence[int | None]) -> str:
    return " - ".join("?" if number is None else number_words(number) for number in tally)


def said_of(finding: Finding, tallies: Mapping[int, tuple[Tally, Tally]]) -> str:
    """One finding before the import, with the words of the cell; ``tallies`` by motion, recorded and counted."""
    told = [finding.said]
    if finding.found in TALLY_LISTED and finding.motion is not None:
        told.append(tallies_words(*tallies[finding.motion]))
    return finding_words(finding.found.value, finding.column, told)


def finding_line(finding: Finding, tallies: Mapping[int, tuple[Tally, Tally]]) -> str:
    """``votes.csv, row 14: who voted was absent (name: ...)``."""
    return f"{place_words(finding.table.value, finding.row)}: {said_of(finding, tallies)}"


def kept_words(finding: PastFinding, names: Mapping[UUID, str]) -> str:
    """One finding as the books keep it."""
    who = names.get(finding.name_id, "") if finding.name_id else ""
    tallies = ""
    if finding.motion is not None and finding.found in TALLY_LISTED:
        tallies = tallies_words(recorded_tally(finding.motion), counted_tally(finding.motion))
    return finding_words(finding.found, finding.column, filter(None, (who, tallies)))


def recorded_tally(motion: PastMotion) -> tuple[int | None, int | None, int | None]:
    return motion.votes_for, motion.against, motion.abstain


def counted_tally(motion: PastMotion) -> tuple[int | None, int | None, int | None]:
    return motion.counted_for, motion.counted_against, motion.counted_abstain


def tally_words(tally: Sequence[int | None]) -> str:
    """The numbers that there are."""
    words = (_("for {n}"), _("against {n}"), _("abstaining {n}"))
    told = zip(words, tally, strict=True)
    return ", ".join(each.format(n=number_words(number)) for each, number in told if number is not None)


def result_status(motion: PastMotion) -> Shown:
    sign, words = _RESULTS[Result(motion.result)]
    return Shown(sign, words)


def method_words(motion: PastMotion) -> str:
    return str(_METHODS[Method(motion.method)])


def choice_words(choice: str) -> str:
    return str(_CHOICES[Choice(choice)])


def past_session_words(statute: Statute, session: PastSession) -> str:
    """Its title, else its organ."""
    return session.title or past_organ_words(statute, session)


def past_organ_words(statute: Statute, session: PastSession) -> str:
    return organ_words(statute, session.organ) if session.organ else erased_or(session.organ_words)


def when_words(session: PastSession) -> str:
    """With the year, since these are old."""
    day = day_words(session.day)
    return _("{day}, {hour}").format(day=day, hour=hour_words(session.hour)) if session.hour else day


def sessions_words(number: int) -> str:
    return ngettext("{n} session", "{n} sessions", number).format(n=number_words(number))


def motions_words(number: int) -> str:
    return ngettext("{n} motion", "{n} motions", number).format(n=number_words(number))


def findings_words(number: int) -> str:
    return ngettext("{n} finding", "{n} findings", number).format(n=number_words(number))
