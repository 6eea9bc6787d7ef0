"""A QR code as an SVG element inside the page: no request, prints sharp."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4  # modules of white around the code, as the standard asks


def qr_svg(note: str, caption: str = "") -> SafeString:
    """Dark on white in light, dark and on paper alike; error correction M. About 40 bytes a row of modules.

    Raises segno.DataOverflowError above 2,331 bytes.
    """
    matrix = segno.make(note, error="m", micro=False).matrix
    side = len(matrix) + 2 * QUIET
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="160" height="160" role="img" aria-label="{1}">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path stroke="#000" d="{2}"/></svg>',
        side,
        caption or "QR",
        SafeString(_runs(matrix)),  # digits and path letters only
    )


def _runs(matrix: tuple[bytearray, ...]) -> str:
    """Each run of dark modules as one stroke along its row."""
    path = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                path.append(f"M{x + QUIET} {y + QUIET}.5h{length}")
            x += length or 1
    return "".join(path)
