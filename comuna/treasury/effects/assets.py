"""The only writers of the register of things."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from comuna.acts.act import Performed
from comuna.treasury.models.assets import Asset, AssetLoan, AssetReturn


def register(record: Performed, **columns: Any) -> None:
    record.create(Asset, removed_on=None, **columns)


def lend(record: Performed, asset: UUID, organ: str, person: UUID | None, day: date, due: date) -> None:
    record.create(AssetLoan, asset_id=asset, organ=organ, person=person, day=day, due=due)


def bring_back(record: Performed, loan: UUID, day: date, words: str) -> None:
    record.create(AssetReturn, loan_id=loan, day=day, words=words)


def remove(record: Performed, asset: UUID) -> None:
    record.update(Asset, asset, removed_on=record.day)
