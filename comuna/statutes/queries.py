"""Which statute is in force on a day, read from the commune's own home, and what a new file says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext as _

from comuna.acts.act import Power, all_acts
from comuna.acts.refusal import Refused
from comuna.journal import files, sql
from comuna.journal.canonical import INTEGER_MAX
from comuna.journal.lock import once
from comuna.statutes import loader
from comuna.statutes.councils import Council
from comuna.statutes.models import AdoptedStatute, Council as CouncilRow
from comuna.statutes.spread import spread
from comuna.statutes.statute import Statute

MEDIA_TYPE = "application/toml"


def in_force(commune: UUID, day: date, *, known_at: int = INTEGER_MAX) -> Statute:
    """The statute of a commune on a day; days before the first adoption are read by that first one.

    ``known_at`` is the number of a record: what was adopted after it is left out. Raises LookupError when none was
    ever adopted. Asked several times at every act, so by short statements.
    """
    return once(("statute", commune, day, known_at), lambda: _in_force(commune, day, known_at))


def _in_force(commune: UUID, day: date, known_at: int) -> Statute:
    here = sql.uuid_value(commune)
    found = sql.one(
        "SELECT digest FROM statutes_adoptedstatute WHERE commune = %s AND in_force_from <= %s AND born <= %s"
        " ORDER BY in_force_from DESC, born DESC LIMIT 1",
        here,
        day.isoformat(),
        known_at,
    ) or sql.one(
        "SELECT digest FROM statutes_adoptedstatute WHERE commune = %s ORDER BY in_force_from, born LIMIT 1", here
    )
    if found is None:
        raise LookupError(f"commune {commune} has adopted no statute")
    digest: str = found[0]
    return with_councils(digest, councils_of(commune, day, known_at) if text_of(digest).level else ())


def councils_of(commune: UUID, day: date, known_at: int = INTEGER_MAX) -> tuple[Council, ...]:
    """The councils that the books have on a day, in the order in which they came into them. Those that were there on
    the first day on which there were any count for the days before, as the first statute does."""
    return once(("councils", commune, day, known_at), lambda: _councils_of(commune, day, known_at))


def _councils_of(commune: UUID, day: date, known_at: int) -> tuple[Council, ...]:
    rows = sql.rows(
        "SELECT slug, name FROM statutes_council WHERE commune = %s AND born <= %s AND (since <= %s OR since ="
        " (SELECT MIN(f.since) FROM statutes_council f WHERE f.commune = statutes_council.commune)) ORDER BY born",
        sql.uuid_value(commune),
        known_at,
        day.isoformat(),
    )
    return tuple(Council(slug, name or slug) for slug, name in rows)


def came_on(commune: UUID) -> tuple[tuple[str, date], ...]:
    """The slug of every council of the books and the day on which it came into them, the first first."""
    rows = sql.rows(
        "SELECT slug, CAST(since AS TEXT) FROM statutes_council WHERE commune = %s ORDER BY born",
        sql.uuid_value(commune),
    )
    return tuple((slug, date.fromisoformat(since)) for slug, since in rows)


def as_known(commune: UUID) -> Callable[[date, int], Statute]:
    """As ``in_force``, for many days and records at once: two statements."""
    adopted, rows = adoptions(commune), councils(commune)
    first = min((row.since for row in rows), default=date.max)

    def at(day: date, known_at: int) -> Statute:
        fitting = [one for one in adopted if one.in_force_from <= day and one.born <= known_at]
        digest = (fitting or adopted)[-1 if fitting else 0].digest
        if not text_of(digest).level:
            return with_councils(digest)
        known = (row for row in rows if row.born <= known_at and (row.since <= day or row.since == first))
        return with_councils(digest, tuple(Council(row.slug, row.name or row.slug) for row in known))

    return at


def councils(commune: UUID) -> list[CouncilRow]:
    """Every council of the books, in the order in which they came into them."""
    return list(CouncilRow.objects.filter(commune=commune).order_by("born"))


def ever_adopted(commune: UUID) -> list[Statute]:
    """Every adopted statute with all councils that the books ever had, the newest first."""
    ever = tuple(Council(row.slug, row.name or row.slug) for row in councils(commune))
    return [with_councils(one.digest, ever) for one in reversed(adoptions(commune))]


def on_its_own_page(commune: UUID, day: date, council: str) -> Statute:
    """The statute in force on a day, in which this council's organs and seats go without its name."""
    digest = adoption_on(commune, day).digest
    unnamed = (Council(one.slug, "" if one.slug == council else one.name) for one in councils_of(commune, day))
    return with_councils(digest, tuple(unnamed))


def councils_on(rows: Sequence[CouncilRow], day: date) -> tuple[Council, ...]:
    """As ``councils_of``, from the rows of ``councils``."""
    first = min((row.since for row in rows), default=day)
    return tuple(Council(row.slug, row.name or row.slug) for row in rows if row.since <= max(day, first))


def in_these_books(commune: UUID, statute: Statute, day: date) -> Statute:
    """What a statute that is not adopted yet would be here."""
    return spread(statute, councils_of(commune, day) if statute.level else ())


@lru_cache(maxsize=64)
def with_councils(digest: str, councils: tuple[Council, ...] = ()) -> Statute:
    """The statute in an adopted file, spread over these councils."""
    return spread(text_of(digest), councils)


def adoption_on(commune: UUID, day: date) -> AdoptedStatute:
    """The adoption in force on a day. Raises LookupError when there is none."""
    adopted = AdoptedStatute.objects.filter(commune=commune)
    found: AdoptedStatute | None = (
        adopted.filter(in_force_from__lte=day).order_by("-in_force_from", "-born").first()
        or adopted.order_by("in_force_from", "born").first()
    )
    if found is None:
        raise LookupError(f"commune {commune} has adopted no statute")
    return found


def adoptions(commune: UUID) -> list[AdoptedStatute]:
    """Every adoption, in the order in which they come into force."""
    return list(AdoptedStatute.objects.filter(commune=commune).order_by("in_force_from", "born"))


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
