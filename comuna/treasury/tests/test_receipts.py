"""The paper behind a payment can be seen by every neighbour; where a photo was taken, by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4
from zlib import compress, crc32

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comuna.acts.act import GroundRole
from comuna.acts.clock import frozen_at
from comuna.acts.models import Ground
from comuna.journal import files
from comuna.treasury import photos
from comuna.treasury.acts import FileReceipt, RemoveReceipt
from comuna.treasury.acts.receipts import RECEIPT_BYTES_MAX, RECEIPTS_MAX
from comuna.treasury.models import Entry
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.tests.cash import LATER, TODAY, Cash, budgeted, in_session
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

PLACE = b"Exif\0\0 10.4806 N 66.9036 W"


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + crc32(name + content).to_bytes(4, "big")


JFIF, SCAN = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), segment(0xDA, b"\1\1\0\0\x3f\0") + b"picture\xff\0more"
PLAIN = b"\xff\xd8" + JFIF + SCAN + b"\xff\xd9"
OF_A_PHONE = b"\xff\xd8" + JFIF + segment(0xE1, PLACE) + segment(0xFE, b"hecha aqui") + SCAN + b"\xff\xd9" + PLACE
PROFILE, ADOBE = segment(0xE2, b"ICC_PROFILE\0\1\1colours"), segment(0xEE, b"Adobe\0")
EXIF, TABLE, AN_END = segment(0xE1, PLACE), segment(0xC4, b"table"), segment(0xC4, b"\xff\xd9")
RESTARTS = SCAN + b"\xff\xd0more\xff\xd7"
OF_MANY_SCANS = {  # what says more, in each place where it hides, and without
    "an index of pictures in APP2": ((JFIF, PROFILE, segment(0xE2, b"MPF\0" + PLACE), SCAN), (JFIF, PROFILE, SCAN)),
    "a thumbnail in APP0": ((JFIF, segment(0xE0, b"JFXX\0" + PLACE), SCAN), (JFIF, SCAN)),
    "words in APP14": ((JFIF, ADOBE, segment(0xEE, PLACE), SCAN), (JFIF, ADOBE, SCAN)),
    "Exif after the first scan": ((JFIF, SCAN, EXIF, SCAN), (JFIF, SCAN, SCAN)),
    "a comment between scans": ((JFIF, SCAN, segment(0xFE, PLACE), TABLE, SCAN), (JFIF, SCAN, TABLE, SCAN)),
    "an end within a segment": ((JFIF, SCAN, AN_END, SCAN), (JFIF, SCAN, AN_END, SCAN)),
    "restarts": ((JFIF, RESTARTS, EXIF, SCAN), (JFIF, RESTARTS, SCAN)),
}
HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
REST = chunk(b"IDAT", compress(b"\0\0")) + chunk(b"IEND", b"")
DRAWN, DRAWN_THERE = HEAD + REST, HEAD + chunk(b"eXIf", PLACE) + chunk(b"tEXt", b"where\0here") + REST


@pytest.fixture
def cash(founded: Cast) -> Iterator[Cash]:
    in_session(founded)
    with frozen_at(LATER):
        yield budgeted(founded)


@pytest.fixture
def paid(cash: Cash) -> UUID:
    """The entry of a payment of 120,00."""
    return cash.signed(cash.paying("12000")).id


def receipt(entry: UUID, content: bytes | None = PLAIN, **other: Any) -> FileReceipt:
    fields: dict[str, Any] = {
        "entry": entry,
        "file": None if content is None else files.store(content, "image/jpeg"),
        "supplier": "Ferretería La Esquina",
        "number": "004312",
        "day": TODAY,
        "unit": "VES",
        "amount": "12000",
    }
    return FileReceipt(**fields | other)


def test_a_receipt_is_filed_with_its_payment_and_the_thread_leads_there(cash: Cash, paid: UUID) -> None:
    assert "Todavía no se archivó ningún recibo" in read(Client(), f"/accounts/entries/{paid}/")
    done = cash.does(receipt(paid))
    assert Ground.objects.get(act=done.id, role=GroundRole.RECEIPT_FOR.value).ground == paid
    page = read(Client(), f"/accounts/entries/{paid}/")
    assert "Todavía no se archivó" not in page and "N.º 004312" in page
    answer = Client().get(f"/accounts/receipts/{done.id}/file/")
    assert (answer.content, answer["Content-Type"]) == (PLAIN, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("taken", "kept"), [(OF_A_PHONE, PLAIN), (DRAWN_THERE, DRAWN)])
def test_what_the_camera_wrote_is_taken_out_and_refused_where_nobody_did(
    cash: Cash, paid: UUID, taken: bytes, kept: bytes
) -> None:
    assert photos.without_words(taken) == kept == photos.without_words(kept)
    with refused("treasury.photo-says-more"):
        cash.does(receipt(paid, taken))
    cash.does(receipt(paid, kept))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"<html>hola</html>", "treasury.not-a-receipt"),
        (PLAIN[:12], "treasury.not-a-receipt"),
        (PLAIN[:-2], "treasury.not-a-receipt"),
        (DRAWN[:-4], "treasury.not-a-receipt"),
        (b"%PDF-" + b"x" * RECEIPT_BYTES_MAX, "treasury.receipt-too-large"),
        (b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj", "treasury.pdf-does-more"),
        (b"%PDF-1.4\n1 0 obj<</OpenAction<</S/Java#53cript/JS(app.alert(1))>>>>endobj", "treasury.pdf-does-more"),
        (b"%PDF-1.4\n1 0 obj<</Names<</EmbeddedFiles 2 0 R>>>>endobj", "treasury.pdf-does-more"),
        (
            b"%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/Filter/FlateDecode>>stream\n"
            + compress(b"<</S/JavaScript>>")
            + b"\nendstream endobj",
            "treasury.pdf-does-more",
        ),
    ],
)
def test_what_is_no_receipt_is_refused(cash: Cash, paid: UUID, content: bytes, rule: str) -> None:
    with refused(rule):
        cash.does(receipt(paid, content))


def test_without_a_photo_it_says_where_the_paper_is(cash: Cash, paid: UUID) -> None:
    with refused("treasury.no-receipt"):
        cash.does(receipt(paid, None))
    cash.does(receipt(paid, None, kept_at="Carpeta 1, hoja 3"))
    assert "Carpeta 1, hoja 3" in read(Client(), f"/accounts/entries/{paid}/")


def test_the_same_photo_twice_a_file_that_is_gone_and_too_many_are_refused(cash: Cash, paid: UUID) -> None:
    cash.does(receipt(paid))
    with refused("treasury.receipt-known"):
        cash.does(receipt(paid))
    with refused("treasury.no-such-file"):
        cash.does(receipt(paid, None, file="0" * 64))
    with refused("treasury.day-to-come"):
        cash.does(receipt(paid, None, kept_at="Carpeta 1", day=date(2026, 2, 21)))
    for number in range(1, RECEIPTS_MAX):
        cash.does(receipt(paid, None, kept_at=f"Carpeta 1, hoja {number}"))
    with refused("treasury.too-many-receipts"):
        cash.does(receipt(paid, None, kept_at="Carpeta 2"))


def test_a_mistaken_receipt_is_taken_out(cash: Cash, paid: UUID) -> None:
    done = cash.does(receipt(paid))
    with refused("mandates.no-seat"):
        cash.does(RemoveReceipt(receipt=done.id, words="Es de otro pago"), cash.cast.neighbour)
    cash.does(RemoveReceipt(receipt=done.id, words="Es de otro pago"))
    assert not Receipt.objects.exists()


def test_a_photo_is_handed_in_and_typed_on_pages(cash: Cash, paid: UUID) -> None:
    browser = cash.cast.browser(cash.cast.signer)
    assert "/accounts/receipts/hand-in/" in read(browser, f"/accounts/entries/{paid}/")
    handed = {"photo": SimpleUploadedFile("foto.jpg", OF_A_PHONE, "image/jpeg"), "_id": str(uuid4())}
    answer = browser.post(f"/accounts/receipts/hand-in/?entry={paid}", handed)
    assert answer.status_code == 303
    form = read(browser, answer["Location"])
    digest = re.findall(r'name="file" value="([0-9a-f]{64})"', form)[0]
    typed = {"supplier": "Ferretería La Esquina", "day": "20/2/2026", "unit": "VES", "amount": "120"}
    sent(browser, answer["Location"], entry=paid, file=digest, **typed)
    assert files.read(Receipt.objects.get().file) == PLAIN
    assert browser.post(f"/accounts/receipts/hand-in/?entry={paid}", {}).status_code == 422
    assert cash.cast.browser(cash.cast.neighbour).get(f"/accounts/receipts/hand-in/?entry={paid}").status_code == 403
    assert Entry.objects.filter(receipts__isnull=False).count() == 1
    removing = read(browser, f"/accounts/receipts/take-out/?receipt={Receipt.objects.get().id}")
    assert "Ferretería La Esquina" in removing


@pytest.mark.parametrize("place", OF_MANY_SCANS)
def test_a_photo_carries_nothing_but_its_picture_wherever_the_camera_wrote(place: str) -> None:
    taken, kept = (b"\xff\xd8" + b"".join(parts) + b"\xff\xd9" for parts in OF_MANY_SCANS[place])
    assert photos.without_words(taken) == kept
    assert photos.says_more(taken) is (taken != kept)
    assert not photos.says_more(kept)


@pytest.mark.parametrize("cut", [1, 2, 5, 30])
def test_a_photo_that_ends_too_early_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="a JPEG"):
        photos.without_words(PLAIN[:-cut])
