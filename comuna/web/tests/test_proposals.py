"""Whoever signs reads first what is proposed, and only signatures that stand are counted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from comuna.acts.acts import Propose
from comuna.journal import files
from comuna.mandates.acts import Resign
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from tests.cast import TODAY, Cast


@pytest.fixture
def proposed(founded: Cast) -> UUID:
    """The secretary proposes that a proposal waits half as long."""
    text = builtin.text("venezuela-commune").replace("days_open = 30", "days_open = 15", 1)
    text = text.replace('version = "', 'version = "9.', 1)
    act = AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=date(2026, 3, 1))
    return founded.does(founded.secretary, Propose(act=act)).id


def text(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_proposal_says_every_field_and_what_would_change(founded: Cast, proposed: UUID) -> None:
    signer = founded.browser(founded.comptroller)
    for address in (f"/proposals/{proposed}/", f"/proposals/sign/?proposal={proposed}"):
        page = text(signer, address)
        assert "First day in force" in page and "1 March 2026" in page
        assert f"/proposals/{proposed}/changes/" in page and f"/proposals/{proposed}/file/file/" in page
    changed = text(signer, f"/proposals/{proposed}/changes/")
    assert "\n-days_open" in changed and "\n+days_open" in changed
    assert "days_open" in text(signer, f"/proposals/{proposed}/file/file/")


def test_a_proposal_offers_each_reader_what_that_reader_may_do(founded: Cast, proposed: UUID) -> None:
    address = f"/proposals/{proposed}/"
    sign, withdraw = f"/proposals/sign/?proposal={proposed}", f"/proposals/withdraw/?proposal={proposed}"
    proposer = text(founded.browser(founded.secretary), address)
    assert withdraw in proposer and sign not in proposer
    signer = text(founded.browser(founded.comptroller), address)
    assert sign in signer and withdraw not in signer
    for client in (Client(), founded.browser(founded.neighbour)):
        page = text(client, address)
        assert sign not in page and withdraw not in page and "Nelson Enrique Duarte" in page


def test_only_files_of_an_open_proposal_are_shown(founded: Cast, proposed: UUID) -> None:
    client = Client()
    assert client.get(f"/proposals/{proposed}/file/first_day/").status_code == 404
    assert client.get(f"/proposals/{founded.commune}/file/statute/").status_code == 404
    assert client.get(f"/proposals/{founded.commune}/changes/").status_code == 404


def test_the_file_of_a_proposal_stays_while_it_waits(proposed: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_upload SET at = %s", ["2020-01-01 00:00:00+00:00"])
    files.discard_uncited()
    assert "days_open" in text(Client(), f"/proposals/{proposed}/file/file/")


def test_the_signature_of_somebody_who_left_her_seat_is_shown_as_one_that_no_longer_counts(
    founded: Cast, proposed: UUID
) -> None:
    assert "1 of 2 signatures" in text(Client(), f"/proposals/{proposed}/")
    founded.does(founded.secretary, Resign(mandate=founded.mandate(founded.secretary)))
    assert founded.holding(founded.secretary, TODAY).status.has_power is False
    page = text(Client(), f"/proposals/{proposed}/")
    assert "0 of 2 signatures" in page and "no longer counts" in page and "Somebody else signs in its place." in page
    assert "0 of 2 signatures" in text(Client(), "/proposals/")
