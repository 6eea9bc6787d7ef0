"""The imperative mandate holds where somebody tries to get round it. Through the door, and as everybody reads it."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AddAgendaItem,
    CloseSession,
    Instruct,
    MoveMeeting,
    PublishStatement,
    PutMotion,
    RecordCount,
    RecordDiffering,
    UndoCount,
    UndoInstruction,
    UndoMotion,
    WithdrawMotion,
)
from comuna.assemblies.acts.by_name import SILENT
from comuna.assemblies.acts.instructing import InstructedVote
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import AgendaItem, Instruction, Resolution, SeatVote, Session, Tally
from comuna.assemblies.tests.test_ratifying import PAY, finance_decides, hands
from comuna.assemblies.tests.test_session import MEETING as AFTERNOON, Room
from comuna.assemblies.tests.test_voting import (
    ABSTAIN,
    AGAINST,
    ASSEMBLIES,
    ENFORCING,
    FOR,
    MEETING,
    TEXT,
    Commune,
)
from tests.cast import Cast, refused

ENGLISH = {"accept-language": "en"}
HOW = pytest.mark.parametrize("text", [TEXT, ENFORCING], ids=["recorded", "enforced"])


def counted(commune: Commune, slug: str, motion: UUID, votes_for: int, against: int = 0) -> UUID:
    """By the hands of a council's two people."""
    return commune.do(RecordCount.model_validate({"motion": motion, **hands(commune.people[slug], votes_for, against)}))


def read(commune: Commune, page: str = "") -> str:
    with frozen_at(commune.town.at):
        answer = Client().get(f"/assemblies/{commune.parliament}/{page}", headers=ENGLISH)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def everywhere(commune: Commune) -> list[str]:
    """The session's page and, once it is closed, its minutes."""
    running = read(commune)
    commune.do(CloseSession(session=commune.parliament, hour="10:00"))
    assert changed_outside(commune.parliament) == []
    return [running, read(commune), read(commune, "minutes/")]


# What it rests on


def test_an_instruction_rests_on_a_decision_neither_on_an_amendment_nor_on_what_was_withdrawn(books: object) -> None:
    commune = Commune()
    commune.town.at = f"{ASSEMBLIES}T18:00:00Z"
    session = commune.convene("cc.assembly@c0", "El presupuesto", ASSEMBLIES)
    commune.come(session, commune.people["c0"])
    motion = commune.do(PutMotion(session=session, item=1, text="Que nuestra vocería apruebe el presupuesto"))
    amendment = commune.do(PutMotion(session=session, item=1, text="Que lo apruebe con cambios", amends=motion))
    counted(commune, "c0", amendment, 2)
    counted(commune, "c0", motion, 0, 2)
    withdrawn = commune.do(PutMotion(session=session, item=1, text="Que se abstenga"))
    commune.do(WithdrawMotion(motion=withdrawn))
    assert Tally.objects.get(motion=amendment).passed
    for one in (amendment, motion, withdrawn):
        with refused("assemblies.not-decided"):
            commune.do(Instruct(motion=one, item=commune.item, vote=InstructedVote.FOR))


def test_nothing_rests_on_a_decision_that_waits_to_be_ratified_or_was_rejected(founded: Cast) -> None:
    decided = finance_decides(founded)
    acts = (
        PublishStatement(resolution=decided.id, title="Pagamos", text=PAY),
        MoveMeeting(resolution=decided.id, organ="cc.unit.finance", from_day=date(2026, 3, 2), day=date(2026, 3, 3)),
    )
    room = Room(founded)
    with frozen_at(AFTERNOON):
        item = AgendaItem.objects.get(session=room.session, number=1).id
        instruct = Instruct(motion=decided.motion_id, item=item, vote=InstructedVote.FOR)
        for act in (*acts, instruct):
            with refused("assemblies.not-ratified"):
                founded.does(founded.substitute, act)
        whole = len(room.quorate())
        room.count(room.motion(item=3, text="Ratificar el pago", ratifies=decided.id), 0, whole)
        for act in (*acts, instruct):
            with refused("assemblies.not-ratified"):
                founded.does(founded.substitute, act)


# Who is called


def test_an_instructed_seat_that_is_there_and_is_left_out_is_shown(books: object) -> None:
    commune = Commune()
    commune.instruct("c1", InstructedVote.AGAINST)
    tally = commune.do(commune.by_name(commune.sits(), FOR, None, None))
    votes = queries.seat_votes(commune.parliament)[tally]
    assert [(one.seat, one.vote, one.follows) for one in votes] == [
        ("pc.council@c0", "for", None),
        ("pc.council@c1", SILENT, False),
        ("pc.council@c2", SILENT, None),
    ]
    assert Tally.objects.get(pk=tally).abstain == 0, "who does not answer gives no vote"
    for page in everywhere(commune):
        assert "1 did not vote in spite of an instruction" in page
        assert "against it: against" in page and "vote against its instruction" not in page
    events = Client().get("/popolo.json").json()["vote_events"]
    assert [one["option"] for one in events[-1]["votes"]] == ["yes", "not voting", "not voting"]


def test_an_enforcing_statute_lets_no_instructed_seat_sit_still(books: object) -> None:
    commune = Commune(text=ENFORCING)
    for slug in commune.slugs:
        commune.instruct(slug, InstructedVote.FREE if slug == "c1" else InstructedVote.FOR)
    motion = commune.sits()
    with refused("assemblies.instructed-silent") as caught:
        commune.do(commune.by_name(motion, FOR, FOR, None))
    assert caught.value.citation == "LOC art. 26" and "C2" in str(caught.value.words)
    tally = commune.do(commune.by_name(motion, FOR, None, FOR))
    assert [one.vote for one in queries.seat_votes(commune.parliament)[tally]] == ["for", "for", SILENT]


def test_an_instructed_seat_that_was_not_there_is_named_too(books: object) -> None:
    commune = Commune(text=ENFORCING)
    commune.instruct("c2", InstructedVote.AGAINST)
    commune.town.at = f"{MEETING}T18:00:00Z"
    commune.come(commune.parliament, commune.sent[:2])
    motion = commune.do(PutMotion(session=commune.parliament, item=1, text="Aprobar el presupuesto"))
    commune.do(commune.by_name(motion, FOR, FOR))
    for page in everywhere(commune):
        assert "not in the roll call" in page and "Instruction: against" in page


# What it binds


@HOW
def test_on_an_amendment_everybody_is_free_and_on_changed_words_shown_not_bound(books: object, text: str) -> None:
    commune = Commune(text=text)
    for slug in commune.slugs:
        commune.instruct(slug, InstructedVote.FOR)
    motion = commune.sits()
    amendment = commune.do(PutMotion(session=commune.parliament, item=1, text="RECHAZAR el presupuesto", amends=motion))
    first = commune.do(commune.by_name(amendment, FOR, FOR, AGAINST))
    kept = queries.seat_votes(commune.parliament)[first]
    assert all(one.follows is None and one.instruction_id for one in kept), "free, beside the instruction"
    last = commune.do(commune.by_name(motion, AGAINST, FOR, None))
    assert [one.follows for one in queries.seat_votes(commune.parliament)[last]] == [False, True, False]
    for page in everywhere(commune):
        assert "An amendment: everybody votes as they think best." in page
        assert "The words were changed after those who sent the members had decided. 1 vote against" in page


@HOW
def test_an_amendment_that_fell_changes_no_words_and_frees_nobody(books: object, text: str) -> None:
    commune = Commune(text=text)
    commune.instruct("c0", InstructedVote.FOR)
    motion = commune.sits()
    amendment = commune.do(PutMotion(session=commune.parliament, item=1, text="RECHAZAR el presupuesto", amends=motion))
    commune.do(commune.by_name(amendment, AGAINST, AGAINST, FOR))
    act = commune.by_name(motion, AGAINST, FOR, FOR)
    if text is ENFORCING:
        with refused("assemblies.against-instruction"):
            commune.do(act)
        return
    commune.do(act)
    assert all("The words were changed" not in page for page in everywhere(commune))


# What could be decided on beforehand


@HOW
def test_what_is_added_in_the_session_is_marked_as_what_nobody_could_decide_on(books: object, text: str) -> None:
    commune = Commune(text=text)
    for slug in commune.slugs:
        commune.instruct(slug, InstructedVote.AGAINST)
    commune.town.at = f"{MEETING}T18:00:00Z"
    commune.come(commune.parliament, commune.sent)
    commune.do(AddAgendaItem(session=commune.parliament, title="Presupuesto"))
    motion = commune.do(PutMotion(session=commune.parliament, item=2, text="Aprobar el presupuesto"))
    if text is ENFORCING:
        for act in (commune.hands(motion, 3), commune.papers(motion, issued=3, votes_for=3)):
            with refused("assemblies.by-name") as caught:
                commune.do(act)
        assert "no pudieron decidir antes" in str(caught.value.words)
        commune.do(commune.by_name(motion, FOR, FOR, FOR))
    else:
        commune.do(commune.hands(motion, 3))
    said = "Added in the session. Those who sent the members could not decide on it beforehand."
    assert all(said in page for page in everywhere(commune))
    decided = Resolution.objects.get(organ="pc.parliament")
    assert said in re.sub(
        r"\s+", " ", Client().get(f"/assemblies/decisions/{decided.id}/", headers=ENGLISH).content.decode()
    )
    last = Client().get("/popolo.json").json()["motions"][-1]
    assert last["classification"] == "motion on an item added after the convocation"


def test_what_is_added_days_before_can_be_decided_on_and_says_when_it_was_added(books: object) -> None:
    commune = Commune(text=ENFORCING)
    commune.town.at = "2026-02-05T18:00:00Z"
    commune.do(AddAgendaItem(session=commune.parliament, title="Agua"))
    commune.sits()
    motion = commune.do(PutMotion(session=commune.parliament, item=2, text="Reparar la bomba"))
    commune.do(commune.hands(motion, 3))
    page = read(commune)
    assert "Added on 5 February" in page and ", after the convocation." in page
    assert "could not decide on it beforehand" not in page


def test_where_no_mandate_is_carried_an_added_item_is_only_said_to_be_added(founded: Cast) -> None:
    room = Room(founded)
    with frozen_at(AFTERNOON):
        room.quorate()
        room.does(AddAgendaItem(session=room.session, title="Otro punto"))
        page = Client().get(f"/assemblies/{room.session}/", headers=ENGLISH).content.decode()
    assert "Added in the session." in page and "beforehand" not in page


# When it is settled


def test_once_votes_were_counted_no_instruction_changes_also_when_the_count_is_taken_back(books: object) -> None:
    commune = Commune()
    given, late = commune.instruct("c0", InstructedVote.AGAINST), commune.council_decides("c1")
    motion = commune.sits()
    tally = commune.do(commune.by_name(motion, AGAINST, FOR, ABSTAIN))
    commune.do(UndoCount(tally=tally))
    commune.do(UndoMotion(motion=motion))
    assert commune.item not in {item.id for _stands, item in _open_to(commune, "c1")}
    for act in (
        UndoInstruction(instruction=given),
        Instruct(motion=late, item=commune.item, vote=InstructedVote.FOR),
    ):
        with refused("assemblies.voted"):
            commune.do(act)
    again = commune.do(PutMotion(session=commune.parliament, item=1, text="Aprobar el presupuesto"))
    commune.do(commune.by_name(again, AGAINST, FOR, FOR))
    assert SeatVote.objects.get(seat="pc.council@c0").follows and Instruction.objects.get().id == given
    assert len(everywhere(commune)) == 3


def test_hands_that_were_counted_differently_settle_it_as_well(books: object) -> None:
    commune = Commune()
    decided = commune.council_decides("c0")
    differs = {**hands(commune.sent[:2], 2), "votes_for_two": 1}
    commune.do(RecordDiffering.model_validate({"motion": commune.sits(), **differs}))
    assert commune.item not in {item.id for _stands, item in _open_to(commune, "c0")}
    with refused("assemblies.voted"):
        commune.do(Instruct(motion=decided, item=commune.item, vote=InstructedVote.FOR))


def _open_to(commune: Commune, slug: str) -> list[tuple[queries.Standing, AgendaItem]]:
    return queries.items_open_to(Session.objects.get(pk=commune.parliament).commune, f"cc.assembly@{slug}", MEETING)
