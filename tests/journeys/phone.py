"""A phone's browser on a served home: 360 by 740 pixels, no JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.soak.server import Server

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@contextmanager
def served(home: Path, module: Sequence[str] = ("comuna.cli", "serve")) -> Iterator[str]:
    """``comuna serve`` on that home; its address."""
    home.mkdir(parents=True, exist_ok=True)
    server = Server(home, module=module)
    try:
        server.wait_until_it_answers()
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


# A cheap phone on a bad line: what the browser's own tools call "Slow 3G" and "low-end mobile".
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # ms, bytes/s
SLOW_PROCESSOR = 6  # times slower


class Phone:
    """One neighbour's phone. It knows only what its screen shows."""

    def __init__(self, chromium: Browser, address: str, language: str = "es-VE", *, slow: bool = False) -> None:
        self.address = address
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=False, locale=language
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        if slow:
            tools = self.context.new_cdp_session(self.page)
            tools.send("Network.enable")
            tools.send("Network.emulateNetworkConditions", SLOW_LINE)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})

    def opens(self, path: str) -> None:
        """Go to an address of the house; it must be there."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"

    def follows(self, part_of_address: str) -> None:
        """Touch the first link of the page's own part whose address holds these letters."""
        self.page.locator(f'main a[href*="{part_of_address}"]').first.click()
        self.page.wait_for_load_state()

    def writes(self, **fields: str) -> None:
        """Fill inputs by their names; a double underscore stands for a dot."""
        for name, words in fields.items():
            field = self.page.locator(f'[name="{name.replace("__", ".")}"]').first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(words)
            else:
                field.fill(words)

    def chooses(self, name: str, value: str) -> None:
        """A radio button or a tick."""
        self.page.locator(f'[name="{name}"][value="{value}"]').check()

    def sends(self) -> None:
        """The form's own button."""
        self.page.locator("main form button.do").first.click()
        self.page.wait_for_load_state()

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def fits(self) -> bool:
        """Nothing sticks out to the side."""
        width = self.page.locator("html").bounding_box()
        assert width is not None
        return all(
            box is None or box["x"] + box["width"] <= width["width"] + 1
            for box in (part.bounding_box() for part in self.page.locator("main > *").all())
        )
