"""Three sessions on slow phones without JavaScript: one from its convocation to the file that people sign, one that two
secretaries write down at once, and one recorded wholly from paper the day after."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.journeys.council import TODAY, founded
from tests.journeys.device import PASSWORD
from tests.journeys.phone import Phone, browser, served
from tests.soak.server import comuna

pytestmark = [pytest.mark.browser, pytest.mark.long]
YESTERDAY = (date.fromisoformat(TODAY) - timedelta(days=1)).isoformat()
SECRETARIES = ("Yelitza Rondón", "Carmen Blanco")


def test_three_sessions_on_slow_phones(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with browser() as chromium:
        with served(home, module=("tests.journeys.yesterday",)) as address:
            town = founded(int(address.rsplit(":", 1)[1]))
            one, other = (
                _phone(chromium, address, town.code_for(name, kind), account)
                for name, kind, account in zip(SECRETARIES, ("cc.secretary", "cc.electoral"), "yc", strict=True)
            )
        with served(home) as address:
            for phone, account in ((one, "y"), (other, "c")):
                phone.address = address
                phone.opens("/sign-in/")
                phone.writes(name=account * 5, password=PASSWORD)
                phone.sends()
            paper = _from_the_convocation_to_the_signed_file(one, Phone(chromium, address, slow=True))
            _two_type_at_once(one, other)
            _from_paper_the_day_after(one)
        said = comuna(home, "verify", "--checkpoint", paper)
        assert said.code == 0, said.words


def _phone(chromium: Browser, address: str, code: str, account: str) -> Phone:
    phone = Phone(chromium, address, slow=True)
    phone.opens("/claim/")
    phone.writes(code=code, name=account * 5, password=PASSWORD, again=PASSWORD)
    phone.sends()
    phone.opens("/my-mandate/")
    return phone


def _from_the_convocation_to_the_signed_file(secretary: Phone, neighbour: Phone) -> str:
    """The code at the foot of the file."""
    session = _convene(secretary, TODAY, "Tanque de agua")
    neighbour.opens("/")
    assert "Cancha techada" in neighbour.words, "everybody sees it at once"
    codes = _sheet(secretary, session)
    _types_the_sheet(secretary, session, list(codes.values())[:6])
    _calls(secretary, session, "09:05")
    _decides(secretary, session, "Reparar el tanque con trabajo voluntario", votes_for=6)
    _closes(secretary, session)
    file = _certified(secretary, session)
    words = _words(file)
    assert "Reparar el tanque con trabajo voluntario" in words
    assert all(name in words for name in list(codes)[:6]), words
    assert file.root_object["/StructTreeRoot"], "tagged, to be read aloud"
    neighbour.opens(f"{session}minutes/")
    assert "Reparar el tanque" in neighbour.words and next(iter(codes)) not in neighbour.words
    return _code(secretary, session, words)


def _two_type_at_once(one: Phone, other: Phone) -> None:
    """Each has half of the sheet in her hands, and one line is on both halves; they press at the same moment."""
    session = _convene(one, TODAY, "Cloacas", hour="09:30")
    codes = list(_sheet(one, session).values())
    for phone, half in ((one, codes[:5]), (other, codes[4:9])):
        phone.opens(f"{session}attendance/")
        phone.writes(codes=" ".join(half))
    _press_at_once(one, other)
    (told,) = [phone for phone in (one, other) if phone.path != session]
    assert f"{codes[4]} " in told.words, told.words
    assert codes[4] not in told.page.locator('[name="codes"]').input_value().split()
    told.sends()
    for phone in (one, other):
        phone.opens(session)
        assert f"9 de {len(codes)}" in phone.words, phone.words
    _calls(one, session, "09:35")
    # Both write down the same vote: the second is told that it stands, and nothing is counted twice.
    _puts(other, session, "Limpiar las cloacas")
    for phone in (one, other):
        phone.opens(f"{session}vote/")
        _fills_the_vote(phone, votes_for=9)
    _press_at_once(one, other)
    (late,) = [phone for phone in (one, other) if phone.path != session]
    assert "ya" in late.words.lower(), late.words
    _closes(other, session)
    one.opens(f"{session}minutes/")
    assert one.words.count("9 a favor") == 1, one.words


def _from_paper_the_day_after(secretary: Phone) -> None:
    """Notes of yesterday, from the convocation to the end; the minutes say that they were written down today."""
    session = _convene(secretary, YESTERDAY, "Bombillos de la calle", from_paper=True)
    codes = list(_sheet(secretary, session).values())
    _types_the_sheet(secretary, session, codes[:7])
    _calls(secretary, session, "09:05")
    _decides(secretary, session, "Comprar seis bombillos", votes_for=7)
    _closes(secretary, session)
    assert "papel" in secretary.words, secretary.words
    assert "Comprar seis bombillos" in _words(_certified(secretary, session))


def _press_at_once(one: Phone, other: Phone) -> None:
    """Neither waits for the other's answer."""
    with one.page.expect_navigation(), other.page.expect_navigation():
        for phone in (one, other):
            phone.page.locator("main form button.do").first.click(no_wait_after=True)


# What a secretary does


def _convene(phone: Phone, day: str, title: str, *, hour: str = "09:00", from_paper: bool = False) -> str:
    """The session's address."""
    phone.opens("/assemblies/convene/")
    phone.chooses("organ", "cc.assembly")
    phone.writes(day=day, hour=hour, place="Cancha techada", agenda__0__title=title)
    if from_paper:
        phone.chooses("from_paper", "yes")
    phone.sends()
    assert re.fullmatch(r"/assemblies/[0-9a-f-]{36}/", phone.path), phone.words
    return phone.path


def _sheet(phone: Phone, session: str) -> dict[str, str]:
    """Whoever is on the printed sign-in sheet, with the code of her line."""
    phone.opens(f"{session}sheet/")
    found = re.findall(r"^(\d+[A-Z])\s+(\S.*?)\s*$", phone.words, re.MULTILINE)
    assert len(found) > 10, phone.words
    return {name: code for code, name in found}


def _types_the_sheet(phone: Phone, session: str, codes: list[str]) -> None:
    phone.opens(f"{session}attendance/")
    phone.writes(codes=" ".join(codes))
    phone.sends()
    assert phone.path == session, phone.words


def _calls(phone: Phone, session: str, hour: str) -> None:
    phone.opens(f"{session}call/")
    phone.writes(hour=hour)
    phone.sends()
    assert "primera convocatoria" in phone.heading, phone.words


def _puts(phone: Phone, session: str, text: str) -> None:
    phone.opens(f"{session}motion/")
    phone.writes(text=text, responsible="cc.committee.water", due_on="2027-06-01")
    phone.sends()
    assert phone.path == session, phone.words


def _fills_the_vote(phone: Phone, votes_for: int) -> None:
    phone.writes(votes_for=str(votes_for), against="0", abstain="0", votes_for_two=str(votes_for))
    for number, field in enumerate(("counter_one", "counter_two")):
        radios = phone.page.locator(f'[name="{field}"][type="radio"]')
        if radios.count():
            radios.nth(number).check()
        else:
            phone.page.locator(f'select[name="{field}"]').select_option(index=number + 1)


def _decides(phone: Phone, session: str, text: str, votes_for: int) -> None:
    _puts(phone, session, text)
    phone.opens(f"{session}vote/")
    _fills_the_vote(phone, votes_for)
    phone.sends()
    assert phone.path == session, phone.words
    assert "aprobada" in phone.words


def _closes(phone: Phone, session: str) -> None:
    """At the hour that the form offers."""
    phone.opens(f"{session}close/")
    phone.sends()
    assert phone.path.endswith("/minutes/"), phone.words


def _certified(phone: Phone, session: str) -> PdfReader:
    """The file with the names and the lines to sign; that it was printed is written down."""
    phone.opens(f"{session}minutes/certified/")
    with phone.page.expect_download() as coming:
        phone.page.locator("main form button.do").first.click()
    return PdfReader(io.BytesIO(Path(coming.value.path()).read_bytes()))


def _words(file: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in file.pages).split())


def _code(phone: Phone, session: str, words: str) -> str:
    """At the foot of the page and of the file: the same."""
    phone.opens(f"{session}minutes/")
    code = " ".join(phone.page.locator("figure.papercode pre code").inner_text().split())
    assert code.replace(" ", "") in re.sub(r"\s", "", words)
    return code
