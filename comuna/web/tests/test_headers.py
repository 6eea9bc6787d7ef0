"""What every answer says to the browser, and the page that is given when the books themselves fail."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test import Client

from comuna.web.headers import CONTENT_SECURITY_POLICY
from tests.cast import Cast

PATHS = ("/", "/sign-in/", "/acts/", "/who-decides/", "/statute/", "/no-such-page/", "/api/openapi.json")


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_allows_a_script_or_anything_from_elsewhere(founded: Cast, path: str) -> None:
    for browser in (Client(), founded.browser(founded.secretary)):
        answer = browser.get(path)
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert "geolocation=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", PATHS[:-1])
def test_no_page_needs_what_the_policy_forbids(founded: Cast, path: str) -> None:
    page = founded.browser(founded.secretary).get(path).content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|<iframe|<base", page)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page)


@pytest.mark.sqlite_only
def test_when_the_books_themselves_fail_the_page_that_says_so_asks_nothing_of_them(founded: Cast) -> None:
    with transaction.atomic():
        point = transaction.savepoint()
        with connection.cursor() as books:
            books.execute("ALTER TABLE territory_commune RENAME TO territory_elsewhere")
        answer = Client(raise_request_exception=False).get("/", headers={"accept-language": "en"})
        transaction.savepoint_rollback(point)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something in the program broke" in page and "territory_" not in page and "Traceback" not in page
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
