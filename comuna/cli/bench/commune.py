"""A commune to measure with, made by performing acts: four promoters with accounts, then whoever moves in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from comuna.acts.act import Act

PROMOTERS = ("Ana Lucía Rondón Paz", "Luis Alberto Cedeño Mora", "Rosa Elena Guevara", "José Gregorio Salas")
STATUTE = "venezuela-commune"


@dataclass(frozen=True)
class Member:
    """Somebody with a seat and an account."""

    person: str
    name: str
    password: str


def found() -> list[Member]:
    """Prepare the home in use and found a commune in it, whose promoters claim their accounts."""
    from comuna.cli.start import ready_books

    ready_books()
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform
    from comuna.journal import files
    from comuna.mandates import accounts, codes
    from comuna.mandates.acts import ClaimAccount, FoundCommune
    from comuna.mandates.acts.founding import Promoter
    from comuna.statutes import builtin, queries as statutes

    statute = files.store(builtin.text(STATUTE).encode(), statutes.MEDIA_TYPE)
    printed = {uuid4(): (name, codes.new()) for name in PROMOTERS}
    promoters = tuple(
        Promoter(person=id, full_name=name, public_name=name, code=codes.digest_of(codes.proof(code)))
        for id, (name, code) in printed.items()
    )
    perform(FoundCommune(name="Los Araguaneyes", statute=statute, promoters=promoters), Actor())
    members = []
    for number, (person, (_name, code)) in enumerate(printed.items(), start=1):
        member = Member(str(person), f"promoter{number}", f"araguaney {uuid4().hex[:8]}")
        claim = uuid4()
        accounts.prepare(claim, person, member.name, member.password)
        perform(ClaimAccount(proof=codes.proof(code)), Actor(), id=claim)
        accounts.settle(claim, person)
        members.append(member)
    return members


def everyday_acts(count: int, known: UUID) -> Iterator[tuple[UUID, Act]]:
    """With their ids: in turn a street, a household, a person with a sealed identity number, a printed code.
    ``known`` is a person who is there already."""
    from comuna.mandates.acts import IssueCode
    from comuna.territory.acts import AddStreet, RegisterHousehold, RegisterPerson

    for number in range(count):
        id = uuid4()
        kinds: list[Act] = [
            AddStreet(name=f"Vereda {number}"),
            RegisterHousehold(house=f"Casa {number}"),
            RegisterPerson(
                full_name=f"Carmen Rojas {number}", age_years=number % 90, identity=f"V-{4_000_000 + number}"
            ),
            IssueCode(person=known, digest=sha256(id.bytes).hexdigest()),
        ]
        yield id, kinds[number % len(kinds)]


def perform_all(acts: list[tuple[UUID, Act]], by: Member) -> None:
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform

    actor = Actor(UUID(by.person))
    for id, act in acts:
        perform(act, actor, id=id)


def keep_database(home: Path, name: str) -> None:
    """Put a copy of the database, as it is now, aside."""
    from django.db import connection

    connection.close()
    shutil.copyfile(home / "comuna.db", home / name)


def use_database(home: Path, name: str) -> None:
    """Go on with a fresh copy of one that was put aside."""
    from django.db import connection

    from comuna.journal import highest
    from comuna.journal.queries import commune_here

    connection.close()
    for suffix in ("", "-wal", "-shm"):
        (home / f"comuna.db{suffix}").unlink(missing_ok=True)
    shutil.copyfile(home / name, home / "comuna.db")
    highest.forget()
    connection.ensure_connection()
    if (here := commune_here()) is not None:
        highest.note(here)  # as in every home since its first checkpoint


def beside(home: Path, name: str, copy: str) -> BaseDatabaseWrapper:
    """A second connection with the same settings, to a fresh copy of a database that was put aside."""
    from django.db import connection

    for suffix in ("", "-wal", "-shm"):
        (home / f"{copy}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(home / name, home / copy)
    twin = connection.copy()
    twin.settings_dict["NAME"] = str(home / copy)
    twin.ensure_connection()
    return twin
