"""The samples: a commune of 24 councils, and a council of 200 households for a quick look and for tests.

Everything in them is done by acts with the clock set back, by people with mandates, as in life; the same seed gives
the same sample. Each ends today, with an assembly convened whose first call is past.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random
from uuid import UUID

from django.db import connection

from comuna.acts.authority import Actor
from comuna.acts.door import perform
from comuna.cli.sample import assemblies, commune, people
from comuna.journal import highest
from comuna.journal.home import home
from comuna.journal.lock import one_writer
from comuna.journal.models import Record
from comuna.journal.queries import commune_here
from comuna.mandates import accounts, codes
from comuna.mandates.acts import ClaimAccount, IssueCode

Progress = Callable[[int, int], None]

WHO = {  # the name to sign in with: the password, and who it is
    "vecina": ("agua-clara-del-cerro", "una vecina, sin vocería", "a neighbour, without a seat"),
    "vocera": ("pan-y-canto-al-alba", "una vocera de comité", "a committee spokesperson"),
    "salud": (
        "toronjil-en-la-ventana",
        "la vocera de salud, que firma las ayudas también",
        "the spokesperson for health, who signs for aid too",
    ),
    "secretaria": ("luna-sobre-la-cancha", "la secretaria de actas", "the secretary of minutes"),
    "finanzas": ("rio-de-arena-fina", "una firma de la unidad financiera", "a signer of the finance unit"),
    "otrafirma": (
        "lluvia-en-el-conuco",
        "otra de la unidad financiera, que firma también",
        "another of the finance unit, who signs too",
    ),
    "comision": (
        "tambor-de-la-costa",
        "una integrante de la comisión electoral",
        "of the electoral commission",
    ),
    "contraloria": ("mango-maduro-de-mayo", "la contraloría social", "the social comptroller"),
    "parlamento": ("carta-de-los-cerros", "la vocería del consejo en el Parlamento", "its member of the parliament"),
    "empresa": ("harina-y-horno-vivo", "una vocera de las empresas comunales", "a member of the enterprises"),
}


@contextmanager
def synced_at_the_end() -> Iterator[None]:
    """Thousands of acts wait for the disk once, not each: until then a power cut may take all of them. How far the
    books had come is noted after it, and on PostgreSQL, which keeps each act, once too."""
    with highest.put_off(), _unsynced():
        yield
    commune_made = commune_here()
    if commune_made is not None:
        with one_writer():
            highest.note(commune_made)


@contextmanager
def _unsynced() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        kept = cursor.execute("PRAGMA synchronous").fetchone()[0]
        cursor.execute("PRAGMA synchronous=OFF")
        yield
        cursor.execute(f"PRAGMA synchronous={kept:d}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_council(seed: int, progress: Progress) -> int:
    """Perform the sample of one council in an empty home; returns how many records it has."""
    founded = people.found(seed, progress)
    officers = assemblies.a_year(founded, seed, progress)
    return _sign_in(Random(f"{seed}.codes"), officers.by_name(), officers.secretary)


def make_commune(seed: int, progress: Progress) -> int:
    """Perform the sample of a commune in an empty home; returns how many records it has."""
    made = commune.make(seed, progress)
    return _sign_in(Random(f"{seed}.codes"), made.signs_in, made.hands_out)


def _sign_in(random: Random, people_by_name: Mapping[str, UUID], hands_out: UUID) -> int:
    """Give each of them a password; the first page says which."""
    signs_in = []
    for name, (password, in_spanish, in_english) in WHO.items():
        if name in people_by_name:
            _claim(random, hands_out, people_by_name[name], name, password)
            signs_in.append({"name": name, "password": password, "who_es": in_spanish, "who_en": in_english})
    (home() / "demo.json").write_text(json.dumps(signs_in, ensure_ascii=False, indent=1), "utf-8")
    return Record.objects.count()


def _claim(random: Random, hands_out: UUID, person: UUID, name: str, password: str) -> None:
    """A printed code, claimed as at the yard's table."""
    proof, claim = commune.code(random), commune.new_id(random)
    perform(IssueCode(person=person, digest=codes.digest_of(proof)), Actor(hands_out), id=commune.new_id(random))
    accounts.prepare(claim, person, name, password)
    perform(ClaimAccount(proof=proof), Actor(), id=claim)
    accounts.settle(claim, person)


__all__ = ["make_commune", "make_council"]
