"""What people wrote is shown as they wrote it; every part draws what it was given."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override

from comuna.look import words
from comuna.look.days import Days, Happening
from comuna.look.frame import Link
from comuna.look.parts import (
    Answer,
    Bar,
    BarLine,
    Bars,
    Beside,
    Code,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Figure,
    Figures,
    Filters,
    Line,
    Lines,
    Many,
    Notice,
    Pages,
    Part,
    Refusal,
    Search,
    Section,
    Sign,
    Signatures,
    Small,
    Source,
    Status,
    Step,
    Table,
    Text,
    Thread,
    WhoCan,
)

EVIL = "\"'><script>alert(1)</script>"
LINK = Link(EVIL, EVIL, lang=EVIL)
STATUS = Status(Sign.DONE, EVIL)
THREAD = Thread([Step(EVIL, EVIL, EVIL, EVIL, EVIL), Step(EVIL, EVIL)])
NOTHING = Empty(EVIL, LINK)
EVERY_PART: list[Part] = [
    Answer(EVIL, EVIL, STATUS),
    Do(EVIL, EVIL, (LINK,)),
    WhoCan(EVIL, [EVIL, EVIL], (LINK,)),
    Facts([Fact(EVIL, Many([EVIL, Small(EVIL), LINK, STATUS]), LINK)]),
    NOTHING,
    Pages(2, 3, EVIL + "{page}"),
    Table(EVIL, [Column(EVIL, head=True), Column(EVIL)], [[EVIL, EVIL]], total=[EVIL, EVIL]),
    Lines([Line(EVIL, EVIL, EVIL, EVIL, STATUS), Line(EVIL)]),
    Lines([], NOTHING),
    Figures([Figure(EVIL, EVIL, EVIL)]),
    Notice(Sign.REFUSED, EVIL, [EVIL], [LINK]),
    Refusal(EVIL, EVIL, EVIL, EVIL, [EVIL], [LINK]),
    Bar(EVIL, 1, 2, 1, EVIL),
    Bars(
        EVIL,
        (EVIL, EVIL, EVIL),
        [BarLine(EVIL, "#a", Bar(EVIL, 1, 2, 1)), BarLine(EVIL, "#b", None, Status(Sign.PLAIN, EVIL))],
    ),
    THREAD,
    Code(EVIL, EVIL, "note"),
    Signatures([EVIL]),
    Text(EVIL),
    Filters(EVIL, [LINK]),
    Section(EVIL, [Text(EVIL)], EVIL, [LINK]),
    Beside([Section(EVIL, [])]),
    Source(THREAD, EVIL, [LINK]),
    Search(EVIL, EVIL, EVIL, EVIL, EVIL, ((EVIL, EVIL),)),
    Days([Happening(date(2026, 2, 7), EVIL, "09:00", EVIL, EVIL, STATUS)]),
]


def drawn(part: object) -> str:
    return Template("{% load look %}{% part x %}").render(Context({"x": part}))


@pytest.mark.parametrize("part", EVERY_PART, ids=lambda part: type(part).__name__)
def test_words_are_never_markup(part: Part) -> None:
    html = drawn(part)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_every_part_is_tried() -> None:
    assert {type(part) for part in EVERY_PART} == {
        one for one in Part.__subclasses__() if one.__module__ in (Answer.__module__, Days.__module__)
    }


def test_a_line_to_write_in_by_hand_has_no_empty_header() -> None:
    table = Table("Hoja", [Column("Nombre", head=True), Column("Firma", write=True)], [["Ana", ""], ["", ""]])
    assert drawn(table).count('scope="row"') == 1


def value(of: object) -> str:
    return Template("{% load look %}{% value x %}").render(Context({"x": of}))


def test_values_are_written_in_the_language_of_the_page() -> None:
    with override("es"):
        assert value(1250) == "1.250"
        assert value(-1_000_000) == "\u22121.000.000"
        assert "7 de febrero de 2026" in value(date(2026, 2, 7))
        assert words.moment_words(date(2026, 10, 3), "09:00", today=date(2026, 1, 1)) == "sábado 3 de octubre, 9:00"
        assert words.share_words(61, 196) == "61 de 196 (31\u00a0%)"
    with override("en"):
        assert value(1250) == "1,250"
        assert "7 February 2026" in value(date(2026, 2, 7))
        assert words.list_words(["a", "b", "c"]) == "a, b and c"


def test_a_share_never_flatters() -> None:
    with override("en"):
        assert words.share_words(59, 199) == "59 of 199 (29\u00a0%)"
        assert words.share_words(0, 0) == "0 of 0"


def test_what_is_not_known_is_a_dash_with_words_and_what_is_left_blank_is_blank() -> None:
    with override("en"):
        assert "not noted" in value(None)
        assert value("") == ""
        assert value(0) == "0"
        assert value(False) == "no"


def test_a_bar_says_how_many_are_missing_and_draws_its_line() -> None:
    with override("en"):
        short, reached = drawn(Bar("Present", 12, 196, 59, "Quorum")), drawn(Bar("Present", 59, 196, 59, "Quorum"))
    assert "47 missing" in short
    assert "reached" in reached
    assert 'd="M301 0V40"' in short


@pytest.mark.parametrize(("present", "whole", "line"), [(0, 0, 0), (5, 3, 9), (0, 10, 0), (10, 10, 10)])
def test_a_bar_stays_within_its_frame(present: int, whole: int, line: int) -> None:
    bar = Bar("Present", present, whole, line)
    assert 0 <= bar.filled <= 1000
    assert 0 < bar.line_at < 1000


def test_a_list_of_one_page_has_no_pages() -> None:
    assert drawn(Pages(1, 1, "?page={page}")).strip() == ""
    middle = drawn(Pages(2, 3, "?page={page}"))
    assert 'href="?page=1"' in middle
    assert 'href="?page=3"' in middle


@pytest.mark.parametrize(
    ("asked", "number", "first"),
    [
        ("", 1, 0),
        ("3", 3, 40),
        ("99", 4, 60),
        ("0", 1, 0),
        ("-2", 1, 0),
        ("two", 1, 0),
        ("²", 1, 0),
        ("9" * 5000, 1, 0),
    ],
)
def test_an_address_gets_the_nearest_page_there_is(asked: str, number: int, first: int) -> None:
    pages = Pages.asked(asked, 61)
    assert (pages.number, pages.of, pages.lines) == (number, 4, slice(first, first + 20))
    assert Pages.asked(asked, 0).of == 1


def test_by_days_a_day_is_seen_once_and_heard_with_each_line() -> None:
    lines = [Line("Agua", "4 de octubre"), Line("Gas", "4 de octubre"), Line("Luz", "5 de octubre")]
    said, each = drawn(Lines(lines, by_day=True)), drawn(Lines(lines))
    assert said.count('class="when"') == 2 and said.count("4 de octubre") == 2
    assert '<span class="unseen">4 de octubre</span>' in said
    assert each.count('class="when"') == 3 and "unseen" not in each


def test_nothing_is_left_out_where_lines_have_no_day() -> None:
    assert "unseen" not in drawn(Lines([Line("Agua"), Line("Gas")], by_day=True))


def test_where_one_key_is_long_every_key_stands_over_its_value() -> None:
    long = Fact("Comisión electoral, Secretaría de actas y Promotora", "Anotar una calle")
    assert 'class="facts long"' in drawn(Facts([Fact("Lugar", "Cancha"), long]))
    assert 'class="facts"' in drawn(Facts([Fact("Lugar", "Cancha")]))


def test_a_folded_section_shows_its_heading_and_keeps_the_rest() -> None:
    said = drawn(Section("Por confirmar", [Text("Una regla")], folded=True))
    assert "<details><summary><h2>Por confirmar</h2></summary>" in said
    assert said.index("Una regla") < said.index("</details>")


def test_a_long_answer_is_smaller_on_a_phone() -> None:
    assert "<h1>" in drawn(Answer("61 de 196"))
    assert '<h1 class="long">' in drawn(Answer("Comisión electoral 1 anotó la votación de una revocatoria"))
