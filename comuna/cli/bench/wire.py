"""A server process, and a client that costs as little as possible: bytes in, bytes out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from comuna.cli import Failed

READY_SECONDS_MAX = 60.0
PHONE = {"Accept-Encoding": "gzip", "Accept-Language": "es", "User-Agent": "Mozilla/5.0 (Linux; Android 8) Chrome/80"}


@dataclass(frozen=True)
class Server:
    port: int
    process: int


@contextmanager
def serving(home: Path, module: str = "comuna.cli.bench.serving", *words: str) -> Iterator[Server]:
    """A server over a home, answering; stopped afterwards. Raises Failed with what it said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", module, *words, "--port", str(port)]
    environment = os.environ | {"COMUNA_HOME": str(home)}
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        until = time.monotonic() + READY_SECONDS_MAX
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise Failed("the server did not start: " + (home / "server.log").read_text()[-2000:])
            time.sleep(0.05)
        yield Server(port, process.pid)
    finally:
        process.terminate()  # heard even where the bench itself was begun in the background
        process.wait()


def _answers(port: int) -> bool:
    try:
        return Connection(port).get("/")[0].status < 500
    except OSError:
        return False


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, list[str]]  # by lower-case name
    body: bytes
    wire_bytes: int  # status line and headers too


class Connection:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.waiting = b""

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[Response, float]:
        """The answer, and the seconds it took."""
        return self.ask(self.request("GET", path, headers or {}))

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> Response:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return self.ask(self.request("POST", path, form | headers) + body)[0]

    @staticmethod
    def request(method: str, path: str, headers: dict[str, str]) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    def ask(self, request: bytes) -> tuple[Response, float]:
        began = time.perf_counter()
        self.socket.sendall(request)
        while b"\r\n\r\n" not in self.waiting:
            self._more()
        head, _, rest = self.waiting.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers.setdefault(name.lower(), []).append(value.strip())
        self.waiting = rest
        code = int(status.split(" ")[1])
        if "chunked" in headers.get("transfer-encoding", []):
            body, size = self._chunks()
        else:
            size = 0 if code == 304 else int(headers["content-length"][0])
            body = self._exactly(size)
        seconds = time.perf_counter() - began
        if "close" in headers.get("connection", []):
            self._open()
        return Response(code, headers, body, len(head) + 4 + size), seconds

    def _chunks(self) -> tuple[bytes, int]:
        """A body sent in chunks, and how many bytes that took."""
        body, size = b"", 0
        while True:
            while b"\r\n" not in self.waiting:
                self._more()
            line, _, self.waiting = self.waiting.partition(b"\r\n")
            length = int(line, 16)
            chunk = self._exactly(length + 2)[:-2]
            size += len(line) + 2 + length + 2
            if not length:
                return body, size
            body += chunk

    def _exactly(self, size: int) -> bytes:
        while len(self.waiting) < size:
            self._more()
        found, self.waiting = self.waiting[:size], self.waiting[size:]
        return found

    def _more(self) -> None:
        found = self.socket.recv(1 << 16)
        if not found:
            raise ConnectionError("the server closed the connection")
        self.waiting += found
