"""What keeps the books from being read or written that is no fault of the program: a full disk, one that takes no
writing, a statute whose file was altered. Each is said in words, with the status that a program understands."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass

from django.db import Error as DatabaseError
from django.utils.translation import gettext_lazy as _

from comuna.acts.refusal import Words
from comuna.journal.home import NoKey, home
from comuna.statutes.queries import NoStatute

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FREE_MIN = 64 * 1024  # bytes
_SHUT = (errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass(frozen=True)
class Unusable:
    """What is said of it."""

    status: int
    rule: str
    words: Words
    more: Words


DISK_FULL = Unusable(
    507,
    "web.disk-full",
    _("The computer's disk is full"),
    _("Nothing was half done. Whoever keeps the computer makes room; then try again."),
)
READ_ONLY = Unusable(
    503,
    "web.cannot-write",
    _("The computer cannot write the books"),
    _("Nothing was half done. Whoever keeps the computer looks at its disk: it may be write-protected or broken."),
)
NO_STATUTE = Unusable(
    503,
    "web.statute-altered",
    _("The statute of these books cannot be read"),
    _("Its file is gone or was altered. Whoever keeps the computer brings it back from a backup."),
)
NO_KEY = Unusable(
    503,
    "web.no-key",
    _("A key of these books cannot be read"),
    _("Whoever keeps the computer brings the folder keys back from a backup; comuna doctor names it."),
)


def of(error: BaseException | None) -> Unusable | None:
    """None for anything else, and for no error."""
    if isinstance(error, NoStatute):
        return NO_STATUTE
    if isinstance(error, NoKey):
        return NO_KEY
    if isinstance(error, OSError):
        return DISK_FULL if error.errno in _FULL else READ_ONLY if error.errno in _SHUT else None
    if isinstance(error, DatabaseError):
        said = str(error).lower()
        if "disk is full" in said or "no space left" in said:
            return DISK_FULL
        if any(words in said for words in ("readonly", "read-only", "unable to open database", "disk i/o error")):
            return DISK_FULL if _is_full() else READ_ONLY  # SQLite needs room beside the database to open it
    return None


def _is_full() -> bool:
    try:
        return shutil.disk_usage(home()).free < FREE_MIN
    except OSError:
        return False
