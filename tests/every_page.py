"""Every page of the program with an address where it has something to show, for whoever looks through them all.

A kind of page is a URL pattern. ``tests/pages.txt`` lists each with the home of ``tests/stage.py`` and the reader there
who comes to one by links, from the first page or from what the stage says; ``NO_PAGE`` names the patterns that are no
page, each with why. ``python -m tests.every_page STAGE``, in such a home, prints as JSON the examples found.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from tests.house import ROOT

STAGES = ("sample", "town", "empty", "founded")  # the first that shows a page is the one that is looked at
STRANGER = "-"
SECRETARY = "secretaria"
OF_A_KIND_MAX = 4  # pages that a reader opens
LIST = ROOT / "tests" / "pages.txt"
SEVERAL = {"assemblies/<uuid:id>/": 3, "assemblies/<uuid:id>/minutes/": 2, "elections/recalls/<uuid:id>/": 3}
OTHERWISE = ("", "assemblies/<uuid:id>/", "assemblies/", "who-decides/", "letters/")  # for those who may do something
ALSO = {("town", "ana"): ("assemblies/<uuid:id>/", "assemblies/<uuid:id>/minutes/")}  # amendments, people who left
LOOK = (
    "session",
    "form",
    "faults",
    "refused",
    "empty",
    "minutes",
)  # the parts that pages are made of, which no page links

NO_PAGE = {
    "language/<slug:language>/": "keeps the language and goes back",
    "sign-out/": "signs out and goes home",
    "streets/none/": "forgets my street and goes home",
    "streets/<uuid:id>/mine/": "keeps my street and goes there",
    "api/": "for programs",
    "api/acts/": "for programs",
    "api/acts/batch/": "for programs",
    "api/acts/<verb>/": "for programs",
    "api/openapi.json": "for programs",
    "agenda.ics": "a calendar",
    "agenda/<slug:council>.ics": "a calendar",
    "popolo.json": "open data",
    "statute/file/": "the statute's own text, as it is",
    "proposals/<uuid:id>/file/<str:name>/": "a file, as it is",
    "acts/<uuid:act>/record/": "the record, as it is",
    "assemblies/<uuid:id>/minutes/pdf/": "a PDF file",
    "accounts/books/<uuid:id>/report/pdf/": "a PDF file",
    "assemblies/<uuid:id>/slips/pdf/": "a PDF file",
    "accounts/receipts/<uuid:id>/file/": "a photo or PDF, as it is",
    "proposals/<uuid:id>/changes/": "lines of text",
    "assemblies/<uuid:id>/notice/": "lines of text, to send on",
    "people/import/<uuid:id>/columns/": "takes the preview's form and goes back to it",
    "people/import/<uuid:id>/same/": "takes the preview's form and goes back to it",
    "assemblies/past/import/<uuid:id>/discard/": "takes the preview's form and goes back to it",
    "accounts/books/<uuid:id>/export/<slug:kind>/": "a file, as it is",
    "accounts/imports/waiting/<uuid:id>/discard/": "takes the preview's form and goes back to it",
    "people/import/<uuid:id>/discard/": "takes the preview's form and goes back to it",
}


def listed() -> dict[str, tuple[str, str]]:
    """Each kind of page with the stage and the reader who comes to it."""
    rows = (line.split("\t") for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {kind: (stage, reader) for kind, stage, reader in rows}


@dataclass(frozen=True)
class Example:
    """A page: its name for files, where it is, and who looks at it."""

    kind: str
    name: str
    stage: str
    address: str
    reader: str = STRANGER


def kinds() -> list[str]:
    """The URL patterns of the program, in its own order, each once."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def of(resolver: URLResolver, before: str = "") -> Iterator[str]:
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                yield before + str(one.pattern)
            else:
                yield from of(one, before + str(one.pattern))

    return list(dict.fromkeys(of(get_resolver())))


def pages() -> list[str]:
    """The patterns that are pages."""
    return [kind for kind in kinds() if kind not in NO_PAGE]


def name_of(kind: str) -> str:
    """``assemblies-id-minutes``, of a pattern."""
    return re.sub(r"<\w+:(\w+)>", r"\1", kind).strip("/").replace("/", "-") or "home"


def staged(folder: Path) -> dict[str, Path]:
    """A home of each stage, made in this folder."""
    for stage in STAGES:
        _python(folder / stage, "tests.stage", stage)
    return {stage: folder / stage for stage in STAGES}


def examples(homes: dict[str, Path]) -> list[Example]:
    """The pages to look at, as the stages show them, in the order of the program's addresses."""
    rows = [row for stage, home in homes.items() for row in json.loads(_python(home, "tests.every_page", stage))]
    order = {kind: number for number, kind in enumerate(kinds())}
    return sorted((Example(**row) for row in rows), key=lambda one: order[one.kind])


def _python(home: Path, module: str, *words: str) -> str:
    environment = {**os.environ, "COMUNA_HOME": str(home), "DATABASE_URL": "", "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(
        [sys.executable, "-m", module, *words], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert answer.returncode == 0, f"{module} {' '.join(words)}: {answer.stdout}{answer.stderr}"
    return answer.stdout


def readers(home: Path) -> dict[str, str]:
    """Who can sign in there, with the password; a stranger first."""
    listed = home / "demo.json"
    known = json.loads(listed.read_text("utf-8")) if listed.exists() else []
    return {STRANGER: "", **{one["name"]: one["password"] for one in known}}


def cookies(home: Path) -> dict[str, str]:
    """What a browser that has been there before holds."""
    return dict(_said(home)["cookies"])


def _said(home: Path) -> dict[str, Any]:
    listed = home / "look.json"
    return json.loads(listed.read_text("utf-8")) if listed.exists() else {"addresses": [], "cookies": {}}


# In the home


def _main(stage: str) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "comuna.web.settings"
    django.setup()
    found: dict[str, list[Example]] = {}
    here = {kind: reader for kind, (of, reader) in listed().items() if of == stage}
    for reader, password in readers(Path(os.environ["COMUNA_HOME"])).items():
        wanted = {kind: SEVERAL.get(kind, 1) for kind, whose in here.items() if whose == reader}
        if wanted and reader == SECRETARY:  # she sees more on pages that everybody sees
            wanted |= dict.fromkeys((kind for kind in OTHERWISE if here.get(kind) == STRANGER), 1)
        wanted |= dict.fromkeys(ALSO.get((stage, reader), ()), 1)
        for kind, address in _walk(reader, password) if wanted else ():
            if wanted.get(kind, 0) > 0:
                wanted[kind] -= 1
                known = found.setdefault(kind, [])
                name = name_of(kind) + (f"-{len(known) + 1}" if known else "") + ("" if kind in here else f"-{stage}")
                known.append(Example(kind, name, stage, address, reader))
            if not any(wanted.values()):
                break
    print(json.dumps([asdict(one) for several in found.values() for one in several]))  # noqa: T201  that is its answer


def _walk(reader: str, password: str) -> Iterator[tuple[str, str]]:
    """Every page that this reader comes to by links, with its kind."""
    from django.test import Client
    from django.urls import Resolver404, resolve

    browser = Client(headers={"host": "localhost"})
    if reader != STRANGER:
        browser.post("/sign-in/", {"_id": str(uuid4()), "name": reader, "password": password})
    home = Path(os.environ["COMUNA_HOME"])
    browser.cookies.load(cookies(home))
    waiting, asked = ["/", "/found/", "/found/codes/", "/look/", *_said(home)["addresses"]], dict[str, int]()
    waiting += [f"/look/{name}/" for name in LOOK]
    known = set(waiting)
    while waiting:
        address = waiting.pop(0)
        try:
            kind = resolve(urlsplit(address).path).route
        except Resolver404:
            continue
        asked[kind] = asked.get(kind, 0) + 1
        if kind in NO_PAGE or asked[kind] > OF_A_KIND_MAX:
            continue
        answer = browser.get(address)
        is_page = "text/html" in answer.get("Content-Type", "")
        if answer.status_code == 200 and is_page:
            yield kind, address
        words = answer.content.decode() if is_page else ""
        links = [answer["Location"]] if answer.has_header("Location") else []
        for link in (*links, *map(unescape, re.findall(r'(?:href|action)="([^"]+)"', words))):
            parts = urlsplit(urljoin(f"http://localhost{address}", link))
            found = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc == "localhost" and found not in known:
                known.add(found)
                waiting.append(found)


if __name__ == "__main__":
    _main(sys.argv[1])
