"""A statute's TOML text into a ``Statute``, or every fault of it with its line, in plain words.

Two passes: reading (every word is there, of its kind and known) and, when nothing was wrong, checking
(``checking.faults``: the statute as a whole can be lived by). ``read`` does only the first, for files
that were adopted under an earlier release: a later, stricter check must never lock a commune out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.statutes.checking import faults
from comuna.statutes.positions import line_of, lines_of
from comuna.statutes.reading import Problem, Problems, Table
from comuna.statutes.statute import Statute
from comuna.statutes.vocabulary import read_statute

TEXT_MAX = 256 * 1024  # bytes of UTF-8
_DEEP = re.compile(r"""(?:[\w"'-]{1,40}\s?\.\s?){30}""")  # a.a.a.a…: tomllib takes quadratic time over such a key


@dataclass(frozen=True)
class StatuteError:
    """One fault of a statute's text. ``words`` reads in the language active at that moment."""

    line: int  # from 1
    problem: Problem

    @property
    def words(self) -> str:
        return str(self.problem)

    def __str__(self) -> str:
        return str(_("line {line}: {words}")).format(line=self.line, words=self.words)


class StatuteErrors(Exception):
    """The text is no statute; ``errors`` in the order of their lines."""

    def __init__(self, errors: list[StatuteError]) -> None:
        super().__init__(f"{len(errors)} faults")
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def load(text: str, verbs: Collection[str] | None = None) -> Statute:
    """The statute that a text describes. Raises StatuteErrors with everything that is wrong.

    ``verbs`` are the acts that a statute may give to seats; without them verbs are not checked.
    """
    problems = Problems()
    statute, known = read_statute(_parsed(text, problems))
    if not problems.found:
        faults(statute, known.places, verbs, problems)
        known.note_unnamed()
    return _or_raise(statute, text, problems)


def read(text: str) -> Statute:
    """The statute of a text that was adopted before: read, not judged again. Raises StatuteErrors."""
    problems = Problems()
    statute, _known = read_statute(_parsed(text, problems))
    return _or_raise(statute, text, problems)


def check(text: str, verbs: Collection[str] | None = None) -> list[StatuteError]:
    """Everything that is wrong with a text, in the order of its lines; empty when it is a statute."""
    try:
        load(text, verbs)
    except StatuteErrors as errors:
        return errors.errors
    return []


def _or_raise(statute: Statute, text: str, problems: Problems) -> Statute:
    if problems.found:
        lines = lines_of(text)
        errors = [StatuteError(line_of(lines, one.path), one) for one in problems.found]
        once = {(error.line, error.words): error for error in errors}
        raise StatuteErrors(sorted(once.values(), key=lambda error: error.line))
    return statute


def _parsed(text: str, problems: Problems) -> Table:
    """The whole file as one table. Raises StatuteErrors at once where it is not TOML."""
    if len(text.encode("utf-8", "replace")) > TEXT_MAX:
        raise _single(1, _("the file is larger than {most} kB"), most=TEXT_MAX // 1024)
    if deep := _DEEP.search(text):
        raise _single(text.count("\n", 0, deep.start()) + 1, _("the file nests too deeply"))
    try:
        return Table(tomllib.loads(text), (), "statute", problems)
    except RecursionError:
        raise _single(1, _("the file nests too deeply")) from None
    except ValueError as error:
        at = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        said = re.sub(r" \(at .*\)$", "", str(error))
        raise _single(line, _("this is not TOML: {said}"), said=said) from error


def _single(line: int, words: Promise | str, **values: object) -> StatuteErrors:
    return StatuteErrors([StatuteError(line, Problem((), words, values))])
