"""Looking for words in whatever a folder holds, in every form in which a program may have written them."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

LONGEST_CHANCE = 16  # bytes that a run of others may unpack to by chance
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_BODY = re.compile(rb'"body":"([A-Za-z0-9+/]+=*)"')  # a private part in an exported journal


def contents_of(folder: Path) -> dict[str, bytes]:
    """Every file below it by name, and whatever is packed in one of them."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found |= unpacked(str(path.relative_to(folder)), path.read_bytes())
    return found


def unpacked(name: str, content: bytes, depth: int = 3) -> dict[str, bytes]:
    """The bytes themselves and, where they are an archive or hold compressed streams, what is in these."""
    found = {name: content}
    if depth:
        for inner, bytes_ in _inside(content):
            found |= unpacked(f"{name}!{inner}", bytes_, depth - 1)
    return found


def _inside(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    elif content.startswith(b"\x1f\x8b"):
        yield "gzip", gzip.decompress(content)
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            for member in tar.getmembers():
                if (file := tar.extractfile(member)) is not None:
                    yield member.name, file.read()
    else:
        if bodies := _BODY.findall(content):
            yield "bodies", b"\n".join(base64.b64decode(body) for body in bodies)
        for start in _ZLIB.finditer(content):
            try:
                stream = zlib.decompressobj().decompress(content[start.start() :], 1 << 22)
            except zlib.error:
                continue
            if len(stream) > LONGEST_CHANCE:
                yield f"zlib@{start.start()}", stream


def forms_of(word: str) -> set[bytes]:
    """The bytes a word may have been written as, by this program or by one below it."""
    forms: set[bytes] = set()
    for text in {word, word.upper(), word.lower(), word.casefold(), unicodedata.normalize("NFD", word)}:
        forms |= {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
        forms |= {quote(text).encode(), quote_plus(text).encode(), html.escape(text).encode()}
        forms.add(json.dumps(text)[1:-1].encode())
        forms.add(text.encode("ascii", "xmlcharrefreplace"))
        if text.isprintable() and all(ord(sign) < 256 for sign in text):
            forms.add(text.encode("latin-1"))
    for text in (word, word.lower()):
        forms |= {text.encode().hex().encode(), text.encode().hex().upper().encode()}
        if not text.isdigit():  # six letters of a number's base64 stand in many an id by chance; bodies are unpacked
            forms |= set(_in_base64(text.encode()))
    return forms


def _in_base64(text: bytes) -> Iterator[bytes]:
    """What stands in base64 wherever in a longer text the bytes begin: without the letters that others share."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + text)
        whole = coded[(before * 8 + 5) // 6 : len(coded) - 4]
        yield whole
        yield whole.translate(bytes.maketrans(b"+/", b"-_"))


def found_in(contents: Mapping[str, bytes], words: Iterable[str]) -> list[tuple[str, str]]:
    """(where, which word) for every word that stands there in any of its forms. A number is not found inside a
    longer one, nor among the figures of a digest."""
    forms = {word: forms_of(word) for word in words}
    return [
        (place, word)
        for place, content in contents.items()
        for word, written in forms.items()
        if any(form in content and _stands_alone(form, content, word) for form in written)
    ]


def _stands_alone(form: bytes, content: bytes, word: str) -> bool:
    if not word.isdigit():
        return True
    return re.search(rb"(?<![0-9a-fA-F])" + re.escape(form) + rb"(?![0-9a-fA-F])", content) is not None
