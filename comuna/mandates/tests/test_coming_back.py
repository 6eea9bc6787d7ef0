"""Who moves away loses her seats; who comes back does not have them again, unless she had never left."""

from __future__ import annotations

from datetime import date

import pytest

from comuna.acts.clock import frozen_at
from comuna.mandates import queries
from comuna.mandates.acts import EndMandate, EnterMandate, IssueCode, WhyEnded
from comuna.mandates.codes import digest_of, new, proof
from comuna.mandates.rules import MandateStatus
from comuna.mandates.tests.toy import Elect
from comuna.territory.acts import RecordDeparture, UndoDeparture
from comuna.territory.acts.whereabouts import Because
from tests.cast import TODAY, Cast, refused

LEFT, BACK, AFTER = date(2026, 2, 12), date(2026, 2, 25), "2026-03-02T14:00:00Z"
DAY_AFTER = date(2026, 3, 2)


@pytest.fixture
def back(founded: Cast) -> Cast:
    """The secretary moved away on 12 February and is here again since the 25th."""
    with frozen_at("2026-02-13T14:00:00Z"):
        founded.signed(RecordDeparture(person=founded.secretary, on=LEFT, because=Because.MOVED))
    with frozen_at("2026-02-26T14:00:00Z"):
        founded.does(founded.promoter, UndoDeparture(person=founded.secretary, since=BACK))
    return founded


def test_who_came_back_has_no_seat_on_any_day_since_she_left(back: Cast) -> None:
    mandate = back.mandate(back.secretary)
    assert queries.status_of(mandate, TODAY) is MandateStatus.ACTIVE
    for day in (LEFT, BACK, DAY_AFTER):
        assert queries.status_of(mandate, day) is MandateStatus.ENDED, day
    with frozen_at(AFTER), refused("mandates.ended"):
        back.does(back.secretary, IssueCode(person=back.neighbour, digest=digest_of(proof(new()))))


def test_she_may_be_elected_again_and_to_another_seat(back: Cast) -> None:
    """What she was given since is hers, also to a seat that went ill with the old one."""
    with frozen_at(AFTER):
        back.does(None, Elect(person=back.secretary, kind="cc.secretary"))
        assert back.holding(back.secretary, DAY_AFTER).status is MandateStatus.ACTIVE
        back.does(back.secretary, IssueCode(person=back.neighbour, digest=digest_of(proof(new()))))


def test_a_seat_that_goes_ill_with_the_one_she_lost_is_open_to_her(founded: Cast) -> None:
    treasurer = founded.signer
    with refused("mandates.incompatible"):
        founded.does(None, Elect(person=treasurer, kind="cc.comptroller"))
    founded.signed(RecordDeparture(person=treasurer, on=TODAY, because=Because.MOVED))
    founded.does(founded.promoter, UndoDeparture(person=treasurer, since=TODAY))
    founded.does(None, Elect(person=treasurer, kind="cc.comptroller"))


def test_somebody_else_takes_the_place_she_lost(back: Cast) -> None:
    with frozen_at(AFTER):
        back.does(None, Elect(person=back.neighbour, kind="cc.secretary", number=1))
        held = [one.person for one in queries.holders(back.commune, DAY_AFTER) if one.kind == "cc.secretary"]
    assert held == [back.neighbour]


def test_the_end_may_still_be_written_down_after_she_came_back(back: Cast) -> None:
    mandate = back.mandate(back.secretary)
    with frozen_at(AFTER):
        back.signed(EndMandate(mandate=mandate, why=WhyEnded.LEFT, on=LEFT))
    assert queries.ended_on(mandate) == LEFT


def test_no_paper_from_before_she_left_seats_her(back: Cast) -> None:
    with frozen_at(AFTER):
        act = EnterMandate(
            person=back.secretary, kind="cc.committee.water", begins=date(2025, 6, 1), origin_words="Acta 4"
        )
        entered = back.signed(act).id
    assert queries.status_of(entered, DAY_AFTER) is MandateStatus.ENDED


def test_a_mandate_begun_in_the_books_before_an_older_departure_was_known_is_over_too(founded: Cast) -> None:
    with frozen_at("2026-02-20T14:00:00Z"):
        founded.does(None, Elect(person=founded.neighbour, kind="cc.committee.water"))
        founded.signed(RecordDeparture(person=founded.neighbour, on=LEFT, because=Because.MOVED))
        founded.does(founded.promoter, UndoDeparture(person=founded.neighbour, since=date(2026, 2, 20)))
        assert founded.holding(founded.neighbour, date(2026, 2, 20)).status is MandateStatus.ENDED


def test_a_departure_that_never_was_leaves_the_seat_as_if_nothing_had_been(back: Cast) -> None:
    """Also where it was first taken for a return: written down anew as it was, and taken back as a mistake."""
    mandate = back.mandate(back.secretary)
    with frozen_at(AFTER):
        back.does(back.promoter, RecordDeparture(person=back.secretary, on=LEFT, because=Because.MOVED))
        back.does(back.promoter, UndoDeparture(person=back.secretary))
    assert queries.status_of(mandate, DAY_AFTER) is MandateStatus.ACTIVE
