"""Sealed words are opened by this home's key and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from comuna.journal import home, sealing


@pytest.fixture
def a_home(tmp_path: Path) -> Path:
    home.use(tmp_path)
    return tmp_path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), context=st.text(max_size=10))
def test_opening_gives_the_words_back_and_the_sealed_line_does_not_show_them(
    a_home: Path, words: str, context: str
) -> None:
    sealed = sealing.seal(words, context.encode("utf-8", "replace").decode())
    assert sealing.open_sealed(sealed) == words
    assert sealed.isascii() and (len(words) < 4 or words not in sealed.removeprefix(sealing.PREFIX))


def test_the_same_act_sent_twice_seals_alike_and_two_places_differ(a_home: Path) -> None:
    assert sealing.seal("asma", "a.fields") == sealing.seal("asma", "a.fields")
    assert sealing.seal("asma", "a.fields") != sealing.seal("asma", "b.fields")


def test_another_home_opens_nothing_and_has_other_fingerprints(tmp_path: Path) -> None:
    home.use(tmp_path / "one")
    sealed, mark = sealing.seal("asma", "x"), sealing.fingerprint("V-12345678")
    home.use(tmp_path / "two")
    with pytest.raises(sealing.Unreadable):
        sealing.open_sealed(sealed)
    assert sealing.fingerprint("V-12345678") != mark


def test_a_changed_letter_is_noticed(a_home: Path) -> None:
    sealed = sealing.seal("asma", "x")
    changed = sealed[:-3] + ("A" if sealed[-3] != "A" else "B") + sealed[-2:]
    with pytest.raises(sealing.Unreadable):
        sealing.open_sealed(changed)


def test_the_key_file_is_for_its_owner_alone(a_home: Path) -> None:
    sealing.seal("asma", "x")
    assert (a_home / "keys" / "sealing").stat().st_mode & 0o077 == 0
