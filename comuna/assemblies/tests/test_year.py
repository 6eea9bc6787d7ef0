"""A year on one page: figures of every organ, and of one organ who came to each session and what it decided."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import AgendaRow, CancelSession, Convene, FollowUpResolution, PutMotion
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_pages import text
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from tests.cast import Cast

YEAR, ORGAN = MEETING_DAY.year, "cc.assembly"


def _decided(room: Room, said: str, responsible: str | None = "cc.committee.water") -> Resolution:
    motion = room.does(PutMotion(session=room.session, item=1, text=said, responsible=responsible)).id
    room.count(motion, queries.standing(room.session).present, 0)
    found: Resolution = Resolution.objects.get(motion=motion)
    return found


def test_a_year_counts_sessions_with_a_quorum_decisions_and_what_was_done(founded: Cast) -> None:
    room = Room(founded, neighbours=8)
    with frozen_at(MEETING):
        room.quorate()
        first = _decided(room, "Reparar el tanque")
        _decided(room, "Poner bombillos")
        _decided(room, "Vernos cada mes", responsible=None)
        room.does(FollowUpResolution(resolution=first.id, done=True, words="Quedó listo"))
        gas = (AgendaRow(title="Gas"),)
        later = Convene(organ=ORGAN, day=date(2026, 3, 7), hour="09:00", place="Cancha", agenda=gas)
        room.does(CancelSession(session=room.does(later).id, reason="Llueve"))
        (figures,) = queries.organ_years(founded.commune, YEAR)
        assert (figures.organ, figures.sessions, figures.quorate) == (ORGAN, 1, 1)
        assert (figures.decisions, figures.tasks, figures.done) == (3, 2, 1)
        page = text(Client(), f"/assemblies/years/{YEAR}/")
    assert "2026: 1 session, 3 decisions" in page and "1 of 2 (50" in page
    assert "Reparar el tanque" in page and "Vernos cada mes" in page
    assert page.count('class="bar reached"') == 1 and "cancelled" in page, "a bar for the session, none for the other"


def test_without_a_quorum_the_bar_says_how_many_were_missing(founded: Cast) -> None:
    room = Room(founded, neighbours=8)
    with frozen_at(MEETING):
        room.come(room.roll()[:1])
        room.call(1, "09:00")
        page = text(Client(), f"/assemblies/years/{YEAR}/?organ={ORGAN}")
    call = queries.met(founded.commune, YEAR, ORGAN)[0].call
    assert call is not None and 'class="bar short"' in page and f"{call.needed - 1} missing" in page


def test_a_year_or_an_organ_that_is_not_there_is_no_page(founded: Cast) -> None:
    Room(founded)
    with frozen_at(MEETING):
        for address in ("1999/", f"{YEAR}/?organ=nobody", "9999999/"):
            text(Client(), f"/assemblies/years/{address}", 404)


def test_the_statements_do_not_grow_with_the_sessions(founded: Cast) -> None:
    room = Room(founded, neighbours=8)
    with frozen_at(MEETING):
        room.quorate()

        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                queries.met(founded.commune, YEAR, ORGAN)
                queries.decided(founded.commune, YEAR, ORGAN, slice(0, 40))
                queries.organ_years(founded.commune, YEAR)
            return len(asked)

        before = statements()
        for number in range(4):
            _decided(room, f"Decisión {number}")
            gas = (AgendaRow(title="Gas"),)
            hour = f"1{number}:00"
            room.does(Convene(organ=ORGAN, day=date(2026, 4, 4), hour=hour, place="Cancha", agenda=gas))
        assert statements() <= before + 2, "what became of decisions is asked once there are any"
