"""The search for erased words finds a word however it was written: else it would prove nothing."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.everywhere import found_in, unpacked

WORD = "Núñez Ágreda Iris"
TEXT = f"antes, {WORD}; después"


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", content)
    return out.getvalue()


def tarred(content: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        member = tarfile.TarInfo("inner")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


WAYS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "latin-1": lambda text: text.encode("latin-1"),
    "capitals": lambda text: text.upper().encode(),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "json": lambda text: json.dumps(text).encode(),
    "address": lambda text: quote(text).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib in the middle": lambda text: b"\x00\x01" + zlib.compress(text.encode()) + b"tail",
    "a private part": lambda text: b'{"body":"' + base64.b64encode(text.encode()) + b'","number":0}',
    "zip": lambda text: zipped(text.encode()),
    "tar of a zip": lambda text: tarred(zipped(text.encode())),
    **{
        f"base64 after {n}": lambda text, n=n: base64.b64encode(b"." * n + text.encode())  # type: ignore[misc]  # bound early
        for n in range(3)
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_a_word_is_found_however_it_was_written(way: str) -> None:
    content = WAYS[way](TEXT)
    assert {word for _place, word in found_in(unpacked("file", content), [WORD])} == {WORD}
    other = WAYS[way]("nada de eso está aquí escrito")
    assert found_in(unpacked("file", other), [WORD]) == []


def test_a_number_is_found_in_a_private_part_and_not_among_the_figures_of_an_id() -> None:
    part = WAYS["a private part"]('{"identity":"V-24154079"}')
    assert [word for _place, word in found_in(unpacked("file", part), ["24154079"])] == ["24154079"]
    other = WAYS["a private part"]('{"person":"aa241540-7924-4154-a241-540791234567"}')
    assert found_in(unpacked("file", other), ["24154079"]) == []
