"""Which statute is in force on a day, read from the commune's own home, and what a new file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from comuna.acts.act import Power, all_acts
from comuna.acts.moment import day_now
from comuna.acts.refusal import Refused
from comuna.journal import files, sql
from comuna.journal.canonical import INTEGER_MAX
from comuna.journal.lock import once
from comuna.statutes import loader
from comuna.statutes.bookkeeping import Unit
from comuna.statutes.councils import Council
from comuna.statutes.models import AdoptedStatute, Council as CouncilRow
from comuna.statutes.spread import spread
from comuna.statutes.statute import Statute

MEDIA_TYPE = "application/toml"
T = TypeVar("T")


class Adoption(NamedTuple):
    """A text that a commune adopted."""

    statute_id: str
    version: str
    digest: str
    in_force_from: date
    born: int  # the number of the record that adopted it


class Came(NamedTuple):
    """A council of the books."""

    council: Council
    since: date
    born: int


class Texts:
    """All texts that a commune adopted, and all councils of its books, asked of the database once: which of them hold
    on a day. The only place that says so.

    ``known_at`` is the number of a record: what came into the books after it is left out. A session, an election and a
    recall go by what was known when they were written down.
    """

    def __init__(self, commune: UUID) -> None:
        self.commune = commune

    @cached_property
    def adopted(self) -> list[Adoption]:
        """In the order in which they come into force."""
        rows = sql.rows(
            "SELECT statute_id, version, digest, CAST(in_force_from AS TEXT), born FROM statutes_adoptedstatute"
            " WHERE commune = %s ORDER BY in_force_from, born",
            sql.uuid_value(self.commune),
        )
        return [Adoption(id, version, digest, date.fromisoformat(day), born) for id, version, digest, day, born in rows]

    @cached_property
    def came(self) -> list[Came]:
        """In the order in which they came into the books."""
        rows = sql.rows(
            "SELECT slug, name, CAST(since AS TEXT), born FROM statutes_council WHERE commune = %s ORDER BY born",
            sql.uuid_value(self.commune),
        )
        return [Came(Council(slug, name or slug), date.fromisoformat(since), born) for slug, name, since, born in rows]

    def adoption(self, day: date, known_at: int = INTEGER_MAX) -> Adoption:
        """Days before the first adoption are read by that first one. Raises LookupError when there is none."""
        if not self.adopted:
            raise LookupError(f"commune {self.commune} has adopted no statute")
        found = [one for one in self.adopted if one.in_force_from <= day and one.born <= known_at]
        return found[-1] if found else self.adopted[0]

    def councils(self, day: date, known_at: int = INTEGER_MAX) -> tuple[Council, ...]:
        """Those that were there on the first day on which there were any count for the days before, as the first
        statute does."""
        if not self.came:
            return ()
        first = min(one.since for one in self.came)
        return tuple(one.council for one in self.came if one.since <= max(day, first) and one.born <= known_at)

    def on(self, day: date, known_at: int = INTEGER_MAX) -> Statute:
        """Raises LookupError when none was ever adopted."""
        digest = self.adoption(day, known_at).digest
        return with_councils(digest, self.councils(day, known_at) if text_of(digest).level else ())


RESTS_ON = (AdoptedStatute, CouncilRow)
"""The tables that say which statute is in force."""


def texts(commune: UUID) -> Texts:
    return once(("texts", commune), lambda: Texts(commune), RESTS_ON)


def in_force(commune: UUID, day: date, *, known_at: int = INTEGER_MAX) -> Statute:
    """The statute of a commune on a day, as ``Texts`` says it. Asked several times at every act."""
    return once(("statute", commune, day, known_at), lambda: texts(commune).on(day, known_at), RESTS_ON)


def councils_of(commune: UUID, day: date) -> tuple[Council, ...]:
    """The councils that the books have on a day, in the order in which they came into them."""
    return texts(commune).councils(day)


def has_councils() -> bool:
    """Whether any books here have councils, whoever's they are: most have none."""
    return once("has councils", lambda: sql.one("SELECT 1 FROM statutes_council LIMIT 1") is not None, (CouncilRow,))


def came_on(commune: UUID) -> tuple[tuple[str, date], ...]:
    """The slug of every council of the books and the day on which it came into them, the first first."""
    return tuple((one.council.slug, one.since) for one in texts(commune).came)


def councils(commune: UUID) -> list[CouncilRow]:
    """Every council of the books, in the order in which they came into them."""
    return list(CouncilRow.objects.filter(commune=commune).order_by("born"))


def ever_adopted(commune: UUID) -> list[Statute]:
    """Every adopted statute with all councils that the books ever had, the newest first."""
    here = texts(commune)
    ever = tuple(one.council for one in here.came)
    return [with_councils(one.digest, ever) for one in reversed(here.adopted)]


def unit(commune: UUID, id: str) -> Unit | None:
    """What amounts of the books are counted in, as any text said that was ever adopted: none may say it otherwise."""
    return next((found for text in ever_adopted(commune) if (found := text.money.unit(id))), None)


def decimals(commune: UUID) -> dict[str, int]:
    """Of every unit that any text ever had: none may say it otherwise."""
    return {unit.id: unit.decimals for text in ever_adopted(commune) for unit in text.money.units}


def said_on(commune: UUID, day: date, ask: Callable[[Statute], T | None]) -> T | None:
    """What the statute of a day says of something; where it says nothing, the last one before that did, and else the
    first one to come."""
    said = ask(in_force(commune, day))
    if said is not None:
        return said
    here = texts(commune)
    ever = tuple(one.council for one in here.came)
    before = [one for one in here.adopted if one.in_force_from <= day]
    ordered = [*reversed(before), *here.adopted[len(before) :]]
    return next((found for one in ordered if (found := ask(with_councils(one.digest, ever))) is not None), None)


def said_today(commune: UUID, what: tuple[str, ...], ask: Callable[[Statute], str | None]) -> str | None:
    """As ``said_on`` says it of the day of an act done now. ``what`` is asked. Where all texts say the same, as they do
    nearly always, it is asked once."""

    def ever() -> frozenset[str]:
        return frozenset(said for text in ever_adopted(commune) if (said := ask(text)) is not None)

    said = once(("said", commune, *what), ever, RESTS_ON)
    return said_on(commune, day_now(commune), ask) if len(said) > 1 else next(iter(said), None)


def organ_of_book_kind(commune: UUID, kind: str) -> str | None:
    """Whose book it is today."""

    def organ(text: Statute) -> str | None:
        found = text.money.book(kind)
        return found.organ if found else None

    return said_today(commune, ("book", kind), organ)


def on_its_own_page(commune: UUID, day: date, council: str) -> Statute:
    """The statute in force on a day, in which this council's organs and seats go without its name."""
    digest = adoption_on(commune, day).digest
    unnamed = (Council(one.slug, "" if one.slug == council else one.name) for one in councils_of(commune, day))
    return with_councils(digest, tuple(unnamed))


def in_these_books(commune: UUID, statute: Statute, day: date) -> Statute:
    """What a statute that is not adopted yet would be here."""
    return spread(statute, councils_of(commune, day) if statute.level else ())


@lru_cache(maxsize=12)  # over 24 councils each takes more than a megabyte
def with_councils(digest: str, councils: tuple[Council, ...] = ()) -> Statute:
    """The statute in an adopted file, spread over these councils."""
    return spread(text_of(digest), councils)


def adoption_on(commune: UUID, day: date) -> Adoption:
    """The adoption in force on a day. Raises LookupError when there is none."""
    return texts(commune).adoption(day)


def adoptions(commune: UUID) -> list[Adoption]:
    """Every adoption, in the order in which they come into force."""
    return texts(commune).adopted


class NoStatute(Exception):
    """The file of an adopted statute is gone or altered."""


@lru_cache(maxsize=32)
def text_of(digest: str) -> Statute:
    """The statute in an adopted file of this home as it stands there, not spread over councils. Raises NoStatute."""
    try:
        return loader.read(files.read(digest).decode("utf-8"))
    except (files.NoSuchFile, OSError, UnicodeDecodeError, loader.StatuteErrors) as error:
        raise NoStatute(f"the adopted statute {digest} cannot be read: {error}") from error


def spoilt() -> list[AdoptedStatute]:
    """The adoptions whose file, as it stands now in this home, is not the one that was adopted."""
    found = []
    for one in AdoptedStatute.objects.order_by("born"):
        try:
            files.read(one.digest)
            text_of(one.digest)
        except (files.NoSuchFile, OSError, NoStatute):
            found.append(one)
    return found


def seat_verbs() -> frozenset[str]:
    """The acts that a statute may give to seats."""
    return frozenset(verb for verb, act in all_acts().items() if act.power is Power.SEAT)


@dataclass(frozen=True)
class Checked:
    """A file that is fit to be adopted."""

    statute: Statute
    digest: str
    size: int  # bytes


def checked(digest: str, *, field: str = "file") -> Checked:
    """The statute in a file that was handed in. Raises Refused with every fault of it and its line."""
    try:
        content = files.read(digest)
    except files.NoSuchFile as error:
        raise Refused("statutes.no-such-file", _("No file with this code has been handed in."), field=field) from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        words = _("The file is not plain text: save it as UTF-8.")
        raise Refused("statutes.not-text", words, field=field) from error
    try:
        return Checked(loader.load(text, seat_verbs()), digest, len(content))
    except loader.StatuteErrors as errors:
        words = _("The file is not a statute that can be lived by:") + "\n" + str(errors)
        raise Refused("statutes.faulty", words, field=field) from errors
