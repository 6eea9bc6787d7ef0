"""In books of several councils each signs, keeps and numbers the letters of its own people."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from comuna.letters import codes
from comuna.letters.acts import AskLetter, RecordRequest, RevokeLetter, SignLetter
from comuna.letters.models import Letter
from comuna.mandates.acts import RegisterCouncil
from comuna.statutes import builtin
from comuna.territory.acts import JoinCouncil, RegisterPerson
from conftest import Books
from tests.town import LONG_AGO, Town, founded

MIRADOR, CEIBA = "el-mirador", "la-ceiba"
SIGNING = ("cc.secretary", "cc.finance", "cc.comptroller")


@pytest.fixture
def town(books: Books) -> Town:
    """Promoters, and two councils."""
    town = founded(builtin.text("venezuela-commune"))
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    return town


def resident(town: Town, council: str) -> UUID:
    town.council = council
    act = RegisterPerson(
        full_name=f"Petra Lugo de {council}",
        birth_day=date(1970, 1, 1),
        residence_since=LONG_AGO,
        council=council,
    )
    person = town.do(town.promoters[0], act).id
    town.claim(person)
    return person


def officers(town: Town, council: str) -> list[UUID]:
    town.council = council
    return [town.seated(f"{kind}@{council}") for kind in SIGNING]


def issued(town: Town, person: UUID, signers: list[UUID]) -> Letter:
    request = town.do(person, AskLetter(person=person, kind="residence")).id
    for signer in signers:
        town.do(signer, SignLetter(request=request))
    found: Letter = Letter.objects.get(request=request)
    return found


def test_each_council_has_a_register_of_its_own_and_the_check_names_it(town: Town) -> None:
    here, there = officers(town, MIRADOR), officers(town, CEIBA)
    first, second = issued(town, resident(town, MIRADOR), here), issued(town, resident(town, CEIBA), there)
    assert [(one.council, one.number) for one in (first, second)] == [(MIRADOR, 1), (CEIBA, 1)]
    code = codes.of_letter(second.id).replace(" ", "-")
    answer = Client().get(f"/letters/check/?code={code}", headers={"accept-language": "en"}).content.decode()
    assert "La Ceiba" in answer
    assert "El Mirador" not in answer


def test_a_seat_of_one_council_has_no_part_in_the_letters_of_another(town: Town) -> None:
    here, there = officers(town, MIRADOR), officers(town, CEIBA)
    person = resident(town, CEIBA)
    assert town.outcome(here[0], RecordRequest(person=person, kind="residence")) == "mandates.other-seat"
    letter = issued(town, person, there)
    revoke = RevokeLetter(request=letter.request_id, person=person, reason="No es de aquí")
    assert town.outcome(here[0], revoke) == "mandates.other-seat"
    waiting = town.do(person, AskLetter(person=person, kind="conduct")).id
    assert town.outcome(here[0], SignLetter(request=waiting)) == "mandates.other-seat"


def test_who_moved_to_another_council_asks_there(town: Town) -> None:
    here, person = officers(town, MIRADOR), resident(town, MIRADOR)
    request = town.do(person, AskLetter(person=person, kind="residence")).id
    town.enact(JoinCouncil(person=person, council=CEIBA))
    assert town.outcome(here[0], SignLetter(request=request)) == "letters.other-council"
    again = AskLetter(person=person, kind="residence")
    assert town.outcome(person, again) == "done", "what waits where she lived is in nobody's way"
    assert town.outcome(person, again) == "letters.asked-already"


def test_who_belongs_to_no_council_yet_has_nobody_to_sign(town: Town) -> None:
    promoter = town.promoters[0]
    assert town.outcome(promoter, AskLetter(person=promoter, kind="residence")) == "letters.no-such-letter"
