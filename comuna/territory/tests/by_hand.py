"""What a keeper of the roll does with plain forms."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comuna.journal.models import Record

SECRETS = ("Tovar", "Rosa T", "8771539", "diabetes", "Bolívar 45", "1964")


def hand_in(browser: Client, data: bytes, name: str = "censo.xlsx") -> str:
    """Upload a list and follow to its preview; returns the preview's address."""
    answer = browser.post("/people/import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def form_id(page: str, action: str) -> str:
    found = re.search(rf'action="{action}".*?name="_id" value="([^"]+)"', page, re.DOTALL)
    assert found, page
    return found[1]


def confirm(browser: Client, preview: str, day: str = "2026-01-15") -> str:
    page = browser.get(preview).content.decode()
    id = form_id(page, preview + "confirm/")
    answer = browser.post(preview + "confirm/", {"_id": id, "census_day": day})
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def read_again(browser: Client, preview: str, **changed: str) -> str:
    """Send the form of the columns as it came, or with a few choices changed; returns the preview that comes."""
    form = filled(browser.get(preview).content.decode())
    columns = {name: value for name, value in form.items() if name.startswith(("column.", "header."))}
    answer = browser.post(preview + "columns/", columns | changed)
    assert answer.status_code == 303, answer.content.decode()
    return browser.get(preview).content.decode()


def head() -> int:
    return Record.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def filled(page: str) -> dict[str, str]:
    """What stands in a form: inputs by their names, selects and radio buttons by what is chosen."""
    parser = _Filled()
    parser.feed(page)
    return parser.values


class _Filled(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.values[self.select] = value
        elif tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.values[name] = value
