"""The people of the sample: the council is founded, and its census comes into the books from a messy spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.cli.sample.families import families
from comuna.cli.sample.listing import spreadsheet
from comuna.journal import files
from comuna.mandates import codes
from comuna.mandates.acts import ClaimAccount, FoundCommune, Promoter
from comuna.statutes import builtin, queries as statutes
from comuna.territory.acts.drafting import import_of
from comuna.territory.acts.matching import plan
from comuna.territory.models import Person
from comuna.territory.queries import age_on
from comuna.territory.reading import Choices, open_table, read_census

NAME = "Consejo Comunal Los Araguaneyes"
FOUNDED_DAYS_AGO = 390
PROMOTERS = (  # name, whether a woman; all heads of households in the list
    ("Milagros Ysabel Coa", True),
    ("Argenis Rafael Sifontes", False),
    ("Deyanira Josefina Marval", True),
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class People:
    """Who there is once the census is in the books."""

    commune: UUID
    promoters: tuple[UUID, ...]
    adults: tuple[UUID, ...]  # here, of 18 years or more on the day of the census, in an order by chance
    names: dict[UUID, str] = field(default_factory=dict)


def found(seed: int, progress: Progress) -> People:
    """Found the council about thirteen months ago and take its census into the books."""
    random = Random(seed)
    begun = _today() - timedelta(days=FOUNDED_DAYS_AGO)
    with frozen_at(_morning(begun)):
        promoters = tuple(_id(random) for _ in PROMOTERS)
        commune = _founding(random, promoters)
        progress(1, 0)
    with frozen_at(_morning(begun + timedelta(days=12))):
        _import(random, commune, promoters[0], begun + timedelta(days=10))
        progress(10, 0)
    return _who(random, commune, promoters, begun)


def _founding(random: Random, promoters: tuple[UUID, ...]) -> UUID:
    digest = files.store(builtin.text("venezuela-commune").encode(), statutes.MEDIA_TYPE)
    proofs = [codes.proof(codes.new()) for _ in promoters]
    act = FoundCommune(
        name=NAME,
        statute=digest,
        promoters=tuple(
            Promoter(person=person, full_name=name, public_name=name, code=codes.digest_of(proof))
            for person, (name, _), proof in zip(promoters, PROMOTERS, proofs, strict=True)
        ),
    )
    commune = perform(act, Actor(), id=_id(random)).id
    for proof in proofs:
        perform(ClaimAccount(proof=proof), Actor(), id=_id(random))
    return commune


def _import(random: Random, commune: UUID, promoter: UUID, census_day: date) -> None:
    data = spreadsheet(random, families(random, PROMOTERS), census_day)
    act_id = _id(random)
    census = read_census(open_table(data), Choices(today=census_day))
    planned = plan(census, commune, act_id, census_day)
    digest = sha256(data).hexdigest()
    act = import_of(planned, census_day=census_day, file_name="censo-los-araguaneyes.xlsx", file_digest=digest)
    perform(act, Actor(promoter), id=act_id, channel="import")


def _who(random: Random, commune: UUID, promoters: tuple[UUID, ...], day: date) -> People:
    here = list(Person.objects.filter(commune=commune, left_on=None, residence="here").order_by("full_name", "id"))
    adults = [person.id for person in here if person.id not in promoters and (age_on(person, day) or 0) >= 18]
    random.shuffle(adults)
    names = dict(Person.objects.filter(commune=commune).values_list("id", "full_name"))
    return People(commune, promoters, tuple(adults), names)


def _id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _today() -> date:
    return datetime.now(UTC).date()


def _morning(day: date) -> datetime:
    """Ten in the morning in Caracas."""
    return datetime.combine(day, time(14), UTC)
