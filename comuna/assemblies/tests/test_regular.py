"""Regular meetings by the statute, and those that a decision put on another day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies import queries
from comuna.assemblies.acts import AgendaRow, Convene, MoveMeeting, UndoCount
from comuna.assemblies.models import Resolution, Tally
from comuna.assemblies.rules import meets_on, regular_days
from comuna.assemblies.tests.test_pages import text
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.statutes.statute import Every, Mark, Rhythm, Rule
from tests.cast import Cast, refused

FIRST_SATURDAY = Rhythm(Rule("r", "art. 1", Mark.OWN), Every.MONTH, 6, 1)
HOLIDAY, INSTEAD = date(2026, 5, 2), date(2026, 5, 9)


def test_a_moved_meeting_stands_on_its_new_day_and_the_others_stay_over_the_years() -> None:
    moved = {HOLIDAY: INSTEAD}
    found = regular_days(FIRST_SATURDAY, date(2026, 4, 10), moved, 3)
    assert found == [(INSTEAD, HOLIDAY), (date(2026, 6, 6),) * 2, (date(2026, 7, 4),) * 2]
    assert regular_days(FIRST_SATURDAY, date(2026, 5, 5), moved, 1) == [(INSTEAD, HOLIDAY)]
    assert [day for day, _by in regular_days(FIRST_SATURDAY, date(2026, 4, 10), {}, 40)][-1] == date(2029, 8, 4)
    earlier = {HOLIDAY: date(2026, 4, 30)}
    assert regular_days(FIRST_SATURDAY, date(2026, 4, 10), earlier, 2)[0] == (date(2026, 4, 30), HOLIDAY)
    assert meets_on(FIRST_SATURDAY, HOLIDAY) and not meets_on(FIRST_SATURDAY, INSTEAD)


@pytest.fixture
def decided(founded: Cast) -> Room:
    room = Room(founded, neighbours=3)
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(text="Pasar la reunión del feriado al 9 de mayo"), whole, 0)
    return room


def moving(**other: object) -> MoveMeeting:
    fields = {"resolution": Resolution.objects.get().id, "organ": "cc.assembly", "from_day": HOLIDAY, "day": INSTEAD}
    return MoveMeeting.model_validate(fields | other)


def test_an_organ_without_a_rhythm_has_no_regular_meeting(decided: Room) -> None:
    assert queries.standing(decided.session).organ.rhythm is None
    with frozen_at(MEETING), refused("assemblies.no-regular-meeting"):
        decided.does(moving())


def test_the_calendar_and_the_page_show_the_day_instead(decided: Room) -> None:
    statute = queries.standing(decided.session).statute
    organ = next(one for one in statute.organs if one.rhythm is not None and one.calls)
    assert organ.rhythm is not None
    with frozen_at(MEETING):
        (by_statute, _same), *_more = queries.regular_meetings(decided.cast.commune, organ, date(2026, 3, 1), 1)
        instead = by_statute.replace(day=by_statute.day + 1)
        with refused("assemblies.no-regular-meeting"):
            decided.cast.does(decided.cast.promoter, moving(organ=organ.id, from_day=instead, day=by_statute))
        decided.cast.does(decided.cast.promoter, moving(organ=organ.id, from_day=by_statute, day=instead))
        assert queries.regular_meetings(decided.cast.commune, organ, date(2026, 3, 1))[0] == (instead, by_statute)
        page = text(Client(), "/assemblies/regular/")
        assert "instead of" in page and "Decision 1 of 2026" in page
        calendar = Client().get("/agenda.ics").content.decode()
        assert f"DTSTART;VALUE=DATE:{instead:%Y%m%d}" in calendar and "STATUS:TENTATIVE" in calendar
        with refused("assemblies.meeting-moved"):
            decided.does(UndoCount(tally=Tally.objects.get().id))


FORTNIGHT = Rhythm(Rule("r", "art. 26", Mark.OWN), Every.FORTNIGHT, 3)


def test_a_fortnight_is_counted_from_the_last_meeting_and_not_from_the_day_on_which_somebody_asks() -> None:
    met = date(2026, 2, 11)
    asked = [regular_days(FORTNIGHT, date(2026, 2, day), {}, 2, met) for day in range(11, 25)]
    assert set(map(tuple, asked)) == {((date(2026, 2, 25),) * 2, (date(2026, 3, 11),) * 2)}
    assert regular_days(FORTNIGHT, date(2026, 2, 25), {}, 1, met)[0][0] == date(2026, 3, 11)
    assert meets_on(FORTNIGHT, date(2026, 2, 25)) and not meets_on(FORTNIGHT, date(2026, 2, 26))


def test_a_moved_meeting_goes_back_to_the_day_that_the_statute_says(decided: Room) -> None:
    statute = queries.standing(decided.session).statute
    organ = next(one for one in statute.organs if one.rhythm is not None and one.calls)
    commune, promoter = decided.cast.commune, decided.cast.promoter
    with frozen_at(MEETING):
        (day, _same), *_more = queries.regular_meetings(commune, organ, date(2026, 3, 1), 1)
        with refused("assemblies.moved-too-far"):
            decided.cast.does(promoter, moving(organ=organ.id, from_day=day, day=day))
        decided.cast.does(promoter, moving(organ=organ.id, from_day=day, day=day.replace(day=day.day + 1)))
        decided.cast.does(promoter, moving(organ=organ.id, from_day=day, day=day))
        assert queries.moved_meetings(commune) == []
        assert queries.regular_meetings(commune, organ, date(2026, 3, 1))[0] == (day, day)


def test_the_first_page_says_of_a_moved_meeting_that_it_is_not_called_on_its_new_day(decided: Room) -> None:
    statute = queries.standing(decided.session).statute
    with frozen_at(MEETING):
        organs = queries.not_convened(decided.cast.commune, statute.organs, date(2026, 3, 1))
        organ, day = next((id, day) for id, day in organs.items() if day.day < 25)
        instead = day.replace(day=day.day + 2)
        decided.cast.does(decided.cast.promoter, moving(organ=organ, from_day=day, day=instead))
        assert queries.not_convened(decided.cast.commune, statute.organs, instead)[organ] == instead


def test_a_meeting_is_moved_by_a_decision_of_the_organ_or_the_highest_at_most_two_months_and_before_it_is_convened(
    decided: Room,
) -> None:
    statute = queries.standing(decided.session).statute
    organ = next(one for one in statute.organs if one.rhythm is not None and one.calls)
    cast = decided.cast
    with frozen_at(MEETING):
        (day, _same), *_more = queries.regular_meetings(cast.commune, organ, date(2026, 3, 1), 1)
        with refused("assemblies.moved-too-far"):
            cast.does(cast.promoter, moving(organ=organ.id, from_day=day, day=day + timedelta(days=63)))
        agenda = (AgendaRow(title="Cuentas"),)
        act = Convene(organ=organ.id, day=day, hour="18:00", place="Casa", agenda=agenda)
        cast.does(cast.promoter, act)
        with refused("assemblies.convened-already"):
            cast.does(cast.promoter, moving(organ=organ.id, from_day=day, day=day + timedelta(days=1)))
