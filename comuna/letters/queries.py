"""Questions about letters: where a request stands, what waits for whom, what a code answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from comuna.journal import sql
from comuna.letters import rules
from comuna.letters.models import Letter, LetterClosing, LetterRequest, LetterSignature
from comuna.letters.rules import Closing, Lapse, Resident, Saying, Stage
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.statutes.statute import LetterKind, Statute, in_books
from comuna.territory import queries as territory
from comuna.territory.models import Household, Person, Stay
from comuna.territory.rules import GONE, Residence, here_since, where_on

SIGN = "letters.sign"
"""The act by which a seat signs."""


@dataclass(frozen=True)
class Standing:
    """A request as it is on one day."""

    request: LetterRequest
    signatures: tuple[LetterSignature, ...]  # in the order in which they were given
    letter: Letter | None
    closing: LetterClosing | None
    kind: LetterKind | None  # None once its words are erased, or where the statute no longer has it
    stage: Stage
    lapsed: Mapping[UUID, Lapse] = field(default_factory=dict)  # why a signature does not count, while the letter waits

    @property
    def counted(self) -> tuple[LetterSignature, ...]:
        return tuple(one for one in self.signatures if one.id not in self.lapsed)

    @property
    def signers(self) -> frozenset[UUID]:
        """Whose signatures count."""
        return frozenset(one.person for one in self.counted)


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
    found = [_standing(row, statute, day) for row in rows]
    lapsed = _lapsed(statute, [one for one in found if one.stage is Stage.WAITING and one.signatures], day)
    return [replace(one, lapsed=lapsed.get(one.request.id, {})) for one in found]


def _lapsed(statute: Statute, waiting: Sequence[Standing], day: date) -> dict[UUID, dict[UUID, Lapse]]:
    """Of each of these requests the signatures that do not count: five statements and those of the mandates."""
    if not waiting:
        return {}
    held = mandates.holdings([row.mandate for one in waiting for row in one.signatures], day)
    people = territory.people_by_id(waiting[0].request.commune, [one.request.person for one in waiting])
    homes = territory.households_by_id([one.household for one in people.values() if one.household])
    stays = territory.stays_of_each(list(people))
    found: dict[UUID, dict[UUID, Lapse]] = {}
    for one in waiting:
        person, seats = people.get(one.request.person), one.kind.seats if one.kind else ()
        may = mandates.with_power(statute, SIGN, held.values(), seats=seats) if seats else []
        hold = {holding.mandate for holding in may}
        says = None
        if person is not None and one.kind is not None:
            home = homes.get(person.household) if person.household else None
            where = _resident(person, stays.get(person.id, []), day, through_absence=one.kind.away_counts)
            says = _saying(person, one.kind, where, home).digest
        why = {row.id: rules.lapse(row.words, says, row.mandate in hold) for row in one.signatures}
        found[one.request.id] = {id: lapse for id, lapse in why.items() if lapse is not None}
    return found


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
    return _resident(person, territory.stays_of(person.id), day, through_absence=through_absence)


def _resident(person: Person, stays: Iterable[Stay], day: date, *, through_absence: bool) -> Resident:
    said = [(stay.begins, stay.residence) for stay in stays]
    where = where_on(day, said)
    gone = where in (None, GONE) or (person.left_on is not None and person.left_on <= day)
    return Resident(
        is_gone=gone,
        is_away=where in (Residence.AWAY, Residence.ABROAD),
        since=None if gone else here_since(day, said, through_absence=through_absence),
    )


def saying(person: Person, kind: LetterKind, resident: Resident) -> Saying:
    """What the letter says of her as the books have it, where she lives included: "" where they do not say."""
    home = territory.households_by_id([person.household]).get(person.household) if person.household else None
    return _saying(person, kind, resident, home)


def newest_change(person: Person) -> int:
    """The number of the last record that changed anything of what letters say of her."""
    home = territory.households_by_id([person.household]).get(person.household) if person.household else None
    street = home.street if home else None
    places = home, street, home.sector if home else None, street.sector if street else None
    return max(row.touched for row in (person, *places) if row is not None)


def _saying(person: Person, kind: LetterKind, resident: Resident, home: Household | None) -> Saying:
    return Saying(
        title=in_books(kind.name),
        attests=in_books(kind.attests),
        days=kind.days,
        full_name=person.full_name,
        address=territory.address_words(home) if home else "",
        since=resident.since,
    )


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
