"""The sample commune: 24 councils, about 5,000 households, and three years of their sessions.

Its size in one long test; what happens in its three years, and that they are the same each time, in a small one of 8
councils of some 60 households.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import SystemRandom
from typing import Any

import pytest
from django.db.models import QuerySet

from comuna.acts.clock import frozen_at
from comuna.assemblies.models import Call, Closure, Instruction, SeatVote, Session, Sheet
from comuna.cli.sample import commune
from comuna.cli.sample.commune.irregular import KINDS
from comuna.cli.sample.commune.people import Size
from comuna.elections.models import Decision
from comuna.journal import home, rawrows
from comuna.journal.models import Record
from comuna.processes import queries
from comuna.statutes import queries as statutes
from comuna.statutes.statute import Statute
from comuna.territory.models import Household, Person
from comuna.treasury.control import Doubt
from comuna.treasury.queries.control import doubts
from conftest import Books, Engine

NOW, TODAY = "2026-11-28T15:00:00Z", date(2026, 11, 28)
SMALL = Size(councils=8, households=range(58, 64))


def nothing(_done: int, _whole: int) -> None:
    """No progress is shown."""


def of_today(made: commune.Made) -> Statute:
    return statutes.in_force(made.commune, TODAY)


def undone(verb: str) -> QuerySet[Record]:
    return Record.objects.filter(verb=verb)


def _every_organ_met_each_year(statute: Statute, today: date) -> None:
    years: defaultdict[str, set[int]] = defaultdict(set)
    for session in Session.objects.filter(closure__isnull=False):
        years[session.organ].add((today - session.day).days // 366)
    for organ in statute.organs:
        if organ.calls:
            assert {0, 1, 2} <= years[organ.id], organ.id


def _the_contested_session_has_no_quorum() -> None:
    """A call and its sheet were taken back, and the call that was made again did not reach the quorum."""
    assert undone("assemblies.undo_call").count() == 1
    assert undone("assemblies.undo_attendance").count() == 1
    taken_back = undone("assemblies.undo_call").get()
    sheet = Sheet.objects.filter(born__gt=taken_back.seq).order_by("born").first()
    assert sheet is not None
    calls = Call.objects.filter(session=sheet.session).order_by("number")
    assert [call.reached for call in calls] == [False, False]
    assert Closure.objects.filter(session=sheet.session).exists()


def _what_is_wrong_in_its_books_is_listed(made: commune.Made) -> None:
    """Each irregularity that was planted; and beside these nothing but what follows from them and receipts that nobody
    brought."""
    found = doubts(made.commune, date(2023, 1, 1), TODAY, TODAY)
    assert len({one.doubt for one in made.planted}) > len(KINDS) // 2
    unseen = [
        one
        for one in made.planted
        if not any(one.doubt == it.doubt and set(one.entries) <= set(it.acts) for it in found)
    ]
    assert unseen == []
    wrong = {entry for one in made.planted for entry in one.entries}
    beside = [it for it in found if it.doubt != Doubt.NO_RECEIPT and not wrong & set(it.acts)]
    assert beside == []


def _it_was_founded_by_a_vote_and_one_council_renews(made: commune.Made) -> None:
    """Enough took part in every council's referendum together; of the renewal the vote is what comes next."""
    founded, renewal = queries.standings(queries.runs(made.commune).order_by("born"), TODAY)
    referendum = founded.find("referendum")
    assert founded.is_done and referendum and referendum.done
    assert referendum.done.reached and referendum.done.passed and referendum.done.polls.count() == SMALL.councils
    assert [one.step.id for one in founded.steps if one.done and one.done.day > one.due_on] == ["registration"]
    assert renewal.run.council and renewal.next and renewal.next.step.id == "vote"
    assert renewal.next.due_on >= TODAY


def _state_of(
    engine: Engine, folder: Path, seed: int, make: Callable[..., Any], look: Callable[..., None] = lambda made: None
) -> tuple[Any, Any]:
    """The digest of every table, and the people without what is sealed: no word is ever sealed twice alike."""
    home.use(folder)
    name = engine.fresh()
    try:
        with frozen_at(NOW):
            look(make(seed, nothing, SMALL))
        tables = dict(rawrows.state_digest()[1])
        tables.pop("territory_person")
        tables.pop("letters_letter")  # its code is drawn by chance, as it must be
        columns = ("id", "full_name", "age_years", "household", "council", "born")
        return tables, list(Person.objects.order_by("id").values_list(*columns))
    finally:
        engine.drop(name)


def test_the_same_seed_and_moment_give_the_same_people(engine: Engine, tmp_path: Path) -> None:
    make = commune.people.found
    first, again, other = (_state_of(engine, tmp_path / str(n), seed, make) for n, seed in enumerate((7, 7, 8)))
    assert first == again
    assert first != other


@pytest.mark.long
def test_three_years_have_all_that_happens_to_a_commune_and_are_the_same_each_time(
    engine: Engine, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = SystemRandom().randrange(10**6)
    record_property("said", f"seed {seed}")
    first = _state_of(engine, tmp_path / "one", seed, commune.make, _all_that_happens)
    again = _state_of(engine, tmp_path / "two", seed, commune.make)
    assert [table for table in first[0] if first[0][table] != again[0][table]] == []
    assert first[1] == again[1]


def _all_that_happens(made: commune.Made) -> None:
    statute = of_today(made)
    assert not Person.objects.filter(council="").exists(), "everybody belongs to a council, the promoters too"
    _every_organ_met_each_year(statute, TODAY)
    assert all(one.day.weekday() == 5 and one.day.day <= 7 for one in Session.objects.filter(organ="pc.parliament"))
    assert Session.objects.filter(day=TODAY, closure__isnull=True).count() == 1
    assert sorted(one.passed for one in Decision.objects.all()) == [False, True], "one recall fails, one carries"
    assert SeatVote.objects.filter(follows=False).count() == 1, "one member votes otherwise than her council decided"
    assert SeatVote.objects.filter(follows=True).count() > 20
    assert Instruction.objects.count() > 30
    _the_contested_session_has_no_quorum()
    _it_was_founded_by_a_vote_and_one_council_renews(made)
    _what_is_wrong_in_its_books_is_listed(made)
    assert {*made.signs_in} >= {"vecina", "secretaria", "parlamento", "empresa"}


def test_every_council_begins_with_its_people(books: Books) -> None:
    with frozen_at(NOW):
        found = commune.people.found(1, nothing, SMALL)
    assert len(found.councils) == len(statutes.councils(found.commune)) == 8
    assert not Person.objects.filter(council="").exists(), "everybody belongs to a council, the promoters too"
    assert all(58 <= Household.objects.filter(council=one.slug).count() < 64 for one in found.councils)


@pytest.mark.long
def test_there_are_24_councils_of_5000_households_and_a_parliament_of_28(books: Books) -> None:
    with frozen_at(NOW):
        found = commune.people.found(1, nothing, Size())
    statute = statutes.in_force(found.commune, TODAY)
    assert len(statute.councils) == 24
    assert sum(kind.count for kind in statute.seats_in("pc.parliament")) == 28
    assert 4_800 <= Household.objects.count() <= 5_200
    homes = [Household.objects.filter(council=one.slug).count() for one in statute.councils]
    assert all(150 <= count <= 400 for count in homes), "as the law asks of a council in town"
