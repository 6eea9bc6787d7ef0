"""The money of the sample's councils: a book each, what comes in, budgets by decisions, payments that two sign.

What happens here has a stream of chance and of ids of its own, so that everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from uuid import UUID

from comuna.acts.act import Act, performed_key
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.door import perform
from comuna.assemblies.models import Resolution
from comuna.cli.sample.accounts import BANK, PETTY, SELLERS, came_in, months_on, paid, paper, set_aside, there_was
from comuna.cli.sample.commune import irregular
from comuna.cli.sample.commune.councils import CouncilLife
from comuna.cli.sample.commune.meeting import ACCOUNTS, Meeting
from comuna.cli.sample.commune.people import new_id
from comuna.treasury import queries
from comuna.treasury.acts import ApproveAccounts, Move, OpenBook, Pay
from comuna.treasury.acts.rendering import RenderAccounts
from comuna.treasury.control import LIMITS, Doubt
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book, BudgetLine

MONTHLY = 2  # so many councils enter what came in every month, the others every half year, and follow every other
# assembly: all of them as closely would take the first start beyond its minute
BUDGETS_BEFORE = 4  # an irregularity is in one of so many budgets of a council
THOUSAND = 100_000  # céntimos
FILED = 0.9  # of the payments, whose receipt is filed


@dataclass(frozen=True)
class Planted:
    """Something wrong in the books: of what kind, and the entries of the payments."""

    doubt: Doubt
    entries: tuple[UUID, ...]


def kept(councils: Sequence[CouncilLife], seed: int) -> list[Planted]:
    """Put it into the calendar of each council, after its own was planned. What will have been planted when all of it
    has happened."""
    kinds, planted = list(irregular.KINDS), list[Planted]()
    Random(f"{seed}.irregular").shuffle(kinds)
    for number, council in enumerate(councils):
        wrong, random = kinds[number % len(kinds)], Random(f"{seed}.money.{number}")
        _Money(council, random, number, wrong, planted, random.randrange(BUDGETS_BEFORE)).planned()
    return planted


@dataclass
class _Money:
    council: CouncilLife
    random: Random
    number: int
    wrong: Doubt | None  # what will be wrong with the payments of one budget; nothing any more where it was
    planted: list[Planted]
    waits: int = 0  # so many budgets more, until it is
    book: UUID | None = None
    papers: int = 0  # in the folder

    def planned(self) -> None:
        life, meetings = self.council.life, self.council.assemblies
        if not meetings:
            return
        begins = meetings[0].day - timedelta(days=12)
        life.at(begins, "17:05", partial(self._opens, begins))
        day, step = begins + timedelta(days=20), 1 if self.number < MONTHLY else 6
        while day < life.today:
            life.at(day, "17:15", partial(self._receives, day))
            day = months_on(day, step)
        for meeting in meetings if self.number < MONTHLY else meetings[::2]:
            life.at(meeting.day - timedelta(days=1), "17:50", partial(self._renders, meeting))
            life.at(meeting.day + timedelta(days=2), "17:25", partial(self._follows, meeting))

    # Who

    def signers(self) -> tuple[UUID, UUID] | None:
        """Two of the finance unit who are in office; nobody while there is but one."""
        holders = self.council.life.holders(self.council.seat("cc.finance"))[:2]
        for person in holders:
            self.council.life.opens_account(person)
        return (holders[0], holders[1]) if len(holders) == 2 else None

    def does(self, act: Act, person: UUID | None = None) -> UUID | None:
        signers = self.signers()
        if signers is None:
            return None
        return perform(act, Actor(person or signers[0]), id=new_id(self.random)).id

    # What

    def account(self, code: str) -> UUID:
        assert self.book is not None
        return account_key(self.book, code)

    def _opens(self, day: date) -> None:
        self.book = self.does(OpenBook(kind=self.council.seat("cc.books"), day=day))
        if self.book is None:
            return
        self.does(there_was(self.random, self.book))
        self.does(OpenBook(kind=self.council.seat("cc.fund.social"), day=day))

    def _receives(self, day: date) -> None:
        if self.book is None:
            return
        self.does(came_in(self.random, self.book, day))
        if self.number < MONTHLY and self.random.random() < 0.15 and self.holds(BANK) > 100_000:
            self.does(
                Move(
                    book=self.book,
                    day=day,
                    out_of=self.account(BANK),
                    into=self.account(PETTY),
                    unit="VES",
                    amount="50000",
                    words="Para la caja chica",
                )
            )

    def _renders(self, meeting: Meeting) -> None:
        """The accounts of the months before stand on the agenda where it asks for them."""
        numbers = [number for number, one in enumerate(meeting.matters, start=1) if one.title.startswith(ACCOUNTS)]
        through = _month_before(meeting.day)
        if self.book is not None and numbers and through >= self._open_since():
            self.does(RenderAccounts(book=self.book, item=meeting.item(numbers[0]), through=through))

    def _open_since(self) -> date:
        """The first day that no assembly has approved."""
        assert self.book is not None
        closed = queries.closed_through(self.book)
        return closed + timedelta(days=1) if closed else Book.objects.get(pk=self.book).day

    def _follows(self, meeting: Meeting) -> None:
        """What the assembly decided is set aside, and paid for in the weeks after; accounts that it approved close."""
        if self.book is None:
            return
        for number, motion in enumerate(meeting.decided):
            resolution = (
                Resolution.objects.filter(motion_id=motion, ratified_by="").select_related("motion__item").first()
            )
            if resolution is None:
                continue
            title = resolution.motion.item.title
            if title.startswith(ACCOUNTS):
                self._approves(meeting.day, resolution.id)
            elif number < (2 if self.number < MONTHLY else 1) and resolution.responsible.startswith("cc.committee."):
                self._sets_aside(meeting.day + timedelta(days=2), resolution, title)

    def _approves(self, met: date, resolution: UUID) -> None:
        assert self.book is not None
        through = _month_before(met)
        if through >= self._open_since():
            self.does(ApproveAccounts(book=self.book, through=through, resolution=resolution))

    def _sets_aside(self, day: date, resolution: Resolution, title: str) -> None:
        assert self.book is not None
        act = set_aside(self.random, self.book, day, resolution)
        budget = self.does(act)
        if budget is None:
            return
        line = BudgetLine.objects.get(budget_id=budget).id
        if self._plants(day, line, int(act.rows[0].amount), title):
            return
        count = 1 + self.random.randrange(3) if self.number < MONTHLY else 1
        shares = self.random.sample(range(60, 98), count)  # none alike: one sum paid twice would be asked about
        for place, share in enumerate(shares):
            on = day + timedelta(days=4 + 9 * place + self.random.randrange(6))
            part = int(act.rows[0].amount) * share // 100 // count
            if on < self.council.life.today and part:
                self.council.life.at(on, "17:35", partial(self._pays, on, line, part, title))

    def _plants(self, day: date, line: UUID, whole: int, title: str) -> bool:
        """The payments of this line are those of the irregularity that this council has, once."""
        life, signers = self.council.life, self.signers()
        if self.wrong is None or signers is None or self.holds(BANK) < whole:
            return False
        if self.waits:
            self.waits -= 1
            return False
        seller = self.random.choice(SELLERS)
        steps = irregular.steps(self.wrong, self.random, seller, life.names[signers[0]])
        last = max(step.after + step.entered for step in steps)
        if day + timedelta(days=last + LIMITS.receipt_days + 1) >= life.today:
            return False
        kind, self.wrong, made = self.wrong, None, list[UUID]()

        def happens(step: irregular.Step) -> None:
            on, amount = day + timedelta(days=step.after), whole * step.share // 100
            entry = self._pays(on, line, amount // THOUSAND * THOUSAND if step.whole else amount, title, step)
            made.extend([entry] if entry else ())
            if len(made) == len(steps):
                self.planted.append(Planted(kind, tuple(made)))

        for step in steps:
            life.at(day + timedelta(days=step.after + step.entered), "17:35", partial(happens, step))
        return True

    def _pays(self, day: date, line: UUID, amount: int, title: str, step: irregular.Step | None = None) -> UUID | None:
        """The entry; none while there are not two who sign, or not so much money."""
        signers = self.signers()
        if signers is None or self.holds(BANK) < amount:
            return None
        assert self.book is not None
        act = paid(self.random, self.book, line, day, amount, title, step.payee if step else "")
        proposal = self.does(Propose(act=act), signers[0])
        assert proposal is not None
        self.does(Sign(proposal=proposal), signers[1])
        entry, life = performed_key(proposal), self.council.life
        filed = step.invoice is not None if step else self.random.random() < FILED
        if filed:
            on = day + timedelta(days=3 + (step.entered if step else 0))
            life.at(on, "18:15", partial(self._files, entry, act, step))
        return entry

    def _files(self, entry: UUID, act: Pay, step: irregular.Step | None) -> None:
        """The paper goes into the folder; of some payments nobody ever brings one."""
        self.papers += 1
        filed = paper(self.random, entry, act, self.papers)
        if step:
            says = {"number": step.invoice or filed.number, "amount": str(int(act.amount) * step.of_it // 100)}
            filed = filed.model_copy(update=says)
        self.does(filed)

    def holds(self, code: str) -> int:
        return queries.balance(self.account(code), "VES")


def _month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)
