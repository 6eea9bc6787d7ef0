"""How, when and by whom people were told stands on the page and in the minutes; slips are all alike."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO

from django.test import Client
from pypdf import PdfReader

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import CloseSession, RecordNotice, RecordPapers, UndoNotice
from comuna.assemblies.acts.noticing import How
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.tests.test_pages import form_of, href, text
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY, Room
from tests.cast import TODAY, Cast, refused


def notice(room: Room, on: date, how: How = How.POSTER) -> RecordNotice:
    return RecordNotice(session=room.session, how=how, on=on, by=room.cast.secretary, where="Pared de la bodega")


def test_the_minutes_say_how_people_were_told_when_and_by_whom(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    room.does(notice(room, TODAY))
    with frozen_at(MEETING):
        room.does(notice(room, MEETING_DAY, How.LOUDSPEAKER))
        room.quorate()
        room.does(CloseSession(session=room.session, hour="11:00"))
        page = text(Client(), href(room, "minutes/"))
    assert "on a poster, 10 February 2026, 10 days before, by" in page and "Pared de la bodega" in page
    assert "by loudspeaker" in page and "0 days before" in page
    assert "Yelitza Carolina" not in page or "Rondón" in page
    assert changed_outside(room.session) == []


def test_nobody_was_told_before_the_convening_nor_on_a_day_to_come(founded: Cast) -> None:
    room = Room(founded)
    for day, rule in (
        (date(2026, 2, 9), "assemblies.notice-before"),
        (date(2026, 2, 11), "assemblies.notice-ahead"),
    ):
        with refused(rule):
            room.does(notice(room, day))
    with frozen_at("2026-02-21T14:00:00Z"), refused("assemblies.notice-late"):
        room.does(notice(room, date(2026, 2, 21)))


def test_what_was_written_wrongly_is_taken_back_from_the_page(founded: Cast) -> None:
    room = Room(founded)
    secretary = founded.browser(founded.secretary)
    where = href(room, "told/")
    form = form_of(text(secretary, where)) | {"how": "doors", "on": "2026-02-10", "by": str(founded.secretary)}
    form.pop("who")  # of the form above it, which looks for somebody
    assert secretary.post(where, form).status_code == 302
    (told,) = queries.notices(room.session)
    assert (told.how, told.days_before) == ("doors", 10)
    undo = f"/assemblies/take-back/notice/?notice={told.id}"
    assert undo in text(secretary, href(room)).replace("&amp;", "&")
    room.does(UndoNotice(notice=told.id))
    assert queries.notices(room.session) == []


def test_slips_come_as_a_file_too_with_nothing_but_slips_on_its_sheets(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    with frozen_at(MEETING):
        room.quorate()
        room.motion()
        english = {"accept-language": "en"}
        page = Client().get(href(room, "slips/"), {"n": "40", "seat": "cc.finance", "names": "2"}, headers=english)
        link = re.search(r'href="([^"]+slips/pdf/[^"]+)"', page.content.decode())
        assert link
        answer = Client().get(unescape(link[1]), headers=english)
        assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
        sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages]
        assert len(sheets) > 1
        assert sum(sheet.count("Finance spokesperson") for sheet in sheets) == 40
        words = {line for sheet in sheets for line in sheet.splitlines() if line.strip()}
        assert len(words) <= 3  # whose, and what is asked: no number, no page, no code
        hands = Client().get(href(room, "slips/pdf/"), {"n": "3"}, headers=english)
        assert PdfReader(BytesIO(hands.content)).pages[0].extract_text().count("In favour") == 3


def test_slips_are_all_alike_and_their_sum_is_asked_for(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    with frozen_at(MEETING):
        people = room.quorate()
        motion = room.motion()
        page = text(Client(), href(room, "slips/") + "?n=7")
        assert page.count("☐ In favour") == page.count("☐ Against") == 7
        slips = page.split("<li><p><small>")[1:]
        assert len({slip.split("</li>")[0] for slip in slips}) == 1
        assert text(Client(), href(room, "slips/")).count("☐ Against") == len(people)
        assert text(Client(), href(room, "slips/") + "?seat=cc.finance&names=3&n=2").count('class="write"') == 6
        counted = {"issued": 7, "votes_for": 4, "against": 1, "blank": 0, "spoiled": 1, "returned": 0}
        act = {"motion": motion, "counter_one": people[0], "counter_two": people[1], **counted}
        with refused("assemblies.papers-do-not-add-up"):
            room.does(RecordPapers.model_validate(act))
        room.does(RecordPapers.model_validate(act | {"returned": 1}))
