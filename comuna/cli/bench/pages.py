"""Pages of the sample: kept ones beside an empty view, a signed-in one, what the first costs on the wire, and minutes
as PDF."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from comuna.cli import Failed
from comuna.cli.bench import Figure, wire

REQUESTS = 300  # in each run
RUNS = 5
SHARE_WANTED = 0.5
COLD_BYTES_MAX, WARM_BYTES_MAX, REQUESTS_MAX = 25_000, 5_000, 4
FILE_SECONDS_MAX = 2.0
SIGNED_IN_PAGE = "/my-mandate/"


def measure(home: Path) -> list[Figure]:
    account = _sample(home)
    with wire.serving(home) as server:
        cookie = _signed_in(server.port, account)
        figures = _rates(server.port, cookie)
        figures += _first_page(server.port)
        figures.append(_slowest_file(server.port))
    return [*figures, _statements(cookie)]


def _sample(home: Path) -> tuple[str, str]:
    """Make the sample commune; the name and password of somebody in it who holds a seat."""
    command = [sys.executable, "-m", "comuna.cli", "demo", "--council"]
    made = subprocess.run(
        command, env=os.environ | {"COMUNA_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Failed(f"the sample cannot be made: {made.stderr.strip()[-1000:]}")
    accounts = json.loads((home / "demo.json").read_text())
    return accounts[-1]["name"], accounts[-1]["password"]


def _signed_in(port: int, account: tuple[str, str]) -> str:
    """The cookies of a device on which somebody is signed in."""
    there = wire.Connection(port)
    token = _cookies(there.get("/sign-in/")[0])["csrftoken"]
    typed = {"csrfmiddlewaretoken": token, "name": account[0], "password": account[1]}
    answer = there.post("/sign-in/", urlencode(typed).encode(), {"Cookie": f"csrftoken={token}"})
    found = _cookies(answer)
    if "comuna_sign_in" not in found:
        raise Failed(f"signing in was answered with {answer.status}")
    return f"comuna_sign_in={found['comuna_sign_in']}"


def _cookies(response: wire.Response) -> dict[str, str]:
    lines = response.headers.get("set-cookie", [])
    return dict(line.split(";")[0].split("=", 1) for line in lines)


def _rates(port: int, cookie: str) -> list[Figure]:
    there = wire.Connection(port)
    asked = {
        "cached": wire.Connection.request("GET", "/", wire.PHONE),
        "empty": wire.Connection.request("GET", "/bench/empty/", wire.PHONE),
        "signed in": wire.Connection.request("GET", SIGNED_IN_PAGE, wire.PHONE | {"Cookie": cookie}),
    }
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for _run in range(RUNS):
        for name, request in asked.items():
            count = REQUESTS if name != "signed in" else REQUESTS // 5
            rates[name].append(count / sum(_one(there, request) for _number in range(count)))
    found = {name: median(several) for name, several in rates.items()}
    share = found["cached"] / found["empty"]
    return [
        Figure(
            name="cached page",
            ours=found["cached"],
            unit="pages/s",
            peer=found["empty"],
            peer_is="an empty Django view behind the same middleware and server, one connection",
            target=f"at least {SHARE_WANTED:.0%} of the peer",
            met=share >= SHARE_WANTED,
            limit="the server and Django around the page; of our own, three short statements for its tag, and"
            " compressing it",
        ),
        Figure(
            name="signed-in page",
            ours=found["signed in"],
            unit="pages/s",
            peer=found["empty"],
            peer_is="the same empty view",
            target="",
            met=None,
            limit="reading the mandates afresh and filling the templates; nothing of it is ever kept",
        ),
    ]


def _one(there: wire.Connection, request: bytes) -> float:
    answer, seconds = there.ask(request)
    if answer.status != 200:
        raise Failed(f"a page was answered with {answer.status}: {request[:60]!r}")
    return seconds


def _first_page(port: int) -> list[Figure]:
    """What a phone without a copy of anything asks for, and the same phone when it comes back the same day."""
    there = wire.Connection(port)
    page = there.get("/", wire.PHONE)[0]
    text = gzip.decompress(page.body) if "gzip" in page.headers.get("content-encoding", []) else page.body
    others = _asked_for(text.decode())
    answers = [there.get(path, wire.PHONE)[0] for path in others]
    cold = page.wire_bytes + sum(answer.wire_bytes for answer in answers)
    again = there.get("/", wire.PHONE | {"If-None-Match": page.headers["etag"][0]})[0]
    stale = [path for path, answer in zip(others, answers, strict=True) if not _is_kept(answer)]
    warm = again.wire_bytes + sum(there.get(path, wire.PHONE)[0].wire_bytes for path in stale)
    parts = ", ".join(f"{path} {answer.wire_bytes:,}" for path, answer in zip(others, answers, strict=True))
    size = f"the page {page.wire_bytes:,} bytes, {parts}"
    return [
        _wire_figure("first page, cold", cold, "bytes", COLD_BYTES_MAX, size),
        _wire_figure("first page, warm", warm, "bytes", WARM_BYTES_MAX, f"answer {again.status} and its headers"),
        _wire_figure("first page, requests", 1 + len(others), "requests", REQUESTS_MAX, "what the page links to"),
    ]


def _wire_figure(name: str, value: int, unit: str, most: int, limit: str) -> Figure:
    return Figure(name, value, unit, None, "", f"at most {most:,} {unit}", value <= most, limit)


def _asked_for(html: str) -> list[str]:
    """What a browser fetches by itself for a page: styles, scripts, pictures, the icon."""
    found = re.findall(r"<(?:script|img|source|iframe)\b[^>]*\bsrc=\"([^\"]+)\"", html)
    links = re.findall(r"<link\b[^>]*>", html)
    icon = False
    for link in links:
        kind = re.search(r'\brel="([^"]*)"', link)
        target = re.search(r'\bhref="([^"]*)"', link)
        if kind is None or target is None:
            continue
        icon = icon or "icon" in kind.group(1)
        if {"stylesheet", "icon", "preload", "manifest"} & set(kind.group(1).split()):
            found.append(target.group(1))
    if not icon:
        found.append("/favicon.ico")
    return [path for path in dict.fromkeys(found) if not path.startswith("data:")]


def _is_kept(answer: wire.Response) -> bool:
    return any(re.search(r"max-age=[1-9]", value) for value in answer.headers.get("cache-control", []))


def sessions_on_the_list(there: wire.Connection) -> list[str]:
    """Addresses, of the first page of the list."""
    page = there.get("/assemblies/", wire.PHONE)[0]
    text = gzip.decompress(page.body) if "gzip" in page.headers.get("content-encoding", []) else page.body
    return list(dict.fromkeys(re.findall(r'href="(/assemblies/[0-9a-f-]{36}/)"', text.decode())))


def _slowest_file(port: int) -> Figure:
    """The minutes of every session as PDF, each asked for the first time. Raises Failed where one is none."""
    there = wire.Connection(port)
    took: list[tuple[float, int]] = []
    for session in sessions_on_the_list(there):
        answer, seconds = there.get(f"{session}minutes/pdf/")
        if not answer.body.startswith(b"%PDF-"):
            raise Failed(f"the minutes of {session} were answered with {answer.status}")
        took.append((seconds, len(answer.body)))
    slowest, size = max(took)
    return Figure(
        "minutes as PDF, slowest",
        slowest,
        "s",
        None,
        "",
        f"at most {FILE_SECONDS_MAX:.0f} s",
        slowest <= FILE_SECONDS_MAX,
        f"holding the session against its records and starting the typesetter; of {len(took)} sessions, this one's file"
        f" has {size:,} bytes",
    )


def _statements(cookie: str) -> Figure:
    """How many SQL statements a signed-in page takes."""
    from comuna.cli.start import set_up

    set_up()
    from django.db import connection
    from django.test.client import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(headers={"Cookie": cookie})
    browser.get(SIGNED_IN_PAGE)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(SIGNED_IN_PAGE)
    if answer.status_code != 200:
        raise Failed(f"{SIGNED_IN_PAGE} was answered with {answer.status_code}")
    return Figure(
        "signed-in page, statements",
        len(asked),
        "statements",
        None,
        "",
        "",
        None,
        f"who is signed in, which mandates they hold, and what stands around every page ({SIGNED_IN_PAGE})",
    )
