"""The example in the guide to writing a statute, lived by: founded, adopted, an assembly that elects."""

from __future__ import annotations

import re
from datetime import date, timedelta

from comuna.journal import files
from comuna.mandates import queries as mandates
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.acts import AdoptStatute
from conftest import Books
from tests.cast import refused
from tests.house import ROOT
from tests.town import TODAY, founded

GUIDE = (ROOT / "docs" / "write-a-statute.md").read_text("utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[0]
MEETING = date(2026, 1, 17)


def test_a_commune_founded_with_a_built_in_statute_goes_over_to_the_guide_s_and_lives_by_it(books: Books) -> None:
    town = founded(builtin.text("venezuela-commune"))
    town.enact(AdoptStatute(file=files.store(EXAMPLE.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    assert town.statute.id == "neighbourhood"
    people = [town.neighbour(claims=number == 0) for number in range(5)]
    session = town.convene(MEETING)
    assert town.attend(session, people)
    assert town.vote(session, 4, 1)
    town.elect(session, "secretary", people[:2])
    town.close(session)
    assert {one.person for one in mandates.holders(town.id, MEETING) if one.kind == "secretary"} == set(people[:2])
    town.at = "2026-01-19T14:00:00Z"
    assert town.convene(date(2026, 1, 24), by=people[0]), "the elected secretary convenes the next"


def test_when_the_promoters_are_done_is_chosen_on_the_founding_day_and_then_stays(books: Books) -> None:
    built_in = builtin.text("venezuela-commune")
    other = built_in.replace('version = "2026.1"', 'version = "a"').replace(
        '"cc.electoral", "cc.comptroller"]', '"cc.electoral"]'
    )
    back = built_in.replace('version = "2026.1"', 'version = "b"')
    town = founded(built_in)
    town.enact(AdoptStatute(file=files.store(other.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    assert town.statute.founding.until and "cc.comptroller" not in town.statute.founding.until.seats
    for first_day in (TODAY + timedelta(days=1), TODAY + timedelta(days=30)):
        with refused("statutes.handover-stays") as caught:
            town.enact(AdoptStatute(file=files.store(back.encode(), statutes.MEDIA_TYPE), first_day=first_day))
        assert "cc.comptroller" not in str(caught.value)
