"""Every kind of page is looked at, and axe-core finds nothing on any: each language, each size, light and dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from comuna.acts.clock import frozen_at
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.look.pseudo import mirrored
from tests.cast import Cast
from tests.every_page import NO_PAGE, Example, examples, kinds, listed, pages, staged
from tests.eyes import RIGHT_TO_LEFT, open_page, signed_in
from tests.house import ROOT
from tests.journeys.phone import browser, served

SIZES = ((360, 740), (1280, 800))
PHONE, WIDE = SIZES
LOOKS = {  # each language, size and theme on every page, but not every one with every other
    "es": ((PHONE, "light"), (WIDE, "dark")),
    "en": ((WIDE, "light"),),
    RIGHT_TO_LEFT: ((PHONE, "dark"),),
}
Look = tuple[tuple[int, int], str]
EACH = 1  # look of a page in one run, drawn anew; LOOK_ALL=1 looks at every page in all of them
STYLE = ROOT / "comuna" / "look" / "static" / "look" / "comuna.css"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SHOWS_PARTS = ("Patrones", mirrored("Patrones"))  # titles of the page of every part


def found_by_axe(page: Page) -> list[str]:
    """What axe-core has against the page as it stands: the rule, the element, and why."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in violations for node in one["nodes"]]


def found_in(page: Page, looks: tuple[Look, ...]) -> list[str]:
    """In each size and theme."""
    found = []
    for size, theme in looks:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        found += [f"{theme} {size[0]}: {fault}" for fault in found_by_axe(page)]
    return [fault for fault in found if not _is_by_purpose(page, fault)]


def _is_by_purpose(page: Page, fault: str) -> bool:
    """The page of every part has lists with pages twice; one on a wall renews itself, and nobody reads on."""
    twice = page.title().startswith(SHOWS_PARTS) and "landmark-unique: " in fault
    return twice or (page.url.endswith("/screen/") and "meta-refresh: " in fault)


# Which pages there are


def test_every_address_of_the_program_is_a_page_that_is_looked_at_or_is_said_to_be_none() -> None:
    """A new page is added to tests/pages.txt; a stage of tests/stage.py opens what no reader comes to by links."""
    assert set(listed()) == set(pages())
    assert set(NO_PAGE) <= set(kinds())


@pytest.mark.long
@pytest.mark.browser
def test_axe_finds_nothing_on_any_page_in_languages_themes_and_sizes_drawn_anew(tmp_path: Path) -> None:
    """LOOK_ONLY="assemblies-past elections" keeps to pages whose names begin so; LOOK_SEED draws as that run did."""
    homes = staged(tmp_path)
    every = examples(homes)
    assert {one.kind for one in every} == set(listed()), "a kind of page has no example: see tests/stage.py"
    every = [one for one in every if one.name.startswith(tuple(os.environ.get("LOOK_ONLY", "").split()) or ("",))]
    seed = int(os.environ.get("LOOK_SEED") or Random().getrandbits(32))
    print(f"LOOK_SEED={seed}")  # noqa: T201  said where the test fails
    drawn = {one.name: looks_drawn(Random(f"{seed} {one.name}")) for one in every}
    found: dict[str, list[str]] = {}
    with browser() as chromium:
        for stage, home in homes.items():
            if all(one.stage != stage for one in every):
                continue
            with served(home) as url:
                for reader in dict.fromkeys(one.reader for one in every if one.stage == stage):
                    own = [one for one in every if (one.stage, one.reader) == (stage, reader)]
                    found |= _found_by_a_reader(chromium, url, home, reader, own, drawn)
    print(f"axe-core: {len(found)} pages and languages")  # noqa: T201  asked for
    against = [f"{name}: {fault}" for name, faults in found.items() for fault in faults]
    assert not against, "\n".join(against)


def looks_drawn(random: Random) -> list[tuple[str, Look]]:
    """With the language of each."""
    every = [(language, look) for language, looks in LOOKS.items() for look in looks]
    return every if os.environ.get("LOOK_ALL") else random.sample(every, EACH)


def _found_by_a_reader(
    chromium: Browser,
    url: str,
    home: Path,
    reader: str,
    own: list[Example],
    drawn: dict[str, list[tuple[str, Look]]],
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    state = signed_in(chromium, url, home, reader)
    for language in LOOKS:
        page = open_page(chromium, language, *PHONE, "light", state)
        for one in own:
            looks = tuple(look for spoken, look in drawn[one.name] if spoken == language)
            if not looks:
                continue
            answer = page.goto(url + one.address)
            assert answer is not None
            assert answer.status == 200, f"{one}: {answer.status}"
            found[f"{one.name} {language}"] = found_in(page, looks)
        page.context.close()
    return found


# A few pages without a server. They are asked for before there is a browser: Django asks no database beside its loop.


@contextmanager
def shown() -> Iterator[Page]:
    """A browser's page to which words are given, with the house's stylesheet."""
    with browser() as chromium:
        page = chromium.new_page()
        page.route("**/*", lambda route: route.fulfill(body=STYLE.read_text("utf-8"), content_type="text/css"))
        yield page


def words_at(address: str, language: str) -> str:
    asked = Client(headers={"accept-language": "en" if language == RIGHT_TO_LEFT else language})
    words = asked.get(address).content.decode().replace("<head>", '<head><base href="http://localhost/">')
    return mirrored(words) if language == RIGHT_TO_LEFT else words


@pytest.mark.browser
def test_axe_finds_nothing_on_the_parts_of_pages(founded: Cast) -> None:
    addresses = ("/", "/look/", "/look/form/", "/look/faults/")
    words = {(at, language): words_at(at, language) for at in addresses for language in ("es", RIGHT_TO_LEFT)}
    found = {}
    with shown() as page:
        for what, said in words.items():
            page.set_content(said)
            assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "without the stylesheet"
            found[what] = found_in(page, LOOKS["es"])
    assert {what: faults for what, faults in found.items() if faults} == {}


@pytest.mark.browser
def test_the_week_is_seen_on_a_phone_without_scrolling(founded: Cast) -> None:
    """Whoever opens the first page sees the next session and the days of the week on one screen."""
    room = Room(founded)
    with frozen_at(MEETING):
        people = room.quorate()
        for text in ("Limpiar la quebrada.", "Pintar la cancha."):
            room.count(room.motion(text=text, responsible="cc.finance", due_on=date(2026, 2, 25)), len(people), 0)
        words = words_at("/", "es")
    assert words.count('class="date"') == 2
    with shown() as page:
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.set_content(words)
        assert page.evaluate("document.querySelector('.days').getBoundingClientRect().bottom") <= PHONE[1]


PLANTED = {
    "color-contrast": ("</main>", '<p style="color: #bbb; background: #fff">Casi no se lee</p></main>'),
    "label": ("</main>", '<input name="x"></main>'),
    "html-has-lang": (' lang="es"', ""),
    "image-alt": ("</main>", '<img src="/x.png"></main>'),
    "heading-order": ("</main>", "<h5>Un salto</h5></main>"),
    "landmark-one-main": ("<main", "<div"),
}


@pytest.mark.browser
def test_axe_catches_a_planted_fault(founded: Cast) -> None:
    words = words_at("/", "es")
    caught = {}
    with shown() as page:
        for rule, (old, new) in PLANTED.items():
            assert old in words
            page.set_content(words.replace(old, new))
            caught[rule] = [fault for fault in found_by_axe(page) if fault.startswith(f"{rule}:")]
    assert [rule for rule, faults in caught.items() if not faults] == []
