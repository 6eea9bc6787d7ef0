"""What the door promises to whoever knocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection

from comuna.acts import authority
from comuna.acts.act import Cite, GroundRole, Power, row_key
from comuna.acts.acts import BeginEpoch, ConfirmTime, Propose, Sign, Withdraw
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import Done, Request, perform, perform_all
from comuna.acts.models import EpochBegun, Ground
from comuna.acts.moment import before, day_now
from comuna.acts.reading import read_one
from comuna.acts.refusal import IdTaken, Refused
from comuna.acts.tests.toy import Council, Found, Grand, Neighbour, Note, seat
from comuna.journal import chain, checkpoint, papercode, verify
from comuna.journal.home import key_file
from comuna.journal.lock import writing
from comuna.journal.models import Checkpoint, Record, Writer
from comuna.journal.queries import commune_here
from conftest import Books

ana, luis, rosa = uuid4(), uuid4(), uuid4()


@pytest.fixture
def council(books: Books) -> Iterator[Council]:
    before = authority._plugged
    made = seat(ana, luis)
    with frozen_at("2027-01-04T12:00:00Z"):
        perform(Found(name="Los Araguaneyes"), Actor(ana))
        yield made
    authority._plugged = before


def count() -> int:
    return Record.objects.count()


def test_the_same_id_with_the_same_words_gets_the_first_answer_again(council: Council) -> None:
    act, id = Note(words="hay agua", neighbours=(Neighbour(person=rosa, name="Rosa", illness="asma"),)), uuid4()
    first, second = perform(act, Actor(ana), id=id), perform(act, Actor(ana), id=id)
    assert (second.id, second.seq, second.repeated, first.repeated) == (first.id, first.seq, True, False)
    assert count() == 2


@pytest.mark.parametrize(
    "other",
    [
        Note(words="no hay agua"),
        Note(words="hay agua", number=1),
        Note(words="hay agua", neighbours=(Neighbour(person=rosa, name="Rosa"),)),
        Grand(words="hay agua"),
    ],
)
def test_the_same_id_with_other_words_is_never_taken_for_done(council: Council, other: Note) -> None:
    id = uuid4()
    perform(Note(words="hay agua"), Actor(ana), id=id)
    with pytest.raises(IdTaken):
        perform(other, Actor(ana), id=id)


def test_nobody_finds_out_by_guessing_what_somebody_else_recorded(council: Council) -> None:
    act, id = Note(words="hay agua", neighbours=(Neighbour(person=rosa, name="Rosa", illness="asma"),)), uuid4()
    perform(act, Actor(ana), id=id)
    grand, by_seats = Grand(words="hay agua"), uuid4()
    perform(Propose(act=grand), Actor(ana), id=by_seats)
    for other in (Actor(luis), Actor(rosa), Actor()):
        for guess, of in ((act, id), (Note(words="no hay agua"), id), (Propose(act=grand), by_seats)):
            with pytest.raises(IdTaken):
                perform(guess, other, id=of)


def test_an_act_is_recorded_for_nobody_whom_the_books_do_not_know(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        perform(Note(words="por telefono"), Actor(ana), on_behalf_of=rosa)
    assert (refused.value.rule, refused.value.field) == ("acts.no-such-person", "on_behalf_of")
    perform(Note(words="por telefono"), Actor(ana), on_behalf_of=luis)


def test_a_refused_act_writes_nothing_and_its_id_stays_refused(council: Council) -> None:
    id = uuid4()
    with pytest.raises(Refused) as refused:
        perform(Note(words="x", number=13), Actor(ana), id=id)
    assert (refused.value.rule, refused.value.citation) == ("toy.not-thirteen", "toy, art. 13")
    with pytest.raises(Refused) as again:
        perform(Note(words="x", number=14), Actor(ana), id=id)
    assert again.value.rule == "toy.not-thirteen"
    assert count() == 1


def test_a_batch_is_all_or_nothing(council: Council) -> None:
    good, bad = Request(Note(words="a"), uuid4()), Request(Note(words="b", number=13), uuid4())
    with pytest.raises(Refused):
        perform_all([good, bad], Actor(ana))
    assert count() == 1
    assert [done.seq for done in perform_all([good, Request(Note(words="b"), uuid4())], Actor(ana))] == [2, 3]


def test_whoever_has_no_seat_is_told_which_rule_and_who_can(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        perform(Propose(act=Grand(words="x")), Actor(rosa))
    assert (refused.value.rule, refused.value.who) == ("toy.no-seat", ("the council",))


def test_books_are_founded_once(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        perform(Found(name="Otra"), Actor(ana))
    assert refused.value.rule == "acts.already-founded"


def test_an_act_too_long_for_a_record_is_refused_whole(council: Council) -> None:
    cites = [Cite(Record.objects.get().id, GroundRole.PART_OF, row) for row in range(900)]
    with pytest.raises(Refused) as refused:
        perform(Note(words="x"), Actor(ana), grounds=cites)
    assert refused.value.rule == "acts.too-large"
    assert (count(), EpochBegun.objects.count(), Ground.objects.count()) == (1, 1, 0)


def test_an_act_rests_only_on_acts_that_are_in_the_books(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        perform(Note(words="x"), Actor(ana), grounds=[Cite(uuid4(), GroundRole.ANSWERS)])
    assert refused.value.rule == "acts.no-such-ground"


def test_free_words_and_private_words_are_not_in_the_public_bytes(council: Council) -> None:
    done = perform(
        Note(words="la bomba", neighbours=(Neighbour(person=rosa, name="Rosa Tovar", illness="asma"),)), Actor(ana)
    )
    public = bytes(Record.objects.get(pk=done.id).body)
    assert b"bomba" not in public and b"Tovar" not in public and b"asma" not in public
    act = read_one(done.id).act
    assert isinstance(act, Note)
    assert (act.words, act.neighbours[0].name) == ("la bomba", "Rosa Tovar")
    assert act.neighbours[0].illness != "asma"


def test_one_signature_waits_and_the_second_performs(council: Council) -> None:
    proposed = perform(Propose(act=Grand(words="un tanque")), Actor(ana))
    assert EpochBegun.objects.filter(epoch=7).count() == 0
    signed = perform(Sign(proposal=proposed.id), Actor(luis))
    assert signed.performed == row_key(proposed.id, "performed")
    assert EpochBegun.objects.get(epoch=7).id == signed.performed
    assert read_one(signed.performed).act == Grand(words="un tanque")


def test_nobody_signs_twice(council: Council) -> None:
    proposed = perform(Propose(act=Grand(words="x")), Actor(ana))
    with pytest.raises(Refused) as refused:
        perform(Sign(proposal=proposed.id), Actor(ana))
    assert refused.value.rule == "acts.signed-once"


def test_a_signer_who_lost_the_mandate_no_longer_counts(council: Council) -> None:
    proposed = perform(Propose(act=Grand(words="x")), Actor(ana))
    council.seated = {luis, rosa}
    assert perform(Sign(proposal=proposed.id), Actor(luis)).performed is None
    assert perform(Sign(proposal=proposed.id), Actor(rosa)).performed is not None


def test_what_needs_signatures_is_not_done_alone(council: Council) -> None:
    with pytest.raises(Refused) as refused:
        perform(Grand(words="x"), Actor(ana))
    assert (refused.value.rule, refused.value.citation) == ("acts.needs-signatures", "toy, art. 2")


def test_a_refusal_at_the_last_signature_takes_the_signature_down_and_leaves_the_proposal_open(
    council: Council,
) -> None:
    proposed = perform(Propose(act=Grand(words="x")), Actor(ana))
    perform(Note(words="x", number=4), Actor(ana))
    before = count()
    with pytest.raises(Refused) as refused:
        perform(Sign(proposal=proposed.id), Actor(luis))
    assert (refused.value.rule, count()) == ("toy.too-late", before)
    perform(Withdraw(proposal=proposed.id), Actor(ana))
    with pytest.raises(Refused) as settled:
        perform(Sign(proposal=proposed.id), Actor(luis))
    assert settled.value.rule == "acts.proposal-settled"


def test_what_cannot_be_done_is_not_even_proposed_and_is_refused_in_its_own_words(council: Council) -> None:
    before = count()
    with pytest.raises(Refused) as refused:
        perform(Propose(act=Grand(words="x", refused=True)), Actor(ana))
    said = refused.value
    assert (said.rule, said.words, said.citation, said.field) == (
        "toy.refused",
        "Not today.",
        "toy, art. 3",
        "act.words",
    )
    assert count() == before


def test_a_proposal_expires(council: Council) -> None:
    with frozen_at("2027-01-05T12:00:00Z"):
        proposed = perform(Propose(act=Grand(words="x")), Actor(ana))
    with frozen_at("2027-01-16T12:00:00Z"), pytest.raises(Refused) as refused:
        perform(Sign(proposal=proposed.id), Actor(luis))
    assert refused.value.rule == "acts.proposal-expired"


def test_the_day_is_the_communes_own(council: Council) -> None:
    with frozen_at("2027-01-06T03:30:00Z"):
        assert perform(Note(words="x"), Actor(ana)).day == date(2027, 1, 5)


def at_noon(day: str) -> Done:
    with frozen_at(f"{day}T12:00:00Z"):
        return perform(Note(words=day), Actor(ana))


@pytest.mark.parametrize("wrong_day", ["2027-06-01", "2026-12-01"])
def test_after_a_jump_what_hangs_on_a_date_waits_for_two_seats(council: Council, wrong_day: str) -> None:
    at_noon("2027-01-05")
    with pytest.raises(Refused) as refused:
        at_noon(wrong_day)
    assert refused.value.rule == "acts.clock-in-doubt"
    with frozen_at(f"{wrong_day}T12:00:00Z"):
        proposed = perform(Propose(act=ConfirmTime(today=date.fromisoformat(wrong_day))), Actor(ana))
    with pytest.raises(Refused) as refused:  # one seat has said so, the other has not
        at_noon(wrong_day)
    assert refused.value.rule == "acts.clock-in-doubt"
    with frozen_at(f"{wrong_day}T12:00:00Z"):
        assert perform(Sign(proposal=proposed.id), Actor(luis)).performed
    assert at_noon(wrong_day).day == date.fromisoformat(wrong_day)


@pytest.mark.parametrize(("today", "differs"), [("2027-05-30", True), ("2027-05-31", False), ("2027-06-03", True)])
def test_nobody_confirms_a_clock_that_shows_another_day_than_the_calendar(
    council: Council, today: str, differs: bool
) -> None:
    """Give or take one day, at midnight."""
    at_noon("2027-01-05")
    with frozen_at("2027-06-01T12:00:00Z"):
        act = Propose(act=ConfirmTime(today=date.fromisoformat(today)))
        if not differs:
            perform(act, Actor(ana))
            return
        with pytest.raises(Refused) as refused:
            perform(act, Actor(ana))
    assert refused.value.rule == "acts.clock-differs"


def test_a_clock_set_right_by_seconds_over_midnight_is_in_no_doubt(council: Council) -> None:
    """Midnight is that of Caracas, four hours after that of Greenwich."""
    with frozen_at("2027-01-06T04:00:02Z"):
        perform(Note(words="before"), Actor(ana))
    with frozen_at("2027-01-06T03:59:58Z"):
        done = perform(Note(words="after"), Actor(ana))
    assert Record.objects.get(pk=done.id).at == "2027-01-06T04:00:02Z", "time does not go back"
    with frozen_at("2027-01-06T02:59:00Z"), pytest.raises(Refused) as refused:
        perform(Note(words="an hour and more"), Actor(ana))
    assert refused.value.rule == "acts.clock-in-doubt"


def test_pages_have_the_day_of_the_door_also_where_the_clock_was_set_back(council: Council) -> None:
    with frozen_at("2027-01-05T04:10:00Z"):  # ten past midnight in Caracas
        day = perform(Note(words="just after midnight"), Actor(ana)).day
    with frozen_at("2027-01-05T03:50:00Z"):
        assert perform(Note(words="the clock was set back"), Actor(ana)).day == day
        assert day_now(council_books()) == day == date(2027, 1, 5)


def test_imported_books_are_read_only(council: Council) -> None:
    writer = Writer.objects.get()
    writer.delete()
    with pytest.raises(Refused) as refused:
        perform(Note(words="x"), Actor(ana))
    assert refused.value.rule == "acts.read-only"


def test_verify_finds_nothing_in_books_that_nobody_touched(council: Council) -> None:
    for number in range(12):
        perform(Note(words=str(number), number=number), Actor(ana))
    assert list(verify.findings()) == []


def test_an_act_without_sign_in_keeps_the_day_only(council: Council) -> None:
    class Whisper(Note):
        """Say something without a name."""

        verb = "toy.whisper"
        power = Power.ANYONE

    done = perform(Whisper(words="x"), Actor(None))
    assert Record.objects.get(pk=done.id).at.endswith("T00:00:00Z")
    assert read_one(done.id).by.person is None


def test_the_first_act_of_each_day_is_witnessed_with_all_that_was_there(council: Council) -> None:
    def sizes() -> list[int]:
        return list(Checkpoint.objects.order_by("size").values_list("size", flat=True))

    before = sizes()
    perform(Note(words="the same day"), Actor(ana))
    assert sizes() == before
    with frozen_at("2027-01-05T03:59:00Z"):  # the fourth, 23:59 in Caracas
        perform(Note(words="late in the evening"), Actor(ana))
    assert sizes() == before
    with frozen_at("2027-01-05T04:00:00Z"):
        perform(Note(words="a new day"), Actor(ana))
        perform(Note(words="and later on it"), Actor(ana))
    assert sizes() == [*before, count() - 1]


def begin_epoch(code: str) -> Done:
    act = BeginEpoch(paper_code=code, reason="the disk died")
    return perform(Sign(proposal=perform(Propose(act=act), Actor(ana)).id), Actor(luis))


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_restored_books_say_how_many_records_the_paper_knows_and_the_copy_does_not(council: Council, lost: int) -> None:
    at_noon("2027-01-04")
    code = papercode.write(count() + lost, bytes(32))
    Writer.objects.get().delete()
    done = begin_epoch(code)
    assert done.performed and read_one(done.performed).facts.missing == lost
    perform(Note(words="open again"), Actor(ana))


def test_a_new_epoch_declares_its_key_with_its_first_record_and_is_held_to_it(council: Council) -> None:
    """On another computer: the proposal alone, which may lapse, already makes a checkpoint."""
    at_noon("2027-01-04")
    code = checkpoint.paper_code(checkpoint.make(council_books(), "2027-01-04T12:00:01Z"))
    Writer.objects.get().delete()
    key_file("node").unlink()
    checkpoint.make_key()
    proposal = perform(Propose(act=BeginEpoch(paper_code=code, reason="the disk died")), Actor(ana)).id
    assert list(verify.findings()) == []
    perform(Sign(proposal=proposal), Actor(luis))
    assert (list(verify.findings()), checkpoint.key_fault()) == ([], None)
    key_file("node").unlink()
    checkpoint.make_key()
    assert checkpoint.key_fault() == "keys/node is not the key that these books declared"


def test_an_epoch_is_not_begun_with_an_older_code_than_the_copy_holds(council: Council) -> None:
    older, newer = (
        checkpoint.paper_code(checkpoint.make(council_books(), f"2027-01-04T12:00:0{n}Z"))
        for n in range(2)
        if at_noon("2027-01-04")
    )
    Writer.objects.get().delete()
    with pytest.raises(Refused) as refused:
        begin_epoch(older)
    assert refused.value.rule == "journal.older-code"
    assert begin_epoch(newer).performed


def head_known_to_an_act() -> chain.Written | None:
    with writing(acts=True):
        return before(uuid4()).written


def test_the_head_that_acts_know_is_the_one_in_the_books(council: Council) -> None:
    for _number in range(3):
        perform(Note(words="a"), Actor(ana))
        known = head_known_to_an_act()
        connection.close()
        assert head_known_to_an_act() == known


def test_an_act_follows_what_somebody_else_wrote_meanwhile(council: Council) -> None:
    def write() -> None:
        with frozen_at("2027-01-04T12:00:00Z"):
            perform(Note(words="b"), Actor(ana))
        connection.close()

    for number in range(3):
        assert perform(Note(words="a"), Actor(ana)).seq == 2 * number + 2
        other = Thread(target=write)
        other.start()
        other.join()
    assert list(verify.findings()) == []


def council_books() -> UUID:
    commune = commune_here()
    assert commune is not None
    return commune
