"""A small file cannot become a large one, and what is too much is said at once and in little memory."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from comuna.territory.reading import Fault, Unreadable, open_table
from comuna.territory.reading.limits import Limits
from comuna.territory.tests.town import bomb, sheet

_SHEET = "<worksheet><sheetData>{}</sheetData></worksheet>"


def with_sheet(xml: bytes, level: int = 9) -> bytes:
    """An xlsx file whose only sheet is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet([["x"]]))) as source:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
            for name in source.namelist():
                made.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return out.getvalue()


@contextmanager
def within(seconds: float, megabytes: int) -> Iterator[None]:
    tracemalloc.start()
    began = time.process_time()
    try:
        yield
        assert time.process_time() - began < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1024 * 1024
    finally:
        tracemalloc.stop()


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as found:
        open_table(data)
    return found.value


def test_a_file_of_400_kb_that_unpacks_to_300_mb_is_refused_before_it_is_unpacked() -> None:
    data = bomb()
    assert len(data) < 400 * 1024
    with within(seconds=1, megabytes=5):
        assert refused(data).fault is Fault.UNPACKS_TOO_LARGE


def test_a_million_rows_in_a_workbook_are_refused_at_the_ten_thousand_and_first() -> None:
    rows = "".join(f"<row><c><v>{number * 7919 % 1_000_003}</v></c></row>" for number in range(1_000_000))
    data = with_sheet(_SHEET.format(rows).encode(), level=1)  # 29 MB unpacked: within the limit of size
    with within(seconds=20, megabytes=60):
        found = refused(data)
    assert (found.fault, found.details) == (Fault.TOO_MANY_ROWS, {"rows": 10_000})


def test_a_million_rows_in_a_csv_are_refused() -> None:
    with within(seconds=20, megabytes=120):
        assert refused(b"a;b\n" * 1_000_000).fault is Fault.TOO_MANY_ROWS


def test_a_last_row_a_million_rows_down_is_not_waited_for() -> None:
    data = with_sheet(_SHEET.format('<row r="1048576"><c r="A1048576"><v>1</v></c></row>').encode())
    with within(seconds=20, megabytes=60):
        assert refused(data).fault is Fault.TOO_MANY_ROWS


def test_more_columns_than_any_list_has_are_refused() -> None:
    data = with_sheet(_SHEET.format('<row r="1"><c r="XFD1"><v>1</v></c></row>').encode())
    assert refused(data).fault is Fault.TOO_MANY_COLUMNS


def test_a_sheet_that_declares_entities_is_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    xml = bomb + _SHEET.format('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>').encode()
    assert refused(with_sheet(xml)).fault is Fault.BROKEN


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"  \n", Fault.EMPTY),
        (b"PK\x03\x04 not a zip at all", Fault.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, Fault.OLD_FORMAT),
        (b"%PDF-1.7 ...", Fault.OTHER_FORMAT),
        (b"\xef\xbb\xbf\r\n<html><table><tr><td>Nombre</td><td>Casa</td></tr></table></html>", Fault.OTHER_FORMAT),
        (b'<?xml version="1.0"?><Workbook/>', Fault.OTHER_FORMAT),
        (b"a" * (8 * 1024 * 1024 + 1), Fault.TOO_LARGE),
        (b"a\0b;c\n", Fault.OTHER_FORMAT),
        (b'"' + b"a" * 200_000, Fault.BROKEN),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data: bytes, fault: Fault) -> None:
    assert refused(data).fault is fault


def test_an_archive_without_a_workbook_is_another_format() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("content.xml", "<x/>")
    assert refused(out.getvalue()).fault is Fault.OTHER_FORMAT


@pytest.mark.parametrize("cut", [10, 200, 1000, 3000])
def test_a_workbook_that_was_cut_off_is_broken_and_nothing_worse(cut: int) -> None:
    whole = sheet([["Nombre", "Casa"], ["Ana Gil", 3]])
    assert refused(whole[: len(whole) - cut]).fault in (Fault.BROKEN, Fault.OTHER_FORMAT)


RUBBISH = ["<a", "\ufffd", '<row r="x"/>', '<row r="2"/><row r="1"/>', "<row><c t='s'><v>9</v></c></row>"]


@pytest.mark.parametrize("xml", RUBBISH)
def test_a_sheet_of_rubbish_is_broken_and_nothing_worse(xml: str) -> None:
    inside = _SHEET.format(xml) if xml.startswith("<row") else xml
    assert refused(with_sheet(inside.encode())).fault is Fault.BROKEN


@pytest.mark.parametrize("xml", ["<c/>" * 300_000, "<mergeCell ref='A1:A2'/>" * 100_000], ids=["cells", "blocks"])
def test_a_sheet_of_empty_elements_costs_no_memory(xml: str) -> None:
    data = with_sheet(_SHEET.format(f"<row>{xml}</row>").encode(), level=1)
    with within(seconds=30, megabytes=15):
        open_table(data)


def test_elements_without_end_are_refused() -> None:
    assert refused(with_sheet(_SHEET.format("<x>" * 60 + "</x>" * 60).encode())).fault is Fault.BROKEN
    assert refused(with_sheet(_SHEET.format("<c/>" * 2_500_001).encode(), level=1)).fault is Fault.BROKEN


def test_the_limits_are_what_they_are_told_to_be() -> None:
    with pytest.raises(Unreadable):
        open_table(sheet([["a"], ["b"], ["c"]]), Limits(rows_kept=2))
    with pytest.raises(Unreadable):
        open_table(sheet([["a"], [None], [None], ["b"]]), Limits(rows_scanned=3))
