"""A public export holds nobody's private words, and whoever trusts nobody can check it all the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.journal import bundle
from comuna.journal.models import Commitment, Erasure, PrivatePart
from comuna.statutes import builtin
from comuna.territory.acts.drafting import import_of
from comuna.territory.acts.matching import plan
from comuna.territory.models import Person
from comuna.territory.reading import Choices, open_table, read_census
from comuna.territory.tests.town import HEADER, sheet
from tests.cast import Cast
from tests.house import ROOT
from tests.programs import comuna, done

CENSUS: list[list[Any]] = [
    ["CENSO"],
    HEADER,
    ["frente al samán caído", "Zenobia Ygualdad Trespalacios", "V-23.987.654", 74, "Jefe(a)", "psitacosis"],
    [None, "Eufrosino Trespalacios Ygualdad", "V-9.876.501", "1/2/1951", "esposo", None],
]
PLANTED = ("Zenobia", "Eufrosino", "Trespalacios", "23987654", "9876501", "psitacosis", "samán caído", "1951-02-01")


@pytest.fixture
def listed(founded: Cast) -> Cast:
    """The council with a household from a census list."""
    act, today = uuid4(), date(2026, 2, 10)
    planned = plan(read_census(open_table(sheet(CENSUS)), Choices(today=today)), founded.commune, act, today)
    founded.does(
        founded.secretary,
        import_of(planned, census_day=date(2026, 2, 1), file_name="secreto.xlsx", file_digest="ab" * 32),
        act,
    )
    return founded


def words_in(file: Path) -> str:
    """Everything that a bundle holds, each part's words in clear."""
    with zipfile.ZipFile(file) as opened:
        text = [opened.read(name).decode() for name in opened.namelist()]
        parts = [json.loads(line) for line in opened.read("parts.jsonl").splitlines()]
    return "\n".join([*text, *(b64decode(part["body"]).decode() for part in parts if "body" in part)])


def private_words() -> set[str]:
    """Each text that stands in a part which is not for everybody and, whole, in none that is.

    Ids are left out: records speak of people by them.
    """
    hidden = Commitment.objects.exclude(audience="public").values_list("id", flat=True)
    shown = Commitment.objects.filter(audience="public").values_list("id", flat=True)
    return {text for text in texts_of(hidden) - texts_of(shown) if len(text) > 2 and not is_id(text)}


def texts_of(parts: Iterable[UUID]) -> set[str]:
    bodies = PrivatePart.objects.filter(id__in=list(parts)).values_list("body", flat=True)
    return {text for body in bodies for text in strings(json.loads(bytes(body)))}


def is_id(text: str) -> bool:
    """An id, a seat of the statute or a word of a closed list ("here"): records speak of things by these."""
    return (len(text) == 36 and text.count("-") == 4) or re.fullmatch(r"[a-z][a-z_.0-9-]*", text) is not None


def erase_somebody(cast: Cast) -> UUID:
    person: UUID = Person.objects.get(full_name__startswith="Zenobia").id
    cast.signed(ErasePrivate(subject=person, audiences=tuple(ErasableAudience), reason="Lo pidió"))
    return person


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def checked(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "script" / "check-journal"), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def changed(file: Path, target: Path, change: Callable[[list[dict[str, Any]]], None]) -> Path:
    """A copy of a bundle in which somebody changed the lines of the parts."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "x") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "parts.jsonl":
                parts = [json.loads(line) for line in data.splitlines()]
                change(parts)
                data = b"".join(json.dumps(part).encode() + b"\n" for part in parts)
            new.writestr(name, data)
    return target


def test_a_public_export_holds_no_private_word_and_a_whole_one_holds_them_all(listed: Cast, tmp_path: Path) -> None:
    bundle.export(tmp_path / "whole.zip")
    bundle.export(tmp_path / "public.zip", public=True)
    whole, public = words_in(tmp_path / "whole.zip"), words_in(tmp_path / "public.zip")
    hidden = private_words()
    assert any("Zenobia" in word for word in hidden)
    assert [word for word in sorted(hidden) if word not in whole] == []
    assert [word for word in sorted(hidden | set(PLANTED)) if word in public] == []


def test_a_public_export_does_not_say_whom_private_words_are_about_not_even_erased_ones(
    listed: Cast, tmp_path: Path
) -> None:
    person = erase_somebody(listed)
    private = Commitment.objects.exclude(audience="public")
    subjects = {str(one) for one in private.values_list("subject", flat=True)}
    bundle.export(tmp_path / "public.zip", public=True)
    with zipfile.ZipFile(tmp_path / "public.zip") as opened:
        lines = [json.loads(line) for line in opened.read("parts.jsonl").splitlines()]
        records = opened.read("records.jsonl").decode()
    hidden = [line for line in lines if line["audience"] != "public"]
    erased = Erasure.objects.values_list("id", flat=True)
    assert len(erased) > 2
    assert [str(one) for one in (person, *erased) if str(one) in records or one.hex in records] == []
    assert len(hidden) == private.count() > 15
    assert [line for line in hidden if "subject" in line or subjects & {line["about"], line["slot"]}] == []
    assert len({line["about"] for line in hidden}) == len(hidden), "two parts must not be seen to be about the same"


def test_a_public_export_that_tells_whom_private_words_are_about_is_found(listed: Cast, tmp_path: Path) -> None:
    bundle.export(tmp_path / "public.zip", public=True)

    def tell(parts: list[dict[str, Any]]) -> None:
        part = next(part for part in parts if "withheld" in part)
        told = Commitment.objects.get(record=part["record"], number=part["number"])
        part |= {"subject": str(told.subject), "subject_salt": bytes(told.subject_salt).hex()}

    answer = checked(changed(tmp_path / "public.zip", tmp_path / "told.zip", tell))
    assert answer.returncode == 1
    assert "private words in a public export, or whom they are about" in answer.stdout


def test_anybody_can_check_a_public_export(listed: Cast, tmp_path: Path) -> None:
    public = tmp_path / "public.zip"
    bundle.export(public, public=True)
    answer = checked(public)
    assert answer.returncode == 0, answer.stdout
    assert "are withheld" in answer.stdout


def test_a_withheld_part_whose_commitment_was_changed_is_found(listed: Cast, tmp_path: Path) -> None:
    def other_commitment(parts: list[dict[str, Any]]) -> None:
        next(part for part in parts if "withheld" in part)["commitment"] = "00" * 32

    bundle.export(tmp_path / "public.zip", public=True)
    answer = checked(changed(tmp_path / "public.zip", tmp_path / "forged.zip", other_commitment))
    assert answer.returncode == 1
    assert "not the ones it committed to" in answer.stdout


def test_a_public_word_is_not_withheld_and_a_whole_export_withholds_nothing(listed: Cast, tmp_path: Path) -> None:
    def hide(audience: str) -> Callable[[list[dict[str, Any]]], None]:
        def change(parts: list[dict[str, Any]]) -> None:
            part = next(part for part in parts if "body" in part and part["audience"] == audience)
            del part["salt"], part["body"]
            part["withheld"] = True

        return change

    bundle.export(tmp_path / "whole.zip")
    bundle.export(tmp_path / "public.zip", public=True)
    for name, audience in (("public", "public"), ("whole", "household")):
        answer = checked(changed(tmp_path / f"{name}.zip", tmp_path / f"{name}-less.zip", hide(audience)))
        assert answer.returncode == 1
        assert "nothing allows it" in answer.stdout


def test_words_left_out_in_place_of_those_that_were_ordered_erased_are_found(listed: Cast, tmp_path: Path) -> None:
    """As many parts lack words as were ordered erased; only their ids tell that it is another one."""

    def swap(parts: list[dict[str, Any]]) -> None:
        gone = next(part for part in parts if "body" not in part)
        there = next(part for part in parts if "body" in part and part["record"] != gone["record"])
        del there["salt"], there["body"]

    erase_somebody(listed)
    bundle.export(tmp_path / "whole.zip")
    assert checked(tmp_path / "whole.zip").returncode == 0
    answer = checked(changed(tmp_path / "whole.zip", tmp_path / "swapped.zip", swap))
    assert answer.returncode == 1
    assert "no record orders it erased" in answer.stdout


def with_file(file: Path, target: Path, name: str, content: bytes) -> Path:
    """A copy of a bundle with one more file in it."""
    shutil.copy(file, target)
    with zipfile.ZipFile(target, "a") as bundle_:
        bundle_.writestr(name, content)
    return target


def test_private_words_put_into_a_public_export_are_found(listed: Cast, tmp_path: Path) -> None:
    """Whoever received such a file would hold them, and the words themselves are genuine."""
    bundle.export(tmp_path / "whole.zip")
    bundle.export(tmp_path / "public.zip", public=True)
    with zipfile.ZipFile(tmp_path / "whole.zip") as opened:
        whole = [json.loads(line) for line in opened.read("parts.jsonl").splitlines()]

    def tell(parts: list[dict[str, Any]]) -> None:
        number = next(number for number, part in enumerate(parts) if "withheld" in part)
        parts[number] = whole[number]

    answer = checked(changed(tmp_path / "public.zip", tmp_path / "told.zip", tell))
    assert answer.returncode == 1
    assert "private words in a public export" in answer.stdout


def test_words_that_were_ordered_erased_and_are_still_there_are_found(listed: Cast, tmp_path: Path) -> None:
    bundle.export(tmp_path / "before.zip")
    erase_somebody(listed)
    bundle.export(tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "before.zip") as opened:
        before = [json.loads(line) for line in opened.read("parts.jsonl").splitlines()]

    def bring_back(parts: list[dict[str, Any]]) -> None:
        number = next(number for number, part in enumerate(parts) if "body" not in part)
        assert "body" in before[number]
        parts[number] |= {name: before[number][name] for name in ("salt", "body")}

    answer = checked(changed(tmp_path / "whole.zip", tmp_path / "kept.zip", bring_back))
    assert answer.returncode == 1
    assert "ordered erased, and its words are here" in answer.stdout

    def say_nothing_of_it(parts: list[dict[str, Any]]) -> None:
        bring_back(parts)
        for part in parts:
            if "body" in part and part.pop("erased_by", None):
                del part["erasure_salt"]

    answer = checked(changed(tmp_path / "whole.zip", tmp_path / "silent.zip", say_nothing_of_it))
    assert answer.returncode == 1
    assert "that are not in this journal" in answer.stdout


def test_a_public_export_says_which_kinds_of_files_are_in_it_and_lacks_none_of_them(
    listed: Cast, tmp_path: Path
) -> None:
    bundle.export(tmp_path / "public.zip", public=True)
    with zipfile.ZipFile(tmp_path / "public.zip") as opened:
        assert json.loads(opened.read("format.json"))["files"] == ["application/toml"]
        [statute] = [name for name in opened.namelist() if name.startswith("files/")]
        with zipfile.ZipFile(tmp_path / "less.zip", "x") as less:
            for name in opened.namelist():
                if name != statute:
                    less.writestr(name, opened.read(name))
    answer = checked(tmp_path / "less.zip")
    assert answer.returncode == 1
    assert "cited and missing" in answer.stdout


def test_a_file_of_a_private_kind_in_a_public_export_is_found(listed: Cast, tmp_path: Path) -> None:
    bundle.export(tmp_path / "public.zip", public=True)
    with zipfile.ZipFile(tmp_path / "public.zip") as opened, zipfile.ZipFile(tmp_path / "other.zip", "x") as other:
        for name in opened.namelist():
            data = opened.read(name)
            other.writestr(name, data.replace(b"application/toml", b"text/csv") if name == "format.json" else data)
    answer = checked(tmp_path / "other.zip")
    assert answer.returncode == 1
    assert "a private file in a public export" in answer.stdout


def test_a_file_that_no_record_cites_is_found(listed: Cast, tmp_path: Path) -> None:
    bundle.export(tmp_path / "public.zip", public=True)
    answer = checked(with_file(tmp_path / "public.zip", tmp_path / "more.zip", "files/list.csv", b"Zenobia"))
    assert answer.returncode == 1
    assert "no record cites it" in answer.stdout


def test_a_public_export_is_refused_by_import_in_words(listed: Cast, tmp_path: Path) -> None:
    bundle.export(tmp_path / "public.zip", public=True)
    answer = comuna(tmp_path / "other", "journal", "import", str(tmp_path / "public.zip"))
    assert answer.returncode != 0
    assert "it can be checked, not imported" in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_checker_explains_itself_and_answers_a_file_that_is_no_journal_in_words(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("nothing")
    for words in ("--help", str(tmp_path / "other.txt"), str(tmp_path / "missing.zip")):
        answer = checked(Path(words))
        assert "Traceback" not in answer.stderr
        assert answer.returncode == (0 if words == "--help" else 1)
        assert ("script/check-journal FILE" in answer.stdout) == (words == "--help")


@pytest.mark.long
@pytest.mark.sqlite_only
def test_the_public_export_of_the_sample_holds_nothing_that_only_the_whole_one_may(tmp_path: Path) -> None:
    done(tmp_path / "home", "demo", "--council")
    done(tmp_path / "home", "journal", "export", str(tmp_path / "whole.zip"))
    said = done(tmp_path / "home", "journal", "export", "--public", str(tmp_path / "public.zip"))
    assert "No private words" in said
    with zipfile.ZipFile(tmp_path / "whole.zip") as opened:
        parts = [json.loads(line) for line in opened.read("parts.jsonl").splitlines()]
    said_to = {"public": set[str](), "private": set[str]()}
    for part in parts:
        if "body" in part:
            said_to["public" if part["audience"] == "public" else "private"].update(
                strings(json.loads(b64decode(part["body"])))
            )
    hidden = {text for text in said_to["private"] - said_to["public"] if " " in text or len(text) > 5}
    lived_by = builtin.text("venezuela-commune")  # what a letter is called in it is no secret; who has one is
    hidden = {text for text in hidden if not is_id(text) and f'"{text}"' not in lived_by}
    assert len(hidden) > 500
    public = words_in(tmp_path / "public.zip")
    assert [word for word in sorted(hidden) if f'"{word}"' in public] == []
    assert checked(tmp_path / "public.zip").returncode == 0


def test_the_checker_can_be_read_at_one_sitting() -> None:
    assert len((ROOT / "script" / "check-journal").read_text("utf-8").splitlines()) <= 210
