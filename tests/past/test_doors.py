"""Sessions of earlier years by the page and by the command line; what strangers read of them, and what keepers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies.acts import AgendaRow, Convene
from comuna.assemblies.models import PastImport, PastName, PastSession, Session, WaitingPapers
from comuna.assemblies.papers import Table
from comuna.cli import main
from comuna.journal import sealing
from comuna.journal.models import Record
from comuna.territory.acts import RegisterPerson
from comuna.web import cache
from tests.cast import PASSWORD, Cast
from tests.past import tables
from tests.past.tables import Texts
from tests.past.test_importing import imported

OFF = tables.spoilt(Table.MOTIONS, "passed,2,1,0", "passed,3,0,0")
Terminal = Callable[..., tuple[int, str]]


@pytest.fixture
def keeper(founded: Cast) -> Client:
    sealing.make_key()
    cache.forget_pages()
    return founded.browser(founded.secretary)


def hand_in(browser: Client, texts: Texts) -> str:
    """The address of the preview."""
    form = {table.value: SimpleUploadedFile(f"{table.value}.csv", text.encode()) for table, text in texts.items()}
    answer = browser.post("/assemblies/past/import/", form)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def accept(browser: Client, preview: str, **more: str) -> str:
    page = browser.get(preview).content.decode()
    id, seen = (re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("_id", "findings"))
    assert id and seen
    answer = browser.post(f"{preview}accept/", {"_id": id[1], "findings": seen[1], "names": "initials", **more})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def test_tables_go_from_files_into_the_books_and_out_again_by_plain_forms(founded: Cast, keeper: Client) -> None:
    assert "/assemblies/past/import/" in keeper.get("/assemblies/").content.decode()
    preview = hand_in(keeper, OFF)
    page = keeper.get(preview, headers={"accept-language": "en"}).content.decode()
    assert "motions.csv, row 2" in page and "recorded 3 - 0 - 0, by name 2 - 1 - 0" in page
    assert not PastSession.objects.exists(), "looking writes nothing"
    result = accept(keeper, preview)
    assert PastSession.objects.count() == 2 and not WaitingPapers.objects.exists()
    page = keeper.get(result, headers={"accept-language": "en"}).content.decode()
    assert "recorded 3 - 0 - 0, by name 2 - 1 - 0" in page
    undo = re.search(r'href="(/assemblies/past/undo/[^"]+)"', page)
    assert undo
    page = keeper.get(undo[1]).content.decode()
    form = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("_id", "imported")}
    assert keeper.post(undo[1], {name: found[1] for name, found in form.items() if found}).status_code in (302, 303)
    assert not PastSession.objects.exists()


def test_what_was_not_read_is_not_accepted(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, OFF)
    page = keeper.get(preview).content.decode()
    id = re.search(r'name="_id" value="([^"]+)"', page)
    assert id
    answer = keeper.post(f"{preview}accept/", {"_id": id[1], "findings": "0", "names": "initials"})
    assert answer.status_code == 422 and not PastSession.objects.exists()


def test_a_form_sent_twice_imports_once(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, tables.sound())
    page = keeper.get(preview).content.decode()
    id, seen = (re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("_id", "findings"))
    assert id and seen
    form = {"_id": id[1], "findings": seen[1], "names": "initials"}
    first, second = (keeper.post(f"{preview}accept/", form) for _ in range(2))
    assert first["Location"] == second["Location"] and PastImport.objects.count() == 1


def test_a_table_that_cannot_be_read_is_named(founded: Cast, keeper: Client) -> None:
    texts = tables.spoilt(Table.VOTES, "motion,name,choice", "motion,name,clima")
    form = {table.value: SimpleUploadedFile(f"{table.value}.csv", text.encode()) for table, text in texts.items()}
    answer = keeper.post("/assemblies/past/import/", form, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "votes.csv has no column “choice”. It has: motion, name, clima." in answer.content.decode()


def test_only_who_keeps_minutes_may_and_only_who_brought_them_sees_them(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, tables.sound())
    assert Client().get(preview).status_code == 302
    assert founded.browser(founded.neighbour).get(preview).status_code == 403
    assert founded.browser(founded.promoter).get(preview).status_code == 404


def test_strangers_read_initials_and_nobody_s_attendance(founded: Cast, keeper: Client) -> None:
    imported(founded, tables.more(Table.VOTES, "M3,Ninfa Belandria,absent"))
    pages = "".join(_every_page(Client()))
    assert "R. Q." in pages and "Reparar el tanque" in pages
    assert not any(name in pages for name in ("Quijada", "Marcano", "Belandria", "Urbina", "N. B.:", "E. U. ("))
    assert "Vocera Rosalba Quijada" in "".join(_every_page(keeper))


def test_papers_that_were_public_show_their_names_to_everybody(founded: Cast) -> None:
    cache.forget_pages()
    imported(founded, tables.sound(), names_public=True)
    pages = "".join(_every_page(Client()))
    assert "Vocera Rosalba Quijada" in pages and "Eusebio Urbina" in pages


def _every_page(browser: Client) -> list[str]:
    addresses = ["/assemblies/", "/assemblies/past/", "/popolo.json", "/search/?q=tanque"]
    addresses += [f"/assemblies/past/{id}/" for id in PastSession.objects.values_list("id", flat=True)]
    addresses += [f"/assemblies/past/imports/{id}/" for id in PastImport.objects.values_list("id", flat=True)]
    pages = []
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        pages.append(answer.content.decode())
    return pages


def test_they_are_in_the_list_the_search_and_the_open_data_as_what_they_are(founded: Cast) -> None:
    cache.forget_pages()
    imported(founded, tables.sound())
    english = {"accept-language": "en"}
    page = Client().get("/assemblies/", headers=english).content.decode()
    assert page.count("from earlier papers") == 3 and "Asamblea de marzo" in page  # and the way to all
    found = Client().get("/search/?q=tanque", headers=english).content.decode()
    assert "Asamblea de marzo" in found
    assert Client().get("/search/?q=marzo&kind=past_session").content.decode().count("/assemblies/past/") == 1
    data = json.loads(Client().get("/popolo.json").content)
    events = [one for one in data["events"] if one["classification"] == "session of earlier papers"]
    assert sorted(one["name"] for one in events) == ["Asamblea de marzo", "Reunión de abril"]
    counts = [{each["option"]: each["value"] for each in one["counts"]} for one in data["vote_events"]]
    assert {"yes": 2, "no": 1, "abstain": 0} in counts


def test_in_the_list_they_stand_among_the_sessions_of_the_books_by_their_days(founded: Cast) -> None:
    texts = tables.sound()
    texts[Table.SESSIONS] = (
        texts[Table.SESSIONS].replace("2019-03-09", "2026-01-24").replace("2019-04-13", "2026-02-02")
    )
    imported(founded, texts)
    for day in (date(2026, 1, 20), date(2026, 1, 31)):
        agenda = (AgendaRow(title="Agua"),)
        act = Convene(organ="cc.assembly", day=day, hour="10:00", place="Cancha", agenda=agenda, from_paper=True)
        founded.does(founded.secretary, act)
    cache.forget_pages()
    page = Client().get("/assemblies/", headers={"accept-language": "en"}).content.decode()
    days = ["2 February", "31 January", "24 January", "20 January"]
    assert sorted(days, key=page.index) == days
    of_the_assembly = Client().get("/assemblies/?organ=cc.assembly").content.decode()
    assert "Asamblea de marzo" in of_the_assembly and "Reunión de abril" not in of_the_assembly


def test_nothing_of_today_counts_them(founded: Cast) -> None:
    imported(founded, tables.sound())
    assert not Session.objects.exists()
    cache.forget_pages()
    assert "Asamblea de marzo" not in Client().get("/agenda.ics").content.decode()


def test_who_is_one_only_of_the_books_is_tied_to_her_and_erased_with_her(founded: Cast) -> None:
    sealing.make_key()
    one = founded.does(founded.secretary, RegisterPerson(full_name="Teodoro Marcano")).id
    imported(founded, tables.sound())
    row = PastName.objects.get(name="Teodoro Marcano")
    assert (row.who, row.linked) == (one, True)
    assert PastName.objects.exclude(who=one).filter(linked=True).count() == 0
    reason = "Lo pide ella misma"
    founded.signed(ErasePrivate(subject=one, audiences=tuple(ErasableAudience), reason=reason))
    row.refresh_from_db()
    assert (row.name, row.initials, row.linked) == ("", "", None)


def test_the_same_name_of_two_people_is_tied_to_neither(founded: Cast) -> None:
    sealing.make_key()
    for name in ("Teodoro Marcano", "MARCANO TEODORO"):
        founded.does(founded.secretary, RegisterPerson(full_name=name))
    imported(founded, tables.sound())
    assert not PastName.objects.get(name="Teodoro Marcano").linked


def test_whoever_stands_in_two_imports_is_one(founded: Cast) -> None:
    imported(founded, tables.sound())
    later = {table: re.sub(r"\b(A[12]|M[1-4])\b", r"B\1", text) for table, text in tables.sound().items()}
    imported(founded, later)
    assert PastName.objects.count() == 8 and PastName.objects.values("who").distinct().count() == 4


@pytest.fixture
def terminal(
    founded: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """``comuna import-sessions`` typed beside these tables: its exit code, and what it said."""
    sealing.make_key()
    founded.browser(founded.secretary)
    monkeypatch.setenv("COMUNA_LANG", "en")
    (tmp_path / "word").write_text(PASSWORD)

    def typed(texts: Texts, *options: str, person: UUID = founded.secretary) -> tuple[int, str]:
        for table, text in texts.items():
            (tmp_path / f"{table.value}.csv").write_text(text)
        account = ["--as", f"cuenta-{str(person)[:8]}", "--password-file", str(tmp_path / "word")]
        code = main(["import-sessions", str(tmp_path), *account, *options])
        said = capsys.readouterr()
        return code, said.out + said.err

    return typed


def test_the_terminal_lists_what_was_found_and_writes_only_what_is_accepted(founded: Cast, terminal: Terminal) -> None:
    before = Record.objects.count()
    code, said = terminal(OFF)
    assert code == 1 and "motions.csv, row 2: the recorded tally differs from the votes by name" in said
    assert "2 sessions, 4 motions, votes by name: 6. Tallies as recorded: 1; others, listed: 1. 2 findings." in said
    assert Record.objects.count() == before
    code, said = terminal(OFF, "--accept")
    assert code == 0 and Record.objects.count() == before + 1
    one = PastImport.objects.get()
    assert (one.sessions, one.equal, one.listed) == (2, 1, 1)
    code, said = terminal(OFF, "--accept")
    assert code == 1 and "No session could be read from these tables." in said


def test_the_terminal_names_a_table_that_cannot_be_read(terminal: Terminal) -> None:
    code, said = terminal({**tables.sound(), Table.SESSIONS: ""})
    assert (code, said) == (1, "sessions.csv is missing or empty.\n")


def test_tables_in_which_all_fits_are_answered_with_success(terminal: Terminal) -> None:
    texts = tables.spoilt(Table.SESSIONS, "Comité de aguas", "cc.collective")
    code, said = terminal(texts)
    assert code == 0 and "0 findings" in said
