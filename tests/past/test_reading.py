"""However somebody writes the four tables, they say the same; and no row is lost without a word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from comuna.assemblies.papers import COLUMNS, Found, NotATable, Papers, Table, read_papers
from comuna.assemblies.papers.findings import TALLY_LISTED
from comuna.assemblies.papers.judge import differs, tally_of
from comuna.assemblies.papers.names import key_of
from comuna.assemblies.papers.vocabulary import read_choice, read_held_on, read_hour, read_result
from tests.past.meetings import as_csv
from tests.past.tables import files, sound

TODAY = date(2026, 2, 10)
PLAIN = read_papers(files(sound()), TODAY)


def _files(change) -> dict[Table, bytes | None]:  # type: ignore[no-untyped-def]
    return {table: change(text) for table, text in sound().items()}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("latin-1"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode().rstrip(b"\n"),
        lambda text: text.upper().replace("REPARAR", "Reparar").encode(),
    ],
    ids=["a mark", "utf-16", "latin-1", "two signs a line", "no last line end", "capitals"],
)
def test_another_way_of_writing_says_the_same(change) -> None:  # type: ignore[no-untyped-def]
    papers = read_papers(_files(change), TODAY)
    assert not papers.findings
    assert papers.votes == PLAIN.votes
    assert [(one.recorded, one.result, one.amends) for one in papers.motions] == [
        (one.recorded, one.result, one.amends) for one in PLAIN.motions
    ]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_another_sign_between_cells_says_the_same(sign: str) -> None:
    assert read_papers(_again(sign=sign), TODAY) == PLAIN


def test_columns_may_stand_in_any_order_and_be_called_otherwise() -> None:
    assert read_papers(_again(backwards=True), TODAY) == PLAIN
    assert read_papers(_again(spanish=True), TODAY) == PLAIN


def test_blank_rows_are_no_rows_but_count() -> None:
    texts = {table: text.replace("\nM3", "\n,,\n\nM3", 1) for table, text in sound().items()}
    papers = read_papers(files(texts), TODAY)
    assert [vote.row for vote in papers.votes] == [2, 3, 4, 7, 8, 9] and not papers.findings


def _again(*, sign: str = ",", backwards: bool = False, spanish: bool = False) -> dict[Table, bytes | None]:
    """The sound tables, written once more."""
    import csv
    import io

    found: dict[Table, bytes | None] = {}
    for table, text in sound().items():
        names = list(COLUMNS[table])
        order = names[::-1] if backwards else names
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=sign)
        writer.writerow([COLUMNS[table][name][0] if spanish and COLUMNS[table][name] else name for name in order])
        writer.writerows([[row[name] for name in order] for row in csv.DictReader(io.StringIO(text))])
        found[table] = out.getvalue().encode()
    return found


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("13:05", "13:05"),
        ("1:05 PM", "13:05"),
        ("1.05 p. m.", "13:05"),
        ("13h05", "13:05"),
        ("13:05:59", "13:05"),
        ("2025-06-24 13:05:00", "13:05"),
        ("2025-06-24T13:05:00-04:00", "13:05"),
        ("12:30 am", "00:30"),
        ("9 am", "09:00"),
        ("9", None),
        ("25:00", None),
        ("tarde", None),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, hour: str | None) -> None:
    assert read_hour(written) == hour


@pytest.mark.parametrize(
    ("written", "months_first", "day"),
    [
        ("2025-06-24", False, date(2025, 6, 24)),
        ("24/06/2025", False, date(2025, 6, 24)),
        ("24 de junio de 2025", False, date(2025, 6, 24)),
        ("June 24, 2025", False, date(2025, 6, 24)),
        ("06/07/2025", False, date(2025, 7, 6)),
        ("06/07/2025", True, date(2025, 6, 7)),
        ("2025-06-24 13:00:00", True, date(2025, 6, 24)),
        ("2025-02-30", False, None),
        ("ayer", False, None),
    ],
)
def test_days_are_read_as_people_write_them(written: str, months_first: bool, day: date | None) -> None:
    assert read_held_on(written, TODAY, months_first) == day


@pytest.mark.parametrize("written", ["Yea", "YEAS:", "yes", "aye", "sí", "Si", "a favor", "En favor", "for"])
def test_a_yes_in_any_words_is_a_yes(written: str) -> None:
    assert read_choice(written) == "for"


def test_a_result_may_carry_its_tally_in_words() -> None:
    result, tally = read_result("Motion Passed (13 to 2)")
    assert result == "passed" and tally is not None and (tally.votes_for, tally.against) == (13, 2)


def test_titles_case_accents_and_order_make_no_other_name() -> None:
    spelled = [
        "Rosalba Quijada",
        "VOCERA ROSALBA QUIJADA",
        "rosálba quijada",
        "Quijada, Rosalba",
        "Councillor Rosalba Quijada",
    ]
    assert {key_of(one) for one in spelled} == {"rosalba quijada"}
    assert key_of("Rosa Quijada") != key_of("Rosalba Quijada")


def test_what_is_no_table_is_refused() -> None:
    for data in (b"PK\x03\x04more", b"%PDF-1.7", b"", b"\x00\x01"):
        with pytest.raises(NotATable):
            read_papers({**files(sound()), Table.MOTIONS: data}, TODAY)
    with pytest.raises(NotATable) as caught:
        read_papers({**files(sound()), Table.VOTES: b"x" * (9 * 1024 * 1024)}, TODAY)
    assert caught.value.why == "too-large"


# Of tables made at random

IDS = st.sampled_from(["A1", "A2", "a1", "", "A9"])
MOTION_IDS = st.sampled_from(["M1", "M2", "M3", "m1", "", "M9"])
NAMES = st.sampled_from(["Ana Gil", "ANA GIL", "Gil, Ana", "Luis Mora", "L. Mora", "Mora", "Eva Paz", "", "=1+1"])
NUMBERS = st.sampled_from(["", "0", "1", "2", "3", "-1", "dos", "2.0"])
DAYS = st.sampled_from(["2019-03-09", "09/03/2019", "", "mañana", "2030-01-01"])
ROWS = {
    Table.SESSIONS: {"session": IDS, "organ": st.sampled_from(["", "Comité"]), "held_on": DAYS},
    Table.ATTENDANCE: {
        "session": IDS,
        "name": NAMES,
        "status": st.sampled_from(["present", "remote", "absent", "", "x y"]),
        "arrived_at": st.sampled_from(["", "09:00", "10 am", "?"]),
    },
    Table.MOTIONS: {
        "motion": MOTION_IDS,
        "session": IDS,
        "text": st.sampled_from(["Pedir agua", "", "=A1", "dos\nlíneas"]),
        "moved_by": NAMES,
        "seconded_by": NAMES,
        "method": st.sampled_from(["", "names", "secret", "hands", "?!"]),
        "result": st.sampled_from(["", "passed", "failed", "tied", "withdrawn", "Motion Passed (2 to 1)", "?!"]),
        "for": NUMBERS,
        "against": NUMBERS,
        "abstain": NUMBERS,
        "amends": MOTION_IDS,
    },
    Table.VOTES: {
        "motion": MOTION_IDS,
        "name": NAMES,
        "choice": st.sampled_from(["for", "no", "se abstiene", "recused", "absent", "", "quizás"]),
    },
}
TABLES = st.fixed_dictionaries(
    {table: st.lists(st.fixed_dictionaries(columns), max_size=9) for table, columns in ROWS.items()}
)


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_every_row_is_taken_or_listed_and_every_tally_is_the_recorded_one_or_listed(
    rows: dict[Table, list[dict[str, str]]],
) -> None:
    papers = read_papers({table: as_csv(table, lines) for table, lines in rows.items()}, TODAY)
    _no_row_is_lost(papers, rows)
    _every_tally_is_told(papers)


def _no_row_is_lost(papers: Papers, rows: dict[Table, list[dict[str, str]]]) -> None:
    taken = {
        Table.SESSIONS: {one.row for one in papers.sessions},
        Table.ATTENDANCE: {one.row for one in papers.attendance},
        Table.MOTIONS: {one.row for one in papers.motions},
        Table.VOTES: {one.row for one in papers.votes},
    }
    for table, lines in rows.items():
        filled = {number for number, line in enumerate(lines, start=2) if any(line.values())}
        left_out = {one.row for one in papers.findings if one.table is table and one.is_left_out}
        assert taken[table] | left_out == filled and not taken[table] & left_out
        assert papers.rows[table.value] == len(filled)


def _every_tally_is_told(papers: Papers) -> None:
    choices = defaultdict(list)
    for vote in papers.votes:
        choices[vote.motion].append(vote.choice)
    listed = [one.motion for one in papers.findings if one.found in TALLY_LISTED]
    assert len(set(listed)) == len(listed)
    for place, motion in enumerate(papers.motions):
        off = bool(choices[place]) and (motion.recorded.is_empty or differs(motion.recorded, tally_of(choices[place])))
        assert off == (place in listed), f"motion {motion.key}: {motion.recorded} beside {choices[place]}"


def test_the_property_can_fail() -> None:
    """Tables in which a tally differs have it listed; were it not, the property above would say so."""
    texts = sound()
    texts[Table.MOTIONS] = texts[Table.MOTIONS].replace("passed,2,1,0", "passed,3,0,0")
    papers = read_papers(files(texts), TODAY)
    silent = replace(papers, findings=tuple(one for one in papers.findings if one.found is not Found.TALLY_DIFFERS))
    with pytest.raises(AssertionError):
        _every_tally_is_told(silent)
