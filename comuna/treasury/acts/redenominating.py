"""A currency loses its zeros (the bolívar did in 2008, 2018 and 2021): all books of the commune go over at once.

One act, by a decision of the highest organ and as many signatures as the statute asks, on the day on which it is done.
In every book each account that holds the old unit gets its sum in the new one, by one entry; what rounding leaves goes
into the account of differences. What is kept beside the ledger goes over one by one, and the accounts of savings and
credits become the sums of what those became: open lines of budgets (what is left of one goes on in a line of its own in
the new unit, so that its payments stay in the unit in which they were paid) with what was promised of them, advances,
savings, open credits with their schedules, what is under way between books, aid that was granted and is not paid.
Requests for credits and aid do not: they say what somebody asked for, and only she says it anew; nor do stipends, which
no book holds. Entries, closed periods and everything that is over stay as they are. From that day on nothing is entered
in the old unit any more.

The statute in force knows both units and keeps its books and credits in another one than the old: it is adopted first.
What each sum becomes is worked out by ``check`` and stands in a file that the record cites; ``apply`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, FileDigest, Id, Label, To, UnitCode
from comuna.acts.refusal import refuse_if
from comuna.assemblies.acts.resting import decided_by
from comuna.assemblies.models import Resolution
from comuna.journal import files
from comuna.journal.chain import FileCited
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountUse, Schedule
from comuna.treasury import schedules
from comuna.treasury.acts.bearing import open_day, used_account
from comuna.treasury.acts.budgeting import not_used_yet
from comuna.treasury.acts.exchanging import two_currencies
from comuna.treasury.acts.going_over import MEDIA_TYPE, BookGoes, Posted, ThingGoes, read, written
from comuna.treasury.effects import redenomination as effects
from comuna.treasury.models import Book, BudgetLine
from comuna.treasury.models.bank import Credit
from comuna.treasury.queries import redenomination as asked
from comuna.treasury.redenominating import ZEROS_MAX, Factor, Owed, What, accounts, advance, credit as owed_then, factor
from comuna.treasury.rules import Line


class Redenominate(Act):
    """Let a currency lose its zeros in all books of the commune at once, by a decision of the highest organ. From then
    on nothing is entered in the old one. The statute knows both and keeps its books in the new one already."""

    verb = "treasury.redenominate"
    power = Power.SEAT
    label = _("Let a currency lose zeros")
    said = _("{seat} let {unit} become {in_unit} by decision {number}/{year} (zeros: {zeros}; books: {books})")
    undo = None  # another decision, into another unit

    unit: Annotated[UnitCode, Label(_("Old currency"))]
    in_unit: Annotated[UnitCode, Label(_("New currency"))]
    zeros: Annotated[Count, Label(_("Zeros"), help=_("6: a million of the old ones are one new one"))]
    resolution: Annotated[Id, To(Resolution), Label(_("Decision"), help=_("Of the highest organ"))]

    class Facts(ActFacts):
        number: Count
        year: Count
        decided_by: Id
        day: Day
        books: Count
        things: Count
        kept: tuple[Id, ...]  # books that are kept in the new unit from now on
        table: FileDigest
        size: Count

    def check(self, world: World) -> Facts:
        two_currencies(world, self.unit, self.in_unit)
        refuse_if(
            not 1 <= self.zeros <= ZEROS_MAX,
            "treasury.how-many-zeros",
            _("From one zero to {n}.").format(n=ZEROS_MAX),
            field="zeros",
        )
        resolution = world.get(Resolution, self.resolution, field="resolution")
        tally = decided_by(resolution, "resolution")
        statute = statutes.in_force(world.commune, world.day)
        refuse_if(
            resolution.organ != statute.highest().id,
            "treasury.highest-decides",
            _("The highest organ decides this, for all books."),
            field="resolution",
        )
        not_used_yet(resolution, tally, self)
        money = statute.money
        refuse_if(
            self.unit in {book.unit for book in money.books} | {credit.unit for credit in money.credits},
            "treasury.statute-in-old-unit",
            _("The statute in force still keeps books or credits in {unit}. Adopt one that does not first.").format(
                unit=self.unit
            ),
            field="unit",
        )
        units = (money.unit(self.unit), money.unit(self.in_unit))
        assert units[0] is not None and units[1] is not None, "both are known"
        plan = _Plan(world, self.unit, self.in_unit, factor(self.zeros, units[0].decimals, units[1].decimals))
        things = list(plan.things())
        books = list(plan.books())
        content = written([*books, *things])
        return self.Facts(
            number=resolution.number,
            year=resolution.year,
            decided_by=tally.id,
            day=world.day,
            books=len(books),
            things=len(things),
            kept=tuple(one.id for one in asked.kept_in(world.commune, self.unit)),
            table=files.store(content, MEDIA_TYPE, world.person),
            size=len(content),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.decided_by, GroundRole.DECIDED_BY),)

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(facts.table, facts.size, MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        books, things = read(facts.table)
        effects.redenominate(
            record,
            (self.unit, self.in_unit),
            self.zeros,
            facts.day,
            self.resolution,
            facts.kept,
            [
                effects.Entry(
                    one.book,
                    tuple([Line(line.account, line.unit, int(line.amount)) for line in one.lines]),
                    int(one.rounding),
                )
                for one in books
            ],
            [
                effects.Thing(
                    one.what,
                    one.thing,
                    int(one.old),
                    int(one.now),
                    {name: int(amount) for name, amount in one.columns.items()},
                )
                for one in things
            ],
        )


class _Plan:
    """What each sum becomes."""

    def __init__(self, world: World, unit: str, in_unit: str, by: Factor) -> None:
        self.world, self.unit, self.in_unit, self.by = world, unit, in_unit, by
        self.together: dict[tuple[UUID, AccountUse], int] = {}  # what is kept one by one comes to, by book

    def things(self) -> Iterator[ThingGoes]:
        """Asked before ``books``, which need what these come to."""
        commune, unit, now = self.world.commune, self.unit, self.by.now
        numbers: dict[UUID, int] = {}
        for line in asked.open_lines(commune, unit, self.world.day):
            if line.amount > line.spent:
                yield from self._line(line, numbers)
        for one in asked.open_advances(commune, unit):
            amount, left = advance(one.amount, one.open, self.by)
            yield _thing(What.ADVANCE, one.id, one.open, left, amount=amount, open=left)
        for saved in asked.savings_in(commune, unit):
            self._keep(saved.book_id, AccountUse.SAVINGS, -now(saved.balance))
            yield _thing(What.SAVINGS, saved.id, saved.balance, now(saved.balance), balance=now(saved.balance))
        for lent in asked.open_credits(commune, unit):
            yield self._credit(lent)
        for sent in asked.open_transfers(commune, unit):
            amount = max(1, now(sent.amount))  # what is under way moves something, and so does what was granted
            yield _thing(What.TRANSFER, sent.id, sent.amount, amount, amount=amount)
        for case in asked.unpaid_aid(commune, unit):
            amount = max(1, now(case.amount))
            yield _thing(What.AID, case.id, case.amount, amount, amount=amount)

    def _line(self, line: BudgetLine, numbers: dict[UUID, int]) -> Iterator[ThingGoes]:
        """What is left of it and what was promised, in a line after the last one of its budget."""
        last = numbers.get(line.budget_id) or BudgetLine.objects.filter(budget=line.budget_id).count()
        numbers[line.budget_id] = last + 1
        left = line.amount - line.spent - line.committed
        promises = asked.open_promises(line.id)
        promised = sum(self.by.now(one.open) for one in promises)
        columns = {"number": last + 1, "amount": self.by.now(left) + promised, "committed": promised}
        yield _thing(What.LINE, line.id, left, self.by.now(left), stays=line.spent, **columns)
        for one in promises:  # after the line in which they go on
            amount, open = advance(one.amount, one.open, self.by)
            yield _thing(What.PROMISE, one.id, one.open, open, amount=amount, open=open)

    def _credit(self, lent: Credit) -> ThingGoes:
        old = Owed(lent.principal, lent.interest, lent.owed_principal, lent.owed_interest)
        parts: tuple[schedules.Part, ...] = ()
        if lent.begins is not None:
            sums = self.by.now(old.principal), self.by.now(old.interest)
            parts = schedules.laid_out(lent.begins, lent.months, Schedule(lent.schedule), *sums)
        new, amount = owed_then(old, self.by, parts), self.by.now(lent.amount)
        if lent.begins is None:  # what is yet to be paid out pays something
            new, amount = new._replace(principal=max(1, new.principal)), max(1, amount)
        self._keep(lent.book_id, AccountUse.CREDITS, new.owed_principal)
        owed, now = (one.owed_principal + one.owed_interest for one in (old, new))
        return _thing(What.CREDIT, lent.id, owed, now, amount=amount, **new._asdict())

    def _keep(self, book: UUID, use: AccountUse, amount: int) -> None:
        self.together[book, use] = self.together.get((book, use), 0) + amount

    def books(self) -> Iterator[BookGoes]:
        """Raises Refused where a book takes no entry on this day."""
        for id, held in asked.books_in(self.world.commune, self.unit).items():
            book = self.world.get(Book, id)
            open_day(self.world, book, self.world.day, field="unit")
            one_by_one = {
                account.id: self.together[id, use]
                for account, _amount in held
                for use in (AccountUse.SAVINGS, AccountUse.CREDITS)
                if account.use == use.value and (id, use) in self.together
            }
            goes = accounts(
                [(account.id, amount) for account, amount in held],
                one_by_one,
                used_account(book, AccountUse.DIFFERENCES).id,
                (self.unit, self.in_unit),
                self.by,
            )
            lines = [Posted(account=one.account, unit=one.unit, amount=str(one.amount)) for one in goes.lines]
            yield BookGoes(book=id, lines=lines, rounding=str(goes.rounding))


def _thing(what: What, thing: UUID, old: int, now: int, **columns: int) -> ThingGoes:
    said = {name: str(amount) for name, amount in columns.items()}
    return ThingGoes(what=what, thing=thing, old=str(old), now=str(now), columns=said)
