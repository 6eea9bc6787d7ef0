"""The pages of processes: everybody reads them; who records a step does it there."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from comuna.processes.acts import StopProcess
from comuna.processes.models import PollCount, ProcessRun, StepDone
from comuna.processes.tests.running import NOT_REGISTERED, begin, record, to_referendum, vote
from tests.cast import TODAY, Cast


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return " ".join(answer.content.decode().split())


def sent(client: Client, path: str, **fields: str) -> str:
    """The page to which a form leads."""
    answer = client.post(path, {"_id": str(uuid4()), **fields})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer["Location"])


def test_everybody_reads_what_the_statute_asks_for_before_anything_has_begun(founded: Cast) -> None:
    said = page(Client(), "/processes/")
    assert "No process runs" in said
    assert "until day 59" in said
    assert "15 % of everybody entitled" in said
    assert "until 90 days before" in said


def test_a_process_shows_what_was_done_what_is_late_and_what_is_next(founded: Cast) -> None:
    run = begin(founded)
    record(founded, run, ("promoters", 2))
    said = page(Client(), f"/processes/{run}/")
    assert "Next: Founding charter drafted, until 1 February" in said
    assert "done on 4 January, 2 days late" in said
    assert "past its day" in said
    assert "can be done now" in said
    assert "Certificado 14" in said
    assert said.count("/acts/") >= 2
    listed = page(Client(), "/processes/")
    assert f"/processes/{run}/" in listed
    assert "1 process runs" in listed


def test_a_step_stands_in_the_week_of_its_last_day_until_it_is_done(founded: Cast) -> None:
    run = begin(founded)
    record(founded, run, ("promoters", 2), ("charter", 5))
    assert "Last day: Founding charter publicised for 15 days" in page(Client(), "/")  # on 16 February
    record(founded, run, ("publicity", 20))
    assert "Last day: Founding charter publicised" not in page(Client(), "/")


def test_the_calendar_has_the_last_day_of_each_step_until_it_is_done(founded: Cast) -> None:
    def calendar(path: str = "/agenda.ics") -> dict[str, date]:
        events = Calendar.from_ical(Client().get(path, headers={"accept-language": "en"}).content).walk("VEVENT")
        return {str(one["summary"]): one.decoded("dtstart") for one in events}

    run = begin(founded)
    record(founded, run, ("promoters", 2))
    assert calendar()["Last day: Founding charter drafted"] == date(2026, 2, 1)
    assert "Last day: Promoters' commission" not in calendar()
    record(founded, run, ("charter", 5))
    assert "Last day: Founding charter drafted" not in calendar()
    assert calendar()["Last day: Referendum"] == date(2026, 3, 2)
    founded.does(founded.promoter, StopProcess(run=run, reason="Se empieza de nuevo"))
    assert calendar() == {}


def test_a_vote_shows_its_turnout_its_majority_and_its_papers(founded: Cast) -> None:
    run = to_referendum(founded)
    founded.does(founded.promoter, vote(run, 120, 40))
    said = page(Client(), f"/processes/{run}/").replace("\u00a0", " ")
    assert "160 of 1,000 (16 %) took part; needed: 150" in said
    assert "Approved: 120 for, 40 against." in said


def test_too_few_papers_are_said_and_nothing_follows(founded: Cast) -> None:
    run = to_referendum(founded)
    founded.does(founded.promoter, vote(run, 20, 4))
    said = page(Client(), f"/processes/{run}/")
    assert "Not approved: too few took part (20 for, 4 against)." in said
    assert "A vote was not approved, so nothing follows from it." in said


def test_a_stopped_process_says_why(founded: Cast) -> None:
    run = begin(founded)
    founded.does(founded.promoter, StopProcess(run=run, reason="Nadie sigue"))
    assert "Nadie sigue" in page(Client(), f"/processes/{run}/")


def test_a_founding_is_begun_recorded_voted_on_taken_back_and_stopped_with_forms(founded: Cast) -> None:
    browser = founded.browser(founded.promoter)
    assert "/processes/begin/" in page(browser, "/my-mandate/")
    there = sent(
        browser, "/processes/begin/", process="founding", day="2/1/2026", origin_words="Certificado 14", council=""
    )
    run = ProcessRun.objects.get()
    assert there == f"/processes/{run.id}/"
    for step, day in (("promoters", 2), ("charter", 5), ("commission", 6), ("publicity", 20)):
        assert f"?run={run.id}&amp;step={step}" in page(browser, there)
        _recorded(browser, run.id, step, day)
    asked = page(browser, f"/processes/step/?run={run.id}&step=referendum")
    assert "polls.0.issued" in asked
    counts = {"issued": "200", "votes_for": "120", "against": "60", "blank": "1", "spoiled": "2"}
    _recorded(
        browser,
        run.id,
        "referendum",
        25,
        roll="1000",
        roll_reason=NOT_REGISTERED,
        **{f"polls.0.{key}": n for key, n in counts.items()},
    )
    assert PollCount.objects.get().issued == 200
    done = StepDone.objects.get(step="referendum")
    assert (done.turnout, done.reached, done.passed) == (183, True, True)
    assert f"/processes/step/undo/?done={done.id}" in page(browser, there)
    assert sent(browser, "/processes/step/undo/", done=str(done.id)) == there
    assert sent(browser, "/processes/stop/", run=str(run.id), reason="Se empieza de nuevo") == there
    assert "stopped" in page(browser, there)


def _recorded(browser: Client, run: UUID, step: str, day: int, **more: str) -> None:
    asked = page(browser, f"/processes/step/?run={run}&step={step}")
    assert ("polls.0.issued" in asked) == bool(more)
    fields = {"run": str(run), "step": step, "day": f"{day}/1/2026", "session": "", "words": "Acta de la promotora"}
    hidden = {} if more else {"roll": ""}
    assert sent(browser, "/processes/step/", **fields, **hidden, **more) == f"/processes/{run}/"


def test_who_may_not_is_told_who_can(founded: Cast) -> None:
    run = begin(founded)
    neighbour = founded.browser(founded.neighbour)
    assert "/processes/step/" not in page(neighbour, f"/processes/{run}/")
    page(neighbour, f"/processes/step/?run={run}&step=promoters", 403)
    page(neighbour, "/processes/begin/", 403)


def test_what_is_not_there_has_no_page(founded: Cast) -> None:
    run = begin(founded)
    for path in (f"/processes/{uuid4()}/", f"/processes/step/?run={run}&step=wedding", "/processes/step/"):
        assert Client().get(path).status_code == 404


def test_a_list_of_many_costs_as_many_statements_as_one_of_few(founded: Cast) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(Client(), "/processes/")
        return len(asked)

    run = begin(founded)
    before = statements()
    for _number in range(3):
        founded.does(founded.promoter, StopProcess(run=run, reason="Otra vez"))
        run = begin(founded)
        record(founded, run, ("promoters", 0), ("charter", 5))
    begin(founded, "renewal", TODAY)
    assert statements() <= before + 2
