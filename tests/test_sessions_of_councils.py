"""The list of sessions of a commune of several councils."""

from __future__ import annotations

import re
from uuid import UUID

from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AgendaRow, Convene, MakeCall, PresentRow, RecordAttendance
from comuna.mandates import codes
from comuna.mandates.acts import IssueCode
from comuna.territory.models import Person
from tests.cast import Cast
from tests.test_councils import CEIBA, MIRADOR, resident, seated, town as town
from tests.test_voting_pages import ENGLISH
from tests.town import FOUNDED, TODAY, Town


def test_sessions_are_chosen_by_council_and_then_by_organ(town: Town) -> None:
    for slug in (MIRADOR, CEIBA):
        town.at = FOUNDED
        act = Convene(
            organ=f"cc.assembly@{slug}", day=TODAY, hour="08:00", place=slug, agenda=(AgendaRow(title="Agua"),)
        )
        town.do(town.promoters[0], act)
    with frozen_at(FOUNDED):
        every, one = (Client().get(f"/assemblies/{asked}").content.decode() for asked in ("", f"?council={CEIBA}"))
        none = Client().get("/assemblies/?council=nowhere").content.decode()
    assert f"?council={MIRADOR}" in every and every.count('<span class="what">') == 2
    assert one.count('<span class="what">') == 1 and "La Ceiba" in one
    assert none.count('<span class="what">') == 0


def test_papers_of_earlier_years_are_asked_only_of_who_may_bring_them(town: Town) -> None:
    """They come into the books of the whole commune: not by the seat of one council."""
    secretary, executive = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR), seated(town, "ce.parliament", MIRADOR)
    link = "/assemblies/past/import/"
    with frozen_at(FOUNDED):
        hers, theirs = (signed_in(town, person) for person in (secretary, executive))
        assert link in theirs.get("/assemblies/").content.decode()
        assert theirs.get(link).status_code == 200
        assert link not in hers.get("/assemblies/").content.decode() + hers.get("/assemblies/past/").content.decode()
        assert hers.get(link).status_code == 403


def test_who_convenes_is_said_of_the_council_that_was_chosen(town: Town) -> None:
    seated(town, f"cc.secretary@{MIRADOR}", MIRADOR), seated(town, f"cc.secretary@{CEIBA}", CEIBA)
    with frozen_at(FOUNDED):
        own, every = (Client().get(f"/assemblies/{asked}", headers=ENGLISH) for asked in (f"?council={CEIBA}", ""))
    who = re.search(r'<div class="next.*?</div>', own.content.decode(), re.S)
    assert who is not None and "La Ceiba" in who[0] and "El Mirador" not in who[0]
    assert "in each council its own seats" in every.content.decode()


def test_what_comes_stands_above_the_filters_and_councils_by_their_names(town: Town) -> None:
    for slug in (MIRADOR, CEIBA):
        town.at = FOUNDED
        convened(town, f"cc.assembly@{slug}")
    with frozen_at(FOUNDED):
        page = Client().get("/assemblies/", headers=ENGLISH).content.decode()
    order = [
        page.find(words) for words in ("What comes", f"?council={MIRADOR}", f"?council={CEIBA}", "What took place")
    ]
    assert order == sorted(order) and -1 not in order


def test_a_year_has_a_line_for_each_council_and_its_organs_behind_it(town: Town) -> None:
    for slug in (MIRADOR, CEIBA):
        secretary = seated(town, f"cc.secretary@{slug}", slug)
        town.at = FOUNDED
        session = convened(town, f"cc.assembly@{slug}")
        town.do(secretary, RecordAttendance(session=session, present=(PresentRow(person=secretary),)))
        town.do(secretary, MakeCall(session=session, number=1, hour="08:00"))
    year = f"/assemblies/years/{TODAY.year}/"
    with frozen_at(FOUNDED):
        every, one = (Client().get(f"{year}{asked}", headers=ENGLISH) for asked in ("", f"?council={CEIBA}"))
        assert Client().get(f"{year}?council=nowhere").status_code == 404
    whole, council = every.content.decode(), one.content.decode()
    assert f"?council={MIRADOR}" in whole and f"?council={CEIBA}" in whole and "cc.assembly@" not in whole
    assert f"organ=cc.assembly@{CEIBA}" in council and f"@{MIRADOR}" not in council
    assert "2 sessions" in whole and "1 session" in council


def test_whose_session_it_is_stands_above_the_form_that_cancels_or_moves_it(town: Town) -> None:
    secretary = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    town.at = FOUNDED
    session = convened(town, f"cc.assembly@{MIRADOR}")
    with frozen_at(FOUNDED):
        browser = signed_in(town, secretary)
        for page in ("cancel", "move"):
            said = browser.get(f"/assemblies/{session}/{page}/", headers=ENGLISH).content.decode()
            assert "Whose session" in said and "El Mirador" in said and "convened" in said


def test_the_statute_s_page_counts_the_seats_of_every_council(town: Town) -> None:
    with frozen_at(FOUNDED):
        page = Client().get("/statute/organs/pc.parliament/", headers=ENGLISH).content.decode()
    assert "6 seats" in page, "one of each of two councils, three of the producers, one of the bank"


def test_the_search_finds_what_is_of_one_council(town: Town) -> None:
    for slug in (MIRADOR, CEIBA):
        town.at = FOUNDED
        convened(town, f"cc.assembly@{slug}")
    with frozen_at(FOUNDED):
        every, one, none = (
            Client().get(f"/search/?q=agua{asked}", headers=ENGLISH).content.decode()
            for asked in ("", f"&council={CEIBA}", f"&kind=decision&council={CEIBA}")
        )
    assert "2 results" in every and "1 result<" in one and "La Ceiba" in one
    assert f"kind=decision&amp;council={CEIBA}" in one, "what was chosen stays chosen"
    assert "Nothing was found" in none


def convened(town: Town, organ: str) -> UUID:
    """To be told of and held on the day of the town."""
    act = Convene(organ=organ, day=TODAY, hour="08:00", place="Plaza", agenda=(AgendaRow(title="Agua"),))
    return town.do(town.promoters[0], act).id


def values(page: str, name: str) -> list[str]:
    """What can be chosen in a field, in its order."""
    chosen = re.search(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', page, re.S)
    radios = re.findall(rf'<input type="radio"[^>]*name="{name}" value="([^"]*)"', page)
    return re.findall(r'<option value="([^"]*)"', chosen[1]) if chosen else radios


def test_a_motion_is_given_to_seats_of_the_council_that_decides_its_own_first(town: Town) -> None:
    secretary = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    town.at = FOUNDED
    session = convened(town, f"cc.assembly@{MIRADOR}")
    town.do(secretary, RecordAttendance(session=session, present=(PresentRow(person=secretary),)))
    town.do(secretary, MakeCall(session=session, number=1, hour="08:00"))
    with frozen_at(FOUNDED):
        page, browser = f"/assemblies/{session}/motion/", signed_in(town, secretary)
        near, every = (
            values(browser.get(f"{page}{asked}").content.decode(), "responsible") for asked in ("", "?seats=every")
        )
    assert near[1].endswith(f"@{MIRADOR}") and "ce.parliament" in near
    assert not any(seat.endswith(f"@{CEIBA}") for seat in near)
    assert f"cc.secretary@{CEIBA}" in every


def test_people_were_told_by_a_seat_of_the_council_or_by_a_neighbour_of_it(town: Town) -> None:
    secretary, other = (seated(town, f"cc.secretary@{slug}", slug) for slug in (MIRADOR, CEIBA))
    neighbour, stranger = resident(town, MIRADOR), resident(town, CEIBA)
    session = convened(town, f"cc.assembly@{MIRADOR}")
    with frozen_at(FOUNDED):
        browser = signed_in(town, secretary)
        near = values(browser.get(f"/assemblies/{session}/told/").content.decode(), "by")
        assert str(secretary) in near and not {str(other), str(neighbour)} & set(near)
        named = [Person.objects.get(pk=person).full_name for person in (neighbour, stranger)]
        found, none = (
            values(browser.get(f"/assemblies/{session}/told/", {"who": name}).content.decode(), "by") for name in named
        )
    assert str(neighbour) in found and str(stranger) not in none


def signed_in(town: Town, person: UUID) -> Client:
    code, browser = codes.new(), Client()
    town.do(town.promoters[0], IssueCode(person=person, digest=codes.digest_of(codes.proof(code))))
    with frozen_at(town.at):
        browser.post("/claim/", Cast.claim_form(code, f"cuenta-{str(person)[:8]}"))
    return browser
