"""What was written about somebody's letters goes with her words; that there was a letter stays."""

from __future__ import annotations

from django.test import Client

from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.letters.acts import RefuseLetter, RevokeLetter
from comuna.letters.models import Letter, LetterClosing, LetterRequest
from comuna.letters.tests.desk import Desk
from tests.cast import Cast
from tests.everywhere import found_in

WORDS = {"purpose": "Abrir una cuenta de ahorro", "addressee": "Banco del Pueblo Soberano"}
REASON = "Dio una dirección que no es suya"


def test_erasing_her_words_reaches_every_word_of_her_letters(founded: Cast) -> None:
    desk = Desk(founded)
    revoked, refused_one = desk.issue(words=WORDS), desk.ask(kind="conduct", words=WORDS)
    code = desk.code(revoked)
    founded.does(founded.secretary, RevokeLetter(request=revoked, person=founded.neighbour, reason=REASON))
    founded.does(founded.secretary, RefuseLetter(request=refused_one, person=founded.neighbour, reason=REASON))
    erase = ErasePrivate(subject=founded.neighbour, audiences=tuple(ErasableAudience), reason="Lo pidió")
    founded.signed(erase)
    assert {(row.kind, row.purpose, row.addressee) for row in LetterRequest.objects.all()} == {("", "", "")}
    letter = Letter.objects.get()
    assert (letter.title, letter.attests, letter.full_name, letter.address) == ("", "", "", "")
    assert letter.resident_since is None
    assert {row.reason for row in LetterClosing.objects.all()} == {""}
    answer = Client().get(f"/letters/check/?code={code.replace(' ', '-')}", headers={"accept-language": "en"})
    assert "was revoked on 10 February 2026" in answer.content.decode()
    assert found_in({"page": answer.content}, [*WORDS.values(), REASON, "Marisol del Valle Guerra"]) == []


def test_an_erased_letter_that_is_good_still_answers_as_one(founded: Cast) -> None:
    desk = Desk(founded)
    code = desk.code(desk.issue(words=WORDS))
    erase = ErasePrivate(subject=founded.neighbour, audiences=tuple(ErasableAudience), reason="Lo pidió")
    founded.signed(erase)
    answer = Client().get(f"/letters/check/?code={code.replace(' ', '-')}", headers={"accept-language": "en"})
    assert "Yes: this letter is good until 11 May 2026" in answer.content.decode()
    assert "M. V. G." not in answer.content.decode()
