"""Processes in a commune of councils: each renews itself; all vote together, each council at its polling place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.mandates.acts import RegisterCouncil
from comuna.processes import queries
from comuna.processes.acts import BeginProcess, PollRow, RecordStep
from comuna.statutes import builtin
from comuna.territory.acts import RegisterPerson
from conftest import Books
from tests.town import LONG_AGO, TODAY, Town, founded

MIRADOR, CEIBA = "el-mirador", "la-ceiba"


@pytest.fixture
def town(books: Books) -> Town:
    town = founded(builtin.text("venezuela-commune"))
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    return town


def secretary(town: Town, council: str, ends: date) -> UUID:
    town.neighbours += 1
    name = f"Marisol Guerra {town.neighbours}"
    act = RegisterPerson(full_name=name, birth_day=date(1980, 5, 17), residence_since=LONG_AGO, council=council)
    person = town.do(town.promoters[0], act).id
    town.claim(person)
    town.enact(town.entry(person, f"cc.secretary@{council}", ends=ends))
    return person


def test_each_council_renews_itself_by_its_own_first_end_and_no_other(town: Town) -> None:
    here = secretary(town, MIRADOR, date(2026, 6, 30))
    there = secretary(town, CEIBA, date(2027, 6, 30))
    begin = BeginProcess(process="renewal", council=MIRADOR, day=TODAY)
    assert town.outcome(there, begin) == "mandates.other-seat"
    run = town.do(here, begin).id
    assert queries.standing(run, TODAY).run.ends_first == date(2026, 6, 30)
    convene = RecordStep(run=run, step="convene", day=TODAY, words="Convocatoria")
    assert town.outcome(there, convene) == "mandates.other-seat"
    assert town.outcome(here, convene) == "done"
    assert town.outcome(here, BeginProcess(process="renewal", day=TODAY)) != "done"


def test_a_referendum_is_counted_at_each_council_s_polling_place(town: Town) -> None:
    by = town.promoters[0]
    run = town.do(by, BeginProcess(process="founding", day=date(2025, 12, 1), origin_words="Certificado 14")).id
    for step, day in (("promoters", 1), ("charter", 5), ("commission", 6), ("publicity", 20)):
        town.do(by, RecordStep(run=run, step=step, day=date(2025, 12, day), words="Acta"))
    town.at = "2026-01-12T13:00:00Z"
    town.enact(RegisterCouncil(name="Las Brisas"))  # which came when the founding was under way
    polls = tuple(
        PollRow(council=council, issued=60, votes_for=votes_for, against=10, blank=0, spoiled=0)
        for council, votes_for in ((MIRADOR, 50), (CEIBA, 30), ("las-brisas", 10))
    )
    why = "Falta el censo de dos consejos"
    act = RecordStep(run=run, step="referendum", day=date(2025, 12, 28), words="Acta", roll=600, polls=polls)
    town.do(by, act.model_copy(update={"roll_reason": why}))
    done = queries.standing(run, date(2026, 1, 12)).find("referendum")
    assert done is not None and done.done is not None
    assert (done.done.turnout, done.done.votes_for, done.done.passed) == (120, 90, True)
    with frozen_at(town.at):
        said = Client().get(f"/processes/{run}/").content.decode()
    assert "El Mirador" in said
    assert "La Ceiba" in said
