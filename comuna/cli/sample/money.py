"""The money of the council's sample: its book and a fund, payments that two sign, accounts that assemblies approve.

What happens here has a stream of chance of its own, so that everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from uuid import UUID

from comuna.acts.act import Act, performed_key
from comuna.acts.acts import Propose, Sign
from comuna.assemblies.acts import PutMotion, RecordCount
from comuna.assemblies.models import AgendaItem, Resolution
from comuna.assemblies.queries import present_people
from comuna.cli.sample.accounts import ADVANCES, BANK, CASH, UNIT, came_in, months_on, paid, paper, set_aside, there_was
from comuna.cli.sample.seating import Seats
from comuna.cli.sample.sitting import Sitting
from comuna.cli.sample.year import Year, does
from comuna.treasury import queries
from comuna.treasury.acts import ApproveAccounts, OpenBook, Pay
from comuna.treasury.acts.advancing import GiveAdvance, ReturnAdvance, SettleAdvance
from comuna.treasury.acts.counting import CountCash
from comuna.treasury.acts.rendering import RenderAccounts
from comuna.treasury.effects import account_key
from comuna.treasury.models import BudgetLine

TITLE = "Cuentas del trimestre"
APPROVED = "Aprobar las cuentas del trimestre como las presentó la unidad financiera."
QUARTERS = (1, 4, 7, 10)  # months that follow one
TAKEN, SPENT = 24_000, 19_550  # of the advance
RECEIVED_EVERY = 2  # months
PAID_WITHIN = 21  # days


@dataclass
class Money:
    year: Year
    seats: Seats
    random: Random
    book: UUID | None = None
    lines: list[UUID] = field(default_factory=list)
    papers: int = 0  # in the folder

    # When

    def planned(self, days: Sequence[date], before: Sequence[Sitting], quarter: date | None) -> None:
        """``days`` of the assemblies, of which the second elected the unit; ``before`` which of them accounts are put;
        ``quarter`` the day of the last of these."""
        begins = days[1] + timedelta(days=2)
        self.year.at(begins, "17:05", partial(self._opens, begins))
        day = begins + timedelta(days=9)
        while day < self.year.today:
            self.year.at(day, "17:15", partial(self._receives, day))
            day = months_on(day, RECEIVED_EVERY)
        self._follows(days[1], receipts=(True, True, True))
        self._advance(days[2] + timedelta(days=12))
        for sitting in before:
            self.year.at(sitting.day, "07:40", partial(self._renders, sitting))
            self.year.at(sitting.day + timedelta(days=2), "17:20", partial(self._closes, sitting))
        if quarter is not None:
            self._follows(quarter, receipts=(True, False))
            counted = quarter + timedelta(days=5)
            self.year.at(counted, "18:20", partial(self._counts, counted))

    def _follows(self, met: date, receipts: Sequence[bool]) -> None:
        """What that assembly decided is set aside and paid for; the receipts of some payments never come."""
        self.year.at(met + timedelta(days=2), "17:25", partial(self._sets_aside, met, receipts))

    # Who

    def signers(self) -> list[UUID]:
        """Two of the finance unit who are in office."""
        found = [self.seats.holder("cc.finance", number) for number in (1, 2)]
        return [one for one in found if one is not None]

    def does(self, act: Act) -> UUID:
        return does(self.signers()[0], act).id

    def both(self, act: Act) -> UUID:
        """One proposes, the other one signs; returns what came of it."""
        first, second = self.signers()
        proposal = does(first, Propose(act=act)).id
        does(second, Sign(proposal=proposal))
        return performed_key(proposal)

    def account(self, code: str) -> UUID:
        assert self.book is not None
        return account_key(self.book, code)

    # What

    def _opens(self, day: date) -> None:
        if len(self.signers()) < 2:  # nobody keeps money alone
            return
        self.book = self.does(OpenBook(kind="cc.books", day=day))
        self.does(there_was(self.random, self.book))
        fund = self.does(OpenBook(kind="cc.fund.social", day=day))
        self.does(there_was(self.random, fund))

    def _receives(self, day: date) -> None:
        if self.book is not None:
            self.does(came_in(self.random, self.book, day))

    def _sets_aside(self, met: date, receipts: Sequence[bool]) -> None:
        decided = Resolution.objects.filter(
            motion__session__sits_on=met, organ="cc.assembly", responsible__startswith="cc.committee.", ratified_by=""
        )
        resolution = decided.select_related("motion__item").order_by("number").first()
        if self.book is None or resolution is None:
            return
        day = met + timedelta(days=2)
        act = set_aside(self.random, self.book, day, resolution)
        line = BudgetLine.objects.get(budget_id=self.does(act)).id
        self.lines.append(line)
        for place, brought in enumerate(receipts):
            on = day + timedelta(days=3 + 8 * place)
            part = int(act.rows[0].amount) * self.random.randrange(15, 26) // 100
            title = resolution.motion.item.title
            self.year.at(on, "17:35", partial(self._pays, paid(self.random, self.book, line, on, part, title), brought))

    def _pays(self, act: Pay, brought: bool) -> None:
        entry = self.both(act)
        if brought:
            self.year.at(act.day + timedelta(days=3), "18:15", partial(self._files, entry, act))

    def _files(self, entry: UUID, act: Pay) -> None:
        self.papers += 1
        self.does(paper(self.random, entry, act, self.papers))

    def _counts(self, day: date) -> None:
        held = str(queries.balance(self.account(CASH), UNIT)) if self.book else ""
        if held:
            self.both(CountCash(account=self.account(CASH), day=day, unit=UNIT, in_books=held, counted=held))

    def _advance(self, day: date) -> None:
        self.year.at(day, "18:05", partial(self._gives, day))

    def _gives(self, day: date) -> None:
        takes = self.seats.holder("cc.committee.water")
        if self.book is None or takes is None or not self.lines:
            return
        act = GiveAdvance(
            book=self.book,
            person=takes,
            day=day,
            out_of=self.account(BANK),
            into=self.account(ADVANCES),
            unit=UNIT,
            amount=str(TAKEN),
            due=day + timedelta(days=15),
            words="Compras para el tanque",
        )
        given = self.both(act)
        self.year.at(day + timedelta(days=6), "18:05", partial(self._accounts_for, given, day + timedelta(days=6)))

    def _accounts_for(self, advance: UUID, day: date) -> None:
        """What was bought, and the rest in cash."""
        bought = SettleAdvance(
            advance=advance,
            line=self.lines[0],
            day=day,
            unit=UNIT,
            amount=str(SPENT),
            payee="Ferretería La Esquina",
            words="Teflón, pega y dos llaves de paso",
        )
        self.does(bought)
        rest = str(TAKEN - SPENT)
        self.does(ReturnAdvance(advance=advance, day=day, into=self.account(CASH), unit=UNIT, amount=rest))

    # Before an assembly

    def _renders(self, sitting: Sitting) -> None:
        item = _item(sitting)
        if self.book is not None and item is not None:
            self.does(RenderAccounts(book=self.book, item=item.id, through=_quarter_end(sitting.day)))

    def decides(self, sitting: Sitting) -> None:
        """A step of a session: the accounts are put to the vote."""
        item = _item(sitting)
        if self.book is None or item is None:
            return
        keeper = sitting.keeper()
        put = PutMotion(session=sitting.session, item=item.number, text=APPROVED, approves=True)
        motion = does(keeper, put).id
        present = sorted(present_people(sitting.session))
        one, two = self.random.sample(present, 2)
        votes = {"votes_for": len(present) - 9, "against": 4, "abstain": 5}
        again = {f"{name}_two": number for name, number in votes.items()}
        counted = {"motion": motion, "counter_one": one, "counter_two": two, **votes, **again}
        does(keeper, RecordCount.model_validate(counted))

    def _closes(self, sitting: Sitting) -> None:
        item = _item(sitting)
        decided = Resolution.objects.filter(motion__item=item).first() if item else None
        if self.book is None or decided is None:
            return
        self.does(ApproveAccounts(book=self.book, through=_quarter_end(sitting.day), resolution=decided.id))


def _item(sitting: Sitting) -> AgendaItem | None:
    found: AgendaItem | None = AgendaItem.objects.filter(session=sitting.session, title=TITLE).first()
    return found


def _quarter_end(day: date) -> date:
    """The last day of the month before, in which accounts end."""
    return day.replace(day=1) - timedelta(days=1)


def last_quarter(days: Sequence[date], today: date) -> date | None:
    """Of these assemblies the last one that follows a quarter and that something was paid for since."""
    over = [day for day in days if day <= today - timedelta(days=PAID_WITHIN)]
    return next((day for day in reversed(over) if day.month in QUARTERS), None)


__all__ = ["TITLE", "Money", "last_quarter"]
