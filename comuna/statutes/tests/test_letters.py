"""What the loader says of a faulty [[letter]], with its line; and what becomes of letters over councils."""

from __future__ import annotations

import pytest

from comuna.statutes import builtin
from comuna.statutes.councils import Council
from comuna.statutes.loader import check, load
from comuna.statutes.queries import seat_verbs
from comuna.statutes.spread import spread
from comuna.statutes.statute import Mark
from tests.words import base

LETTER = 'id = "residence"'
TWICE = """
[[letter]]
id = "residence"
rule = "small.letter"
source = "By-laws, art. 14"
mark = "O"
name = { es = "Otra", en = "Another" }
attests = { es = "vive aquí", en = "lives here" }
seats = ["secretary"]
needed = 1
days = 30
"""


def line(words: str, text: str, after: str = "[[letter]]") -> int:
    """The line on which the words stand behind the first letter."""
    lines = text.split("\n")
    first = lines.index(after)
    return next(number for number, said in enumerate(lines, 1) if number > first and words in said)


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("needed = 1", "needed = 9", "needed", "9"),
        ("days = 30", "days = 0", "days", "0"),
        ("days = 30\n", "", "[[letter]]", "days"),
        ('seats = ["secretary"]\nneeded', 'seats = ["secretario"]\nneeded', "secretario", "secretary"),
        ("away_counts = false\n", "away = false\n", "away", "no word away"),
        ('attests = { es = "vive aquí", en = "lives here" }', 'attests = { es = "vive aquí" }', "attests", "en"),
    ],
)
def test_a_fault_of_a_letter_is_told_with_its_line(old: str, new: str, at: str, said: str) -> None:
    before, letter = base().split("[[letter]]")
    assert old in letter
    text = f"{before}[[letter]]{letter.replace(old, new)}"
    faults = check(text, seat_verbs())
    assert len(faults) == 1, [str(one) for one in faults]
    expected = text.split("\n").index(at) + 1 if at == "[[letter]]" else line(at, text)
    assert faults[0].line == expected
    assert said in faults[0].words


def test_a_letter_stands_once() -> None:
    text = base() + TWICE
    faults = check(text, seat_verbs())
    assert [fault.line for fault in faults] == [text.rindex(LETTER) and text[: text.rindex(LETTER)].count("\n") + 1]


def test_who_signs_a_letter_has_power_to_sign() -> None:
    text = base().replace('"letters.sign", ', "")
    faults = check(text, seat_verbs())
    assert len(faults) == 1
    assert "letters.sign" in faults[0].words
    assert faults[0].line == line("seats", text)


def test_a_council_signs_for_its_own_people() -> None:
    statute = spread(load(builtin.text("venezuela-commune")), (Council("norte", "Norte"), Council("sur", "Sur")))
    letter = statute.letter("residence", "sur")
    assert letter is not None
    assert letter.council == "sur"
    assert all(seat.endswith("@sur") for seat in letter.seats)
    assert statute.letter("residence", None) is None
    assert [one.id for one in statute.letters_in("norte")] == ["residence", "conduct", "endorsement"]


def test_only_what_was_found_in_a_source_is_marked_so() -> None:
    statute = load(builtin.text("venezuela-commune"))
    marks = {letter.id: (letter.days, letter.rule.mark) for letter in statute.letters}
    assert marks == {
        "residence": (90, Mark.FOUND),
        "conduct": (90, Mark.UNSURE),
        "endorsement": (90, Mark.UNSURE),
    }
