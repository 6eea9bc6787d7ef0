"""A full disk, a disk that takes no writing, a spoilt statute: said in words, to the API as JSON; nothing half done."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from comuna.journal import chain, files, highest, home
from comuna.journal.models import Record
from comuna.statutes import queries
from comuna.web import unusable
from conftest import Books
from tests.cast import Cast

FULL = OperationalError("database or disk is full")
NO_SPACE = OSError(errno.ENOSPC, "No space left on device")
SHUT = OperationalError("attempt to write a readonly database")


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_given: Any, **_named: Any) -> Any:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status", "rule", "words"),
    [
        (FULL, 507, "web.disk-full", "disk is full"),
        (NO_SPACE, 507, "web.disk-full", "disk is full"),
        (SHUT, 503, "web.cannot-write", "cannot write the books"),
        (ZeroDivisionError("internal words"), 500, "web.broken", "Something in the program broke"),
    ],
)
def test_what_the_disk_refuses_is_said_in_words(
    founded: Cast, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, rule: str, words: str
) -> None:
    browser = founded.browser(founded.secretary)
    browser.raise_request_exception = False
    before = Record.objects.count()
    english = {"accept-language": "en"}
    with monkeypatch.context() as patched:
        patched.setattr(chain, "append", raising(error))
        form = {"_id": str(uuid4()), "name": "Sector Uno"}
        page = browser.post("/do/territory.add_sector/", form, headers=english)
        body = {"id": str(uuid4()), "fields": {"name": "Sector Dos"}}
        api = browser.post("/api/acts/territory.add_sector/", body, content_type="application/json", headers=english)
    assert (page.status_code, api.status_code) == (status, status)
    assert words in page.content.decode() and "Traceback" not in page.content.decode()
    [said] = json.loads(api.content)["errors"]
    assert said["rule"] == rule and words in said["words"] and "internal" not in said["words"]
    assert Record.objects.count() == before
    assert browser.post("/do/territory.add_sector/", form).status_code == 302, "the same form again, with room"


def test_a_database_that_cannot_be_opened_on_a_full_disk_is_said_to_be_that(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = OperationalError("unable to open database file")
    assert unusable.of(error) == unusable.READ_ONLY
    monkeypatch.setattr(unusable, "FREE_MIN", 2**60)
    assert unusable.of(error) == unusable.DISK_FULL


def test_a_statute_altered_on_disk_is_said_on_every_page_and_named_where_the_books_are_checked(founded: Cast) -> None:
    path = files.path_of(queries.adoptions(founded.commune)[0].digest)
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n")
    queries.text_of.cache_clear()
    queries.with_councils.cache_clear()
    try:
        browser = Client(raise_request_exception=False, headers={"accept-language": "en"})
        for address in ("/", "/statute/", "/assemblies/"):
            answer = browser.get(address)
            assert answer.status_code == 503, address
            assert "The statute of these books cannot be read" in answer.content.decode()
        checked = browser.get("/verify/").content.decode()
        assert "No: the file of the statute" in checked and "was altered" in checked
    finally:
        path.write_bytes(whole)
    assert "No: the file" not in browser.get("/verify/").content.decode()


def test_an_older_copy_is_named_where_the_books_are_checked(founded: Cast) -> None:
    head = chain.head(founded.commune)
    noted = {"commune": str(founded.commune), "epoch": head.epoch, "seq": head.seq + 9, "digest": "ab" * 32}
    (home.home() / highest.NAME).write_text(json.dumps(noted))
    checked = Client(headers={"accept-language": "en"}).get("/verify/").content.decode()
    assert f"No: these books had act {head.seq + 9} once and have it no more" in checked
