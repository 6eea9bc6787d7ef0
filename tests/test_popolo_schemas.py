"""The open data against the JSON Schemas that the Popolo project publishes (draft-03), by a validator of that draft.

They are not part of this repository: ``POPOLO_SCHEMAS`` names the folder ``schemas`` of a checkout of
popolo-project/popolo-spec. ``tests/popolo.py``, which is stricter and always there, holds the same file in any case."""

from __future__ import annotations

import json
import os
from copy import deepcopy
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from jsonschema import Draft3Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT3

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies.acts import CancelSession, MoveSession, PutMotion, Vote
from comuna.assemblies.models import SeatVote, Tally
from comuna.assemblies.tests.test_voting import Commune
from comuna.web import cache as pages
from conftest import Books

FOLDER = os.environ.get("POPOLO_SCHEMAS", "")
CLASSES = {
    "organizations": "organization",
    "persons": "person",
    "posts": "post",
    "memberships": "membership",
    "events": "event",
    "motions": "motion",
    "vote_events": "vote_event",
}
PARTS = {"counts": "count", "votes": "vote", "sources": "link"}

Data = dict[str, list[dict[str, Any]]]

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="POPOLO_SCHEMAS does not name a folder with the schemas of popolo-project/popolo-spec"
)


@cache
def schemas() -> dict[str, Any]:
    """By the name of the class."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in Path(FOLDER).glob("*.json")}
    assert {*CLASSES.values(), *PARTS.values()} <= found.keys(), f"{FOLDER} lacks a class that we use"
    assert all("draft-03" in one["$schema"] for one in found.values())
    return found


def _has_form(name: str, value: object) -> bool:
    return jsonschema_rs.validator_for({"format": name}, validate_formats=True).is_valid(value)


def formats() -> FormatChecker:
    """The library's own look at moments and addresses needs more packages; another validator has them."""
    checker = FormatChecker(formats=())
    for name in ("date-time", "email", "uri"):
        checker.checks(name)(partial(_has_form, name))
    return checker


def faults(found: Data) -> list[str]:
    """What in the file is not as the published schemas want it; a word that they do not have is a fault too."""
    known = schemas()
    resources = [(one["id"].rstrip("#"), DRAFT3.create_resource(one)) for one in known.values()]
    registry: Any = Registry().with_resources(resources)
    said = [f"{kind}: no such class" for kind in found.keys() - CLASSES.keys()]
    for kind, name in CLASSES.items():
        valid = Draft3Validator(known[name], registry=registry, format_checker=formats())
        for thing in found[kind]:
            said += [f"{kind} {list(error.path)}: {error.message}" for error in valid.iter_errors(thing)]
            said += [f"{kind}: {word}" for word in thing.keys() - known[name]["properties"].keys()]
            for part, of in PARTS.items():
                for one in thing.get(part, []):
                    said += [f"{kind} {part}: {word}" for word in one.keys() - known[of]["properties"].keys()]
    return said


def lived() -> Data:
    """The file of a commune that voted by name, with papers and by hands, moved a session, called one off, erased a
    name, and has a motion not yet counted."""
    commune = Commune()
    commune.council_decides("c0")
    commune.council_decides("c2", passes=False)
    moved = commune.convene("pc.parliament", "Agua", date(2026, 3, 7))
    off = commune.convene("pc.parliament", "Luz", date(2026, 3, 21))
    named = commune.sits()
    another = partial(PutMotion, session=commune.parliament, item=1)
    secret, raised, _open = (commune.do(another(text=text)) for text in ("Elegir la sede", "Comprar pintura", "Cercar"))
    commune.do(commune.by_name(named, Vote.FOR, None, Vote.AGAINST))
    commune.do(commune.papers(secret, issued=3, votes_for=2, blank=1))
    commune.do(commune.hands(raised, 3))
    commune.do(MoveSession(session=moved, day=date(2026, 4, 4), hour="09:00", place="Escuela"))
    commune.do(CancelSession(session=off, reason="Lluvia"))
    erased = ErasePrivate(subject=commune.sent[2], audiences=(ErasableAudience.PUBLIC,), reason="Lo pidió")
    commune.town.enact(erased)
    assert sorted(Tally.objects.values_list("method", flat=True)) == ["hands", "hands", "hands", "names", "papers"]
    assert SeatVote.objects.count() == 3
    with frozen_at(commune.town.at):
        pages.forget_pages()
        answer = Client().get("/popolo.json")
    found: Data = json.loads(answer.content)
    return found


def test_the_open_data_are_as_the_published_schemas_want_them(books: Books) -> None:
    found = lived()
    assert all(found[kind] for kind in CLASSES)
    options = sorted(vote["option"] for one in found["vote_events"] for vote in one["votes"])
    assert options == ["no", "not voting", "yes"]  # one vote by name: the seat between was called and kept silent
    assert {one["status"] for one in found["events"]} == {"confirmed", "cancelled"}
    assert None in [one["result"] for one in found["motions"]]
    assert faults(found) == []
    for kind, where, wrong in BREAKS:
        broken = deepcopy(found)
        *path, last = where
        thing: Any = next(one for one in broken[kind] if not path or one[path[0]])
        for step in path:
            thing = thing[step]
        thing[last] = wrong
        assert len(faults(broken)) == 1, (kind, where)


BREAKS: list[tuple[str, tuple[Any, ...], Any]] = [
    ("organizations", ("founding_date",), "10.1.2026"),
    ("organizations", ("email",), "a@example.org"),
    ("persons", ("name",), 17),
    ("posts", ("role",), ["vocera"]),
    ("memberships", ("end_date",), "2026-02-08T00:00:00Z"),
    ("events", ("start_date",), "2026-02-20 09:00"),
    ("events", ("sources", 0, "url"), "the page"),
    ("motions", ("date",), "2026-02-20T09:00:00"),
    ("vote_events", ("start_date",), "2026-02-30T09:00:00-04:00"),
    ("vote_events", ("counts", 0, "value"), "3"),
    ("vote_events", ("counts", 0, "option"), None),
    ("vote_events", ("votes", 0, "weight"), "one"),
    ("vote_events", ("votes", 0, "seat"), "pc.council@c0"),
]
