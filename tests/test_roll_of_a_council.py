"""The roll of a council's session is fixed by its first call, whatever another council writes meanwhile."""

from __future__ import annotations

from datetime import date

from django.test import Client

from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import AgendaRow, Convene, MakeCall, PresentRow, RecordAttendance
from comuna.mandates.acts import RegisterCouncil
from comuna.territory.acts import JoinCouncil
from conftest import Books
from tests.test_councils import CEIBA, MIRADOR, TEXT, resident
from tests.town import founded


def test_another_council_takes_nobody_off_the_roll_of_a_session_that_has_begun(books: Books) -> None:
    town = founded(TEXT)
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    people = [resident(town, MIRADOR) for _ in range(5)]
    town.at = "2026-01-17T18:00:00Z"
    first = town.promoters[0]
    convening = Convene(
        organ=f"cc.assembly@{MIRADOR}",
        day=date(2026, 1, 17),
        hour="08:00",
        place="Plaza",
        agenda=(AgendaRow(title="Agua"),),
    )
    session = town.do(first, convening).id
    town.do(first, RecordAttendance(session=session, present=tuple(PresentRow(person=one) for one in people[:3])))
    town.do(first, MakeCall(session=session, number=1, hour="08:00"))
    for person in (people[0], people[4]):
        town.enact(JoinCouncil(person=person, council=CEIBA))
    assert assemblies.standing(session).present == 3
    late = tuple(PresentRow(person=one) for one in people[3:])
    town.do(first, RecordAttendance(session=session, present=late, hour="09:00"))
    stands = assemblies.standing(session)
    assert (stands.present, stands.calls[0].roll) == (5, 5)
    page = Client().get(f"/assemblies/{session}/minutes/", headers={"accept-language": "en"}).content.decode()
    assert "After it, when the roll was fixed: of another council: 2." in page
