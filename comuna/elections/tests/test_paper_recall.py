"""A recall voted on in a session that is written down afterwards: the session's day counts, not the typist's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AgendaRow, Convene
from comuna.elections import queries
from comuna.elections.acts import UndoDecision
from comuna.elections.rules import Stage
from comuna.elections.tests.test_recall import Recalling
from comuna.mandates import queries as mandates
from comuna.mandates.acts import EndMandate, EnterMandate, IssueCode, Resign, WhyEnded
from comuna.mandates.rules import MandateStatus
from tests.cast import Cast, refused

SESSION_DAY = date(2026, 2, 20)
TYPED, TYPED_DAY = "2026-03-10T14:00:00Z", date(2026, 3, 10)


def held_on_paper(way: Recalling, day: date = SESSION_DAY) -> int:
    """A session of that day, written down now, to which everybody came. Gives how many."""
    agenda = (AgendaRow(title="Revocatoria"),)
    act = Convene(organ="cc.assembly", day=day, hour="08:30", place="Cancha", agenda=agenda, from_paper=True)
    way.room.session = way.does(way.cast.secretary, act).id
    return len(way.room.quorate())


def test_the_mandate_is_over_from_the_day_of_the_session_on(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    with frozen_at(TYPED):
        present = held_on_paper(way)
        assert mandates.status_of(way.mandate, TYPED_DAY) is MandateStatus.ACTIVE
        way.decide(petition, votes_for=present)
    assert mandates.ended_on(way.mandate) == SESSION_DAY
    assert mandates.status_of(way.mandate, date(2026, 2, 19)) is MandateStatus.ACTIVE
    assert mandates.status_of(way.mandate, SESSION_DAY) is MandateStatus.RECALLED


def test_power_ends_with_the_record_and_what_was_done_before_it_stands(founded: Cast) -> None:
    way = Recalling(founded)
    way.mandate = founded.mandate(founded.secretary)
    petition = way.petition()
    way.sign(petition, way.room.roll()[:10])
    way.report(petition, by=founded.comptroller)
    with frozen_at(TYPED):
        present = held_on_paper(way)
        code = founded.does(founded.secretary, IssueCode(person=founded.signer, digest="0" * 64))
        way.decide(petition, votes_for=present)
        with refused("mandates.recalled"):
            founded.does(founded.secretary, IssueCode(person=founded.neighbour, digest="1" * 64))
    newest = mandates.newest_code(founded.signer)
    assert newest is not None
    assert newest.act == code.id


def test_a_session_before_the_report_or_its_last_day_could_not_decide(founded: Cast) -> None:
    """Due on 25 February and not made: on the 20th it was not overdue yet, though it is when the paper is typed."""
    way = Recalling(founded)
    petition = way.asked()
    with frozen_at(TYPED):
        assert way.stage(petition, TYPED_DAY) is Stage.REPORT_LATE
        present = held_on_paper(way)
        with refused("elections.not-before-report") as no:
            way.decide(petition, votes_for=present)
        assert "20/02/2026" in str(no.value)
        way.report(petition)
        with refused("elections.not-before-report"):
            way.decide(petition, votes_for=present)
        present = held_on_paper(way, date(2026, 2, 26))
        way.decide(petition, votes_for=present)


def test_whoever_resigned_between_the_session_and_the_record_is_recalled_all_the_same(founded: Cast) -> None:
    """Else a resignation on the way home would spare the bar."""
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    with frozen_at("2026-02-25T14:00:00Z"):
        founded.does(founded.signer, Resign(mandate=way.mandate))
    with frozen_at(TYPED):
        present = held_on_paper(way)
        decided = way.decide(petition, votes_for=present).id
        assert mandates.status_of(way.mandate, TYPED_DAY) is MandateStatus.RECALLED
        assert mandates.barred_until(founded.signer) == date(2034, 6, 1)
        founded.does(founded.promoter, UndoDecision(decision=decided))
        assert mandates.status_of(way.mandate, TYPED_DAY) is MandateStatus.RESIGNED
        assert mandates.status_of(way.mandate, date(2026, 2, 24)) is MandateStatus.ACTIVE
        assert mandates.barred_until(founded.signer) is None


def test_an_alternate_who_has_left_since_the_session_does_not_step_in(founded: Cast) -> None:
    way = Recalling(founded)
    alternate = _alternate(founded, way)
    petition = way.asked()
    way.report(petition)
    with frozen_at("2026-03-01T14:00:00Z"):
        end = EndMandate(
            mandate=mandates.mandates_of(alternate, date(2026, 3, 1))[0].mandate, why=WhyEnded.LEFT, on=date(2026, 3, 1)
        )
        founded.signed(end)
    with frozen_at(TYPED):
        present = held_on_paper(way)
        way.decide(petition, votes_for=present)
        held = [one for one in mandates.holders(founded.commune, TYPED_DAY) if one.kind == "cc.finance"]
        assert 1 not in {one.number for one in held}
    assert queries.recall(petition, TYPED_DAY).stage is Stage.RECALLED


def _alternate(cast: Cast, way: Recalling) -> UUID:
    """Somebody who is the alternate of finance spokesperson 1."""
    person = way.room.neighbours[0]
    act = EnterMandate(
        person=person, kind="cc.finance", number=1, is_alternate=True, begins=date(2025, 6, 1), origin_words="Acta"
    )
    cast.signed(act)
    return person


@pytest.mark.parametrize("day", [date(2026, 2, 20), date(2026, 2, 28)])
def test_the_bar_of_an_expired_holder_counts_from_the_session(founded: Cast, day: date) -> None:
    way = Recalling(founded)
    way.mandate = founded.mandate(founded.acting_signer)
    petition = way.asked()
    way.report(petition)
    with frozen_at(TYPED):
        present = held_on_paper(way, day)
        way.decide(petition, votes_for=present)
    assert mandates.barred_until(founded.acting_signer) == day.replace(year=2032)
