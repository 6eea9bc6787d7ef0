"""Rendering of accounts: who keeps a book puts its accounts before a session of the organ that decides over it.

They stand under an item of its agenda, with what every account held, received and gave by then; entries made later do
not change them. What the session says against them is written down as an observation; what it approves is closed
(``closing``), unless something was entered since. Assemblies know nothing of it: the acts cite the session.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Id, Label, PublicText, Row, SignedAmount, To, UnitCode
from comuna.acts.refusal import refuse_if
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts.agenda import refuse_struck
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.models import AgendaItem, Resolution
from comuna.treasury import queries
from comuna.treasury.acts.observing import ANSWER_DAYS
from comuna.treasury.effects import rendering as effects
from comuna.treasury.models import Book
from comuna.treasury.models.observations import Observation
from comuna.treasury.models.rendering import Rendering
from comuna.treasury.queries import rendering as rendered
from comuna.treasury.rules import BALANCE_MAX

SUMS_MAX = 400  # of accounts, by unit; the record of the act holds them


class SumRow(Row):
    """What an account held of a unit before, what came into it and went out of it."""

    account: Id
    unit: UnitCode
    before: SignedAmount
    debit: SignedAmount
    credit: SignedAmount


def days_that_may_be_approved(book: Book, through: date, sits_on: date) -> None:
    """Refuses a last day after the session, before the book, or closed already."""
    refuse_if(
        through > sits_on,
        "treasury.after-the-decision",
        _("The organ approved what had happened by then: until the day of its session at most."),
        field="through",
    )
    refuse_if(through < book.day, "treasury.before-the-book", _("The book begins after that day."), field="through")
    closed = queries.closed_through(book.id)
    refuse_if(
        closed is not None and through <= closed,
        "treasury.closed-already",
        _("These accounts are closed already."),
        field="through",
    )


class RenderAccounts(Act):
    """Put the accounts of a book before a session of the organ that decides over it. They stand under the item of its
    agenda, on its paper and in its minutes, as they are today."""

    verb = "treasury.render_accounts"
    power = Power.SEAT
    label = _("Put the accounts before a session")
    said = _("{seat} put the accounts from {first} to {through} before a session (newest folio: {folio})")
    undo = "treasury.withdraw_rendering"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    item: Annotated[Id, To(AgendaItem), Label(_("Item of the agenda"))]
    through: Annotated[Day, Label(_("Until"), help=_("The last day of these accounts"))]

    class Facts(ActFacts):
        session: Id
        worded_by: Id  # the act that put the item on the agenda in these words
        first: Day
        folio: Count
        sums: tuple[SumRow, ...]

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        item = world.get(AgendaItem, self.item, field="item")
        stands = open_session(world, item.session_id, field="item")
        refuse_struck(item)
        kind = queries.kind_of(book, world.day)
        refuse_if(
            kind is None or stands.session.organ != kind.decides,
            "treasury.other-organ-decides",
            _("Another organ decides over this book."),
            citation=kind.rule.source if kind else None,
            field="item",
        )
        refuse_if(self.through > world.day, "treasury.day-to-come", _("This day has not come yet."), field="through")
        days_that_may_be_approved(book, self.through, stands.session.sits_on)
        refuse_if(
            rendered.under(item.id, book.id) is not None,
            "treasury.rendered-already",
            _("Accounts of this book stand under this item already: take them back first."),
            field="item",
        )
        refuse_if(
            Resolution.objects.filter(motion__item=item).exists(),
            "treasury.decided-already",
            _("Something was decided under this item already: put them under another one."),
            field="item",
        )
        first = rendered.first_day(book)
        found = rendered.figures(book.id, first, self.through)
        refuse_if(
            len(found) > SUMS_MAX,
            "treasury.too-many-accounts",
            _("Too many accounts moved in this time; at most: {n}. Put a shorter time before the session.").format(
                n=SUMS_MAX
            ),
            field="through",
        )
        refuse_if(
            any(max(abs(one.before), one.debit, one.credit) > BALANCE_MAX for one in found.values()),
            "treasury.too-large",
            _("An account cannot hold so much; a currency that has lost its worth gets a new unit."),
            field="through",
        )
        sums = tuple(
            SumRow(account=account, unit=unit, before=str(one.before), debit=str(one.debit), credit=str(one.credit))
            for (account, unit), one in found.items()
        )
        return self.Facts(session=stands.session.id, worded_by=item.act, first=first, folio=book.entries, sums=sums)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return _of_item(facts)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        sums = [
            {
                "account_id": one.account,
                "unit": one.unit,
                "before": int(one.before),
                "debit": int(one.debit),
                "credit": int(one.credit),
            }
            for one in facts.sums
        ]
        effects.render(
            record,
            sums,
            book_id=self.book,
            session=facts.session,
            item=self.item,
            first=facts.first,
            through=self.through,
            folio=facts.folio,
        )


def _of_item(facts: Any) -> tuple[Cite, ...]:
    """The session, and the act that worded the item where that was another one."""
    return tuple(Cite(act, GroundRole.PART_OF) for act in dict.fromkeys((facts.session, facts.worded_by)))


OfRendering = Annotated[Id, To(Rendering), Label(_("Accounts"))]


def _standing(world: World, id: UUID) -> Rendering:
    """Accounts that stand before a session that is not over. Raises Refused."""
    found = world.get(Rendering, id, field="rendering")
    refuse_if(
        found.withdrawn_on is not None,
        "treasury.rendering-taken-back",
        _("These accounts were taken back."),
        field="rendering",
    )
    open_session(world, found.session, field="rendering")
    return found


class WithdrawRendering(Act):
    """Take accounts back that were put before a session, to put them anew: something was entered since, or was
    wrong. Until the session is over, and not once it approved them."""

    verb = "treasury.withdraw_rendering"
    power = Power.SEAT
    label = _("Take these accounts back")
    said = _("{seat} took the accounts until {through} back from the session")
    undo = None  # put before it anew

    rendering: OfRendering

    class Facts(ActFacts):
        through: Day

    def in_organ(self) -> str | None:
        book = Rendering.objects.filter(pk=self.rendering).values_list("book", flat=True).first()
        return queries.organ_of_book(book) if book else None

    def check(self, world: World) -> Facts:
        found = _standing(world, self.rendering)
        refuse_if(
            Resolution.objects.filter(motion__item=found.item).exists(),
            "treasury.rendering-decided",
            _("The session decided on them already."),
            field="rendering",
        )
        return self.Facts(through=found.through)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.rendering, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        effects.withdraw(record, self.rendering, record.day)


class ObjectToAccounts(Act):
    """Write down what was said in the session against accounts that stand before it. It is an observation then: who
    keeps the book answers, in a set time, for everybody to read."""

    verb = "treasury.object_to_accounts"
    power = Power.SEAT
    label = _("Write down an objection")
    said = _("{seat} wrote down an objection of the session to the accounts, to be answered until {due}")
    undo = "treasury.close_observation"

    rendering: OfRendering
    words: Annotated[
        PublicText, Label(_("What was said against them"), help=_("Anybody reads this: name no neighbours"))
    ]

    class Facts(ActFacts):
        book: Id
        session: Id
        worded_by: Id  # the act that put the item on the agenda in these words
        due: Day

    def in_organ(self) -> str | None:
        session = Rendering.objects.filter(pk=self.rendering).values_list("session", flat=True).first()
        return assemblies.organ_of(session) if session else None

    def check(self, world: World) -> Facts:
        found = _standing(world, self.rendering)
        refuse_if(
            not assemblies.standing(found.session).calls,
            "treasury.nobody-called",
            _("The session has not begun: until then anybody can make an observation in her own name."),
            field="rendering",
        )
        item = AgendaItem.objects.filter(pk=found.item).first()
        return self.Facts(
            book=found.book_id,
            session=found.session,
            worded_by=item.act if item else found.session,
            due=world.day + timedelta(days=ANSWER_DAYS),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.rendering, GroundRole.ANSWERS), *_of_item(facts))

    def apply(self, record: Performed) -> None:
        record.create(
            Observation,
            book_id=record.facts.book,
            rendering_id=self.rendering,
            entry_id=None,
            line_id=None,
            observer=None,
            words=self.words,
            day=record.day,
            due=record.facts.due,
            closed_on=None,
        )
