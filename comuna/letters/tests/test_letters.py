"""What neighbours may ask for, who signs it, when it is issued, and how it ends; through the door."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from comuna.acts.clock import frozen_at
from comuna.letters import codes, queries
from comuna.letters.acts import (
    AskLetter,
    RecordRequest,
    RefuseLetter,
    RevokeLetter,
    SignLetter,
    UndoSignature,
    WithdrawRequest,
)
from comuna.letters.models import Letter, LetterRequest, LetterSignature
from comuna.letters.rules import Stage
from comuna.letters.tests.desk import Desk
from comuna.territory.acts import RecordDeparture, RecordResidence, RegisterPerson
from comuna.territory.acts.people import Where
from comuna.territory.acts.whereabouts import Because
from tests.cast import TODAY, Cast, refused

IN_MAY = "2026-05-12T14:00:00Z"


@pytest.fixture
def desk(founded: Cast) -> Desk:
    return Desk(founded)


def stage(request: object, day: date = TODAY) -> Stage:
    return queries.standing(request, day).stage  # type: ignore[arg-type]  # an id


# Asking


def test_a_neighbour_asks_in_her_own_name(desk: Desk) -> None:
    request = desk.ask(words={"purpose": "Abrir una cuenta", "addressee": "Banco del Pueblo"})
    row = LetterRequest.objects.get(pk=request)
    assert (row.person, row.kind, row.purpose, row.addressee) == (
        desk.cast.neighbour,
        "residence",
        "Abrir una cuenta",
        "Banco del Pueblo",
    )
    assert stage(request) is Stage.WAITING


def test_nobody_asks_in_the_name_of_somebody_else(desk: Desk) -> None:
    with refused("letters.own-name"):
        desk.cast.does(desk.cast.signer, AskLetter(person=desk.cast.neighbour, kind="residence"))


def test_the_secretary_types_a_request_for_somebody_without_a_phone(desk: Desk) -> None:
    cast = desk.cast
    asked = cast.does(cast.secretary, RecordRequest(person=cast.recalled, kind="residence")).id
    assert LetterRequest.objects.get(pk=asked).by_mandate == cast.mandate(cast.secretary)
    with refused("mandates.no-seat"):
        cast.does(cast.neighbour, RecordRequest(person=cast.recalled, kind="residence"))


def test_a_letter_that_the_statute_does_not_name_is_refused(desk: Desk) -> None:
    with refused("letters.no-such-letter"):
        desk.ask(kind="income")


def test_the_same_letter_is_not_asked_for_twice_while_it_waits(desk: Desk) -> None:
    desk.ask()
    with refused("letters.asked-already"):
        desk.ask()
    desk.ask(kind="conduct")


def test_who_is_away_gets_no_residence_letter_but_an_endorsement(desk: Desk) -> None:
    cast = desk.cast
    cast.does(cast.secretary, RecordResidence(person=cast.neighbour, residence=Where.AWAY, since=date(2026, 1, 20)))
    with refused("letters.away") as no:
        desk.ask()
    assert no.value.citation == "Cartas de un consejo comunal; Estatuto, 6.3"
    desk.ask(kind="endorsement")


def test_who_moved_away_gets_none(desk: Desk) -> None:
    cast = desk.cast
    cast.does(cast.secretary, RecordDeparture(person=cast.neighbour, on=date(2026, 2, 9), because=Because.MOVED))
    with refused("letters.left"):
        cast.does(cast.secretary, RecordRequest(person=cast.neighbour, kind="residence"))


@pytest.mark.parametrize(
    ("since", "rule"),
    [(date(2025, 9, 1), "letters.too-short"), (None, "letters.since-unknown"), (date(2025, 8, 10), None)],
)
def test_good_conduct_asks_for_six_months_in_the_books(desk: Desk, since: date | None, rule: str | None) -> None:
    cast = desk.cast
    new = cast.does(cast.secretary, RegisterPerson(full_name="Beltrán Rojas", residence_since=since)).id
    act = RecordRequest(person=new, kind="conduct")
    if rule is None:
        cast.does(cast.secretary, act)
        return
    with refused(rule) as no:
        cast.does(cast.secretary, act)
    assert no.value.citation == "Estatuto, 6.4"


# Signing


def test_the_last_signature_issues_the_letter_with_number_days_and_what_it_attests(desk: Desk) -> None:
    request = desk.ask()
    desk.sign(request, *desk.signers[:2])
    assert stage(request) is Stage.WAITING
    assert not Letter.objects.exists()
    desk.sign(request, desk.signers[2])
    letter = desk.letter(request)
    assert (letter.year, letter.number, letter.day, letter.last_day) == (2026, 1, TODAY, date(2026, 5, 11))
    assert (letter.title, letter.attests) == ("Constancia de residencia", "vive en esta comunidad")
    assert (letter.full_name, letter.resident_since) == ("Marisol del Valle Guerra", date(2001, 1, 1))
    assert stage(request) is Stage.GOOD


def test_letters_are_numbered_in_the_register_of_a_year(desk: Desk) -> None:
    first, second = desk.issue(), desk.issue(kind="conduct")
    assert [desk.letter(one).number for one in (first, second)] == [1, 2]


def test_nobody_signs_twice(desk: Desk) -> None:
    request = desk.ask()
    desk.sign(request, desk.cast.signer)
    with refused("letters.signed-already"):
        desk.sign(request, desk.cast.signer)


def test_nobody_signs_her_own_letter(desk: Desk) -> None:
    request = desk.ask(desk.cast.signer)
    with refused("letters.own-letter"):
        desk.sign(request, desk.cast.signer)


def test_a_seat_that_the_letter_does_not_name_may_not_sign_it(desk: Desk) -> None:
    request = desk.ask(kind="endorsement")
    with refused("letters.other-seat") as no:
        desk.sign(request, desk.cast.secretary)
    assert no.value.citation == "Estatuto, 6.5"
    with refused("mandates.no-seat"):
        desk.cast.does(desk.cast.neighbour, SignLetter(request=request))


def test_a_recalled_signer_signs_nothing_any_more(desk: Desk) -> None:
    request = desk.ask()
    with refused("mandates.recalled"):
        desk.sign(request, desk.cast.recalled)


def test_what_the_books_no_longer_bear_out_is_not_signed(desk: Desk) -> None:
    cast, request = desk.cast, desk.ask()
    desk.sign(request, *desk.signers[:2])
    cast.does(cast.secretary, RecordDeparture(person=cast.neighbour, on=date(2026, 2, 9), because=Because.MOVED))
    with refused("letters.left"):
        desk.sign(request, desk.signers[2])
    assert not Letter.objects.exists()


def test_a_signature_is_taken_back_by_who_gave_it_until_the_letter_is_issued(desk: Desk) -> None:
    request = desk.ask()
    desk.sign(request, desk.cast.signer)
    signature = LetterSignature.objects.get()
    with refused("letters.own-signature"):
        desk.cast.does(desk.cast.secretary, UndoSignature(signature=signature.id))
    desk.cast.does(desk.cast.signer, UndoSignature(signature=signature.id))
    assert not LetterSignature.objects.exists()
    desk.sign(request)
    last = LetterSignature.objects.order_by("-born").first()
    assert last is not None
    with refused("letters.not-waiting"):
        desk.cast.does(desk.cast.comptroller, UndoSignature(signature=last.id))


# Ending


def test_who_asked_takes_the_request_back_and_nobody_else(desk: Desk) -> None:
    request = desk.ask()
    with refused("letters.own-request"):
        desk.cast.does(desk.cast.signer, WithdrawRequest(request=request))
    desk.cast.does(desk.cast.neighbour, WithdrawRequest(request=request))
    assert stage(request) is Stage.WITHDRAWN
    with refused("letters.not-waiting"):
        desk.sign(request, desk.cast.signer)
    desk.ask()


def test_nobody_fills_the_journal_with_requests_taken_back(desk: Desk) -> None:
    for _time in range(5):
        desk.cast.does(desk.cast.neighbour, WithdrawRequest(request=desk.ask()))
    with refused("letters.asked-often"):
        desk.ask()
    with frozen_at("2026-02-11T14:00:00Z"):
        desk.ask()


def test_who_typed_a_request_takes_it_back_too(desk: Desk) -> None:
    cast = desk.cast
    request = cast.does(cast.secretary, RecordRequest(person=cast.neighbour, kind="residence")).id
    cast.does(cast.secretary, WithdrawRequest(request=request))
    assert stage(request) is Stage.WITHDRAWN


def test_a_refusal_has_its_reason_and_the_letter_may_be_asked_for_anew(desk: Desk) -> None:
    cast, request = desk.cast, desk.ask()
    act = RefuseLetter(request=request, person=cast.neighbour, reason="Falta la cédula")
    with refused("letters.other-person"):
        cast.does(cast.signer, act.model_copy(update={"person": cast.recalled}))
    cast.does(cast.signer, act)
    found = queries.standing(request, TODAY)
    assert found.stage is Stage.REFUSED
    assert found.closing is not None
    assert found.closing.reason == "Falta la cédula"
    desk.ask()


def test_a_letter_is_revoked_by_the_seats_that_may_and_only_while_it_is_good(desk: Desk) -> None:
    cast, request = desk.cast, desk.ask()
    act = RevokeLetter(request=request, person=cast.neighbour, reason="Se mudó")
    with refused("letters.not-issued"):
        cast.does(cast.secretary, act)
    desk.sign(request)
    with refused("mandates.other-seat"):
        cast.does(cast.signer, act)
    cast.does(cast.comptroller, act)
    assert stage(request) is Stage.REVOKED
    with refused("letters.over"):
        cast.does(cast.comptroller, act)


def test_a_letter_is_good_on_its_last_day_and_expired_on_the_next(desk: Desk) -> None:
    cast, request = desk.cast, desk.issue()
    assert stage(request, date(2026, 5, 11)) is Stage.GOOD
    assert stage(request, date(2026, 5, 12)) is Stage.EXPIRED
    with frozen_at(IN_MAY), refused("letters.over"):
        cast.does(cast.secretary, RevokeLetter(request=request, person=cast.neighbour, reason="Tarde"))


# The code


def test_the_code_follows_from_the_key_file_and_not_from_the_books(desk: Desk) -> None:
    letter = desk.letter(desk.issue())
    code = codes.of_letter(letter.id)
    assert codes.digest_of(code) == letter.digest
    assert codes.digest_of(code.lower().replace(" ", "-")) == letter.digest
    assert codes.of_letter(uuid4()) != code
