"""The act that does what was planned from a list."""

from __future__ import annotations

from datetime import date
from typing import Any

from comuna.territory.acts.census import ImportCensus
from comuna.territory.acts.known import Learns
from comuna.territory.acts.matching import Line, Outcome, Plan
from comuna.territory.acts.people import Where
from comuna.territory.acts.rows import Learned, Matched, NewHome, NewSector, NewStreet, Taken
from comuna.territory.rules import initials


def import_of(plan: Plan, *, census_day: date, file_name: str, file_digest: str) -> ImportCensus:
    """To be performed under the plan's act id."""
    known = plan.of(Outcome.MATCHED)
    return ImportCensus(
        census_day=census_day,
        file_name=file_name,
        file_digest=file_digest,
        rows=plan.rows,
        council=plan.council or None,
        listed=plan.rows_listed,
        sectors=tuple(NewSector(sector=id, name=name) for id, name in plan.sectors),
        streets=tuple(NewStreet(street=id, name=name, sector=sector) for id, name, sector in plan.streets),
        homes=tuple(
            NewHome(
                household=home.id,
                street=home.street,
                sector=home.sector,
                house=home.house or None,
                people_said=home.people_said,
                council=plan.council or None,
            )
            for home in plan.homes
        ),
        taken=tuple(_taken(line, plan) for line in plan.of(Outcome.TAKEN)),
        matched=tuple(Matched(**_place(line)) for line in known if not line.learns),
        learned=tuple(_learned(line, plan) for line in known if line.learns),
    )


def _place(line: Line) -> dict[str, Any]:
    return {"person": line.person, "sheet": line.at.sheet, "row": line.at.row, "part": line.at.part}


def _taken(line: Line, plan: Plan) -> Taken:
    read = line.read
    assert read is not None
    return Taken(
        **_place(line),
        full_name=read.full_name,
        initials=initials(read.full_name),
        household=plan.home_of[read.household],
        relation=read.relation or None,
        birth_day=read.birth_day,
        age_years=read.age_years,
        residence=Where(read.residence.value),
        identity=read.identity,
        health=read.health or None,
        council=plan.council or None,
    )


def _learned(line: Line, plan: Plan) -> Learned:
    read = line.read
    assert read is not None
    learns = line.learns
    return Learned(
        **_place(line),
        initials=initials(read.full_name) if Learns.INITIALS in learns else None,
        household=plan.home_of[read.household] if Learns.HOUSEHOLD in learns else None,
        relation=read.relation if Learns.RELATION in learns else None,
        birth_day=read.birth_day if Learns.AGE in learns else None,
        age_years=read.age_years if Learns.AGE in learns else None,
        identity=read.identity if Learns.IDENTITY in learns else None,
        health=read.health if read.health and Learns.HEALTH in learns else None,
        council=plan.council if Learns.COUNCIL in learns else None,
    )
