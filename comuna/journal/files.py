"""Files larger than an act: stored once under their SHA-256, on disk before any record cites them."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from comuna.journal.home import home, sync_folder
from comuna.journal.models import StoredFile, Upload

SIZE_MAX = 32 * 1024 * 1024  # bytes
UNCITED_FOR = timedelta(days=1)


class NoSuchFile(LookupError):
    """No file with this digest is in the home, or its bytes are not those of the digest."""


def path_of(digest: str) -> Path:
    return home() / "files" / digest[:2] / digest


def store(content: bytes, media_type: str, person: UUID | None = None) -> str:
    """Keep the bytes, fsynced, and return their digest (hex). Removed after a day unless a record cites it.

    Raises ValueError above ``SIZE_MAX``.
    """
    if len(content) > SIZE_MAX:
        raise ValueError(f"a file of {len(content)} bytes is larger than {SIZE_MAX}")
    digest = sha256(content).hexdigest()
    put(digest, content)
    Upload.objects.update_or_create(
        digest=digest,
        defaults={"size": len(content), "media_type": media_type, "person": person, "at": timezone.now()},
    )
    return digest


def put(digest: str, content: bytes) -> None:
    """Write the bytes under their digest so that a power cut leaves the whole file or none."""
    path = path_of(digest)
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    sync_folder(path.parent.parent)
    fresh = path.with_suffix(".new")
    with open(fresh, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    sync_folder(path.parent)


def read(digest: str) -> bytes:
    """The bytes, checked against the digest. Raises NoSuchFile."""
    try:
        content = path_of(digest).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoSuchFile(f"no file {digest} in this home") from error
    if sha256(content).hexdigest() != digest:
        raise NoSuchFile(f"file {digest} was altered on disk")
    return content


def described(digest: str) -> tuple[int, str] | None:
    """Size in bytes and media type of a file that was handed in or is cited."""
    for model in (Upload, StoredFile):
        found = model.objects.filter(digest=digest).values_list("size", "media_type").first()
        if found is not None:
            return int(found[0]), str(found[1])
    return None


def discard(digest: str) -> None:
    """Forget an upload at once, as after a personal spreadsheet was read; a cited file stays."""
    Upload.objects.filter(digest=digest).delete()
    if not StoredFile.objects.filter(digest=digest).exists():
        path_of(digest).unlink(missing_ok=True)


def discard_uncited() -> int:
    """Remove uploads that no record cited within a day; returns how many."""
    old = list(Upload.objects.filter(at__lt=timezone.now() - UNCITED_FOR).values_list("digest", flat=True))
    for digest in old:
        discard(digest)
    return len(old)
