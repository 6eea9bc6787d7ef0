"""What the reading of a list found out, in words for whoever brought it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from comuna.territory.acts.known import Conflict, Learns
from comuna.territory.acts.matching import Line, Outcome
from comuna.territory.reading.columns import Role
from comuna.territory.reading.grids import Fault, Place, Unreadable
from comuna.territory.reading.lines import Note
from comuna.territory.reading.outcome import PersonRead, Reason

Words = str | Promise

ROLES: Mapping[Role, Words] = {
    Role.NAME: gettext_lazy("Name, given names and surnames"),
    Role.MEMBERS: gettext_lazy("Names of the others of the household, in one cell"),
    Role.GIVEN: gettext_lazy("Given names"),
    Role.SURNAME: gettext_lazy("Surnames"),
    Role.IDENTITY: gettext_lazy("Identity number"),
    Role.CITIZENSHIP: gettext_lazy("Letter of the identity number (V or E)"),
    Role.AGE: gettext_lazy("Age"),
    Role.BIRTH: gettext_lazy("Day of birth"),
    Role.RELATION: gettext_lazy("Relation to the head of the household"),
    Role.HOUSE: gettext_lazy("House"),
    Role.ADDRESS: gettext_lazy("Address: street and house"),
    Role.STREET: gettext_lazy("Street"),
    Role.SECTOR: gettext_lazy("Sector"),
    Role.FAMILY: gettext_lazy("Number of the family"),
    Role.PEOPLE: gettext_lazy("How many live there"),
    Role.FAMILIES: gettext_lazy("How many families"),
    Role.HEALTH: gettext_lazy("Illness (kept sealed)"),
    Role.TREATMENT: gettext_lazy("Treatment (kept sealed)"),
    Role.RESIDENCE: gettext_lazy("Where she is"),
    Role.LIVES_HERE: gettext_lazy("Lives here, yes or no"),
    Role.ABROAD: gettext_lazy("Abroad, yes or no"),
    Role.AWAY: gettext_lazy("Away, yes or no"),
    Role.REMARK: gettext_lazy("Remarks: read for marks, not kept"),
    Role.ORDINAL: gettext_lazy("Number of the line"),
    Role.UNUSED: gettext_lazy("Not taken into the books"),
}

_REASONS: Mapping[Reason, Words] = {
    Reason.BLANK: gettext_lazy("Empty row"),
    Reason.TITLE: gettext_lazy("Title above the list"),
    Reason.HEADER: gettext_lazy("Names of the columns"),
    Reason.PLACE: gettext_lazy("Street or house of the rows below"),
    Reason.TOTAL: gettext_lazy("Total"),
    Reason.SHEET_WITHOUT_HEADER: gettext_lazy("On a sheet without names of columns"),
    Reason.FORMULA: gettext_lazy(
        "A formula stands under “{column}”; formulas are not computed. Write the value itself."
    ),
    Reason.SEVERAL_ALPHABETS: gettext_lazy("A word mixes letters of several alphabets that look alike"),
    Reason.HIDDEN_SHEET: gettext_lazy("The sheet is hidden: it is read when it is shown in the spreadsheet"),
    Reason.TOO_LONG: gettext_lazy("What stands under “{column}” is too long for a list"),
    Reason.CONTINUES: gettext_lazy("Only says that the list goes on"),
    Reason.NO_NAME: gettext_lazy("No name"),
    Reason.NOT_A_NAME: gettext_lazy("What stands under “{column}” is not a person's name"),
    Reason.FAMILY: gettext_lazy("A family, and nobody of it named: write the name of whoever heads it"),
    Reason.NO_HOUSE: gettext_lazy("No house: neither this row nor one above it says where"),
    Reason.EMPTY_HOUSE: gettext_lazy("A house where nobody lives"),
    Reason.DIED: gettext_lazy("Marked as dead"),
    Reason.MOVED: gettext_lazy("Marked as moved away"),
    Reason.SAME_IDENTITY: gettext_lazy("Stands here twice: {other} has this identity number"),
    Reason.SAME_NAME_AND_HOUSE: gettext_lazy("Stands here twice: {other} has this name in this house"),
}

_CONFLICTS: Mapping[Conflict, Words] = {
    Conflict.IDENTITY_OF_ANOTHER: gettext_lazy("In the books this identity number belongs to somebody of another name"),
    Conflict.MATCHED_TWICE: gettext_lazy("Somebody in the books whom an earlier row is about"),
    Conflict.OTHER_COUNCIL: gettext_lazy("In the books she belongs to another council; record first that she moved"),
    Conflict.STRUCK: gettext_lazy(
        "Somebody of this name was struck from the books: register her by hand if she is here"
    ),
    Conflict.ERASED: gettext_lazy("Her words were erased from the books: register her by hand if she agrees"),
    Conflict.LEFT: gettext_lazy("The books say that she has left; take that back first if she is here again"),
}

_NOTES: Mapping[Note, Words] = {
    Note.UNREADABLE_IDENTITY: gettext_lazy("identity number could not be read: taken without it"),
    Note.UNREADABLE_AGE: gettext_lazy("age could not be read: taken as unknown"),
    Note.UNREADABLE_BIRTH: gettext_lazy("day of birth could not be read"),
    Note.AGE_FOR_BIRTH: gettext_lazy("An age stands where the day of birth belongs: it was taken as an age"),
    Note.YEAR_ALONE: gettext_lazy("only the year of birth is known: the age is that of its last day"),
    Note.AGE_TAKEN: gettext_lazy("age and day of birth do not fit: the age is taken"),
    Note.MONTH_FIRST: gettext_lazy("the day of birth was read with the month first, since it cannot be otherwise"),
    Note.NOT_A_WHOLE_NAME: gettext_lazy("this may not be the whole name of a person: put it right afterwards"),
    Note.WHO_IS_AWAY: gettext_lazy("the row does not say who of it is away or abroad: taken as living here"),
    Note.AGE_AND_BIRTH_DIFFER: gettext_lazy("age and day of birth do not fit: the day of birth is taken"),
    Note.CHILD_AS_HEAD: gettext_lazy("a small child as head of a household"),
    Note.LOST_LETTERS: gettext_lazy("letters of the name are lost: correct it afterwards"),
    Note.ONE_IDENTITY_FOR_TWO: gettext_lazy("one identity number for several people: given to the first"),
    Note.REMARK_OF_ANOTHER: gettext_lazy("the remark speaks of somebody else"),
    Note.UNNAMED_HOUSEHOLD: gettext_lazy("a further family in this row, nobody of it named"),
    Note.SAME_NAME_ELSEWHERE: gettext_lazy("somebody else in this list has the same name"),
    Note.FORMULA_LEFT_OUT: gettext_lazy("a formula stood in the row: taken without what it says"),
    Note.TWO_IN_ONE_CELL: gettext_lazy("several people in one cell: see whether each has the right surname"),
    Note.PERHAPS_TWO: gettext_lazy("these may be two people: put each in a row of its own if so"),
    Note.NUMBER_OF_ANOTHER: gettext_lazy("{other} has the same identity number and another name: taken without it"),
    Note.NUMBER_SHARED: gettext_lazy("somebody else of this list has the same identity number: see whose it is"),
    Note.OTHERS_NOT_READ: gettext_lazy("the row speaks of others whose names cannot be read: they are not taken"),
    Note.SURNAMES_FIRST: gettext_lazy(
        "surnames first in this list: nobody can say how many of these words are surnames"
    ),
}

_LEARNS: Mapping[Learns, Words] = {
    Learns.AGE: gettext_lazy("age"),
    Learns.IDENTITY: gettext_lazy("identity number"),
    Learns.HOUSEHOLD: gettext_lazy("household"),
    Learns.RELATION: gettext_lazy("relation to the head"),
    Learns.HEALTH: gettext_lazy("illness or treatment"),
    Learns.COUNCIL: gettext_lazy("council"),
}

_FAULTS: Mapping[Fault, Words] = {
    Fault.EMPTY: gettext_lazy("There is nothing in this file."),
    Fault.TOO_LARGE: gettext_lazy("This file is larger than {megabytes} MB. No list of people is: send only the list."),
    Fault.UNPACKS_TOO_LARGE: gettext_lazy(
        "Unpacked, this file is far larger than a list can be ({megabytes} MB). It was not opened."
    ),
    Fault.TOO_MANY_ROWS: gettext_lazy("This list has more than {rows} rows. Send it in parts, one sector at a time."),
    Fault.TOO_MANY_COLUMNS: gettext_lazy("This list has more than {columns} columns. Leave only those about people."),
    Fault.TOO_MANY_SHEETS: gettext_lazy("This file has more than {sheets} sheets. Send them in parts."),
    Fault.OLD_FORMAT: gettext_lazy("This is an old .xls file, or one with a password. Save it as .xlsx or as CSV."),
    Fault.OTHER_FORMAT: gettext_lazy("This is not a spreadsheet that can be read here. Save it as .xlsx or as CSV."),
    Fault.BROKEN: gettext_lazy("This file is damaged and cannot be read. Save it anew and try again."),
    Fault.NO_HEADER: gettext_lazy(
        "No row of this file names its columns. A list of people needs at least the columns Name and House."
    ),
    Fault.MISSING_COLUMN: gettext_lazy("The column {column} is missing. Found: {found}."),
}

_COLUMNS: Mapping[str, Words] = {
    "name": gettext_lazy("“Name” (the names of the people)"),
    "house": gettext_lazy("“House”, “Address” or “Street” (where they live)"),
}


def fault_words(error: Unreadable) -> str:
    """Why the whole file is refused."""
    details = {name: str(_COLUMNS.get(str(value), value)) for name, value in error.details.items()}
    return str(_FAULTS[error.fault]).format_map(details)


def line_words(line: Line) -> str:
    """Why one line was listed, or what is doubtful about it, or what the books learn from it."""
    if line.conflict is not None:
        return str(_CONFLICTS[line.conflict])
    if line.listed is not None:
        other = place_words(line.listed.other) if line.listed.other else ""
        return str(_REASONS[line.listed.reason]).format(column=line.listed.column, other=other)
    words = _notes(line.read) if line.read else []
    if line.perhaps:
        words.insert(0, _perhaps_words(line))
    learnt = [str(_LEARNS[one]) for one in Learns if one in line.learns and one in _LEARNS]
    if learnt:
        words.insert(0, _("the books learn: {what}").format(what=", ".join(learnt)))
    return "; ".join(words)


def _notes(read: PersonRead) -> list[str]:
    other = place_words(read.number_of) if read.number_of else ""
    return [str(_NOTES[note]).format(other=other) for note in read.notes]


def _perhaps_words(line: Line) -> str:
    taken_to_be = _("in the books there is {name}: taken to be the same person")
    another = _("in the books there is {name}: taken to be somebody else")
    return (taken_to_be if line.outcome is Outcome.MATCHED else another).format(name=line.perhaps)


def place_words(place: Place) -> str:
    return _("row {row}").format(row=place.row)


OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.TAKEN: gettext_lazy("new"),
    Outcome.MATCHED: gettext_lazy("known"),
    Outcome.LISTED: gettext_lazy("listed"),
}


def people_words(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=number)
