"""Lists that were handed in and wait to be confirmed: sealed, seen by whoever brought them, gone after a day.

The spreadsheet itself is never kept longer: once its people are in the books, or after a day, it is deleted.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from comuna.acts import clock
from comuna.journal.lock import writing
from comuna.journal.sealing import open_sealed, seal
from comuna.territory.models import WaitingList
from comuna.territory.reading.columns import Role
from comuna.territory.reading.grids import Place
from comuna.territory.reading.outcome import Choices
from comuna.territory.reading.text import tidy

KEPT = timedelta(days=1)
KEPT_A_PERSON = 3
NAME_MAX = 120


PEOPLE = "people"  # what a list is of, unless a room above says something else


def keep(person: UUID, name: str, data: bytes, council: str = "", *, what: str = PEOPLE) -> WaitingList:
    """Keep a list, of a council where the books have several, for a day; a person's oldest go where she brings more
    than a few. A room above says what its lists are of, and finds these alone again."""
    id = uuid4()
    row = WaitingList(
        id=id,
        person=person,
        name=tidy(name.replace("\\", "/").rpartition("/")[2])[:NAME_MAX] or "lista",
        digest=sha256(data).hexdigest(),
        sealed=seal(b64encode(data).decode(), _context(id)),
        columns=json.dumps({"council": council, "what": what}),
        at=clock.now(),
    )
    with writing():
        row.save(force_insert=True)
        _forget_old()
        mine = WaitingList.objects.filter(person=person).order_by("-at", "id").values_list("id", flat=True)
        WaitingList.objects.filter(pk__in=list(mine)[KEPT_A_PERSON:]).delete()
    return row


def of(id: UUID, person: UUID | None, what: str = PEOPLE) -> WaitingList | None:
    """The list, for whoever brought it, while it waits."""
    if person is None:
        return None
    return next((row for row in of_person(person, what) if row.id == id), None)


def of_person(person: UUID, what: str = PEOPLE) -> list[WaitingList]:
    """The lists that she brought and that wait, the newest first."""
    mine = WaitingList.objects.filter(person=person, at__gt=clock.now() - KEPT).order_by("-at", "id")
    said = [(row, json.loads(row.columns)) for row in mine]
    return [row for row, of_it in said if "imported" not in of_it and of_it.get("what", PEOPLE) == what]


def content(row: WaitingList) -> bytes:
    """Raises sealing.Unreadable without the home's key."""
    return b64decode(open_sealed(row.sealed))


def council_of(row: WaitingList) -> str:
    """The slug of the council whose list it is; "" in books without councils."""
    said: str = json.loads(row.columns).get("council", "")
    return said


def choices(row: WaitingList, today: date) -> Choices:
    """What its bringer has said of its columns."""
    said = json.loads(row.columns)
    columns = {
        (int(sheet), int(at)): Role(role) if role else None
        for sheet, at, role in ((*key.split("."), role) for key, role in said.get("columns", {}).items())
    }
    return Choices(today, columns, {int(sheet): number for sheet, number in said.get("header_rows", {}).items()})


def say(row: WaitingList, columns: dict[tuple[int, int], str], header_rows: dict[int, int]) -> None:
    """Keep what its bringer says of the columns: a role, or "" for one that is not to be read."""
    said = json.loads(row.columns) | {
        "columns": {f"{sheet}.{at}": role for (sheet, at), role in columns.items()},
        "header_rows": {str(sheet): number for sheet, number in header_rows.items()},
    }
    with writing():
        WaitingList.objects.filter(pk=row.id).update(columns=json.dumps(said))


def say_more(row: WaitingList, more: dict[str, str]) -> None:
    """Keep what a room above asks its bringer about the list."""
    with writing():
        WaitingList.objects.filter(pk=row.id).update(columns=json.dumps(json.loads(row.columns) | {"more": more}))


def more_of(row: WaitingList) -> dict[str, str]:
    said: dict[str, str] = json.loads(row.columns).get("more", {})
    return said


def say_same(row: WaitingList, same: dict[Place, bool]) -> None:
    """Keep what its bringer says of those who may be somebody of the books."""
    said = json.loads(row.columns)
    said["same"] = said.get("same", {}) | {f"{at.sheet}.{at.row}.{at.part}": yes for at, yes in same.items()}
    with writing():
        WaitingList.objects.filter(pk=row.id).update(columns=json.dumps(said))


def same(row: WaitingList) -> dict[Place, bool]:
    """Who of the list is somebody of the books, and who is not, as far as its bringer has said."""
    said = json.loads(row.columns).get("same", {})
    return {Place(*(int(number) for number in at.split("."))): yes for at, yes in said.items()}


def keep_left(row: WaitingList, imported: UUID, left: list[tuple[str, str, str]]) -> None:
    """The list is in the books: instead of it, the rows from which nobody was taken are kept, sealed, for what is left
    of its day, so that they can still be printed."""
    if not left:
        drop(row.id)
        return
    told = json.dumps(left)
    with writing():
        WaitingList.objects.filter(pk=row.id).update(
            sealed=seal(b64encode(told.encode()).decode(), _context(row.id)),
            columns=json.dumps({"imported": str(imported)}),
        )
        _forget_old()


def left_of(imported: UUID, person: UUID | None) -> tuple[str, list[tuple[str, str, str]]] | None:
    """The file's name and those rows, for whoever imported the list, for a day; None afterwards."""
    mine = WaitingList.objects.filter(person=person, at__gt=clock.now() - KEPT) if person else ()
    row = next((one for one in mine if json.loads(one.columns).get("imported") == str(imported)), None)
    if row is None:
        return None
    return row.name, [(where, who, why) for where, who, why in json.loads(content(row))]


def drop(id: UUID) -> None:
    with writing():
        WaitingList.objects.filter(pk=id).delete()
        _forget_old()


def _forget_old() -> None:
    WaitingList.objects.filter(at__lte=clock.now() - KEPT).delete()


def _context(id: UUID) -> str:
    return f"territory.waiting.{id}"
