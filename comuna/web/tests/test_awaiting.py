"""My mandate begins with what waits for its holder."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.acts.acts import Propose
from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import PutMotion, RecordCount
from comuna.assemblies.tests.test_session import MEETING
from comuna.elections.acts import AskRecall
from comuna.elections.tests.voting import Vote
from comuna.mandates.acts import Suspend
from comuna.processes.acts import BeginProcess
from tests.cast import TODAY, Cast

WAITS = "What waits for me"


def page(cast: Cast, person: UUID) -> str:
    return cast.browser(person).get("/my-mandate/", headers={"accept-language": "en"}).content.decode()


def test_nothing_waits_for_a_neighbour_and_no_empty_heading_says_so(founded: Cast) -> None:
    answer = page(founded, founded.neighbour)
    assert "My mandate" in answer
    assert WAITS not in answer


def test_a_recall_waits_for_whoever_it_is_about_and_for_the_desk(founded: Cast) -> None:
    act = AskRecall(mandate=founded.mandate(founded.signer), ground="no-account", words="No rindió cuentas")
    asked = founded.does(founded.comptroller, act).id
    about, desk, other = (page(founded, who) for who in (founded.signer, founded.secretary, founded.acting_signer))
    assert "Your recall was asked for" in about
    assert f"/elections/recalls/{asked}/" in about
    assert f"/elections/recalls/{asked}/" in desk
    assert "Your recall was asked for" not in desk
    assert f"/elections/recalls/{asked}/" not in other


def test_a_proposal_waits_for_who_may_sign_until_she_has(founded: Cast) -> None:
    act = Suspend(mandate=founded.mandate(founded.signer), reason="Una revisión")
    proposed = founded.does(founded.secretary, Propose(act=act)).id
    assert f"/proposals/{proposed}/" in page(founded, founded.promoter)
    assert f"/proposals/{proposed}/" not in page(founded, founded.secretary)
    assert WAITS not in page(founded, founded.neighbour)


def test_a_decision_waits_for_the_seat_that_answers_for_it(founded: Cast) -> None:
    vote = Vote(founded)
    with frozen_at(MEETING):
        vote.open()
        text, due = "Reparar el techo de la escuela", date(2026, 5, 1)
        motion = PutMotion(session=vote.session, item=1, text=text, responsible="cc.finance", due_on=due)
        put = founded.does(founded.secretary, motion).id
        hands = {"motion": put, "votes_for": len(vote.present), "against": 0, "abstain": 0}
        hands |= {"votes_for_two": len(vote.present), "against_two": 0, "abstain_two": 0}
        founded.does(founded.secretary, RecordCount.model_validate({**hands, **vote.counters(())}))
        assert text in page(founded, founded.signer)
        assert text not in page(founded, founded.comptroller)


def test_a_renewal_that_nobody_began_waits_for_the_seats_of_its_first_step(founded: Cast) -> None:
    said = page(founded, founded.secretary)
    assert "Begin: Renewal of spokespeople" in said
    assert "The first mandate ended on 31 October 2025. First step: The outgoing electoral commission convenes" in said
    assert "/processes/begin/?process=renewal" in said
    assert "Renewal of spokespeople" not in page(founded, founded.signer)
    run = founded.does(founded.secretary, BeginProcess(process="renewal", day=TODAY)).id
    said = page(founded, founded.secretary)
    assert "Begin: Renewal" not in said
    assert f"/processes/{run}/" in said


def test_a_holder_is_told_ninety_days_before_and_once_her_term_is_over(founded: Cast) -> None:
    assert "Your mandate is past its term: Finance spokesperson 2" in page(founded, founded.acting_signer)
    assert "You act on until somebody is elected." in page(founded, founded.acting_signer)
    assert "Finance spokesperson 2, past its term since 31 October 2025" in page(founded, founded.acting_signer)
    last_day = founded.holding(founded.signer).term.ends
    assert last_day == date(2028, 5, 31)
    for day, said in (("2028-03-01", WAITS), ("2028-03-02", "Your mandate"), ("2028-03-03", "Your mandate ends")):
        with frozen_at(f"{day}T14:00:00Z"):
            assert (said in page(founded, founded.signer)) == (day > "2028-03-01"), day
    with frozen_at("2028-06-01T14:00:00Z"):
        assert "Your mandate is past its term" in page(founded, founded.signer)
