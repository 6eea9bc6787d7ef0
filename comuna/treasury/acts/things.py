"""Things that belong to a book: written into its register, lent until a day, brought back, taken out by decision.

Which organ has what is public. Whom a thing was lent to is a private part about her: others read "a neighbour".
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Audience, Count, Day, Id, Label, PublicLine, Slug, StatuteLine, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.statutes import queries as statutes
from comuna.statutes.statute import in_books
from comuna.territory.models import Person
from comuna.treasury import queries
from comuna.treasury.acts.budgeting import Decision, rests_on_decision
from comuna.treasury.effects import assets as effects
from comuna.treasury.models import Book, Entry
from comuna.treasury.models.assets import Asset, AssetLoan
from comuna.treasury.queries import assets


class Origin(StrEnum):
    """Where a thing is from."""

    BOUGHT = "bought"
    GIVEN = "given"
    ON_LOAN = "on-loan"

    @classmethod
    def labels(cls) -> dict[str, Any]:
        return {
            cls.BOUGHT: _("bought"),
            cls.GIVEN: _("given to the commune"),
            cls.ON_LOAN: _("on loan from an institution"),
        }


State = Annotated[PublicLine, Label(_("Its state"), help=_("Whole, scratched, without its key…"))]


class RegisterAsset(Act):
    """Write a thing into the register of a book: what it is, since when, and where it is from."""

    verb = "treasury.register_asset"
    power = Power.SEAT
    label = _("Write a thing into the register")
    said = _("{seat} wrote a thing into the register: {number}, {name}")
    undo = "treasury.remove_asset"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    name: Annotated[PublicLine, Label(_("What it is"), help=_("With its number or plate, so that it is known again"))]
    origin: Annotated[Origin, Label(_("Where it is from"))]
    entry: Annotated[Id | None, To(Entry), Label(_("Bought by the entry"))] = None
    source: Annotated[
        PublicLine | None,
        Label(_("From whom"), help=_("Who gave or lent it: an institution; of a neighbour the initials")),
    ] = None
    since: Annotated[Day, Label(_("Since"))]
    until: Annotated[Day | None, Label(_("Back to its owner"), help=_("Only of what is on loan"))] = None
    state: State

    class Facts(ActFacts):
        number: Count
        bought_by: Id | None = None

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        refuse_if(self.since > world.day, "treasury.day-to-come", _("This day has not come yet."), field="since")
        bought = self.origin is Origin.BOUGHT
        refuse_if(
            bought != (self.entry is not None),
            "treasury.bought-by-an-entry",
            _("What was bought names the entry by which it was; nothing else does."),
            field="entry",
        )
        refuse_if(
            not bought and self.source is None,
            "treasury.from-whom",
            _("Say who gave or lent it."),
            field="source",
        )
        refuse_if(
            self.until is not None and (self.origin is not Origin.ON_LOAN or self.until < self.since),
            "treasury.back-to-nobody",
            _("Only what is on loan goes back, and not before it came."),
            field="until",
        )
        entry = world.get(Entry, self.entry, field="entry") if self.entry is not None else None
        if entry is not None and (entry.book_id != book.id or queries.is_reversed(entry.id)):
            raise Refused("treasury.other-entry", _("This entry is of another book, or was taken back."), field="entry")
        return self.Facts(number=assets.next_number(book.id), bought_by=entry.act if entry else None)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.bought_by, GroundRole.PAID_FROM),) if facts.bought_by else ()

    def apply(self, record: Performed) -> None:
        effects.register(
            record,
            book_id=self.book,
            number=record.facts.number,
            origin=self.origin.value,
            entry_id=self.entry,
            since=self.since,
            until=self.until,
            name=self.name,
            source=self.source or "",
            state=self.state,
        )


OfAsset = Annotated[Id, To(Asset), Label(_("Thing"))]
LentOn = Annotated[Day, Label(_("Lent on"))]
Due = Annotated[Day, Label(_("Until"))]


def _lendable(world: World, id: UUID, day: date, due: date) -> Asset:
    """In the register and here, to be lent from a day to a day. Raises Refused."""
    asset = _in_register(world, id)
    refuse_if(
        assets.loan_of(asset.id) is not None,
        "treasury.lent-already",
        _("It is lent already: write down first that it came back."),
        field="asset",
    )
    refuse_if(day > world.day, "treasury.day-to-come", _("This day has not come yet."), field="day")
    refuse_if(day < asset.since, "treasury.lent-before", _("It was not here yet."), field="day")
    refuse_if(due < day, "treasury.due-before-lent", _("It would be due before it is lent."), field="due")
    refuse_if(
        asset.until is not None and due > asset.until,
        "treasury.lent-beyond",
        _("It goes back to its owner before that day."),
        field="due",
    )
    return asset


def _in_register(world: World, id: UUID) -> Asset:
    asset = world.get(Asset, id, field="asset")
    refuse_if(
        asset.removed_on is not None,
        "treasury.taken-out",
        _("This thing was taken out of the register."),
        field="asset",
    )
    return asset


class LendAsset(Act):
    """Lend a thing to an organ until a day. Anybody reads who has it."""

    verb = "treasury.lend_asset"
    power = Power.SEAT
    label = _("Lend it to an organ")
    said = _("{seat} lent “{thing}” to “{organ_name}” until {due}")
    undo = "treasury.return_asset"

    asset: OfAsset
    organ: Annotated[Slug, Label(_("To which organ"))]
    day: LentOn
    due: Due

    class Facts(ActFacts):
        thing: StatuteLine
        organ_name: StatuteLine

    def in_organ(self) -> str | None:
        return assets.organ_of_asset(self.asset)

    def check(self, world: World) -> Facts:
        asset = _lendable(world, self.asset, self.day, self.due)
        organs = statutes.in_force(world.commune, world.day).organs
        found = next((one for one in organs if one.id == self.organ), None)
        if found is None:
            raise Refused("treasury.no-such-organ", _("The statute in force has no such organ."), field="organ")
        return self.Facts(thing=thing_words(asset), organ_name=in_books(found.name))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.asset, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        effects.lend(record, self.asset, self.organ, None, self.day, self.due)


class LendToNeighbour(Act):
    """Lend a thing to a neighbour until a day. Only she and those who keep the book read her name."""

    verb = "treasury.lend_to_neighbour"
    power = Power.SEAT
    label = _("Lend it to a neighbour")
    said = _("{seat} lent “{thing}” to a neighbour until {due}")
    undo = "treasury.return_asset"
    about = "person"

    asset: OfAsset
    person: Annotated[Id, To(Person), Audience("household"), Label(_("Lent to"))]
    day: LentOn
    due: Due

    class Facts(ActFacts):
        thing: StatuteLine

    def in_organ(self) -> str | None:
        return assets.organ_of_asset(self.asset)

    def check(self, world: World) -> Facts:
        world.get(Person, self.person, field="person")
        return self.Facts(thing=thing_words(_lendable(world, self.asset, self.day, self.due)))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.asset, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        effects.lend(record, self.asset, "", self.person, self.day, self.due)


class ReturnAsset(Act):
    """Write down that a thing came back, and in which state."""

    verb = "treasury.return_asset"
    power = Power.SEAT
    label = _("It came back")
    said = _("{seat} wrote down that “{thing}” came back: {words}")
    undo = None  # lent anew

    loan: Annotated[Id, To(AssetLoan), Label(_("What was lent"))]
    day: Annotated[Day, Label(_("Day"))]
    words: State

    class Facts(ActFacts):
        thing: StatuteLine

    def in_organ(self) -> str | None:
        return assets.organ_of_loan(self.loan)

    def check(self, world: World) -> Facts:
        loan = world.get(AssetLoan, self.loan, field="loan")
        refuse_if(hasattr(loan, "back"), "treasury.came-back", _("It came back already."), field="loan")
        refuse_if(self.day > world.day, "treasury.day-to-come", _("This day has not come yet."), field="day")
        refuse_if(self.day < loan.day, "treasury.back-before-lent", _("It was lent later."), field="day")
        return self.Facts(thing=thing_words(loan.asset))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.loan, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        effects.bring_back(record, self.loan, self.day, self.words)


class RemoveAsset(Act):
    """Take a thing out of the register by a decision: sold, given back, broken, written by mistake. What is lent comes
    back first, be it as lost."""

    verb = "treasury.remove_asset"
    power = Power.SEAT
    label = _("Take it out of the register")
    said = _("{seat} took “{thing}” out of the register by decision {number}/{year}: {words}")
    undo = None  # written into it anew

    asset: OfAsset
    resolution: Decision
    words: Annotated[PublicLine, Label(_("Why"))]

    class Facts(ActFacts):
        thing: StatuteLine
        number: Count
        year: Count
        decided_by: Id

    def in_organ(self) -> str | None:
        return assets.organ_of_asset(self.asset)

    def check(self, world: World) -> Facts:
        asset = _in_register(world, self.asset)
        refuse_if(
            assets.loan_of(asset.id) is not None,
            "treasury.still-lent",
            _("It is lent: write down first that it came back, or that it is lost."),
            field="asset",
        )
        resolution, tally = rests_on_decision(world, asset.book, self.resolution, self)
        return self.Facts(thing=thing_words(asset), number=resolution.number, year=resolution.year, decided_by=tally.id)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY), Cite(self.asset, GroundRole.ANSWERS))

    def apply(self, record: Performed) -> None:
        effects.remove(record, self.asset)


def thing_words(asset: Asset) -> str:
    """As a record says it."""
    return asset.name or str(asset.number)
