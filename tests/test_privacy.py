"""Every page that can be reached, as everybody: nothing private of anybody else on it, in an address or in the log."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urljoin, urlsplit
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver
from pypdf import PdfReader

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import CloseSession
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.elections.models import Candidacy
from comuna.journal.sealing import open_sealed
from comuna.journal.tables import State, of_class
from comuna.letters import codes
from comuna.letters.acts import RecordRequest, RefuseLetter, RevokeLetter, SignLetter
from comuna.letters.models import Letter, LetterClosing, LetterRequest
from comuna.look.words import day_words
from comuna.mandates import accounts
from comuna.mandates.models import Mandate
from comuna.territory import queries
from comuna.territory.acts import RecordDeparture, RecordResidence
from comuna.territory.acts.drafting import import_of
from comuna.territory.acts.matching import plan
from comuna.territory.acts.people import Where
from comuna.territory.acts.whereabouts import Because
from comuna.territory.models import Household, Person
from comuna.territory.reading import Choices, open_table, read_census
from comuna.territory.tests.town import HEADER, sheet
from conftest import Books, Engine
from tests.cast import Cast
from tests.programs import done

PAGES_MAX = 400
OF_A_KIND_MAX = 3

CENSUS: list[list[Any]] = [
    ["CENSO"],
    HEADER,
    ["frente al samán caído", "Zenobia Ygualdad Trespalacios", "V-23.987.654", 74, "Jefe(a)", "psitacosis"],
    [None, "Eufrosino Trespalacios Ygualdad", "V-9.876.501", "1/2/1951", "esposo", None],
    ["Calle Turpial Cansado 4711", "Hermenegilda Sotillo Matapalo", 24861357, 33, "Jefe(a)", "escrófula"],
    [None, "Nicanora Sotillo Matapalo", None, 9, "hija", None],
]


LETTER_WORDS: list[tuple[Any, str]] = [
    (LetterRequest, "purpose"),
    (LetterRequest, "addressee"),
    (LetterClosing, "reason"),
    (Letter, "full_name"),
]


@dataclass
class Crawl:
    """What was seen by following links."""

    seen: dict[str, str] = field(default_factory=dict)  # address to text
    kinds: Counter[str] = field(default_factory=Counter)
    fallen: list[str] = field(default_factory=list)  # answered 500 or worse


def crawl(browser: Client, seeds: list[str]) -> Crawl:
    """Follow every link from the first page, to limits in number."""
    crawled, waiting = Crawl(), ["/", *seeds]
    while waiting and len(crawled.seen) < PAGES_MAX:
        address = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+", "*", address)
        if address in crawled.seen or crawled.kinds[kind] >= OF_A_KIND_MAX or "/sign-out/" in address:
            continue
        crawled.kinds[kind] += 1
        answer = browser.get(address)
        if answer.status_code >= 500:
            crawled.fallen.append(address)
        headers = " ".join(f"{name}: {value}" for name, value in answer.items())
        crawled.seen[address] = f"{address} {headers} {words_of(answer.getvalue())}"
        links = [answer["Location"]] if answer.has_header("Location") else []
        if "text/html" in answer.get("Content-Type", ""):
            links += re.findall(r'href="([^"]+)"', crawled.seen[address])
        waiting += [found for link in links if (found := local(urljoin(address, unescape(link))))]
    return crawled


def local(link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme not in ("", "http") or parts.netloc not in ("", "testserver"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def words_of(content: bytes) -> str:
    """A page or file as text; a spreadsheet is unpacked, a PDF read."""
    if content.startswith(b"%PDF-"):
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    return unescape(content.decode("utf-8", errors="replace"))


def secrets_from(reader: UUID | None) -> dict[str, str]:
    """Every private value of the books that is not the reader's own or her household's, with what it is."""
    own = Person.objects.filter(pk=reader).first()
    stood = set(Candidacy.objects.values_list("public_name", flat=True))  # whoever accepts to stand does so by name
    public = set(Mandate.objects.values_list("public_name", flat=True)) | stood | {""}
    spared = {own.full_name, str(own.birth_day)} if own else set()
    found: dict[str, str] = {}
    for person in Person.objects.exclude(pk=reader):
        if own is not None and own.household is not None and person.household == own.household:
            spared.add(person.full_name)
        if person.full_name not in public:
            found[person.full_name] = "a name"
        if person.identity_sealed:
            found[open_sealed(person.identity_sealed)[2:]] = "an identity number"
        if person.health_sealed:
            found[open_sealed(person.health_sealed)] = "an illness"
        if person.birth_day and (own is None or person.birth_day != own.birth_day):
            found[person.birth_day.isoformat()] = "a birth day"
            found[day_words(person.birth_day, weekday=False)] = "a birth day"
    for home in Household.objects.select_related("street__sector", "sector"):
        if own is None or home.id != own.household:
            found[queries.address_words(home)] = "a house"
    for model, column in LETTER_WORDS:
        words = model._base_manager.exclude(person=reader).values_list(column, flat=True)
        found |= dict.fromkeys(words, "words of a letter")
    return {value: what for value, what in found.items() if len(value) > 5 and value not in spared}


def assert_nothing_private(crawled: Crawl, reader: UUID | None, who: str) -> None:
    assert not crawled.fallen, crawled.fallen
    secrets = secrets_from(reader)
    assert len(secrets) > 10
    for address, text in crawled.seen.items():
        leaked = {what for value, what in secrets.items() if value in text}
        assert not leaked, f"{who} reads {leaked} at {address}"


@pytest.fixture
def lived_in(founded: Cast) -> Cast:
    """Books with a census, somebody away, somebody gone, and an assembly held."""
    data, act = sheet(CENSUS), uuid4()
    planned = plan(
        read_census(open_table(data), Choices(today=date(2026, 2, 10))), founded.commune, act, date(2026, 2, 10)
    )
    census = import_of(planned, census_day=date(2026, 2, 1), file_name="secreto.xlsx", file_digest="ab" * 32)
    founded.does(founded.secretary, census, act)
    away, gone, there = (planted(name) for name in ("Zenobia", "Nicanora", "Hermenegilda"))
    founded.does(founded.secretary, RecordResidence(person=away, residence=Where.ABROAD, since=date(2025, 7, 9)))
    founded.does(founded.secretary, RecordDeparture(person=gone, on=date(2026, 2, 9), because=Because.MOVED))
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        room.count(room.motion(), votes_for=len(people), against=0)
        room.does(CloseSession(session=room.session, hour="12:00"))
    assert there in people
    return founded


def planted(name: str) -> UUID:
    found: Person = Person.objects.get(full_name__startswith=name)
    return found.id


def seeds() -> list[str]:
    """Addresses that somebody may know or guess without a link."""
    people = Person.objects.exclude(household=None).order_by("id")[:6]
    found = [f"/people/{person.id}/" for person in people]
    found += [f"/people/households/{person.household}/" for person in people if person.household]
    forms = ("correct", "residence", "departure", "strike")
    found += [f"/people/{form}/?person={person.id}" for form in forms for person in people[:1]]
    found += [f"/people/new/?household={person.household}" for person in people[:1]]
    return [*found, "/people/list/", "/people/import/", "/people/imports/", "/assemblies/", "/acts/", "/who-decides/"]


@pytest.mark.parametrize("who", ["stranger", "neighbour", "comptroller", "recalled"])
def test_a_page_shows_nothing_private_of_others(lived_in: Cast, who: str, caplog: pytest.LogCaptureFixture) -> None:
    reader = None if who == "stranger" else getattr(lived_in, who)
    with frozen_at(MEETING), caplog.at_level(logging.DEBUG):
        crawled = crawl(lived_in.browser(reader), seeds())
    assert len(crawled.seen) > 40
    assert_nothing_private(crawled, reader, who)
    logged = [what for value, what in secrets_from(reader).items() if value in caplog.text]
    assert not logged


@pytest.fixture
def with_letters(lived_in: Cast) -> Cast:
    """The same with letters: one that is good, one revoked, one refused."""
    cast, signing = lived_in, (lived_in.secretary, lived_in.signer, lived_in.comptroller)
    for name in ("Hermenegilda", "Eufrosino"):
        words = {"purpose": f"Un trámite secretísimo de {name[:4]}", "addressee": f"Notaría de {name[:5]}landia"}
        person = planted(name)
        request = cast.does(cast.secretary, RecordRequest(person=person, kind="residence", **words)).id
        for signer in signing:
            cast.does(signer, SignLetter(request=request))
    cast.does(cast.secretary, RevokeLetter(request=request, person=person, reason="Vive en otra parte, dicen"))
    refused = cast.does(cast.secretary, RecordRequest(person=person, kind="residence")).id
    cast.does(cast.secretary, RefuseLetter(request=refused, person=person, reason="Nadie la conoce por aquí"))
    return cast


@pytest.mark.parametrize("who", ["stranger", "neighbour", "recalled"])
def test_no_page_shows_a_word_of_the_letters_of_others(with_letters: Cast, who: str) -> None:
    reader = None if who == "stranger" else getattr(with_letters, who)
    letter = Letter.objects.first()
    assert letter is not None
    codes_of = [f"/letters/check/?code={codes.of_letter(one.id).replace(' ', '-')}" for one in Letter.objects.all()]
    crawled = crawl(with_letters.browser(reader), [*codes_of, f"/letters/{letter.request_id}/", "/letters/register/"])
    assert set(codes_of) <= set(crawled.seen)
    assert_nothing_private(crawled, reader, who)


@pytest.mark.long
@pytest.mark.parametrize("who", ["stranger", "neighbour", "recalled"])
def test_no_address_shows_anything_private_to_whoever_knows_every_id(with_letters: Cast, who: str) -> None:
    reader = None if who == "stranger" else getattr(with_letters, who)
    browser, crawled = with_letters.browser(reader), Crawl()
    with frozen_at(MEETING):
        for address in every_address(reader):
            answer = browser.get(address)
            if answer.status_code >= 500:
                crawled.fallen.append(address)
            crawled.seen[address] = words_of(answer.getvalue())
    assert len(crawled.seen) > 300
    assert_nothing_private(crawled, reader, who)


ASKED = [
    "person",
    "household",
    "street",
    "sector",
    "mandate",
    "code",
    "session",
    "sheet",
    "call",
    "count",
    "motion",
    "ending",
    "departure",
    "import",
    "imported",
    "suspension",
    "signatures",
    "election",
    "decision",
    "petition",
    "runoff_of",
    "proposal",
    "request",
    "signature",
]


def every_address(reader: UUID | None) -> list[str]:
    """Each pattern there is: with an id of a row of every table in its place, and with ids in every query."""
    ids = {
        model._meta.model_name: [
            str(pk) for pk in model._base_manager.exclude(pk=reader).values_list("pk", flat=True)[:2]
        ]
        for model in of_class(State)
    }
    ids["request"], ids["signature"] = ids["letterrequest"], ids["lettersignature"]
    ids["household"] = [str(home.id) for home in Household.objects.exclude(house="")[:2]]
    people = [str(person.id) for person in Person.objects.exclude(pk=reader).exclude(household=None)[:2]]
    pool = sorted({id for some in ids.values() for id in some} | set(people))
    found = []
    for pattern in patterns(get_resolver()):
        if re.search(r"<(?!uuid)", pattern) or "sign-out" in pattern:
            continue
        if "<uuid" in pattern:
            found += [re.sub(r"<uuid:\w+>", id, pattern) for id in pool]
        else:
            for number in range(2):
                query = {name: some[number % len(some)] for name in ASKED if (some := ids.get(name) or pool)}
                found.append(f"{pattern}?{urlencode({**query, 'person': people[number]})}")
    return [f"/{address}" for address in found]


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        else:
            yield route


def test_who_keeps_the_roll_sees_names_on_its_pages_and_never_in_an_address(
    lived_in: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with frozen_at(MEETING), caplog.at_level(logging.DEBUG):
        crawled = crawl(lived_in.browser(lived_in.secretary), seeds())
    assert not crawled.fallen, crawled.fallen
    assert any("Zenobia" in text for text in crawled.seen.values()), "the crawl does not reach what is private"
    secrets = secrets_from(None)
    assert not [address for address in crawled.seen for value in secrets if value in unquote(address)]
    assert not [what for value, what in secrets.items() if value in caplog.text]
    illnesses = [value for value, what in secrets.items() if what == "an illness"]
    assert not [address for address, text in crawled.seen.items() for value in illnesses if value in text]


@pytest.fixture
def sample(books: Books, engine: Engine, tmp_path: Path) -> list[dict[str, str]]:
    """The sample's books in this process; gives whom one can sign in as."""
    home = tmp_path / "sample"
    done(home, "demo", "--council")
    engine.leave()
    shutil.copyfile(home / "comuna.db", str(connection.settings_dict["NAME"]))
    shutil.rmtree(books.home, ignore_errors=True)
    shutil.copytree(home, books.home)
    signs_in: list[dict[str, str]] = json.loads((home / "demo.json").read_text("utf-8"))
    return signs_in


@pytest.mark.long
@pytest.mark.sqlite_only
def test_the_sample_shows_nothing_private_to_a_stranger_or_a_neighbour(sample: list[dict[str, str]]) -> None:
    assert_nothing_private(crawl(Client(), seeds()), None, "stranger")
    neighbour = Client()
    account = sample[0]
    form = {"_id": str(uuid4()), "name": account["name"], "password": account["password"]}
    assert neighbour.post("/sign-in/", form).status_code == 302
    reader = accounts.recognise(account["name"], account["password"], address="test")
    assert_nothing_private(crawl(neighbour, seeds()), reader, "neighbour")
