"""The steps of a page of instructions, done one by one: commands in a terminal, touches on phones without JavaScript.

A page of this kind is Markdown. In ``console`` blocks the lines after ``$`` are typed into one shell, and the lines
below each are what it answers (``...`` stands for anything). Lines ``* Open``, ``* Write in`` and so on are done
with what a reader sees: labels, legends and the words on buttons. ``On **Ana**'s phone:`` passes to another phone.
"""

from __future__ import annotations

import re
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator

from tests.journeys.phone import Phone

END = "the-end-of-an-answer"
HOW_FAR = re.compile(r"[\w ]+: [\d,]+ of [\d,]+")  # what takes long says so, on a slow computer
LINK_TEXT = re.compile(r"\*\*(.+?)\*\*")
STEPS = (
    ("opens", r"Open `(.+)`\."),
    ("follows", r"Follow \*\*(.+)\*\*\."),
    ("presses", r"Press \*\*(.+)\*\*\."),
    ("chooses", r"Choose \*\*(.+)\*\* under \*\*(.+)\*\*\."),
    ("picks", r"Pick `(.+?)` in \*\*(.+?)\*\*\."),
    ("writes", r"Write in \*\*(.+)\*\*: `(.+)`"),
    ("hands_in", r"Hand in \*\*(.+)\*\*: `(.+)`"),
    ("ticks", r"Tick (\*\*.+\*\*)\."),
    ("reads", r"The page says: `(.+)`"),
)


@dataclass
class Terminal:
    """One shell, kept open, in which commands are typed one after another."""

    folder: Path
    environment: dict[str, str]
    _shell: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        self._shell = subprocess.Popen(
            ["bash", "--norc"],
            cwd=self.folder,
            env=self.environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def types(self, command: str) -> tuple[int, list[str]]:
        """Its exit code and what it printed. What ends in ``&`` goes on, and prints elsewhere."""
        assert self._shell.stdin and self._shell.stdout
        goes_on = command.endswith("&")
        running = f"{command.removesuffix('&')} >server.log 2>&1 &" if goes_on else f"{{ {command}; }} </dev/null"
        self._shell.stdin.write(f"{running}\necho\necho {END} $?\n")
        self._shell.stdin.flush()
        lines: list[str] = []
        for line in self._shell.stdout:
            if line.startswith(END):
                return int(line.split()[1]), [one for one in lines if one and not HOW_FAR.fullmatch(one)]
            lines.append(line.rstrip("\n"))
        raise AssertionError(f"the shell ended: {command}")

    def ends(self) -> None:
        self.types("kill %1; wait")
        assert self._shell.stdin
        self._shell.stdin.close()
        self._shell.wait(timeout=30)


@dataclass
class Reader:
    """Who follows the page: a terminal, a phone for each person, and what she noted down on the way."""

    terminal: Terminal
    chromium: Browser
    address: str
    notes: dict[str, Callable[..., str]]  # words of the page as a pattern, and what a reader puts in their place
    instead: dict[str, str] = field(default_factory=dict)  # what is otherwise here, such as the port
    phones: dict[str, Phone] = field(default_factory=dict)
    whose: str = "anybody"
    folder: Path = Path()

    @property
    def phone(self) -> Phone:
        if self.whose not in self.phones:
            self.phones[self.whose] = Phone(self.chromium, self.address, language="en")
        return self.phones[self.whose]

    def noted(self, words: str) -> str:
        """The words, with what was noted down and what is otherwise here in their place."""
        for pattern, find in self.notes.items():
            while found := re.search(pattern, words):
                words = words.replace(found[0], find(self, *found.groups()))
        for here, there in self.instead.items():
            words = words.replace(here, there)
        return words

    # --------------------------------------------------------------------------------------- what a page's lines ask

    def opens(self, path: str) -> None:
        self.phone.opens(path)

    def follows(self, words: str) -> None:
        self.phone.page.locator("main a", has_text=words).first.click()

    def presses(self, words: str) -> None:
        self.phone.page.locator("main").get_by_role("button", name=words).first.click()

    def chooses(self, option: str, legend: str) -> None:
        group = self.phone.page.locator("main fieldset", has=self._legend(legend)).last
        group.get_by_role("radio", name=option, exact=True).check()

    def picks(self, option: str, label: str) -> None:
        field = self._labelled(label)
        words = [one for one in field.locator("option").all_inner_texts() if one.startswith(self.noted(option))]
        field.select_option(label=words[0])

    def writes(self, label: str, words: str) -> None:
        self._labelled(label).fill(self.noted(words))

    def hands_in(self, label: str, file: str) -> None:
        self._labelled(label).set_input_files(self.folder / file)

    def ticks(self, names: str) -> None:
        for name in LINK_TEXT.findall(names):
            self.phone.page.get_by_role("checkbox", name=name).check()

    def reads(self, words: str) -> None:
        page = self.phone.page
        said = page.locator("main" if page.locator("main").count() else "body").inner_text().replace("\xa0", " ")
        assert self.noted(words) in said, said

    def _labelled(self, label: str) -> Locator:
        whole = re.compile(rf"^{re.escape(label)}\b(?! \d)")
        return self.phone.page.locator("main").get_by_label(whole).first

    def _legend(self, legend: str) -> Locator:
        return self.phone.page.locator("legend").filter(
            has_text=re.compile(rf"^\s*{re.escape(legend)}(\s*\(optional\))?\s*$")
        )

    # -------------------------------------------------------------------------------------------------- the page itself

    def follow(self, page: str) -> int:
        """Do each step of the page; how many there were. What does not go as the page says is told with its line."""
        count = 0
        for number, kind, words, expected in steps(page):
            count += 1
            try:
                if kind == "phone":
                    self.whose = words[0]
                elif kind == "types":
                    self._types(words[0], expected)
                else:
                    getattr(self, kind)(*words)
            except Exception as error:
                raise AssertionError(f"line {number} of the page, {kind} {words}: {error}") from error
        return count

    def _types(self, command: str, expected: list[str]) -> None:
        code, printed = self.terminal.types(self.noted(command))
        if command.endswith("&"):
            self._waits()
        assert code == 0 or command.startswith("diff "), printed
        pattern = "\n".join(re.escape(line).replace(r"\.\.\.", r"(?s:.*?)") for line in expected)
        assert not expected or re.fullmatch(pattern, "\n".join(printed)), printed

    def _waits(self) -> None:
        """Until the pages are there."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.address, timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"nothing answers at {self.address}")


def steps(page: str) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Line, what is done, with which words, and what a command answers. A line that looks like a step and is none of
    those known here is an error: nothing of the page is passed over."""
    typing = False
    pending: tuple[int, str, tuple[str, ...], list[str]] | None = None
    for number, line in enumerate(page.splitlines(), start=1):
        if line.startswith("```"):
            if pending:
                yield pending
            typing, pending = line == "```console", None
        elif typing and line.startswith("$ "):
            if pending:
                yield pending
            pending = (number, "types", (line[2:],), [])
        elif typing and pending:
            pending[3].append(line)
        elif found := re.fullmatch(r"On \*\*(\w+)\*\*'s phone:", line):
            yield number, "phone", (found[1],), []
        elif line.startswith("* "):
            yield _touch(number, line[2:])


def _touch(number: int, line: str) -> tuple[int, str, tuple[str, ...], list[str]]:
    for kind, pattern in STEPS:
        if found := re.match(pattern, line):
            return number, kind, found.groups(), []
    raise AssertionError(f"line {number} of the page is no step that anybody could do: {line}")
