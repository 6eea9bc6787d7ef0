"""What a photo of a receipt may carry: the picture, and nothing that the camera wrote about the place. Pure.

A phone writes where a photo was taken into segments beside the picture (Exif, XMP). They are dropped before the file
gets its digest. Nothing inside a segment is read: the segments of a JPEG (ITU-T T.81, B.1.1) and the chunks of a PNG
(RFC 2083, 3.2) say their own names and lengths.

A PDF stays as it is, with what it says of who made it. Of one that has a program or other files in it the names are
looked for as they stand (ISO 32000-1, 7.3.5), also in its object streams (7.5.7); one that is encrypted may hide them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
_BEGINS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}
_PICTURE_ENDS = b"\xff\xd9"
_START_OF_SCAN = 0xDA
_NEXT_SEGMENT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in a scan: neither a stuffed byte, nor a restart, nor a fill
_KEPT_OF_JPEG = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # other APPn and comments say more
_KEPT_OF_PNG = {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD", b"PLTE"}

_PROGRAMS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")
_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAMS_MAX, _OPENED_MAX = 500, 1024**2  # object streams looked into, bytes of each


def media_type(content: bytes) -> str | None:
    """Of a photo or PDF, by its first bytes; None for anything else."""
    return next((kind for begins, kind in _BEGINS.items() if content.startswith(begins)), None)


def without_words(content: bytes) -> bytes:
    """The same picture without what a camera or a program wrote beside it; a PDF as it is.

    Raises ValueError where the file ends too early.
    """
    kind = media_type(content)
    if kind == JPEG:
        return b"\xff\xd8" + b"".join(_of_jpeg(content))
    if kind == PNG:
        return content[:8] + b"".join(_of_png(content))
    return content


def says_more(content: bytes) -> bool:
    """Whether a photo carries more than its picture, such as the place. Raises ValueError."""
    return without_words(content) != content


def does_more(content: bytes) -> bool:
    """Whether a PDF has a program or other files in it."""
    if media_type(content) != PDF:
        return False
    inside = [content]
    for begins in islice(_OBJECTS.finditer(content), _STREAMS_MAX):
        try:
            inside.append(zlib.decompressobj().decompress(memoryview(content)[begins.end() :], _OPENED_MAX))
        except zlib.error:
            continue  # packed otherwise, which its names would say
    return any(_PROGRAMS.search(_ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), one)) for one in inside)


def _of_jpeg(content: bytes) -> Iterator[bytes]:
    """Up to its end: what phones hang behind it is another picture, with its own place."""
    at = 2
    while content[at : at + 2] != _PICTURE_ENDS:
        if len(content) < at + 4 or content[at] != 0xFF:
            raise ValueError("a JPEG whose segments do not follow one another")
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if marker == _START_OF_SCAN:  # a picture may have several scans, with segments between them
            follows = _NEXT_SEGMENT.search(content, end)
            if follows is None:
                raise ValueError("a JPEG without an end")
            end = follows.start()
        begins = _KEPT_OF_JPEG.get(marker)
        says_more = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not says_more or (begins is not None and content.startswith(begins, at + 4)):
            yield content[at:end]
        at = end
    yield _PICTURE_ENDS


def _of_png(content: bytes) -> Iterator[bytes]:
    at = 8
    while True:
        name = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if len(name) < 4 or end > len(content):
            raise ValueError("a PNG whose chunks do not follow one another")
        if name[:1].isupper() or name in _KEPT_OF_PNG:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end
