"""Questions about letters: where a request stands, what waits for whom, what a code answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from comuna.journal import sql
from comuna.letters import rules
from comuna.letters.models import Letter, LetterClosing, LetterRequest, LetterSignature
from comuna.letters.rules import Closing, Resident, Stage
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.statutes.statute import LetterKind, Statute
from comuna.territory import queries as territory
from comuna.territory.models import Person
from comuna.territory.rules import GONE, Residence, here_since, where_on


@dataclass(frozen=True)
class Standing:
    """A request as it is on one day."""

    request: LetterRequest
    signatures: tuple[LetterSignature, ...]  # in the order in which they were given
    letter: Letter | None
    closing: LetterClosing | None
    kind: LetterKind | None  # None once its words are erased, or where the statute no longer has it
    stage: Stage

    @property
    def signers(self) -> frozenset[UUID]:
        return frozenset(one.person for one in self.signatures)


def standing(request: UUID, day: date) -> Standing:
    """Raises LookupError."""
    found = _standings(_whole().filter(pk=request), day)
    if not found:
        raise LookupError(f"no request for a letter has the id {request}")
    return found[0]


def requests_of(person: UUID, day: date) -> list[Standing]:
    """Everything somebody asked for, the newest first."""
    return _standings(_whole().filter(person=person).order_by("-born"), day)


def waiting(commune: UUID, day: date) -> list[Standing]:
    """Requests that wait for signatures, the oldest first."""
    return _standings(_whole().filter(commune=commune, letter=None, closing=None).order_by("born"), day)


def to_sign(commune: UUID, person: UUID, verb: str, day: date) -> list[Standing]:
    """Requests that one of somebody's seats signs and that she has not signed; her own are for others."""
    held = mandates.mandates_of(person, day)
    seats = {one.kind for one in mandates.with_power(statutes.in_force(commune, day), verb, held)}
    return [
        one
        for one in (waiting(commune, day) if seats else [])
        if one.kind and seats.intersection(one.kind.seats) and person not in {one.request.person, *one.signers}
    ]


def register(commune: UUID, councils: Sequence[str] | None) -> QuerySet[LetterRequest]:
    """Every request of the commune, or of these councils, the newest first."""
    found = _whole().filter(commune=commune).order_by("-born")
    return found if councils is None else found.filter(council__in=councils)


def standings(requests: Iterable[LetterRequest], day: date) -> list[Standing]:
    return _standings(requests, day)


def _whole() -> QuerySet[LetterRequest]:
    signatures = Prefetch("signatures", queryset=LetterSignature.objects.order_by("born"))
    found: QuerySet[LetterRequest] = LetterRequest.objects.select_related("letter", "closing")
    return found.prefetch_related(signatures)


def _standings(requests: Iterable[LetterRequest], day: date) -> list[Standing]:
    """Of one commune."""
    rows = list(requests)
    if not rows:
        return []
    statute = statutes.in_force(rows[0].commune, day)
    return [_standing(row, statute, day) for row in rows]


def _standing(row: LetterRequest, statute: Statute, day: date) -> Standing:
    letter, closing = getattr(row, "letter", None), getattr(row, "closing", None)
    how = Closing(closing.how) if closing else None
    return Standing(
        request=row,
        signatures=tuple(row.signatures.all()),
        letter=letter,
        closing=closing,
        kind=statute.letter(row.kind, row.council or None),
        stage=rules.stage(how, letter.last_day if letter else None, day),
    )


# What the books bear out


def resident(person: Person, day: date, *, through_absence: bool) -> Resident:
    """Where somebody is on that day and since when, from her stays."""
    said = [(stay.begins, stay.residence) for stay in territory.stays_of(person.id)]
    where = where_on(day, said)
    gone = where in (None, GONE) or (person.left_on is not None and person.left_on <= day)
    return Resident(
        is_gone=gone,
        is_away=where in (Residence.AWAY, Residence.ABROAD),
        since=None if gone else here_since(day, said, through_absence=through_absence),
    )


def address_of(person: Person) -> str:
    """Where she lives, as the letter says it; "" where the books do not say."""
    home = territory.households_by_id([person.household]).get(person.household) if person.household else None
    return territory.address_words(home) if home else ""


def numbers_taken(commune: UUID, council: str, year: int) -> Sequence[int]:
    """In the register of that year."""
    taken = Letter.objects.filter(commune=commune, council=council, year=year)
    return list(taken.values_list("number", flat=True))


# In whose matters something is done: asked at every act, so by short statements


def council_of_request(request: UUID) -> str | None:
    return _council("SELECT council FROM letters_letterrequest WHERE id = %s", request)


def council_of_signature(signature: UUID) -> str | None:
    asked = "SELECT r.council FROM letters_lettersignature s JOIN letters_letterrequest r ON r.id = s.request_id"
    return _council(f"{asked} WHERE s.id = %s", signature)


def _council(statement: str, id: UUID) -> str | None:
    found = sql.one(statement, sql.uuid_value(id))
    return found[0] or None if found else None


# What everybody may know


def letter_with(digest: str) -> Letter | None:
    """The letter whose code has this digest."""
    found: Letter | None = Letter.objects.filter(digest=digest).first()
    return found


@dataclass(frozen=True)
class Count:
    """How many letters were issued in a year, and how many of all are good today."""

    year: int
    issued: int
    good: int
    waiting: int


def count(commune: UUID, day: date) -> Count:
    issued = Letter.objects.filter(commune=commune)
    good = issued.filter(last_day__gte=day, request__closing=None)
    asked = LetterRequest.objects.filter(commune=commune, letter=None, closing=None)
    return Count(day.year, issued.filter(year=day.year).count(), good.count(), asked.count())
