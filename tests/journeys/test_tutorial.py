"""A stranger's hour: who does what docs/tutorial.md says has a commune at its end, and minutes that prove it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.journeys.device import afternoon
from tests.journeys.phone import browser
from tests.tutorial import Reader, Terminal, steps

PAGE = (ROOT / "docs" / "tutorial.md").read_text("utf-8")


@pytest.mark.browser
@pytest.mark.long
def test_the_tutorial_ends_with_a_commune_whose_minutes_prove_themselves(tmp_path: Path) -> None:
    zone, today = afternoon()
    port = _free_port()
    # The program is set up already where this runs; its folder is not written in.
    terminal = Terminal(ROOT, {"PATH": os.environ["PATH"], "HOME": str(tmp_path)})
    with browser() as chromium:
        reader = Reader(
            terminal,
            chromium,
            address=f"http://localhost:{port}",
            folder=tmp_path / "los-mangos",
            notes={"the code of (.+)": _code_of, "the code on the minutes": _code_on_the_minutes},
            instead={"America/Caracas": zone.replace("_", " "), "today": today, "--port 8000": f"--port {port}"},
        )
        try:
            assert reader.follow(PAGE.replace("$ script/setup\n", "")) > 90
        finally:
            terminal.ends()
    assert (tmp_path / "los-mangos" / "mangos.age").stat().st_size > 10_000


def test_a_step_that_nobody_could_do_is_an_error() -> None:
    with pytest.raises(AssertionError, match="line 2 of the page"):
        list(steps("# Page\n* Press the button and hope.\n"))


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _code_of(reader: Reader, name: str) -> str:
    """A founder's, as the computer that keeps the books shows it."""
    _exit, printed = reader.terminal.types("comuna codes")
    return next(line.split("   ")[0] for line in printed if name in line)


def _code_on_the_minutes(reader: Reader) -> str:
    """As Ana reads it from the page that she prints."""
    return " ".join(reader.phones["Ana"].page.locator("figure.papercode pre code").inner_text().split())
