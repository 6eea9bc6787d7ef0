"""Tables to take away: xlsx and CSV from the same ``Table`` that a page shows.

Text stays text: what begins like a formula is written as words (xlsx) or behind an apostrophe (CSV), so
that a name someone typed is never run by whoever opens the list.
"""

from __future__ import annotations

import csv as csv_module
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from comuna.look.frame import Link
from comuna.look.parts import Many, Small, Status, Table, Value

Plain = str | int | Decimal | date | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXT_MAX = 32_767  # characters in a cell of xlsx
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def xlsx(table: Table) -> bytes:
    """A workbook of one sheet: heads in bold that stay when scrolling, then every row of the table."""
    from openpyxl import Workbook  # here, because it costs an idle server some megabytes
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NO_SHEET_NAME.sub(" ", str(table.caption))[:31].strip("' ") or "1")
    sheet.freeze_panes = "A2"
    heads = [_text_cell(sheet, str(column.words)) for column in table.columns]
    for head in heads:
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = 14 if column.number else 28
    sheet.append(heads)
    for row in _rows(table):
        sheet.append([_text_cell(sheet, one) if isinstance(one, str) else one for one in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, without which spreadsheet programs break accents."""
    stream = io.StringIO(newline="")
    writer = csv_module.writer(stream)
    writer.writerow([_unarmed(str(column.words)) for column in table.columns])
    for row in _rows(table):
        writer.writerow([_csv_value(one) for one in row])
    return stream.getvalue().encode("utf-8-sig")


def answer(table: Table, kind: str, name: str) -> HttpResponse:
    """The table as a download; ``kind`` is ``xlsx`` or ``csv``, ``name`` the file's without its ending."""
    writers = {"xlsx": (xlsx, XLSX), "csv": (csv, "text/csv; charset=utf-8")}
    write, media_type = writers[kind]
    response = HttpResponse(write(table), content_type=media_type)
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "comuna"
    response["Content-Disposition"] = f'attachment; filename="{safe}.{kind}"'
    return response


def plain(value: Value) -> Plain:
    """What stands in a cell of a page, as a spreadsheet holds it."""
    if isinstance(value, Many):
        return "; ".join(str(plain(one)) for one in value.values)
    if isinstance(value, Link | Status | Small):
        return _clean(str(value.words))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or isinstance(value, int | Decimal | date):
        return value
    return _clean(str(value))


def _rows(table: Table) -> Iterable[list[Plain]]:
    for row in table.rows:
        yield [plain(one) for one in row]
    if table.total is not None:
        yield [plain(one) for one in table.total]


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # also where it begins with =
    cell.number_format = "@"
    return cell


def _csv_value(value: Plain) -> str | int | Decimal:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | Decimal) else _unarmed(value)


def _unarmed(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)[:TEXT_MAX]
