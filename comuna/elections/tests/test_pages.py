"""The pages of elections and recalls over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AgendaRow, CloseSession, Convene
from comuna.assemblies.pages.codes import on_sheet
from comuna.assemblies.tests.test_pages import form_of, post, text
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY
from comuna.elections import queries
from comuna.elections.acts import UndoElection
from comuna.elections.models import Election, Petition
from comuna.elections.pages.asking import SHEET_ROWS
from comuna.elections.tests.test_recall import GROUND, WORDS, Recalling
from comuna.elections.tests.voting import Vote
from comuna.mandates import queries as mandates
from comuna.mandates.acts import Resign
from tests.cast import TODAY, Cast


@pytest.fixture
def stranger() -> Client:
    return Client()


@pytest.fixture
def vote(founded: Cast) -> Iterator[Vote]:
    prepared = Vote(founded)
    with frozen_at(MEETING):
        yield prepared.open()


def code(vote: Vote, person: UUID) -> str:
    return on_sheet(vote.cast.commune, [person])[0].code


def papers(vote: Vote) -> dict[str, str]:
    present = str(len(vote.present))
    return {"issued": present, "counted": present, "spoiled": "0", "returned": "0"}


def counted(vote: Vote) -> dict[str, str]:
    return {field: str(person) for field, person in vote.counters(vote.neighbours).items()}


def ballot(vote: Vote, **votes: int) -> dict[str, str]:
    """The form's fields: neighbours in their order with these votes."""
    fields = {"kind": "cc.committee.water", "ballot": "secret", "marks": "1", **papers(vote), **counted(vote)}
    for number, (person, count) in enumerate(zip(vote.neighbours, votes.values(), strict=False)):
        fields |= {f"candidates.{number}.person": code(vote, person), f"candidates.{number}.votes": str(count)}
        fields |= {f"candidates.{number}.public_name": f"Vecina {number}"}
    return fields


def test_an_election_is_typed_by_the_codes_of_the_sheet(vote: Vote, stranger: Client) -> None:
    promoter = vote.cast.browser(vote.cast.promoter)
    address = f"/elections/record/?session={vote.session}"
    assert post(promoter, address, **ballot(vote, first=9, second=6)) == 302
    row = Election.objects.get()
    page = text(stranger, f"/elections/{row.id}/")
    assert "Vecina 0" in page and "principal" in page and "handed out" in page
    assert "Vecina 0" in text(stranger, f"/assemblies/{vote.session}/minutes/")
    assert "Vecina 0" in text(stranger, "/elections/"), "who was elected, and not only how many"


def test_a_wrong_code_is_named_at_its_line_and_nothing_is_lost(vote: Vote) -> None:
    promoter = vote.cast.browser(vote.cast.promoter)
    address = f"/elections/record/?session={vote.session}"
    fields = ballot(vote, first=9, second=6) | {"candidates.1.person": "9999K"}
    answer = promoter.post(address, form_of(text(promoter, address)) | fields, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "9999K: nobody" in page and 'value="9"' in page
    assert not Election.objects.exists()


def test_a_name_that_one_person_has_stands_for_her_code_and_a_shared_one_is_asked_about(vote: Vote) -> None:
    promoter = vote.cast.browser(vote.cast.promoter)
    address = f"/elections/record/?session={vote.session}"
    fields = ballot(vote, first=9, second=6) | {"candidates.1.person": "vecina"}
    answer = promoter.post(address, form_of(text(promoter, address)) | fields, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert f"{code(vote, vote.neighbours[0])} Vecina Número 0" in answer.content.decode(), "the codes to choose from"
    fields |= {"candidates.1.person": "numero 13"}
    assert post(promoter, address, **fields) == 302
    stood = queries.election(Election.objects.get().id).candidacies
    assert [row.person_id for row in stood] == [vote.neighbours[0], vote.neighbours[13]]


def test_the_form_of_an_election_leads_to_the_slips_of_its_seats(founded: Cast, vote: Vote) -> None:
    form = text(founded.browser(founded.promoter), f"/elections/record/?session={vote.session}")
    slips = f"/assemblies/{vote.session}/slips/?seat=cc.electoral"
    assert slips in form
    assert "Electoral" in text(founded.browser(founded.promoter), slips)


def test_of_a_large_roll_the_form_lists_nobody(founded: Cast) -> None:
    """A list of hundreds of codes made the page twenty screens long."""
    vote = Vote(founded, neighbours=60)
    with frozen_at(MEETING):
        vote.open()
        page = text(founded.browser(founded.promoter), f"/elections/record/?session={vote.session}")
        assert "or by name" in page
        assert "Everybody's code" not in page and "Everybody&#x27;s code" not in page


def test_a_tie_of_a_session_that_is_over_is_decided_in_a_later_one(vote: Vote) -> None:
    first = vote.elect("cc.committee.water", [7, 7], tie_stands=True).id
    promoter = vote.cast.browser(vote.cast.promoter)
    vote.room.does(CloseSession(session=vote.session, hour="12:00"))
    assert "Record the further vote" not in text(promoter, f"/elections/{first}/")
    agenda = (AgendaRow(title="Desempate"),)
    act = Convene(organ="cc.assembly", day=MEETING_DAY, hour="08:30", place="Cancha", agenda=agenda, from_paper=True)
    vote.room.session = vote.room.does(act).id
    vote.open()
    page = text(promoter, f"/elections/{first}/")
    assert f"/elections/record/?session={vote.session}&amp;runoff_of={first}" in page
    one, two = vote.neighbours[:2]
    vote.elect("cc.committee.water", {one: 8, two: 11}, runoff_of=first, marks=1)
    assert queries.election(first).tied == ()


def test_the_further_vote_after_a_tie_begins_with_those_tied(vote: Vote) -> None:
    promoter = vote.cast.browser(vote.cast.promoter)
    address = f"/elections/record/?session={vote.session}"
    assert "tie_stands" not in text(promoter, address), "asked only where there is a tie"
    again = form_of(text(promoter, address)) | ballot(vote, first=7, second=7)
    answer = promoter.post(address, again, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert 'name="tie_stands"' in answer.content.decode()
    assert post(promoter, address, **ballot(vote, first=7, second=7), tie_stands="yes") == 302
    first = Election.objects.get()
    page = text(promoter, f"/elections/{first.id}/")
    assert "A tie waits for a further vote" in page
    address += f"&runoff_of={first.id}"
    page = text(promoter, address)
    assert code(vote, vote.neighbours[0]) in page and code(vote, vote.neighbours[1]) in page
    assert 'value="Vecina 0"' in page and 'value="Vecina 1"' in page, "by the names under which they stood"
    votes = {
        "candidates.0.votes": "5",
        "candidates.1.votes": "8",
        "marks": "1",
        "ballot": "secret",
        **papers(vote),
        **counted(vote),
    }
    assert post(promoter, address, **votes) == 302
    assert queries.election(first.id).tied == ()


def test_the_names_behind_the_codes_are_only_for_who_records_the_election(founded: Cast, vote: Vote) -> None:
    address = f"/elections/record/?session={vote.session}"
    assert "Vecina Número 3" in text(founded.browser(founded.promoter), address)
    for person in (None, founded.neighbour, founded.secretary):
        page = text(founded.browser(person), address, 403)
        assert "Vecina Número 3" not in page


def test_a_recall_goes_from_the_request_to_the_vote_on_its_pages(founded: Cast, stranger: Client) -> None:
    way = Recalling(founded)
    neighbour, promoter = founded.browser(founded.neighbour), founded.browser(founded.promoter)
    asked = {"mandate": str(way.mandate), "ground": GROUND, "words": WORDS}
    assert post(neighbour, "/elections/recalls/new/", **asked) == 302
    petition = Petition.objects.get()
    page = f"/elections/recalls/{petition.id}/"
    assert "signatures are missing" in text(stranger, page)
    people = on_sheet(founded.commune, way.room.roll()[: petition.needed])
    signing = f"/elections/recalls/signatures/?petition={petition.id}"
    assert post(promoter, signing, codes=" ".join(one.code for one in people)) == 302
    assert "reports by" in text(stranger, page)
    comptroller = founded.browser(founded.comptroller)
    report = {"words": "Faltan dos recibos.", "defence": "Dice que los entregó."}
    assert post(comptroller, f"/elections/recalls/report/?petition={petition.id}", **report) == 302
    assert "Faltan dos recibos." in text(stranger, page)
    with frozen_at(MEETING):
        present = way.room.quorate()
        promoter = founded.browser(founded.promoter)
        one, two = [person for person in present if person != petition.mandate.person_id][:2]
        vote = {"votes_for": str(len(present)), "against": "0", "abstain": "0"}
        vote |= {"counter_one": str(one), "counter_two": str(two)}
        assert post(promoter, f"/elections/recalls/decide/?petition={petition.id}", **vote) == 302
        shown = text(stranger, page)
        assert "recalled" in shown and "1 June 2034" in shown
        assert "Carmen Teresa Blanco" in text(stranger, "/elections/"), "among those who may not take a seat for now"
        minutes = text(stranger, f"/assemblies/{way.room.session}/minutes/")
        assert "mandate ended" in minutes


def test_who_signed_is_shown_to_nobody(founded: Cast, stranger: Client) -> None:
    way = Recalling(founded)
    petition = way.petition()
    signer = way.room.neighbours[3]
    way.sign(petition, [signer])
    name = on_sheet(founded.commune, [signer])[0].name
    pages = (f"/elections/recalls/{petition}/", "/elections/", f"/acts/{petition}/")
    for client in (stranger, founded.browser(founded.neighbour), founded.browser(founded.promoter)):
        for page in pages:
            shown = text(client, page)
            assert name not in shown and str(signer) not in shown


def test_the_report_is_offered_to_the_desk_and_to_nobody_else(founded: Cast) -> None:
    """The comptroller unit asked, so the secretary reports; the unit's own power over reports is not enough."""
    page = f"/elections/recalls/{Recalling(founded).asked()}/"
    assert "/elections/recalls/report/" in text(founded.browser(founded.secretary), page)
    for person in (founded.comptroller, None):
        shown = text(founded.browser(person), page)
        assert "/elections/recalls/report/" not in shown
        assert "Yelitza Carolina Rondón" in shown


def test_only_who_asked_is_offered_to_take_the_request_back(founded: Cast, stranger: Client) -> None:
    page = f"/elections/recalls/{Recalling(founded).petition()}/"
    assert "withdraw" in text(founded.browser(founded.neighbour), page)
    assert "withdraw" not in text(founded.browser(founded.promoter), page)
    assert "withdraw" not in text(stranger, page)


def test_a_report_that_is_late_is_said_to_be_late(founded: Cast, stranger: Client) -> None:
    petition = Recalling(founded).asked()
    with frozen_at("2026-03-01T14:00:00Z"):
        assert "the report is late" in text(stranger, f"/elections/recalls/{petition}/")
        assert "may decide without it" in text(stranger, "/elections/")


def test_a_vote_on_a_recall_waits_for_a_session_with_its_quorum(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    way.report(petition)
    page = text(founded.browser(founded.promoter), f"/elections/recalls/decide/?petition={petition}")
    assert "goes on with its quorum" in page


@pytest.mark.parametrize("page", ["/elections/{}/", "/elections/recalls/{}/"])
def test_what_is_not_in_the_books_is_not_found(founded: Cast, stranger: Client, page: str) -> None:
    text(stranger, page.format(uuid4()), 404)


def test_the_board_asks_a_fixed_number_of_times(founded: Cast, vote: Vote, stranger: Client) -> None:
    def asked() -> int:
        text(stranger, "/elections/")
        with CaptureQueriesContext(connection) as found:
            text(stranger, "/elections/?again")
        return len(found)

    vote.elect("cc.committee.water", [9, 6])
    before = asked()
    for kind in ("cc.committee.energy", "cc.committee.food"):
        vote.elect(kind, dict.fromkeys(vote.neighbours[2 if kind.endswith("food") else 4 :][:1], 5))
    assert asked() <= before
    assert before < 30
    assert TODAY


def test_minutes_carry_the_votes_and_the_papers_of_an_election_and_are_held_against_its_record(
    vote: Vote, stranger: Client
) -> None:
    address = f"/assemblies/{vote.session}/minutes/"
    assert "what was elected or recalled stands below" not in text(stranger, address)
    vote.elect("cc.committee.water", [9, 6])
    vote.room.does(CloseSession(session=vote.session, hour="12:00"))
    page = text(stranger, address)
    assert "what was elected or recalled stands below" in page
    assert "Vecina 9" in page and "handed out" in page and "Who counted" in page
    with transaction.atomic():
        point = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE elections_candidacy SET votes = votes + 1")
        answer = stranger.get(address)
        assert answer.status_code == 409 and "elections_candidacy.votes" in answer.content.decode()
        transaction.savepoint_rollback(point)
        with connection.cursor() as cursor:
            for table in ("slip", "candidacy", "election"):
                cursor.execute(f"DELETE FROM elections_{table}")
        answer = stranger.get(address)
        assert answer.status_code == 409 and "elections_election" in answer.content.decode()
        transaction.savepoint_rollback(point)
    assert text(stranger, address) == page


def test_minutes_name_the_election_that_was_taken_back(vote: Vote, stranger: Client) -> None:
    wrong = vote.elect("cc.committee.water", [9, 6]).id
    vote.does(UndoElection(election=wrong))
    vote.room.does(CloseSession(session=vote.session, hour="12:00"))
    page = text(stranger, f"/assemblies/{vote.session}/minutes/")
    assert "took an election back: Vocería de la mesa técnica de agua" in page


def test_who_may_not_close_a_session_reads_only_who_may_in_that_organ(founded: Cast) -> None:
    """The comptroller unit closes its own sessions, never the assembly's."""
    vote = Vote(founded)
    with frozen_at(MEETING):
        vote.open()
        answer = founded.browser(founded.neighbour).get(f"/assemblies/{vote.session}/close/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Yelitza Carolina Rondón" in page
    assert "Nelson Enrique Duarte" not in page


def test_where_nobody_holds_a_seat_the_page_of_a_recall_says_why_there_is_no_form(founded: Cast) -> None:
    neighbour = founded.browser(founded.neighbour)
    assert "<form" in text(neighbour, "/elections/recalls/new/").split("</header>")[-1]
    for person in (founded.secretary, founded.signer, founded.acting_signer, founded.comptroller, founded.substitute):
        for one in mandates.mandates_of(person, TODAY):
            if one.status.in_office:
                founded.does(person, Resign(mandate=one.mandate))
    assert "Nobody can be recalled today" in text(neighbour, "/elections/recalls/new/")


def test_a_request_for_a_recall_has_a_sheet_to_print_and_sign(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.petition()
    address = f"/elections/recalls/{petition}/sheet/"
    assert address in text(Client(), f"/elections/recalls/{petition}/")
    sheet = text(Client(), address)
    assert sheet.count("<tr") == 1 + SHEET_ROWS
    assert WORDS in sheet
    assert "Marisol" not in sheet, "nobody reads from it who asked"


def test_a_recall_of_who_has_left_the_seat_says_why_nothing_comes_next(founded: Cast) -> None:
    way = Recalling(founded)
    petition = way.asked()
    founded.does(founded.signer, Resign(mandate=way.mandate))
    assert "nothing is left to decide" in text(Client(), f"/elections/recalls/{petition}/")
