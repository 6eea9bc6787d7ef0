"""What was understood of a list, before it is confirmed: columns that are not read, each row with what it says, and
the rows from which nobody is taken, to be printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page
from comuna.look.parts import (
    Answer,
    Column,
    Empty,
    Fact,
    Facts,
    Figure,
    Figures,
    Filters,
    Many,
    Notice,
    Pages,
    Part,
    Section,
    Sign,
    Small,
    Table,
    Value,
)
from comuna.look.words import list_words, number_words, share_words
from comuna.territory.acts.matching import Line, Outcome, Plan
from comuna.territory.acts.people import Where
from comuna.territory.pages import words
from comuna.territory.reading import Census, PersonRead
from comuna.territory.reading.address import address_line
from comuna.territory.reading.columns import Role
from comuna.territory.reading.formats import column_letters
from comuna.territory.reading.outcome import ABOUT_NOBODY, SheetRead
from comuna.territory.rules import age_on

ROWS_A_PAGE = 50
Left = tuple[str, str, str]
"""Where a row stands, whom it names, and why nobody was taken from it."""


def summary(planned: Plan, census: Census) -> list[Part]:
    """What whoever confirms the list must have seen: how many, what is known of them, which columns are lost."""
    somebody = [line for line in planned.lines if line.outcome is not Outcome.LISTED]
    noted = sum(_is_doubtful(line) for line in somebody)
    listed = sum(is_somebody(line) for line in planned.of(Outcome.LISTED))
    figures = Figures(
        [
            Figure(_("New households"), len(planned.homes)),
            Figure(_("Taken with a doubt"), noted),
            Figure(_("People listed, not taken"), listed),
        ]
    )
    read = [line.read for line in somebody if line.read]
    known = Facts(
        [
            Fact(_("With an age"), share_words(sum(_has_age(one) for one in read), len(read))),
            Fact(_("With an identity number"), share_words(sum(bool(one.identity) for one in read), len(read))),
            Fact(_("With a relation to the head"), share_words(sum(bool(one.relation) for one in read), len(read))),
        ]
    )
    return [figures, *([known] if read else []), *_unread(census)]


def _has_age(read: PersonRead) -> bool:
    return read.age_years is not None or read.birth_day is not None


def _unread(census: Census) -> list[Part]:
    """The columns that are lost, above the button that loses them."""
    several = len(census.sheets) > 1
    lost = [_column_words(sheet, at, header, several) for sheet in census.sheets for at, header in _lost(sheet)]
    kept_out = [
        column.header
        for sheet in census.sheets
        for column in sheet.columns
        if column.role is Role.UNUSED and column.header
    ]
    aside = _("Understood, and left out of the books: {columns}").format(
        columns=list_words(list(dict.fromkeys(kept_out)))
    )
    lines = [aside] if kept_out else []
    if not lost:
        return [Notice(Sign.PLAIN, _("Every other column is read."), lines)] if kept_out else []
    words_of_it = _("Columns that are not read: {columns}").format(columns=list_words(lost))
    what = _("What stands in them does not come into the books. Say below what they mean if it should.")
    return [Notice(Sign.WAITING, words_of_it, [what, *lines])]


def _lost(sheet: SheetRead) -> list[tuple[int, str]]:
    return [(column.at, column.header) for column in sheet.unread]


def _column_words(sheet: SheetRead, at: int, header: str, several: bool) -> str:
    letter = column_letters(at)
    named = _("“{header}” (column {letter})").format(header=header[:60], letter=letter)
    called = named if header else _("column {letter}").format(letter=letter)
    return f"{sheet.name}: {called}" if several else called


def is_somebody(line: Line) -> bool:
    """Whether a line from which nobody is taken is about somebody: not a title, a sum, an empty house."""
    return line.outcome is Outcome.LISTED and (line.listed is None or line.listed.reason not in ABOUT_NOBODY)


SHOWS: dict[str, object] = {
    "doubtful": gettext_lazy("Listed and doubtful"),
    "taken": gettext_lazy("New"),
    "matched": gettext_lazy("Known"),
    "all": gettext_lazy("Every row"),
}


def rows(request: HttpRequest, planned: Plan, census: Census, day: date, print_it: str) -> list[Part]:
    """Every row with whom it names, what was understood of her, and what becomes of it."""
    asked = request.GET.get("show", "doubtful")
    shown = asked if asked in SHOWS else "doubtful"
    lines = [line for line in planned.lines if _is_shown(line, shown)]
    if not lines and shown == "doubtful" and "show" not in request.GET:
        shown = "all"
        lines = list(planned.lines)
    pages = Pages.asked(request.GET.get("page", ""), len(lines), f"?show={shown}&page={{page}}", ROWS_A_PAGE)
    links = [Link(str(name), f"?show={key}", current=key == shown) for key, name in SHOWS.items()]
    sheets = [sheet.name for sheet in census.sheets]
    table = Table(
        _("Rows"),
        [Column(_("Row")), Column(_("Name"), head=True), Column(_("Becomes")), Column(_("Why"))],
        [
            [
                _row_words(line, sheets),
                _who(line, census, day),
                str(words.OUTCOMES[line.outcome]),
                Small(words.line_words(line)),
            ]
            for line in lines[pages.lines]
        ],
        empty=Empty(_("No such rows.")),
        pages=pages,
    )
    printed = [Link(_("Print the rows from which nobody is taken"), print_it)] if left_of(planned, census) else []
    return [Section(_("Rows"), [Filters(_("Show"), links), table], links=printed, wide=True)]


def _is_doubtful(line: Line) -> bool:
    return bool(line.perhaps or (line.read and line.read.notes))


def _is_shown(line: Line, shown: str) -> bool:
    if shown == "all":
        return True
    if shown == "doubtful":
        return is_somebody(line) or (line.outcome is not Outcome.LISTED and _is_doubtful(line))
    return line.outcome.value == shown


def _row_words(line: Line, sheets: Sequence[str]) -> str:
    if len(sheets) > 1:
        return f"{sheets[line.at.sheet]} {line.at.row}"
    return str(line.at.row)


def _who(line: Line, census: Census, day: date) -> Value:
    if line.read is None:
        return line.listed.said.full_name if line.listed and line.listed.said else None
    return Many([line.read.full_name, Small(read_words(line.read, census, day))])


def read_words(read: PersonRead, census: Census, day: date) -> str:
    """What was understood of somebody, in one line: "Calle Sucre 4, 51 años, jefa, V-8771539"."""
    address = census.households[read.household].address
    age = age_on(day, read.birth_day, read.age_years, day)
    known = [
        address_line(address.sector, address.street, address.house),
        _("age not known") if age is None else ngettext("{n} year old", "{n} years old", age).format(n=age),
        read.relation,
        read.identity or _("no identity number"),
        "" if read.residence.value == Where.HERE else str(Where.labels()[Where(read.residence.value)]),
    ]
    return ", ".join(part for part in known if part)


def left_of(planned: Plan, census: Census) -> list[Left]:
    """Every row that is about something and from which nobody is taken."""
    sheets = [sheet.name for sheet in census.sheets]
    listed = [line for line in planned.of(Outcome.LISTED) if is_somebody(line)]
    return [(_row_words(line, sheets), _named(line), words.line_words(line)) for line in listed]


def _named(line: Line) -> str:
    if line.read is not None:
        return line.read.full_name
    return line.listed.said.full_name if line.listed and line.listed.said else ""


def sheet_of_left(name: str, left: Sequence[Left]) -> Page:
    """On paper, to go from door to door with."""
    heads = [Column(_("Row")), Column(_("Name"), head=True), Column(_("Why")), Column(_("Put right"), write=True)]
    lines: list[list[Value]] = [[where, who or None, why, ""] for where, who, why in left]
    table = Table(_("Rows"), heads, lines, empty=Empty(_("No such rows.")))
    more = _("{file}, rows: {rows}").format(file=name, rows=number_words(len(left)))
    return Page(
        title=_("Rows from which nobody was taken"),
        room=_("People"),
        answer=Answer(_("Rows from which nobody was taken"), more),
        facts=[table],
        paper=True,
    )
