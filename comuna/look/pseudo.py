"""A right-to-left language that nobody speaks, to look at pages before Arabic is translated.

Every Latin letter of a page's words becomes one Arabic letter, so that lines are shaped, joined and
broken as Arabic is, and the page is turned round.
"""

from __future__ import annotations

import re

_LATIN = "abcdefghijklmnopqrstuvwxyzáéíóúüñ"
_ARABIC = "ابجدهفغحيقكلمنوصظرستعضشخزثاهيوعئن"
_LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _ARABIC + _ARABIC)

_TAG = re.compile(r"(<[^>]*>)")
_ENTITY = re.compile(r"(&#?\w+;)")
_SHOWN_ATTRIBUTE = re.compile(r'((?:data-label|aria-label|placeholder)=")([^"]*)(")')
_ROOT = re.compile(r"<html[^>]*>")
_KEPT = ("<pre", "<code", "<style", "<script")


def mirrored(html: str) -> str:
    """The page in the pseudo-language, from right to left. Codes and attributes that nobody reads stay."""
    html = _ROOT.sub('<html lang="ar" dir="rtl">', html, count=1)
    kept = 0
    out = []
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            kept += piece.startswith(_KEPT)
            kept -= piece.startswith(tuple(f"</{tag[1:]}" for tag in _KEPT))
            piece = _SHOWN_ATTRIBUTE.sub(lambda found: found[1] + pseudo(found[2]) + found[3], piece)
            out.append(piece)
        else:
            out.append(piece if kept else pseudo(piece))
    return "".join(out)


def pseudo(text: str) -> str:
    """Words in the pseudo-language; entities stay."""
    return "".join(
        piece if piece.startswith("&") and piece.endswith(";") else piece.translate(_LETTERS)
        for piece in _ENTITY.split(text)
    )
