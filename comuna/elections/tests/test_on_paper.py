"""An election of a session that is on paper alone gives a mandate by as many signatures as one from paper needs."""

from __future__ import annotations

from datetime import date

from comuna.acts.acts import Propose, Sign
from comuna.acts.proposals import need_of
from comuna.assemblies.acts import AgendaRow, Convene
from comuna.elections.models import Election
from comuna.elections.tests.voting import Vote
from comuna.mandates.acts import EnterMandate
from tests.cast import TODAY, Cast, refused


def on_paper(cast: Cast) -> Vote:
    vote, agenda = Vote(cast), (AgendaRow(title="Elección"),)
    act = Convene(
        organ="cc.assembly", day=date(2026, 2, 9), hour="09:00", place="Cancha", agenda=agenda, from_paper=True
    )
    vote.room.session = vote.room.does(act).id
    return vote.open()


def test_nobody_alone_seats_a_friend_by_a_session_on_paper(founded: Cast) -> None:
    vote = on_paper(founded)
    act = vote.act("cc.electoral", [20])
    with refused("acts.needs-signatures"):
        founded.does(founded.promoter, act)
    proposal = founded.does(founded.promoter, Propose(act=act)).id
    assert not Election.objects.exists()
    founded.does(founded.other_promoters[0], Sign(proposal=proposal))
    assert founded.holding(vote.neighbours[0]).status.has_power


def test_who_signs_the_entry_of_a_mandate_signs_the_election_on_paper(founded: Cast) -> None:
    vote = on_paper(founded)
    entry = EnterMandate(person=founded.neighbour, kind="cc.electoral", begins=date(2025, 6, 1), origin_words="Acta")
    enters, elects = (need_of(one, founded.commune, TODAY) for one in (entry, vote.act("cc.electoral", [20])))
    assert enters is not None and elects is not None
    assert (elects.needed, elects.seats) == (enters.needed, enters.seats)


def test_the_form_says_that_two_sign_and_proposes(founded: Cast) -> None:
    vote = on_paper(founded)
    page = founded.browser(founded.promoter).get(
        f"/elections/record/?session={vote.session}", headers={"accept-language": "en"}
    )
    assert "2 seats must sign this." in page.content.decode()
    assert 'name="_propose"' in page.content.decode()
