"""A QR code as SVG: no request, prints sharp."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4  # modules of white around the code, as the standard asks


def qr_svg(note: str, caption: str = "") -> SafeString:
    """Dark on white in light, dark and on paper alike; error correction M. About 40 bytes a row of modules.

    Raises segno.DataOverflowError above 2,331 bytes.
    """
    side, runs = _drawn(note)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="160" height="160" role="img" aria-label="{1}">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path stroke="#000" d="{2}"/></svg>',
        side,
        caption or "QR",
        SafeString(runs),  # digits and path letters only
    )


def qr_file(note: str) -> str:
    """The same as an SVG file of its own, for what is no page. Raises as ``qr_svg`` does."""
    side, runs = _drawn(note)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path stroke="#000" d="{runs}"/></svg>'
    )


def _drawn(note: str) -> tuple[int, str]:
    """Modules along a side with the white around them, and the dark runs as a path."""
    matrix = segno.make(note, error="m", micro=False).matrix
    return len(matrix) + 2 * QUIET, _runs(matrix)


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
