"""The journey of a letter over its pages, and what anybody learns from its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.journal import home, sealing
from comuna.journal.papercode import ALPHABET
from comuna.letters.acts import RevokeLetter
from comuna.letters.models import LetterClosing, LetterRequest
from comuna.letters.tests.desk import Desk
from comuna.mandates.accounts import ADDRESS_TRIES
from comuna.mandates.codes import printed
from comuna.territory.acts import CorrectPerson, RegisterHousehold
from tests.cast import Cast

IN_MAY = "2026-05-12T14:00:00Z"
WORDS = {"purpose": "Abrir una cuenta de ahorro", "addressee": "Banco del Pueblo Soberano"}


@pytest.fixture
def desk(founded: Cast) -> Desk:
    return Desk(founded)


def read(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address, headers={"accept-language": "en"})
    assert answer.status_code == status, answer.content.decode()
    return unescape(answer.content.decode())


def send(browser: Client, address: str, **fields: str) -> str:
    """Hand a form in; the address that answers."""
    answer = browser.post(address, {"_id": str(uuid4()), **fields})
    assert answer.status_code == 302, unescape(answer.content.decode())
    return str(answer["Location"])


def checked(code: str, browser: Client | None = None) -> str:
    return read(browser or Client(), f"/letters/check/?code={code.replace(' ', '+')}")


def code_on(paper: str) -> str:
    found = re.search(r"<pre><code>([^<]+)</code>", paper)
    assert found
    return found[1]


def test_asked_for_signed_three_times_printed_checked_revoked_and_checked_again(founded: Cast) -> None:
    neighbour, who = founded.browser(founded.neighbour), str(founded.neighbour)
    assert "Residence letter" in read(neighbour, "/letters/ask/")
    letter = send(neighbour, "/letters/ask/", person=who, kind="residence", **WORDS)
    request = letter.rstrip("/").rsplit("/", 1)[1]
    assert "waits for signatures: 0 of 3" in read(neighbour, letter)
    for signer in (founded.secretary, founded.signer, founded.comptroller):
        browser = founded.browser(signer)
        assert letter in read(browser, "/my-mandate/")
        assert "Marisol del Valle Guerra" in read(browser, letter)
        assert "Banco del Pueblo Soberano" in read(browser, f"/letters/sign/?request={request}")
        send(browser, f"/letters/sign/?request={request}", request=request)
        assert letter not in read(browser, "/my-mandate/")
    paper = read(neighbour, f"{letter}print/")
    assert "Consejo Comunal El Mirador hace constar que Marisol del Valle Guerra vive en esta comunidad" in paper
    assert "Banco del Pueblo Soberano" in paper
    code = code_on(paper)
    assert "Yes: this letter is good until 11 May 2026." in checked(code)
    revoke = f"/letters/revoke/?request={request}"
    send(browser, revoke, request=request, person=who, reason="Dio una dirección que no es suya")
    answer = checked(code)
    assert "No: this letter was revoked on 10 February 2026." in answer
    assert "no es suya" not in answer
    assert "no es suya" in read(neighbour, letter)
    assert neighbour.get(f"{letter}print/").status_code == 302


def test_the_check_tells_kind_number_day_and_initials_and_nothing_private(desk: Desk) -> None:
    cast = desk.cast
    home_of = cast.does(cast.secretary, RegisterHousehold(house="frente a la bodega azul")).id
    cast.does(cast.secretary, CorrectPerson(person=cast.neighbour, household=home_of, identity="V-12.345.678"))
    answer = checked(desk.code(desk.issue(words=WORDS)))
    for told in ("Constancia de residencia", "2026-001", "M. V. G.", "10 February"):
        assert told in answer, told
    for private in ("Marisol", "Guerra", "bodega azul", "12345678", "12.345.678", *WORDS.values()):
        assert private not in answer, private


def test_a_letter_past_its_last_day_is_told_to_be_expired(desk: Desk) -> None:
    code = desk.code(desk.issue())
    with frozen_at(IN_MAY):
        assert "this letter expired; its last day was 11 May 2026" in checked(code)


def test_a_slip_of_the_pen_is_told_apart_from_a_letter_that_is_not_there(desk: Desk) -> None:
    code = desk.code(desk.issue())
    wrong = code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % 32]
    assert "Typing error in group 4" in checked(wrong)
    assert "four groups of five" in checked(code[:-3])
    assert "There is no such letter." in checked(printed(12345))
    assert "Yes: this letter is good" in checked(code.lower().replace(" ", "-").replace("0", "O"))


def test_whoever_guesses_is_slowed_down_and_who_types_real_codes_is_not(desk: Desk) -> None:
    code, guesser = desk.code(desk.issue()), Client()
    for _try in range(ADDRESS_TRIES + 5):
        assert "Yes:" in checked(code, guesser)
    for number in range(ADDRESS_TRIES):
        assert "There is no such letter." in checked(printed(number), guesser)
    stopped = guesser.get(f"/letters/check/?code={code.replace(' ', '-')}")
    assert stopped.status_code == 429


def test_the_answer_to_a_code_is_never_kept(desk: Desk) -> None:
    answer = Client().get(f"/letters/check/?code={desk.code(desk.issue()).replace(' ', '-')}")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("tampered", ["last_day", "revocation"])
def test_a_letter_changed_with_a_database_tool_is_not_vouched_for(desk: Desk, tampered: str) -> None:
    cast, request = desk.cast, desk.issue()
    code = desk.code(request)
    if tampered == "revocation":
        cast.does(cast.secretary, RevokeLetter(request=request, person=cast.neighbour, reason="Se mudó"))
        row = LetterClosing.objects.get()
        LetterClosing.objects.all().delete()
    else:
        letter = desk.letter(request)
        before = letter.last_day
        type(letter).objects.update(last_day=before + timedelta(days=900))
    assert "Do not rely on this letter" in checked(code)
    if tampered == "revocation":
        row.save(force_insert=True)
        assert "was revoked" in checked(code)
    else:
        type(letter).objects.update(last_day=before)
        paper = read(cast.browser(cast.neighbour), f"/letters/{request}/print/")
        assert code_on(paper) == code


def test_another_key_file_prints_no_code_and_still_answers_for_the_old_one(desk: Desk) -> None:
    request = desk.issue()
    code, browser = desk.code(request), desk.cast.browser(desk.cast.neighbour)
    with another_key():
        assert "Yes: this letter is good" in checked(code)
        paper = read(browser, f"/letters/{request}/print/")
        assert "la clave de estos libros es otra" in paper
        assert "<pre>" not in paper
    assert code_on(read(browser, f"/letters/{request}/print/")) == code


def test_a_letter_printed_where_no_address_was_said_tells_whom_to_ask(desk: Desk) -> None:
    page = f"/letters/{desk.issue()}/print/"
    browser = desk.cast.browser(desk.cast.neighbour)
    assert "puede comprobarla: http://" in read(browser, page) and "/letters/check/" in read(browser, page)
    at_home = unescape(browser.get(page, headers={"host": "localhost:8000"}).content.decode())
    assert "que pida a quien lleva los libros de la comuna" in at_home and "/letters/check/" not in at_home


@contextmanager
def another_key() -> Iterator[None]:
    """The home's key file is another one for a while."""
    key = home.key_file("sealing")
    was = key.read_bytes()
    try:
        key.write_bytes(bytes(len(was)))
        _forget_keys()
        yield
    finally:
        key.write_bytes(was)
        _forget_keys()


def _forget_keys() -> None:
    for kept in (sealing._master, sealing._key_of, sealing._cipher):
        kept.cache_clear()


def test_a_letter_is_read_by_her_and_by_those_who_keep_letters_alone(desk: Desk) -> None:
    cast, request = desk.cast, desk.issue(words=WORDS)
    for address in (f"/letters/{request}/", f"/letters/{request}/print/", "/letters/register/"):
        assert Client().get(address).status_code == 302, address
    other = cast.browser(cast.recalled)
    for address in (f"/letters/{request}/", f"/letters/{request}/print/", "/letters/register/"):
        answer = other.get(address)
        assert answer.status_code == 403, address
        assert "Guerra" not in answer.content.decode()
        assert WORDS["purpose"] not in answer.content.decode()
    register = read(cast.browser(cast.comptroller), "/letters/register/")
    assert "Marisol del Valle Guerra" in register
    assert "Residence letter" in register and "Constancia" not in register, "in the reader's language"
    assert "Constancia de residencia" in read(cast.browser(cast.secretary), f"/letters/{request}/print/"), "as signed"


def test_everybody_reads_how_many_letters_there_are_and_of_nobody(desk: Desk) -> None:
    desk.issue()
    desk.ask(kind="conduct")
    board = read(Client(), "/letters/")
    assert "1 letter is good today" in board
    assert "1 was issued in 2026; 1 waits for signatures" in board
    assert "Guerra" not in board


def test_my_letters_stand_on_my_own_page(desk: Desk) -> None:
    request = desk.issue()
    assert f"/letters/{request}/" in read(desk.cast.browser(desk.cast.neighbour), "/my-mandate/")


def test_the_thread_of_a_letter_names_neither_its_kind_nor_its_purpose(desk: Desk) -> None:
    request = desk.issue(kind="conduct", words=WORDS)
    for address in ("/acts/", f"/acts/{request}/", f"/acts/{request}/record/"):
        page = read(Client(), address)
        assert "conduct" not in page.lower()
        assert WORDS["purpose"] not in page


def test_the_secretary_types_a_request_over_the_page(founded: Cast) -> None:
    browser = founded.browser(founded.secretary)
    found = browser.post("/letters/new/", {"words": "landaeta"}).content.decode()
    assert f"/letters/new/?person={founded.recalled}" in found
    letter = send(browser, f"/letters/new/?person={founded.recalled}", person=str(founded.recalled), kind="residence")
    assert str(LetterRequest.objects.get().id) in letter


def test_a_code_is_of_one_letter_and_of_no_public_number(desk: Desk) -> None:
    """Whoever has every public byte of the books, and not the key file, does not have the code."""
    code = desk.code(desk.issue()).replace(" ", "")
    letters = {code, code.lower(), "".join(code[i : i + 4] for i in range(0, 20, 5))}
    with connection.cursor() as cursor:
        for table in ("journal_record", "journal_privatepart", "letters_letter", "letters_letterrequest"):
            cursor.execute(f"SELECT * FROM {table}")
            rows = repr(cursor.fetchall()).lower()
            assert not any(one.lower() in rows for one in letters), table
    with another_key():
        assert desk.code(LetterRequest.objects.get().id).replace(" ", "") != code
