"""The statute of neighbourhood committees, lived: one of a quarter, one of a workplace, and their coordination."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import (
    AgendaRow,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
)
from comuna.assemblies.models import Resolution
from comuna.mandates import queries as mandates
from comuna.mandates.acts import RegisterCouncil
from comuna.mandates.rules import MandateStatus
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.rules import term_ends
from conftest import Books
from tests.town import TODAY, Town, founded

QUARTER, WORKPLACE = "al-salam", "talleres-del-ferrocarril"


@pytest.fixture
def town(books: Books) -> Town:
    town = founded(builtin.text("neighbourhood-committees"))
    for name in ("Al Salam", "Talleres del Ferrocarril"):
        town.enact(RegisterCouncil(name=name))
    return town


def members(town: Town, committee: str, count: int = 4) -> list[UUID]:
    town.council = committee
    return [town.neighbour() for _ in range(count)]


def assembly(town: Town, committee: str, people: list[UUID]) -> UUID:
    """A session of a committee's assembly with these people in it."""
    by = town.promoters[0]
    agenda = (AgendaRow(title="Huelga"),)
    act = Convene(organ=f"nc.assembly@{committee}", day=TODAY, hour="08:00", place="Patio", agenda=agenda)
    session = town.do(by, act).id
    rows = tuple(PresentRow(person=person) for person in people)
    town.do(by, RecordAttendance(session=session, present=rows))
    town.do(by, MakeCall(session=session, number=1, hour="08:00"))
    return session


def voted(town: Town, session: UUID, votes_for: int, against: int) -> bool:
    by, (one, two, *_others) = town.promoters[0], sorted(assemblies.present_people(session))
    motion = town.do(by, PutMotion(session=session, item=1, text="Parar el jueves")).id
    count = RecordCount(
        motion=motion,
        votes_for=votes_for,
        against=against,
        abstain=0,
        counter_one=one,
        votes_for_two=votes_for,
        against_two=against,
        abstain_two=0,
        counter_two=two,
    )
    town.do(by, count)
    return Resolution.objects.filter(motion=motion).exists()


def test_a_committee_founded_in_a_workplace_is_one_like_the_others(town: Town) -> None:
    workers, neighbours = members(town, WORKPLACE), members(town, QUARTER)
    statute = statutes.in_force(town.id, TODAY)
    organ = statute.organ(f"nc.assembly@{WORKPLACE}")
    sitting = assemblies.entitled(town.id, organ, statute, TODAY).people
    assert sitting == set(workers)
    assert not sitting & set(neighbours)


def test_whoever_comes_is_enough_and_one_against_is_no_consensus(town: Town) -> None:
    workers = members(town, WORKPLACE)
    session = assembly(town, WORKPLACE, workers[:2])
    assert assemblies.standing(session).quorate
    assert not voted(town, session, 1, 1)
    assert voted(town, session, 2, 0)


def test_officers_have_no_fixed_term(town: Town) -> None:
    kind = statutes.in_force(town.id, TODAY).seat(f"nc.field@{QUARTER}")
    assert term_ends(TODAY, kind.term) is None


def test_each_committee_sends_a_delegate_whom_it_takes_back_on_any_day(town: Town) -> None:
    people = members(town, QUARTER, 8)
    for person in people[:6]:
        town.claim(person)
    kind = f"nc.delegate@{QUARTER}"
    session = assembly(town, QUARTER, people)
    town.elect(session, kind, people[:1])
    delegate = town.mandate(people[0], kind, TODAY)
    assert delegate.status is MandateStatus.ACTIVE
    statute = statutes.in_force(town.id, TODAY)
    assert people[0] in assemblies.entitled(town.id, statute.organ("nc.coordination"), statute, TODAY).people
    town.enact(town.entry(people[1], f"nc.secretary@{QUARTER}", begins=date(2025, 6, 1)))
    petition = town.petition(delegate.mandate, people[2], people[1:])
    town.do(people[1], town.report(petition))
    town.do(town.promoters[1], town.decision(petition, session, 5, 1))
    assert mandates.status_of(delegate.mandate, TODAY) is MandateStatus.RECALLED
    assert people[0] not in assemblies.entitled(town.id, statute.organ("nc.coordination"), statute, TODAY).people
