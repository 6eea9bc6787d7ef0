"""Votes by name, secret votes and instructions as people type and read them."""

from __future__ import annotations

import json
import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import CloseSession, Vote
from comuna.assemblies.acts.instructing import InstructedVote
from comuna.assemblies.models import Instruction, Resolution, SeatVote, Tally
from comuna.assemblies.tests.test_voting import ENFORCING, Commune
from comuna.web import cache
from conftest import Books
from tests.test_councils import browser

ENGLISH = {"accept-language": "en"}


class Desk:
    """A spokesperson who keeps the minutes of the parliament, in a browser."""

    def __init__(self, commune: Commune) -> None:
        self.commune = commune
        self.client = browser(commune.town, commune.sent[0])

    def read(self, address: str, client: Client | None = None, status: int = 200) -> str:
        with frozen_at(self.commune.town.at):
            cache.forget_pages()
            answer = (client or self.client).get(address, headers=ENGLISH)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return re.sub(r"\s+", " ", answer.content.decode())

    def send(self, address: str, **fields: str) -> tuple[int, str]:
        with frozen_at(self.commune.town.at):
            answer = self.client.post(address, {"_id": str(uuid4()), **fields}, headers=ENGLISH)
        return answer.status_code, answer.content.decode()

    def names(self, motion: UUID, **votes: str) -> tuple[int, str]:
        """Whoever is not named here was called and did not vote."""
        fields = {f"vote.{seat}.1": votes.get(seat.partition("@")[2], "none") for seat in self.commune.seats}
        one, two = (str(person) for person in self.commune.sent[:2])
        address = f"/assemblies/{self.commune.parliament}/vote/names/"
        return self.send(address, motion=str(motion), counter_one=one, counter_two=two, **fields)


def test_a_spokesperson_is_told_how_her_council_decided_that_she_votes_until_it_was_voted(books: Books) -> None:
    commune = Commune()
    commune.instruct("c1", InstructedVote.AGAINST)
    bound, free = browser(commune.town, commune.sent[1]), browser(commune.town, commune.sent[2])
    desk = Desk(commune)
    told = "decided how you vote: against"
    for page in ("/", "/my-mandate/"):
        assert told in desk.read(page, bound) and f"/assemblies/{commune.parliament}/" in desk.read(page, bound)
        assert told not in desk.read(page, free)
    motion = commune.sits()
    bound, desk = browser(commune.town, commune.sent[1]), Desk(commune)  # three weeks later
    assert told in desk.read("/my-mandate/", bound)
    assert desk.names(motion, c0="for", c1="against", c2="for")[0] == 302
    assert told not in desk.read("/my-mandate/", bound)


def test_a_vote_by_name_is_typed_and_everybody_reads_who_voted_otherwise(books: Books) -> None:
    commune = Commune()
    commune.instruct("c1", InstructedVote.AGAINST)
    motion, desk = commune.sits(), Desk(commune)
    page = f"/assemblies/{commune.parliament}/"
    assert "Against: 1" in desk.read(page, Client())
    with frozen_at(commune.town.at):
        led = desk.client.get(f"{page}vote/")
    assert led.status_code == 302 and "/vote/names/" in led.headers["location"], "what was decided on is voted by name"
    assert "Instruction: against" in desk.read(f"{page}vote/names/")
    assert "checked" not in desk.read(f"{page}vote/names/"), "nobody voted before she is called"
    status, words = desk.names(motion, c0="for", c1="for", c2="")
    assert status == 422 and not Tally.objects.filter(motion=motion).exists()
    assert re.search(r'href="#f-vote.pc.council@c2.1">[^<]*C2[^<]*: Nothing is written beside this seat', words)
    status, _words = desk.names(motion, c0="for", c1="for", c2="none")
    assert status == 302
    assert [(one.seat, one.vote) for one in SeatVote.objects.order_by("place")] == [
        ("pc.council@c0", "for"),
        ("pc.council@c1", "for"),
        ("pc.council@c2", "none"),
    ]
    said = desk.read(page, Client())
    assert "1 vote against its instruction" in said and "against it: against" in said
    commune.do(CloseSession(session=commune.parliament, hour="10:00"))
    assert "against it: against" in desk.read(f"{page}minutes/", Client())


def test_what_is_refused_names_the_seat_and_keeps_what_was_chosen(books: Books) -> None:
    commune = Commune(text=ENFORCING)
    commune.instruct("c1", InstructedVote.AGAINST)
    motion, desk = commune.sits(), Desk(commune)
    status, words = desk.names(motion, c0="for", c1="for")
    assert status == 422
    assert "C1" in words and "LOC art. 26" in words
    assert len(re.findall(r'value="for"[^>]*checked', words)) == 2
    assert not Tally.objects.filter(motion=motion).exists()
    status, words = desk.names(motion, c0="for")
    assert status == 422
    assert "C1 is present" in words, "left out of the roll call"


def test_whoever_heard_the_votes_is_asked_for_by_the_name_of_the_field(books: Books) -> None:
    commune = Commune()
    motion, desk = commune.sits(), Desk(commune)
    fields = {f"vote.{seat}.1": "for" for seat in commune.seats}
    address = f"/assemblies/{commune.parliament}/vote/names/"
    status, words = desk.send(address, motion=str(motion), counter_one="", counter_two="", **fields)
    assert status == 422
    assert re.search(r'href="#f-counter_one">Heard by: ', words)


@pytest.mark.parametrize("forged", ["vote.pc.bank.1", "votes.7.vote", "anything"])
def test_a_vote_for_a_seat_that_is_not_there_is_no_silent_skip(books: Books, forged: str) -> None:
    commune = Commune()
    motion, desk = commune.sits(), Desk(commune)
    one, two = (str(person) for person in commune.sent[:2])
    fields = {"motion": str(motion), "counter_one": one, "counter_two": two, "vote.pc.council@c0.1": "for"}
    status, _words = desk.send(f"/assemblies/{commune.parliament}/vote/names/", **fields, **{forged: "for"})
    assert status == 422
    assert not Tally.objects.filter(motion=motion).exists()


def test_papers_are_typed_and_told_with_what_became_of_each(books: Books) -> None:
    commune = Commune()
    motion, desk = commune.sits(), Desk(commune)
    one, two = (str(person) for person in commune.sent[:2])
    address = f"/assemblies/{commune.parliament}/vote/papers/"
    typed = {"motion": str(motion), "issued": "3", "votes_for": "2", "against": "0", "counter_one": one}
    status, words = desk.send(address, **typed, counter_two=two, blank="0", spoiled="0", returned="0")
    assert status == 422 and "Count again." in words
    status, words = desk.send(address, **typed, counter_two=two, blank="0", spoiled="1", returned="0")
    assert status == 302
    said = desk.read(f"/assemblies/{commune.parliament}/", Client())
    assert "Secret vote: papers handed out 3, spoiled 1, given back 0" in said


def test_a_decision_leads_to_how_the_spokesperson_votes_and_says_so(books: Books) -> None:
    commune = Commune()
    decided = Resolution.objects.get(motion=commune.council_decides("c1")).id
    keeper = browser(commune.town, commune.town.promoters[0])
    desk = Desk(commune)
    page = f"/assemblies/decisions/{decided}/"
    assert "Say how our spokesperson votes" in desk.read(page, keeper)
    assert "Say how our spokesperson votes" not in desk.read(page, Client())
    assert "Presupuesto" in desk.read(f"{page}instruct/", keeper)
    fields = {"motion": str(Resolution.objects.get().motion_id), "item": str(commune.item), "vote": "against"}
    with frozen_at(commune.town.at):
        sent = keeper.post(f"{page}instruct/", {"_id": str(uuid4()), **fields}, headers=ENGLISH)
    assert sent.status_code == 302
    assert Instruction.objects.get().vote == "against"
    assert "How the spokesperson votes" in desk.read(page, Client())


def test_open_data_say_how_each_seat_voted_and_who_sat_there(books: Books) -> None:
    commune = Commune()
    commune.do(commune.by_name(commune.sits(), Vote.FOR, None, Vote.AGAINST))
    found = json.loads(Desk(commune).read("/popolo.json", Client()))
    (event,) = found["vote_events"]
    options = [(one["option"], one["role"][-2:]) for one in event["votes"]]
    assert options == [("yes", "C0"), ("no", "C2"), ("not voting", "C1")]
    people = {one["person_id"] for one in found["memberships"]}
    assert all(one["voter_id"] in people for one in event["votes"])
    assert len({one["voter_id"] for one in event["votes"]}) == 3
