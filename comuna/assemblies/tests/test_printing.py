"""Minutes as PDF: the same words as the page, readable by a voice; with full names only for the seats that may."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from comuna.acts.clock import frozen_at
from comuna.acts.reading import read_one
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    PresentRow,
    PrintCertified,
    RecordAttendance,
)
from comuna.assemblies.tests.test_pages import CHANGES, href, tampered, text
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room, refused
from comuna.journal import checkpoint
from comuna.journal.models import Record
from comuna.look import pdf
from comuna.territory.acts import RegisterPerson
from comuna.territory.models import Person
from tests.cast import Cast

HOSTILE = """*Tanque* _nuevo_ $x^2$ #panic("no") #sys.inputs `code` <label> @cita \\u{41} // nada /* ni esto */
= Título
- punto #read("typesetting.py") #set page(width: 1cm) [enlace](javascript:1) "comillas" \\"""


@pytest.fixture
def meeting() -> Iterator[None]:
    with frozen_at(MEETING):
        yield


@pytest.fixture
def room(founded: Cast) -> Room:
    return Room(founded, neighbours=6)


@pytest.fixture
def secretary(founded: Cast) -> Client:
    return founded.browser(founded.secretary)


@pytest.fixture
def closed(room: Room, meeting: None) -> Room:
    """One motion passed, one did not; the session is over."""
    people = room.quorate()
    room.count(room.motion(responsible="cc.finance"), len(people), 0)
    room.count(room.motion(item=2, text="Dos postes\n\nen la calle Bolívar"), 0, len(people) - 1, 1)
    room.does(CloseSession(session=room.session, hour="11:00", chaired_by=people[0]))
    return room


def file_of(client: Client, room: Room, language: str = "en") -> PdfReader:
    answer = client.get(href(room, "minutes/pdf/"), headers={"accept-language": language})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return PdfReader(io.BytesIO(answer.content))


def words_of(file: PdfReader) -> str:
    """Without any space: where lines end is no matter."""
    return squeezed(" ".join(page.extract_text() for page in file.pages))


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u200b]+", "", words)


def code_of(room: Room) -> str:
    witness = checkpoint.newest(room.cast.commune)
    assert witness is not None
    return checkpoint.paper_code(witness)


class _Said(HTMLParser):
    """The words between two tags of a page's main part, without the links under it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("main", "aside", "caption"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("main", "aside", "caption"):
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if self.within == ["main"] and data.strip():
            self.words.append(data)


def test_the_file_says_every_word_of_the_page(closed: Room) -> None:
    said = _Said()
    said.feed(text(Client(), href(closed, "minutes/")))
    words = words_of(file_of(Client(), closed))
    assert len(said.words) > 50
    assert [one for one in said.words if squeezed(one) not in words] == []
    for wanted in (
        "Comprar un tanque de 5.000 litros",
        "Quorum reached: ",
        "first call",
        "Directed the debate",
        "LOCC",
    ):
        assert squeezed(wanted) in words
    assert squeezed(code_of(closed)) in words


def test_the_code_of_the_books_and_the_number_of_the_page_stand_on_each_page(closed: Room) -> None:
    file = file_of(Client(), closed, "es")
    assert len(file.pages) > 1
    for number, page in enumerate(file.pages, start=1):
        words = squeezed(page.extract_text())
        assert squeezed(code_of(closed)) in words
        assert squeezed(f"{number} de {len(file.pages)}") in words


def test_a_voice_can_read_the_file(closed: Room) -> None:
    """PDF/UA-1 says so of itself; the tags, the language and the title that it asks for are there."""
    file = file_of(Client(), closed, "es")
    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert str(root["/Lang"]) == "es"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert file.metadata is not None
    assert str(file.metadata.title).startswith("Acta: Asamblea de ciudadanas y ciudadanos")
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    tags = list(tags_of(root["/StructTreeRoot"]))
    roles = [tag["/S"] for tag in tags if "/S" in tag]
    assert roles.count("/H1") == 1 and roles.count("/H2") >= 5
    assert {"/Table", "/TH", "/TD", "/P", "/Figure"} <= set(roles)
    pictures = [str(tag["/Alt"]) for tag in tags if tag.get("/S") == "/Figure"]
    assert [code_of(closed) in alt for alt in pictures] == [True]


def tags_of(tag: Any) -> Iterator[Any]:
    tag = tag.get_object()
    if isinstance(tag, list):
        for one in tag:
            yield from tags_of(one)
    elif isinstance(tag, dict):
        yield tag
        if "/K" in tag:
            yield from tags_of(tag["/K"])


def test_the_fonts_are_in_the_file(closed: Room) -> None:
    fonts = [font for page in file_of(Client(), closed).pages for font in fonts_of(page)]
    assert len(fonts) > 2
    assert all("/FontFile3" in one or "/FontFile2" in one for one in fonts)


def fonts_of(page: Any) -> Iterator[Any]:
    for font in page["/Resources"]["/Font"].values():
        for inner in font.get_object().get("/DescendantFonts", []):
            yield inner.get_object()["/FontDescriptor"].get_object()


def test_the_same_record_gives_the_same_bytes_called_by_day_and_organ(closed: Room) -> None:
    first, second = (Client().get(href(closed, "minutes/pdf/"), headers={"accept-language": "es"}) for _n in range(2))
    pdf._kept.cache_clear()
    third = Client().get(href(closed, "minutes/pdf/"), headers={"accept-language": "es"})
    assert first.content == second.content == third.content
    name = "acta-2026-02-20-asamblea-de-ciudadanas-y-ciudadanos.pdf"
    assert first["Content-Disposition"] == f'attachment; filename="{name}"'
    assert first["Cache-Control"] == "no-store"


def test_both_pages_lead_to_the_file(closed: Room) -> None:
    for page in ("", "minutes/"):
        assert href(closed, "minutes/pdf/") in text(Client(), href(closed, page))


@pytest.mark.parametrize("named", CHANGES)
def test_what_was_changed_with_a_database_tool_gives_no_file(closed: Room, secretary: Client, named: str) -> None:
    with tampered(CHANGES[named]):
        for client, page in ((Client(), "minutes/pdf/"), (secretary, "minutes/certified/")):
            answer = client.get(href(closed, page), headers={"accept-language": "en"})
            said = answer.content.decode()
            assert answer.status_code == 409 and "text/html" in answer["Content-Type"]
            assert "changed outside the books" in said and code_of(closed) not in said
        answer = secretary.post(href(closed, "minutes/certified/"), {"_id": str(uuid4())})
        assert answer.status_code == 409 and not printed()


def test_what_somebody_typed_is_never_markup(founded: Cast, meeting: None, secretary: Client) -> None:
    """In a motion, a place, an item and a name: each letter stands on the paper as it was typed."""
    line = " ".join(HOSTILE.split())[:190]
    founded.does(founded.secretary, RegisterPerson(full_name=line, birth_day=date(1970, 1, 1)))
    room = Room(founded, neighbours=6)
    convened = Convene(organ="cc.assembly", day=MEETING_DAY, hour="08:00", place=line, agenda=(AgendaRow(title=line),))
    room.session = room.does(convened).id
    people = room.quorate()
    room.count(room.motion(text=HOSTILE), len(people), 0)
    room.does(CloseSession(session=room.session, hour="11:00"))
    public = file_of(Client(), room)
    certified = PdfReader(io.BytesIO(certify(secretary, room).content))
    for file, times in ((public, 2), (certified, 3)):
        assert squeezed(HOSTILE) in words_of(file)
        assert words_of(file).count(squeezed(line)) >= times
        assert file.pages[0].mediabox.width > 500


@pytest.mark.parametrize("letters", ["😀 日本", "العربية", "Y" * 400])
def test_letters_of_every_kind_still_give_a_file(room: Room, meeting: None, letters: str) -> None:
    people = room.quorate()
    room.count(room.motion(text=f"Antes {letters} después"), len(people), 0)
    room.does(CloseSession(session=room.session, hour="11:00"))
    file = file_of(Client(), room)
    assert "Antes" in words_of(file) and "después" in words_of(file)
    assert "/StructTreeRoot" in file.root_object


def test_the_typesetter_stays_out_of_the_server_and_leaves_nothing_behind(closed: Room) -> None:
    before = {
        path: path.stat().st_mtime_ns for path in pdf.PROGRAM.parent.rglob("*") if "__pycache__" not in path.parts
    }
    file_of(Client(), closed)
    assert "typst" not in sys.modules
    after = {path: path.stat().st_mtime_ns for path in pdf.PROGRAM.parent.rglob("*") if "__pycache__" not in path.parts}
    assert after == before


def test_without_a_typesetter_the_pages_offer_none(
    closed: Room, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf._kept.cache_clear()
    monkeypatch.setattr(pdf, "is_there", lambda: False)
    for page in ("", "minutes/"):
        said = text(secretary, href(closed, page))
        assert "minutes/pdf" not in said and "minutes/certified" not in said
    assert "can make no PDF now" in text(Client(), href(closed, "minutes/pdf/"), 503)
    answer = secretary.post(href(closed, "minutes/certified/"), {"_id": str(uuid4())})
    assert answer.status_code == 503 and not printed()


# Certified


def certify(client: Client, room: Room, id: UUID | None = None) -> Any:
    form = {"_id": str(id or uuid4())}
    return client.post(href(room, "minutes/certified/"), form, headers={"accept-language": "en"})


def printed() -> list[Record]:
    return list(Record.objects.filter(verb=PrintCertified.verb).order_by("seq"))


def test_certified_minutes_hold_full_names_and_identity_numbers_for_who_keeps_the_roll(
    founded: Cast, meeting: None, secretary: Client
) -> None:
    known = RegisterPerson(full_name="Ñusta Belén Güell", identity="V-7.654.321", birth_day=date(1970, 1, 1))
    founded.does(founded.secretary, known)
    room = Room(founded, neighbours=3)
    people = room.quorate()
    room.count(room.motion(), len(people), 0)
    room.does(CloseSession(session=room.session, hour="11:00", chaired_by=people[0]))
    answer = certify(secretary, room)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    words = words_of(PdfReader(io.BytesIO(answer.content)))
    for wanted in ("Ñusta Belén Güell", "V-7654321", "Vecina Número 2", "directed the debate", "kept the minutes"):
        assert squeezed(wanted) in words
    assert "counted" in words and squeezed(code_of_closing(room)) in words
    public = words_of(file_of(Client(), room))
    assert squeezed("Ñusta Belén Güell") not in public and "7654321" not in public


def code_of_closing(room: Room) -> str:
    closure = queries.standing(room.session).closure
    assert closure is not None
    witness = queries.witness_of(closure)
    assert witness is not None
    return checkpoint.paper_code(witness)


def test_who_printed_stands_in_the_journal_with_the_digest_of_the_file(closed: Room, secretary: Client) -> None:
    answer = certify(secretary, closed)
    (record,) = printed()
    read = read_one(record.id)
    assert isinstance(read.act, PrintCertified)
    assert read.act.digest == sha256(answer.content).hexdigest()
    assert read.by.mandate == closed.cast.mandate(closed.cast.secretary)
    assert "no-store" in answer["Cache-Control"] and "certified" in answer["Content-Disposition"]
    assert "printed certified minutes" in text(Client(), f"/acts/{record.id}/")
    page = text(secretary, href(closed, "minutes/certified/"))
    mark = mark_of(answer)
    assert f"/acts/{record.id}/" in page and f"copy {mark[:5]}…" in page and mark[5:] not in page


def mark_of(answer: Any) -> str:
    found = re.search(r"Copy([0-9A-F]{20})", words_of(PdfReader(io.BytesIO(answer.content))))
    assert found is not None
    return found[1]


def test_each_copy_has_a_mark_of_its_own_that_the_books_do_not_tell(closed: Room, secretary: Client) -> None:
    """The public digest cannot be tried with guessed identity numbers."""
    one, other = certify(secretary, closed), certify(secretary, closed)
    marks = [mark_of(one), mark_of(other)]
    assert marks[0] != marks[1]
    bodies = b" ".join(bytes(record.body) for record in printed()).lower()
    assert all(mark.lower().encode() not in bodies for mark in marks)


def test_a_form_sent_twice_gives_the_same_file_and_one_record(closed: Room, secretary: Client) -> None:
    id = uuid4()
    assert certify(secretary, closed, id).content == certify(secretary, closed, id).content
    assert len(printed()) == 1


def test_neither_neighbours_nor_strangers_print_them(closed: Room, founded: Cast) -> None:
    neighbour, stranger = founded.browser(founded.neighbour), Client()
    for client, rule in ((neighbour, "mandates.no-seat"), (stranger, "mandates.sign-in-first")):
        for answer in (
            client.get(href(closed, "minutes/certified/"), headers={"accept-language": "en"}),
            certify(client, closed),
        ):
            said = answer.content.decode()
            assert answer.status_code == 403 and rule in said and "no-store" in answer["Cache-Control"]
            assert "Vecina Número" not in said
        assert "minutes/certified" not in text(client, href(closed, "minutes/"))
    assert not printed()


def test_a_seat_prints_them_of_its_own_organ_without_identity_numbers(founded: Cast, meeting: None) -> None:
    """Who keeps minutes of an organ does not for that read what only who keeps the roll may."""
    keeper, room = founded.comptroller, Room(founded)
    agenda = (AgendaRow(title="Cuentas"),)
    organ = Convene(organ="cc.unit.comptroller", day=MEETING_DAY, hour="09:00", place="Casa comunal", agenda=agenda)
    room.session = founded.does(keeper, organ).id
    founded.does(keeper, RecordAttendance(session=room.session, present=(PresentRow(person=keeper),)))
    founded.does(keeper, MakeCall(session=room.session, number=1, hour="09:05"))
    founded.does(keeper, CloseSession(session=room.session, hour="11:00"))
    client = founded.browser(keeper)
    assert "No identity number stands in it" in text(client, href(room, "minutes/certified/"))
    answer = certify(client, room)
    words = words_of(PdfReader(io.BytesIO(answer.content)))
    assert squeezed(Person.objects.get(pk=keeper).full_name) in words and "Identitynumber" not in words
    assert certify(founded.browser(founded.signer), room).status_code == 403  # of another unit


def test_minutes_that_are_not_finished_are_not_certified(room: Room, meeting: None, secretary: Client) -> None:
    room.quorate()
    act = PrintCertified(session=room.session, digest="ab" * 32)
    assert refused(room, act).rule == "assemblies.not-closed"
    assert certify(secretary, room).status_code == 409
    assert "minutes/certified" not in text(secretary, href(room, "minutes/"))
    assert "not finished" in words_of(file_of(Client(), room)).replace("notfinished", "not finished")
