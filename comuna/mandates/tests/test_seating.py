"""Who may take a seat, and which one: judged for elections by the statute of the day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from comuna.acts.acts import Propose, Sign
from comuna.acts.clock import frozen_at
from comuna.mandates import queries
from comuna.mandates.acts import EndMandate, Resign, UndoEnding, WhyEnded
from comuna.mandates.rules import MandateStatus
from comuna.mandates.tests import small
from comuna.mandates.tests.toy import Elect, ElectBoard, LineUp, Recall, Runner
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import RecordDeparture, RegisterPerson
from comuna.territory.acts.whereabouts import Because
from conftest import Books
from tests.cast import TODAY, Cast, refused

FOUNDED = date(2026, 1, 10)


def newcomer(cast: Cast, **known: Any) -> UUID:
    return cast.does(cast.promoter, RegisterPerson(full_name="Omar Enrique Rivas", **known)).id


def test_finance_asks_for_eighteen_years(founded: Cast) -> None:
    young = newcomer(founded, birth_day=date(2008, 2, 11), residence_since=date(2008, 2, 11))
    with refused("mandates.too-young") as no:
        founded.does(None, Elect(person=young, kind="cc.finance"))
    assert "18" in str(no.value.words)
    with frozen_at("2026-02-11T14:00:00Z"):
        founded.does(None, Elect(person=young, kind="cc.finance"))


def test_what_nobody_wrote_down_is_left_to_those_who_elect(founded: Cast) -> None:
    founded.does(None, Elect(person=newcomer(founded), kind="cc.finance"))


def test_residence_is_asked_for_unless_the_commune_itself_is_younger(founded: Cast) -> None:
    new = newcomer(founded, birth_day=date(1990, 1, 1), residence_since=date(2026, 1, 20))
    with frozen_at("2027-01-12T14:00:00Z"), refused("mandates.residence"):
        founded.does(None, Elect(person=new, kind="cc.electoral"))
    founded.does(None, Elect(person=new, kind="cc.electoral"))


def test_who_has_left_takes_no_seat(founded: Cast) -> None:
    founded.does(founded.secretary, RecordDeparture(person=founded.neighbour, on=TODAY, because=Because.MOVED))
    with refused("mandates.has-left"):
        founded.does(None, Elect(person=founded.neighbour, kind="cc.electoral"))


def test_several_elected_at_once_get_a_seat_each(founded: Cast) -> None:
    founded.does(None, ElectBoard(people=(founded.neighbour, founded.promoter), kind="cc.electoral"))
    held = [one for one in queries.holders(founded.commune, TODAY) if one.kind == "cc.electoral"]
    assert [(one.number, one.person) for one in held] == [(1, founded.neighbour), (2, founded.promoter)]


def test_nobody_is_elected_twice_in_one_act(founded: Cast) -> None:
    with refused("mandates.holds-already"):
        founded.does(None, ElectBoard(people=(founded.neighbour, founded.neighbour), kind="cc.electoral"))


def test_vacant_seats_are_filled_before_those_of_expired_holders(founded: Cast) -> None:
    founded.does(
        None, ElectBoard(people=(founded.neighbour, founded.promoter, founded.other_promoters[0]), kind="cc.finance")
    )
    held = {
        one.number: one.person
        for one in queries.holders(founded.commune, TODAY)
        if one.kind == "cc.finance" and not one.is_alternate
    }
    assert (held[4], held[5], held[2]) == (founded.neighbour, founded.promoter, founded.other_promoters[0])
    assert founded.holding(founded.acting_signer).status is MandateStatus.REPLACED


def test_when_all_are_held_the_no_says_until_when(founded: Cast) -> None:
    with frozen_at("2026-02-10T14:00:00Z"):
        founded.does(None, Elect(person=founded.promoter, kind="cc.comptroller"))
    with refused("mandates.seat-held"):
        founded.does(None, Elect(person=founded.neighbour, kind="cc.secretary"))


def test_somebody_reelected_keeps_the_seats_number(founded: Cast) -> None:
    old = founded.holding(founded.acting_signer)
    founded.does(None, Elect(person=founded.acting_signer, kind="cc.finance"))
    new = founded.holding(founded.acting_signer)
    assert (new.number, new.status) == (old.number, MandateStatus.ACTIVE)
    assert queries.status_of(old.mandate, TODAY) is MandateStatus.REPLACED


def test_an_alternate_elected_principal_is_no_longer_an_alternate(founded: Cast) -> None:
    alternate = founded.does(None, Elect(person=founded.neighbour, kind="cc.electoral", is_alternate=True)).id
    founded.does(None, Elect(person=founded.neighbour, kind="cc.electoral"))
    assert queries.status_of(alternate, TODAY) is MandateStatus.REPLACED
    assert not founded.holding(founded.neighbour).is_alternate


@pytest.mark.parametrize("has_alternate", [True, False])
def test_the_next_most_voted_comes_where_there_is_no_alternate(books: Books, has_alternate: bool) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found()
        ana, luis, rosa = commune.promoters
        commune.does(None, Elect(person=ana, kind="treasurer"))
        runners = (Runner(person=rosa, public_name="Rosa la de la bodega"), Runner(person=luis, public_name="Luis"))
        commune.does(None, LineUp(kind="treasurer", runners=runners))
        if has_alternate:
            commune.does(None, Elect(person=luis, kind="treasurer", is_alternate=True, public_name="Luis Gil"))
        commune.does(ana, Resign(mandate=commune.holding(ana, FOUNDED).mandate))
        held = [one for one in queries.holders(commune.commune, FOUNDED) if one.kind == "treasurer"]
        assert [one.name for one in held] == ["Luis Gil" if has_alternate else "Rosa la de la bodega"]


def test_nobody_is_called_to_a_seat_that_the_statute_has_no_more_when_its_vacancy_is_written_down(
    books: Books,
) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found()
        ana, luis, rosa = commune.promoters
        commune.does(None, Elect(person=ana, kind="treasurer"))
        commune.does(None, LineUp(kind="treasurer", runners=(Runner(person=rosa, public_name="Rosa"),)))
        renamed = small.text().replace('"treasurer"', '"cashier"').replace('version = "1"', 'version = "2"')
        adopts = AdoptStatute(file=small.stored(renamed), first_day=date(2026, 1, 12))
        proposal = commune.does(ana, Propose(act=adopts)).id
        assert commune.does(luis, Sign(proposal=proposal)).performed
    with frozen_at("2026-01-13T13:00:00Z"):
        mandate = commune.holding(ana, date(2026, 1, 11)).mandate
        commune.does(luis, EndMandate(mandate=mandate, why=WhyEnded.RESIGNED, on=date(2026, 1, 11)))
    assert queries.status_of(mandate, date(2026, 1, 11)) is MandateStatus.RESIGNED
    assert [one for one in queries.holders(commune.commune, date(2026, 1, 11)) if one.kind == "treasurer"] == []


def test_whoever_was_next_and_resigned_is_not_called_again(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found()
        ana, luis, rosa = commune.promoters
        commune.does(None, Elect(person=ana, kind="treasurer"))
        runners = (Runner(person=rosa, public_name="Rosa"), Runner(person=luis, public_name="Luis"))
        commune.does(None, LineUp(kind="treasurer", runners=runners))
        for person in (ana, rosa):
            commune.does(person, Resign(mandate=commune.holding(person, FOUNDED).mandate))
        held = [one for one in queries.holders(commune.commune, FOUNDED) if one.kind == "treasurer"]
        assert [one.person for one in held] == [luis]
        commune.does(luis, Resign(mandate=commune.holding(luis, FOUNDED).mandate))
        held = [one for one in queries.holders(commune.commune, FOUNDED) if one.kind == "treasurer"]
        assert held == [], "the line is used up; an election fills the seat"


def test_whoever_stepped_in_by_mistake_comes_next_again(books: Books) -> None:
    """A resignation typed for the wrong person is taken back, and uses nobody's place in the line up."""
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found({'"mandates.end_mandate"': '"mandates.end_mandate", "mandates.undo_ending"'})
        ana, luis, rosa = commune.promoters
        commune.does(None, Elect(person=ana, kind="treasurer"))
        commune.does(None, LineUp(kind="treasurer", runners=(Runner(person=rosa, public_name="Rosa"),)))
        mandate = commune.holding(ana, FOUNDED).mandate

        def treasurers() -> list[UUID]:
            held = queries.holders(commune.commune, FOUNDED)
            return [one.person for one in held if one.kind == "treasurer"]

        for _again in range(2):
            commune.does(luis, EndMandate(mandate=mandate, why=WhyEnded.RESIGNED, on=FOUNDED))
            assert treasurers() == [rosa]
            commune.does(luis, UndoEnding(mandate=mandate))
            assert treasurers() == [ana]


def test_waiting_for_a_seat_is_no_term_in_it(books: Books) -> None:
    """Where one term is all there is, the alternate still steps in."""
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found({"consecutive_terms_max = 2": "consecutive_terms_max = 1"})
        ana, luis, _rosa = commune.promoters
        commune.does(None, Elect(person=ana, kind="treasurer"))
        commune.does(None, Elect(person=luis, kind="treasurer", is_alternate=True))
    later = date(2026, 2, 10)
    with frozen_at("2026-02-10T13:00:00Z"):
        commune.does(ana, Resign(mandate=commune.holding(ana, later).mandate))
        held = [one for one in queries.holders(commune.commune, later) if one.kind == "treasurer"]
        assert [(one.person, one.is_alternate) for one in held] == [(luis, False)]


def test_nobody_serves_more_terms_in_a_row_than_the_statute_allows(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found()
        ana = commune.promoters[0]
        commune.does(None, Elect(person=ana, kind="secretary"))
    with frozen_at("2029-01-10T13:00:00Z"):
        commune.does(None, Elect(person=ana, kind="secretary"))
    with frozen_at("2032-01-10T13:00:00Z"), refused("mandates.terms"):
        commune.does(None, Elect(person=ana, kind="secretary"))
    with frozen_at("2032-01-10T13:00:00Z"):
        commune.does(None, Elect(person=commune.promoters[1], kind="secretary"))
    with frozen_at("2035-01-10T13:00:00Z"):
        commune.does(None, Elect(person=ana, kind="secretary"))


def test_a_mandate_may_be_ended_before_a_later_holder_was_to_replace_it(founded: Cast) -> None:
    """The expired holder acts until the elected one begins; a recall in between still counts at once."""
    acting = founded.mandate(founded.acting_signer)
    founded.does(None, Elect(person=founded.neighbour, kind="cc.finance", number=2, begins=date(2026, 3, 1)))
    assert queries.status_of(acting, TODAY) is MandateStatus.EXPIRED_ACTING
    founded.does(None, Recall(mandate=acting))
    assert queries.status_of(acting, TODAY) is MandateStatus.RECALLED
    assert queries.status_of(acting, date(2026, 3, 1)) is MandateStatus.RECALLED
