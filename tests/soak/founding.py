"""``python -m tests.soak.founding``: a commune in the home named by ``COMUNA_HOME``, made by performing acts.

Prints one line of JSON: who can sign in, with which password.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from tests.soak.server import environment

PROMOTERS = ("Ana Lucía Rondón Paz", "Luis Alberto Cedeño Mora", "Rosa Elena Guevara", "José Gregorio Salas")


@dataclass(frozen=True)
class Member:
    """Somebody with a seat and an account."""

    person: str
    name: str
    password: str


def found(home: Path, before: Sequence[str] = ()) -> list[Member]:
    """Make the commune in a process of its own; ``before`` is put in front of its command."""
    command = [*before, sys.executable, "-m", "tests.soak.founding"]
    home.mkdir(parents=True)
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [Member(**one) for one in json.loads(done.stdout)]


def _make() -> list[Member]:
    from comuna.cli.start import ready_books

    ready_books()
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform
    from comuna.journal import files
    from comuna.mandates import accounts, codes
    from comuna.mandates.acts import ClaimAccount, FoundCommune
    from comuna.mandates.acts.founding import Promoter
    from comuna.statutes import queries as statutes
    from comuna.statutes.tests.samples import built_in

    statute = files.store(built_in("venezuela-commune").encode(), statutes.MEDIA_TYPE)
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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comuna.web.settings")
    sys.stdout.write(json.dumps([asdict(one) for one in _make()]))
