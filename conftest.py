"""Fixtures that every room's tests share.

``books`` is an empty home with a real database file of its own, copied from a template that is made
once a run (on PostgreSQL a database out of a pool, ``tests/pooled.py``): commits are commits, triggers stand, nothing
is rolled back or flushed. When the test is over, the search must hold what the state says, whatever
it performed is replayed into another blank file, and the two states must be equal. A replay takes as long as a small
test, so ``--replay-one-in N``, as in the short run, does it after every Nth of them, always the same ones.
"""

from __future__ import annotations

import shutil
import signal
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker

from comuna.acts import finding, rebuild
from comuna.journal import bundle, home, rawrows, triggers
from comuna.journal.models import Record
from comuna.journal.prepare import prepare
from tests.pooled import Pool

pytest_plugins = ["tests.cast"]


def pytest_configure() -> None:
    """Tests begun in the background by a shell ignore Ctrl-C, and so would each server that they start and stop."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--replay-one-in", type=int, default=1, metavar="N", help="replay after one test in N only")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, or the last of them keep one processor waiting for the other. Each of two workers begins with
    one half of the list; the modules of long tests are dealt to both in turn, each whole for what its tests share."""
    halves: tuple[list[pytest.Item], list[pytest.Item]] = ([], [])
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("long"):
            modules.setdefault(item.path, []).append(item)
    for number, tests in enumerate(modules.values()):
        halves[number % 2].extend(tests)
    short = [item for item in items if not item.get_closest_marker("long")]
    middle = max(0, len(items) // 2 - len(halves[0]))
    items[:] = [*halves[0], *short[:middle], *halves[1], *short[middle:]]


@pytest.fixture(autouse=True)
def own_language() -> None:
    """Each test begins in the language of the settings, whatever the one before it read or ran."""
    translation.deactivate()


@dataclass(frozen=True)
class Books:
    """One test's home."""

    home: Path


class Engine:
    """Makes, enters and leaves databases on the engine under test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.pool = Pool() if connection.vendor == "postgresql" else None
        self.template = self.pool.template if self.pool else self._template()

    def _template(self) -> str:
        name = self._file()
        self.enter(name)
        prepare()
        assert triggers.faults() == []
        self.leave()
        return name

    def _file(self) -> str:
        self.count += 1
        return str(self.folder / f"books-{self.count}.db")

    def fresh(self) -> str:
        """Empty books, entered."""
        if self.pool:
            name = self.pool.take()
        else:
            name = self._file()
            shutil.copyfile(self.template, name)
        self.enter(name)
        return name

    def enter(self, name: str) -> None:
        self.leave()
        connection.settings_dict["NAME"] = name

    def leave(self) -> None:
        connection.close()

    def drop(self, name: str) -> None:
        self.leave()
        if self.pool:
            self.pool.give_back(name)
            return
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def copy(self, source: str, target: str) -> None:
        """Make ``target`` a copy of ``source``, replacing what was there; nothing is open afterwards."""
        here = connection.settings_dict["NAME"]
        self.leave()
        if self.pool:
            self.pool.copy(source, target)
            self.enter(here)
            return
        for suffix in ("-wal", "-shm"):
            Path(target + suffix).unlink(missing_ok=True)
        shutil.copyfile(source, target)

    def name_for(self, purpose: str) -> str:
        """A name of this run's own, for something that is kept between tests."""
        return f"kept {purpose}" if self.pool else str(self.folder / f"{purpose}.db")

    def close(self) -> None:
        self.leave()
        if self.pool:
            self.pool.close()
        else:
            self.drop(self.template)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Engine]:
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        made = Engine(tmp_path_factory.mktemp("engine"))
        yield made
        made.close()
    connection.settings_dict["NAME"] = before


@pytest.fixture
def books(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Books]:
    """An empty home and database; at the end the journal is replayed and the states compared."""
    place = tmp_path / "home"
    home.use(place)
    name = engine.fresh()
    try:
        yield Books(place)
        if Record.objects.exists():
            assert [str(fault) for fault in finding.faults()] == [], "the search does not hold what the state says"
            if zlib.crc32(request.node.nodeid.encode()) % request.config.getoption("replay_one_in") == 0:
                assert_replay_is_equal(engine, name, tmp_path)
    finally:
        engine.drop(name)


@contextmanager
def replayed(engine: Engine, name: str, folder: Path) -> Iterator[str]:
    """Replay the open journal into a blank database, in a home without keys, and enter it.

    Gives its name; afterwards it is gone and the first one is open again.
    """
    here, target = home.home(), folder / "replay.zip"
    target.unlink(missing_ok=True)
    bundle.export(target)
    home.use(folder / "replayed")
    other = engine.fresh()
    try:
        bundle.load(target)
        rebuild.replay()
        yield other
    finally:
        engine.drop(other)
        engine.enter(name)
        home.use(here)
        target.unlink()


def assert_replay_is_equal(engine: Engine, name: str, folder: Path) -> None:
    """The journal alone gives the same rows."""
    before = rawrows.state_digest()
    with replayed(engine, name, folder):
        after = rawrows.state_digest()
    differing = sorted(table for table in before[1] if before[1][table] != after[1][table])
    assert not differing, f"replaying the journal gives other rows in {differing}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What long tests say of themselves, seeds among it, also when they passed."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, words in report.user_properties:
                if name == "said":
                    terminalreporter.write_line(f"{report.nodeid}: {words}")
