"""Whoever the words are about erases nothing of them, and where a decision's words stood, it says who erased them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.act import performed_key
from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies.acts import CloseSession
from comuna.assemblies.models import Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.elections.acts import PetitionRecall
from comuna.elections.models import Petition
from comuna.elections.tests.test_recall import GROUND, WORDS
from tests.cast import Cast, refused


def erasing(subject: UUID) -> ErasePrivate:
    return ErasePrivate(subject=subject, audiences=(ErasableAudience.PUBLIC,), reason="Lo pidió una vecina")


@pytest.fixture
def petition(founded: Cast) -> UUID:
    """Somebody asks for the recall of the secretary."""
    mandate = founded.mandate(founded.secretary)
    return founded.does(founded.neighbour, PetitionRecall(mandate=mandate, ground=GROUND, words=WORDS)).id


def test_who_is_to_be_recalled_neither_proposes_nor_signs_the_erasure_of_why(founded: Cast, petition: UUID) -> None:
    with refused("acts.own-erasure"):
        founded.does(founded.secretary, Propose(act=erasing(petition)))
    proposal = founded.does(founded.promoter, Propose(act=erasing(petition))).id
    with refused("acts.own-erasure"):
        founded.does(founded.secretary, Sign(proposal=proposal))
    assert Petition.objects.get().words == WORDS
    founded.does(founded.other_promoters[0], Sign(proposal=proposal))
    assert Petition.objects.get().words == ""


def test_nobody_erases_the_words_about_herself(founded: Cast) -> None:
    with refused("acts.own-erasure"):
        founded.does(founded.secretary, Propose(act=erasing(founded.secretary)))


def test_whom_an_erasure_is_about_is_never_erased_from_it_done_or_proposed(founded: Cast, petition: UUID) -> None:
    proposal = founded.does(founded.promoter, Propose(act=erasing(petition))).id
    everything: dict[str, Any] = {"audiences": tuple(ErasableAudience), "reason": "Lo pidió"}
    for subject in (proposal, performed_key(proposal)):
        with refused("acts.erasure-stays"):
            founded.does(founded.promoter, Propose(act=ErasePrivate(subject=subject, **everything)))
    founded.does(founded.other_promoters[0], Sign(proposal=proposal))
    with refused("acts.erasure-stays"):
        founded.does(founded.promoter, Propose(act=ErasePrivate(subject=performed_key(proposal), **everything)))


def test_where_the_words_of_a_decision_stood_it_says_who_erased_them_and_why(founded: Cast) -> None:
    room, reader = Room(founded), Client(headers={"accept-language": "en"})
    with frozen_at(MEETING):
        present = len(room.quorate())
        motion = room.motion(text="La directiva devuelve el dinero", responsible="cc.finance")
        room.count(motion, present, 0)
        room.does(CloseSession(session=room.session, hour="13:00"))
        founded.signed(erasing(motion))
        for address in (f"decisions/{Resolution.objects.get().id}", f"{room.session}/minutes"):
            page = reader.get(f"/assemblies/{address}/").content.decode()
            assert "devuelve" not in page
            said = page.partition("(these words were erased on ")[2].partition(")")[0]
            assert "20 February 2026 by Promoter 1" in said, address
            assert "and Promoter 2, because: Lo pidió una vecina" in said.replace("&quot;", '"'), address
