"""``kill -9`` of the server at random moments, while clients send acts in parallel.

After each kill the server is started again and everything of that round is sent once more with the same ids;
at the end everything of all rounds. No acknowledged act may be missing, none may be there twice or half.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from threading import Event

from comuna.cli.bench.commune import Member
from tests.soak.clients import Client, Drawing, Log, Request, at_work, send_again
from tests.soak.founding import found
from tests.soak.judge import Broken, none_refused, nothing_is_lost, recorded, verified
from tests.soak.server import Server

WORK_SECONDS_MAX = 1.2
KILLED_AT_THE_START = 0.1  # share of starts that are killed before they answer
START_SECONDS_MAX = 1.5
RESTART_SECONDS = 2.0


@dataclass
class Report:
    """What was done and seen."""

    seed: int
    kills: int = 0
    sent: int = 0
    acknowledged: int = 0
    unheard: int = 0  # done, but the answer was lost with the server
    restarts: list[float] = field(default_factory=list)  # seconds to the first answer
    processor: list[float] = field(default_factory=list)  # of it, work of the server

    def __str__(self) -> str:
        slow = sum(seconds > RESTART_SECONDS for seconds in self.restarts)
        return (
            f"seed {self.seed}: {self.kills:,} kills, {self.acknowledged:,} acts acknowledged of {self.sent:,} sent,"
            f" {self.unheard:,} more done whose answer was lost; restart to first answer {median(self.restarts):.2f} s"
            f" (median; slowest {max(self.restarts):.2f} s, {slow} above {RESTART_SECONDS:.0f} s;"
            f" {max(self.processor):.2f} s of processor time at most)"
        )


@dataclass
class _Soak:
    home: Path
    members: list[Member]
    random: Random
    report: Report
    before: set[str]
    total: Log = field(default_factory=Log)

    def __post_init__(self) -> None:
        self.clients = [Client(member) for member in self.members]
        self.drawing = Drawing(self.random, self.members)

    def start(self) -> Server:
        """A server that answers; some starts before it are killed on their way."""
        while self.random.random() < KILLED_AT_THE_START:
            early = Server(self.home)
            time.sleep(self.random.uniform(0, START_SECONDS_MAX))
            early.kill()
            self.report.kills += 1
        server = Server(self.home)
        self.report.restarts.append(server.wait_until_it_answers())
        self.report.processor.append(server.processor_seconds)
        for client in self.clients:
            client.reach(server.port)
        return server

    def round(self, server: Server) -> Log:
        """Work until a random moment; then the server is killed in the middle of it."""
        wait = at_work(self.clients, self.drawing.one, Event())
        time.sleep(self.random.uniform(0, WORK_SECONDS_MAX))
        server.kill()
        self.report.kills += 1
        return wait()

    def judge(self, last: Log) -> None:
        """Before anything is sent again."""
        none_refused(last)
        self.total.add(last)
        self.report.unheard += nothing_is_lost(self.home, self.total.acknowledged, self.total.sent, self.before)

    def again(self, requests: dict[str, Request]) -> None:
        """Everything is sent once more: each is acknowledged now, and stands in the journal once."""
        log = send_again(self.clients, requests.values())
        none_refused(log)
        if silent := requests.keys() - log.acknowledged:
            raise Broken(f"{len(silent)} acts got no answer when they were sent again")
        self.total.add(log)
        if nothing_is_lost(self.home, self.total.acknowledged, self.total.sent, self.before):
            raise Broken("after sending everything again there are records that nobody was told of")


def run(kills: int, seed: int, folder: Path, say: Callable[[str], None] = lambda words: None) -> Report:
    """Raises Broken. ``folder`` is empty and stays behind when something broke."""
    home = folder / "home"
    members = found(home)
    soak = _Soak(home, members, Random(seed), Report(seed), set(recorded(home)))
    server = soak.start()
    soak.report.restarts.clear()  # the first was no restart
    soak.report.processor.clear()
    try:
        said = time.monotonic()
        while soak.report.kills < kills:
            told_before = len(soak.total.acknowledged)
            last = soak.round(server)
            server = soak.start()
            soak.judge(last)
            soak.report.acknowledged += len(soak.total.acknowledged) - told_before
            soak.report.sent += len(last.sent)
            soak.again(last.sent)
            verified(home, fast=True)
            if time.monotonic() - said > 30:
                said = time.monotonic()
                say(str(soak.report))
        soak.again(soak.total.sent)
        verified(home, fast=False)
    finally:
        server.kill()
    return soak.report
