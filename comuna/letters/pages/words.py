"""What pages say of letters."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from comuna.letters.models import Letter
from comuna.letters.queries import Standing
from comuna.letters.rules import Stage
from comuna.look.parts import Sign, Status
from comuna.look.words import day_words, number_words
from comuna.mandates.queries import named
from comuna.statutes.councils import Council
from comuna.statutes.statute import in_books

ERASED = "—"


_SIGNS = {
    Stage.WAITING: Sign.WAITING,
    Stage.WITHDRAWN: Sign.PLAIN,
    Stage.REFUSED: Sign.REFUSED,
    Stage.GOOD: Sign.DONE,
    Stage.EXPIRED: Sign.PLAIN,
    Stage.REVOKED: Sign.REFUSED,
}


def status_of(stands: Standing, day: date) -> Status:
    """Where it stands, with its day or its signatures: ``good until 5 February 2027``."""
    return Status(_SIGNS[stands.stage], step_words(stands, day))


def letter_words(stands: Standing) -> str:
    """What it is called: in the reader's language as the statute does; where the statute calls it otherwise by now, as
    the issued letter itself says."""
    issued = stands.letter.title if stands.letter is not None else None
    if stands.kind is not None and issued in (None, in_books(stands.kind.name)):
        return named(stands.kind.name)
    return issued or ERASED


def number_of(letter: Letter) -> str:
    """``2026-012``, in the register of its council."""
    return f"{letter.year}-{letter.number:03}"


def step_words(stands: Standing, day: date) -> str:
    """What it waits for, or until when it is good."""
    if stands.letter is not None and stands.stage in (Stage.GOOD, Stage.EXPIRED):
        until = day_words(stands.letter.last_day, today=day, weekday=False)
        words = _("good until {day}") if stands.stage is Stage.GOOD else _("expired on {day}")
        return words.format(day=until)
    if stands.closing is not None:
        on = day_words(stands.closing.day, today=day, weekday=False)
        words = {
            Stage.WITHDRAWN: _("taken back on {day}"),
            Stage.REFUSED: _("refused on {day}"),
            Stage.REVOKED: _("revoked on {day}"),
        }[stands.stage]
        return words.format(day=on)
    needed = stands.kind.needed if stands.kind else 0
    words = _("waits for signatures: {signed} of {n}")
    return words.format(signed=number_words(len(stands.counted)), n=number_words(needed))


def council_words(councils: tuple[Council, ...], slug: str) -> str:
    """The council's name; "" in books without councils."""
    return next((one.name for one in councils if one.slug == slug), slug)
