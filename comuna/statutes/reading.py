"""One table of a statute while it is read: asks for each word by name, and notes what is wrong.

Reading never stops at the first fault: a word that is missing or wrong is noted in ``Problems`` and
answered with something harmless, so that one look at the file shows everything that is to be mended.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.acts.letters import is_seen, mixes_alphabets
from comuna.statutes.positions import Path
from comuna.statutes.statute import Mark, Names, Rule

E = TypeVar("E", bound=StrEnum)

PROBLEMS_MAX = 200
LIST_MAX = 500
DAYS_MAX = 3_660
MONTHS_MAX = 1_200
WORDS_MAX = 2_000  # letters in one text
SHOWN_MAX = 400  # letters of anything quoted in a problem
LANGUAGES = ("es", "en")  # every name is there at least in these

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_VERB = re.compile(r"[a-z]+\.[a-z_]{1,60}")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,3}))? ?%")
_FRACTION = re.compile(r"(\d{1,4})/(\d{1,4})")
_JOINERS = "\u200c\u200d"  # letters of some scripts need them


@dataclass(frozen=True)
class Problem:
    """Something wrong at a path of the file, in words to be filled with ``values``."""

    path: Path
    words: Promise | str
    values: Mapping[str, object]

    def __str__(self) -> str:
        shown = {key: value if isinstance(value, int) else str(value)[:SHOWN_MAX] for key, value in self.values.items()}
        return str(self.words).format(**shown)


@dataclass
class Problems:
    """What has been found so far; past ``PROBLEMS_MAX`` nothing more is noted."""

    found: list[Problem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.found) >= PROBLEMS_MAX

    def note(self, path: Path, words: Promise | str, **values: object) -> None:
        if not self.is_full:
            self.found.append(Problem(path, words, values))

    def note_unknown(
        self, path: Path, words: Promise | str, said: str, known: Collection[str], **values: object
    ) -> None:
        """Note a word that is none of the known ones, with the nearest of them when one is near."""
        near = [] if self.is_full else get_close_matches(said[:SHOWN_MAX], sorted(known), n=1)
        if near:
            plain = Problem(path, words, {"said": said, **values})
            self.note(path, _("{plain}; did you mean {near}?"), plain=plain, near=near[0])
        else:
            self.note(path, words, said=said, **values)


class Table:
    """A table of the file. Every word that is asked for is known; ``finish`` reports the others."""

    def __init__(self, values: dict[str, Any], path: Path, what: str, problems: Problems) -> None:
        self._values, self.path, self.what, self.problems = values, path, what, problems
        self._asked: set[str] = set()

    def note(self, key: str | None, words: Promise | str, **values: object) -> None:
        self.problems.note((*self.path, key) if key else self.path, words, what=self.what, key=key, **values)

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def value_of(self, key: str) -> Any:
        """The bare value of a key that may be of several kinds; None when it is absent."""
        self._asked.add(key)
        return self._values.get(key)

    @property
    def nowhere(self) -> Rule:
        """Stands in for a rule that was not found, until the problems are reported."""
        return Rule(id="", source="", mark=Mark.UNSURE)

    def take(self, key: str, kind: type | tuple[type, ...], wanted: Promise | str, *, optional: bool = False) -> Any:
        """The value of a key when it is there and of that kind, else None, noted unless it may be absent."""
        self._asked.add(key)
        if key not in self._values:
            if not optional:
                self.note(key, _("{what} lacks {key} ({wanted})"), wanted=wanted)
            return None
        value = self._values[key]
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.note(key, _("{what}: {key} is {wanted}"), wanted=wanted)
            return None
        return value

    def text(self, key: str) -> str:
        value = self.take(key, str, _("a text in quotes"))
        if value is None:
            return ""
        return self._words(value, key)

    def _words(self, value: str, key: str) -> str:
        value = unicodedata.normalize("NFC", value).strip()
        if not value:
            self.note(key, _("{what}: {key} is empty"))
        if len(value) > WORDS_MAX:
            self.note(key, _("{what}: {key} is longer than {most} letters"), most=WORDS_MAX)
        if value and not any(map(is_seen, value)):
            self.note(key, _("{what}: {key} holds nothing to read"))
        if mixes_alphabets(value):
            self.note(key, _("{what}: a word of {key} mixes letters of several alphabets that look alike"))
        if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in _JOINERS for c in value):
            self.note(key, _("{what}: {key} holds a letter that cannot be seen"))
        return value

    def names(self, key: str) -> Names:
        """The same words in several languages: ``{ es = "...", en = "..." }``."""
        value = self.take(key, dict, _("the words in each language"))
        if value is None:
            return dict.fromkeys(LANGUAGES, "")
        for language in LANGUAGES:
            if language not in value:
                self.note(key, _("{what}: {key} lacks its words in {language}"), language=language)
        found = dict.fromkeys(LANGUAGES, "")
        for language, words in value.items():
            if not re.fullmatch(r"[a-z]{2,3}(-[a-z]{2,4})?", language) or not isinstance(words, str):
                self.note(key, _("{what}: {key} gives words by language, as in es = …"))
            else:
                found[language] = self._words(words, key)
        return found

    def whole(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        wanted = _("a whole number")
        value = self.take(key, int, wanted, optional=default is not None)
        if value is None:
            return low if default is None else default
        if not low <= value <= high:
            self.note(key, _("{what}: {key} is {said}; it may be {low} to {high}"), said=value, low=low, high=high)
            return low
        return int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.take(key, bool, _("true or false"), optional=True)
        return default if value is None else bool(value)

    def choice(self, key: str, choices: type[E], *, default: E | None = None) -> E:
        known = [one.value for one in choices]
        value = self.take(key, str, _("one of a few words"), optional=default is not None)
        if value is None:
            return default or next(iter(choices))
        return self._chosen(key, value, choices, known)

    def choices(self, key: str, choices: type[E], *, default: tuple[E, ...]) -> tuple[E, ...]:
        known = [one.value for one in choices]
        values = self._list(key, optional=True)
        return default if values is None else tuple(self._chosen(key, value, choices, known) for value in values)

    def word(self, key: str, known: Sequence[str]) -> int:
        """The place of a word in a list of known words; 0 when it is none of them."""
        value: str | None = self.take(key, str, _("one of a few words"))
        if value is None or value in known:
            return 0 if value is None else known.index(value)
        self._note_choice(key, value, known)
        return 0

    def _chosen(self, key: str, value: str, choices: type[E], known: list[str]) -> E:
        if value not in known:
            self._note_choice(key, value, known)
            return next(iter(choices))
        return choices(value)

    def _note_choice(self, key: str, value: str, known: Sequence[str]) -> None:
        words, listed = _("{what}: {key} says {said}; it may be {listed}"), ", ".join(known)
        self.problems.note_unknown((*self.path, key), words, value, known, what=self.what, key=key, listed=listed)

    def id(self, key: str) -> str:
        value: str | None = self.take(key, str, _("an id in quotes"))
        if value is None:
            return ""
        return self.well_formed(key, value)

    def well_formed(self, key: str, value: str) -> str:
        if not _ID.fullmatch(value):
            words = _("{what}: {key} is an id: small letters without accents, digits, points, hyphens; at most 80")
            self.note(key, words)
            return ""
        return value

    def verb(self, key: str) -> str:
        """An act's verb; whether there is such an act is checked later."""
        value: str | None = self.take(key, str, _("an act in quotes"))
        return self._verb(key, value) if value is not None else ""

    def verbs(self, key: str) -> tuple[str, ...]:
        values = self._list(key)
        if values == []:
            self.note(key, _("{what}: {key} is empty"))
        return tuple(dict.fromkeys(self._verb(key, value) for value in values or ()))

    def _verb(self, key: str, value: str) -> str:
        if not _VERB.fullmatch(value):
            self.note(key, _("{what}: {key} names acts as in assemblies.convene, not {said}"), said=value)
        return value

    def one_of(self, key: str, known: Collection[str], *, optional: bool = False) -> str:
        """An id that stands elsewhere in the file; "" when it is absent or stands nowhere."""
        value = self.take(key, str, _("an id in quotes"), optional=optional)
        return "" if value is None or not self._stands(key, value, known) else str(value)

    def some_of(self, key: str, known: Collection[str], *, optional: bool = False) -> tuple[str, ...]:
        """Ids that stand elsewhere in the file, each once."""
        values = self._list(key, optional=optional)
        if values == [] and not optional:
            self.note(key, _("{what}: {key} is empty"))
        found = [v for n, v in enumerate(values or ()) if self._stands(key, v, known, n)]
        return tuple(dict.fromkeys(found))

    def _stands(self, key: str, value: str, known: Collection[str], item: int | None = None) -> bool:
        if value in known:
            return True
        path = (*self.path, key) if item is None else (*self.path, key, item)
        words = _("{what}: {key} names {said}, which this statute does not have")
        self.problems.note_unknown(path, words, value, known, what=self.what, key=key)
        return False

    def _list(self, key: str, *, optional: bool = False) -> list[str] | None:
        values = self.take(key, list, _("a list of words in quotes"), optional=optional)
        if values is None:
            return None
        if len(values) > LIST_MAX:
            self.note(key, _("{what}: {key} has more than {most} items"), most=LIST_MAX)
        if not all(isinstance(value, str) for value in values):
            self.note(key, _("{what}: {key} is {wanted}"), wanted=_("a list of words in quotes"))
        return [value for value in values[:LIST_MAX] if isinstance(value, str)]

    def part(self, key: str) -> Fraction | None:
        """A share written "30 %", "12.5 %" or "2/3"; more than nothing and at most the whole."""
        value = self.take(key, str, _('a share in quotes, as in "30 %" or "2/3"'), optional=True)
        if value is None:
            return None
        percent, fraction = _PERCENT.fullmatch(value), _FRACTION.fullmatch(value)
        part = Fraction(0)
        if percent:
            part = Fraction(f"{percent[1]}.{percent[2] or 0}") / 100
        elif fraction and int(fraction[2]):
            part = Fraction(int(fraction[1]), int(fraction[2]))
        if not 0 < part <= 1:
            self.note(
                key,
                _('{what}: {key} says {said}; a share is written "30 %" or "2/3", above 0, up to the whole'),
                said=value,
            )
            return Fraction(1)
        return part

    def rule(self) -> Rule:
        """Where this table's rule comes from: ``rule``, ``source`` and ``mark``, in every table."""
        return Rule(id=self.id("rule"), source=self.text("source"), mark=self.choice("mark", Mark))

    def table(self, key: str, *, optional: bool = False) -> Table:
        values = self.take(key, dict, _("a table of its own"), optional=optional)
        return Table(values or {}, (*self.path, key), f"{self.what}.{key}", self.problems)

    def tables(self, key: str) -> list[Table]:
        """The tables of a list ``[[key]]``, each called by its id or rule, else by its number."""
        values = self.take(key, list, _("a list of tables"), optional=True) or []
        if len(values) > LIST_MAX or not all(isinstance(value, dict) for value in values):
            self.note(
                key,
                _("{what}: {key} is a list of at most {most} tables, each under [[{key}]]"),
                most=LIST_MAX,
            )
        found = []
        for number, value in enumerate(values[:LIST_MAX]):
            if isinstance(value, dict):
                called = next((value[k] for k in ("id", "rule") if isinstance(value.get(k), str)), number + 1)
                found.append(Table(value, (*self.path, key, number), f"{key} {called}"[:100], self.problems))
        return found

    def finish(self) -> None:
        """Report the words that nobody asked for."""
        for key in self._values:
            if key not in self._asked and not self.problems.is_full:
                words = _("{what} has no word {said}")
                self.problems.note_unknown((*self.path, key), words, key, self._asked, what=self.what)
