"""A file's bytes to grids, whatever kind of list it is."""

from __future__ import annotations

from comuna.territory.reading.grids import Fault, Grid, Unreadable
from comuna.territory.reading.limits import LIMITS, Limits, check_bytes, check_zip
from comuna.territory.reading.separated import read_separated
from comuna.territory.reading.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx under a password
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")
_BEFORE_A_MARK = b"\xef\xbb\xbf \t\r\n"  # a page of the web or XML, often called .xls, begins with "<"


def open_table(data: bytes, limits: Limits = LIMITS) -> tuple[Grid, ...]:
    """Every sheet of an xlsx file, or the one table of a CSV; told apart by the bytes, not the name.

    Raises Unreadable.
    """
    check_bytes(data, limits)
    if data.startswith(_ZIP):
        members = check_zip(data, limits)
        if "xl/workbook.xml" not in members and not any(name.endswith("/workbook.xml") for name in members):
            raise Unreadable(Fault.OTHER_FORMAT)
        return read_workbook(data, limits)
    if data.startswith(_OLD_OFFICE):
        raise Unreadable(Fault.OLD_FORMAT)
    if data.startswith(_NO_TABLE) or data.lstrip(_BEFORE_A_MARK).startswith(b"<"):
        raise Unreadable(Fault.OTHER_FORMAT)
    return (read_separated(data, limits),)
