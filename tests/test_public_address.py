"""What is printed says where the commune is reached, whoever prints it and from where."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from comuna.assemblies.tests.test_session import Room
from comuna.cli import main
from comuna.journal.home import home
from comuna.look import paper
from tests.cast import Cast

ADDRESS = "http://example.org:8000"


def sheet(founded: Cast, host: str) -> str:
    """What the secretary prints with her browser at this host."""
    form = {"_id": str(uuid4()), "person": str(founded.neighbour)}
    answer = founded.browser(founded.secretary).post("/codes/new/", form, headers={"host": host})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "example.net"])
def test_a_sheet_says_the_public_address_from_wherever_it_is_printed(founded: Cast, host: str) -> None:
    paper.keep(ADDRESS + "/")
    assert f"{ADDRESS}/claim/" in sheet(founded, host)


def test_a_sheet_printed_on_the_computer_itself_sends_nobody_to_localhost(founded: Cast) -> None:
    text = sheet(founded, "localhost:8000")
    assert "localhost" not in text
    assert "la dirección de la computadora de la comuna, y después /claim/" in text


def test_without_a_public_address_a_sheet_says_the_host_that_was_asked(founded: Cast) -> None:
    assert "http://example.net/claim/" in sheet(founded, "example.net")


def told(founded: Cast) -> tuple[str, str, str]:
    """The address of a session, its poster and the message about it, as the commune's own computer shows them."""
    session, here = Room(founded).session, Client(headers={"host": "localhost:8000"})
    address = f"/assemblies/{session}/"
    poster, message = (here.get(f"{address}{page}/").content.decode() for page in ("poster", "notice"))
    return address, poster, message


def test_a_poster_says_what_a_person_can_type_and_its_code_leads_to_the_session(founded: Cast) -> None:
    paper.keep(ADDRESS)
    address, poster, message = told(founded)
    assert "<figure" in poster and ">example.org:8000</span>" in poster
    assert f"{ADDRESS}{address}" in message


def test_a_poster_and_a_message_say_no_address_that_leads_nowhere(founded: Cast) -> None:
    address, poster, message = told(founded)
    assert "<figure" not in poster and "localhost" not in poster
    assert address not in message and "localhost" not in message


@pytest.mark.parametrize("wrong", ["example.org", "ftp://mirador.example", "http://", "http://example.org/page", ""])
def test_what_is_no_address_is_refused_in_words_and_nothing_is_kept(
    founded: Cast, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--public-address", wrong]) == 1
    said = capsys.readouterr().err
    assert "--public-address" in said
    assert "http://example.org:8000" in said
    assert not (home() / paper.NAME).exists()
