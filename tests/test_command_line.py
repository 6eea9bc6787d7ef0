"""The page about the command line says what the program takes, all of it and nothing else."""

from __future__ import annotations

import argparse
import re
import shlex
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import translation

from comuna.cli import COMMANDS, main, make_parser
from comuna.cli.language import language_in
from comuna.journal import sealing
from tests.cast import PASSWORD, Cast
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


EXAMPLE = re.compile(r"^\$ (.+)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)
ENVIRONMENT = ("COMUNA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def test_the_examples_answer_as_the_page_says(
    founded: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line after ``$`` is typed here, by the secretary, in books of this test."""
    monkeypatch.chdir(tmp_path)
    sealing.make_key()
    founded.browser(founded.secretary)
    account = f"cuenta-{str(founded.secretary)[:8]}"
    (tmp_path / "clave.txt").write_text(PASSWORD)
    examples = EXAMPLE.findall("".join(re.findall(r"```console\n(.*?)```", documented()["act"], re.DOTALL)))
    assert len(examples) >= 6
    said: list[str] = []
    for typed, expected in examples:
        if typed.startswith("cat "):
            (tmp_path / typed.removeprefix("cat ")).write_text(expected)
            continue
        if " | " in typed:
            told, _, typed = typed.partition(" | ")
            monkeypatch.setattr("sys.stdin", StringIO(shlex.split(told)[1]))
        with monkeypatch.context() as terminal:
            for name in ENVIRONMENT:
                terminal.delenv(name, raising=False)
            words = shlex.split(typed)
            while "=" in words[0]:
                terminal.setenv(*words.pop(0).split("=", 1))
            assert words.pop(0) == "comuna"
            with translation.override("es"):
                code = main([account if word == "yelitza" else word for word in words])
        answer = capsys.readouterr()
        assert (code == 0) == expected.startswith(("Number", "Ya estaba")), answer.out + answer.err
        said.append(answer.out + answer.err)
        assert matches(expected, said[-1]), f"{typed}\n{said[-1]}"


def matches(expected: str, said: str) -> bool:
    """``...`` stands for anything, and numbers of records may be others than on the page."""
    pattern = re.escape(expected.strip()).replace(re.escape("..."), ".*")
    return re.fullmatch(re.sub(r"(Number|número)\\ \d+", r"\1\\ \\d+", pattern), said.strip()) is not None


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "es"),
        ({"LANG": "C.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "es_VE.UTF-8"}, "es"),
        ({"LANG": "es_VE.UTF-8", "COMUNA_LANG": "en"}, "en"),
        ({"COMUNA_LANG": "eo", "LANG": "en"}, "en"),
    ],
)
def test_the_terminal_s_language_is_heard(environment: dict[str, str], language: str) -> None:
    assert language_in(environment, {"es": "", "en": ""}, "es") == language


@pytest.mark.parametrize("words", [("verify",), ("rebuild", "--check")])
def test_a_home_without_books_is_answered_in_words(words: tuple[str, ...], tmp_path: Path) -> None:
    answer = comuna(tmp_path / "empty", *words)
    assert answer.returncode == 1
    assert answer.stderr.startswith("There are no books in ")
    assert "Traceback" not in answer.stderr
