"""Which signatures on a letter count: those whose seat still signs it, given on what the letter says today."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from comuna.letters import queries
from comuna.letters.acts import UndoSignature
from comuna.letters.models import Letter, LetterSignature
from comuna.letters.rules import Lapse
from comuna.letters.tests.desk import Desk
from comuna.mandates.acts import Suspend
from comuna.mandates.tests.toy import Recall
from comuna.territory.acts import AddStreet, CorrectPerson, CorrectStreet, RegisterHousehold
from comuna.territory.models import Person
from tests.cast import TODAY, Cast, refused


@pytest.fixture
def desk(founded: Cast) -> Desk:
    return Desk(founded)


def why_lapsed(request: UUID) -> list[Lapse]:
    return list(queries.standing(request, TODAY).lapsed.values())


def page(desk: Desk, request: UUID) -> str:
    browser = desk.cast.browser(desk.cast.secretary)
    return browser.get(f"/letters/{request}/", headers={"accept-language": "en"}).content.decode()


def test_a_letter_is_not_issued_by_the_signature_of_a_seat_recalled_since(desk: Desk) -> None:
    cast, request = desk.cast, desk.ask()
    desk.sign(request, cast.signer)
    cast.does(None, Recall(mandate=cast.mandate(cast.signer)))
    assert why_lapsed(request) == [Lapse.SEAT]
    desk.sign(request, cast.secretary, cast.comptroller)
    assert not Letter.objects.exists()
    assert "does not count: the seat may not sign it any more" in page(desk, request)
    desk.sign(request, cast.substitute)
    assert Letter.objects.exists()
    assert cast.signer not in LetterSignature.objects.values_list("person", flat=True), "nor does the paper name it"


def test_the_signature_of_a_suspended_seat_does_not_count(desk: Desk) -> None:
    cast, request = desk.cast, desk.ask()
    desk.sign(request, cast.signer)
    cast.signed(Suspend(mandate=cast.mandate(cast.signer), reason="Se investiga"))
    desk.sign(request, cast.secretary, cast.comptroller)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("what", ["name", "household", "since", "street"])
def test_who_signed_other_words_signs_again(desk: Desk, what: str) -> None:
    cast = desk.cast
    street = cast.does(cast.secretary, AddStreet(name="Calle Bolívar")).id
    homes = [cast.does(cast.secretary, RegisterHousehold(street=street, house=house)).id for house in ("45", "46")]
    cast.does(cast.secretary, CorrectPerson(person=cast.neighbour, household=homes[0]))
    request = desk.ask()
    desk.sign(request, cast.signer, cast.comptroller)
    change = {
        "name": CorrectPerson(person=cast.neighbour, full_name="Otro Nombre Cualquiera"),
        "household": CorrectPerson(person=cast.neighbour, household=homes[1]),
        "since": CorrectPerson(person=cast.neighbour, residence_since=date(1999, 1, 1)),
        "street": CorrectStreet(street=street, name="Calle Sucre"),
    }[what]
    cast.does(cast.secretary, change)
    assert why_lapsed(request) == [Lapse.WORDS, Lapse.WORDS]
    desk.sign(request, cast.secretary)
    assert not Letter.objects.exists()
    assert "the letter says something else since; sign again" in page(desk, request)
    desk.sign(request, cast.signer, cast.comptroller)
    letter = desk.letter(request)
    assert (letter.full_name == "Otro Nombre Cualquiera") is (what == "name")
    assert LetterSignature.objects.count() == 3


def test_what_the_letter_does_not_say_may_change_between_signatures(desk: Desk) -> None:
    request = desk.ask()
    desk.sign(request, *desk.signers[:2])
    desk.cast.does(desk.cast.secretary, CorrectPerson(person=desk.cast.neighbour, relation="hija"))
    desk.sign(request, desk.signers[2])
    assert Letter.objects.exists()


def test_a_letter_waits_for_who_has_to_sign_again(desk: Desk) -> None:
    cast, request = desk.cast, desk.ask()
    desk.sign(request, cast.signer)
    with refused("letters.signed-already"):
        desk.sign(request, cast.signer)
    cast.does(cast.secretary, CorrectPerson(person=cast.neighbour, full_name="Marisol Guerra"))
    waiting = queries.to_sign(cast.commune, cast.signer, "letters.sign", TODAY)
    assert [one.request.id for one in waiting] == [request]
    cast.does(cast.signer, UndoSignature(signature=LetterSignature.objects.get().id))
    assert not LetterSignature.objects.exists()


def test_nobody_signs_words_that_changed_while_the_form_was_open(desk: Desk) -> None:
    cast, request = desk.cast, desk.ask()
    browser = cast.browser(cast.signer)
    form = browser.get(f"/letters/sign/?request={request}").content.decode()
    seen = form.split('name="as_of"')[1].split('value="')[1].split('"')[0]
    cast.does(cast.secretary, CorrectPerson(person=cast.neighbour, full_name="Otro Nombre Cualquiera"))
    fields = {"_id": str(uuid4()), "request": str(request), "as_of": seen}
    answer = browser.post("/letters/sign/", fields, headers={"accept-language": "en"})
    assert "The books changed while you had this letter open." in answer.content.decode()
    assert not LetterSignature.objects.exists()
    fields = {"_id": str(uuid4()), "request": str(request), "as_of": str(Person.objects.get(pk=cast.neighbour).touched)}
    assert browser.post("/letters/sign/", fields).status_code == 302
    assert LetterSignature.objects.exists()
