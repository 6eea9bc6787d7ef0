"""How mandates end, and who comes then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from comuna.acts.proposals import need_of
from comuna.mandates import queries
from comuna.mandates.acts import EndMandate, EnterMandate, Resign, UndoEnding, WhyEnded
from comuna.mandates.rules import MandateStatus
from comuna.mandates.tests.toy import Elect, Recall
from comuna.territory.acts import RecordDeparture, UndoDeparture
from comuna.territory.acts.whereabouts import Because
from tests.cast import TODAY, Cast, refused


def holders_of(cast: Cast, kind: str, day: date = TODAY) -> list[tuple[int, bool, object]]:
    return [
        (one.number, one.is_alternate, one.person) for one in queries.holders(cast.commune, day) if one.kind == kind
    ]


def with_alternate(cast: Cast) -> None:
    """The neighbour becomes the secretary's alternate."""
    act = EnterMandate(
        person=cast.neighbour, kind="cc.secretary", is_alternate=True, begins=date(2025, 6, 1), origin_words="Acta 4"
    )
    cast.signed(act)


def test_a_resignation_takes_effect_at_once_and_the_alternate_steps_in(founded: Cast) -> None:
    with_alternate(founded)
    mandate = founded.mandate(founded.secretary)
    founded.does(founded.secretary, Resign(mandate=mandate))
    assert queries.status_of(mandate, TODAY) is MandateStatus.RESIGNED
    assert queries.status_of(mandate, TODAY - timedelta(days=1)) is MandateStatus.ACTIVE
    assert holders_of(founded, "cc.secretary") == [(1, False, founded.neighbour)]
    stepped_in = founded.holding(founded.neighbour)
    assert (stepped_in.status, stepped_in.term.ends) == (MandateStatus.ACTIVE, date(2028, 5, 31))


def test_nobody_resigns_for_somebody_else(founded: Cast) -> None:
    with refused("mandates.own-seat"):
        founded.does(founded.secretary, Resign(mandate=founded.mandate(founded.signer)))


def test_a_recalled_persons_seat_passes_to_the_alternate_of_the_same_number(founded: Cast) -> None:
    assert (3, False, founded.substitute) in holders_of(founded, "cc.finance")
    history = queries.history_of_seat(founded.commune, "cc.finance", 3, TODAY)
    assert [(step.what, step.holding.person) for step in history][-3:] == [
        ("recalled", founded.recalled),
        ("stepped in", founded.substitute),
        ("began", founded.substitute),
    ]
    assert all(step.act for step in history), "every step has the act behind it"


def test_without_an_alternate_the_seat_is_vacant(founded: Cast) -> None:
    founded.does(founded.comptroller, Resign(mandate=founded.mandate(founded.comptroller)))
    kinds = {one.kind.id: one for organ in queries.who_decides(founded.commune, TODAY) for one in organ.seats}
    assert kinds["cc.comptroller"].vacant == kinds["cc.comptroller"].kind.count


def test_a_recorded_death_ends_the_mandate_on_its_day_and_can_be_undone(founded: Cast) -> None:
    with_alternate(founded)
    promoter, secretary = founded.promoter, founded.mandate(founded.secretary)
    act = EndMandate(mandate=secretary, why=WhyEnded.DIED, on=date(2026, 2, 1))
    with refused("mandates.death-first"):  # or she would keep her other seats and her sign-in
        founded.signed(act)
    founded.signed(RecordDeparture(person=founded.secretary, on=date(2026, 2, 1), because=Because.DIED))
    founded.signed(act)
    assert queries.status_of(secretary, date(2026, 1, 31)) is MandateStatus.ACTIVE
    assert queries.status_of(secretary, date(2026, 2, 1)) is MandateStatus.DIED
    assert holders_of(founded, "cc.secretary") == [(1, False, founded.neighbour)]
    founded.does(promoter, UndoEnding(mandate=secretary))
    founded.does(promoter, UndoDeparture(person=founded.secretary))
    assert holders_of(founded, "cc.secretary") == [(1, False, founded.secretary), (1, True, founded.neighbour)]


def test_an_end_cannot_be_undone_once_somebody_else_was_elected(founded: Cast) -> None:
    comptroller = founded.mandate(founded.comptroller)
    founded.signed(EndMandate(mandate=comptroller, why=WhyEnded.LEFT, on=TODAY))
    founded.does(None, Elect(person=founded.neighbour, kind="cc.comptroller", number=1))
    with refused("mandates.cannot-undo-ending"):
        founded.does(founded.promoter, UndoEnding(mandate=comptroller))


def test_an_end_cannot_be_undone_once_the_person_holds_a_seat_that_goes_ill_with_the_old_one(founded: Cast) -> None:
    signer = founded.mandate(founded.signer)
    founded.signed(EndMandate(mandate=signer, why=WhyEnded.LEFT, on=TODAY))
    founded.does(None, Elect(person=founded.signer, kind="cc.comptroller"))
    with refused("mandates.cannot-undo-ending"):
        founded.does(founded.promoter, UndoEnding(mandate=signer))


def test_a_recall_cannot_be_undone_by_a_clerk(founded: Cast) -> None:
    with refused("mandates.cannot-undo-ending"):
        founded.does(founded.promoter, UndoEnding(mandate=founded.mandate(founded.recalled)))


@pytest.mark.parametrize(
    ("on", "rule"),
    [(TODAY + timedelta(days=1), "mandates.not-yet"), (date(2025, 5, 31), "mandates.ends-too-early")],
)
def test_a_mandate_ends_neither_in_the_future_nor_before_it_began(founded: Cast, on: date, rule: str) -> None:
    act = EndMandate(mandate=founded.mandate(founded.signer), why=WhyEnded.RESIGNED, on=on)
    with refused(rule):
        founded.signed(act)


def test_what_has_ended_does_not_end_again(founded: Cast) -> None:
    act = EndMandate(mandate=founded.mandate(founded.recalled), why=WhyEnded.LEFT, on=TODAY)
    with refused("mandates.ended-already"):
        founded.signed(act)


def test_nobody_alone_ends_a_mandate_by_a_departure_and_a_return(founded: Cast) -> None:
    comptroller = founded.mandate(founded.comptroller)
    gone = RecordDeparture(person=founded.comptroller, on=TODAY, because=Because.MOVED)
    with refused("acts.needs-signatures"):
        founded.does(founded.secretary, gone)
    assert queries.status_of(comptroller, TODAY) is MandateStatus.ACTIVE
    founded.signed(gone)
    assert queries.status_of(comptroller, TODAY) is MandateStatus.ENDED


def test_whoever_signs_the_end_of_a_mandate_signs_a_departure_that_ends_one(founded: Cast) -> None:
    """Also a seat that keeps no roll: were it otherwise, one that keeps it alone could record no death."""
    dies = RecordDeparture(person=founded.signer, on=TODAY, because=Because.DIED)
    ends = EndMandate(mandate=founded.mandate(founded.signer), why=WhyEnded.DIED, on=TODAY)
    assert need_of(dies, founded.commune, TODAY) == need_of(ends, founded.commune, TODAY)
    holds_none = dies.model_copy(update={"person": founded.neighbour})
    assert need_of(holds_none, founded.commune, TODAY) is None


def test_whoever_moves_away_holds_nothing_even_before_the_seat_is_settled(founded: Cast) -> None:
    signer = founded.mandate(founded.signer)
    founded.signed(RecordDeparture(person=founded.signer, on=TODAY, because=Because.MOVED))
    assert queries.status_of(signer, TODAY) is MandateStatus.ENDED
    founded.signed(EndMandate(mandate=signer, why=WhyEnded.LEFT, on=TODAY))
    assert founded.signer not in [one.person for one in queries.holders(founded.commune, TODAY)]


def test_a_recalled_person_is_barred_until_the_day_that_the_recall_set(founded: Cast) -> None:
    mandate = founded.mandate(founded.comptroller)
    founded.does(None, Recall(mandate=mandate, barred_until=date(2034, 6, 1)))
    with refused("mandates.recalled") as no:
        founded.does(None, Elect(person=founded.comptroller, kind="cc.electoral"))
    assert "01/06/2034" in str(no.value.words)
