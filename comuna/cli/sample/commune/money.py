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
from comuna.cli.sample.accounts import BANK, PETTY, came_in, months_on, paid, paper, set_aside, there_was
from comuna.cli.sample.commune.councils import CouncilLife
from comuna.cli.sample.commune.meeting import ACCOUNTS, Meeting
from comuna.cli.sample.commune.people import new_id
from comuna.treasury import queries
from comuna.treasury.acts import ApproveAccounts, Move, OpenBook, Pay
from comuna.treasury.effects import account_key
from comuna.treasury.models import BudgetLine

MONTHLY = 2  # so many councils enter what came in every month, the others every half year, and follow every other
# assembly: all of them as closely would take the first start beyond its minute
FILED = 0.9  # of the payments, whose receipt is filed


def kept(councils: Sequence[CouncilLife], seed: int) -> None:
    """Put it into the calendar of each council, after its own was planned."""
    for number, council in enumerate(councils):
        _Money(council, Random(f"{seed}.money.{number}"), number).planned()


@dataclass
class _Money:
    council: CouncilLife
    random: Random
    number: int
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

    def _follows(self, meeting: Meeting) -> None:
        """What the assembly decided is set aside, and paid for in the weeks after; accounts that it approved close."""
        if self.book is None:
            return
        for motion in meeting.decided[: 2 if self.number < MONTHLY else 1]:
            resolution = (
                Resolution.objects.filter(motion_id=motion, ratified_by="").select_related("motion__item").first()
            )
            if resolution is None:
                continue
            title = resolution.motion.item.title
            if title.startswith(ACCOUNTS):
                self._approves(meeting.day, resolution.id)
            elif resolution.responsible.startswith("cc.committee."):
                self._sets_aside(meeting.day + timedelta(days=2), resolution, title)

    def _approves(self, met: date, resolution: UUID) -> None:
        through = met.replace(day=1) - timedelta(days=1)
        assert self.book is not None
        begins = self.council.assemblies[0].day - timedelta(days=12)
        if through >= (queries.closed_through(self.book) or begins) + timedelta(days=1):
            self.does(ApproveAccounts(book=self.book, through=through, resolution=resolution))

    def _sets_aside(self, day: date, resolution: Resolution, title: str) -> None:
        assert self.book is not None
        act = set_aside(self.random, self.book, day, resolution)
        budget = self.does(act)
        if budget is None:
            return
        line = BudgetLine.objects.get(budget_id=budget).id
        count = 1 + self.random.randrange(3) if self.number < MONTHLY else 1
        for place in range(count):
            on = day + timedelta(days=4 + 9 * place + self.random.randrange(6))
            part = int(act.rows[0].amount) * self.random.randrange(60, 98) // 100 // count
            if on < self.council.life.today and part:
                self.council.life.at(on, "17:35", partial(self._pays, on, line, part, title))

    def _pays(self, day: date, line: UUID, amount: int, title: str) -> None:
        signers = self.signers()
        if signers is None or self.holds(BANK) < amount:
            return
        assert self.book is not None
        act = paid(self.random, self.book, line, day, amount, title)
        proposal = self.does(Propose(act=act), signers[0])
        assert proposal is not None
        self.does(Sign(proposal=proposal), signers[1])
        if self.random.random() < FILED:
            life = self.council.life
            life.at(day + timedelta(days=3), "18:15", partial(self._files, performed_key(proposal), act))

    def _files(self, entry: UUID, act: Pay) -> None:
        """The paper goes into the folder; of some payments nobody ever brings one."""
        self.papers += 1
        self.does(paper(self.random, entry, act, self.papers))

    def holds(self, code: str) -> int:
        return queries.balance(self.account(code), "VES")
