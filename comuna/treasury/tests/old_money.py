"""A small commune that kept its books in an old currency, and adopts a statute that keeps them in a new one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from comuna.assemblies.acts import (
    AgendaRow,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordPapers,
)
from comuna.assemblies.models import Resolution
from comuna.journal import files
from comuna.statutes import queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.treasury.acts import (
    AdoptBudget,
    ApproveCredit,
    AskCredit,
    Deposit,
    GiveAdvance,
    OpenBook,
    OpenSavings,
    Pay,
    PayOutCredit,
    Receive,
    Redenominate,
    Repay,
    SendTransfer,
)
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book, BudgetLine
from comuna.treasury.models.bank import Credit, Savings
from comuna.treasury.queries import trial_balance
from tests.every_act_statute import every_act_statute
from tests.town import founded

NEW = every_act_statute({"people = 50": "people = 3"}).replace(", limit = 5000", "")
MONEY = NEW.index("[[book]]")
OLD = NEW[:MONEY] + NEW[MONEY:].replace('unit = "EUR"', 'unit = "OLD"').replace(
    "amount_max = 5000", "amount_max = 500000"
)
DAY = date(2026, 2, 7)
ENDS = date(2026, 12, 31)


class OldMoney:
    """Books of a desk and a team, kept in OLD, with a decision of the assembly."""

    def __init__(self) -> None:
        self.town = founded(OLD)
        self.first, self.other, self.third = self.town.promoters
        people = [self.town.neighbour(claims=number < 6) for number in range(12)]
        self.people, self.secretary = people, self.town.seated("secretary")
        self.decision = self.decides(DAY)
        self.book, self.far = (self.do(OpenBook(kind=kind, day=DAY)) for kind in ("small.book", "small.far"))

    def decides(self, day: date, *, approves: bool = False) -> UUID:
        """Something, in a session of that day, on which it then is."""
        session = self.town.convene(day, by=self.secretary)
        assert self.town.attend(session, self.people[:10])
        assert self.town.vote(session, 10, approves=approves)
        self.town.close(session)
        newest: UUID = Resolution.objects.latest("born").id
        return newest

    def board_decides(self) -> UUID:
        """Something, by the papers of its two auditors, the same day."""
        auditors = [self.town.seated("auditor") for _seat in range(2)]
        agenda = (AgendaRow(title="Agua"),)
        act = Convene(organ="board", day=DAY, hour="08:00", place="Oficina", agenda=agenda)
        session = self.do(act, self.secretary)
        present = tuple(PresentRow(person=person) for person in (self.secretary, *auditors))
        self.do(RecordAttendance(session=session, present=present))
        self.do(MakeCall(session=session, number=1, hour="08:00"))
        motion = self.do(PutMotion(session=session, item=1, text="Otra moneda"))
        one, two = auditors
        counted = {"issued": 3, "votes_for": 3, "against": 0, "blank": 0, "spoiled": 0, "returned": 0}
        self.do(RecordPapers.model_validate({"motion": motion, "counter_one": one, "counter_two": two, **counted}))
        decision: UUID = Resolution.objects.get(organ="board").id
        return decision

    def do(self, act: Any, person: UUID | None = None) -> UUID:
        return self.town.do(person or self.first, act).id

    def at(self, code: str, book: UUID | None = None) -> UUID:
        return account_key(book or self.book, code)

    def receive(self, amount: str, **other: Any) -> UUID:
        fields: dict[str, Any] = {
            "book": self.book, "day": DAY, "into": self.at("1"), "source": self.at("7"), "unit": "OLD",
            "amount": amount, "words": "Ventas",
        }  # fmt: skip
        return self.do(Receive(**fields | other))

    def budget(self, amount: str, paid: str) -> BudgetLine:
        """With a payment out of it."""
        row = BudgetRow(account=self.at("5"), amount=amount, words="Tubos")
        self.do(AdoptBudget(book=self.book, resolution=self.decision, begins=DAY, ends=ENDS, unit="OLD", rows=(row,)))
        line: BudgetLine = BudgetLine.objects.get(words="Tubos")
        self.do(Pay(line=line.id, day=DAY, out_of=self.at("1"), unit="OLD", amount=paid, payee="Bodega", words="Tubos"))
        return line

    def saves(self, person: UUID, amount: str) -> UUID:
        savings = self.do(OpenSavings(book=self.book, person=person))
        self.do(Deposit(savings=savings, day=DAY, into=self.at("1"), unit="OLD", amount=amount))
        return savings

    def lends(self, person: UUID, amount: str, months: int, back: str = "") -> UUID:
        asking = AskCredit(
            book=self.book,
            person=person,
            kind="small.credit",
            unit="OLD",
            amount=amount,
            months=months,
            purpose="Patos",
        )
        request = self.do(asking, person)
        approving = ApproveCredit(request=request, person=person, unit="OLD", amount=amount, months=months, interest=12)
        credit = self.do(approving, self.third if person != self.third else self.first)
        self.do(PayOutCredit(credit=credit, day=DAY, out_of=self.at("1")))
        if back:
            self.repay(credit, back)
        return credit

    def repay(self, credit: UUID, amount: str, unit: str = "OLD") -> UUID:
        return self.do(Repay(credit=credit, day=DAY, into=self.at("1"), unit=unit, amount=amount))

    def advances(self, amount: str) -> UUID:
        return self.do(
            GiveAdvance(
                book=self.book, person=self.other, day=DAY, out_of=self.at("1"), unit="OLD", amount=amount,
                due=ENDS, words="A la ciudad",
            )
        )  # fmt: skip

    def sends(self, amount: str) -> UUID:
        return self.do(
            SendTransfer(
                out_of=self.book, into=self.far, day=DAY, from_account=self.at("1"), unit="OLD", amount=amount,
                words="Al equipo",
            )
        )  # fmt: skip

    def adopts(self) -> None:
        """The statute that keeps its books in the new currency."""
        later = NEW.replace('version = "1"', 'version = "2"').encode()
        self.town.enact(AdoptStatute(file=files.store(later, statutes.MEDIA_TYPE), first_day=DAY))

    def redenominating(self, **other: Any) -> Redenominate:
        fields: dict[str, Any] = {"unit": "OLD", "in_unit": "EUR", "zeros": 3, "resolution": self.decision}
        return Redenominate(**fields | other)

    def goes_over(self, zeros: int = 3) -> UUID:
        self.adopts()
        return self.do(self.redenominating(zeros=zeros))


def holds(book: UUID, unit: str) -> dict[str, int]:
    """By code."""
    return {one.account.code: one.amount for one in trial_balance(book) if one.unit == unit and one.amount}


def adds_up() -> None:
    """Every book balances in each unit; savings and credits are what their accounts hold."""
    for book in Book.objects.all():
        for unit in ("OLD", "EUR"):
            assert sum(holds(book.id, unit).values()) == 0
        held = holds(book.id, book.unit)
        assert -held.get("8", 0) == sum(Savings.objects.filter(book=book).values_list("balance", flat=True))
        owed = Credit.objects.filter(book=book, unit=book.unit).values_list("owed_principal", flat=True)
        assert held.get("9", 0) == sum(owed)
