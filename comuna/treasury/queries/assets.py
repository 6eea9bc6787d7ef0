"""Questions about things: which there are, who has them, what is late."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from comuna.treasury import queries
from comuna.treasury.models.assets import Asset, AssetLoan


def assets_of(book: UUID) -> list[Asset]:
    """Those in the register, by their numbers."""
    return list(Asset.objects.filter(book=book, removed_on=None).order_by("number"))


def taken_out(book: UUID) -> list[Asset]:
    """The newest first."""
    return list(Asset.objects.filter(book=book, removed_on__isnull=False).order_by("-removed_on", "-number"))


def next_number(book: UUID) -> int:
    newest = Asset.objects.filter(book=book).order_by("-number").values_list("number", flat=True).first()
    return int(newest or 0) + 1


def out(book: UUID) -> list[AssetLoan]:
    """What has not come back, the earliest due first."""
    found = AssetLoan.objects.filter(asset__book=book, back=None).select_related("asset__book")
    return list(found.order_by("due", "born"))


def overdue(book: UUID, day: date) -> int:
    return AssetLoan.objects.filter(asset__book=book, back=None, due__lt=day).count()


def loan_of(asset: UUID) -> AssetLoan | None:
    """The one that has not come back."""
    found: AssetLoan | None = AssetLoan.objects.filter(asset=asset, back=None).first()
    return found


def organ_of_asset(asset: UUID) -> str | None:
    return queries.keeper_where(assets=asset)


def organ_of_loan(loan: UUID) -> str | None:
    return queries.keeper_where(assets__loans=loan)
