"""The founders' codes on the command line, where the page that showed them was closed too early."""

from __future__ import annotations

import pytest
from django.test import Client

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.cli import main
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount
from comuna.mandates.tests.test_founding_pages import founding_form, printed
from conftest import Books


def test_the_command_line_shows_the_codes_that_nobody_has_used(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["codes"]) == 1
    with frozen_at("2026-01-10T13:00:00Z"):
        given = printed(Client().post("/found/", founding_form()))
        perform(ClaimAccount(proof=codes.proof(given[0])), Actor())
        assert main(["codes"]) == 0
    said = capsys.readouterr().out
    assert [code in said for code in given] == [False, True, True]
