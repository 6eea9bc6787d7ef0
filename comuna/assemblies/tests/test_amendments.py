"""Amendments are voted on before the motion, in the chair's order; what is carried changes the words voted on."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import CloseSession, PutMotion, UndoCount, VoteFirst, WithdrawMotion
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_pages import form_of, href, post, text
from comuna.assemblies.tests.test_session import MEETING, Room
from tests.cast import Cast, refused

TANK, BIGGER, SMALLER = "Comprar un tanque de 5.000 litros", "Comprar uno de 10.000", "Comprar uno de 2.000"


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded, neighbours=10)


def amended(room: Room, motion: UUID, words: str) -> UUID:
    return room.motion(amends=motion, text=words)


def test_the_motion_waits_for_its_amendments_and_is_decided_as_amended(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion(responsible="cc.finance")
        amendment = amended(room, motion, BIGGER)
        with refused("assemblies.amendment-first"):
            room.count(motion, whole, 0)
        room.count(amendment, whole, 0)
        assert not Resolution.objects.exists(), "an amendment decides nothing by itself"
        room.count(motion, whole, 0)
        room.does(CloseSession(session=room.session, hour="11:00"))
        popolo = Client().get("/popolo.json").json()
    decision = queries.resolution(Resolution.objects.get().id, room.cast.commune)
    assert decision is not None
    assert (decision.text, decision.resolution.responsible) == (BIGGER, "cc.finance")
    assert popolo["motions"][0]["text"] == BIGGER
    assert changed_outside(room.session) == []


def test_an_amendment_that_falls_leaves_the_motion_as_it_was_put(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion()
        room.count(amended(room, motion, BIGGER), 0, whole)
        room.count(motion, whole, 0)
    decision = queries.resolution(Resolution.objects.get().id, room.cast.commune)
    assert decision is not None and decision.text == TANK


def test_the_chair_says_which_amendment_is_voted_on_first(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion()
        smaller, bigger = amended(room, motion, SMALLER), amended(room, motion, BIGGER)
        with refused("assemblies.amendment-first"):
            room.count(bigger, whole, 0)
        with refused("assemblies.first-already"):
            room.does(VoteFirst(motion=smaller))
        room.does(VoteFirst(motion=bigger))
        with refused("assemblies.amendment-first"):
            room.count(smaller, whole, 0)
        room.count(bigger, 0, whole)
        room.count(smaller, 0, whole)
    assert changed_outside(room.session) == []


def test_once_an_amendment_is_carried_the_others_are_put_again_in_the_new_words(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion()
        first, second = amended(room, motion, BIGGER), amended(room, motion, SMALLER)
        room.count(first, whole, 0)
        with refused("assemblies.overtaken"):
            room.count(second, whole, 0)
        secretary = room.cast.browser(room.cast.secretary)
        page = text(secretary, href(room))
        main = re.search(r'<a class="do"[^>]*>([^<]*)', page)
        assert main is not None and main[1].strip() == "Withdraw motion 3"
        assert "since amendment 2 was carried" in page
        form = text(secretary, href(room, f"vote/?motion={second}"))
        assert "cannot be voted on any more" in form and "votes_for" not in form
        room.does(WithdrawMotion(motion=second))
        with refused("assemblies.withdrawn"):
            room.count(second, whole, 0)
        room.count(amended(room, motion, f"{BIGGER}, con tapa"), whole, 0)
        room.count(motion, whole, 0)
    decision = queries.resolution(Resolution.objects.get().id, room.cast.commune)
    assert decision is not None and decision.text == f"{BIGGER}, con tapa"


def test_the_form_of_a_vote_says_that_it_is_of_an_amendment_and_where_nothing_waits_says_so(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        secretary = room.cast.browser(room.cast.secretary)
        for page in ("vote/", "vote/papers/", "vote/names/"):
            assert "Nothing is to be voted on now" in text(secretary, href(room, page))
        amendment = amended(room, room.motion(), BIGGER)
        assert f"Amendment to motion 1: {BIGGER}" in text(secretary, href(room, "vote/"))
        room.count(amendment, whole, 0)
        assert "Amendment to motion" not in text(secretary, href(room, "vote/"))


def test_a_withdrawn_motion_takes_its_amendments_along_and_does_not_hold_up_the_end(room: Room) -> None:
    with frozen_at(MEETING):
        room.quorate()
        motion = room.motion()
        amended(room, motion, BIGGER)
        room.does(WithdrawMotion(motion=motion))
        room.does(CloseSession(session=room.session, hour="11:00"))
        page = text(Client(), href(room, "minutes/"))
    assert page.count("withdrawn") == 2
    assert changed_outside(room.session) == []


def test_an_amendment_amends_an_open_motion_of_its_own_item(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion()
        amendment = amended(room, motion, BIGGER)
        with refused("assemblies.amends-amendment"):
            amended(room, amendment, SMALLER)
        with refused("assemblies.amends-elsewhere"):
            room.does(PutMotion(session=room.session, item=2, text=SMALLER, amends=motion))
        room.count(amendment, 0, whole)
        room.count(motion, whole, 0)
        with refused("assemblies.voted"):
            amended(room, motion, SMALLER)


def test_the_count_of_an_amendment_stays_once_the_motion_was_voted_on(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion()
        counted = room.count(amended(room, motion, BIGGER), whole, 0).id
        main = room.count(motion, whole, 0).id
        with refused("assemblies.amended-since"):
            room.does(UndoCount(tally=counted))
        room.does(UndoCount(tally=main))
        room.does(UndoCount(tally=counted))


def test_minutes_show_the_motion_its_amendments_and_what_was_voted_in_one_block(room: Room) -> None:
    with frozen_at(MEETING):
        whole = len(room.quorate())
        motion = room.motion()
        room.count(amended(room, motion, SMALLER), 0, whole)
        room.count(amended(room, motion, BIGGER), whole, 0)
        room.count(motion, whole, 0)
        page = text(Client(), href(room, "minutes/"))
    told = [f"as it was put: {TANK}", f"motion 2: {SMALLER}", f"motion 3: {BIGGER}", f"as amended: {BIGGER}"]
    assert [page.find(words) for words in told] == sorted(page.find(words) for words in told)
    assert all(words in page for words in told)


def test_an_amendment_is_put_withdrawn_and_ordered_from_the_pages(room: Room) -> None:
    with frozen_at(MEETING):
        secretary = room.cast.browser(room.cast.secretary)
        room.quorate()
        assert 'name="amends"' not in text(secretary, href(room, "motion/")).replace('type="hidden" name="amends"', "")
        motion = room.motion()
        for words in (SMALLER, BIGGER):
            assert post(secretary, href(room, "motion/"), item="1", text=words, amends=str(motion)) == 302
        page = text(secretary, href(room))
        assert "Amendment to motion 1" in page
        assert "Vote on motion 3 first" in page and "Withdraw motion 2" in page
        third = queries.items(room.session)[0].motions[-1].motion.id
        where = f"/assemblies/vote-first/?motion={third}"
        assert secretary.post(where, form_of(text(secretary, where))).status_code == 302
        where = f"/assemblies/withdraw/?motion={third}"
        assert secretary.post(where, form_of(text(secretary, where))).status_code == 302
        assert "withdrawn" in text(secretary, href(room))
