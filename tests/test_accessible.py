"""Every page can be heard, pressed by keys and found one's way in: as a stranger, a neighbour and the secretary."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.tests.test_session import MEETING
from conftest import Books
from tests import test_privacy
from tests.accessible import CHECKS, faults
from tests.cast import Cast
from tests.test_privacy import crawl, seeds

lived_in = test_privacy.lived_in  # books with a census and an assembly
WHOLE = """<!doctype html><html lang="es"><head><title>Actos</title></head><body>
<a href="#answer">Ir al contenido</a><header><a href="/">Comuna</a></header>
<main id="answer"><h1>Actos</h1>{}</main><footer>Comuna</footer></body></html>"""


def walked(cast: Cast, who: str) -> tuple[Client, dict[str, str]]:
    """Somebody's browser and every page that it comes to, by its address."""
    browser = cast.browser(None if who == "stranger" else getattr(cast, who))
    crawled = crawl(browser, [*seeds(), "/look/", "/look/empty/", "/found/", "/no-such-page/"])
    pages = {at: said[said.index("<!doctype") :] for at, said in crawled.seen.items() if "<!doctype" in said}
    assert len({urlsplit(address).path for address in pages}) > 25
    return browser, pages


@pytest.mark.parametrize("who", ["stranger", "neighbour", "secretary"])
def test_every_page_is_whole_for_whoever_does_not_see_it(lived_in: Cast, who: str) -> None:
    with frozen_at(MEETING):
        _browser, pages = walked(lived_in, who)
    found = {address: missing for address, page in pages.items() if (missing := faults_of(address, page))}
    assert found == {}


def faults_of(address: str, page: str) -> list[str]:
    """On the page that shows every part of a page, parts stand twice by purpose."""
    shows_parts = address.startswith("/look/")
    return [fault for fault in faults(page) if not (shows_parts and fault.startswith("navigations"))]


def test_a_form_that_comes_back_with_errors_is_whole_too(lived_in: Cast) -> None:
    """Each form that the secretary comes to, sent empty."""
    with frozen_at(MEETING):
        browser, pages = walked(lived_in, "secretary")
        forms = [address for address, page in pages.items() if 'method="post"' in page and "/look/" not in address]
        answers = {address: browser.post(address, {"_id": str(uuid4())}) for address in forms}
    for address in [at for at, said in answers.items() if said.get("Content-Type") == "application/pdf"]:
        del answers[address]  # certified minutes ask for nothing
    refused = {at: said.content.decode() for at, said in answers.items() if said.status_code in (200, 400, 409, 422)}
    assert len(refused) > 10
    assert {address: missing for address, page in refused.items() if (missing := faults(page))} == {}


def test_the_page_that_founds_is_whole_before_and_after_an_error(books: Books) -> None:
    client = Client()
    assert faults(client.get("/found/").content.decode()) == []
    assert faults(client.post("/found/", {"_id": str(uuid4())}).content.decode()) == []


BAD = {
    "<h3>Otra</h3>": "h3 “Otra” follows h1",
    "<h1>Otra</h1>": "2 headings of the first level",
    '<input name="x">': 'no label for <input name="x">',
    '<label><input type="radio" name="x">Sí</label>': "no legend over",
    "<table><caption>Votos</caption><tr><th>Sí</th></tr></table>": "no scope on the header",
    '<table><tr><th scope="col">Sí</th></tr></table>': "a table without a caption",
    '<img src="/x.png">': "no alt on <img>",
    "<svg><path/></svg>": "a drawing that says nothing",
    '<a href="/x/"><svg aria-hidden="true"></svg></a>': "no words on",
    '<p id="answer">x</p>': "the id answer stands 2 times",
    '<label for="y">Y</label>': "names y, which is not on the page",
    '<a href="/x/" tabindex="2">x</a>': "jumps the order",
    '<span onclick="x()">x</span>': "no key reaches it",
    "</main><main>": "2 main parts",
    "<nav><a href='/x/'>x</a></nav><nav><a href='/x/'>x</a></nav>": "navigations that cannot be told apart",
}


def test_a_whole_page_has_no_faults() -> None:
    assert faults(WHOLE.format("")) == []
    assert faults(WHOLE.format('<label for="y">Y</label><input id="y" name="y">')) == []


@pytest.mark.parametrize("part", BAD)
def test_a_fault_is_named(part: str) -> None:
    assert any(BAD[part] in fault for fault in faults(WHOLE.format(part))), faults(WHOLE.format(part))


def test_a_page_without_a_language_or_a_title_is_named() -> None:
    named = " ".join(faults(WHOLE.format("").replace(' lang="es"', "").replace("<title>Actos</title>", "")))
    assert "does not say its language" in named
    assert "has no title" in named
    assert len(CHECKS) == 9
