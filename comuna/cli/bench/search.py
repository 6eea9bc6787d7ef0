"""Searching in 100,000 motions, and the lists beside it: processor time for a page that nobody kept."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid5

from comuna.cli import Failed
from comuna.cli.bench import Figure, commune

MOTIONS, A_SESSION = 100_000, 20
RUNS = 5
SEARCH_MILLISECONDS_MAX, LIST_MILLISECONDS_MAX = 50.0, 15.0
ASKED = {
    "a rare word": "q=turpial4711",
    "a word of every second motion": "q=comunidad",
    "three letters that begin many words": "q=com",
    "two words": "q=tuberia+escuela",
    "a word of every motion": "q=de",
    "many words, of one kind and year": "q=de+la+comunidad+reparar&kind=decision&year=2010",
    "the last page": "q=comunidad&page=50",
    "nothing": "q=xilofono",
}
LISTS = {"sessions": "/assemblies/", "decisions": "/assemblies/decisions/?show=all"}
_WORDS = (
    "agua tubería tanque bomba escuela cancha calle alumbrado bodega cloaca camino huerto comedor ambulatorio gas",
    "techo pintura cemento jornada limpieza transporte ruta consulta proyecto fondo ahorro brigada vivero semilla",
    "parque biblioteca taller costura panadería molino carpa sonido pupitre cerca portón filtro válvula poste",
)


def measure(home: Path) -> list[Figure]:
    del home
    commune.found()
    write_motions(MOTIONS)
    from django.db import connection

    from comuna.acts import finding
    from comuna.journal.lock import writing

    began = time.perf_counter()
    with writing():
        documents = finding.build()
    building = time.perf_counter() - began
    figures = [_page(name, f"/search/?{query}", SEARCH_MILLISECONDS_MAX) for name, query in ASKED.items()]
    figures += [_page(name, address, LIST_MILLISECONDS_MAX) for name, address in LISTS.items()]
    size = sum(_pages_of(connection, name) for name in ("acts_entry", "acts_entry_words_data"))
    built = Figure(
        "making the index anew",
        building,
        "seconds",
        None,
        "",
        "",
        None,
        f"Python: reading and folding {documents:,} documents; the index takes {size / 1_048_576:.0f} MiB",
    )
    return [*figures, built]


def _page(name: str, address: str, most: float) -> Figure:
    """Processor time of this process, which is all that works here, for a page that was not kept."""
    from django.test import Client

    from comuna.web import cache

    spent, peer = [], []
    for _run in range(RUNS + 1):  # the first reads the templates
        cache.forget_pages()
        began = time.process_time()
        answer = Client().get(address)
        spent.append(1000 * (time.process_time() - began))
        if answer.status_code != 200:
            raise Failed(f"{address} was answered with {answer.status_code}")
        began = time.process_time()
        _by_reading()
        peer.append(1000 * (time.process_time() - began))
    ours = median(spent[1:])
    return Figure(
        name,
        ours,
        "ms",
        median(peer[1:]),
        "reading every motion for one word (LIKE), without its page",
        f"at most {most:.0f} ms of processor",
        ours <= most,
        "Django around the page, and its dozen or two of short statements; then how many entries have the words",
    )


def _by_reading() -> None:
    from comuna.journal import sql

    sql.one("SELECT COUNT(*) FROM assemblies_motion WHERE text LIKE %s", "%turpial4711%")


def _pages_of(connection: Any, table: str) -> int:
    """Bytes of a table's own rows, roughly: SQLite's size of pages is of another library than ours everywhere."""
    column = "block" if table.endswith("_data") else "words"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(LENGTH(CAST({column} AS BLOB))) FROM {table}")
        return int(cursor.fetchone()[0] or 0)


def write_motions(motions: int) -> None:
    """Rows as acts would have written them, without the acts: it is reading that is measured."""
    from comuna.assemblies.models import AgendaItem, Closure, Motion, Resolution, Session, Tally
    from comuna.journal import sql
    from comuna.journal.lock import writing
    from comuna.journal.queries import commune_here

    here = commune_here()
    assert here is not None
    draw = random.Random(4711)
    with writing():
        for session in range(motions // A_SESSION):
            rows: dict[Any, list[dict[str, Any]]] = {
                model: [] for model in (Session, AgendaItem, Closure, Motion, Tally, Resolution)
            }
            for model, row in _rows(here, session, draw):
                rows[model].append({**row, "commune": here, "born": 100 + session, "touched": 100 + session})
            for model, several in rows.items():
                sql.insert(model, several)


def _rows(here: UUID, number: int, draw: random.Random) -> Iterator[tuple[Any, dict[str, Any]]]:
    from comuna.assemblies.models import AgendaItem, Closure, Motion, Resolution, Session, Tally

    session, day = uuid5(here, f"session.{number}"), date(1990, 1, 6) + timedelta(days=number * 13_000 // 5_000)
    yield (
        Session,
        {"id": session, "organ": "cc.assembly", "day": day, "hour": "09:00", "place": "Cancha", "number": number}
        | {"notice_days": 3, "from_paper": False, "act": session},
    )
    yield Closure, {"id": uuid5(session, "closure"), "session_id": session, "quorate": True, "hour": "12:00"}
    for item in range(1, A_SESSION + 1):
        point, motion = uuid5(session, f"item.{item}"), uuid5(session, f"motion.{item}")
        about = draw.sample(" ".join(_WORDS).split(), 8)
        text = f"Que se haga {about[0]} y {about[1]} de la {'comunidad' if draw.random() < 0.5 else 'calle'}: reparar"
        text += f" {', '.join(about[2:])}, según el acta {draw.randrange(10**6)}"
        text += " y la bodega turpial4711" if draw.random() < 0.0002 else ""
        title = {"title": about[0], "act": session}
        yield AgendaItem, {"id": point, "session_id": session, "number": item} | title
        put = {"session_id": session, "item_id": point, "number": item, "text": text}
        yield Motion, {"id": motion, **put}
        passed = draw.random() < 0.8
        votes = {"votes_for": 40, "against": 5, "abstain": 3, "present": 48, "needed": None, "rule": "most"}
        yield (
            Tally,
            {"id": uuid5(motion, "tally"), "motion_id": motion, "passed": passed, "citation": "LOCC", **votes}
            | {"counter_one": session},
        )
        if passed:
            numbered = {"organ": "cc.assembly", "year": day.year, "number": number * A_SESSION + item}
            yield Resolution, {"id": uuid5(motion, "resolution"), "motion_id": motion, **numbered}
