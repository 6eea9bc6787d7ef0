"""Who may do what, today: power follows the mandate, and a no says who can."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from comuna.acts.act import By
from comuna.acts.acts import Propose, Sign
from comuna.acts.authority import Actor, authority
from comuna.acts.clock import frozen_at
from comuna.acts.door import Request, perform, perform_all
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.refusal import Refused
from comuna.journal.models import Record
from comuna.mandates import codes, queries
from comuna.mandates.acts import (
    EndMandate,
    EnterMandate,
    IssueCode,
    LiftSuspension,
    Resign,
    Suspend,
    UndoEntry,
    WhyEnded,
)
from comuna.mandates.queries import Holding
from comuna.mandates.rules import MandateStatus
from comuna.mandates.tests import small
from comuna.mandates.tests.toy import Elect, GoOn, Recall
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.acts import RegisterPerson
from conftest import Books
from tests.cast import TODAY, Cast, refused


def code_for(person: UUID) -> IssueCode:
    return IssueCode(person=person, digest=codes.digest_of(codes.proof(codes.new())))


def gives(commune: UUID, person: UUID, verb: str, day: date) -> list[Holding]:
    """Somebody's own mandates that give an act on that day, the one to act by first."""
    return queries.with_power(statutes.in_force(commune, day), verb, queries.mandates_of(person, day))


def refusal(cast: Cast, person: UUID | None) -> Refused:
    """Why somebody may not print a code, which the secretary may."""
    with pytest.raises(Refused) as caught:
        cast.does(person, code_for(cast.neighbour))
    return caught.value


def test_a_no_names_the_rule_its_source_and_who_can(founded: Cast) -> None:
    no = refusal(founded, founded.neighbour)
    assert no.rule == "mandates.no-seat"
    assert no.citation == "Estatuto, 3.4"
    assert "Yelitza Carolina Rondón" in str(no.who)


def test_somebody_who_is_not_signed_in_is_told_to_sign_in(founded: Cast) -> None:
    assert refusal(founded, None).rule == "mandates.sign-in-first"


def test_a_stranger_may_nothing(founded: Cast) -> None:
    assert refusal(founded, founded.stranger).rule == "mandates.no-seat"
    assert refusal(founded, founded.signer).rule == "mandates.other-seat"
    with refused("mandates.not-of-here"):
        founded.does(founded.stranger, Resign(mandate=founded.mandate(founded.signer)))


def test_promoters_are_done_the_day_after_the_elected_can_do_what_they_did(founded: Cast) -> None:
    with frozen_at("2026-02-11T14:00:00Z"):
        founded.does(founded.promoter, code_for(founded.neighbour))  # nobody is on the electoral commission yet
        founded.does(founded.neighbour, Elect(person=founded.neighbour, kind="cc.electoral"))
        founded.does(founded.promoter, code_for(founded.neighbour))  # the day itself is for handing over
        assert founded.holding(founded.promoter, date(2026, 2, 11)).status is MandateStatus.ACTIVE
    with frozen_at("2026-02-12T14:00:00Z"):
        no = refusal(founded, founded.promoter)
        assert no.rule == "mandates.relieved"
        assert "12/02/2026" in str(no)
        assert no.citation == "Estatuto, 3.8"
        assert founded.holding(founded.promoter, date(2026, 2, 12)).status is MandateStatus.RELIEVED
        assert founded.holding(founded.promoter, date(2026, 2, 11)).status is MandateStatus.ACTIVE
        steps = queries.history_of_seat(founded.commune, "cc.promoter", 1, date(2026, 2, 12))
        assert [(step.what, step.day, step.act) for step in steps][-1] == ("relieved", date(2026, 2, 12), None)
        founded.does(founded.secretary, code_for(founded.neighbour))


def test_promoters_have_their_seats_again_when_what_ended_them_is_taken_back(founded: Cast) -> None:
    act = EnterMandate(
        person=founded.neighbour, kind="cc.electoral", begins=date(2025, 6, 1), origin_words="Acta, folio 12"
    )
    founded.signed(act)
    assert founded.holding(founded.promoter).status is MandateStatus.ACTIVE  # known today: done tomorrow
    with frozen_at("2026-02-11T14:00:00Z"):
        assert refusal(founded, founded.promoter).rule == "mandates.relieved"
        founded.does(founded.secretary, UndoEntry(mandate=founded.mandate(founded.neighbour)))
        founded.does(founded.promoter, code_for(founded.neighbour))


@pytest.mark.parametrize("written", ["2026-02-11T15:00:00Z", "2026-03-12T14:00:00Z"], ids=["same day", "later"])
def test_an_ending_dated_back_does_not_give_promoters_their_seats_again(founded: Cast, written: str) -> None:
    with frozen_at("2026-02-11T14:00:00Z"):
        founded.does(founded.neighbour, Elect(person=founded.neighbour, kind="cc.electoral"))
        elected = founded.holding(founded.neighbour, date(2026, 2, 11))
        founded.does(founded.neighbour, Elect(person=founded.other_promoters[0], kind="cc.electoral", number=2))
    with frozen_at(written):
        ending = EndMandate(mandate=elected.mandate, why=WhyEnded.LEFT, on=elected.term.begins)
        proposal = founded.does(founded.neighbour, Propose(act=ending)).id
        founded.does(founded.other_promoters[0], Sign(proposal=proposal))
    with frozen_at("2026-03-12T15:00:00Z"):
        assert refusal(founded, founded.promoter).rule == "mandates.relieved"


def test_who_claimed_an_account_only_after_leaving_the_seat_ends_no_promoter(founded: Cast) -> None:
    joined = founded.does(founded.secretary, RegisterPerson(full_name="Omar Enrique Lugo", age_years=40)).id
    mandate = founded.does(founded.neighbour, Elect(person=joined, kind="cc.electoral")).id
    founded.signed(EndMandate(mandate=mandate, why=WhyEnded.LEFT, on=TODAY))
    founded.browser(joined)
    with frozen_at("2026-03-12T14:00:00Z"):
        founded.does(founded.promoter, code_for(founded.neighbour))


def test_no_text_takes_away_when_the_promoters_are_done(founded: Cast) -> None:
    text = builtin.text("venezuela-commune").replace('version = "2026.1"', 'version = "2026.2"')
    heirs = re.compile(r"(?s)\n\[founding\.until\].*?(?=\n\[)")
    assert heirs.search(text)
    for other in (
        heirs.sub("\n", text),
        heirs.sub(lambda found: found[0].replace('"cc.comptroller"', '"cc.comptroller", "cc.finance"'), text),
    ):
        with pytest.raises(Refused) as caught:
            founded.signed(AdoptStatute(file=small.stored(other), first_day=date(2026, 3, 10)))
        assert caught.value.rule == "statutes.handover-stays"
        assert caught.value.citation == "Estatuto, 3.8"
        assert "cc.comptroller" in str(caught.value)
    founded.signed(AdoptStatute(file=small.stored(text + "\n# otra\n"), first_day=date(2026, 3, 10)))


def test_a_founding_that_is_taken_back_leaves_no_time_zone(books: Books) -> None:
    id, act = uuid4(), small.founding(small.text())
    there = act.model_copy(update={"time_zone": "Pacific/Kiritimati"})
    with pytest.raises(Refused):
        perform_all([Request(there, id=id), Request(Resign(mandate=uuid4()), uuid4())], Actor())
    assert not Record.objects.exists()
    perform(act, Actor(), id=id)
    assert authority().time_zone(id).key == act.time_zone


def test_who_was_elected_without_an_account_does_not_end_the_promoters(founded: Cast) -> None:
    joined = founded.does(founded.secretary, RegisterPerson(full_name="Omar Enrique Lugo", age_years=40))
    founded.does(founded.neighbour, Elect(person=joined.id, kind="cc.electoral"))
    with frozen_at("2026-03-12T14:00:00Z"):
        founded.does(founded.promoter, code_for(founded.neighbour))


def test_a_suspended_person_may_nothing_until_the_suspension_is_lifted(founded: Cast) -> None:
    suspended = founded.signed(
        Suspend(mandate=founded.mandate(founded.secretary), reason="Mientras se revisa el libro")
    )
    no = refusal(founded, founded.secretary)
    assert no.rule == "mandates.suspended"
    assert founded.holding(founded.secretary).status is MandateStatus.SUSPENDED
    founded.does(founded.promoter, LiftSuspension(suspension=suspended.id))
    founded.does(founded.secretary, code_for(founded.neighbour))


def test_a_suspension_with_a_last_day_ends_by_itself(founded: Cast) -> None:
    act = Suspend(mandate=founded.mandate(founded.secretary), ends=date(2026, 2, 20), reason="Diez días")
    founded.signed(act)
    with frozen_at("2026-02-20T14:00:00Z"):
        assert refusal(founded, founded.secretary).rule == "mandates.suspended"
    with frozen_at("2026-02-21T14:00:00Z"):
        founded.does(founded.secretary, code_for(founded.neighbour))


def test_nobody_is_suspended_twice_or_without_a_seat(founded: Cast) -> None:
    mandate = founded.mandate(founded.secretary)
    founded.signed(Suspend(mandate=mandate, reason="Una vez"))
    with refused("mandates.suspended-already"):
        founded.signed(Suspend(mandate=mandate, reason="Dos veces"))
    with refused("mandates.not-in-office"):
        founded.signed(Suspend(mandate=founded.mandate(founded.recalled), reason="Ya no está"))


def test_a_resigned_person_is_told_since_when(founded: Cast) -> None:
    founded.does(founded.secretary, Resign(mandate=founded.mandate(founded.secretary)))
    no = refusal(founded, founded.secretary)
    assert no.rule == "mandates.resigned"
    assert "10/02/2026" in str(no.words)


def test_where_a_seat_is_vacant_the_no_says_so(founded: Cast) -> None:
    for person in (founded.secretary, founded.promoter, *founded.other_promoters):
        founded.does(person, Resign(mandate=founded.mandate(person)))
    no = refusal(founded, founded.neighbour)
    assert no.who
    assert all("vacan" in one for one in map(str, no.who))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"when_acting = false": "when_acting = true"}, None),
        ({}, "mandates.expired-and-acting"),
        ({"when_acting = false": "when_acting = true", 'after = "acts"': 'after = "lapses"'}, "mandates.lapsed"),
    ],
)
def test_the_statute_says_what_an_expired_mandate_may_still_do(
    books: Books, changes: dict[str, str], rule: str | None
) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found(changes)
        ana, luis, _rosa = commune.promoters
        commune.does(None, Elect(person=ana, kind="secretary"))
    for weeks in range(8, 156, 8):
        with frozen_at(f"{date(2026, 1, 10) + timedelta(weeks=weeks)}T13:00:00Z"):
            commune.does(None, GoOn())
    with frozen_at("2029-01-09T13:00:00Z"):
        commune.does(None, Elect(person=luis, kind="treasurer"))
        suspension = Suspend(mandate=commune.holding(luis, date(2029, 1, 9)).mandate, reason="Una revisión")
    with frozen_at("2029-01-10T13:00:00Z"):  # the day after the secretary's term
        if rule is None:
            commune.does(ana, suspension)
        else:
            with refused(rule) as no:
                commune.does(ana, suspension)
            assert no.value.citation == "By-laws, art. 5"


def test_an_alternate_has_no_power_before_stepping_in(founded: Cast) -> None:
    founded.does(None, Elect(person=founded.neighbour, kind="cc.secretary", is_alternate=True))
    assert refusal(founded, founded.neighbour).rule == "mandates.no-seat"
    assert gives(founded.commune, founded.neighbour, "mandates.issue_code", TODAY) == []
    act = EndMandate(mandate=founded.mandate(founded.secretary), why=WhyEnded.LEFT, on=TODAY)
    founded.signed(act)
    founded.does(founded.neighbour, code_for(founded.signer))


def test_a_seat_is_used_only_by_somebody_who_has_claimed_an_account(founded: Cast) -> None:
    new = founded.does(founded.promoter, RegisterPerson(full_name="Omar Enrique Rivas")).id
    founded.does(None, Elect(person=new, kind="cc.electoral"))
    assert refusal(founded, new).rule == "mandates.no-account"


def test_a_mandate_that_begins_later_gives_nothing_yet(founded: Cast) -> None:
    founded.does(None, Elect(person=founded.neighbour, kind="cc.electoral", begins=date(2026, 3, 1)))
    no = refusal(founded, founded.neighbour)
    assert no.rule == "mandates.not-yet"
    with frozen_at("2026-03-01T14:00:00Z"):
        founded.does(founded.neighbour, code_for(founded.signer))


def test_an_active_mandate_is_used_before_an_expired_one(founded: Cast) -> None:
    done = founded.does(None, Elect(person=founded.promoter, kind="cc.electoral"))
    with frozen_at("2027-03-01T14:00:00Z"):
        held = gives(founded.commune, founded.promoter, "mandates.issue_code", date(2027, 3, 1))
    assert held[0].mandate == done.id


def test_acts_are_signed_by_a_seat_and_not_by_a_name(founded: Cast) -> None:
    words = authority().signs_as(By(mandate=founded.mandate(founded.signer)))
    assert words.endswith(" 1")
    assert "Carmen" not in words


# Several signatures, and another statute


def adoption(changes: dict[str, str], first_day: date) -> AdoptStatute:
    changed = {'version = "1"': 'version = "2"'} | changes
    return AdoptStatute(file=small.stored(small.text(changed)), first_day=first_day)


def test_what_two_seats_must_sign_is_done_by_the_second_signature(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found()
        ana, luis, _rosa = commune.promoters
        act = adoption({"months = 36": "months = 24"}, date(2026, 1, 10))
        with refused("acts.needs-signatures"):
            commune.does(ana, act)
        proposal = commune.does(ana, Propose(act=act)).id
        with refused("acts.signed-once"):
            commune.does(ana, Sign(proposal=proposal))
        assert commune.does(luis, Sign(proposal=proposal)).performed is not None
        commune.does(None, Elect(person=ana, kind="secretary"))
        assert commune.holding(ana, date(2026, 1, 10)).term.ends == date(2028, 1, 9)


def test_the_signature_of_somebody_recalled_meanwhile_does_not_count(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found()
        ana, luis, rosa = commune.promoters
        proposal = commune.does(ana, Propose(act=adoption({"months = 36": "months = 24"}, date(2026, 1, 10)))).id
        commune.does(None, Recall(mandate=commune.holding(ana, date(2026, 1, 10)).mandate))
        assert commune.does(luis, Sign(proposal=proposal)).performed is None
        with refused("mandates.recalled"):
            commune.does(ana, Sign(proposal=proposal))
        assert commune.does(rosa, Sign(proposal=proposal)).performed is not None


def test_a_seat_that_another_statute_abolishes_gives_nothing_any_more(books: Books) -> None:
    with frozen_at("2026-01-10T13:00:00Z"):
        commune = small.found({"when_acting = false": "when_acting = true"})
        ana, luis, rosa = commune.promoters
        commune.does(None, Elect(person=rosa, kind="committee.water"))
        suspend = Suspend(mandate=commune.holding(luis, date(2026, 1, 10)).mandate, reason="Una revisión")
        water = {"when_acting = false": "when_acting = true", 'id = "water"': 'id = "fuel"'}
        proposal = commune.does(ana, Propose(act=adoption(water, date(2026, 1, 11)))).id
        commune.does(luis, Sign(proposal=proposal))
        assert gives(commune.commune, rosa, "mandates.suspend", date(2026, 1, 10))
    with frozen_at("2026-01-11T13:00:00Z"):
        assert commune.holding(rosa, date(2026, 1, 11)).status is MandateStatus.ABOLISHED
        with refused("mandates.other-seat"):
            commune.does(rosa, suspend)


def test_no_seat_alone_enters_ends_or_suspends_a_mandate_or_erases(founded: Cast) -> None:
    signer = founded.mandate(founded.signer)
    for act in (
        EnterMandate(person=founded.neighbour, kind="cc.electoral", begins=date(2025, 6, 1), origin_words="Acta 4"),
        EndMandate(mandate=signer, why=WhyEnded.LEFT, on=TODAY),
        Suspend(mandate=signer, reason="Una revisión"),
        ErasePrivate(subject=founded.signer, audiences=(ErasableAudience.PUBLIC,), reason="Porque sí"),
    ):
        with refused("acts.needs-signatures"):
            founded.does(founded.secretary, act)
    assert founded.holding(founded.signer).status is MandateStatus.ACTIVE
