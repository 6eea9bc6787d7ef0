"""The pages of assemblies over HTTP: what each reader sees and may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import AgendaRow, CancelSession, CloseSession, Convene, UndoCount
from comuna.assemblies.models import Resolution, Session
from comuna.assemblies.pages.attendance import entitled
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.journal import checkpoint
from tests.cast import TODAY, Cast


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded, neighbours=6)


@pytest.fixture
def secretary(founded: Cast) -> Client:
    return founded.browser(founded.secretary)


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def meeting() -> Iterator[None]:
    with frozen_at(MEETING):
        yield


def text(client: Client, href: str, status: int = 200) -> str:
    answer = client.get(href, headers={"accept-language": "en"})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


class _Fields(HTMLParser):
    """What the inputs of a page's forms hold before anybody fills them in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "select":
            self.select = name
        elif tag == "option" and "selected" in said:
            self.found[self.select] = value
        elif tag == "input" and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            self.found[name] = value


def form_of(page: str) -> dict[str, str]:
    """What a page's form holds as it is shown."""
    fields = _Fields()
    fields.feed(page)
    return {name: value for name, value in fields.found.items() if name and name != "csrfmiddlewaretoken"}


def post(client: Client, href: str, **fields: object) -> int:
    """Fill in the form of a page and send it. The status of the answer."""
    form = form_of(text(client, href))
    answer = client.post(href, {**form, **fields}, headers={"accept-language": "en"})
    assert answer.status_code in (302, 422, 409, 400), answer.content.decode()[:3000]
    return answer.status_code


def href(room: Room, page: str = "") -> str:
    return f"/assemblies/{room.session}/{page}"


def test_a_session_is_run_from_forms_alone(room: Room, meeting: None, secretary: Client) -> None:
    people = entitled(queries.standing(room.session))
    codes = " ".join(one.code for one in people)
    assert post(secretary, href(room, "attendance/"), codes=codes) == 302
    assert post(secretary, href(room, "call/"), hour="09:05") == 302
    assert "Quorum reached" in text(secretary, href(room))
    assert post(secretary, href(room, "motion/"), text="Comprar el tanque", responsible="cc.finance") == 302
    counters = {"counter_one": people[0].person, "counter_two": people[1].person}
    assert post(secretary, href(room, "vote/"), votes_for=len(people), votes_for_two=len(people), **counters) == 302
    assert "approved" in text(secretary, href(room))
    assert post(secretary, href(room, "close/"), hour="14:10", chaired_by=people[0].person) == 302
    assert "Decision 1 of 2026" in text(secretary, href(room, "minutes/"))


def test_a_session_is_convened_from_its_form(founded: Cast, secretary: Client) -> None:
    form = {"organ": "cc.assembly", "day": "2026-03-07", "hour": "09:00", "place": "Cancha"}
    form |= {"agenda.0.title": "Tanque", "agenda.1.title": "Luces"}
    assert post(secretary, "/assemblies/convene/", **form) == 302
    session = Session.objects.get()
    assert [held.item.title for held in queries.items(session.id)] == ["Tanque", "Luces"]
    assert "Tanque" in text(Client(), f"/assemblies/{session.id}/")


@pytest.mark.parametrize("page", ["sheet/", "attendance/", "minutes/?names=1"])
def test_names_of_who_came_are_only_for_who_keeps_the_minutes(
    founded: Cast, room: Room, stranger: Client, meeting: None, secretary: Client, page: str
) -> None:
    people = entitled(queries.standing(room.session))
    room.come([one.person for one in people])
    name = "Vecina Número 3"
    assert name in text(secretary, href(room, page))
    for client in (stranger, founded.browser(founded.neighbour)):
        answer = client.get(href(room, page))
        assert answer.status_code == 403
        assert name not in answer.content.decode()
    for public in ("", "minutes/", "notice/", "poster/", "screen/"):
        assert name not in text(stranger, href(room, public))


def test_a_stranger_reads_everything_that_is_public_and_is_offered_no_button(
    room: Room, stranger: Client, meeting: None
) -> None:
    page = text(stranger, href(room))
    assert "Tanque de agua" in page and "/attendance/" not in page
    assert "Rondón" in page, "who can record attendance is named instead"


def test_minutes_without_quorum_say_both_numbers_and_the_article(room: Room, stranger: Client, meeting: None) -> None:
    room.come(room.roll()[:1])
    room.call(1, "09:00")
    room.call(2, "09:30")
    room.does(CloseSession(session=room.session, hour="09:40"))
    page = text(stranger, href(room, "minutes/"))
    assert "Without a quorum nothing was decided" in page
    assert "LOCC art. 22" in page and "20" in page


def test_whoever_is_signed_in_reads_whether_she_was_recorded_herself(
    founded: Cast, room: Room, stranger: Client, meeting: None
) -> None:
    own = founded.browser(founded.neighbour)
    assert "recorded as present" not in text(own, href(room))
    room.come([person for person in room.roll() if person != founded.neighbour])
    assert "not recorded as present" in text(own, href(room))
    room.come([founded.neighbour])
    page = text(own, href(room))
    assert "recorded as present" in page and "not recorded as present" not in page
    assert "recorded as present" not in text(stranger, href(room))


def test_minutes_say_what_was_taken_back(room: Room, stranger: Client, meeting: None) -> None:
    people = room.quorate()
    assert "Taken back" not in text(stranger, href(room, "minutes/"))
    motion = room.motion()
    tally = room.count(motion, len(people), 0).id
    room.does(UndoCount(tally=tally))
    page = text(stranger, href(room, "minutes/"))
    assert "Taken back during the session" in page and "took" in page
    room.count(motion, len(people) - 1, 1)
    room.does(CloseSession(session=room.session, hour="11:00"))
    assert text(stranger, href(room, "minutes/")).count("Taken back during the session") == 1


def test_minutes_say_when_a_call_was_typed_long_after_its_hour(room: Room, stranger: Client) -> None:
    with frozen_at("2026-02-20T13:10:00Z"):  # ten past nine in Caracas
        room.come(room.roll()[:1])
        room.call(1, "09:00")
    with frozen_at("2026-02-20T23:20:00Z"):
        room.call(2, "09:30")
        page = text(stranger, href(room, "minutes/"))
    assert page.count("typed Friday 20 February") == 1 and "19:20" in page


def test_the_minutes_carry_the_code_of_the_books(room: Room, stranger: Client, meeting: None) -> None:
    room.quorate()
    unfinished = text(stranger, href(room, "minutes/"))
    assert "not finished" in unfinished and "papercode" not in unfinished
    room.does(CloseSession(session=room.session, hour="11:00"))
    witness = checkpoint.newest(room.cast.commune)
    assert witness is not None
    code = checkpoint.paper_code(witness)
    page = text(stranger, href(room, "minutes/"))
    assert page.count(code) == 2, "in its block, and at the foot of every sheet"
    assert "<svg" in page
    assert "Yes." in text(stranger, f"/verify/?code={code.replace(' ', '+')}")


CHANGES = {
    "assemblies_tally.votes_for": "UPDATE assemblies_tally SET votes_for = votes_for + 1",
    "assemblies_call.present": "UPDATE assemblies_call SET present = present + 1",
    "assemblies_attendance": "DELETE FROM assemblies_attendance",
    "assemblies_motion.text": "UPDATE assemblies_motion SET text = 'Comprar dos tanques'",
    "assemblies_session.organ": "UPDATE assemblies_session SET organ = 'cc.nowhere'",
    "assemblies_session.hour": "UPDATE assemblies_session SET hour = '07:00'",
}

CHANGED_WORDS = {
    "assemblies_tally.votes_for": "the counted votes",
    "assemblies_call.present": "the calls and the quorum",
    "assemblies_attendance": "who was present",
    "assemblies_motion.text": "a motion",
    "assemblies_session.organ": "the day, the place or the organ",
    "assemblies_session.hour": "the day, the place or the organ",
}


@pytest.mark.parametrize("named", CHANGES)
def test_what_was_changed_with_a_database_tool_is_not_printed_under_the_code_of_the_books(
    room: Room, stranger: Client, meeting: None, named: str
) -> None:
    people = room.quorate()
    room.count(room.motion(), len(people), 0)
    room.does(CloseSession(session=room.session, hour="11:00"))
    witness = checkpoint.newest(room.cast.commune)
    assert witness is not None
    code = checkpoint.paper_code(witness)
    asked = f"/verify/?code={code.replace(' ', '+')}"
    assert "is what its records say" in text(stranger, asked)
    with tampered(CHANGES[named]):
        minutes = stranger.get(href(room, "minutes/"), headers={"accept-language": "en"})
        page = minutes.content.decode()
        assert minutes.status_code == 409
        assert "changed outside the books" in page and named in page and code not in page
        assert named in text(stranger, href(room)) and named in (answer := text(stranger, asked))
        assert CHANGED_WORDS[named] in page and "Yes." not in answer, "no green answer stands above the red one"
        assert answer.index("changed outside the books") < answer.index("stand unchanged")
    assert code in text(stranger, href(room, "minutes/"))
    assert "changed outside" not in text(stranger, href(room) + "?anew=1")


@contextmanager
def tampered(sql: str) -> Iterator[None]:
    """One statement of a database tool; afterwards it is undone, so that the books still replay equal."""
    with transaction.atomic():
        point = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute(sql)
        yield
        transaction.savepoint_rollback(point)


def test_everything_recorded_is_offered_to_be_taken_back_until_the_end(
    room: Room, meeting: None, secretary: Client
) -> None:
    people = room.quorate()
    motion = room.motion()
    room.count(motion, len(people), 0)
    page = text(secretary, href(room))
    for undo in re.findall(r'href="(/assemblies/take-back/count/[^"]+)"', page)[:1]:
        assert post(secretary, undo.replace("&amp;", "&")) == 302
    assert not Resolution.objects.exists()
    room.count(motion, len(people), 0)
    room.does(CloseSession(session=room.session, hour="11:00"))
    assert "take-back" not in text(secretary, href(room))


def test_the_poster_leads_to_the_address_by_which_each_reader_came(room: Room) -> None:
    def poster(host: str) -> str:
        return Client(headers={"host": host}).get(href(room, "poster/")).content.decode()

    stranger, own = poster("evil.example"), poster("comuna.local:8000")
    assert "evil.example" in stranger and "comuna.local" not in stranger
    assert "comuna.local:8000" in own and "evil.example" not in own


def test_the_convocation_is_plain_text_to_pass_on(room: Room, stranger: Client) -> None:
    said = text(stranger, href(room, "notice/"))
    assert "Cancha techada" in said and "1. Tanque de agua" in said and "<" not in said
    room.does(CancelSession(session=room.session, reason="Llueve"))
    assert "CANCELLED: Llueve" in text(stranger, href(room, "notice/"))


def test_the_projector_shows_the_item_and_renews_itself(room: Room, stranger: Client, meeting: None) -> None:
    room.quorate()
    room.motion()
    page = text(stranger, href(room, "screen/"))
    assert "1. Tanque de agua" in page and "Comprar un tanque" in page
    assert 'http-equiv="refresh"' in page


def test_decisions_are_listed_with_who_answers_and_what_became_of_them(
    founded: Cast, room: Room, meeting: None, stranger: Client
) -> None:
    people = room.quorate()
    motion = room.motion(responsible="cc.finance", due_on=date(2026, 2, 21))
    room.count(motion, len(people), 0)
    row = Resolution.objects.get()
    assert "1 decision is not done yet" in text(stranger, "/assemblies/decisions/")
    with frozen_at("2026-02-25T14:00:00Z"):
        assert "past its day" in text(stranger, "/assemblies/decisions/")
        secretary, signer = founded.browser(founded.secretary), founded.browser(founded.signer)
        follow = f"/assemblies/decisions/{row.id}/follow-up/"
        assert follow in text(signer, f"/assemblies/decisions/{row.id}/"), "her seat answers for it"
        assert "Finance spokesperson" in text(signer, follow)
        assert post(signer, follow, done="no", words="Se pidieron precios") == 302
        assert founded.browser(founded.comptroller).get(follow).status_code == 403
        assert post(secretary, follow, done="yes", words="Ya está instalado") == 302
        assert "Ya está instalado" in text(stranger, f"/assemblies/decisions/{row.id}/")
        assert "No decision is waiting" in text(stranger, "/assemblies/decisions/")
        assert "Comprar un tanque" in text(stranger, "/assemblies/decisions/?show=all")


@pytest.mark.parametrize("page", ["", "minutes/", "notice/", "poster/", "screen/", "sheet/", "call/"])
def test_an_unknown_session_is_not_found(founded: Cast, secretary: Client, page: str) -> None:
    assert secretary.get(f"/assemblies/{uuid4()}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("page", "most"),
    [("", 43), ("minutes/", 88), ("attendance/", 30), ("/assemblies/", 21), ("/assemblies/decisions/", 14)],
)
def test_a_page_asks_a_fixed_number_of_times_however_many_came(
    founded: Cast, meeting: None, secretary: Client, page: str, most: int
) -> None:
    def asked(motions: int, hour: str) -> int:
        room = Room(founded, hour=hour)
        people = room.quorate()
        for _number in range(motions):
            room.count(room.motion(), len(people), 0)
        address = page if page.startswith("/") else href(room, page)
        text(secretary, address)
        with CaptureQueriesContext(connection) as few:
            text(secretary, address)
        return len(few)

    first = asked(1, "09:00")
    Room(founded, neighbours=8, hour="08:00")
    assert asked(5, "09:01") <= first
    assert first <= most


def test_the_sheet_of_a_seat_organ_says_the_seats(founded: Cast, secretary: Client) -> None:
    act = Convene(organ="cc.collective", day=TODAY, hour="15:00", place="x", agenda=(AgendaRow(title="Cuentas"),))
    id: UUID = founded.does(founded.secretary, act).id
    page = text(secretary, f"/assemblies/{id}/sheet/")
    assert "Carmen Teresa Blanco" in page and "Finance spokesperson 1" in page
    assert "Marisol" not in page


def test_what_is_typed_the_day_after_begins_at_the_hour_of_the_last_call(founded: Cast, room: Room) -> None:
    with frozen_at("2026-02-21T14:00:00Z"):
        secretary = founded.browser(founded.secretary)
        assert form_of(text(secretary, href(room, "call/")))["hour"] == "09:00"
        room.quorate()
        room.motion()
        form = form_of(text(secretary, href(room, "vote/")))
        assert form["hour"] == "09:05"
