"""The people of the tests: a small commune, founded, with the few whom every rule is about.

``founded`` gives a ``Cast``: the council of El Mirador, founded on 10 January 2026 under the built-in
Venezuelan statute, its older mandates entered from paper, everybody's account claimed. It is
10 February 2026, ten in the morning in Caracas, for as long as the test runs.

* the promoter began the books and may do what promoters may until January 2027;
* the secretary keeps the minutes and looks after mandates and codes;
* the signer is of the finance unit, her mandate in force until 2028;
* the acting signer is too, but his term ended in October 2025: expired, and acting;
* the comptroller checks them all;
* the recalled treasurer was the third of the finance unit until yesterday; the substitute stepped in;
* the neighbour holds no seat and may see nothing private;
* the stranger is in nobody's books.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from comuna.acts.act import Act
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done, perform
from comuna.acts.refusal import Refused
from comuna.journal import files
from comuna.mandates import codes, queries
from comuna.mandates.acts import ClaimAccount, EnterMandate, FoundCommune, IssueCode, Promoter
from comuna.mandates.queries import Holding
from comuna.mandates.tests.toy import Recall
from comuna.statutes import builtin, queries as statutes
from comuna.territory.acts import RegisterPerson
from conftest import Books, Engine

FOUNDED = "2026-01-10T13:00:00Z"
YESTERDAY = "2026-02-09T14:00:00Z"
NOW = "2026-02-10T14:00:00Z"  # ten in the morning in Caracas
TODAY = date(2026, 2, 10)

PASSWORD = "cuando-llueve-hay-agua"


@contextmanager
def refused(rule: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """What happens inside is refused by this rule."""
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.rule == rule, f"refused by {caught.value.rule}: {caught.value}"


@dataclass
class Cast:
    """Who is who, and a few ways of doing things in somebody's name."""

    commune: UUID
    promoter: UUID
    other_promoters: tuple[UUID, UUID]
    secretary: UUID
    signer: UUID
    acting_signer: UUID
    comptroller: UUID
    recalled: UUID
    substitute: UUID
    neighbour: UUID
    stranger: UUID = field(default_factory=uuid4)

    def does(self, person: UUID | None, act: Act, id: UUID | None = None) -> Done:
        """One act in somebody's name."""
        return perform(act, Actor(person), id=id)

    def signed(self, act: Act) -> Done:
        """What came of an act that two must sign: one promoter proposes it, another signs."""
        proposed = self.does(self.promoter, Propose(act=act))
        signed = self.does(self.other_promoters[0], Sign(proposal=proposed.id))
        assert signed.performed is not None
        return signed._replace(id=signed.performed, performed=None)

    def holding(self, person: UUID, day: date = TODAY) -> Holding:
        """Somebody's newest mandate, as it is on that day."""
        return queries.mandates_of(person, day)[0]

    def mandate(self, person: UUID) -> UUID:
        return self.holding(person).mandate

    def code_for(self, person: UUID) -> str:
        """A printed code, issued by the secretary."""
        code = codes.new()
        self.does(self.secretary, IssueCode(person=person, digest=codes.digest_of(codes.proof(code))))
        return code

    def browser(self, person: UUID | None) -> Client:
        """A browser in which somebody has claimed an account and is signed in; a stranger's for None."""
        client = Client()
        if person is not None:
            answer = client.post("/claim/", self.claim_form(self.code_for(person), f"cuenta-{str(person)[:8]}"))
            assert answer.status_code == 302, answer.content.decode()
        return client

    @staticmethod
    def claim_form(code: str, name: str) -> dict[str, str]:
        return {"_id": str(uuid4()), "code": code, "name": name, "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def founded(books: Books, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """The council of El Mirador on 10 February 2026. Founded once a run; every test gets a copy."""
    cast = _Founding.copy_into(books, engine)
    if cast is None:
        cast = _found()
        _Founding.keep(cast, books, engine, tmp_path_factory.mktemp("founded"))
    with frozen_at(NOW):
        yield cast


class _Founding:
    """The founded books of this run, to copy."""

    cast: Cast | None = None
    home = Path()

    @classmethod
    def copy_into(cls, books: Books, engine: Engine) -> Cast | None:
        if cls.cast is not None:
            engine.copy(engine.name_for("founded"), str(connection.settings_dict["NAME"]))
            shutil.copytree(cls.home, books.home, dirs_exist_ok=True)
        return cls.cast

    @classmethod
    def keep(cls, cast: Cast, books: Books, engine: Engine, folder: Path) -> None:
        cls.cast, cls.home = cast, folder / "home"
        engine.copy(str(connection.settings_dict["NAME"]), engine.name_for("founded"))
        shutil.copytree(books.home, cls.home)


PROMOTERS = ("Ana Isabel Pérez", "Luis Ramón Gil", "Rosa Elena Mora")
SEATS = (  # who, seat, begins, ends
    ("Yelitza Carolina Rondón", "cc.secretary", date(2025, 6, 1), None),
    ("Carmen Teresa Blanco", "cc.finance", date(2025, 6, 1), None),
    ("Pedro José Salas", "cc.finance", date(2022, 11, 1), date(2025, 10, 31)),
    ("Nelson Enrique Duarte", "cc.comptroller", date(2025, 6, 1), None),
    ("José Gregorio Landaeta", "cc.finance", date(2025, 6, 1), None),
)
SUBSTITUTE = "Nelly Margarita Tovar"
NEIGHBOUR = "Marisol del Valle Guerra"


def _found() -> Cast:
    with frozen_at(FOUNDED):
        promoters = tuple((uuid4(), name, codes.new()) for name in PROMOTERS)
        commune = perform(_founding(promoters), Actor()).id
        for _id, _name, code in promoters:
            perform(ClaimAccount(proof=codes.proof(code)), Actor())
        promoter = promoters[0][0]
        seated = [_seated(promoters[0][0], promoters[1][0], *seat) for seat in SEATS]
        substitute = _registered(promoter, SUBSTITUTE)
        _enter(
            (promoter, promoters[1][0]), substitute, SUBSTITUTE, "cc.finance", date(2025, 6, 1), None, alternate_of=3
        )
        neighbour = _registered(promoter, NEIGHBOUR)
        for person in (*seated, substitute, neighbour):
            code = codes.new()
            proof = codes.proof(code)
            perform(IssueCode(person=person, digest=codes.digest_of(proof)), Actor(promoter))
            perform(ClaimAccount(proof=proof), Actor())
    with frozen_at(YESTERDAY):
        recalled = seated[4]
        perform(Recall(mandate=queries.mandates_of(recalled, TODAY)[0].mandate), Actor())
    secretary, signer, acting_signer, comptroller, treasurer = seated
    return Cast(
        commune=commune,
        promoter=promoter,
        other_promoters=(promoters[1][0], promoters[2][0]),
        secretary=secretary,
        signer=signer,
        acting_signer=acting_signer,
        comptroller=comptroller,
        recalled=treasurer,
        substitute=substitute,
        neighbour=neighbour,
    )


def _founding(promoters: tuple[tuple[UUID, str, str], ...]) -> FoundCommune:
    text = builtin.text("venezuela-commune")
    return FoundCommune(
        name="Consejo Comunal El Mirador",
        statute=files.store(text.encode(), statutes.MEDIA_TYPE),
        promoters=tuple(
            Promoter(person=person, full_name=name, public_name=name, code=codes.digest_of(codes.proof(code)))
            for person, name, code in promoters
        ),
    )


def _registered(by: UUID, name: str) -> UUID:
    act = RegisterPerson(full_name=name, birth_day=date(1980, 5, 17), residence_since=date(2001, 1, 1))
    return perform(act, Actor(by)).id


def _seated(by: UUID, signer: UUID, name: str, kind: str, begins: date, ends: date | None) -> UUID:
    person = _registered(by, name)
    _enter((by, signer), person, name, kind, begins, ends)
    return person


def _enter(
    by: tuple[UUID, UUID],
    person: UUID,
    name: str,
    kind: str,
    begins: date,
    ends: date | None,
    alternate_of: int | None = None,
) -> None:
    """One proposes, the other signs."""
    act = EnterMandate(
        person=person,
        public_name=name,
        kind=kind,
        number=alternate_of,
        is_alternate=alternate_of is not None,
        begins=begins,
        ends=ends,
        origin_words="Acta de la asamblea de elección, libro de asambleas, folio 12",
    )
    proposed = perform(Propose(act=act), Actor(by[0])).id
    perform(Sign(proposal=proposed), Actor(by[1]))
