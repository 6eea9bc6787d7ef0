"""A statute that nobody has ever lived by is founded, meets, elects and recalls, with no change of code."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from comuna.acts.refusal import Refused
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
)
from comuna.assemblies.models import Resolution
from comuna.journal import home
from comuna.statutes.tests.generate import statutes
from conftest import Books, Engine, assert_replay_is_equal
from tests.town import TODAY, Town, founded
from tests.words import changed

NEIGHBOURS = 62  # more than any quorum of plain people that ``generate`` draws
HOURS = ("08:00", "10:00", "12:00")  # of the calls; further apart than ``generate`` asks for


def morning(day: date) -> str:
    """Ten in the morning in Caracas."""
    return f"{day}T14:00:00Z"


@contextmanager
def fresh_books(engine: Engine) -> Iterator[None]:
    """What the fixture ``books`` gives a test, for one example of many."""
    with TemporaryDirectory() as folder:
        home.use(Path(folder) / "home")
        name = engine.fresh()
        try:
            yield
            assert_replay_is_equal(engine, name, Path(folder))
        finally:
            engine.drop(name)


def convened(town: Town, on: date) -> UUID:
    """A session of everybody's organ, convened by a promoter in time for that day, on which it then is."""
    organ = town.statute.highest()
    town.at = morning(on - timedelta(days=organ.notice_days))
    agenda = (AgendaRow(title="Agua"), AgendaRow(title="Elecciones"))
    session = town.do(
        town.promoters[0], Convene(organ=organ.id, day=on, hour="08:00", place="Cancha", agenda=agenda)
    ).id
    town.at = morning(on)
    return session


def attended(town: Town, session: UUID, people: Collection[UUID]) -> bool:
    """Whether those who came are a quorum, after as many calls as that takes."""
    rows = tuple(PresentRow(person=person) for person in sorted(people))
    town.do(town.promoters[0], RecordAttendance(session=session, present=rows))
    for number, _call in enumerate(town.statute.highest().calls):
        town.do(town.promoters[0], MakeCall(session=session, number=number + 1, hour=HOURS[number]))
        if assemblies.standing(session).quorate:
            return True
    return False


def decided(town: Town, session: UUID, votes_for: int, against: int = 0) -> bool:
    """Whether a motion passes with these hands."""
    by, text = town.promoters[0], "Reparar la tubería"
    motion = town.do(by, PutMotion(session=session, item=1, text=text)).id
    one, other = (row.person for row in assemblies.attendance(session)[:2])
    count = RecordCount(
        motion=motion, votes_for=votes_for, against=against, abstain=0, counter_one=one, counter_two=other
    )
    town.do(by, count)
    return Resolution.objects.filter(motion=motion).exists()


def entitled(town: Town) -> frozenset[UUID]:
    organ = town.statute.highest()
    return assemblies.entitled(town.id, organ, town.statute, TODAY).people


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=statutes())
def test_any_statute_is_founded_and_meets(engine: Engine, text: str) -> None:
    with fresh_books(engine):
        town = founded(text)
        for _number in range(NEIGHBOURS):
            town.neighbour()
        organ = town.statute.highest()
        whole = entitled(town)
        assert len(whole) in (NEIGHBOURS, NEIGHBOURS + 3)

        few = convened(town, date(2026, 1, 24))
        if not attended(town, few, [max(whole)]):
            with pytest.raises(Refused) as refused:
                decided(town, few, 1)
            assert refused.value.citation == organ.calls[-1].quorum.rule.source
        town.do(town.promoters[0], CloseSession(session=few, hour="12:30"))

        full = convened(town, date(2026, 2, 7))
        assert attended(town, full, whole)
        assert decided(town, full, len(whole))
        assert not decided(town, full, len(whole) // 2, len(whole) - len(whole) // 2)


def test_49_of_50_people_are_refused_with_the_files_citation_and_50_decide(books: Books) -> None:
    cited = {'"small.quorum.call2"\nsource = "By-laws, art. 2"': '"small.quorum.call2"\nsource = "Panchayat, 7"'}
    town = founded(changed({**cited, 'part = "30 %"': 'part = "100 %"', '["secretary", "committee"]': '["promoter"]'}))
    people = [town.neighbour() for _number in range(50)]
    short = convened(town, date(2026, 1, 24))
    assert not attended(town, short, people[:49])
    with pytest.raises(Refused) as refused:
        decided(town, short, 49)
    assert (refused.value.rule, refused.value.citation) == ("assemblies.no-quorum", "Panchayat, 7")
    town.do(town.promoters[0], CloseSession(session=short, hour="12:30"))
    enough = convened(town, date(2026, 1, 31))
    assert attended(town, enough, people)
    assert decided(town, enough, 26, 24)
