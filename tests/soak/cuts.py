"""Power cuts: what a real server wrote is recorded, and the disk is taken back to random moments of it.

The record holds every write, name and sync of the process below its home, and every answer it sent. For a cut
at some moment the home is laid out anew as the disk would hold it: what was synced is there, of the rest
nothing or a random half. Then the books must open, verify, and hold every act acknowledged before the cut.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from random import Random
from threading import Event as Stop, Lock

from tests.soak import strace
from tests.soak.clients import Client, Drawing, Log, Request, at_work, send_again
from tests.soak.disk import Acknowledged, Disk, Event, Lost, Sync, Write, moment, write_out
from tests.soak.founding import found
from tests.soak.judge import Broken, none_refused, nothing_is_lost, recorded, verified
from tests.soak.server import Server

ACTS = 400  # enough for SQLite to carry its log over into the database several times
SHARED_MEMORY_BYTES = 32 * 1024


@dataclass
class Report:
    """What was done and seen."""

    seed: int
    acts: int = 0
    events: int = 0
    syncs: int = 0
    carried_over: int = 0  # writes into the database file itself
    cuts: int = 0
    acknowledged: int = 0  # summed over the cuts: acts that had to be there, and were
    unheard: int = 0
    broken: list[str] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)  # cuts by what became of what was not synced

    def __str__(self) -> str:
        how = ", ".join(f"{count} where {words}" for words, count in sorted(self.lost.items()))
        return (
            f"seed {self.seed}: {self.cuts:,} cuts ({how}) in a record of {self.acts:,} acts, {self.events:,} writes,"
            f" names and syncs ({self.syncs:,} syncs, {self.carried_over:,} writes into the database file);"
            f" {self.acknowledged:,} acknowledged acts looked for, {self.unheard:,} more found whose answer was never"
            f" sent; {len(self.broken)} cuts broke a promise"
        )


@dataclass
class Recording:
    """What happened in one home, in the order in which it matters."""

    home: Path
    events: list[Event]
    founded: int  # events up to here made the commune
    before: set[str]  # its records
    log: Log
    clients: list[Client]
    database: int  # the file's number


def record(folder: Path, random: Random, synchronous: str = "FULL", acts: int = ACTS) -> Recording:
    """Found a commune and let clients work on it, all of it recorded."""
    home = folder / "home"
    reading = strace.Reading(home)
    members = found(home, before=strace.command(folder / "founding.strace"))
    founding = reading.events(folder / "founding.strace")
    before = set(recorded(home))
    module = ("comuna.cli", "serve") if synchronous == "FULL" else ("tests.soak.weakened", synchronous, "serve")
    server = Server(home, before=strace.command(folder / "server.strace"), module=module)
    try:
        server.wait_until_it_answers()
        clients = [Client(member) for member in members]
        for client in clients:
            client.reach(server.port)
        log = at_work(clients, _so_many(Drawing(random, members), acts), Stop())()
    finally:
        server.stop()
    none_refused(log)
    served = list(_later(reading.events(folder / "server.strace"), founding[-1].ended + 1))
    events = sorted(founding, key=moment) + sorted(served, key=moment)
    return Recording(home, events, len(founding), before, log, clients, reading.file(PurePosixPath("comuna.db")))


def _so_many(drawing: Drawing, count: int) -> Callable[[int], Request | None]:
    lock, left = Lock(), iter(range(count))

    def draw(client: int) -> Request | None:
        with lock:
            return drawing.one(client) if next(left, None) is not None else None

    return draw


def _later(events: list[Event], lines: int) -> Iterator[Event]:
    for event in events:
        yield replace(event, began=event.began + lines, ended=event.ended + lines)


def run(
    cuts: int,
    seed: int,
    folder: Path,
    say: Callable[[str], None] = lambda words: None,
    synchronous: str = "FULL",
    acts: int = ACTS,
) -> Report:
    """Raises Broken at the first broken promise, unless the writer was weakened: then they are counted."""
    random = Random(seed)
    folder.mkdir(parents=True)
    recording = record(folder, random, synchronous, acts)
    report = _counted(recording, seed)
    moments = sorted(random.randrange(recording.founded, len(recording.events) + 1) for _ in range(cuts))
    disk, played, told = Disk(), 0, set(recording.before)
    for number, cut in enumerate(moments):
        for event in recording.events[played:cut]:
            disk.play(event)
            if isinstance(event, Acknowledged):
                told.add(event.id)
        played = cut
        lost = random.choice(list(Lost))
        home = folder / f"cut-{number}"
        write_out(disk.after_cut(lost, random), home)
        if lost is Lost.SECTORS:  # nobody knows what stands in a file that is memory only
            (home / "comuna.db-shm").write_bytes(random.randbytes(SHARED_MEMORY_BYTES))
        report.cuts += 1
        report.lost[lost.value] = report.lost.get(lost.value, 0) + 1
        try:
            report.unheard += judge(home, recording, told)
            report.acknowledged += len(told - recording.before)
            if number == len(moments) - 1:
                goes_on(home, recording)
        except Broken as broken:
            report.broken.append(str(broken))
            if synchronous == "FULL":
                raise Broken(f"seed {seed}, cut {number} at event {cut}, {lost.value}: {broken}") from broken
        shutil.rmtree(home)
        if number % 10 == 9:
            say(str(report))
    return report


def judge(home: Path, recording: Recording, told: set[str]) -> int:
    """The books open and are whole, and so are the keys. Gives how many acts are there that nobody was told of."""
    verified(home, fast=False)
    unheard = nothing_is_lost(home, told, recording.log.sent, recording.before)
    for key in (recording.home / "keys").iterdir():
        kept = home / "keys" / key.name
        if not kept.exists() or kept.read_bytes() != key.read_bytes():
            raise Broken(f"the key {key.name} is gone")
    return unheard


def goes_on(home: Path, recording: Recording) -> None:
    """The server starts on what the cut left, and everything sent again is there once."""
    server = Server(home)
    try:
        server.wait_until_it_answers()
        for client in recording.clients:
            client.cookies.clear()  # a device's session may be lost with a cut; its acts may not
            client.reach(server.port)
        log = send_again(recording.clients, recording.log.sent.values())
        none_refused(log)
        if nothing_is_lost(home, recording.log.sent, recording.log.sent, recording.before):
            raise Broken("an act is there that nobody sent")
    finally:
        server.kill()
    verified(home, fast=False)


def _counted(recording: Recording, seed: int) -> Report:
    events = recording.events[recording.founded :]
    carried_over = sum(isinstance(event, Write) and event.file == recording.database for event in events)
    answers = {event.id for event in events if isinstance(event, Acknowledged)}
    if unrecorded := recording.log.acknowledged - answers:
        raise Broken(f"the record misses {len(unrecorded)} answers that were sent")
    return Report(
        seed,
        acts=len(recording.log.acknowledged),
        events=len(events) - len(answers),
        syncs=sum(isinstance(event, Sync) for event in events),
        carried_over=carried_over,
    )
