"""Invented families in the proportions of a Venezuelan neighbourhood, each name put together by chance.

Two hundred households of about 2.7 people: a quarter children, one in ten above 65, mothers alone with their
children, grandparents, sons and daughters in Colombia, Peru or Chile. Of each two surnames the first is the
father's and the second the mother's; identity numbers grow with the year of birth, as they were issued.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from random import Random

HOUSEHOLDS = 200

_NAMES = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
WOMEN: list[str] = _NAMES["women"]
MEN: list[str] = _NAMES["men"]
SURNAMES: list[str] = _NAMES["surnames"]

_KINDS = ("alone", "couple", "family", "mother", "three generations", "grandmother")
_WEIGHTS = (19, 20, 29, 18, 9, 5)
_ABROAD = ("está en Colombia", "emigró a Perú", "en Chile", "vive en España", "se fue a Brasil a trabajar")
_AWAY = ("trabaja fuera", "estudia fuera", "trabaja fuera, viene los domingos")


@dataclass(frozen=True)
class Neighbour:
    """One invented person, as a list would have her."""

    name: str
    is_woman: bool
    age: int
    relation: str
    identity: int | None = None
    illness: str | None = None
    remark: str | None = None


Family = list[Neighbour]


def families(random: Random, heads: Sequence[tuple[str, bool]] = (), count: int = HOUSEHOLDS) -> list[Family]:
    """That many households, some of them those of ``heads``: (name, whether a woman)."""
    used = {name for name, _ in heads}
    made = [_family(random, used, head) for head in heads]
    made += [_family(random, used, None) for _ in range(count - len(made))]
    random.shuffle(made)
    return made


def _family(random: Random, used: set[str], head: tuple[str, bool] | None) -> Family:
    kind = "family" if head else random.choices(_KINDS, _WEIGHTS)[0]
    surnames = (random.choice(SURNAMES), random.choice(SURNAMES))
    woman = head[1] if head else (kind in ("mother", "grandmother") or random.random() < 0.35)
    age = _age_of_head(random, kind)
    first = Neighbour(head[0] if head else _name(random, woman, surnames, used), woman, age, "Jefe(a)")
    members = [first, *_others(random, kind, first, surnames, used)]
    return [_completed(random, one, place) for place, one in enumerate(members)]


def _age_of_head(random: Random, kind: str) -> int:
    low, high = {"alone": (27, 88), "couple": (24, 82), "grandmother": (58, 84)}.get(kind, (24, 62))
    if kind == "three generations":
        low, high = 40, 60
    return random.randint(low, high)


def _others(random: Random, kind: str, head: Neighbour, surnames: tuple[str, str], used: set[str]) -> list[Neighbour]:
    """Everybody but the head, with the surnames that the family gives them."""
    others: list[Neighbour] = []
    mother = surnames[0] if head.is_woman else random.choice(SURNAMES)
    if kind in ("couple", "family", "three generations"):
        partner_is_woman = not head.is_woman
        own = (mother if partner_is_woman else random.choice(SURNAMES), random.choice(SURNAMES))
        age = max(19, head.age + random.randint(-7, 5))
        relation = random.choice(("esposa", "concubina") if partner_is_woman else ("esposo", "concubino"))
        others.append(Neighbour(_name(random, partner_is_woman, own, used), partner_is_woman, age, relation))
    father = surnames[0] if not head.is_woman else (others[0].name.split()[2] if others else random.choice(SURNAMES))
    if kind in ("family", "mother", "three generations"):
        youngest_mother = min([head.age, *(one.age for one in others)])
        for _ in range(random.choices((1, 2, 3, 4), (42, 36, 16, 6))[0]):
            woman = random.random() < 0.5
            age = random.randint(0, max(1, min(34, youngest_mother - 18)))
            name = _name(random, woman, (father, mother), used)
            others.append(Neighbour(name, woman, age, "hija" if woman else "hijo"))
    if kind == "three generations":
        woman = random.random() < 0.7
        name = _name(random, woman, (random.choice(SURNAMES), random.choice(SURNAMES)), used)
        others.append(Neighbour(name, woman, min(92, head.age + random.randint(19, 32)), "madre" if woman else "padre"))
    if kind == "grandmother":
        for _ in range(random.randint(1, 2)):
            woman = random.random() < 0.5
            name = _name(random, woman, (random.choice(SURNAMES), surnames[0]), used)
            others.append(Neighbour(name, woman, random.randint(2, 19), "nieta" if woman else "nieto"))
    return others


def _name(random: Random, woman: bool, surnames: tuple[str, str], used: set[str]) -> str:
    """Two given names and two surnames that nobody has yet."""
    while True:
        given = " ".join(random.sample(WOMEN if woman else MEN, 2))
        name = f"{given} {surnames[0]} {surnames[1]}"
        if name not in used:
            used.add(name)
            return name


def _completed(random: Random, one: Neighbour, place: int) -> Neighbour:
    illness = None
    if random.random() < (0.38 if one.age > 55 else 0.07):
        illness = random.choice(("HTA", "diabetes", "asma", "movilidad reducida", "hipertensión", "artritis"))
    remark = None
    if place and one.age >= 18 and random.random() < (0.34 if one.age < 45 else 0.05):
        remark = random.choice(_ABROAD if random.random() < 0.7 else _AWAY)
    return replace(one, identity=_identity(random, one.age), illness=illness, remark=remark)


def _identity(random: Random, age: int) -> int | None:
    """About half a million numbers were issued for each year of birth; children get theirs at nine."""
    if age < 9 or random.random() < 0.04:
        return None
    born_after_1940 = max(0, 2025 - age - 1940)
    return 1_900_000 + born_after_1940 * 430_000 + random.randint(0, 400_000)
