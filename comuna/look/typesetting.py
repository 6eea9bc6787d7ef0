"""The program that sets a page: data in on its input, a PDF out. ``pdf.py`` runs it by its path, so that it imports
nothing of ours and its memory is gone when the file is written.

The template reads the data as JSON; no word of it is ever read as markup. Fonts are those inside typst, never the
system's, so that the same data give the same bytes on every computer.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("paper.typ")
NO_GLYPH = "could not be displayed"  # what typst says of letters that none of its fonts has


def main() -> None:
    data = sys.stdin.buffer.read().decode("utf-8")
    try:
        pdf = _set(data, "ua-1")
    except typst.TypstError as error:
        if NO_GLYPH not in str(error.message):
            raise
        pdf = _set(data, "1.7")  # tagged all the same; PDF/UA allows no letter without a shape
    sys.stdout.buffer.write(pdf)


def _set(data: str, standard: Any) -> bytes:
    """``standard`` is typst's name of one; its types know fewer than it does."""
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=[standard],
        format="pdf",
    )


if __name__ == "__main__":
    main()
