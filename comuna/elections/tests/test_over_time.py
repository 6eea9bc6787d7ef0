"""A text is adopted between what happened and its being written down, or between a call and the session: each thing
goes by the statute of its own day, as the books knew it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import AgendaRow, Convene, PresentRow, RecordAttendance
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY
from comuna.elections import queries
from comuna.elections.acts import UndoElection
from comuna.elections.models import Election
from comuna.elections.rules import Stage
from comuna.elections.tests.test_recall import Recalling
from comuna.elections.tests.voting import Vote
from comuna.journal import files
from comuna.mandates import queries as mandates
from comuna.mandates.acts import EndMandate, EnterMandate, Resign, UndoEntry, WhyEnded
from comuna.mandates.models import Mandate
from comuna.mandates.rules import MandateStatus
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from tests.cast import TODAY, Cast, refused

BETWEEN = date(2026, 2, 15)  # after the call, before the session
NEXT_DAY, TYPED = date(2026, 2, 21), "2026-02-21T18:00:00Z"

# Amended texts


def adopt(cast: Cast, amended: Callable[[str], str], first_day: date) -> None:
    text = re.sub(r'(?m)^version = "[^"]*"', 'version = "2099.1"', builtin.text("venezuela-commune"), count=1)
    changed = amended(text)
    assert changed != text
    cast.signed(AdoptStatute(file=files.store(changed.encode(), statutes.MEDIA_TYPE), first_day=first_day))


def renamed(old: str, new: str) -> Callable[[str], str]:
    """A seat or an organ by another id: those who hold it no longer do."""
    return lambda text: text.replace(f'"{old}"', f'"{new}"')


def without_recall(text: str) -> str:
    """Of the finance unit."""
    tables = re.split(r"(?m)^(?=\[\[)", text)
    kept = [one.replace('"cc.finance", ', "") if one.startswith("[[recall]]") else one for one in tables]
    return "".join(kept)


def twelve_months(text: str) -> str:
    return re.sub(r"(?m)^months = 36$", "months = 12", text)


# A recall goes by the text under which it was asked for


def test_a_recall_that_was_asked_for_stays_readable_under_a_text_of_the_same_day_that_knows_none(
    founded: Cast,
) -> None:
    way = Recalling(founded)
    signer = founded.browser(founded.signer)
    petition = way.petition()
    adopt(founded, without_recall, TODAY)
    assert statutes.in_force(founded.commune, TODAY).recall_of("cc.finance") is None
    for path in ("/elections/", f"/elections/recalls/{petition}/", "/my-mandate/", "/"):
        assert signer.get(path).status_code == 200, path
    assert queries.recall(petition, TODAY).stage is Stage.COLLECTING


def test_the_vote_on_a_recall_by_an_organ_that_has_another_name_since_is_refused_in_words(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    adopt(founded, renamed("cc.assembly", "cc.asamblea"), BETWEEN)
    with frozen_at(TYPED):
        agenda = (AgendaRow(title="Revocatoria"),)
        act = Convene(
            organ="cc.asamblea", day=MEETING_DAY, hour="09:00", place="Cancha", agenda=agenda, from_paper=True
        )
        way.room.session = way.room.does(act).id
        people = way.room.quorate()
        with refused("elections.other-organ"):
            way.decide(petition, votes_for=len(people))


# An ending goes by the text of its day


def test_a_recall_is_written_down_on_the_day_after_by_a_text_that_has_no_such_seat(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    adopt(founded, renamed("cc.finance", "cc.finanzas"), NEXT_DAY)
    with frozen_at(MEETING):
        people = way.room.quorate()
    with frozen_at(TYPED):
        way.decide(petition, votes_for=len(people))
    assert mandates.status_of(way.mandate, MEETING_DAY) is MandateStatus.RECALLED


def test_a_mandate_ended_before_its_seat_was_abolished(founded: Cast) -> None:
    mandate = founded.mandate(founded.substitute)
    adopt(founded, renamed("cc.finance", "cc.finanzas"), BETWEEN)
    with frozen_at("2026-02-16T14:00:00Z"):
        founded.signed(EndMandate(mandate=mandate, why=WhyEnded.RESIGNED, on=date(2026, 2, 14)))
    assert mandates.status_of(mandate, date(2026, 2, 14)) is MandateStatus.RESIGNED


# An election goes by the text under which people were called


def test_a_session_that_was_called_elects_for_the_term_of_the_text_it_was_called_by(founded: Cast) -> None:
    vote = Vote(founded)
    adopt(founded, twelve_months, BETWEEN)
    with frozen_at(MEETING):
        vote.open()
        elected = vote.elect("cc.committee.water", [12, 9]).id
    election = Election.objects.get(pk=elected)
    assert election.ends == date(2029, 2, 19)
    assert {one.ends for one in Mandate.objects.filter(act=elected)} == {election.ends}


def test_a_session_that_was_called_elects_to_a_seat_that_a_later_text_has_no_more(founded: Cast) -> None:
    """Who is elected holds nothing under the text in force; what the session decided is written down all the same."""
    vote = Vote(founded)
    adopt(founded, renamed("cc.finance", "cc.finanzas"), BETWEEN)
    with frozen_at(MEETING):
        vote.open()
        elected = vote.elect("cc.finance", [9, 8]).id
        (one, *_others) = Mandate.objects.filter(act=elected)
        assert mandates.status_of(one.id, MEETING_DAY) is MandateStatus.ABOLISHED
        page = founded.browser(founded.secretary).get(f"/assemblies/{vote.session}/")
        assert page.status_code == 200
        assert [one.kind_words for one in queries.elections(founded.commune)] == ["Vocería administrativa y financiera"]


def test_who_sits_in_a_session_of_seats_is_told_by_the_text_it_was_called_by(founded: Cast) -> None:
    agenda = (AgendaRow(title="Cuentas"),)
    act = Convene(organ="cc.collective", day=MEETING_DAY, hour="09:00", place="Casa comunal", agenda=agenda)
    session = founded.does(founded.secretary, act).id
    adopt(founded, renamed("cc.finance", "cc.finanzas"), BETWEEN)
    with frozen_at(MEETING):
        stands = assemblies.standing(session)
        rights = assemblies.entitled(founded.commune, stands.organ, stands.statute, stands.day)
        assert founded.signer in rights.people
        here = (PresentRow(person=founded.signer),)
        founded.does(founded.secretary, RecordAttendance(session=session, present=here))


# Somebody whose mandate has ended is seated from an earlier day


@pytest.fixture
def resigned(founded: Cast) -> UUID:
    """The acting signer, whose term was over, has resigned; his mandate."""
    mandate = founded.mandate(founded.acting_signer)
    founded.does(founded.acting_signer, Resign(mandate=mandate))
    return mandate


def on_paper(cast: Cast) -> Vote:
    """A session of the day before yesterday is typed."""
    vote = Vote(cast)
    act = Convene(
        organ="cc.assembly",
        day=date(2026, 2, 8),
        hour="09:00",
        place="Cancha",
        agenda=(AgendaRow(title="Elección"),),
        from_paper=True,
    )
    vote.room.session = vote.room.does(act).id
    return vote.open()


def test_a_session_on_paper_elects_somebody_whose_old_mandate_ended_later(founded: Cast, resigned: UUID) -> None:
    before = founded.holding(founded.acting_signer).term
    vote = on_paper(founded)
    election = vote.elect("cc.finance", {founded.acting_signer: 10}).id
    assert mandates.status_of(resigned, date(2026, 2, 8)) is MandateStatus.REPLACED
    assert founded.holding(founded.acting_signer).status is MandateStatus.ACTIVE
    vote.does(UndoElection(election=election))
    assert mandates.status_of(resigned, date(2026, 2, 8)) is MandateStatus.EXPIRED_ACTING
    assert mandates.status_of(resigned, TODAY) is MandateStatus.RESIGNED
    assert mandates.holding(resigned, TODAY).term == before


def test_an_older_paper_seats_somebody_whose_mandate_ended_later(founded: Cast, resigned: UUID) -> None:
    entry = founded.signed(
        EnterMandate(
            person=founded.acting_signer,
            kind="cc.finance",
            number=2,
            begins=date(2025, 11, 15),
            origin_words="Acta 9, folio 3",
        )
    )
    assert mandates.status_of(resigned, date(2025, 11, 15)) is MandateStatus.REPLACED
    founded.does(founded.promoter, UndoEntry(mandate=entry.id))
    assert mandates.status_of(resigned, date(2025, 11, 15)) is MandateStatus.EXPIRED_ACTING
    assert mandates.status_of(resigned, TODAY) is MandateStatus.RESIGNED
