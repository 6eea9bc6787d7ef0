"""What changes under a running program, files, keys and disks, is told in words; nothing is done twice or by half."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from comuna.acts.refusal import Refused
from comuna.journal import highest, home, keys, sealing
from comuna.journal.models import Record, Writer
from comuna.journal.queries import is_read_only
from comuna.territory.acts import AddSector, RegisterPerson
from conftest import Engine
from tests.cast import Cast


def another_sector(cast: Cast) -> int:
    return cast.does(cast.secretary, AddSector(name=f"Sector {uuid4().hex[:6]}")).seq


@pytest.fixture
def put_back(founded: Cast, engine: Engine) -> Callable[[], None]:
    """Puts the books back as they are now, under the program that runs."""
    here, kept = str(connection.settings_dict["NAME"]), engine.name_for(f"older {founded.commune.hex[:8]}")
    engine.copy(here, kept)
    engine.enter(here)

    def back() -> None:
        engine.copy(kept, here)
        engine.enter(here)

    return back


def test_an_older_copy_under_a_running_server_is_told_at_the_next_act(
    founded: Cast, put_back: Callable[[], None]
) -> None:
    """Also where the note beside the books is as old as the copy: the process knows how far it came."""
    last = [another_sector(founded) for _ in range(3)][-1]
    noted = (home.home() / highest.NAME).read_bytes()
    put_back()
    before = Record.objects.count()
    with pytest.raises(Refused) as refused:
        another_sector(founded)
    assert refused.value.rule == "acts.older-copy" and str(last) in str(refused.value)
    assert is_read_only() and Record.objects.count() == before
    with pytest.raises(Refused) as refused:
        another_sector(founded)
    assert refused.value.rule == "acts.read-only"
    assert (home.home() / highest.NAME).read_bytes() == noted, "what the next start is to see stays"


def test_an_older_copy_is_told_by_another_process_from_the_note(founded: Cast, put_back: Callable[[], None]) -> None:
    another_sector(founded)
    highest.note(founded.commune)
    highest._written.clear()
    put_back()
    with pytest.raises(Refused) as refused:
        another_sector(founded)
    assert refused.value.rule == "acts.older-copy"


def test_a_note_is_never_written_over_by_books_that_have_less(founded: Cast, put_back: Callable[[], None]) -> None:
    last = another_sector(founded)
    highest.note(founded.commune)
    noted = (home.home() / highest.NAME).read_bytes()
    put_back()
    highest.note(founded.commune)
    assert (home.home() / highest.NAME).read_bytes() == noted
    assert highest.lost(founded.commune) == last and not Writer.objects.exists()


def test_a_note_of_other_books_or_of_another_form_says_nothing(founded: Cast) -> None:
    note = home.home() / highest.NAME
    for said in (b"[]", b"5", b"\xff", b"[" * 5000, json.dumps({"epoch": 1, "seq": 900, "digest": "x"}).encode()):
        note.write_bytes(said)
        assert highest.lost(founded.commune) == 0
    note.write_text(json.dumps({"commune": str(uuid4()), "epoch": 1, "seq": 900, "digest": "ab"}))
    assert highest.lost(founded.commune) == 0
    note.write_text(json.dumps({"commune": str(founded.commune), "epoch": 1, "seq": 900, "digest": "ab"}))
    assert highest.lost(founded.commune) == 900


def another_key_of_sealing(content: bytes) -> None:
    (home.home() / "keys" / "sealing").write_bytes(content)
    for kept in (sealing._cipher, sealing._key_of, sealing._master):
        kept.cache_clear()  # as in a process of its own


def test_words_sealed_while_another_key_lay_there_are_named(founded: Cast) -> None:
    def register(name: str, identity: str) -> int:
        return founded.does(founded.secretary, RegisterPerson(full_name=name, identity=identity)).seq

    sealing.make_key()
    own = (home.home() / "keys" / "sealing").read_bytes()
    register("Uno Méndez", "V-12345678")
    assert keys.faults() == [] and keys.foreign_words() == []
    another_key_of_sealing(os.urandom(32))
    fault = ["keys/sealing is not the key with which these books were sealed"]
    assert keys.faults() == fault
    foreign = register("Dos Méndez", "V-12345679")
    assert keys.faults() == fault, "also after words were sealed under it"
    another_key_of_sealing(own)
    assert keys.faults() == []
    assert keys.foreign_words() == [f"record {foreign}: words in it were sealed under another key than keys/sealing"]


def test_a_key_of_another_length_or_of_bytes_is_named(founded: Cast) -> None:
    folder: Path = home.home() / "keys"
    sealing.make_key()
    (folder / "node").write_bytes(b"corta")
    (folder / "web").write_bytes(b"\xff\xfe")
    assert keys.faults() == [
        "keys/node is no key: it has 5 bytes, a key has 32",
        "keys/web is not text: it was altered",
    ]
