"""``comuna serve``: the server, one process with a few threads."""

from __future__ import annotations

import argparse
import ctypes
import os
import time

from comuna.cli import Failed
from comuna.cli.start import loaded, ready_books, warn_of_roles

HELP = "serve the pages"
THREADS = 8
BODY_BYTES_MAX = 32 * 1024 * 1024  # the largest list that can be imported is smaller
CONNECTIONS_MAX = 500  # whoever sends a request letter by letter holds one
IDLE_SECONDS_MAX = 60
_M_ARENA_MAX = -8  # of glibc's malloc.h


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from phones on the network")
    parser.add_argument(
        "--public-address",
        metavar="URL",
        help="how people reach this computer, such as http://example.org:8000; printed on every sheet, kept",
    )


def run(options: argparse.Namespace) -> int:
    began = time.monotonic()
    _one_heap()
    address = _address(options.public_address)
    ready_books()
    from django.db import connection

    from comuna.journal import files, roles
    from comuna.journal.queries import is_read_only
    from comuna.look import paper

    if address is not None:
        paper.keep(address)
    _check_quickly()
    warn_of_roles()
    roles.forget()
    os.environ.pop("DATABASE_OWNER_URL", None)
    files.discard_uncited()
    connection.close()
    from waitress.server import create_server

    from comuna.web.wsgi import application

    try:
        server = create_server(
            application,
            host=options.host,
            port=options.port,
            threads=THREADS,
            ident="comuna",
            max_request_body_size=BODY_BYTES_MAX,
            connection_limit=CONNECTIONS_MAX,
            channel_timeout=IDLE_SECONDS_MAX,
        )
    except OSError as error:
        raise Failed(
            f"Port {options.port} cannot be used: {error.strerror or error}. Try --port with another number."
        ) from error
    if is_read_only():
        print("These books were restored or imported: they can be read, not written, until two seats begin an epoch.")
    connection.close()
    print(
        f"Comuna is at http://localhost:{options.port}  (ready in {time.monotonic() - began:.1f} s; stop with Ctrl-C)",
        flush=True,
    )
    loaded()
    server.run()
    return 0


def _one_heap() -> None:
    """One heap for all threads, where the C library (glibc's ``mallopt(3)``) keeps one for each: what a page needed for
    a moment stays in the heap of its thread, and with eight threads that was 20 MiB (``comuna bench assemblies``). They
    take turns at running Python, so they hardly wait for each other at the heap."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def _address(said: str | None) -> str | None:
    from comuna.look import paper

    try:
        return None if said is None else paper.checked(said)
    except paper.NoAddress as error:
        raise Failed(f"--public-address: {error}") from error


def _check_quickly() -> None:
    """The engine's own quick check; a start says what it looked at."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            words = cursor.fetchone()[0]
        if words != "ok":
            raise Failed(f"The database file is damaged: {words}. Restore a backup: comuna restore FILE")
        print("The database file is whole and every trigger stands.")
    else:
        print("Every trigger stands.")
