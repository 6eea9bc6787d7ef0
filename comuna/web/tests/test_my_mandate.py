"""The page of one's own mandate leads only to pages that are there."""

from __future__ import annotations

import re

import pytest

from comuna.mandates.pages.own import offered
from comuna.mandates.queries import holders
from tests.cast import TODAY, Cast

LINK = re.compile(r'href="(/[^"#]*)"')


def test_no_act_of_any_seat_is_offered_where_no_page_begins_it(founded: Cast) -> None:
    browser = founded.browser(founded.secretary)
    acts = offered()
    assert len(acts) > 10
    assert [act.verb for act, href in acts if browser.get(href).status_code == 404] == []


@pytest.mark.long
def test_every_link_of_everybody_leads_somewhere(founded: Cast) -> None:
    for person in {held.person for held in holders(founded.commune, TODAY)}:
        browser = founded.browser(person)
        links = set(LINK.findall(browser.get("/my-mandate/").content.decode()))
        assert [link for link in links if browser.get(link).status_code == 404] == [], person
