"""The open data on seats and votes: what the public pages say, in the words of Popolo, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AgendaRow,
    CancelSession,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordLeaving,
    RecordNames,
    UndoCount,
)
from comuna.assemblies.models import Tally
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.mandates.acts import EnterMandate, RegisterCouncil, Resign
from comuna.statutes import queries as statutes
from comuna.territory.models import Person
from comuna.web import cache
from conftest import Books
from tests.cast import TODAY, Cast
from tests.house import ROOT
from tests.popolo import SCHEMA
from tests.test_councils import TEXT, seated
from tests.town import founded as town_under

VALID = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)
Data = dict[str, list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.forget_pages()
    yield
    cache.forget_pages()


@pytest.fixture
def room(founded: Cast) -> Room:
    """A motion that passed and one that did not."""
    room = Room(founded, neighbours=6)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(), len(people) - 3, 2, 1)
        room.count(room.motion(text="Cerrar la cancha"), 1, len(people) - 1)
    return room


def data(language: str = "en") -> Data:
    """As a stranger reads it: of the form that we promise, and every id that it names is in it."""
    answer = Client().get("/popolo.json", headers={"accept-language": language})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    found: Data = json.loads(answer.content)
    assert [f"{list(error.instance_path)}: {error.message}" for error in VALID.iter_errors(found)] == []
    ids = {kind: [thing["id"] for thing in things] for kind, things in found.items()}
    assert all(len(known) == len(set(known)) for known in ids.values()), "an id is there once"
    named = {"person": "persons", "post": "posts", "motion": "motions", "legislative_session": "events"}
    named |= {"organization": "organizations", "parent": "organizations"}
    for things in found.values():
        for thing in things:
            for name, kind in named.items():
                assert thing.get(f"{name}_id") in (None, *ids[kind]), (name, thing)
    return found


def test_seats_and_who_holds_them_are_those_of_the_page(founded: Cast) -> None:
    found = data()
    people = {one["id"]: one["name"] for one in found["persons"]}
    held = {(one["post_id"], people[one["person_id"]], one["end_date"]) for one in found["memberships"]}
    assert ("cc.secretary/1", "Yelitza Carolina Rondón", None) in held
    treasurer = next(one for one in found["memberships"] if one["id"] == str(founded.mandate(founded.recalled)))
    assert treasurer["end_date"] == "2026-02-08", "the last day with it: the recall was on the ninth"
    posts = {one["id"] for one in found["posts"]}
    statute = statutes.in_force(founded.commune, TODAY)
    vacant = {f"{kind.id}/{number}" for kind in statute.seats for number in range(1, kind.count + 1)}
    assert vacant <= posts, "vacant seats too"


def test_a_membership_ends_on_its_last_day(founded: Cast) -> None:
    mandate = founded.mandate(founded.signer)
    founded.does(founded.signer, Resign(mandate=mandate))
    ended = next(one for one in data()["memberships"] if one["id"] == str(mandate))
    assert ended["end_date"] == "2026-02-09"
    acting = next(one for one in data()["memberships"] if one["id"] == str(founded.mandate(founded.acting_signer)))
    assert acting["end_date"] is None, "expired and acting is not over"


def test_votes_are_counts_with_their_motion_and_session(room: Room) -> None:
    found = data()
    people = len(room.roll())
    passed, failed = found["vote_events"]
    assert [one["value"] for one in passed["counts"]] == [people - 3, 2, 1]
    assert (passed["result"], failed["result"]) == ("pass", "fail")
    assert (passed["identifier"], failed["identifier"]) == ("1/2026", None)
    motion = next(one for one in found["motions"] if one["id"] == passed["motion_id"])
    assert (motion["text"], motion["result"]) == ("Comprar un tanque de 5.000 litros", "pass")
    (event,) = found["events"]
    assert (event["id"], event["start_date"]) == (str(room.session), "2026-02-20T09:00:00-04:00")


def test_a_count_taken_back_leaves_its_motion_without_result(room: Room) -> None:
    with frozen_at(MEETING):
        tally = Tally.objects.get(passed=False)
        room.does(UndoCount(tally=tally.id))
    found = data()
    assert len(found["vote_events"]) == 1
    assert [one["result"] for one in found["motions"]] == ["pass", None]


def test_a_cancelled_session_says_so(founded: Cast) -> None:
    room = Room(founded)
    room.does(CancelSession(session=room.session, reason="Lluvia"))
    assert [one["status"] for one in data()["events"]] == ["cancelled"]


def test_nobody_without_a_seat_is_in_it_and_no_id_of_the_roll(room: Room) -> None:
    cast = room.cast
    text = Client().get("/popolo.json").content.decode()
    seated_ones = {one["name"] for one in data()["persons"]}
    for person in Person.objects.filter(commune=cast.commune):
        assert str(person.id) not in text
        assert person.full_name in seated_ones or person.full_name not in text
    assert "Vecina" not in text and "Marisol" not in text


def test_a_name_that_was_erased_is_gone_and_initials_stand_there(founded: Cast) -> None:
    which = (ErasableAudience.PUBLIC,)
    founded.signed(ErasePrivate(subject=founded.secretary, audiences=which, reason="Lo pidió"))
    text = json.dumps(data(), ensure_ascii=False)
    assert "Yelitza" not in text
    assert any(one["post_id"] == "cc.secretary/1" for one in data()["memberships"])


def test_it_asks_the_database_a_fixed_number_of_times(room: Room) -> None:
    def asked() -> int:
        cache.forget_pages()
        with CaptureQueriesContext(connection) as few:
            Client().get("/popolo.json")
        return len(few)

    data()
    one = asked()
    with frozen_at(MEETING):
        other = Room(room.cast, hour="08:00")
        people = other.quorate()
        for _motion in range(4):
            other.count(other.motion(), len(people), 0)
    assert asked() == one <= 33


def test_in_books_with_councils_each_organ_says_whose_it_is(books: Books) -> None:
    town = town_under(TEXT)
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    seated(town, "cc.secretary@la-ceiba", "la-ceiba")
    with frozen_at("2026-03-01T14:00:00Z"):
        found = data()
    of = {one["id"]: one for one in found["organizations"]}
    council = next(one for one in of.values() if one["name"] == "La Ceiba")
    assert (council["classification"], of[council["parent_id"]]["classification"]) == ("council", "commune")
    assert of["cc.assembly@la-ceiba"]["parent_id"] == council["id"]
    assert of["commune.assembly"]["parent_id"] == str(town.id)
    assert any(one["post_id"] == "cc.secretary@la-ceiba/1" for one in found["memberships"])


def test_it_is_kept_until_the_next_act(room: Room) -> None:
    first = Client().get("/popolo.json")
    assert Client().get("/popolo.json", headers={"if-none-match": first["ETag"]}).status_code == 304
    with frozen_at(MEETING):
        room.motion()
    assert Client().get("/popolo.json", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_books_without_a_commune_have_none(books: Books) -> None:
    assert Client().get("/popolo.json").status_code == 404


PAGE = (ROOT / "docs" / "open-data.md").read_text("utf-8")


def test_the_page_on_open_data_names_each_list_and_each_of_its_words() -> None:
    for kind, things in SCHEMA["properties"].items():
        line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |"))
        said = re.findall(r"`(\w+)`", line)[1:]
        for form in things["items"].get("anyOf", [things["items"]]):
            assert sorted(said) == sorted(form["properties"]), kind


def test_the_page_on_open_data_names_every_address_and_each_is_there(room: Room) -> None:
    said = re.findall(r"`(/[\w./-]+)`", PAGE)
    assert {"/agenda.ics", "/popolo.json", "/assemblies/calendar/"} <= set(said)
    for path in said:
        assert Client().get(path).status_code == 200, path


def test_a_page_too_large_to_keep_has_its_tag_all_the_same(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "BYTES_MAX", 10)
    first = Client().get("/popolo.json")
    assert Client().get("/popolo.json", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert cache._pages == {}


def test_the_schema_refuses_what_is_not_promised() -> None:
    good: Data = {name: [] for name in SCHEMA["properties"]}
    organ = {"id": "a", "name": "A", "classification": "organ", "parent_id": None, "founding_date": "2026-01-10"}
    assert VALID.is_valid({**good, "organizations": [organ]})
    assert not VALID.is_valid({**good, "organizations": [organ | {"email": "a@example.org"}]})
    assert not VALID.is_valid({**good, "organizations": [organ | {"founding_date": "10.1.2026"}]})
    assert not VALID.is_valid({**good, "organizations": [organ], "persons": [{"id": "17", "name": "A"}]})


def test_a_vote_by_name_stays_with_whoever_gave_it(founded: Cast) -> None:
    """Her alternate sat down in her seat an hour later."""
    stands_in = {"person": founded.neighbour, "kind": "cc.finance", "number": 1, "is_alternate": True}
    founded.signed(EnterMandate.model_validate({**stands_in, "begins": date(2025, 6, 1), "origin_words": "Acta"}))
    by, gone = founded.substitute, (PresentRow(person=founded.signer),)
    with frozen_at("2026-02-10T16:00:00Z"):
        agenda = (AgendaRow(title="Pagos"),)
        act = Convene(organ="cc.unit.finance", day=TODAY, hour="09:00", place="Casa", agenda=agenda)
        session = founded.does(by, act).id
        founded.does(by, RecordAttendance(session=session, present=(*gone, PresentRow(person=by))))
        founded.does(by, MakeCall(session=session, number=1, hour="09:05"))
        motion = founded.does(by, PutMotion(session=session, item=1, text="Pagar")).id
        rows = [{"seat": "cc.finance", "number": seat.number, "vote": "for"} for seat in _seats_in(session)]
        counted = {"counter_one": founded.signer, "counter_two": by}
        founded.does(by, RecordNames.model_validate({"motion": motion, "votes": rows, **counted}, strict=False))
        founded.does(by, RecordLeaving(session=session, hour="10:00", people=gone))
        came = (PresentRow(person=founded.neighbour),)
        founded.does(by, RecordAttendance(session=session, present=came, hour="10:30"))
        [event] = data()["vote_events"]
        names = {one["id"]: one["name"] for one in data()["persons"]}
    first = next(vote for vote in event["votes"] if vote["role"].endswith(" 1"))
    signer = Person.objects.get(pk=founded.signer)
    assert names[first["voter_id"]] in (signer.public_name, signer.initials, "Carmen Teresa Blanco")


def _seats_in(session: UUID) -> list[queries.Stay]:
    return [stay for stay in queries.standing(session).stays if stay.number is not None]
