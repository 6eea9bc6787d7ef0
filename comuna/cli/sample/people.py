"""The people of the sample: invented names in realistic proportions, first as a messy spreadsheet, then in the books.

Households of about 2.7 people, a third of them children, some abroad or away for work, ages that nobody wrote
down, identity numbers in every form: a list as street leaders keep them. All names are put together by chance.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from importlib.resources import files as files_of_package
from random import Random
from uuid import UUID

import openpyxl

from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
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
HOUSEHOLDS = 200
FOUNDED_DAYS_AGO = 390
PROMOTERS = ("Milagros Ysabel Coa", "Argenis Rafael Sifontes", "Deyanira Josefina Marval")

_NAMES = tomllib.loads(files_of_package(__package__).joinpath("names.toml").read_text("utf-8"))
WOMEN, MEN, SURNAMES = _NAMES["women"], _NAMES["men"], _NAMES["surnames"]
STREETS = (
    ("Calle Araguaney", "CALLE ARAGUANEY #", "C/ Araguaney casa", "calle araguaney"),
    ("Calle La Ceiba", "C/ La Ceiba casa", "CALLE LA CEIBA #", "Calle la ceiba casa"),
    ("Avenida El Samán", "Av. El Samán", "AV. EL SAMÁN casa", "Avenida El Samán casa"),
    ("Vereda 3", "Vda. 3 casa", "VEREDA 3 casa", "Vereda 3 #"),
    ("Callejón Las Flores", "Callejón Las Flores casa", "CALLEJON LAS FLORES", "Callejón Las Flores #"),
    ("Calle 5 de Julio", "Calle 5 de Julio casa", "CALLE 5 DE JULIO #", "C/ 5 de Julio casa"),
)
HEADER = ("Casa", "Nombre y apellido", "Cédula", "Edad", "Parentesco", "Enfermedad / condición", "Observación")

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
            for person, name, proof in zip(promoters, PROMOTERS, proofs, strict=True)
        ),
    )
    commune = perform(act, Actor(), id=_id(random)).id
    for proof in proofs:
        perform(ClaimAccount(proof=proof), Actor(), id=_id(random))
    return commune


def _import(random: Random, commune: UUID, promoter: UUID, census_day: date) -> None:
    data = spreadsheet(random, census_day)
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


def spreadsheet(random: Random, census_day: date) -> bytes:
    """The census as a street leader would bring it: an xlsx file."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "CENSO"
    sheet.append(["CENSO COMUNITARIO LOS ARAGUANEYES"])
    sheet.append(["Levantado por: vocería de calle", None, None, "Fecha:", census_day.strftime("%d/%m/%Y")])
    sheet.append([])
    sheet.append(list(HEADER))
    used: set[str] = set()
    for number in range(HOUSEHOLDS):
        for line in _household(random, number, used):
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _household(random: Random, number: int, used: set[str]) -> list[list[object]]:
    street = STREETS[number * len(STREETS) // HOUSEHOLDS]
    address = f"{random.choice(street[1:])} {2 * (number % 40) + 1 + random.randint(0, 1)}"
    size = random.choices((1, 2, 3, 4, 5, 6), weights=(18, 32, 24, 15, 8, 3))[0]
    surname = random.choice(SURNAMES)
    head = random.randint(24, 82)
    lines = []
    for place in range(size):
        age = head if place == 0 else _age(random, place, head)
        relation = "Jefe(a)" if place == 0 else _relation(random, place, age)
        name = _name(random, surname, used)
        lines.append(
            [
                address if place == 0 else None,
                name,
                _identity(random, age),
                _age_words(random, age),
                relation,
                _illness(random, age),
                _where(random, age) if place else None,
            ]
        )
    return lines


def _age(random: Random, place: int, head: int) -> int:
    if place == 1:
        return max(18, head + random.randint(-8, 8))
    return random.randint(0, max(1, min(40, head - 17)))


def _relation(random: Random, place: int, age: int) -> str:
    if place == 1:
        return random.choice(("esposa", "esposo", "concubino", "concubina"))
    return random.choice(("hijo", "hija")) if age < 40 else random.choice(("madre", "suegra", "hermano", "otro"))


def _name(random: Random, surname: str, used: set[str]) -> str:
    while True:
        first = random.choice((WOMEN, MEN))
        name = f"{random.choice(first)} {random.choice(first)} {surname} {random.choice(SURNAMES)}"
        if name not in used and len(set(name.split())) == 4:
            used.add(name)
            return name.upper() if random.random() < 0.08 else name


def _identity(random: Random, age: int) -> object:
    if age < 10 or random.random() < 0.06:
        return random.choice((None, "S/C"))
    number = random.randint(4_000_000, 33_000_000)
    dotted = f"{number:,}".replace(",", ".")
    return random.choice((f"V-{number}", f"v.{number}", number, dotted, f"V{number}"))


def _age_words(random: Random, age: int) -> object:
    if age == 0:
        return f"{random.randint(1, 11)} meses"
    return random.choices((age, "ND", None), weights=(95, 3, 2))[0]


def _illness(random: Random, age: int) -> str | None:
    if random.random() > (0.35 if age > 50 else 0.06):
        return None
    return random.choice(("HTA", "diabetes", "asma", "movilidad reducida", "hipertensión"))


def _where(random: Random, age: int) -> str | None:
    if age < 18 or random.random() > 0.16:
        return None
    return random.choice(("está en Colombia", "emigró a Chile", "trabaja fuera", "en Perú", "estudia fuera"))


def _id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _today() -> date:
    return datetime.now(UTC).date()


def _morning(day: date) -> datetime:
    """Ten in the morning in Caracas."""
    return datetime.combine(day, time(14), UTC)
