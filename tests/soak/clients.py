"""Neighbours at work: signed-in clients that send acts in parallel, as API envelopes and as plain forms."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from threading import Event, Lock, Thread
from urllib.parse import urlencode
from uuid import UUID

from comuna.cli.bench.commune import Member

ANSWER_SECONDS_MAX = 30.0
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


@dataclass(frozen=True)
class Request:
    """One act as it is sent, and sent again."""

    id: str
    verb: str
    fields: dict[str, str | int]
    as_form: bool
    client: int  # whose act it is: the door answers nobody else


@dataclass
class Log:
    """What one or several rounds sent, and what they were told."""

    sent: dict[str, Request] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)

    def add(self, other: Log) -> None:
        self.sent |= other.sent
        self.acknowledged |= other.acknowledged
        self.refused |= other.refused


class Drawing:
    """Acts drawn at random which no rule refuses: their words are new."""

    def __init__(self, random: Random, members: list[Member]) -> None:
        self.random, self.members = random, members
        self.count = 0
        self.lock = Lock()

    def one(self, client: int) -> Request:
        with self.lock:
            self.count += 1
            return _drawn(self.random, self.members, self.count, client)


def _drawn(random: Random, members: list[Member], number: int, client: int) -> Request:
    id = UUID(int=random.getrandbits(128), version=4)
    mark = id.hex[:10]
    choices: list[tuple[str, dict[str, str | int]]] = [
        ("territory.add_sector", {"name": f"Sector {mark}"}),
        ("territory.add_street", {"name": f"Vereda {mark}"}),
        ("territory.register_household", {"house": f"Casa {mark}"}),
        (
            "territory.register_person",
            {
                "full_name": f"Carmen {mark} Rojas",
                "age_years": random.randrange(100),
                "identity": f"V-{4_000_000 + number}",
                "health": f"asma {mark}",
            },
        ),
        (
            "mandates.issue_code",
            {"person": random.choice(members).person, "digest": sha256(id.bytes).hexdigest()},
        ),
    ]
    verb, fields = random.choice(choices)
    by_form = verb in ("territory.add_sector", "territory.add_street", "territory.register_household")
    return Request(str(id), verb, fields, by_form and random.random() < 0.5, client)


class Client:
    """One device, signed in through the page on which people sign in."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.cookies: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None

    def reach(self, port: int) -> None:
        """The server of this port from now on; the first time, sign in."""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS_MAX)
        if "comuna_sign_in" not in self.cookies:
            page = self._ask("GET", "/sign-in/")
            assert page.status == 200, page
            typed = {"name": self.member.name, "password": self.member.password}
            answer = self._form("/sign-in/", typed)
            assert "comuna_sign_in" in self.cookies, answer

    def send(self, request: Request) -> tuple[bool, str]:
        """Whether the act was acknowledged, and the answer in words.

        Raises OSError or http.client.HTTPException when the server went away.
        """
        if request.as_form:
            answer = self._form(f"/do/{request.verb}/", {"_id": request.id, **request.fields})
            return answer.status in (302, 303) and request.id in answer.location, str(answer)
        envelope = {"verb": request.verb, "id": request.id, "fields": request.fields}
        answer = self._ask("POST", "/api/acts/", json.dumps(envelope).encode(), _JSON)
        return answer.status in (200, 201), str(answer)

    def _form(self, path: str, typed: Mapping[str, str | int]) -> _Answer:
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **typed}).encode()
        return self._ask("POST", path, body, _FORM)

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> _Answer:
        assert self.connection is not None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for line in response.headers.get_all("Set-Cookie") or ():
            if found := re.match(r'(\w+)=([^;"]+)', line):
                self.cookies[found.group(1)] = found.group(2)
        return _Answer(response.status, response.headers.get("Location", ""), text[:600])


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str
    text: str


def at_work(clients: list[Client], next_request: Callable[[int], Request | None], stop: Event) -> Callable[[], Log]:
    """Let every client send until ``stop``, until ``next_request(client)`` has no more, or until the server is
    gone. Gives a function that waits for all of them and tells what they sent and were told."""
    logs = [Log() for _ in clients]
    threads = [
        Thread(target=_work, args=(client, number, next_request, stop, logs[number]))
        for number, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()

    def wait() -> Log:
        total = Log()
        for thread, log in zip(threads, logs, strict=True):
            thread.join()
            total.add(log)
        return total

    return wait


def _work(client: Client, number: int, next_request: Callable[[int], Request | None], stop: Event, log: Log) -> None:
    while not stop.is_set():
        request = next_request(number)
        if request is None:
            return
        log.sent[request.id] = request
        try:
            acknowledged, words = client.send(request)
        except (OSError, http.client.HTTPException):
            return
        if acknowledged:
            log.acknowledged.add(request.id)
        else:
            log.refused[request.id] = words


def send_again(clients: list[Client], requests: Iterable[Request]) -> Log:
    """All of them once more, each by the client that sent it."""
    waiting = list(requests)
    shares = [iter([one for one in waiting if one.client == number]) for number in range(len(clients))]
    return at_work(clients, lambda number: next(shares[number], None), Event())()
