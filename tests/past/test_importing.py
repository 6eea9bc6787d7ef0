"""Sessions of earlier papers come into the books by one act and go by one; nothing of today rests on them."""

from __future__ import annotations

from uuid import UUID, uuid4

from comuna.assemblies.acts import ImportSessions, UndoSessionImport
from comuna.assemblies.acts.past_draft import plan_import, session_import_of
from comuna.assemblies.models import (
    PastAttendance,
    PastFinding,
    PastImport,
    PastMotion,
    PastName,
    PastSession,
    PastVote,
)
from comuna.journal import files as stored
from tests.cast import TODAY, Cast, refused
from tests.past import tables

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
