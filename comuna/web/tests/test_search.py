"""Anybody finds what was decided by its words, and is told where and when it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AgendaRow, Convene, PublishStatement, WithdrawStatement
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.elections.acts import PetitionRecall
from comuna.elections.models import Election, Petition
from comuna.elections.tests.voting import Vote
from comuna.web import cache
from conftest import Books
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    yield
    cache.forget_pages()


def answer(address: str = "", language: str = "en", **headers: str) -> Any:
    return Client().get(f"/search/{address}", headers={"Accept-Language": language, **headers})


def page(address: str = "", language: str = "en") -> str:
    response = answer(address, language)
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded)


def test_before_a_founding_there_is_nothing_to_search(books: Books) -> None:
    assert answer("?q=agua").status_code == 404


def test_a_decision_is_found_with_its_day_organ_and_address_and_the_words_are_marked(room: Room) -> None:
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(text="Comprar una <b>motobomba</b> y tubería"), len(people), 0)
        shown = page("?q=MOTOBOMBAS+tuberia")
        assert "1 result" in shown
        assert f'href="/assemblies/decisions/{Resolution.objects.get().id}/"' in shown
        assert "Decision 1 of 2026" in shown
        assert "20 February" in shown
        assert "&lt;b&gt;<mark>motobomba</mark>&lt;/b&gt; y <mark>tubería</mark>" in shown
        assert "Decisión 1 de 2026" in page("?q=motobomba", "es")


def test_a_statement_is_found_by_its_words_and_says_whether_it_was_withdrawn(room: Room) -> None:
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(text="Decirlo en público"), len(people), 0)
        act = PublishStatement(resolution=Resolution.objects.get().id, title="Por el agua", text="Falta desde enero")
        statement = room.does(act).id
        assert f'href="/assemblies/statements/{statement}/"' in page("?q=enero&kind=statement")
        assert "withdrawn" not in page("?q=enero")
        room.does(WithdrawStatement(statement=statement))
        assert "withdrawn" in page("?q=enero")


def test_a_motion_says_what_was_voted(room: Room) -> None:
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(text="Vender la motobomba"), 0, len(people))
        shown = page("?q=motobomba&kind=motion")
        assert "Motion 1" in shown
        assert "not approved" in shown
        assert f'href="/assemblies/{room.session}/"' in shown


def test_elections_are_found_by_the_names_that_everybody_may_read(founded: Cast) -> None:
    vote = Vote(founded)
    with frozen_at(MEETING):
        vote.open().elect("cc.electoral", [9, 8, 7, 6, 5])
        shown = page("?q=vecina+9")
        assert f'href="/elections/{Election.objects.get().id}/"' in shown
        assert "Election:" in shown
        assert "1 result" in page("?q=vecina&kind=election&year=2026")


def test_a_recall_is_found_by_its_reasons(founded: Cast) -> None:
    act = PetitionRecall(mandate=founded.mandate(founded.signer), ground="no-account", words="No rindió cuentas nunca")
    founded.does(founded.neighbour, act)
    shown = page("?q=rindio")
    assert f'href="/elections/recalls/{Petition.objects.get().id}/"' in shown
    assert "Recall:" in shown


def test_it_is_shown_by_kind_and_year_and_the_query_stays(room: Room) -> None:
    for day in (date(2026, 3, 1), date(2027, 3, 1)):
        room.does(
            Convene(organ="cc.assembly", day=day, hour="09:00", place="Plaza", agenda=(AgendaRow(title="Acueducto"),))
        )
    assert "2 results" in page("?q=acueducto")
    shown = page("?q=acueducto&year=2027&kind=session")
    assert "1 result" in shown
    assert 'href="?q=acueducto&amp;kind=decision&amp;year=2027"' in shown
    assert 'name="year" value="2027"' in shown
    assert 'value="acueducto"' in shown
    assert "Nothing was found" in page("?q=acueducto&kind=motion")
    for nonsense in ("kind=x", "year=x", "year=99999", "year=0", "page=x", "page=-1", "page=99999999999"):
        assert "2 results" in page(f"?q=acueducto&{nonsense}")


def test_what_is_found_is_shown_twenty_at_a_time(room: Room) -> None:
    for number in range(1, 24):
        room.does(
            Convene(
                organ="cc.assembly",
                day=date(2026, 4, number),
                hour="09:00",
                place="Plaza",
                agenda=(AgendaRow(title="Acueducto"),),
            )
        )
    first, second = page("?q=acueducto"), page("?q=acueducto&page=2")
    assert (first.count("<mark>"), second.count("<mark>")) == (20, 3)
    assert 'href="?q=acueducto&amp;page=2"' in first
    with CaptureQueriesContext(connection) as few:
        page("?q=acueducto&page=2")
    with CaptureQueriesContext(connection) as many:
        page("?q=acueducto")
    assert len(many) == len(few) <= 24


def test_who_asks_for_nothing_is_told_how_to_ask(room: Room) -> None:
    for empty in ("", "?q=", "?q=+++", "?q=***", "?q=%22%22", "?q=%F0%9F%92%A7"):
        shown = page(empty)
        assert "Search what was decided" in shown
        assert "beginning of a word is enough" in shown
        assert '<input type="search"' in shown


def test_where_nothing_is_found_it_says_what_to_do(room: Room) -> None:
    assert "Fewer or shorter words" in page("?q=xilofono")
    assert "Search in everything" in page("?q=tanque&kind=recall")


ODD = [
    '"',
    '"tanque',
    "tanque AND",
    "NOT tanque",
    "NEAR(tanque agua, 3)",
    "tanque*",
    "^tanque",
    "words:tanque",
    "kind_session",
    "-tanque",
    "tanque | agua & !x <-> y:*",
    "'; DROP TABLE acts_entry; --",
    "%s %(x)s {page} {0}",
    "\\",
    "💧🚰",
    "\u0000tanque\u0000",
    "\u202etanque",
    "tanque " * 1_500,
    "ñ" * 10_000,
    "<script>alert(1)</script>",
    "َُِ",
    "中文 水",
]


@pytest.mark.parametrize("query", ODD, ids=lambda query: query[:12].encode("unicode_escape").decode())
def test_whatever_is_typed_gets_a_page(room: Room, query: str) -> None:
    for more in ("", "&kind=session", "&year=2026", "&page=3"):
        shown = page(f"?q={quote(query)}{more}")
        assert "<script>" not in shown


def test_marks_around_a_word_mean_nothing(room: Room) -> None:
    for query in ('"tanque', "tanque*", "^tanque", "-tanque", "\u0000tanque\u0000"):
        assert "1 result" in page(f"?q={quote(query)}"), query


def test_a_query_gets_its_tag_and_pushes_no_page_out_of_the_cache(room: Room) -> None:
    first = answer("?q=tanque")
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    assert answer("?q=tanque", **{"If-None-Match": tag}).status_code == 304
    before = dict(cache._pages)
    for number in range(5):
        page(f"?q=tanque+{number}")
    assert dict(cache._pages) == before
    room.does(
        Convene(
            organ="cc.assembly", day=date(2026, 5, 1), hour="09:00", place="Tanque", agenda=(AgendaRow(title="Uno"),)
        )
    )
    assert answer("?q=tanque", **{"If-None-Match": tag}).status_code == 200


def test_the_way_to_it_stands_on_the_pages_of_assemblies_and_in_the_menu(room: Room) -> None:
    for address in ("/assemblies/", "/assemblies/decisions/"):
        shown = Client().get(address).content.decode()
        assert re.search(r'<form class="search" role="search" action="/search/">', shown), address
    assert 'href="/search/"' in Client().get("/").content.decode()


def test_nobody_is_found_by_a_name_that_is_not_public(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
    for name in ("Yelitza", "Marisol", "Guerra"):
        assert "Nothing was found" in unescape(page(f"?q={name}"))
