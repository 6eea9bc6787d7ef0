"""Erased words are nowhere: not in the database, its log, the files, a new backup, or on a page."""

from __future__ import annotations

import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import PARTS_MAX, ErasableAudience, ErasePrivate
from comuna.acts.models import RefusedId
from comuna.acts.refusal import Refused
from comuna.assemblies.acts import PutMotion
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import Motion
from comuna.assemblies.tests.test_session import MEETING
from comuna.cli import main
from comuna.elections.tests.voting import Vote
from comuna.journal import bundle, rawrows, scrub, sealing, verify
from comuna.journal.models import Commitment, PrivatePart
from comuna.journal.tables import State, Truth, of_class
from comuna.mandates.acts import EnterMandate, IssueCode
from comuna.territory.acts import CorrectPerson, RegisterHousehold, RegisterPerson
from comuna.territory.models import Person
from conftest import Books
from tests.cast import Cast

NAME = "Eufrosina Quintiliana Zambrano"
OTHER_NAME = "Eufrosina Q. Zambrano viuda de Ñáñez"
NUMBER = "V-23987654"
HOUSE = "frente a la bodega El Turpial"
ILLNESS = "tensión altísima"
EVERYTHING = tuple(ErasableAudience)


@pytest.fixture
def neighbour(founded: Cast) -> tuple[UUID, UUID]:
    """A person whose words are in every place where a person's words can be, and her household."""
    household = founded.does(founded.secretary, RegisterHousehold(house=HOUSE)).id
    person = founded.does(
        founded.secretary,
        RegisterPerson(
            full_name=NAME, household=household, birth_day=date(1951, 3, 2), identity=NUMBER, health=ILLNESS
        ),
    ).id
    founded.does(founded.secretary, CorrectPerson(person=person, full_name=OTHER_NAME))
    founded.signed(
        EnterMandate(
            person=person,
            public_name=NAME,
            kind="cc.comptroller",
            begins=date(2025, 6, 1),
            ends=None,
            origin_words="Libro de actas, folio 3",
        ),
    )
    return person, household


def erase(cast: Cast, *subjects: UUID) -> None:
    for subject in subjects:
        cast.signed(ErasePrivate(subject=subject, audiences=EVERYTHING, reason="Lo pidió"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder; zip files and spreadsheets are opened too."""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            found[str(path)] = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as inner:
                    found |= {f"{path}!{name}": inner.read(name) for name in inner.namelist()}
    return found


def words_in(contents: dict[str, bytes], *words: str) -> list[tuple[str, str]]:
    return [
        (place, word)
        for place, content in contents.items()
        for word in words
        for form in (word.encode(), word.encode("utf-16-le"), word.upper().encode(), word.lower().encode())
        if form in content
    ]


@pytest.mark.sqlite_only
def test_erased_words_are_found_in_no_file_of_the_home_nor_in_a_new_backup(
    founded: Cast, neighbour: tuple[UUID, UUID], books: Books, tmp_path: Path
) -> None:
    person, household = neighbour
    assert rows_naming_both(person, household), "the search must be able to find the link"
    (books.home / "demo").write_text("")
    where = Path(str(connection.settings_dict["NAME"]))
    before = words_in(
        {str(where): where.read_bytes(), "wal": Path(f"{where}-wal").read_bytes()}, NAME, OTHER_NAME, HOUSE
    )
    assert {word for _place, word in before} == {NAME, OTHER_NAME, HOUSE}, "the search must be able to find them"
    erase(founded, person, household)
    everything = bytes_of(books.home) | {
        str(path): path.read_bytes() for path in where.parent.glob(where.name + "*") if path.is_file()
    }
    assert words_in(everything, NAME, OTHER_NAME, HOUSE, NUMBER, ILLNESS, "Eufrosina", "Turpial", "23987654") == []
    row = Person.objects.get(pk=person)
    assert (row.household, row.full_name, row.identity_sealed, row.identity_fingerprint) == (None, "", "", "")
    assert rows_naming_both(person, household) == []
    target = tmp_path / "backup.tar"
    assert main(["backup", str(target)]) == 0
    assert (
        words_in({"backup": target.read_bytes()}, NAME, OTHER_NAME, HOUSE, NUMBER, ILLNESS, "Eufrosina", "Turpial")
        == []
    )


def rows_naming_both(one: UUID, other: UUID) -> list[str]:
    """Tables with a row from which somebody could read that these two belong together."""
    found = []
    for model in (*of_class(Truth), *of_class(State)):
        for row in rawrows.rows(model):
            text = repr(list(row.values())).replace("-", "")
            if one.hex in text and other.hex in text:
                found.append(f"{model._meta.db_table} {row['id']!s}")
    return found


def test_after_an_erasure_the_books_still_verify_and_replay(
    founded: Cast, neighbour: tuple[UUID, UUID], tmp_path: Path
) -> None:
    erase(founded, *neighbour)
    assert list(verify.findings()) == []
    target = tmp_path / "journal.zip"
    bundle.export(target)
    assert words_in(bytes_of(tmp_path), NAME, OTHER_NAME, HOUSE, NUMBER, ILLNESS) == []


def test_erased_words_are_on_no_page(founded: Cast, neighbour: tuple[UUID, UUID]) -> None:
    person, _household = neighbour
    secretary = founded.browser(founded.secretary)
    erase(founded, *neighbour)
    for address in ("/acts/", "/who-decides/", f"/acts/{person}/", f"/acts/{person}/record/"):
        page = secretary.get(address)
        assert page.status_code == 200, address
        assert words_in({address: page.content}, "Eufrosina", "Turpial", NUMBER) == []


def test_what_was_erased_cannot_be_erased_again_and_nothing_else_is_touched(
    founded: Cast, neighbour: tuple[UUID, UUID]
) -> None:
    person, household = neighbour
    others = {row.id: row.full_name for row in Person.objects.exclude(pk=person)}
    erase(founded, person, household)
    assert {row.id: row.full_name for row in Person.objects.exclude(pk=person)} == others
    with pytest.raises(Refused) as refused:
        erase(founded, person)
    assert refused.value.rule == "acts.nothing-to-erase"


def test_sealed_words_are_read_with_the_key_until_they_are_erased(founded: Cast, neighbour: tuple[UUID, UUID]) -> None:
    person, _household = neighbour
    row = Person.objects.get(pk=person)
    assert sealing.open_sealed(row.health_sealed) == ILLNESS
    assert sealing.open_sealed(row.identity_sealed).endswith("23987654")


@pytest.mark.long
def test_more_words_than_one_record_can_name_are_erased_by_two_acts(founded: Cast) -> None:
    person = founded.does(founded.secretary, RegisterPerson(full_name=NAME)).id
    for number in range(PARTS_MAX // 2):  # each is a name and its initials
        founded.does(founded.secretary, CorrectPerson(person=person, full_name=f"{OTHER_NAME} {number}"))
    held = PrivatePart.objects.filter(pk__in=Commitment.objects.filter(subject=person).values("id"))
    before = held.count()
    assert before > PARTS_MAX
    erase(founded, person)
    assert held.count() == before - PARTS_MAX
    erase(founded, person)
    assert not held.exists()
    assert list(verify.findings()) == []


@pytest.mark.sqlite_only
def test_what_somebody_was_still_reading_is_overwritten_with_the_next_act_or_start(
    founded: Cast, neighbour: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrub, "BUSY_WAIT_MILLISECONDS", 50)
    where = Path(str(connection.settings_dict["NAME"]))
    reader = sqlite3.connect(where)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM journal_privatepart").fetchone()
    erase(founded, *neighbour)
    assert scrub.is_due()
    assert words_in(bytes_of(where.parent), NAME), "the reader's old pages hold the name"
    reader.close()
    founded.does(founded.secretary, RegisterPerson(full_name="Otra Persona"))
    assert not scrub.is_due()
    assert words_in({p.name: p.read_bytes() for p in where.parent.glob(where.name + "*")}, NAME, HOUSE) == []


@pytest.mark.sqlite_only
def test_what_another_process_left_to_be_overwritten_is_overwritten_with_the_next_act(
    founded: Cast, books: Books
) -> None:
    (books.home / "scrub.due").touch()  # as it finds it: nothing in its own memory knows of it
    assert scrub.is_due()
    founded.does(founded.secretary, RegisterPerson(full_name="Otra Persona"))
    assert not scrub.is_due()


def test_a_refusal_that_was_kept_forgets_its_words_and_stays_a_refusal(
    founded: Cast, neighbour: tuple[UUID, UUID]
) -> None:
    again = uuid4()
    act = IssueCode(person=uuid4(), digest="ab" * 32)
    for _time in range(2):
        with pytest.raises(Refused) as first:
            founded.does(founded.secretary, act, again)
    erase(founded, *neighbour)
    assert not RefusedId.objects.exclude(words="").exists()
    with pytest.raises(Refused) as later:
        founded.does(founded.secretary, act, again)
    assert later.value.rule == first.value.rule


def test_minutes_whose_words_were_erased_are_not_called_altered(founded: Cast) -> None:
    vote = Vote(founded)
    with frozen_at(MEETING):
        vote.open()
        put = founded.does(founded.secretary, PutMotion(session=vote.session, item=1, text="Una calumnia")).id
        erase(founded, put)
        assert Motion.objects.get(pk=put).text == ""
        assert changed_outside(vote.session) == []
