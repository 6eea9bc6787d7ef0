"""A receipt that names somebody is there for everybody, and read by few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies.tests.test_session import Room
from comuna.journal import files
from comuna.journal.models import Record
from comuna.journal.sealing import open_sealed, seal
from comuna.treasury import lockedfiles
from comuna.treasury.acts import FilePrivateReceipt, FileReceipt, RemoveReceipt
from comuna.treasury.acts.receipts import RECEIPTS_MAX
from comuna.treasury.control import Doubt
from comuna.treasury.models.aid import AidRequest
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.queries.control import doubts
from comuna.treasury.tests.aid import WORDS, Fund
from comuna.treasury.tests.bank import Bank
from comuna.treasury.tests.cash import FIRST, LATER, TODAY, Cash, budgeted, decide, in_session
from comuna.treasury.tests.test_pages import read, sent
from comuna.treasury.tests.test_receipts import DRAWN, OF_A_PHONE, PLAIN
from tests.cast import Cast, refused

NAME = "Petra Solano Rivas"


@pytest.fixture
def room(founded: Cast) -> Room:
    return in_session(founded)


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    with frozen_at(LATER):
        yield budgeted(founded)


@pytest.fixture
def paid(cash: Cash) -> UUID:
    """The entry of a payment of 120,00."""
    return cash.signed(cash.paying("12000", payee="P. S.", words="Ayuda por enfermedad")).id


def receipt(entry: UUID, content: bytes = PLAIN, **other: Any) -> FilePrivateReceipt:
    locked, key = lockedfiles.lock(content)
    fields: dict[str, Any] = {"file": files.store(locked, lockedfiles.MEDIA_TYPE), "key": key, "supplier": NAME}
    return FilePrivateReceipt(**{"entry": entry, "day": TODAY, "unit": "VES", "amount": "12000", **fields, **other})


def test_everybody_sees_that_it_is_there_and_over_what_sum(cash: Cash, paid: UUID) -> None:
    done = cash.does(receipt(paid))
    photo = f"/accounts/receipts/{done.id}/file/"
    for reader in (Client(), cash.cast.browser(cash.cast.neighbour), cash.cast.browser(cash.cast.secretary)):
        page = read(reader, f"/accounts/entries/{paid}/")
        assert "Nombra a alguien" in page and "120,00 VES" in page and NAME not in page and photo not in page
        assert "Todavía no se archivó" not in page
        assert reader.get(photo).status_code == 404
    for reader in (cash.cast.browser(cash.cast.signer), cash.cast.browser(cash.cast.comptroller)):
        page = read(reader, f"/accounts/entries/{paid}/")
        assert NAME in page and photo in page
        answer = reader.get(photo)
        assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (PLAIN, "image/jpeg", "no-store")


def test_no_byte_at_rest_says_whom_it_names(cash: Cash, paid: UUID) -> None:
    content = b"%PDF-1.4\n% " + NAME.encode()
    act = receipt(paid, content)
    done = cash.does(act)
    row = Receipt.objects.get(pk=done.id)
    assert NAME.encode() not in files.read(row.file)
    assert NAME.encode() not in bytes(Record.objects.get(pk=done.id).body)
    assert NAME not in row.supplier_sealed and act.key not in row.key_sealed
    assert (row.supplier, row.number, row.is_private) == ("", "", True)


def test_once_its_words_are_erased_nobody_reads_the_photo_any_more(cash: Cash, paid: UUID) -> None:
    done = cash.does(receipt(paid))
    cash.cast.signed(ErasePrivate(subject=done.id, audiences=(ErasableAudience.MEDIATION,), reason="Lo pidió"))
    row = Receipt.objects.get()
    assert (row.key_sealed, row.supplier_sealed, row.amount) == ("", "", 12_000)
    keeper = cash.cast.browser(cash.cast.signer)
    assert keeper.get(f"/accounts/receipts/{done.id}/file/").status_code == 404
    page = read(keeper, f"/accounts/entries/{paid}/")
    assert "Nombra a alguien" in page and "/file/" not in page


def test_the_form_opens_the_key_of_its_own_photo_and_no_other_sealed_words(cash: Cash, room: Room, paid: UUID) -> None:
    """Whoever reads a disk sees what is sealed; a seat beside it must not be the one who opens it."""
    decide(room, "Ayudas")
    fund = Fund.opened(cash.cast)
    fund.asked()
    keeper, forms = cash.cast.browser(cash.cast.signer), []
    for content in (PLAIN, DRAWN):
        photo = SimpleUploadedFile("recibo", content)
        forms.append(keeper.post(f"/accounts/receipts/hand-in/?entry={paid}&private=1", {"photo": photo})["Location"])
    own, other = (parse_qs(urlsplit(form).query) for form in forms)
    assert lockedfiles.unlock(files.read(own["file"][0]), open_sealed(own["key"][0])) == PLAIN
    assert open_sealed(own["key"][0]) in read(keeper, forms[0])
    for sealed in (other["key"][0], AidRequest.objects.get().words_sealed, seal(WORDS, "1"), "nada"):
        address = urlsplit(forms[0]).path + "?" + urlencode({"entry": paid, "file": own["file"][0], "key": sealed})
        page = read(keeper, address)
        assert WORDS not in page
        assert not sealed.startswith("sealed1.") or open_sealed(sealed) not in page


def test_it_counts_as_the_receipt_of_its_payment(cash: Cash, paid: UUID) -> None:
    cash.does(receipt(paid, amount="11000"))
    found = [one.doubt for one in doubts(cash.cast.commune, FIRST, TODAY, TODAY) if paid in one.acts]
    assert Doubt.RECEIPT_DIFFERS in found and Doubt.NO_RECEIPT not in found


def test_what_is_no_receipt_or_has_another_key_is_refused(cash: Cash, paid: UUID) -> None:
    _other, key = lockedfiles.lock(DRAWN)
    for wrong in (key, "corta", "Ñ"):
        with refused("treasury.not-its-key"):
            cash.does(receipt(paid, key=wrong))
    with refused("treasury.not-a-receipt"):
        cash.does(receipt(paid, b"<html>"))
    with refused("treasury.photo-says-more"):
        cash.does(receipt(paid, OF_A_PHONE))
    with refused("treasury.no-such-file"):
        cash.does(receipt(paid, file="0" * 64))
    with refused("treasury.day-to-come"):
        cash.does(receipt(paid, day=TODAY.replace(day=21)))
    act = receipt(paid)
    cash.does(act)
    with refused("treasury.receipt-known"):
        cash.does(act)
    for _number in range(1, RECEIPTS_MAX):
        cash.does(receipt(paid))
    with refused("treasury.too-many-receipts"):
        cash.does(receipt(paid))
    with refused("mandates.other-seat"):
        cash.does(receipt(paid), cash.cast.secretary)


def test_the_papers_of_savings_and_aid_are_for_few_eyes_from_the_start(founded: Cast) -> None:
    in_session(founded)
    with frozen_at(LATER):
        bank = Bank.opened(founded)
        saved = bank.deposit(bank.saves(bank.farmer), "500").id
        plain = FileReceipt(
            entry=saved, supplier="F. Q.", day=TODAY, unit="VES", amount="500", file=files.store(PLAIN, "image/jpeg")
        )
        with refused("treasury.photo-of-a-neighbour"):
            bank.does(plain)
        bank.does(plain.model_copy(update={"file": None, "kept_at": "Carpeta 1"}))
        bank.does(receipt(saved, amount="500"))
        page = read(bank.browser(bank.administrator), f"/accounts/entries/{saved}/")
        assert f"/accounts/receipts/hand-in/?entry={saved}&amp;private=1" in page
        fund = Fund.opened(founded)
        aid = fund.paid(fund.granted())
        with refused("treasury.photo-of-a-neighbour"):
            founded.does(founded.signer, plain.model_copy(update={"entry": aid}))


def test_it_is_handed_in_typed_and_taken_out_on_pages(cash: Cash, paid: UUID) -> None:
    keeper = cash.cast.browser(cash.cast.signer)
    private = f"/accounts/receipts/hand-in/?entry={paid}&private=1"
    assert private.replace("&", "&amp;") in read(keeper, f"/accounts/receipts/hand-in/?entry={paid}")
    handed = {"photo": SimpleUploadedFile("foto.jpg", OF_A_PHONE, "image/jpeg"), "_id": str(uuid4())}
    answer = keeper.post(private, handed)
    assert answer.status_code == 303 and "/file-private/" in answer["Location"]
    form = read(keeper, answer["Location"])
    fields = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("file", "key")}
    assert fields["key"] not in answer["Location"], "no log of addresses has the key"
    typed = {"supplier": NAME, "day": "20/2/2026", "unit": "VES", "amount": "120"}
    sent(keeper, answer["Location"], entry=paid, **fields, **typed)
    row = Receipt.objects.get()
    assert keeper.get(f"/accounts/receipts/{row.id}/file/").content == PLAIN
    out = f"/accounts/receipts/take-out/?receipt={row.id}"
    assert NAME not in read(keeper, out)
    cash.does(RemoveReceipt(receipt=row.id, words="De otro pago"))
    lost = keeper.get(f"/accounts/receipts/file-private/?entry={paid}&file={'0' * 64}")
    assert lost.status_code == 302 and lost["Location"] == private
