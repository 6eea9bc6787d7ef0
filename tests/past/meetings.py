"""Meetings of a real council, read from the published minutes of its web site, as the four tables of an import.

They are no part of this program: ``COMUNA_MEETINGS`` names a folder with such meetings as JSON, else the tests that
need them are skipped and say so.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comuna.assemblies.papers import COLUMNS, Table

Rows = dict[Table, list[dict[str, str]]]
_CHOICES = {"Yeas": "for", "Nays": "against", "Absent": "absent", "Recuse": "recused", "Abstain": "abstain"}
_REMOTE = re.compile(r"Councillor ([A-Z]\. [\w ]+?) was in remote attendance")


def folder() -> Path | None:
    named = os.environ.get("COMUNA_MEETINGS")
    return Path(named) if named and Path(named).is_dir() else None


def tables_of(meetings: list[Path]) -> Rows:
    rows: Rows = {table: [] for table in Table}
    for number, path in enumerate(sorted(meetings), start=1):
        _read(json.loads(path.read_text("utf-8")), f"S{number:02}", rows)
    return rows


def as_files(rows: Rows) -> dict[Table, bytes | None]:
    return {table: as_csv(table, lines) for table, lines in rows.items()}


def as_csv(table: Table, lines: list[dict[str, str]], **kind: Any) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(COLUMNS[table]), restval="", **kind)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def _read(meeting: dict[str, Any], session: str, rows: Rows) -> None:
    opening = json.dumps(meeting["content"])
    called = re.search(r"order at (\d+:\d+ [AP]M)", opening)
    rows[Table.SESSIONS].append(
        {
            "session": session,
            "organ": meeting["meeting_type"],
            "title": meeting["title"],
            "held_on": meeting["datetime"],
            "called_at": called.group(1) if called else "",
        }
    )
    remote = set(_REMOTE.findall(opening))
    for name in meeting["present"]:
        rows[Table.ATTENDANCE].append(
            {"session": session, "name": name, "status": "remote" if name in remote else "present"}
        )
    for name in meeting["absent"]:
        rows[Table.ATTENDANCE].append({"session": session, "name": name, "status": "absent"})
    for number, (item, motion) in enumerate(_motions(meeting["items"], ""), start=1):
        _motion(motion, session, f"{session}.{number:03}", item, rows)


def _motions(items: Any, item: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in items.values() if isinstance(items, dict) else ():
        if not isinstance(one, dict) or "content" not in one:
            continue
        number = f"{item}.{one['number']}".strip(".")
        for part in one["content"]:
            if part.get("__class__") == "Motion":
                yield f"{number} {one['title']}".strip(), part
        yield from _motions(one.get("items"), number)


def _motion(motion: dict[str, Any], session: str, key: str, item: str, rows: Rows) -> None:
    result = (motion["result"] or {}).get("string", "")
    counted = re.search(r"\((\d+) to (\d+)\)", result)
    votes = (motion["vote"] or {}).get("rows", [])
    rows[Table.MOTIONS].append(
        {
            "motion": key,
            "session": session,
            "item": item[:200],
            "text": "\n".join(part["string"] for part in motion["motion_texts"]),
            "moved_by": (motion["moved_by"] or {}).get("string", ""),
            "seconded_by": (motion["seconded_by"] or {}).get("string", ""),
            "method": "names" if votes else "unknown",
            "result": "passed" if "Passed" in result else "failed" if "Failed" in result else "unknown",
            "for": counted.group(1) if counted else "",
            "against": counted.group(2) if counted else "",
        }
    )
    for row in votes:
        for name in row["voters"]:
            choice = _CHOICES[row["vote"].strip(" :")]
            rows[Table.VOTES].append({"motion": key, "name": name, "choice": choice})
