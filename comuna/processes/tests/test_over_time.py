"""A process and the books around it: an amended statute, a session it rests on, seats that change."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.journal import files
from comuna.processes import queries
from comuna.processes.acts import BeginProcess, RecordStep
from comuna.statutes import queries as statutes
from comuna.statutes.acts import AdoptStatute
from conftest import Books
from tests.cast import refused
from tests.town import TODAY, Town, founded
from tests.words import base, changed

CHARTER = "charter"


def begun(town: Town, day: date = TODAY) -> BeginProcess:
    return BeginProcess(process="founding", day=day, origin_words="Certificado 14")


def test_a_process_goes_on_by_the_text_under_which_it_began(books: Books) -> None:
    town = founded(base())
    run = town.do(town.promoters[0], begun(town)).id
    text = changed({'version = "1"': 'version = "2"', "days = 45": "days = 5"})
    town.enact(AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY))
    [step, _referendum] = queries.standing(run, TODAY).steps
    assert step.due_on == TODAY + timedelta(days=45)
    [newer] = [one for one in queries.processes(town.id, TODAY) if one.id == "founding"]
    assert newer.steps[0].days == 5


def test_a_step_names_the_session_it_was_done_in_and_the_session_s_act_leads_to_it(books: Books) -> None:
    town = founded(base())
    by = town.promoters[0]
    run = town.do(by, begun(town)).id
    session = town.convene(date(2026, 1, 24), by=town.seated("secretary"))
    with refused("processes.session-later"):
        town.do(by, RecordStep(run=run, step=CHARTER, day=date(2026, 1, 23), session=session))
    with refused("processes.session-without-quorum"):
        town.do(by, RecordStep(run=run, step=CHARTER, day=date(2026, 1, 24), session=session))
    assert town.attend(session, town.entitled())
    town.do(by, RecordStep(run=run, step=CHARTER, day=date(2026, 1, 24), session=session))
    with frozen_at(town.at):
        page = Client().get(f"/processes/{run}/", headers={"accept-language": "en"}).content.decode()
        thread = Client().get(f"/acts/{session}/", headers={"accept-language": "en"}).content.decode()
    assert "session 1 of 2026" in page
    assert "recorded a step: Carta" in thread
