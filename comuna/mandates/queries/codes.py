"""Questions about printed codes."""

from __future__ import annotations

from uuid import UUID

from comuna.journal import sql
from comuna.mandates.models import ClaimCode


def newest_code(person: UUID) -> ClaimCode | None:
    """The only code of a person that can still be good."""
    codes = ClaimCode.objects.filter(person=person).select_related("voided", "claim")
    found: ClaimCode | None = codes.order_by("-born").first()
    return found


def is_known_code(digest: str) -> bool:
    """Whether a code with this digest was ever printed."""
    return sql.one("SELECT 1 FROM mandates_claimcode WHERE digest = %s", digest) is not None


def code_with(digest: str) -> ClaimCode | None:
    found: ClaimCode | None = (
        ClaimCode.objects.filter(digest=digest).select_related("person", "voided", "claim").first()
    )
    return found
