"""What was said of a process is found, until it is taken back."""

from __future__ import annotations

from django.test import Client

from comuna.processes.acts import StopProcess, UndoStep
from comuna.processes.tests.running import begin, step
from tests.cast import Cast


def found(words: str) -> str:
    return Client().get("/search/", {"q": words}, headers={"accept-language": "en"}).content.decode()


def test_a_step_s_words_and_the_reason_of_a_stop_lead_to_the_process(founded: Cast) -> None:
    run = begin(founded)
    done = founded.does(founded.promoter, step(run, "promoters", 0, words="Acta en la cartelera")).id
    assert f"/processes/{run}/" in found("cartelera")
    assert "Founding of the commune" in found("certificado")
    founded.does(founded.promoter, UndoStep(done=done))
    assert f"/processes/{run}/" not in found("cartelera")
    founded.does(founded.promoter, StopProcess(run=run, reason="Nadie convocó"))
    assert f"/processes/{run}/" in found("convocó")
