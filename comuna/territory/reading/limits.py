"""Limits that are checked before a parser sees the file, so that a small file cannot become a large one."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from comuna.territory.reading.grids import Fault, Unreadable

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """A street leader's list is tens of kilobytes; a commune's is a few megabytes at most."""

    file_bytes: int = 8 * MIB
    unpacked_bytes: int = 40 * MIB
    member_bytes: int = 30 * MIB  # one sheet, or the table of shared texts, which is held in memory
    ratio: int = 200  # unpacked to packed; honest sheets stay below 40
    ratio_from_bytes: int = 4 * MIB  # small files may be mostly blank
    members: int = 500
    sheets: int = 30
    rows_kept: int = 10_000  # with anything in them
    rows_scanned: int = 200_000  # blank ones included
    columns: int = 100
    cell_characters: int = 2_000


LIMITS = Limits()


def check_bytes(data: bytes, limits: Limits = LIMITS) -> None:
    """Raises Unreadable when there is nothing, or more than a list can be."""
    if not data.strip():
        raise Unreadable(Fault.EMPTY)
    if len(data) > limits.file_bytes:
        raise Unreadable(Fault.TOO_LARGE, {"megabytes": limits.file_bytes // MIB})


def check_zip(data: bytes, limits: Limits = LIMITS) -> list[str]:
    """The members of a zip, found harmless by the sizes it declares (which bound what zipfile will unpack).

    Raises Unreadable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(Fault.BROKEN) from error
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable(Fault.OTHER_FORMAT)
    unpacked = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    inflated = unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * len(data)
    if len(members) > limits.members or unpacked > limits.unpacked_bytes or largest > limits.member_bytes or inflated:
        raise Unreadable(Fault.UNPACKS_TOO_LARGE, {"megabytes": limits.unpacked_bytes // MIB})
    return [member.filename for member in members]
