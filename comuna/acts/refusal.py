"""Saying no: which rule, what it rests on, and who may do it instead. Page, API and CLI use these words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refused(Exception):
    """An act that may not be done, as an expected answer: nothing was written.

    ``rule`` is the id of the rule, ``words`` say it to a person, ``citation`` is the article behind it,
    ``field`` the field it is about, ``who`` those who may do it instead.
    """

    def __init__(
        self,
        rule: str,
        words: Words,
        *,
        citation: str | None = None,
        field: str | None = None,
        who: Sequence[Words] = (),
    ) -> None:
        super().__init__(rule)
        self.rule, self.words, self.citation, self.field, self.who = rule, words, citation, field, tuple(who)
        self.asked: UUID | None = None  # the id of the act that was refused, of several handed in at once

    def __str__(self) -> str:
        parts = [str(self.words)]
        if self.citation:
            parts.append(f"({self.citation})")
        if self.who:
            parts.append(str(_("Who can: {who}.")).format(who=", ".join(str(one) for one in self.who)))
        return " ".join(parts)


def refuse_if(
    condition: Any,
    rule: str,
    words: Words,
    *,
    citation: str | None = None,
    field: str | None = None,
    who: Sequence[Words] = (),
) -> None:
    """Raise Refused when the condition holds."""
    if condition:
        raise Refused(rule, words, citation=citation, field=field, who=who)


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field of what was handed in. ``field`` may be a path: ``rows.3.age``."""

    field: str
    rule: str
    words: Words


class Malformed(Exception):
    """What was handed in is not an act at all; nothing was decided, the id is not burnt."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.rule}" for error in errors))
        self.errors = tuple(errors)


class IdTaken(Exception):
    """The id already stands for an act with other words; record it anew under a fresh id."""
