"""Point by point what a council does on its first day: found, claim, convene, count, vote, print, prove."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.journeys.device import afternoon
from tests.journeys.phone import Phone, browser, served
from tests.soak.server import comuna

PROMOTERS = ("Ana Isabel Pérez", "Luis Ramón Gil", "Rosa Elena Mora")
NEIGHBOURS = ("Carmen Blanco", "Pedro Salas", "Nelson Duarte", "Marisol Guerra", "Nelly Tovar", "José Landaeta")
PASSWORD = "cuando-llueve-hay-agua"

pytestmark = pytest.mark.browser


def test_the_first_assembly_from_the_claimed_account_to_the_proven_paper(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with browser() as chromium:
        with served(home) as address:
            phone = Phone(chromium, address)
            code = _found(phone)
            _claim(phone, code)
            _register_neighbours(phone)
            session = _convene(phone)
            _quorum_on_the_second_call(phone, session)
            _decide(phone, session)
            paper = _close_and_print(phone, session, tmp_path / "acta.pdf")
            _check_on_the_page(Phone(chromium, address), paper)
        said = comuna(home, "verify", "--checkpoint", paper)
        assert said.code == 0, said.words
        _cut_off_ten_records(home, tmp_path / "cut")
        with served(tmp_path / "cut") as address:
            _told_what_is_missing(Phone(chromium, address), paper)


def _found(phone: Phone) -> str:
    """An empty home leads to founding; the first promoter's printed code."""
    phone.opens("/found/")
    phone.writes(name="Consejo Comunal Los Mangos")
    phone.chooses("statute", "venezuela-commune")
    phone.writes(time_zone=afternoon()[0])
    for number, name in enumerate(PROMOTERS):
        phone.writes(**{f"promoters__{number}__full_name": name})
    phone.sends()
    codes = phone.page.locator("pre code")
    assert codes.count() == len(PROMOTERS)
    return codes.first.inner_text()


def _claim(phone: Phone, code: str) -> None:
    phone.opens("/claim/")
    phone.writes(code=code, name="ana", password=PASSWORD, again=PASSWORD)
    phone.sends()
    phone.opens("/my-mandate/")
    assert PROMOTERS[0] in phone.words


def _register_neighbours(phone: Phone) -> None:
    for name in NEIGHBOURS:
        phone.opens("/people/new/")
        phone.writes(full_name=name, birth_day="1985-05-17")
        phone.sends()
        assert phone.path != "/people/new/", phone.words


def _convene(phone: Phone) -> str:
    """The session's address."""
    _zone, today = afternoon()
    phone.opens("/assemblies/")
    phone.follows("/assemblies/convene/")
    phone.writes(day=today, hour="09:00", place="Cancha techada", agenda__0__title="Tanque de agua")
    phone.sends()
    assert "Cancha techada" in phone.heading, phone.words
    return phone.path


def _quorum_on_the_second_call(phone: Phone, session: str) -> None:
    """Nine people are on the roll: three make the first call quorate, two the second."""
    phone.follows(f"{session}attendance/")
    boxes = phone.page.locator('input[name="also"]')
    assert boxes.count() == len(PROMOTERS) + len(NEIGHBOURS)
    for number in range(2):
        boxes.nth(number).check()
    phone.sends()
    for hour in ("09:05", "09:40"):
        phone.opens(session)
        phone.follows(f"{session}call/")
        phone.writes(hour=hour)
        phone.sends()
    assert "2 de 9 (22" in phone.heading, phone.heading
    assert "segunda convocatoria" in phone.heading


def _decide(phone: Phone, session: str) -> None:
    phone.follows(f"{session}motion/")
    phone.writes(text="Reparar el tanque con trabajo voluntario", responsible="cc.committee.water", due_on="2027-06-01")
    phone.sends()
    phone.follows(f"{session}vote/")
    phone.writes(votes_for="2", against="0", abstain="0", votes_for_two="2")
    for number, field in enumerate(("counter_one", "counter_two")):
        phone.page.locator(f'[name="{field}"][type="radio"]').nth(number).check()
    phone.sends()
    assert phone.path == session, phone.words
    assert "aprobada" in phone.words


def _close_and_print(phone: Phone, session: str, pdf: Path) -> str:
    """The minutes' code, and the paper."""
    phone.opens(session)
    phone.follows(f"{session}close/")  # at the hour that the form offers
    phone.sends()
    assert phone.path.endswith("/minutes/"), phone.words
    assert "2 de 9" in phone.words and "Reparar el tanque" in phone.words
    phone.page.pdf(path=str(pdf), format="Letter")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert phone.page.locator("svg.qr").count() == 1
    return " ".join(phone.page.locator("figure.papercode pre code").inner_text().split())


def _check_on_the_page(phone: Phone, paper: str) -> None:
    """Anybody types the code from paper: yes; and one wrong letter is named as a typing error."""
    assert "Sí" in _answer(phone, paper)
    assert "Sí" in _answer(phone, paper.lower().replace(" ", "-"))
    groups = paper.split()
    wrong = "A" if groups[2][3] != "A" else "B"
    groups[2] = groups[2][:3] + wrong + groups[2][4:]
    said = _answer(phone, " ".join(groups))
    assert "Sí" not in said and re.search(r"\b3\b", said), said


def _answer(phone: Phone, code: str) -> str:
    phone.opens("/verify/")
    phone.writes(code=code)
    phone.page.locator("main form button").first.click()
    return phone.page.locator("main .notice").first.inner_text()


def _cut_off_ten_records(home: Path, copy: Path) -> None:
    """Whoever owns the file can drop the triggers and the end of the books; the paper still tells."""
    shutil.copytree(home, copy)
    (database,) = [path for path in copy.rglob("*") if path.suffix in (".db", ".sqlite3", ".sqlite")]
    with sqlite3.connect(database) as books:
        triggers = books.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            books.execute(f'DROP TRIGGER "{name}"')
        (last,) = books.execute("SELECT MAX(seq) FROM journal_record").fetchone()
        books.execute("DELETE FROM journal_record WHERE seq > ?", (last - 10,))
        for _name, sql in triggers:
            books.execute(sql)
    books.close()


def _told_what_is_missing(phone: Phone, paper: str) -> None:
    said = _answer(phone, paper)
    assert "faltan" in said.lower(), said
