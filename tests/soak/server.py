"""A real ``comuna serve`` on a throw-away home, and ``comuna`` commands beside it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent.absolute()
READY_SECONDS_MAX = 60.0


def environment(home: Path, database: str = "") -> dict[str, str]:
    """Nothing of the caller's own home or database; SQLite in the home unless an address is given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("COMUNA_", "DATABASE", "DJANGO_"))}
    search = os.pathsep.join(filter(None, [str(PROJECT), kept.get("PYTHONPATH", "")]))
    where = {"COMUNA_HOME": str(home), "DATABASE_URL": database}
    return kept | where | {"PYTHONPATH": search, "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    words: str


def comuna(home: Path, *words: str, database: str = "") -> Said:
    """One command on a home."""
    command = [sys.executable, "-m", "comuna.cli", *words]
    done = subprocess.run(
        command, env=environment(home, database), capture_output=True, text=True, check=False, cwd=home
    )
    return Said(done.returncode, (done.stdout + done.stderr).strip())


class DidNotStart(Exception):
    """The server ended, or did not answer in time; the message is what it said."""


class Server:
    """One process. ``before`` is put in front of its command, ``module`` is what runs."""

    def __init__(
        self,
        home: Path,
        *,
        before: Sequence[str] = (),
        module: Sequence[str] = ("comuna.cli", "serve"),
        database: str = "",
    ) -> None:
        self.home = home
        self.port = free_port()
        self.processor_seconds = 0.0
        self.log = home.with_name(home.name + ".log")
        command = [*before, sys.executable, "-m", *module, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.began = time.monotonic()
            self.process = subprocess.Popen(
                command,
                env=environment(home, database),
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=home,
                start_new_session=True,
            )

    def wait_until_it_answers(self) -> float:
        """Seconds from the start of the process to its first answered request. Raises DidNotStart.

        ``processor_seconds`` then holds what of it was work, whoever else used this computer meanwhile."""
        while time.monotonic() - self.began < READY_SECONDS_MAX:
            if self.process.poll() is not None:
                raise DidNotStart(self.log.read_text()[-2000:])
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=READY_SECONDS_MAX)
                connection.request("GET", "/")
                if connection.getresponse().status < 500:
                    seconds = time.monotonic() - self.began
                    self.processor_seconds = _processor_seconds(self.process.pid)
                    return seconds
                raise DidNotStart(self.log.read_text()[-2000:])
            except OSError:
                time.sleep(0.01)
            finally:
                connection.close()
        raise DidNotStart(f"no answer within {READY_SECONDS_MAX:.0f} s: " + self.log.read_text()[-2000:])

    def kill(self) -> None:
        """``kill -9``, the server and whatever stands before it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _processor_seconds(process: int) -> float:
    """User and system time of a process so far."""
    ticks = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
