"""Whoever is erased is found nowhere: the sample commune, its real server, its pages, its files, its copies.

People are drawn anew each time; a failure names them by their ids. What is looked for is first found, so that the
search is known to see it, and afterwards looked for in every file, form and page.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from random import SystemRandom
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID

import openpyxl
import pytest

from tests.everywhere import contents_of, found_in
from tests.journeys.device import FORM, SPREADSHEET, Device
from tests.programs import done
from tests.soak.server import Server

pytestmark = [pytest.mark.long, pytest.mark.sqlite_only]

OF_A_KIND_MAX = 8  # pages that differ only in an id or a number


@dataclass(frozen=True)
class Neighbour:
    """Somebody of the sample, with the words by which she would be recognised."""

    id: str
    household: str
    name: str
    number: str
    house: str  # empty where others live there: then it is theirs

    @property
    def words(self) -> list[str]:
        digits = self.number.partition("-")[2]
        dotted = f"{int(digits):,}".replace(",", ".") if digits else ""
        return [word for word in (self.name, self.number, digits, dotted, self.house) if word]


@dataclass
class Council:
    home: Path
    server: Server
    secretary: Device
    comptroller: Device

    def ask(self, question: str, *values: str) -> list[sqlite3.Row]:
        """Read the database as whoever has the file can."""
        with sqlite3.connect(f"file:{self.home}/comuna.db?mode=ro", uri=True) as books:
            books.row_factory = sqlite3.Row
            return books.execute(question, values).fetchall()

    def neighbour(self, id: str) -> Neighbour:
        """What the books and their pages say of somebody, as the secretary reads it."""
        [row] = self.ask("SELECT full_name, household FROM territory_person WHERE id = ?", id)
        page = self.secretary.reads(f"/people/{UUID(id)}/")
        number = re.search(r"[VE]-\d{6,9}", page)
        alone = len(self.ask("SELECT id FROM territory_person WHERE household = ?", row["household"] or "")) == 1
        house = self.ask("SELECT house FROM territory_household WHERE id = ?", row["household"] or "")
        words = house[0]["house"] if alone and house else ""
        unique = words and len(self.ask("SELECT id FROM territory_household WHERE house = ?", words)) == 1
        return Neighbour(
            id, row["household"] or "", row["full_name"], number[0] if number else "", words if unique else ""
        )

    def erase(self, subject: str, form: str) -> None:
        """Through the page, by two seats."""
        self.send_form(self.secretary, form, reason="Lo pidió", _propose="1")
        waiting = re.findall(r'href="/proposals/([0-9a-f-]{36})/"', self.secretary.asks("GET", "/proposals/")[2])
        assert len(waiting) == 1, subject
        status, _to, page = self.send_form(self.comptroller, f"/proposals/sign/?proposal={waiting[0]}")
        assert status == 302, page[-900:]

    def send_form(self, device: Device, path: str, **typed: str) -> tuple[int, str, str]:
        """A form as it stands, with every box ticked and what is typed into it."""
        status, _to, page = device.asks("GET", path)
        assert status == 200, (path, status)
        main = page[page.index("<main") :]
        given = [
            (name, unescape(value))
            for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main)
        ]
        given += re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)"', main)
        return device.asks("POST", path, urlencode([*given, *typed.items()]).encode(), FORM)

    def claimed(self, person: str) -> Device:
        """She claims an account with a printed code, and looks around."""
        _status, _to, page = self.send_form(self.secretary, f"/codes/new/?person={UUID(person)}")
        code = re.search(r"<code>([^<]+)</code>", page)
        assert code, page[-900:]
        device = Device(self.server.port).claims(unescape(code[1]))
        for path in ("/", "/my-mandate/", f"/people/{UUID(person)}/", "/people/"):
            device.asks("GET", path)
        return device

    def has_waiting(self, neighbour: Neighbour) -> None:
        """A list that names her was read and not imported."""
        book = openpyxl.Workbook()
        sheet = book[book.sheetnames[0]]
        for row in (["Nombre", "Cédula", "Casa"], [neighbour.name, neighbour.number, f"Vereda 9 {neighbour.house}"]):
            sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        status, _to, page = self.secretary.hands_in(
            "/people/import/", "file", "censo.xlsx", out.getvalue(), SPREADSHEET
        )
        assert status in (302, 303), page[-900:]

    def pages(self, device: Device, first: list[str]) -> Iterator[tuple[str, str]]:
        """Every page to which links lead, of each kind the first so many, as whoever holds the device reads it."""
        seen: set[str] = set()
        kinds: Counter[str] = Counter()
        waiting = ["/", *first]
        while waiting:
            path = waiting.pop(0)
            kind = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+", "*", path)
            if path in seen or kinds[kind] >= OF_A_KIND_MAX or path.startswith(("/sign-out/", "/language/")):
                continue
            seen.add(path)
            kinds[kind] += 1
            status, to, page = device.asks("GET", path)
            assert status < 500, path
            yield path, unescape(page)
            links = [to] if to else re.findall(r'(?:href|src)="([^"#]+)', page)
            parts = [urlsplit(urljoin(path, unescape(link))) for link in links]
            waiting += [
                one.path + (f"?{one.query}" if one.query else "") for one in parts if one.netloc == one.scheme == ""
            ]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    home = tmp_path / "home"
    done(home, "demo", "--council")
    signs_in = {one["name"]: one["password"] for one in json.loads((home / "demo.json").read_text("utf-8"))}
    server = Server(home)
    try:
        server.wait_until_it_answers()
        devices = []
        for name in ("secretaria", "contraloria"):
            device = Device(server.port)
            assert device.sends("/sign-in/", name=name, password=signs_in[name])[0] == 302
            devices.append(device)
        yield Council(home, server, *devices)
    finally:
        server.stop()


def drawn(council: Council) -> list[Neighbour]:
    """Anybody with a number; somebody who lives alone; somebody with a seat; none of them of those who erase. And
    somebody whose house has words of its own."""
    random = SystemRandom()
    seats = "SELECT id FROM mandates_seat WHERE kind IN ('cc.secretary', 'cc.comptroller')"
    erasing = f"SELECT person_id FROM mandates_mandate WHERE seat_id IN ({seats})"
    people = "SELECT id FROM territory_person WHERE full_name != '' AND household IS NOT NULL AND id NOT IN ({})"
    whoever = people.format(erasing)
    alone = "SELECT household FROM territory_person GROUP BY household HAVING COUNT(*) = 1"
    seated = "SELECT person_id FROM mandates_mandate"
    asked = [
        f"{whoever} AND identity_sealed != ''",
        f"{whoever} AND household IN ({alone})",
        f"{whoever} AND id IN ({seated})",
    ]
    ids: list[str] = []
    for question in asked:
        ids.append(random.choice([row["id"] for row in council.ask(question) if row["id"] not in ids]))
    home = council.secretary.does("territory.register_household", house="frente a la bodega El Turpial 4711")
    fields = {"full_name": "Eufrosina Quintiliana Zambrano", "household": home, "identity": "V-23987654"}
    ids.append(UUID(council.secretary.does("territory.register_person", **fields, birth_day="1951-03-02")).hex)
    return [council.neighbour(id) for id in ids]


def test_whoever_is_erased_is_found_in_no_file_no_copy_and_on_no_page(council: Council, tmp_path: Path) -> None:
    people = drawn(council)
    words = [word for one in people for word in one.words]
    council.claimed(people[0].id)
    council.has_waiting(people[1])
    first = [f"/people/{UUID(one.id)}/" for one in people]
    before = dict(council.pages(council.secretary, first))
    assert {one.name for one in people} <= {
        word for _page, word in found_in({path: text.encode() for path, text in before.items()}, words)
    }, "the pages must show whom they know"
    names = {word for _place, word in found_in(contents_of(council.home), [one.name for one in people])}
    assert names == {one.name for one in people}, "the search must see what stands in the files"

    reader = sqlite3.connect(council.home / "comuna.db")  # while somebody has the file open, its log is not removed
    reader.execute("SELECT COUNT(*) FROM territory_person").fetchone()
    for one in people:
        council.erase(one.id, f"/people/erase/?person={UUID(one.id)}")
        if one.house:
            council.erase(one.household, f"/people/households/erase/?household={UUID(one.household)}")

    ids = ", ".join(one.id for one in people)
    for who, device in {"secretary": council.secretary, "stranger": Device(council.server.port)}.items():
        after = {path: text.encode() for path, text in council.pages(device, first)}
        assert len(after) > 60, who
        assert found_in(after, words) == [], f"on pages, {who}, of {ids}"
    while_it_runs = found_in(contents_of(council.home), words)
    assert while_it_runs == [], f"in the home of a running server, of {ids}"
    reader.close()
    council.server.stop()
    assert found_in(contents_of(council.home), words) == [], f"in the home, of {ids}"
    assert found_in({"log": council.server.log.read_bytes()}, words) == []

    copies = tmp_path / "copies"
    copies.mkdir()
    done(council.home, "backup", str(copies / "backup.tar"))
    done(council.home, "journal", "export", str(copies / "journal.zip"))
    done(council.home, "journal", "export", "--public", str(copies / "public.zip"))
    done(copies / "restored", "restore", str(copies / "backup.tar"))
    assert found_in(contents_of(copies), words) == [], f"in the copies, of {ids}"
    assert "Yes:" in done(council.home, "verify")
    assert done(council.home, "rebuild", "--check").strip().endswith("equal")
    for one in people:
        assert linked(council.home, one) == [], f"the household of {one.id}"


def linked(home: Path, one: Neighbour) -> list[str]:
    """Tables with a row, and files with a line, from which the link to the household could be read."""
    found = []
    ids = [one.id, one.household]
    with sqlite3.connect(f"file:{home}/comuna.db?mode=ro", uri=True) as books:
        tables = [row[0] for row in books.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in books.execute(f'SELECT * FROM "{table}"'):
                text = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
                if all(id.encode() in text.replace(b"-", b"") for id in ids):
                    found.append(table)
    return found
