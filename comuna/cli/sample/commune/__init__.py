"""The sample commune: 24 invented councils of some 5,000 households, and three years of its life.

Everything in it is done by acts with the clock set back, by people with mandates, as in life; the same seed and the
same moment give the same commune. It ends today, with an assembly convened whose first call is past.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from comuna.cli.sample.commune import events, letters, money, people, processes
from comuna.cli.sample.commune.councils import CouncilLife
from comuna.cli.sample.commune.life import Life
from comuna.cli.sample.commune.organs import AGAINST_IT, MISMATCH, Organs
from comuna.cli.sample.commune.people import code as code, new_id as new_id
from comuna.cli.sample.commune.plenary import CONVENED_BEFORE, Plenary

RECALLED, DISPUTED, RENEWED = 6, 3, 1  # the councils of the recall that carried, the contested quorum, the renewal


@dataclass(frozen=True)
class Made:
    """The commune, and whom the sample signs in as, by the names that its first page says."""

    commune: UUID
    signs_in: dict[str, UUID]
    hands_out: UUID  # who prints their codes: of the executive, as they are of several councils
    planted: tuple[money.Planted, ...]  # what is wrong in the books


def make(seed: int, progress: Callable[[int, int], None], size: people.Size | None = None) -> Made:
    """Perform the sample in an empty home."""
    life = Life(people.found(seed, progress, size or people.Size()), seed, progress)
    organs = Organs(life)
    councils = [CouncilLife(life, one, number, organs.plenaries) for number, one in enumerate(life.councils)]
    for one in councils:
        one.planned()
    organs.planned()
    _unplanned(councils, organs)
    planted = money.kept(councils, seed)
    first = councils[0]
    (neighbour,) = life.next_standing(first.council, 1)
    letters.asked(councils, neighbour)
    processes.planned(life, organs.executive, councils[RENEWED], seed)
    events.today(first, first.secretary).convened(6)
    life.live()
    return Made(life.commune, _signs_in(life, first, neighbour), organs.executive(), tuple(planted))


def _unplanned(councils: list[CouncilLife], organs: Organs) -> None:
    recalled, against, contested = (councils[number] for number in (RECALLED, AGAINST_IT, DISPUTED))
    events.Recall(recalled, "cc.finance", 3, votes=(71, 18)).planned(recalled.assemblies[5], signed=False)
    voted = _voted_against(against, organs).day
    after = [one for one in against.assemblies if (one.day - voted).days > 26]
    events.Recall(against, "pc.council", 1, votes=(31, 55)).planned(after[0], signed=True)
    before, following = contested.assemblies[4:6]
    events.disputed(contested, before, following).convened(6)


def _voted_against(council: CouncilLife, organs: Organs) -> Plenary:
    """The first session, from one on, before which that council decides how its member votes; she votes otherwise."""
    for plenary in organs.plenaries[MISMATCH:]:
        for assembly in council.assemblies:
            if 0 < (plenary.day - assembly.day).days < CONVENED_BEFORE - 1:
                assembly.first, assembly.second = 40, 0
                plenary.against_it, plenary.attendance = council.council, 100
                return plenary
    raise ValueError(f"{council.council.name} never meets before the parliament does")


def _signs_in(life: Life, council: CouncilLife, neighbour: UUID) -> dict[str, UUID]:
    holds = {
        "vocera": council.seat("cc.committee.water"),
        "salud": council.seat("cc.committee.health"),
        "secretaria": council.seat("cc.secretary"),
        "finanzas": council.seat("cc.finance"),
        "comision": council.seat("cc.electoral"),
        "contraloria": council.seat("cc.comptroller"),
        "parlamento": council.seat("pc.council"),
        "empresa": "pc.osp",
    }
    found = {name: life.holder(kind) for name, kind in holds.items()}
    finance = life.holders(holds["finanzas"])
    if len(finance) > 1:
        found["otrafirma"] = finance[1]
    return {"vecina": neighbour} | {name: person for name, person in found.items() if person is not None}
