"""The people of the sample commune: founded by three promoters, 24 councils registered, the census of each taken in."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from importlib.resources import files as resources
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from comuna.acts import clock
from comuna.acts.act import row_key
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.cli.sample.families import Family, Neighbour, families
from comuna.journal import files
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, FoundCommune, Promoter, RegisterCouncil
from comuna.mandates.acts.councils import slug_of
from comuna.statutes import builtin, queries as statutes
from comuna.territory.acts import ImportCensus
from comuna.territory.acts.people import Where
from comuna.territory.acts.rows import Learned, NewHome, NewSector, NewStreet, Taken, person_key
from comuna.territory.reading.grids import Place
from comuna.territory.rules import initials

_PLACES = tomllib.loads(resources(__package__).joinpath("places.toml").read_text("utf-8"))
NAME: str = _PLACES["name"]
COUNCILS: tuple[str, ...] = tuple(_PLACES["councils"])

YEARS = 3  # founded so long before today


@dataclass(frozen=True)
class Size:
    """How large the sample is."""

    councils: int = len(COUNCILS)  # eight at least, for the organs of the commune to be filled
    households: range = range(186, 232)  # of a council


STREETS = 8  # of a council, four in each of its two sectors
ZONE = ZoneInfo("America/Caracas")
PROMOTERS = (  # name, whether a woman
    ("Milagros Ysabel Coa", True),
    ("Argenis Rafael Sifontes", False),
    ("Deyanira Josefina Marval", True),
)


@dataclass(frozen=True)
class Council:
    """A council and who lives in it."""

    name: str
    slug: str
    streets: tuple[str, ...]
    roll: tuple[UUID, ...]  # here and of 15 years or more when the census was taken, in an order by chance
    standing: tuple[UUID, ...]  # of these, whoever may stand for any seat


@dataclass(frozen=True)
class People:
    """Who there is once every census is in the books."""

    commune: UUID
    promoters: tuple[UUID, ...]
    councils: tuple[Council, ...]
    names: dict[UUID, str] = field(default_factory=dict)

    @property
    def adults(self) -> tuple[UUID, ...]:
        return tuple(person for council in self.councils for person in council.standing)


def found(seed: int, progress: Callable[[int, int], None], size: Size) -> People:
    """Found the commune, register its councils and take their censuses in."""
    random = Random(f"{seed}.people")
    today = clock.now().astimezone(ZONE).date()
    begun = today.replace(year=today.year - YEARS, day=min(today.day, 28))
    promoters = tuple(new_id(random) for _ in PROMOTERS)
    with frozen_at(_at(begun, 10)):
        commune = _founding(random, promoters)
        for name in COUNCILS[: size.councils]:
            perform(RegisterCouncil(name=name), Actor(promoters[0]), id=new_id(random))
    names = {person: name for person, (name, _) in zip(promoters, PROMOTERS, strict=True)}
    councils = []
    for number, name in enumerate(COUNCILS[: size.councils]):
        day = begun + timedelta(days=2 + number // 3)
        with frozen_at(_at(day, 10 + number % 3)):
            census = _Census(random, name, day - timedelta(days=1), random.choice(size.households))
            census.brought(promoters[number % len(promoters)], promoters if number == 0 else ())
        councils.append(census.council())
        names |= census.names
        progress(number, 0)
    return People(commune, promoters, tuple(councils), names)


def _founding(random: Random, promoters: Sequence[UUID]) -> UUID:
    digest = files.store(builtin.text("venezuela-commune").encode(), statutes.MEDIA_TYPE)
    proofs = [code(random) for _ in promoters]
    act = FoundCommune(
        name=NAME,
        statute=digest,
        promoters=tuple(
            Promoter(person=person, full_name=name, public_name=name, code=codes.digest_of(proof))
            for person, (name, _), proof in zip(promoters, PROMOTERS, proofs, strict=True)
        ),
    )
    commune = perform(act, Actor(), id=new_id(random)).id
    for proof in proofs:
        perform(ClaimAccount(proof=proof), Actor(), id=new_id(random))
    return commune


class _Census:
    """One council's list, as the act that takes it in."""

    def __init__(self, random: Random, name: str, day: date, households: int) -> None:
        self.random, self.name, self.day, self.households = random, name, day, households
        self.slug, self.act = slug_of(name), new_id(random)
        self.names: dict[UUID, str] = {}
        self.grown: list[tuple[UUID, int]] = []  # here, with their ages
        self.taken: list[Taken] = []
        self.learned: list[Learned] = []
        self.identities: set[int] = set()
        self.streets: tuple[str, ...] = ()

    def brought(self, by: UUID, promoters: Sequence[UUID]) -> None:
        """The promoters are in the books already; the list says where they live."""
        heads = PROMOTERS if promoters else ()
        homes = families(self.random, heads, count=self.households)
        places = [row_key(self.act, "home", number) for number in range(len(homes))]
        known = dict(zip((name for name, _ in PROMOTERS), promoters, strict=False))
        for family, home in zip(homes, places, strict=True):
            for one in family:
                self._write(one, home, known.get(one.name))
        sectors, streets = self._places()
        self.streets = tuple(street.name for street in streets)
        act = ImportCensus(
            census_day=self.day,
            file_name=f"censo-{self.slug}.xlsx",
            file_digest=sha256(f"{self.slug} {len(self.taken)}".encode()).hexdigest(),
            rows=len(self.taken) + len(self.learned),
            listed=0,
            council=self.slug,
            sectors=sectors,
            streets=streets,
            homes=self._homes(homes, places, streets),
            taken=tuple(self.taken),
            learned=tuple(self.learned),
        )
        perform(act, Actor(by), id=self.act, channel="import")

    def _places(self) -> tuple[tuple[NewSector, ...], tuple[NewStreet, ...]]:
        sectors = tuple(
            NewSector(sector=row_key(self.act, "sector", number), name=name)
            for number, name in enumerate(self.random.sample(_PLACES["sectors"], 2))
        )
        streets = tuple(
            NewStreet(street=row_key(self.act, "street", number), name=name, sector=sectors[number % 2].sector)
            for number, name in enumerate(self.random.sample(_PLACES["streets"], STREETS))
        )
        return sectors, streets

    def _homes(self, homes: list[Family], places: list[UUID], streets: Sequence[NewStreet]) -> tuple[NewHome, ...]:
        return tuple(
            NewHome(
                household=place,
                street=streets[number % STREETS].street,
                sector=streets[number % STREETS].sector,
                house=str(number // STREETS + 1),
                people_said=len(family),
                council=self.slug,
            )
            for number, (place, family) in enumerate(zip(places, homes, strict=True))
        )

    def _write(self, one: Neighbour, home: UUID, known: UUID | None) -> None:
        if known is not None:
            self.learned.append(
                Learned(
                    person=known, sheet=0, row=0, part=0, household=home, age_years=max(one.age, 18), council=self.slug
                )
            )
            return
        number = len(self.taken)
        person = person_key(self.act, Place(0, number, 0))
        where = _where(one.remark)
        self.taken.append(
            Taken(
                person=person,
                sheet=0,
                row=number,
                part=0,
                full_name=one.name,
                initials=initials(one.name),
                household=home,
                relation=one.relation,
                age_years=one.age if self.random.random() > 0.03 else None,
                residence=where,
                identity=self._identity(one),
                health=one.illness,
                council=self.slug,
            )
        )
        self.names[person] = one.name
        if where is Where.HERE and self.taken[-1].age_years is not None and one.age >= 15:
            self.grown.append((person, one.age))

    def _identity(self, one: Neighbour) -> str | None:
        """Nobody has anybody else's: the council's part of the numbers is its own."""
        if one.identity is None:
            return None
        number = one.identity // 100 * 100 + COUNCILS.index(self.name)
        while number in self.identities:
            number += 100
        self.identities.add(number)
        return f"V-{number}"

    def council(self) -> Council:
        self.random.shuffle(self.grown)
        standing = tuple(person for person, age in self.grown if age in range(22, 69))
        return Council(self.name, self.slug, self.streets, tuple(person for person, _ in self.grown), standing)


def _where(remark: str | None) -> Where:
    if not remark:
        return Where.HERE
    return Where.AWAY if remark.startswith(("trabaja", "estudia")) else Where.ABROAD


def code(random: Random) -> str:
    """The proof of a printed code."""
    return codes.proof(codes.printed(random.getrandbits(codes.BITS)))


def new_id(random: Random) -> UUID:
    """An act's id by chance, the same for the same seed."""
    return UUID(int=random.getrandbits(128), version=4)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)
