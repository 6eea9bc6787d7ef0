"""The sample: an invented council of 200 households, founded from a messy spreadsheet and lived in for a year.

Everything in it is done by acts with the clock set back, by people with mandates, as in life; the same
seed gives the same council. It ends today, with an assembly convened whose first call is past.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID, uuid4

from comuna.acts.authority import Actor
from comuna.acts.door import perform
from comuna.cli.sample import assemblies, people
from comuna.journal.home import home
from comuna.journal.models import Record
from comuna.mandates import accounts, codes
from comuna.mandates.acts import ClaimAccount, IssueCode

Progress = Callable[[int, int], None]

PASSWORDS = (
    "agua-clara-del-cerro",
    "pan-y-canto-al-alba",
    "luna-sobre-la-cancha",
    "rio-de-arena-fina",
    "tambor-de-la-costa",
    "mango-maduro-de-mayo",
)


def make(seed: int, progress: Progress) -> int:
    """Perform the sample in an empty home; returns how many records it has."""
    founded = people.found(seed, progress)
    officers = assemblies.a_year(founded, seed, progress)
    who = [
        (officers.neighbour, "vecina", "una vecina, sin vocería", "a neighbour, without a seat"),
        (officers.spokesperson, "vocera", "una vocera de comité", "a committee spokesperson"),
        (officers.secretary, "secretaria", "la secretaria de actas", "the secretary of minutes"),
        (officers.finance, "finanzas", "una firma de la unidad financiera", "a signer of the finance unit"),
        (
            officers.electoral,
            "comision",
            "una integrante de la comisión electoral",
            "of the electoral commission",
        ),
        (officers.comptroller, "contraloria", "la contraloría social", "the social comptroller"),
    ]
    signs_in = []
    for (person, name, in_spanish, in_english), password in zip(who, PASSWORDS, strict=True):
        _claim(officers.secretary, person, name, password)
        signs_in.append({"name": name, "password": password, "who_es": in_spanish, "who_en": in_english})
    (home() / "demo.json").write_text(json.dumps(signs_in, ensure_ascii=False, indent=1), "utf-8")
    return Record.objects.count()


def _claim(secretary: UUID, person: UUID, name: str, password: str) -> None:
    """A printed code, claimed as at the yard's table."""
    code = codes.new()
    proof = codes.proof(code)
    perform(IssueCode(person=person, digest=codes.digest_of(proof)), Actor(secretary))
    claim = uuid4()
    accounts.prepare(claim, person, name, password)
    perform(ClaimAccount(proof=proof), Actor(), id=claim)
    accounts.settle(claim, person)


__all__ = ["make"]
