"""The first page answers, for anybody, what comes and what became of what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import CancelSession, FollowUpResolution
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.elections import queries as elections
from comuna.elections.acts import PetitionRecall
from comuna.web import cache
from comuna.web.home import _demonstration
from conftest import Books
from tests.cast import TODAY, Cast
from tests.town import founded as town_under
from tests.words import base


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    _demonstration.cache_clear()
    yield
    cache.forget_pages()


def page(language: str = "en", **headers: str) -> str:
    response = Client().get("/", headers={"Accept-Language": language, **headers})
    assert response.status_code == 200
    return response.content.decode()


def test_empty_books_offer_to_found_a_commune(books: Books) -> None:
    assert "/found/" in page()


def test_it_says_what_comes_with_its_day_and_hour(founded: Cast) -> None:
    assert "No assembly is convened" in page()
    room = Room(founded)
    assert "Friday 20 February, 9:00" in page()
    assert "Viernes 20 de febrero, 9:00" in page("es")
    assert "Cancha techada" in page()
    assert f"/assemblies/{room.session}/" in page()


def test_a_cancelled_session_does_not_come(founded: Cast) -> None:
    room = Room(founded)
    room.does(CancelSession(session=room.session, reason="Lluvia"))
    assert "No assembly is convened" in page()


def test_it_says_what_became_of_what_was_decided(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(responsible="cc.finance", due_on=date(2026, 2, 25)), len(people), 0)
        assert "not yet" in page()
    with frozen_at("2026-03-02T14:00:00Z"):
        assert "past its day" in page()
        room.does(FollowUpResolution(resolution=Resolution.objects.get().id, done=True, words="Instalado"))
        said = page()
    assert "Comprar un tanque de 5.000 litros" in said
    assert "Instalado" in said
    assert "past its day" not in said


def test_a_session_of_this_week_stands_with_its_day_hour_and_place_and_how_far_it_is(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at("2026-02-18T14:00:00Z"):
        cache.forget_pages()
        assert "called, in 2 days" in page()
    with frozen_at(MEETING):
        assert "called for today" in page()
        room.quorate()
        assert "in session, with its quorum" in page()


def test_what_the_statute_asks_for_this_week_and_nobody_called_is_said(books: Books) -> None:
    """The small statute's assembly meets on the first Saturday of each month."""
    town = town_under(base())
    secretary = town.seated("secretary")
    with frozen_at("2026-01-20T14:00:00Z"):
        assert "not called yet" not in page()
    with frozen_at("2026-02-03T14:00:00Z"):
        cache.forget_pages()
        assert "not called yet" in page()
    town.convene(date(2026, 2, 7), by=secretary)
    with frozen_at("2026-02-05T14:00:00Z"):
        assert "not called yet" not in page()
        assert "called, in 2 days" in page()


def test_a_decision_stands_on_its_last_day_and_then_as_past_it(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(responsible="cc.finance", due_on=date(2026, 2, 25)), len(people), 0)
        assert "its last day" in page()
    with frozen_at("2026-02-26T14:00:00Z"):
        assert "its last day" not in page()


def test_who_is_signed_in_sees_first_what_waits_for_her(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(responsible="cc.finance", due_on=date(2026, 2, 25)), len(people), 0)
        said = founded.browser(founded.signer).get("/", headers={"accept-language": "en"}).content.decode()
        assert said.index("What waits for me") < said.index("Also this week</h2>")
        assert "What waits for me" not in page()


def test_a_recall_stands_on_the_last_day_of_its_signatures_and_no_earlier(founded: Cast) -> None:
    mandate = founded.mandate(founded.signer)
    act = PetitionRecall(mandate=mandate, ground="no-account", words="No rindió cuentas")
    asked = founded.does(founded.neighbour, act).id
    lapses = elections.recall(asked, TODAY).lapses_on
    assert lapses is not None
    assert "Recall: " not in page()
    with frozen_at(f"{lapses}T14:00:00Z"):
        assert "Recall: " in page()
        assert f"/elections/recalls/{asked}/" in page()


def test_sign_ins_of_the_sample_are_shown_in_the_sample_only(founded: Cast, books: Books) -> None:
    assert "Password" not in page()
    signs_in = [{"name": "vecina", "password": "agua-clara", "who_es": "una vecina", "who_en": "a neighbour"}]
    (books.home / "demo.json").write_text(json.dumps(signs_in))
    cache.forget_pages()
    assert "agua-clara" in page()
    assert "A neighbour" in page()


def test_the_first_page_is_small_and_asks_for_one_file_more(founded: Cast) -> None:
    Room(founded)
    said = page()
    assert len(said.encode()) < 15_000
    assert said.count('<link rel="stylesheet"') == 1
    assert "<script" not in said
    assert "<img" not in said
