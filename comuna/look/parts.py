"""The pieces a page is put together from. Each is a value with a template of its own.

A page gives values and never markup; ``{% part x %}`` or ``{% parts xs %}`` draws them (``{% load look %}``).
A *value* is words, a number, a day, a ``Link``, ``Status``, ``Small`` words, or None where nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext

from comuna.acts.rules import Run
from comuna.look.frame import Link, Words


class Sign(StrEnum):
    """What a status says at a glance; each has a sign and a colour, and always words beside it."""

    DONE = "done"  # done, quorate, active: green, a tick
    WAITING = "waiting"  # open, expired and acting, to be signed: ochre, an open circle
    REFUSED = "refused"  # refused, short, missing, recalled: clay, a cross
    PLAIN = "plain"  # vacant, ended, unknown: ink, a dash


@dataclass(frozen=True)
class Status:
    sign: Sign
    words: Words


@dataclass(frozen=True)
class Small:
    """Words of lesser rank: smaller, never paler than ``muted``."""

    words: Words


@dataclass(frozen=True)
class Many:
    """Several values in one cell or fact, one under the other."""

    values: Sequence[Value]


Value = str | Promise | int | Decimal | date | Link | Status | Small | Many | None


class Part:
    """Anything that ``{% part %}`` draws."""

    template: ClassVar[str]


@dataclass(frozen=True)
class Answer(Part):
    """The one thing most people came for: a sentence with a number and a date. It is the page's heading."""

    template = "look/parts/answer.html"
    words: Words
    more: Words = ""  # a second, smaller sentence
    status: Status | None = None


@dataclass(frozen=True)
class Do(Part):
    """The next thing to do: the one filled button of a page. It leads to a page, often an act's form."""

    template = "look/parts/do.html"
    words: Words
    href: str
    others: tuple[Link, ...] = ()  # other things this person may do, as links


@dataclass(frozen=True)
class WhoCan(Part):
    """Instead of a button, where this reader may do nothing: who can."""

    template = "look/parts/who_can.html"
    what: Words  # "Convene the assembly"
    who: Sequence[Words]
    others: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Fact:
    words: Words
    value: Value
    action: Link | None = None


@dataclass(frozen=True)
class Facts(Part):
    """Key and value pairs: neither table nor card."""

    template = "look/parts/facts.html"
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Column:
    words: Words
    number: bool = False  # figures: at the end of the cell, in tabular digits
    head: bool = False  # names its row
    write: bool = False  # to be written in by hand: wide and high on paper

    @property
    def css(self) -> str:
        return " ".join(name for name in ("number", "write") if getattr(self, name))


@dataclass(frozen=True)
class Empty(Part):
    """Said once, where a list has nothing: what will fill it, and who does that."""

    template = "look/parts/empty.html"
    words: Words
    do: Link | None = None


@dataclass(frozen=True)
class Pages(Part):
    """Earlier and later as links. ``number`` counts from 1."""

    template = "look/parts/pages.html"
    number: int
    of: int
    href: str  # with a place for the number: "?page={page}"
    per_page: int = 20  # lines

    @classmethod
    def asked(cls, number: str, total: int, href: str = "?page={page}", per_page: int = 20) -> Pages:
        """The page that an address asks for, of so many lines: the nearest there is, or the first."""
        of = max(1, -(-total // per_page))
        known = number.isascii() and number.isdecimal() and len(number) < 10
        return cls(min(max(1, int(number)), of) if known else 1, of, href, per_page)

    @property
    def lines(self) -> slice:
        """Which of the lines stand on it."""
        return slice((self.number - 1) * self.per_page, self.number * self.per_page)

    @property
    def previous(self) -> str:
        return self.href.replace("{page}", str(self.number - 1)) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.href.replace("{page}", str(self.number + 1)) if self.number < self.of else ""


@dataclass(frozen=True)
class Table(Part):
    """Rows of values under columns. Below 480 px each row becomes a stack, each value with its column's words."""

    template = "look/parts/table.html"
    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    empty: Empty | None = None
    total: Sequence[Value] | None = None
    pages: Pages | None = None
    to_sign: bool = False  # a long list for paper: its rows are as low as a signature allows

    @property
    def foot(self) -> list[tuple[Column, Value]]:
        return list(zip(self.columns, self.total or (), strict=False))


@dataclass(frozen=True)
class Line:
    """One line of a list that is read at a glance. With ``href`` the whole line is the link."""

    what: Words
    when: Words = ""
    more: Words = ""
    href: str = ""
    status: Status | None = None
    piece: Sequence[Run] = ()  # of what stands there, with the words that were looked for


@dataclass(frozen=True)
class Lines(Part):
    """What comes next, what is open: a line each, most urgent first."""

    template = "look/parts/lines.html"
    lines: Sequence[Line]
    empty: Empty | None = None
    pages: Pages | None = None
    by_day: bool = False  # many lines of one day: it is seen once, over the first of them


@dataclass(frozen=True)
class Figure:
    words: Words
    value: Value
    more: Words = ""


@dataclass(frozen=True)
class Figures(Part):
    """Two or three figures that belong side by side."""

    template = "look/parts/figures.html"
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Notice(Part):
    """Something that happened, said in a box with a heavy edge: recorded, waiting, refused."""

    template = "look/parts/notice.html"
    sign: Sign
    words: Words
    lines: Sequence[Words] = ()
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Refusal(Part):
    """A refused act: what you asked, which rule with its article, who can, what you can do now."""

    template = "look/parts/refusal.html"
    asked: Words
    words: Words
    citation: Words = ""
    rule: str = ""
    who: Sequence[Words] = ()
    now: Sequence[Link] = ()


@dataclass(frozen=True)
class Bar(Part):
    """A share as a bar with the line that must be reached. ``value`` and ``line`` are counts of ``whole``."""

    template = "look/parts/bar.html"
    words: Words  # "Present"
    value: int
    whole: int
    line: int | None = None
    line_words: Words = ""  # "Quorum, second call"; the number is added
    large: bool = False
    ahead: bool = False  # nothing has been decided by this line yet: it may be reached, and is not

    @property
    def reached_words(self) -> Words:
        return _("enough are here") if self.ahead else pgettext("quorum", "reached")

    @property
    def filled(self) -> int:
        """In thousandths of the bar."""
        return min(1000, 1000 * self.value // self.whole) if self.whole else 0

    @property
    def line_at(self) -> int:
        return min(998, max(2, 1000 * (self.line or 0) // self.whole)) if self.whole else 2

    @property
    def reached(self) -> bool:
        return self.line is not None and self.value >= self.line

    @property
    def missing(self) -> int:
        return max(0, (self.line or 0) - self.value)


@dataclass(frozen=True)
class BarLine:
    """One share in a chart, or a status where nothing was counted."""

    words: Words
    href: str
    bar: Bar | None
    status: Status | None = None


@dataclass(frozen=True)
class Bars(Part):
    """Shares below each other, each with the line that it had to reach: a chart that is read as a table."""

    template = "look/parts/bars.html"
    caption: Words
    heads: tuple[Words, Words, Words]  # what a line is, its value, the line to reach
    lines: Sequence[BarLine]
    empty: Empty | None = None


@dataclass(frozen=True)
class Step:
    """One act in a thread."""

    when: Words
    words: Words  # the sentence of the act
    who: Words = ""  # seat and organ
    href: str = ""
    role: Words = ""  # why the one before is cited: "decided by"
    current: bool = False


@dataclass(frozen=True)
class Thread(Part):
    """A line of acts, oldest first."""

    template = "look/parts/thread.html"
    steps: Sequence[Step]


@dataclass(frozen=True)
class Code(Part):
    """The code that paper carries, with the QR code of the whole note beside it."""

    template = "look/parts/code.html"
    code: str
    words: Words = ""  # "These books on 7 February 2026, 1,204 records"
    note: str = ""  # what the QR code holds; without it none is drawn


@dataclass(frozen=True)
class Signatures(Part):
    """Lines to sign by hand, each with the words under it."""

    template = "look/parts/signatures.html"
    under: Sequence[Words]


@dataclass(frozen=True)
class Text(Part):
    """Paragraphs; empty lines part them, single line breaks are kept."""

    template = "look/parts/text.html"
    words: Words


@dataclass(frozen=True)
class Filters(Part):
    """The same list seen otherwise, as plain links."""

    template = "look/parts/filters.html"
    words: Words  # "Show"
    links: Sequence[Link]
    folded: bool = False  # where there are many: only what is chosen shows, until it is touched


@dataclass(frozen=True)
class Section(Part):
    """A heading over parts that belong together. ``wide`` where a table needs the room, or lines stand side by side."""

    template = "look/parts/section.html"
    heading: Words
    parts: Sequence[Part]
    intro: Words = ""
    links: Sequence[Link] = ()
    wide: bool = False
    id: str = ""  # to which a link of the page leads
    folded: bool = False  # long, and seldom read: only its heading shows, until it is touched


@dataclass(frozen=True)
class Beside(Part):
    """Two or three sections side by side where there is room, one under the other on a phone."""

    template = "look/parts/beside.html"
    sections: Sequence[Section]


@dataclass(frozen=True)
class Source(Part):
    """Where this comes from: the thread and the ways to take it along."""

    template = "look/parts/source.html"
    thread: Thread | None = None
    words: Words = ""  # "Decided on 4 October in assembly 31"
    links: Sequence[Link] = ()  # print, spreadsheet, calendar, the whole thread


@dataclass(frozen=True)
class Choice:
    """One answer to choose: the value handed in and its words."""

    value: str
    words: Words


@dataclass(frozen=True)
class Search(Part):
    """A line to look for something, sent as a plain GET."""

    template = "look/parts/search.html"
    words: Words
    name: str = "q"
    value: str = ""
    action: str = ""
    button: Words = ""
    keep: tuple[tuple[str, str], ...] = ()  # further parameters
