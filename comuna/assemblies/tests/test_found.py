"""What the search finds is what the books say now: after each act, after taking back, after an erasure."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts import finding
from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.models import Entry
from comuna.acts.rules import terms_of, words_in
from comuna.assemblies.acts import (
    AddAgendaItem,
    AgendaRow,
    CancelSession,
    Convene,
    FollowUpResolution,
    UndoCount,
    UndoMotion,
)
from comuna.assemblies.models import Resolution, Tally
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.journal import schema, scrub
from comuna.journal.lock import writing
from conftest import Books, Engine, replayed
from tests.cast import Cast


def kinds(query: str, kind: str = "", year: int | None = None) -> list[str]:
    """Of what is found, newest first."""
    asked = finding.Asked(terms_of(query), kind, year)
    return [kind for _id, kind in finding.kinds(finding.found(asked, 1_000))]


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded)


def erase(room: Room, subject: UUID) -> None:
    room.cast.signed(ErasePrivate(subject=subject, audiences=(ErasableAudience.PUBLIC,), reason="Lo pidió"))


def test_a_session_is_found_by_its_agenda_its_place_and_why_it_was_cancelled(room: Room) -> None:
    assert kinds("TANQUES") == kinds("alumbrado") == kinds("cancha tanque") == ["session"]
    room.does(AddAgendaItem(session=room.session, title="Pintar la Ñapa"))
    assert kinds("napa tanque") == ["session"]
    room.does(CancelSession(session=room.session, reason="Diluvio"))
    assert kinds("diluvio") == ["session"]
    assert kinds("diluvio terremoto") == kinds("terremoto") == []


def test_a_motion_becomes_a_decision_and_is_found_by_what_became_of_it(room: Room) -> None:
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion(text="Comprar una motobomba", responsible="cc.secretary")
        assert kinds("motobomba") == kinds("motobomba", "motion") == ["motion"]
        room.count(motion, len(people), 0)
        assert kinds("motobomba") == ["decision"]
        assert kinds("motobomba", "motion") == []
        resolution = Resolution.objects.get().id
        room.does(FollowUpResolution(resolution=resolution, done=True, words="Llegó en gandola"))
        assert kinds("gandola motobomba") == ["decision"]


def test_a_decision_is_found_by_the_words_decided_and_not_by_those_put_first(room: Room) -> None:
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion(text="Limpiar la tanquilla el domingo")
        amendment = room.motion(text="Limpiar la tanquilla el sábado, con almuerzo", amends=motion)
        room.count(amendment, len(people), 0)
        assert kinds("tanquilla domingo") == ["motion"]
        room.count(motion, len(people), 0)
    assert kinds("tanquilla almuerzo", "decision") == ["decision"]
    assert kinds("domingo") == []
    page = Client().get("/search/?q=tanquilla&kind=decision").content.decode()
    assert "con almuerzo" in page and "domingo" not in page
    erase(room, amendment)
    assert kinds("tanquilla") == kinds("almuerzo") == [], "the words of the amendment are those of the decision"


def test_what_is_taken_back_is_found_no_more(room: Room) -> None:
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion(text="Comprar una motobomba")
        room.count(motion, len(people), 0)
        room.does(UndoCount(tally=Tally.objects.get().id))
        assert kinds("motobomba") == ["motion"]
        room.does(UndoMotion(motion=motion))
        assert kinds("motobomba") == []


def test_the_year_is_that_of_the_session_and_newest_days_come_first(room: Room) -> None:
    for day in (date(2026, 3, 1), date(2027, 1, 9), date(2026, 2, 27)):
        room.does(
            Convene(
                organ="cc.assembly", day=day, hour="09:00", place=f"Plaza {day}", agenda=(AgendaRow(title="Acueducto"),)
            )
        )
    asked = finding.Asked(terms_of("acueducto"))
    days = [finding.documents({kind: [id]})[id].day for id, kind in finding.kinds(finding.found(asked, 20))]
    assert days == [date(2027, 1, 9), date(2026, 3, 1), date(2026, 2, 27)]
    assert kinds("acueducto", year=2027) == ["session"]
    assert len(kinds("acueducto", year=2026)) == 2
    assert kinds("acueducto", year=2025) == kinds("acueducto", year=9999) == []
    assert finding.found(asked, 2) == finding.found(asked, 20)[:2]
    assert list(finding.years()) == [2026, 2027]


def test_erased_words_are_found_no_more_and_the_others_still_are(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        motion = room.motion(text="Fulano es un ladrón")
        assert kinds("ladron") == ["motion"]
        erase(room, motion)
        assert kinds("ladron") == []
        erase(room, room.session)
        assert kinds("tanque") == kinds("cancha") == []
        assert not Entry.objects.exists()


@pytest.mark.sqlite_only
def test_of_erased_words_no_byte_stays_in_the_database(founded: Cast, books: Books) -> None:
    """Enough words that the index has many pages, at whose borders beginnings of words are kept."""
    draw = random.Random(7)
    room = Room(founded)
    sessions: dict[UUID, list[str]] = {}
    for number in range(20):
        own = ["zurriburr" + "".join(draw.choices("bcdfghjklmnprtvz", k=4)) + f"{number:02}" for _number in range(600)]
        agenda = tuple(AgendaRow(title=" ".join(own[row : row + 12])) for row in range(0, 600, 12))
        day = date(2026, 3, 1 + number)
        act = Convene(organ="cc.assembly", day=day, hour="09:00", place="Cancha", agenda=agenda)
        sessions[room.does(act).id] = own
    for erased in list(sessions)[:3]:
        own = sessions.pop(erased)
        assert set(own) <= words_kept()
        erase(room, erased)
        assert scrub.scrub_if_due()
        content = b"".join(path.read_bytes() for path in books_files())
        assert [word for word in own if word.encode() in content] == []
        left = [word for its in sessions.values() for word in its]
        assert all(word.encode() in content for word in left[::40]), "the search of bytes must see what stands there"
        told = [one for one in borders() if any(word.startswith(one) for word in own)]
        assert [one for one in told if not any(word.startswith(one) for word in left)] == []
        assert kinds(own[0]) == []
        assert kinds(left[0]) == ["session"]


def books_files() -> list[Path]:
    name = str(connection.settings_dict["NAME"])
    return [path for suffix in ("", "-wal") if (path := Path(name + suffix)).exists()]


def words_kept() -> set[str]:
    return {word for words in Entry.objects.values_list("words", flat=True) for word in words.split()}


def borders() -> list[str]:
    """The beginnings of words by which the index finds its pages."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(term AS TEXT) FROM acts_entry_words_idx")
        return [str(term)[1:] for (term,) in cursor.fetchall()]


def test_the_index_can_be_made_anew_and_a_replay_makes_it(room: Room, engine: Engine, books: Books) -> None:
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(text="Comprar una motobomba"), len(people), 0)
    assert kinds("motobomba") == ["decision"]
    here = sorted(Entry.objects.values_list("of", "kind", "words"))
    with replayed(engine, str(connection.settings_dict["NAME"]), books.home.parent):
        assert sorted(Entry.objects.values_list("of", "kind", "words")) == here
        assert kinds("motobomba") == ["decision"]
    Entry.objects.all().delete()
    with writing():
        assert finding.build() == len(here)
    assert kinds("motobomba") == ["decision"]
    assert list(finding.faults()) == []


TAMPERINGS = {
    "a word too many": "UPDATE acts_entry SET words = words || ' ladron'",
    "another kind": "UPDATE acts_entry SET kind = 'recall'",
    "another day": "UPDATE acts_entry SET id = id + 16777216",
    "of something else": "UPDATE acts_entry SET of = '00000000000000000000000000000000'",
    "a row taken away": "DELETE FROM acts_entry",
}
OF_FTS5 = {
    "words of the index alone": "INSERT INTO acts_entry_words (rowid, words) VALUES (5, 'ladron')",
    "pages of the index emptied": "UPDATE acts_entry_words_data SET block = zeroblob(20) WHERE id > 10",
    "pages of the index taken away": "DELETE FROM acts_entry_words_data WHERE id > 10",
    "deleted words are kept": "DELETE FROM acts_entry_words_config WHERE k = 'secure-delete'",
    "other settings": "INSERT INTO acts_entry_words_config VALUES ('automerge', 7)",
}


@pytest.mark.parametrize("how", [*TAMPERINGS, *OF_FTS5])
def test_whoever_changes_the_index_is_found_out_and_it_is_made_anew(room: Room, how: str) -> None:
    if how in OF_FTS5 and connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its index by itself")
    assert list(finding.faults()) == []
    with connection.cursor() as cursor:
        cursor.execute({**TAMPERINGS, **OF_FTS5}[how])
    found = [str(fault) for fault in finding.faults()]
    assert found and all("acts_entry" in words for words in found), found
    with writing():
        finding.build()
    assert [str(fault) for fault in finding.faults()] == []
    assert kinds("tanque") == ["session"]


def test_an_index_of_other_make_is_named(room: Room) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE TABLE acts_entry_words_more (id INTEGER)")
            assert any("acts_entry_words_more" in words for words in schema.faults())
            cursor.execute("DROP TABLE acts_entry_words_more")
    assert schema.faults() == []


def test_whatever_is_asked_takes_one_statement_and_no_more(room: Room) -> None:
    for query in ("agua", "a la de", "* OR NEAR(", "💧", "", "ab" * 5_000, "'; DROP TABLE acts_entry; --", "x\u0000y"):
        with CaptureQueriesContext(connection) as asked:
            finding.found(finding.Asked(terms_of(query)), 20)
        assert len(asked) <= 1, query


def test_no_word_of_the_index_says_who_was_present(room: Room) -> None:
    room.does(AddAgendaItem(session=room.session, title="Informe"))
    with frozen_at(MEETING):
        room.quorate()
    assert words_kept() == {"kind_session", *words_in("Tanque de agua Alumbrado Informe Cancha techada")}
    assert not re.search("yelitza|rondon", " ".join(words_kept()))
