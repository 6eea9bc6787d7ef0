"""Stipends that an institution pays to people whose work the commune organises: promised for a month, and what came.

Each person's line is a private part about her; the record says how many there were and what they came to together.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import (
    Amount,
    Audience,
    Count,
    Day,
    Id,
    Label,
    PublicLine,
    Row,
    SignedAmount,
    Slug,
    StatuteLine,
    To,
    UnitCode,
)
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.statutes.statute import in_books
from comuna.territory.models import Person
from comuna.treasury import queries
from comuna.treasury.acts.bearing import Unit, new_unit
from comuna.treasury.effects import stipends as effects
from comuna.treasury.models import Book
from comuna.treasury.models.stipends import Stipend, StipendList
from comuna.treasury.queries.stipends import listed, organ_of_list, stipends_of
from comuna.treasury.rules import BALANCE_MAX, month_of

ROWS_MAX = 200
Private = Audience("household")


class StipendRow(Row):
    """What is for one person."""

    subject: ClassVar[str] = "person"

    person: Annotated[Id, To(Person), Label(_("Who"))]
    amount: Annotated[Amount, Label(_("Amount"))]


Rows = Annotated[tuple[StipendRow, ...], Private, Label(_("People"))]


def _people(world: World, rows: tuple[StipendRow, ...]) -> int:
    """What their amounts come to. Refuses none, too many, and somebody twice."""
    refuse_if(not rows, "treasury.no-stipends", _("Write down one person at least."), field="rows")
    refuse_if(
        len(rows) > ROWS_MAX,
        "treasury.too-many-stipends",
        _("Too many people at once; at most: {n}.").format(n=ROWS_MAX),
        field="rows",
    )
    seen: set[object] = set()
    for number, row in enumerate(rows):
        field = f"rows.{number}.person"
        world.get(Person, row.person, field=field)
        refuse_if(row.person in seen, "treasury.stipend-twice", _("This person stands here twice."), field=field)
        seen.add(row.person)
    return sum(int(row.amount) for row in rows)


class ListStipends(Act):
    """Write down what an institution promised for a month to people of an organ. Anybody reads how many they are and
    what it comes to, which of one person alone is what she gets; who and how much only each herself and those who keep
    the book."""

    verb = "treasury.list_stipends"
    power = Power.SEAT
    label = _("Write down stipends")
    said = _("{seat} wrote down stipends of {payer} for {month}, “{organ_name}”: people {people}, {promised}")
    undo = "treasury.withdraw_stipends"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    organ: Annotated[Slug, Label(_("Whose work it is"))]
    day: Annotated[Day, Label(_("A day of the month"))]
    payer: Annotated[PublicLine, Label(_("Who pays"), help=_("The institution"))]
    unit: Unit
    rows: Rows

    class Facts(ActFacts):
        month: Day
        organ_name: StatuteLine
        people: Count
        promised: SignedAmount

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        new_unit(world, self.unit)
        organs = statutes.in_force(world.commune, world.day).organs
        organ = next((one for one in organs if one.id == self.organ), None)
        if organ is None:
            raise Refused("treasury.no-such-organ", _("The statute in force has no such organ."), field="organ")
        promised, month = _people(world, self.rows), month_of(self.day)
        refuse_if(
            (council_in(self.organ) or "") != book.council,
            "treasury.other-councils-organ",
            _("A book holds the stipends of organs of its own council; that of the commune those of the commune."),
            field="organ",
        )
        there = listed(book.id, self.organ, month, [row.person for row in self.rows])
        for number, row in enumerate(self.rows):
            refuse_if(
                row.person in there,
                "treasury.stipend-listed",
                _("This person stands on a list of this organ for that month already."),
                field=f"rows.{number}.person",
            )
        refuse_if(promised > BALANCE_MAX, "treasury.too-large", _("A list cannot hold so much."), field="rows")
        return self.Facts(month=month, organ_name=in_books(organ.name), people=len(self.rows), promised=str(promised))

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.promise(
            record,
            [(row.person, int(row.amount) if row.amount else None) for row in self.rows],
            book_id=self.book,
            organ=self.organ,
            month=facts.month,
            unit=self.unit,
            people=facts.people,
            promised=int(facts.promised),
            payer=self.payer,
        )


OfList = Annotated[Id, To(StipendList), Label(_("List"))]


class ReceiveStipends(Act):
    """Write down what came to each of a list, all in all. Written down again, it stands instead of what was."""

    verb = "treasury.receive_stipends"
    power = Power.SEAT
    label = _("Write down what came")
    said = _("{seat} wrote down what came of stipends: people: {people}; received of the list so far: {received}")
    undo = None  # written down again

    list: OfList
    unit: Annotated[UnitCode, Label(_("Counted in"))]
    rows: Rows

    class Facts(ActFacts):
        people: Count
        received: SignedAmount

    def in_organ(self) -> str | None:
        return organ_of_list(self.list)

    def check(self, world: World) -> Facts:
        found = world.get(StipendList, self.list, field="list")
        refuse_if(
            self.unit != found.unit,
            "treasury.stipends-in-another-unit",
            _("This list is counted in {unit}.").format(unit=found.unit),
            field="unit",
        )
        came = _people(world, self.rows)
        there = {one.person: one for one in stipends_of(found.id)}
        before = 0
        for number, row in enumerate(self.rows):
            one: Stipend | None = there.get(row.person)
            if one is None:
                raise Refused(
                    "treasury.not-on-the-list",
                    _("This person does not stand on this list."),
                    field=f"rows.{number}.person",
                )
            before += one.received or 0
        received = found.received + came - before
        refuse_if(received > BALANCE_MAX, "treasury.too-large", _("A list cannot hold so much."), field="rows")
        return self.Facts(people=len(self.rows), received=str(received))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.list, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        rows = [(row.person, int(row.amount) if row.amount else None) for row in self.rows]
        effects.receive(record, self.list, rows, int(record.facts.received))


class WithdrawStipends(Act):
    """Take a list of stipends back that was written down by mistake, before anything of it came."""

    verb = "treasury.withdraw_stipends"
    power = Power.SEAT
    label = _("Take the list back")
    said = _("{seat} took a list of stipends back: {words}")
    undo = None  # written down anew

    list: OfList
    words: Annotated[PublicLine, Label(_("Why"))]

    def in_organ(self) -> str | None:
        return organ_of_list(self.list)

    def check(self, world: World) -> ActFacts:
        found = world.get(StipendList, self.list, field="list")
        refuse_if(
            found.received > 0 or any(one.received is not None for one in stipends_of(found.id)),
            "treasury.stipends-came",
            _("Something of it came already: write down what came anew instead."),
            field="list",
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.list, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        effects.withdraw(record, self.list)
