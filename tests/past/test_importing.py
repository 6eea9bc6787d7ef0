"""Sessions of earlier papers come into the books by one act and go by one; nothing of today rests on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from comuna.assemblies.acts import AgendaRow, Convene, ImportSessions, UndoSessionImport
from comuna.assemblies.acts.past_draft import plan_import, session_import_of
from comuna.assemblies.acts.past_table import PastTable, read_past_table
from comuna.assemblies.models import (
    PastAttendance,
    PastFinding,
    PastImport,
    PastMotion,
    PastName,
    PastSession,
    PastVote,
)
from comuna.assemblies.papers import Found, Method, Table
from comuna.journal import files as stored
from tests.cast import TODAY, Cast, refused
from tests.past import tables

AGENDA = (AgendaRow(title="Agua"),)
MODELS = (PastAttendance, PastFinding, PastImport, PastMotion, PastName, PastSession, PastVote)


def drafted(cast: Cast, texts: tables.Texts, *, names_public: bool = False) -> tuple[UUID, ImportSessions]:
    id = uuid4()
    plan = plan_import(tables.files(texts), cast.commune, TODAY)
    act, data = session_import_of(plan, id, cast.commune, names_public=names_public)
    stored.store(data, "application/json")
    return id, act


def imported(cast: Cast, texts: tables.Texts, *, names_public: bool = False) -> UUID:
    id, act = drafted(cast, texts, names_public=names_public)
    cast.does(cast.secretary, act, id)
    return id


def test_what_the_tables_say_is_what_the_books_hold(founded: Cast) -> None:
    imported(founded, tables.sound())
    one = PastImport.objects.get()
    assert (one.sessions, one.motions, one.votes, one.equal, one.listed, one.findings) == (2, 4, 6, 2, 0, 1)
    first = PastSession.objects.get(key="A1")
    assert (first.organ, first.hour, first.place) == ("cc.assembly", "09:00", "Cancha")
    assert PastSession.objects.get(key="A2").organ == ""
    motion = PastMotion.objects.get(key="M1")
    assert motion.mover is not None and motion.mover.name == "Vocera Rosalba Quijada"
    assert (motion.votes_for, motion.against, motion.counted_for, motion.counted_against) == (2, 1, 2, 1)
    assert PastMotion.objects.get(key="M2").amends == motion.id
    assert PastMotion.objects.get(key="M3").text == "Pedir tubos,\ny dos válvulas"
    assert [finding.found for finding in PastFinding.objects.all()] == ["organ-unknown"]


def test_undoing_takes_all_of_it_out_again(founded: Cast) -> None:
    id = imported(founded, tables.sound())
    founded.does(founded.secretary, UndoSessionImport(imported=id))
    assert not any(model.objects.exists() for model in MODELS)
    imported(founded, tables.sound())


def test_the_same_sessions_are_not_imported_twice(founded: Cast) -> None:
    imported(founded, tables.sound())
    plan = plan_import(tables.files(tables.sound()), founded.commune, TODAY)
    assert not plan.papers.sessions and {one.found for one in plan.findings} == {"known"}
    _id, act = drafted(founded, tables.sound())
    with refused("assemblies.no-past-sessions"):
        founded.does(founded.secretary, act, _id)


def test_what_was_not_accepted_is_refused(founded: Cast) -> None:
    id, act = drafted(founded, tables.sound())
    with refused("assemblies.findings-not-accepted"):
        founded.does(founded.secretary, act.model_copy(update={"accepted": 0}), id)


def test_a_neighbour_may_not(founded: Cast) -> None:
    id, act = drafted(founded, tables.sound())
    with refused("mandates.no-seat"):
        founded.does(founded.neighbour, act, id)


# Tables handed in by another program than ours: nothing is taken because it says that it fits.

OFF = tables.spoilt(Table.MOTIONS, "passed,2,1,0", "passed,3,0,0")
Change = Callable[[PastTable], dict[str, Any]]


def _but(rows: tuple[Any, ...], place: int, **changed: Any) -> tuple[Any, ...]:
    return (*rows[:place], rows[place].model_copy(update=changed), *rows[place + 1 :])


FORGED: dict[str, tuple[Change, str]] = {
    "a tally that is not listed": (
        lambda table: {"findings": tuple(one for one in table.findings if one.found is not Found.TALLY_DIFFERS)},
        "tally-not-listed",
    ),
    "a tally listed twice": (lambda table: {"findings": (*table.findings, table.findings[-1])}, "tally-not-listed"),
    "another count": (lambda table: {"motions": _but(table.motions, 0, counted=(3, 0, 0))}, "tally-not-listed"),
    "a count of nothing": (lambda table: {"motions": _but(table.motions, 1, counted=(1, 0, 0))}, "tally-not-listed"),
    "a vote of nobody": (lambda table: {"votes": _but(table.votes, 0, name=99)}, "not-such-a-table"),
    "a vote on nothing": (lambda table: {"votes": _but(table.votes, 0, motion=99)}, "not-such-a-table"),
    "a vote given twice": (lambda table: {"votes": (*table.votes, table.votes[0])}, "not-such-a-table"),
    "a name beside a secret vote": (
        lambda table: {"motions": _but(table.motions, 0, method=Method.SECRET)},
        "not-such-a-table",
    ),
    "an organ of no statute": (lambda table: {"sessions": _but(table.sessions, 0, organ="x.y")}, "not-such-a-table"),
    "a motion of no session": (lambda table: {"motions": _but(table.motions, 0, session=9)}, "not-such-a-table"),
    "two motions of one number": (lambda table: {"motions": _but(table.motions, 1, number=1)}, "not-such-a-table"),
    "a day to come": (lambda table: {"sessions": _but(table.sessions, 0, day=date(2026, 2, 11))}, "not-yet"),
    "a day of the year 1": (
        lambda table: {"sessions": _but(table.sessions, 0, day=date(1, 1, 1))},
        "day-out-of-range",
    ),
    "a motion that amends itself": (lambda table: {"motions": _but(table.motions, 2, amends=2)}, "not-such-a-table"),
    "two that amend each other": (lambda table: {"motions": _but(table.motions, 0, amends=1)}, "not-such-a-table"),
    "a session too many": (lambda table: {"sessions": (*table.sessions, table.sessions[0])}, "id-not-derived"),
    "a name too many": (lambda table: {"names": table.names + 1}, "id-not-derived"),
}


@pytest.mark.parametrize(("change", "rule"), FORGED.values(), ids=FORGED)
def test_a_table_that_does_not_hold_is_refused_whoever_made_it(founded: Cast, change: Change, rule: str) -> None:
    id, act = drafted(founded, OFF)
    table = read_past_table(act.table)
    forged = table.model_copy(update=change(table))
    digest = stored.store(forged.bytes(), "application/json")
    with refused(f"assemblies.{rule}"):
        founded.does(founded.secretary, act.model_copy(update={"table": digest, "accepted": len(forged.findings)}), id)


def test_a_file_that_is_no_such_table_is_refused(founded: Cast) -> None:
    id, act = drafted(founded, tables.sound())
    digest = stored.store(stored.read(act.table) + b"\n", "application/json")
    with refused("assemblies.not-such-a-table"):
        founded.does(founded.secretary, act.model_copy(update={"table": digest}), id)
    with refused("assemblies.no-such-file"):
        founded.does(founded.secretary, act.model_copy(update={"table": "ab" * 32}))


def test_a_name_is_tied_to_nobody_whom_the_books_do_not_have(founded: Cast) -> None:
    id, act = drafted(founded, tables.sound())
    for changed in ({"who": uuid4(), "linked": True}, {"who": uuid4()}):
        names = (act.names[0].model_copy(update=changed), *act.names[1:])
        with refused("assemblies.id-not-derived"):
            founded.does(founded.secretary, act.model_copy(update={"names": names}))
    founded.does(founded.secretary, act, id)


def test_nobody_writes_other_words_where_initials_stand(founded: Cast) -> None:
    """Everybody reads them."""
    id, act = drafted(founded, tables.sound())
    for changed in ({"initials": "Pedro Pérez V-12345678"}, {"public_name": "Pedro Pérez"}):
        names = (act.names[0].model_copy(update=changed), *act.names[1:])
        with refused("assemblies.not-such-a-table"):
            founded.does(founded.secretary, act.model_copy(update={"names": names}), id)


def test_the_books_know_an_organ_by_its_name_and_a_day_on_which_it_met(founded: Cast) -> None:
    day = TODAY
    founded.does(founded.secretary, Convene(organ="cc.assembly", day=day, hour="18:00", place="Cancha", agenda=AGENDA))
    texts = tables.spoilt(Table.SESSIONS, "2019-03-09", day.isoformat())
    texts[Table.SESSIONS] += "A3,,,2019-01-01,,\nA4,comite de AGUAS,,2019-01-02,,\n"
    found = [(one.row, one.found) for one in plan_import(tables.files(texts), founded.commune, TODAY).findings]
    assert (2, Found.ALSO_HELD) in found and (4, Found.NO_ORGAN) in found
    assert [row for row, what in found if what is Found.ORGAN_UNKNOWN] == [3], "once for each name"


def test_what_is_new_in_tables_that_grew_is_taken_alone(founded: Cast) -> None:
    imported(founded, tables.sound())
    texts = tables.more(Table.SESSIONS, "A3,Comité de aguas,,2019-05-04,,")
    texts[Table.ATTENDANCE] += "A3,Teodoro Marcano,present,,\nA3,Luz Gil,present,,\n"
    texts[Table.MOTIONS] += "M5,A3,,Seguir,Luz Gil,,names,tied,1,1,,\n"
    texts[Table.VOTES] += "M5,Teodoro Marcano,for\nM5,Luz Gil,against\n"
    id = imported(founded, texts)
    one = PastImport.objects.get(pk=id)
    assert (one.sessions, one.motions, one.votes, one.equal) == (1, 1, 2, 1)
    motion = PastMotion.objects.get(key="M5")
    assert motion.mover is not None and motion.mover.name == "Luz Gil"
    assert PastName.objects.filter(name="Teodoro Marcano").values("who").distinct().count() == 1
    taken_before = PastFinding.objects.filter(imported=id, found=Found.KNOWN)
    assert sorted(taken_before.values_list("table", "row"))[0] == ("attendance", 2)
    assert taken_before.count() == 2 + 7 + 4 + 6
