"""A council's social fund that helps: money in it, a line of its budget, two committees that decide, and who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.door import Done
from comuna.assemblies.models import Resolution
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, EnterMandate, IssueCode
from comuna.territory.acts import AddStreet, RegisterHousehold, RegisterPerson
from comuna.treasury.acts import AdoptBudget, ApproveAid, AskAid, OpenBook, PayAid, Receive
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.effects import account_key
from comuna.treasury.models import BudgetLine
from comuna.treasury.tests.cash import FIRST, TODAY
from tests.cast import Cast

NAME, STREET, WORDS = "Zulima Ynés Quintero", "Callejón Los Araguaneyes", "Se le quemó la cocina a mi mamá"
COMMITTEES = (("Nieves Amparo Rondón", "health"), ("Otilia Marcano", "food"))


@dataclass
class Fund:
    cast: Cast
    book: UUID = field(default_factory=uuid4)
    line: UUID = field(default_factory=uuid4)
    deciding: tuple[UUID, ...] = ()
    person: UUID = field(default_factory=uuid4)  # who asks
    home: UUID = field(default_factory=uuid4)

    @classmethod
    def opened(cls, cast: Cast) -> Fund:
        """With 800,00 VES, of which 500,00 are for aid. By the newest decision of the assembly."""
        fund = cls(cast)
        street = cast.does(cast.secretary, AddStreet(name=STREET)).id
        fund.home = cast.does(cast.secretary, RegisterHousehold(street=street, house="7")).id
        fund.person = fund.registered(NAME, fund.home)
        fund.deciding = tuple(fund.seated(name, seat) for name, seat in COMMITTEES)
        fund.book = cast.does(cast.signer, OpenBook(kind="cc.fund.social", day=FIRST)).id
        came = Receive(
            book=fund.book, day=FIRST, into=fund.account("1.1.01"), source=fund.account("4.1.01"), unit="VES",
            amount="80000", words="Aporte del fondo",
        )  # fmt: skip
        cast.does(cast.signer, came)
        row = BudgetRow(account=fund.account("5.1.06"), amount="50000", words="Ayudas")
        budget = AdoptBudget(
            book=fund.book,
            resolution=Resolution.objects.latest("born").id,
            begins=FIRST,
            ends=date(2026, 12, 31),
            unit="VES",
            rows=(row,),
        )
        made = cast.does(cast.signer, budget).id
        fund.line = BudgetLine.objects.get(budget=made).id
        return fund

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

    def seated(self, name: str, committee: str, home: UUID | None = None) -> UUID:
        """Who sits in the organ that decides."""
        person = self.registered(name, home)
        entry = EnterMandate(
            person=person,
            kind=f"cc.committee.{committee}",
            begins=date(2025, 6, 1),
            public_name=name,
            origin_words="Folio 9",
        )
        self.cast.signed(entry)
        return person

    def account(self, code: str) -> UUID:
        return account_key(self.book, code)

    def does(self, act: Act, person: UUID | None = None) -> Done:
        """In the name of the first who decides, unless somebody else is said."""
        return self.cast.does(person or self.deciding[0], act)

    def asking(self, **other: Any) -> AskAid:
        fields: dict[str, Any] = {
            "book": self.book, "person": self.person, "kind": "cc.aid.home", "unit": "VES", "amount": "30000",
            "words": WORDS,
        }  # fmt: skip
        return AskAid(**fields | other)

    def asked(self, **other: Any) -> UUID:
        act = self.asking(**other)
        return self.does(act, act.person).id

    def granting(self, request: UUID, **other: Any) -> ApproveAid:
        fields: dict[str, Any] = {"request": request, "person": self.person, "unit": "VES", "amount": "30000"}
        return ApproveAid(**fields | other)

    def signed(self, act: Act, by: tuple[UUID, ...]) -> UUID:
        """The first proposes, the others sign; what came of it."""
        proposed = self.does(Propose(act=act), by[0])
        for person in by[1:]:
            done = self.does(Sign(proposal=proposed.id), person)
        assert done.performed is not None
        return done.performed

    def granted(self, **other: Any) -> UUID:
        asked = {key: value for key, value in other.items() if key != "granted"}
        request = self.asked(**asked)
        amount, person = other.get("granted", asked.get("amount", "30000")), asked.get("person", self.person)
        return self.signed(self.granting(request, amount=amount, person=person), self.deciding)

    def paying(self, case: UUID, **other: Any) -> PayAid:
        fields: dict[str, Any] = {"case": case, "line": self.line, "day": TODAY, "out_of": self.account("1.1.01")}
        return PayAid(**fields | other)

    def paid(self, case: UUID) -> UUID:
        return self.signed(self.paying(case), (self.cast.signer, self.cast.acting_signer))
