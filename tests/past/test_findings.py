"""Everything in the tables that does not fit is found, with its file and row; what fits is not."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from comuna.assemblies.papers import Finding, Found, NotATable, Papers, Table, read_papers
from tests.past.tables import Texts, files, more, sound, spoilt

S, A, M, V = Table
TODAY = date(2026, 2, 10)


def read(texts: Texts) -> Papers:
    return read_papers(files(texts), TODAY)


def found(texts: Texts) -> list[tuple[Table, int, Found]]:
    return [(one.table, one.row, one.found) for one in read(texts).findings]


CASES: list[tuple[str, Texts, tuple[Table, int, Found]]] = [
    ("an absent voter", more(V, "M1,Eusebio Urbina,abstain"), (V, 8, Found.VOTER_ABSENT)),
    ("a voter nobody knows", more(V, "M1,Zulay Perdomo,abstain"), (V, 8, Found.VOTER_NOT_MEMBER)),
    ("another vote of the same", more(V, "M1,Rosalba Quijada,against"), (V, 8, Found.VOTED_OTHERWISE)),
    ("the same vote again", more(V, "M1,Teodoro Marcano,for"), (V, 8, Found.ROW_TWICE)),
    ("a choice nobody can read", more(V, "M1,Eusebio Urbina,quizás"), (V, 8, Found.UNREADABLE)),
    ("a vote on nothing", more(V, "M9,Eusebio Urbina,for"), (V, 8, Found.MOTION_UNKNOWN)),
    ("a vote of nobody", more(V, "M1,,for"), (V, 8, Found.NO_NAME)),
    ("gone before it began", spoilt(A, "present,09:00,11:30", "present,08:00,08:30"), (V, 2, Found.VOTER_GONE)),
    (
        "a mover nobody knows",
        spoilt(M, "tanque de agua,Rosalba Quijada", "agua,Zulay Rey"),
        (M, 2, Found.MOVER_NOT_MEMBER),
    ),
    ("an absent mover", spoilt(M, "tanque de agua,Rosalba Quijada", "agua,Eusebio Urbina"), (M, 2, Found.MOVER_ABSENT)),
    (
        "a seconder nobody knows",
        spoilt(M, "Quijada,Teodoro Marcano", "Quijada,Zulay Rey"),
        (M, 2, Found.SECONDER_NOT_MEMBER),
    ),
    (
        "an absent seconder",
        spoilt(M, "Quijada,Teodoro Marcano", "Quijada,Eusebio Urbina"),
        (M, 2, Found.SECONDER_ABSENT),
    ),
    ("seconding oneself", spoilt(M, "Quijada,Teodoro Marcano", "Quijada,Rosalba Quijada"), (M, 2, Found.SECONDS_OWN)),
    ("another tally", spoilt(M, "passed,2,1,0", "passed,3,0,0"), (M, 2, Found.TALLY_DIFFERS)),
    ("another tally of abstentions", spoilt(M, "failed,1,1,1", "failed,1,1,0"), (M, 4, Found.TALLY_DIFFERS)),
    ("no tally", spoilt(M, "passed,2,1,0", "passed,,,"), (M, 2, Found.TALLY_NOT_RECORDED)),
    ("half a tally", spoilt(M, "failed,1,1,1", "failed,1,1,"), (M, 4, Found.TALLY_DIFFERS)),
    ("a tally beside the result", spoilt(M, "passed,2,1,0", "Passed (3 to 1),2,1,0"), (M, 2, Found.TALLY_TWICE)),
    ("more votes than people", spoilt(M, "passed,3,0,", "passed,4,0,"), (M, 3, Found.TALLY_ABOVE_PRESENT)),
    ("passed with fewer", spoilt(M, "passed,3,0,", "passed,1,2,"), (M, 3, Found.RESULT_DIFFERS)),
    ("passed by a tie", spoilt(M, "failed,1,1,1", "passed,1,1,1"), (M, 4, Found.RESULT_DIFFERS)),
    ("failed with more", spoilt(M, "passed,3,0,", "failed,2,1,"), (M, 3, Found.RESULT_DIFFERS)),
    ("a tie that is none", spoilt(M, "passed,3,0,", "tied,2,1,"), (M, 3, Found.RESULT_DIFFERS)),
    ("withdrawn and voted", spoilt(M, "passed,3,0,", "withdrawn,3,0,"), (M, 3, Found.WITHDRAWN_WITH_VOTES)),
    ("below nought", spoilt(M, "passed,3,0,", "passed,3,-1,"), (M, 3, Found.NEGATIVE)),
    ("no number", spoilt(M, "passed,3,0,", "passed,tres,0,"), (M, 3, Found.UNREADABLE)),
    ("no result", spoilt(M, "passed,3,0,", "quizás,3,0,"), (M, 3, Found.UNREADABLE)),
    ("no method", spoilt(M, "hands,passed", "gritos,passed"), (M, 3, Found.UNREADABLE)),
    ("names that are missing", spoilt(M, "hands,passed", "names,passed"), (M, 3, Found.NAMES_MISSING)),
    ("names beside a secret vote", spoilt(M, "names,failed", "secret,failed"), (V, 5, Found.NAMED_IN_SECRET)),
    ("amends itself", spoilt(M, ",M1\n", ",M2\n"), (M, 3, Found.AMENDS_ITSELF)),
    ("amends nothing", spoilt(M, ",M1\n", ",M9\n"), (M, 3, Found.AMENDS_UNKNOWN)),
    ("amend each other", spoilt(M, "passed,2,1,0,", "passed,2,1,0,M2"), (M, 3, Found.AMENDS_IN_CIRCLE)),
    ("no text", spoilt(M, "Cerrar la reunión", ""), (M, 5, Found.NO_TEXT)),
    ("a formula", spoilt(M, "Cerrar la reunión", "=SUM(A1:A9)"), (M, 5, Found.FORMULA)),
    ("a text without end", spoilt(M, "Cerrar la reunión", "x" * 20_001), (M, 5, Found.TOO_LONG)),
    ("a motion without a name", more(M, ",A1,,Algo,,,,,,,,"), (M, 6, Found.NO_ID)),
    ("a motion twice", more(M, "M2,A1,,Otra cosa,,,,,,,,"), (M, 6, Found.ID_TWICE)),
    ("a motion of no session", more(M, "M5,A9,,Algo,,,,,,,,"), (M, 6, Found.SESSION_UNKNOWN)),
    ("attendance of no session", more(A, "A9,Rosalba Quijada,present,,"), (A, 9, Found.SESSION_UNKNOWN)),
    ("attendance of nobody", more(A, "A1,,present,,"), (A, 9, Found.NO_NAME)),
    ("here and absent", more(A, "A1,TEODORO MARCANO,absent,,"), (A, 9, Found.ATTENDED_OTHERWISE)),
    ("here twice", more(A, "A1,teodoro márcano,presente,,"), (A, 9, Found.ROW_TWICE)),
    ("a status nobody can read", more(A, "A1,Luz Gil,dormida,,"), (A, 9, Found.UNREADABLE)),
    ("no status", more(A, "A1,Luz Gil,,,"), (A, 9, Found.NO_STATUS)),
    ("absent with an hour", spoilt(A, "Urbina,absent,,", "Urbina,absent,09:00,"), (A, 5, Found.ABSENT_WITH_HOURS)),
    ("gone before coming", spoilt(A, "09:00,11:30", "11:30,09:30"), (A, 2, Found.LEFT_BEFORE)),
    ("an hour nobody can read", spoilt(A, "remote,09:20", "remote,tarde"), (A, 4, Found.UNREADABLE)),
    ("a session twice", more(S, "A1,,,2019-05-01,,"), (S, 4, Found.ID_TWICE)),
    ("a session without a name", more(S, ",,,2019-05-01,,"), (S, 4, Found.NO_ID)),
    ("a session without a day", more(S, "A3,,,,,"), (S, 4, Found.NO_DAY)),
    ("no day", more(S, "A3,,,un sábado,,"), (S, 4, Found.UNREADABLE)),
    ("a day to come", more(S, "A3,,,2026-02-11,,"), (S, 4, Found.DAY_TO_COME)),
    ("a day of two readings", more(S, "A3,,,03/04/2019,,"), (S, 4, Found.DAY_AMBIGUOUS)),
    ("nobody there", more(S, "A3,,,2019-05-01,,"), (S, 4, Found.NO_ATTENDANCE)),
    ("the same hour", more(S, "A3,Comité de aguas,,2019-04-13,5:30 PM,"), (S, 4, Found.SAME_HOUR)),
    ("a cell too many", more(S, "A3,,,2019-05-01,,,de más"), (S, 4, Found.CELLS_BEYOND)),
    ("an unknown column", spoilt(V, "motion,name,choice", "motion,name,choice,clima"), (V, 1, Found.COLUMN_UNKNOWN)),
    ("a column twice", spoilt(V, "motion,name,choice", "motion,name,choice,voto,choice"), (V, 1, Found.COLUMN_TWICE)),
    ("no column", spoilt(A, "name,status,", "name,clima,"), (A, 1, Found.COLUMN_MISSING)),
    ("no votes", {**sound(), V: ""}, (V, 0, Found.TABLE_MISSING)),
    ("a shorter name", spoilt(M, "tanque de agua,Rosalba Quijada", "agua,Quijada"), (M, 2, Found.NAME_TAKEN_AS)),
    (
        "a name of several",
        spoilt(A, "A1,Ninfa Belandria", "A1,Rosa Quijada,present,,\nA1,Ninfa Belandria")
        | {M: sound()[M].replace("tanque de agua,Rosalba", "agua,R.")},
        (M, 2, Found.NAME_OF_SEVERAL),
    ),
]


def test_nothing_is_found_in_tables_that_fit() -> None:
    assert found(sound()) == []


@pytest.mark.parametrize(("texts", "what"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_does_not_fit_is_found_at_its_row(texts: Texts, what: tuple[Table, int, Found]) -> None:
    assert what in found(texts)


def test_every_kind_of_finding_of_the_tables_has_a_case() -> None:
    of_the_books = {Found.KNOWN, Found.ALSO_HELD, Found.NO_ORGAN, Found.ORGAN_UNKNOWN}
    assert set(Found) - of_the_books == {what[2] for _name, _texts, what in CASES}


@pytest.mark.parametrize("table", [S, A, M, V])
def test_a_table_without_a_column_it_cannot_be_read_without_is_refused_by_its_name(table: Table) -> None:
    first = sound()[table].partition(",")[0]
    with pytest.raises(NotATable) as caught:
        read(
            spoilt(table, f"{first},", "otra,")
            if table is S
            else {**sound(), table: sound()[table].replace(first, "otra", 1)}
        )
    assert (caught.value.table, caught.value.why, caught.value.detail) == (table, "missing-column", first)


def test_a_voter_who_was_absent_is_counted_as_the_paper_has_it_and_listed() -> None:
    papers = read(more(V, "M1,Eusebio Urbina,against"))
    assert Counter(vote.choice.value for vote in papers.votes if vote.motion == 0) == {"for": 2, "against": 2}
    assert [one.found for one in papers.findings if one.motion == 0] == [
        Found.TALLY_DIFFERS,
        Found.VOTER_ABSENT,
    ]


def test_no_name_beside_a_secret_vote_is_kept() -> None:
    papers = read(spoilt(M, "names,failed", "secret,failed"))
    assert {vote.motion for vote in papers.votes} == {0}


def test_a_finding_says_what_stands_in_the_cell() -> None:
    papers = read(more(V, "M1,Eusebio Urbina,quizás"))
    assert papers.findings == (Finding(V, 8, Found.UNREADABLE, "choice", session=0, motion=0, said="quizás"),)
