"""A communal bank: its book with money in it, its three parts with people in them, and two neighbours of one house."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.door import Done
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, EnterMandate, IssueCode
from comuna.statutes.bookkeeping import AccountUse
from comuna.territory.acts import RegisterHousehold, RegisterPerson
from comuna.treasury import queries
from comuna.treasury.acts import (
    ApproveCredit,
    AskCredit,
    Deposit,
    OpenBook,
    OpenSavings,
    PayOutCredit,
    Receive,
    Repay,
    Withdraw,
)
from comuna.treasury.effects import account_key
from comuna.treasury.models import Book
from comuna.treasury.models.bank import Credit, Repayment, Savings
from tests.cast import Cast

FIRST, TODAY = date(2026, 2, 1), date(2026, 2, 20)
ASKED: dict[str, Any] = {
    "kind": "bank.crop",
    "unit": "VES",
    "amount": "600000",
    "months": 6,
    "purpose": "Semilla de maíz",
}
SEATS = ("bank.administrator", *["bank.approver"] * 3, "bank.controller")
NAMES = ("Aura Marina Díaz", "Beatriz Peña", "Cruz Mario León", "Delia Rosa Marín", "Elio Ramírez")


@dataclass
class Bank:
    cast: Cast
    book: UUID = field(default_factory=uuid4)
    administrator: UUID = field(default_factory=uuid4)
    approvers: tuple[UUID, ...] = ()
    controller: UUID = field(default_factory=uuid4)
    home: UUID = field(default_factory=uuid4)  # of the farmer
    farmer: UUID = field(default_factory=uuid4)  # asks for credits; an approver lives with her

    @classmethod
    def opened(cls, cast: Cast) -> Bank:
        """With 20.000,00 VES in cash."""
        bank = cls(cast)
        home = bank.home = cast.does(cast.secretary, RegisterHousehold(house="7")).id
        people = [bank.registered(name, home if number == 3 else None) for number, name in enumerate(NAMES)]
        for person, name, kind in zip(people, NAMES, SEATS, strict=True):
            bank.seat(person, name, kind)
        bank.administrator, *approvers, bank.controller = people
        bank.approvers = tuple(approvers)
        bank.farmer = bank.registered("Flor Ynés Quero", home)
        bank.book = bank.does(OpenBook(kind="bank.books", day=FIRST)).id
        came = Receive(
            book=bank.book,
            day=FIRST,
            into=bank.account("1.1.01"),
            source=bank.account("4.1.02"),
            unit="VES",
            amount="2000000",
            words="Transferencia del fondo",
        )
        bank.does(came)
        return bank

    def registered(self, name: str, home: UUID | None = None) -> UUID:
        person = self.cast.does(
            self.cast.promoter,
            RegisterPerson(
                full_name=name, birth_day=date(1980, 5, 17), residence_since=date(2001, 1, 1), household=home
            ),
        ).id
        proof = codes.proof(codes.new())
        self.cast.does(self.cast.promoter, IssueCode(person=person, digest=codes.digest_of(proof)))
        self.cast.does(None, ClaimAccount(proof=proof))
        return person

    def browser(self, person: UUID) -> Client:
        """Signed in, with a new code."""
        return self.cast.browser(person)

    def seat(self, person: UUID, name: str, kind: str) -> None:
        entry = EnterMandate(
            person=person, kind=kind, begins=date(2025, 6, 1), public_name=name, origin_words="Folio 9"
        )
        self.cast.signed(entry)

    def account(self, code: str) -> UUID:
        return account_key(self.book, code)

    def does(self, act: Act, person: UUID | None = None) -> Done:
        """In the name of the administrator, unless somebody else is said."""
        return self.cast.does(person or self.administrator, act)

    def saves(self, person: UUID) -> UUID:
        return self.does(OpenSavings(book=self.book, person=person)).id

    def deposit(self, savings: UUID, amount: str, **other: Any) -> Done:
        fields: dict[str, Any] = {"day": TODAY, "into": self.account("1.1.01"), "unit": "VES", "amount": amount}
        return self.does(Deposit(savings=savings, **fields | other))

    def withdraw(self, savings: UUID, amount: str, **other: Any) -> Done:
        fields: dict[str, Any] = {"day": TODAY, "out_of": self.account("1.1.01"), "unit": "VES", "amount": amount}
        return self.does(Withdraw(savings=savings, **fields | other))

    def asked(self, **other: Any) -> UUID:
        return self.does(AskCredit(book=self.book, person=self.farmer, **ASKED | other), self.farmer).id

    def approving(self, request: UUID, **other: Any) -> ApproveCredit:
        fields: dict[str, Any] = {"unit": "VES", "amount": "600000", "months": 6, "interest": 6}
        return ApproveCredit(request=request, person=self.farmer, **fields | other)

    def signed(self, act: Act, by: tuple[UUID, ...]) -> UUID:
        """The first proposes, the others sign; what came of it."""
        proposed = self.does(Propose(act=act), by[0])
        for person in by[1:]:
            done = self.does(Sign(proposal=proposed.id), person)
        assert done.performed is not None
        return done.performed

    @property
    def committee(self) -> tuple[UUID, ...]:
        """Those who may decide about the farmer: the third lives with her, so another one was elected."""
        return (*self.approvers[:2], self.fourth)

    @property
    def both(self) -> tuple[UUID, ...]:
        """Two administrators: what one of them does not do alone."""
        name = "Hilda Rosa Camacho"
        if not hasattr(self, "_other"):
            self._other = self.registered(name)
            self.seat(self._other, name, "bank.administrator")
        return (self.administrator, self._other)

    @property
    def fourth(self) -> UUID:
        name = "Gregoria Suárez"
        if not hasattr(self, "_fourth"):
            self._fourth = self.registered(name)
            self.seat(self._fourth, name, "bank.approver")
        return self._fourth

    def credit(self, **other: Any) -> UUID:
        """Approved and paid out today."""
        asked = {key: value for key, value in other.items() if key in ASKED}
        approved = {key: value for key, value in other.items() if key in ("amount", "months", "interest")}
        id = self.signed(self.approving(self.asked(**asked), **approved), self.committee)
        self.does(PayOutCredit(credit=id, day=TODAY, out_of=self.account("1.1.01")))
        return id

    def repay(self, credit: UUID, amount: str, **other: Any) -> Done:
        fields: dict[str, Any] = {"day": TODAY, "into": self.account("1.1.01"), "unit": "VES", "amount": amount}
        return self.does(Repay(credit=credit, **fields | other))

    def held(self, code: str) -> int:
        return queries.balance(self.account(code), "VES")

    def adds_up(self) -> bool:
        """What is kept one by one is what three accounts of the ledger hold; of interest what came."""
        book = Book.objects.get(pk=self.book)
        uses = (AccountUse.SAVINGS, AccountUse.CREDITS, AccountUse.INTEREST)
        kept = [queries.account_for_use(book.id, use.value) for use in uses]
        saved, lent, earned = (queries.balance(one.id, "VES") if one else 0 for one in kept)
        savings = sum(Savings.objects.filter(book=book).values_list("balance", flat=True))
        owed = sum(Credit.objects.filter(book=book).values_list("owed_principal", flat=True))
        came = sum(Repayment.objects.filter(credit__book=book).values_list("interest", flat=True))
        return (-saved, lent, -earned) == (savings, owed, came)
