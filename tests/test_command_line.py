"""The page about the command line says what the program takes, all of it and nothing else."""

from __future__ import annotations

import argparse
import re
from itertools import pairwise
from pathlib import Path

import pytest

from comuna.cli import COMMANDS, make_parser
from tests.house import ROOT
from tests.programs import comuna

PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")


def documented() -> dict[str, str]:
    """The text under each command's heading."""
    heads = [(found[1], found.start()) for found in re.finditer(r"^## (.+)$", PAGE, re.MULTILINE)]
    return {name: PAGE[start:end] for (name, start), (_, end) in pairwise([*heads, ("", len(PAGE))])}


def taken() -> dict[str, argparse.ArgumentParser]:
    parser, _modules = make_parser()
    chosen = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return dict(chosen.choices)


def test_every_command_has_its_heading_in_the_order_of_the_program_and_no_other_has() -> None:
    assert tuple(documented()) == COMMANDS


def test_under_each_command_stand_its_options_and_no_others() -> None:
    for name, parser in taken().items():
        options = {text for action in parser._actions for text in action.option_strings} - {"-h", "--help"}
        listed = "\n".join(line for line in documented()[name].splitlines() if line.startswith("* "))
        assert set(re.findall(r"--[a-z][a-z-]*", listed)) == options, name


def test_each_choice_of_a_command_is_named() -> None:
    for name, parser in taken().items():
        for action in parser._actions:
            for choice in action.choices or ():
                assert re.search(rf"\b{choice}\b", documented()[name]), f"{name}: {choice}"


@pytest.mark.parametrize("words", [("verify",), ("rebuild", "--check")])
def test_a_home_without_books_is_answered_in_words(words: tuple[str, ...], tmp_path: Path) -> None:
    answer = comuna(tmp_path / "empty", *words)
    assert answer.returncode == 1
    assert answer.stderr.startswith("There are no books in this home")
    assert "Traceback" not in answer.stderr
