"""A browser that looks at the pages: in a size, a theme and a language, the right-to-left pseudo-language too."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, Route, StorageState

from comuna.look.pseudo import mirrored
from tests.every_page import STRANGER, cookies, readers

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RIGHT_TO_LEFT = "rtl"


def open_page(
    browser: Browser, language: str, width: int, height: int, theme: str, state: StorageState | None = None
) -> Page:
    """A page in a context of its own, which its caller closes."""
    context = browser.new_context(
        storage_state=state,
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        extra_http_headers={"Accept-Language": "en" if language == RIGHT_TO_LEFT else language},
    )
    page = context.new_page()
    if language == RIGHT_TO_LEFT:
        page.route("**/*", _turn_round)
    return page


def _turn_round(route: Route) -> None:
    """Hand the page on in the pseudo-language."""
    if route.request.resource_type != "document":
        route.continue_()
        return
    answer = route.fetch()
    route.fulfill(response=answer, body=mirrored(answer.text()))


def signed_in(browser: Browser, url: str, home: Path, reader: str) -> StorageState | None:
    """What a reader's browser holds once she has signed in on a served home."""
    context = browser.new_context()
    kept = cookies(home)
    if kept:
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in kept.items()])
    if reader != STRANGER:
        page = context.new_page()
        page.goto(f"{url}/sign-in/")
        page.fill("input[name=name]", reader)
        page.fill("input[name=password]", readers(home)[reader])
        page.click("button.do")
    state = context.storage_state()
    context.close()
    return state
