"""Books of many years to measure reading with: rows as acts would have written them, without the acts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

A_SESSION = 20  # motions
TASKS = 2  # one of so many decisions is a task, with a seat that answers for it and a day
STILL_OPEN = 500  # one of so many tasks is not done
_WORDS = (
    "agua tubería tanque bomba escuela cancha calle alumbrado bodega cloaca camino huerto comedor ambulatorio gas",
    "techo pintura cemento jornada limpieza transporte ruta consulta proyecto fondo ahorro brigada vivero semilla",
    "parque biblioteca taller costura panadería molino carpa sonido pupitre cerca portón filtro válvula poste",
)


def write_motions(motions: int, marks: int = 0) -> None:
    """That many motions, and that many people recorded as present, in sessions of one assembly over 35 years."""
    from comuna.assemblies.models import AgendaItem, Closure, FollowUp, Motion, Pending, Resolution, Session, Tally
    from comuna.journal import sql
    from comuna.journal.lock import writing
    from comuna.journal.queries import commune_here

    here = commune_here()
    assert here is not None
    assert motions % A_SESSION == 0
    draw = random.Random(4711)
    with writing():
        for session in range(motions // A_SESSION):
            rows: dict[Any, list[dict[str, Any]]] = {
                model: [] for model in (Session, AgendaItem, Closure, Motion, Tally, Resolution, FollowUp, Pending)
            }
            for model, row in _rows(here, session, draw):
                rows[model].append({**row, "commune": here, "born": 100 + session, "touched": 100 + session})
            for model, several in rows.items():
                sql.insert(model, several)
            _write_attendance(here, session, marks * A_SESSION // motions)


def _rows(here: UUID, number: int, draw: random.Random) -> Iterator[tuple[Any, dict[str, Any]]]:
    from comuna.assemblies.models import AgendaItem, Closure, FollowUp, Motion, Pending, Resolution, Session, Tally

    session, day = uuid5(here, f"session.{number}"), date(1990, 1, 6) + timedelta(days=number * 13_000 // 5_000)
    yield (
        Session,
        {
            "id": session,
            "organ": "cc.assembly",
            "day": day,
            "hour": "09:00",
            "sits_on": day,
            "sits_at": "09:00",
            "place": "Cancha",
            "number": number,
        }
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
        put = {"session_id": session, "item_id": point, "number": item, "turn": item, "text": text}
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
            decision = uuid5(motion, "resolution")
            task = {"responsible": "cc.committee", "due_on": day + timedelta(days=60)} if item % TASKS == 0 else {}
            yield Resolution, {"id": decision, "motion_id": motion, "wording_id": motion, **numbered, **task}
            if task and (number + item) % STILL_OPEN:
                said = {"resolution_id": decision, "done": True, "words": "Se hizo", "on": day + timedelta(days=50)}
                yield FollowUp, {"id": uuid5(decision, "done"), **said}
            elif task:
                yield Pending, {"id": uuid5(decision, "pending"), "resolution_id": decision}


def _write_attendance(here: UUID, number: int, people: int) -> None:
    """One sheet and a quorate call; the marks are of people whom these books do not know, as of those erased."""
    from comuna.assemblies.models import Attendance, Call, Sheet
    from comuna.journal import sql

    session = uuid5(here, f"session.{number}")
    sheet, mark = uuid5(session, "sheet"), uuid5(session, "mark")
    common = {"commune": here, "born": 100 + number, "touched": 100 + number, "session_id": session, "sitting": 1}
    sql.insert(Sheet, [{"id": sheet, "people": people, **common}])
    counted = {"number": 1, "hour": "09:05", "present": people, "whole": 2 * people, "roll": 2 * people}
    ruled = {"unknown_age": 0, "away": 0, "needed": people // 2, "reached": True, "rule": "quorum", "citation": "LOCC"}
    sql.insert(Call, [{"id": uuid5(session, "call"), **counted, **ruled, **common}])
    sql.insert(
        Attendance,
        [
            {"id": UUID(int=mark.int ^ place), "sheet_id": sheet, "person": UUID(int=place + 1), **common}
            for place in range(people)
        ],
    )
